"""Scenario files: TOML in and out, and the JSON Schema of their form."""

from escalation.files.json_schema import schema
from escalation.files.names import library_names
from escalation.files.reading import load, loads
from escalation.files.writing import dumps, save

__all__ = ["dumps", "library_names", "load", "loads", "save", "schema"]
