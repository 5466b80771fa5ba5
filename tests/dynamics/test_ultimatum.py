"""Ultimatums: a demand that binds its sender to act unless it is met by its day."""

from __future__ import annotations

import math
from typing import Any

import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.app.chronicle import chronicle
from escalation.dynamics.roles import OVERDUE, STANDING
from escalation.errors import ScenarioError
from escalation.world.scenario import Scenario

ORDER: dict[str, Any] = {
    "kind": "demand",
    "date": 2,
    "sender": "b",
    "receivers": ["a"],
    "rung": "limited-strike",
    "due": 5.0,
    "or_else": 4.0,
}
LIMITED = 0.6


def play_of(fronts: str = "a-b", *, signals: dict[str, Any] | None = None, rules: Any = None, **how: Any) -> Play:
    """Crisis in which b gives a five days from day 2 on, and means to act within four days after that."""
    tables = {key: how.pop(key) for key in ("front", "as_of") if key in how}
    said = {"order": ORDER | how} | (signals or {})
    return Play(crisis_of(fronts, signals=said, rules={"conciliation": True} | (rules or {}), **tables))


def test_an_ultimatum_that_is_not_met_is_a_vow_from_its_day_on() -> None:
    play = play_of().quiet(6)
    front = play.front("b-a")
    assert (front.vow_standing, play.front("a-b").ultimatum) == (0, play.signal("order").key)
    due = front.due
    play.period()  # day 7, which is the last
    assert (front.vow_standing, front.vow, front.vow_made, front.vow_due) == (STANDING, LIMITED, 7.0, 11.0)
    assert (front.vow_publicity, play.front("a-b").ultimatum) == (1.0, -1)
    assert due == math.inf
    assert 7.0 <= front.due < math.inf
    play.quiet(4)
    assert (front.vow_standing, play.actor("b").vows_broken) == (OVERDUE, 1)


def test_without_the_key_nothing_follows() -> None:
    play = play_of(or_else=None).quiet(12)
    front = play.front("b-a")
    assert (front.vow_standing, front.due, play.rules.ultimatums, play.front("a-b").ultimatum) == (0, math.inf, 0, -1)


@pytest.mark.parametrize("day", [3, 7])
def test_conciliation_by_the_last_day_meets_it(day: int) -> None:
    play = play_of().quiet(day - 1)
    play.period({"a-b": "conciliation"})
    play.quiet(12 - day)
    assert (play.front("b-a").vow_standing, play.front("a-b").ultimatum) == (0, -1)
    assert play.front("b-a").vow_made == 0.0


def test_conciliation_after_the_last_day_comes_too_late() -> None:
    play = play_of().quiet(7)
    play.period({"a-b": "conciliation"})
    assert play.front("b-a").vow_standing == STANDING


def test_conciliation_that_is_met_with_force_meets_nothing() -> None:
    play = play_of(rung="major-strike").quiet(3)
    play.period({"a-b": "conciliation", "b-a": "limited-strike"})
    play.quiet(3)
    assert play.front("b-a").vow_standing == STANDING


def test_an_agreement_ends_it_whoever_moved_first() -> None:
    """a had made its move before the ultimatum, and b answers that move during it."""
    play = play_of()
    play.period({"a-b": "conciliation"})
    play.period()
    assert play.front("a-b").ultimatum == play.signal("order").key
    play.period({"b-a": "conciliation"})
    assert play.front("a-b").agreed == 1
    assert play.quiet(6).front("b-a").vow_standing == 0


@pytest.mark.parametrize(("act", "standing"), [(None, 0), ("threat", STANDING)])
def test_where_nobody_can_conciliate_restraint_meets_it(act: str | None, standing: int) -> None:
    play = play_of(rules={"conciliation": False}).quiet(3)
    play.period({} if act is None else {"a-b": act})
    play.quiet(3)
    assert play.front("b-a").vow_standing == standing
    assert play.front("a-b").ultimatum == -1


def test_restraint_meets_nothing_where_actors_can_conciliate() -> None:
    assert play_of().quiet(7).front("b-a").vow_standing == STANDING


def test_an_act_of_the_day_on_which_it_is_said_counts() -> None:
    play = play_of(rules={"conciliation": False}).quiet(1)
    play.period({"a-b": "threat"})
    assert play.quiet(5).front("b-a").vow_standing == STANDING
    play = play_of(rules={"conciliation": False})
    play.period({"a-b": "threat"})  # the day before
    assert play.quiet(6).front("b-a").vow_standing == 0


def test_a_refusal_binds_its_sender_at_once() -> None:
    no = {"kind": "refusal", "date": 4, "sender": "a", "receivers": ["b"], "subject": "order"}
    play = play_of(signals={"no": no}).quiet(4)
    front = play.front("b-a")
    assert (front.vow_standing, front.vow_made, front.vow_due) == (STANDING, 4.0, 8.0)


