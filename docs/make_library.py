"""Fill the tables of docs/explanation/library.md: play every crisis of the library, and write down what came of it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from library.page import PAGE, draw_figure, make_page

if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
    draw_figure()
