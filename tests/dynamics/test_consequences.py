from __future__ import annotations

import math
from typing import Any

import pytest
from crises import Play, crisis_of

from escalation.dynamics.consequences import accidents_happen, likelihoods
from escalation.dynamics.decision import note_choice
from escalation.dynamics.roles import BY_ACCIDENT, BY_BRINKMANSHIP, BY_CHOICE, OVERDUE, STANDING
from escalation.dynamics.utility import weigh

CALM = {"brinkmanship_scale": 0.0, "accident_hazard": 0.0, "pressure_gain": 0.4, "covert_discount": 0.5}


def play_of(fronts: str = "a-b", run: int = 0, **tables: Any) -> Play:
    rules = CALM | tables.pop("rules", {})
    return Play(crisis_of(fronts, rules=rules, **tables), run=run)


# ------------------------------------------------------------------------------------------ the act itself


def test_an_act_is_entered_once_for_each_rung_up_to_it() -> None:
    play = play_of()
    play.quiet(2).period({"a-b": "limited-strike"}).period({"a-b": "war"})
    assert play.crisis.crossed[play.f("a-b")] == [0, 3, 3, 3, 4, 4]
    assert play.crisis.crossed[play.f("b-a")] == [0, -1, -1, -1, -1, 4]  # it came to war, and chose nothing
    assert play.clock.last_act == 4.0


def test_restraint_leaves_no_trace_but_that_it_was_chosen() -> None:
    play = play_of().quiet(2)
    last_act = play.clock.last_act
    play.front("a-b").injury = 0.5
    play.period({"a-b": "restraint"})
    assert play.crisis.crossed[play.f("a-b")] == [0, -1, -1, -1, -1, -1]
    assert play.clock.last_act == last_act
    assert play.front("a-b").injury > 0.49
    assert play.front("a-b").last_seen == 3.0


@pytest.mark.parametrize(
    ("act", "alert", "force", "rested"),
    [("threat", 0, 0, 0), ("display", 1, 0, 0), ("limited-strike", 1, 1, 1), ("limited-strike (covert)", 1, 1, 1)],
)
def test_what_an_act_counts_as(act: str, alert: int, force: int, rested: int) -> None:
    play = play_of().quiet(2).period({"a-b": act})
    front = play.front("a-b")
    assert (front.last_alert == 3.0) is bool(alert)
    assert (front.last_force == 3.0) is bool(force)
    assert (front.used_force, front.rested) == (force, rested)
    assert front.force_intensity == (0.6 if force else 0.0)
    covert = act.endswith("(covert)")
    assert front.last_open_option == (0 if covert else play.o(act))
    assert front.last_open_day == (0.0 if covert else 3.0)


def test_who_uses_force_where_nobody_has_strikes_first() -> None:
    play = play_of().period({"a-b": "limited-strike"}).period({"b-a": "limited-strike"})
    assert (play.front("a-b").struck_first, play.front("b-a").struck_first) == (1, 0)


def test_both_strike_first_who_strike_in_the_same_period() -> None:
    play = play_of().period({"a-b": "limited-strike", "b-a": "limited-strike"})
    assert (play.front("a-b").struck_first, play.front("b-a").struck_first) == (1, 1)


@pytest.mark.parametrize(("first", "second"), [("a-b", "b-a"), ("b-a", "a-b")])
def test_who_answers_force_has_not_struck_first_whatever_the_order_of_the_fronts(first: str, second: str) -> None:
    both = {first: "limited-strike", second: "limited-strike"}
    play = play_of().period({first: "limited-strike"}).period(both)
    assert (play.front(first).struck_first, play.front(second).struck_first) == (1, 0)


# -------------------------------------------------------------------------------- accounts and injuries


def test_an_act_injures_its_target_and_discharges_its_actor() -> None:
    killing = {
        "kind": "provocation",
        "date": 1,
        "victims": [{"actor": "a", "severity": 0.7}],
        "suspects": [{"actors": ["b"]}],
        "other": {"prior": 1.0},
    }
    play = play_of(events={"killing": killing}, rules={"injury_half_life": 1e9}).quiet(1)
    play.front("a-b").injury = 0.8
    play.period({"a-b": "limited-strike"})
    assert play.front("a-b").injury == pytest.approx(0.2)
    assert play.incident("killing").level == pytest.approx(0.7 - 0.5 * 0.6)
    assert play.front("b-a").injury == 0.6
    assert not math.isinf(play.front("b-a").due)


