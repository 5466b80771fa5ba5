"""Lanes in machine code: one vector of eight numbers, which the processor works out at once as far as it can.

What `escalation.arithmetic.elementary` says of lanes is given here what it is in machine code. The operations are those
of a number, lane by lane, and none is contracted or put in another order. So each lane has the bits that Python gives
it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import lower_builtin, models, register_model

from escalation.arithmetic import elementary
from escalation.arithmetic.elementary import WIDTH
from escalation.engines.pointers import RowType, alone

DOUBLE, WORD = ir.DoubleType(), ir.IntType(64)
VECTOR, WORDS = ir.VectorType(DOUBLE, WIDTH), ir.VectorType(WORD, WIDTH)
FRACTION_BITS = 52
BIAS = 1023
"""Of the exponent of 2 in the bits of a number."""
TO_WHOLE = 6755399441055744.0
"""Added to a whole number, it leaves that number in the lowest bits."""


class LanesType(types.Type):
    """Eight numbers."""

    def __init__(self) -> None:
        super().__init__(name="Lanes")


LANES = LanesType()


class WholeType(types.Type):
    """Eight whole numbers."""

    def __init__(self) -> None:
        super().__init__(name="Whole")


WHOLE = WholeType()


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: LanesType) -> None:
        super().__init__(manager, kind, VECTOR)


@register_model(WholeType)
class _WholeModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: WholeType) -> None:
        super().__init__(manager, kind, WORDS)


def _are_lanes(*kinds: Any) -> bool:
    return any(isinstance(kind, LanesType) for kind in kinds)


def _taken(*kinds: Any) -> tuple[Any, ...]:
    """How operands are taken: lanes as they are, any other number as a float."""
    return tuple(kind if isinstance(kind, LanesType) else types.float64 for kind in kinds)


def _constant(like: Any, value: float) -> Any:
    """Constant of a type, in every lane of it if it has lanes."""
    if isinstance(like, ir.VectorType):
        return ir.Constant(like, [ir.Constant(like.element, value)] * WIDTH)
    return ir.Constant(like, value)


def _spread(builder: Any, value: Any) -> Any:
    """A value in all lanes; lanes as they are."""
    if isinstance(value.type, ir.VectorType):
        return value
    undefined, number = ir.Constant(ir.VectorType(value.type, WIDTH), ir.Undefined), ir.IntType(32)
    one = builder.insert_element(undefined, value, ir.Constant(number, 0))
    return builder.shuffle_vector(one, undefined, _constant(ir.VectorType(number, WIDTH), 0))


def _alike(builder: Any, *values: Any) -> list[Any]:
    """Operands all in lanes, if one of them is."""
    if any(isinstance(value.type, ir.VectorType) for value in values):
        return [_spread(builder, value) for value in values]
    return list(values)


Typing = Callable[..., Any]
"""Signature of a function for the types of its arguments."""
Code = Callable[..., Any]
"""What a function is in machine code: of the builder, the types of its arguments and the arguments."""


def _by_operands(*kinds: Any) -> Any:
    """Signature of an operation whose result has lanes if an operand has."""
    return signature(LANES if _are_lanes(*kinds) else types.float64, *_taken(*kinds))


def _known(python: Any, typing: Typing, code: Code) -> None:
    """Let the compiler know a function of Python's, or an operator, by its signature and its machine code."""

    def generic(self: Any, args: Any, kws: Any) -> Any:
        return typing(*args)

    def lowered(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return code(context, builder, sig.args, args)

    infer_global(python)(type(f"_{python.__name__}", (AbstractTemplate,), {"key": python, "generic": generic}))
    lower_builtin(python, types.VarArg(types.Any))(lowered)


# ---------------------------------------------------------------------------------- + − × ÷


def _if_lanes(*kinds: Any) -> Any:
    """Signature of an operation on lanes; none for other numbers, on which the compiler knows it."""
    if _are_lanes(*kinds) and all(isinstance(kind, LanesType | types.Number) for kind in kinds):
        return _by_operands(*kinds)
    return None


def _operation(python: Any, machine: str, *, kind: Any = LanesType, number: Any = types.Float) -> None:
    """Let the compiler know an operator on lanes of a kind, and on them and a number."""
    typed = _if_lanes if kind is LanesType else _if_whole

    def generic(self: Any, args: Any, kws: Any) -> Any:
        return typed(*args)

    def lowered(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return getattr(builder, machine)(*_alike(builder, *args))

    infer_global(python)(type(f"_{machine}", (AbstractTemplate,), {"key": python, "generic": generic}))
    for pair in ((kind, kind), (kind, number), (number, kind)):
        lower_builtin(python, *pair)(lowered)


_operation(operator.add, "fadd")
_operation(operator.sub, "fsub")
_operation(operator.mul, "fmul")
_operation(operator.truediv, "fdiv")


@infer_global(operator.neg)
class _Negative(AbstractTemplate):
    key = operator.neg

    def generic(self, args: Any, kws: Any) -> Any:
        return _if_lanes(*args)


@lower_builtin(operator.neg, LanesType)
def _negative(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    # From −0.0: from 0.0 the negative of 0.0 would be 0.0, where Python has −0.0.
    return builder.fsub(_constant(VECTOR, -0.0), args[0])


# ---------------------------------------------------------------------------------- whole numbers


def _if_whole(*kinds: Any) -> Any:
    """Signature of an operation on whole numbers in lanes; none for others."""
    if any(isinstance(kind, WholeType) for kind in kinds) and all(
        isinstance(kind, WholeType | types.Integer) for kind in kinds
    ):
        return signature(WHOLE, *(kind if isinstance(kind, WholeType) else types.int64 for kind in kinds))
    return None


for _python, _machine in (
    (operator.add, "add"),
    (operator.mul, "mul"),
    (operator.lshift, "shl"),
    (operator.rshift, "lshr"),
    (operator.and_, "and_"),
    (operator.or_, "or_"),
    (operator.xor, "xor"),
):
    _operation(_python, _machine, kind=WholeType, number=types.Integer)


def _counted_as_float(builder: Any, whole: Any, less: float) -> Any:
    """Whole numbers of 0 to below 2**52 as floats, less a number: exact, and what every processor does in lanes.

    The whole number becomes the fraction of 2**52, whose last bit counts as 1.
    """
    kind = VECTOR if isinstance(whole.type, ir.VectorType) else DOUBLE
    raised = builder.bitcast(builder.or_(whole, _constant(whole.type, (FRACTION_BITS + BIAS) << FRACTION_BITS)), kind)
    return builder.fsub(raised, _constant(kind, 2.0**FRACTION_BITS + less))


@infer_global(operator.add)
class _WithFraction(AbstractTemplate):
    key = operator.add

    def generic(self, args: Any, kws: Any) -> Any:
        if isinstance(args[0], WholeType) and isinstance(args[1], types.Float):
            return signature(LANES, WHOLE, types.float64)
        return None


@lower_builtin(operator.add, WholeType, types.Float)
def _with_fraction(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return builder.fadd(_counted_as_float(builder, args[0], 0.0), _spread(builder, args[1]))


def _counted(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    return builder.add(_spread(builder, args[0]), ir.Constant(WORDS, [ir.Constant(WORD, n) for n in range(WIDTH)]))


# ---------------------------------------------------------------------------------- rows


def _cell(context: Any, builder: Any, kind: RowType, row: Any, first: Any) -> Any:
    data = cgutils.create_struct_proxy(kind)(context, builder, value=row).data
    return builder.bitcast(builder.gep(builder.bitcast(data, DOUBLE.as_pointer()), [first]), VECTOR.as_pointer())


def _load(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    # Aligned to a word, as stores are: not every row of a table begins where eight words are.
    return alone(builder, builder.load(_cell(context, builder, kinds[0], *args), align=8), kinds[0].name)


def _load_whole(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    return builder.bitcast(_load(context, builder, kinds, args), WORDS)


def _store(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    cell = _cell(context, builder, kinds[0], args[0], args[1])
    alone(builder, builder.store(args[2], cell, align=8), kinds[0].name)
    return context.get_dummy_value()


def _splat(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    return _spread(builder, args[0])


def _width(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    return ir.Constant(WORD, WIDTH)


_known(elementary.width, lambda: signature(types.intp), _width)
_known(elementary.lanes_at, lambda row, first: signature(LANES, row, types.intp), _load)
_known(elementary.put_lanes, lambda row, first, value: signature(types.none, row, types.intp, LANES), _store)
_known(elementary.whole_at, lambda row, first: signature(WHOLE, row, types.intp), _load_whole)
_known(elementary.whole, lambda number: signature(WHOLE, types.int64), _splat)
_known(elementary.counted, lambda first: signature(WHOLE, types.int64), _counted)
_known(elementary.splat, lambda number: signature(LANES, types.float64), _splat)


# ---------------------------------------------------------------------------------- choices, and powers of 2


def _greater(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    # By the comparison that stands in Python's text: a maximum of the processor's may treat NaN and −0.0 otherwise.
    one, other = _alike(builder, *args)
    return builder.select(builder.fcmp_ordered(">", other, one), other, one)


def _lesser(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    one, other = _alike(builder, *args)
    return builder.select(builder.fcmp_ordered("<", other, one), other, one)


def _at_least(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    one, other = _alike(builder, *args)
    holds = builder.fcmp_ordered(">=", one, other)
    return builder.select(holds, _constant(one.type, 1.0), _constant(one.type, 0.0))


def _where(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    asked, one, other = _alike(builder, *args)
    return builder.select(builder.fcmp_ordered(">", asked, _constant(asked.type, 0.0)), one, other)


def _words_of(kind: Any) -> Any:
    return WORDS if isinstance(kind, ir.VectorType) else WORD


def _scaled(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    number, whole = _alike(builder, *args)
    words = _words_of(number.type)
    raised = builder.bitcast(builder.fadd(whole, _constant(whole.type, TO_WHOLE)), words)
    shifted = builder.shl(raised, _constant(words, FRACTION_BITS))  # only the lowest bits are left: the power
    return builder.bitcast(builder.add(builder.bitcast(number, words), shifted), number.type)


def _exponent(context: Any, builder: Any, kinds: Any, args: Any) -> Any:
    words = _words_of(args[0].type)
    biased = builder.lshr(builder.bitcast(args[0], words), _constant(words, FRACTION_BITS))
    return _counted_as_float(builder, biased, float(BIAS))


_known(elementary.greater, _by_operands, _greater)
_known(elementary.lesser, _by_operands, _lesser)
_known(elementary.at_least, _by_operands, _at_least)
_known(elementary.where, _by_operands, _where)
_known(elementary.scaled, _by_operands, _scaled)
_known(elementary.exponent, _by_operands, _exponent)
