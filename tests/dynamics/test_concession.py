"""Concessions: whoever a demand was made to grants a part of it, or all."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.app.chronicle import chronicle
from escalation.dynamics.acting import act_terms
from escalation.dynamics.roles import STANDING
from escalation.errors import ScenarioError
from escalation.mechanisms.conciliation import conceded_amends
from escalation.world.scenario import Scenario

Row = dict[str, Any]
ORDER: Row = {"kind": "demand", "date": 2, "sender": "b", "receivers": ["a"], "due": 10.0}
GIVE: Row = {
    "kind": "concession", "date": 6, "sender": "a", "receivers": ["b"], "subject": "order", "share": 0.75,
    "credence": 0.8, "alignment": 0.5,
}  # fmt: skip
TRUST = 0.8 * 0.5 * 0.7
"""How far it is believed: credence, alignment and the honesty of its sender."""


def play_of(give: Row | None = None, *, fronts: str = "a-b", order: Row | None = None, **tables: Any) -> Play:
    """Crisis in which b demands something of a on day 2, and a concedes three quarters of it on day 6."""
    signals = {"order": ORDER | (order or {}), "give": GIVE | (give or {})} | tables.pop("signals", {})
    return Play(crisis_of(fronts, signals=signals, **tables))


def face_lost(play: Play, front: str) -> float:
    """Term of face of the act that yields, which is restraint where nobody can conciliate."""
    return act_terms(play.crisis, play.f(front), play.o("restraint"), play.i(front[0])).face


def test_what_is_conceded_loses_no_face_again() -> None:
    play = play_of(rules={"face": 0.4}).quiet(5)
    assert face_lost(play, "a-b") == pytest.approx(-0.4)
    play.period()
    assert face_lost(play, "a-b") == pytest.approx(-0.1)
    assert (play.front("a-b").demand_left, play.front("a-b").demand_until) == (0.25, 12.0)


def test_a_second_concession_is_a_part_of_what_was_left() -> None:
    play = play_of(signals={"more": GIVE | {"date": 8, "share": 0.5}}).quiet(8)
    assert play.front("a-b").demand_left == 0.125


def test_a_new_demand_is_a_whole_one() -> None:
    play = play_of(signals={"again": ORDER | {"date": 8}}).quiet(8)
    assert (play.front("a-b").demand_left, play.front("a-b").demand_until) == (1.0, 18.0)


@pytest.mark.parametrize(("share", "until"), [(0.99, 12.0), (1.0, -1.0)])
def test_only_the_whole_meets_a_demand(share: float, until: float) -> None:
    assert play_of({"share": share}).quiet(6).front("a-b").demand_until == until


@pytest.mark.parametrize(
    ("how", "standing"),
    [
        ({"share": 1.0}, 0),
        ({"share": 1.0, "date": 12.1}, 0),
        ({"share": 1.0, "date": 12.4}, STANDING),  # too late, in the period in which its days end
        ({"share": 0.99}, STANDING),
    ],
)
@pytest.mark.parametrize("conciliation", [True, False])
def test_only_the_whole_meets_an_ultimatum_and_only_in_time(how: Row, standing: int, conciliation: bool) -> None:
    order = {"rung": "limited-strike", "or_else": 5.0, "due": 10.2}
    play = play_of(how, order=order, rules={"conciliation": conciliation}).quiet(3)
    play.period({"a-b": "threat"})  # where nobody can conciliate, restraint would have met it
    play.quiet(9)
    assert play.front("b-a").vow_standing == standing


def test_it_makes_amends_in_words_for_the_part_that_it_grants() -> None:
    kept = []
    for how in ({}, {"occurred": 0.0}):
        play = play_of(how, rules={"amends_in_words": 0.5}).quiet(5)
        play.front("b-a").injury = 0.8
        kept.append(play.period().front("b-a").injury)
    assert kept[0] == pytest.approx(kept[1] * (1.0 - 0.75 * 0.5 * TRUST))


def test_the_equation() -> None:
    assert conceded_amends(0.5, 0.3) == pytest.approx(0.15)
    assert conceded_amends(1.0, 0.3) == 0.3


def test_the_whole_makes_the_amends_of_a_reassurance() -> None:
    left = []
    for how in ({"share": 1.0}, {"kind": "reassurance", "subject": None, "share": None}):
        row = {key: value for key, value in (GIVE | how).items() if value is not None}
        play = Play(crisis_of(signals={"order": ORDER, "give": row}, rules={"amends_in_words": 0.5})).quiet(5)
        play.front("b-a").injury = 0.8
        left.append(play.period().front("b-a").injury)
    assert left[0] == left[1]


def test_amends_are_made_to_whoever_made_the_demand() -> None:
    """c demands of a restraint towards b: what c holds against a is made good in part, and not what b does."""
    order = {"sender": "c", "subject": "b"}
    kept = []
    for how in ({"receivers": ["c"]}, {"receivers": ["c"], "occurred": 0.0}):
        play = play_of(how, fronts="a-b a-c", order=order, rules={"amends_in_words": 0.5}).quiet(5)
        play.front("b-a").injury = play.front("c-a").injury = 0.8
        play.period()
        kept.append([play.front(front).injury for front in ("b-a", "c-a")])
        left = play.front("a-b").demand_left
        assert left == (1.0 if "occurred" in how else 0.25)
    assert kept[0] == [kept[1][0], pytest.approx(kept[1][1] * (1.0 - 0.75 * 0.5 * TRUST))]


def test_one_receiver_concedes_for_itself_alone() -> None:
    play = play_of(fronts="a-b c-b", order={"receivers": ["a", "c"]}).quiet(6)
    assert (play.front("a-b").demand_left, play.front("c-b").demand_left) == (0.25, 1.0)


def test_what_was_refused_is_not_met_but_words_still_make_amends() -> None:
    no = {"kind": "refusal", "date": 4, "sender": "a", "receivers": ["b"], "subject": "order"}
    play = play_of(signals={"no": no}, rules={"amends_in_words": 0.5}).quiet(5)
    play.front("b-a").injury = 0.8
    play.period()
    assert (play.front("a-b").demand_until, play.front("a-b").demand_left) == (-1.0, 1.0)
    assert play.front("b-a").injury < 0.75


def test_after_its_days_a_demand_has_nothing_left_to_concede() -> None:
    assert play_of({"date": 13}).quiet(13).front("a-b").demand_left == 1.0


@pytest.mark.parametrize("how", [{"occurred": 0.0}, {"occurred": 0.0, "channel": "private", "reported": 4}])
def test_what_was_never_demanded_is_not_conceded(how: Row) -> None:
    play = play_of(order=how, rules={"amends_in_words": 0.5}).quiet(5)
    play.front("b-a").injury = 0.8
    before = Play(crisis_of(rules={"amends_in_words": 0.5})).quiet(5)
    before.front("b-a").injury = 0.8
    assert play.period().front("b-a").injury == before.period().front("b-a").injury


def test_what_was_taken_back_is_not_conceded() -> None:
    back = {"kind": "withdrawal", "date": 4, "sender": "b", "receivers": ["a"], "subject": "order"}
    play = play_of(signals={"back": back}).quiet(6)
    assert (play.front("a-b").demand_until, play.front("a-b").demand_left) == (-1.0, 1.0)


def test_of_several_demands_the_last_one_costs_face() -> None:
    play = play_of(signals={"more": ORDER | {"date": 4}}).quiet(6)
    assert play.front("a-b").demand_left == 1.0


@pytest.mark.parametrize("order", [("order", "give"), ("give", "order")])
def test_a_concession_in_the_period_of_the_demand(order: tuple[str, str]) -> None:
    """Which of the two stands first in the file makes no difference."""
    rows = {"order": ORDER, "give": GIVE | {"date": 2.3}}
    play = Play(crisis_of(signals={name: rows[name] for name in order})).quiet(3)
    assert play.front("a-b").demand_left == 0.25


def test_it_prompts_nobody_and_moves_no_belief() -> None:
    said, unsaid = (play_of({"date": day}).quiet(6) for day in (6, 40))
    for front in ("a-b", "b-a"):
        for field in ("resolve", "fear", "motive", "due"):
            assert getattr(said.front(front), field) == getattr(unsaid.front(front), field)


def leaked(**tables: Any) -> Play:
    """Crisis in which b demands something in private on day 2, and that leaks on day 8."""
    play = play_of(order={"channel": "private"}, **tables)
    play.signal("order").leaks_at = 8.0
    return play


def test_a_demand_that_leaks_is_still_conceded_in_part() -> None:
    play = leaked().quiet(9)
    front = play.front("a-b")
    assert (front.demand_left, front.demand_publicity, front.demand_until) == (0.25, 1.0, 12.0)


def test_a_demand_that_leaks_after_it_was_met_does_not_stand_again() -> None:
    play = leaked(give={"date": 40}, rules={"conciliation": True}).quiet(5)
    play.period({"a-b": "conciliation"})
    assert play.front("a-b").demand_until == -1.0
    play.quiet(3)
    assert (play.signal("order").status, play.front("a-b").demand_until) == (3, -1.0)
    conceded = leaked(give={"share": 1.0}).quiet(9)
    assert (conceded.signal("order").status, conceded.front("a-b").demand_until) == (3, -1.0)


def test_a_demand_that_leaks_after_it_was_refused_does_not_stand_again() -> None:
    no = {"kind": "refusal", "date": 4, "sender": "a", "receivers": ["b"], "subject": "order"}
    play = leaked(signals={"no": no}).quiet(9)
    assert (play.signal("order").status, play.front("a-b").demand_until) == (3, -1.0)


def test_a_demand_that_leaks_does_not_replace_a_later_one() -> None:
    more = {"more": ORDER | {"date": 5, "channel": "private", "due": 20.0}}
    play = leaked(give={"date": 40}, signals=more).quiet(9)
    front = play.front("a-b")
    assert (front.demand_until, front.demand_publicity, front.demand_by) == (25.0, 0.0, play.signal("more").key)


def test_a_threat_that_leaks_does_not_expose_a_later_one_but_the_vow_that_it_became() -> None:
    word = {"kind": "threat", "date": 2, "sender": "b", "receivers": ["a"], "due": 20.0, "channel": "private"}
    play = Play(crisis_of(signals={"one": word, "two": word | {"date": 3}}))
    play.signal("one").leaks_at = 5.0
    assert play.quiet(6).front("b-a").threat_publicity == 0.0
    play = Play(crisis_of(signals={"one": word}))
    play.signal("one").leaks_at = 5.0
    play.quiet(3).period({"a-b": "limited-strike"})
    assert (play.front("b-a").vow_standing, play.front("b-a").vow_publicity) == (STANDING, 0.0)
    assert play.quiet(2).front("b-a").vow_publicity == 1.0


def strait(share: Any, **rules: Any) -> Scenario:
    """A defender that demands restraint under threat, and a challenger that concedes a part of it or nothing."""
    data = esc.load("two-state-deterrence").to_dict()
    data["rules"] = data.get("rules", {}) | {"conciliation": True} | rules
    asked: Row = {"kind": "demand", "date": 1, "sender": "defender", "receivers": ["challenger"], "due": 20.0}
    data["signals"] = {"order": asked | {"rung": "limited-strike", "or_else": 10.0}}
    if share is not None:
        give = {"kind": "concession", "date": 2, "sender": "challenger", "receivers": ["defender"]}
        data["signals"]["give"] = give | {"subject": "order", "share": share}
    return Scenario.from_dict(data)


def strikes(share: float | None) -> np.ndarray[Any, np.dtype[np.float64]]:
    study = esc.run(strait(share), runs=2_000, seed=1, progress=False)
    return study.occurs("rung:limited-strike", actor="defender").astype(float)


def test_whose_ultimatum_is_met_in_words_strikes_less_often() -> None:
    """Paired runs: a false alarm comes in fewer than one of ten thousand (four standard errors)."""
    gap = strikes(None) - strikes(1.0)
    assert gap.mean() > 4.0 * gap.std() / math.sqrt(len(gap))


def test_who_has_conceded_most_of_it_acts_less_often_to_save_its_face() -> None:
    """Where nobody can conciliate, restraint yields; a false alarm comes in fewer than one of ten thousand."""
    rules = {"conciliation": False, "face": 0.5, "amends_in_words": 0.0}
    none, most = (
        esc.run(strait(share, **rules), runs=2_000, seed=1, progress=False).occurs("initiation", actor="challenger")
        for share in (None, 0.9)
    )
    gap = none.astype(float) - most.astype(float)
    assert gap.mean() > 4.0 * gap.std() / math.sqrt(len(gap))


def hurt(share: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Whether a defender that was attacked strikes, in each run, where the attacker concedes a part of its demand."""
    data = strait(share, amends_in_words=0.9).to_dict()
    victim = {"actor": "defender", "severity": 0.7}
    suspects = [{"actors": ["challenger"], "prior": 1.0}]
    data["events"] = {"raid": {"kind": "provocation", "date": 1, "victims": [victim], "suspects": suspects}}
    data["signals"]["order"] = {key: row for key, row in data["signals"]["order"].items() if key != "or_else"}
    data["signals"]["give"] |= {"credence": 1.0, "alignment": 1.0}
    data["actors"]["challenger"]["honesty"] = 1.0
    study = esc.run(Scenario.from_dict(data), runs=2_000, seed=1, progress=False)
    return study.occurs("initiation", actor="defender").astype(float)


