"""Scenarios written as TOML files."""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Mapping
from typing import Any

from escalation.files.file_format import FORMAT
from escalation.files.whole import written_whole
from escalation.world.scenario import Scenario

__all__ = ["dumps", "key_text", "save", "value_text"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 100
_KEYED = ("actors", "fronts", "commitments", "signals", "events")


def dumps(scenario: Scenario) -> str:
    """Write a scenario as the text of a TOML file.

    What equals its default is left out, and comments of a file that it was read from are not kept.
    Reading the text again gives an equal scenario with the same hash.
    """
    data = scenario.to_dict(iso=False)
    tables = {key: data.pop(key) for key in list(data) if isinstance(data[key], dict)}
    observed = data.pop("observed", [])
    blocks = [_rows({"format": FORMAT, **data})]
    for name, table in tables.items():
        if name in _KEYED:
            blocks += [f"[{name}.{_key(key)}]\n{_rows(row)}" for key, row in table.items()]
        elif name == "ladder":
            rungs = table.pop("rungs")
            blocks += [f"[{name}]\n{_rows(table)}", *(f"[[{name}.rungs]]\n{_rows(rung)}" for rung in rungs)]
        else:
            blocks.append(f"[{name}]\n{_rows(table)}")
    blocks += [f"[[observed]]\n{_rows(row)}" for row in observed]
    return "\n".join(blocks)


def save(scenario: Scenario, path: str | os.PathLike[str]) -> None:
    """Write a scenario to a TOML file; see `dumps`.

    Parameters
    ----------
    scenario
        What to write.
    path
        The file; one that is there is replaced once all of it is written.

    Raises
    ------
    OSError
        If it cannot be written; a file that was there is as it was.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence").replace("horizon", 90)
    >>> file = Path(tempfile.mkdtemp()) / "longer.toml"
    >>> save(scenario, file)
    >>> esc.load(file) == scenario
    True
    """
    with written_whole(path) as part:
        part.write_text(dumps(scenario), encoding="utf-8", newline="\n")


def _rows(table: Mapping[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _long_text(value) if "\n" in value and "\r" not in value else _text(value)
    if isinstance(value, dict):
        rows = ", ".join(f"{_key(key)} = {_inline(entry)}" for key, entry in value.items())
        return f"{{ {rows} }}" if rows else "{}"
    if isinstance(value, list):
        line = _inline(value)
        rows = "".join(f"    {_inline(entry)},\n" for entry in value)
        return line if len(line) <= _WIDTH else f"[\n{rows}]"
    return value.isoformat() if isinstance(value, datetime.date) else repr(value)


def key_text(key: str) -> str:
    """Write a key as TOML: bare where it can be.

    Examples
    --------
    >>> key_text("irn-isr"), key_text("a b")
    ('irn-isr', '"a b"')
    """
    return _key(key)


def value_text(value: Any) -> str:
    """Write a value as TOML, on one line.

    Examples
    --------
    >>> value_text({"resolute": 0.5, "names": ["a", "b"]})
    '{ resolute = 0.5, names = ["a", "b"] }'
    """
    return _inline(value)


def _inline(value: Any) -> str:
    """Value on one line."""
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    return _text(value) if isinstance(value, str) else _value(value)


def _text(text: str) -> str:
    """Text in quotes; JSON's escapes are TOML's, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long_text(text: str) -> str:
    """Text of several lines, each escaped by itself."""
    # TOML drops the line break right behind the opening quotes, so that the text itself may begin with one.
    body = "\n".join(_text(line)[1:-1] for line in text.split("\n"))
    return f'"""\n{body}"""'
