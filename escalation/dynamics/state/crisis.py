"""The crisis: its clock, the acts on offer, and all tables together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from escalation.dynamics.state.actors import ActorState, PledgeState
from escalation.dynamics.state.draws import ParameterState, QuantileState
from escalation.dynamics.state.events import EventState, HypothesisState, IncidentState, SignalState
from escalation.dynamics.state.fronts import FrontState, PairState, ReasonsState
from escalation.dynamics.state.rules import RulesState

__all__ = ["BY_ACT", "QUIET", "SCRATCH", "Clock", "Crisis", "Option"]


@dataclass(slots=True)
class Clock:
    """Where the run stands in time, and what names it."""

    seed_low: int
    """Lower 32 bits of the seed."""
    seed_high: int
    """Upper 32 bits of the seed."""
    run: int
    """Number of the run."""
    period: int
    """Number of the period, from 1; 0 before the first."""
    length: float
    """Length of a period, in days."""
    horizon: float
    """Length of the run, in days: where the last period ends."""
    elapsed: float
    """Length of the present period, in days; the last one may be shorter than the others."""
    now: float
    """End of the period, in days."""
    latest: float
    """What is due before this moment belongs to the period."""
    as_of: float
    """Information date; choices begin a day later."""
    first_choice: float
    """First moment at which a choice can fall."""
    last_act: float
    """When somebody last acted above restraint, or was injured by the timeline."""
    settled: int
    """Period in which the crisis settled; -1 if it has not."""
    ended: int
    """Last period that was played."""
    escalated: int
    """1 once a front came to war in the run."""
    signature: int
    """Fingerprint of the acts so far: two runs with the same one did the same."""

    # What there may be to do, so that quiet periods pass quickly: too early a moment, or a 1, costs time and no more
    next_event: float
    """No event falls before this moment."""
    next_incident: float
    """No unintended incident falls before this moment."""
    next_signal: float
    """No signal is said, leaks or is reported before this moment."""
    next_decision: float
    """No decision falls, and no background clock ticks, before this moment."""
    awaited: int
    """1 where a decision falls in this period."""
    chosen: int
    """1 once somebody has chosen in this period."""
    vows: int
    """1 while a vow may stand."""
    force_changes: float
    """The same fronts are in force before this moment."""
    calls: int
    """1 while a patron may have a call to answer, or a war to join."""
    alert: float
    """When anybody last stood on alert."""


@dataclass(slots=True)
class Option:
    """An act on the ladder: a rung done openly, or its covert variant."""

    rung: int
    """Rung of the ladder."""
    intensity: float
    """Intensity g, from 0, restraint, to 1, war."""
    gain: float
    """Gain y, in stakes."""
    destruction: float
    """Destruction d, as a share of a war's."""
    role: int
    """Class of the rung, 0 restraint to 5 war; -1 for conciliation."""
    covert: int
    """1 if it is the covert variant."""
    publicity: float
    """1 if done openly, 0 if covertly."""
    crowding: float
    """Logarithm of the number of rungs in its class."""


