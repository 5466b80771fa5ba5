"""Shared functions as intermediate code: what each statement and expression does, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numba
import numpy as np
import pytest
from numba.core.errors import TypingError

from escalation.arithmetic.compiling import TRIED, entry_options
from escalation.arithmetic.shared import shared

pytestmark = pytest.mark.skipif(numba.version_info.short not in TRIED, reason="numba's own way is taken")
OPTIONS = entry_options(short=True)
TOP = 3


class Pair(NamedTuple):
    low: float
    high: float


@shared
def widened(n: int) -> float:
    """A variable is a whole number first; a loop makes it a fraction, and an earlier line has to be written anew."""
    total = 0
    kept = total + n
    for k in range(n):
        total = total + 0.5 * k
    return total + kept


@shared
def from_a_branch(n: int) -> float:
    if n > 2:
        found = 1.5
        kept = n
    else:
        found = -1.0
        kept = 2 * n
    return found * kept


@shared
def from_the_loop(n: int) -> int:
    last = -1
    for k in range(1, n, 2):
        square = k * k
        if square > 20:
            break
        last = square
    return last + (k if n > 1 else 100)


@shared
def overwritten(n: int, by: int = 3) -> int:
    """An argument is given other values."""
    by += n
    for k in range(n):
        if k * by % 2 == 1:
            continue
        by = k - by
    return by


@shared
def held(n: int) -> bool:
    both = n > 1 and n < 5
    either = both or n == 7 or not n
    return either and 0 <= n <= TOP + 1


@shared
def nested(n: int) -> int:
    count = 0
    for k in range(n):
        for j in range(k, n):
            if j == k + 2:
                break
            count += j
        for j in (k, n, TOP):
            count -= j
    while count < 50 and not held(count):
        count = abs(count) * 2 + 7
    return count


@shared
def chosen(n: int) -> float:
    x = n - 2.5
    whole = int(x) if x > 0.0 else 7
    clamped = max(min(x, 1.0), -1, n - 4)
    return clamped + whole + (0 if n == 3 else 0.25)


@shared
def as_number(n: int) -> int:
    if held(n) and n:
        return 1
    elif not n:
        return 2
    else:
        return 3


@shared
def either_kind(n: int) -> float:
    if n > 3:
        return 1
    return 0.5


@shared
def named(n: int) -> Pair:
    return Pair(high=n * 2.0, low=-n)


@shared
def taken_apart(n: int) -> float:
    low, high = named(n)
    pair = named(n + 1)
    low, high = high, low
    return low - 3.0 * high + pair[1] + 10.0 * pair.low


@shared
def bits(n: int) -> int:
    return (~n & 0xFF) ^ (n << 3 | n >> 1) + n // 2


@shared
def written(row: Any, n: int) -> None:
    for k in range(len(row)):
        row[k] += n
    row[0], row[1] = row[1], row[0]
    if n == 2:
        return
    row[2] = -math.inf


@shared
def through_rows(n: int) -> float:
    return math.sqrt(n) + TOP


@shared
def summed(row: Sequence[float]) -> float:
    total = 0.0
    for x in row:
        total = total * 0.5 + x
    return total


def compiled(function: Any) -> Any:
    """Machine code of an entry that calls a shared function."""

    def entry(given: Any) -> Any:
        return function(given)

    return numba.njit(**OPTIONS)(entry)


FUNCTIONS = [
    widened, from_a_branch, from_the_loop, overwritten, nested, chosen, held, as_number, either_kind, taken_apart, bits,
    through_rows,
]  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_machine_code_does_what_python_does(function: Callable[[int], float]) -> None:
    machine_code = compiled(function)
    for n in range(12):
        if function is from_the_loop and n == 1:
            continue  # there is no last turn of a loop that has none
        assert machine_code(n) == function(n)


def test_rows_are_read_and_written() -> None:
    def entry(row: Any, n: int) -> float:
        written(row, n)
        return summed(row)

    machine_code: Any = numba.njit(**OPTIONS)(entry)
    for n in (1, 2):
        one, other = np.array([1.0, 2.5, 3.0, -4.0]), np.array([1.0, 2.5, 3.0, -4.0])
        assert machine_code(one, n) == entry(other, n)
        assert one.tolist() == other.tolist()


@shared
def greatest(pair: tuple[float, float]) -> float:
    return max(pair[0], pair[1])


@shared
def least(pair: tuple[float, float]) -> float:
    return min(pair[0], pair[1])


@pytest.mark.parametrize("function", [greatest, least])
def test_of_equals_the_first_is_taken_and_what_is_no_number_counts_as_in_python(function: Any) -> None:
    machine_code = compiled(function)
    for pair in ((0.0, -0.0), (-0.0, 0.0), (1.0, -2.0), (math.nan, 1.0), (1.0, math.nan)):
        assert str(machine_code(pair)) == str(function(pair))


def raises(x: float) -> float:
    raise ValueError("too much")


def lists(x: float) -> float:
    return [x][0]


def comprehends(x: float) -> float:
    return sum(y for y in (x, x))


def squares(x: float) -> float:
    return x**2


def backwards(x: float) -> float:
    for k in range(3, 0, -1):
        x += k
    return x


def with_else(x: float) -> float:
    while x < 0.0:
        if x == -2.0:
            break
        x += 1.0
    else:
        x = 2.0
    return x


def early(x: float) -> float:
    for k in range(3):
        if k > 0:
            x = later  # noqa: F821 - from the turn before
        later = x + 1.0
    return x + later


def no_condition(x: float) -> float:
    return x or 1.0


def nothing_on_a_path(x: float) -> Any:  # noqa: RET503 - that is what is refused
    if x > 3.0:
        return x
    x += 1.0


def something_or_nothing(x: float) -> float:
    if x > 0.0:
        return None
    return x


def calls_what_is_given(x: Any) -> float:
    return x(1.0)


def names_what_it_gives(x: float) -> float:
    return min(x, 1.0, key=abs)


def unlike(x: float) -> float:
    y: Any = x
    if x > 0.0:
        y = (x, x)
    return y


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (raises, "raise ValueError.* is more than a shared function can do"),
        (lists, r"\[x\] is more than a shared function can do"),
        (comprehends, "is more than a shared function can do"),
        (squares, r"x \*\* 2 is more than a shared function can do"),
        (backwards, "the step of a range is a constant above 0"),
        (with_else, "a loop with else"),
        (early, "later is read before it has a value"),
        (no_condition, "x is no condition"),
        (nothing_on_a_path, "a path returns nothing"),
        (something_or_nothing, "have no type in common"),
        (calls_what_is_given, "x is no function that is known before a run"),
        (names_what_it_gives, "names arguments of a function that is not shared"),
        (unlike, "have no type in common"),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_what_a_shared_function_cannot_do_is_said_with_its_name_and_line(function: Any, told: str) -> None:
    shared(function)
    with pytest.raises(TypingError, match=rf"test_translating\.{function.__name__}, line \d+: .*{told}"):
        compiled(function)(1.0)


def test_a_function_whose_text_is_gone_is_named() -> None:
    space: dict[str, Any] = {}
    exec(compile("def lost(x):\n    return x + 1.0", "nowhere.py", "exec"), space)
    shared(space["lost"])
    with pytest.raises(TypingError, match="the text of lost is not at hand"):
        compiled(space["lost"])(1.0)
