"""These run the compiled engine."""

from __future__ import annotations

import json

import pytest

from escalation.analysis.what_mattered.ladders import across_ladders
from escalation.files import load
from escalation.montecarlo.progress import Progress

from .conftest import Escalation

TWO = "two-state-deterrence"


def test_json_is_the_summary(escalation: Escalation) -> None:
    words = ["--without", "threat", "--ladder", "default", "--ladder", "kahn-44", "-n", "60", "-s", "2"]
    answer = json.loads(escalation("ladders", TWO, *words, "--json").stdout)
    study = across_ladders(load(TWO), load(TWO).without("threat"), ladders=["default", "kahn-44"], runs=60, seed=2)
    assert answer == json.loads(json.dumps(study.summary()))


def test_a_row_a_ladder_and_the_verdict(escalation: Escalation) -> None:
    done = escalation("ladders", TWO, "--set", "fronts.challenger-defender.revisionism=0.1", "-n", "200")
    head, columns, *rows, verdict = done.stdout.splitlines()
    assert "changed minus unchanged, 200 pairs of runs on each ladder" in head
    assert columns.split() == ["ladder", "event", "difference", "verdict"]
    assert [row.split()[0] for row in rows] == ["default", "ten-rung", "kahn-44"]
    assert verdict == "The conclusion survives on every ladder."


def test_a_first_ladder_that_decides_nothing_gives_no_conclusion(escalation: Escalation) -> None:
    verdict = escalation("ladders", TWO, "--without", "threat", "-n", "20").stdout.splitlines()[-1]
    assert verdict.startswith("On the ladder default the interval holds 0")


@pytest.mark.parametrize("how", [[], ["--json"]])
def test_ctrl_c_on_one_ladder_is_told_though_the_next_was_played_in_full(
    escalation: Escalation, monkeypatch: pytest.MonkeyPatch, how: list[str]
) -> None:
    blocks: list[int] = []

    def interrupt(progress: Progress, runs: int) -> None:
        blocks.append(runs)
        if len(blocks) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "advance", interrupt)
    ladders = ["--ladder", "ten-rung", "--ladder", "default"]
    done = escalation("ladders", TWO, "--without", "threat", "-n", "8000", "--workers", "1", *ladders, *how)
    assert done.exit_code == 130
    assert "of 8,000 pairs" in done.stderr


@pytest.mark.parametrize("words", [[], ["haniyeh-2024", "--without", "threat"]])
def test_one_other_world_is_needed(escalation: Escalation, words: list[str]) -> None:
    done = escalation("ladders", TWO, *words)
    assert done.exit_code == 2
    assert "one other world" in done.stderr


def test_ctrl_c_tells_how_many_were_finished(escalation: Escalation, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks: list[int] = []

    def interrupt(progress: Progress, runs: int) -> None:
        blocks.append(runs)
        if len(blocks) % 4 == 0:  # when both worlds have some
            raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "advance", interrupt)
    done = escalation("ladders", TWO, "--without", "threat", "-n", "100000", "--workers", "1", "--ladder", "default",
                      "--ladder", "ten-rung")  # fmt: skip
    assert done.exit_code == 130
    assert "of 100,000 pairs" in done.stderr
