"""Terms: the utility of each act taken apart, by the same functions that put it together."""

from __future__ import annotations

from escalation.dynamics.acting import (
    AUDIENCE,
    BAIT,
    BELLIGERENCE,
    CONCESSION,
    FACE,
    FIRST_STRIKE,
    LEASH,
    PATRONS,
    PATRONS_WAR,
    SPOILER,
    TERMS,
    THREATENING,
    act_value,
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
from escalation.mechanisms.alliances import mixed_utility
from escalation.mechanisms.injury_and_honour import retaliation_cost
from escalation.mechanisms.time_and_chance import logit_choice

__all__ = ["weighed_acts"]

_OF_ACT = {
    "audience": AUDIENCE,
    "belligerence": BELLIGERENCE,
    "spoiler": SPOILER,
    "bait": BAIT,
    "first strike": FIRST_STRIKE,
    "face": FACE,
    "leash": LEASH,
    "concession": CONCESSION,
    "threatening": THREATENING,
}


def _own_terms(crisis: Crisis, f: int, place: int, odds: tuple[float, float, float]) -> dict[str, float]:
    """Terms of an act, by its place on offer, to the actor itself; by its own type they add up to its own utility."""
    o = crisis.offered[f][place]
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    resolute = actor.resolute == 1
    war_cost = actor.war_cost_resolute if resolute else actor.war_cost_irresolute
    honour = actor.honour_resolute if resolute else actor.honour_irresolute
    weight = crisis.rules[0].pressure_weight
    injury = crisis.work[OWN_INJURY][place]
    gain, loss, war, destroyed, destruction, chance = exchange_terms(crisis, f, o, odds)
    in_itself = [0.0] * TERMS
    act_value(crisis, f, o, front.actor, in_itself)
    return {
        "gain": gain,
        "replies": loss,
        "destruction": destroyed + war_cost * destruction,
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
    chances = [0.0] * len(names)
    logit_choice(actor.precision, crisis.value[f], crisis.crowding, chances)
    odds = look_ahead(crisis, f)
    acts = []
    answers = crisis.offered[front.reverse][: crisis.fronts[front.reverse].offers]
    for place, o in enumerate(crisis.offered[f][: front.offers]):
        terms = _own_terms(crisis, f, place, odds)
        if heeds:
            terms = {term: mixed_utility(actor.control, value, 0.0) for term, value in terms.items()}
        terms["principal"] = mixed_utility(actor.control, 0.0, theirs[o]) if heeds else 0.0
        replies = dict(zip((names[k] for k in answers), crisis.work[EXPECTED_REPLY], strict=False))
        acts.append(
            WeighedAct(
                name=names[o],
                terms={term: value + 0.0 for term, value in terms.items()},  # no minus before a zero
                utility=crisis.value[f][o],
                probability=chances[o],
                crowding=crisis.crowding[o],
                shock=crisis.shocks[f][o],
                score=actor.precision * crisis.value[f][o] - crisis.crowding[o] + crisis.shocks[f][o],
                chosen=o == chosen,
                replies={name: likely for name, likely in replies.items() if likely > 0.0},
            )
        )
    return tuple(acts)
