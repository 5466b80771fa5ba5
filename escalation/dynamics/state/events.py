"""What comes from outside, and the injuries that follow: signals, events, incidents, and who may have done it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["EventState", "HypothesisState", "IncidentState", "SignalState"]


@dataclass(slots=True)
class SignalState:
    """A signal."""

    # What is said, by whom and to whom
    key: int
    """What its random draws are keyed by."""
    occasion: int
    """Key of the draw by which it occurred or not."""
    kind: int
    """Which kind, in the order of the kinds."""
    day: float
    """When it is said."""
    sender: int
    """Row of the sender."""
    receivers: int
    """Bit mask of actors."""
    about_actor: int
    """Row of the actor that it is about; -1 if it is about all whom its receivers face, or about no actor."""
    about_commitment: int
    """Row of the commitment that it warns of; else -1."""
    about_event: int
    """Row of the event that it denies; else -1."""
    about_signal: int
    """Row of the signal that it denies, takes back or concedes; else -1."""
    target: int
    """Actor on the sender's front to which a threat, vow or demand is meant."""
    option: int
    """Act that a threat, vow, demand or refusal speaks of, or the highest that an authorisation allows; -1 if none."""
    trigger: float
    """Intensity at which a threat is crossed."""
    due: float
    """Days within which a vow is to be kept, or for which a demand, threat, appeal, refusal or authorisation
    stands."""
    or_else: float
    """Days within which the sender of a demand acts if it is not met; -1 where it is not bound to."""
    share: float
    """Part of what is still demanded that a concession grants; 0 for other signals."""

    # How it is believed
    strength: float
    """Field strength Λ: likelihood ratio of what it says, if it could be believed in full."""
    probability: float
    """Probability that it was said."""
    credence: float
    """How far a receiver trusts the source that carried it, in [0, 1]."""
    alignment: float
    """How far interests of sender and receiver agree on what it says, in [0, 1]."""

    # How it gets out
    private: int
    """1 if it was said in private."""
    leak: float
    """Hazard that a private signal leaks, per day."""
    reported: float
    """When it is reported in public."""

    # What became of it
    status: int
    """0 not yet, 1 never said, 2 heard by its receivers, 3 public."""
    leaks_at: float
    """When it leaks."""
    heard: float
    """End of the period in which it was said."""
    withdrawn: int
    """1 once it has been taken back."""


@dataclass(slots=True)
class EventState:
    """An event of the timeline."""

    key: int
    """What its random draws are keyed by."""
    kind: int
    """Which kind: 0 provocation, 1 accident, 2 internal shock, 3 mediation."""
    day: float
    """When it happens."""
    days: float
    """Length of the stretch, from `day` on, in which the day is drawn when a run begins; 0 where it is known."""
    probability: float
    """Probability that it happened."""
    actor: int
    """Row of the actor that it befalls, or whose doing it was."""
    front: int
    """Front on which its author openly did `option`; -1 where no rung is stated."""
    option: int
    """Act that its author openly did; -1 where no rung is stated."""
    parties: int
    """Bit mask of the actors mediated between."""
    severity: float
    """Share of capability that a shock takes."""
    strength: float
    """Added cost of force by mediation; blame for an accident."""
    duration: float
    """Span of mediation, or half-life of a shock, in days."""
    incident_first: int
    """Injuries: rows from `incident_first` to before `incident_last`."""
    incident_last: int
    """See `incident_first`."""
    pending: int
    """1 until it happens, 2 until all of its date have; 0 from the start where it is drawn that it never does."""


@dataclass(slots=True)
class IncidentState:
    """An injury to one victim by a hand that may be uncertain."""

    victim: int
    """Row of the victim."""
    author: int
    """Front of the author of a covert act or of an unintended incident; -1 for an event of the timeline."""
    severity: float
    """Intensity e of what was suffered."""
    publicity: float
    """How publicly it was done."""
    level: float
    """Intensity that is still unanswered."""
    day: float
    """When it was last suffered, in days."""
    first: int
    """Hypotheses: rows from `first` to before `last`."""
    last: int
    """See `first`."""
    next: int
    """Next open incident of the same victim, or -1."""
    open: int
    """1 while it stands among the open incidents of its victim; 0 before it happened, and once it is over."""


@dataclass(slots=True)
class HypothesisState:
    """A hypothesis about who did it: a set of actors, empty for "other"."""

    members: int
    """Bit mask of actors."""
    prior: float
    """Prior weight."""
    likelihood: float
    """Likelihood of the evidence."""
    probability: float
    """Probability P(H | evidence)."""
