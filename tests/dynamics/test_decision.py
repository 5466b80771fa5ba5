from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of

from escalation.dynamics.acting import UNAVAILABLE
from escalation.dynamics.consequences import likelihoods
from escalation.dynamics.decision import (
    account_open,
    find_deciding,
    note_choice,
    prefer,
    renew_shocks,
    schedule_background,
)
from escalation.dynamics.roles import BACKGROUND_CLOCK, OVERDUE, PROMPTED, STANDING
from escalation.dynamics.utility import expected_utilities, weigh


def utilities(play: Play, front: str) -> tuple[list[float], list[float]]:
    options = len(play.crisis.options)
    resolute, irresolute = [0.0] * options, [0.0] * options
    expected_utilities(play.crisis, play.f(front), resolute, irresolute)
    return resolute, irresolute


# ------------------------------------------------------------------------------------------------- clocks


def test_the_background_clock_ticks_at_the_tempo_of_its_actor() -> None:
    play = Play(crisis_of(actors={"a": {"tempo": 4.0}}))
    for _ in range(399):
        schedule_background(play.crisis, play.f("a-b"))
    front = play.front("a-b")
    assert front.background_count == 400
    assert abs(front.background - 1600.0) < 4.0 * 4.0 * math.sqrt(400)


def test_ticks_do_not_depend_on_the_length_of_a_period() -> None:
    whole, half = (
        Play(crisis_of(actors={"a": {"tempo": 3.0}})),
        Play(crisis_of(actors={"a": {"tempo": 3.0}}, period=0.5)),
    )
    whole.quiet(30)
    half.quiet(60)
    counts = [play.front("a-b").background_count for play in (whole, half)]
    assert counts[0] > 3
    assert abs(counts[0] - counts[1]) <= 1  # half a period's looking ahead
    assert abs(whole.front("a-b").background - half.front("a-b").background) < 30.0


def test_shocks_are_a_pure_function_of_time() -> None:
    scenario = crisis_of(rules={"shock_persistence": 5.0})
    often, once = Play(scenario), Play(scenario)
    for period in range(1, 41):
        renew_shocks(often.at(period).crisis, 0)
    renew_shocks(once.at(40).crisis, 0)
    assert often.crisis.shocks[0] == once.crisis.shocks[0]
    assert often.crisis.reasons[0].epoch == once.crisis.reasons[0].epoch > 2
    assert often.crisis.reasons[0].next > 40.0


def test_shocks_persist_between_their_points() -> None:
    play = Play(crisis_of(rules={"shock_persistence": 1e9}))
    renew_shocks(play.at(1).crisis, 0)
    first = list(play.crisis.shocks[0])
    renew_shocks(play.at(50).crisis, 0)
    assert play.crisis.shocks[0] == first
    assert len(set(first)) == len(first)


def test_actors_that_share_reasons_choose_by_one_draw() -> None:
    rules = {"shock_persistence": 5.0, "shared_reasons": 1.0}
    play = Play(crisis_of("a-b c-b", rules=rules)).at(30)
    rows = {name: play.front(name).reasons for name in ("a-b", "c-b", "b-a", "b-c")}
    assert rows["a-b"] == rows["c-b"] == len(play.crisis.fronts) + play.i("b")
    assert len({rows["a-b"], rows["b-a"], rows["b-c"]}) == 3  # each faces another target
    renew_shocks(play.crisis, play.f("a-b"))
    renewed = list(play.crisis.shocks[rows["a-b"]])
    assert any(renewed)
    renew_shocks(play.crisis, play.f("c-b"))
    assert play.crisis.shocks[rows["c-b"]] == renewed
    weigh(play.crisis, play.f("a-b"))
    weigh(play.crisis, play.f("c-b"))
    assert prefer(play.crisis, play.f("a-b")) == prefer(play.crisis, play.f("c-b"))  # alike in all else, too


def test_who_else_faces_a_target_changes_no_draw() -> None:
    rules = {"shared_reasons": 0.5}
    for run in range(20):
        alone, beside = (Play(crisis_of(fronts, rules=rules), run=run).at(9) for fronts in ("a-b", "c-b a-b"))
        for play in (alone, beside):
            renew_shocks(play.crisis, play.f("a-b"))
        one, other = (play.crisis.shocks[play.front("a-b").reasons] for play in (alone, beside))
        assert one == other
        assert any(one)


def test_an_account_is_open_where_there_is_something_to_decide() -> None:
    play = Play(crisis_of())
    f, front = play.f("a-b"), play.front("a-b")
    assert not account_open(play.crisis, f)
    for name, value in (("injury", 0.1), ("vow_standing", OVERDUE), ("revisionism", 0.5)):
        before = getattr(front, name)
        setattr(front, name, value)
        assert account_open(play.crisis, f), name
        setattr(front, name, before)
    front.injury = 0.099
    assert not account_open(play.crisis, f)


