"""Withdrawals: a threat, a vow or a demand that is taken back binds no more."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.dynamics.roles import OVERDUE, STANDING
from escalation.errors import ScenarioError
from escalation.mechanisms.honour_and_audiences import publicity_left
from escalation.montecarlo.deeds import Verdict
from escalation.world.scenario import Scenario

Row = dict[str, Any]
SAID: Row = {"date": 2, "sender": "b", "receivers": ["a"], "due": 10.0}
BACK: Row = {"kind": "withdrawal", "date": 6, "sender": "b", "receivers": ["a"], "subject": "word"}


def play_of(word: Row, back: Row | None = None, *, fronts: str = "a-b", **tables: Any) -> Play:
    """Crisis in which b says something on day 2 and takes it back on day 6."""
    signals = {"word": SAID | word, "back": BACK | (back or {})} | tables.pop("signals", {})
    return Play(crisis_of(fronts, signals=signals, **tables))


def test_a_vow_taken_back_lapses_and_only_what_was_seen_of_it_counts() -> None:
    """Four of its ten days have run."""
    play = play_of({"kind": "vow"}).quiet(5)
    front = play.front("b-a")
    assert (front.vow_standing, front.vow_publicity) == (STANDING, 1.0)
    play.period()
    assert (front.vow_standing, front.vow_due) == (OVERDUE, 6.0)
    assert front.vow_publicity == pytest.approx(0.4)
    assert (play.actor("b").vows_broken, play.actor("b").vows_kept, play.actor("b").honesty) == (0, 0, 0.7)
    play.quiet(10)  # past the day on which it would have been due
    assert play.actor("b").vows_broken == 0
    assert front.vow_publicity < 0.4


def test_a_vow_taken_back_at_once_leaves_nothing() -> None:
    play = play_of({"kind": "vow"}, {"date": 2}).quiet(3)
    assert play.front("b-a").vow_standing == 0


def test_the_equation() -> None:
    assert publicity_left(0.8, 0.25) == pytest.approx(0.2)
    assert publicity_left(0.8, 0.0) == 0.0
    assert publicity_left(0.8, 1.0) == 0.8


@pytest.mark.parametrize("order", [("word", "back"), ("back", "word")])
def test_a_word_taken_back_in_its_own_period_never_binds(order: tuple[str, str]) -> None:
    rows = {"word": SAID | {"kind": "vow"}, "back": BACK | {"date": 2.3}}
    play = Play(crisis_of(signals={name: rows[name] for name in order})).quiet(3)
    assert play.front("b-a").vow_standing == 0
    assert play.front("a-b").resolve != 0.5  # it was heard


def test_a_threat_taken_back_is_not_crossed() -> None:
    crossing = {"a-b": "limited-strike"}
    for back, standing in (({}, 0), ({"date": 9}, STANDING)):
        play = play_of({"kind": "threat"}, back).quiet(6)
        play.period(crossing)
        assert play.front("b-a").vow_standing == standing


def test_a_threat_that_has_become_a_vow_is_taken_back_with_it() -> None:
    play = play_of({"kind": "threat"}).quiet(3)
    play.period({"a-b": "limited-strike"})
    front = play.front("b-a")
    assert (front.vow_standing, front.vow_made) == (STANDING, 4.0)
    play.quiet(2)
    assert front.vow_standing == OVERDUE
    assert front.vow_publicity == pytest.approx(0.2)  # two of ten days


def test_a_demand_taken_back_asks_for_nothing_more() -> None:
    play = play_of({"kind": "demand"}).quiet(5)
    assert play.front("a-b").demand_until == 12.0
    play.period()
    assert play.front("a-b").demand_until == -1.0


def test_an_ultimatum_taken_back_binds_nobody() -> None:
    word: Row = {"kind": "demand", "rung": "limited-strike", "or_else": 5.0}
    rules = {"conciliation": True}
    play = play_of(word, rules=rules).quiet(14)
    assert (play.front("b-a").vow_standing, play.front("a-b").ultimatum) == (0, -1)
    late = play_of(word, {"date": 14}, rules=rules).quiet(14)
    assert late.front("b-a").vow_standing == OVERDUE
    assert late.front("b-a").vow_publicity == pytest.approx(0.4)  # two of its five days


def test_what_another_word_binds_stays() -> None:
    more = {"more": SAID | {"kind": "vow", "date": 4, "rung": "major-strike"}}
    play = play_of({"kind": "vow"}, signals=more).quiet(6)
    assert play.front("b-a").vow_standing == STANDING
    other = play_of({"kind": "demand"}, signals={"more": SAID | {"kind": "demand", "date": 4, "sender": "c",
                    "subject": "b"}}).quiet(6)  # fmt: skip
    assert other.front("a-b").demand_until == 14.0


def test_what_was_broken_stays_broken() -> None:
    play = play_of({"kind": "vow", "due": 2.0}).quiet(5)
    assert (play.front("b-a").vow_standing, play.actor("b").vows_broken) == (OVERDUE, 1)
    publicity = play.front("b-a").vow_publicity
    play.period()
    assert play.front("b-a").vow_publicity == pytest.approx(publicity * play.rules.vow_kept)


def test_nobody_learns_anything_else_and_nobody_is_prompted() -> None:
    said, unsaid = (play_of({"kind": "vow"}, {"date": day}).quiet(6) for day in (6, 40))
    for front in ("a-b", "b-a"):
        for field in ("resolve", "fear", "motive", "due"):
            assert getattr(said.front(front), field) == getattr(unsaid.front(front), field)


def test_what_never_was_said_or_was_never_taken_back() -> None:
    assert play_of({"kind": "vow"}, {"occurred": 0.0}).quiet(7).front("b-a").vow_standing == STANDING
    assert play_of({"kind": "vow", "occurred": 0.0}).quiet(7).front("b-a").vow_standing == 0


def test_what_was_taken_back_in_private_does_not_bind_when_it_leaks() -> None:
    play = play_of({"kind": "demand", "channel": "private"}, {"channel": "private"})
    play.signal("word").leaks_at = 8.0
    play.quiet(9)
    assert play.front("a-b").demand_until == -1.0


def strait(*, back: bool) -> Scenario:
    """A defender that vows to act for something that nobody did."""
    data = esc.load("two-state-deterrence").to_dict()
    said = {"date": 2, "sender": "defender", "receivers": ["challenger"]}
    data["signals"] = {"vow": said | {"kind": "vow", "due": 30.0}}
    if back:
        data["signals"]["back"] = said | {"kind": "withdrawal", "date": 4, "subject": "vow"}
    return Scenario.from_dict(data)


def test_whoever_takes_its_vow_back_acts_on_it_less_often_and_breaks_none() -> None:
    """Paired runs: a false alarm comes in fewer than one of ten thousand (four standard errors)."""
    kept, free = (esc.run(strait(back=back), runs=2_000, seed=1, progress=False) for back in (False, True))
    gap = np.subtract(*(study.occurs("initiation", actor="defender").astype(float) for study in (kept, free)))
    assert gap.mean() > 4.0 * gap.std() / math.sqrt(len(gap))
    assert kept.outcomes["vows_broken"].any()
    assert not free.outcomes["vows_broken"].any()


def test_a_vow_taken_back_is_not_tested_unless_it_was_kept_before() -> None:
    kept, free = (esc.run(strait(back=back), runs=400, seed=1, progress=False) for back in (False, True))
    with_it, without = (study.words_and_deeds().verdict("vow") for study in (free, kept))
    assert set(np.unique(with_it)) <= {Verdict.UNTESTED, Verdict.BORNE_OUT}
    assert Verdict.BELIED in without


@pytest.mark.parametrize(
    ("place", "how", "said"),
    [
        (
            "subject",
            {"subject": None},
            "is missing; a withdrawal must name a threat, vow, demand or authorisation of its sender",
        ),
        ("subject", {"subject": "wrod"}, "no threat, vow, demand or authorisation 'wrod'; did you mean 'word'"),
        ("subject", {"subject": "calm"}, "no threat, vow, demand or authorisation 'calm'"),
        (
            "subject",
            {"sender": "a", "receivers": ["b"]},
            "'word' was said by another, and the sender",
        ),
        ("subject", {"date": 1}, "'word' is dated later than its withdrawal"),
        ("channel", {"channel": "private"}, "'word' was said in public, and can be taken back in public alone"),
        ("rung", {"rung": "war"}, "has no meaning for a withdrawal"),
        ("or_else", {"or_else": 3.0}, "has no meaning for a withdrawal; it is for: demand"),
    ],
)
def test_what_is_not_allowed_is_said(place: str, how: Row, said: str) -> None:
    calm = SAID | {"kind": "reassurance"}
    back = {key: value for key, value in (BACK | how).items() if value is not None}
    with pytest.raises(ScenarioError, match=said) as caught:
        crisis_of(signals={"word": SAID | {"kind": "vow"}, "calm": calm, "back": back})
    assert f"signals.back.{place}" in str(caught.value)
