from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib import pyplot

from escalation.errors import StudyError
from escalation.plotting.saving import check_figure, new_figure, save, save_figure


@pytest.mark.parametrize(("name", "begins"), [("a.png", b"\x89PNG"), ("a.PDF", b"%PDF"), ("a.svg", b"<?xml")])
def test_a_figure_is_saved_in_the_format_of_its_ending(tmp_path: Path, name: str, begins: bytes) -> None:
    path = tmp_path / name
    check_figure(path)
    save_figure(new_figure(height=1.0), path)
    assert path.read_bytes().startswith(begins)
    assert not pyplot.get_fignums(), "the figure is known to a window manager"


def test_text_is_saved_as_text(tmp_path: Path) -> None:
    figure = new_figure(height=1.0)
    ax = figure.add_subplot()
    ax.set_title("Restraint → war")
    for name in ("a.pdf", "a.svg", "a.ps"):
        save(ax, tmp_path / name)
    assert b"/FontType 42" in (tmp_path / "a.ps").read_bytes()
    page = (tmp_path / "a.pdf").read_bytes()
    assert b"/Subtype /TrueType" in page or b"/Subtype /CIDFontType2" in page
    assert b"/Type3" not in page
    assert "Restraint → war</text>" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_a_figure_of_axes_is_refused_where_it_cannot_be_saved(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="no figure can be saved"):
        save(new_figure(height=1.0).add_subplot(), str(tmp_path / "a.xyz"))


@pytest.mark.parametrize("name", ["a.xyz", "a"])
def test_an_ending_without_a_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StudyError, match=r"allowed: .*\.pdf, .*\.png"):
        check_figure(tmp_path / name)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="there is no folder"):
        check_figure(tmp_path / "nowhere" / "a.png")
