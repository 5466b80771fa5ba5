"""Changes: the least change of one thing alone that makes restraint or conciliation the likelier choice."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from escalation.dynamics.acting import available
from escalation.dynamics.roles import HEARD, PUBLIC
from escalation.dynamics.state import Crisis
from escalation.dynamics.utility import weigh
from escalation.engines.compiled import at_hand, weigh_state
from escalation.engines.explaining.explanation import Change, Without
from escalation.engines.explaining.quantities import SHARE, Quantity
from escalation.engines.explaining.replay import play_to
from escalation.engines.lower import Lowered, lower_once
from escalation.engines.readable import packed
from escalation.mechanisms.time_and_chance import logit_choice
from escalation.world.plain_words import item_words
from escalation.world.scenario import Scenario

__all__ = ["Peace", "least_changes", "peace", "restraint", "sent", "without_signal"]

WIDEST = 3.0
"""Farthest that a cost, a weight or a capability is moved, in its own unit."""
STOPS = 10
"""Stops of the search each way, closer together near where the quantity stands."""
HALVINGS = 24
DIGITS = (2, 3, 4, 5, 6)
"""Digits to which a change may be rounded."""

Way = Callable[[float], float]


class Peace(NamedTuple):
    """The likelier of restraint and conciliation, its probability, and how much that exceeds all other acts'."""

    act: str
    probability: float
    margin: float


def restraint(crisis: Crisis, f: int) -> tuple[float, float]:
    """Probability of restraint on a front, and how much it exceeds that of the likeliest other act."""
    weigh(crisis, f)
    likely = _likely(crisis, f, crisis.value[f])
    others = [likely[o] for o in range(1, len(likely)) if available(crisis, f, o)]
    return likely[0], likely[0] - max(others)


def peace(crisis: Crisis, f: int) -> Peace:
    """The likelier of restraint and conciliation on a front, where actors can conciliate; else restraint."""
    weigh(crisis, f)
    return _peace_of(crisis, f, crisis.value[f])


def _likely(crisis: Crisis, f: int, utilities: Sequence[float]) -> list[float]:
    likely = [0.0] * len(crisis.options)
    logit_choice(crisis.actors[crisis.fronts[f].actor].precision, utilities, crisis.crowding, likely)
    return likely


def _peace_of(crisis: Crisis, f: int, utilities: Sequence[float]) -> Peace:
    likely = _likely(crisis, f, utilities)
    act, others = 0, []
    for o in range(1, len(likely)):
        if not available(crisis, f, o):
            continue
        if crisis.is_conciliation[o] == 0.0:
            others.append(likely[o])
        elif likely[o] > likely[act]:
            act = o
    return Peace("conciliation" if act else "restraint", likely[act], likely[act] - max(others))


class _Weighing:
    """A decision that is weighed again and again, with one quantity at another value.

    The compiled engine does it, where the model has been compiled on this machine; else the readable one does, which
    gives the same bits and takes fifty times as long, but less long than compiling.
    """

    def __init__(self, crisis: Crisis, lowered: Lowered, f: int) -> None:
        self.crisis, self.lowered, self.f = crisis, lowered, f
        self._state = packed(crisis, lowered) if at_hand(lowered) else None

    def peace(self, quantity: Quantity, value: float) -> Peace:
        """As `peace`, with a quantity at a value; the crisis keeps it."""
        quantity.write(self.crisis, value)
        if self._state is None:
            return peace(self.crisis, self.f)
        # What follows from such a quantity stands in other words too, so that the memory is packed anew.
        if quantity.moves is not None:
            utilities = weigh_state(self.lowered, packed(self.crisis, self.lowered), front=self.f).tolist()
            return _peace_of(self.crisis, self.f, utilities)
        word = quantity.word(self.lowered)
        before, self._state[word] = self._state[word], value
        utilities = weigh_state(self.lowered, self._state, front=self.f).tolist()
        self._state[word] = before
        return _peace_of(self.crisis, self.f, utilities)


def _ends(start: float, unit: str) -> tuple[float, float]:
    """Least and greatest value that a quantity is moved to."""
    return (0.0, 1.0) if unit == SHARE else (max(start - WIDEST, 0.0), start + WIDEST)


