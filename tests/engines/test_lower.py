from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.arithmetic.keys import key_of
from escalation.engines.buffers import empty_outcomes
from escalation.engines.lower import lower, lower_once
from escalation.errors import StudyError
from escalation.world.plain import plain
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal

STAKE = {"distribution": "uniform", "low": 0.5, "high": 1.5}


@pytest.mark.parametrize(("horizon", "period", "periods"), [(60, 1.0, 60), (60, 0.1, 600), (10, 7.0, 2), (7, 7.0, 1)])
def test_periods_cover_the_horizon(horizon: int, period: float, periods: int) -> None:
    assert lower(crisis_of(horizon=horizon, period=period)).periods == periods


def test_the_longest_run_can_be_counted() -> None:
    """Outcomes count periods in two bytes."""
    longest = crisis_of(horizon=3650, period=3650 / 30_000)
    assert lower(longest).periods <= np.iinfo(empty_outcomes(lower(longest), 1).crossed.dtype).max


def test_keys_are_names_and_do_not_move_when_something_is_left_out() -> None:
    signal = {"kind": "vow", "date": 1, "sender": "a", "receivers": ["b"], "due": STAKE}
    event = {"kind": "internal-shock", "date": 2, "actor": "a", "severity": {**STAKE, "low": 0.2, "high": 0.4}}
    full = crisis_of("a-b c-b", signals={"one": signal, "two": signal}, events={"x": event, "y": event})
    less = full.without("one").without("x")
    for run in range(3):
        here, there = Play(full, run=run), Play(less, run=run)
        assert here.signal("two") == there.signal("two")
        assert here.event("y") == there.event("y")
        assert here.event("y").key == key_of("events.y")
        assert here.event("x").severity != here.event("y").severity
        assert [front.key for front in here.crisis.fronts] == [front.key for front in there.crisis.fronts]
        assert here.front("a-b") == there.front("a-b")


def test_a_scenario_is_lowered_once() -> None:
    scenario, other = crisis_of(), crisis_of()
    assert lower_once(scenario) is lower_once(scenario)
    assert lower_once(other) is not lower_once(scenario)


@pytest.mark.parametrize("ask", [esc.run, esc.simulate, esc.CrisisModel, esc.ablate])
@pytest.mark.parametrize("scenario", ["haniyeh-2024", None])
def test_a_name_in_the_place_of_a_scenario_is_told_how_to_read_it(ask: Callable[..., Any], scenario: Any) -> None:
    with pytest.raises(StudyError, match=r"escalation\.load reads one by its name or path"):
        ask(scenario)


def test_what_is_left_without_an_item_is_lowered_once_and_as_by_itself() -> None:
    two_states = esc.load("two-state-deterrence")
    lowered = lower(two_states)
    left = lowered.without("threat")
    assert lowered.without("threat") is left
    by_itself = lower(two_states.without("threat"))
    assert left.template.tobytes() == by_itself.template.tobytes()
    assert left.draws == by_itself.draws
    assert left.template.tobytes() != lowered.template.tobytes()


def test_a_changed_scenario_is_lowered_as_its_plain_data_are() -> None:
    two_states = esc.load("two-state-deterrence")
    signal = Signal(id="late", kind="vow", date=20.0, sender="defender", receivers=("challenger",), rung="display")
    for changed in (two_states.with_signal(signal), two_states.replace("actors.defender.resolve", 0.25)):
        again = Scenario.from_dict(plain(changed))
        assert again == changed != two_states
        assert lower(again).template.tobytes() == lower(changed).template.tobytes()
        assert lower(again).draws == lower(changed).draws
