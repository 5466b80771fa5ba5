from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.dynamics.attribution import suffer
from escalation.dynamics.roles import BY_ACCIDENT

KILLING: dict[str, Any] = {
    "kind": "provocation",
    "date": 3,
    "victims": [{"actor": "a", "severity": 0.8}, {"actor": "c", "severity": 0.05}],
    "suspects": [{"actors": ["b"], "likelihood": 3.0}],
    "other": {"prior": 1.0},
    "publicity": 0.5,
}
CRASH: dict[str, Any] = {
    "kind": "accident",
    "date": 3,
    "actor": "b",
    "victims": [{"actor": "a", "severity": 0.8}],
    "blame": 0.25,
}
RULES = {"covert_discount": 0.5, "pressure_gain": 0.4}


def play_of(**events: Any) -> Play:
    actors = {"a": {"domestic_pressure": 0.2}}
    return Play(crisis_of("a-b c-b", actors=actors, events=events, rules=RULES))


@pytest.mark.parametrize(("period", "date", "falls_in"), [(1.0, 3.0, 3), (1.0, 3.4, 3), (1.0, 3.5, 4), (0.5, 3.0, 6)])
def test_an_event_falls_in_the_period_whose_end_is_nearest(period: float, date: float, falls_in: int) -> None:
    play = Play(
        crisis_of(events={"killing": {**KILLING, "victims": KILLING["victims"][:1], "date": date}}, period=period)
    )
    while play.event("killing").pending == 1:
        play.open()
    assert play.clock.period == falls_in


def test_a_provocation_injures_blames_and_prompts() -> None:
    play = play_of(killing=KILLING)
    play.quiet(2)
    assert play.incident("killing").level == 0.0
    play.open()
    assert play.incident("killing").level == 0.8
    assert play.blame("killing")["b"] == pytest.approx(0.75)
    # exposure 1 − .5·(1 − .5) = .75, so pressure rises by (1 − .2)·.4·.75·.8
    assert play.actor("a").pressure == pytest.approx(0.2 + 0.8 * 0.4 * 0.75 * 0.8)
    assert play.front("a-b").due > 3.0
    assert play.clock.last_act == 3.0


def test_an_injury_of_less_than_half_a_rung_prompts_nobody() -> None:
    play = play_of(killing=KILLING)
    play.quiet(3)
    assert play.incident("killing", 1).level > 0.0
    assert math.isinf(play.front("c-b").due)
    assert not math.isinf(play.front("a-b").due)


def test_an_event_happens_once() -> None:
    play = play_of(killing=KILLING)
    play.quiet(3)
    level = play.incident("killing").level
    play.open()
    assert play.incident("killing").level < level


def test_an_accident_is_blamed_on_its_author_in_part() -> None:
    play = play_of(crash=CRASH)
    play.quiet(3)
    assert play.blame("crash") == {"a": 0.0, "b": 0.25, "c": 0.0}
    assert play.front("a-b").at_war == 0


@pytest.mark.parametrize(
    ("last_force", "scale", "war"),
    [(2.0, 50.0, True), (2.0, 0.0, False), (-20.0, 50.0, False), (-math.inf, 50.0, False)],
)
def test_an_accident_amid_force_can_end_in_war(last_force: float, scale: float, war: bool) -> None:
    scenario = crisis_of(
        "a-b c-b",
        events={"crash": CRASH},
        rules={"brinkmanship_scale": scale, "act_window": 10.0},
        commitments={"pact": {"patron": "c", "protege": "a", "adversary": "b"}},
    )
    play = Play(scenario)
    play.quiet(2)
    play.front("a-b").last_force = last_force
    play.front("a-b").force_intensity = 0.6
    play.open()
    # hazard 50·exp(.8·5·(.8 + .6 − .8)) = 551: war but for one chance in 10**239
    assert (play.front("a-b").war_cause == BY_ACCIDENT) is war
    assert (play.front("b-a").at_war == 1) is war
    assert (play.pledge("pact:b").asked == 1.0) is war