@pytest.mark.parametrize(
    ("changes", "deciding"),
    [
        ({}, BACKGROUND_CLOCK),
        ({"revisionism": 0.0}, 0),
        ({"rested": 1}, 0),
        ({"background": 10.5}, 0),
        ({"due": 10.4}, PROMPTED),
        ({"due": 10.5}, BACKGROUND_CLOCK),
        ({"rested": 1, "due": 9.0}, PROMPTED),
        ({"active": 0, "due": 9.0}, 0),
        ({"at_war": 1, "due": 9.0}, 0),
        ({"vow_standing": STANDING, "vow_due": 10.4, "background": 99.0}, PROMPTED),
        ({"vow_standing": STANDING, "vow_due": 10.5, "background": 99.0}, 0),
        ({"vow_standing": OVERDUE, "vow_due": 9.0, "background": 99.0}, 0),
    ],
)
def test_when_a_decision_falls(changes: dict[str, Any], deciding: int) -> None:
    play = Play(crisis_of(front={"a-b": {"revisionism": 0.6}}, horizon=90)).at(10)
    front = play.front("a-b")
    front.background = 10.4
    for name, value in changes.items():
        setattr(front, name, value)
    find_deciding(play.crisis)
    assert front.deciding == deciding
    assert front.chosen == -1
    if deciding == PROMPTED:
        assert math.isinf(front.due)
        assert front.rested == 0


@pytest.mark.parametrize(("period", "first"), [(1.0, 6), (0.5, 12), (2.0, 3)])
def test_choices_begin_the_day_after_the_information_date(period: float, first: int) -> None:
    play = Play(crisis_of(as_of=5, period=period))
    play.front("a-b").due = 0.0
    while play.open().front("a-b").deciding == 0:
        play.close()
    assert play.clock.period == first


# ------------------------------------------------------------------------------------------------ choices


def test_the_likelihood_of_a_choice_is_its_logit_for_either_type() -> None:
    play = Play(crisis_of(actors={"a": {"precision": 3.0}})).at(2)
    f = play.f("a-b")
    weigh(play.crisis, f)
    note_choice(play.crisis, f, play.o("limited-strike"))
    crowding = np.array(play.crisis.crowding)
    for values, likely in zip(utilities(play, "a-b"), likelihoods(play.crisis, f), strict=True):
        weight = np.exp(3.0 * np.array(values) - crowding)
        assert likely == pytest.approx(weight[play.o("limited-strike")] / weight.sum())
    assert play.front("a-b").chosen == play.o("limited-strike")


@pytest.mark.parametrize(("resolve", "row"), [(1.0, 0), (0.0, 1)])
def test_an_actor_weighs_by_its_own_type(resolve: float, row: int) -> None:
    play = Play(crisis_of(actors={"a": {"resolve": resolve}})).at(2)
    play.front("a-b").injury = 0.8
    weigh(play.crisis, play.f("a-b"))
    by_type = utilities(play, "a-b")
    assert play.crisis.value[play.f("a-b")] == by_type[row]
    assert by_type[0] != by_type[1]


def test_choices_are_made_as_often_as_the_logit_says() -> None:
    scenario = crisis_of(front={"a-b": {"revisionism": 0.6}}, actors={"a": {"resolve": 1.0, "precision": 2.0}})
    runs = 1500
    counts = np.zeros(7)
    play = Play(scenario).at(1)
    weigh(play.crisis, play.f("a-b"))
    begun = copy.copy(play.crisis.reasons[0])
    for run in range(runs):  # which keys the private reasons; nothing else that is weighed is drawn
        play.crisis.reasons[0] = copy.copy(begun)
        play.clock.run = run
        counts[prefer(play.crisis, play.f("a-b"))] += 1
    weight = np.exp(2.0 * np.array(play.crisis.value[0]) - np.array(play.crisis.crowding))
    share = weight / weight.sum()
    spread = np.sqrt(runs * share * (1.0 - share))
    assert (np.abs(counts - runs * share) < 4.5 * spread + 1.0).all()  # seven comparisons: one false alarm in 20,000


def test_what_is_not_on_offer_is_not_chosen_however_imprecise_the_actor() -> None:
    scenario = crisis_of(actors={"a": {"precision": 1e-9}}, front={"a-b": {"baseline": "limited-strike"}})
    chosen = set()
    for run in range(100):
        play = Play(scenario, run=run).at(1)
        weigh(play.crisis, play.f("a-b"))
        chosen.add(play.lowered.option_names[prefer(play.crisis, play.f("a-b"))])
    assert chosen == {"restraint", "major-strike", "war"}


