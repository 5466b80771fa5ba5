"""Events that are not listed are taken by their names wherever an event is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from crises import crisis_of
from matplotlib import pyplot

import escalation as esc
from escalation.analysis.what_if.levers import ChangeLever
from escalation.cli.fit import parse_counts
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.stopping import Precision
from escalation.world.plain_words import event_words
from escalation.world.scenario import Scenario

ASKED = {"seed": 1, "progress": False}
EVENTS = ["agreement", "agreement:a-c", "concession", "concession:c-a", "joint:a+b"]
STAKE = ("fronts.a-c.stake", {"distribution": "uniform", "low": 0.2, "high": 3.0})


@pytest.fixture(scope="module")
def crisis() -> Scenario:
    killing = {"kind": "provocation", "date": 1, "suspects": [{"actors": ["c"]}],
               "victims": [{"actor": "a", "severity": 0.6}, {"actor": "b", "severity": 0.6}]}  # fmt: skip
    rules = {"conciliation": True, "concession": -0.2, "settle_days": 40.0}
    actors = {name: {"tempo": 3.0, "response_delay": 2.0} for name in "abc"}
    return crisis_of("a-c b-c", actors=actors, rules=rules, events={"killing": killing})


@pytest.fixture(scope="module")
def ensemble(crisis: Scenario) -> Ensemble:
    return esc.run(crisis, runs=300, **ASKED)


def asked_by_sensitivity(crisis: Scenario, event: str) -> float:
    study = esc.sensitivity(
        crisis.replace(*STAKE), event=event, parameters=[STAKE[0]], method="morris", samples=4, runs=20, **ASKED
    )
    assert study.event == event
    return 0.5


STUDIES: dict[str, Callable[[Scenario, str], float]] = {
    "policy grid": lambda crisis, event: float(
        esc.policy_grid(
            crisis, ("rules.leash", [0.0, 1.0]), ("rules.peace", [0.0, 0.2]), event=event, runs=200, **ASKED
        )["value"].max()
    ),
    "off-ramps": lambda crisis, event: (
        esc.off_ramps(
            crisis, event=event, limit=0.9999, levers=[ChangeLever("rules.leash", 1.0)], max_size=1, runs=200, **ASKED
        ).best.probability.value
    ),
    "ladders": lambda crisis, event: (
        esc.across_ladders(
            crisis, crisis.replace("rules.leash", 1.0), event=event, ladders=["default", "ten-rung"], runs=100, **ASKED
        )
        .rows[1]
        .first.probability(event)
        .value
    ),
    "leave one out": lambda crisis, event: (
        esc.leave_one_out(crisis, event=event, runs=200, sample=20, **ASKED).baseline.value
    ),
    "conditional effect": lambda crisis, event: (
        esc.conditional_effect(crisis, "rules.leash", [0.1], without="killing", event=event, runs=200, **ASKED)
        .points[0]
        .within.value
    ),
    "uncertainty": lambda crisis, event: (
        esc.uncertainty(crisis.replace(*STAKE), event=event, draws=8, runs=20, **ASKED).probability.value
    ),
    "sensitivity": asked_by_sensitivity,
    "ablation": lambda crisis, event: (
        abs(
            esc.ablate(crisis, runs=200, mechanisms=["brinkmanship"], events=[event], **ASKED)
            .rows["brinkmanship"]
            .effects[event]
            .n
        )
        / 400
    ),
    "fit": lambda crisis, event: esc.calibrate(
        crisis.replace(*STAKE), parse_counts([f"{event}=3/40"]), parameters=[STAKE[0]], runs=50, **ASKED
    ).fitted[event],
    "branch": lambda crisis, event: (
        esc.branch(esc.simulate(crisis, seed=1, run=0), 0.0, runs=200).probability(event).value
    ),
    "precision": lambda crisis, event: (
        esc.run(crisis, until=Precision.parse(f"{event}:0.1"), **ASKED).probability(event).value
    ),
}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("study", STUDIES)
def test_a_study_takes_it(crisis: Scenario, study: str, event: str) -> None:
    assert 0.0 < STUDIES[study](crisis, event) < 1.0


@pytest.mark.parametrize("event", EVENTS)
def test_it_is_told_drawn_and_reported(ensemble: Ensemble, event: str) -> None:
    estimate = ensemble.probability(event)
    assert 0.0 < estimate.low < estimate.value < estimate.high < 1.0
    assert ensemble.first_passage(event).probability[-1] == estimate.value
    assert esc.plot.first_passage(ensemble, [event, "war"]).lines
    pyplot.close("all")
    assert event_words(event, ensemble.scenario) != event
    assert estimate.number_text() in esc.report(ensemble, event=event).markdown()
    summary: dict[str, Any] = json.loads(json.dumps(ensemble.summary(events=[event])))
    assert summary["probabilities"][event]["value"] == estimate.value


@pytest.mark.parametrize("event", ["agreement", "agreement:a-c", "concession:a-c"])
def test_an_ablation_leaves_out_what_cannot_happen_without_the_mechanism(crisis: Scenario, event: str) -> None:
    study = esc.ablate(crisis, runs=50, mechanisms=["conciliation"], events=[event, "war"], **ASKED)
    assert list(study.rows["conciliation"].effects) == ["war"]
