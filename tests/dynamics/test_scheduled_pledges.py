"""An act that the timeline states calls on patrons, forfeits pledges and ends agreements, as a chosen one does."""

from __future__ import annotations

import math
from typing import Any

import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.dynamics.acting import act_terms
from escalation.engines.situation import Situation

PACT: dict[str, Any] = {
    "patron": "c",
    "protege": "b",
    "adversary": "a",
    "stake": 500.0,
    "trigger": "limited-strike",
    "credence": {"mean": 0.75, "weight": 4.0},
}
ATTACK: dict[str, Any] = {
    "kind": "provocation",
    "date": 3,
    "victims": [{"actor": "b", "severity": 0.8}],
    "suspects": [{"actors": ["a"]}],
    "other": {"prior": 0.0},
    "rung": "major-strike",
}
NEVER = -1.0
"""Intensity that last called on a pledge, of one that nothing has called on."""
SCHEDULED: dict[str, Any] = {"scheduled_answers": True}


def play_of(
    *,
    fronts: str = "a-b",
    rules: dict[str, Any] | None = None,
    events: dict[str, Any] | None = None,
    commitments: dict[str, Any] | None = None,
    **tables: Any,
) -> Play:
    scenario = crisis_of(
        fronts,
        actors={"c": {"capability": 4.0}} | tables.pop("actors", {}),
        events={"attack": ATTACK} if events is None else events,
        commitments={"pact": PACT} if commitments is None else commitments,
        rules=SCHEDULED | (rules or {}),
        **tables,
    )
    return Play(scenario)


def attack(**changes: Any) -> dict[str, Any]:
    return {"attack": {**ATTACK, **changes}}


def felt(**changes: Any) -> dict[str, Any]:
    """The attack without its rung."""
    return {"attack": {key: value for key, value in {**ATTACK, **changes}.items() if key != "rung"}}


# ---------------------------------------------------------------------------------- patrons are called


@pytest.mark.parametrize("belligerency", [False, True])
def test_it_calls_on_a_patron_on_its_day_as_the_same_act_chosen_does(belligerency: bool) -> None:
    rules = {"belligerency": belligerency}
    scheduled = play_of(rules=rules).quiet(2)
    assert (scheduled.pledge("pact:a").joined, scheduled.pledge("pact:a").asked) == (0, NEVER)
    scheduled.quiet(1)
    chosen = play_of(rules=rules, events={}).quiet(2).period({"a-b": "major-strike"})
    for play in (scheduled, chosen):
        pledge = play.pledge("pact:a")
        assert (pledge.joined, pledge.joined_period, pledge.asked, pledge.kept) == (1, 3, 0.8, 1)
        assert pledge.credence_adversary == pytest.approx((0.75 * 4.0 + 1.0) / 5.0)
        assert play.front("c-a").active == 1
    assert scheduled.front("c-a").injury == chosen.front("c-a").injury


def test_a_patron_that_stands_aside_breaks_its_pledge() -> None:
    play = play_of(
        commitments={"pact": {**PACT, "stake": 1e-3, "strength": 0.0}},
        actors={"c": {"war_cost": {"resolute": 500.0, "irresolute": 600.0}}},
    )
    pledge = play.quiet(3).pledge("pact:a")
    assert (pledge.joined, pledge.asked, pledge.broken) == (0, 0.8, 1)


@pytest.mark.parametrize(
    ("events", "why"),
    [
        (attack(rung="display"), "below the trigger"),
        (felt(), "no rung is stated: a severity says how grave it was felt to be"),
        (attack(date=6), "it comes later"),
        (attack(reliability=0.0), "it did not happen"),
    ],
)
def test_it_calls_on_nobody(events: dict[str, Any], why: str) -> None:
    assert play_of(events=events).quiet(5).pledge("pact:a").asked == NEVER, why


def test_it_calls_on_nobody_in_the_first_version() -> None:
    assert play_of(rules={"scheduled_answers": False}).quiet(5).pledge("pact:a").asked == NEVER


def test_it_calls_on_nobody_for_what_goes_on_every_day() -> None:
    front = {"a-b": {"baseline": "major-strike"}, "b-a": {"baseline": "major-strike"}}
    pact = {"pact": {**PACT, "trigger": None}}
    assert play_of(front=front, commitments=pact).quiet(5).pledge("pact:a").asked == NEVER


def test_the_patron_of_the_victim_for_whom_the_rung_is_stated_is_called_and_no_other() -> None:
    victims = [{"actor": "b", "severity": 0.8}, {"actor": "d", "severity": 0.8}]
    pacts = {"pact": PACT, "other": {**PACT, "protege": "d"}}
    play = play_of(fronts="a-b a-d", actors={"d": {}}, events=attack(victims=victims), commitments=pacts).quiet(3)
    assert (play.pledge("pact:a").asked, play.pledge("other:a").asked) == (0.8, NEVER)


