"""What the timeline has an actor do answers what it has suffered, as an act that it chooses does."""

from __future__ import annotations

import math
from typing import Any

import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.dynamics.roles import STANDING

ANSWERS = {"scheduled_answers": True, "injury_half_life": 1e9, "pressure_half_life": 1e9}
KILLING: dict[str, Any] = {
    "kind": "provocation",
    "date": 3,
    "victims": [{"actor": "a", "severity": 0.8}],
    "suspects": [{"actors": ["b"], "prior": 3.0}],
    "other": {"prior": 1.0},
}
REPRISAL: dict[str, Any] = {
    "kind": "provocation",
    "date": 5,
    "victims": [{"actor": "b", "severity": 0.4}],
    "suspects": [{"actors": ["a"]}],
    "other": {"prior": 0.0},
}


def by(severity: float) -> dict[str, Any]:
    return {"victims": [{"actor": "b", "severity": severity}]}


def play_of(*, fronts: str = "a-b", rules: dict[str, Any] | None = None, **tables: Any) -> Play:
    events = {"killing": KILLING, "reprisal": REPRISAL} | tables.pop("events", {})
    return Play(crisis_of(fronts, events=events, rules=ANSWERS | (rules or {}), **tables))


@pytest.mark.parametrize(("answers", "level"), [(True, 0.8 - 0.75 * 0.4), (False, 0.8)])
def test_an_act_of_the_timeline_discharges_what_its_author_suffered_as_far_as_its_victim_is_blamed(
    answers: bool, level: float
) -> None:
    play = play_of(rules={"scheduled_answers": answers}).quiet(4)
    assert play.incident("killing").level == pytest.approx(0.8)
    play.quiet(1)
    assert play.incident("killing").level == pytest.approx(level)
    assert play.incident("reprisal").level == pytest.approx(0.4)  # what it did is for b to answer


def test_it_discharges_what_the_same_act_chosen_would() -> None:
    scheduled = play_of().quiet(5)
    chosen = Play(crisis_of(events={"killing": KILLING}, rules=ANSWERS)).quiet(4).period({"a-b": "display"})
    assert scheduled.incident("killing").level == chosen.incident("killing").level


@pytest.mark.parametrize("first", ["killing", "reprisal"])
@pytest.mark.parametrize(("period", "later", "level"), [(1.0, 3.0, 0.8), (1.0, 3.4, 0.5), (7.0, 5.0, 0.5)])
def test_it_answers_what_was_done_on_earlier_days_in_whatever_order_the_two_are_listed(
    first: str, period: float, later: float, level: float
) -> None:
    """A day 3.4 falls in the period of day 3; a period of seven days holds days 3 and 5."""
    both = {"killing": KILLING, "reprisal": {**REPRISAL, "date": later}}
    play = Play(crisis_of(events={first: both[first]} | both, rules=ANSWERS, period=period)).quiet(
        round(4 / period) + 1
    )
    assert play.incident("killing").level == pytest.approx(level)
    assert play.incident("reprisal").level == pytest.approx(0.4)


def test_a_blow_on_the_first_day_is_answered_on_the_next() -> None:
    events = {"killing": {**KILLING, "date": 0}, "reprisal": {**REPRISAL, "date": 1}}
    play = play_of(events=events).quiet(1)
    assert play.incident("killing").level == pytest.approx(0.5)


def test_the_decision_that_is_awaited_falls_all_the_same() -> None:
    play = play_of(rules={"deliberations": "one"}, actors={"a": {"response_delay": 30.0}}).quiet(4)
    due = play.front("a-b").due
    assert play.quiet(1).front("a-b").due == due < math.inf


@pytest.mark.parametrize(
    ("suspects", "other", "share"),
    [
        ([{"actors": ["a"]}], 0.0, 1.0),
        ([{"actors": ["a"]}, {"actors": ["a", "c"]}], 0.0, 1.0),  # either holds it to be one of them
        ([{"actors": ["a"]}, {"actors": ["c"]}], 0.0, 0.5),
        ([{"actors": ["a"]}], 3.0, 0.25),
        ([{"actors": ["a"], "prior": 0.0}, {"actors": ["c"]}], 0.0, 0.0),
        ([{"actors": ["a"]}, {"actors": ["c"], "prior": 0.0}], 0.0, 1.0),
        ([{"actors": ["c"]}], 0.0, 0.0),
    ],
)
def test_an_act_answers_as_far_as_an_actor_is_held_to_have_done_it(
    suspects: list[dict[str, Any]], other: float, share: float
) -> None:
    act = {**REPRISAL, "suspects": suspects, "other": {"prior": other}}
    play = play_of(fronts="a-b c-b", events={"reprisal": act}).quiet(5)
    assert play.incident("killing").level == pytest.approx(0.8 - share * 0.75 * 0.4)


