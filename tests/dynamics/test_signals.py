from __future__ import annotations

import math
from typing import Any

import pytest
from crises import Play, crisis_of

from escalation.dynamics.roles import HEARD, NEVER_SAID, OVERDUE, PUBLIC, STANDING
from escalation.dynamics.utility import expected_utilities
from escalation.errors import ScenarioError

PACT = {"pact": {"patron": "c", "protege": "b", "adversary": "a", "public": False, "credence": {"mean": 0.5}}}
KILLING = {
    "killing": {
        "kind": "provocation",
        "date": 1,
        "victims": [{"actor": "a", "severity": 0.6}, {"actor": "c", "severity": 0.6}],
        "suspects": [{"actors": ["b"]}],
        "other": {"prior": 1.0},
    }
}
SURE = {"credence": 1.0, "alignment": 1.0}


def play_of(kind: str, fronts: str = "a-b c-b a-c", **row: Any) -> Play:
    """Crisis in which b says something to a on day 2, with an honesty of 1/2."""
    extra = {key: row.pop(key) for key in ("commitments", "events", "actors", "front", "rules") if key in row}
    signal = {"kind": kind, "date": 2, "sender": "b", "receivers": ["a"], **row}
    actors = {name: {"honesty": 0.5, "resolve": 0.5} for name in "abc"} | extra.pop("actors", {})
    return Play(crisis_of(fronts, signals={"word": signal}, actors=actors, **extra))


def moved(prior: float, if_true: float, if_false: float, weight: float) -> float:
    mean = (if_true + if_false) / 2.0
    one, other = (weight * likely + (1.0 - weight) * mean for likely in (if_true, if_false))
    return prior * one / (prior * one + (1.0 - prior) * other)


def sigma(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


def resolve_likelihoods(play: Play, front: str, act: str) -> tuple[float, float]:
    options = len(play.crisis.options)
    by_type = [0.0] * options, [0.0] * options
    expected_utilities(play.crisis, play.f(front), *by_type)
    precision = play.rules.signal_precision
    one, two = (sigma(precision * (values[play.o(act)] - values[0])) for values in by_type)
    return one, two


# ------------------------------------------------------------------------------------------ when it arrives


@pytest.mark.parametrize(("date", "falls_in"), [(2, 2), (2.4, 2), (2.5, 3)])
def test_a_signal_arrives_in_the_period_whose_end_is_nearest(date: float, falls_in: int) -> None:
    play = play_of("vow", date=date)
    while play.signal("word").status == 0:
        play.open()
    assert play.clock.period == falls_in
    assert play.signal("word").status == PUBLIC


def test_a_private_word_reaches_its_receivers_alone() -> None:
    play = play_of(
        "reassurance", channel="private", fronts="a-b c-b", front={"a-b": {"fear": 0.4}, "c-b": {"fear": 0.4}}
    )
    play.quiet(2)
    assert play.signal("word").status == HEARD
    assert play.front("a-b").fear < 0.4
    assert play.front("c-b").fear == 0.4


@pytest.mark.parametrize("kind", ["threat", "vow", "demand"])
def test_a_public_challenge_reaches_all_but_only_those_it_is_said_to_must_answer(kind: str) -> None:
    play = play_of(kind, rung="limited-strike").quiet(2)
    assert play.front("c-b").resolve != 0.5
    assert not math.isinf(play.front("a-b").due)
    assert math.isinf(play.front("c-b").due)


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("reassurance", {}),
        ("disclosure", {"sender": "c", "subject": "b"}),
        ("warning", {"sender": "c", "subject": "pact"}),
        ("denial", {"subject": "killing"}),
    ],
)
def test_what_only_informs_prompts_nobody(kind: str, row: dict[str, Any]) -> None:
    events = {"killing": {**KILLING["killing"], "victims": [{"actor": "c", "severity": 0.6}]}}
    play = play_of(kind, commitments=PACT, events=events, **row).quiet(2)
    assert play.signal("word").status == PUBLIC
    assert math.isinf(play.front("a-b").due)


def test_a_leak_reaches_the_others_once() -> None:
    play = play_of("reassurance", channel="private", front={"a-b": {"fear": 0.4}, "c-b": {"fear": 0.4}})
    play.signal("word").leaks_at = 5.0
    play.quiet(4)
    heard = play.front("a-b").fear
    assert play.front("c-b").fear == 0.4
    play.open()
    assert play.signal("word").status == PUBLIC
    assert play.front("c-b").fear < 0.4
    assert play.front("a-b").fear >= heard  # not heard again, but fading back


