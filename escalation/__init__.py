"""How a crisis between states and armed groups climbs a ladder of escalation, or steps back.

Everything public is an attribute of this package and loads when it is first used, so that importing the package is
light.

Examples
--------
>>> import escalation as esc
>>> scenario = esc.load("two-state-deterrence")
>>> scenario.name
'two-state-deterrence'
"""

from __future__ import annotations

from typing import Any

import lazy_loader

# The names stand in the stub beside this file, where type checkers look for them.
_attribute, _, _names = lazy_loader.attach_stub(__name__, __file__)
_HOMES = {"plot": "plotting"}
"""Names that are not those of their modules."""

__all__ = sorted({*_names, *_HOMES} - {*_HOMES.values(), "baselines", "games"})


def __getattr__(name: str) -> Any:
    name_there = _HOMES.get(name, name)
    if name_there not in _names:
        raise AttributeError(f"module 'escalation' has no attribute {name!r}")
    return _attribute(name_there)


def __dir__() -> list[str]:
    return list(__all__)
