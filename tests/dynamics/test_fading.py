from __future__ import annotations

from typing import Any

import pytest
from crises import Play, crisis_of

from escalation.dynamics.fading import fade, set_kept, vows_fall_due
from escalation.dynamics.roles import OVERDUE, STANDING

RULES = {
    "injury_half_life": 1.0,
    "vow_half_life": 1.0,
    "pressure_half_life": 1.0,
    "fear_half_life": 1.0,
    "honesty_loss": 0.25,
}
KILLING = {
    "killing": {
        "kind": "provocation",
        "date": 50,
        "planned": True,
        "victims": [{"actor": "a", "severity": 0.6}],
        "suspects": [{"actors": ["b"]}],
    }
}


def play_of(**tables: Any) -> Play:
    return Play(crisis_of("a-b a-c", rules=RULES, events=KILLING, **tables))


def test_everything_felt_halves_in_its_half_life() -> None:
    play = play_of(actors={"a": {"domestic_pressure": 0.2}}, front={"a-b": {"fear": 0.3}})
    front, actor = play.front("a-b"), play.actor("a")
    front.injury, front.fear, actor.pressure = 0.8, 0.1, 0.6
    actor.weakness, actor.weakness_half_life = 0.4, 2.0
    set_kept(play.crisis, 1.0)
    play.suffer("killing", 0.6)
    fade(play.crisis)
    assert front.injury == pytest.approx(0.4)
    assert front.fear == pytest.approx(0.2)
    assert actor.pressure == pytest.approx(0.4)
    assert actor.weakness == pytest.approx(0.4 * 0.5**0.5)
    assert play.incident("killing").level == pytest.approx(0.3)


def test_what_has_all_but_gone_is_gone() -> None:
    play = play_of()
    front, actor = play.front("a-b"), play.actor("a")
    front.injury, actor.weakness, actor.weakness_half_life = 0.0019, 0.0019, 1.0
    set_kept(play.crisis, 1.0)
    play.suffer("killing", 0.0019)
    fade(play.crisis)
    assert (front.injury, actor.weakness, play.incident("killing").level) == (0.0, 0.0, 0.0)


def test_an_injury_does_not_fade_while_a_vow_about_it_stands() -> None:
    play = play_of()
    front = play.front("a-b")
    front.injury, front.vow_standing = 0.8, STANDING
    play.front("a-c").injury = 0.8
    play.suffer("killing", 0.6)
    play.crisis.blame[0][play.i("b")] = 0.5
    fade(play.crisis)
    assert (front.injury, play.front("a-c").injury) == (0.8, pytest.approx(0.4))
    assert play.incident("killing").level == 0.6
    play.crisis.blame[0][play.i("b")] = 0.0
    fade(play.crisis)
    assert play.incident("killing").level == pytest.approx(0.3)


def test_a_suspect_whom_the_victim_does_not_face_holds_no_injury_open() -> None:
    killing = {"killing": {**KILLING["killing"], "suspects": [{"actors": ["c"]}]}}
    play = Play(crisis_of("a-b b-c", rules=RULES, events=killing))
    injury = play.suffer("killing", 0.6)
    play.crisis.blame[play.event("killing").incident_first][play.i("c")] = 1.0
    play.front("a-b").vow_standing = STANDING
    fade(play.crisis)
    assert injury.level == pytest.approx(0.3)


def test_an_overdue_vow_fades_until_it_is_forgotten() -> None:
    play = play_of()
    front = play.front("a-b")
    front.vow_standing, front.vow_publicity = OVERDUE, 0.16
    fade(play.crisis)
    assert (front.vow_publicity, front.vow_standing) == (pytest.approx(0.08), OVERDUE)
    fade(play.crisis)
    assert front.vow_standing == 0


def test_a_front_that_is_not_open_does_not_fade() -> None:
    play = play_of()
    play.front("a-b").active = 0
    play.front("a-b").fear = 0.9
    fade(play.crisis)
    assert play.front("a-b").fear == 0.9


@pytest.mark.parametrize(("due", "standing"), [(10.4, OVERDUE), (10.5, STANDING)])
def test_a_vow_not_kept_when_due_is_broken(due: float, standing: int) -> None:
    play = play_of(actors={"a": {"honesty": 0.8}}).at(10)
    front = play.front("a-b")
    front.vow_standing, front.vow_due = STANDING, due
    vows_fall_due(play.crisis)
    broken = standing == OVERDUE
    assert front.vow_standing == standing
    assert play.actor("a").vows_broken == int(broken)
    assert play.actor("a").honesty == pytest.approx(0.6 if broken else 0.8)


def test_a_vow_due_before_choices_begin_can_still_be_kept() -> None:
    play = play_of(as_of=12).at(10)
    front = play.front("a-b")
    front.vow_standing, front.vow_due = STANDING, 5.0
    vows_fall_due(play.crisis)
    assert front.vow_standing == STANDING


@pytest.mark.parametrize(("war_period", "kept"), [(4, 1), (-1, 0)])
def test_a_war_that_came_in_the_run_keeps_a_vow(war_period: int, kept: int) -> None:
    play = play_of().at(10)
    front = play.front("a-b")
    front.vow_standing, front.vow_due, front.at_war, front.war_period = STANDING, 5.0, 1, war_period
    vows_fall_due(play.crisis)
    assert front.vow_standing == 0
    assert (play.actor("a").vows_kept, play.actor("a").vows_broken) == (kept, 0)
