"""Where results come from: version, machine and packages."""

from __future__ import annotations

import datetime
import platform
from functools import cache
from importlib.metadata import version

from escalation.version import __version__

__all__ = ["provenance"]

_PACKAGES = ("llvmlite", "mesa", "numba", "numpy", "pydantic", "scipy")


def provenance() -> dict[str, object]:
    """What made a result, and when, as JSON can say it."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    return {"written": now, **_software()}


@cache
def _software() -> dict[str, object]:
    return {
        "version": __version__,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "packages": {name: version(name) for name in _PACKAGES},
    }
