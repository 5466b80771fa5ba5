"""Scenario files as JSON, good ones and bad ones, with the schema that is to tell them apart: ``make schema-test``.

Prints an object with three entries: ``schema``; ``good``, files by name; and ``bad``, a list of files, each with the
place of its one mistake as a JSON pointer, and with the keyword of the schema that forbids it.
"""

from __future__ import annotations

import copy
import datetime
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from escalation.errors import ScenarioError
from escalation.files import library_names, schema
from escalation.files.file_format import take_format
from escalation.files.names import library_text
from escalation.files.template import template
from escalation.world.ladder import ladder_names
from escalation.world.scenario import Scenario

ROOT = Path(__file__).parents[2]
GONE = object()
"""Stands for a key that a file lacks."""

MISTAKES: list[tuple[str, Any, str, str]] = [
    # what is changed, to what, where the mistake is then, and what forbids it
    ("horizonn", 90, "", "additionalProperties"),
    ("format", 3, "/format", "enum"),
    ("format", "2", "/format", "enum"),
    ("name", GONE, "", "required"),
    ("name", "Haniyeh 2024", "/name", "pattern"),
    ("horizon", 0, "/horizon", "minimum"),
    ("horizon", 90.5, "/horizon", "type"),
    ("period", "1.0", "/period", "type"),
    ("period", 8.0, "/period", "maximum"),
    ("start", "30 July 2024", "/start", "format"),
    ("ladder", "defualt", "/ladder", "enum"),
    ("fit", "icb", "/fit", "enum"),
    ("sources.Al Jazeera", "A book.", "/sources", "pattern"),
    ("rules.depth", 4, "/rules/depth", "enum"),
    ("rules.leash", -0.1, "/rules/leash", "minimum"),
    ("actors.IRN", {}, "/actors", "pattern"),
    ("actors.irn.honsty", 0.5, "/actors/irn", "additionalProperties"),
    ("actors.irn.kind", "stat", "/actors/irn/kind", "enum"),
    ("actors.irn.capability", 0.0, "/actors/irn/capability", "exclusiveMinimum"),
    ("actors.irn.resolve", 1.5, "/actors/irn/resolve", "maximum"),
    ("actors.irn.resolve.distribution", "gamma", "/actors/irn/resolve/distribution", "const"),
    ("actors.irn.capability.sigma", GONE, "/actors/irn/capability", "required"),
    ("actors.irn.war_cost.irresolut", 1.0, "/actors/irn/war_cost", "additionalProperties"),
    ("fronts.irn-isr.at_war", 1, "/fronts/irn-isr/at_war", "type"),
    ("fronts.iran", {}, "/fronts", "pattern"),
    ("commitments.usa-isr.patron", GONE, "/commitments/usa-isr", "required"),
    ("commitments.usa-isr.credence", 0.8, "/commitments/usa-isr/credence", "type"),
    ("events.go-betweens.kind", "talks", "/events/go-betweens/kind", "const"),
    ("events.go-betweens.span", -1, "/events/go-betweens/span", "minimum"),
    ("events.haniyeh-killed.victims", [], "/events/haniyeh-killed/victims", "minItems"),
    ("events.haniyeh-killed.victims.1.actor", GONE, "/events/haniyeh-killed/victims/1", "required"),
    ("events.haniyeh-killed.date", -1, "/events/haniyeh-killed/date", "minimum"),
    ("signals.khamenei-vow.kind", "promise", "/signals/khamenei-vow/kind", "enum"),
    ("signals.khamenei-vow.receivers", "isr", "/signals/khamenei-vow/receivers", "type"),
    ("signals.khamenei-vow.receivers", [], "/signals/khamenei-vow/receivers", "minItems"),
    ("signals.khamenei-vow.date", GONE, "/signals/khamenei-vow", "required"),
    ("observed.0.rung", GONE, "/observed/0", "required"),
]


def as_json(table: Any) -> Any:
    """Table as an editor's JSON Schema sees it: dates are text."""
    return json.loads(json.dumps(table, default=datetime.date.isoformat))


def good() -> dict[str, Any]:
    """All scenario files of the library and the examples, one that begins anew, and one to each ladder in full."""
    texts = {name: library_text(name).decode() for name in library_names()}
    texts["new"] = template("new", actors=("a", "b", "c"), pledges=[("c", "b")])
    texts |= {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "examples").rglob("*.toml")}
    tables = {name: tomllib.loads(text) for name, text in texts.items()}
    for name in ladder_names():
        ladder = ROOT / "escalation" / "library" / "ladders" / f"{name}.toml"
        tables[f"on {name}"] = tables["new"] | {"ladder": tomllib.loads(ladder.read_text(encoding="utf-8"))}
    return tables


def spoilt(table: Any, where: str, value: Any) -> Any:
    """Copy of a table that is changed in one place."""
    whole = copy.deepcopy(table)
    *path, last = where.split(".")
    holder = whole
    for step in path:
        holder = holder[int(step)] if isinstance(holder, list) else holder.setdefault(step, {})
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return whole


def loads(table: Any) -> bool:
    """Whether a table is a scenario to `load`, which is to judge as the schema does."""
    try:
        data = dict(table)
        take_format(data, None)
        Scenario.from_dict(data)
    except ScenarioError:
        return False
    return True


def main() -> None:
    """Print the schema and the files."""
    files = good()
    wrong = [name for name, table in files.items() if not loads(table)]
    bad = []
    for where, value, path, keyword in MISTAKES:
        table = spoilt(files["haniyeh-2024"], where, value)
        wrong += [f"{where} = {value}"] * loads(table)
        bad.append({"name": f"{where}: {keyword}", "table": as_json(table), "path": path, "keyword": keyword})
    if wrong:
        sys.exit(f"`load` judges otherwise than these files are meant: {wrong}")
    json.dump({"schema": schema(), "good": as_json(files), "bad": bad}, sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
