"""README, followed line by line in a shell, in a fresh clone."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from typer.testing import CliRunner

import escalation as esc
from escalation.cli.main import app

ROOT = Path(__file__).parents[2]

_BLOCK = re.compile(r"^```(sh|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def lines(text: str) -> list[str]:
    """Lines that a reader types: all of a block for a shell, and those with a prompt where results stand below."""
    found = [(kind, line) for kind, body in _BLOCK.findall(text) for line in body.splitlines()]
    typed = [
        line if kind == "sh" else line.removeprefix("$ ") for kind, line in found if kind == "sh" or line[:2] == "$ "
    ]
    return [line for line in typed if line]


def index_is_there(folder: Path) -> bool:
    asked = [
        "download",
        "--quiet",
        "--no-deps",
        "--retries",
        "0",
        "--timeout",
        "15",
        "--dest",
        str(folder),
        "hatchling",
    ]
    return subprocess.run([sys.executable, "-m", "pip", *asked], capture_output=True, check=False).returncode == 0


def use_what_is_at_hand(clone: Path) -> None:
    """Make the clone's environment of what this one has, as if it had been installed."""
    venv = clone / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    (packages,) = venv.glob("lib/python*/site-packages")
    (packages / "at_hand.pth").write_text(f"{clone}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    command = venv / "bin" / "escalation"
    command.write_text(f"#!{venv}/bin/python\nfrom escalation.cli.main import main\n\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    (venv / "installed").touch()


def follow(clone: Path, typed: list[str]) -> subprocess.CompletedProcess[str]:
    """Type lines one after the other into one shell, which stops at the first that fails and has said which it is."""
    script = "".join(f"echo {shlex.quote(f'README: {line}')}\n{line}\n" for line in typed)
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS"}}
    shell = ["bash", "-e", "-o", "pipefail", "-c", script]
    return subprocess.run(
        shell, cwd=clone, env=kept | {"PYTHON": sys.executable}, capture_output=True, text=True, check=False
    )


def test_lines_that_are_typed_are_found() -> None:
    assert lines("```sh\nmake\n\n. a/b\n```\n```text\nno\n```\n```console\n$ one two\nno\n$ three\n```\n") == [
        "make",
        ". a/b",
        "one two",
        "three",
    ]


def test_a_line_that_fails_is_named(tmp_path: Path) -> None:
    done = follow(tmp_path, ["true", "test 1 = 2", "true"])
    assert done.returncode != 0
    assert done.stdout.splitlines() == ["README: true", "README: test 1 = 2"]


def test_in_as_many_runs_as_it_says_force_comes_after_the_crisis_has_settled(tmp_path: Path) -> None:
    """And the quiet that it takes has the length that it says."""
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    ((days, share),) = re.findall(
        r"quiet once, for (\d+) days, .+?: in (\d+) of 100 runs the first force came after", text
    )
    file = tmp_path / "mine.toml"
    assert CliRunner().invoke(app, ["new", str(file)]).exit_code == 0
    ensemble = esc.run(esc.load(file), runs=4_000, seed=1, progress=False)
    both = ensemble.occurs("settled") & ensemble.occurs("initiation")
    after = both & (ensemble.first_day("initiation") > ensemble.first_day("settled"))
    assert round(100 * after.mean()) == int(share)
    assert ensemble.scenario.rules.settle_days == float(days)


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no clone, but an archive")
@pytest.mark.skipif(any(shutil.which(name) is None for name in ("git", "make", "bash")), reason="needs git, make, bash")
def test_the_readme_can_be_followed_line_by_line_in_a_fresh_clone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    text = (clone / "README.md").read_text(encoding="utf-8")
    typed = lines(text)
    assert any(line.startswith("escalation new") for line in typed)
    if not index_is_there(tmp_path):
        use_what_is_at_hand(clone)
        typed = [line for line in typed if not line.startswith("pip ")]
        with capsys.disabled():
            sys.stdout.write(
                "\nREADME: no package index can be reached; nothing was installed, and what is at hand was used\n"
            )
    done = follow(clone, typed)
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    (shown,) = re.findall(r"^```text\n(.+?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    assert shown in done.stdout, "the demo prints something else than README shows"
