"""Authorisations: leave to act takes off what holds a protégé back, and promises it no help."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.analysis.remarks import remarks
from escalation.dynamics.acting import act_terms
from escalation.errors import ScenarioError
from escalation.world.scenario import Scenario

Row = dict[str, Any]
PACT: Row = {"patron": "c", "protege": "a", "adversary": "b", "strength": 0.5, "conditional": True}
LEAVE: Row = {
    "kind": "authorisation", "date": 1, "sender": "c", "receivers": ["a"], "credence": 0.5, "alignment": 0.8,
    "due": 10.0,
}  # fmt: skip
PRIVATE: Row = {"channel": "private"}
BACK: Row = {"kind": "withdrawal", "date": 4, "sender": "c", "receivers": ["a"], "subject": "leave"}
RAID: Row = {
    "kind": "provocation", "date": 1, "victims": [{"actor": "a", "severity": 0.6}], "suspects": [{"actors": ["b"]}],
    "other": {"prior": 0.0}, "rung": "limited-strike",
}  # fmt: skip
BELIEVED = 0.4
"""Weight of the leave: credence 0.5, honesty 1, alignment 0.8, and 1 for words of either class."""


def play_of(leave: Row | None = None, *, pact: Row | None = None, fronts: str = "a-b", **tables: Any) -> Play:
    """Crisis in which c, a patron whose pledge to a is on condition, gives a leave to act on day 1."""
    said = {"leave": LEAVE | (leave or {})}
    tables["signals"] = tables.pop("words", said) | tables.pop("signals", {})
    tables["commitments"] = {"pact": PACT | (pact or {})} | tables.pop("commitments", {})
    tables["rules"] = {"leash_holds": "on-condition", "leash": 0.3} | tables.pop("rules", {})
    tables["actors"] = {"c": {"honesty": 1.0}} | tables.pop("actors", {})
    return Play(crisis_of(fronts, **tables))


def held(play: Play, act: str = "limited-strike", *, by: str = "a", front: str = "a-b") -> float:
    """Share of the leash on an act that is left, as an observer has it."""
    g = play.crisis.options[play.o(act)].intensity
    term = act_terms(play.crisis, play.f(front), play.o(act), play.i(by)).leash
    return -term / (0.3 * 0.5 * g)


def test_leave_takes_off_as_much_of_the_leash_as_it_is_believed() -> None:
    play = play_of()
    assert held(play) == pytest.approx(1.0)
    play.quiet(1)
    for act in ("limited-strike", "major-strike", "war"):
        assert held(play, act) == pytest.approx(1.0 - BELIEVED)


@pytest.mark.parametrize(("channel", "rule"), [("public", "public_word"), ("private", "private_word")])
def test_it_weighs_as_other_words_of_its_class(channel: str, rule: str) -> None:
    play = play_of({"channel": channel}, rules={rule: 0.5}).quiet(1)
    assert held(play) == pytest.approx(1.0 - 0.5 * BELIEVED)
    doubted = play_of({"channel": channel}, actors={"c": {"honesty": 0.0}}).quiet(1)
    assert held(doubted) == pytest.approx(1.0)


def test_acts_above_the_rung_that_it_names_are_held_back_in_full() -> None:
    play = play_of({"rung": "limited-strike"}, rules={"covert_acts": "everywhere"}).quiet(1)
    for act in ("limited-strike", "limited-strike (covert)"):
        assert held(play, act) == pytest.approx(1.0 - BELIEVED)
    for act in ("major-strike", "war"):
        assert held(play, act) == pytest.approx(1.0)


def test_it_holds_for_its_days() -> None:
    play = play_of().quiet(11)
    assert held(play) == pytest.approx(1.0 - BELIEVED)
    play.quiet(1)
    assert held(play) == pytest.approx(1.0)


@pytest.mark.parametrize("channel", ["public", "private"])
def test_leave_taken_back_ends_on_that_day(channel: str) -> None:
    play = play_of({"channel": channel}, signals={"back": BACK | {"channel": channel}}).quiet(3)
    assert held(play) == pytest.approx(1.0 - BELIEVED)
    play.quiet(1)
    assert held(play) == held(play, by="b") == pytest.approx(1.0)


@pytest.mark.parametrize("order", [("leave", "back"), ("back", "leave")])
def test_leave_taken_back_in_its_own_period_never_holds(order: tuple[str, str]) -> None:
    rows = {"leave": LEAVE, "back": BACK | {"date": 1.3}}
    assert held(play_of(words={name: rows[name] for name in order}).quiet(1)) == pytest.approx(1.0)


def test_an_adversary_reckons_with_leave_that_it_has_heard() -> None:
    for channel, left in (("public", 1.0 - BELIEVED), ("private", 1.0)):
        play = play_of({"channel": channel}).quiet(1)
        assert held(play) == pytest.approx(1.0 - BELIEVED)
        assert held(play, by="b") == pytest.approx(left)
    play.signal("leave").leaks_at = 3.0
    play.quiet(2)
    assert held(play, by="b") == pytest.approx(1.0 - BELIEVED)


def test_whoever_was_told_beside_the_protege_knows_it() -> None:
    both = {"commitments": {"other": PACT | {"protege": "b", "adversary": "a"}}}
    play = play_of(PRIVATE | {"receivers": ["a", "b"]}, **both).quiet(1)
    assert held(play, by="b") == pytest.approx(1.0 - BELIEVED)
    assert held(play, by="b", front="b-a") == pytest.approx(1.0 - BELIEVED)


def test_a_report_of_leave_that_was_never_given_deceives_the_adversary_alone() -> None:
    play = play_of(PRIVATE | {"occurred": 0.0, "reported": 2}).quiet(3)
    assert held(play) == pytest.approx(1.0)
    assert held(play, by="b") == pytest.approx(1.0 - BELIEVED)


def test_leave_that_is_denied_before_it_leaks_is_believed_less() -> None:
    denial = {"kind": "denial", "date": 2, "sender": "c", "receivers": ["b"], "subject": "leave", "strength": 5.0}
    play = play_of(PRIVATE, signals={"denial": denial}).quiet(2)
    play.signal("leave").leaks_at = 3.0
    play.quiet(1)
    assert held(play) == pytest.approx(1.0 - BELIEVED)  # what it has moved stays moved
    assert 1.0 - BELIEVED < held(play, by="b") < 1.0


@pytest.mark.parametrize("order", [("leave", "later"), ("later", "leave")])
def test_of_several_the_one_said_last_holds(order: tuple[str, str]) -> None:
    rows = {"leave": LEAVE, "later": LEAVE | {"date": 1.2, "rung": "limited-strike", "due": 3.0}}
    play = play_of(words={name: rows[name] for name in order}).quiet(1)
    assert held(play) == pytest.approx(1.0 - BELIEVED)
    assert held(play, "major-strike") == held(play, "major-strike", by="b") == pytest.approx(1.0)
    play.quiet(4)  # the later one has ended, and the first does not come back
    assert held(play) == pytest.approx(1.0)


def test_a_leak_of_earlier_leave_does_not_take_the_place_of_later_leave() -> None:
    later = {"later": LEAVE | {"date": 2, "rung": "limited-strike"}}
    play = play_of(PRIVATE, signals=later).quiet(2)
    play.signal("leave").leaks_at = 3.0
    play.quiet(1)
    assert held(play, "major-strike", by="b") == held(play, "major-strike") == pytest.approx(1.0)


def test_it_lets_its_receivers_act_against_its_subject_alone() -> None:
    fronts, actors = "a-b a-d d-b", {"d": {}}
    pact = {"adversary": None, "protege": ["a", "d"]}
    for subject, against_d in ((None, 1.0 - BELIEVED), ("b", 1.0)):
        told = {} if subject is None else {"subject": subject}
        play = play_of(told, pact=pact, fronts=fronts, actors=actors).quiet(1)
        assert held(play) == pytest.approx(1.0 - BELIEVED)
        assert held(play, by="a", front="a-d") == pytest.approx(against_d)
        assert held(play, by="d", front="d-b") == pytest.approx(1.0)  # no receiver


def test_another_patron_holds_back_as_before() -> None:
    other = {"commitments": {"other": PACT | {"patron": "d"}}, "actors": {"d": {}}}
    assert held(play_of(**other).quiet(1)) == pytest.approx(2.0 - BELIEVED)


@pytest.mark.parametrize(
    ("pact", "front"),
    [({"conditional": False}, {}), ({}, {"b-a": {"struck_first": True}}), ({"lapses": 1.0}, {})],
    ids=["no condition", "help is due", "not in force"],
)
def test_where_nothing_holds_back_there_is_nothing_to_take_off(pact: Row, front: Row) -> None:
    front = {"a-b": {}, "b-a": {}} | front
    for leave in (LEAVE, LEAVE | {"occurred": 0.0}):
        assert held(play_of(leave, pact=pact, front=front).quiet(1)) == 0.0
    always = play_of(pact={"conditional": False}, rules={"leash_holds": "always"}).quiet(1)
    assert held(always) == pytest.approx(1.0 - BELIEVED)


def test_nobody_learns_anything_else_and_nobody_is_prompted() -> None:
    said, unsaid = (play_of({"date": day}).quiet(6) for day in (2, 40))
    for front in ("a-b", "b-a"):
        for field in ("resolve", "fear", "motive", "due"):
            assert getattr(said.front(front), field) == getattr(unsaid.front(front), field)
    for field in ("credence_protege", "credence_adversary", "warned", "publicity"):
        assert getattr(said.pledge("pact:b"), field) == getattr(unsaid.pledge("pact:b"), field)


def strait(rung: str | None = None, *, said: bool = True, conditional: bool = True) -> Scenario:
    """A challenger that a patron holds back, and to which it may give leave to act."""
    data = esc.load("two-state-deterrence").to_dict()
    pledge = {"patron": "patron", "protege": "challenger", "adversary": "defender", "conditional": conditional}
    data["commitments"]["pact"] = pledge | {"strength": 1.0}
    data["rules"] = data.get("rules", {}) | {"leash": 0.3}
    leave = LEAVE | {"sender": "patron", "receivers": ["challenger"], "due": 90.0, "credence": 1.0, "alignment": 1.0}
    if said:
        data["signals"]["leave"] = leave | ({} if rung is None else {"rung": rung})
    return Scenario.from_dict(data)


def gap(one: Scenario, other: Scenario, event: str) -> tuple[float, float]:
    """Difference between two scenarios in how often an event happens, over paired runs, and its standard error."""
    found = [esc.run(crisis, runs=2_000, seed=1, progress=False) for crisis in (one, other)]
    happened = [study.occurs(event, actor="challenger").astype(float) for study in found]
    difference = np.subtract(*happened)
    return float(difference.mean()), float(difference.std()) / math.sqrt(len(difference))


def test_a_protege_with_leave_uses_force_more_often() -> None:
    """A false alarm comes in fewer than one of ten thousand (four standard errors), here and below."""
    more, error = gap(strait(), strait(said=False), "initiation")
    assert more > 4.0 * error


def test_without_a_condition_leave_changes_no_run() -> None:
    one, other = (
        esc.run(strait(said=said, conditional=False), runs=200, seed=1, progress=False) for said in (True, False)
    )
    assert np.array_equal(one.outcomes["signature"], other.outcomes["signature"])


def test_a_lever_gives_leave_where_that_kind_is_named() -> None:
    crisis = strait(said=False)
    levers = esc.signals_by(crisis, "patron", receivers=["challenger"], kinds=["authorisation"], channels=["private"])
    assert [lever.name for lever in levers] == ["patron-to-challenger-authorisation-defender-private-1"]
    assert "authorisation" not in {lever.signal.kind.value for lever in esc.signals_by(crisis, "patron")}


# ------------------------------------------------------------------------------------------------------- what is said


def test_leave_goes_with_the_pledge_without_which_it_could_not_be_given() -> None:
    more = {"other": PACT | {"adversary": None}}
    both = play_of({"subject": "b"}, commitments=more, signals={"back": BACK}).scenario
    assert "leave" in both.without("pact").signals
    assert both.without("pact", "other").signals == {}
    assert both.without("leave").signals == {}


def test_leave_to_another_protege_stands_where_one_pledge_goes() -> None:
    more = {"other": PACT | {"protege": "d"}}
    both = play_of({"receivers": ["a", "d"]}, commitments=more, fronts="a-b d-b", actors={"d": {}}).scenario
    assert both.without("pact").signals["leave"].receivers == ("d",)
    assert both.without("other").signals["leave"].receivers == ("a",)
    assert both.without("pact", "other").signals == {}


TO_WHOM = "an authorisation goes to protégés of its sender"


@pytest.mark.parametrize(
    ("place", "how", "said"),
    [
        ("receivers.0", {"receivers": ["b"]}, f"'b' has no pledge of 'c'; {TO_WHOM}; allowed: a"),
        ("receivers.1", {"receivers": ["a", "b"]}, "'b' has no pledge of 'c'"),
        ("receivers.0", {"sender": "b"}, f"'a' has no pledge of 'b'; {TO_WHOM}; 'b' has pledged to stand by nobody"),
        ("receivers.0", {"sender": "a", "receivers": ["d"]}, "a principal gives its proxy leave by a lower control"),
        ("receivers.0", {"sender": "a"}, "the sender cannot be a receiver"),
        ("subject", {"subject": "d"}, "'c' has no pledge to any of the receivers against 'd'; allowed: b"),
        ("subject", {"subject": "bb"}, "no actor 'bb'; did you mean 'b'"),
        ("subject", {"subject": "a"}, "'c' has no pledge to any of the receivers against 'a'"),
        ("rung", {"rung": "restraint"}, "'restraint' has the role restraint, which does not fit here"),
        ("rung", {"rung": "wra"}, "no rung 'wra' on the ladder; did you mean 'war'"),
        ("trigger", {"trigger": "war"}, "has no meaning for an authorisation; it is for: threat"),
        ("or_else", {"or_else": 3.0}, "has no meaning for an authorisation; it is for: demand"),
        ("share", {"share": 0.5}, "has no meaning for an authorisation; it is for: concession"),
        ("leak", {"leak": 0.1}, "is for private signals only"),
        ("due", {"due": 0.0}, "must be above 0, not 0"),
    ],
)  # fmt: skip
def test_what_is_not_allowed_is_said(place: str, how: Row, said: str) -> None:
    actors = {"d": {"principal": "a"}}
    with pytest.raises(ScenarioError, match=re.escape(said)) as caught:
        play_of(how, fronts="a-b d-b", actors=actors)
    assert f"signals.leave.{place}: " in str(caught.value)


def test_a_warning_and_leave_together_are_a_blank_cheque() -> None:
    promise = {"kind": "warning", "date": 1, "sender": "c", "receivers": ["a"], "subject": "pact", "occasion": "visit"}
    play = play_of({"occasion": "visit"}, signals={"promise": promise}).quiet(1)
    assert held(play) == pytest.approx(1.0 - BELIEVED)
    assert play.pledge("pact:b").credence_protege > 0.75


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({}, None),
        ({"rules": {"leash": 0.0}}, "no patron holds its protégé back where rules.leash is 0"),
        ({"pact": {"conditional": False}}, "no pledge of c to its receivers is on condition"),
        ({"pact": {"conditional": False, "while_below": "war"}}, None),
        ({"pact": {"conditional": False}, "rules": {"leash_holds": "always"}}, None),
        ({"pact": {"strength": 0.0}}, "no pledge of c that would hold its receivers back has a strength above 0"),
        (
            {"pact": {"strength": 0, "conditional": False}, "rules": {"leash_holds": "always"}},
            "no pledge of c that would hold its receivers back has a strength above 0",
        ),
        ({"pact": {"strength": 0.0}, "commitments": {"other": PACT | {"adversary": None}}}, None),
        ({"pact": {"strength": {"distribution": "uniform", "low": 0.0, "high": 0.5}}}, None),
        ({"front": {"a-b": {}, "b-a": {"struck_first": True}}}, "b has used force already, so that help is due"),
        ({"front": {"a-b": {"struck_first": True}, "b-a": {}}}, None),
        ({"rules": {"public_word": 0.0}}, "what is said in public has no weight where rules.public_word is 0"),
        ({"rules": {"private_word": 0.0}}, None),
        ({"leave": PRIVATE, "rules": {"private_word": 0.0}}, "what is said in private has no weight"),
        (
            {"leave": PRIVATE | {"leak": 0.1}, "rules": {"private_word": 0.0}},
            "changes nothing for its receivers: what is said in private has no weight",
        ),
        (
            {"leave": PRIVATE | {"leak": 0.1}, "rules": {"private_word": 0.0, "public_word": 0.0}},
            "changes nothing: what is said in private has no weight",
        ),
        ({"pact": {"lapses": 1}}, "no pledge of c that holds its receivers back is in force while it stands"),
        ({"pact": {"lapses": 2}}, None),
        ({"pact": {"begins": 12}}, "no pledge of c that holds its receivers back is in force while it stands"),
        ({"pact": {"begins": 11}}, None),
        ({"leave": {"due": 0.3, "date": 1.6}}, "its days are over before the first choice that could heed it"),
        ({"leave": {"due": 0.5, "date": 1.6}}, None),
        ({"signals": {"back": BACK | {"date": 1}}}, "'back' takes it back before the first choice that could heed it"),
        ({"signals": {"back": BACK | {"date": 1}}, "leave": {"date": 0.5}}, "'back' takes it back"),
        ({"signals": {"back": BACK | {"date": 2}}}, None),
        ({"signals": {"back": BACK | {"date": 1, "reliability": 0.9}}}, None),
        (
            {"signals": {"back": BACK | {"date": 1, "occurred": 0.9, "occasion": "talk"}},
             "leave": {"occurred": 0.9, "occasion": "talk"}},
            "'back' takes it back",
        ),
        (
            {"front": {"a-b": {"baseline": "limited-strike"}, "b-a": {}}, "leave": {"rung": "limited-strike"}},
            "its rung is not above the baseline of a-b",
        ),
        ({"front": {"a-b": {"baseline": "limited-strike"}, "b-a": {}}, "leave": {"rung": "major-strike"}}, None),
        ({"leave": {"rung": "display"}}, "display is no force, and its receivers are held back from force alone"),
        ({"leave": {"rung": "display"}, "rules": {"leash_holds": "always"}}, None),
        # It takes back the wider leave that was given before.
        ({"leave": {"rung": "display", "date": 2}, "signals": {"wide": LEAVE | {"date": 1}}}, None),
        (
            {"leave": {"rung": "display", "date": 1}, "signals": {"wide": LEAVE | {"date": 2}}},
            "display is no force, and its receivers are held back from force alone",
        ),
        ({"leave": {"rung": "limited-strike"}}, None),
        ({"front": {"a-b": {"baseline": "display"}, "b-a": {}}}, None),
        (
            {"events": {"raid": RAID}, "rules": {"scheduled_answers": True}},
            "b has used force already, so that help is due",
        ),
        ({"events": {"raid": RAID}, "rules": {"scheduled_answers": False}}, None),
        ({"events": {"raid": RAID | {"rung": "display"}}, "rules": {"scheduled_answers": True}}, None),
        ({"events": {"raid": RAID | {"date": 9}}, "rules": {"scheduled_answers": True}}, None),
        ({"events": {"raid": RAID | {"reliability": 0.5}}, "rules": {"scheduled_answers": True}}, None),
        ({"front": {"a-b": {}, "b-a": {"baseline": "limited-strike"}}, "leave": {"rung": "limited-strike"}}, None),
        (
            {"front": {"a-b": {"at_war": True}, "b-a": {"at_war": True}}, "fronts": "a-b a-d", "actors": {"d": {}},
             "rules": {"leash_holds": "always"}},
            "there is war at the start on a-b",
        ),
    ],
)  # fmt: skip
def test_leave_that_lifts_nothing_is_remarked_on(tables: Row, said: str | None) -> None:
    found = [fault.what for fault in remarks(play_of(**tables).scenario) if fault.where == "signals.leave"]
    told = [what for what in found if what.startswith("changes nothing")]
    assert len(told) == (0 if said is None else 1)
    assert said is None or said in told[0]


@pytest.mark.parametrize(
    ("tables", "moved"),
    [
        ({"pact": {"lapses": 1}}, False),
        ({"pact": {"lapses": 2}}, True),
        ({"pact": {"begins": 12}}, False),
        ({"leave": {"due": 0.3, "date": 1.6}}, False),
        ({"leave": {"due": 0.5, "date": 1.6}}, True),
        ({"signals": {"back": BACK | {"date": 1}}}, False),
        ({"signals": {"back": BACK | {"date": 1}}, "leave": {"date": 0.5}}, False),
        ({"signals": {"back": BACK | {"date": 2}}}, True),
        ({"leave": {"rung": "display"}}, False),
        ({"front": {"a-b": {"baseline": "display"}, "b-a": {}}, "leave": {"rung": "display"}}, False),
        ({"front": {"a-b": {"baseline": "display"}, "b-a": {}}, "leave": {"rung": "limited-strike"}}, True),
    ],
)
def test_what_is_remarked_on_really_leaves_every_run_as_it_is(tables: Row, moved: bool) -> None:
    front = {"a-b": {}, "b-a": {}} | tables.get("front", {})
    front["a-b"] = front["a-b"] | {"revisionism": 0.8}
    leave = {"credence": 1.0, "alignment": 1.0} | tables.get("leave", {})
    more = {"front": front, "rules": {"leash": 5.0}, "actors": {"a": {"tempo": 0.3}}}
    scenario = play_of(**(tables | more | {"leave": leave})).scenario
    with_it, without = (esc.run(one, runs=300, seed=1, progress=False) for one in (scenario, scenario.without("leave")))
    paths = [study.occurs("initiation", actor="a") for study in (with_it, without)]
    assert bool((paths[0] != paths[1]).any()) == moved
