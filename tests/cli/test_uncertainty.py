"""These run the compiled engine."""

from __future__ import annotations

import json
from pathlib import Path

from escalation.analysis.uncertain.uncertainty import uncertainty
from escalation.files import load

from .conftest import Escalation

NAME = "two-state-deterrence"


def test_json_is_the_summary_and_nothing_else(escalation: Escalation) -> None:
    done = escalation("uncertainty", NAME, "--draws", "8", "--runs", "40", "--seed", "3", "--json")
    assert done.exit_code == 0, done.stderr
    study = uncertainty(load(NAME), draws=8, runs=40, seed=3)
    assert json.loads(done.stdout) == json.loads(json.dumps(study.summary()))


def test_both_kinds_are_printed_apart_and_drawn(escalation: Escalation, tmp_path: Path) -> None:
    figure = tmp_path / "band.svg"
    done = escalation("uncertainty", NAME, "-e", "initiation", "--draws", "8", "--runs", "40", "--plot", str(figure))
    assert done.exit_code == 0, done.stderr
    for name in ("probability", "Monte Carlo error", "epistemic band", "variance", "epistemic share"):
        assert f"\n{name}" in done.stdout
    assert figure.read_bytes().startswith(b"<?xml")


def test_nothing_uncertain_is_bad_input(escalation: Escalation) -> None:
    done = escalation("uncertainty", NAME, "--set", "actors.defender.resolve=0.5")
    assert done.exit_code == 2
    assert "nothing in" in done.stderr
