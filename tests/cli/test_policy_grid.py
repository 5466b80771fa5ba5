"""These run the compiled engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from escalation.analysis.what_if.policy_grid import policy_grid
from escalation.files import load
from escalation.world.plain_words import place_words

from .conftest import Escalation

TWO, RISE, FACE = "two-state-deterrence", "fronts.challenger-defender.revisionism", "rules.face"
GRID = ["policy-grid", TWO, "--first", f"{RISE}=0.2,0.8", "--second", f"{FACE}=0, 1", "-n", "60", "-e", "initiation"]


def test_json_is_the_grid(escalation: Escalation) -> None:
    answer = json.loads(escalation(*GRID, "--json").stdout)
    grid = policy_grid(load(TWO), (RISE, [0.2, 0.8]), (FACE, [0, 1]), event="initiation", runs=60, progress=False)
    assert answer["first"] == {"path": RISE, "values": [0.2, 0.8]}
    assert answer["second"] == {"path": FACE, "values": [0, 1]}
    assert [[cell["value"] for cell in row] for row in answer["probabilities"]] == grid["value"].to_numpy().tolist()
    assert set(answer["probabilities"][0][0]) == {"value", "low", "high", "n", "method", "level"}
    assert {"scenario", "hash", "seed", "runs", "event"} <= set(answer)


def test_a_table_has_a_row_and_a_column_for_each_value(escalation: Escalation) -> None:
    head, size, columns, *rows = escalation(*GRID).stdout.splitlines()
    assert head == f"{TWO}, how likely: somebody chooses force"
    assert size == "60 runs at each pair, seed 0"
    assert columns.split("  ")[0] == place_words(RISE, load(TWO))
    assert [row.split()[0] for row in rows] == ["0.2", "0.8"]
    assert all(row.count("[") == 2 for row in rows)


def test_the_surface_is_drawn_with_the_limit(escalation: Escalation, tmp_path: Path) -> None:
    path = tmp_path / "grid.png"
    assert escalation(*GRID, "--limit", "0.2", "--plot", str(path)).exit_code == 0
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("first", [RISE, f"{RISE}=", "=1,2", f"{RISE}=high"])
def test_what_is_no_place_with_values(escalation: Escalation, first: str) -> None:
    done = escalation("policy-grid", TWO, "--first", first, "--second", f"{FACE}=0,1")
    assert done.exit_code == 2
    assert "PATH=VALUE,VALUE" in done.stderr


@pytest.mark.parametrize("values", ["1", "1, 1", "true, false"])
def test_what_has_no_surface_is_refused_before_any_run_is_played(
    escalation: Escalation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: str
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("it ran")

    monkeypatch.setattr("escalation.analysis.what_if.policy_grid.policy_grid", never)
    words = [word.replace("0, 1", values) for word in GRID]
    done = escalation(*words, "--plot", str(tmp_path / "a.png"), "--json")
    assert (done.exit_code, done.stdout) == (2, "")


def test_switches_read_as_they_are_written_on_the_line(escalation: Escalation) -> None:
    words = ["--first", "rules.conciliation=true,false", "--second", f"{FACE}=0", "-n", "10"]
    *_, one, two = escalation("policy-grid", TWO, *words).stdout.splitlines()
    assert (one.split()[0], two.split()[0]) == ("true", "false")
