from __future__ import annotations

from crises import Play, crisis_of

from escalation.dynamics.roles import BY_ACCIDENT, BY_CHOICE
from escalation.dynamics.war import start_war


def test_war_is_absorbing_and_keeps_its_first_cause() -> None:
    play = Play(crisis_of()).at(4)
    start_war(play.crisis, 0, BY_ACCIDENT)
    play.at(6)
    start_war(play.crisis, 1, BY_CHOICE)
    for front in play.crisis.fronts:
        assert (front.war_period, front.war_cause) == (4, BY_ACCIDENT)


def test_war_reaches_the_last_rung_alone() -> None:
    play = Play(crisis_of()).at(4)
    play.crisis.crossed[0][1] = 2
    start_war(play.crisis, 0, BY_ACCIDENT)
    assert play.crisis.crossed == [[0, 2, -1, -1, -1, 4], [0, -1, -1, -1, -1, 4]]


def test_a_war_that_was_there_at_the_start_is_no_outcome() -> None:
    play = Play(crisis_of("a-b a-c", front={"a-c": {"at_war": True}, "c-a": {"at_war": True}}))
    play.play(60)
    for front in ("a-c", "c-a"):
        state = play.front(front)
        assert (state.war_period, state.war_cause) == (-1, 0)
        assert play.crisis.crossed[play.f(front)] == [0, -1, -1, -1, -1, -1]
