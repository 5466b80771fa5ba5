"""Which loader a file of crisis data needs."""

from __future__ import annotations

from pathlib import Path

from escalation.data.crisis_actors import read_crisis_actors
from escalation.data.icb import is_icb, read_icb
from escalation.data.rows import Rows

__all__ = ["read_table"]


def read_table(path: str | Path) -> Rows:
    """Read a crisis-actor table, or ICB's own actor-level file where its name says so, as ``icb2v15.csv`` does.

    Raises
    ------
    StudyError
        If the file is not there or is not as it should be.
    """
    return read_icb(path) if is_icb(path) else read_crisis_actors(path)
