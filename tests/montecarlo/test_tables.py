from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from escalation.errors import StoreError, StudyError
from escalation.montecarlo import netcdf, tables
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run
from escalation.version import __version__
from escalation.world.scenario import Scenario

RUNS = 120


@pytest.fixture
def ensemble(scenario: Scenario) -> Ensemble:
    return run(scenario, runs=RUNS, seed=9)


def test_a_dataset_has_named_dimensions_and_its_provenance(ensemble: Ensemble) -> None:
    data = ensemble.to_xarray()
    assert dict(data.sizes) == {"run": RUNS, "front": 3, "rung": 6, "pair": 1, "commitment": 1, "actor": 3}
    assert data.attrs == {
        "scenario": "drawn", "hash": ensemble.scenario.hash, "seed": 9, "runs": RUNS, "interrupted": 0,
        "period_days": 1.0, "horizon_days": 40.0, "sources": "drawn", "version": __version__,
        "dimension_order": data.attrs["dimension_order"],
    }  # fmt: skip
    assert "crossed[run, front, rung]" in data.attrs["dimension_order"]
    assert all(array.attrs["dimension_order"] == ", ".join(map(str, array.dims)) for array in data.values())
    wars = (data["crossed"].sel(front="ara-bor", rung="war") >= 0).mean().item()
    assert wars == pytest.approx(ensemble.probability("rung:war", actor="ara", target="bor").value)
    assert np.shares_memory(data["crossed"].values, ensemble.outcomes["crossed"])
    assert all("long_name" in data[name].attrs for name in data.data_vars)


def test_a_table_has_one_row_a_run(ensemble: Ensemble) -> None:
    frame = ensemble.to_dataframe()
    assert frame.index.name == "run"
    assert len(frame) == RUNS
    assert frame["peak_rung"].tolist() == [ensemble.rung_names[rung] for rung in ensemble.peak()]
    assert frame["peak_rung"].max() in ensemble.rung_names
    assert frame["war"].tolist() == ensemble.occurs("war").tolist()
    assert frame["accident"].tolist() == ensemble.occurs("accident").tolist()
    for column, event in (
        ("war_day", "war"),
        ("initiation_day", "initiation"),
        ("settled_day", "settled"),
        ("joined_cal-bor_day", "joined:cal-bor"),
    ):
        first = ensemble.first_day(event)
        assert frame[column].isna().tolist() == np.isinf(first).tolist()
        assert frame[column].dropna().tolist() == first[np.isfinite(first)].tolist()
    assert frame["vows_broken"].sum() == ensemble.outcomes["vows_broken"].sum()
    assert (frame["commitments_kept"] + frame["commitments_broken"]).eq(1).all()
    assert frame["ended_day"].eq(40.0).all()
    assert isinstance(frame, pd.DataFrame)


def test_a_table_of_runs_has_the_days_of_the_events_that_are_asked_for(ensemble: Ensemble, tmp_path: Path) -> None:
    asked = {
        "concession": "concession_day",
        "concession:ara-bor": "concession_ara-bor_day",
        "war:choice": "war_choice_day",
        "rung:display": "rung_display_day",
    }
    ensemble.save(tmp_path / "runs.csv", events=[*asked, "war"])
    frame, plain = pd.read_csv(tmp_path / "runs.csv", index_col="run"), ensemble.to_dataframe()
    assert set(frame) - set(plain) == set(asked.values()), "war has a column already"
    for event, column in asked.items():
        first = ensemble.first_day(event)
        assert frame[column].fillna(np.inf).tolist() == first.tolist()
        assert 0 < np.isfinite(first).sum() < RUNS
    with pytest.raises(StudyError, match="no event 'wra'"):
        ensemble.save(tmp_path / "runs.csv", events=["wra"])


@pytest.mark.parametrize("seed", [0, 2**63, 2**64 - 1])
def test_what_is_saved_comes_back_equal(scenario: Scenario, tmp_path: Path, seed: int) -> None:
    saved = run(scenario, runs=RUNS, seed=seed)
    saved.save(tmp_path / "outcomes.nc")
    back = Ensemble.load(str(tmp_path / "outcomes.nc"))
    assert back == saved
    assert {name: array.dtype for name, array in back.outcomes.items()} == {
        name: array.dtype for name, array in saved.outcomes.items()
    }
    assert back.scenario.hash == scenario.hash
    assert back.summary() == saved.summary()


def test_whole_numbers_keep_their_64_bits(ensemble: Ensemble, tmp_path: Path) -> None:
    ensemble.save(tmp_path / "outcomes.nc")
    with xr.open_dataset(tmp_path / "outcomes.nc", engine="netcdf4") as data:
        assert data["run"].dtype == np.int64


