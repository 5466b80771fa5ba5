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

import importlib
from typing import TYPE_CHECKING, Any

from escalation.version import __version__

if TYPE_CHECKING:
    from escalation import plotting as plot
    from escalation.analysis.fit.counts.calibration import Calibration, calibrate
    from escalation.analysis.rare.event import rare_event
    from escalation.analysis.score.forecasts.forecast import Forecasts, forecast
    from escalation.analysis.score.hindcasts.hindcast import Hindcasts, hindcast
    from escalation.analysis.strategic_choice.fit import strategic_choice
    from escalation.analysis.strategic_choice.results import StrategicChoice
    from escalation.analysis.uncertain.prior_predictive import PriorPredictive, prior_predictive
    from escalation.analysis.uncertain.sensitivity import Sensitivity, sensitivity
    from escalation.analysis.uncertain.uncertainty import Uncertainty, uncertainty
    from escalation.analysis.what_if.branching import branch
    from escalation.analysis.what_if.levers import ChangeLever, CommitmentLever, SignalLever, commitments_by, signals_by
    from escalation.analysis.what_if.off_ramps import OffRamps, off_ramps
    from escalation.analysis.what_if.policy_grid import policy_grid
    from escalation.analysis.what_mattered.ablation import Ablation, ablate
    from escalation.analysis.what_mattered.ladders import across_ladders, on_ladder
    from escalation.analysis.what_mattered.switches import without_mechanism
    from escalation.engines.explaining.explanation import Explanation
    from escalation.engines.mesa_model import CrisisAgent, CrisisModel
    from escalation.engines.simulate import simulate
    from escalation.engines.situation import Situation
    from escalation.engines.trajectory import Trajectory
    from escalation.errors import DecisionRuleError, EscalationError, Fault, ScenarioError, StoreError, StudyError
    from escalation.estimates.estimate import Estimate
    from escalation.files import library_names, load, save, schema
    from escalation.montecarlo.compare import Comparison, compare
    from escalation.montecarlo.ensemble import Ensemble
    from escalation.montecarlo.runner import run
    from escalation.montecarlo.stopping import Precision
    from escalation.reports.citation import citation
    from escalation.reports.event_table import events as event_table
    from escalation.reports.report import report
    from escalation.world.actor import Actor
    from escalation.world.commitment import Commitment
    from escalation.world.event import Accident, InternalShock, Mediation, Provocation
    from escalation.world.front import Front
    from escalation.world.ladder import Ladder
    from escalation.world.rules import Rules
    from escalation.world.scenario import Scenario
    from escalation.world.signal import Signal

_HOMES = {
    "escalation.analysis.fit.counts.calibration": ("Calibration", "calibrate"),
    "escalation.analysis.rare.event": ("rare_event",),
    "escalation.analysis.score.forecasts.forecast": ("Forecasts", "forecast"),
    "escalation.analysis.score.hindcasts.hindcast": ("Hindcasts", "hindcast"),
    "escalation.analysis.strategic_choice.fit": ("strategic_choice",),
    "escalation.analysis.strategic_choice.results": ("StrategicChoice",),
    "escalation.analysis.uncertain.prior_predictive": ("PriorPredictive", "prior_predictive"),
    "escalation.analysis.uncertain.sensitivity": ("Sensitivity", "sensitivity"),
    "escalation.analysis.uncertain.uncertainty": ("Uncertainty", "uncertainty"),
    "escalation.analysis.what_if.branching": ("branch",),
    "escalation.analysis.what_if.levers": (
        "ChangeLever",
        "CommitmentLever",
        "SignalLever",
        "commitments_by",
        "signals_by",
    ),
    "escalation.analysis.what_if.off_ramps": ("OffRamps", "off_ramps"),
    "escalation.analysis.what_if.policy_grid": ("policy_grid",),
    "escalation.analysis.what_mattered.ablation": ("Ablation", "ablate"),
    "escalation.analysis.what_mattered.ladders": ("across_ladders", "on_ladder"),
    "escalation.analysis.what_mattered.switches": ("without_mechanism",),
    "escalation.engines.explaining.explanation": ("Explanation",),
    "escalation.engines.mesa_model": ("CrisisAgent", "CrisisModel"),
    "escalation.engines.simulate": ("simulate",),
    "escalation.engines.situation": ("Situation",),
    "escalation.engines.trajectory": ("Trajectory",),
    "escalation.errors": ("DecisionRuleError", "EscalationError", "Fault", "ScenarioError", "StoreError", "StudyError"),
    "escalation.estimates.estimate": ("Estimate",),
    "escalation.files": ("library_names", "load", "save", "schema"),
    "escalation.montecarlo.compare": ("Comparison", "compare"),
    "escalation.montecarlo.ensemble": ("Ensemble",),
    "escalation.montecarlo.runner": ("run",),
    "escalation.montecarlo.stopping": ("Precision",),
    "escalation.reports.citation": ("citation",),
    "escalation.reports.report": ("report",),
    "escalation.world.actor": ("Actor",),
    "escalation.world.commitment": ("Commitment",),
    "escalation.world.event": ("Accident", "InternalShock", "Mediation", "Provocation"),
    "escalation.world.front": ("Front",),
    "escalation.world.ladder": ("Ladder",),
    "escalation.world.rules": ("Rules",),
    "escalation.world.scenario": ("Scenario",),
    "escalation.world.signal": ("Signal",),
}
_PARTS = {name: f"escalation.{name}" for name in ("baselines", "games")} | {"plot": "escalation.plotting"}
_RENAMED = {"event_table": ("escalation.reports.event_table", "events")}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Ablation",
    "Accident",
    "Actor",
    "Calibration",
    "ChangeLever",
    "Commitment",
    "CommitmentLever",
    "Comparison",
    "CrisisAgent",
    "CrisisModel",
    "DecisionRuleError",
    "Ensemble",
    "EscalationError",
    "Estimate",
    "Explanation",
    "Fault",
    "Forecasts",
    "Front",
    "Hindcasts",
    "InternalShock",
    "Ladder",
    "Mediation",
    "OffRamps",
    "Precision",
    "PriorPredictive",
    "Provocation",
    "Rules",
    "Scenario",
    "ScenarioError",
    "Sensitivity",
    "Signal",
    "SignalLever",
    "Situation",
    "StoreError",
    "StrategicChoice",
    "StudyError",
    "Trajectory",
    "Uncertainty",
    "__version__",
    "ablate",
    "across_ladders",
    "branch",
    "calibrate",
    "citation",
    "commitments_by",
    "compare",
    "event_table",
    "forecast",
    "hindcast",
    "library_names",
    "load",
    "off_ramps",
    "on_ladder",
    "plot",
    "policy_grid",
    "prior_predictive",
    "rare_event",
    "report",
    "run",
    "save",
    "schema",
    "sensitivity",
    "signals_by",
    "simulate",
    "strategic_choice",
    "uncertainty",
    "without_mechanism",
]


def __getattr__(name: str) -> Any:
    if name in _PARTS:
        return importlib.import_module(_PARTS[name])
    if name in _RENAMED:
        home, name = _RENAMED[name]
        return getattr(importlib.import_module(home), name)
    if name in _HOME_OF:
        return getattr(importlib.import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'escalation' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
