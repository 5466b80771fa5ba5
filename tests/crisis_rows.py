"""Synthetic crisis-actor rows: made here, by no real crisis; and where the shared rows are, if they are."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import numpy as np

from escalation.data.crisis_actors import checked
from escalation.data.rows import Rows

SHARED = Path(os.environ.get("ESCALATION_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))


def columns(n: int, *, seed: int = 0) -> dict[str, Any]:
    """Columns of a file of `n` rows, two to a crisis, drawn at random; days count as ICB counts them, from 1."""
    rng = np.random.default_rng(seed)
    return {
        "crisno": np.arange(n) // 2 + 1.0,
        "cracno": np.arange(n) + 1.0,
        "year": 1950.0 + np.arange(n) // 2 % 40,
        "trigger": rng.integers(2, 10, n).astype(float),
        "trig_entity": rng.choice(["state", "nonstate", "internal", "multistate"], n, p=[0.7, 0.2, 0.05, 0.05]),
        "trig_internal": rng.integers(0, 2, n).astype(float),
        "cap_share": rng.uniform(0.02, 0.98, n),
        "n_defpact": rng.integers(0, 3, n).astype(float),
        "adv_n_defpact": rng.integers(0, 3, n).astype(float),
        "nuc_list": rng.integers(0, 2, n).astype(float),
        "adv_nuc": rng.integers(0, 2, n).astype(float),
        "regime": rng.integers(1, 6, n).astype(float),
        "adv_polity2": rng.integers(-10, 11, n).astype(float),
        "rivalry_tss": rng.integers(0, 2, n).astype(float),
        "prior5": rng.integers(0, 3, n).astype(float),
        "actor_prior10": rng.integers(0, 5, n).astype(float),
        "iwc": np.where(rng.uniform(size=n) < 0.15, 7.0, 1.0),
        "response": rng.integers(1, 10, n).astype(float),
        "viol_actor": np.repeat(rng.integers(1, 5, (n + 1) // 2), 2)[:n].astype(float),
        "resp_days": np.ceil(rng.lognormal(1.8, 1.4, n)),
        "dur_days": np.ceil(rng.lognormal(4.3, 1.3, n)),
    }


def crisis_rows(n: int = 120, *, seed: int = 0, **changed: Any) -> Rows:
    """Rows with some columns changed; days are elapsed days, from 0."""
    made = columns(n, seed=seed)
    made |= {name: made[name] - 1.0 for name in ("resp_days", "dur_days")}
    return checked(Rows(made | changed, "synthetic", "none"))


def write(path: Path, table: dict[str, Any]) -> Path:
    """Write columns as a CSV file."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table)
        writer.writerows(zip(*(list(column) for column in table.values()), strict=True))
    return path
