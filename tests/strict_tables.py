"""Tables of the readable engine that refuse a negative index.

An index of -1 means that there is none. A list of Python takes it for the last row, and machine code for what lies
before the table in memory, so that neither says that it is wrong.
"""

from __future__ import annotations

from typing import Any

from escalation.dynamics.state import Crisis

__all__ = ["strict"]


class StrictTable(list[Any]):
    """List that has no rows counted from its end."""

    def __init__(self, name: str, rows: list[Any]) -> None:
        super().__init__(rows)
        self.name = name

    def _check(self, key: Any) -> None:
        for index in (key.start, key.stop) if isinstance(key, slice) else (key,):
            if index is not None and index < 0:
                raise IndexError(f"{self.name} has no row {index}")

    # Whole numbers from 0 are let through at once, for a run asks a million times.
    def __getitem__(self, key: Any) -> Any:
        if key.__class__ is not int or key < 0:
            self._check(key)
        return list.__getitem__(self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        if key.__class__ is not int or key < 0:
            self._check(key)
        list.__setitem__(self, key, value)


def strict(crisis: Crisis) -> Crisis:
    """Crisis of the same records and numbers, whose tables and their rows refuse a negative index."""
    tables = {}
    for name, table in crisis._asdict().items():
        rows = [StrictTable(name, row) if isinstance(row, list) else row for row in table]
        tables[name] = StrictTable(name, rows)
    return Crisis(**tables)
