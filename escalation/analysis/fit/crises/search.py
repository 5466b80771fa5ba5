"""A search for the mode of the fit to crisis-actor rows: from several starts, with several seeds.

One fit climbs from one place, on the simulated crises of one seed. Other starts tell whether there is another mode to
end in; other seeds, how much of what is found is the luck of the simulation.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.crises.icb import FITTED, STEPS, IcbFit, fit_icb
from escalation.analysis.fit.crises.pieces import FitPieces, rows_hash
from escalation.analysis.fit.fisher_scoring import Mode
from escalation.data.parameters import PARAMETERS, moved
from escalation.data.rows import Rows
from escalation.files.study_key import search_key
from escalation.montecarlo.pool import Crew, thread_count
from escalation.montecarlo.progress import Hook
from escalation.whole_numbers import whole, whole_seed

__all__ = ["End", "IcbSearch", "mode_numbers", "search_icb"]

CREDIBLE = 0.95
"""An end within this share of the posterior around a higher one lies at the same mode."""


@dataclass(frozen=True, slots=True)
class End:
    """Where the fit from one start with one seed ended.

    Parameters
    ----------
    start
        Number of the start; 0 is the mode of the responses alone, the others are drawn from the prior.
    seed
        Seed of the simulated crises.
    fit
        What was found.
    """

    start: int
    seed: int
    fit: IcbFit


@dataclass(frozen=True)
class IcbSearch:
    """Fits from several starts with several seeds.

    Parameters
    ----------
    ends
        Where each of them ended.
    modes
        Number of the mode at which each of them ended, in the same order; 0 is the highest.
    """

    ends: tuple[End, ...]
    modes: tuple[int, ...]

    @property
    def best(self) -> End:
        """The end with the highest log-posterior."""
        return max(self.ends, key=lambda end: end.fit.mode.log_posterior)

    @property
    def highest(self) -> list[End]:
        """The ends at the highest mode."""
        return [end for end, mode in zip(self.ends, self.modes, strict=True) if mode == 0]

    @property
    def fit(self) -> IcbFit:
        """What the search found: the mean of the ends at the highest mode.

        Each end carries the noise of its own simulated crises, and so does its posterior, by which ends of different
        seeds cannot be told apart. Their mean carries less of it. Its covariance is the mean of theirs, and what is
        left of the noise besides; its log-likelihood is the mean of theirs.
        """
        ends = self.highest
        if len(ends) == 1:
            return ends[0].fit
        z = np.array([end.fit.mode.z for end in ends])
        modes = [end.fit.mode for end in ends]
        covariance = np.mean([mode.covariance for mode in modes], axis=0) + np.cov(z, rowvar=False) / len(ends)
        found = Mode(
            z.mean(axis=0),
            float(np.mean([mode.log_likelihood for mode in modes])),
            np.asarray(np.linalg.inv(covariance) - np.eye(z.shape[1])),
            sum(mode.evaluations for mode in modes),
            all(mode.converged for mode in modes),
        )
        return replace(ends[0].fit, parameters=moved(ends[0].fit.parameters, FITTED, found.z), mode=found)

    def of_seeds(self) -> list[End]:
        """Return the best end of each seed, of those at the highest mode."""
        at = self.highest
        seeds = dict.fromkeys(end.seed for end in at)
        return [max((e for e in at if e.seed == seed), key=lambda e: e.fit.mode.log_posterior) for seed in seeds]

    def spread(self) -> dict[str, dict[str, float]]:
        """How far seeds differ, by parameter: least and greatest value, and their deviation in posterior deviations.

        Over the best end of each seed at the highest mode; without entries where there are fewer than two.
        """
        ends = self.of_seeds()
        if len(ends) < 2:
            return {}
        z = np.array([end.fit.mode.z for end in ends])
        posterior = np.sqrt(np.diag(self.best.fit.mode.covariance))
        shares = z.std(axis=0, ddof=1) / posterior
        return {
            name: {
                "least": PARAMETERS[name].value(float(z[:, k].min())),
                "greatest": PARAMETERS[name].value(float(z[:, k].max())),
                "of_posterior": float(shares[k]),
            }
            for k, name in enumerate(FITTED)
        }

    def summary(self) -> dict[str, Any]:
        """Plain data, as ``--json`` prints it.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {
            "starts": len({end.start for end in self.ends}),
            "seeds": sorted({end.seed for end in self.ends}),
            "best": {"start": self.best.start, "seed": self.best.seed},
            "averaged": len(self.highest),
            "modes": 1 + max(self.modes),
            "ends": [
                {
                    "start": end.start,
                    "seed": end.seed,
                    "mode": mode,
                    "log_posterior": end.fit.mode.log_posterior,
                    "converged": end.fit.mode.converged,
                    "evaluations": end.fit.mode.evaluations,
                }
                for end, mode in zip(self.ends, self.modes, strict=True)
            ],
            "seed_spread": self.spread(),
        }


