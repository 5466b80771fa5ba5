from __future__ import annotations

import copy
from typing import Any

import pytest

from escalation.dynamics.state import SCRATCH, Crisis
from escalation.dynamics.utility import weigh
from escalation.engines.compiled import weigh_state
from escalation.engines.explaining import changes, replay
from escalation.engines.explaining.changes import (
    HALVINGS,
    _least,
    _rounded,
    _stops,
    least_changes,
    peace,
    restraint,
    without_signal,
)
from escalation.engines.explaining.explanation import Explanation
from escalation.engines.explaining.quantities import CAPABILITY, SHARE, STAKES, WEIGHT, Quantity, beliefs, parameters
from escalation.engines.explaining.replay import play_to
from escalation.engines.lower import Lowered, lower
from escalation.engines.readable import packed, readable_crisis
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.files import load
from escalation.world.scenario import Scenario


@pytest.fixture
def due(path: Trajectory, threat: Explanation) -> tuple[Crisis, Lowered, int]:
    """The crisis when the threat is due, and its front."""
    lowered = lower(path.scenario)
    crisis = play_to(lowered, seed=path.seed, run=path.run, period=int(threat.day))
    assert crisis is not None
    return crisis, lowered, lowered.front_ids.index(threat.front)


def quantities(crisis: Crisis, lowered: Lowered, f: int) -> dict[str, Quantity]:
    return {quantity.name: quantity for quantity in beliefs(crisis, lowered, f) + parameters(crisis, lowered, f)}


def test_restraint_is_weighed_as_the_explanation_says(due: tuple[Crisis, Lowered, int], threat: Explanation) -> None:
    crisis, _, f = due
    probability, margin = restraint(crisis, f)
    assert probability == threat.restraint.probability
    assert margin == probability - max(act.probability for act in threat.acts[1:])


def test_conciliation_counts_as_the_peaceful_choice_where_it_is_the_likelier(
    due: tuple[Crisis, Lowered, int], threat: Explanation
) -> None:
    crisis, _, f = due
    likely = {act.name: act.probability for act in threat.acts}
    act = max(("restraint", "conciliation"), key=likely.__getitem__)
    force = max(p for name, p in likely.items() if name not in ("restraint", "conciliation"))
    assert peace(crisis, f) == (act, likely[act], likely[act] - force)
    assert {change.act for change in threat.changes} >= {"conciliation"}


def test_a_change_is_just_enough(due: tuple[Crisis, Lowered, int], threat: Explanation) -> None:
    crisis, lowered, f = due
    known = quantities(crisis, lowered, f)
    moved = [change for change in threat.changes if change.kind != "signal"]
    assert moved
    assert {change.kind for change in moved} <= {"belief", "parameter"}
    for change in moved:
        quantity = known[change.name]
        assert quantity.read(crisis) == change.before
        quantity.write(crisis, change.after)
        assert peace(crisis, f)[:2] == (change.act, change.probability)
        assert peace(crisis, f).margin > 0.0
        quantity.write(crisis, change.after + 1e-6 * (change.before - change.after))
        assert peace(crisis, f).margin <= 0.0
        quantity.write(crisis, change.before)


def test_no_smaller_change_is_enough(due: tuple[Crisis, Lowered, int], threat: Explanation) -> None:
    """Nor any change at all of what is not listed, within the bounds of the search."""
    crisis, lowered, f = due
    sizes = {change.name: change.size for change in threat.changes}
    enough = []
    for name, quantity in quantities(crisis, lowered, f).items():
        if quantity.unit not in (SHARE, STAKES, WEIGHT, CAPABILITY):
            continue
        start = quantity.read(crisis)
        reach = sizes.get(name, 1.0 if quantity.unit == SHARE else 3.0)
        top = 1.0 if quantity.unit == SHARE else start + reach
        for k in range(-40, 41):
            value = min(max(start + 0.999 * reach * k / 40, 0.0), top)
            quantity.write(crisis, value)
            if peace(crisis, f).margin > 0.0:
                enough.append((name, value))
        quantity.write(crisis, start)
    assert enough == []


def test_changes_leave_the_crisis_as_it_was(due: tuple[Crisis, Lowered, int]) -> None:
    crisis, lowered, f = due
    restraint(crisis, f)
    passed_over: dict[str, Any] = {name: [] for name in (*SCRATCH, "parameters")}
    before = copy.deepcopy(crisis._replace(**passed_over))
    found = least_changes(crisis, lowered, f, [("parameter", quantity) for quantity in parameters(crisis, lowered, f)])
    assert found
    assert crisis._replace(**passed_over) == before


