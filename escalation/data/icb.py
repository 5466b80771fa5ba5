"""International Crisis Behavior: the user's own copy of the actor-level file becomes a crisis-actor table.

Data: https://sites.duke.edu/icbdata/. Cite [BrecherWilkenfeld1997]_ and [Brecher2023]_.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.data.crisis_actors import checked
from escalation.data.rows import Rows, read_columns
from escalation.errors import StudyError

__all__ = ["read_icb"]

_ADVICE = (
    "This should be icb2v15.csv or a later icb2v*.csv, the actor-level file of International Crisis Behavior, from "
    "https://sites.duke.edu/icbdata/; cite Brecher & Wilkenfeld (1997) and the codebook of Brecher et al. (2023)."
)
_SYSTEM_ADVICE = (
    "This should be icb1v15.csv or a later icb1v*.csv, the system-level file of International Crisis Behavior, from "
    "https://sites.duke.edu/icbdata/."
)
_NEEDED = (
    "crisno", "cracno", "yrtrig", "triggr", "trigent", "trigloc", "southv", "majres", "viol", "regime", "nuclear",
    "allycap", "iwc",
)  # fmt: skip
_ENTITIES = {995: "internal", 996: "nonstate", 997: "multistate"}
_HOME = 2
_LEAST_VERSION = 12


def _version(path: Path, prefix: str, advice: str) -> str:
    name = path.name.lower()
    number = name.removeprefix(prefix).partition(".")[0]
    if not name.startswith(prefix) or not number.isdigit() or int(number) < _LEAST_VERSION:
        raise StudyError(f"{path}: the name does not say which version it is. {advice}")
    return number


def _earlier(actors: NDArray[Any], years: NDArray[Any], span: float) -> NDArray[np.float64]:
    """Count the earlier rows of the same actor within a span of years."""
    counts = [
        float(np.sum((actors == a) & (years < y) & (years >= y - span))) for a, y in zip(actors, years, strict=True)
    ]
    return np.array(counts)


def read_icb(actors: str | Path, *, crises: str | Path | None = None) -> Rows:
    """Read ICB's own files as a crisis-actor table.

    Capability, the adversary's pacts and rivalry are not in ICB: these columns are left as not known, and whether the
    actor has a pact is read from its alliance capability. Join them yourself for the forecasts of
    `escalation.analysis.forecasts` to use them.

    Parameters
    ----------
    actors
        The actor-level file, named ``icb2v15.csv`` or a later version.
    crises
        The system-level file, ``icb1v15.csv`` or later; if given, checked to hold the same crises.

    Raises
    ------
    StudyError
        If a file is not there, is of another version, lacks columns, or the two do not agree.
    """
    path = Path(actors)
    version = _version(path, "icb2v", _ADVICE)
    raw = read_columns(
        path, numbers=_NEEDED, text=("actor",), optional=("cracid", "trgresra", "trgterra"), advice=_ADVICE
    )
    if crises is not None:
        _same_crises(path, raw, Path(crises), version)
    entity = [_ENTITIES.get(int(code) if np.isfinite(code) else -1, "state") for code in raw["trigent"]]
    nothing = np.full(len(entity), np.nan)
    columns: dict[str, NDArray[Any]] = {
        "crisno": raw["crisno"],
        "cracno": raw["cracno"],
        "year": raw["yrtrig"],
        "trigger": raw["triggr"],
        "trig_entity": np.array(entity),
        "trig_internal": (raw["trigloc"] == _HOME).astype(np.float64),
        "response": raw["majres"],
        "viol_actor": raw["viol"],
        "regime": raw["regime"],
        "nuc_list": (raw["nuclear"] >= 3).astype(np.float64),
        "n_defpact": np.where(raw["allycap"] >= 3, 1.0, 0.0),
        "iwc": raw["iwc"],
        "actor_prior10": _earlier(raw["actor"], raw["yrtrig"], 10.0),
        "resp_days": raw.get("trgresra", nothing),
        "dur_days": raw.get("trgterra", nothing),
    }
    return checked(Rows(columns, str(path), f"ICB v{version}"))


def _same_crises(path: Path, raw: dict[str, NDArray[Any]], system: Path, version: str) -> None:
    other = _version(system, "icb1v", _SYSTEM_ADVICE)
    if other != version:
        raise StudyError(f"{path} is version {version} and {system} version {other}; take both of one version")
    known = set(read_columns(system, numbers=("crisno",), advice=_SYSTEM_ADVICE)["crisno"].tolist())
    strange = sorted(set(raw["crisno"].tolist()) - known)
    if strange:
        raise StudyError(f"{path}: crisis {strange[0]:g} is not in {system}; take both files of one version")
