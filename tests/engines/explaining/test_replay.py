"""The replay goes through the steps of a period, so it must play the recorded trajectory, bit for bit."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import scenarios

from escalation.dynamics.outcomes import note_outcomes
from escalation.dynamics.period import CLOSING, OPENING
from escalation.dynamics.record import record
from escalation.dynamics.state import Crisis
from escalation.engines.buffers import empty_log, empty_outcomes, filled
from escalation.engines.explaining import replay
from escalation.engines.explaining.replay import begun, play_to, steps
from escalation.engines.lower import lower
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.errors import StudyError
from escalation.files import load
from escalation.world.scenario import Scenario


def replayed(path: Trajectory, *, as_recorded: bool) -> Trajectory:
    lowered = lower(path.scenario)
    acts = {(int(act["period"]), int(act["front"])): int(act["option"]) for act in path.acts}
    crisis = begun(lowered, seed=path.seed, run=path.run)
    log, outcomes = empty_log(lowered), empty_outcomes(lowered, 1)
    record(crisis, log)
    for step in steps(crisis, lowered, acts=acts if as_recorded else None):
        if step.kind == "end":
            record(crisis, log)
    note_outcomes(crisis, outcomes, 0)
    return Trajectory.from_record(lowered, path.seed, path.run, outcomes, filled(log, crisis.clock[0].period))


@pytest.mark.parametrize("as_recorded", [True, False])
@pytest.mark.parametrize("run", range(5))
def test_a_replay_is_the_recorded_trajectory(run: int, as_recorded: bool) -> None:
    path = simulate(load("haniyeh-2024"), seed=1, run=run, engine="mesa")
    assert len(path.acts) > 0
    assert replayed(path, as_recorded=as_recorded) == path


@settings(max_examples=25)
@given(scenario=scenarios(), seed=st.integers(0, 2**64 - 1))
def test_replays_of_random_scenarios(scenario: Scenario, seed: int) -> None:
    path = simulate(scenario, seed=seed, run=3, engine="mesa")
    assert replayed(path, as_recorded=False) == path


def test_signals_and_events_are_named(path: Trajectory) -> None:
    lowered = lower(path.scenario)
    crisis = begun(lowered, seed=path.seed, run=path.run)
    named = {(step.kind, step.name) for step in steps(crisis, lowered) if step.name}
    assert ("event", "haniyeh-killed") in named
    assert ("signal", "khamenei-vow") in named


def test_a_trajectory_of_another_model_is_refused(path: Trajectory) -> None:
    forged = dataclasses.replace(path, acts=path.acts[1:])
    with pytest.raises(StudyError, match="simulate it again"):
        replayed(forged, as_recorded=True)


def test_a_run_that_ends_before_is_nothing() -> None:
    scenario = load("two-state-deterrence").replace("stop_when_settled", True).replace("rules.settle_days", 1.0)
    path = simulate(scenario, seed=1, run=0, engine="mesa")
    ended = int(path.outcomes["ended"])
    assert ended < scenario.horizon
    crisis = play_to(lower(scenario), seed=1, run=0, period=ended)
    assert crisis is not None
    assert crisis.clock[0].period == ended
    assert play_to(lower(scenario), seed=1, run=0, period=ended + 1) is None


def test_every_step_at_which_a_replay_stops_is_one_of_a_period() -> None:
    assert set(replay._STOPS) <= {*OPENING, *CLOSING}


def test_a_replay_goes_through_every_step_of_a_period_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also through one that has been put into the list, and at which nothing stops."""
    lowered = lower(load("two-state-deterrence"))
    passed: list[int] = []

    def noted(crisis: Crisis) -> None:
        passed.append(crisis.clock[0].period)

    monkeypatch.setattr(replay, "CLOSING", (*CLOSING[:3], noted, *CLOSING[3:]))
    crisis = begun(lowered, seed=1, run=0)
    kinds = [step.kind for step in steps(crisis, lowered)]
    assert passed == list(range(1, crisis.clock[0].ended + 1))
    assert kinds.count("end") == len(passed)


def test_runs_in_which_force_is_prepared_are_replayed_to_their_end() -> None:
    """A decision that was put off for the preparation of force, and the decisions after it, come again as they were."""
    data = {
        "name": "prepared",
        "horizon": 40,
        "rules": {"force_preparation": 2.0},
        "actors": {"a": {}, "b": {"tempo": 20.0}, "c": {"response_delay": 1.0}},
        "fronts": {"b-c": {}, "c-b": {}},
        "commitments": {"a-for-b": {"patron": "a", "protege": "b"}},
        "events": {
            "blow": {
                "kind": "provocation",
                "date": 7,
                "victims": [{"actor": "c", "severity": 0.6}],
                "suspects": [{"actors": ["b"], "likelihood": 2.0}],
            }
        },
    }
    scenario = Scenario.from_dict(data)
    for run in range(12):
        path = simulate(scenario, seed=6, run=run)
        if len(path.acts):
            last = path.acts[-1]
            actor, target = path.front_ids[last["front"]].split("-")
            (why,) = path.explain(float(last["period"]), actor, target=target)
            assert why.chosen.name == path.option_names[last["option"]]
