"""Explain decisions of a trajectory: replay the run, and take apart what is found there."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.decision import prefer
from escalation.dynamics.roles import PROMPTED
from escalation.dynamics.state import Crisis
from escalation.dynamics.utility import weigh
from escalation.engines.days import day_of_run
from escalation.engines.explaining.changes import least_changes, peace, sent, without_signal
from escalation.engines.explaining.explanation import Change, Explanation, Without
from escalation.engines.explaining.given import assumed, check_given, placed
from escalation.engines.explaining.quantities import SHARE, enters, parameters
from escalation.engines.explaining.replay import begun, steps, unlike
from escalation.engines.explaining.terms import weighed_acts
from escalation.engines.explaining.watch import Watch
from escalation.engines.lower import Lowered, lower_once
from escalation.errors import StudyError
from escalation.world.front import actor_and_target
from escalation.world.near import near, short
from escalation.world.plain_words import actor_words

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
    found, days = [], _days(trajectory)
    for act, likely in zip(trajectory.acts, trajectory.likelihoods, strict=True):
        day = float(days[act["period"]])
        front = trajectory.front_ids[act["front"]]
        actor, target = actor_and_target(front)
        resolute = crisis.actors[trajectory.actor_ids.index(actor)].resolute == 1
        name, probability = trajectory.option_names[act["option"]], float(likely[0 if resolute else 1])
        found.append(Decision(day, scenario.date(day), front, actor, target, name, int(act["rung"]), probability))
    return tuple(found)


def explain(
    trajectory: Trajectory,
    day: datetime.date | float,
    actor: str,
    *,
    target: str | None = None,
    given: Mapping[str, float],
) -> tuple[Explanation, ...]:
    """Explain what an actor chose on a day; see `escalation.engines.trajectory.Trajectory.explain`."""
    scenario = trajectory.scenario
    fronts = _fronts(trajectory, actor, target)
    of_actor = [row for row, act in enumerate(trajectory.acts) if int(act["front"]) in fronts]
    ends = _days(trajectory)
    days = {row: float(ends[trajectory.acts[row]["period"]]) for row in of_actor}
    asked = day_of_run(scenario, "day", day)
    if isinstance(day, datetime.date):
        rows = [row for row in of_actor if scenario.date(days[row]) == day]
    else:
        rows = [row for row in of_actor if abs(days[row] - asked) < 1e-6]
    if rows:
        return _explained(trajectory, rows, given)
    whom = actor if target is None else f"{actor} against {target}"
    fell = ", ".join(f"{d:g} ({scenario.date(d)})" for d in dict.fromkeys(days.values()))
    where = f"days on which one did: {fell}" if fell else "none fell in this run"
    raise StudyError(
        f"no decision of {whom} fell on {day if isinstance(day, datetime.date) else f'day {asked:g}'}; {where}"
    )


def _days(trajectory: Trajectory) -> NDArray[np.float64]:
    """Days of the periods that were played, in which all acts must fall."""
    days = trajectory.days
    last = int(trajectory.acts["period"].max(initial=0))
    if last >= len(days):
        raise unlike(last)
    return days


def _fronts(trajectory: Trajectory, actor: str, target: str | None) -> set[int]:
    """Rows of an actor's fronts."""
    for name in (actor,) if target is None else (actor, target):
        if name not in trajectory.actor_ids:
            raise StudyError(
                f"no actor {short(name)} in {trajectory.scenario.name!r}{near(name, trajectory.actor_ids)}"
            )
    own = {row: front for row, front in enumerate(trajectory.front_ids) if actor_and_target(front)[0] == actor}
    if target is None:
        return set(own)
    against = {row for row, front in own.items() if front == f"{actor}-{target}"}
    if not against:
        raise StudyError(f"{actor} has no front to {target}; its fronts: {', '.join(own.values()) or 'none'}")
    return against


