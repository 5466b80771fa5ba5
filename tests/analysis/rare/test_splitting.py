"""Statistical tests here let pass 99.9 % of correct estimators; all are on fixed keys."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from ruin import exact, gambler
from scipy import stats

from escalation.analysis.rare.splitting import Milestones, Process, split
from escalation.errors import StudyError

Z = 3.29


def estimates(process: Process, *, target: float, times: int, particles: int, given_up: float = 0.25) -> np.ndarray:
    return np.array(
        [
            split(process, target=target, particles=particles, given_up=given_up, first_key=k << 32).probability
            for k in range(times)
        ]
    )


def deviation(found: np.ndarray, truth: float) -> float:
    return abs(found.mean() - truth) / (found.std(ddof=1) / np.sqrt(len(found)))


def test_the_closed_form_is_what_the_equations_give() -> None:
    assert exact(0.3, 20, 1) == pytest.approx(5.826436930385099e-08, rel=1e-9)
    assert exact(0.4, 7, 3) == pytest.approx(0.1476444876, abs=1e-10)


@pytest.mark.slow
@pytest.mark.parametrize(("particles", "given_up"), [(5, 0.2), (40, 0.25), (40, 0.7)])
def test_thousand_repetitions_are_unbiased(particles: int, given_up: float) -> None:
    found = estimates(gambler(0.4, 7, 3), target=7, times=1000, particles=particles, given_up=given_up)
    assert deviation(found, exact(0.4, 7, 3)) < Z
    assert found.std() > 0.0


@pytest.mark.slow
def test_thousand_repetitions_are_unbiased_where_steps_jump_over_levels() -> None:
    found = estimates(gambler(0.15, 12, 2, jump=3), target=12, times=1000, particles=30)
    assert deviation(found, exact(0.15, 12, 2, jump=3)) < Z


@pytest.mark.slow
def test_thousand_repetitions_are_unbiased_for_a_level_that_misleads() -> None:
    plain = gambler(0.4, 7, 3)
    # Nearness falls, and is tied, on half of the way; it is still 7 on the event alone.
    misleading = dataclasses.replace(plain, level=lambda s: np.where(s[:, 0] >= 7, 7.0, (s[:, 0] * 5) % 4))
    found = estimates(misleading, target=7, times=1000, particles=30)
    assert deviation(found, exact(0.4, 7, 3)) < Z


def test_near_ten_to_minus_seven_it_meets_the_closed_form() -> None:
    process = gambler(0.3, 20, 1)
    splits = [split(process, target=20, particles=1000, first_key=k << 32) for k in range(20)]
    found = np.array([one.probability for one in splits])
    truth = exact(0.3, 20, 1)
    assert abs(found.mean() - truth) < stats.t.ppf(0.9995, 19) * found.std(ddof=1) / np.sqrt(20)
    # At the same standard error brute force plays 1 / p paths for each relative variance of 1.
    mean_steps = 1 / (0.7 - 0.3)  # of a path that is ruined, from a fortune of 1
    brute = truth / found.var(ddof=1) * mean_steps
    assert np.mean([one.steps for one in splits]) < brute / 1000


def test_an_event_at_the_start_is_certain() -> None:
    found = split(gambler(0.4, 7, 3), target=3, particles=10)
    assert (found.probability, found.steps, found.paths, found.arrived) == (1.0, 0, 10, 10)


def test_paths_that_all_came_equally_far_die_out() -> None:
    found = split(gambler(0.0, 7, 3), target=7, particles=10)
    assert found.probability == 0.0
    assert found.arrived == 0
    assert found.levels == (3.0,)


def test_the_estimate_is_what_was_kept_times_the_share_that_arrived() -> None:
    found = split(gambler(0.4, 7, 3), target=7, particles=50)
    assert 0 < found.arrived <= 50
    assert found.paths > 50
    assert found.probability < found.arrived / 50


def test_a_number_of_steps_ends_a_path() -> None:
    endless = dataclasses.replace(gambler(0.4, 7, 3), over=None)
    found = split(endless, target=100, steps=4, particles=10)
    assert found.probability == 0.0
    within = [split(endless, target=7, steps=4, particles=10, first_key=k << 32).probability for k in range(2000)]
    assert deviation(np.array(within), 0.4**4) < Z


def test_same_keys_same_result_and_others_another() -> None:
    process = gambler(0.4, 7, 3)
    first = split(process, target=7, particles=50, first_key=1)
    assert split(process, target=7, particles=50, first_key=1).probability == first.probability
    assert split(process, target=7, particles=50, first_key=1 << 32).probability != first.probability


@pytest.mark.parametrize(
    ("words", "options"),
    [("particles", {"particles": 1}), ("given_up", {"given_up": 1.0}), ("number of steps", {})],
)
def test_impossible_arguments_are_refused(words: str, options: dict[str, float]) -> None:
    process = gambler(0.4, 7, 3) if options else dataclasses.replace(gambler(0.4, 7, 3), over=None)
    with pytest.raises(StudyError, match=words):
        split(process, target=7, **options)


def test_a_level_that_is_no_number_is_refused() -> None:
    broken = dataclasses.replace(gambler(0.4, 7, 3), level=lambda s: np.full(len(s), np.nan))
    with pytest.raises(StudyError, match="not a number"):
        split(broken, target=7, particles=10)


def test_the_first_is_by_level_and_a_bar_takes_away_what_is_not_above_it() -> None:
    kept = Milestones()
    kept.note(np.array([0, 1]), np.array([0.1, 0.2]), np.array([0, 0]), np.array([[10], [20]]))
    kept.note(np.array([1]), np.array([0.7]), np.array([3]), np.array([[21]]))
    kept.note(np.array([0, 1]), np.array([0.5, 0.9]), np.array([4, 5]), np.array([[11], [22]]))
    states, times = kept.first(np.array([1, 0, 1]))
    assert (states[:, 0].tolist(), times.tolist()) == ([20, 10, 20], [0, 0, 0])
    kept.forget(np.array([0]), 0.2)
    states, times = kept.first(np.array([1]))
    assert (states[0, 0], times[0]) == (21, 3)


def test_room_is_used_again_and_states_are_copies() -> None:
    kept = Milestones()
    for step in range(50):
        states = np.full((3, 2), float(step))
        kept.note(np.arange(3), np.full(3, step + 1.0), np.full(3, step), states)
        states[:] = -1.0
        assert (kept.first(np.arange(3))[0] == step).all()
        kept.forget(np.arange(0), step + 1.0)
    assert kept.rooms <= 6
