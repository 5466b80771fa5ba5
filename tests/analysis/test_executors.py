"""Studies whose work is done by an executor: what they give is the same, to the bit, as on threads of their own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

import escalation as esc
from escalation.engines.lower import lower
from escalation.errors import StudyError
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.pool import Crew
from escalation.montecarlo.sent import sendable

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")  # as of a block that an executor lost

UNCERTAIN = {"distribution": "uniform", "low": 0.2, "high": 0.9}
CRISIS = esc.load("two-state-deterrence").replace("fronts.challenger-defender.revisionism", UNCERTAIN)
ALL: dict[str, Any] = {"seed": 3, "progress": False}


class Counted(ProcessPoolExecutor):
    """Processes that count what they are sent."""

    sent = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:  # type: ignore[override]
        self.sent += 1
        return super().submit(*args, **kwargs)


@pytest.fixture(scope="module")
def processes() -> Iterator[Counted]:
    with Counted(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


def sensitivity(executor: Executor | None) -> Any:
    study = esc.sensitivity(CRISIS, event="initiation", samples=8, runs=100, executor=executor, **ALL)
    return {name: {key: estimate.to_dict() for key, estimate in row.items()} for name, row in study.indices.items()}


def uncertainty(executor: Executor | None) -> Any:
    return esc.uncertainty(CRISIS, event="war", draws=8, runs=100, executor=executor, **ALL).summary()


def off_ramps(executor: Executor | None) -> Any:
    levers = esc.signals_by(CRISIS, "defender") or esc.signals_by(CRISIS, "patron")
    assert levers
    return esc.off_ramps(CRISIS, event="war", levers=levers, runs=600, executor=executor, **ALL).summary()


def policy_grid(executor: Executor | None) -> Any:
    places = ("actors.patron.capability", [1.0, 2.0]), ("actors.defender.tempo", [0.5, 1.0])
    return esc.policy_grid(CRISIS, *places, event="war", runs=600, executor=executor, **ALL).to_dict()


def rare_event(executor: Executor | None) -> Any:
    return esc.rare_event(CRISIS, event="war", seed=3, particles=40, repetitions=4, executor=executor).estimates


def branch(executor: Executor | None) -> Any:
    after = esc.branch(esc.simulate(CRISIS, seed=1, run=17), 5, runs=1200, executor=executor)
    return {name: array.tolist() for name, array in after.outcomes.items()}


def ablate(executor: Executor | None) -> Any:
    return esc.ablate(CRISIS, runs=600, mechanisms=["leash"], executor=executor, **ALL).summary()


def leave_one_out(executor: Executor | None) -> Any:
    return esc.leave_one_out(CRISIS, runs=600, sample=4, executor=executor, **ALL).summary()


def conditional_effect(executor: Executor | None) -> Any:
    values = ("actors.patron.capability", [1.0, 2.0])
    return esc.conditional_effect(CRISIS, *values, without="threat", runs=600, executor=executor, **ALL).summary()


def hindcast(executor: Executor | None) -> Any:
    return esc.hindcast("pulwama-2019", runs=600, executor=executor, **ALL).summary()


def prior_predictive(executor: Executor | None) -> Any:
    return esc.prior_predictive(CRISIS, runs=600, executor=executor, **ALL).summary()


STUDIES = [
    sensitivity,
    uncertainty,
    off_ramps,
    policy_grid,
    pytest.param(rare_event, marks=pytest.mark.slow),
    branch,
    ablate,
    leave_one_out,
    conditional_effect,
    hindcast,
    prior_predictive,
]


@pytest.mark.parametrize("study", STUDIES)
def test_processes_and_threads_give_the_same(study: Callable[[Executor | None], Any], processes: Counted) -> None:
    expected, before = study(None), processes.sent
    assert study(processes) == expected
    assert processes.sent > before, "nothing was sent"
    with ThreadPoolExecutor(2) as threads:
        assert study(threads) == expected


@pytest.mark.parametrize("study", STUDIES)
def test_what_is_no_executor_is_told(study: Callable[[Any], Any]) -> None:
    with pytest.raises(StudyError, match="executor is a str"):
        study("processes")


def rungs(ensemble: Ensemble) -> Any:
    return (ensemble.outcomes["crossed"] >= 0).sum(axis=(1, 2))


def test_a_measure_of_a_module_is_sent_and_one_within_a_function_is_refused(processes: Counted) -> None:
    here: dict[str, Any] = {"samples": 16, "runs": 100, **ALL}

    def within(ensemble: Ensemble) -> Any:
        return rungs(ensemble)

    one = esc.sensitivity(CRISIS, event=within, **here)
    assert {name: row["total"].value for name, row in one.indices.items()} == {
        name: row["total"].value
        for name, row in esc.sensitivity(CRISIS, event=rungs, executor=processes, **here).indices.items()
    }
    with pytest.raises(StudyError, match="cannot be sent what to measure"):
        esc.sensitivity(CRISIS, event=within, executor=processes, **here)


def halved(piece: float) -> float:
    return piece / 2.0


class Lossy(ThreadPoolExecutor):
    """Workers that are lost with every other piece; not threads to those who ask."""

    __class__ = Executor  # type: ignore[assignment]
    sent = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:  # type: ignore[override]
        self.sent += 1
        if self.sent % 2:
            lost: Future[Any] = Future()
            lost.set_exception(OSError("the worker is gone"))
            return lost
        return super().submit(*args, **kwargs)


@pytest.mark.filterwarnings("default::RuntimeWarning")
def test_what_an_executor_loses_is_done_here() -> None:
    with (
        Lossy(2) as lossy,
        pytest.warns(RuntimeWarning, match="lost a block .*the worker is gone"),
        Crew(20, executor=lossy, progress=False) as crew,
    ):
        assert crew.play(halved, range(20), runs=lambda _: 1) == [n / 2.0 for n in range(20)]
    assert crew.runs == 20
    assert lossy.sent == 20


def test_a_worker_with_other_sources_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    work = sendable(halved)
    assert work(3.0) == 1.5
    monkeypatch.setattr("escalation.montecarlo.sent.source_hash", lambda _: "others")
    with pytest.raises(StudyError, match="another version of escalation"):
        work(3.0)


def test_a_lowered_scenario_is_the_same_where_it_arrives() -> None:
    lowered = lower(CRISIS)
    there = sendable(partial(template_of, lowered))(None)
    assert there is not lowered.template
    assert there.tobytes() == lowered.template.tobytes()


def template_of(lowered: Any, piece: None) -> Any:
    return lowered.template
