"""Studies on a thread: progress, cancelling, errors."""

from __future__ import annotations

import threading

import pytest

from escalation.app import study as module
from escalation.app.study import Study
from escalation.errors import StudyError
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.progress import Hook
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario


def test_what_comes_of_it_and_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.0)
    seen: list[tuple[float, bool]] = []

    def work(told: Hook) -> str:
        for done in (2, 5, 10):
            told(done, 10)
        return "done"

    study = Study(work, lambda: seen.append((study.share, study.over)))
    assert (study.share, study.over, study.result) == (0.0, False, None)
    assert study.start() is study
    assert study.wait(10.0)
    assert (study.result, study.error, study.cancelled) == ("done", "", False)
    assert seen == [(0.2, False), (0.5, False), (1.0, False), (1.0, True)]


def test_notices_are_not_more_than_can_be_seen() -> None:
    seen: list[int] = []

    def work(told: Hook) -> None:
        for done in range(1000):
            told(done, 1000)

    Study(work, lambda: seen.append(1)).start().wait(10.0)
    assert 2 <= len(seen) < 50


def test_who_cancels_gets_what_is_finished(two_states: Scenario) -> None:
    begun, go = threading.Event(), threading.Event()

    def work(told: Hook) -> Ensemble:
        def slowly(done: int, total: int) -> None:
            begun.set()
            go.wait(30.0)
            told(done, total)

        return run(two_states, runs=20_000, seed=1, workers=1, progress=slowly)

    study = Study(work, lambda: None).start()
    assert begun.wait(120.0)
    study.cancel()
    go.set()
    assert study.wait(60.0)
    assert study.cancelled
    assert study.result is not None
    assert study.result.interrupted
    assert 0 < study.result.runs < 20_000


def test_cancelled_before_anything_is_finished_it_has_no_result() -> None:
    def work(told: Hook) -> str:
        told(0, 10)
        return "never"

    study = Study(work, lambda: None)
    study.cancel()
    assert study.start().wait(10.0)
    assert (study.result, study.error) == (None, "")


def test_an_expected_error_is_a_message() -> None:
    def work(_: Hook) -> None:
        raise StudyError("no such place")

    study = Study(work, lambda: None).start()
    assert study.wait(10.0)
    assert study.error == "no such place"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_unexpected_error_is_told_and_not_swallowed() -> None:
    def work(_: Hook) -> None:
        raise ZeroDivisionError("by nought")

    seen: list[bool] = []
    study = Study(work, lambda: seen.append(study.over))
    assert study.start().wait(10.0)
    assert study.error == "ZeroDivisionError: by nought"
    assert seen == [True]
