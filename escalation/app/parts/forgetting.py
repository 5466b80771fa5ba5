"""A renderer that forgets the elements that it has drawn, so that a page can stay open for hours."""

from __future__ import annotations

import solara
from reacton.core import get_render_context

__all__ = ["use_forgetting"]


class _Forgetting(set[int]):
    """A set that keeps nothing."""

    def add(self, element: int, /) -> None:
        """Forget a number at once."""


def use_forgetting() -> None:
    """Let the renderer of a visitor's page forget which elements it has drawn before.

    Reacton notes a number for every element of every drawing, until the page is closed: it words one error by them,
    about a widget of an element of an earlier drawing, for which this page never asks. Each step through a run draws
    some eighty elements, so the numbers of thirty visitors come to 2 MiB a minute.
    """

    def forget() -> None:
        get_render_context()._old_element_ids = _Forgetting()

    solara.use_memo(forget, [])
