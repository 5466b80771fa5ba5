"""A table of several chairs: the same run where nothing is chosen otherwise, and a replay to the bit."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import escalation as esc
from escalation.app.game import begin, play_on
from escalation.app.table import Act, Day, Record, Table, Word, replayed
from escalation.engines.situation import Situation, Statement
from escalation.engines.statements import with_statement
from escalation.errors import StoreError, StudyError
from escalation.world.scenario import Scenario


def situations(table: Table) -> list[Situation]:
    return [row for seat in sorted(table.seats) for row in table.situations(seat)]


@pytest.mark.parametrize("seats", [{"ara"}, {"ara", "bor"}, {"ara", "bor", "cal"}, set()])
@pytest.mark.parametrize("run", [0, 5])
def test_who_chooses_what_the_model_prefers_changes_nothing(busy: Scenario, seats: set[str], run: int) -> None:
    table = Table(busy, seed=3, run=run)
    table.go_on(seats)
    days = 0
    while not table.over:
        days += 1
        table.close({(row.actor, row.target): row.preferred for row in situations(table)})
    assert (days > 0) == bool(seats)
    assert table.trajectory == esc.simulate(busy, seed=3, run=run)


def test_what_is_not_chosen_is_chosen_by_the_model(busy: Scenario) -> None:
    table = Table(busy, seed=3)
    table.go_on({"ara", "bor"})
    while not table.over:
        table.close({})
    assert table.trajectory == esc.simulate(busy, seed=3)


def test_one_chair_plays_the_game_of_one_chair(busy: Scenario) -> None:
    vow = Statement("vow", ("bor",), rung="display")
    table = Table(busy, seed=3)
    table.go_on({"ara"})
    table.say("ara", vow)
    while not table.over:
        table.close({("ara", "bor"): "restraint"})
    alone = play_on(begin(busy, "ara", seed=3).say(vow), lambda _: "restraint")
    assert table.trajectory == alone.trajectory


@settings(max_examples=8)
@given(st.data())
def test_a_record_is_replayed_to_the_bit(busy: Scenario, data: st.DataObject) -> None:
    table = Table(busy, seed=1, run=data.draw(st.integers(0, 20)))
    table.go_on({"ara"})
    for _ in range(data.draw(st.integers(0, 8))):
        if table.over:
            break
        if data.draw(st.booleans()) and table.day < busy.horizon:
            channel = data.draw(st.sampled_from(["public", "private"]))
            table.say("bor", Statement("threat", ("ara",), channel=channel, leak=0.2 * (channel == "private")))
        chosen = {(row.actor, row.target): data.draw(st.sampled_from(row.acts)) for row in situations(table)}
        table.seat(data.draw(st.sampled_from([{"ara"}, {"bor"}, {"ara", "bor"}])))
        table.close({key: act for key, act in chosen.items() if data.draw(st.booleans())})
    again = replayed(table.record)
    assert again.trajectory == table.trajectory
    assert (again.day, again.over, again.record) == (table.day, table.over, table.record)


def test_the_days_before_are_not_played_again_where_somebody_comes_late(busy: Scenario) -> None:
    table = Table(busy, seed=3)
    table.go_on({"ara"})
    table.close({})
    day, before = table.day, table.trajectory
    table.seat({"ara", "bor"})
    assert (table.day, table.trajectory == before) == (day, True)


def test_what_cannot_be_is_told_and_changes_nothing(busy: Scenario) -> None:
    table = Table(busy, seed=3)
    for early in (lambda: table.close({}), lambda: table.say("ara", Statement("vow", ("bor",)))):
        with pytest.raises(StudyError, match="no day is open"):
            early()
    with pytest.raises(StudyError, match="'dan' has no chair"):
        table.go_on({"dan"})
    table.go_on({"ara"})
    before = table.record
    with pytest.raises(StudyError, match="'displya' is not on offer; did you mean 'display'"):
        table.close({("ara", "bor"): "displya"})
    with pytest.raises(StudyError, match="no decision of ara against cal falls on day"):
        table.close({("ara", "cal"): "display"})
    assert table.record == before


def test_records_of_another_game_are_refused(busy: Scenario) -> None:
    table = Table(busy, seed=3)
    table.go_on({"ara"})
    table.close({("ara", "bor"): "restraint"})
    good = table.record
    (first,) = good.days
    for days, words in (
        ((dataclasses.replace(first, day=0.5),), "day 0.5 of the game: it is no day of this run"),
        ((first, first), "it is no day of this run that could come next"),
        ((Day(first.day, (Act("ara", "bor", "swim"),)),), "'swim' is not on offer.*the game was changed"),
        ((Day(first.day, (Act("dan", "bor", "war"),)),), "no decision of dan against bor"),
        ((Day(first.day, (), (Word("dan", Statement("vow", ("bor",))),)),), "no actor 'dan'"),
        ((Day(first.day, (), (Word("ara", Statement("vow", ("ara",))),)),), "its own receiver"),
    ):
        with pytest.raises(StoreError, match=words):
            replayed(Record(busy, 3, 0, days))


def test_what_was_believed_can_be_followed_as_far_as_a_game_has_come(busy: Scenario) -> None:
    table = Table(busy, seed=3)
    table.go_on({"ara", "bor"})
    table.close({})
    assert table.waiting
    so_far, whole = table.trajectory.traces("ara-bor"), esc.simulate(busy, seed=3).traces("ara-bor")
    assert len(so_far.days) == len(table.trajectory.fronts)
    assert 1 < len(so_far.days) < len(whole.days)
    for one, other in zip(so_far.traces, whole.traces, strict=True):
        assert one.name == other.name
        assert one.values.tolist() == other.values[: len(one.values)].tolist()
    begun = Table(busy, seed=3).trajectory.traces("ara-bor")
    assert begun.days.tolist() == [0.0]


def test_a_table_that_stops_on_each_day_plays_the_same_run(busy: Scenario) -> None:
    table, days = Table(busy, seed=3), []
    table.stops = 0.0
    table.go_on({"ara"})
    while not table.over:
        days.append(table.day)
        for actor in table.chairs:  # to look changes nothing
            assert table.briefing(actor).wants
            table.heard(actor)
        table.close({(row.actor, row.target): row.preferred for row in situations(table)})
    assert days == [float(day) for day in range(1, len(days) + 1)]
    assert table.trajectory == esc.simulate(busy, seed=3)
    assert replayed(table.record).trajectory == table.trajectory


def test_a_table_stops_from_a_day_on(busy: Scenario) -> None:
    table = Table(busy, seed=3)
    table.stops = 6.5
    table.go_on({"cal"})
    assert (table.day, len(situations(table))) == (3.0, 1)
    table.close({})
    assert (table.day, situations(table)) == (7.0, [])
    table.close({})
    assert table.day == 8.0
    table.stops = float("inf")
    table.close({})
    assert table.over


def test_words_on_a_day_without_a_decision_are_signals_of_the_run_and_of_its_replay(busy: Scenario) -> None:
    vow, aside = Statement("vow", ("bor",), rung="display"), Statement("reassurance", ("cal",), channel="private")
    table = Table(busy, seed=3, run=2)
    table.stops = 2.0
    table.go_on({"ara"})
    assert (table.day, situations(table)) == (2.0, [])
    table.say("ara", vow)
    table.close({})
    table.say("ara", aside)
    waiting = replayed(table.record)
    assert (waiting.day, waiting.record, waiting.trajectory) == (3.0, table.record, table.trajectory)
    for one in (table, waiting):
        while not one.over:
            one.close({})
    said = with_statement(with_statement(busy, "ara", vow, day=2.0), "ara", aside, day=3.0)
    assert table.trajectory == waiting.trajectory == esc.simulate(said, seed=3, run=2)
    assert replayed(table.record).trajectory == table.trajectory
