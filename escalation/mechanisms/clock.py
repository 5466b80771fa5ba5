"""Clocks: when an actor decides.

A decision is prompted, and falls after a lognormal delay; or it falls to a background clock, which runs only where an
account is open. Crisis actors responded within a median of five days of the trigger, or six with its own day
[BrecherWilkenfeld1997]_.
"""

from __future__ import annotations

from escalation.arithmetic.bounded import bounded_exp, bounded_log
from escalation.arithmetic.draws import exponential
from escalation.arithmetic.quantiles import normal_cdf, normal_quantile
from escalation.arithmetic.shared import shared

__all__ = ["background_gap", "response_delay"]

LEAST_GAP = 0.05
"""Shortest mean time between two ticks, in days: that of the shortest period, in which a tick counts once."""
MOST_CERTAIN = 1.0 - 1e-12


@shared
def response_delay(median: float, spread: float, not_before: float, least: float, u: float) -> float:
    """Days from a prompt to the decision it calls for: lognormal, and no less than the least.

    Parameters
    ----------
    median
        Median delay, in days.
    spread
        Standard deviation of its logarithm.
    not_before
        Days for which it is known that nothing was decided: the delay is drawn given that it is longer.
    least
        Least delay, in days.
    u
        Uniform number.
    """
    passed = 0.0
    if not_before > 0.0:
        passed = normal_cdf((bounded_log(not_before) - bounded_log(median)) / spread)
    p = passed + (1.0 - passed) * u
    if p > MOST_CERTAIN:
        p = MOST_CERTAIN
    delay = median * bounded_exp(spread * normal_quantile(p))
    if delay < not_before:
        delay = not_before
    if delay < least:
        return least
    return delay


@shared
def background_gap(tempo: float, u: float) -> float:
    """Days to the next tick of the background clock: exponential with mean `tempo`.

    A mean below `LEAST_GAP` counts as that.
    """
    if tempo < LEAST_GAP:
        return LEAST_GAP * exponential(u)
    return tempo * exponential(u)
