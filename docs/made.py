"""Pages that are made from the code: the scenario file, the interface, the bibliography."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import escalation
from escalation.files import schema
from escalation.reports.bibliography import entries

__all__ = ["write_all"]

TABLES = {
    "Rules": "rules",
    "Actor": "actors.ID",
    "Front": "fronts.ACTOR-TARGET",
    "Commitment": "commitments.ID",
    "Signal": "signals.ID",
    "Provocation": "events.ID",
    "Accident": "events.ID",
    "InternalShock": "events.ID",
    "Mediation": "events.ID",
    "Observed": "observed",
}


SCENARIO_FILE = """# The scenario file

A scenario is a TOML file. Unknown keys are faults, and all faults of a file are reported at once. `escalation schema`
prints a JSON Schema for an editor, `escalation show two-state-deterrence --toml` a file to start from, and `escalation
validate` checks one. A *distribution* is a table whose key `distribution` names its kind; it is drawn once per run.
"""


def _kind(part: dict[str, Any]) -> str:
    if "enum" in part:
        return " or ".join(f"`{value}`" for value in part["enum"])
    if "$ref" in part:
        return part["$ref"].rpartition("/")[2]
    for union in ("anyOf", "oneOf"):
        if union in part:
            kinds = [_kind(each) for each in part[union] if each.get("type") != "null"]
            if "Normal" in kinds:
                return "number or distribution"
            return " or ".join(dict.fromkeys(kinds))
    if part.get("type") == "array":
        return f"list of {_kind(part.get('items', {}))}"
    return {"string": "text", "boolean": "true or false", "integer": "whole number"}.get(
        str(part.get("type")), str(part.get("type", "table"))
    )


def _row(name: str, part: dict[str, Any], required: bool) -> str:
    about = " ".join(str(part.get("description", "")).split()).replace("|", "\\|")
    default = "needed" if required else f"`{part['default']}`" if part.get("default") not in (None, "", {}, []) else ""
    return f"| `{name}` | {_kind(part)} | {default} | {about} |"


def _section(title: str, about: str, part: dict[str, Any]) -> str:
    rows = [
        _row(name, field, name in part.get("required", []))
        for name, field in part["properties"].items()
        if name not in ("id", "actor", "target") or title in ("`[[observed]]`",)
    ]
    head = "| key | value | default | meaning |\n| --- | --- | --- | --- |"
    return f"## {title}\n\n{about}\n\n{head}\n" + "\n".join(rows) + "\n"


def scenario_file() -> str:
    """Write the reference of the scenario file from its JSON Schema."""
    document = schema()
    text = [SCENARIO_FILE]
    text.append(_section("Top of the file", document["description"], document))
    for kind, table in TABLES.items():
        part = document["$defs"][kind]
        heading = f"`[{table}]`" if kind != "Observed" else "`[[observed]]`"
        if table == "events.ID":
            heading += f", kind {part['properties']['kind']['const']}"
        text.append(_section(heading, part["description"].split("\n\n")[0], part))
    for kind in ("Normal", "LogNormal", "Beta", "Uniform", "Triangular", "Elicited", "ByType", "Credence", "Victim",
                 "Suspect", "Other", "IncidentProcess", "Ladder", "Rung"):  # fmt: skip
        part = document["$defs"][kind]
        about = re.sub(r"\[(\w+)\]_", r"[\1](bibliography.rst)", part["description"].split("\n\n")[0])
        text.append(_section(kind, about, part))
    return "\n".join(text)


def interface() -> str:
    """List the public names of the package."""
    names = "\n".join(f"   {name}" for name in escalation.__all__ if name not in ("__version__", "plot"))
    import escalation.plotting as plot

    plots = "\n".join(f"   {name}" for name in plot.__all__)
    return (
        "Interface\n=========\n\nEverything here is an attribute of the package, loaded when it is first used.\n\n"
        f".. currentmodule:: escalation\n\n.. autosummary::\n   :toctree: generated\n\n{names}\n\n"
        "Plots\n-----\n\n.. currentmodule:: escalation.plotting\n\n"
        f".. autosummary::\n   :toctree: generated\n\n{plots}\n"
    )


def mechanisms() -> str:
    """List the mechanisms, each with its equations."""
    folder = Path(escalation.__file__).parent / "mechanisms"
    modules = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    parts = [
        f"{name.replace('_', ' ').capitalize()}\n{'-' * len(name)}\n\n.. automodule:: escalation.mechanisms.{name}\n"
        "   :members:\n"
        for name in modules
    ]
    return "Mechanisms\n==========\n\nOne mechanism a file, as pure functions.\n\n" + "\n".join(parts)


def _fields(entry: str) -> dict[str, str]:
    found = re.findall(r"^\s*(\w+)\s*=\s*[{\"](.*)[}\"],?\s*$", entry, flags=re.MULTILINE)
    return {
        name: re.sub(r"[{}]|\\\\(?=[&%])", "", value).replace("--", "–").replace("\\&", "&") for name, value in found
    }


def bibliography() -> str:
    """Write the bibliography, so that citations in docstrings resolve."""
    lines = ["Bibliography\n============\n", "Docstrings and pages cite these sources by their keys.\n"]
    for key, text in sorted(entries().items()):
        entry = _fields(text)
        where = next(
            (
                entry[name]
                for name in ("journal", "booktitle", "publisher", "institution", "howpublished")
                if name in entry
            ),
            "",
        )
        volume = f" {entry['volume']}" if "volume" in entry else ""
        pages = f", {entry['pages']}" if "pages" in entry else ""
        who = entry["author"].replace(" and ", "; ")
        place = f" {where}{volume}{pages}." if where else ""
        lines.append(f".. [{key}] {who} ({entry['year']}). {entry['title']}.{place}")
    return "\n".join(lines) + "\n"


def write_all(folder: Path) -> None:
    """Write all pages that are made from the code, where they have changed."""
    pages = {
        "scenario-file.md": scenario_file(),
        "interface.rst": interface(),
        "mechanisms.rst": mechanisms(),
        "bibliography.rst": bibliography(),
    }
    for name, text in pages.items():
        path = folder / "reference" / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
