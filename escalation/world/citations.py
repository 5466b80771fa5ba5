"""Citations: which of a scenario's sources an item names, and names that are of none."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from escalation.world.near import near, short
from escalation.world.places import Located
from escalation.world.view import View, entries

__all__ = ["cited", "source_faults"]

_LABEL = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_MOST = 10_000
"""Characters of a source that are looked into; no list of labels is longer."""
_CLOSE = 0.75


def cited(source: str, labels: Collection[str]) -> list[str]:
    """Labels that a source names: those before its first colon, parted by commas or semicolons.

    Examples
    --------
    >>> cited("hp0304, ec0306: the boat sank", ["hp0304", "ec0306", "treaty"])
    ['hp0304', 'ec0306']
    >>> cited("Harbour Post, 4 March", ["hp0304"])
    []
    """
    return [name for name in _names(source) if name in labels]


def _names(source: str) -> list[str]:
    head, _, rest = source[:_MOST].partition(":")
    return [] if rest.startswith("//") else [name.strip() for name in re.split("[,;]", head)]


def source_faults(view: View) -> Iterator[Located]:
    """Faults of the sources that items cite, where the scenario lists sources.

    Free text is no fault: only what is written as labels are, or is near to one, must be a label.
    """
    sources = view.data.get("sources")
    labels = [key for key in sources if isinstance(key, str)] if isinstance(sources, Mapping) else []
    if not labels:
        return
    for table in ("commitments", "signals", "events"):
        for key, row in entries(view.data, table):
            yield from _unknown((table, key, "source"), row.get("source"), labels)
    observed = view.data.get("observed")
    for i, row in enumerate(observed if isinstance(observed, (list, tuple)) else ()):
        if isinstance(row, Mapping):
            yield from _unknown(("observed", i, "source"), row.get("source"), labels)


def _unknown(place: tuple[str | int, ...], source: Any, labels: list[str]) -> Iterator[Located]:
    if not isinstance(source, str) or not source.strip():
        return
    names = _names(source)
    all_labels = all(_LABEL.fullmatch(name) for name in names)
    for name in dict.fromkeys(names):
        if name in labels or not _LABEL.fullmatch(name.lower()):
            continue
        if all_labels or difflib.get_close_matches(name.lower(), labels, n=1, cutoff=_CLOSE):
            yield place, f"no source {short(name)} in [sources]{near(name, labels)}"
