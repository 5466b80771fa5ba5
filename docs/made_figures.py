"""The pictures that pages draw: made by the pages' own examples, whenever the documentation is built."""

from __future__ import annotations

import re
from pathlib import Path

from renew_results import pages, play

__all__ = ["PICTURE", "write_figures"]

PICTURE = re.compile(r"_static/figures/(\w+\.png)")
"""A picture that is made, as a page links to it."""


def write_figures(folder: Path) -> None:
    """Run the examples of the pages with pictures, and save what stands before each picture's link.

    Parameters
    ----------
    folder
        Folder of the documentation.
    """
    made = folder / "_static" / "figures"
    made.mkdir(parents=True, exist_ok=True)
    for page in pages():
        text = page.read_text(encoding="utf-8")
        if PICTURE.search(text):
            play(text, pictures=made)
