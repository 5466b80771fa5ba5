"""International Crisis Behavior: the user's own copy of the actor-level file becomes a crisis-actor table.

Data: https://sites.duke.edu/icbdata/. Cite [BrecherWilkenfeld1997]_ and [Brecher2023]_.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from escalation.data.codes import Code, decoded, no_duplicates, without_uncoded
from escalation.data.crisis_actors import checked, elapsed
from escalation.data.rows import Rows, read_columns
from escalation.errors import StudyError

__all__ = ["VERSIONS", "is_icb", "read_icb"]

VERSIONS = range(12, 17)
"""Versions of ICB that are read."""
_READ = f"versions {VERSIONS[0]} to {VERSIONS[-1]} are read"
_ADVICE = (
    "This should be the actor-level file of International Crisis Behavior, whose name says which version it is, as "
    f"icb2v15.csv does; {_READ}. It is to be had from https://sites.duke.edu/icbdata/; cite Brecher & Wilkenfeld "
    "(1997) and the codebook of Brecher et al. (2023)."
)
_SYSTEM_ADVICE = (
    "This should be the system-level file of International Crisis Behavior, whose name says which version it is, as "
    f"icb1v15.csv does; {_READ}. It is to be had from https://sites.duke.edu/icbdata/."
)
_ENTITIES = {995: "internal", 996: "nonstate", 997: "multistate"}
_DAYS = Code(1, 3652)
"""Days, the trigger's own day being day 1: none of ICB's crises lasted ten years, and 9999 is no number of days."""
_CODES = {
    "crisno": Code(1, 99999, needed=True),
    "cracno": Code(0, 99999, needed=True),
    "yrtrig": Code(1918, 2100, needed=True),
    "triggr": Code(1, 9, needed=True),
    "majres": Code(1, 9, needed=True),
    "viol": Code(1, 4, needed=True),
    "iwc": Code(1, 10, needed=True),
    "trigent": Code(2, 990, also=tuple(_ENTITIES)),
    "trigloc": Code(1, 2),
    "regime": Code(1, 5),
    "nuclear": Code(1, 4),
    "allycap": Code(1, 4),
    "trgresra": _DAYS,
    "trgterra": _DAYS,
}
"""What each column may hold, by the codebook; in these columns the published files leave blank what is not known."""
_MAY_LACK = ("trgresra", "trgterra")
_HOME = 2
_NUCLEAR_POWER = 3
_FORMAL_ALLIANCE = 3
_SPAN = 10.0


def is_icb(path: str | Path) -> bool:
    """Whether the name of a file says that it is ICB's own actor-level file."""
    return "icb2v" in Path(path).name.lower()


def _version(path: Path, prefix: str, advice: str) -> int:
    """Version that a name says, which may be that of a copy, as in ``icb2v15 (1).csv``."""
    said = re.search(prefix + r"(\d+)", path.name.lower())
    if said is None:
        raise StudyError(f"{path}: the name does not say which version it is. {advice}")
    if int(said[1]) not in VERSIONS:
        raise StudyError(f"{path}: is version {int(said[1])} by its name; {_READ}. {advice}")
    return int(said[1])


def _earlier(rows: Rows) -> NDArray[np.float64]:
    """Count each actor's earlier crises within ten years: those of the same year are told apart by their numbers."""
    actors, crises, years = rows["actor"], rows["crisno"], rows["yrtrig"]
    counts = []
    for actor, crisis, year in zip(actors.tolist(), crises.tolist(), years.tolist(), strict=True):
        before = (years < year) | ((years == year) & (crises < crisis))
        mine = (actors == actor) & before & (years >= year - _SPAN) & (crises != crisis)
        counts.append(float(np.unique(crises[mine]).size) if actor else np.nan)
    return np.array(counts)


def _at_least(code: NDArray[np.float64], least: int) -> NDArray[np.float64]:
    """1 where a code is that or more, 0 where it is less, NaN where it is not known."""
    return np.where(np.isnan(code), np.nan, (code >= least).astype(np.float64))


