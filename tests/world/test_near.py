from __future__ import annotations

import datetime
from typing import Any

import pytest

from escalation.world.near import near, short, written


@pytest.mark.parametrize(
    ("name", "allowed", "said"),
    [
        ("isreal", ["israel", "iran"], "; did you mean 'israel'? Allowed: israel, iran"),
        ("USA", ["usa", "irn"], "; did you mean 'usa'? Allowed: usa, irn"),
        ("irm", ["isr", "irn"], "; did you mean 'irn'? Allowed: isr, irn"),
        ("xyz", ["usa", "irn"], "; allowed: usa, irn"),
        ("u" * 201, ["u" * 200], f"; allowed: {'u' * 200}"),
        ("b", ["u" * 999], f"; allowed: {short('u' * 999)}"),
        ("red", ["\x1bred"], r"; did you mean '\x1bred'? Allowed: '\x1bred'"),
        ("zz", [f"a{k}" for k in range(1064)], f"; allowed: {', '.join(f'a{k}' for k in range(64))} and 1,000 more"),
        (3, ["a", "a"], "; allowed: a"),
        ("a", [], "; there is none"),
    ],
)
def test_near(name: object, allowed: list[str], said: str) -> None:
    assert near(name, allowed) == said


def test_what_there_is_none_of_can_be_said_in_words_of_its_own() -> None:
    assert near("x", [], none="nobody has spoken yet") == "; nobody has spoken yet"
    assert near("x", ["y"], none="nobody has spoken yet") == "; allowed: y"


def test_short_is_short() -> None:
    assert len(short("x" * 10_000)) < 80
    assert short("\x1b[31m") == r"'\x1b[31m'", "what a terminal would obey is written out"


def test_a_number_that_python_does_not_write_is_described() -> None:
    huge = 16**5000
    with pytest.raises(ValueError, match="limit"):
        str(huge)
    assert short(huge) == "a number of about 6,021 digits"
    assert short([1, {"a": -huge}]) == "[1, {'a': a number of about 6,021 digits}]"
    assert short(10**30) == "1000000000000000000000000000000"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "true"),
        ([True, False], "[true, false]"),
        ({"low": 0.5, "a b": True}, "{ low = 0.5, a b = true }"),
        ({"\x1bred": {}}, r"{ '\x1bred' = {} }"),
        ({f"a{k}": k for k in range(9)}, "{ a0 = 0, a1 = 1, a2 = 2, a3 = 3, ... }"),
        ([[[[[[{"a": 1}]]]]]], "[[[[[[{...}]]]]]]"),
        (("a", "b"), "['a', 'b']"),
        (datetime.date(2024, 7, 31), "2024-07-31"),
        (datetime.datetime(2024, 7, 31, 12, 30), "2024-07-31T12:30:00"),
        (datetime.time(12, 30), "12:30:00"),
        (1.5, "1.5"),
        ("True", "'True'"),
    ],
)
def test_written_is_as_a_file_has_it(value: Any, said: str) -> None:
    assert written(value) == said


def test_written_is_short() -> None:
    assert len(written({"x": "x" * 10_000})) < 80
