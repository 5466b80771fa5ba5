"""A fit in a real process, ended by a signal and started again."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

MOST = 300.0
"""Seconds for a process, which may have to compile first."""


def command(store: Path) -> list[str]:
    words = "fit two-state-deterrence --observed initiation=60/200 -p actors.challenger.belligerence_cost=0.1:2"
    options = "--method abc-smc --runs 200 --population 16 --populations 5 --seed 2 --json --store"
    code = "from escalation.cli.main import main\nmain()"
    return [sys.executable, "-c", code, *words.split(), *options.split(), str(store)]


def populations(store: Path) -> int:
    if not store.exists():
        return 0
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as base:
        return int(base.execute("SELECT count(*) FROM populations WHERE t >= 0").fetchone()[0])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the unbroken fit prints."""
    store = tmp_path_factory.mktemp("whole") / "fit.db"
    return subprocess.run(command(store), capture_output=True, text=True, check=True, timeout=MOST).stdout


@pytest.mark.slow
@pytest.mark.parametrize("ended", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
def test_a_fit_that_was_ended_and_started_again_equals_an_unbroken_one(
    tmp_path: Path, whole: str, ended: signal.Signals
) -> None:
    pytest.importorskip("pyabc")
    store = tmp_path / "fit.db"
    process = subprocess.Popen(command(store), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        begun = time.monotonic()
        while populations(store) < 2:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() - begun < MOST
            time.sleep(0.01)
        process.send_signal(ended)
        out, err = process.communicate(timeout=MOST)
    finally:
        process.kill()
    assert out == ""
    if ended == signal.SIGINT:
        assert process.returncode == 130, err
        assert f"kept in {store}; the same command goes on from there" in " ".join(err.split())
        assert "Traceback" not in err
    else:
        assert process.returncode == -signal.SIGKILL
    assert 2 <= populations(store) < 5
    again = subprocess.run(command(store), capture_output=True, text=True, check=True, timeout=MOST)
    assert (again.stdout, again.stderr) == (whole, "")
    assert populations(store) == 5
