from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from escalation import plotting


def test_names_are_functions_though_modules_bear_the_same_names() -> None:
    from escalation.plotting.fan import fan

    assert plotting.fan is fan
    assert all(callable(getattr(plotting, name)) for name in plotting.__all__)


def test_every_figure_is_on_the_page_on_figures() -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "figures.md").read_text(encoding="utf-8")
    assert [name for name in plotting.__all__ if f"`{name}`" not in page] == ["network"]
    assert "esc.plot.network(" in page


def test_nothing_heavy_is_loaded_until_a_figure_is_drawn() -> None:
    code = (
        "import sys, escalation.plotting\n"
        "print([m for m in ('matplotlib', 'networkx', 'scipy', 'numba') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
