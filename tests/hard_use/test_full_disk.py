"""A disk that is full: it is said in words, what was there stays, and nothing half written is left.

A limit on the size of files stands for the full disk: unlike missing rights it binds root as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import escalation as esc

LIMIT = 2_000
FULL = """
import pathlib, resource, sys

def fill_the_disk(limit):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))  # Python ignores the signal that would kill it
    obstacle = pathlib.Path("obstacle")
    try:
        obstacle.write_bytes(bytes(limit + 1))
    except OSError:
        obstacle.unlink()
    else:
        sys.exit("the obstacle does not bite")
"""


def in_a_process(code: str, *words: str, folder: Path, cache: Path | None = None) -> subprocess.CompletedProcess[str]:
    here = os.pathsep.join([str(Path(esc.__file__).parents[1]), str(Path(__file__).parents[1])])
    environment = {**os.environ, "PYTHONPATH": here, "PYTHONWARNINGS": "default"}
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environment | ({} if cache is None else {"XDG_CACHE_HOME": str(cache)}),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


SAVE = (
    FULL
    + f"""
import numpy
from escalation.errors import StoreError
from hindsight import crisis, written

ensemble = written(crisis([]), [{{"ara-bor": (3, 7)}}, {{}}], repeated=1_000)
ensemble.outcomes["signature"] = numpy.arange(ensemble.runs, dtype=numpy.uint64)
fill_the_disk({LIMIT})
for name in sys.argv[1:]:
    try:
        ensemble.save(name)
    except StoreError as error:
        print(error)
"""
)


@pytest.mark.parametrize("ending", ["nc", "csv", "parquet"])
def test_outcomes_that_find_no_room_are_not_saved_by_halves(tmp_path: Path, ending: str) -> None:
    older, newer = f"older.{ending}", f"newer.{ending}"
    (tmp_path / older).write_bytes(b"what was there")
    done = in_a_process(SAVE, older, newer, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in said] == [older, newer]
    for line in said:
        assert "cannot be written" in line
        assert "File too large" in line or "perhaps the disk is full" in line
    assert (tmp_path / older).read_bytes() == b"what was there"
    assert names(tmp_path) == [older]


SAVE_A_SCENARIO = (
    FULL
    + """
import escalation as esc
fill_the_disk(200)
try:
    esc.save(esc.load("cuba-1962"), sys.argv[1])
except OSError as error:
    print(error)
"""
)


def test_a_scenario_that_finds_no_room_leaves_the_older_one(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("# what was there")
    done = in_a_process(SAVE_A_SCENARIO, "mine.toml", folder=tmp_path)
    assert done.stdout == "[Errno 27] File too large: 'mine.toml'\n", done.stderr
    assert (tmp_path / "mine.toml").read_text() == "# what was there"
    assert names(tmp_path) == ["mine.toml"]


SAVE_A_PAGE = (
    FULL
    + """
from escalation.reports.page import Page, Section
fill_the_disk(200)
try:
    Page("A crisis", [Section("First", text=("Some words.",) * 100)]).save(sys.argv[1])
except OSError as error:
    print(error)
"""
)


@pytest.mark.parametrize("name", ["mine.html", "mine.md"])
def test_a_report_that_finds_no_room_leaves_the_older_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("what was there")
    done = in_a_process(SAVE_A_PAGE, name, folder=tmp_path)
    assert done.stdout == f"[Errno 27] File too large: '{name}'\n", done.stderr
    assert (tmp_path / name).read_text() == "what was there"
    assert names(tmp_path) == [name]


RUN = """
import escalation as esc
ensemble = esc.run(esc.load("two-state-deterrence").replace("horizon", 20), runs=3, seed=1, workers=1, progress=False)
print(ensemble.outcomes["signature"].tolist())
"""
ROOM = 64 * 1024
"""Enough for the list of what is kept, and too little for machine code."""


@pytest.mark.slow
def test_machine_code_that_finds_no_room_is_made_and_not_kept(tmp_path: Path) -> None:
    scenario = esc.load("two-state-deterrence").replace("horizon", 20)
    expected = f"{esc.run(scenario, runs=3, seed=1).outcomes['signature'].tolist()}\n"
    cache = tmp_path / "cache"
    done = in_a_process(f"{FULL}\nfill_the_disk({ROOM})\n{RUN}", folder=tmp_path, cache=cache)
    assert (done.returncode, done.stdout) == (0, expected), done.stderr
    assert "cannot be kept in" in done.stderr
    assert "File too large" in done.stderr
    assert not [path for path in cache.rglob("*.code") if path.stat().st_size]
    # Once there is room again, what was left of the first try is in nobody's way.
    again = in_a_process(RUN, folder=tmp_path, cache=cache)
    assert (again.returncode, again.stdout) == (0, expected), again.stderr
    assert "cannot be kept in" not in again.stderr
    assert [path for path in cache.rglob("*.code") if path.stat().st_size > ROOM]
