from __future__ import annotations

import math

import pytest
from hindsight import LIMITED, MAJOR, WAR, crisis, written

from escalation.analysis.score.hindcasts.happened import Happened, happened, violence_of
from escalation.world.scenario import Scenario

ACTS = [
    (6, "ara", "bor", "war"),  # on the information date
    (7, "ara", "bor", "limited-strike"),
    (9, "ara", "bor", "major-strike"),
    (8, "bor", "ara", "display"),
    (10, "cal", "bor", "limited-strike"),  # at its baseline
    (11, "ara", "cal", "war"),  # no such front
    (31, "bor", "ara", "limited-strike"),  # on the horizon
]


def course(scenario: Scenario) -> Happened:
    return happened(scenario, written(scenario, [{}]).axes)


def test_acts_are_sorted_by_whether_a_run_could_show_them() -> None:
    found = course(crisis(ACTS))
    assert [act.date.day for act in found.scored] == [7, 9, 8, 31]
    assert [act.date.day for act in found.outside_window] == [6]
    assert [(act.actor, act.rung) for act in found.unnoticed] == [("cal", "limited-strike")]
    assert [(act.actor, act.target) for act in found.impossible] == [("ara", "cal")]


def test_what_came_after_the_horizon_is_not_scored() -> None:
    found = course(crisis(ACTS, horizon=29))
    assert [act.date.day for act in found.scored] == [7, 9, 8]
    assert [act.date.day for act in found.outside_window] == [6, 31]


def test_peaks_and_dates_are_those_of_the_scored_acts() -> None:
    found = course(crisis(ACTS))
    assert found.levels == {"ara-bor": MAJOR, "bor-ara": LIMITED, "cal-bor": 0, "bor-cal": 0}
    assert found.peak == MAJOR
    assert found.force_days == {"ara-bor": 6.0, "bor-ara": 30.0, "cal-bor": math.inf, "bor-cal": math.inf}


def test_war_is_the_peak_and_the_force_of_both_sides() -> None:
    found = course(crisis([(7, "ara", "bor", "war")]))
    assert (found.levels["ara-bor"], found.levels["bor-ara"]) == (WAR, WAR)
    assert (found.force_days["ara-bor"], found.force_days["bor-ara"]) == (6.0, 6.0)


def test_what_a_side_did_before_a_war_is_its_first_force() -> None:
    found = course(crisis([(7, "bor", "ara", "limited-strike"), (9, "ara", "bor", "war")]))
    assert (found.force_days["ara-bor"], found.force_days["bor-ara"]) == (8.0, 6.0)


def test_above_its_baseline_an_act_counts() -> None:
    found = course(crisis([(7, "cal", "bor", "major-strike")]))
    assert found.levels["cal-bor"] == MAJOR
    assert not found.unnoticed


def test_a_war_that_was_there_is_no_outcome() -> None:
    fronts = {"ara-bor": {"at_war": True}, "bor-ara": {"at_war": True}, "cal-bor": {}, "bor-cal": {}}
    found = course(crisis([(7, "ara", "bor", "war")], fronts=fronts))
    assert len(found.unnoticed) == 1
    assert set(found.levels) == {"cal-bor", "bor-cal"}
    assert found.peak == 0


def test_restraint_that_was_observed_is_scored() -> None:
    found = course(crisis([(7, "cal", "bor", "restraint")]))
    assert len(found.scored) == 1
    assert found.peak == 0


def test_without_an_information_date_every_day_counts() -> None:
    assert len(course(crisis([(1, "ara", "bor", "threat")], as_of=None)).scored) == 1


@pytest.mark.parametrize(
    ("levels", "violence"),
    [
        ({"a-b": 2, "b-a": 2}, 0),
        ({"a-b": LIMITED, "b-a": 2}, 1),
        ({"a-b": LIMITED, "b-a": 0, "c-d": LIMITED, "d-c": 0}, 1),
        ({"a-b": LIMITED, "b-a": LIMITED}, 2),
        ({"a-b": MAJOR, "b-a": 0}, 2),
        ({"a-b": WAR, "b-a": WAR}, 3),
        ({}, 0),
    ],
)
def test_violence_is_minor_serious_or_war(levels: dict[str, int], violence: int) -> None:
    assert violence_of(levels, force=LIMITED, major=MAJOR, war=WAR) == violence