def test_a_display_calls_where_the_pledge_names_one() -> None:
    play = play_of(events=attack(rung="display"), commitments={"pact": {**PACT, "trigger": "display"}})
    assert play.quiet(3).pledge("pact:a").asked == 0.4


# ---------------------------------------------------------------------------------- first force


def test_it_is_the_first_force_and_frees_the_victim_of_its_leash() -> None:
    rules = {"leash_holds": "on-condition", "leash": 1.0}
    pact = {"pact": {**PACT, "stake": 1e-3, "conditional": True, "trigger": "major-strike"}}
    play = play_of(rules=rules, events=attack(rung="limited-strike"), commitments=pact)

    def leash() -> float:
        return float(act_terms(play.crisis, play.f("b-a"), play.o("limited-strike"), play.i("b")).leash)

    assert leash() < 0.0
    play.quiet(3)
    assert (play.front("a-b").used_force, play.front("a-b").struck_first) == (1, 1)
    assert (play.front("b-a").used_force, play.front("b-a").struck_first) == (0, 0)
    assert leash() == 0.0


@pytest.mark.parametrize(("rung", "first"), [("display", 0), ("limited-strike", 1)])
def test_only_force_strikes_first(rung: str, first: int) -> None:
    front = play_of(events=attack(rung=rung)).quiet(3).front("a-b")
    assert (front.used_force, front.struck_first) == (first, first)


@pytest.mark.parametrize("order", [("attack", "reply"), ("reply", "attack")])
@pytest.mark.parametrize(("date", "first"), [(3, (1, 1)), (4, (1, 0))])
def test_of_two_that_strike_on_one_date_both_strike_first_in_whatever_order_they_are_listed(
    order: tuple[str, str], date: int, first: tuple[int, int]
) -> None:
    reply = {**ATTACK, "date": date, "victims": [{"actor": "a", "severity": 0.8}], "suspects": [{"actors": ["b"]}]}
    both = {"attack": ATTACK, "reply": reply}
    play = play_of(events={name: both[name] for name in order}).quiet(4)
    assert (play.front("a-b").struck_first, play.front("b-a").struck_first) == first


def test_whoever_answers_it_with_force_is_no_attacker_and_keeps_what_is_pledged_on_condition() -> None:
    pact = {"pact": {**PACT, "conditional": True, "trigger": "major-strike"}}
    play = play_of(events=attack(rung="limited-strike"), commitments=pact).quiet(3).period({"b-a": "limited-strike"})
    assert play.front("b-a").struck_first == 0
    alone = play_of(events={}, commitments=pact).quiet(3).period({"b-a": "limited-strike"})
    assert alone.front("b-a").struck_first == 1


# ---------------------------------------------------------------------------------- pledges are forfeited


@pytest.mark.parametrize(
    ("rung", "while_below", "left"),
    [
        ("major-strike", "major-strike", 0),
        ("limited-strike", "major-strike", 1),
        ("limited-strike", "limited-strike", 0),
        ("display", "display", 0),
    ],
)
def test_it_forfeits_what_is_pledged_only_while_its_author_stays_below_its_rung(
    rung: str, while_below: str, left: int
) -> None:
    pact = {"pact": {**PACT, "protege": "a", "adversary": "b", "while_below": while_below}}
    play = play_of(events=attack(rung=rung), commitments=pact)
    assert play.quiet(2).pledge("pact:b").in_force == 1
    assert play.quiet(2).pledge("pact:b").in_force == left


@pytest.mark.parametrize("order", [("attack", "reply"), ("reply", "attack")])
def test_what_a_protege_forfeits_on_a_date_is_not_called_upon_on_that_date(order: tuple[str, str]) -> None:
    reply = {**ATTACK, "victims": [{"actor": "a", "severity": 0.8}], "suspects": [{"actors": ["b"]}]}
    both = {"attack": ATTACK, "reply": reply}
    pact = {"pact": {**PACT, "while_below": "limited-strike"}}
    play = play_of(events={name: both[name] for name in order}, commitments=pact).quiet(3)
    assert (play.pledge("pact:a").in_force, play.pledge("pact:a").asked) == (0, NEVER)


# ---------------------------------------------------------------------------------- agreements


