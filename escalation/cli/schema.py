"""``escalation schema``: the JSON Schema of a scenario file."""

from __future__ import annotations

from escalation.cli.options import Json
from escalation.cli.output import print_json

__all__ = ["print_schema"]


def print_schema(as_json: Json = False) -> None:  # noqa: ARG001 - a schema is JSON with or without the option
    """Print the JSON Schema of a scenario file, for editors that complete and check TOML.

    For example:

    `escalation schema > scenario.schema.json`
    """
    from escalation.files import schema

    print_json(schema())
