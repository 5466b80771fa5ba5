"""Pages are written in sentences that can be read aloud: few words each, and none without end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import made
import pytest

ROOT = Path(__file__).parents[2]
NOT_WRITTEN = {"_build", "gallery", "generated", *made.PAGES}
"""Made from the code when the documentation is built."""

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [page for page in PAGES if not NOT_WRITTEN & set(page.parts)] + sorted((ROOT / "examples").glob("*.py"))

MEAN, MOST = 20.0, 45
"""Words of a sentence: on average on a page, which is less than the first; and at most the second."""

_BLOCK = re.compile(r"^ *(```|:::).*?^ *\1[`:]*$|<!--.*?-->|^\$\$.*?\$\$$", re.MULTILINE | re.DOTALL)
_ITEM = re.compile(r"(?:[-*+]|\d+\.|>|:)\s+")
_ONE_WORD = re.compile(r"`[^`]*`|\$[^$]+\$")
_NO_WORD = re.compile(r"!\[[^]]*]\([^)]*\)|\[[A-Z]\w*\d{4}]_")
_LINK = re.compile(r"\[([^]]*)]\([^)]*\)")
_END = re.compile(r"(?<=[.!?])[\"”')*]*\s+")


def paragraphs(text: str) -> Iterator[str]:
    """Paragraphs and items of lists, each on a line; no code, formulas, tables or headings."""
    now: list[str] = []
    for line in [*_BLOCK.sub("\n\n", text).splitlines(), ""]:
        bare = line.strip()
        begins = bool(_ITEM.match(bare))
        if now and (begins or not bare or bare.startswith(("#", "|"))):
            yield " ".join(now)
            now = []
        if bare and not bare.startswith(("#", "|")) and (now or begins or not line.startswith("    ")):
            now.append(_ITEM.sub("", bare, count=1) if begins else bare)


def sentences(text: str) -> list[str]:
    """Sentences of the prose of a page."""
    plain = (_LINK.sub(r"\1", _NO_WORD.sub("", _ONE_WORD.sub("code", each))) for each in paragraphs(text))
    return [sentence for each in plain for sentence in _END.split(each) if words(sentence)]


def words(sentence: str) -> int:
    """Number of words: what has a letter in it."""
    return len(re.findall(r"[^\W\d_][\w’'-]*", sentence))


def lesson(code: str) -> str:
    """What a lesson says: its docstring and the remarks that become its page."""
    cells = re.findall(r"^# %%\n((?:#.*\n)+)", code, re.MULTILINE)
    said = [code.split('"""')[1], *(re.sub(r"^# ?", "", cell, flags=re.MULTILINE) for cell in cells)]
    return re.sub(r"^.+\n([=-])\1+$", "", "\n\n".join(said), flags=re.MULTILINE).replace("``", "`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_sentences_are_short(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    keep_short(text if page.suffix == ".md" else lesson(text))


@pytest.mark.parametrize("name", [name for name in made.PAGES if name.endswith(".md")])
def test_sentences_of_pages_that_are_made_are_short(name: str) -> None:
    keep_short(made.PAGES[name]())


def keep_short(text: str) -> None:
    found = sentences(text)
    assert [sentence for sentence in found if words(sentence) > MOST] == []
    assert sum(map(words, found)) / max(len(found), 1) < MEAN


def test_a_lesson_is_its_docstring_and_its_remarks() -> None:
    code = '"""\nTitle\n=====\n\nOne two.\n"""\n\n# %%\n# Head\n# ----\n# Three ``a b`` four\n# five.\n\nx = 1  # six\n'
    assert sentences(lesson(code)) == ["One two.", "Three code four five."]


def test_only_prose_is_counted() -> None:
    page = """# A heading

One two `three words here` [four](https://a.org/b) five [Wilson1927]_. Is this another, of
two lines? "Yes." He is.

- an item, 0.5 of 10
  that goes on
- another

| a | table |
|---|---|

    code without a fence

```text
code with one
```

<!-- a remark that nobody
sees -->

> A quotation $x + y$ here.
"""
    counted = [words(sentence) for sentence in sentences(page)]
    assert counted == [5, 6, 1, 2, 6, 1, 4]
