"""Where results come from: scenario, seed and runs; version, machine and packages."""

from __future__ import annotations

import datetime
import platform
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from escalation.version import __version__

if TYPE_CHECKING:
    from escalation.world.scenario import Scenario

__all__ = ["provenance", "study_head"]

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


def study_head(scenario: Scenario, *, seed: int, runs: int) -> dict[str, Any]:
    """What the summary of a study begins with, and a dataset's attributes: what was played, and how often."""
    return {"scenario": scenario.name, "hash": scenario.hash, "seed": seed, "runs": runs}
