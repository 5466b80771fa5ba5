"""Work of a study that is sent to another process: scenarios travel as text, and are made ready there once."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, TypeVar

from escalation.errors import StudyError
from escalation.files.study_key import source_hash
from escalation.montecarlo.blocks import lowered_there

__all__ = ["sendable"]

P = TypeVar("P")
R = TypeVar("R")


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        """Let a lowered scenario travel as its text: its arrays hold addresses of this process."""
        from escalation.engines.lower import Lowered

        if isinstance(obj, Lowered):
            return lowered_there, (obj.scenario.model_dump_json(),)
        return NotImplemented


def sendable(work: Callable[[P], R]) -> Callable[[P], R]:
    """What to send to an executor whose workers are other processes, for a piece of work.

    Parameters
    ----------
    work
        What to do with a piece: a function of a module, with the data that it needs.

    Raises
    ------
    StudyError
        If it cannot be sent, as a function that was written within another one.
    """
    file = io.BytesIO()
    try:
        _Pickler(file).dump(work)
    except (AttributeError, TypeError, pickle.PicklingError) as error:
        raise StudyError(
            f"the workers of this executor cannot be sent what to measure ({error}); give the name of an event or a "
            "function of a module, or use threads"
        ) from error
    return partial(_do, file.getvalue(), source_hash("fits"))


def _do(work: bytes, sources: str, piece: P) -> Any:
    if (here := source_hash("fits")) != sources:
        raise StudyError(
            f"this worker has another version of escalation (sources {here}; where the study is, {sources}); all must "
            "have the same"
        )
    return _made_ready(work)(piece)


@lru_cache(maxsize=4)
def _made_ready(work: bytes) -> Callable[[Any], Any]:
    """Read the work once per process, not once per piece."""
    made: Callable[[Any], Any] = pickle.loads(work)
    return made
