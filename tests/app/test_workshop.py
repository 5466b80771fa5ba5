"""The workshop: what it makes is what is made here, of the same scenario, and nothing is lost where it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import pytest

import escalation as esc
from escalation.app import figures, workshop
from escalation.app.plates import Drawing, plate
from escalation.app.viewing import Viewing
from escalation.app.workshop import Job, Workshop
from escalation.errors import StudyError
from escalation.world.scenario import Scenario


@pytest.fixture(scope="module")
def opened() -> Iterator[Workshop]:
    Workshop.opened = made = Workshop(1)
    try:
        Job(os.getpid, apart=True).result()
        yield made
    finally:
        made.close()
        Workshop.opened = None


def drawings(scenario: Scenario) -> list[Drawing]:
    """One of each figure of the page."""
    viewing = Viewing.of_run(scenario, seed=3, run=0)
    found = viewing.explain(viewing.decided[0])
    assert found is not None
    ensemble = esc.run(scenario, runs=20, seed=1, progress=False)
    study = esc.leave_one_out(scenario, runs=20, seed=1, sample=0, progress=False)
    pair = esc.compare(scenario, scenario.replace("horizon", 20), runs=20, seed=1, progress=False)
    return [
        figures.network(scenario), figures.board(scenario), figures.timeline(viewing.trajectory),
        figures.beliefs(viewing.traces("ara-bor"), horizon=30.0), figures.explanation(found), figures.fan(ensemble),
        figures.peaks(ensemble), figures.comparison(pair), figures.leave_one_out(study),
    ]  # fmt: skip


def test_every_figure_is_drawn_there_as_here(opened: Workshop, busy: Scenario) -> None:
    assert opened.workers == 1
    for drawing in drawings(busy):
        there, here = Job(partial(plate, drawing), apart=True).result(), plate(drawing)
        assert (there.left, there.right, there.top, there.first, there.last) == (
            here.left, here.right, here.top, here.first, here.last,
        )  # fmt: skip
        assert there.svg.count("<path") == here.svg.count("<path")
        assert there.svg.count("<use") == here.svg.count("<use")


def test_a_run_is_played_there_and_is_of_the_same_scenario(opened: Workshop, busy: Scenario) -> None:
    assert Job(os.getpid, apart=True).result() != Job(os.getpid, apart=False).result() == os.getpid()
    there = Job(partial(Viewing.of_run, busy, seed=3, run=2), apart=True).result()
    here = Viewing.of_run(busy, seed=3, run=2)
    assert there.scenario is busy
    assert there.happenings == here.happenings
    assert there.decided == here.decided
    choice = here.decided[-1]
    assert Job(partial(there.explain, choice), apart=True).result() == here.explain(choice)
    assert Job(partial(there.traces, "ara-bor"), apart=True).result().front == "ara-bor"


def wrong(kind: type[Exception]) -> None:
    raise kind("what is wrong, and where")


@pytest.mark.parametrize("kind", [StudyError, ValueError])
def test_what_is_wrong_is_said_as_here(opened: Workshop, kind: type[Exception]) -> None:
    for apart in (True, False):
        with pytest.raises(kind, match="what is wrong, and where"):
            Job(partial(wrong, kind), apart=apart).result()


def test_what_nobody_waits_for_is_not_made(opened: Workshop, tmp_path: Path) -> None:
    slow = opened.submit(*sent(partial(time.sleep, 1.0)))
    begun = [opened.submit(*sent(partial(time.sleep, 0.01 * k))) for k in range(3)]  # these lie ready in its pipe
    dropped = Job(partial(Path.touch, tmp_path / "made"), apart=True)
    dropped.drop()
    with pytest.raises(CancelledError):
        dropped.result()
    for each in (slow, *begun):
        each.result()
    Job(os.getpid, apart=True).result()
    assert not (tmp_path / "made").exists()


def sent(make: partial[object]) -> tuple[bytes, tuple[bytes, ...]]:
    return workshop._packed(make, [], more=True), ()


def test_a_job_is_done_here_where_its_process_is_killed_and_the_next_by_another(opened: Workshop) -> None:
    first = Job(partial(_slow_pid, 0.0), apart=True).result()
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(Job(partial(_slow_pid, 1.0), apart=True).result)
        time.sleep(0.3)
        os.kill(first, signal.SIGKILL)
        assert waiting.result(60.0) == os.getpid()
    assert Job(partial(_slow_pid, 0.01), apart=True).result() not in (first, os.getpid())


def test_who_hears_late_that_a_process_was_killed_ends_nothing_of_others(
    opened: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: Future[bytes] = Future()
    late.set_exception(BrokenProcessPool())
    others = [opened.submit(*sent(partial(_slow_pid, 0.1 + 0.001 * k))) for k in range(6)]
    monkeypatch.setattr(opened, "submit", lambda *_: late)
    assert Job(partial(_slow_pid, 0.0), apart=True).result() == os.getpid()
    for each in others:
        assert each.result(60.0)


def test_what_is_not_begun_is_dropped_at_the_end() -> None:
    made = Workshop(1)
    jobs = [made.submit(*sent(partial(_slow_pid, 0.2 + 0.001 * k))) for k in range(8)]
    jobs[0].result(60.0)
    made.close()
    assert all(each.done() for each in jobs)
    assert jobs[-1].cancelled()


def test_what_ends_again_and_again_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "_MOST_POOLS", 0)
    monkeypatch.setattr(Workshop, "opened", Workshop(1))
    assert Job(partial(_slow_pid, 0.0), apart=True).result() == os.getpid()


def _slow_pid(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def test_a_large_job_is_done_here(opened: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "MOST_BYTES", 10)
    assert Job(partial(_slow_pid, 0.02), apart=True).result() == os.getpid()


SERVER = """
import os, time
from escalation.app.workshop import Job, Workshop

if __name__ == "__main__":
    Workshop.opened = Workshop(1)
    print(Job(os.getpid, apart=True).result(), flush=True)
    time.sleep(600.0)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the process in /proc")
def test_the_processes_end_where_the_server_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(SERVER)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        pid = int(server.stdout.readline())
        server.kill()
    ends = time.monotonic() + 20.0
    while running(pid) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not running(pid)


def running(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked after does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
