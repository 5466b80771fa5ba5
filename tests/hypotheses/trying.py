"""Ways of trying a hypothesis: which worlds are compared."""

from __future__ import annotations

from typing import Any

from hypotheses.haniyeh import haniyeh
from hypotheses.measuring import Builder, Case, Measure, Sign, strikes
from hypotheses.neutral import saying

from escalation.world.scenario import Scenario

__all__ = [
    "CHALLENGE",
    "ELSEWHERE",
    "IRAN",
    "ISRAEL",
    "ON_THE_PATRON",
    "REVENGE",
    "VISITED",
    "compared",
    "heard",
    "moved",
    "weighed",
    "without",
]

CHALLENGE = strikes("challenger-defender")
REVENGE = strikes("victim-suspect")
ELSEWHERE = strikes("victim-bystander")

IRAN = strikes("irn-isr")
ISRAEL = strikes("isr-irn")
ON_THE_PATRON = strikes("irn-usa")

VISITED = ", the visit took place"
RUNS = {"quarrel": 20_000, "attack": 20_000, "haniyeh-2024": 10_000}
"""Runs of each world, by crisis, where the effect is not so small that it needs more."""


def moved(build: Builder, measure: Measure, sign: Sign, changes: dict[str, tuple[Any, Any]], **how: Any) -> Case:
    """Compare a scenario at two values of each of some fields, the first value first."""

    def at(which: int) -> Scenario:
        scenario = build()
        for path, values in changes.items():
            scenario = scenario.replace(path, values[which])
        return scenario

    change = ", ".join(f"`{path}` {low} → {high}" for path, (low, high) in changes.items())
    return compared(change + how.pop("words", ""), lambda: at(0), lambda: at(1), measure, sign, **how)


def compared(change: str, first: Builder, second: Builder, measure: Measure, sign: Sign, **how: Any) -> Case:
    """Compare two worlds; the effect is what the second has more than the first."""
    return weighed(change, ((-1.0, first), (1.0, second)), measure, sign, **how)


def weighed(change: str, worlds: tuple[tuple[float, Builder], ...], measure: Measure, sign: Sign, **how: Any) -> Case:
    """Compare several worlds by a weighted sum."""
    crisis = worlds[0][1]().name
    return Case(crisis, change, worlds, measure, sign, **{"runs": RUNS[crisis], **how})


def heard(build: Builder, measure: Measure, sign: Sign, signal: dict[str, Any], *, words: str = "", **how: Any) -> Case:
    """Compare a scenario without and with one thing that is said."""
    said = f"without → with a {signal['channel']} {signal['kind']}{words}"
    return compared(said, build, lambda: saying(build(), "said", **signal), measure, sign, **how)


def without(item: str, measure: Measure, sign: Sign, *, build: Builder = haniyeh, words: str = "", **how: Any) -> Case:
    """Compare a scenario without one signal and with it."""
    return compared(f"without → with `{item}`{words}", lambda: build().without(item), build, measure, sign, **how)
