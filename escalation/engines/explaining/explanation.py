"""An explanation: one decision with what was believed, what each act was worth, and what would have changed it."""

from __future__ import annotations

import dataclasses
import datetime
import math
from dataclasses import dataclass
from html import escape
from typing import Any

from escalation.engines.explaining.consequences import Consequence
from escalation.engines.explaining.given import Assumed
from escalation.estimates.html import table as html_table
from escalation.world.plain_words import TERMS, date_words, listed, rung_words, sentence

__all__ = ["Belief", "Change", "Explanation", "Move", "WeighedAct", "Without", "change_text", "move_text", "sentences"]
_CONCILIATION = "conciliation"
_MILD = ("restraint", _CONCILIATION)
"""Acts that are chosen towards somebody and not against."""
_SMALLEST = 0.005
"""Least difference of a term that is told as a reason, in stakes: less is printed as 0.00."""


@dataclass(frozen=True, slots=True)
class WeighedAct:
    """An act on offer, as its actor weighed it.

    Parameters
    ----------
    name
        Name of the act.
    terms
        What each term adds to its utility, in stakes: ``gain`` from the act, loss to the expected ``replies``, expected
        ``destruction``, risk of ``war``, ``audience`` cost, ``belligerence``, ``spoiler``, ``bait``, ``first strike``,
        ``face``, ``leash``, the expected reply of the target's ``patrons``, the injury left unanswered by its cost in
        ``honour`` and by ``pressure`` at home, and for a proxy the ``principal``'s part.
    utility
        Their sum, in stakes.
    probability
        Probability of the act by the logit rule, given the actor's type.
    crowding
        Logarithm of the number of rungs in the act's class.
    shock
        Private reason for the act in this run: a Gumbel draw that persists.
    score
        Precision times utility, less crowding, plus shock; the act with the greatest is chosen.
    chosen
        Whether it was chosen.
    replies
        Expected probability of each reply of the target, where the act is not war.
    """

    name: str
    terms: dict[str, float]
    utility: float
    probability: float
    crowding: float
    shock: float
    score: float
    chosen: bool
    replies: dict[str, float]

    @property
    def is_war(self) -> bool:
        """Whether it is war, to which there is no reply."""
        return not self.replies


