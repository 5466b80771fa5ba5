"""An ensemble in a NetCDF-4 file, with its scenario and a checksum of all that it holds."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from escalation.errors import ScenarioError, StoreError, StudyError
from escalation.files.sealed import check_seal, seal
from escalation.files.study_key import warn_of_other_sources
from escalation.files.whole import written_whole
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import LATER, completed
from escalation.montecarlo.estimates import EnsembleFields
from escalation.montecarlo.stopping import Precision
from escalation.montecarlo.tables import DIMENSIONS
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["load", "save"]

FORM = "escalation ensemble 3"
"""Form of the file. Files of the first form do not name theirs, nor the sources that played their runs."""
_EARLIER = "escalation ensemble 2"
"""Form without concessions and joint force."""

_LOADED = "what can be loaded is a .nc file that Ensemble.save wrote, or the folder of a store"

_SCENARIO = "scenario_json"
_UNTIL = "until_json"
_CHECKSUM = "sha256"


def save(data: xr.Dataset, path: Path, *, scenario: Scenario, seed: int, until: Precision | None) -> None:
    """Write an ensemble to a file, in place of one of that name.

    Parameters
    ----------
    data
        What `escalation.montecarlo.tables.to_xarray` makes of it; its attributes become those of the file.
    path
        The file.
    scenario, seed, until
        As the ensemble has them.

    Raises
    ------
    StudyError
        If the package netCDF4 is not installed.
    StoreError
        If the file cannot be written.
    """
    _need_netcdf4()
    # The seed as text: not every reader has room for 2⁶³ and more. The scenario with its defaults, which may
    # change from version to version.
    data.attrs |= {"form": FORM, "seed": str(seed), _SCENARIO: scenario.model_dump_json()}
    if until is not None:
        data.attrs[_UNTIL] = json.dumps(until.to_dict())
    data.attrs[_CHECKSUM] = _checksum(data)
    packed = {name: {"zlib": True, "complevel": 1} for name in data.data_vars}
    try:
        with written_whole(path) as part:
            data.to_netcdf(part, engine="netcdf4", format="NETCDF4", encoding=packed)
            seal(part)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror or error})") from error
    except RuntimeError as error:  # what the NetCDF library makes of a full disk
        raise StoreError(f"{path}: cannot be written ({error}); perhaps the disk is full") from error


def load(path: Path) -> EnsembleFields:
    """Read the fields of an ensemble from a file.

    Raises
    ------
    StoreError
        If there is no such file, it holds no ensemble, not the ensemble that was saved, or one of a form that this
        version does not know.
    StudyError
        If the package netCDF4 is not installed.
    """
    _need_netcdf4()
    import xarray as xr

    try:
        check_seal(path)
        data = xr.load_dataset(path, engine="netcdf4")
    except OSError as error:
        raise StoreError(f"{path}: cannot be read as NetCDF-4 ({error.strerror or error}); {_LOADED}") from error
    except (AttributeError, RuntimeError) as error:  # what the NetCDF library makes of damage
        raise StoreError(f"{path}: cannot be read as NetCDF-4 ({error}); it is damaged") from error
    needed = (*DIMENSIONS.keys() - LATER, "front", "actor", "commitment")
    missing = [name for name in needed if name not in data.variables]
    if missing or _SCENARIO not in data.attrs:
        raise StoreError(f"{path}: holds no ensemble; {_LOADED}")
    if data.attrs.get(_CHECKSUM) != _checksum(data):
        raise StoreError(f"{path}: is not as it was saved: its checksum is another; it is damaged or was edited")
    if (form := data.attrs.get("form", FORM)) not in (FORM, _EARLIER):
        raise StoreError(
            f"{path}: is of the form {form!r}, written by escalation {data.attrs['version']}; this version reads "
            f"{FORM!r} and the two before it"
        )
    try:
        scenario = Scenario.from_dict(json.loads(data.attrs[_SCENARIO]))
    except ScenarioError as error:
        raise StoreError(f"{path}: its scenario, saved by {data.attrs['version']}, is not valid: {error}") from error
    sources = str(data.attrs.get("sources", ""))
    # An ensemble that was made by hand has no sources either, and says so.
    if sources or "sources" not in data.attrs:
        warn_of_other_sources(str(path), sources, version=str(data.attrs["version"]), stacklevel=4)
    return EnsembleFields(
        scenario=scenario,
        seed=int(data.attrs["seed"]),
        outcomes=completed({name: np.asarray(data[name].values) for name in DIMENSIONS if name in data.variables}),
        axes=Axes.named(
            scenario,
            front_ids=tuple(str(name) for name in data["front"].values),
            actor_ids=tuple(str(name) for name in data["actor"].values),
            commitment_rows=tuple(str(name) for name in data["commitment"].values),
        ),
        interrupted=bool(data.attrs["interrupted"]),
        until=Precision(**json.loads(data.attrs[_UNTIL])) if _UNTIL in data.attrs else None,
        sources=sources,
        decision_rules=tuple(str(data.attrs.get("decision_rules", "")).split()),
        branched_from=int(data.attrs["branched_from"]) if "branched_from" in data.attrs else None,
    )


def _checksum(data: xr.Dataset) -> str:
    # Beside the seal, which another program drops that writes the file anew, and which earlier versions did not write.
    # HDF5's own checksum, Fletcher's, covers numbers, but not the attributes, where the scenario and the seed are.
    digest = hashlib.sha256()
    for name in sorted(data.attrs.keys() - {_CHECKSUM}):
        digest.update(f"{name}={data.attrs[name]}\n".encode())
    for name in sorted(map(str, data.variables)):
        values = data[name].values
        digest.update(f"{name} {data[name].dims} {values.shape}\n".encode())
        is_text = values.dtype.kind in "OU"
        digest.update(str(values.tolist()).encode() if is_text else np.ascontiguousarray(values).data)
    return digest.hexdigest()


def _need_netcdf4() -> None:
    if find_spec("netCDF4") is None:
        raise StudyError("NetCDF files need the package netCDF4: pip install '.[io]' in a clone's folder")
