"""What the page hands out: results and scenarios as the bytes of a file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from escalation.app import saving
from escalation.app.mattered import asked_name
from escalation.files import dumps

if TYPE_CHECKING:
    from escalation.analysis.what_mattered.left_out import LeaveOneOut
    from escalation.app.game import Position
    from escalation.engines.trajectory import Trajectory
    from escalation.montecarlo.compare import Comparison
    from escalation.montecarlo.ensemble import Ensemble
    from escalation.world.scenario import Scenario

__all__ = [
    "Offer",
    "comparison_offers",
    "ensemble_offers",
    "game_offer",
    "mattered_offers",
    "run_offers",
    "scenario_offer",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """A file on offer.

    Parameters
    ----------
    label
        What it is, on its button.
    file
        Its name.
    mime
        Its type.
    content
        Makes its bytes, when somebody asks for them.
    """

    label: str
    file: str
    mime: str
    content: Callable[[], bytes]


def scenario_offer(scenario: Scenario, *, label: str = "Scenario (TOML)") -> Offer:
    """The scenario as a file that loads again."""
    return Offer(label, f"{scenario.name}.toml", "application/toml", lambda: dumps(scenario).encode())


def game_offer(here: Position) -> Offer:
    """The game, to be played on or replayed."""
    name = f"{here.game.scenario.name}-{here.game.actor}-{here.game.seed}-{here.game.run}.game.json"
    return Offer("Save game", name, "application/json", lambda: saving.dumps(here).encode())


def run_offers(trajectory: Trajectory) -> tuple[Offer, ...]:
    """One run as a table of coded events."""
    from escalation.reports.event_table import to_csv

    name = f"{trajectory.scenario.name}-{trajectory.seed}-{trajectory.run}.csv"

    def content() -> bytes:
        return _through_file(lambda path: to_csv(trajectory, path), name)

    return (Offer("Events (CSV)", name, "text/csv", content),)


def ensemble_offers(ensemble: Ensemble) -> tuple[Offer, ...]:
    """Outcomes of each run as a table or as NetCDF, and the estimates as JSON."""
    stem = f"{ensemble.scenario.name}-seed{ensemble.seed}-{ensemble.runs}"
    return (
        Offer("Runs (CSV)", f"{stem}.csv", "text/csv", lambda: _through_file(ensemble.save, f"{stem}.csv")),
        Offer("Runs (NetCDF)", f"{stem}.nc", "application/netcdf", lambda: _through_file(ensemble.save, f"{stem}.nc")),
        Offer("Estimates (JSON)", f"{stem}.json", "application/json", lambda: _json(ensemble.summary())),
    )


def comparison_offers(comparison: Comparison) -> tuple[Offer, ...]:
    """Differences and probabilities of both worlds as JSON, and the alternative as TOML."""
    other = comparison.second.scenario
    stem = f"{other.name}-compared-seed{comparison.seed}-{comparison.runs}"
    return (
        Offer("Comparison (JSON)", f"{stem}.json", "application/json", lambda: _json(comparison.summary())),
        scenario_offer(other, label="Scenario as edited (TOML)"),
    )


def mattered_offers(study: LeaveOneOut) -> tuple[Offer, ...]:
    """What leaving out each item changes as JSON."""
    file = f"{study.scenario.name}-{asked_name(study)}-seed{study.seed}-{study.runs}.json"
    return (Offer("What mattered (JSON)", file, "application/json", lambda: _json(study.summary())),)


def _json(summary: dict[str, Any]) -> bytes:
    return (json.dumps(summary, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _through_file(save: Callable[[Path], object], name: str) -> bytes:
    """Bytes of what can only be written to a file."""
    with tempfile.TemporaryDirectory(prefix="escalation-") as folder:
        path = Path(folder) / name
        save(path)
        return path.read_bytes()
