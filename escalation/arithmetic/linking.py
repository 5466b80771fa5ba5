"""How shared functions are compiled: all into one module of intermediate code, which is optimised once, in the entry.

Numba compiles a function as if anybody might call it: some thirty passes, an own module, own machine code, and a copy
of all that it calls. Of the model only its entries are called. So a shared function takes the short way here: numba
reads it, infers its types and writes intermediate code, and the entry that calls it optimises everything together. It
is typed once for the types of its arguments, however they are given. What numba does for lists, closures, generators
and new arrays is left out, for a shared function makes none of them.

An exception that a shared function raises, or one that it calls, reaches the entry. One that a function of numba's
would raise does not, such as of a range whose step turns out to be zero.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from llvmlite import binding
from llvmlite import ir as intermediate
from numba.core import cgutils, funcdesc, ir, types
from numba.core.bytecode import ByteCode, FunctionIdentity
from numba.core.codegen import CodeLibrary, JITCodeLibrary
from numba.core.compiler import Compiler, Flags
from numba.core.errors import LoweringError, NumbaError
from numba.core.imputils import impl_ret_new_ref, user_function
from numba.core.interpreter import Interpreter
from numba.core.lowering import Lower
from numba.core.rewrites.registry import rewrite_registry
from numba.core.targetconfig import ConfigStack
from numba.core.typed_passes import type_inference_stage
from numba.core.typing.templates import AbstractTemplate, fold_arguments, infer_global, signature
from numba.core.typing.typeof import typeof

from escalation.arithmetic.contexts import target_context, typing_context

__all__ = ["EntryCompiler", "link"]

TIDY = 1
"""Level at which a function is tidied by itself. What is small then is copied into its callers; a higher level takes
longer and gives no faster an engine."""


def link(function: Callable[..., object], *, inlined: bool = False) -> None:
    """Let machine code call a shared function.

    Parameters
    ----------
    function
        The function.
    inlined
        Whether it is copied into its callers.
    """
    calls: dict[Any, _Call] = {}

    def given(index: int, parameter: Any, kind: Any) -> Any:
        return kind

    def by_default(index: int, parameter: Any, value: Any) -> Any:
        return typeof(value)

    class Linked(AbstractTemplate):
        key = function

        def generic(self, args: Any, kws: Any) -> Any:
            parameters = inspect.signature(function)  # a process that reads machine code never asks
            kinds = fold_arguments(parameters, args, kws, given, by_default, None)
            if kinds not in calls:
                calls[kinds] = _compiled(function, kinds, inlined=inlined)
            return signature(calls[kinds].described.restype, *kinds).replace(pysig=parameters)

        def get_impl_key(self, sig: Any) -> Any:
            return calls[sig.args]

    infer_global(function, types.Function(Linked))


class _Call:
    """What writes the intermediate code of a call of a function that was compiled here."""

    def __init__(self, described: Any) -> None:
        self.described = described
        self.libs = (_library(),)
        self.raises = False

    def __call__(self, context: Any, builder: Any, sig: Any, args: Any) -> Any:
        if self.raises:
            _library().raising.add(context.fndesc)
            return user_function(self.described, self.libs)(context, builder, sig, args)
        # Numba would look at the status that comes back, at the cost of much code to be thrown away later.
        called = context.declare_function(builder.module, self.described)
        result, error = called.function_type.args[:2]
        slot = cgutils.alloca_once(builder, result.pointee)
        packed = context.call_conv._get_arg_packer(self.described.argtypes).as_arguments(builder, args)
        builder.call(called, [slot, intermediate.Constant(error, None), *packed])
        value = context.get_returned_value(builder, self.described.restype, builder.load(slot))
        return impl_ret_new_ref(context, builder, self.described.restype, value)


def _compiled(function: Any, kinds: tuple[Any, ...], *, inlined: bool) -> _Call:
    target, library = target_context(), _library()
    flags: Any = Flags()
    flags.nrt = False  # no memory is allocated, so nothing is counted
    flags.error_model = "numpy"
    with ConfigStack().enter(flags):
        identity = FunctionIdentity.from_function(function)
        code = Interpreter(identity).interpret(ByteCode(identity))
        code.generator_info = None
        raises = any(isinstance(line, ir.Raise) for block in code.blocks.values() for line in block.body)
        if raises:
            rewrite_registry.apply("before-inference", SimpleNamespace(func_ir=code, typemap=None, calltypes=None))
        found = type_inference_stage(typing_context(), target, code, kinds, None)
        described = funcdesc.PythonFunctionDescriptor.from_specialized_function(
            code,
            found.typemap,
            found.return_type,
            found.calltypes,
            mangler=target.mangler,
            inline=inlined,
            noalias=False,
            abi_tags=("linked",),
        )
        with target.push_code_library(library), library.all_or_nothing():
            _Lower(target, library, described, code).lower()
    call = _Call(described)
    call.raises = raises or described in library.raising
    target._defns[call].append(call, described.argtypes)
    return call


class _Lower(Lower):
    """Numba's writer of intermediate code, without what only its own compiler or a debugger reads."""

    def emit_environment_object(self) -> None:
        """Write no place for Python objects: nothing here has any."""

    loc: Any

    def lower_block(self, block: Any) -> None:
        """Write a block; a failure names the statement."""
        for line in block.body:
            self.loc = line.loc
            try:
                self.lower_inst(line)
            except NumbaError:
                raise
            except Exception as error:
                name = self.func_ir.func_id.func_qualname
                raise LoweringError(f"{name}, {line}: {error!r}", loc=self.loc) from error

    def lower_inst(self, inst: Any) -> None:
        """Write a statement."""
        if type(inst) is ir.Assign:
            self.storevar(self.lower_assign(self.typeof(inst.target.name), inst), inst.target.name)
        else:
            super().lower_inst(inst)

    def alloca_lltype(self, name: str, lltype: Any, datamodel: Any = None) -> Any:
        """Make room for a variable."""
        return cgutils.alloca_once(self.builder, lltype, name=name)


