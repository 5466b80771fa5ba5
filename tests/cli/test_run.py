"""These run the compiled engine."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from escalation.files import load, save
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.progress import Progress
from escalation.montecarlo.runner import run
from escalation.reports.estimate_table import table_of_ensemble
from escalation.world.plain_words import event_words
from escalation.world.scenario import Scenario

from .conftest import Escalation

NAME = "two-state-deterrence"


def test_json_is_the_summary_and_nothing_else(escalation: Escalation) -> None:
    done = escalation("run", NAME, "--runs", "60", "--seed", "3", "--json")
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    ensemble = run(load(NAME), runs=60, seed=3)
    assert answer == json.loads(json.dumps(ensemble.summary()))
    assert {"scenario", "hash", "seed", "runs", "horizon_days", "probabilities"} <= set(answer)
    assert set(answer["probabilities"]["war"]) == {"value", "low", "high", "n", "method", "level"}


def test_a_table_has_every_event_with_its_interval(escalation: Escalation) -> None:
    done = escalation("run", NAME, "--runs", "60", "--workers", "1")
    head, _, *lines, _ = done.stdout.splitlines()  # the last says that 60 days are too few to settle by being quiet
    assert "60 runs of 60 days, seed 0" in head
    ensemble = run(load(NAME), runs=60)
    assert [re.split("  +", line) for line in lines] == [
        [event_words(event, ensemble.scenario), str(ensemble.probability(event)), event]
        for event in ensemble.events
        if event != "rung:war"  # which is war, and has a row
    ]


def test_changes_are_made_before_it_runs(escalation: Escalation) -> None:
    words = ["run", NAME, "--runs", "60", "--json", "--without", "threat", "--set", "horizon=20"]
    answer = json.loads(escalation(*words).stdout)
    assert answer["horizon_days"] == 20
    assert answer["hash"] == load(NAME).without("threat").replace("horizon", 20).hash


def test_figure_and_outcomes_are_kept(escalation: Escalation, tmp_path: Path) -> None:
    figure, outcomes = tmp_path / "peaks.pdf", tmp_path / "outcomes.nc"
    done = escalation("run", NAME, "-n", "60", "-s", "3", "--plot", str(figure), "--save", str(outcomes))
    assert done.exit_code == 0
    assert figure.read_bytes().startswith(b"%PDF")
    assert Ensemble.load(outcomes) == run(load(NAME), runs=60, seed=3)
    assert str(figure) in done.stderr
    assert str(outcomes) in done.stderr


@pytest.mark.parametrize("words", [["--plot", "a.xyz"], ["--save", "nowhere/a.nc"], ["--plot", "nowhere/a.png"]])
def test_what_could_not_be_kept_is_refused_before_it_runs(
    escalation: Escalation, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("it ran")

    monkeypatch.setattr("escalation.montecarlo.runner.run", never)
    done = escalation("run", NAME, *words)
    assert done.exit_code == 2
    assert words[1] in done.stderr


@pytest.mark.parametrize("words", [["--runs", "0"], ["--seed", "-1"], ["--workers", "0"], ["--runs", "many"]])
def test_numbers_that_are_not_allowed(escalation: Escalation, words: list[str]) -> None:
    done = escalation("run", NAME, *words)
    assert done.exit_code == 2
    assert words[0] in done.stderr


@pytest.mark.parametrize("words", [["--json"], []])
def test_ctrl_c_prints_what_was_finished(
    escalation: Escalation, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    def interrupt(progress: Progress, runs: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "advance", interrupt)
    done = escalation("run", NAME, "--runs", "100000", "--workers", "1", *words)
    assert done.exit_code == 130
    assert "of 100,000 runs" in done.stderr
    if words:
        assert 0 < json.loads(done.stdout)["runs"] < 100_000
    else:
        assert "initiation" in done.stdout


def test_an_event_that_is_not_listed_is_added(escalation: Escalation) -> None:
    event = "joint:defender+patron"
    ensemble = run(load(NAME), runs=60, seed=3)
    done = escalation("run", NAME, "--runs", "60", "--seed", "3", "--event", event)
    (line,) = [line for line in done.stdout.splitlines() if line.endswith(event)]
    assert str(ensemble.probability(event)) in line
    done = escalation("run", NAME, "--runs", "60", "--seed", "3", "-e", event, "--json")
    assert json.loads(done.stdout)["probabilities"][event]["value"] == ensemble.probability(event).value
    done = escalation("run", NAME, "--event", "joint:defender+patrol")
    assert done.exit_code == 2
    assert "no actor 'patrol'; did you mean 'patron'" in done.stderr


def test_estimates_are_saved_beside_the_outcomes(escalation: Escalation, tmp_path: Path) -> None:
    runs, table, paper = (tmp_path / name for name in ("runs.csv", "estimates.csv", "estimates.tex"))
    words = ["run", NAME, "-n", "400", "-e", "joint:defender+patron"]
    done = escalation(*words, "--save", str(runs), "--estimates", str(table))
    assert done.exit_code == 0, done.stderr
    ensemble = run(load(NAME), runs=400, progress=False)
    wanted = table_of_ensemble(ensemble, events=["joint:defender+patron"])
    assert table.read_text(encoding="utf-8") == wanted.csv()
    head, *rows = runs.read_text(encoding="utf-8").splitlines()
    assert head.startswith("run,peak,")
    place = head.split(",").index("joint_defender+patron_day")
    days = [float(row.split(",")[place] or "inf") for row in rows]
    assert days == ensemble.first_day("joint:defender+patron").tolist()
    assert min(days) < max(days)
    assert escalation(*words, "--save", str(paper)).exit_code == 0
    assert paper.read_text(encoding="utf-8") == wanted.latex()


@pytest.mark.parametrize("words", [["--save", "a.xlsx"], ["--estimates", "a.nc"], ["--estimates", "nowhere/a.csv"]])
def test_a_file_that_cannot_be_saved_is_refused_before_any_run(
    escalation: Escalation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("escalation.montecarlo.runner.run", lambda *_, **__: pytest.fail("it ran"))
    assert escalation("run", NAME, *words).exit_code == 2


def test_one_run_is_no_runs(escalation: Escalation) -> None:
    done = escalation("run", "two-state-deterrence", "--runs", "1", "--set", "horizon=30")
    assert done.exit_code == 0, done.stderr
    assert ": 1 run of 30 days, seed 0\n" in done.stdout


@pytest.mark.parametrize(
    ("name", "settle_days", "words"),
    [
        ("two-state-deterrence", 61, "takes 61 days (rules.settle_days), and a run has 60."),
        ("two-state-deterrence", 60, None),
        ("agadir-1911", 108, "takes 108 days (rules.settle_days), and 107 are left from the information date."),
        ("agadir-1911", 107, None),
    ],
)
def test_it_is_said_where_too_few_days_are_left_to_settle_by_being_quiet(
    escalation: Escalation, name: str, settle_days: int, words: str | None
) -> None:
    told = escalation("run", name, "-n", "300", "--set", f"rules.settle_days={settle_days}")
    if words is None:
        assert "cannot settle" not in told.stdout
    else:
        assert f"The crisis cannot settle by being quiet: that {words} It settles only if all agree." in told.stdout
    alone = escalation("run", name, "-n", "40", "--set", "rules.settle_days=300", "--set", "rules.conciliation=false")
    assert "cannot settle" in alone.stdout
    assert "all agree" not in alone.stdout
    quiet = run(load(name).replace("rules.conciliation", False).replace("rules.settle_days", settle_days), runs=300)
    assert (quiet.probability("settled").value > 0.0) == (words is None)


@pytest.mark.parametrize("rung", [None, "major-strike"])
def test_where_the_timeline_states_an_act_it_is_said_that_it_is_not_counted(
    escalation: Escalation, tmp_path: Path, rung: str | None
) -> None:
    attack = {
        "kind": "provocation",
        "date": 3,
        "victims": [{"actor": "defender", "severity": 0.8}],
        "suspects": [{"actors": ["challenger"]}],
        **({} if rung is None else {"rung": rung}),
    }
    data = load("two-state-deterrence").to_dict() | {"events": {"attack": attack}}
    path = tmp_path / "attacked.toml"
    save(Scenario.from_dict(data), path)
    told = escalation("run", str(path), "-n", "40").stdout
    assert ("What the timeline has actors do is not counted." in told) == (rung is not None)
