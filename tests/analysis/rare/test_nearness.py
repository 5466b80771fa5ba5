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


IRN_ISR = LOWERED.front_ids.index("irn-isr")


def test_each_part_raises_the_level(history: list[np.ndarray]) -> None:
    near = Nearness.of(HANIYEH, LOWERED, "rung:war", actor="irn", target="isr")
    states = history[0][:1].copy()
    last = near(states)[0]
    for field, value in (("injury", 1.0), ("fear", 0.9), ("vow_standing", 1)):
        column(states, LOWERED, "fronts", field)[0, IRN_ISR] = value
        assert near(states)[0] >= last
    assert (account := near(states)[0]) > last
    column(states, LOWERED, "fronts", "last_force")[0, IRN_ISR] = 0.0
    assert near(states)[0] == pytest.approx(account + 0.45)  # one of two sides has come all the way, of nine tenths
    column(states, LOWERED, "clock", "now")[0, 0] = 60.0  # the act is past
    assert near(states)[0] == account


def begun(states: np.ndarray, lead: float, bar: float) -> None:
    """Begin the reasons of Iran against Israel, which have come beyond a bar."""
    row = column(states, LOWERED, "fronts", "reasons")[0, IRN_ISR]
    column(states, LOWERED, "reasons", "ahead")[0, row] = -1
    column(states, LOWERED, "shock_gaps")[0, row, :3] = (IRN_ISR, bar, lead)


def test_reasons_that_are_begun_count_by_how_far_they_have_come(history: list[np.ndarray]) -> None:
    near = Nearness.of(HANIYEH, LOWERED, "initiation", actor="irn", target="isr")
    states = history[0][:1].copy()
    nothing = near(states)[0]
    begun(states, -12.0, -np.inf)
    assert near(states)[0] == nothing
    begun(states, -12.0, 4.0)  # a lead of -8, of -20: three fifths of one side's half of nine tenths
    assert near(states)[0] == pytest.approx(nothing + 0.45 * 0.6)
    begun(states, -12.0, 20.0)
    assert near(states)[0] == pytest.approx(nothing + 0.45)
    column(states, LOWERED, "clock", "now")[0, 0] = 83.0  # half an act window is left
    assert near(states)[0] == pytest.approx(nothing + 0.225, abs=1e-9)


def test_the_acts_that_help_are_those_that_can_bring_the_event_about() -> None:
    acts = np.array(LOWERED.option_names)
    back = LOWERED.front_ids.index("isr-irn")

    def helping(event: str) -> tuple[set[str], set[str]]:
        found = Nearness.of(HANIYEH, LOWERED, event, actor="irn", target="isr").helping
        return set(acts[found[IRN_ISR]].tolist()), set(acts[found[back]].tolist())

    force = {name for name in acts if name.startswith(("limited-strike", "major-strike", "war"))}
    assert helping("war") == helping("rung:major-strike") == helping("initiation") == (force, force)
    assert helping("rung:display") == (force | {"display"}, force)
    assert helping("accident") == (force | {"display"}, force | {"display"})


def test_unknown_events_are_refused() -> None:
    with pytest.raises(esc.StudyError, match="no event 'peace'"):
        Nearness.of(HANIYEH, LOWERED, "peace")
