"""These run the compiled engine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from escalation.files import load
from escalation.montecarlo import deeds
from escalation.montecarlo.runner import run

from .conftest import Escalation

NAME = "haniyeh-2024"


def test_json_is_the_summary(escalation: Escalation) -> None:
    answer = json.loads(escalation("words", NAME, "-n", "60", "-s", "3", "--json").stdout)
    ensemble = run(load(NAME), runs=60, seed=3)
    of_it = {"scenario": NAME, "hash": load(NAME).hash, "seed": 3, "horizon_days": 90.0}
    assert answer == of_it | json.loads(json.dumps(ensemble.words_and_deeds().summary()))


@pytest.mark.parametrize("each", [False, True])
def test_a_row_an_actor_and_kind_or_a_signal(escalation: Escalation, each: bool) -> None:
    done = escalation("words", NAME, "-n", "60", "--workers", "1", *(["--each"] if each else []))
    head, columns, *rows = done.stdout.splitlines()
    words = run(load(NAME), runs=60).words_and_deeds()
    assert "60 runs of 90 days, seed 0" in head
    assert "Wilson 95 %" in head
    assert re.split("  +", columns) == ["what was said", "said", "tested", "borne out", "id"]
    shown = words.signals if each else words.actors
    assert shown[0].words == ("Khamenei's vow of revenge" if each else "Iran's vows")
    assert [" ".join(row.split()) for row in rows] == [" ".join(word.cells()) for word in shown]


def test_changes_are_made_before_it_runs(escalation: Escalation) -> None:
    done = escalation("words", NAME, "-n", "60", "--without", "netanyahu-threat", "--set", "horizon=20", "--json")
    answer = json.loads(done.stdout)
    assert answer["horizon_days"] == 20
    assert not [word for word in answer["signals"] if word["kind"] == "threat"]


def test_nobody_who_gives_a_word(escalation: Escalation) -> None:
    done = escalation("words", "two-state-deterrence", "-n", "20", "--without", "threat")
    assert done.stdout == "two-state-deterrence: nobody vows, threatens, gives an ultimatum, warns or reassures.\n"


def test_ctrl_c_prints_what_was_looked_at(
    escalation: Escalation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    judge = deeds._deeds

    def broken_off(*given: Any, seed: int, run: int, always: bool) -> object:
        if run == 30:
            raise KeyboardInterrupt
        return judge(*given, seed=seed, run=run, always=always)

    monkeypatch.setattr(deeds, "_deeds", broken_off)
    done = escalation("words", NAME, "-n", "60", "--json", "--store", str(tmp_path / "study"))
    assert done.exit_code == 130
    assert (json.loads(done.stdout)["runs"], json.loads(done.stdout)["interrupted"]) == (30, True)
    assert "the first 30 of 60 runs" in done.stderr
    assert "goes on from there" in done.stderr
