"""These run the compiled engine."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from escalation.files import load
from escalation.montecarlo.progress import Progress
from escalation.montecarlo.runner import run

from .conftest import Escalation

TWO = "two-state-deterrence"
QUICK = ["report", TWO, "--runs", "60", "--seed", "3", "--draws", "4", "--draw-runs", "10"]
HEADINGS = [
    "Question",
    "Scenario",
    "Probabilities",
    "Pictures",
    "Uncertainty",
    "Limits",
    "Provenance",
    "Numbers assumed",
    "References",
]


def test_markdown_is_printed_where_no_file_is_named(escalation: Escalation) -> None:
    done = escalation(*QUICK, "--question", "Will it *hold*?")
    headings = [line.removeprefix("## ") for line in done.stdout.splitlines() if line.startswith("## ")]
    assert headings == [heading for heading in HEADINGS if heading != "Pictures"]
    assert "Will it \\*hold\\*?" in done.stdout
    assert run(load(TWO), runs=60, seed=3).probability("war").number_text().split(" ")[0] in done.stdout
    assert load(TWO).hash in done.stdout


def test_one_html_file_holds_everything(
    escalation: Escalation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "it.html"
    monkeypatch.setattr(sys, "argv", ["escalation", *QUICK, "--question", "a b"])
    done = escalation(*QUICK, "--save", str(path))
    assert (done.exit_code, done.stdout) == (0, "")
    page = path.read_text(encoding="utf-8")
    assert [heading for heading in HEADINGS if f"<h2>{heading}</h2>" in page] == HEADINGS
    assert page.count('src="data:image/png;base64,') == page.count("<img") == 5
    assert "http" not in page.replace("http://www.w3.org", "")
    assert "<script" not in page
    assert "--question &#x27;a b&#x27;" in page


def test_markdown_has_its_pictures_in_a_folder(escalation: Escalation, tmp_path: Path) -> None:
    done = escalation(*QUICK, "--save", str(tmp_path / "it.md"), "--json")
    answer = json.loads(done.stdout)
    pictures = sorted((tmp_path / "it-pictures").iterdir())
    assert [path.stem for path in pictures] == ["fan", "network", "peaks", "tree", "uncertainty"]
    assert sorted(answer["files"]) == sorted([str(tmp_path / "it.md"), *map(str, pictures)])
    text = (tmp_path / "it.md").read_text(encoding="utf-8")
    assert all(f"(it-pictures/{path.name})" in text for path in pictures)
    assert answer["asked"] == {"event": "war", "actor": None, "target": None}
    assert answer["uncertainty"]["draws"] == 4


def test_without_the_uncertainty(escalation: Escalation) -> None:
    answer = json.loads(escalation(*QUICK, "--draws", "0", "--json").stdout)
    assert answer["uncertainty"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--save", "it.docx"], ".html, .md, .pdf"),
        (["--event", "wra"], "no event 'wra'"),
        (["--save", "no/it.md"], "no folder"),
    ],
)
def test_what_cannot_be_written(escalation: Escalation, words: list[str], said: str) -> None:
    done = escalation(*QUICK, *words)
    assert done.exit_code == 2
    assert said in done.stderr


def test_ctrl_c_reports_on_what_was_finished(escalation: Escalation, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(progress: Progress, runs: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "advance", interrupt)
    done = escalation("report", TWO, "--runs", "100000", "--workers", "1")
    assert done.exit_code == 130
    assert "The study was interrupted" in done.stdout
    assert "of 100,000 runs" in done.stderr
