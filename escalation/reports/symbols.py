"""Symbols: what each letter of the equations stands for, where a scenario states it, and what was assumed of it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from escalation.data.parameters import PARAMETERS, Parameter
from escalation.reports.equations import mechanism_table
from escalation.reports.parameters import SOURCES, parameter_tables
from escalation.reports.tables import Table

__all__ = ["BY_CODE", "ENTERS", "SYMBOLS", "paths", "symbol_table"]

SYMBOLS: dict[str, str] = {
    "front.stake": "v",
    "front.revisionism": "rev",
    "front.first_strike_advantage": "φ",
    "front.spoiler": "s",
    "front.resolve": "r",
    "front.fear": "h",
    "front.motive": "w",
    "rung.intensity": "g",
    "rung.gain": "y",
    "rung.destruction": "d",
    "actor.capability": "K",
    "actor.war_cost": "c",
    "actor.honour": "ρ",
    "actor.resolve": "r",
    "actor.precision": "λ",
    "actor.audience_cost": "a",
    "actor.domestic_pressure": "D",
    "actor.honesty": "H",
    "actor.control": "κ",
    "commitment.stake": "v",
    "commitment.strength": "A",
    "credence.mean": "q",
    "credence.weight": "n",
    "signal.strength": "Λ",
    "signal.share": "s",
    "victim.severity": "e",
    "accident.blame": "μ",
    "mediation.strength": "M",
    "incident-process.rate": "m",
    "incident-process.excitation": "α",
    "incident-process.decay": "b",
    "rules.contest_exponent": "m",
    "rules.brinkmanship_scale": "f0",
    "rules.brinkmanship_slope": "f1",
    "rules.brinkmanship_stakes": "ζ",
    "rules.patron_reply": "χ_m",
    "rules.covert_discount": "χ",
    "rules.covert_detection": "Λ_c",
    "rules.limited_force_discount": "η",
    "rules.destruction_cost": "ψ",
    "rules.signal_precision": "λ_s",
    "rules.pressure_gain": "ΔD",
    "rules.pressure_weight": "δ",
    "rules.shock_persistence": "τ",
    "rules.shared_reasons": "ς",
    "rules.appeal": "α",
    "rules.amends_in_words": "β",
    "rules.act_injury": "γ",
    "rules.injury_stakes": "ν",
    "rules.assurance": "s",
    "rules.threat_credibility": "ξ",
    "rules.concession": "k",
    "rules.amends": "a",
    "rules.peace": "Π",
    "rules.exploited": "ε",
    "rules.conciliation_strength": "Λ",
}
"""Letters of the equations, by table and field. A field without one is called by its name."""

ENTERS: dict[str, str] = {
    "injury_other": "victim.severity",
    "injury_military": "victim.severity",
    "injury_indirect": "victim.severity",
    "injury_violent": "victim.severity",
    "injury_nonstate": "victim.severity",
    "injury_intrawar": "victim.severity",
    "challenger_grievance": "victim.severity",
    "pair_injury": "victim.severity",
    "pair_injury_violent": "victim.severity",
    "war_cost_odds": "actor.war_cost",
    "war_cost_nuclear": "actor.war_cost",
    "belligerence_democratic": "actor.belligerence_cost",
    "belligerence_military": "actor.belligerence_cost",
    "belligerence_nuclear": "actor.belligerence_cost",
    "challenger_belligerence": "actor.belligerence_cost",
    "challenger_revisionism": "front.revisionism",
    "response_delay_violent": "actor.response_delay",
    "settle_spread": "rules.settle_days",
}
"""Field that a fitted parameter bears on, where the field has not its name."""


class Derived(NamedTuple):
    """A letter that no scenario states."""

    symbol: str
    function: str
    """Function of the mechanisms that computes it."""
    unit: str
    fields: tuple[str, ...]
    """What it follows from."""


BY_CODE: tuple[Derived, ...] = (
    Derived("S", "war_and_contest.strength", "as K", ("actor.capability", "credence.mean")),
    Derived("W", "war_and_contest.success", "1", ("rules.contest_exponent", "actor.capability", "credence.mean")),
    Derived("f", "war_and_contest.probability", "1", ("rules.brinkmanship_scale", "rules.brinkmanship_slope")),
    Derived("o", "war_and_contest.stakes_odds", "1", ("rules.brinkmanship_stakes", "front.stake")),
    Derived("π", "honour_and_audiences.exposure", "1", ("rules.covert_discount", "provocation.publicity")),
    Derived("μ", "beliefs_and_signals.posterior_weight", "1", ("suspect.prior", "suspect.likelihood")),
    Derived("x", "honour_and_audiences.unanswered", "1", ("victim.severity", "rules.injury_half_life")),
    Derived(
        "ω",
        "beliefs_and_signals.weight",
        "1",
        ("signal.credence", "actor.honesty", "signal.alignment", "rules.public_word", "rules.private_word"),
    ),
)
"""Letters of the equations that the code works out."""

_PLACES: dict[str, str] = {
    "front": "fronts.*",
    "rung": "ladder.rungs.*",
    "actor": "actors.*",
    "commitment": "commitments.*",
    "credence": "commitments.*.credence",
    "signal": "signals.*",
    "victim": "events.*.victims.*",
    "suspect": "events.*.suspects.*",
    "other": "events.*.other",
    "provocation": "events.*",
    "accident": "events.*",
    "internal-shock": "events.*",
    "mediation": "events.*",
    "incident-process": "fronts.*.incidents",
    "rules": "rules",
}
"""Where the fields of a part stand in a scenario, in the order of the table."""

_UNITS = (
    (r"\bin stakes\b|\bunit of utility\b", "stakes"),
    (r"\bper stake\b", "1/stakes"),
    (r"\bas a share of the stake\b", "1"),
    (r"\bper day\b", "1/day"),
    (r"\bin days\b|^Days\b", "days"),
)
"""How the description of a field tells its unit."""

_SIGNS = {"linear": "± ", "log": "×/÷ e^", "logit": "± logit "}
_HELD = "held at {prior:g}, without a prior"
_WITHOUT = {"lag": "fitted to delays alone, without a prior", "next-act": _HELD, "stakes": _HELD, "allies": _HELD}
"""What is said of parameters whose value follows from one pattern of the data."""


def _path(field: str) -> str:
    part, _, name = field.partition(".")
    return f"{_PLACES[part]}.{name}"


@cache
def _numbers() -> dict[str, tuple[str, str]]:
    """Description and default of the numbers of the equations, by table and field: all of actors and rules."""
    needed = {*SYMBOLS, *ENTERS.values(), *(field for each in BY_CODE for field in each.fields)}
    found = {}
    tables = parameter_tables()
    for part in _PLACES:
        for name, words, allowed, default, _ in tables[part].rows:
            field = f"{part}.{name.strip('`')}"
            whole_part = part in ("actor", "rules") and (allowed.endswith(", d") or allowed == "ByType")
            if whole_part or field in needed:
                found[field] = words, default
    return found


@cache
def paths() -> dict[str, str]:
    """Table and field that each fitted parameter bears on, by its name.

    Examples
    --------
    >>> paths()["leash"], paths()["war_cost_nuclear"]
    ('rules.leash', 'actor.war_cost')
    """
    named = {field.partition(".")[2]: field for field in _numbers() if field.startswith(("actor.", "rules."))}
    return {name: ENTERS.get(name) or named[name] for name in PARAMETERS}


def _unit(field: str, words: str) -> str:
    told = [unit for pattern, unit in _UNITS if re.search(pattern, words)]
    own = PARAMETERS.get(field.partition(".")[2])
    return told[0] if told else own.unit if own else "1"


def _assumed(parameter: Parameter, unit: str) -> str:
    """Prior of a parameter, with its unit where that is not the one of its row."""
    if parameter.informed_by in _WITHOUT:
        return _WITHOUT[parameter.informed_by].format(prior=parameter.prior)
    other = "" if parameter.unit in (unit, "1") else f" {parameter.unit}"
    return f"{parameter.prior:g} {_SIGNS[parameter.scale]}{parameter.spread:g}{other}"


def _prior(field: str, unit: str, default: str) -> str:
    """What was assumed of the parameter of a field, or its default; and of those that bear on it in the fit alone."""
    own = PARAMETERS.get(field.partition(".")[2])
    said = _assumed(own, unit) if own else f"not fitted, {default}"
    others = [PARAMETERS[name] for name, place in paths().items() if place == field and PARAMETERS[name] != own]
    if not others:
        return said
    return f"{said}; in the fit also " + ", ".join(f"`{each.name}` {_assumed(each, unit)}" for each in others)


def symbol_table() -> Table:
    """Table of the symbols of the equations and of every number behind them.

    Returns
    -------
    Table
        With the columns symbol, meaning, unit, parameter, prior, source. First comes what a scenario states, then what
        the code works out.
    """
    rows = []
    for field, (words, default) in _numbers().items():
        unit = _unit(field, words)
        meaning = re.split(r"(?<=\.) |; | Anchors:", words)[0].rstrip(".")
        source = SOURCES.get(field, "modelling choice")
        prior = _prior(field, unit, default)
        rows.append((SYMBOLS.get(field, "–"), meaning, unit, f"`{_path(field)}`", prior, source))
    computed = {row[0].strip("`"): row for row in mechanism_table().rows}
    for each in BY_CODE:
        _, words, source = computed[each.function]
        meaning = re.sub(r" \[\w+\]_", "", words.split("\n\n")[0]).rstrip(".")
        fields = ", ".join(f"`{_path(field)}`" for field in each.fields)
        rows.append((each.symbol, meaning, each.unit, f"from {fields}", "–", source or "modelling choice"))
    return Table(("symbol", "meaning", "unit", "parameter", "prior", "source"), tuple(rows))
