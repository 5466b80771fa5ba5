"""State variables: every attribute that a run keeps, what it means, and whether a run changes it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib.resources import files

from escalation.engines.memory import RECORDS
from escalation.reports.tables import Table

__all__ = ["changed", "state_tables", "words_of"]

_LEFT_OUT = ("rules", "parameters", "severities")
"""Tables that the description leaves out, since they hold the parameters of the scenario."""
_TABLES = {record.__name__: table for table, record in RECORDS.items()}


def words_of(record: type) -> dict[str, str]:
    """Words that stand below each attribute of a record of the state, empty where there are none."""
    found: dict[str, str] = {}
    for part in reversed(record.__mro__[:-1]):
        name = ""
        for line in ast.parse(inspect.getsource(part)).body[0].body:  # type: ignore[attr-defined]
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                name = line.target.id
                found[name] = ""
            elif name and isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
                found[name] = inspect.cleandoc(str(line.value.value))
    return found


def _table_of(value: ast.expr) -> str | None:
    """Table of a crisis that an expression takes a row of: ``actors`` for ``crisis.actors[i]``."""
    if isinstance(value, ast.Subscript) and isinstance(value.value, ast.Attribute):
        holder = value.value.value
        if isinstance(holder, ast.Name) and holder.id == "crisis":
            return value.value.attr
    return None


def _stores(step: ast.FunctionDef) -> Iterator[tuple[str | None, str]]:
    """Table and attribute of every assignment to an attribute within a function."""
    handed = ((given.arg, given.annotation) for given in step.args.args)
    rows = {name: _TABLES.get(ast.unparse(kind)) for name, kind in handed if kind is not None}
    rows |= {
        node.targets[0].id: _table_of(node.value)
        for node in ast.walk(step)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in ast.walk(step):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            row = node.value.id if isinstance(node.value, ast.Name) else ""
            yield rows.get(row) or _table_of(node.value), node.attr


def changed() -> set[tuple[str, str]]:
    """Tables and attributes that some step of a run assigns to, read from the source of the steps."""
    modules = (entry for entry in (files("escalation") / "dynamics").iterdir() if entry.name.endswith(".py"))
    nodes = (node for module in modules for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    steps = (node for node in nodes if isinstance(node, ast.FunctionDef))
    return {(table, name) for step in steps for table, name in _stores(step) if table is not None}


def state_tables() -> dict[str, Table]:
    """Tables of all state variables by the table of the crisis that holds them.

    Returns
    -------
    dict
        Tables with the columns variable, meaning, changes: yes for a state variable proper, empty for what a run
        only reads.
    """
    moving = changed()
    return {
        table: Table(
            ("variable", "meaning", "changes"),
            tuple(
                (f"`{name}`", meaning, "yes" if (table, name) in moving else "")
                for name, meaning in words_of(record).items()
            ),
        )
        for table, record in RECORDS.items()
        if table not in _LEFT_OUT
    }
