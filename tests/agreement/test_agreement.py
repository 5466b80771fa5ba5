"""Both engines play the same trajectory, bit for bit, on random scenarios that may use every mechanism.

``ESCALATION_AGREEMENT=500 pytest tests/agreement`` draws as many scenarios as it says.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
import pytest
from crises import crisis_of
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from strategies import authorising, conceding, scenarios
from strict_tables import strict

from escalation.dynamics.beginning import look_anew
from escalation.dynamics.outcomes import Outcomes
from escalation.dynamics.period import move_clock
from escalation.dynamics.state import Crisis
from escalation.engines import mesa_model
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.engines.mesa_model import CrisisModel
from escalation.engines.readable import readable_crisis
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.files import library_names, load
from escalation.world.ladder import ladder_names
from escalation.world.scenario import Scenario

SCENARIOS = int(os.environ.get("ESCALATION_AGREEMENT", "25"))


def unlike(one: Trajectory, other: Trajectory) -> list[str]:
    """Names of the arrays in which two trajectories differ."""
    arrays = ("acts", "likelihoods", "utilities", "fronts", "pledges", "actors")
    found = [name for name in arrays if getattr(one, name).tobytes() != getattr(other, name).tobytes()]
    return found + [name for name, array in one.outcomes.items() if array.tobytes() != other.outcomes[name].tobytes()]


def assert_agree(scenario: Scenario, seed: int, run: int) -> Trajectory:
    """Both engines give one trajectory, and the readable one asks no table for row -1, which means none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mesa_model, "readable_crisis", lambda lowered: strict(readable_crisis(lowered)))
        read = simulate(scenario, seed=seed, run=run, engine="mesa")
    compiled = simulate(scenario, seed=seed, run=run, engine="compiled")
    assert unlike(read, compiled) == []
    assert read == compiled
    return read


@settings(max_examples=SCENARIOS)
@given(scenario=scenarios(), seed=st.integers(0, 2**64 - 1), run=st.integers(0, 2**40 - 2))
def test_random_scenarios(scenario: Scenario, seed: int, run: int) -> None:
    for offset in range(2):
        assert_agree(scenario, seed, run + offset)


