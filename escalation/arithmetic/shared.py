"""The marker of functions that both engines run.

A shared function is plain scalar Python. Called from Python it runs as it is written, step by step in a
debugger; called from the compiled engine it is machine code. So that both give the same bits it uses `math`,
``+ - * /``, explicit sums and loops, and neither numpy's functions nor constant powers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

__all__ = ["MARKED", "in_turn", "inlined", "shared"]

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")


class Link(Protocol):
    """What lets machine code call a shared function, and says whether it is copied into its callers."""

    def __call__(self, function: Callable[..., object], *, inlined: bool = False) -> None: ...


class _Marked:
    """Functions that are marked: they wait until a compiler is needed, which most processes never do."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[..., object], bool]] = []
        self._link: Link | None = None

    def add(self, function: Callable[..., object], *, inlined: bool) -> None:
        """Note a function, or give it to the compiler if that is there."""
        if self._link is None:
            self._waiting.append((function, inlined))
        else:
            self._link(function, inlined=inlined)

    def give_to(self, link: Link) -> None:
        """Give the compiler all functions that were marked, and those that will be."""
        for function, inlined in self._waiting:
            link(function, inlined=inlined)
        self._waiting, self._link = [], link


MARKED = _Marked()
"""All functions that both engines run."""


def shared(function: F) -> F:
    """Mark a function as shared by the readable and the compiled engine."""
    MARKED.add(function, inlined=False)
    return function


def inlined(function: F) -> F:
    """Mark a shared function that machine code copies into its callers.

    For what stands in an inner loop and has few callers: there the compiler works out once what is the same each time.
    """
    MARKED.add(function, inlined=True)
    return function


def in_turn(steps: Sequence[Callable[[T], None]]) -> Callable[[T], None]:
    """Shared function that calls some shared functions one after the other, with the same argument.

    Machine code cannot go through a tuple of functions. So the list is folded: each function of the chain calls one
    step and then the rest of the chain, and the compiler copies the chain into one function.

    Parameters
    ----------
    steps
        Functions marked `shared`, at least one.

    Examples
    --------
    >>> @shared
    ... def once(row: list[float]) -> None:
    ...     row[0] += 1.0
    >>> @shared
    ... def doubled(row: list[float]) -> None:
    ...     row[0] *= 2.0
    >>> row = [0.5]
    >>> in_turn([once, doubled, once])(row)
    >>> row
    [4.0]
    """
    first, *others = steps
    if not others:
        return first
    rest = in_turn(others)

    @inlined
    def chained(argument: T) -> None:
        first(argument)
        rest(argument)

    return chained
