"""How shared functions are compiled: all into one module of intermediate code, which is optimised once, in the entry.

Numba compiles a function as if anybody might call it: some thirty passes, an own module, own machine code, and a copy
of all that it calls. Of the model only its entries are called. So a shared function takes the short way here: its text
is translated into intermediate code (`escalation.arithmetic.translating`), and the entry that calls it optimises
everything together. It is translated once for the types of its arguments, however they are given.

A shared function raises nothing, and no run may come to where a function of numba's would raise, such as beyond the end
of a tuple.
"""

from __future__ import annotations

import functools
import inspect
import itertools
from collections.abc import Callable
from typing import Any

from llvmlite import binding
from numba.core import cgutils, config, types
from numba.core.codegen import CodeLibrary, JITCodeLibrary
from numba.core.compiler import Compiler, Flags
from numba.core.targetconfig import ConfigStack
from numba.core.typing.templates import AbstractTemplate, fold_arguments, infer_global, signature
from numba.core.typing.typeof import typeof

from escalation.arithmetic.contexts import target_context
from escalation.arithmetic.expressions import Translation
from escalation.arithmetic.machine_code import NEAR
from escalation.arithmetic.translating import translate

__all__ = ["EntryCompiler", "link"]

_TRANSLATIONS: dict[Any, Callable[[tuple[Any, ...]], Translation]] = {}
"""What translates each shared function for arguments of some types."""


def link(function: Callable[..., object], *, inlined: bool = False) -> None:
    """Let machine code call a shared function.

    Parameters
    ----------
    function
        The function.
    inlined
        Whether it is copied into its callers.
    """

    @functools.cache
    def translation(kinds: tuple[Any, ...]) -> Translation:
        return _translated(function, kinds, inlined=inlined)

    def given(index: int, parameter: Any, kind: Any) -> Any:
        return kind

    def by_default(index: int, parameter: Any, value: Any) -> Any:
        return typeof(value)

    class Linked(AbstractTemplate):
        key = function

        def generic(self, args: Any, kws: Any) -> Any:
            parameters = inspect.signature(function)  # a process that reads machine code never asks
            kinds = fold_arguments(parameters, args, kws, given, by_default, None)
            return signature(translation(kinds).result, *kinds).replace(pysig=parameters)

        def get_impl_key(self, sig: Any) -> Any:
            return _called_by_entry(translation(sig.args))

    _TRANSLATIONS[function] = translation
    infer_global(function, types.Function(Linked))


def _translated(function: Any, kinds: tuple[Any, ...], *, inlined: bool) -> Translation:
    library = _library()
    flags: Any = Flags()
    flags.nrt = False  # no memory is allocated, so nothing is counted
    flags.error_model = "numpy"
    names = (f"{function.__module__}.{function.__qualname__}.{number}" for number in library.numbers)
    with ConfigStack().enter(flags), target_context().push_code_library(library):
        return translate(function, kinds, library.module, names, _TRANSLATIONS.get, inlined=inlined)


@functools.cache
def _called_by_entry(translation: Translation) -> Any:
    """Key under which numba finds how an entry calls a shared function."""

    def call(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return translation.call(builder, args)

    call.libs = (_library(),)  # type: ignore[attr-defined]
    target_context()._defns[translation].append(call, translation.kinds)
    return translation


class SharedLibrary(JITCodeLibrary):
    """All shared functions that were compiled: one module of intermediate code, of which an entry takes a copy."""

    def __init__(self, codegen: Any) -> None:
        CodeLibrary.__init__(self, codegen, "shared functions")
        self._finalized = True
        self.module = codegen._create_empty_module(self.name)
        self.others: dict[Any, None] = {}
        self.numbers = itertools.count()

    def create_ir_module(self, name: str) -> Any:
        """Return the one module."""
        return self.module

    def add_ir_module(self, ir_module: Any) -> None:
        """Do nothing: what is written is in the one module."""

    def add_linking_library(self, library: Any) -> None:
        """Note functions of numba's that are called."""
        if library is not self:
            self.others[library] = None

    def _get_module_for_linking(self) -> Any:
        module = binding.parse_assembly(cgutils.normalize_ir_text(str(self.module)))
        module.data_layout = self._codegen._data_layout
        builder = self._codegen._pass_builder()
        passes = _tidying()
        for function in module.functions:
            if not function.is_declaration:
                function.linkage = "linkonce_odr"
                passes.run(function, builder)
        for library in self.others:
            library._ensure_finalized()
            module.link_in(library._get_module_for_linking(), preserve=True)
        return module


def _tidying() -> Any:
    """Passes by which a function is tidied by itself: what is small then is copied into its callers.

    More passes take longer and give no faster an engine.
    """
    passes = binding.create_new_function_pass_manager()
    passes.add_sroa_pass()
    passes.add_instruction_combine_pass()
    passes.add_simplify_cfg_pass()
    return passes


@functools.cache
def _library() -> SharedLibrary:
    return SharedLibrary(target_context().codegen())


class EntryLibrary(JITCodeLibrary):
    """An entry with all that it calls, optimised as a whole."""

    kept = False
    """Whether its machine code is to be kept, and loaded from there also by this process."""

    def add_linking_library(self, library: Any) -> None:
        """Note what is called; shared functions are linked at the end, in one piece."""
        if library is not _library():
            super().add_linking_library(library)

    def finalize(self) -> None:
        """Link and optimise, and make machine code."""
        module = _library()._get_module_for_linking()
        self.shared = {function.name for function in module.functions if not function.is_declaration}
        self._final_module.link_in(module)
        super().finalize()

    def _optimize_final_module(self) -> None:
        # Only their callers know the shared functions; their names may be those of others in another entry.
        for function in self._final_module.functions:
            if function.name in self.shared and not function.is_declaration:
                function.linkage = "internal"
        builder = self._codegen._pass_builder()
        builder.getModulePassManager().run(self._final_module, builder)

    def _finalize_final_module(self) -> None:
        if not (self.kept and NEAR):
            super()._finalize_final_module()
            return
        settings: Any = config
        codegen: Any = self._codegen
        options: dict[str, Any] = {"opt": settings.OPT}
        codegen._customize_tm_options(options)
        options |= {"reloc": "pic", "codemodel": "default"}  # where numba lets constants lie anywhere
        machine = binding.Target.from_triple(binding.get_process_triple()).create_target_machine(**options)
        self._set_compiled_object(bytes(machine.emit_object(self._final_module)))
        self._finalized = True


class EntryCompiler(Compiler):
    """Numba's compiler, for functions that are called from Python and call shared ones."""

    def define_pipelines(self) -> Any:
        """Return numba's passes; what they make goes into a library of this module's kind."""
        self.state.library = EntryLibrary(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
        self.state.library.enable_object_caching()
        return super().define_pipelines()