@pytest.mark.parametrize(("start", "edge", "unit"), [(0.2, 0.73, SHARE), (0.9, 0.31, SHARE), (1.5, 2.9, STAKES)])
def test_the_search_finds_an_edge(start: float, edge: float, unit: str) -> None:
    side = 1.0 if edge > start else -1.0
    found = _least(start, unit, lambda value: side * value > side * edge)
    assert found == pytest.approx(edge, abs=3.0 * 0.5**HALVINGS)


def test_what_is_said_is_rounded_to_where_it_is_still_enough() -> None:
    assert _rounded(1.2, 0.59538, lambda value: value <= 0.59538) == 0.59  # 0.60 would not be
    assert _rounded(0.2, 0.7113, lambda value: value >= 0.7113) == 0.72
    assert _rounded(0.6, 0.6004, lambda value: value >= 0.6004) == 0.61
    assert _rounded(0.2, 0.7113, lambda value: 0.7113 <= value <= 0.7117) == 0.7113  # enough in a narrow band alone
    assert _rounded(0.2, 0.71130001, lambda value: value == 0.71130001) == 0.71130001


def test_the_search_takes_the_nearer_of_two_edges() -> None:
    assert _least(0.4, SHARE, lambda value: value < 0.1 or value > 0.6) == pytest.approx(0.6)
    assert _least(0.4, SHARE, lambda value: value < 0.3 or value > 0.9) == pytest.approx(0.3)


def test_the_search_may_find_nothing() -> None:
    assert _least(0.4, SHARE, lambda _: False) is None


def test_stops_stay_in_bounds_and_go_outwards() -> None:
    stops = _stops(0.25, SHARE)
    assert {0.0, 1.0} <= set(stops)
    assert all(0.0 <= stop <= 1.0 for stop in stops)
    stops = _stops(1.0, STAKES)
    assert (min(stops), max(stops)) == (0.0, 4.0)
    assert 1.0 not in stops


def test_without_a_signal_is_the_scenario_without_it() -> None:
    scenario, seed, run = load("haniyeh-2024"), 1, 17
    quiet = simulate(scenario.without("nasrallah-new-phase"), seed=seed, run=run, engine="mesa")
    row = quiet.front_ids.index("hzb-isr")
    period = next(int(act["period"]) for act in quiet.acts if act["front"] == row)
    (found,) = quiet.explain(float(period), "hzb", target="isr")
    signal = "nasrallah-new-phase"
    (without,) = without_signal(scenario, signal, seed=seed, run=run, period=period, rows=[row])
    assert without is not None
    assert without.probability == found.restraint.probability
    assert without.decided


def test_without_a_signal_there_may_be_nothing_to_decide() -> None:
    """One front is at war, one opens only if a patron joins, and on the third nobody decides on that day."""
    scenario = Scenario.from_dict(
        {
            "name": "three-fronts",
            "actors": {"challenger": {}, "defender": {}, "patron": {}, "rival": {}},
            "fronts": {
                "challenger-defender": {},
                "defender-challenger": {},
                "challenger-rival": {"at_war": True},
                "rival-challenger": {"at_war": True},
            },
            "commitments": {"pledge": {"patron": "patron", "protege": "defender", "adversary": "challenger"}},
            "signals": {"threat": {"kind": "threat", "date": 1, "sender": "defender", "receivers": ["challenger"]}},
        }
    )
    front_ids = lower(scenario).front_ids
    rows = [front_ids.index(name) for name in ("challenger-rival", "patron-challenger", "challenger-defender")]
    found = without_signal(scenario, "threat", seed=1, run=17, period=2, rows=rows)
    assert found[:2] == [None, None]
    assert found[2] is not None
    assert not found[2].decided


def test_both_engines_find_the_same(path: Trajectory, threat: Explanation, monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled engine weighs where the model has been compiled on a machine, and the readable one elsewhere."""
    asked = []

    def not_at_hand(lowered: Lowered) -> bool:
        asked.append(lowered.scenario.name)
        return False

    for module in (changes, replay):
        monkeypatch.setattr(module, "at_hand", not_at_hand)
        monkeypatch.setattr(module, "advance" if module is replay else "weigh_state", None)
    (found,) = path.explain(threat.day, threat.actor, target=threat.target)
    assert asked
    assert found == threat


@pytest.mark.parametrize("field", ["resolve", "fear"])
def test_a_state_is_weighed_as_the_crisis_is(due: tuple[Crisis, Lowered, int], field: str) -> None:
    crisis, lowered, f = due
    before = weigh_state(lowered, packed(crisis, lowered), front=f).tolist()
    setattr(crisis.fronts[f], field, 0.123)
    state = packed(crisis, lowered)
    same = packed(readable_crisis(lowered, state), lowered)
    assert same.tobytes() == state.tobytes()
    kept = state.copy()
    after = weigh_state(lowered, state, front=f).tolist()
    assert state.tobytes() == kept.tobytes()
    weigh(crisis, f)
    assert after == crisis.value[f]
    assert after != before
