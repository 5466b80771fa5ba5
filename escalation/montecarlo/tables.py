"""An ensemble as a dataset, and as a table."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StoreError, StudyError
from escalation.files.csv_tables import with_plain_truth
from escalation.files.whole import written_whole
from escalation.montecarlo import peaks
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.events import check_several, query, select_fronts
from escalation.montecarlo.provenance import study_head
from escalation.version import __version__
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

__all__ = ["DIMENSIONS", "ENDINGS", "TABLES", "save", "to_dataframe", "to_xarray"]

TABLES = {".csv": "pandas", ".parquet": "pyarrow"}
"""Endings of the names of table files, and the package that each needs."""
ENDINGS = (".nc", *TABLES)
"""How the name of a file of outcomes ends: that of NetCDF, and those of tables."""

DIMENSIONS = {
    "crossed": ("run", "front", "rung"),
    "war_cause": ("run", "front"),
    "agreed": ("run", "front"),
    "conceded": ("run", "front"),
    "joint": ("run", "pair"),
    "joined": ("run", "commitment"),
    "kept": ("run", "commitment"),
    "broken": ("run", "commitment"),
    "vows_kept": ("run", "actor"),
    "vows_broken": ("run", "actor"),
    "settled": ("run",),
    "ended": ("run",),
    "signature": ("run",),
}
"""Dimensions of each outcome array."""

_ORDER = (
    "The last dimension varies fastest, as in C: crossed[run, front, rung]. Programs that count as Fortran does (R, "
    "MATLAB, Julia) give them in reverse: crossed[rung, front, run]."
)

_MEANING = {
    "crossed": "first period in which a chosen act was on the rung or above, and for the last rung, war; -1 never",
    "war_cause": "0 no war, 1 chosen, 2 brinkmanship, 3 accident, 4 commitment",
    "agreed": "first period with an agreement between the two; -1 never",
    "conceded": "first period with a conciliatory act; -1 never",
    "joint": "first period by which two actors used force on one target within an act window of each other; -1 never",
    "joined": "first period in which the patron joined; -1 never",
    "kept": "times that the patron was asked and kept its commitment",
    "broken": "times that the patron was asked and broke its commitment",
    "vows_kept": "vows kept",
    "vows_broken": "vows broken",
    "settled": "period in which the crisis settled; -1 never",
    "ended": "last period that was played",
    "signature": "fingerprint of all acts but restraint",
}


def to_xarray(
    scenario: Scenario, outcomes: Outcomes, axes: Axes, *, seed: int, interrupted: bool, sources: str
) -> xr.Dataset:
    """Outcomes as a dataset with named dimensions.

    Parameters
    ----------
    scenario, outcomes, axes, seed, interrupted, sources
        As an ensemble has them; the arrays are shared, not copied.

    Returns
    -------
    xarray.Dataset
        Dimensions run, front, rung, pair (of fronts on one target), commitment, actor; the attributes tell the
        scenario, its hash, seed, runs, length of a period and horizon in days, the version of this library, the hash
        of the sources that played the runs, and in which order dimensions stand. So does each array.
    """
    import xarray as xr

    def names(values: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
        # Without a length an empty list would be of numbers.
        return np.array(values, dtype=f"<U{max(map(len, values), default=1)}")

    runs = len(outcomes["settled"])
    return xr.Dataset(
        {
            name: (
                DIMENSIONS[name],
                array,
                {"long_name": _MEANING[name], "dimension_order": ", ".join(DIMENSIONS[name])},
            )
            for name, array in outcomes.items()
        },
        coords={
            "run": np.arange(runs, dtype=np.int64),
            "front": names(axes.front_ids),
            "rung": ("rung", names(axes.rung_names), {"long_name": "rungs of the ladder, from the lowest"}),
            "pair": ("pair", names(axes.pair_names), {"long_name": "pairs of fronts on one target"}),
            "commitment": names(axes.commitment_rows),
            "actor": names(axes.actor_ids),
        },
        attrs={
            **study_head(scenario, seed=seed, runs=runs),
            "interrupted": int(interrupted),
            "period_days": scenario.period,
            "horizon_days": float(scenario.horizon),
            "version": __version__,
            "sources": sources,
            "dimension_order": _ORDER,
        },
    )


def to_dataframe(
    outcomes: Outcomes, axes: Axes, *, days: NDArray[np.float64], events: Iterable[str] = ()
) -> pd.DataFrame:
    """Outcomes as a table.

    Parameters
    ----------
    outcomes, axes
        As an ensemble has them.
    days
        Start, and ends of all periods, in days after the start; shape (period + 1,).
    events
        Events whose days to add.

    Returns
    -------
    pandas.DataFrame
        One row a run: peak (index and name of the rung), war, days of initiation, war, settling, agreement (where
        actors can conciliate), each commitment's joining and each event that was asked for (missing where never),
        counts of commitments and vows kept and broken, last day.

    Raises
    ------
    StudyError
        If an event is not known.
    """
    import pandas as pd

    check_several(events)

    def day(event: str) -> NDArray[np.float64]:
        first = query(event, axes).first_period(outcomes)
        return np.where(first >= 0, days[first], np.nan)

    peak = peaks.peak(outcomes, select_fronts(axes))
    columns: dict[str, object] = {
        "peak": peak,
        "peak_rung": pd.Categorical.from_codes(peak, pd.Index(list(axes.rung_names)), ordered=True),
        "initiation_day": day("initiation"),
        "war": query("war", axes).occurs(outcomes),
        "accident": query("accident", axes).occurs(outcomes),
        "war_day": day("war"),
        "settled_day": day("settled"),
        "ended_day": days[outcomes["ended"]],
    }
    if axes.conciliation:
        columns["agreement_day"] = day("agreement")
    for event in (*(f"joined:{commitment}" for commitment in axes.commitment_ids), *events):
        columns[f"{event.replace(':', '_', 1)}_day"] = day(event)
    for name, array in (("commitments_kept", "kept"), ("commitments_broken", "broken")):
        columns[name] = outcomes[array].sum(axis=1, dtype=np.int64)
    for name in ("vows_kept", "vows_broken"):
        columns[name] = outcomes[name].sum(axis=1, dtype=np.int64)
    return pd.DataFrame(columns, index=pd.RangeIndex(len(peak), name="run"))


def save(outcomes: Outcomes, axes: Axes, path: Path, *, days: NDArray[np.float64], events: Iterable[str] = ()) -> None:
    """Write the table of `to_dataframe` as CSV or Parquet, in place of a file of that name.

    Raises
    ------
    StudyError
        If an event is not known, or pandas or pyarrow is not installed.
    StoreError
        If the file cannot be written.
    """
    needed = [name for name in ("pandas", TABLES[path.suffix.lower()]) if find_spec(name) is None]
    if needed:
        raise StudyError(f"{path.suffix} files need the package {needed[0]}: pip install '.[io]' in a clone's folder")
    frame = to_dataframe(outcomes, axes, days=days, events=events)
    try:
        with written_whole(path) as part:
            if path.suffix.lower() == ".csv":
                with_plain_truth(frame).to_csv(part)
            else:
                frame.to_parquet(part, index=True)  # else the number of a run is a remark that pandas alone reads
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror or error})") from error
