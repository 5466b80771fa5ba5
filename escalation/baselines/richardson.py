"""Richardson's equations of an arms race [Richardson1960]_.

Each side arms against the other, tires of the cost and has its grievances: dx/dt = k·y − a·x + g and
dy/dt = l·x − b·y + h. They are linear, so that the path is exact: a matrix exponential.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

from escalation.errors import StudyError

__all__ = ["Richardson"]

Pair = tuple[float, float]


def _pair(name: str, values: Any) -> Pair:
    if isinstance(values, np.ndarray):  # a row of a path, from which another is to go on
        values = values.tolist()
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) != 2:
        raise StudyError(f"{name} must be two numbers, one for each side, not {values!r}")
    for value in values:
        if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
            raise StudyError(f"{name} must be two finite numbers, not {values!r}")
    return float(values[0]), float(values[1])


@dataclass(frozen=True, slots=True)
class Richardson:
    """An arms race of two sides; each parameter is a pair, one number for either side.

    Parameters
    ----------
    defence
        Defence coefficients (k, l): arming per unit of the other's arms and of time.
    fatigue
        Fatigue and expense coefficients (a, b): disarming per unit of one's own arms and of time.
    grievance
        Grievances (g, h): arming per unit of time that needs no arms of the other; below 0 they are goodwill.

    Raises
    ------
    StudyError
        If a parameter is no pair of finite numbers.

    Examples
    --------
    >>> race = Richardson(defence=(0.2, 0.3), fatigue=(0.5, 0.4), grievance=(1.0, 2.0))
    >>> race.stable
    True
    >>> [round(arms, 6) for arms in race.equilibrium]
    [5.714286, 9.285714]
    >>> race.path([1.0], start=(0.0, 0.0)).round(8).tolist()
    [[0.94378271, 1.77525599]]
    """

    defence: Pair
    fatigue: Pair
    grievance: Pair

    def __post_init__(self) -> None:
        for name in ("defence", "fatigue", "grievance"):
            object.__setattr__(self, name, _pair(name, getattr(self, name)))

    @property
    def determinant(self) -> float:
        """a·b − k·l: positive where fatigue outweighs fear."""
        return self.fatigue[0] * self.fatigue[1] - self.defence[0] * self.defence[1]

    @property
    def stable(self) -> bool:
        """Whether arms approach the equilibrium from everywhere: a·b > k·l and a + b > 0."""
        return self.determinant > 0.0 and sum(self.fatigue) > 0.0

    @property
    def equilibrium(self) -> Pair:
        """Arms at which neither side arms or disarms.

        Raises
        ------
        StudyError
            If a·b = k·l, for then there is no such point, or a whole line of them.
        """
        if self.determinant == 0.0:
            raise StudyError("there is no single equilibrium where a·b equals k·l (fatigue and defence)")
        (k, l), (a, b), (g, h) = self.defence, self.fatigue, self.grievance  # noqa: E741 - Richardson's letter
        return (b * g + k * h) / self.determinant, (l * g + a * h) / self.determinant

    def path(self, times: Sequence[float], *, start: Pair = (0.0, 0.0)) -> NDArray[np.float64]:
        """Arms of both sides at some times.

        Parameters
        ----------
        times
            Times after the start; shape (times,).
        start
            Arms of both sides at time 0.

        Returns
        -------
        array
            Arms, shape (times, 2).

        Raises
        ------
        StudyError
            If a time or the start is no finite number, or arms grow beyond what a number can hold.
        """
        try:
            moments = np.asarray(times, dtype=float)
        except (TypeError, ValueError):
            raise StudyError(f"times must be a list of finite numbers, not {times!r}") from None
        if moments.ndim != 1 or not np.isfinite(moments).all():
            raise StudyError(f"times must be a list of finite numbers, not {times!r}")
        (k, l), (a, b), (g, h) = self.defence, self.fatigue, self.grievance  # noqa: E741 - Richardson's letter
        # The constant terms join as a third variable that stays 1: this needs no equilibrium.
        system = np.array([[-a, k, g], [l, -b, h], [0.0, 0.0, 0.0]])
        state = np.array([*_pair("start", start), 1.0])
        with np.errstate(all="ignore"):
            arms = np.array([(expm(system * time) @ state)[:2] for time in moments]).reshape(-1, 2)
        if not np.isfinite(arms).all():
            raise StudyError("arms grow beyond what a number can hold; ask for earlier times")
        return arms
