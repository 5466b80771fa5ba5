"""A signal: something said, in public or in private, that can move a belief."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from escalation.world.base import ActorId, CalendarDate, Flag, Id, Number, Part, Share, Text
from escalation.world.quantities import NonNegative, Portion, Positive, Probability

__all__ = ["Date", "Signal", "SignalKind", "a_kind"]

Date = CalendarDate | Annotated[Number, Field(ge=0.0, le=36_500.0)]
"""A date, or a number of days after the scenario's start."""


class SignalKind(StrEnum):
    """What a signal says, and so which belief it moves."""

    THREAT = "threat"
    """If you act, I will answer: belief in the sender's resolve; stands as a vow once it is crossed."""
    VOW = "vow"
    """I will act: belief in the sender's resolve, and an audience cost for falling short."""
    WARNING = "warning"
    """If you act, I will defend them: credence in a commitment."""
    REASSURANCE = "reassurance"
    """We do not want war: fear of attack."""
    DENIAL = "denial"
    """It was not us: complicity in an event; or, of a signal: it was never said."""
    DISCLOSURE = "disclosure"
    """They want you to strike: belief in a third actor's motive."""
    DEMAND = "demand"
    """Desist, or do this: belief in the sender's resolve, and for whoever yields in public to a third party's a loss of
    face."""
    APPEAL = "appeal"
    """A third party's call for restraint: what force costs at home, and what conciliation is worth, for its days."""
    REFUSAL = "refusal"
    """We will not yield: belief in the sender's resolve, and no hope of a concession by it for its days."""
    WITHDRAWAL = "withdrawal"
    """We take that back: a threat, vow or demand of the sender binds from then on no more, and nobody learns more."""
    CONCESSION = "concession"
    """You shall have this part of what you demand: less face left to lose, and amends in words; the whole meets it."""
    AUTHORISATION = "authorisation"
    """You may act: a patron no longer holds its protégé back, up to a rung and for its days; it promises no help."""


def a_kind(kind: str) -> str:
    """Kind of signal with its article.

    Examples
    --------
    >>> a_kind("appeal"), a_kind("threat")
    ('an appeal', 'a threat')
    """
    return f"{'an' if kind.startswith(tuple('aeiou')) else 'a'} {kind}"


class Signal(Part):
    """Something that `sender` is reported to have said to `receivers`.

    Examples
    --------
    >>> vow = Signal(id="vow", kind="threat", date=2, sender="isr", receivers=["irn"], trigger="limited-strike")
    >>> vow.channel, vow.receivers
    ('public', ('irn',))
    """

    id: Id
    """Short name used by other signals and by `Scenario.without`."""
    kind: SignalKind
    """Threat, vow, warning, reassurance, denial, disclosure, demand, appeal, refusal, withdrawal, concession or
    authorisation. A deployment is an act and none of these."""
    date: Date
    """When it was said: a date, or days after the start."""
    sender: ActorId
    """Actor that said it."""
    receivers: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    """Actors it was said to; a public signal reaches all others too."""
    subject: Id | None = None
    """What it is about: the commitment of a warning; the event or signal of a denial; the actor meant by a
    disclosure, or by a reassurance (default the sender); the target of a threat or vow (default the first
    receiver); the actor towards which a demand asks restraint (default the sender); the actor towards which an appeal
    asks it (default all whom its receivers face); the demand that a refusal answers (descriptive); the threat, vow,
    demand or authorisation that a withdrawal takes back; the demand of which a concession grants a part; the adversary
    against whom an authorisation lets its receivers act (default all against whom the sender is pledged to them)."""
    channel: Literal["public", "private"] = "public"
    """Public, or private until it leaks."""
    rung: Id | None = None
    """Rung that a threat or vow speaks of, by default the lowest of force; a demand threatens only where it
    names one, and a refusal by default defies the lowest rung of force. The highest rung that an authorisation
    allows, by default any."""
    trigger: Id | None = None
    """Rung at which a threat is crossed; by default the lowest of display."""
    due: Positive = 14.0
    """Days within which a vow is to be kept, or for which a demand, threat, appeal, refusal or authorisation
    stands."""
    or_else: Positive | None = None
    """Makes a demand that names a rung an ultimatum: if it has not been met when its `due` days end, or is refused
    before, its sender has vowed to act within so many days more. By default the sender is not bound."""
    share: Portion | None = None
    """Part s of what is still demanded that a concession grants; 1 meets the demand. Every concession states it."""
    strength: NonNegative = 3.0
    """Field strength Λ: likelihood ratio of what it says, if it could be believed in full. Anchors: 1.5
    vague, repeated or weakened in the same breath, 3 plain, 6 a pledge by the head of state for the case."""
    occurred: Probability | None = None
    """Probability that it was said at all, drawn once per run; by default its reliability."""
    occasion: Id | None = None
    """Signals of one occasion occurred together or not at all; by default its own id."""
    credence: Probability = 0.7
    """How far a receiver trusts the source that carried it. Anchors: 0.95 face to face, 0.8 a go-between, 0.7 the
    press."""
    alignment: Probability = 0.7
    """How far interests of sender and receiver agree on what it says. Anchors: 0.7 both gain if it is true and
    believed, 0.5 the sender gains by overstating, 0.3 the sender gains, true or not."""
    leak: NonNegative = 0.0
    """Hazard that a private signal leaks, per day."""
    reported: Date | None = None
    """When a private signal was reported in public, if it was."""
    planned: Flag = False
    """Known or supposed beforehand: may be dated after the scenario's `as_of`."""
    source: Text = ""
    """Where it is documented (descriptive)."""
    reliability: Share = 1.0
    """Reliability of that source: the probability that it was said, unless `occurred` says otherwise. Anchors:
    1 words on record, 0.95 one good source, 0.8 general knowledge, 0.75 or 0.5 unnamed officials, 0.35 denied."""
    title: Text = ""
    """What to call it in tables and sentences, as 'the Prime Minister's vow' (descriptive); by default words are made
    of its kind, actors and day."""
    note: Text = ""
    """Reasons for the judgements made here (descriptive)."""

    @property
    def binds(self) -> bool:
        """Whether it binds its sender to act: a vow, a threat once it is crossed, an ultimatum once it is not met."""
        return self.kind in {SignalKind.VOW, SignalKind.THREAT} or self.or_else is not None

    @property
    def may_be_public(self) -> bool:
        """Whether others than its receivers hear of it, or may: it is public, leaks at some hazard or is reported."""
        return self.channel == "public" or self.reported is not None or self.leak != 0.0
