from __future__ import annotations

from crises import crisis_of

from escalation.app.board import standings
from escalation.app.chronicle import Happening
from escalation.world.scenario import Scenario


def stands(scenario: Scenario, *happenings: Happening, day: float) -> dict[str, int]:
    return {row.front: row.rung for row in standings(scenario, happenings, day=day)}


def act(scenario: Scenario, day: float, front: str, rung: int) -> Happening:
    return Happening(day, scenario.date(day), "act", "", rung, front)


def test_an_act_goes_on_for_its_window_and_the_highest_is_shown(busy: Scenario) -> None:
    window = float(busy.rules.act_window)
    rows = (act(busy, 2.0, "ara-bor", 3), act(busy, 4.0, "ara-bor", 1), act(busy, 9.0, "bor-ara", 2))
    assert stands(busy, *rows, day=1.0) == {"ara-bor": 0, "bor-ara": 0, "cal-ara": 0, "ara-cal": 0}
    assert stands(busy, *rows, day=4.0)["ara-bor"] == 3
    assert stands(busy, *rows, day=4.0)["bor-ara"] == 0
    assert stands(busy, *rows, day=2.0 + window)["ara-bor"] == 3
    assert stands(busy, *rows, day=3.0 + window)["ara-bor"] == 1


def test_a_conciliatory_move_is_shown_while_nothing_else_goes_on(busy: Scenario) -> None:
    window = float(busy.rules.act_window)
    rows = (act(busy, 2.0, "ara-bor", 0), act(busy, 4.0, "bor-ara", 0), act(busy, 4.0, "bor-ara", 2))
    found = {row.front: row.conciliatory for row in standings(busy, rows, day=4.0)}
    assert found == {"ara-bor": True, "bor-ara": False, "cal-ara": False, "ara-cal": False}
    assert not any(row.conciliatory for row in standings(busy, rows, day=1.0))
    assert not any(row.conciliatory for row in standings(busy, rows[:1], day=3.0 + window))


def test_a_war_stays_and_is_of_both(busy: Scenario) -> None:
    war = Happening(5.0, busy.date(5.0), "war", "", 5, "cal-ara")
    found = stands(busy, war, day=29.0)
    assert found["cal-ara"] == found["ara-cal"] == len(busy.ladder.rungs) - 1
    assert stands(busy, war, day=4.0)["cal-ara"] == 0


def test_what_went_on_from_the_start_goes_on(busy: Scenario) -> None:
    hostile = busy.replace("fronts.ara-bor.baseline", "display").replace("fronts.bor-ara.baseline", "threat")
    assert stands(hostile, day=0.0) == {"ara-bor": 2, "bor-ara": 1, "cal-ara": 0, "ara-cal": 0}
    third = crisis_of("a-b a-c", front={"a-b": {"at_war": True}, "b-a": {"at_war": True}})
    assert stands(third, day=0.0) == {"a-b": 5, "b-a": 5, "a-c": 0, "c-a": 0}


def test_a_window_that_is_drawn_has_its_median_length(busy: Scenario) -> None:
    drawn = busy.replace("rules.act_window", {"distribution": "uniform", "low": 5.0, "high": 9.0})
    assert stands(drawn, act(drawn, 1.0, "ara-bor", 1), day=8.0)["ara-bor"] == 1
    assert stands(drawn, act(drawn, 1.0, "ara-bor", 1), day=9.0)["ara-bor"] == 0
