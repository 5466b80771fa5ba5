from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from crisis_rows import columns, write
from typer.testing import CliRunner

from escalation.cli.main import app


def test_scores_are_printed_as_one_object(tmp_path: Path) -> None:
    table = str(write(tmp_path / "rows.csv", columns(150)))
    asked = ["forecast", "icb", table, "--folds", "3", "--repeats", "1", "--learn-until", "1970", "-c", "climatology"]
    done = CliRunner().invoke(app, [*asked, "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert set(found["designs"]) == {"folds", "out-of-time"}
    scores = found["designs"]["folds"]["response"]["scores"]
    assert set(scores["climatology"]) == {"brier", "log", "rps", "discrimination"}


def test_scores_are_printed_as_tables(tmp_path: Path) -> None:
    table = str(write(tmp_path / "rows.csv", columns(150)))
    asked = ["forecast", "icb", table, "--folds", "0", "--learn-until", "1970", "-t", "response"]
    done = CliRunner().invoke(app, [*asked, "-c", "model", "-c", "climatology"])
    assert done.exit_code == 0, done.output
    assert "out-of-time: level of the response" in done.stdout
    assert "climatology" in done.stdout


def test_rows_kept_aside_can_be_given(tmp_path: Path) -> None:
    table = str(write(tmp_path / "rows.csv", columns(100)))
    later = columns(40, seed=3)
    later["crisno"] += 1000.0
    aside = str(write(tmp_path / "later.csv", later))
    done = CliRunner().invoke(app, ["forecast", "icb", table, "--held-out", aside, "-c", "trigger-rate", "--json"])
    assert json.loads(done.stdout)["designs"]["held-out"]["response"]["n"] == 40


def test_what_was_read_is_named_and_what_was_left_out_is_said(tmp_path: Path) -> None:
    early = columns(100) | {"icb_version": np.full(100, 15)}
    later = {name: column.astype(object) for name, column in columns(40, seed=3).items()}
    later |= {"crisno": later["crisno"] + 1000.0, "icb_version": np.full(40, 16)}
    for name, column in later.items():
        if name not in ("crisno", "cracno", "icb_version"):
            column[7] = ""
    table, aside = (str(write(tmp_path / name, rows)) for name, rows in (("a.csv", early), ("b.csv", later)))
    done = CliRunner().invoke(app, ["forecast", "icb", table, "--held-out", aside, "-c", "climatology", "--json"])
    found = json.loads(done.stdout)
    assert (found["table"], found["data"]) == (f"{table} + {aside}", "ICB v15 + ICB v16")
    left_out = f"{aside}: 1 row without any code left out (line 9)"
    assert found["notes"] == [left_out]
    assert left_out in done.stderr


def test_a_missing_table_is_bad_input(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["forecast", "icb", str(tmp_path / "none.csv")])
    assert done.exit_code == 2
