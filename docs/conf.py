"""Settings of the documentation; ``make docs`` builds it without warnings and without a network."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import Any

import pydantic
from docutils import nodes

sys.path.insert(0, str(Path(__file__).parent))

import made
import made_figures

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
suppress_warnings = ["ref.citation"]  # a source can be cited by a module whose docstring is on no page; tests look
nitpicky = False
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autosummary_generate = True
autosummary_context = {"fields": made.fields()}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
maximum_signature_line_length = 88
numpydoc_show_class_members = False
sphinx_gallery_conf = {
    "examples_dirs": "../examples",
    "gallery_dirs": "gallery",
    "filename_pattern": r"/\d\d_",
    "download_all_examples": False,
    "capture_repr": (),  # a lesson prints what is to be seen
    "min_reported_time": 10_000,
    "show_signature": False,
    "remove_config_comments": True,
    "within_subsection_order": "FileNameSortKey",
    "write_computation_times": False,  # their page would ask a CDN for its table
}

html_theme = "pydata_sphinx_theme"
html_title = "escalation"
html_show_sourcelink = False
html_theme_options = {
    "show_toc_level": 2,
    "navigation_with_keys": False,
    "show_prev_next": False,
    "navbar_align": "left",
    "header_links_before_dropdown": 6,
}
html_static_path = ["_static"]
html_css_files = ["wide.css"]
templates_path = ["_templates"]

made.write_all(Path(__file__).parent)
made_figures.write_figures(Path(__file__).parent)


def without_annotations(_app: Any, _what: str, _name: str, obj: Any, *_: Any) -> tuple[str, str | None] | None:
    """Leave out of a signature how a part of a scenario is validated; its table says what is allowed."""
    if not (inspect.isclass(obj) and issubclass(obj, pydantic.BaseModel)):
        return None
    names = [name if field.is_required() else f"{name}=..." for name, field in obj.model_fields.items()]
    return f"(*, {', '.join(names)})", None


def cited(_name: str, rawtext: str, text: str, *_: object) -> tuple[list[nodes.Node], list[Any]]:
    """Role ``{cited}`Key```: a citation in a Markdown page, as ``[Key]_`` is in a docstring."""
    return [nodes.citation_reference(rawtext, text, refname=text)], []


def link_citations(app: Any, docname: str, source: list[str]) -> None:
    """Let Markdown pages cite as docstrings do."""
    if str(app.env.doc2path(docname)).endswith(".md"):
        source[0] = re.sub(r"\[([A-Z]\w*\d{4})\]_", r"{cited}`\1`", source[0])


def setup(app: Any) -> None:
    """Register the role and the hook."""
    app.add_role("cited", cited)
    app.connect("source-read", link_citations)
    app.connect("autodoc-process-signature", without_annotations)
