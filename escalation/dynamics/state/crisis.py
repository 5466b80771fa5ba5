"""The state of a crisis: tables of records, read and written by every step of a period.

The readable engine holds each record as a Python object, the compiled one as a row of a structured array; a step
sees the same attributes in both. Every attribute is a float or an int of eight bytes, so that a whole crisis is one
block of memory which is copied to begin a run. Times are days after the start; `math.inf` where nothing is due;
indices are -1 where there is none, and then no table is asked for the row: Python would give its last one, and machine
code what lies before it in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = [
    "SCRATCH",
    "ActorState",
    "Clock",
    "Crisis",
    "EventState",
    "FrontState",
    "HypothesisState",
    "IncidentState",
    "Option",
    "ParameterState",
    "PledgeState",
    "QuantileState",
    "RulesState",
    "SignalState",
]


@dataclass(slots=True)
class RulesState:
    """The scenario's rules, with the shares that half-lives leave after a period."""

    contest_exponent: float
    brinkmanship_scale: float
    brinkmanship_slope: float
    accident_hazard: float
    leash: float
    bait: float
    face: float
    reputation: float
    patron_reply: float
    covert_discount: float
    covert_detection: float
    limited_force_discount: float
    destruction_cost: float
    destruction_priced: int
    """1 where destruction short of war has a price of its own; else it costs its share of the cost of war."""
    covert_credit: int
    """1 where a covert act answers an injury only as far as it is felt."""
    signal_precision: float
    public_word: float
    private_word: float
    public_act: float
    appeal: float
    amends_in_words: float
    assurance: float
    ultimatums: int
    """1 where a demand binds its sender if it is not met."""
    threat_cost: float
    threat_relief: float
    conciliation: int
    """1 where actors can conciliate."""
    concession: float
    amends: float
    peace: float
    exploited: float
    conciliation_strength: float
    one_deliberation: int
    """1 where one deliberation stands on a front, whatever prompts follow, unless force or an injury brings it
    forward."""
    least_delay: float
    joins_by_credence: int
    leash_on_condition: int
    """1 where a patron joins with the probability that its pledge's credence gives."""
    belligerency: int
    """1 where a patron that joined a protégé at war is at war itself."""
    promises_shared: int
    """1 where a commitment is one promise to several protégés."""
    pledges_change: int
    """1 where a pledge begins or lapses on a day, or lapses by what its protégé does."""
    honesty_loss: float
    pressure_gain: float
    pressure_weight: float
    mobilisation_strength: float
    injury_half_life: float
    vow_half_life: float
    pressure_half_life: float
    fear_half_life: float
    shock_persistence: float
    settle_days: float
    act_window: float
    injury_kept: float
    vow_kept: float
    pressure_kept: float
    fear_kept: float
    half_rung: float
    """Half a rung of the default ladder, on the scale of intensity: an injury below it opens no account."""
    fear_on_joining: float
    """Fear with which a patron's new front begins."""
    depth: int
    """Plies of foresight: 0 expects no reply, 1 replies, 2 counter-replies, 3 their fixed point."""
    stop_when_settled: int


@dataclass(slots=True)
class Clock:
    """Where the run stands in time, and what names it."""

    seed_low: int
    seed_high: int
    run: int
    period: int
    length: float
    horizon: float
    elapsed: float
    now: float
    latest: float
    """What is due before this moment belongs to the period."""
    as_of: float
    """Choices begin a day later."""
    first_choice: float
    last_act: float
    settled: int
    ended: int
    escalated: int
    """1 once a front came to war in the run."""
    signature: int
    """Fingerprint of the acts so far: two runs with the same one did the same."""


@dataclass(slots=True)
class Option:
    """An act on the ladder: a rung done openly, or its covert variant."""

    rung: int
    intensity: float
    gain: float
    destruction: float
    role: int
    covert: int
    publicity: float
    credit: float
    """Intensity with which it answers an injury; set when a run begins."""
    crowding: float
    """Logarithm of the number of rungs in its class."""


@dataclass(slots=True)
class QuantileState:
    """A distribution, as its quantile function takes it."""

    kind: int
    a: float
    b: float
    c: float
    low: float
    high: float
    p_low: float
    p_high: float
    table: int


@dataclass(slots=True)
class ParameterState:
    """A distribution that is drawn once per run, and the word of memory that receives it."""

    address: int
    column: int
    """Number of the distribution; one that stands in several places is drawn once."""
    drawn: int
    """Word of memory that holds its draw already, where it stands in several places; else -1."""
    key: int
    kind: int
    a: float
    b: float
    c: float
    low: float
    high: float
    p_low: float
    p_high: float
    table: int


@dataclass(slots=True)
class ActorState:
    """An actor."""

    key: int
    capability: float
    war_cost_resolute: float
    war_cost_irresolute: float
    honour_resolute: float
    honour_irresolute: float
    resolve: float
    precision: float
    audience_cost: float
    belligerence_cost: float
    pressure_baseline: float
    honesty: float
    response_delay: float
    response_spread: float
    tempo: float
    principal: int
    control: float
    resolute: int
    pressure: float
    weakness: float
    """Share of capability and tempo lost to an internal shock."""
    weakness_half_life: float
    """Half-life of its weakness, in days: that of the latest shock."""
    fronts_in_force: int
    first_incident: int
    """First of the incidents that injure it; each names the next."""
    vows_kept: int
    vows_broken: int


