"""Fronts: those of the scenario, and those that open only where a patron joins."""

from __future__ import annotations

import math
from typing import Any

from escalation.arithmetic.keys import key_of
from escalation.engines.lowering.quantiles import Quantiles
from escalation.engines.lowering.rows import Pledge, Rows
from escalation.engines.lowering.rules import FEAR_ON_JOINING
from escalation.engines.memory import Located, located
from escalation.world.front import Front, actor_and_target, fronts_on_one_target
from escalation.world.ladder import Ladder, Role

__all__ = ["front_row", "pair_rows", "reasons_rows"]


def front_row(rows: Rows, quantiles: Quantiles, name: str) -> dict[str, Any]:
    """Lower a front, on which nothing has happened yet."""
    front, pledge = rows.fronts[name]
    actor, target = actor_and_target(name)
    row: dict[str, Any] = {
        "key": key_of(f"fronts.{name}"),
        "actor": rows.actors[actor],
        "target": rows.actors[target],
        "reverse": rows.front_rows[f"{target}-{actor}"],
        "resolve": Located(f"actors.{target}.resolve", rows.scenario.actors[target].resolve),
        "deniable": int(rows.scenario.rules.covert_acts == "everywhere"),
        "incident_decay": 1.0,
        "vow_by": -1,
        "threat_until": -1.0,
        "threat_by": -1,
        "demand_until": -1.0,
        "demand_by": -1,
        "demand_left": 1.0,
        "ultimatum": -1,
        "refused_until": -1.0,
        "appeal_until": -1.0,
        "conciliated": -math.inf,
        "agreed_period": -1,
        "conceded_period": -1,
        "mediation_until": -1.0,
        "due": math.inf,
        "hastened": math.inf,
        "last_seen": -math.inf,
        "last_force": -math.inf,
        "chosen_force": -math.inf,
        "last_alert": -math.inf,
        "incident_next": math.inf,
        "war_period": -1,
        "weighed": -1,
        "chosen": -1,
    }
    if front is not None:
        row |= _declared(front, rows.scenario.ladder, quantiles)
    elif pledge is not None:
        row |= _latent(rows, name, pledge)
    row["support_first"], row["support_last"] = rows.support.get(name, (0, 0))
    return row


def pair_rows(rows: Rows) -> list[dict[str, Any]]:
    """Lower the pairs of fronts on one target of actors that may be allies: nobody has used force in this run."""
    pairs = fronts_on_one_target(tuple(rows.fronts))
    return [{"one": one, "two": two, "joint_period": -1} for one, two in pairs]


def reasons_rows(rows: Rows) -> list[dict[str, Any]]:
    """Lower the private reasons: those of each front, keyed as it is, and those shared by all who face an actor."""
    keys = [f"fronts.{name}" for name in rows.fronts] + [f"all.{actor}" for actor in rows.actors]
    return [{"key": key_of(key)} for key in keys]


def _declared(front: Front, ladder: Ladder, quantiles: Quantiles) -> dict[str, Any]:
    path = f"fronts.{front.id}"
    row = located(path, front, "stake", "revisionism", "first_strike_advantage", "spoiler", "fear", "motive")
    row |= {"active": 1, "at_war": int(front.at_war)}
    if front.struck_first:
        row |= {"used_force": 1, "struck_first": 1}
    if front.deniable:
        row["deniable"] = 1
    if front.resolve is not None:
        row["resolve"] = Located(f"{path}.resolve", front.resolve)
    if front.baseline is not None:
        rung = ladder.rung(front.baseline)
        row |= {
            "baseline": rung.intensity,
            "baseline_gain": rung.gain,
            "baseline_destruction": rung.destruction,
            "baseline_limited": float(rung.role is Role.FORCE),
        }
    if front.incidents is not None:
        process = front.incidents
        place = f"{path}.incidents"
        row |= {
            "incident_rate": Located(f"{place}.rate", process.rate),
            "incident_excitation": Located(f"{place}.excitation", process.excitation),
            "incident_decay": Located(f"{place}.decay", process.decay),
            "incident_blame": Located(f"{place}.blame", process.blame),
            "incident_severity": quantiles.severity(process.severity),
        }
    return row


def _latent(rows: Rows, name: str, pledge: Pledge) -> dict[str, Any]:
    """Give a front that opens only where a patron joins the stake of whose front it is."""
    return {"stake": _stake(rows, name, pledge), "fear": FEAR_ON_JOINING}


def _stake(rows: Rows, name: str, pledge: Pledge) -> Located:
    if name.split("-", maxsplit=1)[0] == pledge.terms.patron:
        return Located(f"commitments.{pledge.commitment}.stake", pledge.terms.stake)
    against = f"{pledge.adversary}-{pledge.protege}"
    front, opened_by = rows.fronts[against]
    if opened_by is not None:
        return _stake(rows, against, opened_by)
    assert front is not None
    return Located(f"fronts.{against}.stake", front.stake)
