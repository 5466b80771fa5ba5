"""Draws a part of the page anew whenever a game for several changes, by whomever."""

from __future__ import annotations

import threading
from collections.abc import Callable

import solara

__all__ = ["use_changes"]


def use_changes(wait: Callable[[int, float], int]) -> int:
    """Number of changes of a game, drawn anew whenever there is one."""
    version, set_version = solara.use_state(-1)

    def follow() -> Callable[[], None]:
        gone = threading.Event()

        def look() -> None:
            seen = wait(-1, 0.0)
            set_version(seen)
            while not gone.is_set():
                now = wait(seen, 1.0)
                if now != seen and not gone.is_set():
                    seen = now
                    set_version(now)

        threading.Thread(target=look, daemon=True).start()
        return gone.set

    solara.use_effect(follow, [])
    return int(version)
