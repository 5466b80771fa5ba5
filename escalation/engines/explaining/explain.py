"""Explain decisions of a trajectory: replay the run, and take apart what is found there."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escalation.dynamics.decision import weigh
from escalation.dynamics.roles import PROMPTED
from escalation.dynamics.state import Crisis
from escalation.engines.explaining.changes import least_changes, restraint, sent, without_signal
from escalation.engines.explaining.explanation import Belief, Change, Explanation, Move, Without
from escalation.engines.explaining.quantities import SHARE, Quantity, beliefs, enters, parameters
from escalation.engines.explaining.replay import Step, begun, steps, unlike
from escalation.engines.explaining.terms import weighed_acts
from escalation.engines.lower import Lowered, lower_once
from escalation.errors import StudyError
from escalation.world.near import near, short

if TYPE_CHECKING:
    from escalation.engines.trajectory import Trajectory

__all__ = ["Decision", "decisions", "explain"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of a trajectory, in short.

    Parameters
    ----------
    day, date
        When it fell.
    front, actor, target
        Where, by ids.
    act, rung
        Name of the act chosen, and its place on the ladder.
    probability
        Probability of that act, given the actor's type.
    """

    day: float
    date: datetime.date
    front: str
    actor: str
    target: str
    act: str
    rung: int
    probability: float


def decisions(trajectory: Trajectory) -> tuple[Decision, ...]:
    """Every decision of a trajectory, in order."""
    scenario = trajectory.scenario
    crisis = begun(lower_once(scenario), seed=trajectory.seed, run=trajectory.run)
    found = []
    for act, likely in zip(trajectory.acts, trajectory.likelihoods, strict=True):
        day = float(act["period"] * scenario.period)
        front = trajectory.front_ids[act["front"]]
        actor, target = front.split("-")
        resolute = crisis.actors[trajectory.actor_ids.index(actor)].resolute == 1
        name, probability = trajectory.option_names[act["option"]], float(likely[0 if resolute else 1])
        found.append(Decision(day, scenario.date(day), front, actor, target, name, int(act["rung"]), probability))
    return tuple(found)


def explain(
    trajectory: Trajectory, day: datetime.date | float, actor: str, *, target: str | None = None
) -> tuple[Explanation, ...]:
    """Explain what an actor chose on a day; see `escalation.engines.trajectory.Trajectory.explain`."""
    scenario = trajectory.scenario
    fronts = _fronts(trajectory, actor, target)
    of_actor = [row for row, act in enumerate(trajectory.acts) if int(act["front"]) in fronts]
    days = {row: float(trajectory.acts[row]["period"] * scenario.period) for row in of_actor}
    if isinstance(day, datetime.date):
        rows = [row for row in of_actor if scenario.date(days[row]) == day]
    else:
        rows = [row for row in of_actor if abs(days[row] - day) < 1e-6]
    if rows:
        return _explained(trajectory, rows)
    whom = actor if target is None else f"{actor} against {target}"
    fell = ", ".join(f"{d:g} ({scenario.date(d)})" for d in dict.fromkeys(days.values()))
    where = f"days on which one did: {fell}" if fell else "none fell in this run"
    raise StudyError(
        f"no decision of {whom} fell on {day if isinstance(day, datetime.date) else f'day {day:g}'}; {where}"
    )


def _fronts(trajectory: Trajectory, actor: str, target: str | None) -> set[int]:
    """Rows of an actor's fronts."""
    for name in (actor,) if target is None else (actor, target):
        if name not in trajectory.actor_ids:
            raise StudyError(
                f"no actor {short(name)} in {trajectory.scenario.name!r}{near(name, trajectory.actor_ids)}"
            )
    own = {row: front for row, front in enumerate(trajectory.front_ids) if front.split("-")[0] == actor}
    if target is None:
        return set(own)
    against = {row for row, front in own.items() if front == f"{actor}-{target}"}
    if not against:
        raise StudyError(f"{actor} has no front to {target}; its fronts: {', '.join(own.values()) or 'none'}")
    return against


