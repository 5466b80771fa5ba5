"""Draws that several runs of one number have in common, made once.

All draws are keyed by the number of the run. A fit plays a crisis under the same number at many sets of parameters, one
right after the other, and all of these runs ask for the same draws. `Crisis.drawn_before` keeps them. It has no rows
where no two runs have the same number.
"""

from __future__ import annotations

from escalation.arithmetic.elementary import WIDTH, lanes_at, put_lanes, width
from escalation.arithmetic.shared import inlined, shared
from escalation.dynamics.state import Crisis

__all__ = ["KEPT", "drawn_before", "keep_drawn"]

KEPT = 31
"""Draws that are kept for each row of private reasons; the first rows keep those of fronts, too. Odd, since gaps are
drawn eight at a time, and are numbered so."""


@shared
def _row(purpose: int, owner: int, number: int) -> int:
    """Row for a draw of a front or of private reasons; `number` says which of the draws for that purpose it is.

    Draws of the same number for two purposes have two rows, so that a row need not say what its draw was for.
    """
    # The three purposes are numbers 5, 6 and 8. Times 10 they lie 10, 20 or 30 rows apart, which is no whole turn of
    # 31.
    return owner * KEPT + (10 * purpose + number) % KEPT


@shared
def _take(crisis: Crisis, purpose: int, owner: int, number: int, values: list[float]) -> bool:
    row = _row(purpose, owner, number)
    if crisis.drawn_before[row][0] != float(crisis.clock[0].run) or crisis.drawn_before[row][1] != float(number):
        return False
    for first in range(0, len(values), width()):
        put_lanes(values, first, lanes_at(crisis.drawn_before[row], WIDTH + first))
    return True


@shared
def _keep(crisis: Crisis, purpose: int, owner: int, number: int, values: list[float]) -> None:
    row = _row(purpose, owner, number)
    crisis.drawn_before[row][0] = float(crisis.clock[0].run)
    crisis.drawn_before[row][1] = float(number)
    for first in range(0, len(values), width()):
        put_lanes(crisis.drawn_before[row], WIDTH + first, lanes_at(values, first))


@inlined
def drawn_before(crisis: Crisis, purpose: int, owner: int, number: int, values: list[float]) -> bool:
    """Whether a run of the same number made this draw before; if so, put what was drawn into `values`, in lanes."""
    return len(crisis.drawn_before) > 0 and _take(crisis, purpose, owner, number, values)


@inlined
def keep_drawn(crisis: Crisis, purpose: int, owner: int, number: int, values: list[float]) -> None:
    """Keep a draw for other runs of the same number; `values` holds it in lanes."""
    if len(crisis.drawn_before) > 0:
        _keep(crisis, purpose, owner, number, values)
