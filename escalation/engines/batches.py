"""The seed of a model that `mesa.batch_run` builds, and a word where it builds the same run again.

A seed and a run fix a crisis, so a repetition that names neither anew is no new evidence. From 3.4 on Mesa also puts
None in the place of a seed named among the parameters. It tells the model neither, so the model looks at the frame that
builds it.
"""

from __future__ import annotations

import functools
import inspect
import warnings
from types import FrameType
from typing import Any, NamedTuple

from escalation.errors import StudyError

__all__ = ["seed_in_batch"]

_MODULE = "mesa.batchrunner"
_CALLS = "name runs among the parameters, {'run': range(20)}, or give seeds to batch_run itself, rng=[1, 2, 3]"
_LOST = f"mesa.batch_run puts None in the place of a seed named among its parameters; {_CALLS}"
_WHICH = f"mesa.batch_run says neither which seed nor which run; {_CALLS}"
_UNSEEN = (
    "mesa.batch_run gave no seed, so every run has seed 0, also if seeds were named among the parameters, where it "
    "puts None in their place; give seeds to batch_run itself: rng=[1, 2, 3], or rng=0 for seed 0"
)
_REPEATED = (
    "mesa.batch_run builds runs that it has built before: an iteration without a seed of its own changes nothing. "
    "Instead of iterations=20 or rng=[None] * 20 name runs among the parameters, {'run': range(20)}"
)


def seed_in_batch(model: object, seed: int | None) -> int | None:
    """Seed of a model that is being built: 0 where `mesa.batch_run` builds it and was given none.

    Parameters
    ----------
    model
        The model.
    seed
        The seed that it was handed.

    Returns
    -------
    int or None
        The seed; None only where it was handed to a model that `mesa.batch_run` does not build.

    Raises
    ------
    StudyError
        If seeds that were named are lost, or may be and no runs are named either.

    Warns
    -----
    UserWarning
        If a run is built again, or if seeds that were named may be lost.
    """
    task = _task(model)
    if task is None:
        return seed
    if task.iteration > 0 and task.given is None:
        warnings.warn(_REPEATED, UserWarning, stacklevel=3)
    if seed is None and task.replaces:
        _seed_not_lost(task)
        return 0
    return seed


class _Task(NamedTuple):
    """What `mesa.batch_run` holds while it builds a model."""

    number: int
    iteration: int
    arguments: dict[str, Any]
    """What it hands to the model."""
    parameters: dict[str, Any] | None
    """What it was called with; None in a process of its own, which is not told."""
    replaces: bool
    """Whether this Mesa hands over a seed or None in any case."""

    @property
    def seeded_by(self) -> str:
        """Name of the argument that Mesa puts a seed in."""
        return "seed" if "seed" in self.arguments else "rng"

    @property
    def given(self) -> Any:
        """Seed that is this iteration's own; None if it has none."""
        return self.arguments.get(self.seeded_by) if self.replaces else None


def _task(model: object) -> _Task | None:
    """Look for the frame of Mesa that is building this very model."""
    frame = _outer(inspect.currentframe(), "_model_run_func")
    if frame is None or "model" in frame.f_locals:  # not in a batch, or within a step of another model
        return None
    built: Any = frame.f_locals.get("model_cls")
    while isinstance(built, functools.partial):
        built = built.func
    if not isinstance(built, type) or not isinstance(model, built):
        return None
    batch = _outer(frame, "batch_run")
    number, iteration, arguments = frame.f_locals["run"]
    replaces = "rng" in inspect.signature(frame.f_globals["batch_run"]).parameters
    return _Task(number, iteration, arguments, None if batch is None else batch.f_locals["parameters"], replaces)


def _outer(frame: FrameType | None, function: str) -> FrameType | None:
    while frame is not None:
        if frame.f_code.co_name == function and frame.f_globals.get("__name__") == _MODULE:
            return frame
        frame = frame.f_back
    return None


def _seed_not_lost(task: _Task) -> None:
    named = task.seeded_by
    if task.parameters is not None:
        if named in task.parameters:
            raise StudyError(_LOST)
        return
    # Mesa puts its own argument last, unless the caller named it before others.
    if list(task.arguments)[-1] != named:
        raise StudyError(_LOST)
    if "run" not in task.arguments:
        raise StudyError(_WHICH)
    if task.number == 0:  # so that one process of several says it, and once
        warnings.warn(_UNSEEN, UserWarning, stacklevel=4)
