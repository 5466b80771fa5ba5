"""Parameters: every field that a scenario may state, with what it means, what is allowed and what is assumed."""

from __future__ import annotations

import math
from typing import Any

from pydantic import BaseModel

from escalation.reports.tables import Table
from escalation.world.actor import Actor, ByType
from escalation.world.commitment import Commitment, Credence
from escalation.world.event import Accident, InternalShock, Mediation, Other, Provocation, Suspect, Victim
from escalation.world.front import Front, IncidentProcess
from escalation.world.ladder import Rung
from escalation.world.quantities import LARGEST
from escalation.world.rules import Rules
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal

__all__ = ["MODELS", "SOURCES", "parameter_tables"]

MODELS: dict[str, type[BaseModel]] = {
    "scenario": Scenario,
    "rung": Rung,
    "rules": Rules,
    "actor": Actor,
    "by-type": ByType,
    "front": Front,
    "incident-process": IncidentProcess,
    "commitment": Commitment,
    "credence": Credence,
    "signal": Signal,
    "provocation": Provocation,
    "victim": Victim,
    "suspect": Suspect,
    "other": Other,
    "accident": Accident,
    "internal-shock": InternalShock,
    "mediation": Mediation,
}
"""Parts of a scenario, by the name of their table."""

SOURCES: dict[str, str] = {
    "rung.mid": "[Palmer2022]_",
    "rung.cameo": "[Schrodt2012]_",
    "rung.goldstein": "[Goldstein1992]_",
    "rules.contest_exponent": "[Tullock1980]_",
    "rules.limited_force_discount": "[KertzerBrutger2016]_",
    "rules.belligerency": "[ChristensenSnyder1990]_",
    "rules.assurance": "[Schelling1966]_, [KyddMcManus2017]_",
    "rules.threat_credibility": "[Fearon1994]_, [Schelling1966]_",
    "rules.public_word": "[Fearon1997]_, [KatagiriMin2019]_",
    "rules.private_word": "[KatagiriMin2019]_",
    "rules.public_act": "[KatagiriMin2019]_",
    "rules.conciliation": "[Osgood1962]_",
    "rules.concession": "[Osgood1962]_",
    "rules.amends": "[Osgood1962]_",
    "rules.brinkmanship_scale": "[Schelling1966]_, [Powell1990]_",
    "rules.brinkmanship_slope": "[Powell1990]_",
    "rules.brinkmanship_stakes": "[Schelling1966]_, [Powell1990]_",
    "rules.shared_reasons": "[BrecherWilkenfeld1997]_",
    "rules.accident_hazard": "[Sagan1993]_",
    "rules.leash": "[Snyder1984]_, [Pressman2008]_",
    "rules.leash_holds": "[Snyder1984]_, [Benson2011]_",
    "rules.bait": "[KyddWalter2002]_",
    "rules.face": "[Kurizaki2007]_",
    "rules.reputation": "[Snyder1984]_",
    "rules.patron_reply": "[Huth1988]_",
    "rules.covert_discount": "[Carson2018]_",
    "rules.covert_detection": "[Baliga2020]_",
    "rules.signal_precision": "[Fearon1994]_, [Fearon1997]_",
    "rules.honesty_loss": "[Sartori2002]_",
    "rules.pressure_gain": "[WeissDafoe2019]_",
    "rules.pressure_weight": "[WeissDafoe2019]_",
    "rules.scheduled_answers": "[GoldsteinFreeman1990]_",
    "rules.act_injury": "[GoldsteinFreeman1990]_",
    "rules.injury_stakes": "[GoldsteinFreeman1990]_, [Dafoe2021]_",
    "rules.mobilisation_strength": "[Jervis1976]_, [Kydd2005]_",
    "actor.capability": "[Tullock1980]_",
    "actor.war_cost": "[Fearon1995]_",
    "actor.honour": "[GoldsteinFreeman1990]_, [Dafoe2021]_",
    "actor.resolve": "[Fearon1994]_",
    "actor.precision": "[McKelveyPalfrey1995]_, [Signorino1999]_",
    "actor.audience_cost": "[Fearon1994]_, [KertzerBrutger2016]_",
    "actor.belligerence_cost": "[KertzerBrutger2016]_",
    "actor.domestic_pressure": "[WeissDafoe2019]_",
    "actor.honesty": "[Sartori2002]_",
    "actor.response_delay": "[BrecherWilkenfeld1997]_: median of 5, and of 6 with the trigger's own day",
    "actor.principal": "[Salehyan2010]_",
    "actor.control": "[Salehyan2010]_",
    "front.stake": "[Fearon1995]_",
    "front.resolve": "[Fearon1994]_",
    "front.first_strike_advantage": "[Jervis1976]_, [Kydd2005]_",
    "front.spoiler": "[KyddWalter2002]_",
    "front.fear": "[Jervis1976]_, [Kydd2005]_",
    "front.motive": "[KyddWalter2002]_",
    "front.incidents": "[Hawkes1971]_",
    "incident-process.rate": "[Hawkes1971]_",
    "incident-process.excitation": "[Hawkes1971]_",
    "incident-process.decay": "[Hawkes1971]_",
    "commitment.strength": "[Snyder1984]_",
    "commitment.conditional": "[Benson2011]_",
    "commitment.trigger": "[Huth1988]_",
    "commitment.credence": "[Leeds2000]_",
    "credence.mean": "[Leeds2000]_, default too",
    "credence.weight": "[Leeds2000]_",
    "signal.channel": "[Kurizaki2007]_",
    "signal.credence": "[Sartori2002]_",
    "signal.alignment": "[Trager2010]_",
    "provocation.rung": "[KatagiriMin2019]_",
    "provocation.publicity": "[Carson2018]_",
    "provocation.suspects": "[Baliga2020]_",
}
"""Sources of what a parameter stands for, by table and field; where they give the default too, it says so."""


