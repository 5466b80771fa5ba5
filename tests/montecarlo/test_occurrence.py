"""What is said to have occurred is what the engine drew, and what the replay of a run delivers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import escalation as esc
from escalation.analysis.columns import column
from escalation.dynamics.period import move_clock
from escalation.dynamics.roles import NEVER_SAID
from escalation.engines.compiled import begin_states
from escalation.engines.days import latest
from escalation.engines.explaining.replay import begun, steps
from escalation.engines.lower import lower
from escalation.montecarlo.occurrence import came, day_of, signals_of

HANIYEH = esc.load("haniyeh-2024")
UNSURE = {"distribution": "beta", "a": 2.0, "b": 3.0}
SEED = 2**40 + 7


def uncertain() -> esc.Scenario:
    """A crisis whose sources are doubted by distributions, and whose mediation can come on any of eighty days."""
    data = HANIYEH.to_dict()
    for name in ("israel-reassurance", "us-private-warning", "us-reassurance", "us-denial", "us-disclosure"):
        data["signals"][name]["occurred"] = UNSURE
    data["events"]["irn-arrests"]["occurred"] = UNSURE
    data["events"]["gaza-talks"]["latest"] = 84.0
    data["rules"] = {"settle_days": 5.0}
    return esc.Scenario.from_dict(data)


@pytest.mark.parametrize("scenario", [HANIYEH, uncertain()], ids=["as it is", "uncertain"])
def test_what_occurred_is_what_the_engine_drew(scenario: esc.Scenario) -> None:
    lowered, runs = lower(scenario), np.arange(200)
    states = begin_states(lowered, seed=SEED, runs=runs)
    for place, name in enumerate(scenario.signals):
        said = column(states, lowered, "signals", "status")[:, place] != NEVER_SAID
        assert np.array_equal(np.isfinite(day_of(lowered, name, seed=SEED, runs=runs)), said), name
    for place, name in enumerate(scenario.events):
        days = day_of(lowered, name, seed=SEED, runs=runs)
        happens = column(states, lowered, "events", "pending")[:, place] == 1
        assert np.array_equal(np.isfinite(days), happens), name
        assert np.array_equal(days[happens], column(states, lowered, "events", "day")[happens, place]), name


def test_what_came_is_what_the_replay_delivers() -> None:
    """Runs end once the crisis has settled, so that some items do not come although they would have occurred."""
    scenario = uncertain()
    lowered, ensemble = lower(scenario), esc.run(scenario, runs=12, seed=SEED, progress=False)
    events = {name: ensemble.occurred(name) for name in scenario.events}
    # A report lets a signal out also where nothing was said, so that the replay stops there as well.
    signals = {name: ensemble.occurred(name) for name, signal in scenario.signals.items() if signal.reported is None}
    for run in range(ensemble.runs):
        seen = [step for step in steps(begun(lowered, seed=SEED, run=run), lowered) if step.kind in ("event", "signal")]
        for kind, known in (("event", events), ("signal", signals)):
            delivered = {step.name for step in seen if step.kind == kind} & set(known)
            assert delivered == {name for name, there in known.items() if there[run]}, (run, kind)


def test_a_run_that_ends_does_not_see_what_would_have_come() -> None:
    lowered, runs = lower(HANIYEH), np.arange(6)
    ended = np.array([1, 13, 14, 15, 90, 90])
    denial = "us-visit-denial"  # on day 15, with a probability of 0.8
    drawn = np.isfinite(day_of(lowered, denial, seed=1, runs=runs))
    assert came(lowered, denial, seed=1, runs=runs, ended=ended).tolist() == (drawn & (ended >= 15)).tolist()


def test_signals_of_one_occasion_occur_together() -> None:
    ensemble = esc.run(HANIYEH, runs=400, seed=1, progress=False)
    visit = ensemble.occurred("us-visit")
    assert all(np.array_equal(visit, ensemble.occurred(name)) for name in signals_of(HANIYEH, "us-visit"))
    # 0.35 by its source; four standard errors, missed once in 16,000 seeds.
    assert abs(visit.mean() - 0.35) < 4.0 * np.sqrt(0.35 * 0.65 / 400)


def test_continuations_began_as_their_run_did(tmp_path: Path) -> None:
    for run in (0, 3):
        path = esc.simulate(HANIYEH, seed=1, run=run)
        after = esc.branch(path, 30, runs=40)
        there = esc.run(HANIYEH, runs=4, seed=1, progress=False).occurred("us-visit")[run]
        assert after.occurred("us-visit").tolist() == [bool(there)] * 40
        after.save(tmp_path / "after.nc")
        assert esc.Ensemble.load(tmp_path / "after.nc") == after
        assert esc.Ensemble.load(tmp_path / "after.nc").branched_from == run


def test_what_there_is_not_is_refused() -> None:
    ensemble = esc.run(HANIYEH, runs=2, seed=1, progress=False)
    with pytest.raises(esc.StudyError, match="no signal, occasion or event 'us-visitt' in 'haniyeh-2024'; did you"):
        ensemble.occurred("us-visitt")


@pytest.mark.parametrize(("period", "horizon"), [(0.2, 60), (0.3, 60), (0.7, 90), (0.9, 365), (7.0, 60), (7.0, 5)])
def test_what_is_dated_half_way_between_two_periods_falls_in_the_one_that_the_engine_has(
    period: float, horizon: int
) -> None:
    """The clock of the engine is moved by hand, period by period."""
    scenario = esc.Scenario(
        name="q", horizon=horizon, period=period, actors={"a": {}, "b": {}}, fronts={"a-b": {}, "b-a": {}}
    )
    lowered = lower(scenario)
    crisis = begun(lowered, seed=SEED, run=0)
    by_hand = [-np.inf]
    for _ in range(lowered.periods):
        move_clock(crisis)
        by_hand.append(crisis.clock[0].latest)
    assert latest(scenario).tolist() == by_hand