def _explained(trajectory: Trajectory, rows: Sequence[int], given: Mapping[str, float]) -> tuple[Explanation, ...]:
    """Replay a run, and explain the decisions of these rows of its acts."""
    lowered = lower_once(trajectory.scenario)
    acts = {(int(act["period"]), int(act["front"])): int(act["option"]) for act in trajectory.acts}
    places = [(int(trajectory.acts[row]["period"]), int(trajectory.acts[row]["front"])) for row in rows]
    crisis = begun(lowered, seed=trajectory.seed, run=trajectory.run)
    watches = {f: Watch(crisis, lowered, f) for _, f in places}
    found: list[Explanation] = []
    # The replay follows the acts that were recorded, so that runs of other decision rules, and games, can be explained.
    for step in steps(crisis, lowered, acts=acts):
        period = crisis.clock[0].period
        for watch in watches.values():
            watch.see(crisis, step)
        here = [f for at, f in places if at == period]
        if step.kind != "deciding" or not here:
            continue
        if any(crisis.fronts[f].deciding == 0 for f in here):
            raise unlike(period)
        if given:
            # Not before the run has come so far: leave to act, for one, can be given only where it has been heard of.
            check_given(crisis, lowered, list(watches), given)
            found += [_otherwise(trajectory, crisis, f, acts[period, f], watches[f], given) for f in here]
        else:
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


def _changes(crisis: Crisis, lowered: Lowered, f: int, watch: Watch, signals: Sequence[Without]) -> tuple[Change, ...]:
    if peace(crisis, f).margin > 0.0:
        return ()
    held = [("belief", q) for q in watch.quantities if q.unit == SHARE and enters(crisis, q)]
    given = [("parameter", q) for q in parameters(crisis, lowered, f)]
    found = least_changes(crisis, lowered, f, held + given)
    found += [
        Change("signal", row.signal, row.words, 1.0, 0.0, 1.0, SHARE, row.act_probability, 0.0, row.act)
        for row in signals
        if row.likelier
    ]
    return tuple(sorted(found, key=lambda change: change.size))


def _otherwise(
    trajectory: Trajectory, crisis: Crisis, f: int, chosen: int, watch: Watch, given: Mapping[str, float]
) -> Explanation:
    """The decision as it would have been with values given; a run without a signal is another run, so none is tried.

    On a front where nothing that is given bears, it is the act that was chosen, by whatever rule.
    """
    lowered = lower_once(trajectory.scenario)
    what = assumed(crisis, lowered, f, given)
    with placed(crisis, lowered, f, given):
        weigh(crisis, f)
        found = _one(trajectory, crisis, f, prefer(crisis, f) if what else chosen, watch, ())
    # A proxy that decides later in this period reads what the acts are worth to its principal, not weighing them again.
    weigh(crisis, f)
    believed = tuple(replace(belief, value=given.get(belief.name, belief.value)) for belief in found.beliefs)
    return replace(found, beliefs=believed, given=what, followed=())


def _one(
    trajectory: Trajectory, crisis: Crisis, f: int, chosen: int, watch: Watch, signals: Sequence[Without]
) -> Explanation:
    scenario, front = trajectory.scenario, crisis.fronts[f]
    actor, target = trajectory.actor_ids[front.actor], trajectory.actor_ids[front.target]
    changes = _changes(crisis, lower_once(scenario), f, watch, signals)  # leaves the acts weighed as things were
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
        actor_name=actor_words(scenario, actor),
        target_name=actor_words(scenario, target),
        resolute=crisis.actors[front.actor].resolute == 1,
        precision=crisis.actors[front.actor].precision,
        prompted=front.deciding == PROMPTED,
        acts=weighed_acts(crisis, f, trajectory.option_names, chosen),
        beliefs=watch.beliefs(crisis),
        signals=tuple(signals),
        changes=changes,
        followed=tuple(came for came in trajectory.consequences if came.day >= day),
        shared_with=tuple(
            actor_words(scenario, trajectory.actor_ids[other.actor])
            for other in crisis.fronts
            if other.reasons == front.reasons and other is not front and other.active == 1
        ),
    )
