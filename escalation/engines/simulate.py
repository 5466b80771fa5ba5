"""Simulate one run, in either engine."""

from __future__ import annotations

from typing import Literal

from escalation.engines.lower import lower_once
from escalation.engines.trajectory import Trajectory
from escalation.errors import StudyError
from escalation.whole_numbers import whole_run, whole_seed
from escalation.world.scenario import Scenario

__all__ = ["simulate"]


def simulate(
    scenario: Scenario, *, seed: int = 0, run: int = 0, engine: Literal["compiled", "mesa"] = "compiled"
) -> Trajectory:
    """Simulate one run and return it in full.

    Parameters
    ----------
    scenario
        The crisis.
    seed
        Seed of the study, below 2**64.
    run
        Which of its runs, below 2**40.
    engine
        ``"compiled"`` or ``"mesa"``; both give the same trajectory, bit for bit.

    Returns
    -------
    Trajectory
        Every decision with its reasons, what was believed at the end of each period, and the outcomes.

    Raises
    ------
    StudyError
        If seed, run or engine is not allowed.

    Examples
    --------
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence")
    >>> path = simulate(scenario, seed=1, run=17)
    >>> path.seed, path.run, path.days.shape
    (1, 17, (61,))
    >>> path == simulate(scenario, seed=1, run=17, engine="mesa")
    True
    """
    seed, run = whole_seed(seed), whole_run(run)
    if engine == "compiled":
        from escalation.engines.compiled import run_recorded

        lowered = lower_once(scenario)
        return Trajectory.from_record(lowered, seed, run, *run_recorded(lowered, seed=seed, run=run))
    if engine == "mesa":
        from escalation.engines.mesa_model import CrisisModel

        model = CrisisModel(scenario, seed=seed, run=run, recorded=True).play()
        return Trajectory.from_record(model.lowered, seed, run, *model.finished())
    raise StudyError(f"engine must be 'compiled' or 'mesa', not {engine!r}")
