from __future__ import annotations

import json
from pathlib import Path

import pytest
from crisis_rows import columns, write
from typer.testing import CliRunner

from escalation.cli.main import app
from escalation.data.fits import fitted_parameters


@pytest.mark.slow
def test_a_fit_is_printed_and_kept(tmp_path: Path) -> None:
    table = str(write(tmp_path / "rows.csv", columns(80)))
    kept = tmp_path / "fit.toml"
    done = CliRunner().invoke(app, ["calibrate", "icb", table, "-n", "1", "--save", str(kept), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["rows"] == 80
    assert found["patterns"]
    values = fitted_parameters(kept)
    assert values["precision"] == pytest.approx(found["parameters"]["precision"]["value"], rel=1e-4)


@pytest.mark.slow
def test_a_fit_is_printed_as_tables(tmp_path: Path) -> None:
    table = str(write(tmp_path / "rows.csv", columns(80)))
    done = CliRunner().invoke(app, ["calibrate", "icb", table, "-n", "1", "--until", "1980"])
    assert done.exit_code == 0, done.output
    assert "challenger_grievance" in done.stdout
    assert "patterns within the data's interval" in done.stdout


def test_starts_and_seeds_are_told_apart(tmp_path: Path) -> None:
    table = str(write(tmp_path / "rows.csv", columns(50)))
    asked = ["calibrate", "icb", table, "-n", "1", "--starts", "2", "--seeds", "2", "--store", str(tmp_path / "fits")]
    done = CliRunner().invoke(app, [*asked, "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert [(end["start"], end["seed"]) for end in found["search"]["ends"]] == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert found["seed"] == 0
    assert found["command"] == "escalation calibrate icb TABLE --runs 1 --starts 2 --seeds 2"
    assert found["search"]["averaged"] == sum(end["mode"] == 0 for end in found["search"]["ends"])
    assert len(list((tmp_path / "fits").iterdir())) == 4
    again = CliRunner().invoke(app, asked)
    assert again.exit_code == 0, again.output
    assert "of 4 fits; 0 is the highest" in again.stdout
    assert found["remarks"]
    assert all(remark in again.stderr for remark in found["remarks"])


def test_a_folder_that_is_not_there_is_refused_before_the_work(tmp_path: Path) -> None:
    table = str(write(tmp_path / "rows.csv", columns(80)))
    done = CliRunner().invoke(app, ["calibrate", "icb", table, "--save", str(tmp_path / "none" / "fit.toml")])
    assert done.exit_code == 2
