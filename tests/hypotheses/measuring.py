"""How a hypothesis is stated, and how the effect that it speaks of is measured on paired runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.record import ACT_FIELDS
from escalation.engines.compiled import run_block, run_recorded
from escalation.engines.lower import Lowered, lower
from escalation.estimates.paired import PairedDifference, paired_difference
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario

__all__ = [
    "LEVEL",
    "SEED",
    "Builder",
    "Case",
    "Finding",
    "Hypothesis",
    "Measure",
    "Sign",
    "accepts",
    "acts",
    "begins_with",
    "covert_acts",
    "joins",
    "keeps_its_vow",
    "measure",
    "several_strike",
    "strikes",
    "strikes_before",
    "strikes_by",
    "wars",
    "yields",
]

SEED = 1
LEVEL = 1.0 - 5e-7
"""Each case is judged by an interval that errs with a probability of 5e-7, so that fewer than two hundred of them
together raise a false alarm more rarely than once in 10,000."""

Sign = Literal["+", "-", "0"]
Builder = Callable[[], Scenario]
Happened = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Measure:
    """An event of a run: what it is in words, and in which runs it happened."""

    words: str
    happened: Callable[[Lowered, dict[str, NDArray[Any]]], Happened]


def _crossed(lowered: Lowered, outcomes: dict[str, NDArray[Any]], front: str, least: Role) -> NDArray[Any]:
    roles = [rung.role.order for rung in lowered.scenario.ladder.rungs]
    rung = next(k for k, order in enumerate(roles) if order >= least.order)
    crossed: NDArray[Any] = outcomes["crossed"][:, lowered.front_ids.index(front), rung]
    return crossed


def strikes(front: str) -> Measure:
    """P*: an act of force chosen on a front."""
    return Measure(f"strike, {front}", lambda low, out: _crossed(low, out, front, Role.FORCE) >= 0)


def begins_with(front: str, *, major: bool) -> Measure:
    """An act of force chosen on a front of which the first is major force, or below it."""

    def happened(low: Lowered, out: dict[str, NDArray[Any]]) -> Happened:
        struck = _crossed(low, out, front, Role.FORCE)
        at_once: Happened = _crossed(low, out, front, Role.MAJOR) == struck
        return (struck >= 0) & (at_once if major else ~at_once)

    return Measure(f"the first strike is {'a major' if major else 'a limited'} one, {front}", happened)


def several_strike(*fronts: str, each: bool) -> Measure:
    """An act of force chosen on each of some fronts, or on any of them."""
    words = f"a strike each, {' and '.join(fronts)}" if each else f"a strike, {' or '.join(fronts)}"

    def happened(low: Lowered, out: dict[str, NDArray[Any]]) -> Happened:
        struck = np.array([_crossed(low, out, front, Role.FORCE) >= 0 for front in fronts])
        found: Happened = struck.all(axis=0) if each else struck.any(axis=0)
        return found

    return Measure(words, happened)


def strikes_before(front: str) -> Measure:
    """An act of force chosen on a front before its target has done anything there."""
    actor, target = front.split("-")

    def happened(low: Lowered, out: dict[str, NDArray[Any]]) -> Happened:
        struck = _crossed(low, out, front, Role.FORCE)
        answered = _crossed(low, out, f"{target}-{actor}", Role.THREAT)
        before: Happened = (struck >= 0) & ((answered < 0) | (answered >= struck))
        return before

    return Measure(f"strike, {front}, before the target's first act", happened)


def strikes_by(front: str, day: int) -> Measure:
    """An act of force chosen on a front by a day of the scenario."""

    def happened(low: Lowered, out: dict[str, NDArray[Any]]) -> Happened:
        struck = _crossed(low, out, front, Role.FORCE)
        early: Happened = (struck >= 0) & (struck * low.scenario.period <= day)
        return early

    return Measure(f"strike, {front}, by day {day}", happened)


def covert_acts(front: str) -> Measure:
    """An act by an undisclosed hand on a front, which only the record of each run tells."""

    def happened(low: Lowered, out: dict[str, NDArray[Any]]) -> Happened:
        place = low.front_ids.index(front)
        where, covert = ACT_FIELDS.index("front"), ACT_FIELDS.index("covert")
        found = np.zeros(len(out["crossed"]), dtype=np.bool_)
        for run in range(len(found)):
            done = run_recorded(low, seed=SEED, run=run)[1].acts
            found[run] = bool(((done[:, where] == place) & (done[:, covert] == 1)).any())
        return found

    return Measure(f"a covert act, {front}", happened)


def acts(front: str) -> Measure:
    """An act above restraint on a front."""
    return Measure(f"an act above restraint, {front}", lambda low, out: _crossed(low, out, front, Role.THREAT) >= 0)


def yields(front: str) -> Measure:
    """No act above restraint on a front."""
    return Measure(f"no act above restraint, {front}", lambda low, out: _crossed(low, out, front, Role.THREAT) < 0)


def wars() -> Measure:
    """War on any front that was not at war before."""
    return Measure("war on any front", lambda _, out: (out["war_cause"] > 0).any(axis=1))


def war_between(front: str) -> Measure:
    """War on one front, however it came about."""
    return Measure(f"war, {front}", lambda lowered, out: out["war_cause"][:, lowered.front_ids.index(front)] > 0)


def joins(commitment: str) -> Measure:
    """A patron comes to the aid of a protege by a pledge."""

    def happened(low: Lowered, out: dict[str, NDArray[Any]]) -> Happened:
        rows = [n for n, row in enumerate(low.commitment_rows) if row.split(":")[0] == commitment]
        found: Happened = (out["joined"][:, rows] >= 0).any(axis=1)
        return found

    return Measure(f"the patron of `{commitment}` joins", happened)


def keeps_its_vow(actor: str) -> Measure:
    """A vow of an actor is carried out, in the open, before it is overdue."""
    return Measure(f"a vow kept, {actor}", lambda low, out: out["vows_kept"][:, low.actor_ids.index(actor)] > 0)


@dataclass(frozen=True, slots=True)
class Case:
    """A hypothesis tried on one crisis.

    Parameters
    ----------
    crisis
        Name of the crisis.
    change
        What is changed, in words.
    worlds
        The worlds compared, each with its weight: the effect is the weighted sum of the shares of runs in which the
        event happened. Two worlds weigh +1 and −1.
    measure
        The event.
    sign
        Sign expected of the effect; "0" where it is to be within the margin.
    margin
        Greatest effect that counts as none, in points of probability; as a share of the first world's, if `relative`.
    runs
        Number of runs of each world.
    fails
        Why the model does not reproduce it, where it does not.
    """

    crisis: str
    change: str
    worlds: tuple[tuple[float, Builder], ...]
    measure: Measure
    sign: Sign
    margin: float = 0.0
    relative: bool = False
    runs: int = 20_000
    fails: str = ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A comparative static: its name, the sentence, the sources it comes from, and where it is tried.

    `absent` says why it is not tried on the Haniyeh crisis, where it is not; `basis` what it rests on, where no
    source does.
    """

    name: str
    sentence: str
    sources: tuple[str, ...]
    cases: tuple[Case, ...]
    absent: str = ""
    basis: str = "Numerical: no source."


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in a case: the share of runs with the event in each world, and the effect."""

    shares: tuple[float, ...]
    effect: PairedDifference
    strict: PairedDifference
    """The same effect with the interval by which the case is judged."""


@lru_cache(maxsize=64)
def _played(scenario: str, runs: int) -> tuple[Lowered, dict[str, NDArray[Any]]]:
    """Play a scenario that is given as JSON, so that equal worlds of several cases are played once."""
    lowered = lower(Scenario.from_dict(json.loads(scenario)))
    outcomes = run_block(lowered, seed=SEED, first=0, count=runs)
    return lowered, {
        name: outcomes[name] for name in ("crossed", "war_cause", "agreed", "conceded", "joined", "vows_kept")
    }


def _happened(case: Case, build: Builder) -> Happened:
    return case.measure.happened(*_played(json.dumps(build().to_dict()), case.runs))


def measure(case: Case) -> Finding:
    """Run the worlds of a case on the same noise and measure the effect."""
    happened = [_happened(case, build) for _, build in case.worlds]
    weights = [weight for weight, _ in case.worlds]
    first: NDArray[Any]
    second: NDArray[Any]
    if weights == [-1.0, 1.0]:
        second, first = happened
    else:
        first = sum(weight * event for weight, event in zip(weights, happened, strict=True))
        second = np.zeros(case.runs)
    return Finding(
        shares=tuple(float(event.mean()) for event in happened),
        effect=paired_difference(first, second),
        strict=paired_difference(first, second, level=LEVEL),
    )


def accepts(case: Case, found: Finding) -> bool:
    """Whether the effect has the sign expected, or is as good as none where none is expected."""
    if case.sign == "+":
        return found.strict.low > 0.0
    if case.sign == "-":
        return found.strict.high < 0.0
    margin = case.margin * found.shares[0] if case.relative else case.margin
    return -margin < found.strict.low and found.strict.high < margin
