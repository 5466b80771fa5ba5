"""Statistical tests here let pass 99.9 % of correct estimators; all are on fixed seeds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

import escalation as esc
from escalation.analysis.rare.event import RareEvent, rare_event
from escalation.estimates.estimate import Estimate


def deterred(cost: float) -> esc.Scenario:
    """Two-state deterrence in which force costs both sides this much at home; how rare it is follows no fit."""
    scenario = esc.load("two-state-deterrence").replace("fit", None)
    for actor in ("challenger", "defender"):
        scenario = scenario.replace(f"actors.{actor}.belligerence_cost", cost)
    return scenario


def agree(found: RareEvent, hits: int, runs: int) -> bool:
    share = hits / runs
    error = math.hypot(found.standard_error, math.sqrt(share * (1.0 - share) / runs))
    return abs(found.value - share) < stats.t.ppf(0.9995, len(found.estimates) - 1) * error


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cost", "event", "actor", "target"),
    [
        (3.0, "war", None, None),
        (3.0, "rung:major-strike", "challenger", "defender"),
        (0.5, "accident", None, None),
        (4.0, "joined:alliance", None, None),
        (4.0, "initiation", "defender", None),
    ],
)
def test_it_agrees_with_brute_force(cost: float, event: str, actor: str | None, target: str | None) -> None:
    scenario = deterred(cost)
    found = rare_event(scenario, event, actor=actor, target=target, seed=11, particles=1000, repetitions=12)
    brute = esc.run(scenario, runs=100_000, seed=12, progress=False).occurs(event, actor=actor, target=target)
    assert brute.sum() > 20
    assert agree(found, int(brute.sum()), len(brute))


@pytest.mark.slow
def test_thousand_repetitions_are_unbiased() -> None:
    scenario = deterred(2.0).replace("horizon", 10)
    found = rare_event(scenario, "initiation", seed=5, particles=40, repetitions=1000)
    brute = esc.run(scenario, runs=200_000, seed=6, progress=False).occurs("initiation")
    assert 0.005 < brute.mean() < 0.1
    assert agree(found, int(brute.sum()), len(brute))


@pytest.mark.slow
def test_near_ten_to_minus_seven_brute_force_needs_hundreds_of_times_as_many_days() -> None:
    scenario = esc.load("two-state-deterrence")
    for actor in ("challenger", "defender"):
        scenario = scenario.replace(f"actors.{actor}.belligerence_cost", 7.0)
    found = rare_event(scenario, "war", seed=1, particles=300, repetitions=12)
    assert 1e-8 < found.value < 5e-7
    assert found.brute_force_days > 300.0 * found.simulated_days


@pytest.mark.slow
def test_the_same_seed_gives_the_same_estimate_whatever_the_threads() -> None:
    arguments = {"particles": 80, "repetitions": 4}
    first = rare_event(deterred(1.0), "war", seed=1, workers=1, **arguments)
    assert rare_event(deterred(1.0), "war", seed=1, workers=3, **arguments) == first
    assert rare_event(deterred(1.0), "war", seed=2, workers=3, **arguments).estimates != first.estimates


@pytest.mark.slow
def test_an_estimate_carries_its_interval_and_its_cost() -> None:
    scenario = deterred(1.0)
    found = rare_event(scenario, "war", seed=1, particles=100, repetitions=8)
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(np.mean(found.estimates))
    half = stats.t.ppf(0.975, 7) * stats.sem(found.estimates) / found.value
    assert found.low == pytest.approx(found.value * math.exp(-half))
    assert found.high == pytest.approx(found.value * math.exp(half))
    assert (found.n, found.method) == (800, "splitting, log student-t")
    brute = found.value * (1 - found.value) / found.standard_error**2 * 60
    assert found.brute_force_days == pytest.approx(brute)
    # Every repetition plays at least its own paths to their ends; wars end some.
    assert found.simulated_days > 0.5 * 800 * 60
    summary = found.summary()
    assert summary["probabilities"] == {"war": found.to_dict()}
    assert summary["hash"] == scenario.hash
    assert (summary["runs"], summary["repetitions"]) == (800, 8)


def test_days_count_periods_by_their_length() -> None:
    scenario = deterred(9.0)
    whole = rare_event(scenario, "war", particles=40, repetitions=2)
    half = rare_event(scenario.replace("period", 0.5), "war", particles=40, repetitions=2)
    assert half.simulated_days == pytest.approx(whole.simulated_days, rel=0.3)


@pytest.mark.slow
def test_an_event_that_cannot_happen_is_bounded_above() -> None:
    scenario = deterred(1.0).replace("rules.accident_hazard", 0.0)
    found = rare_event(scenario, "accident", particles=100, repetitions=3)
    assert (found.value, found.low, found.n, found.method) == (0.0, 0.0, 300, "wilson")
    assert 0.0 < found.high < 0.02
    assert str(found).startswith("<")
    assert found.brute_force_days == math.inf
    assert found.summary()["brute_force_days"] is None


def test_an_event_that_is_certain_is_bounded_below() -> None:
    scenario = deterred(20.0).replace("rules.settle_days", 5.0)
    found = rare_event(scenario, "settled", particles=100, repetitions=3)
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low > 0.98


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("repetitions", {"repetitions": 1}),
        ("particles", {"particles": 10}),
        ("seed", {"seed": -1}),
        ("level", {"level": 1.0}),
        ("no event", {"event": "peace"}),
        ("no actor", {"actor": "nobody"}),
    ],
)
def test_impossible_arguments_are_refused(words: str, options: dict[str, object]) -> None:
    arguments = {"event": "war"} | options
    with pytest.raises(esc.StudyError, match=words):
        rare_event(deterred(1.0), arguments.pop("event"), **arguments)
