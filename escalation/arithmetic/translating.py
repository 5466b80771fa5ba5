"""How the text of a shared function becomes intermediate code: read once, typed and written on the way.

Numba goes from bytecode to a representation of its own, infers types by constraints, and then writes. That is made for
all of Python. A shared function is plain scalar Python: numbers, records, rows, loops over a range, and calls. So its
syntax tree is walked once, statement by statement here and expression by expression in
`escalation.arithmetic.expressions`.

A later line may show that an earlier one was written wrongly: a variable is a whole number first and a fraction later,
or it is read where its one value does not stand above. Then the function is written again, with what was learned.
"""

from __future__ import annotations

import ast
import functools
import linecache
import operator
from collections.abc import Iterator
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.errors import LoweringError, UnsupportedError

from escalation.arithmetic.contexts import attribute, packer, setter, target_context, unified
from escalation.arithmetic.expressions import (
    OPERATORS,
    UNKNOWN,
    WORD,
    Again,
    Expressions,
    Learned,
    Translated,
    Translation,
    Value,
)

__all__ = ["translate"]


def translate(
    function: Any, kinds: tuple[Any, ...], module: Any, names: Iterator[str], translated: Translated, *, inlined: bool
) -> Translation:
    """Write a function into a module, for arguments of some types.

    Parameters
    ----------
    function
        The function.
    kinds
        Types of its arguments.
    module
        Module of intermediate code.
    names
        Names for the function there; each attempt takes another.
    translated
        Finds the functions that it calls.
    inlined
        Whether it is copied into its callers.
    """
    tree = _tree(function)
    learned = Learned(function, tree)
    while True:
        name = next(names)
        room = ir.Function(module, ir.FunctionType(ir.VoidType(), packer(kinds).argument_types), name)
        if inlined:
            room.attributes.add("alwaysinline")
        writer = _Writer(function, room, learned, translated)
        try:
            writer.write(kinds, tree)
        except BaseException as error:
            del module.globals[name]
            if isinstance(error, Again):
                continue
            if isinstance(error, LoweringError) or not isinstance(error, Exception):
                raise
            where = f"{function.__module__}.{function.__qualname__}, line {writer.line}"
            raise LoweringError(f"{where}: {type(error).__name__}: {error}") from error
        return Translation(name, kinds, learned.result, room.ftype)


@functools.cache
def _functions(path: str, text: str) -> dict[tuple[int, str], Any]:
    """Functions in the text of a file, by the line in which they begin and their name."""
    found: dict[tuple[int, str], Any] = {}
    for node in ast.walk(ast.parse(text, path)):
        if isinstance(node, ast.FunctionDef):
            found[min([node.lineno, *(part.lineno for part in node.decorator_list)]), node.name] = node
        elif isinstance(node, ast.Lambda):
            place = node.lineno, "<lambda>"
            found[place] = None if place in found else node  # of two in a line nobody knows which
    return found


def _tree(function: Any) -> Any:
    code = function.__code__
    text = "".join(linecache.getlines(code.co_filename, function.__globals__))
    found = _functions(code.co_filename, text).get((code.co_firstlineno, code.co_name))
    if found is None:
        raise LoweringError(f"the text of {function.__qualname__} is not at hand, or not that which Python has read")
    return found


