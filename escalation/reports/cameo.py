"""Weights of CAMEO's twenty root codes [Schrodt2012]_ on the scale of [Goldstein1992]_, as event data carry them.

The scale was made for an older list of events (WEIS). Those who code events by CAMEO carry it over, code by code; these
are the weights of the roots in that table, which GDELT and ICEWS use too.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ROOT_WEIGHTS"]

ROOT_WEIGHTS: Final[dict[str, float]] = {
    "01": 0.0,  # make public statement
    "02": 3.0,  # appeal
    "03": 4.0,  # express intent to cooperate
    "04": 1.0,  # consult
    "05": 3.5,  # engage in diplomatic cooperation
    "06": 6.0,  # engage in material cooperation
    "07": 7.0,  # provide aid
    "08": 5.0,  # yield
    "09": -2.0,  # investigate
    "10": -5.0,  # demand
    "11": -2.0,  # disapprove
    "12": -4.0,  # reject
    "13": -6.0,  # threaten
    "14": -6.5,  # protest
    "15": -7.2,  # exhibit military posture
    "16": -4.0,  # reduce relations
    "17": -7.0,  # coerce
    "18": -9.0,  # assault
    "19": -10.0,  # fight
    "20": -10.0,  # engage in unconventional mass violence
}
"""Weight of each root code, from -10 (conflict) to 10 (cooperation)."""
