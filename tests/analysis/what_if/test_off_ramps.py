"""The race is tried on drawn worlds, the search on the compiled engine."""

from __future__ import annotations

import json

import numpy as np
import pytest

import escalation as esc
from escalation.analysis.what_if import worlds as raced
from escalation.analysis.what_if.levers import ChangeLever, clash, commitments_by, signals_by
from escalation.analysis.what_if.off_ramps import off_ramps
from escalation.analysis.what_if.worlds import race, race_runs
from escalation.montecarlo.pool import Crew

REVISIONISM = "fronts.challenger-defender.revisionism"
COST = "actors.challenger.belligerence_cost"
IDLE = ChangeLever("actors.patron.domestic_pressure", 0.31)


@pytest.fixture(scope="module")
def scenario() -> esc.Scenario:
    return esc.load("two-state-deterrence").replace("fit", None)


@pytest.mark.parametrize("count", [1, 2, 5, 74])
def test_a_race_keeps_to_its_budget(count: int) -> None:
    rounds = race_runs(count, 10_000)
    assert rounds[0][0] == count
    assert rounds[-1][0] <= 2
    spent = sum(worlds * runs for worlds, runs in rounds)
    assert 9_000 < spent <= 10_000


def test_a_race_finds_the_best_and_on_common_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen worlds, the best by 0.05; over 40 races at least 34 right (expected above 38)."""
    odds = np.full(16, 0.35)
    odds[11] = 0.30

    def drawn(worlds: list[int], *, seed: int, first: int, count: int, crew: Crew) -> np.ndarray:
        chance = np.random.default_rng(seed).random(first + count)[first:]
        own = np.random.default_rng([seed, 1]).random((16, first + count))[worlds, first:]
        return np.where(own < 0.2, own / 0.2, chance) < odds[worlds][:, np.newaxis]

    monkeypatch.setattr(raced, "play_event", drawn)
    races = [race(range(16), budget=40_000, seed=seed, crew=None) for seed in range(40)]
    assert sum(one.ranking[0] == 11 for one in races) >= 34
    for one in races:
        assert sorted(one.ranking) == list(range(16))
        assert one.runs[one.ranking[0]] == one.runs.max()
        assert one.runs.sum() <= 40_000
        assert np.all(np.diff(one.runs[list(one.ranking)]) <= 0)


def test_the_one_lever_that_matters_is_found_and_holds_on_other_runs(scenario: esc.Scenario) -> None:
    levers = [*signals_by(scenario, "patron"), ChangeLever(REVISIONISM, 0.0), IDLE]
    study = off_ramps(scenario, event="initiation", limit=0.36, levers=levers, runs=4000, seed=1, progress=False)
    ramp = study.found
    assert ramp is not None
    assert ramp.levers == (f"{REVISIONISM}=0.0",)
    assert ramp.tried == len(levers)
    assert ramp.probability.high < 0.36 <= study.baseline.low
    assert ramp.probability.method == "clopper-pearson"
    assert ramp.effect.high < 0.0
    assert ramp.effect.value == pytest.approx(ramp.probability.value - study.baseline.value)
    assert all(gap.low > 0.0 for gap in ramp.rivals.values())
    assert ramp.probability.level == pytest.approx(1.0 - 2.0 * 0.05 / 3.0)
    other = esc.run(scenario.replace(REVISIONISM, 0.0), runs=4000, seed=77, progress=False)
    assert other.probability("initiation").low < ramp.probability.high
    assert study.verdict == (
        "with confidence 95 %, challenger → defender: revisionism: 0.0 keeps this under 0.36: somebody chooses force"
    )
    summary = json.loads(json.dumps(study.summary()))
    assert summary["found"]["levers"] == list(ramp.levers)
    assert summary["difference_is"] == "changed minus unchanged"
    assert summary["levers"] == [{"name": ramp.levers[0], "path": REVISIONISM, "value": 0.0}]
    assert len(summary["tried"]) == len(levers)
    assert summary["runs"] == study.spent > 0


def test_two_levers_where_one_is_not_enough(scenario: esc.Scenario) -> None:
    base = {"event": "initiation", "actor": "challenger", "runs": 8000, "seed": 2, "progress": False}
    levers = [ChangeLever(REVISIONISM, 0.0), ChangeLever(COST, 1.5), IDLE]
    one_lever = [
        esc.run(lever.apply(scenario), runs=4000, seed=5, progress=False).probability("initiation", actor="challenger")
        for lever in levers
    ]
    both = esc.run(levers[1].apply(levers[0].apply(scenario)), runs=4000, seed=5, progress=False)
    best_one = min(one.low for one in one_lever)
    limit = (best_one + both.probability("initiation", actor="challenger").high) / 2.0
    study = off_ramps(scenario, limit=limit, levers=levers, **base)
    assert study.found is not None
    assert study.found.levers == (levers[0].name, levers[1].name)
    assert [len(ramp.levers) for ramp in study.ramps] == [0, 1, 2]
    assert [ramp.meets for ramp in study.ramps] == [False, False, True]
    assert (study.summary()["actor"], study.summary()["target"]) == ("challenger", None)


def test_no_set_does(scenario: esc.Scenario) -> None:
    study = off_ramps(
        scenario, event="initiation", limit=0.01, levers=[IDLE], max_size=3, runs=1000, seed=1, progress=False
    )
    assert study.found is None
    assert (
        study.verdict
        == "no set of 1 or fewer of the 1 levers was found that keeps this under 0.01: somebody chooses force"
    )
    assert study.summary()["found"] is None
    assert study.best.probability.value <= study.baseline.value
    assert "no set of 1" in study._repr_html_()
    assert "no set of 1" in repr(study)


def test_no_lever_is_needed(scenario: esc.Scenario) -> None:
    study = off_ramps(scenario, event="accident", limit=0.05, levers=[IDLE], runs=1000, progress=False)
    assert study.found is not None
    assert study.found.levers == ()
    assert study.verdict == "no lever is needed to keep this under 0.05: war by accident"
    assert study.rows() == [("nothing", study.baseline.number_text(), "yes", "")]


def test_levers_that_exclude_one_another_are_not_joined(scenario: esc.Scenario) -> None:
    (lever, *_) = signals_by(scenario, "patron")
    twin = ChangeLever(f"signals.{lever.name}.strength", 9.0)  # there only once the signal is
    with pytest.raises(esc.StudyError, match="to replace"):
        off_ramps(scenario, event="initiation", limit=0.01, levers=[lever, twin], runs=200, progress=False)
    (warning, *_) = signals_by(scenario, "patron", kinds=["warning"])
    levers = [IDLE, warning, ChangeLever("commitments", {})]  # the warning is about a commitment
    study = off_ramps(scenario, event="initiation", limit=0.01, levers=levers, runs=400, progress=False)
    assert study.ramps[-1].tried == 2  # of three pairs
    study = off_ramps(scenario, event="initiation", limit=0.01, levers=levers[1:], runs=400, progress=False)
    assert [len(ramp.levers) for ramp in study.ramps] == [0, 1]


def test_what_is_stated_in_different_terms_is_not_joined(scenario: esc.Scenario) -> None:
    harsher = ChangeLever(IDLE.path, 0.32)
    pledges = commitments_by(scenario.without("alliance"), "patron", proteges=["defender"])
    assert [lever.name.endswith("-if-attacked") for lever in pledges] == [False, True]
    levers = [IDLE, harsher, *pledges]
    world = scenario.without("alliance")
    study = off_ramps(world, event="initiation", limit=0.001, levers=levers, runs=400, progress=False)
    assert study.ramps[-1].tried == 4  # of six pairs
    assert not clash(IDLE, ChangeLever("actors.patron.domestic", 1.0))
    assert clash(IDLE, ChangeLever("actors.patron", {}))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"limit": 1.0}, "limit is 1.0"),
        ({"levers": []}, "levers is empty; it must hold one or more, as from signals_by and commitments_by"),
        ({"levers": [IDLE, IDLE]}, "two levers have the name 'actors.patron.domestic_pressure=0.31'"),
        ({"runs": 10}, "runs is 10"),
        ({"max_size": 0}, "max_size is 0"),
        ({"event": "peace"}, "no event"),
        ({"level": 0.0}, "level is 0.0"),
    ],
)
def test_refusals(scenario: esc.Scenario, arguments: dict[str, object], message: str) -> None:
    with pytest.raises(esc.StudyError, match=message):
        off_ramps(scenario, **{"levers": [IDLE], "progress": False, **arguments})
