"""The crisis-actor table: a row for each state that a crisis befell, what was known then, and what it did.

Columns follow the codes of International Crisis Behavior (ICB) [Brecher2023]_, joined with capability [Singer1987]_,
defence pacts [Leeds2002]_, rivalry and regime where the user's table has them. In the file `resp_days` and `dur_days`
count days as ICB does, the trigger's own day being day 1. In the rows that were read they are elapsed days: a response
on the trigger's own day has 0.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from escalation.data.codes import Code, decoded, no_duplicates, without_uncoded
from escalation.data.rows import Rows, read_columns
from escalation.errors import StudyError

__all__ = [
    "ADVICE",
    "INPUTS",
    "TRIGGER_GROUPS",
    "checked",
    "elapsed",
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

_FLAG = Code(0, 1)
_COUNT = Code(0, 999)
_DAYS = Code(1, 36524)
"""Days as ICB counts them, the trigger's own day being day 1; less than a century."""
_CODES = {
    "crisno": Code(1, 99999, needed=True),
    "cracno": Code(0, 99999, needed=True),
    "year": Code(1816, 2100, needed=True),
    "trigger": Code(1, 9, needed=True),
    "response": Code(1, 9, needed=True),
    "viol_actor": Code(1, 4, needed=True),
    "iwc": Code(1, 10, needed=True),
    "regime": Code(1, 5),
    "trig_internal": _FLAG,
    "cap_share": Code(0, 1, whole=False),
    "n_defpact": _COUNT,
    "adv_n_defpact": _COUNT,
    "nuc_list": _FLAG,
    "adv_nuc": _FLAG,
    "adv_polity2": Code(-10, 10),
    "rivalry_tss": _FLAG,
    "prior5": _COUNT,
    "actor_prior10": _COUNT,
    "resp_days": _DAYS,
    "dur_days": _DAYS,
}
"""What each column may hold, in a file."""
_IDENTITY = ("crisno", "cracno", "year")
_NEEDED = ("trigger", "response", "viol_actor", "regime", "iwc")
_OPTIONAL = tuple(name for name in _CODES if name not in (*_IDENTITY, *_NEEDED))
_ENTITIES = ("state", "nonstate", "internal", "multistate")
ADVICE = (
    "A crisis-actor table has a row for each crisis actor with the columns crisno, cracno, year, trigger, "
    "trig_entity, regime, iwc, response, viol_actor, and where known cap_share, n_defpact and others. ICB's own file "
    "is read where its name says which version it is, as icb2v15.csv does."
)
"""What the file should be, said where it is something else."""

TRIGGER_GROUPS = ("political", "economic or other", "internal", "non-violent military", "indirect violent", "violent")
"""Groups of triggers, in the order of `trigger_group`."""
_GROUP_OF_TRIGGER = np.array([0, 0, 0, 1, 1, 1, 2, 3, 4, 5])


def read_crisis_actors(path: str | Path) -> Rows:
    """Read a crisis-actor table; a column that it lacks counts as not known, and so does a blank.

    Rows without any code are left out, and noted in the rows' `notes`.

    Parameters
    ----------
    path
        CSV file.

    Raises
    ------
    StudyError
        If a column is missing, a value is none that the column can have, or a crisis actor stands there twice.
    """
    raw = read_columns(
        path,
        numbers=(*_IDENTITY, *_NEEDED),
        text=("trig_entity",),
        optional=(*_OPTIONAL, "icb_version"),
        advice=ADVICE,
    )
    coded = without_uncoded(raw, (*_NEEDED, "trig_entity", *_OPTIONAL))
    rows = decoded(coded, {**_CODES, "icb_version": Code(1, 99)})
    columns = {name: column for name, column in rows.columns.items() if name != "icb_version"}
    for name in ("resp_days", "dur_days"):
        if name in columns:
            columns[name] = elapsed(columns[name])
    return checked(replace(rows, columns=columns, version=_version(rows)))


def _version(rows: Rows) -> str:
    """What the table says of itself: the versions of ICB that its rows are from."""
    if "icb_version" not in rows:
        return "crisis-actor table, version not given"
    given = rows["icb_version"]
    parts = [f"v{version:g}" for version in np.unique(given[np.isfinite(given)])]
    if np.isnan(given).any():
        parts.append("rows without a version")
    return f"ICB {', '.join(parts)}" if np.isfinite(given).any() else "crisis-actor table, version not given"


def elapsed(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days since the trigger, from days as ICB counts them, the trigger's own day being day 1.

    Examples
    --------
    >>> elapsed(np.array([1.0, 5.0, np.nan])).tolist()
    [0.0, 4.0, nan]
    """
    return days - 1.0


def checked(rows: Rows) -> Rows:
    """Crisis-actor rows with every optional column present, and every value one that its column can have.

    Parameters
    ----------
    rows
        Rows whose `resp_days` and `dur_days` are elapsed days.

    Raises
    ------
    StudyError
        If a value is none that its column can have, or a crisis actor stands there twice.
    """
    columns = dict(rows.columns)
    for name in _OPTIONAL:
        columns.setdefault(name, np.full(len(rows), np.nan))
    codes = _CODES | dict.fromkeys(("resp_days", "dur_days"), Code(_DAYS.low - 1, _DAYS.high - 1))
    found = decoded(replace(rows, columns=columns), codes)
    strange = ~np.isin(found["trig_entity"], (*_ENTITIES, ""))
    if strange.any():
        n = int(np.flatnonzero(strange)[0])
        raise StudyError(
            f"{found.place(n, 'trig_entity')}: must be {', '.join(_ENTITIES)}, or blank where it is not known, "
            f"not {str(found['trig_entity'][n])!r}"
        )
    no_duplicates(found, ("crisno", "cracno"))
    return found


def trigger_group(rows: Rows) -> NDArray[np.int64]:
    """Place of each row's trigger in `TRIGGER_GROUPS`; shape (rows,)."""
    return _GROUP_OF_TRIGGER[rows["trigger"].astype(np.int64)]


def response_level(rows: Rows) -> NDArray[np.int64]:
    """Response: 0 none, verbal, political or economic; 1 military without violence; 2 violent. Shape (rows,)."""
    major = rows["response"]
    return (major >= 6).astype(np.int64) + (major >= 8)


def first_actors(rows: Rows) -> NDArray[np.int64]:
    """Places of the rows of the first actor of each crisis that is not within a war; shape (crises,).

    A crisis counts as within a war if its first actor's row says so (`iwc` above 1). ICB's system-level file has a code
    of its own for the whole crisis (IWCMB), by which `escalation.data.base_rates.VIOLENCE` counts. Of the 412 crises of
    1918-1994 (version 15) 368 are not within a war by the first, 363 by the second. Seven have a first actor outside
    the war and others within it (crises 54, 77, 78, 79, 84, 88 and 241). In two the whole crisis is not within a war
    while its first actor is (17 and 299).
    """
    order = np.lexsort((rows["cracno"], rows["crisno"]))
    _, first = np.unique(rows["crisno"][order], return_index=True)
    # `unique` gives the first of each crisis in this order, which is its lowest number of a crisis actor.
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
