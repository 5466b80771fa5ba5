"""Joint force: any two acts of force on one adversary within an act window of each other, at any time of a run."""

from __future__ import annotations

from typing import Any

import pytest
from crises import Play, crisis_of

from escalation.dynamics.commitments import start_war
from escalation.dynamics.roles import BY_ACCIDENT
from escalation.world.scenario import Scenario

NEVER = -1
STRIKE = "limited-strike"


def allies(**changes: Any) -> Scenario:
    """Two allies, a and b, and an adversary c; nothing gets out of hand by chance."""
    rules = {"brinkmanship_scale": 0.0, "accident_hazard": 0.0} | changes.pop("rules", {})
    return crisis_of("a-c b-c", rules=rules, **changes)


def joint(play: Play) -> int:
    (pair,) = [p for p in play.crisis.pairs if {p.one, p.two} == {play.f("a-c"), play.f("b-c")}]
    return pair.joint_period


def go_to_war(play: Play, *fronts: str) -> None:
    """A period in which war comes about on these fronts, and nobody chooses."""
    play.open()
    for front in fronts:
        start_war(play.crisis, play.f(front), BY_ACCIDENT)
    play.close()


def played(acts: dict[int, dict[str, str]], *, war: int = 0, until: int = 40, **changes: Any) -> int:
    """First period of joint force by a and b on c where these acts are done, and a and c go to war, by period."""
    play = Play(allies(**changes))
    for period in range(1, until + 1):
        if period == war:
            go_to_war(play, "a-c")
        else:
            play.period(acts.get(period))
    return joint(play)


@pytest.mark.parametrize(
    ("acts", "period"),
    [
        ({3: {"a-c": STRIKE}, 17: {"b-c": STRIKE}}, 17),  # the window is fourteen days
        ({3: {"b-c": STRIKE}, 17: {"a-c": STRIKE}}, 17),
        ({3: {"a-c": STRIKE}, 18: {"b-c": STRIKE}}, NEVER),
        ({5: {"a-c": STRIKE, "b-c": STRIKE}}, 5),
        ({5: {"a-c": STRIKE}}, NEVER),
        ({}, NEVER),
        ({5: {"a-c": STRIKE}, 6: {"c-a": STRIKE}}, NEVER),  # the adversary's answer is not an ally's
        ({5: {"c-a": STRIKE}, 6: {"c-b": STRIKE}}, NEVER),  # two adversaries are not one
        ({5: {"a-c": STRIKE}, 6: {"b-c": "display"}}, NEVER),
        # The first acts lie far apart; later ones do not.
        ({2: {"a-c": STRIKE}, 20: {"b-c": STRIKE}, 30: {"a-c": STRIKE}}, 30),
        ({2: {"a-c": STRIKE}, 5: {"b-c": STRIKE}, 6: {"a-c": STRIKE}}, 5),  # the first time counts
    ],
)
def test_any_two_acts_on_one_adversary_within_the_act_window(acts: dict[int, dict[str, str]], period: int) -> None:
    assert played(acts) == period


@pytest.mark.parametrize("struck", [3, 30])
def test_a_war_is_force_on_every_day_of_it(struck: int) -> None:
    assert played({struck: {"b-c": STRIKE}}, war=2) == struck


@pytest.mark.parametrize(("struck", "period"), [(5, 19), (4, NEVER)])
def test_a_war_that_begins_within_the_window_of_an_act(struck: int, period: int) -> None:
    assert played({struck: {"b-c": STRIKE}}, war=19) == period


def test_two_wars_at_once() -> None:
    play = Play(allies()).quiet(6)
    go_to_war(play, "a-c", "b-c")
    assert joint(play) == 7


def test_a_war_that_was_there_at_the_start_is_not_counted() -> None:
    front = {"a-c": {"at_war": True}, "c-a": {"at_war": True}}
    assert played({5: {"b-c": STRIKE}}, front=front) == NEVER


def test_the_window_is_in_days_whatever_the_period() -> None:
    def weeks(acts: dict[int, dict[str, str]], window: float = 14.0) -> int:
        return played(acts, until=6, period=7.0, horizon=40, rules={"act_window": window})

    assert weeks({1: {"a-c": STRIKE}, 3: {"b-c": STRIKE}}) == 3
    assert weeks({1: {"a-c": STRIKE}, 4: {"b-c": STRIKE}}) == NEVER
    # The last period, from day 35 to 40, is shorter: from day 28 to 40 it is twelve days.
    assert weeks({4: {"a-c": STRIKE}, 6: {"b-c": STRIKE}}, 12.0) == 6
    tenths = {"period": 0.1, "horizon": 2, "until": 6, "rules": {"act_window": 0.3}}
    assert played({1: {"a-c": STRIKE}, 4: {"b-c": STRIKE}}, **tenths) == 4  # 0.4 - 0.1 is above 0.3 in floats
    assert played({1: {"a-c": STRIKE}, 5: {"b-c": STRIKE}}, **tenths) == NEVER


def test_a_window_that_is_not_known_counts_as_the_run_drew_it() -> None:
    window = {"distribution": "uniform", "low": 4.0, "high": 8.0}
    for run in range(6):
        play = Play(allies(rules={"act_window": window}), run=run)
        play.period({"a-c": STRIKE}).quiet(5).period({"b-c": STRIKE})
        assert joint(play) == (7 if play.rules.act_window >= 6.0 else NEVER)


def test_fronts_without_a_common_adversary_are_no_pair() -> None:
    assert Play(crisis_of("a-b")).crisis.pairs == []
    assert Play(crisis_of("a-b b-c a-c")).crisis.pairs == []  # all face each other
    assert len(Play(crisis_of("a-c b-c")).crisis.pairs) == 1
