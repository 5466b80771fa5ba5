from __future__ import annotations

import pytest
from crises import Play, crisis_of

from escalation.dynamics.period import over
from escalation.dynamics.roles import STANDING

SETTLE = {"settle_days": 5.0, "brinkmanship_scale": 0.0, "accident_hazard": 0.0}


@pytest.mark.parametrize("period", [1.0, 0.5, 2.0])
def test_a_period_ends_a_length_after_the_last_one(period: float) -> None:
    play = Play(crisis_of(period=period)).quiet(3)
    assert (play.clock.period, play.clock.now, play.clock.ended) == (3, 3 * period, 3)
    assert play.clock.latest == 3.5 * period


def test_fronts_in_force_are_counted_for_both_sides() -> None:
    play = Play(crisis_of("a-b a-c", rules=SETTLE | {"act_window": 3.0}))
    play.period({"a-b": "limited-strike"}).open()
    assert [actor.fronts_in_force for actor in play.crisis.actors] == [1, 1, 0]
    play.close().period({"c-a": "limited-strike"}).open()
    assert [actor.fronts_in_force for actor in play.crisis.actors] == [2, 1, 1]
    play.close().open()
    assert [actor.fronts_in_force for actor in play.crisis.actors] == [1, 0, 1]


def test_a_front_at_war_is_always_in_force() -> None:
    play = Play(crisis_of("a-b a-c", front={"a-c": {"at_war": True}, "c-a": {"at_war": True}})).quiet(30)
    assert [actor.fronts_in_force for actor in play.crisis.actors] == [1, 0, 1]


def test_a_crisis_settles_after_days_without_an_act() -> None:
    play = Play(crisis_of(rules=SETTLE)).quiet(2).period({"a-b": "threat"}).quiet(4)
    assert play.clock.settled == -1
    play.quiet(1)
    assert play.clock.settled == 8
    play.period({"a-b": "display"}).quiet(9)
    assert play.clock.settled == 8


def test_a_quiet_crisis_settles_counting_from_the_information_date() -> None:
    assert Play(crisis_of(rules=SETTLE)).quiet(10).clock.settled == 5
    assert Play(crisis_of(rules=SETTLE, as_of=10)).quiet(20).clock.settled == 15


def test_a_vow_that_stands_keeps_a_crisis_open() -> None:
    play = Play(crisis_of(rules=SETTLE))
    front = play.front("a-b")
    front.vow, front.vow_due, front.vow_standing = 0.6, 8.0, STANDING
    play.quiet(7)
    assert play.clock.settled == -1
    play.quiet(1)
    assert play.clock.settled == 8


def test_a_war_does_not_settle() -> None:
    assert Play(crisis_of(rules=SETTLE)).period({"a-b": "war"}).quiet(30).clock.settled == -1


@pytest.mark.parametrize("stop", [True, False])
def test_a_run_stops_once_settled_only_where_the_scenario_says_so(stop: bool) -> None:
    play = Play(crisis_of(rules=SETTLE, stop_when_settled=stop)).quiet(4)
    assert not over(play.crisis)
    assert over(play.quiet(1).crisis) is stop


def test_all_decide_on_the_same_information() -> None:
    """Which front is weighed first changes nothing: the fronts, in the order of the scenario, are only a list."""
    one = crisis_of("a-b a-c", front={"a-b": {"revisionism": 0.9}, "c-a": {"revisionism": 0.9}}, rules=SETTLE)
    turned = one.replace("fronts", dict(reversed(one.to_dict()["fronts"].items())))
    for run in range(5):
        plays = [Play(scenario, run=run).play(60) for scenario in (one, turned)]
        assert plays[0].lowered.front_ids != plays[1].lowered.front_ids
        acts = [{name: play.crisis.crossed[play.f(name)] for name in play.lowered.front_ids} for play in plays]
        assert acts[0] == acts[1]
