"""What numba knows of types and operations, looked up once for the types of the operands.

To type an addition numba asks some dozens of kinds of addition, of strings, lists and arrays too, whether one of them
is meant. The answer follows from the types alone, and the model has few types. So each question is asked once here.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from numba.core import types
from numba.core.callconv import CPUCallConv, create_error_model
from numba.core.cpu import CPUContext
from numba.core.registry import cpu_target
from numba.core.typing.templates import signature

__all__ = ["Attribute", "Operation", "attribute", "operation", "packer", "setter", "target_context", "unified"]


class _NoErrors(CPUCallConv):
    """How functions are called that raise nothing: where numba would raise there, no run may come."""

    def return_user_exc(self, builder: Any, *_: Any, **__: Any) -> None:
        builder.unreachable()

    def return_status_propagate(self, builder: Any, _status: Any) -> None:
        builder.unreachable()


class _Context(CPUContext):
    """Numba's context of the processor, with the state that it has, where functions raise nothing."""

    @functools.cached_property
    def call_conv(self) -> _NoErrors:
        return _NoErrors(self)


@functools.cache
def target_context() -> Any:
    """Return the context in which shared functions are written; a division by zero gives an infinity there."""
    context: Any = copy.copy(cpu_target.target_context)
    context.__class__ = _Context
    context.error_model = create_error_model("numpy", context)
    return context


class Operation(NamedTuple):
    """An operation on some types.

    Parameters
    ----------
    taken
        Types to which the operands are cast.
    result
        Type of the result.
    write
        Writes it, by a builder and the operands.
    """

    taken: tuple[Any, ...]
    result: Any
    write: Callable[[Any, Sequence[Any]], Any]


@functools.cache
def operation(function: Any, kinds: tuple[Any, ...]) -> Operation:
    """Return what a function or operator that numba knows does with operands of some types."""
    typing = cpu_target.typing_context
    known = typing.resolve_value_type(function)
    found = typing.resolve_function_type(known, kinds, {})
    if found is None:
        raise TypeError(f"{function!r} of {', '.join(map(str, kinds))} is not known")
    return Operation(found.args, found.return_type, target_context().get_function(known, found))


class Attribute(NamedTuple):
    """An attribute of values of a type: its own type, and what reads it by a builder and a value."""

    kind: Any
    read: Callable[[Any, Any], Any]


@functools.cache
def attribute(kind: Any, name: str) -> Attribute:
    """Return what reads an attribute of values of a type."""
    context = target_context()
    found = cpu_target.typing_context.resolve_getattr(kind, name)
    if found is None:
        raise TypeError(f"{kind} has no attribute {name}")
    read = context.get_getattr(kind, name)
    return Attribute(found, lambda builder, value: read(context, builder, kind, value, name))


@functools.cache
def setter(kind: Any, name: str) -> Callable[[Any, Sequence[Any]], Any]:
    """Return what writes an attribute of values of a type, by a builder, and a value and its attribute."""
    return target_context().get_setattr(  # type: ignore[no-any-return]
        name, signature(types.none, kind, attribute(kind, name).kind)
    )


@functools.cache
def unified(one: Any, other: Any) -> Any:
    """Type that takes values of either of two types."""
    found = cpu_target.typing_context.unify_types(one, other)
    if found is None or isinstance(found, types.Optional):
        raise TypeError(f"{one} and {other} have no type in common")
    return found


@functools.cache
def packer(kinds: tuple[Any, ...]) -> Any:
    """Return what makes arguments of intermediate code of arguments of some types, and the reverse."""
    return target_context().get_arg_packer(kinds)