def mode_numbers(modes: Sequence[Mode]) -> tuple[int, ...]:
    """Say which ends lie at the same mode; 0 is the highest, and each next one has the highest end that is left.

    An end lies at the mode of a higher one if it lies within the region around that which holds 95 % of the posterior.
    """
    from scipy.special import gammaincinv

    found = [-1] * len(modes)
    heads: list[Mode] = []
    # From the highest end down, so that the mode of a lower end is always one that stands already, or a new one.
    for n in sorted(range(len(modes)), key=lambda k: -modes[k].log_posterior):
        farthest = 2.0 * float(gammaincinv(0.5 * modes[n].z.size, CREDIBLE))  # quantile of a chi-squared distribution
        near = (k for k, head in enumerate(heads) if _distance(head, modes[n].z) <= farthest)
        found[n] = next(near, len(heads))
        if found[n] == len(heads):
            heads.append(modes[n])
    return tuple(found)


def _distance(mode: Mode, z: NDArray[np.float64]) -> float:
    """Squared distance from a mode, in posterior standard deviations."""
    step = z - mode.z
    return float(step @ np.linalg.solve(mode.covariance, step))


def _name(start: int, seed: int) -> str:
    return f"start-{start}-seed-{seed}"


def search_icb(
    rows: Rows,
    *,
    pairs: Rows | None = None,
    starts: int = 1,
    seeds: int = 1,
    seed: int = 0,
    runs: int = 10,
    steps: int = STEPS,
    store: str | os.PathLike[str] | None = None,
    workers: int | None = None,
    progress: bool | Hook | None = None,
) -> IcbSearch:
    """Fit crisis-actor rows from several starts with several seeds, as `fit_icb` does from one.

    Parameters
    ----------
    rows
        Crisis-actor rows.
    pairs
        Signal pairs, if what followed signals is to be fitted, too.
    starts
        Number of starts: the mode of the responses alone, and others that are drawn from the prior.
    seeds
        Number of seeds, from `seed` on.
    seed
        First seed of the simulated crises.
    runs
        Runs of each crisis in a simulation.
    steps
        Most steps of a fit.
    store
        Folder that keeps each finished fit; those that it has are not made again. After Ctrl-C, or whatever else ended
        the process, the same call goes on from it.
    workers
        Threads; by default one for each core. Never changes results.
    progress
        Whether to show a progress bar; by default on a terminal, once the work is long.

    Returns
    -------
    IcbSearch
        The ends, and which of them lie at the same mode.

    Raises
    ------
    StudyError
        If there are too few rows, or a number is not allowed.
    StoreError
        If the folder cannot be used, or holds fits of another study.
    KeyboardInterrupt
        After Ctrl-C; fits that were finished are in the store.
    """
    starts, seeds = whole("starts", starts, least=1), whole("seeds", seeds, least=1)
    seed, runs, steps = whole_seed(seed), whole("runs", runs, least=1), whole("steps", steps)
    whole_seed(seed + seeds - 1)
    threads = thread_count(workers)
    hashed = [rows_hash(table) for table in (rows, pairs) if table is not None]
    kept = None if store is None else FitPieces(Path(store), search_key(hashed, runs=runs, steps=steps))
    pieces = [(start, seed + k) for k in range(seeds) for start in range(starts)]
    found: dict[tuple[int, int], IcbFit] = {}
    most = 1 + steps * (2 * len(FITTED) + 1)

    def fit(piece: tuple[int, int]) -> IcbFit:
        seen = 0

        def simulated() -> None:
            nonlocal seen
            crew.go_on()
            seen += 1
            crew.advance(runs if seen <= most else 0)

        start, of_seed = piece
        ended = fit_icb(rows, pairs=pairs, seed=of_seed, runs=runs, steps=steps, start=start, told=simulated)
        if kept is not None:
            kept.keep(_name(*piece), ended.mode)
        # A fit that ends before its last step fills what is left of its part of the bar.
        crew.advance(runs * max(most - seen, 0))
        return ended

    with Crew(runs * most * len(pieces), workers=threads, progress=progress, at_most=True) as crew:
        for piece in pieces:
            mode = None if kept is None else kept.get(_name(*piece))
            if mode is not None:
                found[piece] = IcbFit.at(rows, mode)
                crew.skip(runs * most)
        left = [piece for piece in pieces if piece not in found]
        found |= zip(left, crew.play(fit, left, runs=lambda _: 0), strict=True)
    ends = tuple(End(*piece, found[piece]) for piece in pieces)
    return IcbSearch(ends, mode_numbers([end.fit.mode for end in ends]))
