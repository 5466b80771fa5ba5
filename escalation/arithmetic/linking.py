"""How shared functions are compiled: once, as parts of the entry that calls them.

Numba makes machine code of every function by itself, though all that is called of the model is its entries, into which
every other function is linked and there optimised again. Here a function that is only called from machine code stops
half-way, at tidied intermediate code; that halves the time that the model takes to compile, and the machine code of the
entries is as fast.
"""

from __future__ import annotations

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.typed_passes import NativeLowering

__all__ = ["LinkedCompiler"]


class LinkedCompiler(CompilerBase):
    """Numba's compiler, but for the last step: what it compiles can be linked and not called by itself."""

    def define_pipelines(self) -> list[PassManager]:
        """Return numba's passes with the last one changed."""
        manager = DefaultPassBuilder.define_nopython_pipeline(self.state)
        manager.passes = [
            (LinkedLowering, "lower for callers to link") if each is NativeLowering else (each, words)
            for each, words in manager.passes
        ]
        manager.finalize()
        return [manager]


@register_pass(mutates_CFG=True, analysis_only=False)
class LinkedLowering(NativeLowering):
    """Lower a function into a library that is linked only."""

    _name = "linked_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower the function as numba does, into a library of this module's kind."""
        state.library = LinkedLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        changed: bool = super().run_pass(state)
        return changed


class LinkedLibrary(JITCodeLibrary):
    """Intermediate code of a function and of those it calls, never made machine code."""

    @property
    def codegen(self) -> Any:
        """What numba enters a function's environment by, after it has looked up where its machine code lies."""
        return _NoEnvironment

    def get_pointer_to_function(self, name: str) -> int:
        """Return that the function lies nowhere."""
        self._ensure_finalized()
        return 0

    def _optimize_final_module(self) -> None:
        # Inlining needs its callees small; everything else is worth doing once, in the entry.
        manager, builder = self._codegen._module_pass_manager(
            loop_vectorize=False, slp_vectorize=False, opt=self._codegen._opt_level, cost="cheap"
        )
        manager.run(self._final_module, builder)

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._finalized = True


class _NoEnvironment:
    @staticmethod
    def set_env(name: str, environment: Any) -> None:
        """Do nothing: an environment is entered into machine code, and here is none."""