def test_an_act_against_several_answers_once_by_the_one_who_is_blamed_most() -> None:
    killing = {
        **KILLING,
        "suspects": [{"actors": ["b"], "prior": 2.0}, {"actors": ["b", "c"], "prior": 1.0}],
    }  # blame 3/4 for b, 1/4 for c
    victims = [{"actor": "c", "severity": 0.6}, {"actor": "b", "severity": 0.4}]
    events = {"killing": killing, "reprisal": {**REPRISAL, "victims": victims}}
    play = play_of(fronts="a-b a-c", events=events).quiet(5)
    assert play.incident("killing").level == pytest.approx(0.8 - 0.75 * 0.4)


@pytest.mark.parametrize(
    ("act", "rules", "left"),
    [
        ({"rung": "threat"}, {"threat_relief": 0.5}, 0.8 - 0.75 * 0.1),  # half of the rung's .2
        ({"rung": "limited-strike"}, {}, 0.8 - 0.75 * 0.6),
        (by(0.3), {"threat_relief": 0.5}, 0.8 - 0.75 * 0.25),  # halfway between a threat's .1 and a display's .4
        (by(0.1), {"threat_relief": 0.5}, 0.8 - 0.75 * 0.05),  # halfway between nothing and a threat
        (by(0.2), {"threat_relief": 0.0}, 0.8),
        (by(0.65), {"threat_relief": 0.5}, 0.8 - 0.75 * 0.65),
        (by(1.0), {}, 0.8 - 0.75 * 1.0),
        ({"publicity": 0.5}, {"covert_acts": "declared", "covert_discount": 0.4}, 0.8 - 0.75 * 0.4 * 0.8),
        ({"publicity": 0.5}, {"covert_acts": "everywhere", "covert_discount": 0.4}, 0.8 - 0.75 * 0.4),
        ({"occurred": 0.0}, {}, 0.8),
    ],
)
def test_how_much_an_act_answers(act: dict[str, Any], rules: dict[str, Any], left: float) -> None:
    play = play_of(events={"reprisal": {**REPRISAL, **act}}, rules=rules).quiet(5)
    assert play.incident("killing").level == pytest.approx(left)


def test_it_answers_an_open_act_that_was_chosen() -> None:
    play = play_of(events={"killing": {**KILLING, "occurred": 0.0}}).quiet(3).period({"b-a": "major-strike"})
    assert play.front("a-b").injury == pytest.approx(0.8)
    play.quiet(1)
    assert play.front("a-b").injury == pytest.approx(0.4)


@pytest.mark.parametrize(("severity", "level"), [(0.4, 0.8), (0.5, 0.8 - 0.75 * 0.5)])
def test_what_goes_on_every_day_answers_nothing(severity: float, level: float) -> None:
    reprisal = {**REPRISAL, "victims": [{"actor": "b", "severity": severity}]}
    play = play_of(front={"a-b": {"baseline": "display"}}, events={"reprisal": reprisal}).quiet(5)
    assert play.incident("killing").level == pytest.approx(level)


def test_where_the_two_are_at_war_nothing_is_answered() -> None:
    play = play_of().quiet(4)
    play.front("a-b").at_war = 1
    play.open()
    assert play.incident("killing").level == pytest.approx(0.8)


def test_whoever_does_not_face_the_victim_answers_nothing() -> None:
    reprisal = {**REPRISAL, "victims": [{"actor": "c", "severity": 0.4}]}
    play = play_of(fronts="a-b c-b", events={"reprisal": reprisal}).quiet(5)
    assert play.incident("killing").level == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("act", "stands"),
    [
        (by(0.51), False),  # less than half a rung below the limited strike vowed
        (by(0.5), True),
        (by(0.8) | {"publicity": 0.5}, True),  # not done openly
        (by(0.8) | {"suspects": [{"actors": ["a"]}, {"actors": ["c"]}]}, True),  # half held to be another's
        (by(0.8) | {"date": 1}, True),  # in the period in which it was made
        ({"rung": "limited-strike"}, False),
        ({"rung": "display"}, True),
    ],
)
def test_it_fulfils_a_vow_that_it_reaches_and_that_is_no_result(act: dict[str, Any], stands: bool) -> None:
    vow = {"kind": "vow", "date": 1, "sender": "a", "receivers": ["b"], "rung": "limited-strike", "due": 50}
    play = play_of(signals={"vow": vow}, events={"reprisal": {**REPRISAL, **act}}).quiet(5)
    assert (play.front("a-b").vow_standing == STANDING) is stands
    assert play.actor("a").vows_kept == 0


def test_an_accident_answers_nothing() -> None:
    crash = {"kind": "accident", "date": 5, "actor": "a", "victims": [{"actor": "b", "severity": 0.4}], "blame": 1.0}
    play = play_of(events={"reprisal": crash}).quiet(5)
    assert play.incident("killing").level == pytest.approx(0.8)