@pytest.mark.parametrize(("stakes", "war"), [(1.0, True), (1e-3, False)])
def test_stakes_raise_the_odds_that_an_accident_amid_force_ends_in_war(stakes: float, war: bool) -> None:
    rules = {"brinkmanship_scale": 0.5, "act_window": 10.0, "brinkmanship_stakes": 8.0}
    front = {"a-b": {"stake": stakes}, "b-a": {"stake": stakes}}
    play = Play(crisis_of(events={"crash": CRASH}, rules=rules, front=front)).quiet(2)
    play.front("a-b").last_force, play.front("a-b").force_intensity = 2.0, 0.6
    play.open()
    # hazard .5·exp(.8·5·(.8 + .6 − .8)) = 5.5: odds of war 246, times 1 or 10**-24
    assert (play.front("a-b").war_cause == BY_ACCIDENT) is war


@pytest.mark.parametrize(("as_of", "war"), [(3, False), (2, True)])
def test_an_accident_by_the_information_date_is_known_to_have_brought_no_war(as_of: int, war: bool) -> None:
    strike = {
        "kind": "provocation",
        "date": 2,
        "rung": "limited-strike",
        "victims": [{"actor": "b", "severity": 0.6}],
        "suspects": [{"actors": ["a"]}],
    }
    events = {"strike": strike, "crash": {**CRASH, "planned": True}}
    rules = {"brinkmanship_scale": 50.0, "act_window": 10.0, "scheduled_answers": True}
    play = Play(crisis_of(events=events, rules=rules, as_of=as_of)).quiet(3)
    assert play.front("a-b").last_force == 2.0
    assert (play.front("a-b").war_cause == BY_ACCIDENT) is war


def test_an_accident_on_a_front_that_is_not_open_is_nobodys_war() -> None:
    scenario = crisis_of(
        "a-b c-b",
        actors={"d": {}},
        events={
            "crash": {
                **CRASH,
                "actor": "d",
                "victims": [{"actor": "b", "severity": 0.8}, {"actor": "a", "severity": 0.8}],
            }
        },
        commitments={"pact": {"patron": "d", "protege": "a", "adversary": "b"}},
    )
    play = Play(scenario).quiet(3)
    assert "b-d" in play.lowered.front_ids
    assert "a-d" not in play.lowered.front_ids
    assert play.incident("crash").level == pytest.approx(0.8)
    assert play.clock.escalated == 0


def test_shocks_at_home_add_up_to_less_than_the_whole() -> None:
    shock = {"kind": "internal-shock", "date": 2, "actor": "a", "severity": 0.5, "half_life": 8.0}
    play = play_of(purge=shock, strike={**shock, "severity": 0.2, "half_life": 3.0})
    play.at(1).open()
    assert play.actor("a").weakness == pytest.approx(1.0 - 0.5 * 0.8)
    assert play.actor("a").weakness_half_life == 3.0
    assert play.actor("b").weakness == 0.0


def test_mediation_bears_on_both_sides_for_its_span() -> None:
    talks = {"kind": "mediation", "date": 2, "parties": ["a", "b"], "strength": 0.3, "span": 5.0}
    play = play_of(talks=talks).quiet(2)
    for front in ("a-b", "b-a"):
        assert play.front(front).mediation == 0.3
        assert play.front(front).mediation_until == 7.0
        assert play.front(front).due >= 3.0
        assert not math.isinf(play.front(front).due)
    assert play.front("c-b").mediation == 0.0


def test_one_mission_among_three_comes_to_all_or_to_none() -> None:
    talks = {"kind": "mediation", "date": 2, "parties": ["a", "b", "c"], "strength": 0.3, "occurred": 0.5}
    seen = set()
    for run in range(12):
        play = Play(crisis_of("a-b c-b", events={"talks": talks}), run=run).quiet(2)
        came = {play.front(front).mediation for front in ("a-b", "b-a", "c-b", "b-c")}
        assert len(came) == 1
        seen |= came
    assert seen == {0.0, 0.3}


