"""Edits of a scenario: numbers moved by a slider, and signals, events and commitments that are left out."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from escalation.engines.medians import median
from escalation.errors import StudyError
from escalation.world.base import Part
from escalation.world.distributions import Beta, Distribution, Elicited, LogNormal, Normal, Triangular, Uniform
from escalation.world.near import near
from escalation.world.plain_words import actor_name, actor_words, listed
from escalation.world.scenario import Scenario

__all__ = ["Dial", "Edits", "dials", "removable"]

_DISTRIBUTIONS = (Normal, LogNormal, Beta, Uniform, Triangular, Elicited)
_TABLES = ("actors", "fronts", "commitments", "signals", "events")
_STEPS = 100
"""Steps of a slider from one end to the other."""


@dataclass(frozen=True, slots=True)
class Dial:
    """A number of a scenario that a slider can move.

    Parameters
    ----------
    path
        Dotted place of the number.
    group
        What it belongs to: an actor, a front, a commitment, a signal, an event or the rules, in words.
    label
        Its name.
    help
        What it is, with its unit.
    stated
        What the scenario states there: a number, or a distribution as text.
    value
        That number, or the median of that distribution.
    low, high, step
        Range of the slider.
    """

    path: str
    group: str
    label: str
    help: str
    stated: str
    value: float
    low: float
    high: float
    step: float


@dataclass(frozen=True, slots=True)
class Edits:
    """What is changed in a scenario; applied together they give the alternative.

    Parameters
    ----------
    values
        New numbers, by dotted place, in the order in which they were set.
    without
        Ids of signals, events and commitments that are left out.
    """

    values: tuple[tuple[str, float], ...] = ()
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.without)

    def with_value(self, path: str, value: float) -> Edits:
        """Edits with a number set, in place of what was set there."""
        kept = tuple(row for row in self.values if row[0] != path)
        return replace(self, values=(*kept, (path, float(value))))

    def with_dropped(self, item: str) -> Edits:
        """Edits with one more item left out."""
        return self if item in self.without else replace(self, without=(*self.without, item))

    def undo(self, what: str) -> Edits:
        """Edits without the one of this dotted place or id."""
        values = tuple(row for row in self.values if row[0] != what)
        return Edits(values, tuple(item for item in self.without if item != what))

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario as edited.

        A number of an item that is left out changes nothing.

        Raises
        ------
        StudyError
            If the scenario has no such place or item.
        ScenarioError
            If a value is not allowed at its place.
        """
        for path, value in self.values:
            scenario = scenario.replace(path, value)
        for item in self.without:
            if item in removable(scenario):  # a denial goes with what it denies
                scenario = scenario.without(item)
        return scenario

    def words(self, scenario: Scenario) -> tuple[tuple[str, str], ...]:
        """Each edit in words, with its dotted place or id."""
        known = {dial.path: dial for dial in dials(scenario)}
        rows = []
        for path, value in self.values:
            dial = known.get(path)
            if dial is None:
                raise StudyError(f"no number at {path!r}{near(path, known)}")
            rows.append((path, f"{dial.group}, {dial.label}: {value:g} instead of {dial.stated}"))
        items = removable(scenario)
        return tuple(rows) + tuple((item, f"without {items.get(item, item)}") for item in self.without)


def removable(scenario: Scenario) -> dict[str, str]:
    """Signals, events and commitments that can be left out, each with what it is in words."""
    found = {}
    for signal in scenario.signals.values():
        found[signal.id] = f"the {signal.kind.value} {signal.id} by {actor_words(scenario, signal.sender)}"
    for event in scenario.events.values():
        found[event.id] = f"the event {event.id} ({event.kind})"
    for pledge in scenario.commitments.values():
        proteges = listed(actor_words(scenario, protege) for protege in pledge.proteges)
        found[pledge.id] = f"the commitment {pledge.id} of {actor_words(scenario, pledge.patron)} to {proteges}"
    return found


def dials(scenario: Scenario) -> tuple[Dial, ...]:
    """Every number of a scenario that a slider can move, in the order of the file, the rules last."""
    found = []
    for table in _TABLES:
        for key, part in getattr(scenario, table).items():
            found += list(_dials(part, f"{table}.{key}", _group(scenario, table, part), ""))
    return (*found, *_dials(scenario.rules, "rules", "Rules for all", ""))


def _group(scenario: Scenario, table: str, part: Any) -> str:
    if table == "actors":
        return actor_name(scenario, part.id)
    if table == "fronts":
        return f"{actor_name(scenario, part.actor)} against {actor_name(scenario, part.target)}"
    return f"{table.removesuffix('s').capitalize()} {part.id}"


def _dials(part: Part, place: str, group: str, label: str = "", about: str = "") -> Iterator[Dial]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        words = f"{label} {name.replace('_', ' ')}".strip()
        said = " ".join(f"{about} {type(part).descriptions().get(name, '')}".split())
        if isinstance(value, Part) and not isinstance(value, _DISTRIBUTIONS):
            yield from _dials(value, f"{place}.{name}", group, words, said)
            continue
        limits = _limits(type(part), name)
        if limits is None or value is None or _idle(part, name):
            continue
        middle = median(value)
        low, high, step = _range(middle, *limits)
        yield Dial(f"{place}.{name}", group, words, said, _stated(value), middle, low, high, step)


def _idle(part: Any, name: str) -> bool:
    """Whether a number says nothing here: who has no principal has no control, and what is public cannot leak."""
    if name == "control":
        return part.principal is None
    return name == "leak" and part.channel == "public"


@functools.cache
def _limits(kind: type[Part], name: str) -> tuple[float, float, bool] | None:
    """Least and greatest number allowed in a field, and whether the least is left out; None where it holds no number.

    The JSON Schema of the field says so, as it does to an editor.
    """
    field = kind.model_json_schema()["properties"].get(name, {})
    options = field.get("oneOf") or [row for option in field.get("anyOf", ()) for row in option.get("oneOf", ())]
    for option in options:
        if option.get("type") == "number":
            low = option.get("minimum", option.get("exclusiveMinimum", 0.0))
            return float(low), float(option.get("maximum", math.inf)), "exclusiveMinimum" in option
    return None


def _range(value: float, least: float, greatest: float, above: bool) -> tuple[float, float, float]:
    """Ends of a slider, and its step: what is allowed, but no more than a round number well above the value."""
    if least < 0.0:  # as far below 0 as above, for what is allowed has no end that a slider could show
        high = min(greatest, max(1.0, _round_up(3.0 * abs(value)) if value else 1.0))
        low = max(least, -high)
        return low, high, (high - low) / _STEPS
    high = greatest if greatest <= 1.0 else min(greatest, _round_up(3.0 * value) if value > 0.0 else 1.0)
    step = high / _STEPS
    return max(least, step) if above else least, high, step


def _round_up(value: float) -> float:
    """Least number of the kind 1, 2 or 5 times a power of ten that is not below a value."""
    power = 10.0 ** math.floor(math.log10(value))
    return float(f"{next(k for k in (1.0, 2.0, 5.0, 10.0) if k * power >= value * (1.0 - 1e-9)) * power:g}")


def _stated(quantity: float | Distribution) -> str:
    if isinstance(quantity, (int, float)):
        return f"{quantity:g}"
    return f"median {median(quantity):.3g} ({quantity.distribution})"
