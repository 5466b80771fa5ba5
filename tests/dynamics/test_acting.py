from __future__ import annotations

from typing import Any

import pytest
from crises import Play, crisis_of

from escalation.dynamics.acting import (
    act_terms,
    available,
    injury_left,
    net_destruction,
    net_gain,
    net_intensity,
    open_injury,
    sum_of_terms,
)
from escalation.dynamics.attribution import weigh_evidence
from escalation.dynamics.roles import OVERDUE, STANDING


def terms_of(play: Play, front: str, act: str, observer: str | None = None) -> dict[str, float]:
    seen_by = play.i(observer or front.split("-", maxsplit=1)[0])
    return act_terms(play.crisis, play.f(front), play.o(act), seen_by)._asdict()


def left_by_acts(play: Play, front: str) -> list[float]:
    """Injury that each act leaves unanswered."""
    return [injury_left(play.crisis, play.f(front), o) for o in range(len(play.crisis.options))]


def test_what_is_below_ongoing_hostilities_is_not_on_offer() -> None:
    play = Play(crisis_of(front={"a-b": {"baseline": "limited-strike"}}))
    offered = [name for o, name in enumerate(play.lowered.option_names) if available(play.crisis, play.f("a-b"), o)]
    assert offered == ["restraint", "major-strike", "war"]
    o, f = play.o("major-strike"), play.f("a-b")
    assert net_intensity(play.crisis, f, o) == pytest.approx(0.8 - 0.6)
    assert net_gain(play.crisis, f, o) == pytest.approx(0.45 - 0.20)
    assert net_destruction(play.crisis, f, o) == pytest.approx(0.30 - 0.10)
    assert net_intensity(play.crisis, f, 0) == net_gain(play.crisis, f, 0) == net_destruction(play.crisis, f, 0) == 0.0


def test_belligerence_costs_less_under_pressure_and_more_under_mediation() -> None:
    play = Play(crisis_of(actors={"a": {"belligerence_cost": 0.5, "domestic_pressure": 0.2}})).at(4)
    assert terms_of(play, "a-b", "limited-strike")["belligerence"] == pytest.approx(-0.5 * 0.8 * 0.6)
    assert terms_of(play, "a-b", "restraint")["belligerence"] == 0.0
    front = play.front("a-b")
    front.mediation, front.mediation_until = 0.3, 4.0
    assert terms_of(play, "a-b", "limited-strike")["belligerence"] == pytest.approx(-(0.4 + 0.3) * 0.6)
    front.mediation_until = 3.9
    assert terms_of(play, "a-b", "limited-strike")["belligerence"] == pytest.approx(-0.4 * 0.6)


@pytest.mark.parametrize(
    ("baseline", "act", "added"),
    [
        (None, "limited-strike", 0.6 * 0.3),
        (None, "major-strike", 0.8),
        ("limited-strike", "major-strike", 0.8 - 0.6 * 0.3),
        ("display", "major-strike", 0.8 - 0.4),
        ("display", "limited-strike", 0.0),  # limited force is felt less than the display that goes on
        ("limited-strike", "restraint", 0.0),
    ],
)
def test_an_act_costs_at_home_what_the_public_feels_beyond_ongoing_hostilities(
    baseline: str | None, act: str, added: float
) -> None:
    front = {"a-b": {"baseline": baseline} if baseline else {}}
    actors = {"a": {"belligerence_cost": 0.5, "domestic_pressure": 0.2}}
    play = Play(crisis_of(front=front, actors=actors, rules={"limited_force_discount": 0.7})).at(4)
    assert terms_of(play, "a-b", act)["belligerence"] == pytest.approx(-0.5 * 0.8 * added)


def test_what_is_done_covertly_costs_less_at_home() -> None:
    play = Play(crisis_of(actors={"a": {"belligerence_cost": 0.5, "domestic_pressure": 0.0}}))
    play.rules.covert_discount = 0.5
    term = terms_of(play, "a-b", "limited-strike (covert)")["belligerence"]
    assert term == pytest.approx(-0.5 * 0.6 * 0.5)


