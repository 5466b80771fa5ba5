"""Militarized Interstate Disputes 5.0: the user's own copies of the dispute and participant files.

Data: https://correlatesofwar.org/data-sets/mids/. Cite [Palmer2022]_.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from escalation.data.codes import Code, decoded, no_duplicates
from escalation.data.rows import Rows, read_columns
from escalation.errors import StudyError

__all__ = ["Disputes", "read_mid"]

_ADVICE = (
    "This should be {name} of the Militarized Interstate Disputes data, version 5.0, from "
    "https://correlatesofwar.org/data-sets/mids/; cite Palmer et al. (2022)."
)
_VERSION = 5.0
_MISSING = (-9.0,)
"""What the codebook puts where something is not known."""
_YEAR = Code(1816, 2014, needed=True)
_FLAG = Code(0, 1, unknown=_MISSING)
_BOTH = {
    "dispnum": Code(1, 99999, needed=True),
    "styear": _YEAR,
    "endyear": _YEAR,
    "fatality": Code(0, 6, unknown=_MISSING),
    "hiact": Code(0, 21, unknown=_MISSING),
    "hostlev": Code(1, 5, needed=True),
}
_DISPUTES = _BOTH | {
    "outcome": Code(1, 9, unknown=_MISSING),
    "settle": Code(1, 4, unknown=_MISSING),
    "recip": _FLAG,
    "numa": Code(1, 99, needed=True),
    "numb": Code(1, 99, needed=True),
}
_PARTICIPANTS = _BOTH | {
    "ccode": Code(2, 990, needed=True),
    "sidea": Code(0, 1, needed=True),
    "revstate": _FLAG,
    "orig": _FLAG,
}
_SPELL = ("dispnum", "ccode", "sidea", "styear", "endyear", "hiact", "hostlev")
"""Two rows that agree in these, and in their dates where the file has them, are one spell written down twice."""
_DATES = ("stday", "stmon", "endday", "endmon")


@dataclass(frozen=True, slots=True)
class Disputes:
    """Disputes and who took part in them; -9, by which the data say that something is not known, is NaN.

    Parameters
    ----------
    disputes
        A row for each dispute; `hostlev` is the highest hostility: 1 none, 2 threat, 3 display, 4 use of force, 5 war.
    participants
        A row for each state in a dispute, over all its spells: from its first year to its last, with its highest
        hostility, action and fatality; side, revisionism and whether it was there from the start are those of its
        first spell.
    spells
        The rows of the file: a row for each time that a state was in a dispute. A state that left and came back has
        more than one, and may have changed sides in between.
    """

    disputes: Rows
    participants: Rows
    spells: Rows


def _read(path: str | Path, codes: Mapping[str, Code], name: str) -> Rows:
    advice = _ADVICE.format(name=name)
    raw = read_columns(path, numbers=(*codes, "version"), optional=_DATES, advice=advice)
    other = np.flatnonzero(raw["version"] != _VERSION)
    if other.size:
        n = int(other[0])
        held = "blank" if np.isnan(raw["version"][n]) else f"version {raw['version'][n]:g}"
        raise StudyError(f"{raw.place(n, 'version')}: is {held}, not 5. {advice}")
    rows = decoded(raw, codes)
    early = np.flatnonzero(rows["endyear"] < rows["styear"])
    if early.size:
        n = int(early[0])
        raise StudyError(
            f"{rows.place(n, 'endyear')}: {rows['endyear'][n]:g} comes before its beginning, {rows['styear'][n]:g}"
        )
    return replace(rows, version="MID 5.0")


def _participants(spells: Rows) -> Rows:
    """One row for each state in a dispute, in the order of the file."""
    days = [spells[name] for name in ("stday", "stmon") if name in spells]
    pairs = np.stack([spells["dispnum"], spells["ccode"]], axis=1)
    _, pair = np.unique(pairs, axis=0, return_inverse=True)
    pair = pair.ravel()
    # By pair, then by when a spell began: the first of each group is the first spell.
    order = np.lexsort((np.arange(pair.size), *days, spells["styear"], pair))
    starts = np.flatnonzero(np.diff(pair[order], prepend=-1))
    first = order[starts]
    merged = {name: column[first] for name, column in spells.columns.items() if name in _PARTICIPANTS}
    for name in ("endyear", "fatality", "hiact", "hostlev"):
        # NaN where one spell's is not known, for the highest of all is not known then.
        merged[name] = np.maximum.reduceat(spells[name][order], starts)
    in_file = np.argsort(first, kind="stable")
    lines = None if spells.lines is None else spells.lines[first]
    return replace(spells, columns=merged, lines=lines).take(in_file)


def read_mid(disputes: str | Path, participants: str | Path) -> Disputes:
    """Read the dispute file (MIDA) and the participant file (MIDB).

    Parameters
    ----------
    disputes
        The dispute file, ``MIDA 5.0.csv``.
    participants
        The participant file, ``MIDB 5.0.csv``, in which each spell of a state in a dispute has a row.

    Raises
    ------
    StudyError
        If a file is not there, is not version 5.0, lacks columns, holds what no column can have or a row twice, or
        the two do not hold the same disputes.
    """
    first = _read(disputes, _DISPUTES, "MIDA 5.0.csv")
    second = _read(participants, _PARTICIPANTS, "MIDB 5.0.csv")
    no_duplicates(first, ("dispnum",))
    no_duplicates(second, (*_SPELL, *(name for name in _DATES if name in second)))
    for one, two in ((second, first), (first, second)):
        strange = ~np.isin(one["dispnum"], two["dispnum"])
        if strange.any():
            n = int(np.flatnonzero(strange)[0])
            count = np.unique(one["dispnum"][strange]).size
            more = f" (one of {count} disputes that are not)" if count > 1 else ""
            raise StudyError(
                f"{one.place(n, 'dispnum')}: dispute {one['dispnum'][n]:g} is not in {two.source}{more}; "
                "take both files whole and of one version"
            )
    return Disputes(first, _participants(second), second)
