"""Which loader a file of crisis data needs."""

from __future__ import annotations

from pathlib import Path

from escalation.data.crisis_actors import ADVICE, read_crisis_actors
from escalation.data.delimited import read_fields
from escalation.data.icb import is_icb, read_icb
from escalation.data.rows import Rows

__all__ = ["read_table"]

_JOINED = ("trigger", "response")
_OWN = ("triggr", "majres")
"""Columns by which a crisis-actor table and ICB's own file are told apart."""


def read_table(path: str | Path) -> Rows:
    """Read a crisis-actor table, or ICB's own actor-level file: its columns say which it is, or else its name.

    Raises
    ------
    StudyError
        If the file is not there or is not as it should be.
    """
    # By its name only where the columns do not tell, so that a fault of the file is told by the reader that was meant.
    own = is_icb(path)
    if Path(path).is_file():
        header = {name.lower() for name in read_fields(Path(path), (*_JOINED, *_OWN), ADVICE).header}
        own = header >= set(_OWN) or (own and not header >= set(_JOINED))
    return read_icb(path) if own else read_crisis_actors(path)
