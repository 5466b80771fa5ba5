from __future__ import annotations

import math
from typing import Any

import pytest
from crises import Play, crisis_of

from escalation.dynamics.commitments import call_patrons, start_war
from escalation.dynamics.roles import BY_ACCIDENT, BY_CHOICE


def play_of(run: int = 0, **pledge: Any) -> Play:
    row = {"patron": "c", "protege": "b", "adversary": "a", "credence": {"mean": 0.75, "weight": 3.0}}
    patron = {
        "capability": 4.0,
        "resolve": 1.0,
        "war_cost": {"resolute": 0.5, "irresolute": 2.0},
        "audience_cost": 0.6,
        "precision": 2.0,
        "honesty": 0.8,
    }
    rules = {"reputation": 0.4, "honesty_loss": 0.25}
    pact = {**row, "stake": 0.9, "strength": 0.5, **pledge}
    return Play(crisis_of(actors={"c": patron}, commitments={"pact": pact}, rules=rules), run=run).at(5)


def ask(play: Play, intensity: float, destruction: float = 0.1) -> Play:
    call_patrons(play.crisis, play.f("a-b"), intensity, destruction)
    return play


def frequency(expected: float, runs: int = 400, **pledge: Any) -> None:
    joined = sum(ask(play_of(run, **pledge), 0.6).pledge("pact:a").joined for run in range(runs))
    assert abs(joined - runs * expected) < 4.0 * math.sqrt(runs * expected * (1.0 - expected))  # one in 16,000


