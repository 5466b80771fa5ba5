from __future__ import annotations

import warnings

import pytest
from rich.console import Console

from escalation.montecarlo import progress
from escalation.montecarlo.compare import compare
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


def test_in_a_notebook_without_widgets_the_bar_is_plain_and_nothing_is_warned_of(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    monkeypatch.setattr(progress, "find_spec", lambda _: None)
    monkeypatch.setattr(progress, "DELAY", -1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Progress(1_000, show=None) as bar:
            bar.advance(400)
            bar.advance(0)
            bar.advance(600)
    lines = capsys.readouterr().err.split("\r")[1:]
    assert lines == [f"runs {'━' * 16}{' ' * 24} 400/1,000", f"runs {'━' * 40} 1,000/1,000\n"]


def test_in_a_notebook_with_widgets_the_bar_is_that_of_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    monkeypatch.setattr(progress, "find_spec", lambda name: name)
    opened: list[int] = []

    class Bar:
        def __init__(self, _: Console, *, done: int, total: int) -> None:
            opened.extend((done, total))

        def show(self, done: int) -> None:
            opened.append(done)

        def stop(self) -> None:
            opened.append(-1)

    monkeypatch.setattr(progress, "_RichBar", Bar)
    monkeypatch.setattr(progress, "DELAY", -1.0)
    with Progress(10, show=None) as bar:
        bar.advance(4)
    assert opened == [4, 10, 4, -1]


def test_no_bar_where_none_is_wanted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Console, "is_terminal", True)
    monkeypatch.setattr(progress, "DELAY", -1.0)
    with Progress(10, show=False) as bar:
        bar.advance(10)
    assert capsys.readouterr().err == ""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which passes only where a test says so."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_before_long_work_its_time_is_said_once(
    clock: list[float], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "DELAY", 1e9)
    monkeypatch.setattr(Console, "is_terminal", True)
    with Progress(100_000, show=None) as bar:
        bar.skip(10_000)
        # The first block may have had to be compiled, and says nothing of the others.
        clock[0] += 60.0
        bar.advance(500)
        clock[0] += 0.9
        bar.advance(500)
        assert capsys.readouterr().err == ""
        clock[0] += 0.1
        bar.advance(500)
        assert "88,500 more runs: about 88 s" in capsys.readouterr().err
        clock[0] += 5.0
        bar.advance(500)
    assert capsys.readouterr().err == ""


def test_short_work_is_not_worth_a_line(
    clock: list[float], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "DELAY", 1e9)
    monkeypatch.setattr(Console, "is_terminal", True)
    with Progress(10_000, show=None) as bar:
        for _ in range(4):
            clock[0] += 0.5
            bar.advance(500)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("show", [None, False])
def test_away_from_a_terminal_no_time_is_said(
    clock: list[float], capsys: pytest.CaptureFixture[str], show: bool | None
) -> None:
    with Progress(10**9, show=show) as bar:
        for _ in range(4):
            clock[0] += 1.0
            bar.advance(500)
    assert capsys.readouterr().err == ""


def test_with_a_precision_it_is_said_as_a_bound(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(10_000_000, show=True, at_most=True) as bar:
        bar.advance(500)
        clock[0] += 1.0
        bar.advance(500)
    assert "at most 9,999,000 more runs: at most 5.6 h" in capsys.readouterr().err


def test_a_hook_is_told_how_far_it_is_and_nothing_is_shown(
    scenario: Scenario, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Console, "is_terminal", True)
    monkeypatch.setattr(progress, "DELAY", -1.0)
    told: list[tuple[int, int]] = []
    run(scenario, runs=120, workers=1, progress=lambda done, total: told.append((done, total)))
    assert [total for _, total in told] == [120] * 3
    assert told == sorted(set(told))
    assert told[-1] == (120, 120)
    assert capsys.readouterr().err == ""


def test_a_hook_of_two_worlds_is_told_of_both(scenario: Scenario) -> None:
    told: list[tuple[int, int]] = []
    other = scenario.replace("rules.leash", 0.4)
    compare(scenario, other, runs=50, workers=1, progress=lambda done, total: told.append((done, total)))
    assert told == [(50, 100), (100, 100)]


def test_a_hook_ends_the_study_as_ctrl_c_does(scenario: Scenario) -> None:
    def enough(done: int, _: int) -> None:
        if done >= 100:
            raise KeyboardInterrupt

    got = run(scenario, runs=1000, workers=1, progress=enough)
    assert got.interrupted
    assert 100 <= got.runs < 1000
    assert got.outcomes["settled"].tolist() == run(scenario, runs=got.runs).outcomes["settled"].tolist()


def test_any_other_error_of_a_hook_comes_through(scenario: Scenario) -> None:
    def broken(*_: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(scenario, runs=120, workers=1, progress=broken)
