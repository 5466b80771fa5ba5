"""Numba's contexts, which remember what they have looked up.

To type an addition numba asks some dozens of kinds of addition, of strings, lists and arrays too, whether one of them
is meant. It asks again in each round of inference, and once more when it lowers the addition. The answer follows from
the types alone, and the model has few types. So each question is asked once here, which takes a third of the time.
"""

from __future__ import annotations

import copy
import functools
from typing import Any

from numba.core import types
from numba.core.base import _wrap_impl
from numba.core.callconv import create_error_model
from numba.core.cpu import CPUContext
from numba.core.registry import cpu_target
from numba.core.typing.context import Context
from numba.extending import models, register_model

__all__ = ["target_context", "typing_context"]


class KnownFunction(types.Function):
    """A global function, with the signatures of the calls that were typed."""

    def get_call_type(self, context: Any, args: Any, kws: Any) -> Any:
        """Return the signature of a call."""
        key = tuple(args), tuple(dict(kws).items())
        known = self.__dict__.setdefault("known", {})
        if key not in known:
            known[key] = super().get_call_type(context, args, kws)
        return known[key]


@register_model(KnownFunction)
class _KnownFunctionModel(models.OpaqueModel):
    pass


class TypingContext(Context):
    """Numba's typing context, with the state that it has."""

    def __init__(self, whole: Context) -> None:
        self.__dict__ = whole.__dict__
        self.functions: dict[Any, KnownFunction] = {}
        self.calls: dict[Any, Any] = {}
        self.attributes: dict[Any, Any] = {}

    def resolve_value_type(self, val: Any) -> Any:
        """Return the type of a global."""
        found = super().resolve_value_type(val)
        if type(found) is not types.Function:
            return found
        if found not in self.functions:
            self.functions[found] = KnownFunction(found.templates)
        return self.functions[found]

    def resolve_function_type(self, func: Any, args: Any, kws: Any) -> Any:
        """Return the signature of a call."""
        key = func, tuple(args), tuple(dict(kws).items())
        if key not in self.calls:
            self.calls[key] = super().resolve_function_type(func, args, kws)
        return self.calls[key]

    def resolve_getattr(self, typ: Any, attr: str) -> Any:
        """Return the type of an attribute."""
        key = typ, attr
        if key not in self.attributes:
            self.attributes[key] = super().resolve_getattr(typ, attr)
        return self.attributes[key]


class TargetContext(CPUContext):
    """Numba's context of the processor, with the state that it has."""

    code: dict[Any, Any]

    def get_function(self, fn: Any, sig: Any, _firstcall: bool = True) -> Any:
        """Return what writes the intermediate code of a call."""
        key = fn.get_impl_key(sig.as_function()) if isinstance(fn, types.Callable) else fn, sig
        if key not in self.code:
            self.code[key] = super().get_function(fn, sig, _firstcall)
        here = _wrap_impl.__new__(_wrap_impl)  # as it was found, but in this function's context
        here.__dict__.update(self.code[key].__dict__, _context=self)
        return here


@functools.cache
def typing_context() -> TypingContext:
    """Return the context in which shared functions are typed."""
    return TypingContext(cpu_target.typing_context)


@functools.cache
def target_context() -> TargetContext:
    """Return the context in which shared functions are lowered; a division by zero gives an infinity there."""
    context: Any = copy.copy(cpu_target.target_context)
    context.__class__ = TargetContext
    context.typing_context = typing_context()
    context.error_model = create_error_model("numpy", context)
    context.code = {}
    return context  # type: ignore[no-any-return]
