"""What is measured in each run: whether an event happened, or any number made of its outcomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.events import query

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = ["Measure", "Measured"]

Measure = Callable[[Ensemble], ArrayLike]
"""A function that takes runs, and returns a number for each of them; shape (run,)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What to measure in the runs of one lowered scenario.

    Parameters
    ----------
    name
        Name of it.
    lowered
        The scenario.
    seed
        Seed of the runs.
    measure
        How to measure it.
    """

    name: str
    lowered: Lowered
    seed: int
    measure: Measure

    @classmethod
    def of(
        cls, lowered: Lowered, event: str | Measure, *, seed: int, actor: str | None = None, target: str | None = None
    ) -> Self:
        """Measure an event by its name, or whatever a function makes of the runs.

        Raises
        ------
        StudyError
            If the scenario has no such event, or a function is given together with an actor or a target.
        """
        if not isinstance(event, str):
            if actor is not None or target is not None:
                raise StudyError("actor and target go with an event's name; a function must look at fronts itself")
            return cls(getattr(event, "__name__", "measure"), lowered, seed, event)
        asked = query(event, Axes.of(lowered.scenario, lowered), actor=actor, target=target)
        return cls(event, lowered, seed, lambda ensemble: asked.occurs(ensemble.outcomes))

    def __call__(self, outcomes: Outcomes) -> NDArray[np.float64]:
        """Measure runs, shape (run,).

        Raises
        ------
        StudyError
            If the function does not give a finite number for each run.
        """
        axes = Axes.of(self.lowered.scenario, self.lowered)
        ensemble = Ensemble(self.lowered.scenario, self.seed, outcomes, axes)
        values = np.asarray(self.measure(ensemble), dtype=np.float64)
        if values.shape != (ensemble.runs,) or not np.isfinite(values).all():
            raise StudyError(f"{self.name} must give a finite number for each run, an array of shape (run,)")
        return values
