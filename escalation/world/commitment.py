"""A commitment: a patron's pledge to a protégé."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from escalation.world.base import ActorId, Flag, Id, Part, Text
from escalation.world.quantities import Positive, Probability
from escalation.world.signal import Date

__all__ = ["Commitment", "Credence"]


def _how_many(protege: Any) -> str:
    """Which of the two ways of naming protégés is meant, so that a fault is told of that one alone."""
    return "several" if isinstance(protege, (list, tuple)) else "one"


class Credence(Part):
    """Credence q in a commitment: the mean of a beta belief, and how many cases it weighs.

    The default Beta(3, 1) has the mean at which treaties were honoured, .745 [Leeds2000]_. A later count has .50
    overall, .66 before 1945 and .22 from then on [BerkemeierFuhrmann2018]_. A scenario does better to state its own.
    """

    mean: Probability = 0.75
    """Probability q given to the commitment's being kept. Anchors: 0.4 support without a promise, 0.6 a public
    declaration, 0.7 a treaty; 0.1 more if renewed now, kept before or backed by troops there."""
    weight: Positive = 4.0
    """Number n of past cases that the belief weighs. Anchors: 4 untested, 6 an old treaty or troops
    there, 8 kept within the year."""


class Commitment(Part):
    """A patron's pledge to stand by a protégé or several, against one adversary or any.

    Examples
    --------
    >>> pledge = Commitment(id="alliance", patron="usa", protege="isr", strength=0.8)
    >>> pledge.adversary is None, pledge.public
    (True, True)
    >>> Commitment(id="guarantee", patron="gbr", protege=["fra", "deu"]).proteges
    ('fra', 'deu')
    """

    id: Id
    """Short name used by signals and by `Scenario.without`."""
    patron: ActorId
    """Actor that pledges support."""
    protege: Annotated[
        Annotated[ActorId, Tag("one")] | Annotated[tuple[ActorId, ...], Field(min_length=1), Tag("several")],
        Discriminator(_how_many),
    ]
    """Actor that is pledged support; or several, in a list: then it is one promise to all of them, with one answer to
    calls that come together, and who sees it broken to one doubts it for all."""
    adversary: ActorId | None = None
    """Adversary it is against; any, where none is named."""
    title: Text = ""
    """What to call it in tables and sentences, as 'the treaty of mutual defence' (descriptive); by default words are
    made of its actors."""
    note: Text = ""
    """Reasons for the judgements made here (descriptive)."""
    source: Text = ""
    """Where the commitment is documented (descriptive)."""
    stake: Positive = 0.5
    """Stake v of the patron in the protégé, in stakes. Anchors: 0.3 one of several, 0.5 its standing, 0.8 its chief
    ally."""
    strength: Probability = 0.5
    """Strength A of the pledge: weighs the patron's restraint on its protégé and the cost of breaking
    it. Anchors: 0.4 support without a promise, 0.6 a public declaration, 0.8 a treaty."""
    public: Flag = True
    """Whether the adversary knows of it."""
    conditional: Flag = False
    """Whether it is on condition that the protégé does not use force first: if it does, the patron joins less often, or
    need not, where patrons join by utility."""
    while_below: Id | None = None
    """Rung that ends it: it lapses once the protégé itself has acted at or above this rung against the
    adversary, whoever began."""
    begins: Date | None = None
    """Day from which it is in force: a date, or days after the start; by default the start."""
    lapses: Date | None = None
    """Day from which it is in force no more: a date, or days after the start; by default it outlasts the run. A
    patron that has joined by then stays."""
    planned: Flag = False
    """Known or supposed beforehand: may begin or lapse after the scenario's `as_of`."""
    trigger: Id | None = None
    """Lowest rung that calls on the patron; by default the lowest of force. A display, where
    mobilisation is the case."""
    credence: Annotated[Credence, Field(default_factory=Credence)]
    """Belief q of protégé and adversary that it will be kept."""

    @property
    def proteges(self) -> tuple[str, ...]:
        """Actors that are pledged support, be there one or several."""
        return (self.protege,) if isinstance(self.protege, str) else self.protege

    @property
    def on_condition(self) -> bool:
        """Whether the protégé can lose it by what it does."""
        return self.conditional or self.while_below is not None

    @property
    def changes(self) -> bool:
        """Whether it begins or lapses in a run, by a day or by what the protégé does."""
        return any(term is not None for term in (self.begins, self.lapses, self.while_below))