@pytest.mark.parametrize(("baseline", "level"), [("restraint", 0.5 * 0.8), ("limited-strike", 0.6 + 0.5 * 0.2)])
def test_an_act_injures_by_a_share_of_what_it_adds_to_ongoing_hostilities(baseline: str, level: float) -> None:
    front = {"a-b": {"baseline": baseline}, "b-a": {}}
    play = play_of(rules={"act_injury": 0.5}, front=front).period({"a-b": "major-strike"})
    assert play.front("b-a").injury == pytest.approx(level)


def test_acts_of_one_period_do_not_answer_each_other() -> None:
    play = play_of().period({"a-b": "limited-strike", "b-a": "major-strike"})
    assert (play.front("a-b").injury, play.front("b-a").injury) == (0.8, 0.6)


def test_a_lesser_act_does_not_heal_a_graver_one() -> None:
    play = play_of(rules={"injury_half_life": 1e9}).period({"a-b": "major-strike"}).period({"a-b": "threat"})
    assert play.front("b-a").injury == pytest.approx(0.8)


def test_suffering_raises_pressure_by_what_is_above_hostilities() -> None:
    play = play_of(actors={"b": {"domestic_pressure": 0.2}}, front={"a-b": {"baseline": "limited-strike"}}).period(
        {"a-b": "major-strike"}
    )
    assert play.actor("b").pressure == pytest.approx(0.2 + 0.8 * 0.4 * 0.2)


def test_a_mere_threat_prompts_nobody() -> None:
    play = play_of().period({"a-b": "threat"})
    assert play.front("b-a").injury == 0.2
    assert math.isinf(play.front("b-a").due)


def test_a_covert_act_injures_by_the_same_share() -> None:
    play = play_of(rules={"act_injury": 0.5}).period({"a-b": "limited-strike (covert)"})
    assert play.crisis.incidents[play.covert("a-b")].level == pytest.approx(0.5 * 0.6)


def test_a_covert_act_is_laid_at_several_doors_and_felt_less() -> None:
    play = play_of("a-b c-b", actors={"b": {"domestic_pressure": 0.0}}, rules={"covert_detection": 3.0})
    play.period({"a-b": "limited-strike (covert)"})
    n = play.covert("a-b")
    assert play.crisis.incidents[n].level == 0.6
    assert play.crisis.blame[n] == pytest.approx([3 / 5, 0.0, 1 / 5])
    assert play.front("b-a").injury == 0.0
    assert play.actor("b").pressure == pytest.approx(0.4 * 0.5 * 0.6)
    # felt: 3/5·.5·.6 = .18 from a, at least half a rung (.1); .06 from c
    assert not math.isinf(play.front("b-a").due)
    assert math.isinf(play.front("b-c").due)


# --------------------------------------------------------------------------------------- vows and threats


@pytest.mark.parametrize(
    ("act", "standing", "kept"),
    [
        ("major-strike", STANDING, 1),
        ("limited-strike", STANDING, 1),
        ("display", STANDING, 0),
        ("limited-strike (covert)", STANDING, 0),
        ("limited-strike", OVERDUE, 0),
    ],
)
def test_a_vow_is_kept_by_an_open_act_as_high(act: str, standing: int, kept: int) -> None:
    play = play_of()
    front = play.front("a-b")
    front.vow, front.vow_due, front.vow_publicity, front.vow_standing = 0.6, 30.0, 1.0, standing
    play.period({"a-b": act})
    assert play.actor("a").vows_kept == kept
    fulfilled = act in ("major-strike", "limited-strike")
    assert front.vow_standing == (0 if fulfilled else standing)