def test_a_report_of_what_was_never_said_is_believed_by_all_but_those_who_know() -> None:
    play = play_of(
        "reassurance", channel="private", reported=4, occurred=0.0, front={"a-b": {"fear": 0.4}, "c-b": {"fear": 0.4}}
    )
    assert play.signal("word").status == NEVER_SAID
    play.quiet(4)
    assert play.signal("word").status == PUBLIC
    assert play.front("a-b").fear == 0.4
    assert play.front("c-b").fear < 0.4
    fear = play.front("c-b").fear
    play.open()
    assert play.front("c-b").fear > fear


def test_what_was_never_said_binds_nobody_and_does_not_leak() -> None:
    play = play_of("vow", channel="private", leak=5.0, occurred=0.0).quiet(10)
    assert play.signal("word").status == NEVER_SAID
    assert play.front("b-a").vow_standing == 0


# ------------------------------------------------------------------------------------------ vows and threats


@pytest.mark.parametrize(("channel", "weight"), [("public", 1.0), ("private", 0.8 * 0.5 * 0.6)])
def test_a_vow_reveals_resolve(channel: str, weight: float) -> None:
    play = play_of("vow", channel=channel, credence=0.8, alignment=0.6, rung="major-strike")
    play.quiet(1)
    likelihoods = resolve_likelihoods(play.at(2), "b-a", "major-strike")
    play.at(1).open()
    assert play.front("a-b").resolve == pytest.approx(moved(0.5, *likelihoods, weight), rel=1e-9)
    expected = moved(0.5, *likelihoods, weight) if channel == "public" else 0.5
    assert play.front("c-b").resolve == pytest.approx(expected, rel=1e-9)


def test_a_vow_binds_until_it_is_due_and_prompts_who_heard_it() -> None:
    play = play_of("vow", due=10.0, rung="major-strike").quiet(2)
    front = play.front("b-a")
    assert (front.vow, front.vow_made, front.vow_due, front.vow_publicity) == (0.8, 2.0, 12.0, 1.0)
    assert front.vow_standing == STANDING
    assert not math.isinf(play.front("a-b").due)


def test_a_second_vow_adds_to_one_that_stands() -> None:
    play = play_of("vow", channel="private", rung="limited-strike")
    front = play.front("b-a")
    front.vow, front.vow_due, front.vow_publicity, front.vow_standing = 0.8, 20.0, 0.7, STANDING
    play.quiet(2)
    assert (front.vow, front.vow_publicity) == (0.8, 0.7)
    play = play_of("vow", channel="private", rung="limited-strike")
    front = play.front("b-a")
    front.vow, front.vow_publicity, front.vow_standing = 0.8, 0.7, OVERDUE
    play.at(1).open()
    assert front.vow == 0.6
    assert front.vow_publicity == pytest.approx(0.7 * play.rules.vow_kept)
    assert front.vow_standing == STANDING


def test_a_vow_to_do_what_is_done_anyway_binds_nobody_and_tells_nothing() -> None:
    play = play_of("vow", rung="limited-strike", front={"b-a": {"baseline": "limited-strike"}}).quiet(40)
    assert play.front("b-a").vow_standing == 0
    assert play.actor("b").vows_broken == 0
    assert play.actor("b").honesty == 0.5
    assert play.front("a-b").resolve == 0.5


def test_a_vow_that_leaks_becomes_public() -> None:
    play = play_of("vow", channel="private", due=20.0)
    play.signal("word").leaks_at = 4.0
    play.quiet(3)
    assert play.front("b-a").vow_publicity == 0.0
    play.open()
    assert play.front("b-a").vow_publicity == 1.0


@pytest.mark.parametrize(("fulfilled", "publicity"), [(True, 0.0), (False, 1.0)])
def test_a_vow_that_leaks_exposes_a_later_one_only_if_it_still_stands(fulfilled: bool, publicity: float) -> None:
    word = {"kind": "vow", "sender": "b", "receivers": ["a"], "channel": "private", "due": 20.0}
    signals = {"first": word | {"date": 2}, "later": word | {"date": 4}}
    play = Play(crisis_of("a-b c-b a-c", signals=signals, actors={name: {"honesty": 0.5} for name in "abc"}))
    play.signal("first").leaks_at, play.signal("later").leaks_at = 6.0, math.inf
    play.quiet(3)
    assert play.front("b-a").vow_standing == STANDING
    if fulfilled:
        play.front("b-a").vow_standing = 0
    play.quiet(2)
    assert play.front("b-a").vow_publicity == 0.0
    play.open()
    assert play.front("b-a").vow_publicity == publicity


