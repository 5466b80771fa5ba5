"""The examples run as they stand, with few runs. They run the compiled engine."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from matplotlib import pyplot

from escalation.files import load

EXAMPLES = Path(__file__).parents[2] / "examples"


def run_example(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [name, str(folder), "--runs", "60", "--seed", "2"]
    monkeypatch.setattr("sys.argv", words)
    try:
        runpy.run_path(str(EXAMPLES / name), run_name="__main__")
    finally:
        pyplot.close("all")


def test_haniyeh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "not" / "yet"
    run_example("01_haniyeh_2024.py", folder, monkeypatch)
    out = capsys.readouterr().out
    table = (folder / "haniyeh-2024.txt").read_text(encoding="utf-8")
    assert table in out
    assert "signals.us-private-warning" in out
    assert "60 pairs of runs, seed 2" in table
    lines = {line.split()[0]: line for line in table.splitlines()}
    # With and without the warning, and their difference: three intervals, or bounds where it never happened.
    assert all(lines[event].count("[") + lines[event].count("<") == 3 for event in ("initiation", "war"))
    assert (folder / "haniyeh-2024.png").read_bytes().startswith(b"\x89PNG")


def test_your_own_crisis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    run_example("02_your_own_crisis.py", tmp_path, monkeypatch)
    out = capsys.readouterr().out
    assert set(load(tmp_path / "strait.toml").actors) == {"north", "south", "patron"}
    assert "without the vow: initiation" in out
    assert "pact doubted: initiation" in out
    assert (tmp_path / "strait.png").read_bytes().startswith(b"\x89PNG")


def test_every_example_is_a_lesson_with_a_title() -> None:
    scripts = sorted(EXAMPLES.glob("*.py"))
    assert scripts
    for script in scripts:
        _, title, line, *_ = script.read_text(encoding="utf-8").splitlines()
        assert title, script.name
        assert line == "=" * len(title), script.name
