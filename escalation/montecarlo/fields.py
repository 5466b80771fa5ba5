"""What an ensemble is made of, as files and stores give it back."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.stopping import Precision
from escalation.world.scenario import Scenario

__all__ = ["EnsembleFields"]


class EnsembleFields(TypedDict):
    """Fields of `escalation.montecarlo.ensemble.Ensemble`, by their names."""

    scenario: Scenario
    seed: int
    outcomes: Outcomes
    axes: Axes
    interrupted: bool
    until: NotRequired[Precision | None]
    sources: str
    decision_rules: NotRequired[tuple[str, ...]]
