from __future__ import annotations

import signal
import threading
import time

import pytest

from escalation.errors import StudyError
from escalation.montecarlo import pool
from escalation.montecarlo.pool import Crew, EndedError


def test_results_come_in_the_order_of_the_pieces() -> None:
    with Crew(10, workers=3, progress=False) as crew:
        assert crew.play(lambda n: n * n, list(range(10)), runs=lambda n: n) == [n * n for n in range(10)]
        assert crew.runs == 45


def test_pieces_that_are_alike_or_none_are_played_all_the_same() -> None:
    with Crew(10, workers=2, progress=False) as crew:
        assert crew.play(lambda piece: [piece], [None, None, [1]], runs=lambda _: 1) == [[None], [None], [[1]]]
        assert crew.play(lambda piece: piece, [], runs=lambda _: 1) == []
        assert crew.runs == 3


def test_a_fault_ends_the_study() -> None:
    def fail(piece: int) -> None:
        raise StudyError(f"piece {piece}")

    with pytest.raises(StudyError, match="piece 7"), Crew(1, progress=False) as crew:
        crew.play(fail, [7], runs=lambda _: 1)


def test_after_ctrl_c_nothing_more_is_begun() -> None:
    begun = []

    def work(piece: int) -> None:
        begun.append(piece)
        time.sleep(0.01)
        if piece == 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Crew(1000, workers=1, progress=False) as crew:
        crew.play(work, range(1000), runs=lambda _: 1)
    assert len(begun) < 1000


def test_ctrl_c_ends_a_study_though_a_piece_is_still_being_played() -> None:
    release, begun = threading.Event(), []

    def work(piece: int) -> None:
        begun.append(piece)
        if piece == 3:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            release.wait(10.0)

    since = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt), Crew(1000, workers=1, progress=False) as crew:
            crew.play(work, range(1000), runs=lambda _: 1)
        assert time.monotonic() - since < 5.0
        with pytest.raises(EndedError):
            crew.go_on()
    finally:
        release.set()
    assert begun == [0, 1, 2, 3]


def test_work_tells_on_its_own_thread_what_it_has_finished() -> None:
    told: list[tuple[int, int]] = []

    def work(piece: int) -> None:
        for _ in range(100):
            crew.advance(1)

    with Crew(800, workers=4, progress=lambda done, total: told.append((done, total))) as crew:
        crew.play(work, range(8), runs=lambda _: 0)
    assert told == [(done, 800) for done in range(1, 801)]


def test_a_study_has_a_thread_for_each_core_that_the_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {5}, raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    seen = set()

    def work(_: int) -> None:
        seen.add(threading.get_ident())
        time.sleep(0.002)

    with Crew(20, progress=False) as crew:
        crew.play(work, range(20), runs=lambda _: 1)
    assert len(seen) == 1


def test_cores_are_counted_where_affinity_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert pool.cores() == 1