@pytest.mark.parametrize(
    ("act", "day", "crossed"),
    [
        ("limited-strike", 5, True),
        ("display", 5, False),
        ("limited-strike (covert)", 5, False),
        ("limited-strike", 11, False),
    ],
)
def test_a_threat_becomes_a_vow_when_it_is_crossed(act: str, day: int, crossed: bool) -> None:
    play = play_of().quiet(day - 1)
    front = play.front("b-a")
    front.threat, front.threat_trigger, front.threat_publicity, front.threat_due = 0.8, 0.6, 0.9, 7.0
    front.threat_until = 10.0
    play.period({"a-b": act})
    if crossed:
        vow = (front.vow, front.vow_made, front.vow_due, front.vow_publicity)
        assert vow == (0.8, float(day), day + 7.0, 0.9)
        assert front.threat_until < 0.0
    assert front.vow_standing == (STANDING if crossed else 0)


def test_a_threat_that_is_crossed_does_not_lower_a_vow_that_stands() -> None:
    play = play_of()
    front = play.front("b-a")
    front.threat, front.threat_trigger, front.threat_publicity, front.threat_due, front.threat_until = (
        0.6,
        0.6,
        0.0,
        7,
        9,
    )
    front.vow, front.vow_due, front.vow_publicity, front.vow_standing = 0.8, 30.0, 1.0, STANDING
    play.period({"a-b": "limited-strike"})
    assert (front.vow, front.vow_publicity) == (0.8, 1.0)


# ------------------------------------------------------------------------------------ what others learn


def learned(play: Play, prior: float, weight: float) -> float:
    if_resolute, if_irresolute = likelihoods(play.crisis, play.f("a-b"))
    mean = (if_resolute + if_irresolute) / 2.0
    one = weight * if_resolute + (1.0 - weight) * mean
    two = weight * if_irresolute + (1.0 - weight) * mean
    return prior * one / (prior * one + (1.0 - prior) * two)


def test_all_who_face_an_actor_learn_from_its_act() -> None:
    play = play_of("a-b a-c b-c", front={"b-a": {"resolve": 0.3}, "c-a": {"resolve": 0.6}, "b-c": {"resolve": 0.4}})
    play.period({"a-b": "limited-strike"})
    assert play.front("b-a").resolve == pytest.approx(learned(play, 0.3, 1.0))
    assert play.front("c-a").resolve == pytest.approx(learned(play, 0.6, 1.0))
    assert play.front("b-c").resolve == 0.4
    assert play.front("b-a").resolve != 0.3


@pytest.mark.parametrize("weight", [0.0, 0.4, 1.0])
def test_an_act_tells_as_much_as_acts_weigh(weight: float) -> None:
    play = play_of(front={"b-a": {"resolve": 0.3}}, rules={"public_act": weight}).period({"a-b": "limited-strike"})
    assert play.front("b-a").resolve == pytest.approx(learned(play, 0.3, weight))


def test_the_more_acts_weigh_the_farther_belief_in_resolve_moves() -> None:
    moved = []
    for weight in (0.0, 0.4, 1.0):
        play = play_of(front={"b-a": {"resolve": 0.3}}, rules={"public_act": weight}).period({"a-b": "limited-strike"})
        moved.append(abs(play.front("b-a").resolve - 0.3))
    assert moved[0] == 0.0
    assert 0.01 < moved[1] < moved[2]


def test_an_act_soon_after_another_tells_less() -> None:
    play = play_of(rules={"shock_persistence": 20.0}).period({"a-b": "display"})
    prior = play.front("b-a").resolve
    play.quiet(4).period({"a-b": "limited-strike"})
    weight = math.sqrt(1.0 - math.exp(-5.0 / 20.0))
    assert play.front("b-a").resolve == pytest.approx(learned(play, prior, weight))


@pytest.mark.parametrize("why", ["covert", "unprompted restraint"])
def test_what_nobody_sees_tells_nothing(why: str) -> None:
    play = play_of()
    act = "limited-strike (covert)" if why == "covert" else "restraint"
    play.open()
    weigh(play.crisis, 0)
    note_choice(play.crisis, 0, play.o(act))
    play.front("a-b").deciding = 2 if why == "covert" else 1
    play.close()
    assert play.front("b-a").resolve == 0.5
    assert math.isinf(play.front("a-b").last_seen)


def attacker_alarm(fear: float, strength: float, motive: float) -> float:
    attacker = strength / (1.0 + strength)
    defender = motive * attacker + (1.0 - motive) / (1.0 + strength)
    return fear * attacker / (fear * attacker + (1.0 - fear) * defender)


