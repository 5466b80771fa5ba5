from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.paths import Branch, Step, paths
from escalation.world.scenario import Scenario

from .conftest import HORIZON, draw_run, lower, make

FRONTS = ("ara-bor", "bor-ara", "cal-ara")


def played(runs: int) -> Ensemble:
    scenario = make()
    lowered = lower(scenario)
    rows = [draw_run(lowered, 1, run) for run in range(runs)]
    return Ensemble(scenario, 1, {name: np.stack([row[name] for row in rows]) for name in rows[0]}, axes(scenario))


def axes(scenario: Scenario) -> Axes:
    return Axes.named(scenario, front_ids=FRONTS, actor_ids=scenario.actor_ids, commitment_rows=("cal-bor:ara",))


def crossing(*runs: dict[tuple[int, int], int]) -> Ensemble:
    """Runs given as the period in which each front crossed each rung, and all below it that it had not."""
    scenario = make()
    crossed = np.full((len(runs), len(FRONTS), 6), -1, dtype=np.int16)
    crossed[:, :, 0] = 0
    for run, told in enumerate(runs):
        for (front, rung), period in sorted(told.items(), key=lambda item: item[1]):
            below = crossed[run, front, 1 : rung + 1]
            below[below < 0] = period
    return Ensemble(
        scenario, 1, {"crossed": crossed, "settled": np.full(len(runs), -1, dtype=np.int16)}, axes(scenario)
    )


def naive(ensemble: Ensemble, least: int) -> dict[tuple[Step, ...], int]:
    """Paths counted run by run, day by day."""
    found: dict[tuple[Step, ...], int] = {}
    for crossed in ensemble.outcomes["crossed"]:
        high, steps = least - 1, []
        for period in range(HORIZON + 1):
            for rung in range(5, high, -1):
                here = [front for front in range(len(FRONTS)) if crossed[front, rung] == period]
                if here:
                    steps.append(Step(FRONTS[here[0]], ensemble.rung_names[rung]))
                    high = rung
                    break
        found[tuple(steps)] = found.get(tuple(steps), 0) + 1
    return found


@pytest.mark.parametrize("least", ["threat", "limited-strike", "war"])
def test_paths_are_those_counted_run_by_run(least: str) -> None:
    ensemble = played(300)
    tree = paths(ensemble, least=least)
    counted = {branch.path: branch.stayed for branch in tree.walk() if branch.stayed}
    assert counted == naive(ensemble, ensemble.rung_names.index(least))
    assert len(counted) > 3
    assert tree.runs == 300


def test_branches_are_in_order_of_their_runs_and_add_up() -> None:
    for branch in paths(played(300), least="threat").walk():
        runs = [further.runs for further in branch.branches]
        assert runs == sorted(runs, reverse=True)
        assert branch.stayed == branch.runs - sum(runs) >= 0
        assert all(further.path[:-1] == branch.path for further in branch.branches)


def test_a_step_is_a_new_high_of_the_whole_crisis() -> None:
    tree = paths(crossing({(0, 3): 2, (1, 3): 3, (1, 4): 5}, {(0, 3): 4}, {}))
    assert [branch.path for branch in tree.walk()] == [
        (),
        (Step("ara-bor", "limited-strike"),),
        (Step("ara-bor", "limited-strike"), Step("bor-ara", "major-strike")),
    ]
    assert [branch.stayed for branch in tree.walk()] == [1, 1, 1]


def test_of_several_in_one_period_the_highest_counts_and_of_equals_the_first() -> None:
    tree = paths(crossing({(0, 3): 2, (1, 4): 2}, {(2, 5): 2, (0, 5): 2}))
    assert {branch.path for branch in tree.branches} == {(Step("bor-ara", "major-strike"),), (Step("ara-bor", "war"),)}


def test_a_war_that_nobody_chose_is_a_step_though_it_crossed_nothing_below() -> None:
    ensemble = crossing({(0, 3): 7})
    ensemble.outcomes["crossed"][0, 1, 5] = 4
    (branch,) = paths(ensemble).branches
    assert branch == Branch((Step("bor-ara", "war"),), 1, ())


def test_one_actor_from_a_rung_on() -> None:
    ensemble = crossing({(0, 1): 1, (1, 2): 2})
    assert paths(ensemble).branches == ()
    assert paths(ensemble, actor="bor", least="threat").branches[0].path == (Step("bor-ara", "display"),)


@pytest.mark.parametrize(
    ("asked", "said"), [({"least": "restraint"}, "no rung 'restraint' above"), ({"actor": "dan"}, "no actor 'dan'")]
)
def test_what_there_is_not(asked: dict[str, str], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        paths(crossing({}), **asked)


def test_runs_that_did_nothing_have_the_root_alone() -> None:
    ensemble = crossing({}, {})
    assert paths(ensemble) == Branch((), 2, ())
    assert paths(replace(ensemble, seed=3)) == Branch((), 2, ())
