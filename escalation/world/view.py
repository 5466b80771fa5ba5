"""A lenient look at raw scenario data, which may be ill-typed anywhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from escalation.world.front import actor_and_target
from escalation.world.ladder import Ladder, Role, load_ladder
from escalation.world.near import near, short
from escalation.world.places import Located, Path

__all__ = ["LONGEST", "View", "entries", "proteges", "texts"]

_LARGE = 1e12
LONGEST = 3650
"""Longest horizon in days; one beyond it is a fault of its own, and nothing is measured by it."""
_START = datetime.date(2000, 1, 1)


def entries(data: Any, table: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Entries of a table that are themselves tables, with their ids."""
    rows = data.get(table)
    if isinstance(rows, Mapping):
        for key, row in rows.items():
            if isinstance(key, str) and isinstance(row, Mapping):
                yield key, row


def texts(value: Any) -> list[tuple[int, str]]:
    """Texts in a list, with their positions."""
    rows = enumerate(value) if isinstance(value, (list, tuple)) else ()
    return [(i, row) for i, row in rows if isinstance(row, str)]


def proteges(row: Mapping[str, Any]) -> list[tuple[Path, str]]:
    """Protégés of a commitment, with what leads from it to each: one, or a list."""
    protege = row.get("protege")
    if isinstance(protege, str):
        return [(("protege",), protege)]
    return [(("protege", i), name) for i, name in texts(protege)]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGE


def _date(value: Any) -> datetime.date | None:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else None


class View:
    """What the references of a scenario can point to, as far as it can be made out.

    Parameters
    ----------
    data
        Raw scenario: tables, lists, text, numbers and dates.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.actors = dict(entries(data, "actors"))
        self.commitments = dict(entries(data, "commitments"))
        self.signals = dict(entries(data, "signals"))
        self.events = dict(entries(data, "events"))
        rows = data.get("fronts")
        ids = [key for key in rows if isinstance(key, str)] if isinstance(rows, Mapping) else []
        self.fronts = dict.fromkeys(ids)
        self.start = _START if data.get("start") is None else _date(data["start"])
        horizon = data.get("horizon", 90)
        self.horizon = float(horizon) if _is_number(horizon) and 1 <= horizon <= LONGEST else None
        self.as_of = self.day(data.get("as_of"))
        self.rungs = self._rungs(data.get("ladder"))

    @staticmethod
    def _rungs(ladder: Any) -> dict[str, Role]:
        """Rungs by name, lowest first; empty where the ladder is itself at fault."""
        try:
            if ladder is None or isinstance(ladder, str):
                ladder = load_ladder(ladder or "default")
            return {rung.name: rung.role for rung in Ladder.model_validate(ladder).rungs}
        except (KeyError, ValidationError):
            return {}

    def day(self, value: Any) -> float | None:
        """Days after the start, or None where that cannot be made out."""
        if _is_number(value):
            return float(value) if value >= 0.0 else None
        date = _date(value)
        return None if date is None or self.start is None else float((date - self.start).days)

    def actor(self, path: Path, value: Any) -> Iterator[Located]:
        """Fault if no actor has this name."""
        if isinstance(value, str) and value not in self.actors:
            yield path, f"no actor {short(value)}{near(value, self.actors)}"

    def actor_list(self, path: Path, value: Any) -> Iterator[Located]:
        """Faults of a list of actors: unknown ones, and the same one twice."""
        seen = set()
        for i, name in texts(value):
            yield from self.actor((*path, i), name)
            if name in seen:
                yield (*path, i), f"{short(name)} is listed twice"
            seen.add(name)

    def rung(self, path: Path, value: Any, *, least: Role, most: Role = Role.WAR) -> Iterator[Located]:
        """Fault if no rung has this name, or if its role is not between two roles."""
        if not isinstance(value, str) or not self.rungs:
            return
        fit = [name for name, role in self.rungs.items() if least.order <= role.order <= most.order]
        if value not in self.rungs:
            yield path, f"no rung {short(value)} on the ladder{near(value, fit)}"
        elif value not in fit:
            role = self.rungs[value].value
            yield path, f"{short(value)} has the role {role}, which does not fit here{near('', fit)}"

    def has_front(self, actor: Any, target: Any) -> bool:
        """Whether a front leads from one actor to another."""
        return f"{actor}-{target}" in self.fronts

    @cached_property
    def faced(self) -> set[tuple[str, str]]:
        """Pairs that face each other, or can come to because a patron joins and has enemies of its own from then on."""
        faced = {actor_and_target(key) for key in self.fronts}
        rules = self.data.get("rules")
        # A file with other faults comes as it was written, without defaults: what it leaves out may be true.
        wider = not isinstance(rules, Mapping) or rules.get("belligerency", True) is not False
        # Each patron that joins can bring the adversary's patrons in, so this goes on until nobody new faces anybody.
        while wider:
            known = len(faced)
            for row in self.commitments.values():
                patron, named = row.get("patron"), row.get("adversary")
                pledged = [name for _, name in proteges(row)]
                for one, other in tuple(faced):
                    if other in pledged and one != patron and named in (None, one) and isinstance(patron, str):
                        faced |= {(patron, one), (one, patron)}
            wider = len(faced) > known
        return faced

    def pledged_against(self, patron: Any, protege: str) -> list[str]:
        """Adversaries against whom a patron is pledged to a protégé; none where it is no protégé of that patron."""
        found: dict[str, None] = {}
        for row in self.commitments.values():
            if row.get("patron") != patron or protege not in [name for _, name in proteges(row)]:
                continue
            named = row.get("adversary")
            facing = [name for name in self.actors if (name, protege) in self.faced and name not in (patron, protege)]
            found |= dict.fromkeys([named] if isinstance(named, str) else facing)
        return list(found)
