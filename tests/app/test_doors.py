"""Doors: wrong codes are slowed down, more each time, by address and door."""

from __future__ import annotations

from itertools import pairwise

import pytest

from escalation.app.doors import Doors, new_code
from escalation.errors import StudyError

CODES = {"a": "abcd-2345", "b": "efgh-6789"}


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_codes_are_long_and_differ() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 9 and code[4] == "-" for code in codes)


def test_each_code_opens_its_own() -> None:
    doors = Doors()
    assert doors.find("g", "here", "abcd-2345", CODES) == "a"
    assert doors.find("g", "here", " EFGH 6789", CODES) == "b"


@pytest.mark.parametrize("code", ["", "abcd-234", "é" * 9, "x" * 10_000, "\0", "abcd-2345x"])
def test_what_is_no_code_opens_nothing(code: str) -> None:
    with pytest.raises(StudyError, match="opens nothing here; wait 1 second before"):
        Doors().find("g", "here", code, CODES)


def test_waits_double_and_the_right_code_waits_too() -> None:
    clock = Clock()
    doors = Doors(clock=clock)
    waits = []
    for _ in range(12):
        with pytest.raises(StudyError, match="opens nothing"):
            doors.find("g", "there", "wrong", CODES)
        with pytest.raises(StudyError, match="wrong codes before; wait"):
            doors.find("g", "there", CODES["a"], CODES)
        before = clock.now
        while True:
            try:
                assert doors.find("g", "there", CODES["a"], {}) == ""
            except StudyError as error:
                if "opens nothing" in str(error):
                    break
            clock.now += 0.5
        waits.append(clock.now - before)
        clock.now += 400.0
    assert waits[0] == pytest.approx(1.0)
    assert all(later >= earlier for earlier, later in pairwise(waits))
    assert waits[-1] == pytest.approx(300.0)


def test_others_at_other_doors_do_not_wait() -> None:
    doors = Doors()
    with pytest.raises(StudyError, match="opens nothing"):
        doors.find("g", "there", "wrong", CODES)
    assert doors.find("g", "here", CODES["a"], CODES) == "a"
    assert doors.find("h", "there", CODES["a"], CODES) == "a"


def test_many_addresses_at_one_door_are_slowed_down_together() -> None:
    doors = Doors(clock=Clock())
    for k in range(31):
        with pytest.raises(StudyError, match="opens nothing"):
            doors.find("g", k, "wrong", CODES)
    with pytest.raises(StudyError, match="wrong codes before"):
        doors.find("g", "new", CODES["a"], CODES)


def test_the_right_code_makes_the_wrong_ones_forgotten() -> None:
    clock = Clock()
    doors = Doors(clock=clock)
    for _ in range(3):
        with pytest.raises(StudyError, match="wait 1 second before"):
            doors.find("g", "here", "wrong", CODES)
        clock.now += 2.0
        doors.find("g", "here", CODES["a"], CODES)


def test_what_is_remembered_is_bounded() -> None:
    doors = Doors(most=50)
    for k in range(500):
        with pytest.raises(StudyError, match="opens nothing"):
            doors.find(k, k, "wrong", CODES)
    assert len(doors._wrong) <= 50
