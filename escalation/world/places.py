"""Places in a scenario: the path of keys to a value, and the order of such paths in a file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from escalation.errors import Fault, ScenarioError

__all__ = ["MOST_FAULTS", "Located", "Path", "dotted", "refusal"]

MOST_FAULTS = 100
"""Faults that an error lists. More help nobody, and a file may have a hundred thousand of them."""

Path = tuple[str | int, ...]
"""Keys of tables and positions in lists that lead to a value."""

Located = tuple[Path, str]
"""A place and what is wrong there."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST_KEY = 200


def dotted(path: Sequence[object]) -> str:
    """Path as it is written in messages and in `Scenario.replace`.

    Examples
    --------
    >>> dotted(("actors", "usa", "honesty"))
    'actors.usa.honesty'
    >>> dotted(("events", "a b", "victims", 0))
    'events."a b".victims.0'
    """
    return ".".join(_key(str(key)) for key in path)


def _key(key: str) -> str:
    if len(key) > _LONGEST_KEY:  # longer than any key that is allowed
        key = f"{key[:_LONGEST_KEY]}..."
    return key if _BARE.fullmatch(key) else json.dumps(key)


def _rank(path: Path, data: Any) -> tuple[int, ...]:
    """Position of a path in a file; what is missing comes after what is there."""
    ranks: list[int] = []
    for key in path:
        if isinstance(data, Mapping):
            ranks.append(next((rank for rank, known in enumerate(data) if known == key), len(data)))
            data = data.get(key)
        elif isinstance(data, Sequence) and not isinstance(data, str) and isinstance(key, int):
            ranks.append(key)
            data = data[key] if key < len(data) else None
    return tuple(ranks)


def refusal(found: Sequence[Located], data: Any, *, file: str | None = None) -> ScenarioError:
    """Error with all that was found, up to `MOST_FAULTS`, in the order of the file, each said once."""
    ordered = sorted(dict.fromkeys(found), key=lambda located: _rank(located[0], data))
    faults = [Fault(dotted(path), what) for path, what in ordered[:MOST_FAULTS]]
    return ScenarioError(faults, file=file, more=len(ordered) > MOST_FAULTS)
