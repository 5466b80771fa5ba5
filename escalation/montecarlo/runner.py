"""Run a scenario many times."""

from __future__ import annotations

import operator
import os
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import SupportsIndex

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.dispatch import play
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.progress import Progress
from escalation.world.scenario import Scenario

__all__ = ["play_worlds", "run"]


def run(
    scenario: Scenario,
    *,
    runs: int = 10_000,
    seed: int = 0,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> Ensemble:
    """Run a scenario many times.

    Run number k of a seed is the same whatever the number of runs, workers or the executor. Ctrl-C returns
    the runs that are finished, from the first on.

    Parameters
    ----------
    scenario
        The scenario.
    runs
        Number of runs, 1 or more.
    seed
        Seed, from 0 to 2⁶⁴ − 1.
    workers
        Number of threads; by default one for each core.
    executor
        Executor to use instead: processes, or a cluster's. It is not shut down. With `workers`, no more than
        twice as many blocks are sent to it at a time, otherwise 64.
    progress
        Whether to show a progress bar on standard error; by default on a terminal, where the work is long.

    Returns
    -------
    Ensemble
        Outcomes of the runs.

    Raises
    ------
    StudyError
        If an argument is not possible.
    KeyboardInterrupt
        If Ctrl-C was pressed before any run was finished.
    """
    return play_worlds([scenario], runs=runs, seed=seed, workers=workers, executor=executor, progress=progress)[0]


def play_worlds(
    scenarios: Sequence[Scenario],
    *,
    runs: int,
    seed: int,
    workers: int | None,
    executor: Executor | None,
    progress: bool | None,
) -> list[Ensemble]:
    """Play the same runs of several worlds side by side, as `run` does one.

    Returns
    -------
    list of Ensemble
        One for each world, all of the same number of runs.
    """
    from escalation.engines.lower import lower

    runs = _whole("runs", runs, least=1, below=2**40)
    seed = _whole("seed", seed, least=0, below=2**64)
    threads = _cores() if workers is None else _whole("workers", workers, least=1, below=2**16)
    if executor is not None and not isinstance(executor, Executor):
        raise StudyError(
            f"executor is a {type(executor).__name__}; it must be a concurrent.futures.Executor, such as a "
            "ProcessPoolExecutor or what dask's Client.get_executor() gives"
        )
    lowered = [lower(scenario) for scenario in scenarios]
    gathered = play(
        scenarios,
        lowered,
        seed=seed,
        runs=runs,
        workers=threads,
        executor=executor,
        in_flight=64 if executor is not None and workers is None else 2 * threads,
        progress=Progress(runs * len(scenarios), show=progress),
    )
    return [
        Ensemble(
            scenario=scenario,
            seed=seed,
            outcomes=outcomes,
            axes=Axes.of(scenario, arrays),
            interrupted=gathered.finished < runs,
        )
        for scenario, arrays, outcomes in zip(scenarios, lowered, gathered.outcomes(), strict=True)
    ]


def _whole(name: str, value: SupportsIndex, *, least: int, below: int) -> int:
    try:
        number = operator.index(value)
    except TypeError:
        number = least - 1
    if isinstance(value, bool) or not least <= number < below:
        power = below.bit_length() - 1
        raise StudyError(f"{name} is {value!r}; it must be a whole number from {least} to 2**{power} - 1")
    return number


def _cores() -> int:
    """Cores that this process may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