def read_icb(actors: str | Path, *, crises: str | Path | None = None) -> Rows:
    """Read ICB's own files as a crisis-actor table.

    Capability, the adversary's pacts and rivalry are not in ICB: these columns are left as not known. Join them
    yourself for the forecasts of `escalation.forecast` to use them. Two columns hold ICB's own codes in the
    place of what a joined table has: `nuc_list` is 1 where ICB codes possession (NUCLEAR 3 or 4), and `n_defpact` is 1
    where it codes a formal alliance with a great power, or the lead of one (ALLYCAP 3 or 4). Of the 895 actors of
    1918-1994, the first agrees for 886 with a list of the years in which states had the weapons, the second for 574
    with whether the actor has a defence pact in the ATOP data.

    `resp_days` and `dur_days` are elapsed days: ICB counts the trigger's own day as day 1, which is 0 here. Rows
    without any code are left out, and noted in the rows' `notes`; what is blank elsewhere is not known.

    Parameters
    ----------
    actors
        The actor-level file, of one of `VERSIONS`; its name says which, as ``icb2v15.csv`` does.
    crises
        The system-level file, as ``icb1v15.csv``; if given, checked to hold the same crises.

    Raises
    ------
    StudyError
        If a file is not there, is of another version, lacks columns, holds what no column can have, has a crisis actor
        twice, or the two do not agree.
    """
    path = Path(actors)
    version = _version(path, "icb2v", _ADVICE)
    needed = tuple(name for name in _CODES if name not in _MAY_LACK)
    whole = read_columns(path, numbers=needed, text=("actor",), optional=_MAY_LACK, advice=_ADVICE)
    # Before rows without codes are left out, since the other file has their crises too.
    if crises is not None:
        _same_crises(whole, Path(crises), version)
    coded = tuple(name for name in _CODES if name not in ("crisno", "cracno", "yrtrig"))
    raw = decoded(without_uncoded(whole, coded), _CODES)
    no_duplicates(raw, ("crisno", "cracno"))
    nothing = np.full(len(raw), np.nan)
    entity = ["" if np.isnan(code) else _ENTITIES.get(int(code), "state") for code in raw["trigent"]]
    columns = {
        "crisno": raw["crisno"],
        "cracno": raw["cracno"],
        "year": raw["yrtrig"],
        "trigger": raw["triggr"],
        "trig_entity": np.array(entity),
        "trig_internal": _at_least(raw["trigloc"], _HOME),
        "response": raw["majres"],
        "viol_actor": raw["viol"],
        "regime": raw["regime"],
        "nuc_list": _at_least(raw["nuclear"], _NUCLEAR_POWER),
        "n_defpact": _at_least(raw["allycap"], _FORMAL_ALLIANCE),
        "iwc": raw["iwc"],
        "actor_prior10": _earlier(raw),
        "resp_days": elapsed(raw.columns.get("trgresra", nothing)),
        "dur_days": elapsed(raw.columns.get("trgterra", nothing)),
    }
    return checked(Rows(columns, str(path), f"ICB v{version}", raw.lines, None, raw.notes))


def _same_crises(rows: Rows, system: Path, version: int) -> None:
    other = _version(system, "icb1v", _SYSTEM_ADVICE)
    if other != version:
        raise StudyError(f"{rows.source} is version {version} and {system} version {other}; take both of one version")
    known = read_columns(system, numbers=("crisno",), advice=_SYSTEM_ADVICE)
    no_duplicates(known, ("crisno",))
    for one, two in ((rows, known), (known, rows)):
        strange = ~np.isin(one["crisno"], two["crisno"])
        if strange.any():
            n = int(np.flatnonzero(strange)[0])
            crisis = f"{one.place(n, 'crisno')}: crisis {one['crisno'][n]:g}"
            raise StudyError(f"{crisis} is not in {two.source}; take both files of one version")