@pytest.mark.parametrize(
    ("standing", "now", "act", "short"),
    [
        (STANDING, 7, "restraint", 0.5 * 0.8),
        (STANDING, 7, "limited-strike", 0.5 * 0.2),
        (STANDING, 7, "limited-strike (covert)", 0.5 * 0.8),
        (STANDING, 7, "war", 0.0),
        (STANDING, 1, "restraint", 0.0),
        (STANDING, 12, "restraint", 0.8),
        (OVERDUE, 30, "restraint", 0.8),
        (0, 7, "restraint", 0.0),
    ],
)
def test_falling_short_of_a_vow_costs_an_audience(standing: int, now: int, act: str, short: float) -> None:
    play = Play(crisis_of(actors={"a": {"audience_cost": 1.5}})).at(now)
    front = play.front("a-b")
    front.vow, front.vow_made, front.vow_due, front.vow_publicity = 0.8, 2.0, 12.0, 0.5
    front.vow_standing = standing
    assert terms_of(play, "a-b", act)["audience"] == pytest.approx(-1.5 * 0.5 * short)


def test_spoiler_bait_and_first_strike() -> None:
    row = {"spoiler": 0.3, "motive": 0.5, "first_strike_advantage": 0.4, "fear": 0.25}
    play = Play(crisis_of(front={"a-b": row}, rules={"bait": 0.6}))
    strike, major = terms_of(play, "a-b", "limited-strike"), terms_of(play, "a-b", "major-strike")
    assert strike["spoiler"] == pytest.approx(0.3 * 0.6)
    assert strike["bait"] == pytest.approx(-0.6 * 0.5 * 0.6)
    assert strike["first_strike"] == 0.0
    assert major["first_strike"] == pytest.approx(0.4 * 0.25)


def test_yielding_to_a_demand_costs_face_while_it_stands() -> None:
    play = Play(crisis_of(rules={"face": 0.4})).at(5)
    play.front("a-b").demand_until, play.front("a-b").demand_publicity = 5.0, 1.0
    assert terms_of(play, "a-b", "restraint")["face"] == pytest.approx(-0.4)
    assert terms_of(play, "a-b", "threat")["face"] == 0.0
    assert terms_of(play.at(6), "a-b", "restraint")["face"] == 0.0


def test_a_patron_holds_its_protege_back() -> None:
    pact = {"patron": "c", "protege": "a", "adversary": "b", "strength": 0.5}
    play = Play(crisis_of(commitments={"one": pact, "two": {**pact, "strength": 0.25}}, rules={"leash": 0.4}))
    assert terms_of(play, "a-b", "limited-strike")["leash"] == pytest.approx(-0.4 * 0.75 * 0.6)
    assert terms_of(play, "b-a", "limited-strike")["leash"] == 0.0


def test_a_patron_that_has_pledged_help_whatever_happens_cannot_hold_its_protege_back() -> None:
    pact = {"patron": "c", "protege": "a", "adversary": "b", "strength": 0.5}
    pledges = {"whatever": pact, "if-attacked": {**pact, "strength": 0.25, "conditional": True}}
    play = Play(crisis_of(commitments=pledges, rules={"leash": 0.4, "leash_holds": "on-condition"}))
    assert terms_of(play, "a-b", "limited-strike")["leash"] == pytest.approx(-0.4 * 0.25 * 0.6)


def test_a_patron_holds_back_from_force_alone_where_force_is_what_forfeits_its_help() -> None:
    pact = {"patron": "c", "protege": "a", "adversary": "b", "strength": 0.5, "conditional": True}
    for holds, held in (("on-condition", 0.0), ("always", -0.4 * 0.5)):
        play = Play(crisis_of(commitments={"pact": pact}, rules={"leash": 0.4, "leash_holds": holds}))
        for act, g in (("threat", 0.2), ("display", 0.4)):
            assert terms_of(play, "a-b", act)["leash"] == pytest.approx(held * g)
        for act, g in (("limited-strike (covert)", 0.6), ("limited-strike", 0.6), ("major-strike", 0.8), ("war", 1.0)):
            assert terms_of(play, "a-b", act)["leash"] == pytest.approx(-0.4 * 0.5 * g)


@pytest.mark.parametrize("before", [False, True])
def test_a_patron_holds_back_no_longer_once_the_adversary_has_used_force(before: bool) -> None:
    pact = {"patron": "c", "protege": "a", "adversary": "b", "conditional": True}
    front = {"a-b": {}, "b-a": {"struck_first": before}}
    play = Play(crisis_of(commitments={"pact": pact}, rules={"leash_holds": "on-condition"}, front=front))
    assert (terms_of(play, "a-b", "limited-strike")["leash"] < 0.0) is not before
    play.front("b-a").used_force = 1
    assert terms_of(play, "a-b", "limited-strike")["leash"] == 0.0


def deterred(**row: Any) -> Play:
    pact = {"patron": "c", "protege": "b", "adversary": "a", "credence": {"mean": 0.5}, **row}
    return Play(crisis_of(commitments={"pact": pact}, rules={"patron_reply": 0.8}, front={"a-b": {"stake": 2.0}}))


