"""Make docs/explanation/hypotheses.md: try every hypothesis of tests/hypotheses and write down what was found."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from hypotheses.page import PAGE, make_page

if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