class _Watch:
    """Follows the beliefs of a front through a replay."""

    def __init__(self, crisis: Crisis, lowered: Lowered, f: int) -> None:
        self.lowered = lowered
        self.quantities = beliefs(crisis, lowered, f)
        self.start = [quantity.read(crisis) for quantity in self.quantities]
        self.values = list(self.start)
        self.moves: list[list[Move]] = [[] for _ in self.quantities]

    def see(self, crisis: Crisis, step: Step) -> None:
        """Note what a step has moved."""
        day = crisis.clock[0].now
        for k, quantity in enumerate(self.quantities):
            before, after = self.values[k], quantity.read(crisis)
            if after == before:
                continue
            self.values[k] = after
            moves = self.moves[k]
            if step.kind == "fading" and moves and moves[-1].kind == "fading":
                before = moves.pop().before
            source = self._acts(crisis, quantity) if step.kind == "acts" else step.name
            moves.append(Move(step.kind, source, day, before, after))

    def _acts(self, crisis: Crisis, quantity: Quantity) -> str:
        """Acts of this period that can have moved a quantity; all where none does so directly."""
        names = {
            f: f"{self.lowered.front_ids[f]} {self.lowered.option_names[front.chosen]}"
            for f, front in enumerate(crisis.fronts)
            if front.chosen >= 0
        }
        return ", ".join(name for f, name in names.items() if f in quantity.moved_by) or ", ".join(names.values())

    def beliefs(self, crisis: Crisis) -> tuple[Belief, ...]:
        """The beliefs that bear on the decision, and what moved them."""
        return tuple(
            Belief(quantity.name, quantity.words, self.values[k], self.start[k], tuple(self.moves[k]))
            for k, quantity in enumerate(self.quantities)
            if enters(crisis, quantity)
        )


def _explained(trajectory: Trajectory, rows: Sequence[int]) -> tuple[Explanation, ...]:
    """Replay a run, and explain the decisions of these rows of its acts."""
    lowered = lower_once(trajectory.scenario)
    acts = {(int(act["period"]), int(act["front"])): int(act["option"]) for act in trajectory.acts}
    places = [(int(trajectory.acts[row]["period"]), int(trajectory.acts[row]["front"])) for row in rows]
    crisis = begun(lowered, seed=trajectory.seed, run=trajectory.run)
    watches = {f: _Watch(crisis, lowered, f) for _, f in places}
    found: list[Explanation] = []
    for step in steps(crisis, lowered, acts=acts):
        period = crisis.clock[0].period
        for watch in watches.values():
            watch.see(crisis, step)
        here = [f for at, f in places if at == period]
        if step.kind != "deciding" or not here:
            continue
        if any(crisis.fronts[f].deciding == 0 for f in here):
            raise unlike(period)
        signals = _signals(trajectory, crisis, period, here)
        found += [_one(trajectory, crisis, f, acts[period, f], watches[f], signals[f]) for f in here]
        if len(found) == len(places):
            return tuple(found)
    raise unlike(max(period for period, _ in places))


def _signals(trajectory: Trajectory, crisis: Crisis, period: int, rows: Sequence[int]) -> dict[int, list[Without]]:
    """The same decisions without each signal heard so far; one replay serves all fronts."""
    found: dict[int, list[Without]] = {f: [] for f in rows}
    for name in sent(crisis, trajectory.scenario):
        results = without_signal(
            trajectory.scenario, name, seed=trajectory.seed, run=trajectory.run, period=period, rows=rows
        )
        for f, without in zip(rows, results, strict=True):
            if without is not None:
                found[f].append(without)
    return found


def _changes(crisis: Crisis, lowered: Lowered, f: int, watch: _Watch, signals: Sequence[Without]) -> tuple[Change, ...]:
    if restraint(crisis, f)[1] > 0.0:
        return ()
    held = [("belief", q) for q in watch.quantities if q.unit == SHARE and enters(crisis, q)]
    given = [("parameter", q) for q in parameters(crisis, lowered, f)]
    found = least_changes(crisis, f, held + given)
    found += [
        Change("signal", row.signal, f"the signal {row.signal}", 1.0, 0.0, 1.0, SHARE, row.probability)
        for row in signals
        if row.likelier
    ]
    return tuple(sorted(found, key=lambda change: change.size))


def _one(
    trajectory: Trajectory, crisis: Crisis, f: int, chosen: int, watch: _Watch, signals: Sequence[Without]
) -> Explanation:
    scenario, front = trajectory.scenario, crisis.fronts[f]
    actor, target = trajectory.actor_ids[front.actor], trajectory.actor_ids[front.target]
    changes = _changes(crisis, lower_once(scenario), f, watch, signals)
    weigh(crisis, f)
    day = crisis.clock[0].now
    return Explanation(
        scenario=scenario.name,
        seed=trajectory.seed,
        run=trajectory.run,
        day=day,
        date=scenario.date(day),
        front=trajectory.front_ids[f],
        actor=actor,
        target=target,
        actor_name=scenario.actors[actor].name or actor,
        target_name=scenario.actors[target].name or target,
        resolute=crisis.actors[front.actor].resolute == 1,
        precision=crisis.actors[front.actor].precision,
        prompted=front.deciding == PROMPTED,
        acts=weighed_acts(crisis, f, trajectory.option_names, chosen),
        beliefs=watch.beliefs(crisis),
        signals=tuple(signals),
        changes=changes,
    )
