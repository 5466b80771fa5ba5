"""Contest and brinkmanship on their own: the odds of victory, and the risk worth running."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from escalation.errors import StudyError
from escalation.games.checks import checked
from escalation.mechanisms import war_and_contest
from escalation.mechanisms.war_and_contest import strength, success
from escalation.whole_numbers import whole

__all__ = ["Side", "contest", "critical_risk", "cumulative_risk"]

MOST_PATRONS = 12
"""Most patrons of both sides together; each may join or not."""


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a contest.

    Parameters
    ----------
    capability
        Its capability K, on any scale common to both sides.
    fronts
        Number of fronts on which it uses force, this one included.
    patrons
        Capability of each patron, and the probability that it joins.

    Examples
    --------
    >>> [round(probability, 10) for probability, _ in Side(2.0, patrons=[(4.0, 0.75)]).supports()]
    [0.25, 0.75]
    """

    capability: float
    fronts: int = 1
    patrons: Sequence[tuple[float, float]] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "capability", checked("capability", self.capability, low=0.0))
        object.__setattr__(self, "fronts", whole("fronts", self.fronts, least=1))
        object.__setattr__(self, "patrons", tuple(_patron(given) for given in self.patrons))

    def supports(self) -> Iterator[tuple[float, float]]:
        """Probability and capability of each combination of patrons that may join.

        Returns
        -------
        iterator of (float, float)
            One pair for each combination; the probabilities add up to 1.
        """
        for joined in product((False, True), repeat=len(self.patrons)):
            chances = [q if here else 1.0 - q for here, (_, q) in zip(joined, self.patrons, strict=True)]
            yield math.prod(chances), math.fsum(k for here, (k, _) in zip(joined, self.patrons, strict=True) if here)


def contest(own: Side, other: Side, *, exponent: float = 1.0, averaged: bool = False) -> float:
    """Probability of winning a contest of relative capability [Tullock1980]_.

    Parameters
    ----------
    own, other
        The two sides.
    exponent
        How decisive capability is, m; 0 makes the odds even.
    averaged
        Whether to count each patron by its capability times the probability that it joins, as the actors of a crisis
        do before a war; by default the odds are averaged over who joins.

    Returns
    -------
    float
        Probability that `own` wins.

    Raises
    ------
    StudyError
        If a number is not allowed, or there are more than a dozen patrons.

    Examples
    --------
    >>> round(contest(Side(3.0), Side(2.0)), 12)
    0.6
    >>> against = Side(2.0, patrons=[(4.0, 0.75)])
    >>> [round(contest(Side(3.0), against, averaged=averaged), 12) for averaged in (False, True)]
    [0.4, 0.375]
    """
    m = checked("exponent", exponent, low=0.0)
    if len(own.patrons) + len(other.patrons) > MOST_PATRONS:
        raise StudyError(f"there must be {MOST_PATRONS} patrons or fewer, both sides together")

    def odds(support: float, against: float) -> float:
        mine = strength(own.capability, own.fronts, support)
        return success(mine, strength(other.capability, other.fronts, against), m)

    # The odds are not linear in strength, so the two differ: at an exponent of 1 a patron of 4 that joins in half of
    # all cases counts for less than one of 2 that always does.
    if averaged:
        return odds(*(math.fsum(k * q for k, q in side.patrons) for side in (own, other)))
    return math.fsum(p * q * odds(mine, theirs) for p, mine in own.supports() for q, theirs in other.supports())


def critical_risk(winning: float, yielding: float, disaster: float) -> float:
    """Greatest risk of disaster that is worth running to win rather than yield [Schelling1966]_, [Powell1990]_.

    Parameters
    ----------
    winning, yielding, disaster
        Payoffs of the three, each at least the next, and the first greater than the last.

    Returns
    -------
    float
        A probability, (W − S) / (W − D).

    Raises
    ------
    StudyError
        If the payoffs are not in that order.

    Examples
    --------
    >>> round(critical_risk(1.0, 0.0, -10.0), 10)
    0.0909090909
    """
    w, s, d = (checked(n, x) for n, x in (("winning", winning), ("yielding", yielding), ("disaster", disaster)))
    if not w >= s >= d or w == d:
        raise StudyError(
            "winning must be worth at least as much as yielding, yielding at least as much as disaster, and winning "
            f"more than disaster, not {w:g}, {s:g} and {d:g}"
        )
    return war_and_contest.critical_risk(w, s, d)


def cumulative_risk(risk: float, times: int) -> float:
    """Probability of disaster in at least one of some exchanges of equal risk.

    Parameters
    ----------
    risk
        Risk of each.
    times
        How many.

    Returns
    -------
    float
        The probability.

    Raises
    ------
    StudyError
        If the risk is no probability, or the number not whole.

    Examples
    --------
    >>> round(cumulative_risk(0.02, 13), 10)
    0.2309776107
    """
    return war_and_contest.cumulative_risk(checked("risk", risk, low=0.0, high=1.0), whole("times", times, least=0))


def _patron(given: Any) -> tuple[float, float]:
    if isinstance(given, np.ndarray):
        given = given.tolist()
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != 2:
        raise StudyError(f"a patron must be a pair, capability and probability that it joins, not {given!r}")
    joins = checked("probability that a patron joins", given[1], low=0.0, high=1.0)
    return checked("capability of a patron", given[0], low=0.0), joins
