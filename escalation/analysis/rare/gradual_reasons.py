"""Gradual reasons: the private reasons of a decision that is about to fall, drawn a step at a time.

Where force is far from worthwhile, an actor uses it only if its private reasons are extreme (see
`escalation.mechanisms.time_and_chance`). They are one draw, and splitting cannot climb within a draw. So where a
decision is due in the next period, its reasons are drawn here before the engine needs them, and in steps: first whether
the best act of force comes beyond a first bar, then whether it comes beyond the next, and so on. Where it does not, the
reasons of all acts are drawn within what is known by then. A path that got beyond a bar is a state like any other, and
copies of it go on from there.

The scores of acts are s = m + ε, with m = λ·EU − ln n, and ε Gumbel draws. The highest score of the acts of force is
then μ + G, where μ = ln Σe^m over these acts and G is a Gumbel draw, too; each act has it with a probability in
proportion to e^m. So G can be drawn first, and all ε given G, and each ε is by itself what it would have been. In units
of E = e^(−G), which is exponential, G lies beyond a bar b where E lies below e^(−b).

Reasons depend on nothing else, and how long they still last has no memory. So no probability changes if they are drawn
early, as long as the state alone says whose are. A state says which decisions are due. One that comes of what is said
or happens in its own period shows only once that period is played. So it is tried. If somebody decides, the try is
undone, and from then on its chance belongs to the state: the state and its copies play the period with it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.columns import column
from escalation.dynamics.roles import STANDING
from escalation.engines.lower import Lowered

__all__ = ["GradualReasons", "leads"]

_FIRST_BAR = 1.0
_BEGUN = -1
"""Value of `ReasonsState.ahead` of reasons of which a part is drawn; the engine never sees it."""
_FRONT, _BAR, _LEAD = 0, 1, 2
"""Where a row of `Crisis.shock_gaps`, which holds nothing else meanwhile, keeps what is known of its reasons."""
_STIRRING = ("next_event", "next_incident", "next_signal")
_HELD = -1
"""Value of `Clock.seed_high` where the chance of the next period is that of `Clock.run`."""
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
        """Draw the reasons of each path on, and play a period where all are known; return the days played."""
        from escalation.engines.compiled import advance

        self.look_ahead(states)
        self.draw_on(states)
        ready = np.flatnonzero((self._column(states, "reasons", "ahead") != _BEGUN).all(axis=1))
        played = states[ready]
        run, held = (self._column(played, "clock", name)[:, 0] for name in ("run", "seed_high"))
        again = held == _HELD
        chance = np.where(again, run, keys[ready])
        tries = ~again & self._stirs(played)
        advance(self.lowered, played, seed=self.seed, runs=chance, periods=1)
        renewed = self._column(played, "reasons", "epoch") > self._column(states, "reasons", "epoch")[ready]
        undone = tries & renewed.any(axis=1)
        states[ready[~undone]] = played[~undone]
        self._hold(states, ready[undone], chance[undone])
        rows, decides = self._column(played, "fronts", "reasons"), self._column(played, "fronts", "deciding") > 0
        for f in range(len(self.lowered.front_ids)):
            tried = np.flatnonzero(undone & decides[:, f] & np.take_along_axis(renewed, rows[:, [f]], axis=1)[:, 0])
            tried = tried[self._column(states, "reasons", "ahead")[ready[tried], rows[tried, f]] != _BEGUN]
            self._begin(states, ready[tried], rows[tried, f], f, self._column(played, "value")[tried, f])
        return float(self._column(played, "clock", "elapsed").sum())

    def _hold(self, states: Floats, places: Places, chance: NDArray[np.int64]) -> None:
        """Let the chance of the next period belong to some states, in fields that the engine writes over."""
        self._column(states, "clock", "run")[places, 0] = chance
        self._column(states, "clock", "seed_high")[places, 0] = _HELD

    def _stirs(self, states: Floats) -> NDArray[np.bool_]:
        """Whether something happens or is said in the next period that may call for a decision, shape (runs,)."""
        now = self._next_period(states)
        latest = now + 0.5 * (now - self._column(states, "clock", "now"))
        stirs: list[NDArray[np.bool_]] = [self._column(states, "clock", name) < latest for name in _STIRRING]
        found: NDArray[np.bool_] = np.logical_or.reduce(stirs)[:, 0]
        return found

    def look_ahead(self, states: Floats) -> None:
        """Begin the reasons that are drawn anew for decisions due in the next period, where none are begun yet."""
        from escalation.engines.compiled import weigh_states

        now = self._next_period(states)
        reasons = {name: self._column(states, "reasons", name) for name in ("ahead", "next")}
        anew = (reasons["next"] <= now) & (reasons["ahead"] != _BEGUN).all(axis=1, keepdims=True)
        due = self._due(states, now)
        for f in range(len(self.lowered.front_ids)):
            runs = np.flatnonzero(due[:, f])
            rows = self._column(states, "fronts", "reasons")[runs, f]
            # Actors that share their reasons share a row; the first of them that decides begins it.
            first = anew[runs, rows] & (reasons["ahead"][runs, rows] != _BEGUN)
            runs, rows = runs[first], rows[first]
            if len(runs) > 0:
                self._begin(states, runs, rows, f, weigh_states(self.lowered, states[runs], front=f))

    def draw_on(self, states: Floats) -> None:
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

    def _column(self, states: Floats, table: str, field: str = "") -> NDArray[Any]:
        return column(states, self.lowered, table, field)

    def _next_period(self, states: Floats) -> Floats:
        """Time of the next period, shape (runs, 1)."""
        clock = {name: self._column(states, "clock", name) for name in ("period", "length", "horizon")}
        now: Floats = np.minimum((clock["period"] + 1) * clock["length"], clock["horizon"])
        return now

    def _due(self, states: Floats, now: Floats) -> NDArray[np.bool_]:
        """Whether a decision is due on each front in the next period, shape (runs, fronts).

        It may turn out that there is nothing to decide. Then the reasons wait, as they do in the engine.
        """
        names = ("active", "at_war", "due", "vow_standing", "vow_due", "background", "rested", "prepared")
        front = {name: self._column(states, "fronts", name) for name in names}
        latest = now + 0.5 * (now - self._column(states, "clock", "now"))
        due = (front["due"] < latest) | ((front["vow_standing"] == STANDING) & (front["vow_due"] < latest))
        due |= (front["background"] < latest) & (front["rested"] == 0) & (front["prepared"] == 0)
        # A principal's proxies decide with it.
        actor, target = (self._column(states[:1], "fronts", name)[0] for name in ("actor", "target"))
        principal = self._column(states[:1], "actors", "principal")[0][actor]
        front_of = self._column(states[:1], "front_of")[0]
        for f in np.flatnonzero(principal >= 0):
            if front_of[principal[f], target[f]] >= 0:
                due[:, f] |= due[:, front_of[principal[f], target[f]]]
        chooses = now >= self._column(states, "clock", "first_choice")
        found: NDArray[np.bool_] = due & (front["active"] == 1) & (front["at_war"] == 0) & chooses
        return found

    def _begin(self, states: Floats, runs: Places, rows: Places, f: int, utility: Floats) -> None:
        """Begin to draw rows of reasons for a decision on front `f` between acts of these utilities."""
        self._column(states, "value")[runs, f] = utility
        scores = self._scores(states, runs, np.full(len(runs), f))
        best, others = (np.logaddexp.reduce(scores[:, acts], axis=1) for acts in (self.acts[f], ~self.acts[f]))
        known = self._column(states, "shock_gaps")
        known[runs, rows, _FRONT] = f
        known[runs, rows, _BAR] = -np.inf
        known[runs, rows, _LEAD] = best - others - np.euler_gamma
        self._column(states, "reasons", "ahead")[runs, rows] = _BEGUN

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
        now = self._next_period(states)[runs, 0]
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
