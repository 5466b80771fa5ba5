"""Scenarios whose numbers lie at the ends of what is allowed, one beside another."""

from __future__ import annotations

import math
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from strategies import scenario_data

from escalation.world.base import Part
from escalation.world.plain import plain
from escalation.world.quantities import LARGEST, LEAST, Quantity, limits
from escalation.world.scenario import Scenario

__all__ = ["extreme_scenarios", "quantities_at_the_edge"]

Row = dict[str, Any]

TINY, HUGE = 5e-324, 1.7976931348623157e308
ENDS = (0.0, TINY, 1e-300, LEAST, 1e-3, 0.05, 0.5, 1.0 - 2**-53, 1.0, 20.0, 690.0, LARGEST, 1e300, HUGE)
FAR = (TINY, LEAST, 1.0, LARGEST, HUGE)
PERIODS = ((1, 0.05), (2, 0.05), (30, 1.0), (30, 7.0), (3650, 7.0))
"""Horizon and period, in days."""


def _distributions() -> list[Row]:
    """Distributions whose parameters or bounds lie at the ends of what is allowed."""
    found: list[Row] = []
    for low, high in ((0.0, 1.0), (LEAST, LARGEST), (0.0, LARGEST), (0.0, None), (LEAST, None), (0.0, LEAST)):
        bounds = {key: value for key, value in (("low", low), ("high", high)) if value is not None}
        top = LARGEST if high is None else high
        for one in FAR:
            for other in FAR:
                found += [
                    {"distribution": "normal", "mean": one, "sd": other, **bounds},
                    {"distribution": "normal", "mean": -one, "sd": other, **bounds},
                    {"distribution": "lognormal", "median": one, "sigma": min(other, 10.0), **bounds},
                    {"distribution": "lognormal", "median": one, "sigma": min(other, 10.0)},
                    {"distribution": "beta", "a": min(one, 1e6), "b": min(other, 1e6), **bounds},
                ]
                values = [low + one, min(low + other, top - TINY)]
                found.append({"distribution": "elicited", "probabilities": [0.01, 0.99], "values": values, **bounds})
        found += [
            {"distribution": "uniform", "low": low, "high": top},
            {"distribution": "triangular", "low": low, "mode": low, "high": top},
            {"distribution": "triangular", "low": low, "mode": top, "high": top},
        ]
    return found


@cache
def _quantities() -> tuple[Any, ...]:
    """All the edges, as far as they are quantities at all."""
    adapter, found = TypeAdapter(Quantity), list(ENDS)
    for row in _distributions():
        try:
            adapter.validate_python(row)
        except ValidationError:
            continue
        found.append(row)
    return tuple(found)


@cache
def quantities_at_the_edge(part: type[Part], field: str) -> tuple[Any, ...]:
    """Numbers and distributions at the ends of what a field allows; none where it takes no quantity."""
    try:
        low, high = limits(part, field)
    except StopIteration:
        return ()
    info = part.model_fields[field]
    adapter: TypeAdapter[Any] = TypeAdapter(info.rebuild_annotation())
    found = []
    for quantity in (low, high, math.nextafter(low, high), math.nextafter(high, low), *_quantities()):
        try:
            adapter.validate_python(quantity)
        except ValidationError:
            continue
        found.append(quantity)
    return tuple(found)


def _at_the_edge(part: Part, random: Random, share: float) -> Row:
    """Plain data of a part, with a share of its quantities moved to an end."""
    row: Row = {}
    for field in type(part).model_fields:
        value = getattr(part, field)
        edges = quantities_at_the_edge(type(part), field)
        if edges and value is not None and random.random() < share:
            fixed = [edge for edge in edges if isinstance(edge, float)]
            row[field] = random.choice(fixed if random.random() < 0.5 else edges)
        else:
            row[field] = _within(value, random, share)
    return row


def _within(value: Any, random: Random, share: float) -> Any:
    if isinstance(value, Part) and "distribution" not in type(value).model_fields:
        return _at_the_edge(value, random, share)
    if isinstance(value, dict):
        return {key: _within(entry, random, share) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [_within(entry, random, share) for entry in value]
    return plain(value)


def _ladder(rungs: list[Row], random: Random) -> None:
    """Move gains and destructions of a ladder to the ends, and its intensities together."""
    for field in ("gain", "destruction"):
        ends = sorted(random.choices((0.0, TINY, 1e-300, 0.5, 1.0, LARGEST), k=len(rungs)))
        for rung, value in zip(rungs, ends, strict=True):
            rung[field] = value
    middle = range(1, len(rungs) - 1)
    if random.random() < 0.5:
        for k in middle:
            rungs[k]["intensity"] = k * TINY if random.random() < 0.5 else 1.0 - (len(rungs) - 1 - k) * 2**-53
        if any(rungs[k]["intensity"] >= rungs[k + 1]["intensity"] for k in range(len(rungs) - 1)):
            for k in middle:
                rungs[k]["intensity"] = k * TINY


def _extreme(data: Row, seed: int, share: float, time: tuple[int, float] | None) -> Row:
    random = Random(seed)
    row = _at_the_edge(Scenario.from_dict(data), random, share)
    if random.random() < share:
        _ladder(row["ladder"]["rungs"], random)
    for actor in row["actors"].values():
        if actor["principal"] is None:
            actor["control"] = 0.0
    for signal in row["signals"].values():
        if signal["channel"] == "public":
            signal["leak"] = 0.0
        if signal["occasion"] is not None:
            signal["occurred"] = 0.5
    for event in row["events"].values():
        if event["kind"] == "provocation":
            event["suspects"][0] |= {"prior": LEAST if random.random() < 0.5 else LARGEST, "likelihood": 1.0}
            if event["rung"] is not None:  # all saw its author do it
                event["publicity"] = 1.0
    if time is not None and data.get("as_of") is None and not row["signals"] and not row["events"]:
        row["horizon"], row["period"] = time
    return row


def extreme_scenarios() -> st.SearchStrategy[Scenario]:
    """Draw a valid scenario of which a share of the quantities lie at the ends of what is allowed."""
    return st.builds(
        _extreme,
        scenario_data(max_actors=4),
        st.integers(0, 2**64 - 1),
        st.sampled_from((0.1, 0.5, 1.0)),
        st.sampled_from((None, *PERIODS)),
    ).map(Scenario.from_dict)
