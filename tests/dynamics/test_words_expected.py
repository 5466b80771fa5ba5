"""Words that bind: what others expect of a reply by a vow, a threat or an ultimatum, as odds of one reply to another.

The odds of a reply k are multiplied by exp(−λ'·ξ·a'·pub·(b − g_k)⁺), with λ' = 4, ξ = .5 and a' = .8.
"""

from __future__ import annotations

import math
from typing import Any

import pytest
from crises import Play, crisis_of, replies_to

from escalation.dynamics.roles import OVERDUE, STANDING

THREAT: dict[str, Any] = {"kind": "threat", "date": 2, "sender": "b", "receivers": ["a"], "due": 10.0}
ORDER: dict[str, Any] = {
    "kind": "demand",
    "date": 2,
    "sender": "b",
    "receivers": ["a"],
    "rung": "limited-strike",
    "due": 6.0,
    "or_else": 4.0,
}
COST = 0.5 * 0.8
PRECISION = 4.0
THREATENED, DISPLAYED, STRUCK = 0.2, 0.4, 0.6


def play_of(*, fronts: str = "a-b", rules: Any = None, front: Any = None, **signals: dict[str, Any]) -> Play:
    """Two sides, of which b has said something to a, on the third day."""
    scenario = crisis_of(
        fronts,
        rules={"threat_credibility": 0.5, "conciliation": True} | (rules or {}),
        actors={"b": {"audience_cost": 0.8, "precision": PRECISION}, "c": {}},
        front={"a-b": {"fear": 0.0}, "b-a": {}} | (front or {}),
        signals=signals,
    )
    play = Play(scenario).quiet(3)
    play.front("a-b").motive = 0.0
    play.front("a-b").resolve = 1.0  # of one type, whose reply is then a logit choice
    return play


def odds(play: Play, act: str, reply: str = "restraint", than: str = "major-strike") -> float:
    """Log-odds with which a expects one reply to its act rather than another."""
    f = play.f("a-b")
    b = play.front("a-b").reverse
    expected = replies_to(play.crisis, f, play.o(act))
    offered = play.crisis.offered[b][: len(expected)]
    place = {play.lowered.option_names[o]: n for n, o in enumerate(offered)}
    return math.log(expected[place[reply]] / expected[place[than]])


def moved(play: Play, act: str, reply: str = "restraint", than: str = "major-strike") -> float:
    """How far what b has said moves these odds."""
    with_words = odds(play, act, reply, than)
    play.rules.threat_credibility = 0.0
    without = odds(play, act, reply, than)
    play.rules.threat_credibility = 0.5
    return with_words - without


# ---------------------------------------------------------------------------------------------------------- threats


@pytest.mark.parametrize(
    ("reply", "short"),
    [
        ("restraint", STRUCK),
        ("threat", STRUCK - THREATENED),
        ("display", STRUCK - DISPLAYED),
        ("limited-strike", 0.0),
        ("conciliation", STRUCK),
        ("limited-strike (covert)", STRUCK),  # nobody sees it
    ],
)
@pytest.mark.parametrize("act", ["display", "limited-strike", "major-strike"])
def test_an_act_that_crosses_a_threat_makes_replies_below_it_dearer(act: str, reply: str, short: float) -> None:
    assert moved(play_of(said=THREAT), act, reply) == pytest.approx(-PRECISION * COST * short, abs=1e-9)


@pytest.mark.parametrize("act", ["restraint", "conciliation", "threat", "limited-strike (covert)"])
def test_what_does_not_cross_it_changes_nothing(act: str) -> None:
    assert moved(play_of(said=THREAT), act) == 0.0


def test_its_trigger_says_what_crosses_it() -> None:
    play = play_of(said={**THREAT, "trigger": "major-strike"})
    assert moved(play, "limited-strike") == 0.0
    assert moved(play, "major-strike") == pytest.approx(-PRECISION * COST * STRUCK)


def test_a_graver_threat_reaches_further() -> None:
    play = play_of(said={**THREAT, "rung": "major-strike"})
    assert moved(play, "display", "limited-strike") == pytest.approx(-PRECISION * COST * (0.8 - STRUCK))


