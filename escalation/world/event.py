"""Events: what happens to actors at a date, whoever chose it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from escalation.world.base import ActorId, Flag, Id, Part, Share, Text
from escalation.world.quantities import NonNegative, Positive, Probability
from escalation.world.signal import Date

__all__ = ["Accident", "Event", "InternalShock", "Mediation", "Observed", "Provocation", "Suspect", "Victim"]


class Victim(Part):
    """An actor that an event injured, and how severely."""

    actor: ActorId
    """Actor that was injured."""
    severity: Probability
    """Severity e as an intensity: that of the rung the act was felt to be on. Anchors: 0.2 a threat, sanctions; 0.3 an
    ultimatum; 0.4 main forces move; 0.45 a blockade; 0.55 force without dead; 0.6 up to ten dead; 0.65 up to a hundred,
    a commander; 0.75 a leader, land taken; 0.8 more than a hundred, the head of a state; 0.9 an invasion."""


class Suspect(Part):
    """One hypothesis about who did it: a set of actors acting together."""

    actors: Annotated[tuple[ActorId, ...], Field(min_length=1)]
    """Actors that did it together, or knew of it."""
    prior: NonNegative = 1.0
    """Prior weight of the hypothesis."""
    likelihood: NonNegative = 1.0
    """Likelihood of the evidence if the hypothesis is true."""


class Other(Part):
    """The hypothesis that somebody else did it, or nobody."""

    prior: NonNegative = 0.1
    """Prior weight of the hypothesis."""
    likelihood: NonNegative = 1.0
    """Likelihood of the evidence if the hypothesis is true."""


class _Dated(Part):
    id: Id
    """Short name used by denials and by `Scenario.without`."""
    date: Date
    """When it happened: a date, or days after the start."""
    occurred: Probability | None = None
    """Probability that it happened at all, drawn once per run; by default its reliability."""
    planned: Flag = False
    """Known or supposed beforehand: may be dated after the scenario's `as_of`."""
    source: Text = ""
    """Where it is documented (descriptive)."""
    reliability: Share = 1.0
    """Reliability of that source: the probability that it happened, unless `occurred` says otherwise. Anchors:
    1 words on record, 0.95 one good source, 0.8 general knowledge, 0.75 or 0.5 unnamed officials, 0.35 denied."""
    title: Text = ""
    """What to call it in tables and sentences, as 'the strike on the embassy' (descriptive); by default words are made
    of its kind, actors and day."""
    note: Text = ""
    """Reasons for the judgements made here (descriptive)."""


class Provocation(_Dated):
    """An act that injured its victims, done by a hand that may be uncertain.

    Examples
    --------
    >>> hit = {"actor": "irn", "severity": 0.4}
    >>> killing = Provocation(
    ...     id="killing", kind="provocation", date=3, victims=[hit], suspects=[{"actors": ["isr"], "prior": 4.0}]
    ... )
    >>> killing.suspects[0].actors, killing.other.prior
    (('isr',), 0.1)
    """

    kind: Literal["provocation"]
    """What sort of event it is."""
    victims: Annotated[tuple[Victim, ...], Field(min_length=1)]
    """Actors that it injured."""
    rung: Id | None = None
    """Rung that its one author openly did, on its front to the first of the victims that it faces. So all who face the
    author learn of its resolve, and the patrons of that victim are called. Not for an act that the author's `resolve`
    already counts."""
    publicity: Probability = 1.0
    """How publicly it was done: 1 seen or owned up to, 0.8 the deed seen and not the hand, 0.6 seen by few."""
    suspects: Annotated[tuple[Suspect, ...], Field(min_length=1, max_length=16)]
    """Evidence table: hypotheses about who did it."""
    other: Other = Other()
    """The hypothesis that none of the suspects did it."""

    @property
    def author(self) -> str | None:
        """Actor that did it, where only one is suspected."""
        suspects = {actor for suspect in self.suspects for actor in suspect.actors}
        return suspects.pop() if len(suspects) == 1 else None


class Accident(_Dated):
    """An unintended incident: an injury whose author may be excused, and a draw of the risk of war.

    Examples
    --------
    >>> hit = {"actor": "irn", "severity": 0.3}
    >>> Accident(id="airliner", kind="accident", date=3, actor="usa", victims=[hit], blame=0.2).publicity
    1.0
    """

    kind: Literal["accident"]
    """What sort of event it is."""
    actor: ActorId
    """Actor whose doing it was."""
    victims: Annotated[tuple[Victim, ...], Field(min_length=1)]
    """Actors that it injured."""
    publicity: Probability = 1.0
    """How public it was."""
    blame: Probability = 0.5
    """Probability μ that the victims give to its having been meant. Anchors: 0.2 after an apology, 0.8 they say it
    was."""


class InternalShock(_Dated):
    """A shock inside an actor, which is weaker and slower until it has recovered.

    Examples
    --------
    >>> InternalShock(id="coup", kind="internal-shock", date=3, actor="irn", severity=0.5).half_life
    30.0
    """

    kind: Literal["internal-shock"]
    """What sort of event it is."""
    actor: ActorId
    """Actor that it befalls."""
    severity: Annotated[Probability, Field()]
    """Share of capability and tempo that is lost at first."""
    half_life: Positive = 30.0
    """Half-life of the loss, in days."""


class Mediation(_Dated):
    """One mission of mediation between two actors or more: force costs each two of them more while it lasts.

    Examples
    --------
    >>> Mediation(id="talks", kind="mediation", date=3, parties=["irn", "isr"]).span
    14.0
    """

    kind: Literal["mediation"]
    """What sort of event it is."""
    mediators: Annotated[tuple[ActorId, ...], Field()] = ()
    """Actors that mediate (descriptive)."""
    parties: Annotated[tuple[ActorId, ...], Field(min_length=2)]
    """The actors mediated between: every two of them that have a front to each other."""
    latest: Date | None = None
    """Last day on which it may come, where its day is not known: every day from `date` to then is as likely, and one is
    drawn once per run."""
    strength: NonNegative = 0.3
    """Added cost M of belligerence for both, in stakes per unit of intensity. Anchors: 0.08
    advice, 0.18 a mediator who can offer and withhold."""
    span: Positive = 14.0
    """How long it lasts, in days."""


Event = Annotated[Provocation | Accident | InternalShock | Mediation, Field(discriminator="kind")]
"""Any of the events."""


class Observed(Part):
    """An act that really happened; used to score a scenario, never to run it.

    A series of acts on one rung is one entry, dated on its first day; a war is one entry, by the side that began it;
    acts at or below the baseline of the front, and acts within a war, are left out.
    """

    date: Date
    """When it happened: for a build-up, the first day on which units moved or the order was published; for a war, the
    day of its declaration or of its first fighting, whichever is earlier."""
    actor: ActorId
    """Actor that did it."""
    target: ActorId
    """Actor it was done to."""
    rung: Id
    """Rung it was on. An unopposed landing is force; a blockade without a shot is a display."""
    covert: Flag = False
    """Whether it was done by an undisclosed hand."""
    agreement: Flag = False
    """Whether the two reached an agreement on that day; such an entry is on the rung of restraint. It is scored where
    actors can conciliate."""
    concession: Flag = False
    """Whether the actor alone made a concession on that day, which the target did not answer in kind: an act that gives
    the target something, not mere restraint and not words. Such an entry is on the rung of restraint. It is scored
    where actors can conciliate."""
    source: Text = ""
    """Where it is documented."""
    note: Text = ""
    """Reasons for the coding."""
