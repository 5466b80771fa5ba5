from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from crisis_rows import columns, write
from pair_rows import pair_columns
from typer.testing import CliRunner

from escalation.analysis.fit.crises.signals import CLASSES
from escalation.cli.main import app


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("tables")
    pairs = pair_columns(3000) | {"crisno": np.arange(3000) % 60 + 1.0}  # fifty of each crisis of the rows
    return str(write(folder / "rows.csv", columns(120))), str(write(folder / "pairs.csv", pairs))


def test_what_followed_signals_is_fitted_told_and_kept(tables: tuple[str, str], tmp_path: Path) -> None:
    table, pairs = tables
    asked = ["calibrate", "icb", table, "--events", pairs, "-n", "1", "--store", str(tmp_path / "fits")]
    kept = tmp_path / "fit.toml"
    done = CliRunner().invoke(app, [*asked, "--save", str(kept), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["events"], found["pairs"]) == ("ICBe signal pairs", 3000)
    assert [entry["received"] for entry in found["signals"][::2]] == list(CLASSES)
    assert found["signals_inside"] == sum(entry["inside"] for entry in found["signals"])
    assert found["parameters"]["appeal"]["width_kept"] < 1.0
    assert 'events = "ICBe signal pairs"' in kept.read_text(encoding="utf-8")
    again = CliRunner().invoke(app, asked)
    assert again.exit_code == 0, again.output
    assert "what followed signals: " in again.stdout
    other = CliRunner().invoke(
        app, [*asked[:4], str(write(tmp_path / "other.csv", pair_columns(3000, seed=1))), *asked[5:]]
    )
    assert other.exit_code != 0
    assert "rows" in other.output


def test_years_are_left_out_of_pairs_too(tables: tuple[str, str], tmp_path: Path) -> None:
    table, _ = tables
    late = pair_columns(3000)
    late["year"] = np.full(3000, 1990.0)
    asked = [
        "calibrate",
        "icb",
        table,
        "--events",
        str(write(tmp_path / "late.csv", late)),
        "--until",
        "1985",
        "-n",
        "1",
    ]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code != 0
    assert "too few" in done.output


@pytest.mark.slow
def test_forecasts_over_seeds(tables: tuple[str, str]) -> None:
    table, pairs = tables
    asked = ["forecast", "icb", table, "--events", pairs, "--folds", "2", "--repeats", "1", "--learn-until", "0"]
    asked += ["-t", "response", "-c", "model", "-c", "trigger-rate", "--seeds", "2"]
    done = CliRunner().invoke(app, [*asked, "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    told = found["over_seeds"]["folds"]["response"]
    assert set(told) == {"model", "trigger-rate"}
    for of in told.values():
        assert all(score["least"] <= score["mean"] <= score["greatest"] for score in of.values())
    assert told["model"]["rps"]["least"] <= found["designs"]["folds"]["response"]["scores"]["model"]["rps"]
    shown = CliRunner().invoke(app, asked)
    assert "mean of 2 seeds, least to greatest" in shown.stdout
