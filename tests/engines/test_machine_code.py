from __future__ import annotations

import re
from typing import Any

import numba
import numpy as np
import pytest

import escalation.engines.vectors  # noqa: F401 - tells the compiler what numbers are in machine code
from escalation.arithmetic.compiling import TRIED, compile_entry
from escalation.arithmetic.elementary import bounded_exp
from escalation.arithmetic.machine_code import NEAR, load, packed
from escalation.errors import StudyError

FAR = re.compile(rb"[\x48\x49][\xb8-\xbf]\0{8}")
"""What reads the address of a constant that may lie anywhere: eight bytes, filled in when the code is loaded."""
SHORT = numba.version_info.short in TRIED


def exponentials(row: Any) -> None:
    for n in range(len(row)):
        row[n] = bounded_exp(row[n])


@pytest.mark.skipif(not (NEAR and SHORT), reason="constants lie near by on Linux and x86-64, compiled the short way")
def test_constants_are_read_from_near_by() -> None:
    code = compile_entry(exponentials, (np.zeros(3),))
    assert not FAR.search(code.content)


def test_what_is_kept_gives_the_bits_of_python() -> None:
    expected, found = (np.linspace(-5.0, 5.0, 50) for _ in range(2))
    exponentials(expected)
    call = load(compile_entry(exponentials, (found,)))
    assert call is not None
    call(packed((found,))[1])
    assert found.tolist() == expected.tolist()


def test_where_numba_may_not_compile_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
    with pytest.raises(StudyError, match=r"while NUMBA_DISABLE_JIT is set; take it away, or .* engine='mesa'"):
        compile_entry(exponentials, (np.zeros(3),))
