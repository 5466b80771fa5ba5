"""Views of a block of memory as the tables of a crisis."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.state import Crisis
from escalation.engines.lower import NOTHING_DRAWN, Lowered
from escalation.engines.memory import RECORDS, record_dtype

__all__ = ["views"]


def views(block: NDArray[np.float64], lowered: Lowered) -> Crisis:
    """Views of a block of memory as the tables of a crisis.

    Parameters
    ----------
    block
        Memory of a run; writing to a view writes to it. Shape (words,).
    lowered
        Lowered scenario, which says where each table lies and holds those that no run changes.
    """
    tables: dict[str, Any] = {
        "tables": lowered.tables,
        "parameters": lowered.draw_records,
        "drawn_before": NOTHING_DRAWN,
    }
    for name, place in lowered.places.items():
        kind = record_dtype(RECORDS[place.kind]) if place.kind in RECORDS else np.dtype(place.kind)
        words = int(np.prod(place.shape))
        words = words * len(kind.names) if kind.names else words
        tables[name] = block[place.start : place.start + words].view(kind).reshape(place.shape)
    return Crisis(**tables)
