"""From a row to a scenario: a small generic crisis between an actor, its adversary and the patrons that either has.

The adversary pulls the trigger on day 0 and the actor is injured by it; its first decision is the response. What
differs between crises is stated as a distribution in one of eight scenarios (either side may have an ally, and the
trigger may be violent), and the mapping below says what it is for a row: the same numbers make a scenario to read, or a
row of a batch.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.data.covariates import KINDS, Covariates
from escalation.world.distributions import LogNormal
from escalation.world.scenario import Scenario

__all__ = [
    "CHOSEN",
    "DRAWN",
    "FRONT",
    "HORIZON",
    "MODEL",
    "OF_SIDES",
    "OF_STAKES",
    "REVISIONISM",
    "RUNG",
    "crisis_scenario",
    "frame",
    "frames_of",
    "mean_belligerence",
    "quantities",
]

FRONT = "actor-adversary"
HORIZON = 240
DRAWN = "rules.settle_days"
"""Drawn anew for each run, around the median that the parameters give."""
RUNG = 0.2
"""Intensity of a rung of the default ladder."""
RESOLUTE, IRRESOLUTE = 2.0 / 3.0, 4.0 / 3.0
HONOUR = 0.9
"""Mean of both types' honour; injuries are measured in it, so it is not fitted."""
REVISIONISM = 0.1
"""Of the actor that responds; first responses do not tell it from other reasons to act, so it is not fitted."""
INDIRECT, VIOLENT = 4, 5
"""Groups of triggers: violence against an ally or neighbour, and against the actor itself."""
ON_CONDITION = {"conditional": True}
"""A pact of defence promises help against an attack; it promises none to an attacker."""
MODEL: dict[str, Any] = {
    "covert_acts": "declared",
    "destruction": "priced",
    "deliberations": "one",
    "least_delay": 0.0,
    "joining": "credence",
    "leash_holds": "on-condition",
    "belligerency": True,
    "scheduled_answers": True,
    "conciliation": True,
}
"""Rules that choose between forms of the model; no crisis of the table has a front on which an act could be hidden."""
CHOSEN = (
    "contest_exponent",
    "leash",
    "patron_reply",
    "brinkmanship_scale",
    "injury_half_life",
    "settle_days",
    "shock_persistence",
    "limited_force_discount",
    "destruction_cost",
    "concession",
    "peace",
    "amends",
    "exploited",
    "act_injury",
    "threat_cost",
    "threat_relief",
)
"""Rules that are parameters."""
OF_STAKES = ("injury_stakes", "brinkmanship_stakes")
"""Rules that are parameters, and bear on nothing here: all stakes are 1, since they are known only with hindsight."""
OF_SIDES = ("shared_reasons",)
"""Rule that is a parameter, and 0 here: a row's crisis has one actor on each side; an ally of it may join."""
_OF_ALLIES = ("leash", "patron_reply")
_OPEN = {"distribution": "uniform", "low": 0.25, "high": 0.75}
"""Stands where a row puts its own value."""

Floats = NDArray[np.float64]


def _side() -> dict[str, Any]:
    return {
        "capability": _OPEN,
        "war_cost": {"resolute": _OPEN, "irresolute": _OPEN},
        "honour": {"resolute": HONOUR * IRRESOLUTE, "irresolute": HONOUR * RESOLUTE},
        "belligerence_cost": _OPEN,
        "precision": _OPEN,
        "response_delay": _OPEN,
        "response_spread": _OPEN,
        "tempo": _OPEN,
    }


@functools.cache
def frame(*, pact: bool, adverse_pact: bool, struck: bool) -> Scenario:
    """Return the generic crisis, in which all that bears on it and differs between rows is a distribution.

    Parameters
    ----------
    pact, adverse_pact
        Whether the actor, and its adversary, has an ally: by a pact of defence, which is a pledge on condition.
    struck
        Whether the trigger was violent, against the actor itself or an ally or neighbour.
    """
    actors = {"actor": _side(), "adversary": _side()}
    pledges: dict[str, Any] = {}
    if pact:
        actors["ally"] = {"precision": _OPEN}
        pledges["pact"] = {"patron": "ally", "protege": "actor", "adversary": "adversary", **ON_CONDITION}
    if adverse_pact:
        actors["backer"] = {"precision": _OPEN}
        pledges["adverse-pact"] = {"patron": "backer", "protege": "adversary", "adversary": "actor", **ON_CONDITION}
    open_rules = [rule for rule in CHOSEN if rule not in MODEL and (pledges or rule not in _OF_ALLIES)]
    return Scenario.from_dict(
        {
            "name": "generic-crisis",
            "title": "A crisis as a crisis-actor table describes it",
            "horizon": HORIZON,
            "stop_when_settled": True,
            "actors": actors,
            "fronts": {
                FRONT: {"revisionism": REVISIONISM},
                "adversary-actor": {"revisionism": _OPEN, "struck_first": struck},
            },
            "commitments": pledges,
            "events": {
                "trigger": {
                    "kind": "provocation",
                    "date": 0,
                    "victims": [{"actor": "actor", "severity": _OPEN}],
                    "suspects": [{"actors": ["adversary"]}],
                    "other": {"prior": 0.0},
                },
                "grievance": {
                    "kind": "provocation",
                    "date": 0,
                    "victims": [{"actor": "adversary", "severity": _OPEN}],
                    "suspects": [{"actors": ["actor"]}],
                    "other": {"prior": 0.0},
                },
            },
            "rules": {
                **MODEL,
                **dict.fromkeys(open_rules, _OPEN),
                **dict.fromkeys(OF_SIDES, 0.0),
                "settle_days": {"distribution": "lognormal", "median": 30.0, "sigma": 1.0},
            },
        }
    )


