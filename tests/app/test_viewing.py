"""A viewing asks the record the right day."""

from __future__ import annotations

import pytest

import escalation as esc
from escalation.app.game import begin, play_on
from escalation.app.viewing import Viewing
from escalation.world.scenario import Scenario


@pytest.fixture(scope="module")
def viewing(busy: Scenario) -> Viewing:
    return Viewing.of_run(busy, seed=3, run=0)


def test_it_is_the_run_that_the_compiled_engine_plays(busy: Scenario, viewing: Viewing) -> None:
    assert viewing.trajectory == esc.simulate(busy, seed=3, run=0)
    assert viewing.scenario is busy


def test_days_part_what_happened(viewing: Viewing) -> None:
    found = [row for period in range(viewing.periods + 1) for row in viewing.on(period)]
    assert found == list(viewing.happenings)
    for period in (0, 5, viewing.periods):
        before = viewing.before(period)
        assert list(before) == [row for row in reversed(viewing.happenings) if row.day < viewing.day(period)]
    assert sum(len(viewing.choices(period)) for period in range(viewing.periods + 1)) == len(viewing.decided)


def test_choices_of_a_day_come_highest_first(viewing: Viewing) -> None:
    for period in range(viewing.periods + 1):
        rungs = [choice.rung for choice in viewing.choices(period)]
        assert rungs == sorted(rungs, reverse=True)


def test_the_next_busy_day_skips_the_idle_ones(viewing: Viewing) -> None:
    period, met = 0, []
    while period < viewing.periods:
        after = viewing.next_busy(period)
        assert after > period
        assert not any(viewing.on(k) or viewing.choices(k) for k in range(period + 1, after))
        met.append(after)
        period = after
    assert met[0] == 1
    assert viewing.next_busy(met[1], back=True) == met[0]
    assert viewing.next_busy(0, back=True) == 0


def test_days_beyond_the_run_are_its_ends(viewing: Viewing) -> None:
    assert viewing.day(-3) == 0.0
    assert viewing.day(10_000) == viewing.trajectory.days[-1]


def test_a_short_period_is_a_step_of_its_own(busy: Scenario) -> None:
    fine = Viewing.of_run(busy.replace("period", 0.5).replace("horizon", 8), seed=3, run=0)
    assert fine.day(3) == 1.5
    assert sum(len(fine.on(period)) for period in range(fine.periods + 1)) == len(fine.happenings)
    assert fine.next_busy(0) == round(min(row.day for row in fine.happenings) / 0.5)


def test_explanations_are_those_of_the_trajectory(viewing: Viewing) -> None:
    choice = viewing.decided[0]
    found = viewing.explain(choice)
    assert found is not None
    assert found.chosen.name == choice.act


def test_a_game_is_looked_at_with_the_persons_choices_unexplained(busy: Scenario) -> None:
    end = play_on(begin(busy, "ara", seed=3), lambda _: "restraint")
    viewing = Viewing.of_game(end)
    assert viewing.trajectory is end.trajectory
    own = [choice for choice in viewing.decided if viewing.by_person(choice)]
    assert {choice.actor for choice in own} == {"ara"}
    assert viewing.explain(own[0]) is None
    other = next(choice for choice in viewing.decided if choice.actor == "bor")
    found = viewing.explain(other)
    assert found is not None
    assert found.signals == ()
    assert viewing.traces("bor-ara").front == "bor-ara"
    assert {row.rung for row in viewing.standings(viewing.periods)} >= {0}
