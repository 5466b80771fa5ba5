from __future__ import annotations

import math
from typing import Any

import numba
import pytest
from numba.core import codegen
from numba.core.errors import LoweringError, TypingError

import escalation.arithmetic.compiling  # noqa: F401 - gives the compiler what is marked
from escalation.arithmetic import linking
from escalation.arithmetic.expressions import Expressions
from escalation.arithmetic.shared import inlined, shared


@shared
def third(x: float) -> float:
    return math.exp(x) / 3.0


@inlined
def doubled(x: float) -> float:
    return third(x) + third(x)


@shared
def passed_on(x: float) -> float:
    return doubled(x)


def entry(x: float) -> float:
    return passed_on(x) + doubled(1.0)


def test_what_is_linked_gives_the_same_bits() -> None:
    compiled: Any = numba.njit(entry)
    assert [compiled(x) for x in (-1.0, 0.25, 100.0)] == [entry(x) for x in (-1.0, 0.25, 100.0)]


def test_machine_code_is_made_of_the_entry_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    enter = codegen.JITCPUCodegen._add_module

    def noted(self: Any, module: Any) -> None:
        made.append(module.name)
        enter(self, module)

    monkeypatch.setattr(codegen.JITCPUCodegen, "_add_module", noted)
    inner = shared(lambda x: x + 2.5)

    def outer(x: float) -> float:
        return inner(x) * 2.0

    compiled: Any = numba.njit(outer)
    assert compiled(1.0) == 7.0
    assert any("outer" in name for name in made)
    assert not any("lambda" in name for name in made)


def test_what_is_linked_into_two_entries_serves_both() -> None:
    def other(x: float) -> float:
        return doubled(x)

    one: Any = numba.njit(entry)
    two: Any = numba.njit(other)
    assert (one(0.5), two(0.5)) == (entry(0.5), other(0.5))


def test_a_function_is_compiled_once_for_the_types_of_its_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    translated = linking.translate

    def noted(function: Any, kinds: Any, *rest: Any, **options: Any) -> Any:
        made.append((function.__name__, *map(str, kinds)))
        return translated(function, kinds, *rest, **options)

    monkeypatch.setattr(linking, "translate", noted)

    @shared
    def between(x: float, low: float, high: float = 1.0) -> float:
        return low + x * (high - low)

    @inlined
    def caller(x: float) -> float:
        return between(x, 0.5) + between(x, low=0.25, high=3.0) + between(high=2.0, low=0.0, x=x)

    def outer(x: float) -> float:
        return caller(x) + between(x, 4.0, 5.0)

    compiled: Any = numba.njit(outer)
    assert compiled(0.5) == outer(0.5)
    assert made == [("caller", "float64"), ("between", "float64", "float64", "float64")]
    assert numba.njit(lambda x: between(x, 4, 5))(1) == 5
    assert made[2:] == [("between", "int64", "int64", "int64")]


def test_a_function_that_cannot_be_compiled_is_named_and_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    @shared
    def listed(x: float) -> list[float]:
        return [x]

    @shared
    def broken(x: float) -> float:
        return third(x) + 1.0

    def fails(self: Any, node: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(Expressions, "_binop", fails)
    with pytest.raises((TypingError, LoweringError), match=r"broken, line \d+: ZeroDivisionError"):
        numba.njit(lambda x: broken(x) + 1.0)(1.0)
    monkeypatch.undo()
    compiled: Any = numba.njit(lambda x: third(x) + 1.0)
    assert compiled(0.5) == third(0.5) + 1.0
    with pytest.raises((TypingError, LoweringError, RuntimeError)):
        numba.njit(lambda x: len(listed(x)))(1.0)
    assert compiled(0.25) == third(0.25) + 1.0