@dataclass(frozen=True, slots=True)
class Move:
    """A move of a belief, and what made it.

    Parameters
    ----------
    kind
        ``"event"``, ``"signal"``, ``"acts"``, ``"incidents"``, ``"accidents"``, ``"allies"``, where patrons have
        answered calls, ``"end"``, where words have fallen due, ``"fading"`` or ``"term"``, where a pledge begins or
        lapses on its day.
    source
        Id of the event or signal, the acts, or what became of the pledge.
    day
        When, in days after the start; the last day of fading that nothing interrupted.
    before, after
        The belief before and after it.
    words
        The source in words; empty where the source is words, or the kind says it.
    """

    kind: str
    source: str
    day: float
    before: float
    after: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Belief:
    """A belief or feeling that the decision used.

    Parameters
    ----------
    name
        Dotted place: ``fronts.irn-isr.fear``.
    words
        What it is.
    value
        What it was when the decision fell.
    start
        What it was when the run began.
    moves
        What moved it from there, in order.
    """

    name: str
    words: str
    value: float
    start: float
    moves: tuple[Move, ...]

    @property
    def moved_by(self) -> str:
        """What moved it, when and by how much, as text."""
        return "; ".join(move_text(move) for move in self.moves)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one thing alone that makes restraint or conciliation likelier than every act that is neither.

    Parameters
    ----------
    kind
        ``"belief"``, ``"parameter"`` or ``"signal"``.
    name, words
        What is changed: its dotted place or id, and in plain words.
    before, after
        From what to what, when the decision fell and all else being as it was; a signal from 1, sent, to 0.
    size
        How far: as a share of the whole range for a probability or a signal, in stakes for a cost, in the scenario's
        units for a capability, and as it is for a weight that is a bare number.
    unit
        ``"share"``, ``"stakes"``, ``"weight"`` or ``"capability"``.
    probability
        Probability of that act after the change.
    rounded
        `after`, rounded away from `before` to few digits at which the change is still enough.
    act
        Which of the two is then the likeliest act: ``"restraint"`` or ``"conciliation"``.
    """

    kind: str
    name: str
    words: str
    before: float
    after: float
    size: float
    unit: str
    probability: float
    rounded: float
    act: str = "restraint"


@dataclass(frozen=True, slots=True)
class Without:
    """The same decision in the same run had a signal not been sent.

    To know it, the run is played again without the signal, by the model's own rule of decision. So it says nothing of
    runs in which other rules, or people, chose.

    Parameters
    ----------
    signal, words
        Id of the signal, and the signal in words.
    probability
        Probability of restraint on that front and day.
    likelier
        Whether restraint or conciliation would have been likelier than every act that is neither.
    decided
        Whether a decision would have fallen on that day at all.
    act, act_probability
        The likelier of restraint and conciliation, and its probability.
    """

    signal: str
    words: str
    probability: float
    likelier: bool
    decided: bool
    act: str = "restraint"
    act_probability: float = math.nan


@dataclass(frozen=True)
class Explanation:
    """Why an actor chose what it chose on one front and day.

    Parameters
    ----------
    scenario, seed, run
        Name of the scenario, and which trajectory of it.
    day, date
        When the decision fell.
    front, actor, target
        Where, by ids.
    actor_name, target_name
        Names as they stand in a sentence.
    resolute
        The private type of the actor in this run.
    precision
        Precision of its choices, per stake.
    prompted
        Whether something called for the decision, or the background clock alone.
    acts
        The acts on offer, lowest first.
    beliefs
        The beliefs and feelings used.
    signals
        What the decision would have been without each signal that had been heard.
    changes
        Changes that would have made restraint or, where actors can conciliate, conciliation the likelier choice, each
        by itself, smallest first; none where one of the two was likelier already. Probabilities are tried over their
        whole range, all else up to 3 of its units from where it stood.
    given
        What was assumed in place of what the run had; then nothing of this happened, and it tells what would have.
    followed
        The wars that came and the patrons that joined in the run, on that day or later; none where anything is given.
    shared_with
        Names of the other actors whose private reasons toward the target are the same in this run.

    Examples
    --------
    >>> import escalation as esc
    >>> path = esc.simulate(esc.load("two-state-deterrence"), seed=1, run=17)
    >>> first = path.acts[0]
    >>> actor, target = path.front_ids[first["front"]].split("-")
    >>> (why,) = path.explain(float(first["period"]), actor, target=target)
    >>> why.actor == actor, why.chosen in why.acts
    (True, True)
    """

    scenario: str
    seed: int
    run: int
    day: float
    date: datetime.date
    front: str
    actor: str
    target: str
    actor_name: str
    target_name: str
    resolute: bool
    precision: float
    prompted: bool
    acts: tuple[WeighedAct, ...]
    beliefs: tuple[Belief, ...]
    signals: tuple[Without, ...]
    changes: tuple[Change, ...]
    given: tuple[Assumed, ...] = ()
    followed: tuple[Consequence, ...] = ()
    shared_with: tuple[str, ...] = ()

    @property
    def chosen(self) -> WeighedAct:
        """The act that was chosen."""
        return next(act for act in self.acts if act.chosen)

    @property
    def restraint(self) -> WeighedAct:
        """Restraint, as it was weighed."""
        return self.acts[0]

    @property
    def likeliest(self) -> WeighedAct:
        """The act of greatest probability."""
        return max(self.acts, key=lambda act: act.probability)

    @property
    def restraint_likelier(self) -> bool:
        """Whether restraint was likelier than every other act as things were."""
        return all(act.probability < self.restraint.probability for act in self.acts[1:])

    @property
    def peace_likelier(self) -> bool:
        """Whether restraint or conciliation was likelier than every act that is neither, as things were."""
        peaceful = [act.probability for act in self.acts if _is_peaceful(act, self.restraint)]
        others = [act.probability for act in self.acts if not _is_peaceful(act, self.restraint)]
        return max(others) < max(peaceful)

    @property
    def smallest(self) -> Change | None:
        """The smallest change that would have made a peaceful act the likelier choice, if any alone would."""
        return self.changes[0] if self.changes else None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was chosen, how likely it was, what counted most for it, and what would have changed it."""
        return sentences(self)

    @property
    def sentence(self) -> str:
        """These sentences as one text."""
        return " ".join(self.sentences)

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of the terms that are not zero for every act."""
        return tuple(name for name in self.acts[0].terms if any(act.terms[name] for act in self.acts))

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Head and rows of a table as text: an act a row, a term a column, in stakes.

        Returns
        -------
        head : tuple of str
            Names of the columns.
        rows : list of tuple of str
            Cells; the act chosen has a star.
        """
        labels = (TERMS[name].label for name in self.terms)
        head = ("act", *labels, "utility", "probability", "private reason", "score")
        rows = [
            (
                f"{rung_words(act.name)} *" if act.chosen else rung_words(act.name),
                *(_number(act.terms[name]) for name in self.terms),
                _number(act.utility),
                f"{act.probability:.3f}",
                _number(act.shock),
                _number(act.score),
            )
            for act in self.acts
        ]
        return head, rows

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data that JSON can hold.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        data = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        for name in ("acts", "beliefs", "signals", "changes", "given"):
            data[name] = [dataclasses.asdict(part) for part in data[name]]
        return data | {
            "date": self.date.isoformat(),
            "followed": [part.to_dict() for part in self.followed],
            "chosen": self.chosen.name,
            "restraint_likelier": self.restraint_likelier,
            "peace_likelier": self.peace_likelier,
            "sentence": self.sentence,
        }

    def __str__(self) -> str:
        return " ".join((self.sentence, *(part.sentence for part in self.followed)))

    def _repr_html_(self) -> str:
        believed = [(belief.words, f"{belief.value:.3f}", belief.moved_by) for belief in self.beliefs]
        told = html_table(*self.table(), caption=self.sentence) + html_table(("belief", "value", "moved by"), believed)
        return told + "".join(f"<p>{escape(part.sentence)}</p>" for part in self.followed)