def test_a_threat_stands_for_its_time_and_is_no_vow_yet() -> None:
    play = play_of("threat", rung="major-strike", trigger="limited-strike", due=6.0, channel="private")
    play.signal("word").leaks_at = 5.0
    play.quiet(2)
    front = play.front("b-a")
    assert (front.threat, front.threat_trigger, front.threat_until) == (0.8, 0.6, 8.0)
    assert front.threat_publicity == 0.0
    assert front.vow_standing == 0
    play.quiet(3)
    assert front.threat_publicity == 1.0


# ------------------------------------------------------------------------------------------ other words


def test_a_warning_moves_credence_and_makes_a_hidden_pledge_known() -> None:
    row = {"sender": "c", "subject": "pact", "strength": 3.0, "credence": 0.8, "alignment": 0.5}
    play = play_of("warning", commitments=PACT, channel="private", **row).quiet(2)
    pledge = play.pledge("pact:a")
    # weight .8·.5·.5 = .2 on likelihoods .75 and .25
    assert pledge.credence_adversary == pytest.approx(moved(0.5, 0.75, 0.25, 0.2))
    assert pledge.credence_protege == 0.5
    assert (pledge.known, pledge.warned, pledge.publicity) == (1, 1, 0.0)


def test_a_public_warning_binds_in_public_and_reaches_the_protege_too() -> None:
    row = {"sender": "c", "subject": "pact", "strength": 3.0, **SURE, "actors": {"c": {"honesty": 1.0}}}
    play = play_of("warning", commitments=PACT, **row).quiet(2)
    pledge = play.pledge("pact:a")
    assert pledge.credence_protege == pledge.credence_adversary == pytest.approx(0.75)
    assert pledge.publicity == 1.0


def test_a_warning_that_leaks_binds_in_public() -> None:
    play = play_of("warning", commitments=PACT, sender="c", subject="pact", channel="private")
    play.signal("word").leaks_at = 3.0
    play.quiet(3)
    pledge = play.pledge("pact:a")
    assert pledge.publicity == 1.0
    assert pledge.credence_protege > 0.5


def test_a_warning_of_one_commitment_leaves_another_alone() -> None:
    other = {"patron": "b", "protege": "a", "adversary": "c", "credence": {"mean": 0.5}, "public": False}
    two = {**PACT, "other": other}
    play = play_of("warning", commitments=two, sender="c", subject="pact").quiet(2)
    assert play.pledge("other:c").credence_adversary == 0.5
    assert play.pledge("other:c").warned == 0
    play = play_of("warning", commitments=two, sender="c", subject="pact", channel="private")
    play.signal("word").leaks_at = 3.0
    play.quiet(3)
    assert play.pledge("other:c").publicity == 0.0
    assert play.pledge("other:c").known == 0


def test_no_warning_makes_a_pledge_certain() -> None:
    row = {"sender": "c", "subject": "pact", "strength": 1e9, **SURE, "actors": {"c": {"honesty": 1.0}}}
    play = play_of("warning", commitments=PACT, **row).quiet(2)
    assert play.pledge("pact:a").credence_adversary < 1.0


def test_a_reassurance_lowers_fear_of_its_subject() -> None:
    play = play_of("reassurance", subject="c", strength=3.0, credence=0.8, alignment=1.0, front={"a-c": {"fear": 0.5}})
    play.quiet(1).open()
    assert play.front("a-c").fear == pytest.approx(moved(0.5, 0.25, 0.75, 0.4))
    assert play.front("a-b").fear == 0.1


def test_a_disclosure_raises_belief_in_a_motive() -> None:
    play = play_of("disclosure", sender="c", subject="b", strength=3.0, credence=0.8, alignment=1.0)
    play.front("a-b").motive = 0.5
    play.quiet(2)
    assert play.front("a-b").motive == pytest.approx(moved(0.5, 0.75, 0.25, 0.4))


def test_words_about_whom_one_does_not_face_move_nothing() -> None:
    play = play_of("reassurance", fronts="a-b", receivers=["a", "c"]).quiet(2)
    assert play.signal("word").status == PUBLIC
    assert play.front("a-b").fear < 0.1