@dataclass(slots=True)
class FrontState:
    """What an actor has at stake against a target, believes of it, and has done to it."""

    key: int
    actor: int
    target: int
    reverse: int
    stake: float
    revisionism: float
    first_strike_advantage: float
    spoiler: float
    baseline: float
    """Intensity of ongoing hostilities; restraint means going on at it, and lower rungs are not offered."""
    baseline_gain: float
    baseline_destruction: float
    resolve: float
    fear: float
    fear_baseline: float
    motive: float
    incident_rate: float
    incident_excitation: float
    incident_decay: float
    incident_blame: float
    incident_severity: int
    support_first: int
    """Pledges to the actor against the target: rows from `support_first` to before `support_last`."""
    support_last: int
    deniable: int
    """1 if covert acts are on offer."""
    offers: int
    """Number of acts on offer: the first places of its row of `Crisis.offered`."""
    attack: int
    """Place on offer of the act that is feared from its actor: the highest open one below war, else war."""
    active: int
    at_war: int
    injury: float
    """Level of the injury from the target's open acts."""
    vow: float
    vow_made: float
    vow_due: float
    vow_publicity: float
    vow_standing: int
    """0 no vow, 1 not yet due, 2 overdue and fading."""
    vow_by: int
    """Key of the signal that made the vow; -1 if there was none."""
    threat: float
    threat_trigger: float
    threat_publicity: float
    threat_due: float
    threat_until: float
    threat_by: int
    """Key of the signal that made the threat; -1 if there was none."""
    demand_until: float
    demand_publicity: float
    demand_direct: int
    """1 if it is the target's own demand, 0 if a third party's."""
    demand_assurance: float
    """How surely the target will answer in kind if its own demand is met."""
    demand_by: int
    """Key of the signal that made the demand; -1 if there was none."""
    demand_left: float
    """Share of it that has not been conceded."""
    ultimatum: int
    """Key of the demand that binds its sender unless the actor meets it; -1 where none stands."""
    refused_until: float
    """Until when the actor has refused to yield to the target."""
    appeal: float
    """Added cost of force while an appeal for restraint lasts, in stakes per unit of intensity."""
    appeal_until: float
    conciliated: float
    """When the actor last conciliated."""
    agreed: int
    """1 while an agreement with the target holds."""
    agreed_period: int
    """Period of the first agreement; -1 if there was none."""
    mediation: float
    mediation_until: float
    due: float
    opened: float
    """When the call came that opened the pending deliberation."""
    hastened: float
    """Earliest decision that a severe call has asked for since it was opened."""
    background: float
    background_count: int
    rested: int
    """1 after an act of force, until prompted: the background clock stands still."""
    shock_epoch: int
    shock_next: float
    deciding: int
    """0 not in this period, 1 by the background clock, 2 prompted."""
    weighed: int
    """Period in which its acts were last weighed."""
    chosen: int
    like_resolute: float
    """Probability of the chosen act if the actor were resolute."""
    like_irresolute: float
    last_seen: float
    """When it was last seen to decide."""
    used_force: int
    struck_first: int
    last_force: float
    force_intensity: float
    last_alert: float
    last_open_day: float
    last_open_option: int
    excitation: float
    incident_last: float
    incident_next: float
    incident_count: int
    war_period: int
    war_cause: int


@dataclass(slots=True)
class PledgeState:
    """A patron's pledge to a protégé against one adversary."""

    key: int
    promise: int
    """What the patron's answers to calls are keyed by: the same for all pledges of one promise to several protégés."""
    shared: int
    """1 for a pledge of such a promise."""
    commitment: int
    patron: int
    protege: int
    adversary: int
    patron_front: int
    protege_front: int
    stake: float
    strength: float
    publicity: float
    conditional: int
    begins: float
    """Day from which the pledge is in force."""
    lapses: float
    """Day from which it is so no more."""
    while_below: float
    """Intensity of an act by the protégé against the adversary with which the pledge lapses."""
    forfeited: int
    """1 once the protégé has done such an act."""
    restrains: int
    """1 if the patron holds its protégé back by what it could withdraw."""
    in_force: int
    """0 while the pledge is not in force, 1 while it is; 2 if it always is."""
    trigger: float
    credence_protege: float
    credence_adversary: float
    credence_prior: float
    """Credence with which the run began."""
    called: float
    """Highest intensity that calls on the patron in this period, where calls are answered at its end; else -1."""
    called_destruction: float
    answer: int
    """1 if the patron has just decided to join."""
    answering: int
    """1 if it has just decided whether to."""
    weight: float
    known: int
    """Whether the adversary knows of it."""
    warned: int
    asked: float
    """Highest intensity that called on the patron so far."""
    joined: int
    joined_period: int
    kept: int
    broken: int


