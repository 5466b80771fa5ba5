"""Estimated utilities, set as the payoffs of a game and as what the actors of a scenario want.

What is identified are differences between utilities, and in what a scenario states they become two things. An attack
is a rung of the ladder, and resisting answers it in kind. Let y, d and g be the gain, destruction and intensity of the
rung, f the risk of war when both use it, and c an actor's cost of war, averaged over its types.

- u2_war − u2_cap, what resisting brings player 2, sets its honour, in proportion for both types; or it adds to its
  belligerence cost, if player 2 is readier to yield than without any honour. The challenger then expects resistance
  with the odds that were estimated.
- What an attack brings player 1 on average, (1 − q)·u1_cap + q·u1_war − u1_sq where q is how often player 2 is
  estimated to resist, sets its belligerence cost, or its spoiler weight if an attack brings more than it gains. What
  the scenario's stakes say is taken off first: v·rev·y − c·d if player 2 yields, and with resistance what it takes
  back and the risk f of war besides.

How that average is made up, u1_cap − u1_war, is not set: what resistance costs follows from the stake, and a stake
that was changed to fit would change what every other rung gains as well.

What the game does not know is switched off: conciliation, the discount of limited force at home, the own price of
destruction, and what threats cost. All else stays as the scenario states it: stakes, revisionism, capabilities, costs
of war, precision, beliefs, patrons, signals. No table of three outcomes identifies these, nor the utilities of any
other rung, nor what player 2 thinks of the status quo, nor precision and utilities apart: estimates are in scales of a
shock, and are divided by the precision stated.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from scipy.special import expit

from escalation.analysis.strategic_choice.shocks import Link
from escalation.analysis.strategic_choice.sides import Rules, Side, side_of
from escalation.errors import StudyError
from escalation.games.tree import Decision, Outcome
from escalation.mechanisms.conciliation import bait_cost, spoiler_gain
from escalation.mechanisms.honour_and_audiences import belligerence_cost
from escalation.world.ladder import Role, Rung
from escalation.world.near import near
from escalation.world.scenario import Scenario

__all__ = ["game", "in_scenario", "precision_of"]

Utilities = Mapping[str, float]

NOT_IN_THE_GAME = {
    "conciliation": False,
    "destruction": "as-war",
    "limited_force_discount": 0.0,
    "threat_cost": 0.0,
    "threat_relief": 1.0,
    "act_injury": 1.0,
    "injury_stakes": 0.0,
    "brinkmanship_stakes": 0.0,
    "shared_reasons": 0.0,
}
"""Rules that switch off what the estimated game does not know."""


def precision_of(link: Link) -> float:
    """Precision λ at which logit choices vary as much as those of a link with shocks of scale 1.

    1 for Gumbel shocks; π/√6 for normal ones, at which a logistic variable has the variance of their difference.
    """
    return 1.0 if link == "logit" else math.pi / math.sqrt(6.0)


def game(utilities: Utilities, players: tuple[str, str]) -> Decision:
    """Tree of the deterrence game; player 2's payoff from the status quo, which no choice shows, is 0.

    Parameters
    ----------
    utilities
        Utilities by name, in scales of a shock.
    players
        Names of player 1 and player 2.
    """
    first, second = players
    if first == second:
        raise StudyError(f"the players must have different names, not {first!r} twice")

    def pays(end: str) -> Outcome:
        return Outcome({first: utilities[f"u1_{end}"], second: utilities.get(f"u2_{end}", 0.0)})

    return Decision(
        first, {"attack": Decision(second, {"resist": pays("war"), "yield": pays("cap")}), "wait": pays("sq")}
    )


def _rung(scenario: Scenario, name: str | None) -> Rung:
    if name is None:
        return next(rung for rung in scenario.ladder.rungs if rung.role is Role.FORCE)
    if name not in scenario.ladder.names[1:-1]:
        raise StudyError(f"rung: {name!r} must be a rung between restraint and war{near(name, scenario.ladder.names)}")
    return scenario.ladder.rung(name)


def _check(scenario: Scenario, challenger: str, defender: str) -> None:
    for one, other in ((challenger, defender), (defender, challenger)):
        name = f"{one}-{other}"
        if name not in scenario.fronts:
            raise StudyError(f"{scenario.name!r} has no front {name!r}{near(name, scenario.fronts)}")
        front = scenario.fronts[name]
        if front.at_war or front.baseline is not None:
            raise StudyError(f"fronts.{name}: the status quo of the estimates is peace, so it must have no baseline")


def _against_war(side: Side, excess: float) -> float:
    """Belligerence cost that takes so much off an act, per unit of intensity."""
    if excess <= 0.0:
        return 0.0
    if side.pressure >= 1.0:
        raise StudyError(f"{side.path}.domestic_pressure is 1, at which a cost of belligerence has no effect")
    return excess / (1.0 - side.pressure)


def _challenger(side: Side, rung: Rung, risk: float, rules: Rules, gain: float, resisted: float) -> dict[str, float]:
    """What an attack brings player 1 on average sets, in stakes, if it is resisted so often."""
    bare = (1.0 - resisted) * side.exchange(rung, None, 0.0) + resisted * side.exchange(rung, rung, risk)
    excess = (gain - bare + bait_cost(rules.bait, side.motive, rung.intensity)) / rung.intensity
    return {
        f"{side.front}.spoiler": max(excess, 0.0),
        f"{side.path}.belligerence_cost": _against_war(side, -excess),
    }


def _defender(side: Side, rung: Rung, risk: float, rules: Rules, gain: float) -> dict[str, float]:
    """What player 2's difference sets: what resisting brings, in stakes."""
    g = rung.intensity
    bare = side.exchange(rung, rung, risk) - side.exchange(None, rung, 0.0)
    bare += spoiler_gain(side.spoiler, g) - bait_cost(rules.bait, side.motive, g)
    bare -= belligerence_cost(side.belligerence, side.pressure, 0.0, g)
    honour = (gain - bare) / g - rules.pressure_weight * side.pressure
    mean = side.resolve * side.honour[0] + (1.0 - side.resolve) * side.honour[1]
    factors = [one / mean if mean > 0.0 else 1.0 for one in side.honour]
    values = {
        f"{side.path}.honour.{kind}": max(honour, 0.0) * factor
        for kind, factor in zip(("resolute", "irresolute"), factors, strict=True)
    }
    if honour < 0.0:
        values[f"{side.path}.belligerence_cost"] = side.belligerence + _against_war(side, -honour)
    return values


