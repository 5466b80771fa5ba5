from __future__ import annotations

import math
from typing import Any

import numba
import pytest
from numba.core import codegen

from escalation.arithmetic.shared import inlined, shared


@shared
def third(x: float) -> float:
    return math.exp(x) / 3.0


@inlined
def doubled(x: float) -> float:
    return third(x) + third(x)


@shared
def checked(x: float) -> float:
    if x > 100.0:
        raise ValueError("too much")
    return doubled(x)


def entry(x: float) -> float:
    return checked(x) + doubled(1.0)


def test_what_is_linked_gives_the_same_bits_and_the_same_errors() -> None:
    compiled: Any = numba.njit(entry)
    assert [compiled(x) for x in (-1.0, 0.25, 100.0)] == [entry(x) for x in (-1.0, 0.25, 100.0)]
    with pytest.raises(ValueError, match="too much"):
        compiled(101.0)


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
