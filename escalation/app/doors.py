"""Doors: codes that let people in, and how wrong ones are slowed down. It knows nothing of games or pages."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Hashable, Mapping

from escalation.errors import StudyError

__all__ = ["Doors", "new_code", "same_code"]

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that looks like another, or like a digit."""
_LONGEST_WAIT = 300.0
_FREE_OF_ALL = 30
"""Wrong codes at one door, from everywhere together, after which all wait."""
_LONGEST_WAIT_OF_ALL = 5.0
_FORGOTTEN = 3600.0


def new_code() -> str:
    """A code of eight letters and digits, of 40 bits, in two groups.

    Examples
    --------
    >>> len(new_code())
    9
    """
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def same_code(given: str, code: str) -> bool:
    """Whether a code is the right one, in a time that does not tell how much of it is.

    Examples
    --------
    >>> same_code(" ABCD2345 ", "abcd-2345"), same_code("abcd-2346", "abcd-2345")
    (True, False)
    """
    return secrets.compare_digest(_plain(given), _plain(code))


def _plain(code: str) -> bytes:
    return "".join(code[:100].lower().replace("-", "").split()).encode()


class Doors:
    """Remembers who gave wrong codes where, and has them wait, each time twice as long.

    It may be used from several threads.

    Parameters
    ----------
    most
        Most addresses that are remembered; beyond that, those go first that were there first.
    clock
        Seconds that pass.
    """

    def __init__(self, *, most: int = 10_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._wrong: dict[tuple[Hashable, Hashable], tuple[int, float]] = {}
        self._lock = threading.Lock()

    def find(self, door: Hashable, address: Hashable, given: str, codes: Mapping[str, str]) -> str:
        """Name of the code that was given.

        Parameters
        ----------
        door
            What the codes open.
        address
            Where the code comes from.
        given
            The code.
        codes
            The right ones, by name; all of them are looked at.

        Raises
        ------
        StudyError
            If none is the right one, or another has to be waited for.
        """
        own, everybody = (door, address), (door, None)
        with self._lock:
            now = self._clock()
            until = max(self._until(own), self._until(everybody))
            if until > now:
                raise StudyError(f"there were wrong codes before; wait {_seconds(until - now)} and try again")
            found = [name for name, code in codes.items() if same_code(given, code)]
            if found:
                self._wrong.pop(own, None)
                return found[0]
            wait = self._note(own, now, free=0, longest=_LONGEST_WAIT)
            wait = max(wait, self._note(everybody, now, free=_FREE_OF_ALL, longest=_LONGEST_WAIT_OF_ALL))
        raise StudyError(f"this code opens nothing here; wait {_seconds(wait)} before you try another")

    def _until(self, key: tuple[Hashable, Hashable]) -> float:
        return self._wrong.get(key, (0, 0.0))[1]

    def _note(self, key: tuple[Hashable, Hashable], now: float, *, free: int, longest: float) -> float:
        """Note a wrong code, and return the wait that follows."""
        count, until = self._wrong.pop(key, (0, 0.0))
        count = 1 if now - until > _FORGOTTEN else count + 1
        wait = min(2.0 ** min(count - free - 1, 20), longest) if count > free else 0.0
        self._wrong[key] = (count, now + wait)
        while len(self._wrong) > self._most:
            self._wrong.pop(next(iter(self._wrong)))
        return wait


def _seconds(wait: float) -> str:
    whole = max(1, round(wait + 0.49))
    return f"{whole} second{'' if whole == 1 else 's'}"
