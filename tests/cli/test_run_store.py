"""Studies on disk through real processes, killed, hindered and side by side."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from escalation.files import load
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run

from .conftest import Escalation

NAME, RUNS, SEED = "haniyeh-2024", 6_300, 1
MOST = 300.0
"""Seconds for a process, which may have to compile first."""


@pytest.fixture(scope="module")
def whole() -> Ensemble:
    """The unbroken study."""
    return run(load(NAME), runs=RUNS, seed=SEED)


def command(folder: Path, *, runs: int = RUNS, before: str = "") -> list[str]:
    code = f"{before}\nfrom escalation.cli.main import main\nmain()"
    words = ["run", NAME, "--runs", str(runs), "--seed", str(SEED), "--store", str(folder), "--json"]
    return [sys.executable, "-c", code, *words]


def start(folder: Path, *, runs: int = RUNS, before: str = "") -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command(folder, runs=runs, before=before), stdout=pipe, stderr=pipe, text=True)


def blocks(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("runs-*.npz")}


def wait_for_blocks(process: subprocess.Popen[str], folder: Path, *, count: int) -> None:
    begun = time.monotonic()
    while len(blocks(folder)) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() - begun < MOST
        time.sleep(0.002)


@pytest.fixture
def broken(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A store whose study was ended by a signal when a few of its blocks were there."""
    process = start(tmp_path / "study")
    try:
        wait_for_blocks(process, tmp_path / "study", count=3)
        process.send_signal(request.param)
        out, err = process.communicate(timeout=MOST)
    finally:
        process.kill()
    if request.param == signal.SIGKILL:
        assert (process.returncode, out) == (-signal.SIGKILL, "")
    else:
        assert process.returncode == 130, err
        assert f"of {RUNS:,} runs. They are kept in" in err
        assert 0 < json.loads(out)["runs"] < RUNS
    assert 3 <= len(blocks(tmp_path / "study")) < 13
    return tmp_path / "study"


@pytest.mark.parametrize("broken", [signal.SIGKILL, signal.SIGINT], indirect=True, ids=["kill -9", "Ctrl-C"])
def test_a_study_that_was_ended_and_started_again_equals_an_unbroken_one(
    broken: Path, whole: Ensemble, escalation: Escalation
) -> None:
    kept = {name: (broken / name).stat().st_mtime_ns for name in blocks(broken)}
    done = subprocess.run(command(broken), capture_output=True, text=True, check=True, timeout=MOST)
    assert json.loads(done.stdout) == json.loads(json.dumps(whole.summary()))
    assert done.stderr == ""
    assert Ensemble.load(broken) == whole
    # What was there was not written again, let alone played.
    assert {name: (broken / name).stat().st_mtime_ns for name in kept} == kept
    assert len(blocks(broken)) == 13


def test_two_processes_at_once(tmp_path: Path, whole: Ensemble) -> None:
    both = {runs: start(tmp_path / "study", runs=runs) for runs in (RUNS, RUNS - 1_000)}
    for runs, process in both.items():
        out, err = process.communicate(timeout=MOST)
        assert (process.returncode, err) == (0, "")
        assert json.loads(out) == json.loads(json.dumps(run(load(NAME), runs=runs, seed=SEED).summary()))
    assert Ensemble.load(tmp_path / "study") == whole


LIMIT = 2_000
HINDERED = f"""
import pathlib, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT}, {LIMIT}))
obstacle = pathlib.Path(sys.argv[-2], "obstacle")
try:
    obstacle.write_bytes(bytes({LIMIT} + 1))
except OSError:
    obstacle.unlink()
else:
    sys.exit("the obstacle does not bite")
"""


