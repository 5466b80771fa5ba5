"""All logit equilibria of a game of two actions each: one equation in one unknown, of at most three roots.

With x the log-odds of row's second action against its first, and y those of column's, an equilibrium solves
x = a + A·σ(y) and y = b + B·σ(x), so h(x) = a + A·σ(b + B·σ(x)) − x = 0. Its slope is A·B·p(1−p)·s(1−s) − 1 with
p = σ(x) and s = σ(y). As functions of p, both p(1−p) and s(1−s) are log-concave, so their product rises to one peak and
falls: h turns at most twice, and has one root at most on each of the three pieces between its ends and its turning
points. The roots are therefore all found, each in a bracket of its own; where h only touches zero, as far as rounding
can tell, its turning point counts as a root.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from scipy.optimize import brentq

from escalation.arithmetic.elementary import logistic

__all__ = ["LogOdds", "roots"]

ROUNDING = 1e-15


def _slack(x: float) -> float:
    """Product σ(x)·σ(−x): how far a choice is from certain."""
    return logistic(x) * logistic(-x)


def _lean(x: float) -> float:
    """Difference σ(x) − σ(−x)."""
    return logistic(x) - logistic(-x)


def _crossing(function: Callable[[float], float], low: float, high: float) -> float | None:
    """Root between two ends where the signs differ, else None."""
    if (function(low) > 0.0) == (function(high) > 0.0):
        return None
    root: float = brentq(function, low, high, xtol=1e-15, rtol=1e-15, maxiter=1000)
    return root


@dataclass(frozen=True, slots=True)
class LogOdds:
    """The equations x = a + A·σ(y) and y = b + B·σ(x) of the log-odds of either player.

    Parameters
    ----------
    a, A
        Log-odds of row where column plays its first action, and what is added where it plays its second.
    b, B
        The same for column.
    """

    a: float
    A: float
    b: float
    B: float

    def reply(self, x: float) -> float:
        """Log-odds y of column in reply to x."""
        return self.b + self.B * logistic(x)

    def gap(self, x: float) -> float:
        """h(x): log-odds of row in reply to column's reply to x, less x."""
        return self.a + self.A * logistic(self.reply(x)) - x

    def slope(self, x: float) -> float:
        """Derivative h'(x)."""
        return self.A * self.B * _slack(x) * _slack(self.reply(x)) - 1.0

    def steepness(self, x: float) -> float:
        """Negative before the point where h is steepest and positive after it."""
        return _lean(x) + self.B * _lean(self.reply(x)) * _slack(x)

    def pieces(self, low: float, high: float) -> list[float]:
        """Both ends, and the turning points of h between them."""
        # Then h only falls, and has one root.
        if self.A * self.B <= 0.0:
            return [low, high]
        steepest = _crossing(self.steepness, low, high)
        if steepest is None or self.slope(steepest) <= 0.0:
            return [low, high]
        turns = (_crossing(self.slope, low, steepest), _crossing(self.slope, steepest, high))
        return [low, *(turn for turn in turns if turn is not None), high]


def roots(game: LogOdds) -> list[float]:
    """Log-odds of row's second action in every equilibrium, rising.

    Parameters
    ----------
    game
        The equations to be solved.
    """
    # Every root lies between a and a + A; one more on either side makes the signs of h at the ends certain.
    low = min(game.a, game.a + game.A) - 1.0
    high = max(game.a, game.a + game.A) + 1.0
    ends = game.pieces(low, high)
    found = [_crossing(game.gap, left, right) for left, right in pairwise(ends)]
    rounding = ROUNDING * (1.0 + abs(game.a) + abs(game.A))
    for turn, before, after in zip(ends[1:-1], found, found[1:], strict=False):
        if before is None and after is None and abs(game.gap(turn)) <= rounding:
            found.append(turn)
    return sorted({root for root in found if root is not None})
