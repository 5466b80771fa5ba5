"""The tables of a crisis as bare pointers, for the compiled engine.

A tuple of arrays costs machine code dear: each call copies some hundred words and counts references. Here a crisis is
one pointer to a header that says where each table lies. The steps of a period are the same text in both engines:
``crisis.fronts[f].injury`` is an attribute of a Python object in one, and a load from memory in the other.

The compiler is told what it could not know: that a header does not change while runs are played, and that two different
attributes are never the same word. So it reads a value once where the text names it in every turn of a loop.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any, get_type_hints

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import (
    AbstractTemplate,
    AttributeTemplate,
    infer_getattr,
    infer_global,
    signature,
)
from numba.extending import (
    lower_builtin,
    lower_getattr_generic,
    lower_setattr_generic,
    models,
    register_model,
)

from escalation.dynamics.state import Crisis
from escalation.engines.memory import RECORDS, crisis_at, record_dtype

__all__ = ["RowType", "alone"]

WORD = ir.IntType(64)
HEADER_WORDS = 3


class CrisisType(types.Type):
    """A crisis: a pointer to its header."""

    def __init__(self) -> None:
        super().__init__(name="Crisis")


class RecordType(types.Type):
    """A record: where its eight-byte attributes lie."""

    def __init__(self, name: str) -> None:
        kind = record_dtype(RECORDS[name])
        self.record = RECORDS[name].__name__
        self.attributes = {
            field: (word, types.int64 if kind[field].kind == "i" else types.float64)
            for word, field in enumerate(kind.names or ())
        }
        super().__init__(name=f"Record[{self.record}]")


class TableType(types.Type):
    """A table of records: where it lies, and its number of rows."""

    def __init__(self, name: str) -> None:
        self.record = RecordType(name)
        super().__init__(name=f"Table[{name}]")


class RowType(types.Type):
    """A row of numbers: where it lies, and how many they are."""

    def __init__(self, number: types.Type) -> None:
        self.number = number
        super().__init__(name=f"Row[{number}]")


class GridType(types.Type):
    """Rows of numbers: where they lie, how many they are, and their length."""

    def __init__(self, number: types.Type) -> None:
        self.row = RowType(number)
        super().__init__(name=f"Grid[{number}]")


FIELDS = {TableType: ("data", "rows"), RowType: ("data", "columns"), GridType: ("data", "rows", "columns")}
DATA, LENGTH, COLUMNS = 0, 1, 2
"""Places of fields: where it lies, how many there are, and of rows in a grid their length."""
CRISIS = CrisisType()


def _member(name: str, annotation: object) -> types.Type:
    """Type of a table of a crisis, as `Crisis` is annotated."""
    if annotation == list[float]:
        return RowType(types.float64)
    if annotation == list[list[float]]:
        return GridType(types.float64)
    if annotation == list[list[int]]:
        return GridType(types.int64)
    return TableType(name)


MEMBERS: dict[str, types.Type] = {name: _member(name, kind) for name, kind in get_type_hints(Crisis).items()}


@register_model(CrisisType)
class _CrisisModel(models.OpaqueModel):
    pass


@register_model(RecordType)
class _RecordModel(models.OpaqueModel):
    pass


@register_model(TableType)
class _TableModel(models.StructModel):
    def __init__(self, manager: Any, kind: TableType) -> None:
        super().__init__(manager, kind, [("data", types.voidptr), ("rows", types.intp)])


@register_model(RowType)
class _RowModel(models.StructModel):
    def __init__(self, manager: Any, kind: RowType) -> None:
        super().__init__(manager, kind, [("data", types.voidptr), ("columns", types.intp)])


@register_model(GridType)
class _GridModel(models.StructModel):
    def __init__(self, manager: Any, kind: GridType) -> None:
        members = [("data", types.voidptr), ("rows", types.intp), ("columns", types.intp)]
        super().__init__(manager, kind, members)


def alone(builder: Any, access: Any, name: str) -> Any:
    """Tell the compiler that a load or store under one name never meets one under another."""
    module = builder.module
    root = module.add_metadata([ir.MetaDataString(module, "escalation")])
    kind = module.add_metadata([ir.MetaDataString(module, name), root, ir.Constant(WORD, 0)])
    access.set_metadata("tbaa", module.add_metadata([kind, kind, ir.Constant(WORD, 0)]))
    return access


@infer_getattr
class _CrisisAttributes(AttributeTemplate):
    key = CrisisType

    def generic_resolve(self, crisis: CrisisType, name: str) -> types.Type | None:
        return MEMBERS.get(name)


@infer_getattr
class _RecordAttributes(AttributeTemplate):
    key = RecordType

    def generic_resolve(self, record: RecordType, name: str) -> types.Type | None:
        return record.attributes[name][1] if name in record.attributes else None


def _struct(builder: Any, context: Any, kind: types.Type, words: Sequence[Any]) -> Any:
    """Value of a table, row or grid: where it lies, and its lengths."""
    value = ir.Constant(context.get_value_type(kind), ir.Undefined)
    for place, word in enumerate(words):
        value = builder.insert_value(value, word, place)
    return value


@lower_getattr_generic(CrisisType)
def _load_table(context: Any, builder: Any, kind: CrisisType, value: Any, name: str) -> Any:
    header = builder.bitcast(value, WORD.as_pointer())
    first = HEADER_WORDS * Crisis._fields.index(name)
    words = []
    for offset in range(len(FIELDS[type(MEMBERS[name])])):
        word = builder.load(builder.gep(header, [ir.Constant(WORD, first + offset)]))
        word.set_metadata("invariant.load", builder.module.add_metadata([]))
        words.append(word)
    words[DATA] = builder.inttoptr(words[DATA], cgutils.voidptr_t)
    return _struct(builder, context, MEMBERS[name], words)


def _attribute(context: Any, builder: Any, kind: RecordType, value: Any, name: str) -> Any:
    word, number = kind.attributes[name]
    pointer = builder.bitcast(value, context.get_data_type(number).as_pointer())
    return builder.gep(pointer, [ir.Constant(WORD, word)])


@lower_getattr_generic(RecordType)
def _load_attribute(context: Any, builder: Any, kind: RecordType, value: Any, name: str) -> Any:
    load = builder.load(_attribute(context, builder, kind, value, name))
    return alone(builder, load, f"{kind.record}.{name}")


@lower_setattr_generic(RecordType)
def _store_attribute(context: Any, builder: Any, sig: Any, args: Any, name: str) -> None:
    kind, given = sig.args
    number = context.cast(builder, args[1], given, kind.attributes[name][1])
    store = builder.store(number, _attribute(context, builder, kind, args[0], name))
    alone(builder, store, f"{kind.record}.{name}")


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        container, index = args
        if not isinstance(index, types.Integer):
            return None
        if isinstance(container, TableType):
            return signature(container.record, container, types.intp)
        if isinstance(container, GridType):
            return signature(container.row, container, types.intp)
        if isinstance(container, RowType):
            return signature(container.number, container, types.intp)
        return None


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        container, index, _ = args
        if isinstance(container, RowType) and isinstance(index, types.Integer):
            return signature(types.none, container, types.intp, container.number)
        return None


@infer_global(len)
class _Length(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        if isinstance(args[0], (TableType, RowType, GridType)):
            return signature(types.intp, args[0])
        return None


def _at_row(builder: Any, data: Any, row: Any, words: Any) -> Any:
    """Address of a row of some words."""
    return builder.gep(data, [builder.mul(row, builder.mul(words, ir.Constant(WORD, 8)))])


@lower_builtin(operator.getitem, TableType, types.intp)
def _record(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    words = ir.Constant(WORD, len(sig.return_type.attributes))
    return _at_row(builder, builder.extract_value(args[0], DATA), args[1], words)


@lower_builtin(operator.getitem, GridType, types.intp)
def _row(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    columns = builder.extract_value(args[0], COLUMNS)
    data = _at_row(builder, builder.extract_value(args[0], DATA), args[1], columns)
    return _struct(builder, context, sig.return_type, (data, columns))


def _cell(context: Any, builder: Any, kind: RowType, value: Any, index: Any) -> Any:
    number = context.get_data_type(kind.number)
    return builder.gep(builder.bitcast(builder.extract_value(value, DATA), number.as_pointer()), [index])


@lower_builtin(operator.getitem, RowType, types.intp)
def _number(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return alone(builder, builder.load(_cell(context, builder, sig.args[0], args[0], args[1])), sig.args[0].name)


@lower_builtin(operator.setitem, RowType, types.intp, types.Number)
def _set_number(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    alone(builder, builder.store(args[2], _cell(context, builder, sig.args[0], args[0], args[1])), sig.args[0].name)
    return context.get_dummy_value()


@lower_builtin(len, TableType)
@lower_builtin(len, RowType)
@lower_builtin(len, GridType)
def _length(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return builder.extract_value(args[0], LENGTH)


@infer_global(crisis_at)
class _CrisisAt(AbstractTemplate):
    key = crisis_at

    def generic(self, args: Any, kws: Any) -> Any:
        return signature(CRISIS, *args)


@lower_builtin(crisis_at, types.Array)
def _crisis_at(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    array = context.make_array(sig.args[0])(context, builder, args[0])
    return builder.bitcast(array.data, context.get_value_type(CRISIS))
