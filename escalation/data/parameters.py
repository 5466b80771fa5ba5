"""Global parameters: what is fitted, each with its meaning, unit and prior."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError

__all__ = ["PARAMETERS", "Parameter", "prior_means"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its prior: normal, lognormal where `scale` is ``"log"``, normal of the logit where ``"logit"``.

    Parameters
    ----------
    name, meaning, unit
        What it is called, what it says, and in what unit.
    prior
        Prior mean; median where the scale is not linear.
    spread
        Prior standard deviation, on the scale.
    informed_by
        ``"response"``: first responses, by their exact probability; ``"course"``: how whole crises went, by
        simulation; ``"signal"``: what followed signals, by its exact probability; ``"next-act"``: what
        follows violence, an actor's own and another's, held where played crises come nearest to coded events (see
        `escalation.analysis.fit.crises.next_acts`); ``"stakes"``: how much more often force is used, and ends in war,
        where more is at stake, held by the gravity of crises (``benchmarks/stakes.py``); ``"allies"``: how much alike
        actors respond that face one adversary (``benchmarks/shared_reasons.py``); ``"lag"``: days to the response, by
        their likelihood alone.
    scale
        ``"linear"``, ``"log"``, or ``"logit"`` of what lies between 0 and 1.
    """

    name: str
    meaning: str
    unit: str
    prior: float
    spread: float
    informed_by: Literal["response", "course", "signal", "next-act", "stakes", "allies", "lag"]
    scale: Literal["linear", "log", "logit"] = "linear"

    def value(self, z: float) -> float:
        """Value that lies `z` prior standard deviations above the prior's middle."""
        if self.scale == "log":
            return self.prior * math.exp(self.spread * z)
        if self.scale == "logit":
            odds = self.prior / (1.0 - self.prior) * math.exp(self.spread * z)
            return odds / (1.0 + odds)
        return self.prior + self.spread * z

    def standard(self, value: float) -> float:
        """Prior standard deviations by which a value lies above the prior's middle."""
        if self.scale == "log":
            return math.log(value / self.prior) / self.spread
        if self.scale == "logit":
            return (math.log(value / (1.0 - value)) - math.log(self.prior / (1.0 - self.prior))) / self.spread
        return (value - self.prior) / self.spread


