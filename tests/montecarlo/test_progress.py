from __future__ import annotations

import pytest
from rich.console import Console

from escalation.montecarlo import progress
from escalation.montecarlo.progress import Progress
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario


def test_a_bar_that_is_asked_for_shows_all_runs(scenario: Scenario, capsys: pytest.CaptureFixture[str]) -> None:
    run(scenario, runs=120, progress=True)
    said = capsys.readouterr()
    assert "120/120" in said.err
    assert said.out == ""


def test_no_bar_away_from_a_terminal(
    scenario: Scenario, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "DELAY", -1.0)
    run(scenario, runs=120)
    assert capsys.readouterr().err == ""


def test_on_a_terminal_long_work_shows_a_bar(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Console, "is_terminal", True)
    with Progress(10, show=None) as bar:
        bar.advance(4)
        assert capsys.readouterr().err == ""
        monkeypatch.setattr(progress, "DELAY", -1.0)
        bar.advance(3)
        bar.advance(3)
    assert "10/10" in capsys.readouterr().err


def test_no_bar_where_none_is_wanted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Console, "is_terminal", True)
    monkeypatch.setattr(progress, "DELAY", -1.0)
    with Progress(10, show=False) as bar:
        bar.advance(10)
    assert capsys.readouterr().err == ""