def test_an_interrupted_ensemble_without_commitments_comes_back(engine: SimpleNamespace, tmp_path: Path) -> None:
    whole = run(engine.make(commitments={}, signals={}), runs=RUNS)
    cut = Ensemble(whole.scenario, 0, whole.outcomes, whole.axes, interrupted=True)
    cut.save(tmp_path / "outcomes.nc")
    back = Ensemble.load(tmp_path / "outcomes.nc")
    assert back == cut
    assert (back.interrupted, back.commitment_rows) == (True, ())
    assert repr(back).endswith("interrupted>")


def test_saving_replaces_an_older_file(ensemble: Ensemble, scenario: Scenario, tmp_path: Path) -> None:
    run(scenario, runs=7).save(tmp_path / "outcomes.nc")
    ensemble.save(tmp_path / "outcomes.nc")
    assert Ensemble.load(tmp_path / "outcomes.nc").runs == RUNS


def test_a_file_that_is_not_there_or_is_no_ensemble_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.nc: cannot be read"):
        Ensemble.load(tmp_path / "none.nc")
    (tmp_path / "text.nc").write_text("no NetCDF")
    with pytest.raises(StoreError, match=r"cannot be read as NetCDF-4 .*; what can be loaded is a .nc file"):
        Ensemble.load(tmp_path / "text.nc")
    xr.Dataset({"t": ("x", [1.0])}).to_netcdf(tmp_path / "other.nc", engine="netcdf4")
    with pytest.raises(StoreError, match="holds no ensemble"):
        Ensemble.load(tmp_path / "other.nc")


def test_a_scenario_that_is_not_valid_any_more_is_refused(
    ensemble: Ensemble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = ensemble.scenario.model_dump_json().replace('"leash"', '"laesh"')
    monkeypatch.setattr(Scenario, "model_dump_json", lambda _: older)
    ensemble.save(tmp_path / "older.nc")
    with pytest.raises(StoreError, match=rf"saved by {__version__}, is not valid.*laesh"):
        Ensemble.load(tmp_path / "older.nc")


def test_a_folder_that_is_not_there_is_refused(ensemble: Ensemble, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be written \(there is no such folder\)"):
        ensemble.save(tmp_path / "nowhere" / "outcomes.nc")


def test_without_netcdf4_the_extra_is_named(
    ensemble: Ensemble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(netcdf, "find_spec", lambda _: None)
    with pytest.raises(StudyError, match=r"pip install '\.\[io\]'"):
        ensemble.save(tmp_path / "outcomes.nc")
    with pytest.raises(StudyError, match=r"netCDF4"):
        Ensemble.load(tmp_path / "outcomes.nc")


def test_a_study_that_was_to_be_precise_comes_back_so(scenario: Scenario, tmp_path: Path) -> None:
    saved = run(scenario, seed=2, until="rung:limited-strike:0.2")
    saved.save(tmp_path / "outcomes.nc")
    back = Ensemble.load(tmp_path / "outcomes.nc")
    assert back == saved
    assert back.summary() == saved.summary()
    assert back != run(scenario, seed=2, runs=saved.runs)


@pytest.mark.parametrize(("name", "read"), [("runs.csv", pd.read_csv), ("runs.PARQUET", pd.read_parquet)])
def test_a_table_is_saved_in_a_format_that_others_open(
    ensemble: Ensemble, tmp_path: Path, name: str, read: Any
) -> None:
    ensemble.save(tmp_path / name)
    frame = read(tmp_path / name)
    expected = ensemble.to_dataframe()
    for column in ("peak", "war_day", "settled_day", "vows_broken"):
        assert frame[column].fillna(-1.0).tolist() == expected[column].fillna(-1.0).tolist()
    assert frame["peak_rung"].astype(str).tolist() == expected["peak_rung"].astype(str).tolist()


@pytest.mark.parametrize(("name", "package"), [("runs.csv", "pandas"), ("runs.parquet", "pyarrow")])
def test_without_its_package_a_table_names_the_extra(
    ensemble: Ensemble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str
) -> None:
    monkeypatch.setattr(tables, "find_spec", lambda asked: None if asked == package else object())
    with pytest.raises(StudyError, match=rf"{package}: pip install '\.\[io\]'"):
        ensemble.save(tmp_path / name)


@pytest.mark.parametrize("name", ["runs", "runs.xls", "runs.csv.gz", "runs.json", "runs.h5"])
def test_outcomes_are_saved_in_no_other_format(ensemble: Ensemble, tmp_path: Path, name: str) -> None:
    with pytest.raises(StudyError, match=rf"{name}: outcomes can be saved as \.nc, \.csv, \.parquet, by how the name"):
        ensemble.save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["runs.csv", "runs.parquet"])
def test_a_table_that_cannot_be_written(ensemble: Ensemble, tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match=r"cannot be written \(there is no such folder\)"):
        ensemble.save(tmp_path / "nowhere" / name)