_RESPONSE = (
    Parameter("injury_other", "injury by a trigger that is not military", "rungs", 1.7, 1.0, "response"),
    Parameter("injury_military", "injury by a military trigger without violence", "rungs", 2.0, 1.0, "response"),
    Parameter("injury_indirect", "injury by violence against an ally or neighbour", "rungs", 2.4, 1.0, "response"),
    Parameter("injury_violent", "injury by violence", "rungs", 3.3, 1.0, "response"),
    Parameter("injury_nonstate", "more of it where no state's hand pulled the trigger", "rungs", 0.3, 0.5, "response"),
    Parameter("injury_intrawar", "more of it within a war", "rungs", 0.5, 0.5, "response"),
    Parameter("war_cost", "cost of war, mean of both types, between equals", "stakes", 0.9, 0.5, "response", "log"),
    Parameter("war_cost_odds", "its elasticity to the odds of capability", "1", 0.0, 0.3, "response"),
    Parameter("war_cost_nuclear", "logarithm of its growth where the adversary is nuclear", "1", 0.0, 0.3, "response"),
    Parameter("belligerence_cost", "cost of belligerence at home", "stakes", 0.4, 0.4, "response", "log"),
    Parameter("belligerence_democratic", "more of it in a democracy", "stakes", 0.0, 0.2, "response"),
    Parameter("belligerence_military", "more of it in a military regime", "stakes", 0.0, 0.2, "response"),
    Parameter("belligerence_nuclear", "more of it in a nuclear power", "stakes", 0.0, 0.2, "response"),
    Parameter("leash", "weight of an ally's wish for restraint", "stakes", 0.2, 1.0, "response", "log"),
    Parameter(
        "patron_reply", "weight of the expected reply of the adversary's allies", "1", 0.5, 1.0, "response", "log"
    ),
    Parameter(
        "challenger_revisionism",
        "revisionism of who pulled the trigger, as odds of 1 to 0",
        "odds",
        0.2,
        1.0,
        "response",
        "log",
    ),
    Parameter("contest_exponent", "how decisive capability is", "1", 0.5, 0.7, "response", "log"),
    Parameter("precision", "precision of choices", "1/stakes", 4.0, 0.5, "response", "log"),
    Parameter("limited_force_discount", "discount of limited force at home", "1", 0.5, 0.6, "response", "logit"),
    Parameter("destruction_cost", "cost of destruction short of war", "stakes", 0.7, 0.5, "response", "log"),
    Parameter("concession", "what conciliation gives away", "1", 0.0, 0.05, "response"),
    Parameter("peace", "worth of an agreement", "1", 0.1, 0.5, "response", "log"),
    Parameter("amends", "share of an injury that conciliation makes good", "1", 0.5, 0.7, "response", "logit"),
    Parameter(
        "exploited", "loss to force for who conciliates, in gains of that force", "1", 1.0, 0.5, "response", "log"
    ),
    Parameter("threat_cost", "cost of a threat at home", "stakes", 0.05, 0.7, "response", "log"),
    Parameter(
        "threat_relief", "share of its intensity with which a threat answers", "1", 0.5, 1.0, "response", "logit"
    ),
)
_COURSE = (
    Parameter("challenger_grievance", "what its adversary holds against the actor", "rungs", 1.5, 1.0, "course"),
    Parameter("challenger_belligerence", "its cost of belligerence, as a multiple", "1", 0.7, 0.5, "course", "log"),
    Parameter("brinkmanship_scale", "hazard of war in the lowest exchange of force", "1", 0.05, 1.0, "course", "log"),
    Parameter("injury_half_life", "half-life of an injury", "days", 40.0, 0.5, "course", "log"),
    Parameter("tempo", "mean time between decisions by the background clock", "days", 30.0, 0.5, "course", "log"),
    Parameter("settle_days", "median days of quiet after which a crisis has ended", "days", 30.0, 0.5, "course", "log"),
    Parameter("settle_spread", "standard deviation of their logarithm between crises", "1", 0.8, 0.3, "course", "log"),
)
_SIGNAL = (
    Parameter("pair_injury", "injury in the midst of a crisis, without recent violence", "rungs", 1.3, 0.5, "signal"),
    Parameter("pair_injury_violent", "the same after recent violence", "rungs", 1.8, 0.5, "signal"),
    Parameter("appeal", "weight of an appeal for restraint", "stakes", 0.3, 0.7, "signal", "log"),
    Parameter("amends_in_words", "share of an injury that a reassurance makes good", "1", 0.5, 1.0, "signal", "logit"),
    Parameter("assurance", "share of a demand that is an assurance", "1", 0.5, 1.0, "signal", "logit"),
    Parameter(
        "threat_credibility", "share of a word's audience cost that others expect", "1", 0.5, 1.0, "signal", "logit"
    ),
    Parameter("public_word", "weight of a public word", "1", 0.7, 1.0, "signal", "logit"),
)
_NEXT_ACT = (
    Parameter("act_injury", "share of its intensity with which an act injures", "1", 0.6, 1.0, "next-act", "logit"),
    Parameter("shock_persistence", "mean time for which private reasons last", "days", 6.0, 0.5, "next-act", "log"),
)
_STAKES = (
    Parameter(
        "injury_stakes", "elasticity of the cost of an injury left unanswered to the stake", "1", 0.25, 1.0, "stakes"
    ),
    Parameter(
        "brinkmanship_stakes", "elasticity of the odds of war by brinkmanship to the stakes", "1", 3.0, 1.0, "stakes"
    ),
)
_ALLIES = (
    Parameter(
        "shared_reasons",
        "probability that two who face one adversary share private reasons",
        "1",
        0.4,
        0.7,
        "allies",
        "logit",
    ),
)
_LAG = (
    Parameter("response_delay", "median delay of a response", "days", 5.0, 1.0, "lag", "log"),
    Parameter("response_delay_violent", "the same after violence", "days", 3.0, 1.0, "lag", "log"),
    Parameter("response_spread", "standard deviation of the delay's logarithm", "1", 1.4, 0.5, "lag", "log"),
)
PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter for parameter in (*_RESPONSE, *_COURSE, *_SIGNAL, *_NEXT_ACT, *_STAKES, *_ALLIES, *_LAG)
}
"""Parameters of the mapping from a crisis-actor row to a scenario, by name."""


def prior_means() -> dict[str, float]:
    """Prior middle of every parameter."""
    return {name: parameter.prior for name, parameter in PARAMETERS.items()}


def informed_by(source: str) -> tuple[str, ...]:
    """Names of the parameters that one sort of data informs."""
    return tuple(name for name, parameter in PARAMETERS.items() if parameter.informed_by == source)


def moved(parameters: Mapping[str, float], names: tuple[str, ...], z: NDArray[np.float64]) -> dict[str, float]:
    """Parameters with some of them at `z` prior standard deviations from the middle of their priors."""
    unknown = sorted(set(names) - set(PARAMETERS))
    if unknown:
        raise StudyError(f"{unknown[0]} is not a parameter; there are {', '.join(PARAMETERS)}")
    return {**parameters, **{name: PARAMETERS[name].value(float(x)) for name, x in zip(names, z, strict=True)}}
