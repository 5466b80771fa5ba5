"""The reference of the scenario file, made from its JSON Schema."""

from __future__ import annotations

import ast
import inspect
import itertools
import math
from enum import StrEnum
from typing import Any

from escalation.files import schema
from escalation.world import ladder, signal

__all__ = ["fields", "scenario_file"]

TABLES = {
    "Rules": "`[rules]`",
    "Actor": "`[actors.ID]`",
    "ByType": "By private type: `war_cost`, `honour`",
    "Front": "`[fronts.ACTOR-TARGET]`",
    "IncidentProcess": "Unintended incidents: `incidents` of a front",
    "Commitment": "`[commitments.ID]`",
    "Credence": "`credence` of a commitment",
    "Signal": "`[signals.ID]`",
    "Provocation": "`[events.ID]`, kind `provocation`",
    "Victim": "Its `victims`",
    "Suspect": "Its `suspects`",
    "Other": "Its `other`",
    "Accident": "`[events.ID]`, kind `accident`",
    "InternalShock": "`[events.ID]`, kind `internal-shock`",
    "Mediation": "`[events.ID]`, kind `mediation`",
    "Observed": "`[[observed]]`",
    "Ladder": "A ladder of your own: `[ladder]`",
    "Rung": "Its rungs: `[[ladder.rungs]]`",
    "Normal": "Distribution `normal`",
    "LogNormal": "Distribution `lognormal`",
    "Beta": "Distribution `beta`",
    "Uniform": "Distribution `uniform`",
    "Triangular": "Distribution `triangular`",
    "Elicited": "Distribution `elicited`",
}
"""Parts of a file, in the order of the page, and their headings."""

WORDS: dict[str, tuple[str, type[StrEnum]]] = {
    "SignalKind": ("Kinds of signal", signal.SignalKind),
    "Role": ("Roles of a rung", ladder.Role),
}
"""Sets of words that a key may take."""

HEAD = """# The scenario file

A scenario is a TOML file. Unknown keys are faults, and all faults of a file are reported at once.
`escalation new FILE` writes one to start from, `escalation validate FILE` checks it, and `escalation schema` prints a
JSON Schema (draft 2020-12) for editors and validators. A *distribution* is a table whose key `distribution` names its
kind; it stands for a number, and is drawn once per run. Utilities and costs are in *stakes*, times in days, intensities
from 0 to 1. A number with no bound given lies within ±10⁹, and one above 0 is 10⁻⁹ or more.
"""


LEAST, MOST = 1e-9, 1e9
"""What stands for no bound above 0, and for no bound at the top."""

PLAIN = {"string": "text", "boolean": "true or false", "object": "table", "date": "date"}


def _kind(part: dict[str, Any]) -> str:
    kind = part.get("format", part.get("type"))
    if "enum" in part or "const" in part:
        return " or ".join(f"`{value}`" for value in part.get("enum", [part.get("const")]))
    if "$ref" in part:
        return str(part["$ref"]).rpartition("/")[2]
    if "anyOf" in part or "oneOf" in part:
        kinds = [_kind(each) for each in part.get("anyOf", part.get("oneOf")) if each.get("type") != "null"]
        return f"{kinds[0]}, or a distribution" if "Normal" in kinds else " or ".join(dict.fromkeys(kinds))
    if kind == "array":
        return f"list of {_kind(part.get('items', {}))}"
    return _number(part) if kind in ("number", "integer") else PLAIN[kind]


def _number(part: dict[str, Any]) -> str:
    """Name a number with its bounds; the widest of them keep arithmetic finite and say nothing more."""
    kind = "whole number" if part["type"] == "integer" else "number"
    least, most = part.get("minimum", -math.inf), part.get("maximum", math.inf)
    above = part.get("exclusiveMinimum", 0.0 if least == LEAST else -math.inf)
    if least > -math.inf and least != LEAST:
        return f"{kind}, {least:g} to {most:g}" if most < MOST else f"{kind}, at least {least:g}"
    limits = [f"above {above:g}"] * (above > -math.inf) + [f"at most {most:g}"] * (most < MOST)
    return ", ".join([kind, " and ".join(limits)] if limits else [kind])


def _default(part: dict[str, Any]) -> str:
    value = part.get("default")
    if value in (None, "", {}, []):
        return ""
    if isinstance(value, dict):
        small = len(value) <= 2
        return ", ".join(f"`{key}` {number:g}" for key, number in value.items()) if small else "those of its own table"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _rows(part: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Key, value, default and meaning of each key of a part."""
    needed = part.get("required", [])
    return [
        (name, _kind(key), "needed" if name in needed else _default(key), " ".join(key.get("description", "").split()))
        for name, key in part["properties"].items()
    ]


def _section(table: str, title: str, part: dict[str, Any]) -> str:
    implied = ("id", "actor", "target") if table == "Front" else ("id",)
    rows = [
        f"| `{name}` | {kind} | {default} | {about.replace('|', chr(92) + '|')} |"
        for name, kind, default, about in _rows(part)
        if name not in implied
    ]
    about = part["description"].partition("\n\n")[0]
    head = "| key | value | default | meaning |\n| --- | --- | --- | --- |"
    return f"## {title}\n\n{about}\n\n{head}\n" + "\n".join(rows) + "\n"


def _words(title: str, kind: type[StrEnum]) -> str:
    """Table of a set of words, with what the source says below each, where it says something."""
    (body,) = ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind))).body
    assert isinstance(body, ast.ClassDef)
    said = {}
    for before, node in itertools.pairwise(body.body):
        if isinstance(before, ast.Assign) and isinstance(node, ast.Expr):
            said[ast.literal_eval(before.value)] = ast.literal_eval(node.value)
    head = f"## {title}\n\n{inspect.getdoc(kind)}\n\n"
    if not said:
        return head + ", ".join(f"`{word.value}`" for word in kind) + ".\n"
    rows = [f"| `{word.value}` | {said[word.value]} |" for word in kind]
    return head + "| word | meaning |\n| --- | --- |\n" + "\n".join(rows) + "\n"


def scenario_file() -> str:
    """Write the page, each part of the schema in its place.

    Raises
    ------
    KeyError
        If the schema has a part that has no place, or lacks one that has.
    """
    document = schema()
    parts = document["$defs"]
    placed = set(TABLES) | set(WORDS)
    if placed != set(parts):
        raise KeyError(f"parts of the scenario file without a place on its page, or gone: {placed ^ set(parts)}")
    text = [HEAD, _section("", "Top of the file", document)]
    text += [_section(kind, title, parts[kind]) for kind, title in TABLES.items()]
    text += [_words(title, kind) for title, kind in WORDS.values()]
    return "\n".join(text)


def fields() -> dict[str, list[tuple[str, ...]]]:
    """Key, value, default and meaning of each field of the classes that a file is made of, for their own pages."""
    document = schema()
    parts = {"Scenario": document} | {kind: document["$defs"][kind] for kind in TABLES}
    return {f"escalation.{kind}": [tuple(map(_literal, row)) for row in _rows(part)] for kind, part in parts.items()}


def _literal(cell: str) -> str:
    """Mark code as reStructuredText does."""
    return cell.replace("`", "``").replace("````", "``")
