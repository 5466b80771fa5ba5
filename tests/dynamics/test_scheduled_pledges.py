"""An act that the timeline states calls on patrons, forfeits pledges and ends agreements, as a chosen one does."""

from __future__ import annotations

import math
from typing import Any

import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.dynamics.acting import act_terms
from escalation.engines.occurrences import events_that_occurred
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


def test_a_patron_is_called_to_as_much_destruction_as_by_the_act_chosen() -> None:
    rules = {"belligerency": True}
    scheduled = play_of(rules=rules).quiet(2).open()
    chosen = play_of(rules=rules, events={}).quiet(2).period({"a-b": "major-strike"})
    assert scheduled.pledge("pact:a").called_destruction == chosen.pledge("pact:a").called_destruction < 1.0


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


@pytest.mark.parametrize("belligerency", [False, True])
def test_what_a_protege_forfeits_by_choice_in_the_period_of_a_call_is_not_answered(belligerency: bool) -> None:
    """Without belligerency a patron answers at once, which is before anybody chooses."""
    pact = {"pact": {**PACT, "while_below": "limited-strike"}}
    play = play_of(commitments=pact, rules={"belligerency": belligerency}).quiet(2).period({"b-a": "limited-strike"})
    pledge = play.pledge("pact:a")
    assert (pledge.in_force, pledge.joined) == (0, 0 if belligerency else 1)


@pytest.mark.parametrize("order", [("show", "attack"), ("attack", "show")])
@pytest.mark.parametrize("belligerency", [False, True])
def test_of_two_acts_of_a_date_the_higher_calls_and_calls_once(order: tuple[str, str], belligerency: bool) -> None:
    both = {"show": {**ATTACK, "rung": "display"}, "attack": ATTACK}
    pact = {"pact": {**PACT, "trigger": "display", "stake": 1e-3, "strength": 0.0}}
    costly = {"c": {"war_cost": {"resolute": 500.0, "irresolute": 600.0}}}
    events = {name: both[name] for name in order}
    play = play_of(events=events, commitments=pact, actors=costly, rules={"belligerency": belligerency}).quiet(3)
    assert (play.pledge("pact:a").asked, play.pledge("pact:a").broken) == (0.8, 1)


# ---------------------------------------------------------------------------------- not to those who feel it


def on_two(**tables: Any) -> Play:
    """Play in which a strikes b, and c feels it as gravely."""
    victims = [{"actor": "b", "severity": 0.8}, {"actor": "c", "severity": 0.8}]
    return play_of(fronts="a-b a-c", events=attack(victims=victims), commitments={}, **tables)


def test_an_attack_on_an_ally_fulfils_no_vow_against_its_patron() -> None:
    vow = {"kind": "vow", "date": 1, "sender": "a", "rung": "limited-strike", "due": 20}
    for target, stands in (("b", False), ("c", True)):
        play = on_two(signals={"vow": {**vow, "receivers": [target]}}).quiet(3)
        assert (play.front(f"a-{target}").vow_standing > 0) == stands


def test_it_crosses_no_threat_of_its_patron() -> None:
    threat = {"kind": "threat", "date": 1, "receivers": ["a"], "rung": "limited-strike", "due": 20}
    for sender, crossed in (("b", True), ("c", False)):
        play = on_two(signals={"threat": {**threat, "trigger": "limited-strike", "sender": sender}}).quiet(3)
        assert (play.front(f"{sender}-a").vow_standing > 0) == crossed


def test_it_ends_no_agreement_with_its_patron() -> None:
    play = on_two(rules={"conciliation": True}).quiet(1)
    play.period(dict.fromkeys(("a-b", "b-a", "a-c", "c-a"), "conciliation")).quiet(1)
    assert (play.front("a-b").agreed, play.front("a-c").agreed) == (0, 1)


# ---------------------------------------------------------------------------------- war


CERTAIN_WAR: dict[str, Any] = {"brinkmanship_scale": 1e6, "act_window": 10.0}


@pytest.mark.parametrize(("later", "war"), [(1, True), (10, True), (11, False)])
def test_the_reply_to_it_can_get_out_of_hand_while_its_window_lasts(later: int, war: bool) -> None:
    play = play_of(rules=CERTAIN_WAR, commitments={}).quiet(2 + later).period({"b-a": "limited-strike"})
    assert play.front("b-a").at_war == int(war)


def test_it_is_exchanged_with_the_intensity_of_its_rung() -> None:
    front = play_of().quiet(3).front("a-b")
    assert (front.force_intensity, front.last_force) == (0.8, 3.0)


@pytest.mark.parametrize(("rung", "war"), [("display", False), ("limited-strike", True)])
def test_only_force_gets_out_of_hand(rung: str, war: bool) -> None:
    events = attack(rung=rung)
    play = play_of(rules=CERTAIN_WAR, commitments={}, events=events).quiet(3).period({"b-a": "limited-strike"})
    assert play.front("b-a").at_war == int(war)


