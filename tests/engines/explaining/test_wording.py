from __future__ import annotations

import re
from dataclasses import replace

import pytest

from escalation.engines.explaining.explanation import (
    _REASONS,
    Change,
    Explanation,
    Move,
    change_text,
    move_text,
    sentence,
)


def chosen(explanation: Explanation, name: str, **changed: float) -> Explanation:
    """Explanation had another act been chosen, with other probabilities by act."""
    acts = tuple(
        replace(act, chosen=act.name == name, probability=changed.get(act.name, act.probability))
        for act in explanation.acts
    )
    return replace(explanation, acts=acts)


def test_it_says_when_who_what_and_how_likely(threat: Explanation) -> None:
    said = sentence(threat)
    day = f"{threat.date.day} {threat.date:%B %Y}"
    assert said.startswith(f"On {day} {threat.actor_name}'s choice against {threat.target_name} was ")
    assert f"was {threat.chosen.name} (probability {threat.chosen.probability:.2f}, of restraint" in said
    assert f"of restraint {threat.restraint.probability:.2f})" in said
    assert said.endswith(".")
    assert len(re.findall(r"\.(?!\d)", said)) == 1


def test_the_reason_is_the_greatest_difference_from_restraint(threat: Explanation) -> None:
    gaps = {term: threat.chosen.terms[term] - threat.restraint.terms[term] for term in threat.chosen.terms}
    term = max(gaps, key=lambda name: gaps[name])
    assert f"rather than restraint was {_REASONS[term]}, {gaps[term]:.2f} stakes" in sentence(threat)


def test_every_term_has_words(threat: Explanation) -> None:
    assert _REASONS.keys() == threat.chosen.terms.keys()


def test_restraint_is_set_against_the_likeliest_other_act(threat: Explanation) -> None:
    said = sentence(chosen(threat, "restraint", restraint=0.9, display=0.05, threat=0.01))
    others = [act for act in threat.acts if act.name not in ("restraint", "display", "threat")]
    runner_up = max([("display", 0.05), *((act.name, act.probability) for act in others)], key=lambda pair: pair[1])
    assert f"told most for it rather than {runner_up[0]} was" in said
    assert "was restraint (probability 0.90):" in said
    assert said.endswith("restraint was the likelier choice as things were.")
    assert "private reasons" not in said


def test_private_reasons_are_told(threat: Explanation) -> None:
    said = sentence(chosen(threat, "war", restraint=0.1, display=0.8))
    assert "private reasons tipped it, for display was likelier" in said
    said = sentence(chosen(threat, "war", restraint=0.9))
    assert "private reasons tipped it; restraint was the likelier choice" in said


def test_nothing_may_tell_for_an_act(threat: Explanation) -> None:
    nothing = dict.fromkeys(threat.restraint.terms, 0.0)
    acts = tuple(replace(act, terms=nothing) for act in threat.acts)
    assert "nothing that it weighed told for it rather than restraint" in sentence(replace(threat, acts=acts))


def test_it_may_be_that_nothing_alone_would_do(threat: Explanation) -> None:
    assert sentence(replace(threat, changes=())).endswith(
        "no change of one signal, belief or parameter alone would have made restraint the likelier choice."
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("signal", "vow", "the signal vow", 1.0, 0.0, 1.0, "share", 0.5, 0.0), "the signal vow not been sent"),
        (
            Change("belief", "x", "a's fear", 0.5, 0.2549, 0.2451, "share", 0.5, 0.25),
            "a's fear been 0.25 instead of 0.50",
        ),
        (
            Change("parameter", "x", "a's honour", 0.6, 0.6004, 0.0004, "stakes", 0.5, 0.601),
            "a's honour been 0.601 stakes instead of 0.600",
        ),
    ],
)
def test_words_of_a_change(change: Change, words: str) -> None:
    assert change_text(change) == words


def test_the_smallest_change_ends_the_sentence(threat: Explanation) -> None:
    assert sentence(threat).endswith(f"restraint would have been likelier had {change_text(threat.changes[0])}.")


def test_words_of_a_move() -> None:
    assert move_text(Move("signal", "vow", 3.0, 0.5, 0.75)) == "vow +0.25 (day 3)"
    assert move_text(Move("fading", "", 3.5, 0.5, 0.25)) == "fading -0.25 (day 3.5)"
