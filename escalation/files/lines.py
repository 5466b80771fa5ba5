"""Lines of a TOML file on which its tables and keys stand."""

from __future__ import annotations

import re

from escalation.world.places import dotted

__all__ = ["line_of", "lines", "too_deep"]

_KEY = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]\]?[ \t]*$")
_ASSIGNMENT = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_STRING = r"\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'"
# Three quotes are tried before one, which would take the first two for an empty text. Before the closing three there
# may be two more that belong to the text.
_TOKEN = re.compile(r"\"\"\"(?:\\.|[^\\])*?\"\"\"+|'''.*?'''+|(?P<kept>" + _STRING + r")|#[^\n]*", re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
# Possessive (`++`), since a search that steps back would go through a megabyte of letters once for each of them.
_WHOLE = r"(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
_DOTS = re.compile(rf"(?<![A-Za-z0-9_-]){_WHOLE}(?:[ \t]*+\.[ \t]*+{_WHOLE})+")


def too_deep(text: str, most: int) -> int | None:
    r"""Line of the first key of a TOML text that joins more than so many by dots; it reads leniently.

    Examples
    --------
    >>> too_deep("[actors.usa]\na.b.c = 0.5\n# a.b.c.d\nnote = 'e.f.g.h'\n", 2)
    2
    """
    text = _TOKEN.sub(lambda token: '""' if token["kept"] is not None else _without_content(token), text)
    deep = next((found for found in _DOTS.finditer(text) if found[0].count(".") >= most), None)
    return None if deep is None else text.count("\n", 0, deep.start()) + 1


def lines(text: str) -> dict[str, int]:
    r"""Lines of the tables and keys of a TOML text, by dotted place.

    It reads leniently: what it cannot make out is left out, and it never fails.

    Examples
    --------
    >>> lines("horizon = 90\n\n[actors.usa]\nhonesty = 0.7\n")
    {'horizon': 1, 'actors': 3, 'actors.usa': 3, 'actors.usa.honesty': 4}
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table: list[str] = []
    depth = 0
    # Lines end in CR LF where a file was saved on Windows; a header must end where its line does.
    text = text.replace("\r\n", "\n")
    for number, line in enumerate(_TOKEN.sub(_without_content, text).split("\n"), start=1):
        if not line:
            continue
        if depth == 0:
            if header := _HEADER.match(line):
                table = _resolve(_keys(header[2]), counts, opens=header[1] == "[[")
                _note(found, table, number)
            elif assignment := _ASSIGNMENT.match(line):
                _note(found, [*table, *_keys(assignment[1])], number)
        if _BRACKET.search(line):
            bare = re.sub(_STRING, "", line)
            depth = max(0, depth + sum(map(bare.count, "[{")) - sum(map(bare.count, "]}")))
    return found


def _without_content(token: re.Match[str]) -> str:
    """Drop comments and the content of strings of several lines, but keep the line breaks."""
    if token["kept"] is not None:
        return token[0]
    return "" if token[0].startswith("#") else '""' + "\n" * token[0].count("\n")


def _keys(text: str) -> list[str]:
    return [key[1:-1] if key[0] in "\"'" else key for key in re.findall(_KEY, text)]


def _resolve(keys: list[str], counts: dict[str, int], *, opens: bool) -> list[str]:
    """Path of a header, with the position of each entry of an array of tables."""
    path: list[str] = []
    for depth, key in enumerate(keys, start=1):
        path.append(key)
        place = dotted(path)
        if opens and depth == len(keys):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            path.append(str(counts[place]))
    return path


def _note(found: dict[str, int], path: list[str], number: int) -> None:
    """Note the line of a place, and of the tables around it where they had none."""
    for length in range(1, len(path) + 1):
        found.setdefault(dotted(path[:length]), number)


def line_of(place: str, known: dict[str, int]) -> int | None:
    """Line of a place, or of the nearest table around it."""
    while place and place not in known:
        place = place.rpartition(".")[0]
    return known.get(place)