@settings(max_examples=max(5, SCENARIOS // 5))
@given(scenario=scenarios(max_actors=4), seed=st.integers(0, 2**64 - 1))
def test_a_block_of_runs_is_the_readable_runs_one_after_the_other(scenario: Scenario, seed: int) -> None:
    """No run leaves anything behind in the memory that the next one begins with."""
    block = run_block(lower(scenario), seed=seed, first=5, count=3)
    for n in range(3):
        outcomes, _ = CrisisModel(scenario, seed=seed, run=5 + n).play().finished()
        for name, read in zip(Outcomes._fields, outcomes, strict=True):
            np.testing.assert_array_equal(block[name][n], read[0], err_msg=f"{name} of run {5 + n}")


@settings(max_examples=SCENARIOS)
@given(scenario=scenarios(), seed=st.integers(0, 2**64 - 1))
def test_quiet_periods_overlook_nothing(scenario: Scenario, seed: int) -> None:
    """Who looks for everything in every period finds what the clock kept, and no more."""
    usual, wary = (CrisisModel(scenario, seed=seed, run=0) for _ in range(2))
    usual.play()
    while wary.running:
        look_anew(wary.crisis)
        wary.step()
    for one, other in zip(usual.finished(), wary.finished(), strict=True):
        for name, array in one._asdict().items():
            np.testing.assert_array_equal(array, getattr(other, name), err_msg=name)


@pytest.mark.parametrize("name", library_names())
def test_scenarios_of_the_library(name: str) -> None:
    scenario = load(name)
    paths = [assert_agree(scenario, 7, run) for run in range(6)]
    assert sum(len(path.acts) for path in paths) > 0, "nobody decided anything, so nothing was compared"


@settings(max_examples=max(5, SCENARIOS // 5))
@given(scenario=conceding(), seed=st.integers(0, 2**64 - 1))
def test_demands_that_are_granted_in_part(scenario: Scenario, seed: int) -> None:
    assert_agree(scenario, seed, 0)


@settings(max_examples=max(5, SCENARIOS // 5))
@given(scenario=authorising(), seed=st.integers(0, 2**64 - 1))
def test_leave_to_act(scenario: Scenario, seed: int) -> None:
    assert_agree(scenario, seed, 0)


def test_leave_to_act_that_is_drawn_changes_what_is_done() -> None:
    """Scenarios are drawn in which it bears on a choice: else the test above would be of nothing."""

    def bears(scenario: Scenario) -> bool:
        quiet = scenario.without("leave-0", "leave-1")
        return unlike(*(simulate(drawn, seed=1, run=0, engine="compiled") for drawn in (scenario, quiet))) != []

    assert find(authorising(), bears, settings=settings(max_examples=100, phases=[Phase.generate], database=None))


def faces(scenario: Scenario, one: str, other: str) -> bool:
    return f"{one}-{other}" in scenario.fronts


@pytest.mark.parametrize(
    "drawn",
    [
        lambda s: any(not faces(s, said.sender, said.receivers[0]) for said in s.signals.values()),
        lambda s: any(
            said.kind == "demand" and not all(faces(s, asked, said.subject or said.sender) for asked in said.receivers)
            for said in s.signals.values()
        ),
        lambda s: any(
            event.kind == "accident" and not all(faces(s, victim.actor, event.actor) for victim in event.victims)
            for event in s.events.values()
        ),
        lambda s: any(
            event.kind == "provocation"
            and not all(faces(s, event.victims[0].actor, name) for suspect in event.suspects for name in suspect.actors)
            for event in s.events.values()
        ),
        lambda s: any(
            actor.principal and any(not faces(s, actor.principal, other) for other in s.actors if faces(s, name, other))
            for name, actor in s.actors.items()
        ),
    ],
    ids=["first receiver", "demand", "accident", "suspect", "principal"],
)
def test_random_scenarios_speak_of_pairs_that_have_no_front(drawn: Callable[[Scenario], bool]) -> None:
    found = find(scenarios(), drawn, settings=settings(phases=[Phase.generate], max_examples=500))
    assert drawn(found)


def test_a_table_that_is_asked_for_row_none_is_seen() -> None:
    def opening(crisis: Crisis) -> None:
        move_clock(crisis)
        crisis.fronts[crisis.front_of[0][0]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("escalation.dynamics.period._open", opening)
        simulate(load("two-state-deterrence"), seed=1, run=0, engine="mesa")  # Python takes the last row
        with pytest.raises(IndexError, match="fronts has no row -1"):
            assert_agree(load("two-state-deterrence"), seed=1, run=0)


def test_unlike_trajectories_are_unequal() -> None:
    scenario = load("two-state-deterrence")
    path = simulate(scenario, seed=1, run=0)
    assert path == simulate(scenario, seed=1, run=0)
    assert path != simulate(scenario, seed=1, run=1)
    assert path != simulate(scenario, seed=2, run=0)
    assert path != simulate(scenario.replace("rules.bait", 0.61), seed=1, run=0)


@pytest.mark.parametrize("ladder", ladder_names())
@pytest.mark.parametrize("depth", [0, 1, 2, "fixed-point"])
def test_ladders_of_any_length_at_any_depth(ladder: str, depth: int | str) -> None:
    """More acts than lanes are wide, and fewer, with every depth of foresight."""
    motives = {"injury_half_life": 90.0, "depth": depth, "conciliation": True}
    fronts = {"a-b": {"revisionism": 0.8, "fear": 0.3}, "b-a": {"revisionism": 0.6}}
    # With 44 acts the readable engine takes seconds to weigh a front at the fixed point: one decision is enough.
    days = 10 if ladder == "kahn-44" and depth == "fixed-point" else 12
    scenario = crisis_of("a-b c-b", ladder=ladder, rules=motives, front=fronts).replace("horizon", days)
    assert len(assert_agree(scenario, 3, 1).acts) > 0