def parameter_tables() -> dict[str, Table]:
    """Tables of all parameters by the name of the part that states them.

    Returns
    -------
    dict
        Tables with the columns parameter, meaning and unit, allowed, default, source.
    """
    return {part: _table(part, model) for part, model in MODELS.items()}


def _table(part: str, model: type[BaseModel]) -> Table:
    schema = model.model_json_schema()
    needed = schema.get("required", [])
    rows = tuple(
        (
            f"`{name}`",
            field["description"],
            _allowed(field, schema.get("$defs", {})),
            "required" if name in needed else _default(field.get("default", {})),
            SOURCES.get(f"{part}.{name}", ""),
        )
        for name, field in schema["properties"].items()
    )
    return Table(("parameter", "meaning and unit", "allowed", "default", "source"), rows)


def _allowed(field: dict[str, Any], parts: dict[str, Any]) -> str:
    """What a field of a JSON Schema allows, in words; ``d`` where a distribution may stand for the number."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return _allowed(parts[name], parts) if "enum" in parts[name] else name
    if "oneOf" in field and not any(option.get("type") == "number" for option in field["oneOf"]):
        return " or ".join(_allowed(option, parts) for option in field["oneOf"])
    if "oneOf" in field:
        number = next(option for option in field["oneOf"] if option.get("type") == "number")
        return f"{_interval(number)}, d"
    if "anyOf" in field:
        options = [option for option in field["anyOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(_allowed(option, parts) for option in options))
    if "enum" in field or "const" in field:
        return ", ".join(map(str, field.get("enum", [field.get("const")])))
    if field["type"] == "array":
        return f"list of {_allowed(field['items'], parts)}"
    return _interval(field) if field["type"] in ("number", "integer") else _plain(field)


def _plain(field: dict[str, Any]) -> str:
    if field["type"] == "string":
        return "date" if field.get("format") == "date" else "name" if "pattern" in field else "text"
    return {"boolean": "true, false", "object": "table"}[field["type"]]


def _interval(field: dict[str, Any]) -> str:
    low, high = field.get("minimum", -math.inf), field.get("maximum", math.inf)
    whole = "whole, " if field["type"] == "integer" else ""
    if "exclusiveMinimum" in field:
        return f"{whole}above {field['exclusiveMinimum']:g}"
    if high < LARGEST:
        return f"{whole}{low:g} to {high:g}"
    return f"{whole}at least {low:g}" if math.isfinite(low) else f"{whole}any number"


def _default(value: Any) -> str:
    """How a default reads."""
    if isinstance(value, dict):
        if len(value) != 2:
            return "as its own table" if value else "its own default"
        return ", ".join(f"{name} {_default(part)}" for name, part in value.items())
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"{value:g}"
    return str(value) if value else "empty"
