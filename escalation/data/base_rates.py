"""Base rates: how often crises and disputes of the past reached each level, as counts with their sources.

Counts are facts about published data; no rows are shipped. They serve as the rival of a hindcast that knows of a
crisis only that it is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["HOSTILITY", "VIOLENCE", "BaseRate"]


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How many cases reached each of some ordered levels and none higher.

    Parameters
    ----------
    name
        Name under which it competes.
    levels
        The levels, lowest first.
    counts
        Number of cases at each.
    source
        What was counted, and where it is from.
    """

    name: str
    levels: tuple[str, ...]
    counts: tuple[int, ...]
    source: str

    @property
    def shares(self) -> NDArray[np.float64]:
        """Share of cases at each level, shape (level,)."""
        return np.asarray(self.counts, np.float64) / sum(self.counts)

    def from_level(self, name: str) -> NDArray[np.float64]:
        """Shares below a level, and at it or above; shape (2,).

        Examples
        --------
        >>> VIOLENCE.from_level("war").round(3).tolist()
        [0.854, 0.146]
        """
        above = float(self.shares[self.levels.index(name) :].sum())
        return np.array([1.0 - above, above])


VIOLENCE = BaseRate(
    "ICB",
    ("none", "minor clashes", "serious clashes", "war"),
    (102, 112, 96, 53),
    "highest violence of the crises of 1918-1994 that do not fall within a war, its trigger included: "
    "International Crisis Behavior, version 15 [Brecher2023]_",
)
"""Levels of violence of a crisis in the data on International Crisis Behavior.

These are the 363 crises that ICB's system-level file does not code as within a war (IWCMB 1 or 2). The fit counts 368,
since a crisis-actor table has a code for each actor only: `escalation.data.crisis_actors.first_actors` says which
crises differ.
"""

HOSTILITY = BaseRate(
    "MID",
    ("none", "threat", "display", "use of force", "war"),
    (0, 74, 653, 1603, 106),
    "highest hostility of the disputes of 1816-2014: Militarized Interstate Disputes, version 5.0 [Palmer2022]_",
)
"""Levels of hostility of a militarised dispute; a dispute without a threat is none, so nothing is at the lowest."""
