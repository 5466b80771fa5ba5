"""The JSON Schema of a scenario file, for editors."""

from __future__ import annotations

from typing import Any

from escalation.files.file_format import FORMAT
from escalation.world.fits import fit_names
from escalation.world.ladder import ladder_names
from escalation.world.scenario import Scenario

__all__ = ["schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID_PATTERNS = {
    "sources": r"^[a-z0-9][a-z0-9_-]{0,63}$",
    "actors": r"^[a-z][a-z0-9_]{0,31}$",
    "fronts": r"^[a-z][a-z0-9_]{0,31}-[a-z][a-z0-9_]{0,31}$",
    "commitments": r"^[a-z0-9][a-z0-9_-]{0,63}$",
    "signals": r"^[a-z0-9][a-z0-9_-]{0,63}$",
    "events": r"^[a-z0-9][a-z0-9_-]{0,63}$",
}
_ROWS = ("Actor", "Front", "Commitment", "Signal", "Provocation", "Accident", "InternalShock", "Mediation")
_DISTRIBUTIONS = ("Normal", "LogNormal", "Beta", "Uniform", "Triangular", "Elicited")


_FORMAT = {
    "title": "Format",
    "description": (
        f"Format of the file, {FORMAT} by now. A file without it is read likewise. Whoever loads a file that says 1, "
        "or nothing, is told what in it means something else now."
    ),
    "enum": list(range(1, FORMAT + 1)),
}


def schema() -> dict[str, Any]:
    """JSON Schema of a scenario file (draft 2020-12).

    It says which keys a file may have, and what values. What no JSON Schema can say, such as that every
    actor named exists, only `load` checks. It has no keyword but those of the draft, so that strict validators
    take it.

    Returns
    -------
    dict
        The schema, ready for `json.dumps`.

    Examples
    --------
    >>> sorted(schema()["required"])
    ['actors', 'fronts', 'name']
    """
    document = Scenario.model_json_schema()
    kinds = document["$defs"]
    for kind in _ROWS:
        # The key of the table is the id, and a front's id names its two actors.
        given = {"id"} if kind != "Front" else {"id", "actor", "target"}
        kinds[kind]["required"] = [key for key in kinds[kind].get("required", []) if key not in given]
    for kind in _DISTRIBUTIONS:
        kinds[kind]["required"] = ["distribution", *kinds[kind]["required"]]
    for table, pattern in _ID_PATTERNS.items():
        document["properties"][table]["propertyNames"] = {"pattern": pattern}
    ladder = document["properties"]["ladder"]
    document["properties"]["ladder"] = {
        "title": "Ladder",
        "description": ladder["description"],
        "default": "default",
        "anyOf": [{"enum": list(ladder_names())}, {"$ref": "#/$defs/Ladder"}],
    }
    document["properties"]["fit"]["anyOf"] = [{"enum": list(fit_names())}, {"type": "null"}]
    # Pydantic adds a keyword of OpenAPI, which strict validators refuse; each kind of event tells itself by a constant.
    del document["properties"]["events"]["additionalProperties"]["discriminator"]
    document["properties"] = {"format": _FORMAT, **document["properties"]}
    document["title"] = "Scenario of escalation"
    document["description"] = "A crisis: its ladder, actors, fronts, commitments, timeline and rules."
    return {"$schema": _DIALECT, **document}
