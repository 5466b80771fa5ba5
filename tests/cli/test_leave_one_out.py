"""These run the compiled engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import escalation as esc
from escalation.montecarlo.progress import Progress
from escalation.world.plain_words import item_label

from .conftest import Escalation

TWO = "two-state-deterrence"
WORDS = ("leave-one-out", TWO, "--runs", "300", "--seed", "2", "--actor", "challenger", "--sample", "10")


def asked(name: str = TWO) -> esc.LeaveOneOut:
    return esc.leave_one_out(esc.load(name), actor="challenger", runs=300, seed=2, sample=10, progress=False)


def test_json_is_the_summary(escalation: Escalation) -> None:
    answer = json.loads(escalation(*WORDS, "--json").stdout)
    assert answer == json.loads(json.dumps(asked().summary()))
    assert answer["difference_is"] == "changed minus unchanged"


def test_a_table_an_item_a_row_and_sentences(escalation: Escalation) -> None:
    done = escalation(*WORDS)
    assert done.exit_code == 0
    head, columns, first, second, intervals, _, *said = done.stdout.splitlines()
    assert "changed minus unchanged, 300 runs of each world, seed 2" in head
    assert columns.split("  ")[0] == "item"
    study = asked()
    for line, row in zip((first, second), study.rows, strict=True):
        assert line.startswith(item_label(row.item.name, study.scenario))
        assert line.endswith(row.item.name)
        assert row.effect.number_text() in line
    assert intervals.startswith("Intervals of 95 %")
    assert said == study.sentences()


def test_what_is_left_out_and_changed_holds(escalation: Escalation) -> None:
    done = escalation(*WORDS, "--item", "threat", "--set", "rules.leash=0.0", "--json")
    changed = esc.load(TWO).replace("rules.leash", 0.0)
    study = esc.leave_one_out(
        changed, actor="challenger", runs=300, seed=2, sample=10, items=["threat"], progress=False
    )
    assert json.loads(done.stdout) == json.loads(json.dumps(study.summary()))


def test_a_store_a_figure_and_a_table(escalation: Escalation, tmp_path: Path) -> None:
    figure = tmp_path / "mattered.svg"
    table = tmp_path / "effects.csv"
    done = escalation(*WORDS, "--store", str(tmp_path / "kept"), "--plot", str(figure), "--save", str(table))
    assert done.exit_code == 0
    assert table.read_text(encoding="utf-8").count(",effect where it came,") == 2
    assert figure.read_bytes().startswith(b"<?xml")
    assert len(list((tmp_path / "kept").iterdir())) == 3
    assert escalation(*WORDS, "--store", str(tmp_path / "kept")).stdout == done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--item", "thread"], "did you mean 'threat'"),
        (["--event", "wra"], "no event 'wra'"),
        (["--actor", "chalenger"], "no actor 'chalenger'"),
    ],
)
def test_what_there_is_not_exits_with_2(escalation: Escalation, words: list[str], said: str) -> None:
    done = escalation("leave-one-out", TWO, *words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_ctrl_c_prints_what_was_finished(escalation: Escalation, monkeypatch: pytest.MonkeyPatch) -> None:
    finished = 0

    def interrupt(progress: Progress, runs: int) -> None:
        nonlocal finished
        finished += runs
        if finished >= 3_000:
            raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "advance", interrupt)
    done = escalation("leave-one-out", TWO, "--runs", "100000", "--json")
    assert done.exit_code == 130
    assert 0 < json.loads(done.stdout)["runs"] < 100_000
    assert "of 100,000 runs of each world" in done.stderr


def test_a_signal_that_was_asked_for_takes_its_occasion_with_it_and_that_is_said(escalation: Escalation) -> None:
    words = ("leave-one-out", "haniyeh-2024", "--runs", "20", "--sample", "0", "--item")
    said = "us-private-warning was said on the occasion us-visit: all that was said there is left out with it"
    done = escalation(*words, "us-private-warning")
    assert said in " ".join(done.stderr.split())
    assert "Of 1 item, " in done.stdout
    assert "occasion" not in escalation(*words, "us-visit").stderr


def test_ctrl_c_after_the_runs_says_that_all_were_finished(
    escalation: Escalation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("escalation.analysis.what_mattered.leave_one_out._doses", interrupt)
    done = escalation("leave-one-out", TWO, "--runs", "40")
    assert done.exit_code == 130
    assert "all 40 runs of each world were finished, but what was to follow was not" in done.stderr
