"""No argument of a run is dead: two values of it change what is returned, or it is said why they change nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest

import escalation as esc

CALLS: dict[str, Callable[..., Any]] = {
    "run": esc.run,
    "simulate": esc.simulate,
    "compare": esc.compare,
    "probability": esc.Ensemble.probability,
}


@cache
def crisis(revisionism: float = 0.8) -> esc.Scenario:
    return esc.load("two-state-deterrence").replace("fronts.challenger-defender.revisionism", revisionism)


def ran(**arguments: Any) -> list[Any]:
    runs = 20_000 if "until" in arguments else 40
    defaults = {"scenario": crisis(), "runs": runs, "seed": 1, "workers": 1, "progress": False}
    if arguments.get("decision_rules"):
        defaults["workers"] = None  # such runs are played one by one
    ensemble = esc.run(**defaults | arguments)
    return [ensemble.outcomes[name].tolist() for name in sorted(ensemble.outcomes)]


def simulated(**arguments: Any) -> list[Any]:
    trajectory = esc.simulate(**{"scenario": crisis(), "seed": 1, "run": 0} | arguments)
    return [tuple(act) for act in trajectory.acts.tolist()]


def compared(**arguments: Any) -> Any:
    defaults = {"scenario": crisis(), "other": crisis(0.2), "runs": 40, "seed": 1, "workers": 1, "progress": False}
    return esc.compare(**defaults | arguments).summary()["differences"]


@cache
def ensemble() -> esc.Ensemble:
    return esc.run(crisis(), runs=400, seed=1, workers=1, progress=False)


def asked(**arguments: Any) -> Any:
    defaults = {} if "rung" in arguments else {"event": "initiation"}
    return ensemble().probability(**defaults | arguments).to_dict()


ANSWERS: dict[str, Callable[..., Any]] = {"run": ran, "simulate": simulated, "compare": compared, "probability": asked}

LIVE: dict[str, tuple[Any, Any]] = {
    "run.scenario": (crisis(), crisis(0.2)),
    "run.runs": (20, 40),
    "run.seed": (1, 2),
    "run.until": ("war:0.05", "war:0.02"),
    "run.decision_rules": (None, {"challenger": lambda situation: situation.acts[0]}),
    "simulate.scenario": (crisis(), crisis(0.2)),
    "simulate.seed": (1, 2),
    "simulate.run": (0, 1),
    "compare.scenario": (crisis(), crisis(0.5)),
    "compare.other": (crisis(0.2), crisis(0.5)),
    "compare.runs": (20, 40),
    "compare.seed": (1, 2),
    "compare.level": (0.9, 0.99),
    "compare.events": ((), ("agreement:challenger-defender",)),
    "probability.event": ("initiation", "settled"),
    "probability.rung": ("display", "major-strike"),
    "probability.by": (20.0, 50.0),
    "probability.actor": ("challenger", "defender"),
    "probability.target": ("challenger", "defender"),
    "probability.method": ("wilson", "clopper-pearson"),
    "probability.level": (0.9, 0.99),
}
"""Two values of each argument between which the answer differs."""

POOL = ThreadPoolExecutor(max_workers=2)
FOLDER = TemporaryDirectory()

IDLE: dict[str, tuple[Any, Any, str]] = {
    "run.workers": (1, 2, "threads share the work; a run is the same whoever plays it"),
    "run.executor": (None, POOL, "so do the workers of an executor"),
    "run.store": (None, FOLDER.name, "what is kept is what was played"),
    "run.progress": (False, True, "a bar on standard error is no outcome"),
    "run.in_memory": (None, True, "where outcomes are held is no outcome; that they need not be needs a store"),
    "simulate.engine": ("compiled", "mesa", "both engines play the same run, bit for bit"),
    "compare.workers": (1, 2, "as of run"),
    "compare.executor": (None, POOL, "as of run"),
    "compare.progress": (False, True, "as of run"),
}
"""Arguments that must change no outcome: two values, and why."""


def answer(argument: str, value: Any) -> Any:
    call, _, name = argument.partition(".")
    return ANSWERS[call](**{name: value})


@pytest.mark.parametrize("argument", LIVE)
def test_two_values_change_the_answer(argument: str) -> None:
    one, other = LIVE[argument]
    assert answer(argument, one) != answer(argument, other)


@pytest.mark.parametrize("argument", IDLE)
def test_what_must_change_nothing_changes_nothing(argument: str, capsys: pytest.CaptureFixture[str]) -> None:
    one, other, why = IDLE[argument]
    assert why
    np.testing.assert_equal(answer(argument, one), answer(argument, other))


def test_every_argument_is_listed() -> None:
    taken = [
        f"{call}.{name}"
        for call, function in CALLS.items()
        for name in inspect.signature(function).parameters
        if name != "self"
    ]
    assert sorted([*LIVE, *IDLE]) == sorted(taken)
