"""Equations: what every mechanism computes, as its docstring says it, with its switches and the sources it cites."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from escalation.reports.bibliography import keys_in
from escalation.reports.tables import Table

__all__ = ["Mechanism", "mechanism_table", "mechanisms"]

_HEADING = re.compile(r"^# -+ (?P<name>[a-z ]+)\n(?P<words>(?:# .*\n)+)", re.MULTILINE)
_IN_BRACKETS = re.compile(r"\([^)]*\)")


class Mechanism(NamedTuple):
    """A section of a module of `escalation.mechanisms`: what its heading says, and its functions."""

    family: str
    """Module that it stands in."""
    name: str
    words: str
    """What it is, with its sources."""
    switched: str
    """By what a scenario switches it off."""
    functions: dict[str, str]
    """Docstrings of its functions by name."""
    sources: tuple[str, ...]
    """Keys that its heading and its docstrings cite, in order."""

    @property
    def switches(self) -> tuple[str, ...]:
        """Names of its switches; what stands in brackets are fields of a scenario."""
        return tuple(re.findall(r"`([a-z-]+)`", _IN_BRACKETS.sub("", self.switched)))

    @property
    def always(self) -> bool:
        """Whether some part of it is in use in every scenario."""
        return "every scenario" in self.switched


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    """Read all mechanisms from the sources: modules in the order of their names, sections as they stand.

    Examples
    --------
    >>> [mechanism.name for mechanism in mechanisms() if mechanism.family == "alliances"]
    ['commitment', 'patron reply', 'leash', 'proxy']
    """
    folder = files("escalation") / "mechanisms"
    modules = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".py"))
    return tuple(found for name in modules for found in _sections(name, (folder / name).read_text(encoding="utf-8")))


def _sections(module: str, text: str) -> list[Mechanism]:
    """Sections of a module, each with what stands between its heading and the next."""
    headings = list(_HEADING.finditer(text))
    starts = [heading.start() for heading in headings] + [len(text)]
    found = []
    for heading, end in zip(headings, starts[1:], strict=True):
        body = text[heading.end() : end]
        said = " ".join(line.removeprefix("# ") for line in heading["words"].splitlines())
        words, switch, rest = said.partition(" Switch")
        steps = (node for node in ast.parse(body).body if isinstance(node, ast.FunctionDef))
        functions = {step.name: ast.get_docstring(step) or "" for step in steps}
        family = module.removesuffix(".py")
        found.append(Mechanism(family, heading["name"], words, switch.strip() + rest, functions, keys_in(said + body)))
    return found


def mechanism_table() -> Table:
    """Table of all functions of the mechanisms, with the columns function, what it computes, source.

    A source is that of the function, or else of the heading that it stands under.
    """
    rows = []
    for mechanism in mechanisms():
        for name, words in mechanism.functions.items():
            keys = keys_in(words) or keys_in(mechanism.words)
            rows.append((f"`{mechanism.family}.{name}`", _said(words), ", ".join(f"[{key}]_" for key in keys)))
    return Table(("function", "what it computes", "source"), tuple(rows))


def _said(words: str) -> str:
    """Paragraphs of a docstring before its first section."""
    text, _, _ = words.partition("\n\nParameters\n")
    text, _, _ = text.partition("\n\nExamples\n")
    return text
