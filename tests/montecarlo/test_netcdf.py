"""Files of ensembles that are damaged are refused in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from hindsight import crisis, written

from escalation.errors import StoreError
from escalation.files.sealed import SEAL_BYTES
from escalation.montecarlo import netcdf
from escalation.montecarlo.ensemble import Ensemble

DEFLATED = b"\x78\x01"
"""How packed numbers begin."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    ensemble = written(crisis([]), [{"ara-bor": (3, 7)}, {}], repeated=50)
    ensemble.outcomes["signature"] = np.arange(ensemble.runs, dtype=np.uint64)
    ensemble.save(tmp_path / "outcomes.nc")
    assert Ensemble.load(tmp_path / "outcomes.nc") == ensemble
    return tmp_path / "outcomes.nc"


def test_damaged_numbers_of_a_file_without_a_seal_are_refused(file: Path) -> None:
    whole = file.read_bytes()[:-SEAL_BYTES]
    places = [k for k in range(len(whole)) if whole.startswith(DEFLATED, k)]
    assert places
    file.write_bytes(b"".join(b"\xff" if k - 2 in places else whole[k : k + 1] for k in range(len(whole))))
    with pytest.raises(StoreError, match=r"outcomes.nc: cannot be read as NetCDF-4 \(NetCDF: .*\); it is damaged"):
        Ensemble.load(file)


@pytest.mark.parametrize("error", [AttributeError, RuntimeError])
def test_what_the_netcdf_library_raises_is_said_with_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def damaged(*_: Any, **__: Any) -> None:
        raise error("NetCDF: Can't open HDF5 attribute")

    monkeypatch.setattr(xr, "load_dataset", damaged)
    with pytest.raises(StoreError, match=r"outcomes.nc: .*Can't open HDF5 attribute"):
        Ensemble.load(file)


@pytest.mark.parametrize("name", ["scenario_json", "seed", "period_days", "sha256"])
def test_a_changed_attribute_is_refused(file: Path, name: str) -> None:
    data = xr.load_dataset(file, engine="netcdf4")
    data.attrs[name] = 3.0 if name == "period_days" else data.attrs[name][:-1]
    data.to_netcdf(file, engine="netcdf4")
    with pytest.raises(StoreError, match=r"outcomes.nc: .* its checksum is another; it is damaged or was edited"):
        Ensemble.load(file)


@pytest.mark.parametrize("name", ["crossed", "signature", "actor"])
def test_a_changed_number_or_name_is_refused(file: Path, name: str) -> None:
    data = xr.load_dataset(file, engine="netcdf4")
    if name == "actor":
        data = data.assign_coords(actor=[f"{actor}s" for actor in data["actor"].values])
    else:
        data[name].values[(0,) * data[name].ndim] += 1
    data.to_netcdf(file, engine="netcdf4")
    with pytest.raises(StoreError, match=r"outcomes.nc: .* its checksum is another"):
        Ensemble.load(file)


def test_damage_anywhere_is_refused_before_the_netcdf_library_sees_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged byte can crash the library, and the process with it."""
    whole = file.read_bytes()
    monkeypatch.setattr(xr, "load_dataset", lambda *_, **__: pytest.fail("the library was given a damaged file"))
    places = np.random.default_rng(1).integers(len(whole) - SEAL_BYTES, size=200)
    for place in (*map(int, places), len(whole) - 1):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(StoreError, match=r"outcomes.nc: is not as it was saved: its checksum is another"):
            Ensemble.load(file)


@pytest.mark.parametrize("what", ["no seal", "a damaged mark"])
def test_without_its_seal_a_file_is_what_it_was(file: Path, what: str) -> None:
    saved, whole = Ensemble.load(file), bytearray(file.read_bytes())
    if what == "no seal":
        del whole[-SEAL_BYTES:]
    else:
        whole[-SEAL_BYTES] ^= 0x10
    file.write_bytes(whole)
    assert Ensemble.load(file) == saved


def test_a_file_that_cannot_be_written_to_its_end_is_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: xr.Dataset, part: Path, **__: Any) -> None:
        part.write_bytes(b"half of it")
        raise RuntimeError("NetCDF: HDF error")

    ensemble, older = Ensemble.load(file), file.read_bytes()
    monkeypatch.setattr(xr.Dataset, "to_netcdf", full)
    with pytest.raises(StoreError, match=r"outcomes.nc: cannot be written \(NetCDF: HDF error\); perhaps the disk is"):
        ensemble.save(file)
    assert file.read_bytes() == older
    assert list(file.parent.iterdir()) == [file]


def test_a_form_that_is_not_known_is_refused(file: Path) -> None:
    data = xr.load_dataset(file, engine="netcdf4")
    assert data.attrs["form"] == "escalation ensemble 3"
    data.attrs |= {"form": "escalation ensemble 4", "version": "9.0"}
    data.attrs["sha256"] = netcdf._checksum(data)
    data.to_netcdf(file, engine="netcdf4")
    with pytest.raises(
        StoreError, match=r"outcomes\.nc: is of the form 'escalation ensemble 4', written by escalation 9\.0"
    ):
        Ensemble.load(file)
