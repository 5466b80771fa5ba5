"""Days on which a game of several stops without a decision, because the facilitator asks for that."""

from __future__ import annotations

import pytest
from shared_play import aside, choose_all, ran, reach

import escalation as esc
from escalation.app import shared_saving
from escalation.app.shared import Chair, Facilitator, SharedGame
from escalation.app.table import Record
from escalation.engines.situation import Statement
from escalation.engines.statements import with_statement
from escalation.errors import StudyError
from escalation.world.scenario import Scenario


def stopping(busy: Scenario, stop: float, *actors: str) -> tuple[Facilitator, list[Chair]]:
    """A game that stops on each day from one on."""
    game = SharedGame(Record(busy, 3, 0))
    host = game.facilitate()
    seats = [game.sit(actor) for actor in actors]
    host.stop(stop)
    host.begin()
    return host, seats


def test_where_the_facilitator_asks_for_it_each_day_stays_open_until_it_is_closed(busy: Scenario) -> None:
    host, (ara, cal) = stopping(busy, 0.0, "ara", "cal")
    days, both, none = [], 0, 0
    while host.see().phase == "day":
        day, seen = host.see().day, ara.see()
        days.append(day)
        assert seen.held
        assert cal.see().day == seen.day == day
        assert cal.see().briefing is not None, "a chair to which no decision falls is told nothing"
        assert all(row.day <= day for row in (*seen.known, *cal.see().known, *host.see().known))
        for chair in (ara, cal):
            choose_all(chair)
        both += bool(seen.situations)
        none += not (seen.situations or cal.see().situations)
        assert host.see().day == day, "a day was closed by a team"
        assert ara.see().waiting_for == ()
        host.close_day(day)
    assert days == [float(day) for day in range(1, len(days) + 1)]
    assert both
    assert none, "no day of this run is without a decision"
    assert ran(host) == esc.simulate(busy, seed=3)


def test_teams_speak_on_days_without_a_decision_and_are_heard_the_next(busy: Scenario) -> None:
    host, (ara, cal) = stopping(busy, 0.0, "ara", "cal")
    while ara.see().situations or cal.see().situations or host.see().day < 6.0:
        host.close_day(host.see().day)
    day = host.see().day
    cal.say(day, aside("ara"))
    ara.say(day, Statement("vow", ("bor",), rung="display"))
    assert not any("cal-told-ara-1" in text for text in reach(ara.see())), "it is heard before tomorrow"
    kept = shared_saving.dumps(host.record())
    host.close_day(day)
    assert host.see().day == day + 1.0
    assert "cal-told-ara-1" in ara.see().heard
    assert "ara-said-1" in cal.see().heard
    other = SharedGame(shared_saving.loads(kept))
    back = other.facilitate()
    assert (back.see().day, back.see().stops, back.record()) == (day, 0.0, shared_saving.loads(kept))
    again = [other.sit("ara"), other.sit("cal")]
    assert again[0].see().held
    for one in (host, back):
        while one.see().phase == "day":
            one.close_day(one.see().day)
    said = with_statement(busy, "cal", aside("ara"), day=day)
    said = with_statement(said, "ara", Statement("vow", ("bor",), rung="display"), day=day)
    assert ran(host) == ran(back) == esc.simulate(said, seed=3)


def test_the_facilitator_changes_how_days_go_and_the_open_day_stays(busy: Scenario) -> None:
    host, (cal,) = stopping(busy, 5.0, "cal")
    assert (host.see().day, host.see().stops, cal.see().held) == (3.0, 5.0, False)
    choose_all(cal)
    assert (host.see().day, cal.see().held) == (5.0, True), "the day was not closed once all had chosen"
    host.stop(float("inf"))
    assert (host.see().day, cal.see().held, host.see().phase) == (5.0, False, "day")
    host.stop(0.0)
    host.close_day(5.0)
    assert host.see().day == 6.0
    host.free("cal")
    assert host.see().day == 6.0, "a day that the facilitator closes was closed where a chair was freed"
    host.end()
    with pytest.raises(StudyError, match="has closed this game"):
        host.stop(1.0)
