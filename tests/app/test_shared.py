"""A game of several chairs: who sees and does what, and when a day is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from shared_play import aside, choose_all, opened, play, ran, reach

import escalation as esc
from escalation.app import shared
from escalation.app.games import Games
from escalation.app.shared import Chair, SharedGame
from escalation.app.table import Record
from escalation.app.viewing import Viewing
from escalation.engines.situation import Statement
from escalation.errors import StudyError
from escalation.world.scenario import Scenario


def test_all_preferring_what_the_model_does_changes_nothing(busy: Scenario) -> None:
    _, host, chairs = opened(busy, "ara", "bor")
    play(chairs)
    end = host.see()
    assert end.phase == "over"
    assert ran(host) == esc.simulate(busy, seed=3)
    assert chairs[0].see().situations == ()


def test_a_day_is_over_once_all_have_chosen_and_not_before(busy: Scenario) -> None:
    _, host, chairs = opened(busy, "ara", "bor")
    both = 0
    for _ in range(12):
        seen = [chair.see() for chair in chairs]
        if seen[0].phase != "day":
            break
        deciding = [chair for chair, view in zip(chairs, seen, strict=True) if view.situations]
        day = seen[0].day
        both += len(deciding) == 2
        for chair in deciding[:-1]:
            choose_all(chair, "restraint")
            assert host.see().day == day, "the day was closed before all had chosen"
            assert chair.see().chosen == dict.fromkeys((row.target for row in chair.see().situations), "restraint")
            assert deciding[-1].see().chosen == {}
            assert deciding[-1].see().waiting_for == (deciding[-1].actor,)
        choose_all(deciding[-1], "restraint")
        assert host.see().day > day
    assert both, "no day of this run has decisions of both"


def test_the_facilitator_closes_a_day_and_the_model_chooses_for_the_rest(busy: Scenario) -> None:
    _, host, chairs = opened(busy, "ara", "bor")
    while host.see().phase == "day":
        host.close_day(host.see().day)
    assert ran(host) == esc.simulate(busy, seed=3)
    with pytest.raises(StudyError, match="the crisis is over"):
        chairs[0].choose(1.0, "bor", "restraint")


def test_a_choice_can_be_changed_while_the_day_is_open(busy: Scenario) -> None:
    game, host, chairs = opened(busy, "ara", "bor")
    while len([chair for chair in chairs if chair.see().situations]) < 2:
        host.close_day(host.see().day)
    day = host.see().day
    chairs[0].choose(day, "bor", "threat")
    chairs[0].choose(day, "bor", "restraint")
    choose_all(chairs[1])
    (last,) = [row.acts for row in host.record().days if row.day == day]
    assert {(row.actor, row.act) for row in last if row.actor == "ara"} == {("ara", "restraint")}
    assert game.scenario is busy


def test_private_words_reach_the_addressee_alone(busy: Scenario) -> None:
    _, host, (ara, bor, cal) = opened(busy, "ara", "bor", "cal")
    day = ara.see().day
    ara.say(day, aside("cal"))
    host.close_day(day)
    name = "ara-told-cal-1"
    assert any(name in text for text in reach(ara.see()))
    assert any(name in text for text in reach(cal.see()))
    assert not any(name in text for text in reach(bor.see())), "bor can see a private word of ara to cal"
    assert name in cal.see().heard
    assert any(name in row.words for row in host.see().known)
    with pytest.raises(StudyError, match="has heard of no") as refused:
        bor.say(bor.see().day, Statement("denial", ("ara",), subject=name))
    assert name not in str(refused.value).partition(";")[2]


def test_what_cannot_be_said_names_no_words_that_were_not_heard(busy: Scenario) -> None:
    _, host, (ara, bor) = opened(busy, "ara", "bor")
    host.close_day(host.see().day)
    day = ara.see().day
    assert "call" in ara.see().heard
    bor.say(day, Statement("demand", ("ara",), channel="private"))  # which ara hears tomorrow
    for statement in (Statement("concession", ("bor",), subject="call", share=1.0), Statement("denial", ("bor",))):
        with pytest.raises(StudyError, match="subject") as refused:
            ara.say(day, statement)
        assert "bor-told-ara-1" not in str(refused.value)


def test_nobody_sees_what_others_choose_before_the_day_is_over(busy: Scenario) -> None:
    _, host, chairs = opened(busy, "ara", "bor")
    while len([chair for chair in chairs if chair.see().situations]) < 2:
        host.close_day(host.see().day)
    day = host.see().day
    before = reach(chairs[1].see())
    chairs[0].choose(day, "bor", "limited-strike")
    chairs[0].say(day, aside("cal"))
    assert reach(chairs[1].see()) - before == set()
    assert not any("ara-told" in text for text in reach(chairs[1].see()))


def test_a_chair_is_taken_twice_only_where_that_is_meant(busy: Scenario) -> None:
    game, _, (ara,) = opened(busy, "ara")
    with pytest.raises(StudyError, match=r"somebody sits in the chair of Ara & Sons already.*take it over"):
        game.sit("ara")
    assert ara.see().phase == "day"
    again = game.sit("ara", take_over=True)
    assert again.see().day == again.see().day
    for do in (ara.see, lambda: ara.choose(again.see().day, "bor", "war"), lambda: ara.say(1.0, aside("cal"))):
        with pytest.raises(StudyError, match="taken over in another browser"):
            do()
    ara.leave()  # of a chair that it has lost; nothing follows
    with pytest.raises(StudyError, match="somebody sits"):
        game.sit("ara")


def test_a_lost_connection_loses_nothing(busy: Scenario) -> None:
    game, _, (ara, bor) = opened(busy, "ara", "bor")
    day = ara.see().day
    ara.say(day, aside("bor"))
    ara.leave()
    before = bor.see()
    back = game.sit("ara")
    assert back.see().briefing is not None
    assert "ara-told-bor-1" in " ".join(back.see().briefing.said)  # type: ignore[union-attr]
    assert bor.see().day == before.day


def test_a_freed_chair_is_played_by_the_model_and_has_another_code(busy: Scenario) -> None:
    game, host, chairs = opened(busy, "ara", "bor")
    while len([chair for chair in chairs if chair.see().situations]) < 2:
        host.close_day(host.see().day)
    day, code = host.see().day, game.codes["ara"]
    choose_all(chairs[1])
    host.free("ara")
    assert host.see().day > day, "the day waited for a chair that was freed"
    assert game.codes["ara"] != code
    with pytest.raises(StudyError, match="the facilitator has freed this chair"):
        chairs[0].see()
    with pytest.raises(StudyError, match="nobody has taken the chair of 'ara'"):
        host.free("ara")
    host.free("bor")
    with pytest.raises(StudyError, match="no chair is taken"):
        host.close_day(host.see().day)


def test_a_day_does_not_wait_for_a_chair_that_was_freed(busy: Scenario) -> None:
    _, host, chairs = opened(busy, "ara", "bor")
    while [chair.actor for chair in chairs if chair.see().situations] != ["ara"]:
        host.close_day(host.see().day)
    day = host.see().day
    host.free("ara")
    assert host.see().day > day
    assert chairs[1].see().situations, "it waits on a day of the chair that is left"


def test_who_comes_late_sits_down_on_the_day_that_is_open(busy: Scenario) -> None:
    game, host, _ = opened(busy, "ara")
    host.close_day(host.see().day)
    day = host.see().day
    late = game.sit("bor")
    assert late.see().day == day
    assert host.see().day == day


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (lambda chair, day: chair.choose(day + 1.0, "bor", "restraint"), "is not open; the game is at day"),
        (lambda chair, day: chair.choose(day - 1.0, "bor", "restraint"), "is not open; the game is at day"),
        (lambda chair, _: chair.choose(float("nan"), "bor", "restraint"), "is not open"),
        (lambda chair, day: chair.choose(day, "cal", "restraint"), "no decision about 'cal' falls to you today"),
        (lambda chair, day: chair.choose(day, "bor", "swim"), "'swim' is not on offer"),
        (lambda chair, day: chair.say(day, Statement("vwo", ("bor",))), "did you mean 'vow'"),
        (lambda chair, day: chair.say(day, Statement("vow", ("ara",))), "its own receiver"),
        (lambda chair, day: chair.say(day - 1.0, aside("cal")), "is not open"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    busy: Scenario, do: Callable[[Chair, float], None], words: str
) -> None:
    _, host, (ara,) = opened(busy, "ara")
    while not any(row.target == "bor" for row in ara.see().situations):
        host.close_day(host.see().day)
    before = host.record()
    with pytest.raises(StudyError, match=words):
        do(ara, ara.see().day)
    assert host.record() == before


def test_before_and_after_the_game(busy: Scenario) -> None:
    game = SharedGame(Record(busy, 3, 0))
    host = game.facilitate()
    with pytest.raises(StudyError, match="no chair is taken"):
        host.begin()
    ara = game.sit("ara")
    assert (ara.see().phase, ara.see().known, ara.see().briefing) == ("gathering", (), None)
    with pytest.raises(StudyError, match="the game has not begun"):
        ara.choose(1.0, "bor", "restraint")
    host.begin()
    with pytest.raises(StudyError, match="begun already"):
        host.begin()
    host.end()
    assert ara.see().phase == "closed"
    kept = host.record()
    for do in (
        lambda: ara.choose(ara.see().day, "bor", "war"),
        lambda: ara.say(ara.see().day, aside("cal")),
        lambda: host.close_day(1.0),
        lambda: host.free("ara"),
        host.begin,
    ):
        with pytest.raises(StudyError, match="the facilitator has closed this game"):
            do()
    assert host.record() == kept
    assert kept.waiting is not None, "a closed game can still be saved"
    again = game.sit("ara", take_over=True)
    seen = again.see()
    assert (seen.phase, seen.debriefing, seen.situations != ()) == ("closed", None, True), "a team cannot look any more"
    with pytest.raises(StudyError, match="the facilitator has closed this game"):
        again.choose(seen.day, "bor", "war")


def test_a_closed_game_does_not_go_on_where_a_chair_that_it_waited_for_is_freed(busy: Scenario) -> None:
    _, host, chairs = opened(busy, "ara", "bor")
    while len([chair for chair in chairs if chair.see().situations]) < 2:
        host.close_day(host.see().day)
    choose_all(chairs[1])
    host.end()
    before = host.record()
    with pytest.raises(StudyError, match="has closed this game"):
        host.free("ara")
    assert host.record() == before


def test_a_day_that_is_past_is_not_closed_again(busy: Scenario) -> None:
    """As where somebody presses twice."""
    _, host, _ = opened(busy, "ara", "bor")
    day = host.see().day
    host.close_day(day)
    later = host.see().day
    with pytest.raises(StudyError, match=f"day {day:g} is not open; the game is at day {later:g}"):
        host.close_day(day)
    assert host.see().day == later


def test_the_code_of_a_chair_that_was_freed_opens_nothing(busy: Scenario) -> None:
    games = Games()
    key = games.open(Record(busy, 3, 0), address="here").key
    game = games.find(key)
    old = game.codes["ara"]
    games.enter(key, old, address="here")
    game.facilitate().free("ara")
    with pytest.raises(StudyError, match="this code opens nothing here"):
        games.enter(key, old, address="here")
    assert isinstance(games.enter(key, game.codes["ara"], address="there"), Chair)


@pytest.mark.parametrize("closed", [False, True])
def test_the_facilitator_sees_all_of_it_at_the_end_and_teams_once_it_is_shown(busy: Scenario, closed: bool) -> None:
    game, host, chairs = opened(busy, "ara", "bor")
    with pytest.raises(StudyError, match="the game is not over"):
        host.show()
    chairs[0].say(chairs[0].see().day, aside("cal"))
    choose_all(chairs[0]) if chairs[0].see().situations else host.close_day(host.see().day)
    if closed:
        host.end()
    else:
        play(chairs)
    found = host.see().debriefing
    assert found is not None
    assert chairs[1].see().debriefing is None, "a team sees all before the facilitator shows it"
    view = Viewing.of_debriefing(found)
    acts = [(day.day, f"{act.actor}-{act.target}") for day in host.record().days for act in day.acts]
    assert set(acts) == found.chosen
    assert {(row.day, row.front) for row in view.decided if view.by_person(row)} == found.chosen
    assert any("in private" in row.words for row in view.happenings) or closed
    for row in view.decided[:3] + view.decided[-3:]:
        explained = view.explain(row)
        assert (explained is None) == view.by_person(row)
        assert explained is None or explained.signals == ()
    host.show()
    assert host.see().shown
    seen = chairs[1].see().debriefing
    assert seen is not None
    assert seen.trajectory == found.trajectory
    again = game.sit("bor", take_over=True)
    assert again.see().debriefing is not None, "a team that lost its connection cannot look"
    with pytest.raises(StudyError, match="has closed this game" if closed else "the crisis is over"):
        again.choose(again.see().day, "ara", "restraint")


def test_words_are_bounded(busy: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    _, host, (ara,) = opened(busy, "ara")
    for _ in range(shared.MOST_WORDS_A_DAY):
        ara.say(ara.see().day, aside("cal"))
    with pytest.raises(StudyError, match="5 things today, the most allowed"):
        ara.say(ara.see().day, aside("cal"))
    host.close_day(host.see().day)
    monkeypatch.setattr(shared, "MOST_WORDS", 5)
    with pytest.raises(StudyError, match="5 things have been said in this game"):
        ara.say(ara.see().day, aside("cal"))