def test_a_denial_moves_blame_as_far_as_the_denier_is_believed() -> None:
    row = {"subject": "killing", "strength": 3.0, "credence": 0.8, "alignment": 1.0, "channel": "private"}
    play = play_of("denial", events=KILLING, **row).quiet(2)
    assert play.blame("killing")["b"] == pytest.approx(1.0 - moved(0.5, 0.75, 0.25, 0.4))
    assert play.blame("killing", 1)["b"] == 0.5  # the other victim did not hear it


def test_a_denial_of_what_did_not_happen_moves_nothing() -> None:
    event = {"killing": {**KILLING["killing"], "occurred": 0.0}}
    play = play_of("denial", events=event, subject="killing").quiet(2)
    assert set(play.blame("killing").values()) == {0.0}


def test_a_denial_can_come_in_the_period_before_the_event_is_counted() -> None:
    play = play_of("denial", events=KILLING, subject="killing")
    play.event("killing").day = 50.0
    play.quiet(2)
    assert set(play.blame("killing").values()) == {0.0}


def test_a_denial_of_a_signal_lowers_its_credence_with_those_who_have_yet_to_hear_it() -> None:
    said = {"kind": "reassurance", "date": 1, "sender": "b", "receivers": ["a"], "channel": "private", "reported": 4}
    denial = {"kind": "denial", "date": 2, "sender": "b", "receivers": ["a"], "subject": "said"}
    actors = {"b": {"honesty": 0.5}}
    row = {"credence": 0.8, "strength": 3.0, "alignment": 1.0}
    scenario = crisis_of(
        "a-b c-b", signals={"said": {**said, "credence": 0.6}, "denial": {**denial, **row}}, actors=actors
    )
    play = Play(scenario).quiet(2)
    assert play.signal("said").credence == pytest.approx(moved(0.6, 0.25, 0.75, 0.4))


@pytest.mark.parametrize(("channel", "publicity"), [("public", 1.0), ("private", 0.0)])
def test_a_demand_asks_restraint_of_its_receivers_for_a_time(channel: str, publicity: float) -> None:
    play = play_of("demand", subject="c", due=9.0, channel=channel, rung="limited-strike").quiet(2)
    assert (play.front("a-c").demand_until, play.front("a-c").demand_publicity) == (11.0, publicity)
    assert play.front("c-b").demand_until < 0.0
    assert play.front("a-b").resolve != 0.5
    assert not math.isinf(play.front("a-c").due)


def test_a_demand_that_leaks_costs_face() -> None:
    play = play_of("demand", channel="private")
    play.signal("word").leaks_at = 3.0
    play.quiet(3)
    assert play.front("a-b").demand_publicity == 1.0
    assert play.front("a-b").resolve == 0.5  # it threatened nothing


@pytest.mark.parametrize("kind", ["refusal", "demand"])
def test_a_refusal_or_a_demand_tells_of_its_sender_by_the_front_to_the_first_receiver_that_it_faces(kind: str) -> None:
    first, second = (
        play_of(kind, "a-b", receivers=receivers, rung="limited-strike") for receivers in (["a", "c"], ["c", "a"])
    )
    assert first.quiet(2).front("a-b").resolve != 0.5
    assert second.quiet(2).front("a-b").resolve == first.front("a-b").resolve  # b does not face c


def test_a_demand_towards_whom_nobody_faces_is_refused() -> None:
    with pytest.raises(ScenarioError, match="towards whom restraint is asked"):
        play_of("demand", fronts="a-b c-b", subject="c")


def test_a_word_of_a_sender_without_honesty_tells_nothing() -> None:
    play = play_of("reassurance", front={"a-b": {"fear": 0.5}}, actors={"b": {"honesty": 0.0}})
    play.quiet(1).open()
    assert play.front("a-b").fear == 0.5


@pytest.mark.parametrize("kind", ["vow", "threat"])
@pytest.mark.parametrize("lacks", ["front", "act"])
def test_words_that_bind_to_nothing_bind_nobody(kind: str, lacks: str) -> None:
    # No valid scenario has one. Were it to come about all the same, no other front is to be bound in its place.
    play = play_of(kind, channel="private", reported=3)
    if lacks == "front":
        play.crisis.front_of[play.i("b")][play.i("a")] = -1
    else:
        play.signal("word").option = -1
    while play.signal("word").status != PUBLIC:
        play.open()
    assert {(front.vow, front.threat) for front in play.crisis.fronts} == {(0.0, 0.0)}