def in_scenario(
    scenario: Scenario,
    utilities: Utilities,
    precision: float,
    *,
    challenger: str,
    defender: str,
    rung: str | None = None,
) -> Scenario:
    """Scenario in which two actors want what was estimated of player 1 and player 2.

    Parameters
    ----------
    scenario
        A scenario with a front between the two, neither at war nor with ongoing hostilities.
    utilities
        Utilities by name, in scales of a shock.
    precision
        Precision that stands for shocks of scale 1: see `precision_of`.
    challenger, defender
        Actors that are player 1 and player 2.
    rung
        Rung that counts as an attack and as resisting it; by default the lowest with the role force.

    Returns
    -------
    Scenario
        With the challenger's belligerence cost and spoiler weight, and the defender's honour, or belligerence cost,
        changed. What the estimated game does not know is switched off: conciliation, what makes limited force cheaper
        at home, the own price of destruction and the cost of threats.

    Raises
    ------
    StudyError
        If there is no such front or rung, or a number that is needed is a distribution.
    """
    _check(scenario, challenger, defender)
    for rule, value in NOT_IN_THE_GAME.items():
        scenario = scenario.replace(f"rules.{rule}", value)
    act, rules = _rung(scenario, rung), Rules.of(scenario)
    one, two = side_of(scenario, challenger, defender, rules), side_of(scenario, defender, challenger, rules)
    risk = rules.risk(act)
    answer = precision * (utilities["u2_war"] - utilities["u2_cap"])
    resisted = float(expit(answer))
    attack = (1.0 - resisted) * utilities["u1_cap"] + resisted * utilities["u1_war"] - utilities["u1_sq"]
    values = _challenger(one, act, risk, rules, precision * attack / one.precision, resisted)
    values |= _defender(two, act, risk, rules, answer / two.precision)
    for path, value in values.items():
        scenario = scenario.replace(path, value)
    return scenario