def test_a_display_alarms_less_where_it_may_be_fear() -> None:
    play = play_of(front={"a-b": {"fear": 0.3}, "b-a": {"fear": 0.2}}, rules={"mobilisation_strength": 4.0})
    play.period({"a-b": "display"})
    assert play.front("b-a").fear == pytest.approx(attacker_alarm(0.2, 4.0, 0.3))
    assert play.front("a-b").fear == 0.3


def test_both_are_alarmed_alike_who_mobilise_together() -> None:
    row = {"fear": 0.3}
    play = play_of(front={"a-b": row, "b-a": row}, rules={"mobilisation_strength": 4.0})
    play.period({"a-b": "display", "b-a": "display"})
    assert play.front("a-b").fear == play.front("b-a").fear == pytest.approx(attacker_alarm(0.3, 4.0, 0.3))


def test_a_hidden_display_alarms_nobody() -> None:
    rungs = [
        {"name": "calm", "intensity": 0.0, "gain": 0, "destruction": 0, "role": "restraint"},
        {"name": "show", "intensity": 0.4, "gain": 0.1, "destruction": 0.0, "role": "display", "covert": True},
        {"name": "hit", "intensity": 0.6, "gain": 0.2, "destruction": 0.1, "role": "force"},
        {"name": "war", "intensity": 1.0, "gain": 0.7, "destruction": 1.0, "role": "war"},
    ]
    ladder = {"name": "short", "rungs": rungs}
    for act, alarmed in (("show", True), ("show (covert)", False), ("hit", False)):
        play = play_of(ladder=ladder).period({"a-b": act})
        assert (play.front("b-a").fear != 0.1) is alarmed, act


# ---------------------------------------------------------------------------------- risks and patrons


PACT = {"pact": {"patron": "c", "protege": "b", "adversary": "a"}}


def test_a_war_that_is_chosen_comes_at_once_and_calls_both_sides_patrons() -> None:
    both = PACT | {"other": {"patron": "c", "protege": "a", "adversary": "b"}}
    play = play_of(commitments=both).period({"a-b": "war"})
    for front in ("a-b", "b-a"):
        state = play.front(front)
        assert (state.at_war, state.war_cause, state.war_period) == (1, BY_CHOICE, 1)
    assert [pledge.asked for pledge in play.crisis.pledges] == [1.0, 1.0]
    assert play.clock.escalated == 1


@pytest.mark.parametrize(("first", "second"), [("a-b", "b-a"), ("b-a", "a-b")])
def test_a_war_that_one_side_chose_was_chosen_whatever_the_order_of_the_fronts(first: str, second: str) -> None:
    play = play_of(rules={"brinkmanship_scale": 1e3}).period({first: "limited-strike", second: "war"})
    assert play.front("a-b").war_cause == play.front("b-a").war_cause == BY_CHOICE


def test_brinkmanship_is_drawn_against_the_others_latest_force() -> None:
    # hazard f0·exp(f1·5·(.6 + .8 − .8)) = .05·e^3 for f1 = 1
    rules = {"brinkmanship_scale": 0.05, "brinkmanship_slope": 1.0, "act_window": 10.0}
    runs, wars = 400, 0
    for run in range(runs):
        play = play_of(run=run, rules=rules).period({"b-a": "major-strike"}).quiet(5).period({"a-b": "limited-strike"})
        wars += play.front("a-b").war_cause == BY_BRINKMANSHIP
    expected = 1.0 - math.exp(-0.05 * math.exp(3.0))
    assert abs(wars - runs * expected) < 4.0 * math.sqrt(runs * expected * (1.0 - expected))


