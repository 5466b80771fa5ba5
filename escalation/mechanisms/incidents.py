"""Incidents: unintended clashes that excite one another, a Hawkes process [Hawkes1971]_.

Intensity λ(t) = m + Σ α·e^(−b(t − tᵢ)). The next incident is drawn exactly, as the earlier of a background one and
one of the excitation that is left [DassiosZhao2013]_.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from escalation.arithmetic.bounded import bounded_exp, bounded_log
from escalation.arithmetic.draws import exponential
from escalation.arithmetic.shared import shared

__all__ = ["excitation_after", "intensity", "log_likelihood", "waiting_time"]


@shared
def excitation_after(excitation: float, decay: float, days: float) -> float:
    """Excitation that is left after some days, per day."""
    return excitation * bounded_exp(-decay * days)


@shared
def waiting_time(rate: float, excitation: float, decay: float, u_background: float, u_excited: float) -> float:
    """Days until the next incident; infinite where none comes.

    Parameters
    ----------
    rate
        Background rate m, per day.
    excitation
        Excitation now, per day.
    decay
        Its rate of decay b, per day.
    u_background, u_excited
        Two uniform numbers.
    """
    wait = math.inf
    if rate > 0.0:
        wait = exponential(u_background) / rate
    if excitation > 0.0:
        left = 1.0 - decay * exponential(u_excited) / excitation
        if left > 0.0:
            excited = -bounded_log(left) / decay
            if excited < wait:
                wait = excited
    return wait


@shared
def intensity(rate: float, jump: float, decay: float, times: Sequence[float], now: float) -> float:
    """Intensity just before `now`, per day, given the times of earlier incidents, rising."""
    excitation = 0.0
    last = now
    first = True
    for time in times:
        if time >= now:
            break
        if not first:
            excitation = excitation_after(excitation, decay, time - last)
        excitation += jump
        last = time
        first = False
    if first:
        return rate
    return rate + excitation_after(excitation, decay, now - last)


@shared
def log_likelihood(rate: float, jump: float, decay: float, times: Sequence[float], horizon: float) -> float:
    """Log-likelihood of incidents at rising `times` within [0, horizon]; −∞ where one comes at an intensity of 0.

    Examples
    --------
    >>> round(log_likelihood(0.2, 0.4, 1.0, [1.0, 2.0, 3.5, 4.0, 7.0], 10.0), 8)
    -9.88432265
    """
    total = -rate * horizon
    excitation = 0.0
    last = 0.0
    for time in times:
        excitation = excitation_after(excitation, decay, time - last)
        if rate + excitation <= 0.0:
            return -math.inf
        total += math.log(rate + excitation)
        total -= jump / decay * (1.0 - bounded_exp(-decay * (horizon - time)))
        excitation += jump
        last = time
    return total
