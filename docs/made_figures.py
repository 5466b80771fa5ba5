"""The pictures of the page on figures: drawn by the page's own code, whenever the documentation is built."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Any

__all__ = ["write_figures"]

PAGE = Path("how-to") / "figures.md"
_PICTURE = re.compile(r"^!\[.+\]\(\.\./(_static/figures/\w+\.png)\)$")


def write_figures(folder: Path) -> None:
    """Run the examples of the page, and save the axes that stand before each picture's link.

    Parameters
    ----------
    folder
        Folder of the documentation.
    """
    from matplotlib import pyplot

    (folder / "_static" / "figures").mkdir(parents=True, exist_ok=True)
    held: dict[str, Any] = {}
    block: list[str] = []
    for line in (folder / PAGE).read_text(encoding="utf-8").splitlines():
        found = _PICTURE.match(line)
        if line.startswith("```"):
            for example in doctest.DocTestParser().get_examples("\n".join(block) + "\n"):
                exec(compile(example.source, str(PAGE), "exec"), held)
            block = []
        elif found:
            held["ax"].figure.savefig(folder / found[1], dpi=130)
            pyplot.close("all")
        elif line.startswith((">>> ", "... ")):
            block.append(line)