def test_a_disk_that_is_full_costs_the_store_not_the_study(tmp_path: Path, whole: Ensemble) -> None:
    folder = tmp_path / "study"
    run(load(NAME), runs=500, seed=SEED, store=folder)
    assert all(path.stat().st_size > LIMIT for path in folder.glob("runs-*"))
    process = start(folder, before=HINDERED)
    out, err = process.communicate(timeout=MOST)
    assert process.returncode == 0, err
    assert json.loads(out) == json.loads(json.dumps(whole.summary()))
    assert err.count("cannot be written (File too large)") == 1
    assert len(blocks(folder)) == 1
    assert not list(folder.glob(".*"))
    done = subprocess.run(command(folder), capture_output=True, text=True, check=True, timeout=MOST)
    assert done.stdout == out
    assert Ensemble.load(folder) == whole
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != LIMIT


def test_a_store_that_cannot_be_begun_is_refused(escalation: Escalation, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = escalation("run", NAME, "--store", str(tmp_path / "file" / "study"))
    assert done.exit_code == 2
    assert "a store cannot be begun there (Not a directory)" in done.stderr


def test_another_scenarios_store_is_refused(escalation: Escalation, tmp_path: Path) -> None:
    words = ["--runs", "20", "--store", str(tmp_path / "study"), "--json"]
    assert escalation("run", "two-state-deterrence", *words).exit_code == 0
    done = escalation("run", NAME, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "holds runs of another study, which differs in scenario ('two-state-deterrence', hash" in done.stderr


def test_a_store_that_lacks_runs_is_said_where_it_is_drawn_and_filled_by_a_report(
    escalation: Escalation, tmp_path: Path
) -> None:
    words = ["two-state-deterrence", "--runs", "1300", "--seed", "1", "--store", str(tmp_path / "study"), "--json"]
    whole = escalation("report", *words, "--draws", "0").stdout
    (tmp_path / "study" / "runs-0000000000500-0000000001000.npz").unlink()
    draw = ["plot", "peaks", "two-state-deterrence", "--outcomes", str(tmp_path / "study"), "--save"]
    drawn = escalation(*draw, str(tmp_path / "a.svg"))
    assert drawn.exit_code == 0
    said = " ".join(drawn.stderr.split())
    assert "Warning: " in said
    assert "runs 500 to 999 are missing, of 1,300; these are the first 500 runs" in said
    assert escalation("report", *words, "--draws", "0").stdout == whole
    assert len(blocks(tmp_path / "study")) == 3
    assert "missing" not in escalation(*draw, str(tmp_path / "a.svg")).stderr


@pytest.mark.parametrize("name", ["outcomes.nc", "runs.csv", "runs.parquet"])
def test_outcomes_on_a_full_device(escalation: Escalation, tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match="No space left"), Path("/dev/full").open("w") as full:
        full.write("it bites")
    (tmp_path / name).symlink_to("/dev/full")
    done = escalation("run", "two-state-deterrence", "--runs", "20", "--json", "--save", str(tmp_path / name))
    assert done.exit_code == 2
    assert f"{name}: cannot be written" in done.stderr
    assert json.loads(done.stdout)["runs"] == 20


def test_tables_are_what_the_field_opens(escalation: Escalation, tmp_path: Path) -> None:
    import pandas as pd

    for name, read in (("runs.csv", pd.read_csv), ("runs.parquet", pd.read_parquet)):
        assert escalation("run", NAME, "--runs", "40", "--save", str(tmp_path / name)).exit_code == 0
        frame: Any = read(tmp_path / name)
        assert frame["war"].sum() == run(load(NAME), runs=40).occurs("war").sum()


def test_until_stops_the_run(escalation: Escalation) -> None:
    words = ["run", "two-state-deterrence", "--seed", "1", "--until", "war:0.1"]
    answer = json.loads(escalation(*words, "--json").stdout)
    assert answer["until"]["reached"]
    war = answer["probabilities"]["war"]
    assert war["high"] - war["low"] <= 0.1
    assert war == answer["until"]["estimate"]
    assert answer["runs"] % 500 == 0
    assert "as narrow as asked" in escalation(*words).stdout
    short = escalation(*words[:-1], "war:1%", "--runs", "500")
    assert short.exit_code == 0
    assert "not as narrow as asked" in short.stdout
    refused = escalation(*words[:-1], "war")
    assert refused.exit_code == 2
    assert "must be EVENT:LENGTH" in refused.stderr
