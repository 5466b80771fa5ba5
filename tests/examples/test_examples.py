"""The lessons run as they stand, and what they say is held to their numbers by the assertions at their ends."""

from __future__ import annotations

import io
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from matplotlib import pyplot

from escalation.files import load

EXAMPLES = Path(__file__).parents[2] / "examples"
LESSONS = sorted(path.name for path in EXAMPLES.glob("*.py"))
HANIYEH = "01_haniyeh_2024.py"
"""Makes no claim of its own, and takes its time: it is played with few runs, and once in full for the README."""


@pytest.fixture(autouse=True)
def _no_figures_left() -> Iterator[None]:
    yield
    pyplot.close("all")


def play(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> dict[str, object]:
    monkeypatch.setattr("sys.argv", [name, str(folder), *arguments])
    return runpy.run_path(str(EXAMPLES / name), run_name="__main__")


def lessons() -> list[Any]:
    marks = {"09_rare_catastrophe.py": pytest.mark.slow}
    return [pytest.param(name, marks=marks.get(name, ())) for name in LESSONS if name != HANIYEH]


@pytest.mark.parametrize("name", lessons())
def test_lesson_keeps_its_word_and_draws_a_figure(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "not" / "yet"
    play(name, folder, monkeypatch)
    assert capsys.readouterr().out
    (figure,) = folder.glob("*.png")
    assert figure.read_bytes().startswith(b"\x89PNG")


def test_haniyeh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    play(HANIYEH, tmp_path, monkeypatch, "--runs", "60", "--seed", "2")
    out = capsys.readouterr().out
    text = (tmp_path / "haniyeh-2024.txt").read_text(encoding="utf-8")
    assert text in out
    said = " ".join(text.split())
    assert "60 runs of each world (30 for what mattered most), seed 2" in said
    for outcome in ("Iran uses force against Israel", "A war on any front", "The crisis settles for now"):
        assert re.search(rf"{outcome}: (\d\S* of 100 runs \(.+? to .+?\)|(fewer|more) than \S+ of 100 runs)\.", said)
    # So few runs bear no claim out, and none is made.
    assert "Without the warning no difference was seen" in said
    assert said.partition("What mattered most")[2].count("Without ") == 3
    crisis = load("haniyeh-2024")
    ids = [*crisis.signals, *crisis.events, *crisis.commitments]
    assert [name for name in ids if "-" in name and name in said] == []
    assert (tmp_path / "haniyeh-2024.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_the_readme_shows_what_the_demo_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(.+?)^```$", readme, flags=re.MULTILINE | re.DOTALL)
    play(HANIYEH, tmp_path, monkeypatch)
    assert shown in capsys.readouterr().out
    assert shown == (tmp_path / "haniyeh-2024.txt").read_text(encoding="utf-8")


def test_your_own_crisis_leaves_a_scenario_file_and_says_so_where_it_cannot_keep_its_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AssertionError, match="too few runs"):
        play("02_your_own_crisis.py", tmp_path, monkeypatch, "--runs", "8")
    assert set(load(tmp_path / "strait.toml").actors) == {"north", "south", "patron"}


def test_rules_of_ones_own_change_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = play("03_your_own_decision_rule.py", tmp_path, monkeypatch, "--runs", "12", "--seed", "2")["ensembles"]
    assert isinstance(found, dict)
    assert list(found) == ["the model's own", "answers in kind", "asks an adviser"]
    assert [ensemble.decision_rules for ensemble in found.values()] == [(), ("south",), ("south",)]
    reached = {tuple(ensemble.outcomes["signature"].tolist()) for ensemble in found.values()}
    assert len(reached) == 3


def test_person_at_the_keyboard_is_asked_and_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("no idea\nwar or restraint\nWar, then.\n" + "restraint\n" * 50))
    with pytest.raises(SystemExit):
        play("15_a_person_or_a_language_model.py", tmp_path, monkeypatch, "--person")
    out = capsys.readouterr().out
    assert out.count("That was not one of them") == 3  # once in the second question, twice in the third
    assert "It went as far as: war" in out


@pytest.mark.parametrize("name", LESSONS)
def test_lesson_has_a_title_a_question_and_a_place_in_the_order(name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    _, title, line, *_ = text.splitlines()
    assert line == "=" * len(title)
    assert "?" in text.partition('"""\n\n')[0], "a lesson begins with its question"
    assert int(name[:2]) == LESSONS.index(name) + 1
    claims = len(re.findall(r"^assert ", text, flags=re.MULTILINE))
    assert ("# What we see" in text) == (claims > 0)