def test_what_goes_on_anyhow_counts_for_a_reply() -> None:
    play = play_of(said=THREAT, front={"b-a": {"baseline": "display"}})
    assert moved(play, "limited-strike") == pytest.approx(-PRECISION * COST * (STRUCK - DISPLAYED))


def test_a_private_threat_costs_nothing_at_home_until_it_leaks() -> None:
    private = {**THREAT, "channel": "private"}
    assert moved(play_of(said=private), "limited-strike") == 0.0
    leaked = play_of(said={**private, "reported": 3})
    assert moved(leaked, "limited-strike") == pytest.approx(-PRECISION * COST * STRUCK)


def test_it_ends_with_its_days() -> None:
    play = play_of(said=THREAT)
    assert moved(play.at(12), "limited-strike") < 0.0
    assert moved(play.at(13), "limited-strike") == 0.0


def test_one_that_was_taken_back_or_crossed_is_no_threat_any_more() -> None:
    back = {"kind": "withdrawal", "date": 3, "sender": "b", "receivers": ["a"], "subject": "said"}
    assert moved(play_of(said=THREAT, back=back), "limited-strike") == 0.0


def test_once_crossed_it_is_a_vow() -> None:
    """Which binds whatever is done next, and on its first day as others expect it."""
    play = play_of(said=THREAT).period({"a-b": "display"})
    assert play.front("b-a").vow_standing == STANDING
    for act in ("restraint", "conciliation", "limited-strike"):
        assert moved(play, act) == pytest.approx(-PRECISION * COST * STRUCK)


def test_of_a_vow_and_a_threat_the_dearer_counts() -> None:
    """Half of the vow's days have run, so that it costs as much as a threat is expected to: .5·.8 a unit."""
    play = play_of(said=THREAT)
    front = play.front("b-a")
    front.vow_standing, front.vow, front.vow_publicity, front.vow_made = STANDING, STRUCK, 1.0, 0.0
    front.vow_due = 2.0 * play.clock.now
    assert moved(play, "limited-strike") == pytest.approx(0.0, abs=1e-12)
    front.vow_due = 4.0 * play.clock.now
    assert moved(play, "limited-strike") == pytest.approx(-PRECISION * 0.5 * COST * STRUCK)
    front.vow = DISPLAYED
    assert moved(play, "limited-strike") == pytest.approx(-PRECISION * (COST * STRUCK - 0.25 * 0.8 * DISPLAYED))


@pytest.mark.parametrize("act", ["restraint", "conciliation", "limited-strike", "limited-strike (covert)"])
def test_a_vow_is_expected_to_bind_before_its_days_have_run(act: str) -> None:
    """After half of its days it costs what others expect at least, and from then on what it costs."""
    vow = {"kind": "vow", "date": 2, "sender": "b", "receivers": ["a"], "due": 20.0}
    play = play_of(said=vow)
    assert moved(play.at(2), act) == pytest.approx(-PRECISION * COST * STRUCK)
    assert moved(play.at(7), act) == pytest.approx(-PRECISION * 0.25 * 0.8 * STRUCK)
    assert moved(play.at(12), act) == pytest.approx(0.0, abs=1e-12)
    assert moved(play.at(17), act) == 0.0
    play.front("b-a").vow_standing = OVERDUE
    assert moved(play.at(25), act) == 0.0
    assert moved(play_of(said={**vow, "channel": "private"}), act) == 0.0


def test_a_vow_taken_back_in_the_period_in_which_it_was_made_binds_no_more() -> None:
    vow = {"kind": "vow", "date": 3.2, "sender": "b", "receivers": ["a"], "due": 20.0}
    back = {"kind": "withdrawal", "date": 3.4, "sender": "b", "receivers": ["a"], "subject": "said"}
    play = play_of(said=vow, back=back)
    assert play.front("b-a").vow_standing == OVERDUE
    play.front("b-a").vow_publicity = 1.0  # what its audience has seen of it is next to nothing
    assert moved(play, "restraint") == 0.0


def test_what_a_vow_costs_already_is_not_counted_twice() -> None:
    """A quarter of its days have run. Without regard to what comes later it weighs by that quarter, and by no more."""
    vow = {"kind": "vow", "date": 2, "sender": "b", "receivers": ["a"], "due": 20.0}
    play = play_of(said=vow, rules={"threat_credibility": 0.0}).at(7)
    with_vow = odds(play, "restraint")
    play.actor("b").audience_cost = 0.0
    assert with_vow - odds(play, "restraint") == pytest.approx(-PRECISION * 0.25 * 0.8 * STRUCK)