class _Writer(Expressions):
    """Writer of the statements in a function."""

    def __init__(self, function: Any, room: Any, learned: Learned, translated: Translated) -> None:
        super().__init__(function, ir.IRBuilder(room.append_basic_block("begin")), learned, translated)
        self.room = room
        self.names = function.__code__.co_varnames
        self.line = function.__code__.co_firstlineno
        self.loops: list[tuple[Any, Any]] = []

    def write(self, kinds: tuple[Any, ...], tree: Any) -> None:
        """Write the function."""
        for name, kind, value in zip(
            self.names, kinds, packer(kinds).from_arguments(self.builder, self.room.args), strict=False
        ):
            self.put(name, kind, value)
        if isinstance(tree, ast.Lambda):
            self._returned(self.value(tree.body))
        else:
            self._suite(tree.body)
        learned = self.learned
        if learned.result is None:
            learned.result = types.none
        if not self.builder.block.is_terminated:
            if learned.result != types.none:
                raise TypeError("a path returns nothing")
            self.builder.ret_void()
        self._declare(learned.result)

    def _declare(self, result: Any) -> None:
        """Say what the function returns, which was not known when it was begun."""
        returned = ir.VoidType() if result == types.none else target_context().get_value_type(result)
        self.room.ftype = ir.FunctionType(returned, self.room.ftype.args)
        self.room.type = self.room.ftype.as_pointer()
        self.room.return_value.type = returned

    def _suite(self, statements: list[Any]) -> None:
        outer = self.values
        self.values = dict(outer)
        for statement in statements:
            if self.builder.block.is_terminated:
                break
            self.line = statement.lineno
            write = getattr(self, f"_{type(statement).__name__.lower()}", None)
            if write is None:
                raise UnsupportedError(f"{ast.unparse(statement)} is more than a shared function can do")
            write(statement)
        self.values = outer

    # ----------------------------------------------------------------------------------------------------- assignments

    def _assign(self, node: ast.Assign) -> None:
        (target,) = node.targets
        if isinstance(target, ast.Tuple):
            self._unpack(target.elts, node.value)
        else:
            self._give(target, self.value(node.value))

    def _annassign(self, node: ast.AnnAssign) -> None:
        self._give(node.target, self.value(node.value))

    def _augassign(self, node: ast.AugAssign) -> None:
        self._give(node.target, self.applied(OPERATORS[type(node.op)], self.value(node.target), self.value(node.value)))

    def _unpack(self, targets: list[Any], source: Any) -> None:
        if isinstance(source, ast.Tuple):
            values = [self.value(element) for element in source.elts]
        else:
            kind, value = self.value(source)
            values = [(each, self.builder.extract_value(value, place)) for place, each in enumerate(kind.types)]
        for target, each in zip(targets, values, strict=True):
            self._give(target, each)

    def _give(self, target: Any, value: Value) -> None:
        if isinstance(target, ast.Name):
            self.put(target.id, *value)
            return
        kind, owner = self.value(target.value)
        if isinstance(target, ast.Attribute):
            given = self.cast(*value, attribute(kind, target.attr).kind)
            setter(kind, target.attr)(self.builder, (owner, given))
        else:
            self.applied(operator.setitem, (kind, owner), self.value(target.slice), value)

    # ------------------------------------------------------------------------------------------------ flow of control

    def _expr(self, node: ast.Expr) -> None:
        if self.thing(node.value) is UNKNOWN:
            self.value(node.value)

    def _pass(self, _: ast.Pass) -> None:
        pass

    def _return(self, node: ast.Return) -> None:
        self._returned((types.none, None) if node.value is None else self.value(node.value))

    def _returned(self, returned: Value) -> None:
        kind, value = returned
        learned = self.learned
        if learned.result is None:
            learned.result = kind
        elif learned.result != kind and (common := unified(learned.result, kind)) != learned.result:
            learned.result = common
            raise Again
        if kind == types.none:
            self.builder.ret_void()
        else:
            self.builder.ret(self.cast(kind, value, learned.result))

    def _if(self, node: ast.If) -> None:
        builder = self.builder
        then, after = builder.append_basic_block(), builder.append_basic_block()
        other = builder.append_basic_block() if node.orelse else after
        self.branch(node.test, then, other)
        goes_on = not node.orelse
        for block, suite in ((then, node.body), (other, node.orelse)):
            if suite:
                builder.position_at_end(block)
                self._suite(suite)
                if not builder.block.is_terminated:
                    builder.branch(after)
                    goes_on = True
        builder.position_at_end(after)
        if not goes_on:
            # Both ways have left the function. A block that nothing leads to still needs an end.
            builder.unreachable()

    def _while(self, node: ast.While) -> None:
        builder = self.builder
        head, body, after = (builder.append_basic_block() for _ in range(3))
        builder.branch(head)
        builder.position_at_end(head)
        self.branch(node.test, body, after)
        builder.position_at_end(body)
        self._turns(node, head, after)

    def _for(self, node: ast.For) -> None:
        """Write a loop over a range, or over what has a length and is read by number."""
        builder, row = self.builder, None
        if isinstance(node.iter, ast.Call) and self.thing(node.iter.func) is range:
            first, stop, step = self._range(node.iter)
        else:
            row = self.value(node.iter)
            first, stop, step = ir.Constant(WORD, 0), self.applied(len, row)[1], ir.Constant(WORD, 1)
        counter = cgutils.alloca_once_value(builder, first)
        head, body, following, after = (builder.append_basic_block() for _ in range(4))
        builder.branch(head)
        builder.position_at_end(head)
        turn = builder.load(counter)
        builder.cbranch(builder.icmp_signed("<", turn, stop), body, after)
        builder.position_at_end(following)
        builder.store(builder.add(turn, step, flags=["nsw"]), counter)
        builder.branch(head)
        builder.position_at_end(body)
        outer = self.values
        self.values = dict(outer)
        value = types.int64, turn
        self._give(node.target, value if row is None else self.applied(operator.getitem, row, value))
        self._turns(node, following, after)
        self.values = outer

    def _range(self, node: ast.Call) -> tuple[Any, Any, Any]:
        given = [self.cast(*self.value(argument), types.int64) for argument in node.args]
        first = ir.Constant(WORD, 0) if len(given) == 1 else given.pop(0)
        step = given[1] if len(given) > 1 else ir.Constant(WORD, 1)
        if not isinstance(step, ir.Constant) or step.constant <= 0:
            raise UnsupportedError("the step of a range is a constant above 0")
        return first, given[0], step

    def _turns(self, node: Any, following: Any, after: Any) -> None:
        """Write what a loop repeats, from here on."""
        if node.orelse:
            raise UnsupportedError("a loop with else is more than a shared function can do")
        self.loops.append((following, after))
        self._suite(node.body)
        self.loops.pop()
        if not self.builder.block.is_terminated:
            self.builder.branch(following)
        self.builder.position_at_end(after)

    def _continue(self, _: ast.Continue) -> None:
        self.builder.branch(self.loops[-1][0])

    def _break(self, _: ast.Break) -> None:
        self.builder.branch(self.loops[-1][1])
