"""No field of a scenario is dead: two values of it change an outcome, or it is said why it changes none."""

from __future__ import annotations

import gc
import json
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from liveness.cases import DESCRIPTIVE, HOLDS, LIVE
from liveness.rich import ABSENT, Changes, edited
from numpy.typing import NDArray
from pydantic import create_model

import escalation.world
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.world.base import Part
from escalation.world.scenario import Scenario

RUNS = 4_000
BLOCK = 500


def parts(of: type[Part] = Part) -> Iterator[type[Part]]:
    """Every part that a scenario can have; those with an underscore are only what others inherit from."""
    for part in of.__subclasses__():
        if part.__module__.startswith("escalation.world") and not part.__name__.startswith("_"):
            yield part
        yield from parts(part)


def fields() -> list[str]:
    for module in pkgutil.iter_modules(escalation.world.__path__):
        import_module(f"escalation.world.{module.name}")
    return [f"{part.__name__}.{field}" for part in parts() for field in part.model_fields]


@lru_cache(maxsize=64)
def outcomes(data: str, first: int) -> dict[str, NDArray[Any]]:
    return run_block(lower(Scenario.from_dict(json.loads(data))), seed=1, first=first, count=BLOCK)


def differ(one: Changes, other: Changes) -> bool:
    """Whether any outcome of any run differs; the fingerprint of the acts alone is no outcome."""
    for first in range(0, RUNS, BLOCK):
        mine, theirs = (outcomes(json.dumps(edited(changes)), first) for changes in (one, other))
        for name in mine.keys() - {"signature"}:
            if mine[name].shape != theirs[name].shape or np.any(mine[name] != theirs[name]):
                return True
    return False


@pytest.mark.parametrize("field", LIVE)
def test_two_values_change_an_outcome(field: str) -> None:
    one, other = LIVE[field]
    assert differ(one, other), f"{field} changes no outcome of {RUNS:,} runs: it is dead"


def test_every_field_is_live_or_said_to_be_descriptive() -> None:
    listed = [*LIVE, *HOLDS, *DESCRIPTIVE]
    assert len(listed) == len(set(listed))
    assert sorted(listed) == sorted(fields())


def leaves(data: Any, place: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Every value of nested data by its place."""
    if not isinstance(data, dict | list):
        return {place: data}
    rows = data.items() if isinstance(data, dict) else enumerate(data)
    return {path: value for key, part in rows for path, value in leaves(part, (*place, str(key))).items()}


@pytest.mark.parametrize("field", LIVE)
def test_the_two_values_are_of_the_field_and_of_no_more_than_it_needs(field: str) -> None:
    """So that a field is not called live for what another one does."""
    one, other = (leaves(Scenario.from_dict(edited(changes)).model_dump(mode="json")) for changes in LIVE[field])
    differ = [path for path in one.keys() | other.keys() if one.get(path, field) != other.get(path, field)]
    name = field.partition(".")[2]
    own = [path for path in differ if name in path]
    assert own
    assert len(differ) == len(own) or field in NEED_MORE


NEED_MORE = {
    "Scenario.fit": "a fit is a set of values for other fields",
    "Commitment.protege": "the protégé's adversary cannot be itself",
}


def test_a_new_field_is_not_listed_until_it_is_shown_to_be_live() -> None:
    known = fields()
    dead: Any = create_model("Trade", __base__=Part, __module__="escalation.world.trade", volume=(float, 0.0))
    assert set(fields()) - set(known) == {"Trade.volume"}
    assert "Trade.volume" not in [*LIVE, *HOLDS, *DESCRIPTIVE]
    del dead
    gc.collect()
    assert fields() == known


def test_a_field_that_changes_nothing_is_seen_to_be_dead() -> None:
    assert not differ({"title": "one"}, {"title": "another"})
    assert not differ({"rules.face": 0.1, "signals.demand": ABSENT}, {"rules.face": 0.9, "signals.demand": ABSENT})


@pytest.mark.parametrize("field", HOLDS)
def test_what_holds_parts_holds_a_live_field(field: str) -> None:
    for part in HOLDS[field]:
        assert any(name.startswith(f"{part}.") for name in [*LIVE, *HOLDS])


def test_the_same_crisis_twice_does_not_differ() -> None:
    assert not differ({}, {})
