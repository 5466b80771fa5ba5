from __future__ import annotations

from typing import Any

import pytest
from crises import Play, crisis_of

from escalation.dynamics.support import (
    actual_victory,
    believed_credence,
    capability_of,
    expected_victory,
    fronts_of_force,
)


def play_of(**pledge: Any) -> Play:
    row = {"patron": "c", "protege": "a", "adversary": "b", "credence": {"mean": 0.5}, **pledge}
    return Play(crisis_of("a-b a-c", actors={"c": {"capability": 4.0}}, commitments={"pact": row}))


def test_capability_falls_with_a_shock_at_home() -> None:
    play = play_of()
    play.actor("c").weakness = 0.25
    assert capability_of(play.crisis, play.i("c")) == 3.0


def test_a_pledge_is_believed_as_far_as_it_is_known() -> None:
    play = play_of()
    a, b = play.i("a"), play.i("b")
    play.pledge("pact:b").credence_adversary = 0.3
    assert believed_credence(play.crisis, 0, a) == 0.5
    assert believed_credence(play.crisis, 0, b) == 0.3
    play.pledge("pact:b").known = 0
    assert believed_credence(play.crisis, 0, b) == 0.0
    assert believed_credence(play.crisis, 0, a) == 0.5
    play.pledge("pact:b").joined = 1
    assert believed_credence(play.crisis, 0, b) == 1.0


def test_the_probability_of_victory_counts_the_patrons_by_credence() -> None:
    play = play_of()
    # 1 + .5·4 against 1
    assert expected_victory(play.crisis, play.f("a-b")).as_things_are == pytest.approx(3.0 / 4.0)
    assert expected_victory(play.crisis, play.f("b-a")).as_things_are == pytest.approx(1.0 / 4.0)


def test_support_on_condition_lapses_for_who_strikes_first() -> None:
    play = play_of(conditional=True)
    mine, theirs = play.f("a-b"), play.f("b-a")
    assert expected_victory(play.crisis, mine).own_first == 0.5
    assert expected_victory(play.crisis, mine).other_first == pytest.approx(0.75)
    assert expected_victory(play.crisis, theirs).other_first == 0.5
    play.front("a-b").struck_first = 1
    assert expected_victory(play.crisis, mine).as_things_are == 0.5
    play.pledge("pact:b").joined = 1
    assert expected_victory(play.crisis, mine).own_first == pytest.approx(5.0 / 6.0)


def test_capability_is_shared_among_the_fronts_in_force() -> None:
    play = play_of().at(10)
    f = play.f("a-b")
    assert fronts_of_force(play.crisis, f) == 1
    play.actor("a").fronts_in_force = 1  # on the other front
    assert fronts_of_force(play.crisis, f) == 2
    play.front("b-a").last_force = 9.0  # by the other side: this is the front that was counted
    assert fronts_of_force(play.crisis, f) == 1
    play.front("a-b").last_force, play.front("b-a").last_force = 9.5, -100.0
    assert fronts_of_force(play.crisis, f) == 1
    play.front("a-b").last_force = -100.0
    play.front("a-b").at_war = 1
    play.actor("a").fronts_in_force = 0
    assert fronts_of_force(play.crisis, f) == 1


def test_the_actual_probability_counts_only_patrons_that_joined() -> None:
    play = play_of()
    mine, theirs = play.f("a-b"), play.f("b-a")
    assert actual_victory(play.crisis, mine, 0.0) == 0.5
    assert actual_victory(play.crisis, mine, 4.0) == pytest.approx(5.0 / 6.0)
    play.pledge("pact:b").joined = 1
    assert actual_victory(play.crisis, mine, 0.0) == pytest.approx(5.0 / 6.0)
    assert actual_victory(play.crisis, theirs, 0.0) == pytest.approx(1.0 / 6.0)
