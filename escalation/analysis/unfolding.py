"""Unfolding: private reasons drawn bit by bit, so that splitting can climb within a draw.

An actor's reasons for its acts are drawn in one go and persist for months (see `escalation.mechanisms.persistence`), so
that an event may be rare because of one draw; and copies of a path share what has been drawn. Here the shocks of a
front are drawn in many small steps instead, whenever new ones fall due. The lead of force, its greatest score less that
of all other acts, is logistic; its tail is halved by one coin after another until one fails. Then the lead is drawn
where it must lie, and the shocks of all acts as they fall given the lead. The law of the shocks is the engine's own,
exactly; what comes between two coins is a state to which the level can be asked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from escalation.analysis.columns import column
from escalation.analysis.splitting import Keys
from escalation.engines.lower import Lowered
from escalation.world.ladder import Role

__all__ = ["Unfolding", "leads"]

_MOST_COINS = 60
"""Coins after which a lead is drawn from the tail that is left."""
_SETTLED = -1.0

Reals = NDArray[np.float64]


def leads(scores: Reals, force: NDArray[np.bool_]) -> Reals:
    """Lead of the acts of force over all others; scores of shape (..., acts)."""
    lead: Reals = scores[..., force].max(axis=-1) - scores[..., ~force].max(axis=-1)
    return lead


def shocks_given_lead(random: np.random.Generator, worth: Reals, force: NDArray[np.bool_], lead: Reals) -> Reals:
    """Gumbel shocks given by how much the greatest score of force exceeds that of all other acts.

    A score is an act's worth and its shock.

    Parameters
    ----------
    random
        Source of chance.
    worth
        Worth of each act, in units of the shocks; shape (draws, acts).
    force
        Which acts are of force; shape (acts,).
    lead
        The lead; shape (draws,).
    """
    # With W the sum of exp(worth), the maximum M of a group is Gumbel at ln W; given M' = M + lead, exp(−M) times
    # (W + W'·exp(−lead)) is a Gamma number of shape 2.
    total, forced = logsumexp(worth[:, ~force], axis=1), logsumexp(worth[:, force], axis=1)
    greatest = np.logaddexp(total, forced - lead) - np.log(random.standard_gamma(2.0, len(worth)))
    shocks = np.empty_like(worth)
    for group, most in ((~force, greatest), (force, greatest + lead)):
        own = worth[:, group]
        best = np.argmax(own + random.gumbel(size=own.shape), axis=1)
        # The greatest act stands at the maximum; the others are Gumbel below it.
        below = np.exp(np.minimum(own - most[:, np.newaxis], 700.0)) + random.exponential(size=own.shape)
        rest = -np.log(below)
        rest[np.arange(len(own)), best] = (most[:, np.newaxis] - own)[np.arange(len(own)), best]
        shocks[:, group] = rest
    return shocks


class Unfolding:
    """Steps of a crisis in which the shocks of some fronts are unfolded.

    A state has one more word for each of these fronts: the number of coins that came down well for the lead which is
    being drawn, or −1 where none is.

    Parameters
    ----------
    lowered
        Lowered scenario.
    seed, stream
        Seed of the study, and which stream of chance to draw the coins from.
    fronts
        Rows of the fronts.
    expected
        Worth of each act, before a first decision tells it, in units of the shocks; shape (fronts, acts).
    """

    def __init__(self, lowered: Lowered, *, seed: int, stream: int, fronts: Sequence[int], expected: Reals) -> None:
        self.lowered, self._seed = lowered, seed
        self.fronts, self._expected = list(fronts), expected
        self._random = np.random.Generator(np.random.Philox(key=np.array([seed, stream], np.uint64)))
        rows = lowered.template[np.newaxis]
        self.force = column(rows, lowered, "options", "role")[0] >= Role.FORCE.order
        self._crowding = column(rows, lowered, "crowding")[0]
        self._actors = column(rows, lowered, "fronts", "actor")[0]
        self._words = len(lowered.template)

    def initial(self, keys: Keys) -> Reals:
        """States at the start, shape (runs, words)."""
        from escalation.engines.compiled import begin_states

        states = begin_states(self.lowered, seed=self._seed, runs=keys)
        states = np.hstack([states, np.full((len(keys), len(self.fronts)), _SETTLED)])
        self._mark(states)
        return states

    def step(self, states: Reals, keys: Keys) -> Reals:
        """Toss a coin for what is being drawn, or play a period where nothing is."""
        from escalation.engines.compiled import advance

        waiting = (states[:, self._words :] >= 0.0).any(axis=1)
        rows = np.flatnonzero(waiting)
        for k, front in enumerate(self.fronts):
            tossing = rows[states[rows, self._words + k] >= 0.0]
            self._toss(states, tossing, k, front)
            rows = np.setdiff1d(rows, tossing, assume_unique=True)  # one front at a time
        playing = np.flatnonzero(~waiting)
        if len(playing):
            played = np.ascontiguousarray(states[playing, : self._words])
            advance(self.lowered, played, seed=self._seed, runs=keys[playing], periods=1)
            states[playing, : self._words] = played
            after = states[playing]
            self._mark(after)
            states[playing] = after
        return states

    def worth(self, states: Reals) -> Reals:
        """Worth of each act to its actor, as last weighed or else expected, shape (runs, fronts, acts)."""
        value = column(states, self.lowered, "value")
        precision = column(states, self.lowered, "actors", "precision")[:, self._actors, np.newaxis]
        weighed = value.any(axis=2, keepdims=True)
        worth: Reals = np.where(weighed, precision * value - self._crowding, self._expected)
        return worth

    def lead(self, states: Reals) -> Reals:
        """Lead of force on each front: the least it can be, where it is being drawn; shape (runs, fronts)."""
        worth = self.worth(states)
        shocks = column(states, self.lowered, "shocks")
        lead = np.where(shocks.any(axis=2), leads(worth + shocks, self.force), -np.inf)
        for k, front in enumerate(self.fronts):
            coins = states[:, self._words + k]
            middle = self._middle(worth[:, front])
            lead[:, front] = np.where(coins >= 0.0, middle + _logit_of_tail(np.maximum(coins, 0.0)), lead[:, front])
        return lead

    def _middle(self, worth: Reals) -> Reals:
        middle: Reals = logsumexp(worth[..., self.force], axis=-1) - logsumexp(worth[..., ~self.force], axis=-1)
        return middle

    def _mark(self, states: Reals) -> None:
        """Mark the fronts whose shocks are due to be drawn before the next period is over."""
        clock = column(states, self.lowered, "clock", "now") + column(states, self.lowered, "clock", "length")
        due = column(states, self.lowered, "fronts", "shock_next")[:, self.fronts] <= clock
        active = column(states, self.lowered, "fronts", "active")[:, self.fronts] == 1
        states[:, self._words :] = np.where(due & active, 0.0, _SETTLED)

    def _toss(self, states: Reals, rows: NDArray[np.intp], k: int, front: int) -> None:
        coins = states[rows, self._words + k]
        well = (self._random.random(len(rows)) < 0.5) & (coins < _MOST_COINS)
        states[rows[well], self._words + k] += 1.0
        done = rows[~well]
        if len(done) == 0:
            return
        worth = self.worth(states[done])[:, front]
        last = coins[~well]
        # The tail probability of the lead is uniform between the last coin that came down well and the one that failed.
        part = np.where(last < _MOST_COINS, 0.5 + 0.5 * self._random.random(len(done)), self._random.random(len(done)))
        lead = self._middle(worth) + _logit_of_tail(last - np.log2(part))
        shocks = column(states, self.lowered, "shocks")
        shocks[done, front] = shocks_given_lead(self._random, worth, self.force, lead)
        now = column(states, self.lowered, "clock", "now") + column(states, self.lowered, "clock", "length")
        mean = column(states, self.lowered, "rules", "shock_persistence")
        lasting = mean[done, 0] * self._random.exponential(size=len(done))
        column(states, self.lowered, "fronts", "shock_next")[done, front] = now[done, 0] + lasting
        column(states, self.lowered, "fronts", "shock_epoch")[done, front] += 1
        states[done, self._words + k] = _SETTLED


def _logit_of_tail(halvings: Reals) -> Reals:
    """Standard logistic number that is exceeded with probability 2^−halvings."""
    with np.errstate(divide="ignore"):
        logit: Reals = np.log(np.expm1(halvings * np.log(2.0)))
    return logit
