"""Days of the periods of a run: the one place that dates them."""

from __future__ import annotations

import datetime
import math

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.period import SLACK
from escalation.errors import StudyError
from escalation.world.scenario import Scenario

__all__ = ["day_of_run", "days_of", "latest", "period_at", "periods_of"]


def periods_of(scenario: Scenario) -> int:
    """Return the number of periods up to the horizon; where the period does not divide it, the last is shorter.

    Examples
    --------
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence")
    >>> scenario.horizon, periods_of(scenario.replace("period", 7.0))
    (60, 9)
    """
    return math.ceil(scenario.horizon / scenario.period - SLACK)


def days_of(scenario: Scenario) -> NDArray[np.float64]:
    """Return the start and the ends of all periods, in days after the start; shape (periods + 1,).

    These are the days on which the engines date what happens in each period; the last is the horizon.

    Examples
    --------
    >>> import escalation as esc
    >>> days_of(esc.load("two-state-deterrence").replace("period", 7.0))[-3:].tolist()
    [49.0, 56.0, 60.0]
    """
    days = np.asarray(np.arange(periods_of(scenario) + 1) * scenario.period, dtype=np.float64)
    days[-1] = scenario.horizon
    return days


def latest(scenario: Scenario) -> NDArray[np.float64]:
    """Return until when what is dated belongs to each period: half a period beyond its end; shape (periods + 1,).

    Nothing happens before the first period.

    Examples
    --------
    >>> import escalation as esc
    >>> latest(esc.load("two-state-deterrence").replace("period", 7.0))[:3].tolist()
    [-inf, 10.5, 17.5]
    """
    days, length = days_of(scenario), scenario.period
    # Added up as `escalation.dynamics.period.move_clock` does it: what is dated half-way between two periods must fall
    # in the same one here. Differences of `days` round otherwise.
    elapsed = np.full(len(days), length)
    elapsed[-1] = days[-1] - (len(days) - 2) * length
    found: NDArray[np.float64] = days + 0.5 * elapsed
    found[0] = -np.inf
    return found


def day_of_run(scenario: Scenario, name: str, given: datetime.date | float) -> float:
    """Return what a caller gave as a day, a date or a number of days after the start, in days after the start.

    Raises
    ------
    StudyError
        If it is neither; the message says what the caller called it.
    """
    try:
        return scenario.day(given)
    except (TypeError, ValueError):
        raise StudyError(f"{name} is {given!r}; it must be a date, or a number of days after the start") from None


def period_at(days: NDArray[np.float64], day: float) -> int:
    """Return the last period that has ended by a day, of those that `days_of` dates.

    Examples
    --------
    >>> import escalation as esc
    >>> days = days_of(esc.load("two-state-deterrence").replace("period", 0.1))
    >>> period_at(days, 0.3), period_at(days, 0.39)
    (3, 3)
    """
    return int(np.searchsorted(days, day + SLACK, side="right")) - 1