def _stops(start: float, unit: str) -> list[float]:
    """Values to try, nearest first, on both sides of where a quantity stands."""
    low, high = _ends(start, unit)
    widest = 1.0 if unit == SHARE else WIDEST
    values: list[float] = []
    for k in range(1, STOPS + 1):
        for side in (-1.0, 1.0):
            value = min(max(start + side * widest * (k / STOPS) ** 2, low), high)
            if value != start and value not in values:
                values.append(value)
    return values


def _least(start: float, unit: str, likelier: Callable[[float], bool]) -> float | None:
    """Value nearest to `start` at which a peaceful act is likelier, by bisection between two stops of the search."""
    last = {-1: start, 1: start}
    for value in _stops(start, unit):
        side = 1 if value > start else -1
        if likelier(value):
            inside, outside = value, last[side]
            for _ in range(HALVINGS):
                middle = 0.5 * (inside + outside)
                if likelier(middle):
                    inside = middle
                else:
                    outside = middle
            return inside
        last[side] = value
    return None


def _rounded(start: float, after: float, likelier: Callable[[float], bool]) -> float:
    """Value rounded away from `start` to the fewest digits at which it is still enough, and reads otherwise."""
    for digits in DIGITS:
        scale = 10.0**digits
        value = (math.ceil if after > start else math.floor)(after * scale) / scale
        if f"{value:.{digits}f}" != f"{start:.{digits}f}" and likelier(value):
            return value
    return after


def least_changes(crisis: Crisis, lowered: Lowered, f: int, quantities: Sequence[tuple[str, Quantity]]) -> list[Change]:
    """Move each quantity alone until restraint or conciliation is likelier than every act that is neither.

    Parameters
    ----------
    crisis
        The crisis when the decision is due; it is left as it was.
    lowered
        The scenario that is played.
    f
        Row of the front.
    quantities
        Kind (``"belief"`` or ``"parameter"``) and quantity of each thing to move.
    """
    found = []
    as_is = peace(crisis, f).margin
    weighing = _Weighing(crisis, lowered, f)
    for kind, quantity in quantities:
        start = quantity.read(crisis)

        def margin(value: float, quantity: Quantity = quantity) -> float:
            return weighing.peace(quantity, value).margin

        def likelier(value: float, margin: Way = margin) -> bool:
            return margin(value) > 0.0

        # Many quantities bear on no act here. Two weighings, at the ends, tell so and spare the whole search.
        after = None
        if any(margin(end) != as_is for end in _ends(start, quantity.unit)):
            after = _least(start, quantity.unit, likelier)
        if after is not None:
            rounded = _rounded(start, after, likelier)
            then = weighing.peace(quantity, after)
            size = abs(after - start)
            found.append(
                Change(
                    kind=kind,
                    name=quantity.name,
                    words=quantity.words,
                    before=start,
                    after=after,
                    size=size,
                    unit=quantity.unit,
                    probability=then.probability,
                    rounded=rounded,
                    act=then.act,
                )
            )
        quantity.write(crisis, start)
    weigh(crisis, f)
    return found


def sent(crisis: Crisis, scenario: Scenario) -> list[str]:
    """Signals that somebody has heard of by now."""
    return [name for s, name in enumerate(scenario.signals) if crisis.signals[s].status in (HEARD, PUBLIC)]


def without_signal(
    scenario: Scenario, signal: str, *, seed: int, run: int, period: int, rows: Sequence[int]
) -> list[Without | None]:
    """Replay a run without a signal, and weigh the same decisions on the same day.

    Parameters
    ----------
    scenario, seed, run
        The trajectory.
    signal
        Id of the signal to leave out.
    period, rows
        When, and on which fronts.

    Returns
    -------
    list
        One for each front; None where the run had ended, or the front was at war or not open.
    """
    crisis = play_to(lower_once(scenario).without(signal), seed=seed, run=run, period=period)
    found: list[Without | None] = []
    for f in rows:
        if crisis is None or crisis.fronts[f].active == 0 or crisis.fronts[f].at_war == 1:
            found.append(None)
            continue
        decided = crisis.fronts[f].deciding > 0
        probability, _ = restraint(crisis, f)
        then = peace(crisis, f)
        words = item_words(signal, scenario)
        found.append(Without(signal, words, probability, then.margin > 0.0, decided, then.act, then.probability))
    return found
