"""A policy grid: the probability of an event as a surface over two quantities, on the same chance."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any

import numpy as np

from escalation.analysis.what_if.worlds import World, play_event
from escalation.errors import StudyError
from escalation.estimates.estimate import check_level
from escalation.estimates.proportion import proportion
from escalation.montecarlo.pool import Crew
from escalation.version import __version__
from escalation.whole_numbers import whole, whole_seed
from escalation.world.plain_words import asked_words, place_words
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["policy_grid"]


def policy_grid(
    scenario: Scenario,
    first: tuple[str, Sequence[Any]],
    second: tuple[str, Sequence[Any]],
    *,
    event: str = "war",
    actor: str | None = None,
    target: str | None = None,
    runs: int = 2_000,
    seed: int = 0,
    level: float = 0.95,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> xr.Dataset:
    """Play a scenario at all pairs of values of two of its quantities, on common random numbers.

    Parameters
    ----------
    scenario
        The crisis.
    first, second
        A dotted place, as `Scenario.replace` takes it, and the values to put there.
    event
        Name of the event.
    actor, target
        Count only acts on fronts of this actor, against this target.
    runs
        Runs at each pair of values; the same ones at all.
    seed
        Seed of the runs.
    level
        Confidence level of the intervals.
    workers
        Number of threads; by default one for each core. Results do not depend on it.
    executor
        Executor to send the work to instead, as in `escalation.montecarlo.runner.run`.
    progress
        Whether to show a progress bar; by default on a terminal, where the work is long.

    Returns
    -------
    xarray.Dataset
        Probability of the event (``value``) and its interval by Wilson's method (``low``, ``high``), each of shape
        (first, second), with the values as coordinates and where they come from as attributes.

    Raises
    ------
    StudyError
        If a place or an argument is not possible.
    ScenarioError
        If a value is not allowed at its place.
    KeyboardInterrupt
        If Ctrl-C was pressed.

    Examples
    --------
    >>> import escalation as esc
    >>> first, second = ("rules.face", [0.0, 0.2]), ("horizon", [30, 60, 90])
    >>> grid = policy_grid(esc.load("two-state-deterrence"), first, second, runs=200, seed=1, progress=False)
    >>> grid["value"].shape
    (2, 3)
    """
    import xarray as xr

    (path, values), (other, others) = first, second
    if path == other or not len(values) or not len(others):
        raise StudyError("a grid needs two different places, and one or more values for each")
    check_level(level)
    runs, seed = whole("runs", runs, least=1), whole_seed(seed)
    # In the order of the rows of the grid, which the reshaping below relies on.
    worlds = [
        World.of(scenario.replace(path, one).replace(other, two), event, actor=actor, target=target)
        for one in values
        for two in others
    ]
    with Crew(runs * len(worlds), workers=workers, executor=executor, progress=progress) as crew:
        happened = play_event(worlds, seed=seed, first=0, count=runs, crew=crew)
    shape = (len(values), len(others))
    cells = [proportion(int(hits), runs, level=level) for hits in np.count_nonzero(happened, axis=1)]
    variables = {
        end: ((path, other), np.array([getattr(cell, end) for cell in cells]).reshape(shape))
        for end in ("value", "low", "high")
    }
    return xr.Dataset(
        variables,
        coords={
            place: (place, list(given), {"long_name": place_words(place, scenario)})
            for place, given in ((path, values), (other, others))
        },
        attrs={
            "scenario": scenario.name,
            "hash": scenario.hash,
            "version": __version__,
            "event": event,
            "event_words": asked_words(event, scenario, actor=actor, target=target),
            "actor": actor or "",
            "target": target or "",
            "runs": runs,
            "seed": seed,
            "method": "wilson",
            "level": level,
        },
    )
