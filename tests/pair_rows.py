"""Synthetic signal pairs: made here, of no real crisis."""

from __future__ import annotations

from typing import Any

import numpy as np

from escalation.data.rows import Rows
from escalation.data.signal_pairs import PREVIOUS, RECEIVED


def pair_columns(n: int, *, seed: int = 0) -> dict[str, Any]:
    """Columns of a file of `n` pairs, ten to a crisis, drawn at random."""
    rng = np.random.default_rng(seed)
    acts = rng.choice(["none", "conciliatory", "neutral_verbal", "violence"], n, p=[0.1, 0.3, 0.4, 0.2])
    return {
        "crisno": np.arange(n) // 10 + 1.0,
        "year": 1950.0 + np.arange(n) // 10 % 40,
        "adversaries": rng.integers(0, 2, n).astype(float),
        "received": rng.choice(np.array(RECEIVED), n),
        "phase": rng.integers(0, 3, n).astype(float),
        "recent_violence": rng.integers(0, 2, n).astype(float),
        "receiver_previous": rng.choice(np.array(PREVIOUS), n),
        "next_act": acts,
        "next_anyone_violent": np.where(rng.uniform(size=n) < 0.1, np.nan, (acts == "violence").astype(float)),
        "next_anyone_conciliatory": (acts == "conciliatory").astype(float),
    }


def pair_rows(n: int = 2000, *, seed: int = 0, **changed: Any) -> Rows:
    """Pairs with some columns changed."""
    return Rows(pair_columns(n, seed=seed) | changed, "synthetic", "none")
