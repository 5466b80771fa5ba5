"""A store read back as an ensemble, whichever version played its runs."""

from __future__ import annotations

from pathlib import Path

from escalation.errors import StoreError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.gathered import Gathered
from escalation.montecarlo.store import Store

__all__ = ["load"]


def load(folder: Path) -> Ensemble:
    """Read the runs of a store, from the first to the last before a gap.

    Raises
    ------
    StoreError
        If it is no store, or the first run is missing.
    """
    store = Store.existing(folder)
    scenario = store.scenario()
    gathered = Gathered(max((block.first + block.count for block in store.blocks()), default=0), worlds=1)
    store.restore(gathered)
    if gathered.finished == 0:
        raise StoreError(f"{folder}: its first runs are missing; the call that began it finishes them")
    return Ensemble(
        scenario=scenario,
        seed=store.study["seed"],
        outcomes=gathered.outcomes(world=0),
        axes=Axes.named(
            scenario,
            front_ids=tuple(store.study["front_ids"]),
            actor_ids=tuple(store.study["actor_ids"]),
            commitment_rows=tuple(store.study["commitment_rows"]),
        ),
        interrupted=gathered.finished < gathered.runs,
    )