def test_it_gets_out_of_hand_itself_where_the_victim_has_just_used_force() -> None:
    play = play_of(rules=CERTAIN_WAR).quiet(1).period({"b-a": "limited-strike"})
    assert play.front("a-b").at_war == 0
    play.quiet(1)
    assert play.front("a-b").at_war == 1
    assert play.pledge("pact:a").joined == 1  # war calls, too


@pytest.mark.parametrize(("later", "war"), [(10, 1), (11, 0)])
def test_its_own_risk_lasts_as_long_as_the_window_of_what_the_victim_did(later: int, war: int) -> None:
    play = play_of(rules=CERTAIN_WAR, commitments={}, events=attack(date=1 + later)).period({"b-a": "limited-strike"})
    assert play.quiet(later).front("a-b").at_war == war


def share_of_wars(first: str, *, severity: float = 0.8, stake: float = 1.0) -> float:
    """Share of 1,500 runs with war on the day on which the timeline has a strike b, which struck it the day before."""
    own = {**ATTACK, "victims": [{"actor": "a", "severity": severity}], "suspects": [{"actors": ["b"]}], "rung": first}
    scenario = crisis_of(
        events=attack(date=4) | {"own": own},
        front={name: {"stake": stake} for name in ("a-b", "b-a")},
        rules=SCHEDULED | {"brinkmanship_scale": 0.1, "brinkmanship_slope": 0.5, "brinkmanship_stakes": 3.0},
        actors={name: {"belligerence_cost": 1e4} for name in "ab"},
        horizon=4,
    )
    ensemble = esc.run(scenario, runs=1500, seed=1, progress=False)
    return float((ensemble.outcomes["war_cause"] == 2).any(axis=1).mean())


def test_its_own_risk_goes_by_what_the_victim_did_and_by_the_stakes_of_both() -> None:
    """1 - exp(-.1·e^(.5·5·(.8 + g - .8))) is .361 for g = .6 and .522 for .8; stakes of .5 divide the odds by 8."""
    assert share_of_wars("limited-strike") == pytest.approx(0.361, abs=0.045)
    assert share_of_wars("major-strike") == pytest.approx(0.522, abs=0.045)
    assert share_of_wars("major-strike", stake=0.5) == pytest.approx(0.120, abs=0.035)


@pytest.mark.parametrize("order", [("raid", "attack"), ("attack", "raid")])
def test_of_two_acts_of_a_date_the_higher_is_exchanged_with(order: tuple[str, str]) -> None:
    both = {"raid": {**ATTACK, "rung": "limited-strike"}, "attack": ATTACK}
    assert play_of(events={name: both[name] for name in order}).quiet(3).front("a-b").force_intensity == 0.8


@pytest.mark.parametrize("order", [("attack", "reply"), ("reply", "attack")])
def test_a_war_that_comes_of_one_act_of_a_date_does_not_keep_another_from_crossing_a_threat(
    order: tuple[str, str],
) -> None:
    reply = {**ATTACK, "victims": [{"actor": "a", "severity": 0.8}], "suspects": [{"actors": ["b"]}]}
    both = {"attack": ATTACK, "reply": reply}
    threat = {"kind": "threat", "date": 1, "sender": "b", "receivers": ["a"], "trigger": "limited-strike", "due": 20}
    play = play_of(
        events={name: both[name] for name in order},
        commitments={},
        rules=CERTAIN_WAR,
        signals={"threat": {**threat, "rung": "limited-strike"}},
    )
    front = play.quiet(3).front("b-a")
    assert (front.at_war, front.vow_by) == (1, play.signal("threat").key)


def test_an_accident_up_to_the_information_date_is_known_not_to_have_become_a_war() -> None:
    accident = {"kind": "accident", "date": 5, "actor": "b", "victims": [{"actor": "a", "severity": 0.6}], "blame": 0.5}
    events = attack() | {"accident": accident}
    for as_of, war in ((5, 0), (4, 1)):
        planned = {name: {**event, "planned": True} for name, event in events.items() if event["date"] > as_of}
        play = play_of(rules=CERTAIN_WAR, commitments={}, events=events | planned, as_of=as_of).quiet(6)
        assert play.front("a-b").at_war == war


def test_a_front_with_it_counts_among_those_on_which_force_is_in_use() -> None:
    play = play_of(rules={"act_window": 10.0}).quiet(2)
    assert play.actor("a").fronts_in_force == 0
    play.quiet(1)
    assert (play.actor("a").fronts_in_force, play.actor("b").fronts_in_force) == (1, 1)
    play.quiet(11)
    assert play.actor("a").fronts_in_force == 0


