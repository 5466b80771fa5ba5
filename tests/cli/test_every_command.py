"""What holds for every command, one that is added tomorrow too."""

from __future__ import annotations

import csv
import inspect
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer
from crisis_rows import columns, write

from escalation.cli.main import app
from escalation.files import load, save

from .conftest import Escalation

TWO, MAIN = "two-state-deterrence", "haniyeh-2024"
RISE = "fronts.challenger-defender.revisionism"
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
WITHOUT_JSON = {"app": "it serves a page until it is stopped, and prints nothing"}


def crises(folder: Path) -> str:
    return str(write(folder / "rows.csv", columns(80)))


def disputes(folder: Path) -> str:
    """A table of who attacked and who resisted, drawn by tossing coins that lean with a column."""
    draw = np.random.default_rng(1)
    path = folder / "disputes.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("attacked", "resisted", "balance"))
        for balance in draw.uniform(size=150):
            attacked = draw.random() < 0.3 + 0.4 * balance
            rows.writerow((int(attacked), int(attacked and draw.random() < 0.7 - 0.4 * balance), f"{balance:.3f}"))
    return str(path)


def scenario_file(folder: Path) -> str:
    path = folder / "mine.toml"
    save(load(TWO), path)
    return str(path)


# What each command needs, kept as small as it gets.
LEAST: dict[str, Callable[[Path], list[str]]] = {
    "list": lambda _: [],
    "show": lambda _: [MAIN],
    "new": lambda folder: [str(folder / "fresh.toml")],
    "validate": lambda folder: [scenario_file(folder)],
    "schema": lambda _: [],
    "run": lambda _: [TWO, "--runs", "50"],
    "compare": lambda _: [TWO, "--without", "threat", "--runs", "50"],
    "ladders": lambda _: [TWO, "--without", "threat", "--runs", "50", "--ladder", "default", "--ladder", "ten-rung"],
    "leave-one-out": lambda _: [TWO, "--runs", "50", "--sample", "5"],
    "conditional-effect": lambda _: [TWO, "--without", "threat", "--at", f"{RISE}=0.2,0.8", "--runs", "50"],
    "ablate": lambda _: [TWO, "--runs", "50", "-m", "threat"],
    "uncertainty": lambda _: [TWO, "--draws", "8", "--runs", "10"],
    "sensitivity": lambda _: [TWO, "--method", "morris", "--samples", "4", "--runs", "40", "-e", "initiation",
                              "-p", f"{RISE}=0:1"],
    "policy-grid": lambda _: [TWO, "--first", f"{RISE}=0.2,0.8", "--second", "rules.face=0,1", "--runs", "20"],
    "off-ramps": lambda _: [TWO, "--sender", "patron", "--kind", "warning", "--no-commitments", "--max-size", "1",
                            "--runs", "200"],
    "rare": lambda _: [TWO, "--event", "initiation", "--particles", "40", "--repetitions", "2", "--set", "horizon=5"],
    "branch": lambda _: [TWO, "--day", "5", "--runs", "50"],
    "fit": lambda _: [TWO, "--observed", "initiation=12/40", "--runs", "50", "-p", f"{RISE}=0.2:1"],
    "calibrate": lambda folder: ["icb", crises(folder), "-n", "1"],
    "forecast": lambda folder: ["icb", crises(folder), "--folds", "0", "--learn-until", "1970", "-c", "climatology"],
    "estimate": lambda folder: [disputes(folder), "--outcome", "attacked,resisted", "--u1-war", "1",
                                "--u2-war", "balance"],
    "hindcast": lambda _: ["cuba-1962", "--runs", "50"],
    "explain": lambda _: [TWO, "--run", "3"],
    "events": lambda _: [TWO, "--run", "3", "--scheduled"],
    "words": lambda _: [TWO, "--runs", "50"],
    "plot": lambda folder: ["peaks", TWO, "--runs", "50", "--save", str(folder / "peaks.png")],
    "report": lambda _: [TWO, "--runs", "50", "--draws", "4", "--draw-runs", "10"],
    "odd": lambda _: [TWO],
    "cite": lambda _: [TWO],
}  # fmt: skip
SLOW = ("calibrate",)
TABLES = ("list", "show", "validate", "run", "compare", "branch", "explain", "events", "odd")
"""Commands whose tables are looked at as a pipe gets them; the others print theirs by the same function."""


