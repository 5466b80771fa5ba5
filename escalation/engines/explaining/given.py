"""Given values: a decision as it would have been, had something that it depends on been otherwise."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from numbers import Real

from escalation.dynamics.state import Crisis
from escalation.engines.explaining.quantities import INTENSITY, SHARE, Quantity, beliefs, enters, parameters
from escalation.engines.lower import Lowered
from escalation.errors import StudyError
from escalation.world.near import near
from escalation.world.quantities import LARGEST

__all__ = ["Assumed", "assumed", "check_given", "placed"]


@dataclass(frozen=True, slots=True)
class Assumed:
    """A value that was assumed for a decision.

    Parameters
    ----------
    name, words
        The quantity: its dotted place, and what it is.
    value
        Its value.
    """

    name: str
    words: str
    value: float


def _settable(crisis: Crisis, lowered: Lowered, f: int) -> dict[str, Quantity]:
    """Quantities that a decision depends on now and that can be given a value, by name.

    An injury cannot be given: it follows from the blame for it.
    """
    held = [quantity for quantity in beliefs(crisis, lowered, f) if quantity.unit != INTENSITY]
    # Of a pledge that is not in force 0 is read, which must not be written back over its credence.
    found = [quantity for quantity in held if quantity.table != "pledges" or enters(crisis, quantity)]
    return {quantity.name: quantity for quantity in found + parameters(crisis, lowered, f)}


def check_given(crisis: Crisis, lowered: Lowered, rows: Sequence[int], given: Mapping[str, float]) -> None:
    """Refuse what no decision on these fronts depends on, and values that cannot be.

    Raises
    ------
    StudyError
        If there is something to refuse.
    """
    known = {name: quantity for f in rows for name, quantity in _settable(crisis, lowered, f).items()}
    for name, value in given.items():
        if name not in known:
            raise StudyError(f"the decision does not depend on {name!r}{near(name, known)}")
        most = 1.0 if known[name].unit == SHARE else math.inf
        number = isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
        if name.endswith(".stake"):  # 0 is where a change of it can end: nothing is at stake
            most = LARGEST
        if not number or not 0.0 <= value <= most:
            allowed = "from 0 up" if math.isinf(most) else f"from 0 to {most:g}"
            raise StudyError(f"{name} is {value!r}; it must be a number {allowed}")


def assumed(crisis: Crisis, lowered: Lowered, f: int, given: Mapping[str, float]) -> tuple[Assumed, ...]:
    """What is assumed of a decision on a front, in words."""
    known = _settable(crisis, lowered, f)
    return tuple(Assumed(name, known[name].words, float(value)) for name, value in given.items() if name in known)


@contextmanager
def placed(crisis: Crisis, lowered: Lowered, f: int, given: Mapping[str, float]) -> Iterator[None]:
    """Put values in their places while a decision on a front is weighed, and take them back."""
    known = _settable(crisis, lowered, f) if given else {}
    before = [(known[name], known[name].read(crisis)) for name in given if name in known]
    try:
        for quantity, _ in before:
            quantity.write(crisis, float(given[quantity.name]))
        yield
    finally:
        for quantity, value in before:
            quantity.write(crisis, value)
