"""Terms: the utility of each act taken apart, by the same functions that put it together."""

from __future__ import annotations

from escalation.dynamics.acting import act_terms
from escalation.dynamics.decision import renew_shocks
from escalation.dynamics.roles import WAR
from escalation.dynamics.state import Crisis
from escalation.dynamics.support import Victory
from escalation.dynamics.utility import exchange_terms, look_ahead, principal_utilities
from escalation.engines.explaining.explanation import WeighedAct
from escalation.mechanisms.alliances import mixed_utility
from escalation.mechanisms.honour_and_audiences import retaliation_cost
from escalation.mechanisms.time_and_chance import logit_choice

__all__ = ["weighed_acts"]


def _own_terms(crisis: Crisis, f: int, o: int, victory: Victory) -> dict[str, float]:
    """Terms of an act to the actor itself; by its own type they add up to its own utility."""
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    resolute = actor.resolute == 1
    war_cost = actor.war_cost_resolute if resolute else actor.war_cost_irresolute
    honour = actor.honour_resolute if resolute else actor.honour_irresolute
    weight = crisis.rules[0].pressure_weight
    injury = crisis.injury_left[f][o]
    exchange = exchange_terms(crisis, f, o, victory)
    in_itself = act_terms(crisis, f, o, front.actor)
    return {
        "gain": exchange.gain,
        "replies": exchange.replies,
        "destruction": exchange.destruction - war_cost * exchange.destruction_share,
        "war": exchange.war - war_cost * exchange.war_probability,
        "audience": in_itself.audience,
        "belligerence": in_itself.belligerence,
        "spoiler": in_itself.spoiler,
        "bait": in_itself.bait,
        "first strike": in_itself.first_strike,
        "face": in_itself.face,
        "leash": in_itself.leash,
        "concession": in_itself.concession,
        "threatening": in_itself.threatening,
        "patrons": in_itself.patrons - war_cost * in_itself.war_share,
        "honour": -retaliation_cost(honour, weight, 0.0, injury),
        "pressure": -retaliation_cost(0.0, weight, actor.pressure, injury),
    }


def weighed_acts(crisis: Crisis, f: int, names: tuple[str, ...], chosen: int) -> tuple[WeighedAct, ...]:
    """Take apart what was weighed on a front, act by act.

    Parameters
    ----------
    crisis
        The crisis, after `escalation.dynamics.utility.weigh`; its scratch tables are overwritten.
    f
        Row of the front.
    names
        Names of the acts.
    chosen
        Row of the act that was chosen.
    """
    front = crisis.fronts[f]
    actor = crisis.actors[front.actor]
    renew_shocks(crisis, f)
    reasons = crisis.shocks[front.reasons]
    # Before `look_ahead`, since weighing the acts for the principal overwrites the tables that it prepares.
    heeds = principal_utilities(crisis, f)
    theirs = list(crisis.principal_value)
    probabilities = [0.0] * len(names)
    logit_choice(actor.precision, crisis.value[f], crisis.crowding, probabilities)
    victory = look_ahead(crisis, f)
    acts = []
    answers = crisis.offered[front.reverse][: crisis.fronts[front.reverse].offers]
    for o in crisis.offered[f][: front.offers]:
        terms = _own_terms(crisis, f, o, victory)
        if heeds:
            terms = {term: mixed_utility(actor.control, value, 0.0) for term, value in terms.items()}
        terms["principal"] = mixed_utility(actor.control, 0.0, theirs[o]) if heeds else 0.0
        replies = {names[k]: crisis.expected_reply[place][o] for place, k in enumerate(answers)}
        if crisis.options[o].role == WAR:  # which is its own reply
            replies = {}
        acts.append(
            WeighedAct(
                name=names[o],
                terms={term: value + 0.0 for term, value in terms.items()},  # no minus before a zero
                utility=crisis.value[f][o],
                probability=probabilities[o],
                crowding=crisis.crowding[o],
                shock=reasons[o],
                score=actor.precision * crisis.value[f][o] - crisis.crowding[o] + reasons[o],
                chosen=o == chosen,
                replies={name: likely for name, likely in replies.items() if likely > 0.0},
            )
        )
    return tuple(acts)
