"""Texts of scenario files that have come to harm: cut, doubled, swapped, with numbers and marks out of place."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from escalation.files import library_names
from escalation.files.names import library_text

__all__ = ["damaged", "fragments"]

MOST = 65_536
"""Bytes of a damaged file at most; larger ones are tried by themselves."""

NUMBER = re.compile(r"(?<![\w.-])-?\d[\d_]*(?:\.\d+)?(?:e-?\d+)?(?![\w-])")
QUOTED = re.compile(r'"[^"\n]*"')
PIECES = (
    "\n", " ", "=", ".", ",", "[", "]", "[[", "]]", "{", "}", "{}", "[]", '"', "'", '"""', "'''", "#", "\\", "\\u0000",
    "\\uD800", "\\U00110000", "\x00", "\x1b[2J", "\x7f", "\r", "\r\n", "\ufeff", "\u2028", "ä", "\U0001f600",
    "nan", "-nan", "inf", "-inf", "1e999", "-1e999", "1e-999", "0x", "0x" + "f" * 5_000, "9" * 4_301,
    "9" * 400, "1_0", "_1",
    "0.0", "-0.0", "1.", ".5", "true", "false", "2024-02-30", "0001-01-01", "9999-12-31", "12:00:00",
    "2024-01-01T00:00:00Z", "2024-01-01 00:00:00", "[actors]", "[actors.a]", "[[actors]]", "[fronts.a-b]",
    "[[observed]]",
    "[rules]", "[a.b.c]", "a.b.c = 1", "horizon = 3650", "period = 0.05", "name = 1", "fit = 1", "ladder = 'kahn-44'",
    "[" * 300, "{a=" * 300, "a." * 300, "k" * 3_000, "x = '''", 'x = """', "id = 'a'",
)  # fmt: skip
"""What TOML, or a terminal, or arithmetic may stumble over."""


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file of the library after one to six mishaps."""
    text = library_text(draw(st.sampled_from(library_names()))).decode()
    for _ in range(draw(st.integers(1, 6))):
        text = draw(st.sampled_from(MISHAPS))(draw, text)[:MOST]
    content = text.encode()
    if content and draw(st.integers(0, 19)) == 0:
        place = draw(st.integers(0, len(content) - 1))
        content = content[:place] + bytes([draw(st.integers(0, 255))]) + content[place + 1 :]
    return content


def _span(draw: st.DrawFn, text: str, longest: int) -> tuple[int, int]:
    start = draw(st.integers(0, len(text)))
    return start, min(len(text), start + draw(st.integers(0, longest)))


def _cut(draw: st.DrawFn, text: str) -> str:
    start, stop = _span(draw, text, 200)
    return text[:start] + text[stop:]


def _insert(draw: st.DrawFn, text: str) -> str:
    start, _ = _span(draw, text, 0)
    return text[:start] + draw(st.sampled_from(PIECES) | st.text(max_size=10)) + text[start:]


def _repeat(draw: st.DrawFn, text: str) -> str:
    start, stop = _span(draw, text, 400)
    return text[:start] + text[start:stop] * draw(st.integers(2, 40)) + text[stop:]


def _move(draw: st.DrawFn, text: str) -> str:
    start, stop = _span(draw, text, 400)
    rest = text[:start] + text[stop:]
    place = draw(st.integers(0, len(rest)))
    return rest[:place] + text[start:stop] + rest[place:]


def _swap_lines(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _replace(draw: st.DrawFn, text: str, pattern: re.Pattern[str], values: st.SearchStrategy[str]) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    place = found[draw(st.integers(0, len(found) - 1))]
    return text[: place.start()] + draw(values) + text[place.end() :]


def _other_number(draw: st.DrawFn, text: str) -> str:
    edges = st.sampled_from([piece for piece in PIECES if re.match(r"[-\d]|nan|inf|true", piece)])
    return _replace(draw, text, NUMBER, edges | st.floats().map(repr) | st.integers().map(str))


def _other_word(draw: st.DrawFn, text: str) -> str:
    words = st.sampled_from(sorted(set(QUOTED.findall(text))) or ['""'])
    return _replace(draw, text, QUOTED, words | st.sampled_from(['""', "[]", "{}", "1", "''' '''", '"\\u001b[31m"']))


MISHAPS = (_cut, _insert, _repeat, _move, _swap_lines, _other_number, _other_word)


def fragments() -> st.SearchStrategy[bytes]:
    """Bytes of which some are pieces of TOML."""
    pieces = st.sampled_from([piece.encode() for piece in PIECES]) | st.binary(max_size=8)
    return st.binary(max_size=2_000) | st.lists(pieces, max_size=40).map(b"".join)
