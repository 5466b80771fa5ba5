"""Two sides of a scenario that exchange acts, as the numbers that say what an exchange is worth to either."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from escalation.errors import StudyError
from escalation.mechanisms.war_and_contest import (
    exchange_value,
    exposure_hazard,
    hazard,
    probability,
    strength,
    success,
    war_value,
)
from escalation.world.ladder import Role, Rung
from escalation.world.scenario import Scenario

__all__ = ["Rules", "Side", "side_of"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an exchange.

    Parameters
    ----------
    path, front
        Dotted names of its actor and of its front to the other.
    precision, pressure, belligerence, honour, resolve
        Of the actor: precision, domestic pressure, belligerence cost, honour if resolute and if irresolute, and how
        likely it is resolute.
    stake, revisionism, spoiler, motive
        Of the front.
    war_cost
        Mean cost of war over its types.
    victory
        Probability that it wins a war, patrons apart.
    """

    path: str
    front: str
    precision: float
    stake: float
    revisionism: float
    pressure: float
    belligerence: float
    spoiler: float
    motive: float
    war_cost: float
    honour: tuple[float, float]
    resolve: float
    victory: float

    def exchange(self, act: Rung | None, reply: Rung | None, risk: float) -> float:
        """Value of an exchange of acts, what they are worth in themselves apart; None is restraint."""
        gains = [0.0 if one is None else one.gain for one in (act, reply)]
        harm = max(0.0 if one is None else one.destruction for one in (act, reply))
        short = exchange_value(self.stake, self.revisionism, *gains) - self.war_cost * harm
        war = war_value(self.stake, self.revisionism, self.victory) - self.war_cost
        return (1.0 - risk) * short + risk * war


@dataclass(frozen=True, slots=True)
class Rules:
    """Numbers of the rules that the mapping needs."""

    accident_hazard: float
    act_window: float
    bait: float
    brinkmanship_scale: float
    brinkmanship_slope: float
    contest_exponent: float
    pressure_weight: float

    @classmethod
    def of(cls, scenario: Scenario) -> Rules:
        """Rules of a scenario."""
        return cls(*(_number(getattr(scenario.rules, one.name), f"rules.{one.name}") for one in fields(cls)))

    def risk(self, rung: Rung) -> float:
        """Probability of war where both sides do what this rung says."""
        total = 0.0
        if rung.role.order >= Role.DISPLAY.order:
            total += exposure_hazard(self.accident_hazard, self.act_window)
        if rung.role.order >= Role.FORCE.order:
            total += hazard(self.brinkmanship_scale, self.brinkmanship_slope, rung.intensity, rung.intensity)
        return probability(total)


def _number(value: Any, path: str) -> float:
    if not isinstance(value, int | float):
        raise StudyError(f"{path} is a distribution; give it a number first, as by scenario.replace({path!r}, 0.5)")
    return float(value)


def side_of(scenario: Scenario, name: str, other: str, rules: Rules) -> Side:
    """One side of a scenario.

    Parameters
    ----------
    scenario
        The scenario.
    name, other
        Its actor, and the one that it faces.
    rules
        Its rules.

    Raises
    ------
    StudyError
        If a number that is needed is a distribution.
    """
    actor, front = scenario.actors[name], scenario.fronts[f"{name}-{other}"]
    path, line = f"actors.{name}", f"fronts.{name}-{other}"
    resolve = _number(actor.resolve, f"{path}.resolve")
    costs = [_number(getattr(actor.war_cost, kind), f"{path}.war_cost.{kind}") for kind in ("resolute", "irresolute")]
    honour = [_number(getattr(actor.honour, kind), f"{path}.honour.{kind}") for kind in ("resolute", "irresolute")]
    strengths = [
        strength(_number(scenario.actors[one].capability, f"actors.{one}.capability"), 1, 0.0) for one in (name, other)
    ]
    return Side(
        path=path,
        front=line,
        precision=_number(actor.precision, f"{path}.precision"),
        stake=_number(front.stake, f"{line}.stake"),
        revisionism=_number(front.revisionism, f"{line}.revisionism"),
        pressure=_number(actor.domestic_pressure, f"{path}.domestic_pressure"),
        belligerence=_number(actor.belligerence_cost, f"{path}.belligerence_cost"),
        spoiler=_number(front.spoiler, f"{line}.spoiler"),
        motive=_number(front.motive, f"{line}.motive"),
        war_cost=resolve * costs[0] + (1.0 - resolve) * costs[1],
        honour=(honour[0], honour[1]),
        resolve=resolve,
        victory=success(strengths[0], strengths[1], rules.contest_exponent),
    )
