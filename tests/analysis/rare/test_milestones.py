import numpy as np

from escalation.analysis.rare.milestones import Milestones


def test_first_and_last_are_by_level_and_a_bar_takes_away_what_is_not_above_it() -> None:
    kept = Milestones()
    kept.note(np.array([0, 1]), np.array([0.1, 0.2]), np.array([0, 0]), np.array([[10], [20]]))
    kept.note(np.array([1]), np.array([0.7]), np.array([3]), np.array([[21]]))
    kept.note(np.array([0, 1]), np.array([0.5, 0.9]), np.array([4, 5]), np.array([[11], [22]]))
    states, times = kept.first(np.array([1, 0, 1]))
    assert (states[:, 0].tolist(), times.tolist()) == ([20, 10, 20], [0, 0, 0])
    kept.forget(np.array([0]), 0.2)
    states, times = kept.first(np.array([1]))
    assert (states[0, 0], times[0]) == (21, 3)
    assert kept.last(np.array([1]))[0, 0] == 22


def test_room_is_used_again_and_states_are_copies() -> None:
    kept = Milestones()
    for step in range(50):
        states = np.full((3, 2), float(step))
        kept.note(np.arange(3), np.full(3, step + 1.0), np.full(3, step), states)
        states[:] = -1.0
        assert (kept.first(np.arange(3))[0] == step).all()
        kept.forget(np.arange(0), step + 1.0)
    assert kept.rooms <= 6