def test_a_targets_patron_is_expected_to_reply() -> None:
    play = deterred()
    strike = terms_of(play, "a-b", "limited-strike")
    assert strike["patrons"] == pytest.approx(-0.8 * 0.5 * 2.0 * 0.20)
    assert strike["war_share"] == pytest.approx(0.8 * 0.5 * 0.10)
    for act in ("restraint", "display", "limited-strike (covert)"):
        assert terms_of(play, "a-b", act)["patrons"] == 0.0, act
    assert terms_of(play, "b-a", "war")["patrons"] == 0.0


def test_no_reply_is_expected_of_a_patron_that_has_joined_or_whose_pledge_has_lapsed() -> None:
    play = deterred(conditional=True)
    assert terms_of(play, "a-b", "war")["patrons"] < 0.0
    play.front("b-a").struck_first = 1
    assert terms_of(play, "a-b", "war")["patrons"] == 0.0
    play = deterred()
    play.front("b-a").struck_first = 1
    assert terms_of(play, "a-b", "war")["patrons"] < 0.0
    play.pledge("pact:a").joined = 1
    assert terms_of(play, "a-b", "war")["patrons"] == 0.0


def test_a_hidden_pledge_deters_nobody_not_even_in_the_eyes_of_its_protege() -> None:
    play = deterred(public=False)
    assert terms_of(play, "a-b", "war")["patrons"] == 0.0
    assert terms_of(play, "a-b", "war", observer="b")["patrons"] == 0.0
    play.pledge("pact:a").known = 1
    assert terms_of(play, "a-b", "war", observer="b")["patrons"] == pytest.approx(-0.8 * 0.5 * 2.0 * 0.70)


KILLING = {
    "killing": {
        "kind": "provocation",
        "date": 1,
        "victims": [{"actor": "a", "severity": 0.8}],
        "suspects": [{"actors": ["b"], "likelihood": 3.0}, {"actors": ["b", "c"], "likelihood": 1.0}],
        "other": {"prior": 1.0},
    }
}


def test_the_injury_left_is_the_gravest_of_all_that_are_open() -> None:
    play = Play(crisis_of("a-b a-c", events=KILLING))
    play.front("a-b").injury = 0.5
    weigh_evidence(play.crisis, 0)
    play.suffer("killing", 0.8)
    left = left_by_acts(play, "a-b")
    # restraint: .8·.8 against .5; threat .2: .8·.6 against .3; and so on
    assert left[:6] == pytest.approx([0.64, 0.48, 0.32, 0.16, 0.0, 0.0])
    assert open_injury(play.crisis, play.f("a-b")) == pytest.approx(0.64)
    play.front("a-b").injury = 0.7
    assert open_injury(play.crisis, play.f("a-b")) == pytest.approx(0.7)
    assert left_by_acts(play, "a-c")[0] == pytest.approx(0.2 * 0.8)


def test_what_nobody_admits_weighs_less() -> None:
    play = Play(crisis_of("a-b a-c", events=KILLING))
    weigh_evidence(play.crisis, 0)
    play.suffer("killing", 0.8)
    play.incident("killing").publicity = 0.5
    play.rules.covert_discount = 0.5
    assert open_injury(play.crisis, play.f("a-b")) == pytest.approx(0.8 * 0.75 * 0.8)


def test_ongoing_hostilities_answer_what_is_not_above_them() -> None:
    play = Play(crisis_of("a-b", events=KILLING, front={"a-b": {"baseline": "limited-strike"}}))
    play.front("a-b").injury = 0.8
    assert open_injury(play.crisis, play.f("a-b")) == pytest.approx(0.2)
    left = left_by_acts(play, "a-b")
    assert left[play.o("restraint")] == pytest.approx(0.2)
    assert left[play.o("display")] == pytest.approx(0.2)  # what is below them answers no more than they do
    assert left[play.o("major-strike")] == left[play.o("war")] == 0.0


def test_the_terms_add_up_without_the_share_of_the_cost_of_war() -> None:
    play = Play(crisis_of("a-b c-b", commitments={"pact": {"patron": "c", "protege": "b", "adversary": "a"}}))
    play.rules.destruction_priced = 0
    terms = act_terms(play.crisis, play.f("a-b"), play.o("major-strike"), play.i("a"))
    assert terms.war_share > 0.0
    assert sum_of_terms(terms) == pytest.approx(sum(terms) - terms.war_share, abs=1e-15)
