"""Settings of the documentation; ``make docs`` builds it without warnings and without a network."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import made

import escalation

project = "escalation"
author = "the escalation developers"
copyright = "the escalation developers, MIT licence"
version = release = escalation.__version__

extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx_gallery.gen_gallery",
]
exclude_patterns = ["_build", "gallery/**/*.zip", "**.ipynb", "gallery/*.py", "gallery/*.py.md5", "gallery/*.json"]
nitpicky = False
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autosummary_generate = True
autodoc_typehints = "none"  # numpydoc says types where a signature does not
numpydoc_show_class_members = False
sphinx_gallery_conf = {
    "examples_dirs": "../examples",
    "gallery_dirs": "gallery",
    "filename_pattern": r"/\d\d_",
    "download_all_examples": False,
    "min_reported_time": 10_000,
    "show_signature": False,
    "remove_config_comments": True,
}

html_theme = "pydata_sphinx_theme"
html_title = "escalation"
html_show_sourcelink = False
html_theme_options = {"show_toc_level": 2, "navigation_with_keys": False, "show_prev_next": False}
html_static_path = ["_static"]
templates_path = ["_templates"]

made.write_all(Path(__file__).parent)


def link_citations(_app: object, docname: str, source: list[str]) -> None:
    """Make citations in Markdown pages links to the bibliography, as they are in docstrings."""
    if not docname.startswith("reference/"):
        source[0] = re.sub(r"\[([A-Z][A-Za-z]*\d{4})\]_", r"[\1](/reference/bibliography.rst)", source[0])


def setup(app: Any) -> None:
    """Register the hook."""
    app.connect("source-read", link_citations)