def test_a_refusal_to_somebody_else_leaves_it() -> None:
    no = {"kind": "refusal", "date": 4, "sender": "a", "receivers": ["c"]}
    play = play_of("a-b a-c", signals={"no": no}).quiet(4)
    assert play.front("b-a").vow_standing == 0
    assert play.front("a-b").ultimatum == play.signal("order").key


@pytest.mark.parametrize(("act", "standing"), [("limited-strike", 0), ("display", STANDING)])
def test_whoever_has_done_it_already_is_not_bound_to_do_it_again(act: str, standing: int) -> None:
    play = play_of().quiet(3)
    play.period({"b-a": act})
    assert play.quiet(3).front("b-a").vow_standing == standing


def test_a_third_party_binds_itself_for_another() -> None:
    """c demands of a restraint towards b, or c acts: a meets it by what it does towards b, and c acts against a."""
    how: dict[str, Any] = {"sender": "c", "subject": "b"}
    play = play_of("a-b c-a", **how).quiet(7)
    assert (play.front("c-a").vow_standing, play.front("b-a").vow_standing) == (STANDING, 0)
    met = play_of("a-b c-a", **how).quiet(4)
    met.period({"a-b": "conciliation"})
    assert met.quiet(4).front("c-a").vow_standing == 0
    amiss = play_of("a-b c-a", **how).quiet(4)
    amiss.period({"a-c": "conciliation"})
    assert amiss.quiet(4).front("c-a").vow_standing == STANDING


def test_it_is_never_said_where_it_did_not_occur() -> None:
    assert play_of(occurred=0.0).quiet(9).front("b-a").vow_standing == 0


@pytest.mark.parametrize(("leaks", "before", "after"), [(4.0, 1.0, 1.0), (9.0, 0.0, 1.0), (math.inf, 0.0, 0.0)])
def test_what_was_said_in_private_costs_no_audience_until_it_leaks(leaks: float, before: float, after: float) -> None:
    play = play_of(channel="private")
    play.signal("order").leaks_at = leaks
    front = play.quiet(8).front("b-a")
    assert front.vow_publicity == before
    assert play.quiet(1).front("b-a").vow_publicity == after


def test_no_vow_comes_of_what_goes_on_anyway() -> None:
    play = play_of(rung="display", front={"a-b": {}, "b-a": {"baseline": "display"}}).quiet(9)
    assert play.front("b-a").vow_standing == 0


def test_the_crisis_does_not_settle_before_its_day() -> None:
    play = play_of(rules={"settle_days": 3.0}, due=20.0).quiet(20)
    assert play.clock.settled == -1
    plain = play_of(rules={"settle_days": 3.0}, due=20.0, or_else=None).quiet(20)
    assert plain.clock.settled == 3


def strait(**how: Any) -> Scenario:
    data = esc.load("two-state-deterrence").to_dict()
    order = ORDER | {"sender": "defender", "receivers": ["challenger"], "date": 3, "rung": "limited-strike"} | how
    data["signals"]["order"] = {key: value for key, value in order.items() if value is not None}
    return Scenario.from_dict(data)


def test_who_is_bound_strikes_more_often_if_it_is_not_obeyed() -> None:
    """Paired runs: a false alarm comes in fewer than one of ten thousand (four standard errors)."""
    bound, free = (esc.run(strait(or_else=days), runs=2_000, seed=1, progress=False) for days in (10.0, None))
    strikes = [study.occurs("rung:limited-strike", actor="defender").astype(float) for study in (bound, free)]
    gap = strikes[0] - strikes[1]
    assert gap.mean() > 4.0 * gap.std() / math.sqrt(len(gap))


def test_the_chronicle_tells_that_it_was_not_met() -> None:
    told = [row for run in range(20) for row in chronicle(esc.simulate(strait(), seed=1, run=run))]
    assert any(row.words == "Defender to challenger: ultimatum (order)." for row in told)
    unmet = {(row.words, row.front) for row in told if row.kind == "unmet"}
    words = "Challenger has not met the demand of defender, which is bound to act: limited-strike (order)."
    assert unmet == {(words, "defender-challenger")}


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"kind": "vow"}, "has no meaning for a vow; it is for: demand"),
        ({"rung": None}, "needs a rung: what the sender does if the demand is not met"),
        ({"sender": "c", "subject": "b"}, "'c' needs a front to one of the receivers, against whom it would act"),
        ({"or_else": 0.0}, "must be above 0"),
    ],
)
def test_what_is_not_allowed_is_said(how: dict[str, Any], said: str) -> None:
    row = {key: value for key, value in (ORDER | how).items() if value is not None}
    with pytest.raises(ScenarioError, match=said) as caught:
        crisis_of(signals={"order": row})
    assert "signals.order.or_else" in str(caught.value)
