"""Militarized Interstate Disputes 5.0: the user's own copies of the dispute and participant files.

Data: https://correlatesofwar.org/data-sets/mids/. Cite [Palmer2022]_.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from escalation.data.rows import Rows, read_columns
from escalation.errors import StudyError

__all__ = ["Disputes", "read_mid"]

_ADVICE = (
    "This should be {name} of the Militarized Interstate Disputes data, version 5.0, from "
    "https://correlatesofwar.org/data-sets/mids/; cite Palmer et al. (2022)."
)
_DISPUTES = (
    "dispnum",
    "styear",
    "endyear",
    "outcome",
    "settle",
    "fatality",
    "hiact",
    "hostlev",
    "recip",
    "numa",
    "numb",
)
_PARTICIPANTS = ("dispnum", "ccode", "styear", "endyear", "sidea", "revstate", "fatality", "hiact", "hostlev", "orig")
_VERSION = 5.0


@dataclass(frozen=True, slots=True)
class Disputes:
    """Disputes and who took part in them.

    Parameters
    ----------
    disputes
        A row for each dispute; `hostlev` is the highest hostility: 2 threat, 3 display, 4 use of force, 5 war.
    participants
        A row for each state in a dispute.
    """

    disputes: Rows
    participants: Rows


def _read(path: str | Path, numbers: tuple[str, ...], name: str) -> Rows:
    advice = _ADVICE.format(name=name)
    columns = read_columns(path, numbers=(*numbers, "version"), advice=advice)
    versions = np.unique(columns.pop("version"))
    if versions.tolist() != [_VERSION]:
        raise StudyError(f"{path}: is version {', '.join(f'{v:g}' for v in versions)}, not 5. {advice}")
    if not np.all((columns["hostlev"] >= 1) & (columns["hostlev"] <= 5)):
        raise StudyError(f"{path}, hostlev: must be from 1 to 5. {advice}")
    return Rows(columns, str(path), "MID 5.0")


def read_mid(disputes: str | Path, participants: str | Path) -> Disputes:
    """Read the dispute file (MIDA) and the participant file (MIDB).

    Raises
    ------
    StudyError
        If a file is not there, is not version 5.0, lacks columns, or the two do not hold the same disputes.
    """
    first = _read(disputes, _DISPUTES, "MIDA 5.0.csv")
    second = _read(participants, _PARTICIPANTS, "MIDB 5.0.csv")
    strange = sorted(set(second["dispnum"].tolist()) - set(first["dispnum"].tolist()))
    if strange:
        raise StudyError(f"{participants}: dispute {strange[0]:g} is not in {disputes}; take both of one version")
    return Disputes(first, second)
