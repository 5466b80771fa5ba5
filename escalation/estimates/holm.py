"""Several tests at once: p-values that allow for how many there were."""

from __future__ import annotations

from collections.abc import Sequence

from escalation.errors import StudyError

__all__ = ["holm"]


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjust the p-values of several tests by Holm's step-down method [Holm1979]_.

    However many of the hypotheses are true, and however the tests depend on one another, the probability that any true
    one is rejected is at most the level.

    Parameters
    ----------
    p_values
        One for each test, in [0, 1].

    Returns
    -------
    tuple of float
        Adjusted p-values, in the same order.

    Raises
    ------
    StudyError
        If one is not a probability.

    Examples
    --------
    >>> holm([0.04, 0.01, 0.03])
    (0.06, 0.03, 0.06)
    """
    if not all(0.0 <= p <= 1.0 for p in p_values):
        raise StudyError(f"p-values are {list(p_values)}; each must lie from 0 to 1")
    adjusted = [0.0] * len(p_values)
    least = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda k: p_values[k])):
        least = max(least, min((len(p_values) - rank) * p_values[place], 1.0))
        adjusted[place] = least
    return tuple(adjusted)