# ------------------------------------------------------------------------------------------------ proxies


def proxy(control: float, **front: Any) -> Play:
    actors = {"a": {"principal": "c", "control": control, "resolve": 1.0}, "c": {"resolve": 0.0}}
    return Play(crisis_of("a-b c-b", actors=actors, front=front)).at(2)


@pytest.mark.parametrize("control", [0.0, 0.3, 1.0])
def test_a_proxy_mixes_its_own_utility_with_its_principals(control: float) -> None:
    play = proxy(control, **{"c-b": {"revisionism": 0.9, "stake": 2.0}})
    weigh(play.crisis, play.f("a-b"))
    own, principal = utilities(play, "a-b"), utilities(play, "c-b")[1]  # the principal is irresolute
    for row, mixed in enumerate((play.crisis.utility_resolute[0], play.crisis.utility_irresolute[0])):
        expected = [(1.0 - control) * x + control * y for x, y in zip(own[row], principal, strict=True)]
        assert mixed == pytest.approx(expected)


@pytest.mark.parametrize("why", ["no front", "not open"])
def test_a_proxy_goes_its_own_way_where_its_principal_has_nothing_at_stake(why: str) -> None:
    play = proxy(0.5)
    if why == "no front":
        play.crisis.front_of[play.i("c")][play.i("b")] = -1
    else:
        play.front("c-b").active = 0
    weigh(play.crisis, play.f("a-b"))
    assert play.crisis.utility_resolute[0] == utilities(play, "a-b")[0]


def test_a_principal_resolute_itself_is_heeded_as_such() -> None:
    play = proxy(1.0)
    play.actor("c").resolute = 1
    play.front("c-b").injury = 0.8
    weigh(play.crisis, play.f("a-b"))
    assert play.crisis.utility_resolute[0] == pytest.approx(utilities(play, "c-b")[0])


def test_what_a_proxy_can_do_is_its_own_affair() -> None:
    """Ongoing hostilities of the one neither forbid an act to the other nor put it on offer."""
    play = proxy(1.0, **{"a-b": {"baseline": "limited-strike"}})
    weigh(play.crisis, play.f("a-b"))
    values = play.crisis.utility_resolute[play.f("a-b")]
    assert values[play.o("display")] == UNAVAILABLE
    assert values[play.o("major-strike")] == pytest.approx(utilities(play, "c-b")[1][play.o("major-strike")])
    play = proxy(1.0, **{"c-b": {"baseline": "limited-strike"}})
    weigh(play.crisis, play.f("a-b"))
    values = play.crisis.utility_resolute[play.f("a-b")]
    assert values[play.o("display")] == pytest.approx(utilities(play, "c-b")[1][0])


def test_proxies_decide_with_an_injured_principal() -> None:
    play = proxy(0.5)
    play.front("c-b").due, play.front("c-b").injury = 2.0, 0.6
    find_deciding(play.crisis)
    assert play.front("a-b").deciding == PROMPTED
    assert play.front("b-a").deciding == 0


@pytest.mark.parametrize(
    ("front", "field", "value"),
    [("c-b", "injury", 0.05), ("c-b", "due", 99.0), ("a-b", "active", 0), ("a-b", "at_war", 1)],
)
def test_proxies_do_not_decide_otherwise(front: str, field: str, value: float) -> None:
    play = proxy(0.5)
    play.front("c-b").due, play.front("c-b").injury = 2.0, 0.6
    setattr(play.front(front), field, value)
    find_deciding(play.crisis)
    assert play.front("a-b").deciding == 0


def test_proxies_do_not_decide_where_another_than_their_principal_does() -> None:
    play = proxy(0.5)
    play.front("c-b").injury = 0.6
    play.front("b-a").due = 2.0
    find_deciding(play.crisis)
    assert play.front("b-a").deciding == PROMPTED
    assert play.front("a-b").deciding == 0


def test_a_proxy_without_a_front_to_the_target_stays_out() -> None:
    actors = {"a": {"principal": "c", "control": 0.5}}
    play = Play(crisis_of("a-b c-b c-d", actors={**actors, "d": {}})).at(2)
    play.front("c-d").due, play.front("c-d").injury = 2.0, 0.6
    find_deciding(play.crisis)
    assert play.front("c-d").deciding == PROMPTED
    assert play.front("a-b").deciding == 0


def test_an_injured_proxy_does_not_draw_its_principal_in() -> None:
    play = proxy(0.5)
    play.front("a-b").due, play.front("a-b").injury = 2.0, 0.6
    find_deciding(play.crisis)
    assert play.front("a-b").deciding == PROMPTED
    assert play.front("c-b").deciding == 0