def test_whoever_has_answered_strikes_less() -> None:
    """Paired runs: a false alarm comes in fewer than one of ten thousand (four standard errors)."""
    data = crisis_of(events={"killing": KILLING, "reprisal": REPRISAL}, as_of=6).to_dict()
    del data["rules"]

    def strikes(answers: bool) -> Any:
        scenario = esc.Scenario.from_dict({**data, "rules": {"scheduled_answers": answers}})
        study = esc.run(scenario, runs=2_000, seed=1, progress=False)
        return study.occurs("rung:limited-strike", actor="a").astype(float)

    gap = strikes(False) - strikes(True)
    assert gap.mean() > 4.0 * gap.std() / math.sqrt(len(gap))


@pytest.mark.parametrize(
    ("killing", "rules", "bound"),
    [
        ({"victims": [{"actor": "a", "severity": 0.35}], "other": {"prior": 0.0}}, {}, True),  # nearly a display
        ({"victims": [{"actor": "a", "severity": 0.3}], "other": {"prior": 0.0}}, {}, False),
        ({"victims": [{"actor": "a", "severity": 0.35}]}, {}, True),  # a quarter holds that it was another
        ({"other": {"prior": 3.0}}, {}, False),  # half of the evidence
        ({"rung": "display", "suspects": [{"actors": ["b"]}], "other": {"prior": 1.0}}, {}, False),
        ({"rung": "display", "suspects": [{"actors": ["b"]}], "other": {"prior": 0.0}}, {}, True),
        ({"rung": "threat", "suspects": [{"actors": ["b"]}]}, {}, False),
        ({"publicity": 0.3}, {}, False),  # hardly anybody saw it
        ({"suspects": [{"actors": ["b"]}, {"actors": ["c"], "prior": 2.0}]}, {}, False),  # more likely it was c
        ({"date": 22}, {}, False),  # the threat has lapsed
        ({"date": 1}, {}, False),  # what had been done before it was made
        ({}, {"scheduled_answers": False}, False),
    ],
)
def test_it_crosses_a_threat_by_its_victim(killing: dict[str, Any], rules: dict[str, Any], bound: bool) -> None:
    threat = {"kind": "threat", "date": 1, "sender": "a", "receivers": ["b"], "rung": "major-strike", "due": 20.0}
    events = {"killing": {**KILLING, **killing}}
    play = Play(crisis_of("a-b c-b", signals={"threat": threat}, events=events, rules=ANSWERS | rules)).quiet(23)
    assert (play.front("a-b").vow_by != -1) is bound
    if bound:
        assert play.front("a-b").vow == 0.8
        assert play.front("a-b").vow_made == 3.0


@pytest.mark.parametrize(("act", "ends"), [(by(0.6), True), (by(0.3), False), ({"rung": "limited-strike"}, True)])
def test_it_carries_out_an_ultimatum(act: dict[str, Any], ends: bool) -> None:
    said = {"kind": "demand", "date": 1, "sender": "a", "receivers": ["b"], "rung": "limited-strike"}
    signals = {"said": {**said, "due": 5.0, "or_else": 6.0}}
    events = {"reprisal": {**REPRISAL, **act, "date": 4}}
    play = play_of(signals=signals, events=events, rules={"conciliation": True}).quiet(3)
    assert play.front("b-a").ultimatum != -1
    assert (play.quiet(1).front("b-a").ultimatum == -1) is ends
    assert (play.quiet(4).front("a-b").vow_standing == 0) is ends


@pytest.mark.parametrize("first", ["killing", "reprisal"])
@pytest.mark.parametrize(("vow", "left"), [("major-strike", 0.6), (None, 0.6)])
def test_what_one_date_brings_does_not_depend_on_the_order_of_the_file(
    first: str, vow: str | None, left: float
) -> None:
    """b crosses a's threat, and on the same date a carries out its vow: the vow of the threat is new, and stands."""
    said = {"sender": "a", "receivers": ["b"], "due": 20.0}
    signals = {"threat": {**said, "kind": "threat", "date": 1, "rung": "limited-strike", "trigger": "display"}}
    if vow is not None:
        signals["vow"] = {**said, "kind": "vow", "date": 1, "rung": vow}
    both = {"killing": KILLING, "reprisal": {**REPRISAL, **by(0.8), "date": 3}}
    play = Play(crisis_of(signals=signals, events={first: both[first]} | both, rules=ANSWERS)).quiet(3)
    assert play.front("a-b").vow_standing == STANDING
    assert play.front("a-b").vow == left
    assert play.front("a-b").vow_made == 3.0


@pytest.mark.parametrize("rung", [None, "major-strike"])
def test_a_rung_is_of_the_act_toward_whom_it_was_meant_for_alone(rung: str | None) -> None:
    """c, hurt a little by an act that was meant for b, is answered a little for what it has done."""
    killing = {**KILLING, "suspects": [{"actors": ["c"]}], "other": {"prior": 0.0}}
    act = {**REPRISAL, "victims": [{"actor": "b", "severity": 0.8}, {"actor": "c", "severity": 0.1}], "rung": rung}
    play = play_of(fronts="a-b a-c", events={"killing": killing, "reprisal": act}).quiet(5)
    assert play.incident("killing").level == pytest.approx(0.7)
