"""Equations: what every mechanism computes, as its docstring says it, and the sources it cites."""

from __future__ import annotations

import ast
from importlib.resources import files

from escalation.reports.bibliography import keys_in
from escalation.reports.tables import Table

__all__ = ["mechanism_table"]


def mechanism_table() -> Table:
    """Table of all functions of the mechanisms, with the columns function, what it computes, source.

    A source is that of the function, or else of the module that it stands in.
    """
    rows = []
    folder = files("escalation") / "mechanisms"
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".py")):
        module = ast.parse((folder / name).read_text(encoding="utf-8"))
        of_module = keys_in(ast.get_docstring(module) or "")
        for function in module.body:
            if isinstance(function, ast.FunctionDef):
                words = ast.get_docstring(function) or ""
                keys = keys_in(words) or of_module
                place = f"`{name.removesuffix('.py')}.{function.name}`"
                rows.append((place, _said(words), ", ".join(f"[{key}]_" for key in keys)))
    return Table(("function", "what it computes", "source"), tuple(rows))


def _said(words: str) -> str:
    """Paragraphs of a docstring before its first section."""
    text, _, _ = words.partition("\n\nParameters\n")
    text, _, _ = text.partition("\n\nExamples\n")
    return text