def sigma(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


def test_a_patron_joins_with_the_logit_of_what_joining_is_worth() -> None:
    # help raises b's odds from 1/2 to 5/6; the pledge is public
    frequency(sigma(2.0 * (0.9 * (5 / 6 - 1 / 2) - 0.5 * 0.1 + 0.5 * (0.6 * 1.0 + 0.4))))


def test_a_private_pledge_binds_by_reputation_alone() -> None:
    frequency(sigma(2.0 * (0.9 * (5 / 6 - 1 / 2) - 0.5 * 0.1 + 0.5 * 0.4)), public=False)


@pytest.mark.parametrize("conditional", [True, False])
def test_a_conditional_pledge_lapses_where_the_protege_struck_first(conditional: bool) -> None:
    pledge = 0.0 if conditional else 0.5 * (0.6 + 0.4)
    expected = sigma(2.0 * (0.9 * (5 / 6 - 1 / 2) - 0.5 * 0.1 + pledge))
    runs, joined = 400, 0
    for run in range(runs):
        play = play_of(run, conditional=conditional)
        play.front("b-a").struck_first = 1
        joined += ask(play, 0.6).pledge("pact:a").joined
    assert abs(joined - runs * expected) < 4.0 * math.sqrt(runs * expected * (1.0 - expected))


def test_an_irresolute_patron_counts_its_own_cost() -> None:
    sure = play_of(stake=5.0, strength=1.0)
    sure.actor("c").resolute = 0
    sure.actor("c").war_cost_irresolute = 1000.0
    assert ask(sure, 0.6).pledge("pact:a").joined == 0
    sure = play_of(stake=500.0)
    assert ask(sure, 0.6).pledge("pact:a").joined == 1


def test_joining_opens_a_front_both_ways() -> None:
    play = ask(play_of(stake=500.0), 0.6)
    front, back = play.front("c-a"), play.front("a-c")
    assert (front.active, back.active) == (1, 1)
    assert (front.stake, back.stake) == (500.0, play.front("a-b").stake)
    assert (front.fear, back.fear) == (0.1, 0.1)
    assert (front.injury, back.injury) == (0.6, 0.0)
    assert not math.isinf(front.due)
    assert not math.isinf(back.due)
    pledge = play.pledge("pact:a")
    assert (pledge.joined_period, pledge.kept, pledge.broken) == (5, 1, 0)


def test_whoever_joins_takes_up_the_injury_that_the_act_did() -> None:
    play = play_of(stake=500.0)
    play.rules.act_injury = 0.5
    assert ask(play, 0.6).front("c-a").injury == pytest.approx(0.3)


def test_what_goes_on_between_the_two_that_fight_does_not_raise_the_injury_of_whoever_joins() -> None:
    daily = {"baseline": "limited-strike"}
    pact = {"patron": "c", "protege": "b", "adversary": "a", "credence": {"mean": 1.0}}
    scenario = crisis_of(
        front={"a-b": daily, "b-a": daily}, commitments={"pact": pact}, rules={"act_injury": 0.5, "joining": "credence"}
    )
    play = Play(scenario).at(5).period({"a-b": "major-strike"})
    assert play.pledge("pact:a").joined == 1
    assert play.front("b-a").injury == pytest.approx(0.5 * 0.8 + 0.5 * 0.6)
    assert play.front("c-a").injury == pytest.approx(0.5 * 0.8)


def test_on_a_front_that_opens_stakes_weigh_as_in_the_quarrel_that_the_patron_joins() -> None:
    play = play_of(stake=500.0)
    helped, against = play.front("b-a"), play.front("a-b")
    helped.injury_weight, against.injury_weight, helped.war_odds = 1.3, 0.8, 2.5
    front, back = ask(play, 0.6).front("c-a"), play.front("a-c")
    assert (front.injury_weight, back.injury_weight) == (1.3, 0.8)
    assert front.war_odds == back.war_odds == 2.5


def test_joining_on_a_front_already_open_leaves_its_fear() -> None:
    scenario = crisis_of(
        "a-b a-c",
        commitments={"pact": {"patron": "c", "protege": "b", "adversary": "a", "stake": 500.0}},
        front={"c-a": {"fear": 0.35}},
    )
    play = Play(scenario).at(5)
    play.front("c-a").injury = 0.7
    ask(play, 0.6)
    assert play.pledge("pact:a").joined == 1
    assert (play.front("c-a").fear, play.front("c-a").injury) == (0.35, 0.7)


def test_a_patron_is_asked_once_and_again_for_a_higher_act() -> None:
    play = play_of(strength=0.0, stake=0.001)
    play.actor("c").war_cost_resolute = 1000.0
    for intensity, asked in ((0.4, 0), (0.6, 1), (0.6, 1), (0.8, 2), (0.6, 2), (1.0, 3)):
        ask(play, intensity, 1.0)
        assert play.pledge("pact:a").broken == asked
    assert play.pledge("pact:a").kept == 0


def test_a_patron_that_has_joined_is_not_asked_again() -> None:
    play = play_of(stake=500.0)
    ask(ask(play, 0.6), 1.0)
    assert play.pledge("pact:a").kept == 1


def test_a_trigger_can_be_lower_or_higher_than_force() -> None:
    assert ask(play_of(stake=500.0, trigger="display"), 0.4).pledge("pact:a").joined == 1
    assert ask(play_of(stake=500.0, trigger="major-strike"), 0.6).pledge("pact:a").asked == -1.0


def test_credence_learns_from_what_a_patron_did() -> None:
    play = ask(play_of(stake=500.0), 0.6)
    assert play.pledge("pact:a").credence_adversary == pytest.approx((3.0 * 0.75 + 1.0) / 4.0)
    assert play.pledge("pact:a").weight == 4.0
    play = play_of(stake=0.001)
    play.actor("c").war_cost_resolute = 1000.0
    ask(ask(play, 0.6), 0.8)
    pledge = play.pledge("pact:a")
    assert pledge.credence_protege == pytest.approx((4.0 * (3.0 * 0.75 / 4.0)) / 5.0)
    assert pledge.weight == 5.0


@pytest.mark.parametrize(("warned", "honesty"), [(0, 0.8), (1, 0.6)])
def test_a_bluff_that_is_called_costs_honesty(warned: int, honesty: float) -> None:
    play = play_of(stake=0.001)
    play.actor("c").war_cost_resolute = 1000.0
    play.pledge("pact:a").warned = warned
    assert ask(play, 0.6).actor("c").honesty == pytest.approx(honesty)


def test_an_earlier_patron_leaves_less_for_the_next_to_add() -> None:
    pact = {"patron": "c", "protege": "b", "adversary": "a", "stake": 500.0}
    scenario = crisis_of(
        actors={"c": {"capability": 4.0}, "d": {"capability": 4.0}},
        commitments={"one": pact, "two": {**pact, "patron": "d"}},
    )
    play = ask(Play(scenario).at(5), 0.6)
    assert [pledge.joined for pledge in play.crisis.pledges] == [1, 1]


@pytest.mark.parametrize(("joining", "strength", "left"), [("credence", 0.5, 0.875), ("utility", 0.5, 0.75)])
def test_by_credence_a_broken_warning_costs_honesty_by_the_strength_of_the_pledge(
    joining: str, strength: float, left: float
) -> None:
    scenario = play_of(stake=0.001, strength=strength, credence={"mean": 0.01}).scenario
    changed = scenario.replace("rules.joining", joining).replace("actors.c.war_cost.resolute", 1000.0)
    play = Play(changed).at(5)
    play.pledge("pact:a").warned = 1
    assert ask(play, 0.6).pledge("pact:a").broken == 1
    assert play.actor("c").honesty == pytest.approx(0.8 * left)


# ---------------------------------------------------------------------------------- war


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