def test_who_is_granted_more_strikes_back_less_often() -> None:
    """Both demands stand on: only the amends differ. A false alarm comes in fewer than one of ten thousand."""
    gap = hurt(0.1) - hurt(0.9)
    assert gap.mean() > 4.0 * gap.std() / math.sqrt(len(gap))


def test_the_chronicle_tells_how_much_was_conceded() -> None:
    for share, part in ((1.0, "all"), (0.25, "25%"), ({"distribution": "uniform", "low": 0.2, "high": 0.4}, "a part")):
        told = chronicle(esc.simulate(strait(share), seed=1))
        words = f"Challenger to defender: concession of {part} of order (give)."
        assert [row.words for row in told if "concession" in row.words] == [words]


@pytest.mark.parametrize(
    ("place", "how", "said"),
    [
        ("subject", {"subject": None}, "is missing; a concession must name a demand that its sender received"),
        ("subject", {"subject": "odrer"}, "no demand 'odrer'; did you mean 'order'"),
        ("subject", {"subject": "calm"}, "no demand 'calm'"),
        ("subject", {"sender": "c"}, "'order' was not said to the sender, who can concede only what is demanded of it"),
        ("subject", {"date": 1}, "'order' is dated later than its concession"),
        ("subject", {"subject": "other", "receivers": ["b"]}, "asks nothing of 'a', which has no front to 'c'"),
        ("receivers", {"receivers": ["c"]}, "'b' is missing; a concession is told to whoever made the demand"),
        ("share", {"share": None}, "is missing; a concession must say what part of the demand it grants"),
        ("share", {"share": 0.0}, r"must be within \[0, 1\] and above 0, not 0"),
        ("share", {"share": 1.5}, r"must be within \[0, 1\] and above 0, not 1.5"),
        ("share", {"kind": "reassurance", "subject": None}, "has no meaning for a reassurance; it is for: concession"),
        ("rung", {"rung": "war"}, "has no meaning for a concession"),
    ],
)
def test_what_is_not_allowed_is_said(place: str, how: Row, said: str) -> None:
    rows = {
        "order": ORDER,
        "calm": ORDER | {"kind": "reassurance"},
        "other": ORDER | {"subject": "c", "receivers": ["a", "d"]},
        "give": {key: value for key, value in (GIVE | how).items() if value is not None},
    }
    with pytest.raises(ScenarioError, match=said) as caught:
        crisis_of("a-b d-c", actors={"d": {}}, signals=rows)
    assert f"signals.give.{place}" in str(caught.value)


def test_a_file_without_the_key_keeps_its_hash() -> None:
    scenario = crisis_of(signals={"order": ORDER})
    data = scenario.to_dict()
    data["signals"]["order"]["share"] = None
    assert Scenario.from_dict(data).hash == scenario.hash
    assert crisis_of(signals={"order": ORDER, "give": GIVE}).hash != crisis_of(
        signals={"order": ORDER, "give": GIVE | {"share": 0.5}}
    ).hash  # fmt: skip
