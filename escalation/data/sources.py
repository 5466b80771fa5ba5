"""Which loader a file of crisis data needs."""

from __future__ import annotations

from pathlib import Path

from escalation.data.crisis_actors import read_crisis_actors
from escalation.data.icb import read_icb
from escalation.data.rows import Rows

__all__ = ["read_table"]


def read_table(path: str | Path) -> Rows:
    """Read a crisis-actor table, or ICB's own actor-level file where the name begins with ``icb2v``.

    Raises
    ------
    StudyError
        If the file is not there or is not as it should be.
    """
    return read_icb(path) if Path(path).name.lower().startswith("icb2v") else read_crisis_actors(path)