def examples(name: str) -> Iterator[list[str]]:
    """The words of each example in a command's help, without what a shell does with its output."""
    help_text = inspect.cleandoc(COMMANDS[name].callback.__doc__ or "")  # indented up to Python 3.12 only
    for line in re.findall(r"^`(escalation [^`]*)`$", help_text, flags=re.MULTILINE):
        words = shlex.split(line)
        ends = [k for k, word in enumerate(words) if word in ("|", ">")]
        yield words[1 : ends[0] if ends else None]


def test_every_command_is_tried_here() -> None:
    assert set(COMMANDS) == LEAST.keys() | WITHOUT_JSON.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_it_does_and_shows_examples_that_can_be_typed(escalation: Escalation, name: str) -> None:
    done = escalation(name, "--help")
    assert done.exit_code == 0
    assert "For example:" in done.stdout
    assert inspect.cleandoc(COMMANDS[name].callback.__doc__).split("\n")[0][:30] in done.stdout
    shown = list(examples(name))
    assert shown
    for words in shown:
        assert words[0] == name
        # A command's own parser takes the line; it is not run.
        COMMANDS[name].make_context(name, list(words[1:])).close()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    assert [option.name for option in COMMANDS[name].params if not getattr(option, "help", None)] == []


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.slow if name in SLOW else ()) for name in LEAST])
def test_with_json_it_prints_one_object_and_nothing_else(escalation: Escalation, name: str, tmp_path: Path) -> None:
    done = escalation(name, *LEAST[name](tmp_path), "--json")
    assert done.exit_code == 0, done.output
    found, end = json.JSONDecoder().raw_decode(done.stdout)
    assert isinstance(found, dict)
    assert found
    assert done.stdout[end:] == "\n"


@pytest.mark.parametrize("name", TABLES)
def test_piped_it_prints_plain_lines(escalation: Escalation, name: str, tmp_path: Path) -> None:
    done = escalation(name, *LEAST[name](tmp_path))
    assert done.exit_code == 0, done.output
    assert "\x1b" not in done.stdout
    assert not re.search("[│┃━─]", done.stdout)
    assert done.stdout.strip()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_misspelt_option_is_exit_status_2_with_the_one_that_was_meant(escalation: Escalation, name: str) -> None:
    option = "--jsno" if name not in WITHOUT_JSON else "--prot"
    done = escalation(name, option)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert ("--json" if name not in WITHOUT_JSON else "--port") in done.stderr


def of_a_scenario() -> list[str]:
    """Commands that take the scenario by its name; some write what else they need to ask them."""
    with tempfile.TemporaryDirectory() as folder:
        return [name for name in LEAST if TWO in LEAST[name](Path(folder))]


@pytest.mark.parametrize("name", of_a_scenario())
def test_a_misspelt_scenario_is_a_message_and_not_a_traceback(
    escalation: Escalation, name: str, tmp_path: Path
) -> None:
    words = ["two-state-deterence" if word == TWO else word for word in LEAST[name](tmp_path)]
    done = escalation(name, *words, "--json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"did you mean '{TWO}'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misspelt_command_is_answered_with_the_one_that_was_meant(escalation: Escalation) -> None:
    done = escalation("reprot")
    assert done.exit_code == 2
    assert "Did you mean 'report'" in done.stderr


def test_progress_is_shown_on_standard_error_alone() -> None:
    """On a terminal for standard error and a pipe for standard output."""
    code = (
        "import sys, escalation.montecarlo.progress as progress\n"
        "progress.DELAY = 0.0\n"
        "from escalation.cli.main import main\n"
        f"sys.argv = ['escalation', 'run', '{TWO}', '--runs', '4000', '--workers', '1', '--json']\n"
        "main()"
    )
    ours, theirs = os.openpty()
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode(errors="replace")
    os.close(ours)
    assert json.loads(done.stdout)["runs"] == 4000
    assert "4000/4000" in shown
