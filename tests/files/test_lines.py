from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.files.lines import line_of, lines, too_deep
from escalation.files.names import library_names, library_text

TEXT = '''# [not.a.header]
name = "x" # a = 1
description = """
[not.a.header]
key = 1
"""
other = \'\'\'
[nor.this]
\'\'\'
"quoted key" = 1
a.b . "c" = 2

[ actors . usa ] # comment
note = "a # no comment [x]"
matrix = [
  ["not", "a", "header"],
  ["single"]
]
x = [ # [
  1,
]
after = 1
[[observed]]
date = 1
[[observed]]
date = 2
[observed.extra]
y = 1
'''


def test_lines() -> None:
    assert lines(TEXT) == {
        "name": 2,
        "description": 3,
        "other": 7,
        '"quoted key"': 10,
        "a": 11,
        "a.b": 11,
        "a.b.c": 11,
        "actors": 13,
        "actors.usa": 13,
        "actors.usa.note": 14,
        "actors.usa.matrix": 15,
        "actors.usa.x": 19,
        "actors.usa.after": 22,
        "observed": 23,
        "observed.0": 23,
        "observed.0.date": 24,
        "observed.1": 25,
        "observed.1.date": 26,
        "observed.1.extra": 27,
        "observed.1.extra.y": 28,
    }


@pytest.mark.parametrize(
    ("place", "line"),
    [("a.b.c", 11), ("a.b.d.e", 11), ("actors.isr", 13), ("nothing", None), ("", None)],
)
def test_the_nearest_table_stands_in(place: str, line: int | None) -> None:
    assert line_of(place, lines(TEXT)) == line


@given(st.text())
def test_it_never_fails(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in lines(text).values())


@pytest.mark.parametrize("name", library_names())
def test_every_key_of_the_library_is_found(name: str) -> None:
    text = library_text(name).decode()
    found = lines(text)
    rows = text.split("\n")
    assert len(found) > 10
    for place, line in found.items():
        last = place.rpartition(".")[2]
        assert last.isdigit() or last in rows[line - 1], place


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("", 1),
        ("a = 1", 1),
        ("a . 'b' . \"c\" = 1", 3),
        ("[[a.b.c.d]]", 4),
        ("x = { a.b.c = 1 }", 3),
        ('# a.b.c\nx = \'a.b.c\'\ny = "a.b.c"\nz = """a.b.c\n"""', 1),
        ("x = 1.5", 2),
        ("a..b", 1),
    ],
)
def test_the_line_of_a_key_of_many_parts(text: str, depth: int) -> None:
    assert too_deep(f"a.b = 1\nx = 'a\\n'\n{text}", max(2, depth)) is None
    assert too_deep(f"a = 1\nx = 'a\\n'\n{text}", depth - 1) == (3 if depth > 1 else None)


def test_to_look_for_them_takes_no_longer_than_a_text_is_long() -> None:
    begun = time.process_time()
    for part in ("a.", "a", ".", "a" + " " * 50, '"', "'", '"""', "'''", '\\"""', "[", "a\n"):
        too_deep(part * (2**19 // len(part)), 9)
    assert time.process_time() - begun < 10.0


def test_lines_that_end_as_windows_ends_them_are_the_same() -> None:
    assert lines(TEXT.replace("\n", "\r\n")) == lines(TEXT)
