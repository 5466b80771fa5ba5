"""Acts: the rungs of the ladder and their covert variants, and which of them are on offer on a front."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.roles import CONCILIATION
from escalation.world.ladder import Ladder, Role

__all__ = ["offer", "option_rows"]


def option_rows(ladder: Ladder, *, conciliation: bool) -> list[dict[str, Any]]:
    """Lower the acts: the rungs, then the covert variants of those that have one, and last the conciliatory act."""
    rows = []
    for covert in (0, 1):
        for row, rung in enumerate(ladder.rungs):
            if covert and not rung.covert:
                continue
            alike = [r for r in ladder.rungs if r.role is rung.role and (r.covert or not covert)]
            rows.append(
                {
                    "rung": row,
                    "intensity": rung.intensity,
                    "gain": rung.gain,
                    "destruction": rung.destruction,
                    "role": rung.role.order,
                    "covert": covert,
                    "publicity": 1.0 - covert,
                    "crowding": math.log(len(alike)),
                }
            )
    if conciliation:
        nothing = dict.fromkeys(("rung", "intensity", "gain", "destruction", "covert", "crowding"), 0)
        rows.append({**nothing, "role": CONCILIATION, "publicity": 1.0})
    return rows


def offer(options: list[dict[str, Any]], fronts: list[dict[str, Any]]) -> NDArray[np.int64]:
    """Find the acts on offer on each front, and the one that is feared.

    On offer are restraint and what is above ongoing hostilities; covert acts only where they are deniable.
    """
    offered = np.zeros((len(fronts), len(options)), np.int64)
    restraint, war = Role.RESTRAINT.order, Role.WAR.order
    for row, front in zip(offered, fronts, strict=True):
        least = front.get("baseline", 0.0)
        acts = [
            o
            for o, act in enumerate(options)
            if act["role"] <= restraint or (act["intensity"] > least and act["covert"] <= front["deniable"])
        ]
        row[: len(acts)] = acts
        front["offers"] = len(acts)
        feared = [o for o in acts if options[o]["covert"] == 0 and options[o]["role"] > restraint]
        front["attack"] = acts.index(max((o for o in feared if options[o]["role"] < war), default=feared[-1]))
    return offered
