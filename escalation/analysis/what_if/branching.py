"""Branching: one history up to a day, a change, and thousands of ways in which it could go on from there."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.columns import column
from escalation.analysis.what_if.carrying import carry_over
from escalation.dynamics.record import FRONT_FIELDS
from escalation.engines.days import day_of_run, days_of, period_at
from escalation.engines.lower import Lowered, lower, lower_once
from escalation.engines.trajectory import Trajectory
from escalation.errors import StudyError
from escalation.files.study_key import source_hash
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.pool import Crew, check_executor, thread_count
from escalation.whole_numbers import whole
from escalation.world.editing import without_items
from escalation.world.event import Accident, InternalShock, Mediation, Provocation
from escalation.world.near import written
from escalation.world.plain import plain
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal

__all__ = ["FIRST_BRANCH", "Change", "branch"]

Event = Provocation | Accident | InternalShock | Mediation
Change = tuple[str, Any] | Signal | Event | Callable[[Scenario], Scenario]
"""A path and its new value, a signal or event to add, or a function from scenario to scenario."""

FIRST_BRANCH = 2**39
"""Number of the first continuation: runs of a study are numbered from 0, so that no chance is used twice."""
_BLOCK = 250
_FIXED = ("start", "as_of", "period", "ladder")


def branch(
    trajectory: Trajectory,
    day: datetime.date | float,
    *,
    changes: Sequence[Change] = (),
    without: Sequence[str] = (),
    runs: int = 10_000,
    workers: int | None = None,
    executor: Executor | None = None,
) -> Ensemble:
    """Take one history up to a day, change something, and continue it many times.

    All that was drawn by that day stays: private types and reasons, epistemic draws, and dates already set, such as
    when a prompted decision falls. Continuation k draws the same chance whatever is changed, so that two branches
    from one day can be compared run by run.

    Parameters
    ----------
    trajectory
        A run of the model, as `escalation.simulate` gives it.
    day
        Date, or days after the start; the periods that have ended by then are history.
    changes
        Each a path and its new value, as ``("actors.usa.honesty", 0.9)``; a signal or event to add; or a function
        from scenario to scenario. A changed quantity takes its new value on that day.
    without
        Ids of signals, events or commitments to leave out.
    runs
        Number of continuations.
    workers
        Number of threads; by default one for each core. Never changes results.
    executor
        Executor to send the work to instead, as in `escalation.montecarlo.runner.run`.

    Returns
    -------
    Ensemble
        Of the changed scenario; before the day the outcomes are those of the history.

    Raises
    ------
    StudyError
        If it is no trajectory, the day is not within the run, or a change would alter what has already happened.
    ScenarioError
        If a changed value is not allowed.

    Examples
    --------
    >>> import escalation as esc
    >>> path = esc.simulate(esc.load("two-state-deterrence"), seed=1, run=17)
    >>> after = branch(path, 12, changes=[("actors.patron.capability", 4.0)], runs=200)
    >>> after.runs
    200
    """
    if not isinstance(trajectory, Trajectory):
        said = f"the name or path {trajectory!r}" if isinstance(trajectory, str | Path) else type(trajectory).__name__
        raise StudyError(f"branch goes on from a trajectory, as escalation.simulate gives it, not from {said}")
    runs = whole("runs", runs, least=1, below=FIRST_BRANCH)
    thread_count(workers)
    check_executor(executor)
    old = lower_once(trajectory.scenario)
    periods = _periods_by(trajectory, day)
    begun, now = _replay(trajectory, old, periods)
    changed = _changed(trajectory.scenario, changes, without)
    # Without a change nothing is carried over, and the continuations are of the very scenario that was played.
    new, start = old, now
    if changed != trajectory.scenario:
        clock = (float(column(now[np.newaxis], old, "clock", field)[0, 0]) for field in ("now", "latest"))
        _check_past(trajectory.scenario, changed, *clock)
        _check_joined(old, changed, now)
        new = lower(changed)
        start = carry_over(now, (begun, _begin(new, trajectory)), (old, new))
    work = partial(_continued, new, start, trajectory.seed, runs)
    with Crew(runs, workers=workers, executor=executor, progress=False) as crew:
        blocks = crew.play(work, range(0, runs, _BLOCK), runs=lambda first: min(_BLOCK, runs - first))
    outcomes = {name: np.concatenate([found[name] for found in blocks]) for name in blocks[0]}
    axes = Axes.of(changed, new)
    return Ensemble(
        scenario=changed,
        seed=trajectory.seed,
        outcomes=outcomes,
        axes=axes,
        sources=source_hash("runs"),
        branched_from=trajectory.run,
    )


def _periods_by(trajectory: Trajectory, day: datetime.date | float) -> int:
    scenario = trajectory.scenario
    days = day_of_run(scenario, "day", day)
    if not 0.0 <= days < scenario.horizon:
        raise StudyError(f"day is {day}; it must lie from day 0 to before day {scenario.horizon} of {scenario.name!r}")
    return period_at(days_of(scenario), days)


def _begin(lowered: Lowered, trajectory: Trajectory) -> NDArray[np.float64]:
    from escalation.engines.compiled import begin_states

    state: NDArray[np.float64] = begin_states(lowered, seed=trajectory.seed, runs=np.array([trajectory.run]))[0]
    return state


def _replay(trajectory: Trajectory, lowered: Lowered, periods: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the state with which a run began and that after some periods, and check that it is the run recorded."""
    from escalation.engines.compiled import advance

    begun = _begin(lowered, trajectory)
    states = begun[np.newaxis].copy()
    advance(lowered, states, seed=trajectory.seed, runs=np.array([trajectory.run]), periods=periods)
    # A run that stopped once it had settled holds no states after that.
    reached = min(periods, len(trajectory.fronts) - 1)
    resolve = column(states, lowered, "fronts", "resolve")[0]
    vows = column(states, lowered, "fronts", "vow_standing")[0]
    recorded = trajectory.fronts[reached]
    if not (
        np.array_equal(resolve, recorded[:, FRONT_FIELDS.index("resolve")])
        and np.array_equal(vows, recorded[:, FRONT_FIELDS.index("vow")])
    ):
        raise StudyError("the trajectory was not played by the model's own rule, so that it cannot be continued")
    return begun, states[0]


