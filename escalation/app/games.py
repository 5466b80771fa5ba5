"""All games of several chairs on a server: who may open one, how many there can be, and how one gets into them."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from escalation.app.doors import Doors
from escalation.app.shared import Chair, Facilitator, SharedGame
from escalation.app.table import Record
from escalation.errors import StudyError

__all__ = ["Games", "Opened"]

MOST_GAMES = 40
"""Games on a server."""
MOST_OF_ADDRESS = 6
"""Games that were opened from one address and are not closed."""
MOST_AN_HOUR = 20
"""Games that may be opened from one address in an hour."""
_UNUSED = 12 * 3600.0
"""Seconds after which an unused game may give way to a new one."""
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Opened:
    """A game that has just been opened.

    Parameters
    ----------
    key
        What a link calls it.
    code
        The facilitator's code.
    facilitator
        The facilitator's view.
    """

    key: str
    code: str
    facilitator: Facilitator


@dataclass(slots=True)
class _Kept:
    game: SharedGame
    address: str
    used: float


class Games:
    """All games of several chairs on a server. It may be used from several threads.

    Parameters
    ----------
    code
        What has to be given to open a game; empty where anybody may.
    clock
        Seconds that pass.
    """

    def __init__(self, *, code: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self._code, self._clock = code, clock
        self._doors = Doors(clock=clock)
        self._kept: dict[str, _Kept] = {}
        self._opened: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    @property
    def needs_code(self) -> bool:
        """Whether a code is needed to open a game."""
        return bool(self._code)

    def open(self, record: Record, *, address: str, code: str = "") -> Opened:
        """Open a game.

        Parameters
        ----------
        record
            What is played: a new game, or one that was saved.
        address
            Where the request comes from.
        code
            The server's code, where it needs one.

        Raises
        ------
        StudyError
            If the code is wrong, or there are too many games.
        StoreError
            If a saved game cannot be replayed.
        """
        if self._code:
            self._doors.find("", address, code, {"server": self._code})
        with self._lock:
            self._make_room(address)
        game = SharedGame(record)
        key = secrets.token_hex(8)
        with self._lock:
            self._make_room(address)
            now = self._clock()
            self._opened.setdefault(address, []).append(now)
            self._kept[key] = _Kept(game, address, now)
        return Opened(key, game.codes[""], game.facilitate())

    def enter(self, key: str, code: str, *, address: str, take_over: bool = False) -> Chair | Facilitator:
        """Enter a game, by a chair's code or the facilitator's.

        Parameters
        ----------
        key
            What the link calls the game.
        code
            The code.
        address
            Where the request comes from; from one that gave wrong codes, the next is waited for.
        take_over
            Whether to take a chair over from a browser that is at it now.

        Raises
        ------
        StudyError
            If there is no such game, the code is wrong, or the chair is taken.
        """
        game = self.find(key)
        actor = self._doors.find(key, address, code, game.codes)
        return game.sit(actor, take_over=take_over) if actor else game.facilitate()

    def find(self, key: str) -> SharedGame:
        """Game of a link.

        Raises
        ------
        StudyError
            If there is none, or no longer.
        """
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                kept.used = self._clock()
                return kept.game
        raise StudyError(
            "there is no game of this link; it was mistyped, or the server has ended since, or the game was closed and "
            "has given way to others. A saved game can be opened anew"
        )

    def _make_room(self, address: str) -> None:
        now = self._clock()
        self._opened = {
            place: recent
            for place, times in self._opened.items()
            if (recent := [each for each in times if now - each < _HOUR])
        }
        if len(self._opened.get(address, ())) >= MOST_AN_HOUR:
            raise StudyError(f"{MOST_AN_HOUR} games were opened from your address in an hour, the most allowed")
        own = [kept for kept in self._kept.values() if kept.address == address and not kept.game.closed]
        if len(own) >= MOST_OF_ADDRESS:
            raise StudyError(
                f"{MOST_OF_ADDRESS} games opened from your address are not closed, the most allowed; close one"
            )
        if len(self._kept) < MOST_GAMES:
            return
        useless = [key for key, kept in self._kept.items() if kept.game.closed or now - kept.used > _UNUSED]
        if not useless:
            raise StudyError(f"there are {MOST_GAMES} games on this server, the most allowed; try again later")
        del self._kept[min(useless, key=lambda key: self._kept[key].used)]
