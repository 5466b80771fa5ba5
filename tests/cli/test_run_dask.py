"""The how-to about clusters, done as it says, on this machine; then a worker is killed."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from escalation.files import load
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run

pytest.importorskip("distributed")

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "cluster.md"
NAME, RUNS = "haniyeh-2024", 20_000
MOST = 300.0

Process = subprocess.Popen[str]


def said(language: str) -> list[str]:
    """Blocks of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


class Cluster:
    """Scheduler and workers as the page starts them, on a free port."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        self.folder = folder
        self.scheduler, self.workers, self.command = (self._words(block) for block in said("sh"))
        (self.study,) = (block.replace("8786", self.port) for block in said("python") if ">>>" not in block)
        self.processes: list[Process] = []

    def start(self) -> None:
        for words in (*self.scheduler, *self.workers):
            self.processes.append(self.spawn(words))

    def spawn(self, words: list[str], *, heard: bool = False) -> Process:
        """Start a process in a group of its own, which is killed as a whole."""
        pipe = subprocess.PIPE if heard else subprocess.DEVNULL
        return subprocess.Popen(words, cwd=self.folder, start_new_session=True, text=True, stdout=pipe, stderr=pipe)

    def run(self, words: list[str]) -> tuple[str, str]:
        """Output and errors of a process that ends well."""
        process = self.spawn(words, heard=True)
        self.processes.append(process)
        out, err = process.communicate(timeout=MOST)
        assert process.returncode == 0, err
        return out, err

    def kill(self, process: Process) -> None:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def stop(self) -> None:
        for process in self.processes:
            self.kill(process)

    def _words(self, block: str) -> list[list[str]]:
        programs = {"dask": ["-m", "dask"], "escalation": ["-c", "from escalation.cli.main import main; main()"]}
        lines = [shlex.split(line.replace("8786", self.port).rstrip("& ")) for line in block.splitlines()]
        return [[sys.executable, *programs[line[0]], *line[1:]] for line in lines]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    made.start()
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def whole() -> Ensemble:
    return run(load(NAME), runs=RUNS, seed=1)


def wait_for_blocks(process: Process, folder: Path, *, count: int) -> None:
    begun = time.monotonic()
    while len(list(folder.glob("runs-*.npz"))) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() - begun < MOST
        time.sleep(0.005)


@pytest.mark.slow
def test_a_worker_is_killed_half_way_and_the_bits_are_the_same(cluster: Cluster, whole: Ensemble) -> None:
    (words,) = cluster.command
    assert {NAME, str(RUNS), "study"} <= set(words)
    study = cluster.spawn([*words, "--json"], heard=True)
    cluster.processes.append(study)
    wait_for_blocks(study, cluster.folder / "study", count=6)
    cluster.kill(cluster.processes[1])
    assert len(list((cluster.folder / "study").glob("runs-*.npz"))) < RUNS // 500 - 4
    out, err = study.communicate(timeout=MOST)
    assert study.returncode == 0, err
    # The other worker played its blocks.
    assert "lost a block" not in err
    assert json.loads(out) == json.loads(json.dumps(whole.summary()))
    assert Ensemble.load(cluster.folder / "study") == whole


@pytest.mark.slow
def test_a_study_on_a_cluster_that_was_killed_goes_on(cluster: Cluster, whole: Ensemble) -> None:
    (words,) = cluster.command
    study = cluster.spawn(words, heard=True)
    cluster.processes.append(study)
    wait_for_blocks(study, cluster.folder / "study", count=6)
    cluster.kill(study)
    assert len(list((cluster.folder / "study").glob("runs-*.npz"))) < RUNS // 500
    out, _ = cluster.run([*words, "--json"])
    assert json.loads(out) == json.loads(json.dumps(whole.summary()))
    assert Ensemble.load(cluster.folder / "study") == whole
    # And in Python, as the page says.
    out, err = cluster.run([sys.executable, "-c", cluster.study])
    assert out == f"{whole.probability('war')}\n", err