def _severity(parameters: Mapping[str, float], rows: Covariates) -> Floats:
    of_group = [parameters[f"injury_{name}"] for name in ("other", "other", "other", "military", "indirect", "violent")]
    rungs = np.array(of_group)[rows.group]
    rungs = rungs + parameters["injury_nonstate"] * rows.nonstate + parameters["injury_intrawar"] * rows.intrawar
    return np.asarray(np.clip(RUNG * rungs, 0.0, 1.0))


def _war_cost(parameters: Mapping[str, float], share: Floats, adverse_nuclear: Floats) -> Floats:
    odds = np.log(share / (1.0 - share))
    growth = parameters["war_cost_nuclear"] * adverse_nuclear - parameters["war_cost_odds"] * odds
    return np.asarray(parameters["war_cost"] * np.exp(growth))


def _belligerence(parameters: Mapping[str, float], democratic: Floats, nuclear: Floats) -> Floats:
    growth = parameters["belligerence_democratic"] * democratic + parameters["belligerence_nuclear"] * nuclear
    return np.asarray(parameters["belligerence_cost"] + growth)


def mean_belligerence(parameters: Mapping[str, float], shares: Mapping[str, float]) -> float:
    """Cost of belligerence of the mean actor, of whom no more is known.

    Parameters
    ----------
    parameters
        Values of the global parameters, by name.
    shares
        Share of actors of each kind; see `escalation.data.covariates.kind_shares`.
    """
    cost = parameters["belligerence_cost"]
    for kind in KINDS:
        cost += shares[kind] * parameters[f"belligerence_{kind}"]
    return max(cost, 0.0)


def quantities(parameters: Mapping[str, float], rows: Covariates) -> dict[str, Floats]:
    """Map rows to what their scenarios hold.

    Parameters
    ----------
    parameters
        Values of `escalation.data.parameters.PARAMETERS`, by name.
    rows
        Covariates of the rows; what is not known of them counts as equal capability, no, or none.

    Returns
    -------
    dict
        By dotted path of the scenario: values of shape (rows,).
    """
    rows = rows.assumed()
    ones = np.ones(len(rows))
    own_cost = _war_cost(parameters, rows.share, rows.adverse_nuclear)
    their_cost = _war_cost(parameters, 1.0 - rows.share, rows.nuclear)
    own_belligerence = _belligerence(parameters, rows.democratic, rows.nuclear)
    own_belligerence = own_belligerence + parameters["belligerence_military"] * rows.military
    their_belligerence = _belligerence(parameters, rows.adverse_democratic, rows.adverse_nuclear)
    their_belligerence = parameters["challenger_belligerence"] * their_belligerence
    odds = parameters["challenger_revisionism"]
    found = {
        "actors.actor.capability": rows.share,
        "actors.adversary.capability": 1.0 - rows.share,
        "actors.actor.war_cost.resolute": RESOLUTE * own_cost,
        "actors.actor.war_cost.irresolute": IRRESOLUTE * own_cost,
        "actors.adversary.war_cost.resolute": RESOLUTE * their_cost,
        "actors.adversary.war_cost.irresolute": IRRESOLUTE * their_cost,
        "actors.actor.belligerence_cost": np.maximum(own_belligerence, 0.0),
        "actors.adversary.belligerence_cost": np.maximum(their_belligerence, 0.0),
        "actors.actor.response_delay": np.where(
            rows.group == VIOLENT, parameters["response_delay_violent"], parameters["response_delay"]
        ),
        "actors.adversary.response_delay": parameters["response_delay"] * ones,
        "fronts.adversary-actor.revisionism": odds / (1.0 + odds) * ones,
        "events.trigger.victims.0.severity": _severity(parameters, rows),
        "events.grievance.victims.0.severity": min(RUNG * max(parameters["challenger_grievance"], 0.0), 1.0) * ones,
    }
    for actor in ("actor", "adversary", "ally", "backer"):
        found[f"actors.{actor}.precision"] = parameters["precision"] * ones
    for actor in ("actor", "adversary"):
        found[f"actors.{actor}.response_spread"] = parameters["response_spread"] * ones
        found[f"actors.{actor}.tempo"] = parameters["tempo"] * ones
    # Crises differ in how long a quiet ends them: for this one a row gives the median, and each run draws its own.
    for rule in CHOSEN:
        found[f"rules.{rule}"] = parameters[rule] * ones
    return found


def frames_of(rows: Covariates) -> list[tuple[Scenario, NDArray[np.int64]]]:
    """Frames that some rows fit into, and the places of those rows; a pact that is not known counts as none."""
    found, rows = [], rows.assumed()
    struck = rows.group >= INDIRECT
    for pact, adverse_pact, violent in product((False, True), repeat=3):
        places = np.flatnonzero((rows.pact == pact) & (rows.adverse_pact == adverse_pact) & (struck == violent))
        if places.size:
            found.append((frame(pact=pact, adverse_pact=adverse_pact, struck=violent), places))
    return found


def crisis_scenario(parameters: Mapping[str, float], rows: Covariates, place: int) -> Scenario:
    """Scenario of one row.

    Parameters
    ----------
    parameters
        Values of the global parameters.
    rows
        Covariates of the rows.
    place
        Which row.
    """
    one = rows.take(np.array([place]))
    scenario = frames_of(one)[0][0]
    for path, values in quantities(parameters, one).items():
        if path.split(".")[0] != "actors" or path.split(".")[1] in scenario.actors:
            value = float(values[0])
            held = LogNormal(median=value, sigma=parameters["settle_spread"]) if path == DRAWN else value
            scenario = scenario.replace(path, held)
    for rule in OF_STAKES:
        scenario = scenario.replace(f"rules.{rule}", parameters[rule])
    return scenario
