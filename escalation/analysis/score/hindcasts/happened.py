"""What happened: the observed acts of a scenario, on the scale on which runs are counted."""

from __future__ import annotations

import math
from dataclasses import dataclass

from escalation.analysis.fit.crises.courses import VIOLENCE
from escalation.montecarlo.axes import Axes
from escalation.world.event import Observed
from escalation.world.front import actor_and_target
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario

__all__ = ["Happened", "happened", "role_rungs", "scored_fronts", "violence_of"]


@dataclass(frozen=True, slots=True)
class Happened:
    """Observed acts, sorted by whether a run could show them, and what the scored ones amount to.

    Parameters
    ----------
    scored
        Acts after the information date and within the horizon, on a front of the scenario, above its baseline.
    outside_window
        Acts on or before the information date, or after the horizon.
    unnoticed
        Acts that no run counts: at or below the baseline of their front, or in a war that was there at the start.
    impossible
        Acts that no run can produce, because their actor has no front to their target.
    levels
        Index of the highest rung reached on each front, by its id; war counts for both sides.
    force_days
        Day on which force was first used on each front, infinite where it never was; war counts for both sides.
    agreed
        Whether one of the scored entries is an agreement.
    conceded
        Whether one of them is a concession, or an agreement, in which both sides concede.
    """

    scored: tuple[Observed, ...]
    outside_window: tuple[Observed, ...]
    unnoticed: tuple[Observed, ...]
    impossible: tuple[Observed, ...]
    levels: dict[str, int]
    force_days: dict[str, float]
    agreed: bool = False
    conceded: bool = False

    @property
    def peak(self) -> int:
        """Index of the highest rung reached on any front."""
        return max(self.levels.values(), default=0)


def role_rungs(scenario: Scenario) -> dict[Role, int]:
    """Index of the lowest rung at or above each of the roles force, major and war."""
    rungs = scenario.ladder.rungs
    return {
        role: next(n for n, rung in enumerate(rungs) if rung.role.order >= role.order)
        for role in (Role.FORCE, Role.MAJOR, Role.WAR)
    }


def scored_fronts(scenario: Scenario, axes: Axes) -> tuple[str, ...]:
    """Fronts on which something can come about: those stated and not at war, and those that a patron may open."""
    return tuple(front for front in axes.front_ids if front not in scenario.fronts or not scenario.fronts[front].at_war)


def happened(scenario: Scenario, axes: Axes) -> Happened:
    """Sort the observed acts of a scenario and say what they amount to.

    Parameters
    ----------
    scenario
        Scenario with its observed acts.
    axes
        Names of the fronts that its runs have.
    """
    fronts, top = scored_fronts(scenario, axes), len(scenario.ladder.rungs) - 1
    force = role_rungs(scenario)[Role.FORCE]
    as_of = -math.inf if scenario.as_of is None else scenario.day(scenario.as_of)
    sorted_acts: dict[str, list[Observed]] = {"scored": [], "outside": [], "unnoticed": [], "impossible": []}
    levels = dict.fromkeys(fronts, 0)
    force_days = dict.fromkeys(fronts, math.inf)
    for act in scenario.observed:
        front, rung, day = f"{act.actor}-{act.target}", scenario.ladder.names.index(act.rung), scenario.day(act.date)
        kind = _kind(scenario, axes, front, rung)
        # The window goes before all else: what lies outside it was not to be forecast, whatever front it was on.
        if not as_of < day <= scenario.horizon:
            kind = "outside"
        sorted_acts[kind].append(act)
        if kind != "scored":
            continue
        levels[front] = max(levels[front], rung)
        reverse = f"{act.target}-{act.actor}"
        if rung == top:
            levels[reverse] = top
        for side in (front, reverse) if rung == top else (front,):
            if rung >= force:
                force_days[side] = min(force_days[side], day)
    return Happened(
        scored=tuple(sorted_acts["scored"]),
        outside_window=tuple(sorted_acts["outside"]),
        unnoticed=tuple(sorted_acts["unnoticed"]),
        impossible=tuple(sorted_acts["impossible"]),
        levels=levels,
        force_days=force_days,
        agreed=any(act.agreement for act in sorted_acts["scored"]),
        conceded=any(act.agreement or act.concession for act in sorted_acts["scored"]),
    )


def _kind(scenario: Scenario, axes: Axes, front: str, rung: int) -> str:
    """Whether runs could show an act on a front at all, and whether they would count it."""
    if front not in axes.front_ids:
        return "impossible"
    stated = scenario.fronts.get(front)
    baseline = stated.baseline if stated is not None else None
    usual = 0 if baseline is None else scenario.ladder.names.index(baseline)
    return "unnoticed" if (stated is not None and stated.at_war) or 0 < rung <= usual else "scored"


def violence_of(levels: dict[str, int], *, force: int, major: int, war: int) -> int:
    """Level of violence that peaks by front amount to, as a place in `escalation.analysis.fit.crises.courses.VIOLENCE`.

    Minor: one side used force; serious: both sides of a front did, or one struck in a major way.

    Examples
    --------
    >>> violence_of({"a-b": 3, "b-a": 0}, force=3, major=4, war=5)
    1
    >>> violence_of({"a-b": 3, "b-a": 3}, force=3, major=4, war=5)
    2
    """
    if max(levels.values(), default=0) >= war:
        return len(VIOLENCE) - 1
    by_front = {front for front, level in levels.items() if level >= force}
    both = any("-".join(reversed(actor_and_target(front))) in by_front for front in by_front)
    return int(bool(by_front)) + int(both or max(levels.values(), default=0) >= major)
