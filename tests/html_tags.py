"""Tags of a page, whose nesting is checked on the way."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

__all__ = ["tags_of"]

_WITHOUT_END = ("br", "img", "meta")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, _: Any) -> None:
        self.seen.append(tag)
        if tag not in _WITHOUT_END:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _: Any) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags_of(page: str) -> list[str]:
    """Names of all tags, each of which is closed, and in order; none runs anything."""
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    assert not {"script", "iframe"} & set(tags.seen)
    return tags.seen
