"""Leave one out: which word, promise or deed made the difference, by playing the same runs without each in turn."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.what_mattered.coming import came_in, period_of
from escalation.analysis.what_mattered.dose import Dose, dose_of
from escalation.analysis.what_mattered.effects import effect_of
from escalation.analysis.what_mattered.items import Item, items_of, without_item
from escalation.analysis.what_mattered.left_out import LeaveOneOut, LeftOut
from escalation.analysis.what_mattered.replay import Replay, Replayed
from escalation.estimates.estimate import check_level
from escalation.estimates.proportion import proportion
from escalation.montecarlo.event_runs import EventRuns, play_event_runs
from escalation.montecarlo.pool import Crew
from escalation.montecarlo.progress import Hook
from escalation.whole_numbers import whole, whole_seed
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario

__all__ = ["leave_one_out"]

SAMPLE = 200
"""Runs in which an item came that are played once more for its dose, where nothing is said."""


def leave_one_out(
    scenario: Scenario,
    *,
    event: str = "initiation",
    actor: str | None = None,
    target: str | None = None,
    items: Sequence[str] | None = None,
    runs: int = 10_000,
    seed: int = 0,
    sample: int = SAMPLE,
    level: float = 0.95,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | Hook | None = None,
    store: str | Path | None = None,
) -> LeaveOneOut:
    """Leave out each signal, event and commitment in turn, and rank them by what that changes.

    All worlds are played on the same chance, so that run k without an item differs from run k with it by the item
    alone. Signals of one occasion are left out together. What is about an item goes with it, as the denial of a
    warning does.

    Parameters
    ----------
    scenario
        The crisis.
    event
        What is asked about, as in `Ensemble.probability`.
    actor, target
        Count only acts on fronts of this actor, against this target.
    items
        Ids of signals, events and commitments, and occasions; by default all of the scenario.
    runs
        Runs of each world: one with everything in it, and one for each item.
    seed
        Seed of all of them.
    sample
        Runs in which an item came that are played once more, with it and without it, to see which belief it moved and
        how the next decisions weighed force; 0 for none.
    level
        Confidence level of the intervals.
    workers, executor, progress
        As in `escalation.montecarlo.runner.run`. Ctrl-C returns what the runs say that are finished in all worlds.
    store
        Folder in which finished runs are kept, those of each world in a folder named by the hash of its scenario.

    Returns
    -------
    LeaveOneOut
        A row an item, the largest effect first. An effect is what leaving it out does: without it minus with it.

    Raises
    ------
    StudyError
        If an argument is not possible, or the scenario has no such event or item; before any run is played.
    StoreError
        If the folder cannot be used.
    KeyboardInterrupt
        If Ctrl-C was pressed before any run was finished in all worlds.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> study = esc.leave_one_out(crisis, actor="challenger", runs=2_000, seed=1, progress=False)
    >>> [row.item.name for row in study.rows]
    ['alliance', 'threat']
    """
    check_level(level)
    seed, sample = whole_seed(seed), whole("sample", sample, least=0)
    found = items_of(scenario, items)
    played = play_event_runs(
        [scenario, *(without_item(scenario, item) for item in found)],
        event,
        actor=actor,
        target=target,
        runs=runs,
        seed=seed,
        workers=workers,
        executor=executor,
        progress=progress,
        store=store,
    )
    there = np.stack([came_in(item, played.lowered[0], seed=seed, ended=played.ended[0]) for item in found])
    doses: Sequence[Dose | None] = [None] * len(found)
    interrupted = played.interrupted
    # After Ctrl-C nobody waits for doses.
    if sample and not interrupted:
        replay = Replay(played.lowered[0], seed=seed, rung=_rung(scenario, event), actor=actor, target=target)
        try:
            doses = _doses(replay, played, found, there, sample=sample, level=level, workers=workers, progress=progress)
        except KeyboardInterrupt:  # the runs are finished, and say what they say
            interrupted = True
    rows = [
        _row(played, place, item, there[place], dose, level=level, event=event)
        for place, (item, dose) in enumerate(zip(found, doses, strict=True))
    ]
    rows.sort(key=lambda row: -abs(row.effect.value))
    hits, count = int(played.happened[0].sum()), played.happened.shape[1]
    return LeaveOneOut(
        scenario=scenario,
        event=event,
        actor=actor,
        target=target,
        seed=seed,
        runs=count,
        level=level,
        baseline=proportion(hits, count, level=level, event=event),
        rows=tuple(rows),
        interrupted=interrupted,
    )


def _row(
    played: EventRuns, place: int, item: Item, there: NDArray[np.bool_], dose: Dose | None, *, level: float, event: str
) -> LeftOut:
    within, without = played.happened[0], played.happened[place + 1]
    found = effect_of(within, without, there, item=item.name, level=level, event=event)
    return LeftOut(
        item=item,
        effect=found.effect,
        came=found.came,
        effect_where_it_came=found.where_it_came,
        dose=dose,
    )


def _rung(scenario: Scenario, event: str) -> int:
    """Lowest rung that the odds of a decision are about: the rung asked for, else the lowest of force."""
    kind, _, name = event.partition(":")
    if kind == "rung" and name in scenario.ladder.names:
        return scenario.ladder.names.index(name)
    return [rung.role for rung in scenario.ladder.rungs].index(Role.FORCE)


def _doses(
    replay: Replay,
    played: EventRuns,
    items: Sequence[Item],
    there: NDArray[np.bool_],
    *,
    sample: int,
    level: float,
    workers: int | None,
    progress: bool | Hook | None,
) -> list[Dose | None]:
    """Play runs in which items came once more; each run once as it was, and once without each item."""
    wanted: dict[int, list[int]] = {}
    for place in range(len(items)):
        for run in np.flatnonzero(there[place])[:sample].tolist():
            wanted.setdefault(run, []).append(place)
    # By runs and not by items: a run in which several items came is played but once as it was.
    chosen = sorted(wanted)
    numbers = np.array(chosen, dtype=np.int64)
    periods = [period_of(item, replay.lowered, seed=replay.seed, runs=numbers) for item in items]
    precision = replay.precision(numbers)

    def work(n: int) -> list[tuple[int, Replayed]]:
        run = chosen[n]
        base = replay.play(replay.lowered, run, precision[n])
        return [
            (
                place,
                replay.compared(
                    base, replay.play(played.lowered[place + 1], run, precision[n]), period=periods[place][n]
                ),
            )
            for place in wanted[run]
        ]

    with Crew(sum(map(len, wanted.values())), workers=workers, progress=progress) as crew:
        results = crew.play(work, range(len(chosen)), runs=lambda n: len(wanted[chosen[n]]))
    by_item: list[list[Replayed]] = [[] for _ in items]
    for found in results:
        for place, one in found:
            by_item[place].append(one)
    return [dose_of(replayed, replay.lowered, fronts=replay.fronts, level=level) for replayed in by_item]