def test_stakes_raise_the_odds_of_war() -> None:
    # probability f = 1 − exp(−.05·e^3) = .634 at odds 1.73, and half of these: (1 · 1/4)^(1/2)
    rules = {"brinkmanship_scale": 0.05, "brinkmanship_slope": 1.0, "act_window": 10.0, "brinkmanship_stakes": 1.0}
    front = {"a-b": {"stake": 1.0}, "b-a": {"stake": 0.25}}
    runs, wars = 400, 0
    for run in range(runs):
        play = play_of(run=run, rules=rules, front=front)
        play.period({"b-a": "major-strike"}).quiet(5).period({"a-b": "limited-strike"})
        wars += play.front("a-b").war_cause == BY_BRINKMANSHIP
    odds = 0.5 * (math.exp(0.05 * math.exp(3.0)) - 1.0)
    expected = odds / (1.0 + odds)
    assert abs(wars - runs * expected) < 4.0 * math.sqrt(runs * expected * (1.0 - expected))


@pytest.mark.parametrize("why", ["alone", "too late", "no force"])
def test_no_risk_is_run_without_force_on_both_sides(why: str) -> None:
    play = play_of(rules={"brinkmanship_scale": 1e3, "act_window": 3.0})
    if why == "too late":
        play.period({"b-a": "major-strike"}).quiet(3)
    if why == "no force":
        play.period({"b-a": "display"})
    play.period({"a-b": "limited-strike"})
    assert play.front("a-b").at_war == 0


@pytest.mark.parametrize(
    ("act", "asked"), [("limited-strike", 0.6), ("limited-strike (covert)", -1.0), ("display", -1.0)]
)
def test_an_open_act_calls_on_its_targets_patrons(act: str, asked: float) -> None:
    play = play_of(commitments=PACT).period({"a-b": act})
    assert play.pledge("pact:a").asked == asked


@pytest.mark.parametrize(("last", "hazard", "war"), [(5.0, 1e3, True), (5.0, 0.0, False), (-9.0, 1e3, False)])
def test_alerts_on_both_sides_can_end_in_war_by_accident(last: float, hazard: float, war: bool) -> None:
    play = play_of(rules={"accident_hazard": hazard, "act_window": 10.0}, commitments=PACT).at(6)
    play.front("a-b").last_alert, play.front("b-a").last_alert = 6.0, last
    accidents_happen(play.crisis)
    assert (play.front("b-a").war_cause == BY_ACCIDENT) is war
    assert (play.pledge("pact:a").asked == 1.0) is war


def test_the_hazard_of_an_accident_is_per_day() -> None:
    def wars(period: float, runs: int = 300) -> int:
        count = 0
        for run in range(runs):
            play = play_of(run=run, rules={"accident_hazard": 0.1}, period=period)
            for step in range(1, int(10 / period) + 1):
                play.at(step)
                play.front("a-b").last_alert = play.front("b-a").last_alert = play.clock.now
                accidents_happen(play.crisis)
            count += play.front("a-b").at_war
        return count

    expected = 1.0 - math.exp(-1.0)
    for period in (1.0, 0.5):
        assert abs(wars(period) - 300 * expected) < 4.0 * math.sqrt(300 * expected * (1.0 - expected))


def test_a_pair_at_war_or_not_open_has_no_accident() -> None:
    for field, value in (("at_war", 1), ("active", 0)):
        play = play_of(rules={"accident_hazard": 1e3}).at(6)
        for front in ("a-b", "b-a"):
            play.front(front).last_alert = 6.0
            setattr(play.front(front), field, value)
        accidents_happen(play.crisis)
        assert play.front("a-b").war_cause == 0


# ------------------------------------------------------------------------------------------ fingerprint


def test_the_fingerprint_of_a_run_tells_who_did_what_when() -> None:
    def signature(*periods: dict[str, str]) -> int:
        play = play_of("a-b a-c")
        for acts in periods:
            play.period(acts)
        return play.clock.signature

    one = signature({"a-b": "display"}, {})
    assert one == signature({"a-b": "display"}, {"b-a": "restraint"})
    others = [
        signature({}, {"a-b": "display"}),
        signature({"a-b": "threat"}, {}),
        signature({"a-c": "display"}, {}),
        signature({"a-b": "display"}, {"a-b": "display"}),
    ]
    assert len({one, *others}) == 5


def test_the_fingerprint_does_not_depend_on_fronts_that_never_open() -> None:
    plain, pledged = play_of(), play_of(commitments=PACT)
    for play in (plain, pledged):
        play.period({"a-b": "display"}).period({"b-a": "threat"})
    assert plain.clock.signature == pledged.clock.signature != 0