def _changed(scenario: Scenario, changes: Sequence[Change], without: Sequence[str]) -> Scenario:
    if without:
        scenario = scenario.from_dict(without_items(plain(scenario), without))
    for change in changes:
        if isinstance(change, Signal):
            scenario = scenario.with_signal(change)
        elif isinstance(change, tuple) and len(change) == 2:
            scenario = scenario.replace(*change)
        elif callable(change):
            scenario = change(scenario)
        elif isinstance(change, Event):
            scenario = scenario.with_event(change)
        else:
            raise StudyError(
                f"{change!r} is no change; it must be a path and a value, a signal or event, or a function from "
                "scenario to scenario"
            )
    return scenario


def _check_past(old: Scenario, new: Scenario, now: float, latest: float) -> None:
    """Refuse a change of what has already happened, or of what makes the past another one."""
    for field in _FIXED:
        if getattr(old, field) != getattr(new, field):
            raise StudyError(f"{field} cannot be changed in the middle of a run")
    if old.rules.conciliation != new.rules.conciliation:
        raise StudyError(
            "rules.conciliation cannot be changed in the middle of a run: it adds an act, as a ladder would"
        )
    if old.actor_ids != new.actor_ids or old.front_ids != new.front_ids:
        raise StudyError("actors and fronts cannot be added or removed in the middle of a run")
    if new.horizon <= now:
        raise StudyError(f"the horizon, day {new.horizon}, must come after the day of the branch, day {now:g}")
    for table in ("signals", "events"):
        before, after = getattr(old, table), getattr(new, table)
        for key in dict.fromkeys([*before, *after]):
            items = [items[key] for items in (before, after) if key in items]
            if before.get(key) != after.get(key) and any(new.day(item.date) < latest for item in items):
                day = min(new.day(item.date) for item in items)
                raise StudyError(
                    f"{table}.{key} falls on day {day:g} and has already come; only what falls on day "
                    f"{latest:g} or later can be changed"
                )


def _check_joined(old: Lowered, new: Scenario, now: NDArray[np.float64]) -> None:
    joined = column(now[np.newaxis], old, "pledges", "joined")[0]
    for row, name in enumerate(old.commitment_rows):
        if not joined[row]:
            continue
        commitment = name.partition(":")[0]
        before, after = old.scenario.commitments[commitment], new.commitments.get(commitment)
        if after is None:
            raise StudyError(f"commitments.{commitment} cannot be left out: its patron has already joined")
        for field in ("patron", "protege", "adversary"):
            said = getattr(before, field)
            if getattr(after, field) != said:
                raise StudyError(
                    f"commitments.{commitment}.{field} cannot be changed: its patron has already joined; "
                    f"leave it {'out' if said is None else f'at {written(said)}'}"
                )


def _continued(
    lowered: Lowered, start: NDArray[np.float64], seed: int, runs: int, first: int
) -> dict[str, NDArray[Any]]:
    """Play a block of continuations."""
    from escalation.engines.compiled import advance

    # By the number of the continuation, so that blocks and threads change no draw.
    numbers = FIRST_BRANCH + np.arange(first, min(first + _BLOCK, runs), dtype=np.int64)
    states = np.repeat(start[np.newaxis], len(numbers), axis=0)
    return advance(lowered, states, seed=seed, runs=numbers, periods=lowered.periods)
