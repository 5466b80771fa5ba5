from __future__ import annotations

import json
from pathlib import Path

import pytest

from escalation.cli.output import check_folder, note, print_json, print_table
from escalation.errors import StudyError


def test_a_piped_table_is_plain_and_aligned(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("TTY_COMPATIBLE", raising=False)
    print_table(("event", "p"), [("war", "0.1 [0.0, 0.2]"), ("initiation", "")], title="Events")
    assert capsys.readouterr().out == "Events\nevent       p\nwar         0.1 [0.0, 0.2]\ninitiation\n"


def test_a_table_on_a_terminal_is_ruled_and_takes_brackets_as_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    print_table(("event", "Ara [west]"), [("war", "0.1 [red]")], title="Events [/all]")
    out = capsys.readouterr().out
    assert all(text in out for text in ("0.1 [red]", "Ara [west]", "Events [/all]"))
    assert "│" in out
    assert "Events" in out


def test_json_is_one_object_and_notes_are_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    note("done")
    print_json({"title": "Türkiye", "p": 0.1})
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"title": "Türkiye", "p": 0.1}
    assert captured.err == "done\n"


def test_json_has_no_numbers_that_json_has_not() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        print_json({"p": float("nan")})


def test_a_file_needs_a_folder(tmp_path: Path) -> None:
    check_folder(tmp_path / "a.nc")
    with pytest.raises(StudyError, match="there is no folder"):
        check_folder(tmp_path / "nowhere" / "a.nc")
