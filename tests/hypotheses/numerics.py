"""Hypotheses about what must not matter: the length of a period, and how often a clock asks."""

from __future__ import annotations

from hypotheses.haniyeh import haniyeh
from hypotheses.measuring import Hypothesis, wars
from hypotheses.neutral import (
    Data,
    attack,
    quarrel,
)
from hypotheses.trying import CHALLENGE, IRAN, REVENGE, moved

__all__ = ["NUMERICS"]

TEMPO = (30.0, 15.0)
"""Mean days between two decisions by the background clock."""
TENTH: Data = {"margin": 0.1, "relative": True}

NUMERICS: tuple[Hypothesis, ...] = (
    Hypothesis(
        "halved-period",
        "The length of a period is numerical only: halving it leaves strikes and wars as they are.",
        (),
        (
            moved(quarrel, CHALLENGE, "0", {"period": (1.0, 0.5)}, margin=0.01, runs=80_000),
            moved(quarrel, wars(), "0", {"period": (1.0, 0.5)}, margin=0.01),
            moved(haniyeh, IRAN, "0", {"period": (1.0, 0.5)}, margin=0.02, runs=20_000),
            moved(haniyeh, wars(), "0", {"period": (1.0, 0.5)}, margin=0.02, runs=60_000),
        ),
    ),
    Hypothesis(
        "uneven-period",
        "Nor does a period matter that does not divide the horizon, so that the last one is shorter.",
        (),
        (
            moved(quarrel, CHALLENGE, "0", {"period": (1.0, 0.7)}, margin=0.01, runs=80_000),
            moved(quarrel, wars(), "0", {"period": (1.0, 0.7)}, margin=0.01, runs=40_000),
            moved(haniyeh, IRAN, "0", {"period": (1.0, 0.7)}, margin=0.02, runs=20_000),
            moved(haniyeh, wars(), "0", {"period": (1.0, 0.7)}, margin=0.02, runs=50_000),
        ),
    ),
    Hypothesis(
        "doubled-tempo",
        "How often the background clock asks is no cause of strikes: at double the tempo their probability moves by "
        "less than a tenth of itself.",
        (),
        (
            moved(
                attack,
                REVENGE,
                "0",
                {"actors.victim.tempo": TEMPO, "actors.suspect.tempo": TEMPO},
                **TENTH,
                fails="At double the tempo the share of runs with a strike is higher by 0.068, 95% interval 0.062 to "
                "0.074.",
            ),
            moved(
                quarrel,
                CHALLENGE,
                "0",
                {"actors.challenger.tempo": TEMPO, "actors.defender.tempo": TEMPO},
                **TENTH,
                fails="Nothing happens in this crisis, so the background clock alone calls for decisions: at a mean of "
                "30 days it never asks within the 60 days in one run of seven. Where something has happened, the "
                "decision that it prompts carries most of the weight.",
            ),
            moved(
                haniyeh,
                IRAN,
                "0",
                {"actors.irn.tempo": TEMPO, "actors.isr.tempo": TEMPO, "actors.hzb.tempo": TEMPO},
                **TENTH,
                runs=20_000,
            ),
        ),
    ),
)
