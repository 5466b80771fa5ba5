"""These run the compiled engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import escalation as esc
from escalation.montecarlo.progress import Progress

from .conftest import Escalation

TWO = "two-state-deterrence"
PLACE = "fronts.challenger-defender.revisionism"
WORDS = ("conditional-effect", TWO, "--without", "threat", "--at", f"{PLACE}=0.2, 0.8", "--runs", "200", "--seed", "2")


def asked(scenario: esc.Scenario) -> esc.ConditionalEffect:
    return esc.conditional_effect(scenario, PLACE, [0.2, 0.8], without="threat", runs=200, seed=2, progress=False)


def test_json_is_the_summary(escalation: Escalation) -> None:
    assert json.loads(escalation(*WORDS, "--json").stdout) == json.loads(json.dumps(asked(esc.load(TWO)).summary()))
    changed = esc.load(TWO).replace("rules.leash", 0.0)
    done = escalation(*WORDS, "--set", "rules.leash=0.0", "--json")
    assert json.loads(done.stdout) == json.loads(json.dumps(asked(changed).summary()))


def test_a_table_a_value_a_row_and_sentences(escalation: Escalation) -> None:
    head, place, out, columns, *lines = escalation(*WORDS).stdout.splitlines()
    study = asked(esc.load(TWO))
    assert "changed minus unchanged, 200 runs of each world, seed 2" in head
    assert place == f"Value of this: {study.quantity} ({PLACE})"
    assert out == "Left out: defender's threat against challenger on day 2 (threat)"
    assert columns.split("  ")[0] == "value"
    for line, point in zip(lines, study.points, strict=False):
        assert line.startswith(str(point.value))
        assert point.effect.number_text() in line
    assert lines[-len(study.sentences()) :] == study.sentences()


def test_a_store_and_a_figure(escalation: Escalation, tmp_path: Path) -> None:
    done = escalation(*WORDS, "--store", str(tmp_path / "kept"), "--plot", str(tmp_path / "curve.svg"))
    assert done.exit_code == 0
    assert (tmp_path / "curve.svg").read_bytes().startswith(b"<?xml")
    assert len(list((tmp_path / "kept").iterdir())) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--without", "thread", "--at", f"{PLACE}=0.2"], "did you mean 'threat'"),
        (["--without", "threat", "--at", PLACE], "must be PATH=VALUE,VALUE"),
        (["--without", "threat", "--at", "rules.lash=0.2"], "no 'rules.lash' to replace"),
        (["--without", "threat", "--at", f"{PLACE}=7"], PLACE),
    ],
)
def test_what_there_is_not_exits_with_2(escalation: Escalation, words: list[str], said: str) -> None:
    done = escalation("conditional-effect", TWO, *words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_ctrl_c_prints_what_was_finished(escalation: Escalation, monkeypatch: pytest.MonkeyPatch) -> None:
    finished = 0

    def interrupt(progress: Progress, runs: int) -> None:
        nonlocal finished
        finished += runs
        if finished >= 4_000:
            raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "advance", interrupt)
    done = escalation(*WORDS[:-4], "--runs", "100000", "--json")
    assert done.exit_code == 130
    assert 0 < json.loads(done.stdout)["runs"] < 100_000
    assert "of 100,000 runs of each world" in done.stderr


@pytest.mark.parametrize(("values", "said"), [("0.2", "two values or more"), ("true,false", "is no number")])
def test_what_has_no_curve_is_refused_before_any_run_is_played(
    escalation: Escalation, tmp_path: Path, values: str, said: str
) -> None:
    words = ["--without", "threat", "--at", f"rules.conciliation={values}", "--plot", str(tmp_path / "a.png")]
    done = escalation("conditional-effect", TWO, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
