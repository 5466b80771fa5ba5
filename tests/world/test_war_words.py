"""How war came, and how a patron joined, in words."""

from __future__ import annotations

import pytest

from escalation.files import load
from escalation.world.war_words import ACCIDENT, CHOICE, COMMITMENT, EXCHANGE, joining_words, war_words

JULY = load("july-1914")


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (EXCHANGE, "war, which nobody chose, came of the exchange of force between Russia and Germany"),
        (ACCIDENT, "war came by accident between Russia and Germany"),
    ],
)
def test_a_war_that_nobody_chose(cause: str, said: str) -> None:
    assert war_words(JULY, ("rus", "deu"), cause) == said


def test_a_war_by_choice_names_who_chose_it() -> None:
    said = "war came between Germany and Russia by the choice of"
    assert war_words(JULY, ("deu", "rus"), CHOICE, chosen_by=["deu"]) == f"{said} Germany"
    assert war_words(JULY, ("deu", "rus"), CHOICE, chosen_by=["deu", "rus"]) == f"{said} Germany and Russia"


def test_a_war_by_commitment_names_every_ally() -> None:
    said = war_words(JULY, ("rus", "deu"), COMMITMENT, kept=[("rus", "srb"), ("deu", "aut")])
    assert said == (
        "war came between Russia and Germany, because Russia stands by Serbia, which is at war "
        "and Germany stands by Austria-Hungary, which is at war"
    )


@pytest.mark.parametrize(
    ("act", "at_war", "why"),
    [
        ("limited-strike", False, ", against which Austria-Hungary chose limited strike"),
        ("limited-strike", True, ", which is at war with Austria-Hungary"),
        ("", False, " against Austria-Hungary"),
    ],
)
def test_a_joining_says_what_called_on_the_patron(act: str, at_war: bool, why: str) -> None:
    said = joining_words(JULY, ("rus", "srb", "aut"), "rus-srb:aut", act=act, at_war=at_war)
    assert said == f"Russia stands by Serbia{why} (rus-srb:aut)"
