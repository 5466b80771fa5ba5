"""Starts: first private reasons drawn where an event needs them extreme, and weighed back.

An actor's reasons for an act persist for months (see `escalation.mechanisms.persistence`), so that an event may be
rare because of one draw. Splitting cannot climb within a draw, and copies share it. So the first shocks are drawn from
another law: on a front, with some probability, that of one act is raised by a shift. The likelihood ratio of what was
drawn makes up for it, and the estimate stays unbiased. Which shifts serve is read off the paths that arrived in a
pilot, by minimum cross-entropy [Rubinstein1999]_.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.columns import column
from escalation.analysis.splitting import Keys, Split
from escalation.engines.lower import Lowered

__all__ = ["Starts"]

_NATURAL = 0.5
"""Probability that the shocks of a front are left as they fall, which bounds the likelihood ratio."""
_SELDOM = 0.05
"""Share of arrivals below which an act is not raised."""
_SIGNIFICANT = 2.5
"""Standard errors by which the greatest shock of arrivals must exceed what is usual."""
_EULER = 0.5772156649015329
_SD = np.pi / np.sqrt(6.0)


@dataclass(frozen=True)
class Starts:
    """How the states of a crisis begin.

    Parameters
    ----------
    lowered
        Lowered scenario.
    seed
        Seed of the study.
    raised
        Probability that the shock of an act is raised; shape (fronts, acts), each row below 1.
    shift
        By how much; shape (fronts, acts).
    """

    lowered: Lowered
    seed: int
    raised: NDArray[np.float64]
    shift: NDArray[np.float64]

    @classmethod
    def natural(cls, lowered: Lowered, *, seed: int) -> Starts:
        """Starts as they fall in every run."""
        none = np.zeros(lowered.places["shocks"].shape)
        return cls(lowered, seed, none, none)

    @property
    def natural_share(self) -> float:
        """Probability that nothing is raised."""
        return float(np.prod(1.0 - self.raised.sum(axis=1)))

    @property
    def _fronts(self) -> NDArray[np.intp]:
        return np.flatnonzero(self.raised.any(axis=1))

    def _draw(self, keys: Keys) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Shocks of the fronts on which any is raised, and how long they last in units of their mean."""
        random = np.random.Generator(np.random.Philox(key=np.array([self.seed, keys[0]], np.uint64)))
        raised = self.raised[self._fronts]
        shocks = random.gumbel(size=(len(keys), *raised.shape))
        lasting = random.exponential(size=shocks.shape[:2])
        u = random.random(shocks.shape[:2])
        act = (u[:, :, np.newaxis] >= np.cumsum(raised, axis=1)).sum(axis=2)
        shocks += (act[:, :, np.newaxis] == np.arange(raised.shape[1])) * self.shift[self._fronts]
        return shocks, lasting

    def initial(self, keys: Keys) -> NDArray[np.float64]:
        """States at the start, shape (runs, words)."""
        from escalation.engines.compiled import begin_states

        states = begin_states(self.lowered, seed=self.seed, runs=keys)
        if len(self._fronts):
            shocks, lasting = self._draw(keys)
            mean = column(states, self.lowered, "rules", "shock_persistence")
            column(states, self.lowered, "shocks")[:, self._fronts] = shocks
            column(states, self.lowered, "fronts", "shock_next")[:, self._fronts] = lasting * mean
        return states

    def weight(self, keys: Keys) -> NDArray[np.float64]:
        """Likelihood ratio of the shocks drawn, shape (runs,)."""
        shocks, _ = self._draw(keys)
        raised, shift = self.raised[self._fronts], self.shift[self._fronts]
        ratio = np.exp(shift - np.expm1(shift) * np.exp(-shocks))
        weight: NDArray[np.float64] = 1.0 / (1.0 - raised.sum(axis=1) + (raised * ratio).sum(axis=2)).prod(axis=1)
        return weight

    def fitted(self, pilot: Split) -> Starts:
        """Starts that raise what was extreme in the paths of a pilot that arrived."""
        of_start = np.bincount(pilot.ancestors, pilot.weights)
        independent = of_start.sum() ** 2 / (of_start**2).sum()
        weights = pilot.weights / pilot.weights.sum()
        shocks = column(pilot.arrived, self.lowered, "shocks")
        acts = shocks.shape[2]
        usual = np.log(acts) + _EULER + _SIGNIFICANT * _SD / np.sqrt(independent)
        raised, shift = np.zeros(shocks.shape[1:]), np.zeros(shocks.shape[1:])
        for f in range(shocks.shape[1]):
            if float(weights @ shocks[:, f].max(axis=1)) <= usual:
                continue
            greatest = shocks[:, f].argmax(axis=1)
            share = np.bincount(greatest, weights, minlength=acts)
            raised[f] = (1.0 - _NATURAL) * share * (share >= _SELDOM)
            for act in np.flatnonzero(raised[f]):
                chosen = greatest == act
                mean = float(weights[chosen] @ np.exp(-shocks[chosen, f, act])) / share[act]
                shift[f, act] = max(0.0, -np.log(mean))
        return Starts(self.lowered, self.seed, raised, shift)