@pytest.mark.parametrize(
    ("events", "agreed"),
    [
        ({}, 1),
        (attack(), 0),
        (felt(), 0),
        (felt(victims=[{"actor": "b", "severity": 0.51}]), 0),  # within half a rung of a limited strike
        (felt(victims=[{"actor": "b", "severity": 0.5}]), 1),
        (attack(rung="display"), 1),
        (felt(publicity=0.6), 1),  # 0.8·0.6 is more than half a rung below a limited strike
        (felt(suspects=[{"actors": ["a"], "prior": 1.0}], other={"prior": 1.0}), 1),  # a as likely as not
        (felt(suspects=[{"actors": ["a"], "prior": 1.1}], other={"prior": 1.0}), 0),
    ],
)
def test_force_on_the_timeline_ends_an_agreement_if_it_is_held_to_be_the_others(
    events: dict[str, Any], agreed: int
) -> None:
    play = play_of(events=events, rules={"conciliation": True}, commitments={}).quiet(1)
    play.period({"a-b": "conciliation", "b-a": "conciliation"})
    assert (play.front("a-b").agreed, play.front("b-a").agreed) == (1, 1)
    play.quiet(1)
    assert (play.front("a-b").agreed, play.front("b-a").agreed) == (agreed, agreed)
    assert (play.front("b-a").conciliated == -math.inf) == (agreed == 0)


def test_it_takes_back_the_answer_to_what_was_offered_before() -> None:
    for events, agreed in (({}, 1), (attack(), 0)):
        play = play_of(events=events, rules={"conciliation": True}, commitments={}).quiet(1)
        play.period({"a-b": "conciliation"}).quiet(1).period({"b-a": "conciliation"})
        assert play.front("a-b").agreed == agreed


# ---------------------------------------------------------------------------------- what is seen of it


@pytest.mark.parametrize(
    ("events", "act"),
    [
        (attack(), "major-strike"),
        (attack(rung="display"), "display"),
        (felt(), "major-strike"),
        (felt(victims=[{"actor": "b", "severity": 1.0}]), "major-strike"),  # whatever it was, it was no war
        (felt(victims=[{"actor": "b", "severity": 0.69}]), "limited-strike"),
        (felt(suspects=[{"actors": ["a"], "prior": 1.0}], other={"prior": 1.0}), None),
    ],
)
def test_the_victims_decision_rule_is_told_of_it(events: dict[str, Any], act: str | None) -> None:
    seen: list[Situation] = []

    def note(situation: Situation) -> str:
        seen.append(situation)
        return situation.acts[0]

    scenario = crisis_of(events=events, rules=SCHEDULED, actors={"b": {"response_delay": 1.0}})
    esc.CrisisModel(scenario, seed=1, decision_rules={"b": note}).play()
    later = [situation for situation in seen if situation.day >= 3.0]
    assert later
    for situation in later:
        received = situation.received
        assert (None if received is None else (received.act, received.day)) == (None if act is None else (act, 3.0))


@pytest.mark.parametrize(("by", "bound"), [("a", 1), ("c", 0)])
def test_where_nobody_can_conciliate_force_by_its_receiver_does_not_meet_an_ultimatum(by: str, bound: int) -> None:
    ultimatum = {
        "kind": "demand",
        "sender": "b",
        "receivers": ["a"],
        "date": 1,
        "rung": "limited-strike",
        "due": 4.0,
        "or_else": 2.0,
    }
    play = play_of(
        fronts="a-b c-b",
        events=attack(suspects=[{"actors": [by]}]),
        commitments={},
        rules={"conciliation": False},
        signals={"ultimatum": ultimatum},
    ).quiet(6)
    assert (play.front("b-a").vow_standing > 0) == bool(bound)


def test_a_run_says_what_called_on_a_patron() -> None:
    scenario = crisis_of(
        events=attack(), commitments={"pact": PACT}, actors={"c": {"capability": 4.0}}, rules=SCHEDULED
    )
    (joined,) = [each for each in esc.simulate(scenario, seed=1).consequences if each.kind == "joined"]
    assert (joined.day, joined.cause) == (3.0, "act")
    assert joined.words == "c stands by b, against which a carried out major strike on the timeline (pact:a)"


def test_more_patrons_join_where_the_timeline_has_their_protege_attacked() -> None:
    """Where it is attacked, its patron joins about as often as it is believed to; elsewhere it is seldom called."""
    joined = {}
    for name, events in (("attacked", attack()), ("felt", felt())):
        scenario = esc.Scenario.from_dict(
            {
                "name": name,
                "horizon": 3,
                "actors": {"a": {}, "b": {}, "c": {}},
                "fronts": {"a-b": {}, "b-a": {}},
                "commitments": {"pact": {key: PACT[key] for key in PACT if key != "stake"}},
                "events": events,
            }
        )
        joined[name] = esc.run(scenario, runs=2000, seed=1, progress=False).probability("joined:pact").value
    assert joined["attacked"] == pytest.approx(0.75, abs=0.05)
    assert joined["felt"] < 0.1
