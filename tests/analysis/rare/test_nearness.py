from __future__ import annotations

import numpy as np
import pytest

import escalation as esc
from escalation.analysis.columns import column
from escalation.analysis.rare.nearness import Nearness
from escalation.engines.compiled import advance, begin_states
from escalation.engines.lower import lower

NAME = "haniyeh-2024"
RUNS = np.arange(400)
HANIYEH = esc.load(NAME)
LOWERED = lower(HANIYEH)


@pytest.fixture(scope="module")
def history() -> list[np.ndarray]:
    """States at the ends of some periods."""
    states = begin_states(LOWERED, seed=1, runs=RUNS)
    found = [states.copy()]
    for _ in range(9):
        advance(LOWERED, states, seed=1, runs=RUNS, periods=10)
        found.append(states.copy())
    return found


@pytest.fixture(scope="module")
def ensemble() -> esc.Ensemble:
    return esc.run(HANIYEH, runs=len(RUNS), seed=1, progress=False)


SPLIT = [event for event in esc.run(HANIYEH, runs=1, progress=False).events if event != "agreement"]


@pytest.mark.parametrize("event", [*SPLIT, "joint:irn+hzb", "joint:irn+hzb+hamas+pij"])
def test_the_level_is_one_exactly_where_the_event_has_happened(
    history: list[np.ndarray], ensemble: esc.Ensemble, event: str
) -> None:
    near = Nearness.of(HANIYEH, LOWERED, event)
    levels = np.array([near(states) for states in history])
    assert np.array_equal(levels[-1] == 1.0, ensemble.occurs(event))
    assert ((levels >= 0.0) & (levels <= 1.0)).all()
    if not event.startswith("vow-broken"):
        days = np.array([10.0 * k for k in range(10)])[:, np.newaxis]
        assert np.array_equal(levels == 1.0, ensemble.first_day(event) <= days)
    below = levels[levels < 1.0]
    assert 1 < len(np.unique(below)) < 1500


@pytest.mark.parametrize(("actor", "target"), [("irn", None), (None, "isr"), ("hzb", "isr")])
def test_only_fronts_in_question_count(
    history: list[np.ndarray], ensemble: esc.Ensemble, actor: str | None, target: str | None
) -> None:
    near = Nearness.of(HANIYEH, LOWERED, "initiation", actor=actor, target=target)
    happened = ensemble.occurs("initiation", actor=actor, target=target)
    assert np.array_equal(near(history[-1]) == 1.0, happened)


def test_a_level_foretells_the_event() -> None:
    """Mean level after 30 days of runs that come to war later, against that of runs that never do."""
    runs = np.arange(2_000)
    states = begin_states(LOWERED, seed=1, runs=runs)
    advance(LOWERED, states, seed=1, runs=runs, periods=30)
    near = Nearness.of(HANIYEH, LOWERED, "war")(states)
    war = esc.run(HANIYEH, runs=len(runs), seed=1, progress=False).occurs("war")
    later = near[war & (near < 1.0)]
    never = near[~war]
    error = np.hypot(later.std() / np.sqrt(len(later)), never.std() / np.sqrt(len(never)))
    assert later.mean() - never.mean() > 3.3 * error  # false alarm 1 in 2,000


def test_each_part_raises_the_level(history: list[np.ndarray]) -> None:
    near = Nearness.of(HANIYEH, LOWERED, "rung:war", actor="irn", target="isr")
    states = history[0][:1].copy()
    row = LOWERED.front_ids.index("irn-isr")
    last = near(states)[0]
    for field, value in (("injury", 1.0), ("fear", 0.9), ("vow_standing", 1)):
        column(states, LOWERED, "fronts", field)[0, row] = value
        assert near(states)[0] >= last
    assert (higher := near(states)[0]) > last
    column(states, LOWERED, "crossed")[0, row, 1:4] = 0
    column(states, LOWERED, "fronts", "last_alert")[0, row] = 0.0
    assert (acted := near(states)[0]) > higher
    reasons = column(states, LOWERED, "fronts", "reasons")[0, row]
    column(states, LOWERED, "shocks")[0, reasons] = [0.0] * 3 + [0.5] + [0.0] * (len(LOWERED.option_names) - 4)
    assert (ready := near(states)[0]) > acted
    column(states, LOWERED, "clock", "now")[0, 0] = 60.0  # the act is past
    assert near(states)[0] < ready
    column(states, LOWERED, "clock", "now")[0, 0] = 89.0  # and time runs out
    assert near(states)[0] < ready


def test_unknown_events_are_refused() -> None:
    with pytest.raises(esc.StudyError, match="no event 'peace'"):
        Nearness.of(HANIYEH, LOWERED, "peace")
