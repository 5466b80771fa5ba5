"""Hypotheses about injuries: how severe they are, who is held to have done them, and what a denial does."""

from __future__ import annotations

from hypotheses.haniyeh import haniyeh, visited
from hypotheses.measuring import Hypothesis
from hypotheses.neutral import (
    DENIAL,
    attack,
    two_suspects,
)
from hypotheses.trying import ELSEWHERE, IRAN, ON_THE_PATRON, REVENGE, VISITED, heard, moved, without

__all__ = ["BLAME"]

BLAME: tuple[Hypothesis, ...] = (
    Hypothesis(
        "attribution",
        "The likelier a suspect is held to have done it, the more it is struck.",
        ("Baliga2020",),
        (
            moved(two_suspects, REVENGE, "+", {"events.attack.suspects.0.prior": (0.5, 2.0)}),
            moved(haniyeh, IRAN, "+", {"events.haniyeh-killed.other.prior": (3.0, 0.0)}),
            moved(haniyeh, ON_THE_PATRON, "+", {"events.haniyeh-killed.suspects.1.prior": (0.05, 2.0)}),
        ),
    ),
    Hypothesis(
        "attribution-to-another",
        "The likelier one suspect is held to have done it, the less the others are struck.",
        ("Baliga2020",),
        (
            moved(two_suspects, ELSEWHERE, "-", {"events.attack.suspects.0.prior": (0.5, 2.0)}),
            moved(haniyeh, ON_THE_PATRON, "-", {"events.haniyeh-killed.suspects.0.prior": (0.1, 3.0)}),
        ),
    ),
    Hypothesis(
        "severity",
        "The more severe the injury, the more its victim strikes.",
        ("GoldsteinFreeman1990", "Dafoe2021"),
        (
            moved(attack, REVENGE, "+", {"events.attack.victims.0.severity": (0.2, 0.9)}),
            moved(haniyeh, IRAN, "+", {"events.haniyeh-killed.victims.0.severity": (0.45, 0.85)}),
        ),
    ),
    Hypothesis(
        "covert-act",
        "An act that nobody owns draws less retaliation than one done in the open, at equal certainty about its "
        "author.",
        ("Carson2018",),
        (
            moved(attack, REVENGE, "-", {"events.attack.publicity": (1.0, 0.0)}),
            moved(haniyeh, IRAN, "-", {"events.haniyeh-killed.publicity": (1.0, 0.0)}),
        ),
    ),
    Hypothesis(
        "denial-and-the-denier",
        "A suspect that denies is struck less.",
        ("Baliga2020",),
        (
            heard(two_suspects, REVENGE, "-", DENIAL, words=" by one of two suspects"),
            without(
                "us-denial",
                ON_THE_PATRON,
                "-",
                build=visited,
                words=VISITED,
                runs=50_000,
                fails="Of the sign expected, but too small for the interval by which cases are judged: what Iran "
                "answers on this front is mostly the deployment of 2 August, whose author nobody doubts. Without the "
                "deployment the share is 0.10 in place of 0.35.",
            ),
        ),
    ),
    Hypothesis(
        "denial-and-the-other",
        "The blame goes to the suspects that are left, and they are struck more.",
        ("Baliga2020",),
        (heard(two_suspects, ELSEWHERE, "+", DENIAL, words=" by one of two suspects"),),
        absent="No suspect is left there that is not in every hypothesis; see the next one.",
    ),
    Hypothesis(
        "denial-of-complicity",
        "Where a denial by a supposed accomplice leaves the principal suspect in every hypothesis, it moves next to "
        "nothing to that suspect.",
        ("Baliga2020",),
        (without("us-denial", IRAN, "0", build=visited, words=VISITED, runs=50_000, margin=0.005),),
    ),
)
