"""Scenarios that are not of the library, kept while the server runs, so that a link to one can be opened again."""

from __future__ import annotations

import threading

from escalation.app.session import Session
from escalation.files import dumps, loads

__all__ = ["Shelf"]


class Shelf:
    """Scenarios as text, by their keys. Where there is no more room, those go first that were not used for longest.

    Parameters
    ----------
    most
        Most characters in all.
    """

    def __init__(self, most: int = 64 * 2**20) -> None:
        self._most, self._held = most, 0
        self._kept: dict[str, tuple[str, str]] = {}
        self._lock = threading.Lock()

    def keep(self, session: Session) -> None:
        """Keep the scenario of a session, unless it is of the library."""
        if session.of_library:
            return
        with self._lock:
            kept = self._kept.pop(session.key, None)
            if kept is None:
                kept = (session.origin, dumps(session.scenario))
                self._held += len(kept[1])
            self._kept[session.key] = kept
            while self._held > self._most:
                self._held -= len(self._kept.pop(next(iter(self._kept)))[1])

    def find(self, key: str) -> Session | None:
        """Session that begins with what was kept under a key, or None."""
        with self._lock:
            kept = self._kept.pop(key, None)
            if kept is None:
                return None
            self._kept[key] = kept
        origin, text = kept
        return Session(loads(text, file=origin), origin, key)
