"""How expressions of a shared function become intermediate code, each as soon as the types of its operands are known.

What an operation on some types is in intermediate code comes from numba, and from those who tell numba of types of
their own (`escalation.engines.pointers`, `escalation.engines.vectors`).
"""

from __future__ import annotations

import ast
import builtins
import functools
import inspect
import operator
from collections import ChainMap, Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.errors import UnsupportedError
from numba.core.typing.typeof import typeof

from escalation.arithmetic.contexts import attribute, operation, packer, target_context, unified

__all__ = ["OPERATORS", "WORD", "Again", "Expressions", "Learned", "Translated", "Translation", "Value"]

BIT, WORD = ir.IntType(1), ir.IntType(64)
HALF = 1 << 63
OPERATORS: dict[type, Callable[..., object]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.USub: operator.neg,
    ast.Invert: operator.invert,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
KNOWN = {*OPERATORS, ast.Not, ast.And, ast.Or}
UNKNOWN = object()
"""Stands where there is no object of Python's: for a value that only a run has."""

Value = tuple[Any, Any]
"""Type of a value, and the value in intermediate code."""


class Translation(NamedTuple):
    """A function in intermediate code.

    Parameters
    ----------
    name
        Name in its module.
    kinds, result
        Types of its arguments, and of its result.
    declared
        Its type in intermediate code.
    """

    name: str
    kinds: tuple[Any, ...]
    result: Any
    declared: Any

    def call(self, builder: Any, values: Sequence[Any]) -> Any:
        """Write a call, with arguments of the right types."""
        module = builder.module
        callee = module.globals.get(self.name) or ir.Function(module, self.declared, self.name)
        returned = builder.call(callee, packer(self.kinds).as_arguments(builder, values))
        return target_context().get_dummy_value() if self.result == types.none else returned


Translated = Callable[[Any], Callable[[tuple[Any, ...]], Translation] | None]
"""Of a shared function what finds its translation for arguments of some types; None of another function."""


class Again(Exception):  # noqa: N818 - nothing is wrong
    """Something was learned; the function has to be written anew."""


class Learned:
    """What an attempt to write a function leaves to the next.

    A variable that gets its value in one place is that value, as long as it is read below that place. Others lie in
    memory, and so have one type for the whole function.
    """

    def __init__(self, function: Any, tree: Any) -> None:
        code = function.__code__
        times = Counter(code.co_varnames[: code.co_argcount])
        times.update(
            node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        )
        self.names = set(times)
        self.in_memory = {name for name, number in times.items() if number > 1}
        self.kinds: dict[str, Any] = {}
        self.result: Any = None


class Expressions:
    """Writer of the expressions in a function."""

    def __init__(self, function: Any, builder: Any, learned: Learned, translated: Translated) -> None:
        self.builder, self.learned, self.translated = builder, learned, translated
        code = function.__code__
        enclosed = {
            name: cell.cell_contents for name, cell in zip(code.co_freevars, function.__closure__ or (), strict=True)
        }
        self.outside = ChainMap(enclosed, function.__globals__, vars(builtins))
        self.values: dict[str, Value] = {}
        self.places: dict[str, Any] = {}

    # ------------------------------------------------------------------------------------------------------ variables

    def put(self, name: str, kind: Any, value: Any) -> None:
        """Give a variable a value."""
        learned = self.learned
        if name not in learned.in_memory:
            self.values[name] = kind, value
            return
        before = learned.kinds.setdefault(name, kind)
        if before != kind and (common := unified(before, kind)) != before:
            # What was written so far takes the variable for another type.
            learned.kinds[name] = common
            raise Again
        if name not in self.places:
            self.places[name] = cgutils.alloca_once(self.builder, target_context().get_value_type(before), name=name)
        self.builder.store(self.cast(kind, value, before), self.places[name])

    def variable(self, name: str) -> Value:
        """Read a variable."""
        if name in self.values:
            return self.values[name]
        if name in self.places:
            return self.learned.kinds[name], self.builder.load(self.places[name])
        if name in self.learned.in_memory:
            raise UnboundLocalError(f"{name} is read before it has a value")
        self.learned.in_memory.add(name)  # it has its value from a branch, or from the turn of a loop before
        raise Again

    def cast(self, kind: Any, value: Any, wanted: Any) -> Any:
        """Write a change of type."""
        return value if kind == wanted else target_context().cast(self.builder, value, kind, wanted)

    # ---------------------------------------------------------------------------------------------- objects of Python's

    def thing(self, node: Any) -> Any:
        """Return the object that an expression names without a run, else `UNKNOWN`."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name) and node.id not in self.learned.names:
            return self.outside[node.id]
        if isinstance(node, ast.Attribute) and (owner := self.thing(node.value)) is not UNKNOWN:
            return getattr(owner, node.attr)
        return UNKNOWN

    def constant(self, thing: Any) -> Value:
        """Value of an object of Python's."""
        if isinstance(thing, bool):
            return types.boolean, ir.Constant(BIT, int(thing))
        if isinstance(thing, int) and -HALF <= thing < HALF:
            return types.int64, ir.Constant(WORD, thing)
        if isinstance(thing, float):
            return types.float64, ir.Constant(ir.DoubleType(), thing)
        kind = typeof(thing)
        return kind, target_context().get_constant_generic(self.builder, kind, thing)

    # ---------------------------------------------------------------------------------------------------- expressions

    def value(self, node: Any) -> Value:
        """Write an expression."""
        thing = self.thing(node)
        if thing is not UNKNOWN:
            return self.constant(thing)
        write = getattr(self, f"_{type(node).__name__.lower()}", None)
        if write is None or type(getattr(node, "op", ast.Not())) not in KNOWN:
            raise UnsupportedError(f"{ast.unparse(node)} is more than a shared function can do")
        return write(node)  # type: ignore[no-any-return]

    def applied(self, function: Any, *operands: Value) -> Value:
        """Write an operation that numba knows."""
        found = operation(function, tuple(kind for kind, _ in operands))
        taken = [self.cast(*operand, kind) for operand, kind in zip(operands, found.taken, strict=True)]
        return found.result, found.write(self.builder, taken)

    def _name(self, node: ast.Name) -> Value:
        return self.variable(node.id)

    def _attribute(self, node: ast.Attribute) -> Value:
        kind, value = self.value(node.value)
        found = attribute(kind, node.attr)
        return found.kind, found.read(self.builder, value)

    def _subscript(self, node: ast.Subscript) -> Value:
        kind: Any
        kind, value = self.value(node.value)
        place = self.thing(node.slice)
        in_tuple = isinstance(kind, types.BaseTuple) and isinstance(place, int)
        if in_tuple:
            return kind.types[place], self.builder.extract_value(value, place)
        return self.applied(operator.getitem, (kind, value), self.value(node.slice))

    def _tuple(self, node: ast.Tuple) -> Value:
        return self.tuple_of([self.value(element) for element in node.elts])

    def tuple_of(self, values: Sequence[Value], python: type = tuple) -> Value:
        """Write a tuple, or a named tuple of a class."""
        kind = types.BaseTuple.from_types(tuple(kind for kind, _ in values), python)
        return kind, target_context().make_tuple(self.builder, kind, [value for _, value in values])

    def _unaryop(self, node: ast.UnaryOp) -> Value:
        if isinstance(node.op, ast.Not):
            return types.boolean, self.builder.not_(self.truth(*self.value(node.operand)))
        operand = self.thing(node.operand)
        if operand is not UNKNOWN:
            return self.constant(OPERATORS[type(node.op)](operand))
        return self.applied(OPERATORS[type(node.op)], self.value(node.operand))

    def _binop(self, node: ast.BinOp) -> Value:
        return self.applied(OPERATORS[type(node.op)], self.value(node.left), self.value(node.right))

    def _compare(self, node: ast.Compare) -> Value:
        operands = [self.value(each) for each in (node.left, *node.comparators)]  # all, though Python may stop sooner
        held = [
            self.applied(OPERATORS[type(each)], one, other)
            for each, one, other in zip(node.ops, operands, operands[1:], strict=False)
        ]
        return types.boolean, functools.reduce(self.builder.and_, (value for _, value in held))

    def _call(self, node: ast.Call) -> Value:
        python = self.thing(node.func)
        if python is UNKNOWN:
            raise UnsupportedError(f"{ast.unparse(node.func)} is no function that is known before a run")
        is_tuple = isinstance(python, type) and issubclass(python, tuple)
        translation = None if is_tuple else self.translated(python)
        ours = is_tuple or translation is not None
        if node.keywords and not ours:
            raise UnsupportedError(f"{ast.unparse(node)} names arguments of a function that is not shared")
        given = [self.value(argument) for argument in node.args]
        named = {str(keyword.arg): self.value(keyword.value) for keyword in node.keywords}
        if python in (min, max):
            return functools.reduce(
                functools.partial(self._chosen, operator.lt if python is min else operator.gt), given
            )
        if python is int and len(given) == 1:
            return types.int64, self.cast(*given[0], types.int64)
        if not ours:
            return self.applied(python, *given)
        bound = inspect.signature(python).bind(*given, **named)
        values = [
            bound.arguments[name] if name in bound.arguments else self.constant(parameter.default)
            for name, parameter in bound.signature.parameters.items()
        ]
        if translation is None:
            return self.tuple_of(values, python)
        found = translation(tuple(kind for kind, _ in values))
        return found.result, found.call(self.builder, [value for _, value in values])

    def _chosen(self, better: Any, so_far: Value, other: Value) -> Value:
        """Write the lesser or greater of two, and the first of equals, as Python does."""
        kind = unified(so_far[0], other[0])
        one, two = self.cast(*so_far, kind), self.cast(*other, kind)
        _, is_better = self.applied(better, (kind, two), (kind, one))
        return kind, self.builder.select(is_better, two, one)

    # ------------------------------------------------------------------------------------------------------- branches

    def truth(self, kind: Any, value: Any) -> Any:
        """Whether a value counts as true."""
        return value if kind == types.boolean else target_context().is_true(self.builder, kind, value)

    def branch(self, node: Any, then: Any, other: Any, *, exact: bool = False) -> None:
        """Go on in one of two blocks, as a condition holds or not; `exact` takes no number for a condition."""
        builder = self.builder
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self.branch(node.operand, other, then)
        elif isinstance(node, ast.BoolOp):
            every = isinstance(node.op, ast.And)
            for part in node.values[:-1]:
                following = builder.append_basic_block()
                self.branch(part, *((following, other) if every else (then, following)), exact=exact)
                builder.position_at_end(following)
            self.branch(node.values[-1], then, other, exact=exact)
        else:
            kind, value = self.value(node)
            if exact and kind != types.boolean:
                raise UnsupportedError(f"{ast.unparse(node)} is no condition")
            builder.cbranch(self.truth(kind, value), then, other)

    def _boolop(self, node: ast.BoolOp) -> Value:
        return self._either(node, ast.Constant(value=True), ast.Constant(value=False), exact=True)

    def _ifexp(self, node: ast.IfExp) -> Value:
        return self._either(node.test, node.body, node.orelse)

    def _either(self, test: Any, *choices: Any, exact: bool = False) -> Value:
        """Write the one of two expressions that a condition chooses."""
        builder = self.builder
        begun = [builder.append_basic_block() for _ in choices]
        after = builder.append_basic_block()
        self.branch(test, *begun, exact=exact)
        values, ended = [], []
        for block, choice in zip(begun, choices, strict=True):
            builder.position_at_end(block)
            values.append(self.value(choice))
            ended.append(builder.block)
        kind = unified(*(kind for kind, _ in values))
        cast = []
        for block, value in zip(ended, values, strict=True):
            builder.position_at_end(block)
            cast.append((self.cast(*value, kind), block))
            builder.branch(after)
        builder.position_at_end(after)
        joined = builder.phi(target_context().get_value_type(kind))
        for value, block in cast:
            joined.add_incoming(value, block)
        return kind, joined