class SharedLibrary(JITCodeLibrary):
    """All shared functions that were compiled: one module of intermediate code, of which an entry takes a copy."""

    def __init__(self, codegen: Any) -> None:
        CodeLibrary.__init__(self, codegen, "shared functions")
        self._finalized = True
        self.module = codegen._create_empty_module(self.name)
        self.others: dict[Any, None] = {}
        self.raising: set[Any] = set()

    @contextlib.contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Take back what is written when it fails: half a function would spoil the module for all others."""
        before = set(self.module.globals)
        try:
            yield
        except BaseException:
            for name in set(self.module.globals) - before:
                del self.module.globals[name]
            raise

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
        builder = self._codegen._pass_builder(opt=TIDY)
        passes = builder.getFunctionPassManager()
        for function in module.functions:
            if not function.is_declaration:
                function.linkage = "linkonce_odr"
                passes.run(function, builder)
        for library in self.others:
            library._ensure_finalized()
            module.link_in(library._get_module_for_linking(), preserve=True)
        return module


@functools.cache
def _library() -> SharedLibrary:
    return SharedLibrary(target_context().codegen())


class EntryLibrary(JITCodeLibrary):
    """An entry with all that it calls, optimised as a whole."""

    def add_linking_library(self, library: Any) -> None:
        """Note what is called; shared functions are linked at the end, in one piece."""
        if library is not _library():
            super().add_linking_library(library)

    def finalize(self) -> None:
        """Link and optimise, and make machine code."""
        self._final_module.link_in(_library()._get_module_for_linking())
        super().finalize()

    def _optimize_final_module(self) -> None:
        builder = self._codegen._pass_builder()
        builder.getModulePassManager().run(self._final_module, builder)

    def serialize_using_object_code(self) -> Any:
        """Return the machine code, and the names alone of what it is made of."""
        names = self._codegen._create_empty_module(self.name)
        word, nothing = intermediate.IntType(8), intermediate.FunctionType(intermediate.VoidType(), ())
        for each in self._final_module.functions:
            if not each.is_declaration:
                function = intermediate.Function(names, nothing, each.name)
                intermediate.IRBuilder(function.append_basic_block()).ret_void()
        for each in self._final_module.global_variables:
            if not each.is_declaration:
                intermediate.GlobalVariable(names, word, each.name).initializer = intermediate.Constant(word, 0)
        return self.name, "object", (self._get_compiled_object(), binding.parse_assembly(str(names)).as_bitcode())


class EntryCompiler(Compiler):
    """Numba's compiler, for functions that are called from Python and call shared ones."""

    def define_pipelines(self) -> Any:
        """Return numba's passes; what they make goes into a library of this module's kind."""
        self.state.library = EntryLibrary(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
        self.state.library.enable_object_caching()
        return super().define_pipelines()
