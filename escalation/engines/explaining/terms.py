"""Terms: the utility of each act taken apart, by the same functions that put it together."""

from __future__ import annotations

from escalation.dynamics.acting import (
    AUDIENCE,
    BAIT,
    BELLIGERENCE,
    FACE,
    FIRST_STRIKE,
    LEASH,
    PATRONS,
    PATRONS_WAR,
    SPOILER,
    TERMS,
    act_value,
    available,
)
from escalation.dynamics.decision import principal_utilities
from escalation.dynamics.state import Crisis
from escalation.dynamics.utility import (
    EXPECTED_REPLY,
    OWN_INJURY,
    PRINCIPAL_RESOLUTE,
    exchange_terms,
    look_ahead,
)
from escalation.engines.explaining.explanation import WeighedAct
from escalation.mechanisms.injury import retaliation_cost
from escalation.mechanisms.proxy import mixed_utility
from escalation.mechanisms.quantal_response import logit_choice

__all__ = ["weighed_acts"]

_OF_ACT = {
    "audience": AUDIENCE,
    "belligerence": BELLIGERENCE,
    "spoiler": SPOILER,
    "bait": BAIT,
    "first strike": FIRST_STRIKE,
    "face": FACE,
    "leash": LEASH,
}


def _own_terms(crisis: Crisis, f: int, o: int, odds: tuple[float, float, float]) -> dict[str, float]:
    """Terms of an act to the actor itself, by its own type; they add up to its own utility."""
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    resolute = actor.resolute == 1
    war_cost = actor.war_cost_resolute if resolute else actor.war_cost_irresolute
    honour = actor.honour_resolute if resolute else actor.honour_irresolute
    weight = crisis.rules[0].pressure_weight
    injury = crisis.work[OWN_INJURY][o]
    gain, loss, war, destruction, chance = exchange_terms(crisis, f, o, odds)
    in_itself = [0.0] * TERMS
    act_value(crisis, f, o, front.actor, in_itself)
    return {
        "gain": gain,
        "replies": loss,
        "destruction": war_cost * destruction,
        "war": war + war_cost * chance,
        **{name: in_itself[term] for name, term in _OF_ACT.items()},
        "patrons": in_itself[PATRONS] + war_cost * in_itself[PATRONS_WAR],
        "honour": -retaliation_cost(honour, weight, 0.0, injury),
        "pressure": -retaliation_cost(0.0, weight, actor.pressure, injury),
    }


def weighed_acts(crisis: Crisis, f: int, names: tuple[str, ...], chosen: int) -> tuple[WeighedAct, ...]:
    """Take apart what was weighed on a front, act by act.

    Parameters
    ----------
    crisis
        The crisis, after `escalation.dynamics.decision.weigh`; its scratch rows are overwritten.
    f
        Row of the front.
    names
        Names of the acts.
    chosen
        Row of the act that was chosen.
    """
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    heeds = principal_utilities(crisis, f)
    theirs = list(crisis.work[PRINCIPAL_RESOLUTE])
    likely = [0.0] * len(names)
    logit_choice(actor.precision, crisis.value[f], crisis.crowding, likely)
    odds = look_ahead(crisis, f)
    acts = []
    for o, name in enumerate(names):
        if not available(crisis, f, o):
            continue
        terms = _own_terms(crisis, f, o, odds)
        if heeds:
            terms = {term: mixed_utility(actor.control, value, 0.0) for term, value in terms.items()}
        terms["principal"] = mixed_utility(actor.control, 0.0, theirs[o]) if heeds else 0.0
        replies = crisis.work[EXPECTED_REPLY]
        acts.append(
            WeighedAct(
                name=name,
                terms={term: value + 0.0 for term, value in terms.items()},  # no minus before a zero
                utility=crisis.value[f][o],
                probability=likely[o],
                crowding=crisis.crowding[o],
                shock=crisis.shocks[f][o],
                score=actor.precision * crisis.value[f][o] - crisis.crowding[o] + crisis.shocks[f][o],
                chosen=o == chosen,
                replies={names[k]: replies[k] for k in range(len(names)) if replies[k] > 0.0},
            )
        )
    return tuple(acts)
