"""Actors, and the pledges of patrons."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ActorState", "PledgeState"]


@dataclass(slots=True)
class ActorState:
    """An actor."""

    # What it is
    key: int
    """What its random draws are keyed by."""
    capability: float
    """Capability K, as a ratio to that of others."""
    war_cost_resolute: float
    """Cost of war c if resolute, in stakes."""
    war_cost_irresolute: float
    """Cost of war c if irresolute, in stakes."""
    honour_resolute: float
    """Honour ρ if resolute, in stakes per unit of intensity."""
    honour_irresolute: float
    """Honour ρ if irresolute, in stakes per unit of intensity."""
    resolve: float
    """Prior r that it is resolute: its own type is drawn from it, and others begin with it."""
    precision: float
    """Precision λ of its choices, per stake."""
    audience_cost: float
    """Cost a of falling short of a public vow, in stakes per unit of intensity."""
    belligerence_cost: float
    """Cost of belligerence at home, in stakes per unit of intensity."""
    pressure_baseline: float
    """Domestic pressure to which the present one returns."""
    honesty: float
    """Reputation for honesty H."""

    # When it decides
    response_delay: float
    """Median delay of a prompted decision, in days."""
    response_spread: float
    """Standard deviation of the logarithm of that delay."""
    tempo: float
    """Mean time between decisions by the background clock, in days."""

    # Whose proxy it is
    principal: int
    """Row of its principal."""
    control: float
    """Control κ of the principal over it, in [0, 1]."""

    # Its state
    resolute: int
    """Its private type: 1 resolute, 0 irresolute."""
    pressure: float
    """Domestic pressure D."""
    weakness: float
    """Share of capability and tempo lost to an internal shock."""
    weakness_half_life: float
    """Half-life of its weakness, in days: that of the latest shock."""
    weakness_kept: float
    """Share of its weakness that is left after a period."""
    fronts_in_force: int
    """Number of its fronts on which force is in use."""
    open_incident: int
    """First of the incidents that it has not answered, or -1; each names the next."""
    vows_kept: int
    """Vows that it kept."""
    vows_broken: int
    """Vows that it broke."""


@dataclass(slots=True)
class PledgeState:
    """A patron's pledge to a protégé against one adversary."""

    # Whose promise it is, and to whom
    key: int
    """What its random draws are keyed by."""
    promise: int
    """What the patron's answers to calls are keyed by: the same for all pledges of one promise to several protégés."""
    shared: int
    """1 for a pledge of such a promise."""
    commitment: int
    """Row of the commitment."""
    patron: int
    """Row of the patron."""
    protege: int
    """Row of the protégé."""
    adversary: int
    """Row of the adversary."""
    patron_front: int
    """Row of the front from patron to adversary."""
    protege_front: int
    """Row of the front from protégé to adversary."""

    # What it says
    stake: float
    """Stake of the patron in the protégé, in stakes."""
    strength: float
    """Strength A of the pledge, in [0, 1]."""
    publicity: float
    """How publicly the patron is bound, in [0, 1]."""
    conditional: int
    """1 if it is on condition that the protégé does not use force first."""

    # Whether it is in force
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

    # What is expected of the patron
    trigger: float
    """Intensity that calls on the patron."""
    credence_protege: float
    """Credence q of the protégé."""
    credence_adversary: float
    """Credence q of the adversary."""
    credence_prior: float
    """Credence with which the run began."""

    # Calls on the patron
    called: float
    """Highest intensity that calls on the patron in this period, where calls are answered at its end; else -1."""
    called_destruction: float
    """Destruction of the act that does."""
    answer: int
    """1 if the patron has just decided to join."""
    answering: int
    """1 if it has just decided whether to."""

    # What is known of it
    weight: float
    """Number n of cases that the credence weighs."""
    known: int
    """Whether the adversary knows of it."""
    warned: int
    """1 once the patron warned in its name."""

    # The patron's leave to act
    leave: int
    """Row of the authorisation that the protégé has heard, the one said last; -1 if it has heard none."""
    leave_weight: float
    """Weight ω with which it believes that authorisation."""
    leave_adversary: int
    """Row of the authorisation that the adversary has heard of, the one said last; -1 if it has heard of none."""
    leave_weight_adversary: float
    """Weight ω with which it believes that authorisation."""

    # What came of it
    asked: float
    """Highest intensity that called on the patron so far."""
    joined: int
    """1 once the patron joined."""
    joined_period: int
    """Period in which it did."""
    kept: int
    """Times it was asked and joined."""
    broken: int
    """Times it was asked and stood aside."""
