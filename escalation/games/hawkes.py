"""The self-exciting process of incidents on its own [Hawkes1971]_."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from escalation.arithmetic.draws import SeededRun, halves, uniform_pair
from escalation.arithmetic.keys import INCIDENT_TIME
from escalation.errors import StudyError
from escalation.games.checks import checked
from escalation.mechanisms.war_and_contest import excitation_after, intensity, log_likelihood, waiting_time
from escalation.whole_numbers import whole_run, whole_seed

__all__ = ["Hawkes"]

MOST_INCIDENTS = 1_000_000
"""Most incidents in a simulation; an explosive process has no end."""


def _rising(times: Iterable[float], last: float) -> list[float]:
    rising = [checked("a time", time, low=0.0) for time in times]
    if any(b < a for a, b in pairwise(rising)):
        raise StudyError("times must rise")
    if rising and rising[-1] > last:
        raise StudyError(f"times must not be after {last:g}")
    return rising


@dataclass(frozen=True, slots=True)
class Hawkes:
    """Hawkes process with intensity λ(t) = m + Σ α·e^(−b(t − tᵢ)).

    Parameters
    ----------
    rate
        Background rate m, per day.
    jump
        Jump α of the intensity at each incident, per day.
    decay
        Rate b at which it decays, per day.

    Raises
    ------
    StudyError
        If rate or jump is negative, or decay not positive.

    Examples
    --------
    >>> process = Hawkes(rate=0.2, jump=0.4, decay=1.0)
    >>> round(process.mean_rate, 10), round(process.expected_count(10.0), 10)
    (0.3333333333, 3.1116619449)
    """

    rate: float
    jump: float
    decay: float

    def __post_init__(self) -> None:
        for name in ("rate", "jump", "decay"):
            object.__setattr__(self, name, checked(name, getattr(self, name), low=0.0))
        if self.decay == 0.0:
            raise StudyError("decay must be above 0, not 0")

    @property
    def branching_ratio(self) -> float:
        """Mean number α/b of incidents that an incident sets off at first hand."""
        return self.jump / self.decay

    @property
    def mean_rate(self) -> float:
        """Mean rate m / (1 − α/b) in the long run, per day; infinite from a branching ratio of 1."""
        if self.rate == 0.0:
            return 0.0
        return self.rate * self.cluster_size

    @property
    def cluster_size(self) -> float:
        """Mean number 1 / (1 − α/b) of incidents in a cluster; infinite from a branching ratio of 1."""
        return 1.0 / (1.0 - self.branching_ratio) if self.branching_ratio < 1.0 else math.inf

    @property
    def fano_factor(self) -> float:
        """Variance over mean 1 / (1 − α/b)² of counts in long spans; infinite from a branching ratio of 1."""
        return self.cluster_size * self.cluster_size

    def expected_count(self, horizon: float) -> float:
        """Expected number of incidents within [0, horizon] from a start without excitation.

        Parameters
        ----------
        horizon
            Days.

        Returns
        -------
        float
            The number; infinite where it is too large for a float.

        Raises
        ------
        StudyError
            If the horizon is negative.
        """
        days = checked("horizon", horizon, low=0.0)
        # With ε = b − α the count is m·days + m·α·(days − (1 − e^(−ε·days))/ε)/ε, of limit m·α·days²/2 at ε = 0.
        x = (self.decay - self.jump) * days
        if abs(x) < 1e-4:
            share = 0.5 - x / 6.0 + x * x / 24.0
        # Below this the exponential overflows.
        elif x > -700.0:
            share = (x + math.expm1(-x)) / (x * x)
        else:
            share = math.inf
        excited = self.rate * self.jump
        return self.rate * days + (excited * days * days * share if excited > 0.0 else 0.0)

    def intensity(self, times: Iterable[float], now: float) -> float:
        """Intensity just before `now`, per day, given all incidents so far.

        Parameters
        ----------
        times
            Days of the incidents, rising; those from `now` on do not count. Shape (incidents,).
        now
            Day for which it is asked.

        Returns
        -------
        float
            Incidents per day.

        Raises
        ------
        StudyError
            If a day is negative, or the days do not rise.
        """
        moment = checked("now", now, low=0.0)
        return intensity(self.rate, self.jump, self.decay, _rising(times, math.inf), moment)

    def log_likelihood(self, times: Iterable[float], horizon: float) -> float:
        """Log-likelihood of incidents within [0, horizon].

        Parameters
        ----------
        times
            Days of the incidents, rising; shape (incidents,).
        horizon
            Days for which incidents were watched.

        Returns
        -------
        float
            Logarithm of their density; −∞ where they cannot have happened, as at a rate of 0 without a first incident.

        Raises
        ------
        StudyError
            If a day is not within the horizon, or the days do not rise.
        """
        days = checked("horizon", horizon, low=0.0)
        return log_likelihood(self.rate, self.jump, self.decay, _rising(times, days), days)

    def simulate(self, horizon: float, *, seed: int = 0, run: int = 0) -> NDArray[np.float64]:
        """Draw the incidents of one run, by the waiting times with which a crisis draws them.

        Parameters
        ----------
        horizon
            Days to simulate, from a start without excitation.
        seed
            Seed of the study, below 2**64.
        run
            Which of its runs, below 2**40.

        Returns
        -------
        array
            Days of the incidents, rising; shape (incidents,).

        Raises
        ------
        StudyError
            If an argument is not allowed, or a million incidents happen before the horizon.
        """
        days = checked("horizon", horizon, low=0.0)
        seed, run = whole_seed(seed), whole_run(run)
        key = SeededRun(*halves(seed), run)
        times: list[float] = []
        now, excitation = 0.0, 0.0
        for n in range(MOST_INCIDENTS):
            u, v = uniform_pair(key, INCIDENT_TIME, 0, n, 0)
            wait = waiting_time(self.rate, excitation, self.decay, u, v)
            now += wait
            if now > days:
                return np.array(times)
            times.append(now)
            excitation = excitation_after(excitation, self.decay, wait) + self.jump
        raise StudyError(f"more than {MOST_INCIDENTS} incidents within {horizon:g} days: lower jump or rate")
