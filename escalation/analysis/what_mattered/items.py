"""What can be left out of a scenario: each signal, event and commitment, and the signals of one occasion together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from escalation.errors import StudyError
from escalation.montecarlo.events import check_several
from escalation.montecarlo.occurrence import signals_of
from escalation.world.editing import without_items
from escalation.world.near import near, short
from escalation.world.plain import plain
from escalation.world.scenario import Scenario

__all__ = ["Item", "item_named", "items_of", "without_item"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a scenario can do without.

    Parameters
    ----------
    name
        Id of the signal, event or commitment; the occasion of signals that were said together.
    kind
        What it is.
    parts
        Ids of the signals of the occasion; of anything else its own id.
    gone
        Ids of what goes with it, since it is about it: denials, warnings, refusals.
    """

    name: str
    kind: Literal["signal", "event", "commitment"]
    parts: tuple[str, ...]
    gone: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Item as ``--json`` prints it."""
        return {"item": self.name, "kind": self.kind, "parts": list(self.parts), "goes_with_it": list(self.gone)}


def without_item(scenario: Scenario, item: Item) -> Scenario:
    """Scenario without an item, and what is about it."""
    return scenario.from_dict(without_items(plain(scenario), item.parts))


def items_of(scenario: Scenario, names: Sequence[str] | None = None) -> tuple[Item, ...]:
    """Everything that can be left out of a scenario, or what is named of it.

    Parameters
    ----------
    scenario
        The scenario.
    names
        Ids of signals, events and commitments, and occasions. A signal stands for its whole occasion.

    Raises
    ------
    StudyError
        If there is none of a name, or nothing at all that can be left out.

    Examples
    --------
    >>> import escalation as esc
    >>> [item.name for item in items_of(esc.load("two-state-deterrence"))]
    ['threat', 'alliance']
    """
    check_several(names or (), called="items")
    occasions: dict[str, list[str]] = {}
    for key, signal in scenario.signals.items():
        occasions.setdefault(signal.occasion or key, []).append(key)
    items = [_item(scenario, name, "signal", tuple(parts)) for name, parts in occasions.items()]
    items += [_item(scenario, name, "event", (name,)) for name in scenario.events]
    items += [_item(scenario, name, "commitment", (name,)) for name in scenario.commitments]
    if not items:
        raise StudyError(f"{scenario.name!r} has no signal, event or commitment to leave out")
    if names is None:
        return tuple(items)
    known = {name: item for item in items for name in (*item.parts, item.name)}
    for name in names:
        if name not in known:
            raise StudyError(
                f"no signal, occasion, event or commitment {short(name)} in {scenario.name!r}{near(name, known)}"
            )
    if not names:
        raise StudyError("no item is named; leave items out to try them all")
    return tuple(dict.fromkeys(known[name] for name in names))


def item_named(scenario: Scenario, name: str) -> Item:
    """Item of a name: a signal by itself, all signals of an occasion, an event or a commitment.

    Parameters
    ----------
    scenario
        The scenario.
    name
        Its id, or the occasion.

    Raises
    ------
    StudyError
        If there is none of that name.

    Examples
    --------
    >>> import escalation as esc
    >>> item_named(esc.load("haniyeh-2024"), "us-denial").parts
    ('us-denial',)
    """
    if signals := signals_of(scenario, name):
        return _item(scenario, name, "signal", signals)
    kinds: tuple[tuple[Literal["event", "commitment"], Collection[str]], ...] = (
        ("event", scenario.events),
        ("commitment", scenario.commitments),
    )
    for kind, table in kinds:
        if name in table:
            return _item(scenario, name, kind, (name,))
    occasions = [signal.occasion for signal in scenario.signals.values() if signal.occasion]
    known = [*scenario.signals, *occasions, *scenario.events, *scenario.commitments]
    raise StudyError(f"no signal, occasion, event or commitment {short(name)} in {scenario.name!r}{near(name, known)}")


def _item(
    scenario: Scenario, name: str, kind: Literal["signal", "event", "commitment"], parts: tuple[str, ...]
) -> Item:
    left = without_items(plain(scenario), parts)
    here = (*scenario.signals, *scenario.events, *scenario.commitments)
    stays = {key for table in ("signals", "events", "commitments") for key in left[table]}
    return Item(name, kind, parts, tuple(key for key in here if key not in stays and key not in parts))