def _is_peaceful(act: WeighedAct, restraint: WeighedAct) -> bool:
    return act is restraint or act.name == _CONCILIATION


def _number(value: float) -> str:
    return f"{value:+.3f}" if abs(value) >= 0.0005 else "0"


def sentences(explanation: Explanation) -> tuple[str, ...]:
    """Say what was chosen, how likely that was, what counted most for it, and what would have made it peaceful."""
    chosen = explanation.chosen
    to = "towards" if chosen.name in _MILD else "against"
    when = date_words(explanation.date)
    act = f"{rung_words(chosen.name)} {to} {explanation.target_name}"
    did = f"On {when} {explanation.actor_name} chose {act}."
    if explanation.given:
        assumed = listed(f"{part.words} were {part.value:g}" for part in explanation.given)
        did = f"Suppose {assumed}. Then, on {when}, {explanation.actor_name} would have chosen {act}."
    return (sentence(did), *_odds(explanation), *_reasons(explanation), _otherwise(explanation))


def _odds(explanation: Explanation) -> list[str]:
    """How likely the choice was; and that private reasons tipped it, where another act was likelier."""
    chosen, likeliest = explanation.chosen, explanation.likeliest
    told = f"The probability of this was {_likely(chosen.probability)}"
    if chosen is not explanation.restraint:
        told += f", and of restraint {_likely(explanation.restraint.probability)}"
    if likeliest is chosen:
        return [f"{told}."]
    tipped = ["Private reasons, which the model draws by chance, tipped the choice."]
    if explanation.shared_with:
        same = f"{listed(explanation.shared_with)} had the same private reasons toward {explanation.target_name}"
        tipped.append(sentence(f"In this run {same}."))
    if likeliest is explanation.restraint:
        return [f"{told}.", *tipped]
    return [f"{told}.", f"Likelier was {rung_words(likeliest.name)}, at {_likely(likeliest.probability)}.", *tipped]


def _likely(probability: float) -> str:
    """Probability to two digits; never as 0 or 1, since any act on offer may be chosen and none must be."""
    if probability < 0.005:
        return "below 0.01"
    return f"{probability:.2f}" if probability < 0.995 else "above 0.99"


def _reasons(explanation: Explanation) -> list[str]:
    """The two terms that counted most for the choice, against restraint or against the likeliest other act."""
    chosen, other = explanation.chosen, explanation.restraint
    if chosen is other:
        other = max((act for act in explanation.acts if act is not chosen), key=lambda act: act.probability)
    gaps = {term: value - other.terms[term] for term, value in chosen.terms.items()}
    greatest = sorted(gaps, key=lambda term: -gaps[term])[:2]
    told = [
        f"{_reason(term, chosen, other)} ({gaps[term]:.2f} stakes)." for term in greatest if gaps[term] >= _SMALLEST
    ]
    if not told:
        return [f"Nothing that it weighed counted for it rather than for {rung_words(other.name)}."]
    first = f"What counted most for it, rather than for {rung_words(other.name)}, was {told[0]}"
    return [first, *(f"Next came {reason}" for reason in told[1:])]


def _reason(term: str, chosen: WeighedAct, other: WeighedAct) -> str:
    """What speaks for the act chosen, rather than for another, where a term is greater for it."""
    words = TERMS[term]
    # War is its own reply. What it has no part of is 0 for it, which is neither a good reply nor little destruction.
    if chosen.is_war and words.for_war:
        return words.for_war
    if other.is_war and words.over_war:
        return words.over_war
    if chosen.terms[term] > 0.0 and words.if_gain:
        return words.if_gain
    return words.reason


def _otherwise(explanation: Explanation) -> str:
    if explanation.peace_likelier:
        return f"As things were, {rung_words(explanation.likeliest.name)} was likeliest."
    if explanation.smallest is None:
        # Signals were not left out in turn where values are given, and cannot be in a game that people played.
        tried = "signal, belief or parameter" if explanation.signals else "belief or parameter"
        peaceful = "restraint"
        if any(act.name == _CONCILIATION for act in explanation.acts):
            peaceful = f"restraint or {_CONCILIATION}"
        return f"No change that was tried, of one {tried} alone, would have made {peaceful} likeliest."
    smallest = explanation.smallest
    return f"{smallest.act.capitalize()} would have been likeliest had {change_text(smallest)}."


def change_text(change: Change) -> str:
    """Change as words: what would have had to be otherwise."""
    if change.kind == "signal":
        return f"{change.words} been left unsaid"
    unit = " stakes" if change.unit == "stakes" else ""
    digits = 2
    while digits < 6 and round(change.rounded, digits) != change.rounded:
        digits += 1
    return f"{change.words} been {change.rounded:.{digits}f}{unit} instead of {change.before:.{digits}f}"


def move_text(move: Move) -> str:
    """Move as words: what it was, when, and by how much."""
    source = move.words or move.source or move.kind
    return f"{source} {move.after - move.before:+.2g} (day {move.day:g})"
