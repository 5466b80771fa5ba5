"""Lanes in machine code: every lane has the bits that Python gives the number."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest
from crises import crisis_of
from numba.core.errors import TypingError

import escalation.engines.vectors  # noqa: F401 - makes lanes known to the compiler
from escalation.arithmetic.compiling import TRIED, entry_options
from escalation.arithmetic.elementary import (
    WIDTH,
    at_least,
    bounded_exp,
    bounded_log,
    exponent,
    greater,
    lanes_at,
    lesser,
    padded,
    positive_part,
    put_lanes,
    scaled,
    splat,
    where,
    width,
)
from escalation.arithmetic.shared import shared
from escalation.engines.lower import lower
from escalation.engines.memory import crisis_at
from escalation.engines.tables import views

ENTRY_OPTIONS = entry_options(short=numba.version_info.short in TRIED)
RNG = np.random.default_rng(1)
ROWS = [
    [1.5, -2.0, 0.0, -0.0, 1e-100, -1e100, 3.0, 7.25],
    [0.5, -2.0, -0.0, 0.0, 1e100, 1e-100, -3.0, 1.0],
    *RNG.normal(0.0, 3.0, (5, WIDTH)).tolist(),
]


@shared
def _arithmetic(a: float, b: float) -> float:
    return (a + b) * (a - 0.3 * b) - (2.0 - a) + -b


@shared
def _quotient(a: float, b: float) -> float:
    return (1.0 / (2.0 + a * a)) / (b * b + 0.25) + a / 3.0


@shared
def _greater(a: float, b: float) -> float:
    return greater(a, b) + 0.5 * greater(0.0, a) + greater(b, 1.0)


@shared
def _lesser(a: float, b: float) -> float:
    return lesser(a, b) + 0.5 * lesser(0.0, a) + lesser(b, 1.0)


@shared
def _at_least(a: float, b: float) -> float:
    return at_least(a, b) + 2.0 * at_least(a, 0.0) + 4.0 * at_least(1.0, b)


@shared
def _where(a: float, b: float) -> float:
    return where(a, b, 0.25) + where(at_least(b, 0.0), 4.0, a) + where(1.0, a, b) + where(0.0, a, b)


@shared
def _scaled(a: float, b: float) -> float:
    return scaled(1.5 + b * b, exponent(1.0 + a * a)) + exponent(0.001 + b * b) + scaled(a * a + 1.0, -3.0)


@shared
def _transcendental(a: float, b: float) -> float:
    return bounded_exp(a) + bounded_log(b) * bounded_exp(-0.01 * b) + positive_part(b) + splat(1.0)


OPERATIONS = [_arithmetic, _quotient, _greater, _lesser, _at_least, _where, _scaled, _transcendental]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
def test_every_lane_has_the_bits_of_the_number(operation: Callable[[float, float], float]) -> None:
    lowered = lower(crisis_of("a-b c-b"))  # seven acts, and so seven rows of risks
    block = lowered.template.copy()
    crisis: Any = views(block, lowered)
    crisis.risk[:] = ROWS

    rows = len(ROWS)

    def work(header: Any) -> None:
        crisis = crisis_at(header)
        for row in range(rows - 1):
            for first in range(0, WIDTH, width()):
                result = operation(lanes_at(crisis.risk[row], first), lanes_at(crisis.risk[row + 1], first))
                put_lanes(crisis.own_replies[row], first, result)

    numba.njit(**ENTRY_OPTIONS)(work)(lowered.header(block))
    for row in range(len(ROWS) - 1):
        want = [operation(a, b) for a, b in zip(ROWS[row], ROWS[row + 1], strict=True)]
        assert crisis.own_replies[row].tobytes() == np.array(want).tobytes(), row
        assert all(math.isfinite(number) for number in want)


def test_in_machine_code_eight_acts_are_worked_out_at_once() -> None:
    assert width() == 1
    assert numba.njit(lambda: width() + 0)() == WIDTH
    assert [padded(acts) for acts in (1, 8, 9)] == [8, 8, 16]


def test_a_number_is_a_number_also_in_machine_code() -> None:
    @numba.njit(**ENTRY_OPTIONS)  # type: ignore[untyped-decorator]
    def work(a: float, b: float) -> tuple[float, ...]:
        return greater(a, b), lesser(a, b), at_least(a, b), where(a, b, 0.5), scaled(b, 3.0), exponent(b)

    for a, b in ((1.5, 2.0), (-1.0, 1.0), (2.0, 2.0), (0.0, 0.75)):
        want = (greater(a, b), lesser(a, b), at_least(a, b), where(a, b, 0.5), scaled(b, 3.0), exponent(b))
        assert work(a, b) == want


def test_what_is_no_number_does_not_compile() -> None:
    def add(header: Any) -> Any:
        return lanes_at(crisis_at(header).risk[0], 0) + "a"

    lowered = lower(crisis_of("a-b"))
    with pytest.raises(TypingError):
        numba.njit(add)(lowered.header(lowered.template.copy()))
