from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib
import warnings
from pathlib import Path

import pytest
from typer.main import get_command

from escalation.cli.main import app, main
from escalation.errors import StoreError
from escalation.version import __version__

from .conftest import Escalation

COMMANDS = ("list", "show", "validate", "schema", "run", "compare")


def test_help_names_every_command(escalation: Escalation) -> None:
    done = escalation("--help")
    assert done.exit_code == 0
    assert all(command in done.stdout for command in COMMANDS)
    assert "130 interrupted" in " ".join(done.stdout.split())


def test_every_command_says_a_warning_without_its_place(
    escalation: Escalation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def warned() -> tuple[str, ...]:
        warnings.warn("a block is damaged", RuntimeWarning, stacklevel=1)
        return ("two-state-deterrence",)

    monkeypatch.setattr(importlib.import_module("escalation.files"), "library_names", warned)
    done = escalation("list")
    assert done.exit_code == 0
    assert done.stderr == "Warning: a block is damaged\n"


def test_commands_stand_under_the_question_that_they_answer(escalation: Escalation) -> None:
    lines = escalation("--help").stdout.splitlines()
    questions = [line.strip("╭╮─ ") for line in lines if line.startswith("╭")]
    assert questions == [
        "Options",
        "Write a crisis",
        "Play it",
        "Follow one run",
        "What mattered",
        "What if",
        "How sure, how rare",
        "Fit it to data, and score it",
        "Share it",
    ]
    named = [words[1] for line in lines if (words := line.split()) and line.startswith("│ ") and line[2] != " "]
    assert {name for name in named if not name.startswith("-")} == set(get_command(app).commands)
    assert named.index("new") < named.index("run") < named.index("compare") < named.index("off-ramps")


def test_the_version_is_printed(escalation: Escalation) -> None:
    assert escalation("--version").stdout == f"escalation {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(escalation: Escalation, command: str) -> None:
    done = escalation(command, "--help")
    assert done.exit_code == 0
    assert f"escalation {command}" in done.stdout


@pytest.mark.parametrize("command", ["show", "validate", "schema", "run", "compare"])
def test_help_shows_examples(escalation: Escalation, command: str) -> None:
    done = escalation(command, "-h")
    assert "For example:" in done.stdout


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, contextlib\n"
        "from escalation.cli.main import main\n"
        "sys.argv = ['escalation', 'run', '--help']\n"
        "with contextlib.suppress(SystemExit): main()\n"
        "print([m for m in ('matplotlib', 'mesa', 'numba', 'numpy', 'pandas', 'scipy', 'xarray') "
        "if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--runs" in done.stdout
    assert done.stderr.strip() == "[]"


def test_an_expected_error_is_a_message_and_not_a_traceback(
    escalation: Escalation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise StoreError("the file [bold] is of another scenario")

    monkeypatch.setattr("escalation.files.library_names", broken)
    done = escalation("list")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr == "Error: the file [bold] is of another scenario\n"


def test_an_unexpected_error_is_not_hidden(escalation: Escalation, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("escalation.files.library_names", broken)
    assert isinstance(escalation("list").exception, ZeroDivisionError)


def test_ctrl_c_is_exit_status_130(escalation: Escalation, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("escalation.files.library_names", interrupted)
    done = escalation("list")
    assert done.exit_code == 130
    assert done.stderr == "Interrupted.\n"


def test_ctrl_c_while_it_is_loaded_is_silent() -> None:
    code = """
import sys
import tomllib
class Interrupted:
    def find_spec(self, name, path, target=None):
        if name == "typer":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
from escalation.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_the_program_is_what_catches_it() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"] == {"escalation": "escalation.__main__:main"}


def test_unknown_commands_and_options_are_bad_input(escalation: Escalation) -> None:
    assert escalation("rnu").exit_code == 2
    assert escalation("list", "--runs", "3").exit_code == 2


def test_main_is_the_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["escalation", "list"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 0
    assert "haniyeh-2024" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_a_message(escalation: Escalation, tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    done = escalation("show", "two-state-deterrence", "--plot", str(tmp_path / "folder.png"))
    assert done.exit_code == 2
    assert done.stderr == f"Error: {tmp_path / 'folder.png'}: Is a directory\n"


def test_an_error_of_the_machine_that_names_no_file_is_not_hidden(
    escalation: Escalation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError("out of something")

    monkeypatch.setattr("escalation.files.library_names", broken)
    assert isinstance(escalation("list").exception, OSError)


@pytest.mark.parametrize("words", [("list",), ("schema",), ("--help",)], ids=" ".join)
def test_output_without_room_is_a_message(words: tuple[str, ...]) -> None:
    code = "from escalation.cli.main import main; main()"
    with pytest.raises(OSError, match="No space left"), Path("/dev/full").open("w") as full:
        full.write("it bites")
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-c", code, *words]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "Error: the output cannot be written: No space left on device\n"
