"""These run the compiled engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from escalation.files import dumps, load
from escalation.montecarlo.compare import compare
from escalation.montecarlo.progress import Progress
from escalation.reports.estimate_table import table_of_comparison

from .conftest import Escalation

NAME = "two-state-deterrence"


def test_json_is_the_summary_and_nothing_else(escalation: Escalation) -> None:
    done = escalation("compare", NAME, "--without", "threat", "--runs", "60", "--seed", "3", "--json")
    assert done.exit_code == 0
    scenario = load(NAME)
    comparison = compare(scenario, scenario.without("threat"), runs=60, seed=3)
    assert json.loads(done.stdout) == json.loads(json.dumps(comparison.summary()))


def test_a_table_has_both_worlds_and_their_difference(escalation: Escalation) -> None:
    done = escalation("compare", NAME, "--set", "horizon=20", "--runs", "60")
    scenario = load(NAME)
    comparison = compare(scenario, scenario.replace("horizon", 20), runs=60)
    assert "changed minus unchanged, 60 pairs of runs, seed 0" in done.stdout
    assert "Changed: horizon\n" in done.stdout
    difference = comparison.differences["initiation"]
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("somebody chooses force")]
    for text in (
        comparison.first.probability("initiation").number_text(),
        comparison.second.probability("initiation").number_text(),
        difference.number_text(),
        f"{difference.p_value:.2g}",
    ):
        assert text in line
    assert f"{int(comparison.parted.sum())} of 60 pairs of runs came out otherwise" in done.stdout
    assert "Bonett-Price for differences" in done.stdout


def test_two_files(escalation: Escalation, tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(dumps(load(NAME).replace("actors.patron.capability", 9.0)), encoding="utf-8")
    figure = tmp_path / "differences.svg"
    done = escalation("compare", NAME, str(path), "--runs", "60", "--plot", str(figure))
    assert done.exit_code == 0
    assert "Changed: actors.patron.capability\n" in done.stdout
    assert figure.read_bytes().startswith(b"<?xml")
    assert str(figure) in done.stderr


@pytest.mark.parametrize("ending", ["csv", "tex"])
def test_estimates_are_saved_as_a_table(escalation: Escalation, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"differences.{ending}"
    done = escalation("compare", NAME, "--without", "threat", "--runs", "60", "--save", str(path))
    assert done.exit_code == 0, done.stderr
    table = table_of_comparison(compare(load(NAME), load(NAME).without("threat"), runs=60))
    assert path.read_text(encoding="utf-8") == (table.csv() if ending == "csv" else table.latex())
    assert str(path) in done.stderr


def test_a_world_with_itself(escalation: Escalation) -> None:
    done = escalation("compare", NAME, NAME, "--runs", "60")
    assert "Changed: nothing\n" in done.stdout
    assert "\n0 of 60 pairs" in done.stdout


def test_many_changes_are_cut_short(escalation: Escalation) -> None:
    done = escalation("compare", NAME, "haniyeh-2024", "--runs", "20")
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("Changed: ")]
    assert line.endswith(" more")
    assert line.count(",") == 7


@pytest.mark.parametrize("words", [[], [NAME, "--without", "threat"]])
def test_one_other_world_is_needed(escalation: Escalation, words: list[str]) -> None:
    done = escalation("compare", NAME, *words)
    assert done.exit_code == 2
    assert "one other world" in done.stderr


def test_ctrl_c_prints_what_was_finished(escalation: Escalation, monkeypatch: pytest.MonkeyPatch) -> None:
    finished = 0

    def interrupt(progress: Progress, runs: int) -> None:
        nonlocal finished
        finished += runs
        if finished >= 2000:
            raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "advance", interrupt)
    done = escalation("compare", NAME, "--without", "threat", "--runs", "100000", "--json")
    assert done.exit_code == 130
    assert 0 < json.loads(done.stdout)["runs"] < 100_000
    assert "pairs of runs" in done.stderr


def test_an_event_that_is_not_listed_is_compared(escalation: Escalation) -> None:
    event = "joint:defender+patron"
    words = ("compare", NAME, "--without", "threat", "--runs", "60", "--seed", "3", "--event", event)
    scenario = load(NAME)
    gap = compare(scenario, scenario.without("threat"), runs=60, seed=3).difference(event)
    (line,) = [line for line in escalation(*words).stdout.splitlines() if line.endswith(event)]
    assert gap.number_text() in line
    assert json.loads(escalation(*words, "--json").stdout)["differences"][event]["value"] == gap.value
    done = escalation("compare", NAME, "--without", "threat", "--event", "joint:defender")
    assert done.exit_code == 2
    assert "must name two actors or more" in done.stderr


def test_an_event_of_one_world_is_shown_or_named(escalation: Escalation) -> None:
    done = escalation("compare", NAME, "--without", "threat", "--runs", "60")
    assert done.exit_code == 0
    assert any(line.endswith("vow-broken:defender") for line in done.stdout.splitlines())
    assert done.stderr == ""
    done = escalation("compare", NAME, "--without", "alliance", "--runs", "60")
    assert "joined:alliance" not in done.stdout
    assert done.stderr == "Not compared, since one of the two worlds alone has it: joined:alliance\n"
