"""Memory: a crisis as one block of eight-byte words, and the views of it that make up its tables."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.arithmetic.elementary import WIDTH
from escalation.dynamics.state import (
    ActorState,
    Clock,
    Crisis,
    EventState,
    FrontState,
    HypothesisState,
    IncidentState,
    Option,
    PairState,
    ParameterState,
    PledgeState,
    QuantileState,
    ReasonsState,
    RulesState,
    SignalState,
)
from escalation.world.distributions import Distribution

__all__ = [
    "RECORDS",
    "Located",
    "Memory",
    "Parameter",
    "Place",
    "Places",
    "aligned",
    "crisis_at",
    "located",
    "record_dtype",
]

RECORDS: dict[str, type] = {
    "rules": RulesState,
    "clock": Clock,
    "options": Option,
    "parameters": ParameterState,
    "severities": QuantileState,
    "actors": ActorState,
    "fronts": FrontState,
    "reasons": ReasonsState,
    "pledges": PledgeState,
    "pairs": PairState,
    "signals": SignalState,
    "events": EventState,
    "incidents": IncidentState,
    "hypotheses": HypothesisState,
}
"""Tables of records, by their names in `Crisis`."""


def aligned(words: int) -> NDArray[np.float64]:
    """Memory of some words, not yet written, that begins on a cache line."""
    longer = np.empty(words + WIDTH)
    first = -(longer.ctypes.data // 8) % WIDTH
    return longer[first : first + words]


def crisis_at(header: NDArray[np.int64]) -> Crisis:  # noqa: ARG001 - what it reads, machine code reads
    """Return the crisis that a header points to; within machine code only, as `escalation.engines.pointers` says.

    Raises
    ------
    TypeError
        If Python calls it.
    """
    raise TypeError("only machine code reads a crisis by its header; escalation.engines.tables.views does so in Python")


@functools.cache
def record_dtype(record: type) -> np.dtype[Any]:
    """Structured type of a record: eight bytes a field."""
    return np.dtype([(field.name, "i8" if field.type == "int" else "f8") for field in dataclasses.fields(record)])


@dataclass(frozen=True, slots=True)
class Located:
    """A quantity, and the dotted place in the scenario at which it stands."""

    path: str
    quantity: float | Distribution


def located(path: str, part: Any, *fields: str) -> dict[str, Any]:
    """Fields of a part of the scenario, each with its place there."""
    return {field: Located(f"{path}.{field}", getattr(part, field)) for field in fields}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A distribution of a scenario, and one place in memory that its draw is written to."""

    path: str
    distribution: Distribution
    table: str
    row: int
    field: str
    address: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table lies: first word, shape, and whether it holds records, floats or ints."""

    start: int
    shape: tuple[int, ...]
    kind: str


class Places(dict[str, Place]):
    """Where each table of a crisis lies, by its name in `Crisis`."""

    @functools.cached_property
    def layout(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Byte within the block, rows and columns of each table; and 1 where that is a byte, to add an address to.

        Zeros for tables that lie outside the block. Both of shape (tables × 3,).
        """
        found = [self.get(name) for name in Crisis._fields]
        words = [(8 * p.start, p.shape[0], p.shape[-1]) if p else (0, 0, 0) for p in found]
        return np.array(words, np.int64).ravel(), np.array([(int(p is not None), 0, 0) for p in found]).ravel()


class Memory:
    """Collects tables and packs them into one block of words."""

    def __init__(self) -> None:
        self.words: list[NDArray[np.float64]] = []
        self.size = 0
        self.places = Places()
        self.parameters: list[Parameter] = []

    def _place(self, name: str, words: NDArray[np.float64], shape: tuple[int, ...], kind: str) -> None:
        self.places[name] = Place(self.size, shape, kind)
        self.words.append(words)
        self.size += words.size

    def add_records(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Add a table of records; attributes that a row leaves out begin at 0."""
        dtype = record_dtype(RECORDS[name])
        fields = list(dtype.names or ())
        table = np.zeros(len(rows), dtype)
        for row, values in enumerate(rows):
            plain = dict.fromkeys(fields, 0)
            for field, given in values.items():
                value = given
                if isinstance(given, Located):
                    value = given.quantity
                    if not isinstance(value, (int, float)):
                        address = self.size + row * len(fields) + fields.index(field)
                        self.parameters.append(Parameter(given.path, value, name, row, field, address))
                        value = 0.0
                plain[field] = value
            table[row] = tuple(plain.values())
        self._place(name, table.view(np.float64).ravel(), (len(rows),), name)

    def align(self) -> None:
        """Let the next table begin where lanes may be read at once, which they are slowly across two cache lines."""
        filler = np.zeros(-self.size % WIDTH)
        self.words.append(filler)
        self.size += filler.size

    def add_floats(self, name: str, shape: tuple[int, ...], values: Any = 0.0) -> None:
        """Add a table of floats."""
        table = np.zeros(shape)
        table[...] = values
        self._place(name, table.ravel(), shape, "f8")

    def add_ints(self, name: str, shape: tuple[int, ...], values: Any = 0) -> None:
        """Add a table of ints."""
        table = np.zeros(shape, np.int64)
        table[...] = values
        self._place(name, table.view(np.float64).ravel(), shape, "i8")

    def packed(self) -> NDArray[np.float64]:
        """Return the whole block."""
        return np.concatenate([words.ravel() for words in self.words])
