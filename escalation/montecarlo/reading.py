"""A store read back as the fields of an ensemble, whichever version played its runs."""

from __future__ import annotations

import warnings
from pathlib import Path

from escalation.errors import StoreError
from escalation.files.study_key import warn_of_other_sources
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.compact import completed
from escalation.montecarlo.fields import EnsembleFields
from escalation.montecarlo.gathered import Gathered
from escalation.montecarlo.store import Store

__all__ = ["load"]


def load(folder: Path) -> EnsembleFields:
    """Read the runs of a store, from the first to the last before a gap; warn where runs are missing.

    Raises
    ------
    StoreError
        If it is no store, or the first run is missing.
    """
    store = Store.existing(folder)
    scenario = store.scenario()
    gathered = Gathered(max((block.first + block.count for block in store.blocks()), default=0), worlds=1)
    store.restore(gathered)
    gaps, reach = gathered.gaps(world=0), gathered.runs
    asked = max(reach, store.asked or 0)
    if asked > reach:
        touching = bool(gaps) and gaps[-1][1] == reach
        gaps.append((gaps.pop()[0] if touching else reach, asked))
    missing = " and ".join(f"{first:,} to {stop - 1:,}" for first, stop in gaps)
    if gathered.finished == 0:
        which = f", runs {missing}" if missing else ""
        raise StoreError(f"{folder}: its first runs are missing{which}; the call that began it finishes them")
    if missing:
        warnings.warn(
            f"{folder}: runs {missing} are missing, of {asked:,}; these are the first {gathered.finished:,} runs, and "
            "the call that began the store plays what is missing",
            RuntimeWarning,
            stacklevel=3,
        )
    sources: str = store.key["sources"]
    warn_of_other_sources(str(folder), sources, version=store.study["begun"]["version"], stacklevel=4)
    return EnsembleFields(
        scenario=scenario,
        seed=store.key["seed"],
        outcomes=completed(gathered.outcomes(world=0)),
        axes=Axes.named(
            scenario,
            front_ids=tuple(store.study["front_ids"]),
            actor_ids=tuple(store.study["actor_ids"]),
            commitment_rows=tuple(store.study["commitment_rows"]),
        ),
        interrupted=gathered.finished < asked,
        sources=sources,
    )
