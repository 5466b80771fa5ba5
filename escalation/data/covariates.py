"""Covariates: what is known of each crisis actor when the trigger falls, drawn from the allowed columns alone."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from escalation.data.crisis_actors import INPUTS, trigger_group
from escalation.data.rows import Rows

__all__ = ["Covariates", "covariates"]

LEAST_SHARE = 0.01
DEMOCRATIC_POLITY = 6.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Covariates:
    """Arrays of shape (rows,); yes or no is 1 or 0, and what is not known is even odds or no."""

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


def _known(column: Floats, otherwise: float = 0.0) -> Floats:
    return np.where(np.isfinite(column), column, otherwise)


def _flag(condition: NDArray[np.bool_]) -> Floats:
    return condition.astype(np.float64)


def covariates(rows: Rows) -> Covariates:
    """Take the covariates of crisis-actor rows from the columns of `INPUTS`, and from no others."""
    seen = Rows({name: rows[name] for name in INPUTS}, rows.source, rows.version)
    entity = seen["trig_entity"]
    return Covariates(
        group=trigger_group(seen),
        nonstate=_flag((entity == "nonstate") | (entity == "internal")),
        multistate=_flag(entity == "multistate"),
        internal=_flag(seen["trig_internal"] == 1),
        share=np.clip(_known(seen["cap_share"], 0.5), LEAST_SHARE, 1.0 - LEAST_SHARE),
        pact=_flag(_known(seen["n_defpact"]) > 0),
        adverse_pact=_flag(_known(seen["adv_n_defpact"]) > 0),
        nuclear=_flag(seen["nuc_list"] == 1),
        adverse_nuclear=_flag(seen["adv_nuc"] == 1),
        democratic=_flag(seen["regime"] == 1),
        military=_flag(seen["regime"] >= 3),
        adverse_democratic=_flag(seen["adv_polity2"] >= DEMOCRATIC_POLITY),
        rivals=_flag(seen["rivalry_tss"] == 1),
        dyad_history=np.log1p(_known(seen["prior5"])),
        history=np.log1p(_known(seen["actor_prior10"])),
        intrawar=_flag(seen["iwc"] > 1),
    )
