"""One event in the same runs of many worlds: played by one pool, kept in one folder, and cut short without loss."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.dispatch import play
from escalation.montecarlo.events import Query, query
from escalation.montecarlo.gathered import Gathered
from escalation.montecarlo.pool import check_executor, cores, in_flight, thread_count
from escalation.montecarlo.progress import Hook, Progress
from escalation.montecarlo.stopping import Watch
from escalation.montecarlo.store import Store
from escalation.whole_numbers import RUNS_BELOW, whole, whole_seed

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered
    from escalation.world.scenario import Scenario

__all__ = ["EventRuns", "play_event_runs"]


@dataclass(frozen=True, slots=True, eq=False)
class EventRuns:
    """Whether an event happened in the same runs of many worlds.

    Parameters
    ----------
    happened
        Whether it did; shape (worlds, runs).
    ended
        Last period of each run; shape (worlds, runs).
    lowered
        The worlds as arrays.
    interrupted
        Whether fewer runs were finished than were asked for.
    """

    happened: NDArray[np.bool_]
    ended: NDArray[np.int16]
    lowered: tuple[Lowered, ...]
    interrupted: bool


def play_event_runs(
    scenarios: Sequence[Scenario],
    event: str,
    *,
    actor: str | None,
    target: str | None,
    runs: int,
    seed: int,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | Hook | None = None,
    store: str | Path | None = None,
) -> EventRuns:
    """Play the same runs of many worlds, and keep whether an event happened in them.

    The first world must have the event. Where another has not, since a front or a commitment is gone, it cannot happen
    there.

    Parameters
    ----------
    scenarios
        The worlds.
    event, actor, target
        The event, as in `escalation.montecarlo.played.PlayedRuns.occurs`.
    runs, seed, workers, executor, progress
        As in `escalation.montecarlo.runner.run`. Ctrl-C returns the runs that are finished in all worlds.
    store
        Folder that keeps the runs of each world, in a folder named by the hash of its scenario.

    Raises
    ------
    StudyError
        If an argument is not possible, or the first world has no such event; before any run is played.
    StoreError
        If the folder cannot be used.
    KeyboardInterrupt
        If Ctrl-C was pressed before any run was finished in all worlds.
    """
    from escalation.engines.lower import lower

    runs, seed, threads = whole("runs", runs, least=1, below=RUNS_BELOW), whole_seed(seed), thread_count(workers)
    check_executor(executor)
    lowered = [lower(scenario) for scenario in scenarios]
    axes = [Axes.of(scenario, arrays) for scenario, arrays in zip(scenarios, lowered, strict=True)]
    query(event, axes[0], actor=actor, target=target)  # so that what the first world does not have is refused
    queries = [_query_or_none(event, other, actor=actor, target=target) for other in axes]

    def keep(world: int, outcomes: Outcomes) -> dict[str, NDArray[Any]]:
        asked, ended = queries[world], outcomes["ended"]
        happened = np.zeros(len(ended), dtype=np.bool_) if asked is None else asked.occurs(outcomes)
        return {"happened": happened, "ended": ended}

    gathered, watch = Gathered(runs, worlds=len(scenarios), keep=keep), Watch(None, axes[0])
    bar = Progress(runs * len(scenarios), show=progress)
    stores = {} if store is None else _stores(Path(store), scenarios, axes, seed=seed, runs=runs)
    for world, kept in stores.items():
        bar.skip(kept.restore(gathered, world=world))
    play(
        scenarios,
        lowered,
        seed=seed,
        gathered=gathered,
        workers=threads if executor is None else min(threads, cores()),
        executor=executor,
        in_flight=in_flight(executor, workers),
        progress=bar,
        stores=stores,
        watch=watch,
    )
    stop, interrupted = watch.kept(gathered)
    found = [gathered.outcomes(world=world, stop=stop) for world in range(len(scenarios))]
    return EventRuns(
        happened=np.stack([outcomes["happened"] for outcomes in found]),
        ended=np.stack([outcomes["ended"] for outcomes in found]),
        lowered=tuple(lowered),
        interrupted=interrupted,
    )


def _query_or_none(event: str, axes: Axes, *, actor: str | None, target: str | None) -> Query | None:
    try:
        return query(event, axes, actor=actor, target=target)
    except StudyError:
        return None


def _stores(
    folder: Path, scenarios: Sequence[Scenario], axes: Sequence[Axes], *, seed: int, runs: int
) -> dict[int, Store]:
    """Open the store of each world; two worlds that are the same share one, which the first of them writes to."""
    # Two writers in one process would write the same blocks twice over.
    first: dict[str, int] = {}
    for world, scenario in enumerate(scenarios):
        first.setdefault(scenario.hash, world)
    return {
        world: Store.open(folder / name[:16], scenarios[world], seed=seed, axes=axes[world], runs=runs)
        for name, world in first.items()
    }
