"""Fronts: what an actor has at stake against a target, believes of it, and has done to it; and private reasons."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FrontState", "PairState", "ReasonsState"]


@dataclass(slots=True)
class FrontState:
    """What an actor has at stake against a target, believes of it, and has done to it."""

    # What each period asks of every front: it stands together, so that the processor reads it at once
    reverse: int
    """Row of the front from target to actor."""
    deciding: int
    """Whether the actor decides in this period: 0 no, 1 by the background clock, 2 prompted."""
    chosen: int
    """Act chosen in this period."""
    at_war: int
    """1 if the two are at war."""
    last_force: float
    """When the actor last used force, by choice or by an act of the timeline whose rung is stated."""
    chosen_force: float
    """When it last chose force."""
    last_alert: float
    """When it last acted at display or above."""
    background: float
    """When the background clock ticks next."""
    due: float
    """When a prompted decision falls due."""

    # Who faces whom
    key: int
    """What its random draws are keyed by."""
    actor: int
    """Row of its actor."""
    target: int
    """Row of its target."""

    # What is at stake, and hostilities that go on
    stake: float
    """Stake v: what the issue is worth to the actor; the unit of utility."""
    war_odds: float
    """Multiple of the odds of war in an exchange of force, by the stakes of the two; the same for both sides."""
    injury_weight: float
    """Multiple of the cost of leaving an injury unanswered, by the stake."""
    revisionism: float
    """Revisionism rev: 0 defends the status quo, 1 values every gain in full."""
    first_strike_advantage: float
    """First-strike advantage φ, in stakes, where an attack is feared."""
    spoiler: float
    """Spoiler weight s: what escalation as such is worth, in stakes per unit of intensity."""
    baseline: float
    """Intensity of ongoing hostilities; restraint means going on at it, and lower rungs are not offered."""
    baseline_gain: float
    """Gain y of ongoing hostilities."""
    baseline_destruction: float
    """Destruction d of ongoing hostilities."""
    baseline_limited: float
    """1 if ongoing hostilities are limited force, which weighs less at home, else 0."""

    # What the actor believes of the target
    resolve: float
    """Belief r that the target is resolute."""
    fear: float
    """Belief h that the target will attack."""
    fear_baseline: float
    """Fear at the start of the run, to which fear returns."""
    motive: float
    """Belief w that the target wants to be struck."""

    # Unintended incidents: their process
    incident_rate: float
    """Background rate m of incidents, per day."""
    incident_excitation: float
    """Jump α of their rate after each, per day."""
    incident_decay: float
    """Rate b at which excitation decays, per day."""
    incident_blame: float
    """Probability that the victim gives to an incident's having been meant."""
    incident_severity: int
    """Row of the distribution of their severity."""

    # What a choice is made from
    support_first: int
    """Pledges to the actor against the target: rows from `support_first` to before `support_last`."""
    support_last: int
    """See `support_first`."""
    deniable: int
    """1 if covert acts are on offer."""
    offers: int
    """Number of acts on offer: the first places of its row of `Crisis.offered`."""
    attack: int
    """Place on offer of the act that is feared from its actor: the highest open one below war, else war."""

    # Where the front stands
    active: int
    """1 if it is open; 0 for a front that opens where a patron joins."""
    injury: float
    """Level of the injury from the target's open acts."""

    # The actor's vow
    vow: float
    """Intensity b that was vowed."""
    vow_made: float
    """When the vow was made."""
    vow_due: float
    """When it is due."""
    vow_publicity: float
    """How publicly it stands; fades once it is overdue."""
    vow_standing: int
    """0 no vow, 1 not yet due, 2 overdue and fading."""
    vow_since: float
    """Day from which a vow has stood, whichever it was."""
    vow_by: int
    """Key of the signal that made the vow; -1 if there was none."""

    # The actor's threat
    threat: float
    """Intensity that is threatened."""
    threat_trigger: float
    """Intensity of an act by the target that crosses the threat."""
    threat_publicity: float
    """How publicly it stands."""
    threat_due: float
    """Days within which the vow that it becomes is due."""
    threat_until: float
    """Until when it stands."""
    threat_by: int
    """Key of the signal that made the threat; -1 if there was none."""

    # What is demanded of the actor
    demand_until: float
    """Until when a demand for restraint stands."""
    demand_publicity: float
    """How publicly it stands."""
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

    # Appeals, conciliation and mediation
    appeal: float
    """Added cost of force while an appeal for restraint lasts, in stakes per unit of intensity."""
    appeal_until: float
    """Until when the appeal lasts."""
    conciliated: float
    """When the actor last conciliated."""
    agreed: int
    """1 while an agreement with the target holds."""
    agreed_period: int
    """Period of the first agreement; -1 if there was none."""
    conceded_period: int
    """Period in which the actor first conciliated; -1 if it never did."""
    mediation: float
    """Added cost M of force while mediation lasts, in stakes per unit of intensity."""
    mediation_until: float
    """Until when it lasts."""

    # When the actor decides
    opened: float
    """When the call came that opened the pending deliberation."""
    prepared: int
    """Whether force has been prepared: the decision that is due comes after its preparation."""
    hastened: float
    """Earliest decision that a severe call has asked for since it was opened."""
    background_count: int
    """Number of its ticks drawn."""
    background_ahead: int
    """Number of ticks whose gaps are drawn: those beyond `background_count` ahead of time."""
    rested: int
    """1 after an act of force, until prompted: the background clock stands still."""
    reasons: int
    """Row of the private reasons by which its actor chooses: its own, or those shared by all who face its target."""
    weighed: int
    """Period in which its acts were last weighed."""

    # What it has done
    last_seen: float
    """When it was last seen to decide."""
    used_force: int
    """1 once the actor has used force."""
    struck_first: int
    """1 if it used force when neither side had."""
    force_intensity: float
    """Intensity of that act."""
    last_open_day: float
    """When it last acted openly, otherwise than by restraint."""
    last_open_option: int
    """What it did then."""

    # Unintended incidents: so far
    excitation: float
    """Excitation of incidents that is left at `incident_last`, per day."""
    incident_last: float
    """When the last incident happened."""
    incident_next: float
    """When the next one will."""
    incident_count: int
    """Number of incidents so far."""

    # How war came
    war_period: int
    """Period in which war came."""
    war_cause: int
    """0 none, 1 choice, 2 brinkmanship, 3 accident, 4 commitment."""


@dataclass(slots=True)
class PairState:
    """Two fronts on one target."""

    one: int
    """Row of one of the fronts."""
    two: int
    """Row of the other."""
    joint_period: int
    """First period by which both actors have used force within an act window of each other; -1 if they never did."""


@dataclass(slots=True)
class ReasonsState:
    """Private reasons: those of the actor of one front, or those that actors share who face one target."""

    key: int
    """What its random draws are keyed by."""
    epoch: int
    """Number of times they were redrawn."""
    ahead: int
    """Number of times whose gaps are drawn: those beyond `epoch` ahead of time."""
    next: float
    """When they are redrawn next."""
