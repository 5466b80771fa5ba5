"""Which compiler makes machine code of the model: the short way, if this numba is known, and else numba's own.

`escalation.arithmetic.linking` uses parts of numba that are not public and may change with any version. With a version
that it was not tried with, the model is compiled as numba compiles any function. That gives the same results, and takes
some times as long.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
from numba.extending import register_jitable

__all__ = ["TRIED", "entry_options", "link", "link_by_numba"]

TRIED = ((0, 68),)
"""Versions of numba with which the short way was tried."""


def link_by_numba(function: Callable[..., object], *, inlined: bool = False) -> None:
    """Let machine code call a shared function, compiled by numba's own passes; parameters as of `link`."""
    register_jitable(no_cfunc_wrapper=True, forceinline=inlined)(function)


def entry_options(*, short: bool) -> dict[str, Any]:
    """Options of numba's for a function that is called from Python and calls shared ones."""
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
    if not short:
        return options
    from escalation.arithmetic.linking import EntryCompiler

    return {**options, "pipeline_class": EntryCompiler, "_nrt": False}


if numba.version_info.short in TRIED:
    from escalation.arithmetic.linking import link
else:
    link = link_by_numba
