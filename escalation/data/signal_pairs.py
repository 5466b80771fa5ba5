"""Signal pairs: what an actor said or did to another, and what that one did next, from coded events of crises.

The table is made from the International Crisis Behavior Events data (ICBe) [Douglass2024]_. Nothing of it is shipped.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from escalation.data.codes import Code, decoded
from escalation.data.rows import Rows, read_columns
from escalation.errors import StudyError
from escalation.world.near import near

__all__ = ["CONCILIATORY", "SPEECH", "VIOLENT", "next_acts", "read_pairs", "situation"]

RECEIVED = (
    "accept_praise", "accuse_disapprove", "alliance_act", "alliance_pledge", "appeal", "cooperative_act",
    "deescalating_act", "demand", "military_act", "other_speech", "political_hostile_act", "reassurance", "reject",
    "threat", "ultimatum", "violence", "vow",
)  # fmt: skip
"""Classes of what is said or done."""
SPEECH = frozenset(
    {
        "accept_praise", "accuse_disapprove", "alliance_pledge", "appeal", "demand", "other_speech", "reassurance",
        "reject", "threat", "ultimatum", "vow",
    }
)  # fmt: skip
"""Classes that are words."""
NEXT = (
    "none", "conciliatory", "neutral_verbal", "hostile_verbal_political", "threat_demand_vow", "military", "violence"
)  # fmt: skip
PREVIOUS = ("0", "c", "h", "m", "v")
"""Receiver's previous act: none, conciliatory, a hostile word, military, violence."""
OTHER, CONCILIATORY, VIOLENT = 0, 1, 2
"""What a receiver does next, as columns of a table of counts."""
ADVICE = "The table of pairs is made from ICBe (Douglass and others), a row for each directed event of a crisis."

_CODES = {
    "crisno": Code(1, 99999, needed=True),
    "year": Code(1816, 2100, needed=True),
    "adversaries": Code(0, 1, needed=True),
    "phase": Code(0, 2, needed=True),
    "recent_violence": Code(0, 1, needed=True),
    "next_anyone_violent": Code(0, 1),
    "next_anyone_conciliatory": Code(0, 1),
}
_WORDS = {"received": RECEIVED, "receiver_previous": PREVIOUS, "next_act": NEXT}


def read_pairs(path: str | Path) -> Rows:
    """Read a table of signal pairs.

    Parameters
    ----------
    path
        CSV file with the columns ``crisno``, ``year``, ``adversaries`` (1 where the two are), ``received`` (class of
        what was said or done), ``phase`` (third of the crisis, 0 to 2), ``recent_violence``, ``receiver_previous``
        (its previous act), ``next_act`` (its next act toward the sender) and ``next_anyone_violent``,
        ``next_anyone_conciliatory`` (its next act toward anybody, blank if there is none).

    Raises
    ------
    StudyError
        If the file is not there, lacks a column or holds a code that is not known; it says where, and what is allowed.
    """
    rows = read_columns(path, numbers=tuple(_CODES), text=tuple(_WORDS), advice=ADVICE)
    for name, allowed in _WORDS.items():
        strange = np.flatnonzero(~np.isin(rows[name], allowed))
        if strange.size:
            word = str(rows[name][strange[0]])
            raise StudyError(
                f"{rows.place(int(strange[0]), name)}: {word!r} is none of {', '.join(allowed)}{near(word, allowed)}"
            )
    return replace(decoded(rows, _CODES), version="ICBe signal pairs")


def situation(pairs: Rows) -> NDArray[np.int64]:
    """Number of the situation in which each signal was received: phase, recent violence and the receiver's last act."""
    previous = np.searchsorted(np.array(PREVIOUS), pairs["receiver_previous"])
    recent = pairs["recent_violence"].astype(np.int64)
    return np.asarray((pairs["phase"].astype(np.int64) * 2 + recent) * len(PREVIOUS) + previous)


def next_acts(pairs: Rows, *, anyone: bool) -> NDArray[np.int64]:
    """What each receiver did next: `OTHER`, `CONCILIATORY` or `VIOLENT`, and -1 where nothing is known or followed.

    Parameters
    ----------
    pairs
        The pairs.
    anyone
        Count the next act toward anybody, for all pairs; else that toward the sender, for adversaries alone.
    """
    if anyone:
        violent, conciliatory = pairs["next_anyone_violent"] == 1, pairs["next_anyone_conciliatory"] == 1
        known = np.isfinite(pairs["next_anyone_violent"])
    else:
        violent, conciliatory = pairs["next_act"] == "violence", pairs["next_act"] == "conciliatory"
        known = (pairs["next_act"] != "none") & (pairs["adversaries"] == 1)
    acts = np.where(violent, VIOLENT, np.where(conciliatory, CONCILIATORY, OTHER))
    return np.asarray(np.where(known, acts, -1))
