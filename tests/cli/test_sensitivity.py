"""These run the compiled engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from escalation.analysis.uncertain.sensitivity import sensitivity
from escalation.files import load
from escalation.reports.estimate_table import table_of_sensitivity

from .conftest import Escalation

NAME = "two-state-deterrence"
SPOILER = "fronts.challenger-defender.spoiler"


def test_json_is_the_summary_and_nothing_else(escalation: Escalation) -> None:
    done = escalation(
        "sensitivity", NAME, "-e", "initiation", "-p", f"{SPOILER}=0:1", "-p", "actors.defender", "--samples", "8",
        "--runs", "40", "--seed", "3", "--json",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    parameters = {SPOILER: (0.0, 1.0), "actors.defender": None}
    study = sensitivity(load(NAME), event="initiation", parameters=parameters, samples=8, runs=40, seed=3)
    assert json.loads(done.stdout) == json.loads(json.dumps(study.summary()))


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_a_table_and_a_figure(escalation: Escalation, tmp_path: Path, method: str) -> None:
    figure = tmp_path / "bars.svg"
    done = escalation(
        "sensitivity", NAME, "-e", "initiation", "-p", f"{SPOILER}=0:1", "--method", method, "--samples", "8",
        "--runs", "40", "--plot", str(figure),
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert SPOILER in done.stdout
    assert ("total" if method == "sobol" else "mu_star") in done.stdout
    assert figure.read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("text", [f"{SPOILER}=1", f"{SPOILER}=a:b", f"{SPOILER}=:"])
def test_a_range_that_is_none(escalation: Escalation, text: str) -> None:
    done = escalation("sensitivity", NAME, "-p", text)
    assert done.exit_code == 2
    assert "must be PATH or PATH=LOW:HIGH" in " ".join(done.stderr.split())


def test_too_few_samples_are_noted(escalation: Escalation) -> None:
    done = escalation("sensitivity", NAME, "-e", "initiation", "-p", f"{SPOILER}=0:1", "--samples", "4", "--runs", "20")
    study = sensitivity(load(NAME), event="initiation", parameters={SPOILER: (0.0, 1.0)}, samples=4, runs=20)
    assert study.unsure
    assert "Too few samples" in done.stderr
    assert "--samples" in done.stderr


def test_indices_are_saved_as_a_table(escalation: Escalation, tmp_path: Path) -> None:
    words = ["sensitivity", NAME, "-e", "initiation", "-p", f"{SPOILER}=0:1", "--samples", "4", "--runs", "20"]
    study = sensitivity(load(NAME), event="initiation", parameters={SPOILER: (0.0, 1.0)}, samples=4, runs=20)
    for ending in ("csv", "tex"):
        path = tmp_path / f"indices.{ending}"
        done = escalation(*words, "--save", str(path))
        assert done.exit_code == 0, done.stderr
        table = table_of_sensitivity(study)
        assert path.read_text(encoding="utf-8") == (table.csv() if ending == "csv" else table.latex())


def test_a_table_that_cannot_be_saved_is_refused_before_the_study(escalation: Escalation, tmp_path: Path) -> None:
    done = escalation("sensitivity", NAME, "--save", str(tmp_path / "a.xlsx"), "--samples", "1000000")
    assert done.exit_code == 2
    assert ".csv or .tex" in " ".join(done.stderr.split())
