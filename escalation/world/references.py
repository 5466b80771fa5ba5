"""References within a scenario: every name must name something, and what belongs together must agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from escalation.errors import Fault
from escalation.world.citations import source_faults
from escalation.world.front import actor_and_target
from escalation.world.ladder import CONCILIATORY, Role
from escalation.world.near import near, short
from escalation.world.places import MOST_FAULTS, Located, Path, refusal
from escalation.world.timeline import event_faults, observed_faults, signal_faults, term_faults
from escalation.world.view import View, entries, proteges

__all__ = ["faults", "located"]

_MOST_ACTORS = 1000
_MOST_PERIODS = 30_000
_LATEST_START = 9900


def faults(data: Mapping[str, Any]) -> list[Fault]:
    """Find what is wrong with the references of a scenario.

    Parameters
    ----------
    data
        A scenario as tables, lists, text, numbers and dates. It may be ill-typed: what cannot be
        read is passed over, since the checks of single fields report it.

    Returns
    -------
    list of Fault
        In the order of the file.
    """
    found = located(data)
    return list(refusal(found, data).faults) if found else []


def located(data: Mapping[str, Any]) -> list[Located]:
    """Places and faults of the references of a scenario, in no particular order, and no more than can be listed.

    Where there are more actors than allowed nothing is found: that is said of the field, and each check would take
    long.
    """
    view = View(data)
    if len(view.actors) > _MOST_ACTORS:
        return []
    return list(islice((found for check in _CHECKS for found in check(view)), MOST_FAULTS + 1))


def _ids(view: View) -> Iterator[Located]:
    """An id written out must be that of the table; ids are unique where `without` takes any."""
    for table in ("actors", "fronts", "commitments", "signals", "events"):
        for key, row in entries(view.data, table):
            if isinstance(row.get("id"), str) and row["id"] != key:
                yield (table, key, "id"), f"must be {short(key)} as its table says, or be left out"
    owner: dict[str, str] = {}
    for table in ("commitments", "signals", "events"):
        for key, _ in entries(view.data, table):
            if owner.setdefault(key, table) != table:
                yield (table, key), f"the id {short(key)} is also used in {owner[key]}; choose another"


def _time(view: View) -> Iterator[Located]:
    horizon, period = view.horizon, view.day(view.data.get("period", 1.0))
    if horizon is not None and period is not None and period > 0.0 and horizon / period > _MOST_PERIODS:
        least = horizon / _MOST_PERIODS
        yield ("period",), f"makes more than {_MOST_PERIODS} periods; must be at least {least:g}"
    if view.start is not None and view.start.year >= _LATEST_START:
        yield ("start",), f"must be before the year {_LATEST_START}"
    if view.as_of is None:
        return
    if view.as_of < 0.0:
        yield ("as_of",), "must not be before start"
    if horizon is not None and view.as_of >= horizon:
        yield ("as_of",), "leaves no day for choices; must be before start + horizon"


def _actors(view: View) -> Iterator[Located]:
    for key, row in view.actors.items():
        principal = row.get("principal")
        if principal is None:
            if _may_exceed_zero(row.get("control", 0.0)):
                yield ("actors", key, "control"), "needs a principal; name one or leave control out"
            continue
        place = ("actors", key, "principal")
        yield from view.actor(place, principal)
        if principal == key:
            yield place, "an actor cannot be its own principal"
        elif isinstance(principal, str) and principal in view.actors:
            if view.actors[principal].get("principal") is not None:
                yield place, f"{short(principal)} has a principal itself; control goes one level deep"
            if not any(view.has_front(key, other) and view.has_front(principal, other) for other in view.actors):
                yield place, f"{short(principal)} needs a front to one of the actors that {short(key)} has a front to"


def _may_exceed_zero(quantity: Any) -> bool:
    """Whether a quantity, as far as it can be read, can be above 0."""
    bound = quantity.get("high", 1.0) if isinstance(quantity, Mapping) else quantity
    return not isinstance(bound, (int, float)) or bound > 0.0


def _fronts(view: View) -> Iterator[Located]:
    for key in view.fronts:
        actor, hyphen, target = key.partition("-")
        place = ("fronts", key)
        if not hyphen or not actor or not target:
            yield place, f"{short(key)} must be two actors joined by a hyphen, as in 'irn-isr'"
            continue
        yield from view.actor(place, actor)
        yield from view.actor(place, target)
        if f"{target}-{actor}" not in view.fronts:
            yield place, f"the reverse front {short(f'{target}-{actor}')} is missing; every front needs it"
    for key, row in entries(view.data, "fronts"):
        baseline = ("fronts", key, "baseline")
        yield from view.rung(baseline, row.get("baseline"), least=Role.RESTRAINT, most=Role.MAJOR)
    yield from _wars(view)


def _wars(view: View) -> Iterator[Located]:
    rows = dict(entries(view.data, "fronts"))
    at_war = {key: row.get("at_war", False) for key, row in rows.items()}
    for key, war in at_war.items():
        actor, target = actor_and_target(key)
        if war is True and at_war.get(f"{target}-{actor}") is False:
            yield ("fronts", key, "at_war"), f"must be the same on {short(f'{target}-{actor}')}: a war has two sides"
    if at_war and all(war is True for war in at_war.values()):
        yield ("fronts",), "every front is at war at the start; at least one must not be"


def _commitments(view: View) -> Iterator[Located]:
    for key, row in view.commitments.items():
        place = ("commitments", key)
        patron, adversary = row.get("patron"), row.get("adversary")
        for role in ("patron", "adversary"):
            yield from view.actor((*place, role), row.get(role))
        if isinstance(row.get("protege"), str):
            yield from view.actor((*place, "protege"), row["protege"])
        else:
            yield from view.actor_list((*place, "protege"), row.get("protege"))
        pledged = proteges(row)
        for path, protege in pledged:
            if protege == patron:
                yield (*place, *path), "patron and protege must differ"
        if isinstance(adversary, str) and adversary in (patron, *(name for _, name in pledged)):
            yield (*place, "adversary"), "must be neither the patron nor the protege"
        for rung in ("trigger", "while_below"):
            yield from view.rung((*place, rung), row.get(rung), least=Role.THREAT)
        yield from term_faults(view, place, row)
        for path, protege in pledged:
            yield from _against(view, place, path, row, protege)


def _against(view: View, place: Path, path: Path, row: Mapping[str, Any], protege: str) -> Iterator[Located]:
    """A commitment needs somebody who can act against each of those to whom it is made."""
    if protege not in view.actors:
        return
    adversary, faced = row.get("adversary"), view.faced
    against = [other for other in view.actors if other not in (row.get("patron"), protege)]
    if adversary is None and not any((other, protege) in faced for other in against):
        yield (*place, *path), f"no actor but the patron has a front to {short(protege)}; add one"
    elif adversary in against and (adversary, protege) not in faced:
        fronts = [other for other in against if (other, protege) in faced]
        none = f"no actor but the patron has a front to {short(protege)}"
        what = f"needs a front {short(f'{adversary}-{protege}')}"
        yield (*place, "adversary"), f"{what}{near(adversary, fronts, none=none)}"


def _acts(view: View) -> Iterator[Located]:
    """Where actors can conciliate, no rung may have the name of that act."""
    rules, ladder = view.data.get("rules"), view.data.get("ladder")
    if not isinstance(rules, Mapping) or rules.get("conciliation") is not True or CONCILIATORY not in view.rungs:
        return
    place = ("ladder", "rungs", list(view.rungs).index(CONCILIATORY), "name")
    yield (
        place if isinstance(ladder, Mapping) else ("ladder",),
        (f"{CONCILIATORY!r} is the name of the act that rules.conciliation adds; give the rung another name"),
    )


_CHECKS: tuple[Callable[[View], Iterator[Located]], ...] = (
    _ids,
    _time,
    _actors,
    _fronts,
    _commitments,
    _acts,
    signal_faults,
    event_faults,
    observed_faults,
    source_faults,
)
