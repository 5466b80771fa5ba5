from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib import pyplot

from escalation.errors import StudyError
from escalation.plotting.saving import check_figure, new_figure, save_figure


@pytest.mark.parametrize(("name", "begins"), [("a.png", b"\x89PNG"), ("a.PDF", b"%PDF"), ("a.svg", b"<?xml")])
def test_a_figure_is_saved_in_the_format_of_its_ending(tmp_path: Path, name: str, begins: bytes) -> None:
    path = tmp_path / name
    check_figure(path)
    save_figure(new_figure(height=1.0), path)
    assert path.read_bytes().startswith(begins)
    assert not pyplot.get_fignums(), "the figure is known to a window manager"


@pytest.mark.parametrize("name", ["a.xyz", "a"])
def test_an_ending_without_a_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StudyError, match=r"allowed: .*\.pdf, .*\.png"):
        check_figure(tmp_path / name)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="there is no folder"):
        check_figure(tmp_path / "nowhere" / "a.png")
