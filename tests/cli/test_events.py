"""These run the compiled engine."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from escalation.engines.simulate import simulate
from escalation.files import load
from escalation.reports.event_table import COLUMNS, event_rows

from .conftest import Escalation

MAIN = "haniyeh-2024"


def test_a_line_an_act(escalation: Escalation) -> None:
    done = escalation("events", MAIN, "--run", "3", "--seed", "1")
    assert done.exit_code == 0
    rows = event_rows(simulate(load(MAIN), seed=1, run=3))
    head, columns, *lines = done.stdout.splitlines()
    assert head == "haniyeh-2024, seed 1, run 3"
    assert columns.split() == ["date", "source", "target", "kind", "item", "rung", "mid", "cameo", "goldstein"]
    assert [line.split()[:3] for line in lines] == [[str(r["date"]), r["source"], r["target"]] for r in rows]
    assert [("(covert)" in line) for line in lines] == [row["covert"] for row in rows]


def test_a_war_that_nobody_chose_is_printed_with_its_cause(escalation: Escalation) -> None:
    *before, joined, commitment = escalation("events", "july-1914", "-r", "15", "-s", "1").stdout.splitlines()
    assert any("war (exchange of force)" in row for row in before)
    assert "joined" in joined
    assert "gbr-fra:deu" in joined
    assert "war (commitment)" in commitment


def test_json_has_every_column_of_every_run(escalation: Escalation) -> None:
    answer = json.loads(escalation("events", MAIN, "-r", "3", "-n", "2", "-s", "1", "--scheduled", "--json").stdout)
    assert answer["runs"] == [3, 4]
    assert answer["hash"] == load(MAIN).hash
    wanted = [row for run in (3, 4) for row in event_rows(simulate(load(MAIN), seed=1, run=run), scheduled=True)]
    assert [row["date"] for row in answer["events"]] == [row["date"].isoformat() for row in wanted]
    assert {row["run"] for row in answer["events"]} == {3, 4}
    assert any(row["scheduled"] for row in answer["events"])


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_table_of_many_runs_is_saved(escalation: Escalation, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"events{ending}"
    done = escalation("events", MAIN, "--runs", "4", "--seed", "1", "--scheduled", "--save", str(path))
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "of 4 runs saved to" in done.stderr
    texts = {name: "string" for name, kind in COLUMNS.items() if kind == "string"}
    table = pd.read_parquet(path) if ending == ".parquet" else pd.read_csv(path, dtype=texts)
    assert list(table.columns) == ["run", *COLUMNS]
    wanted = [row for run in range(4) for row in event_rows(simulate(load(MAIN), seed=1, run=run), scheduled=True)]
    assert table["source"].fillna("").tolist() == [row["source"] or "" for row in wanted]
    assert table["cameo"].tolist() == [row["cameo"] for row in wanted]
    assert sorted(table["run"].unique()) == [0, 1, 2, 3]


def test_saved_and_printed_as_json_at_once(escalation: Escalation, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    done = escalation("events", MAIN, "--save", str(path), "--json")
    assert len(json.loads(done.stdout)["events"]) == len(pd.read_csv(path))


@pytest.mark.parametrize("name", ["events.xlsx", "none/events.csv"])
def test_what_cannot_be_saved_is_refused(escalation: Escalation, tmp_path: Path, name: str) -> None:
    assert escalation("events", MAIN, "--save", str(tmp_path / name)).exit_code == 2
