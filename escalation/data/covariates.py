"""Covariates: what is known of each crisis actor when the trigger falls, drawn from the allowed columns alone."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.data.crisis_actors import INPUTS, trigger_group
from escalation.data.rows import Rows

__all__ = ["KINDS", "Covariates", "covariates", "kind_shares"]

KINDS = ("democratic", "military", "nuclear")
"""Kinds of actors whose cost of belligerence differs."""

LEAST_SHARE = 0.01
EQUAL = 0.5
"""Share of capability of either of two equals."""
DEMOCRATIC_POLITY = 6.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Covariates:
    """Arrays of shape (rows,); yes or no is 1 or 0, and what is not known is NaN.

    Whoever needs a number for every row asks for `assumed`, in which what is not known is even odds or no.
    """

    group: NDArray[np.int64]
    """Trigger group."""
    nonstate: Floats
    """Pulled by an armed group or another hand that is no state."""
    multistate: Floats
    """Pulled by several states."""
    internal: Floats
    """Pulled at home."""
    share: Floats
    """Capability as a share of both, 0.01 to 0.99."""
    pact: Floats
    """Actor has a defence pact with a third party."""
    adverse_pact: Floats
    """Adversary has one."""
    nuclear: Floats
    """Actor has nuclear weapons."""
    adverse_nuclear: Floats
    """Adversary has."""
    democratic: Floats
    """Actor is a democracy."""
    military: Floats
    """Actor is a military regime."""
    adverse_democratic: Floats
    """Adversary is a democracy."""
    rivals: Floats
    """The two are strategic rivals."""
    dyad_history: Floats
    """Logarithm of 1 + earlier crises between the two in five years."""
    history: Floats
    """Logarithm of 1 + the actor's earlier crises in ten years."""
    intrawar: Floats
    """Falls within a war."""

    def __len__(self) -> int:
        return self.group.size

    def take(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> Covariates:
        """Return some of the rows, by a mask or by their places."""
        return Covariates(**{field.name: getattr(self, field.name)[which] for field in fields(self)})

    def assumed(self) -> Covariates:
        """Return the covariates with what is not known taken as equal capability, no, or none."""
        filled = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, column in filled.items():
            if name != "group":
                filled[name] = np.where(np.isnan(column), EQUAL if name == "share" else 0.0, column)
        return Covariates(**filled)

    def unknown(self) -> dict[str, int]:
        """Count the rows in which each covariate is not known, of those that are not known in some."""
        counts = {field.name: int(np.isnan(getattr(self, field.name)).sum()) for field in fields(self)}
        return {name: count for name, count in counts.items() if count}


def _flag(condition: NDArray[np.bool_], column: NDArray[Any]) -> Floats:
    """1 or 0 by a condition on a column, and NaN where the column is not known."""
    known = column != "" if column.dtype.kind == "U" else np.isfinite(column)
    return np.where(known, condition.astype(np.float64), np.nan)


def covariates(rows: Rows) -> Covariates:
    """Take the covariates of crisis-actor rows from the columns of `INPUTS`, and from no others."""
    # So that no column that is known only afterwards can be read below by mistake.
    seen = Rows({name: rows[name] for name in INPUTS}, rows.source, rows.version)
    entity, regime, polity = seen["trig_entity"], seen["regime"], seen["adv_polity2"]
    return Covariates(
        group=trigger_group(seen),
        nonstate=_flag((entity == "nonstate") | (entity == "internal"), entity),
        multistate=_flag(entity == "multistate", entity),
        internal=_flag(seen["trig_internal"] == 1, seen["trig_internal"]),
        share=np.clip(seen["cap_share"], LEAST_SHARE, 1.0 - LEAST_SHARE),
        pact=_flag(seen["n_defpact"] > 0, seen["n_defpact"]),
        adverse_pact=_flag(seen["adv_n_defpact"] > 0, seen["adv_n_defpact"]),
        nuclear=_flag(seen["nuc_list"] == 1, seen["nuc_list"]),
        adverse_nuclear=_flag(seen["adv_nuc"] == 1, seen["adv_nuc"]),
        democratic=_flag(regime == 1, regime),
        military=_flag(regime >= 3, regime),
        adverse_democratic=_flag(polity >= DEMOCRATIC_POLITY, polity),
        rivals=_flag(seen["rivalry_tss"] == 1, seen["rivalry_tss"]),
        dyad_history=np.log1p(seen["prior5"]),
        history=np.log1p(seen["actor_prior10"]),
        intrawar=_flag(seen["iwc"] > 1, seen["iwc"]),
    )


def kind_shares(rows: Covariates) -> dict[str, float]:
    """Share of actors of each kind, among those of whom it is known; none where it is known of nobody."""
    found = {}
    for kind in KINDS:
        flags = getattr(rows, kind)
        known = flags[np.isfinite(flags)]
        found[kind] = float(known.mean()) if known.size else 0.0
    return found
