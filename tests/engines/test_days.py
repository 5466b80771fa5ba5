"""Nothing happens after the horizon: where the period does not divide it, the last period is shorter."""

from __future__ import annotations

import numpy as np
import pytest
from crises import Play, crisis_of
from hypothesis import given
from hypothesis import strategies as st

import escalation as esc
from escalation.app.viewing import Viewing
from escalation.engines.days import days_of, periods_of
from escalation.engines.explaining.explain import decisions
from escalation.mechanisms.time_and_chance import kept_share

TWO = esc.load("two-state-deterrence")
WEEKS = TWO.replace("period", 7.0)
PERIODS = st.floats(0.05, 7.0) | st.integers(1, 140).map(lambda n: n / 20.0)


@given(period=PERIODS, horizon=st.integers(1, 400))
def test_days_rise_by_periods_to_the_horizon(period: float, horizon: int) -> None:
    scenario = TWO.without("threat").replace("horizon", horizon).replace("period", period)
    days = days_of(scenario)
    assert (days[0], days[-1], len(days)) == (0.0, horizon, periods_of(scenario) + 1)
    np.testing.assert_allclose(np.diff(days)[:-1], period, rtol=1e-9)
    assert 0.0 < days[-1] - days[-2] <= period * (1.0 + 1e-9)


@given(period=PERIODS, horizon=st.integers(1, 40))
def test_the_clock_stands_at_these_days(period: float, horizon: int) -> None:
    play = Play(crisis_of(period=period, horizon=horizon))
    days = days_of(play.lowered.scenario)
    stood, lengths = [play.clock.now], []
    for _ in range(play.lowered.periods):
        play.period()
        stood.append(play.clock.now)
        lengths.append(play.clock.elapsed)
        assert play.clock.latest == play.clock.now + 0.5 * play.clock.elapsed
    assert stood == days.tolist()
    np.testing.assert_allclose(lengths, np.diff(days), rtol=1e-9)


def test_what_fades_and_what_is_risked_is_of_the_days_that_passed() -> None:
    rules = {"injury_half_life": 10.0, "vow_half_life": 3.0, "fear_half_life": 5.0, "pressure_half_life": 2.0}
    play = Play(crisis_of(period=7.0, horizon=10, rules=rules))
    actor, front = play.actor("a"), play.front("a-b")
    play.period()
    front.fear, front.fear_baseline, actor.weakness, actor.weakness_half_life = 0.4, 0.1, 0.4, 4.0
    play.open()
    assert (play.clock.now, play.clock.elapsed) == (10.0, 3.0)
    assert front.fear == pytest.approx(0.1 + 0.3 * 0.5 ** (3.0 / 5.0))
    assert actor.weakness == pytest.approx(0.4 * 0.5 ** (3.0 / 4.0))
    kept = {name: getattr(play.rules, f"{name}_kept") for name in ("injury", "vow", "fear", "pressure")}
    assert kept == {name: kept_share(3.0, rules[f"{name}_half_life"]) for name in kept}


def test_war_by_accident_is_as_likely_as_the_days_on_alert_make_it() -> None:
    """At a hazard of .1 a day war comes in three days with 1 − e^(−.3) = .259; false alarm 1 in 15,000, 4 SE."""
    wars, runs = 0, 400
    for run in range(runs):
        play = Play(crisis_of(period=7.0, horizon=10, rules={"accident_hazard": 0.1, "act_window": 20.0}), run=run)
        play.period()
        for front in play.crisis.fronts:
            front.last_alert = 7.0
        play.open()
        for front in play.crisis.fronts:
            front.deciding, front.chosen = 0, -1
        play.close()
        wars += play.front("a-b").at_war
    expected = 1.0 - np.exp(-0.3)
    assert abs(wars / runs - expected) < 4.0 * np.sqrt(expected * (1.0 - expected) / runs)


def test_a_run_to_day_63_goes_on_where_one_to_day_60_ends() -> None:
    short, long = (WEEKS.replace("horizon", days) for days in (60, 63))
    for run in range(30):
        one, other = (esc.simulate(scenario, seed=1, run=run) for scenario in (short, long))
        assert one.days[-1] <= 60.0
        np.testing.assert_array_equal(one.fronts[:9], other.fronts[:9])
    ensembles = [esc.run(scenario, runs=4000, seed=1, progress=False) for scenario in (short, long)]
    initiation = [ensemble.probability("initiation").value for ensemble in ensembles]
    assert initiation[0] < initiation[1]
    assert (
        ensembles[0].first_passage("initiation").at(56).value == ensembles[1].first_passage("initiation").at(56).value
    )
    finite = ensembles[0].first_day("initiation")
    assert finite[np.isfinite(finite)].max() == 60.0


def test_every_date_of_a_run_is_one_of_these_days() -> None:
    allowed = set(days_of(WEEKS).tolist())
    late = 0
    for run in range(200):
        path = esc.simulate(WEEKS, seed=1, run=run)
        late += bool((path.acts["period"] == 9).any())
        found = {row.day for row in decisions(path)} | set(path.days.tolist())
        outcome = path.outcome
        found |= {day for days in outcome["first_crossed"].values() for day in days.values()}
        assert found <= allowed
        if path.acts["period"].size and path.acts["period"][-1] == 9:
            row = decisions(path)[-1]
            assert row.day == 60.0
            assert path.explain(row.day, row.actor)[0].day == 60.0
            viewing = Viewing.of_run(WEEKS, seed=1, run=run)
            assert viewing.next_busy(8) == 9
            assert viewing.choices(9)
            assert viewing.next_busy(9, back=True) <= 8
            table = path_table(path)
            assert max(table) <= 60.0
            break
    assert late, "no run had a decision in the last period"


def path_table(path: esc.Trajectory) -> list[float]:
    from escalation.reports.event_table import event_rows

    return [row["day"] for row in event_rows(path, scheduled=True)] or [0.0]


def test_a_branch_may_have_another_horizon() -> None:
    path = esc.simulate(WEEKS, seed=1, run=17)
    longer = esc.branch(path, 58, changes=[("horizon", 90)], runs=50)
    assert longer.days[-1] == 90.0
    nearer = esc.branch(path, 57.0, changes=[("horizon", 58)], runs=50)
    assert nearer.days[-3:].tolist() == [49.0, 56.0, 58.0]
    with pytest.raises(esc.StudyError, match=r"horizon, day 56, must come after the day of the branch, day 56"):
        esc.branch(path, 57.0, changes=[("horizon", 56)], runs=50)


def test_splitting_counts_the_days_that_were_played() -> None:
    """Where nobody ever acts no path is copied: two repetitions of 40 paths, of 7 + 3 days each."""
    quiet = crisis_of(period=7.0, horizon=10, actors={name: {"tempo": 3000.0} for name in "abc"})
    found = esc.rare_event(quiet, "war", particles=40, repetitions=2, workers=1)
    assert (found.value, found.simulated_days) == (0.0, 2 * 40 * 10.0)
