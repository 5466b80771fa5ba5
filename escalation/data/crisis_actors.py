"""The crisis-actor table: a row for each state that a crisis befell, what was known then, and what it did.

Columns follow the codes of International Crisis Behavior (ICB) [Brecher2023]_, joined with capability [Singer1987]_,
defence pacts [Leeds2002]_, rivalry and regime where the user's table has them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from escalation.data.rows import Rows, read_columns
from escalation.errors import StudyError

__all__ = [
    "INPUTS",
    "TRIGGER_GROUPS",
    "first_actors",
    "read_crisis_actors",
    "response_level",
    "trigger_group",
    "violence_level",
]

INPUTS: dict[str, str] = {
    "trigger": "trigger, 1 verbal, 2 political, 3 economic, 4 external change, 5 other non-violent, "
    "6 internal challenge, 7 non-violent military, 8 indirect violent, 9 violent",
    "trig_entity": "who pulled it: state, nonstate, internal or multistate",
    "trig_internal": "1 if it was pulled at home",
    "cap_share": "actor's share of the capability of both, 0 to 1",
    "n_defpact": "number of the actor's defence-pact partners, the adversary left out",
    "adv_n_defpact": "number of the adversary's defence-pact partners",
    "nuc_list": "1 if the actor has nuclear weapons",
    "adv_nuc": "1 if the adversary has",
    "regime": "actor's regime, 1 democratic, 2 civil authoritarian, 3 to 5 military",
    "adv_polity2": "adversary's polity score, -10 to 10",
    "rivalry_tss": "1 if the two are strategic rivals",
    "prior5": "earlier crises between the two in five years",
    "actor_prior10": "actor's earlier crises in ten years",
    "iwc": "1 not within a war; more, within one",
}
"""Columns that a forecast may see: known when the trigger falls. Nothing else is ever an input."""

_KEYS = ("crisno", "cracno", "year")
_NEEDED = ("trigger", "response", "viol_actor", "regime", "iwc")
_OPTIONAL = (*(name for name in INPUTS if name not in (*_NEEDED, "trig_entity")), "resp_days", "dur_days")
_ADVICE = (
    "A crisis-actor table has a row for each crisis actor with the columns crisno, cracno, year, trigger, "
    "trig_entity, regime, iwc, response, viol_actor, and where known cap_share, n_defpact and others; make one from "
    "your copy of ICB with escalation.data.icb.read_icb."
)

TRIGGER_GROUPS = ("political", "economic or other", "internal", "non-violent military", "indirect violent", "violent")
"""Groups of triggers, in the order of `trigger_group`."""
_GROUP_OF_TRIGGER = np.array([0, 0, 0, 1, 1, 1, 2, 3, 4, 5])


def read_crisis_actors(path: str | Path) -> Rows:
    """Read a crisis-actor table; a column that it lacks counts as not known.

    Parameters
    ----------
    path
        CSV file.

    Raises
    ------
    StudyError
        If a column is missing or a code is out of range.
    """
    columns = read_columns(
        path, numbers=(*_KEYS, *_NEEDED), text=("trig_entity",), optional=(*_OPTIONAL, "icb_version"), advice=_ADVICE
    )
    versions = np.unique(columns.pop("icb_version", np.array([np.nan])))
    known = ", ".join(f"v{version:g}" for version in versions if np.isfinite(version))
    return checked(Rows(columns, str(path), f"ICB {known}" if known else "ICB, version not given"))


def checked(rows: Rows) -> Rows:
    """Crisis-actor rows with every optional column present, and every code within its range.

    Raises
    ------
    StudyError
        If a code is out of range.
    """
    columns = dict(rows.columns)
    for name in _OPTIONAL:
        columns.setdefault(name, np.full(len(rows), np.nan))
    for name, low, high in (("trigger", 1, 9), ("response", 1, 9), ("viol_actor", 1, 4), ("iwc", 1, 99)):
        bad = ~((columns[name] >= low) & (columns[name] <= high))
        if bad.any():
            n = int(np.flatnonzero(bad)[0])
            value = columns[name][n]
            raise StudyError(f"{rows.source}, row {n + 1}, {name}: must be from {low} to {high}, not {value:g}")
    share = columns["cap_share"]
    if np.any((share < 0.0) | (share > 1.0)):
        raise StudyError(f"{rows.source}, cap_share: must be a share, from 0 to 1")
    entities = {"state", "nonstate", "internal", "multistate"}
    strange = sorted(set(columns["trig_entity"].tolist()) - entities)
    if strange:
        raise StudyError(
            f"{rows.source}, trig_entity: must be one of {', '.join(sorted(entities))}, not {strange[0]!r}"
        )
    return Rows(columns, rows.source, rows.version)


def trigger_group(rows: Rows) -> NDArray[np.int64]:
    """Place of each row's trigger in `TRIGGER_GROUPS`; shape (rows,)."""
    return _GROUP_OF_TRIGGER[rows["trigger"].astype(np.int64)]


def response_level(rows: Rows) -> NDArray[np.int64]:
    """Response: 0 none, verbal, political or economic; 1 military without violence; 2 violent. Shape (rows,)."""
    major = rows["response"]
    return (major >= 6).astype(np.int64) + (major >= 8)


def first_actors(rows: Rows) -> NDArray[np.int64]:
    """Places of the rows of the first actor of each crisis that is not within a war; shape (crises,)."""
    order = np.lexsort((rows["cracno"], rows["crisno"]))
    _, first = np.unique(rows["crisno"][order], return_index=True)
    places = order[first]
    return np.asarray(places[rows["iwc"][places] == 1])


def violence_level(rows: Rows, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Highest violence of a crisis over all its actors: 0 none, 1 minor clashes, 2 serious clashes, 3 war.

    Parameters
    ----------
    rows
        All the rows.
    places
        Places of rows of the crises asked for; shape (crises,).
    """
    most: dict[float, float] = {}
    for crisis, violence in zip(rows["crisno"].tolist(), rows["viol_actor"].tolist(), strict=True):
        most[crisis] = max(violence, most.get(crisis, 1.0))
    return np.array([most[crisis] - 1.0 for crisis in rows["crisno"][places].tolist()]).astype(np.int64)
