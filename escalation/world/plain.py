"""Parts as plain data: dictionaries, lists, text, numbers and dates."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import Any

from escalation.world.base import Part

__all__ = ["plain"]


def plain(value: Any, *, brief: bool = False, iso: bool = False) -> Any:
    """Turn a part, and whatever parts are within, into plain data.

    Parameters
    ----------
    value
        A part, or data that may hold parts.
    brief
        Leave out what equals its default.
    iso
        Write dates as ISO text, which JSON can hold.
    """
    if type(value) in _PLAIN:  # most of what there is, so it is asked first
        return value
    if isinstance(value, Part):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        return {
            name: plain(entry, brief=brief, iso=iso)
            for name, entry in fields.items()
            if not brief or name == "distribution" or entry != _default(value, name)
        }
    if isinstance(value, Mapping):
        return {key: plain(entry, brief=brief, iso=iso) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry, brief=brief, iso=iso) for entry in value]
    if isinstance(value, Enum):
        return value.value
    if iso and isinstance(value, datetime.date):
        return value.isoformat()
    return value


_PLAIN = frozenset({str, float, int, bool, type(None)})


def _default(part: Part, name: str) -> Any:
    return type(part).model_fields[name].get_default(call_default_factory=True, validated_data={})