def test_it_is_counted_on_its_day_although_nobody_has_used_force_before() -> None:
    """Fronts are counted only when the count can have changed, and nothing here asks for it but the attack."""
    still = {name: {"belligerence_cost": 1e4} for name in "ab"}
    play = play_of(commitments={}, actors=still, rules={"act_window": 10.0}).play(2)
    assert play.clock.force_changes == math.inf
    assert play.play_on(1).actor("a").fronts_in_force == 1


def test_it_is_no_joint_force_and_hides_none() -> None:
    fronts = "a-b c-b"
    alone = play_of(fronts=fronts, commitments={}).quiet(3).period({"c-b": "limited-strike"})
    assert alone.crisis.pairs[0].joint_period == -1
    hidden = play_of(fronts=fronts, commitments={}, events=attack(date=3.4)).quiet(1)
    hidden.period({"a-b": "limited-strike"}).period({"c-b": "limited-strike"})
    assert hidden.crisis.pairs[0].joint_period == 3


def test_two_attacks_up_to_the_information_date_are_known_not_to_have_become_a_war() -> None:
    reply = {**ATTACK, "date": 4, "victims": [{"actor": "a", "severity": 0.8}], "suspects": [{"actors": ["b"]}]}
    both = {"attack": ATTACK, "reply": reply}
    known = play_of(rules=CERTAIN_WAR, commitments={}, events=both, as_of=4).quiet(5)
    assert known.front("a-b").at_war == 0
    planned = {name: {**event, "planned": True} for name, event in both.items()}
    unknown = play_of(rules=CERTAIN_WAR, commitments={}, events=planned, as_of=3).quiet(5)
    assert unknown.front("a-b").at_war == 1


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


@pytest.mark.parametrize("order", [("show", "attack"), ("attack", "show")])
def test_of_two_acts_of_a_date_the_higher_is_the_latest_suffered(order: tuple[str, str]) -> None:
    both = {"show": {**ATTACK, "rung": "display"}, "attack": ATTACK}
    front = play_of(events={name: both[name] for name in order}).quiet(3)
    assert front.front("a-b").last_open_option == front.o("major-strike")


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


JOINS: dict[str, Any] = {"actors": {"c": {"capability": 4.0}}, "rules": SCHEDULED, "commitments": {"pact": PACT}}


def test_the_act_that_is_said_to_have_called_is_the_highest_that_happened() -> None:
    """A raid, an invasion that is in doubt, and what is chosen on the same day."""
    events = {
        "nudge": {**ATTACK, "date": 2, "victims": [{"actor": "a", "severity": 0.9}], "suspects": [{"actors": ["b"]}]},
        "raid": {**ATTACK, "rung": "limited-strike"},
        "invasion": {**ATTACK, "reliability": 0.3},
    }
    quick = {"a": {"response_delay": 1.0}, "c": {"capability": 4.0}}
    rules = {**SCHEDULED, "belligerency": True, "least_delay": 0.0}
    scenario = crisis_of(**(JOINS | {"events": events, "actors": quick, "rules": rules}))
    kinds = set()
    for run in range(300):
        played = esc.simulate(scenario, seed=1, run=run)
        for joined in (each for each in played.consequences if each.kind == "joined" and each.day == 3.0):
            scheduled = 4 if "invasion" in events_that_occurred(scenario, seed=1, run=run) else 3
            here = (played.acts["period"] == 3) & (played.acts["front"] == played.front_ids.index("a-b"))
            chosen = int(played.acts["rung"][here & (played.acts["covert"] == 0)].max(initial=0))
            name = scenario.ladder.names[max(chosen, scheduled)].replace("-", " ")
            how = f"carried out {name} on the timeline" if scheduled > chosen else f"chose {name}"
            assert f"against which a {how}" in joined.words or joined.cause == "war"
            kinds.add((scheduled, chosen > 0, chosen >= scheduled))
    assert {(3, False, False), (4, False, False), (3, True, False), (3, True, True)} <= kinds


def test_a_run_says_who_was_called_and_stood_aside() -> None:
    costly = {"c": {"war_cost": {"resolute": 500.0, "irresolute": 600.0}}}
    pact = {"pact": {**PACT, "stake": 1e-3, "strength": 0.0}}
    played = esc.simulate(crisis_of(**(JOINS | {"events": attack(), "commitments": pact, "actors": costly})), seed=1)
    assert played.stood_aside == ("C was called to stand by b against a, and did not (pact:a)",)


def test_what_patrons_answer_is_what_moves_the_belief_in_them() -> None:
    for belligerency, source in ((False, "attack"), (True, "a patron that joined")):
        scenario = crisis_of(**(JOINS | {"events": attack(), "rules": {**SCHEDULED, "belligerency": belligerency}}))
        traces = esc.simulate(scenario, seed=1).traces("b-a").traces
        moves = [move for trace in traces if "credence" in trace.name for move in trace.moves if move.day == 3.0]
        assert [move.source for move in moves] == [source]


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