@dataclass(slots=True)
class SignalState:
    """A signal."""

    key: int
    occasion: int
    kind: int
    day: float
    sender: int
    receivers: int
    """Bit mask of actors."""
    subject: int
    """Row of what it is about: an actor, a commitment, an event, or (`subject_is_signal`) a signal."""
    subject_is_signal: int
    target: int
    """Actor on the sender's front to which a threat, vow or demand is meant."""
    option: int
    trigger: float
    due: float
    or_else: float
    """Days within which the sender of a demand acts if it is not met; -1 where it is not bound to."""
    share: float
    """Part of what is still demanded that a concession grants; 0 for other signals."""
    strength: float
    occurred: float
    credence: float
    alignment: float
    private: int
    leak: float
    reported: float
    status: int
    """0 not yet, 1 never said, 2 heard by its receivers, 3 public."""
    leaks_at: float
    heard: float
    """End of the period in which it was said."""
    withdrawn: int
    """1 once it has been taken back."""


@dataclass(slots=True)
class EventState:
    """An event of the timeline."""

    key: int
    kind: int
    day: float
    days: float
    """Length of the stretch, from `day` on, in which the day is drawn when a run begins; 0 where it is known."""
    occurred: float
    actor: int
    parties: int
    """Bit mask of the actors mediated between."""
    severity: float
    strength: float
    duration: float
    incident_first: int
    incident_last: int
    done: int


@dataclass(slots=True)
class IncidentState:
    """An injury to one victim by a hand that may be uncertain."""

    victim: int
    author: int
    """Front of the author of a covert act or of an unintended incident; -1 for an event of the timeline."""
    severity: float
    publicity: float
    level: float
    first: int
    """Hypotheses: rows from `first` to before `last`."""
    last: int
    next: int
    """Next incident of the same victim."""


@dataclass(slots=True)
class HypothesisState:
    """A hypothesis about who did it: a set of actors, empty for "other"."""

    members: int
    prior: float
    likelihood: float
    probability: float


class Crisis(NamedTuple):
    """All tables of a crisis.

    Two-dimensional tables are indexed ``table[row][column]``. Shapes: `blame` (incidents, actors); `risk` (options,
    options); `shocks`, `value`, `utility_resolute`, `utility_irresolute` (fronts, options); `front_of` (actors,
    actors); `crossed` (fronts, rungs); `tables` (tables, nodes); `offered` and `crowded` (fronts, options).

    The last two hold the acts on offer and their crowding by place: place 0 is restraint, and the first
    `FrontState.offers` places of a row count. All tables after them are scratch by place, or by option where that is
    said, and are overwritten whenever a front is weighed.
    """

    rules: list[RulesState]
    clock: list[Clock]
    options: list[Option]
    crowding: list[float]
    parameters: list[ParameterState]
    severities: list[QuantileState]
    tables: list[list[float]]
    actors: list[ActorState]
    fronts: list[FrontState]
    pledges: list[PledgeState]
    signals: list[SignalState]
    events: list[EventState]
    incidents: list[IncidentState]
    hypotheses: list[HypothesisState]
    blame: list[list[float]]
    risk: list[list[float]]
    shocks: list[list[float]]
    value: list[list[float]]
    utility_resolute: list[list[float]]
    utility_irresolute: list[list[float]]
    front_of: list[list[int]]
    crossed: list[list[int]]
    offered: list[list[int]]
    crowded: list[list[float]]
    act_value: list[list[float]]
    """What each act is worth in itself, act(ℓ), but for its share of the cost of war; shape (fronts, options)."""
    act_war_share: list[list[float]]
    """Share of its actor's cost of war that each act brings in itself; shape (fronts, options)."""
    injury_left: list[list[float]]
    """Injury x(ℓ) that each act leaves unanswered; shape (fronts, options)."""
    gain: list[list[float]]
    """Gain y(ℓ) of each act above ongoing hostilities, at least 0; shape (fronts, options)."""
    destruction: list[list[float]]
    """Destruction d(ℓ) by each act above ongoing hostilities, at least 0; shape (fronts, options)."""
    reply_value: list[float]
    """What the exchange of one act for each reply is worth to whoever replies, before the cost of war."""
    reply_war_share: list[float]
    """Share of its cost of war that the exchange brings it."""
    reply_resolute: list[float]
    """Score, then weight, of each reply if whoever replies is resolute."""
    reply_irresolute: list[float]
    """Score, then weight, of each reply if it is irresolute."""
    expected_reply: list[float]
    """Probability P̂(k|ℓ) of each reply to the act that was weighed last."""
    own_replies: list[list[float]]
    """Where actors look ahead: what the actor that weighs would do after each act of its target; shape (options,
    options), by the act's row and the reply's place."""
    other_replies: list[list[float]]
    """What its target would do after each of its own acts; likewise."""
    probability: list[float]
    """Probability of each act of an actor that has weighed, by option."""
    principal_value: list[float]
    """What each act is worth to a proxy's principal, by option."""
    principal_otherwise: list[float]
    """What it would be worth to it if it were of the other type, by option; nothing reads it."""


SCRATCH = Crisis._fields[Crisis._fields.index("act_value") :]
"""Tables that are overwritten whenever a front is weighed, and hold nothing that a later step reads."""