def test_a_mission_whose_day_is_not_known_comes_on_one_of_its_days() -> None:
    talks = {"kind": "mediation", "date": 2, "latest": 12, "parties": ["a", "b"]}
    days = [Play(crisis_of(events={"talks": talks}), run=run).event("talks").day for run in range(400)]
    assert min(days) >= 2.0
    assert max(days) < 12.0
    # Uniform: mean 7 with a standard error of 10/√12/√400; four of them are a false alarm in 16,000
    assert abs(sum(days) / 400 - 7.0) < 4.0 * 10.0 / math.sqrt(12.0 * 400.0)
    known = Play(crisis_of(events={"talks": {**talks, "latest": None}}))
    assert known.event("talks").day == 2.0


def test_a_mission_among_three_calms_both_pairs() -> None:
    """Paired runs: a false alarm comes in fewer than one of ten thousand (four standard errors)."""
    talks = {"kind": "mediation", "date": 0, "strength": 0.6, "span": 60.0}

    def strikes(parties: list[str]) -> np.ndarray:
        front = {pair: {"revisionism": 0.8} for pair in ("a-b", "c-b")}
        scenario = crisis_of("a-b c-b", front=front, events={"talks": {**talks, "parties": parties}})
        study = esc.run(scenario, runs=2_000, seed=1, progress=False)
        return study.occurs("rung:limited-strike", actor="c").astype(float)

    gap = strikes(["a", "b"]) - strikes(["a", "b", "c"])
    assert gap.mean() > 4.0 * gap.std() / math.sqrt(len(gap))


def incidents_of(**process: Any) -> Play:
    row = {"rate": 0.0, "severity": 0.5, "blame": 0.6, **process}
    return Play(crisis_of(front={"a-b": {"incidents": row, "baseline": "display"}}, horizon=400))


def test_incidents_come_at_their_rate() -> None:
    play = incidents_of(rate=0.5)
    play.quiet(400)
    count = play.front("a-b").incident_count
    assert abs(count - 200) < 4.0 * math.sqrt(200)  # Poisson, up to one that falls beyond the last half day


def test_incidents_excite_one_another() -> None:
    play = incidents_of(rate=0.5, excitation=0.5, decay=1.0)
    play.quiet(400)
    # branching ratio .5: twice the background rate; variance of the count is mean/(1 − .5)²
    assert abs(play.front("a-b").incident_count - 400) < 4.0 * math.sqrt(400 / 0.25)
    front = play.front("a-b")
    assert front.excitation >= 0.5


def test_an_incident_above_hostilities_injures_and_is_blamed() -> None:
    play = incidents_of(rate=3.0).quiet(1)
    n = play.accidental("a-b")
    assert play.crisis.incidents[n].level == 0.5
    assert play.crisis.blame[n][play.i("a")] == 0.6
    assert not math.isinf(play.front("b-a").due)


def test_an_incident_within_hostilities_or_beside_a_graver_one_injures_nobody() -> None:
    play = incidents_of(rate=3.0, severity=0.4).quiet(3)
    assert play.front("a-b").incident_count > 0
    assert play.crisis.incidents[play.accidental("a-b")].level == 0.0
    play = incidents_of(rate=3.0)
    suffer(play.crisis, play.accidental("a-b"), 0.9, play.clock.now)
    play.open()
    assert play.crisis.incidents[play.accidental("a-b")].level > 0.88
    assert play.crisis.blame[play.accidental("a-b")][play.i("a")] == 0.0


def test_a_war_leaves_no_room_for_incidents() -> None:
    play = incidents_of(rate=3.0)
    play.front("a-b").at_war = 1
    play.quiet(5)
    assert play.front("a-b").incident_count == 0


def test_a_process_that_feeds_itself_without_end_is_cut_off() -> None:
    play = incidents_of(rate=1.0, excitation=50.0, decay=0.6)
    play.open()
    assert play.front("a-b").incident_count <= 200
    play.open()
    assert play.front("a-b").incident_count <= 400
