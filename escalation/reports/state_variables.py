"""State variables: every attribute that a run keeps, what it means, and whether a run changes it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.resources import files

from escalation.reports.parameters import MODELS
from escalation.reports.state_words import STATE_WORDS
from escalation.reports.tables import Table

__all__ = ["RECORDS", "changed", "state_tables"]

RECORDS: dict[str, tuple[str, str]] = {
    "Clock": ("clock", "scenario"),
    "Option": ("options", "rung"),
    "ActorState": ("actors", "actor"),
    "FrontState": ("fronts", "front"),
    "PledgeState": ("pledges", "commitment"),
    "SignalState": ("signals", "signal"),
    "EventState": ("events", "mediation"),
    "IncidentState": ("incidents", "provocation"),
    "HypothesisState": ("hypotheses", "suspect"),
}
"""Records of the state: the table of a crisis that holds them, and the part of a scenario they come from."""


def _source(module: str) -> ast.Module:
    return ast.parse((files("escalation") / "dynamics" / f"{module}.py").read_text(encoding="utf-8"))


def _modules() -> list[str]:
    names = [entry.name for entry in (files("escalation") / "dynamics").iterdir()]
    return sorted(name.removesuffix(".py") for name in names if name.endswith(".py"))


def _attributes() -> dict[str, dict[str, str]]:
    """Attributes of each record with the docstring that follows them, empty where there is none."""
    found: dict[str, dict[str, str]] = {}
    for record in _source("state").body:
        if isinstance(record, ast.ClassDef) and record.name in RECORDS:
            words = found.setdefault(record.name, {})
            name = ""
            for line in record.body:
                if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                    name = line.target.id
                    words[name] = ""
                elif name and isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
                    words[name] = str(line.value.value)
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
    rows = {
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
    steps = (node for module in _modules() for node in ast.walk(_source(module)) if isinstance(node, ast.FunctionDef))
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
    tables = {}
    for record, words in _attributes().items():
        table, part = RECORDS[record]
        fields = MODELS[part].model_fields
        rows = []
        for name, said in words.items():
            meaning = said or STATE_WORDS.get(record, {}).get(name) or str(fields[name].description)
            rows.append((f"`{name}`", meaning, "yes" if (table, name) in moving else ""))
        tables[table] = Table(("variable", "meaning", "changes"), tuple(rows))
    return tables
