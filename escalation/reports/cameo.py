"""CAMEO's twenty root codes [Schrodt2012]_: their words, and their weights on the scale of [Goldstein1992]_.

The scale was made for an older list of events (WEIS). Those who code events by CAMEO carry it over, code by code; these
are the weights of the roots in that table, which GDELT and ICEWS use too.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ROOT_WEIGHTS", "ROOT_WORDS"]

ROOT_WORDS: Final[dict[str, str]] = {
    "01": "make public statement",
    "02": "appeal",
    "03": "express intent to cooperate",
    "04": "consult",
    "05": "engage in diplomatic cooperation",
    "06": "engage in material cooperation",
    "07": "provide aid",
    "08": "yield",
    "09": "investigate",
    "10": "demand",
    "11": "disapprove",
    "12": "reject",
    "13": "threaten",
    "14": "protest",
    "15": "exhibit military posture",
    "16": "reduce relations",
    "17": "coerce",
    "18": "assault",
    "19": "fight",
    "20": "engage in unconventional mass violence",
}
"""What each root code stands for."""

ROOT_WEIGHTS: Final[dict[str, float]] = {
    "01": 0.0,
    "02": 3.0,
    "03": 4.0,
    "04": 1.0,
    "05": 3.5,
    "06": 6.0,
    "07": 7.0,
    "08": 5.0,
    "09": -2.0,
    "10": -5.0,
    "11": -2.0,
    "12": -4.0,
    "13": -6.0,
    "14": -6.5,
    "15": -7.2,
    "16": -4.0,
    "17": -7.0,
    "18": -9.0,
    "19": -10.0,
    "20": -10.0,
}
"""Weight of each root code, from -10 (conflict) to 10 (cooperation)."""
