"""What tests of games of several chairs play with."""

from __future__ import annotations

from typing import Any

from escalation.app.shared import Chair, Facilitator, SharedGame
from escalation.app.table import Record
from escalation.engines.situation import Statement
from escalation.engines.trajectory import Trajectory
from escalation.world.scenario import Scenario


def opened(busy: Scenario, *actors: str) -> tuple[SharedGame, Facilitator, list[Chair]]:
    game = SharedGame(Record(busy, 3, 0))
    host = game.facilitate()
    seats = [game.sit(actor) for actor in actors]
    host.begin()
    return game, host, seats


def choose_all(chair: Chair, act: str = "") -> None:
    seen = chair.see()
    for row in seen.situations:
        chair.choose(seen.day, row.target, act or row.preferred)


def ran(host: Facilitator) -> Trajectory:
    """What was played, as the facilitator sees it at the end."""
    found = host.see().debriefing
    assert found is not None
    return found.trajectory


def play(chairs: list[Chair]) -> None:
    while chairs[0].see().phase == "day":
        for chair in chairs:
            choose_all(chair)


def reach(value: Any, seen: set[int] | None = None, depth: int = 0) -> set[str]:
    """All text that can be reached from what a view gives, through fields, tables and models."""
    seen = set() if seen is None else seen
    if id(value) in seen or depth > 12:
        return set()
    seen.add(id(value))
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        found = [*value.keys(), *value.values()]
    elif isinstance(value, (list, tuple, set, frozenset)):
        found = list(value)
    elif hasattr(value, "__dataclass_fields__"):
        found = [getattr(value, name) for name in value.__dataclass_fields__]
    elif hasattr(type(value), "model_fields"):
        found = [getattr(value, name) for name in type(value).model_fields]
    else:
        return set()
    return set().union(*(reach(each, seen, depth + 1) for each in found)) if found else set()


def aside(to: str) -> Statement:
    return Statement("reassurance", (to,), channel="private")