class Crisis(NamedTuple):
    """All tables of a crisis.

    Two-dimensional tables are indexed ``table[row][column]``. Acts stand by option, as in `options`. Rows that are said
    to be in lanes are as long as the next multiple of eight, so that eight acts are worked out at once; see
    `escalation.arithmetic.elementary`. Replies stand by place: the first `FrontState.offers` places of a row of
    `offered` count, and place 0 is restraint. The tables from `act_value` on are scratch: they are overwritten whenever
    a front is weighed.
    """

    rules: list[RulesState]
    """One row."""
    clock: list[Clock]
    """One row."""
    options: list[Option]
    """Acts on the ladder: rungs, their covert variants, and conciliation."""
    crowding: list[float]
    """Logarithm of the number of rungs in the class of each option; shape (options,)."""
    intensities: list[float]
    """Intensity of each option, in lanes; as all rows up to `is_covert` set when a run begins."""
    gains: list[float]
    """Gain of each option, in lanes."""
    destructions: list[float]
    """Destruction by each option, in lanes."""
    publicities: list[float]
    """Publicity of each option, in lanes."""
    credits: list[float]
    """Intensity with which each option answers an injury, in lanes."""
    is_conciliation: list[float]
    """1 for the conciliatory act, else 0; in lanes."""
    is_restraint: list[float]
    """1 for restraint, else 0; in lanes."""
    is_above_restraint: list[float]
    """1 for every option above restraint, else 0; in lanes."""
    is_threat: list[float]
    """1 for threats, else 0; in lanes."""
    is_display: list[float]
    """1 for displays and all above, else 0; in lanes."""
    is_force: list[float]
    """1 for force of any kind, war included, else 0; in lanes."""
    is_limited_force: list[float]
    """1 for open force short of major force, else 0; in lanes."""
    is_major: list[float]
    """1 for major force and war, else 0; in lanes."""
    is_war: list[float]
    """1 for war, else 0; in lanes."""
    is_covert: list[float]
    """1 for covert variants, else 0; in lanes."""
    parameters: list[ParameterState]
    """Distributions that are drawn when a run begins."""
    parameter_keys: list[list[int]]
    """What the draws of the parameters are keyed by; shape (1, parameters), in lanes."""
    drawn: list[float]
    """Probability at which each parameter is drawn; in lanes."""
    severities: list[QuantileState]
    """How severe unintended incidents are."""
    tables: list[list[float]]
    """Quantiles at equally spaced probabilities; shape (tables, nodes)."""
    actors: list[ActorState]
    """Actors, in the order of the scenario."""
    fronts: list[FrontState]
    """Fronts, those of the scenario first."""
    reasons: list[ReasonsState]
    """Private reasons: those of each front, and then those that all share who face an actor, by actor."""
    pledges: list[PledgeState]
    """Pledges: one for each protégé and each adversary of a commitment."""
    pairs: list[PairState]
    """Every two fronts on one target whose actors do not face each other, in the order of the fronts."""
    signals: list[SignalState]
    """Signals, in the order of the scenario."""
    events: list[EventState]
    """Events of the timeline, likewise."""
    incidents: list[IncidentState]
    """Injuries to one victim each, by a hand that may be uncertain."""
    hypotheses: list[HypothesisState]
    """Who may have done it: suspects of all incidents."""
    blame: list[list[float]]
    """Probability μ that an actor had a part in an incident; shape (incidents, actors)."""
    risk: list[list[float]]
    """Probability of war in each pair of options at stakes of 1, the same either way; shape (options, lanes)."""
    risk_of: list[float]
    """Hazards that `risk` was worked out of, −1 at first: of an alert, then scale and slope of brinkmanship."""
    risk_between: list[list[float]]
    """Probability f of war in each pair of options at the stakes of the front that was weighed last; likewise."""
    odds_of: list[float]
    """Multiple of the odds that `risk_between` was worked out of, −1 at first."""
    shocks: list[list[float]]
    """Private reasons ε for each act; shape (reasons, options)."""
    value: list[list[float]]
    """Expected utility of each act to the actor as it is, mixed with its principal's; shape (fronts, options)."""
    utility_resolute: list[list[float]]
    """Expected utility of each act if the actor is resolute, in stakes; shape (fronts, options)."""
    utility_irresolute: list[list[float]]
    """The same if it is irresolute."""
    front_of: list[list[int]]
    """Row of the front from an actor to a target; shape (actors, actors)."""
    crossed: list[list[int]]
    """First period in which a chosen act was at or above a rung; shape (fronts, rungs)."""
    offered: list[list[int]]
    """Acts on offer by place; shape (fronts, options)."""
    background_gaps: list[list[float]]
    """Gaps between ticks of the background clock in its mean, drawn ahead of time; shape (fronts, lanes)."""
    shock_gaps: list[list[float]]
    """Gaps between the times at which private reasons are redrawn in their mean, likewise; shape (reasons, lanes)."""
    drawn_before: list[list[float]]
    """Draws that runs of one number have in common: number of the run and number of the draw, and then, in lanes,
    what was drawn; no rows where no two runs have the same number. See `escalation.dynamics.drawn_before`."""
    act_value: list[list[float]]
    """What each act is worth in itself, act(ℓ), but for its share of the cost of war; shape (fronts, lanes)."""
    act_war_share: list[list[float]]
    """Share of its actor's cost of war that each act brings in itself; shape (fronts, lanes)."""
    injury_left: list[list[float]]
    """Injury v^ν·x(ℓ) that each act leaves unanswered, weighted by the stake; shape (fronts, lanes)."""
    gain: list[list[float]]
    """Gain y(ℓ) of each act above ongoing hostilities, at least 0; shape (fronts, lanes)."""
    destruction: list[list[float]]
    """Destruction d(ℓ) by each act above ongoing hostilities, at least 0; shape (fronts, lanes)."""
    reply_value: list[list[float]]
    """What the exchange of each act for a reply is worth to whoever replies, before the cost of war; by the reply's
    place and the act, shape (options, lanes)."""
    reply_war_share: list[list[float]]
    """Share of its cost of war that the exchange brings it; likewise."""
    reply_resolute: list[list[float]]
    """Score, then weight, then probability of a reply to each act if whoever replies is resolute; likewise."""
    reply_irresolute: list[list[float]]
    """Score, then weight, of a reply to each act if it is irresolute; likewise."""
    expected_reply: list[list[float]]
    """Probability P̂(k|ℓ) of a reply to each act; likewise."""
    own_replies: list[list[float]]
    """Where actors look ahead: probability of what the actor that weighs would do after each act of its target; by the
    place of what it does and the act, shape (options, lanes)."""
    other_replies: list[list[float]]
    """What its target would do after each of its own acts; likewise."""
    foreseen_value: list[float]
    """Where actors look ahead: what each reply is worth over what may follow it, before the cost of war; in lanes."""
    foreseen_war_share: list[float]
    """Share of the cost of war that it brings; in lanes."""
    steps: list[float]
    """How far the expected replies to each act moved last; in lanes."""
    weighed_resolute: list[float]
    """Expected utility of each act on the front that was weighed last, if its actor is resolute; in lanes."""
    weighed_irresolute: list[float]
    """The same if it is irresolute; in lanes."""
    probability: list[float]
    """Scores, weights or uniform numbers of each act in passing; in lanes."""
    principal_value: list[float]
    """What each act is worth to a proxy's principal; shape (options,)."""


BY_ACT = Crisis._fields[Crisis._fields.index("intensities") : Crisis._fields.index("is_covert") + 1]
"""Rows that say of every act what it is."""
QUIET = ("next_event", "next_incident", "next_signal", "next_decision", "vows", "force_changes", "calls", "alert")
"""Fields of the clock that say what there may be to do, and are looked for anew where a run goes on otherwise."""
SCRATCH = Crisis._fields[Crisis._fields.index("act_value") :]
"""Tables that are overwritten whenever a front is weighed, and hold nothing that a later step reads."""
