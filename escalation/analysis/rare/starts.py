"""Starts: stratified by the first private reasons, where an event needs them extreme.

An actor's reasons for an act persist for days or months (see `escalation.mechanisms.time_and_chance`), so that an event
may be rare because of one draw. Splitting cannot climb within a draw, and copies share it. So the first shocks of a few
fronts are drawn within strata: in one, the shock of some act passes a threshold; in the other, none does. Each stratum
is split by itself and counts by its probability, which is known, so that the sum stays unbiased. Which acts and
thresholds serve is read off the paths that arrived in a pilot.

A front's shocks are those of its own row of private reasons or, in some runs, of the row shared by all on its target.
Either way they are Gumbel shocks. Of the fronts on one target only one is stratified, since two of them may go by the
same shocks; so the shocks of stratified fronts are independent.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.columns import column, shocks_by_front
from escalation.analysis.rare.splitting import Keys, Split
from escalation.engines.lower import Lowered

__all__ = ["Starts", "Stratum"]

Stratum = tuple[bool, ...]
"""Whether some shock passes its threshold, on each of the fronts."""

_MOST_FRONTS = 2
_SELDOM = 0.05
"""Share of arrivals below which an act is given no threshold."""
_SIGNIFICANT = 3.0
"""Standard errors by which the greatest shock of arrivals must exceed what is usual."""
_BELOW = 0.1
"""Share of arrivals that a threshold may miss, before the margin."""
_MARGIN = 1.0
"""Paths that a threshold misses are the worst explored, so it is put lower by this."""
_MEAN, _SD = float(np.euler_gamma), float(np.pi / np.sqrt(6.0))


@dataclass(frozen=True)
class Starts:
    """How the states of a crisis begin.

    Parameters
    ----------
    lowered
        Lowered scenario.
    seed
        Seed of the study.
    fronts
        Rows of the fronts whose shocks are stratified; no two of them have one target.
    thresholds
        Threshold of the shock of each act, infinite where it has none; shape (fronts, acts).
    """

    lowered: Lowered
    seed: int
    fronts: tuple[int, ...]
    thresholds: NDArray[np.float64]

    @classmethod
    def natural(cls, lowered: Lowered, *, seed: int) -> Starts:
        """Starts as they fall in every run: one stratum."""
        return cls(lowered, seed, (), np.zeros((0, lowered.places["shocks"].shape[1])))

    @property
    def strata(self) -> list[Stratum]:
        """All strata."""
        return list(itertools.product((False, True), repeat=len(self.fronts)))

    def probability(self, stratum: Stratum) -> float:
        """Probability that a start falls in a stratum."""
        above = -np.expm1(-np.exp(-self.thresholds).sum(axis=1))
        return float(np.prod(np.where(stratum, above, 1.0 - above)))

    def initial(self, keys: Keys, stratum: Stratum = ()) -> NDArray[np.float64]:
        """States at the start, within a stratum; shape (runs, words)."""
        from escalation.engines.compiled import begin_states

        states = begin_states(self.lowered, seed=self.seed, runs=keys)
        random = np.random.Generator(np.random.Philox(key=np.array([self.seed, keys[0]], np.uint64)))
        mean = column(states, self.lowered, "rules", "shock_persistence")[:, 0]
        runs = np.arange(len(keys))
        for front, thresholds, above in zip(self.fronts, self.thresholds, stratum, strict=True):
            row = column(states, self.lowered, "fronts", "reasons")[:, front]
            # Set at once, and lasting as long as is left of them: what the engine draws at a first decision.
            column(states, self.lowered, "shocks")[runs, row] = _shocks(random, len(keys), thresholds, above)
            column(states, self.lowered, "reasons", "next")[runs, row] = mean * random.exponential(size=len(keys))
        return states

    def fitted(self, pilots: Sequence[tuple[float, Split]]) -> Starts:
        """Starts with thresholds below what was extreme in the paths that arrived.

        Parameters
        ----------
        pilots
            Probability and splitting of each stratum.
        """
        arrived = [(share * pilot.probability, pilot) for share, pilot in pilots if len(pilot.arrived)]
        if not arrived:
            return self
        total = sum(share for share, _ in arrived)
        weights = np.concatenate([np.full(len(p.arrived), share / total / len(p.arrived)) for share, p in arrived])
        # Copies of one start count as one.
        families = [share / total * np.bincount(p.ancestors) / len(p.arrived) for share, p in arrived]
        independent = 1.0 / sum(float(family @ family) for family in families)
        shocks = np.concatenate([shocks_by_front(p.arrived, self.lowered) for _, p in arrived])
        greatest = shocks.argmax(axis=2)
        excess = weights @ shocks.max(axis=2) - np.log(shocks.shape[2]) - _MEAN
        extreme = np.flatnonzero(excess > _SIGNIFICANT * _SD / np.sqrt(independent))
        target = column(arrived[0][1].arrived[:1], self.lowered, "fronts", "target")[0]
        first = {
            int(target[f]): f for f in extreme[np.argsort(excess[extreme])].tolist()
        }  # the most extreme of a target
        fronts = sorted(sorted(first.values(), key=lambda f: -excess[f])[:_MOST_FRONTS])
        thresholds = np.full((len(fronts), shocks.shape[2]), np.inf)
        for row, f in enumerate(fronts):
            for act in range(shocks.shape[2]):
                these = greatest[:, f] == act
                share = float(weights[these].sum())
                if share >= _SELDOM:
                    order = np.argsort(shocks[these, f, act])
                    missed = np.searchsorted(np.cumsum(weights[these][order]), _BELOW * share)
                    thresholds[row, act] = shocks[these, f, act][order][missed] - _MARGIN
        return Starts(self.lowered, self.seed, tuple(fronts), thresholds)


def _shocks(
    random: np.random.Generator, count: int, thresholds: NDArray[np.float64], above: bool
) -> NDArray[np.float64]:
    """Gumbel shocks of the acts on a front, of which some passes its threshold, or none does; shape (count, acts)."""
    # In units of E = exp(−shock), which is exponential: a shock above its threshold is an E below a bound.
    bounds = np.exp(-thresholds)
    none = bounds + random.exponential(size=(count, len(bounds)))
    if not above:
        return -np.log(none)
    passing = -np.expm1(-bounds)
    first = np.exp(-np.cumsum(bounds) + bounds) * passing
    act = random.choice(len(bounds), size=count, p=first / first.sum())
    within = -np.log1p(-random.random(count) * passing[act])
    free = random.exponential(size=none.shape)
    order = np.arange(len(bounds)) - act[:, np.newaxis]
    return -np.log(np.where(order < 0, none, np.where(order > 0, free, within[:, np.newaxis])))
