"""Paths: by which steps runs climbed, and which paths are the commonest.

A step is a new high of the whole crisis: the front on which it was reached first, and its rung. A run's path is its
steps in order, and all paths together are a tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.events import earliest, select_fronts
from escalation.montecarlo.pieces import pieces
from escalation.world.near import near

__all__ = ["Branch", "Step", "paths"]


class Step(NamedTuple):
    """A new high of the crisis.

    Parameters
    ----------
    front
        Where it was reached first; of several in the same period the first in order.
    rung
        How high.
    """

    front: str
    rung: str


@dataclass(frozen=True, slots=True)
class Branch:
    """What runs did up to a step, and after it.

    Parameters
    ----------
    path
        Steps up to here; none where nothing has happened.
    runs
        Number of runs that came by these steps.
    branches
        Where they went from here, commonest first.
    """

    path: tuple[Step, ...]
    runs: int
    branches: tuple[Branch, ...]

    @property
    def stayed(self) -> int:
        """Number of runs that climbed no higher from here."""
        return self.runs - sum(branch.runs for branch in self.branches)

    def walk(self) -> Iterator[Branch]:
        """Walk over a branch and all that follows from it, each before what follows from it in turn."""
        yield self
        for branch in self.branches:
            yield from branch.walk()


def paths(
    ensemble: Ensemble, *, actor: str | None = None, target: str | None = None, least: str | None = None
) -> Branch:
    """Tree of the paths by which runs climbed.

    Parameters
    ----------
    ensemble
        The runs.
    actor, target
        Look only at fronts of this actor, against this target.
    least
        Lowest rung that counts as a step; by default the lowest one of force.

    Returns
    -------
    Branch
        The root, through which all runs went.

    Raises
    ------
    StudyError
        If there is no such actor, front or rung.

    Examples
    --------
    >>> import escalation as esc
    >>> runs = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> tree = paths(runs, least="threat")
    >>> tree.runs, tree.path
    (200, ())
    >>> all(branch.path[0].rung in runs.rung_names[1:] for branch in tree.branches)
    True
    """
    fronts = select_fronts(ensemble.axes, actor=actor, target=target)
    names = ensemble.rung_names
    if least is not None and least not in names[1:]:
        raise StudyError(f"no rung {least!r} above the lowest{near(least, names[1:])}")
    first = ensemble.axes.force if least is None else names.index(least)
    climbs: Counter[tuple[int, ...]] = Counter()
    for piece in pieces(ensemble.outcomes):
        steps, counts = np.unique(_steps(piece, fronts, first), axis=0, return_counts=True)
        climbs.update(dict(zip(map(tuple, steps.tolist()), counts.tolist(), strict=True)))
    found = [
        (tuple(Step(ensemble.front_ids[front], names[first + k]) for k, front in enumerate(row) if front >= 0), n)
        for row, n in sorted(climbs.items())
    ]
    return _branch((), found)


def _steps(outcomes: Outcomes, fronts: Sequence[int], first: int) -> NDArray[np.int16]:
    """Front on which each rung was a new high of the run, −1 where it was none; shape (run, rung from `first` on)."""
    crossed = outcomes["crossed"]
    runs, _, rungs = crossed.shape
    steps = np.full((runs, rungs - first), -1, dtype=np.int16)
    # A war that nobody chose has crossed its own rung alone. As an unsigned number −1, never, is the last period.
    reached = [
        earliest(crossed[:, front, at] for front in fronts for at in (rung, rungs - 1)).view(np.uint16)
        for rung in range(first, rungs)
    ]
    never = np.uint16(0xFFFF)
    for k, when in enumerate(reached):
        above = reached[k + 1] if k + 1 < len(reached) else np.full_like(when, never)
        new = (when != never) & (when < above)
        for front in reversed(fronts):
            here = crossed[:, front, first + k] == when.view(np.int16)
            steps[new & here, k] = front
    return steps


def _branch(path: tuple[Step, ...], found: Sequence[tuple[tuple[Step, ...], int]]) -> Branch:
    """Branch with these paths, all of which begin by its own."""
    following: dict[Step, list[tuple[tuple[Step, ...], int]]] = {}
    for steps, n in found:
        if len(steps) > len(path):
            following.setdefault(steps[len(path)], []).append((steps, n))
    branches = [_branch((*path, step), rest) for step, rest in following.items()]
    return Branch(path, sum(n for _, n in found), tuple(sorted(branches, key=lambda b: (-b.runs, b.path))))
