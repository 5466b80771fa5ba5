"""The words of an explanation: one sentence, and what moved a belief."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escalation.engines.explaining.explanation import Change, Explanation, Move, WeighedAct

__all__ = ["change_text", "date_text", "move_text", "sentence"]

_REASONS = {
    "gain": "what the act itself would gain",
    "replies": "better replies to be expected",
    "destruction": "less destruction to be expected",
    "war": "a smaller loss to the risk of war",
    "audience": "the audience cost of falling short of its vow",
    "belligerence": "what belligerence costs at home, mediation and appeals included",
    "spoiler": "what escalation as such is worth to it",
    "bait": "not serving what the adversary is believed to want",
    "first strike": "the advantage of striking first",
    "face": "the face that yielding to a demand would lose",
    "concession": "what conciliation gives away, and how much it is asked for",
    "threatening": "what a threat costs at home",
    "leash": "its patron's wish for restraint",
    "patrons": "the reply to be expected of the target's patrons",
    "honour": "the injury that would stay unanswered, by its honour",
    "pressure": "the injury that would stay unanswered, by pressure at home",
    "principal": "the interest of its principal",
}
"""What speaks for one act rather than another where a term is greater."""


def sentence(explanation: Explanation) -> str:
    """One sentence: what was chosen, how likely it was, what told for it, and what would have made it restraint."""
    chosen, restraint = explanation.chosen, explanation.restraint
    odds = f"probability {chosen.probability:.2f}"
    if chosen is not restraint:
        odds += f", of restraint {restraint.probability:.2f}"
    return (
        f"On {date_text(explanation)} {explanation.actor_name}'s choice against {explanation.target_name} was "
        f"{chosen.name} ({odds}): {_reason(explanation)}; {_otherwise(explanation)}."
    )


def date_text(explanation: Explanation) -> str:
    """Date as words: 3 August 2024."""
    return f"{explanation.date.day} {explanation.date:%B %Y}"


def _reason(explanation: Explanation) -> str:
    chosen = explanation.chosen
    other = explanation.restraint
    if chosen is other:
        other = max((act for act in explanation.acts if act is not chosen), key=lambda act: act.probability)
    term, worth = _greatest(chosen, other)
    said = f"nothing that it weighed told for it rather than {other.name}"
    if worth > 0.0:
        said = f"what told most for it rather than {other.name} was {_REASONS[term]}, {worth:.2f} stakes"
    likeliest = explanation.likeliest
    if likeliest is chosen:
        return said
    tipped = f"{said}, but private reasons tipped it"
    return tipped if likeliest is explanation.restraint else f"{tipped}, for {likeliest.name} was likelier"


def _greatest(chosen: WeighedAct, other: WeighedAct) -> tuple[str, float]:
    gaps = {term: value - other.terms[term] for term, value in chosen.terms.items()}
    return max(gaps.items(), key=lambda gap: gap[1])


def _otherwise(explanation: Explanation) -> str:
    if explanation.restraint_likelier:
        return "restraint was the likelier choice as things were"
    if explanation.smallest is None:
        return "no change of one signal, belief or parameter alone would have made restraint the likelier choice"
    return f"restraint would have been likelier had {change_text(explanation.smallest)}"


def change_text(change: Change) -> str:
    """Change as words: what would have had to be otherwise."""
    if change.kind == "signal":
        return f"the signal {change.name} not been sent"
    unit = " stakes" if change.unit == "stakes" else ""
    digits = 2
    while digits < 6 and round(change.rounded, digits) != change.rounded:
        digits += 1
    return f"{change.words} been {change.rounded:.{digits}f}{unit} instead of {change.before:.{digits}f}"


def move_text(move: Move) -> str:
    """Move as words: what it was, when, and by how much."""
    source = move.source if move.source else move.kind
    return f"{source} {move.after - move.before:+.2g} (day {move.day:g})"