def test_a_vow_taken_back_binds_no_more_beside_a_threat_that_stands() -> None:
    vow = {"kind": "vow", "date": 3.2, "sender": "b", "receivers": ["a"], "due": 20.0}
    back = {"kind": "withdrawal", "date": 3.4, "sender": "b", "receivers": ["a"], "subject": "vow"}
    play = play_of(said=THREAT, vow=vow, back=back)
    play.front("b-a").vow_publicity = 1.0
    assert moved(play, "restraint") == 0.0
    assert moved(play, "limited-strike") < 0.0


def test_the_sender_itself_is_not_bound_before_its_threat_is_crossed() -> None:
    play = play_of(said=THREAT)
    f = play.f("b-a")
    before = [replies_to(play.crisis, f, o) for o in range(len(play.crisis.options))]
    play.rules.threat_credibility = 0.0
    assert [replies_to(play.crisis, f, o) for o in range(len(play.crisis.options))] == before


def test_whoever_looks_further_ahead_reckons_with_it_too() -> None:
    play = play_of(said=THREAT, rules={"depth": 2})
    assert moved(play, "limited-strike") < -0.5 * PRECISION * COST * STRUCK
    assert moved(play, "restraint") == pytest.approx(0.0, abs=0.05)


# -------------------------------------------------------------------------------------------------------- ultimatums


@pytest.mark.parametrize("act", ["restraint", "threat", "limited-strike", "limited-strike (covert)"])
def test_whatever_does_not_meet_an_ultimatum_makes_replies_below_it_dearer(act: str) -> None:
    assert moved(play_of(order=ORDER), act) == pytest.approx(-PRECISION * COST * STRUCK)
    assert moved(play_of(order=ORDER), act, "display") == pytest.approx(-PRECISION * COST * (STRUCK - DISPLAYED))


def test_whoever_meets_it_has_nothing_to_expect_of_it() -> None:
    assert moved(play_of(order=ORDER), "conciliation") == 0.0


def test_where_nobody_can_conciliate_restraint_meets_it() -> None:
    play = play_of(order=ORDER, rules={"conciliation": False})
    assert moved(play, "restraint") == moved(play, "limited-strike (covert)") == 0.0
    assert moved(play, "threat") == pytest.approx(-PRECISION * COST * STRUCK)


@pytest.mark.parametrize("act", ["restraint", "limited-strike (covert)", "threat"])
def test_where_nobody_can_conciliate_it_cannot_be_met_after_an_open_act(act: str) -> None:
    play = play_of(order=ORDER, rules={"conciliation": False}).period({"a-b": "display"})
    assert play.front("a-b").ultimatum == play.signal("order").key
    assert moved(play, act) == pytest.approx(-PRECISION * COST * STRUCK)


def test_a_demand_that_binds_nobody_lets_nobody_expect_anything() -> None:
    assert moved(play_of(order={**ORDER, "or_else": None}), "restraint") == 0.0


def test_a_private_ultimatum_likewise_until_it_is_reported() -> None:
    private = {**ORDER, "channel": "private"}
    assert moved(play_of(order=private), "restraint") == 0.0
    assert moved(play_of(order={**private, "reported": 3}), "restraint") == pytest.approx(-PRECISION * COST * STRUCK)


def test_a_third_party_would_not_reply_on_this_front() -> None:
    order = {**ORDER, "sender": "c", "subject": "b"}
    play = play_of(fronts="a-b a-c", order=order)
    assert play.front("a-b").ultimatum == play.signal("order").key
    assert moved(play, "restraint") == 0.0


def test_one_that_was_met_bears_no_more() -> None:
    play = play_of(order=ORDER).period({"a-b": "conciliation"})
    assert moved(play, "restraint") == 0.0


def test_of_a_threat_and_an_ultimatum_the_dearer_counts() -> None:
    play = play_of(said={**THREAT, "rung": "major-strike"}, order=ORDER)
    assert moved(play, "restraint", than="war") == pytest.approx(-PRECISION * COST * STRUCK)
    assert moved(play, "limited-strike", than="war") == pytest.approx(-PRECISION * COST * 0.8)
