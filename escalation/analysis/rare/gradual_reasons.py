"""Gradual reasons: the private reasons of a decision that is about to fall, drawn a step at a time.

Where force is far from worthwhile, an actor uses it only if its private reasons are extreme (see
`escalation.mechanisms.time_and_chance`). They are one draw, and splitting cannot climb within a draw. So each period is
tried first. Where the engine would draw new reasons in it, the try is thrown away, and the reasons are drawn here, in
steps: first whether the best act of force comes beyond a first bar, then whether it comes beyond the next, and so on.
Where it does not, the reasons of all acts are drawn within what is known by then, and the period is played with them. A
path that got beyond a bar is a state like any other, and copies of it go on from there.

The scores of acts are s = m + ε, with m = λ·EU − ln n, and ε Gumbel draws. The highest score of the acts of force is
then μ + G, where μ = ln Σe^m over these acts and G is a Gumbel draw, too; each act has it with a probability in
proportion to e^m. So G can be drawn first, and all ε given G, and each ε is by itself what it would have been. In units
of E = e^(−G), which is exponential, G lies beyond a bar b where E lies below e^(−b).

Reasons depend on nothing else, and how long they still last has no memory. So it changes no probability that they are
drawn here, whatever the try has shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.columns import column
from escalation.engines.lower import Lowered

__all__ = ["GradualReasons", "leads"]

_FIRST_BAR = 1.0
_BEGUN = -1
"""Value of `ReasonsState.ahead` of reasons of which a part is drawn; the engine never sees it."""
_FRONT, _BAR, _LEAD = 0, 1, 2
"""Where a row of `Crisis.shock_gaps`, which holds nothing else meanwhile, keeps what is known of its reasons."""
_NEVER = -1e50
"""Utility below which an act is not on offer."""

Floats = NDArray[np.float64]
Places = NDArray[Any]


def leads(states: Floats, lowered: Lowered) -> Floats:
    """Lead of the acts that are followed over all others on each front, as far as its reasons are drawn.

    Once all reasons are drawn it is settled what will be chosen, and copies of the state could not choose otherwise. So
    nothing counts as near then.

    Parameters
    ----------
    states, lowered
        As for `escalation.analysis.columns.column`.

    Returns
    -------
    ndarray
        Shape (runs, fronts), in units of the reasons; minus infinity where no reasons are begun.
    """
    lead = np.full((len(states), len(lowered.front_ids)), -np.inf)
    runs, rows = np.nonzero(column(states, lowered, "reasons", "ahead") == _BEGUN)
    known = column(states, lowered, "shock_gaps")[runs, rows]
    lead[runs, known[:, _FRONT].astype(int)] = known[:, _LEAD] + known[:, _BAR]
    return lead


@dataclass(frozen=True)
class GradualReasons:
    """Plays paths of a crisis on, drawing private reasons in steps.

    Parameters
    ----------
    lowered
        Lowered scenario.
    acts
        The acts on each front whose reasons are followed: those that bring the event nearer; shape (fronts, acts).
    seed
        Seed of the study.
    random
        Draws the reasons.
    """

    lowered: Lowered
    acts: NDArray[np.bool_]
    seed: int
    random: np.random.Generator

    def step(self, states: Floats, keys: NDArray[np.int64]) -> float:
        """Play a period where all reasons are known that it needs, draw on where not; return the days played."""
        from escalation.engines.compiled import advance

        ready = np.flatnonzero((self._column(states, "reasons", "ahead") != _BEGUN).all(axis=1))
        tried = states[ready]
        advance(self.lowered, tried, seed=self.seed, runs=keys[ready], periods=1)
        renewed = self._column(tried, "reasons", "epoch") > self._column(states, "reasons", "epoch")[ready]
        stands = ~renewed.any(axis=1)
        self._begin(states, ready, tried, renewed)
        states[ready[stands]] = tried[stands]
        self._draw_on(states)
        return float(self._column(tried, "clock", "elapsed").sum())

    def _column(self, states: Floats, table: str, field: str = "") -> NDArray[Any]:
        return column(states, self.lowered, table, field)

    def _begin(self, states: Floats, places: Places, tried: Floats, renewed: NDArray[np.bool_]) -> None:
        """Begin to draw each row of reasons that a try has renewed, for the first front that decided by it."""
        begun, known = self._column(states, "reasons", "ahead"), self._column(states, "shock_gaps")
        rows = self._column(tried, "fronts", "reasons")
        decides = self._column(tried, "fronts", "deciding") > 0
        for f in range(len(self.lowered.front_ids)):
            runs = np.flatnonzero(decides[:, f] & np.take_along_axis(renewed, rows[:, [f]], axis=1)[:, 0])
            runs = runs[begun[places[runs], rows[runs, f]] != _BEGUN]
            if len(runs) == 0:
                continue
            scores = self._scores(tried, runs, np.full(len(runs), f))
            best, others = (np.logaddexp.reduce(scores[:, acts], axis=1) for acts in (self.acts[f], ~self.acts[f]))
            here, row = places[runs], rows[runs, f]
            begun[here, row] = _BEGUN
            known[here, row, _FRONT] = f
            known[here, row, _BAR] = -np.inf
            known[here, row, _LEAD] = best - others - np.euler_gamma
            self._column(states, "value")[here, f] = self._column(tried, "value")[runs, f]

    def _draw_on(self, states: Floats) -> None:
        """Draw for each row of reasons that is begun whether it comes beyond the next bar; if not, draw the rest."""
        runs, rows = np.nonzero(self._column(states, "reasons", "ahead") == _BEGUN)
        if len(runs) == 0:
            return
        known = self._column(states, "shock_gaps")[runs, rows]
        bar = known[:, _BAR]
        following = np.maximum(bar + 1.0, _FIRST_BAR)
        most, least = np.exp(-bar), np.exp(-following)  # of E, where it lies between the bars
        beyond = self.random.random(len(runs)) * -np.expm1(-most) < -np.expm1(-least)
        self._column(states, "shock_gaps")[runs[beyond], rows[beyond], _BAR] = following[beyond]
        stays = ~beyond
        part = self.random.random(int(stays.sum())) * np.expm1(least[stays] - most[stays])
        extreme = -np.log(least[stays] - np.log1p(part))
        self._end(states, runs[stays], rows[stays], known[stays, _FRONT].astype(int), extreme)

    def _end(self, states: Floats, runs: Places, rows: Places, fronts: Places, extreme: Floats) -> None:
        """Draw all reasons given G, and how long they last."""
        if len(runs) == 0:
            return
        scores, followed, each = self._scores(states, runs, fronts), self.acts[fronts], np.arange(len(runs))
        among = np.where(followed, scores, -np.inf)  # never all of them, since war is always on offer
        mean = np.logaddexp.reduce(among, axis=1, keepdims=True)
        share = np.cumsum(np.exp(among - mean), axis=1)
        best = (self.random.random((len(runs), 1)) * share[:, [-1]] >= share).sum(axis=1)
        top = mean[:, 0] + extreme
        # In units of e^(−ε), which is exponential, staying below the highest score is staying above a bound.
        bound = np.exp(among - top[:, np.newaxis])
        reasons = -np.log(bound + self.random.exponential(size=scores.shape))
        reasons[each, best] = top - among[each, best]
        self._column(states, "shocks")[runs, rows] = reasons
        clock = {name: self._column(states, "clock", name)[runs, 0] for name in ("period", "length", "horizon")}
        now = np.minimum((clock["period"] + 1) * clock["length"], clock["horizon"])
        persistence = self._column(states, "rules", "shock_persistence")[runs, 0]
        self._column(states, "reasons", "next")[runs, rows] = now + persistence * self.random.exponential(
            size=len(runs)
        )
        self._column(states, "reasons", "ahead")[runs, rows] = 0

    def _scores(self, states: Floats, runs: Places, fronts: Places) -> Floats:
        """Scores m of acts before private reasons, minus infinity where not on offer; shape (runs, acts)."""
        utility = self._column(states, "value")[runs, fronts]
        actors = self._column(states, "fronts", "actor")[runs, fronts]
        precision = self._column(states, "actors", "precision")[runs, actors]
        crowding = self._column(states[:1], "options", "crowding")[0]
        return np.where(utility < _NEVER, -np.inf, precision[:, np.newaxis] * utility - crowding)
