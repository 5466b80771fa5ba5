"""One game of several chairs, and many threads in it at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from shared_play import opened, ran

from escalation.app.shared import Chair, SharedGame
from escalation.app.table import Record, replayed
from escalation.errors import StudyError
from escalation.world.scenario import Scenario


def too_late(error: StudyError) -> bool:
    return "not open" in str(error) or "the crisis is over" in str(error)


def test_many_threads_in_one_game(busy: Scenario) -> None:
    """Two chairs and the facilitator at once, each as fast as it can: nobody is lost, and the replay is exact."""
    _, host, chairs = opened(busy, "ara", "bor")
    refused: list[StudyError] = []
    finished: list[str] = []

    def attempt(do: Callable[[], None]) -> None:
        try:
            do()
        except StudyError as error:
            refused.append(error)

    def sit(chair: Chair) -> None:
        while (seen := chair.see()).phase == "day":
            for row in seen.situations:
                attempt(lambda day=seen.day, row=row: chair.choose(day, row.target, row.acts[0]))  # type: ignore[misc]
            chair.wait(0, 0.001)
        finished.append(chair.actor)

    def oversee() -> None:
        while (seen := host.see()).phase == "day":
            if int(seen.day) % 3 == 0:
                attempt(lambda day=seen.day: host.close_day(day))  # type: ignore[misc]
            host.record()
        finished.append("")

    threads = [threading.Thread(target=sit, args=(chair,)) for chair in chairs * 2]
    threads.append(threading.Thread(target=oversee))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60.0)
    assert sorted(finished) == ["", "ara", "ara", "bor", "bor"]
    assert all(map(too_late, refused)), refused
    assert host.see().phase == "over"
    assert replayed(host.record()).trajectory == ran(host)
    days = [day.day for day in host.record().days]
    assert days == sorted(set(days)), "a day was closed twice"


def test_one_chair_is_taken_by_one_of_many_threads(busy: Scenario) -> None:
    game = SharedGame(Record(busy, 3, 0))
    taken: list[Chair] = []
    refused: list[str] = []

    def sit() -> None:
        try:
            taken.append(game.sit("ara"))
        except StudyError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=sit) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(taken), len(refused)) == (1, 15)


def test_who_waits_is_told_of_a_change(busy: Scenario) -> None:
    game, host, (ara,) = opened(busy, "ara")
    now = ara.wait(-1, 0.0)
    threading.Timer(0.05, lambda: host.close_day(host.see().day)).start()
    assert ara.wait(now, 30.0) > now
    assert game.facilitate().wait(ara.wait(-1, 0.0), 0.01) == ara.wait(-1, 0.0)
