"""How an entry becomes machine code, by numba: the short way, if this numba is known, and else numba's own.

`escalation.arithmetic.linking` uses parts of numba that are not public and may change with any version. With a version
that it was not tried with, the model is compiled as numba compiles any function. That gives the same results, and takes
some times as long.

Only a process that compiles imports this module: importing numba takes longer than a thousand runs of a small crisis.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.core.compiler import Compiler, Flags, compile_extra
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import cpu_target
from numba.extending import register_jitable
from numba.np.numpy_support import from_dtype

from escalation.arithmetic.machine_code import MachineCode
from escalation.arithmetic.shared import MARKED
from escalation.errors import StudyError

__all__ = ["TRIED", "compile_entry", "entry_options", "link", "link_by_numba"]

TRIED = ((0, 68),)
"""Versions of numba with which the short way was tried."""
WORD, STATUS = ir.IntType(64), ir.IntType(32)
RESULT_WORDS = 2
"""Arguments by which numba's functions return a result and an error."""


def link_by_numba(function: Callable[..., object], *, inlined: bool = False) -> None:
    """Let machine code call a shared function, compiled by numba's own passes; parameters as of `link`."""
    register_jitable(no_cfunc_wrapper=True, forceinline=inlined)(function)


class _LongCompiler(Compiler):
    """Numba's compiler, which keeps the machine code that it makes."""

    def define_pipelines(self) -> Any:
        """Return numba's passes."""
        self.state.library = self.state.targetctx.codegen().create_library(self.state.func_id.func_qualname)
        self.state.library.enable_object_caching()
        return super().define_pipelines()


def entry_options(*, short: bool) -> dict[str, Any]:
    """Options of numba's for a function that is called from Python and calls shared ones."""
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}
    if not short:
        return {**options, "pipeline_class": _LongCompiler}
    from escalation.arithmetic.linking import EntryCompiler

    return {**options, "pipeline_class": EntryCompiler}


if numba.version_info.short in TRIED:
    from escalation.arithmetic.linking import link
else:
    link = link_by_numba
MARKED.give_to(link)


def compile_entry(function: Callable[..., object], arguments: tuple[Any, ...]) -> MachineCode:
    """Compile an entry for arguments of the kinds of some.

    Parameters
    ----------
    function
        The entry; see `escalation.arithmetic.machine_code` for what it takes.
    arguments
        Arguments of a call.

    Raises
    ------
    StudyError
        If numba is told not to compile.
    """
    settings: Any = numba.config
    if settings.DISABLE_JIT:
        raise StudyError(
            "the model cannot be compiled while NUMBA_DISABLE_JIT is set; take it away, or step through a run with "
            "escalation.simulate(scenario, engine='mesa')"
        )
    options = entry_options(short=numba.version_info.short in TRIED)
    pipeline = options.pop("pipeline_class")
    flags: Any = Flags()
    cpu_target.options.parse_as_flags(flags, options)
    flags.no_cpython_wrapper = flags.no_compile = True  # Python calls it by what is written here
    typing, context, kinds = cpu_target.typing_context, cpu_target.target_context, tuple(map(_numba_type, arguments))
    with global_compiler_lock:
        made = compile_extra(typing, context, function, kinds, types.none, flags, {}, None, pipeline)
        library, name = made.library, f"{function.__name__} by words"
        library.kept = True
        module = library.create_ir_module(name)
        words = _call_by_words(module, name, context, made.fndesc)
        library.add_ir_module(module)
        library.finalize()
    functions = library._final_module.functions
    needs = [each.name for each in functions if each.is_declaration and not each.name.startswith("llvm.")]
    return MachineCode(bytes(library._get_compiled_object()), name, words, tuple(needs))


def _numba_type(argument: Any) -> Any:
    if isinstance(argument, np.ndarray):
        return types.Array(from_dtype(argument.dtype), argument.ndim, "C")
    if isinstance(argument, tuple):
        of_type = type(argument) if hasattr(argument, "_fields") else None
        return types.BaseTuple.from_types(tuple(map(_numba_type, argument)), of_type)
    return types.int64


def _call_by_words(module: Any, name: str, context: Any, described: Any) -> int:
    """Write a function that reads all arguments of an entry from a row of words; return how many words it reads."""
    kind = context.call_conv.get_function_type(described.restype, described.argtypes)
    entry = ir.Function(module, kind, described.llvm_func_name)
    by_words = ir.Function(module, ir.FunctionType(STATUS, [WORD.as_pointer()]), name)
    builder = ir.IRBuilder(by_words.append_basic_block())
    ends = [builder.bitcast(builder.alloca(WORD), taken) for taken in kind.args[:RESULT_WORDS]]
    given = []
    for place, taken in enumerate(kind.args[RESULT_WORDS:]):
        word = builder.load(builder.gep(by_words.args[0], [ir.Constant(WORD, place)]))
        given.append(builder.inttoptr(word, taken) if isinstance(taken, ir.PointerType) else word)
    builder.ret(builder.call(entry, [*ends, *given]))
    return len(given)
