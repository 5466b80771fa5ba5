"""Slips in numbers, dates and names: what is meant by a text written as a spreadsheet or a word processor writes."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress

__all__ = ["for_date", "for_name", "for_number", "tidied"]

_LONGEST = 60
_BLANKS = re.compile("[\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_DIGITS = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"


def tidied(text: str) -> str:
    r"""Text with plain spaces and hyphens where a word processor put others.

    Examples
    --------
    >>> tidied("\u22120.5\u00a0")
    '-0.5'
    """
    return _DASHES.sub("-", _BLANKS.sub(" ", text)).strip()


def _decimal(number: float) -> str:
    return f"{number:.15g}"


def _thousands(found: re.Match[str]) -> str:
    return f"{re.sub(r'[^0-9+-]', '', found[1])}{'.' + found[3] if found[3] else ''}, without marks between thousands"


_NUMBERS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (rf"({_DIGITS}|[+-]?[0-9]+,[0-9]+) ?%", lambda m: f"{_decimal(float(m[1].replace(',', '.')) / 100)} for {m[0]}"),
    (r"([+-]?[1-9][0-9]{0,2}),([0-9]{3})", lambda m: f"{m[1]}{m[2]}, or {m[1]}.{m[2]} if the comma is decimal"),
    (r"([+-]?[0-9]+),([0-9]+)", lambda m: f"{m[1]}.{m[2]}, with a decimal point"),
    (r"([+-]?[1-9][0-9]{0,2}(?:([,.' ])[0-9]{3})(?:\2[0-9]{3})+)(?:[.,]([0-9]+))?", _thousands),
    (r"([+-]?[1-9][0-9]{0,2}(?:([,.' ])[0-9]{3}))(?:[.,]([0-9]+))", _thousands),
    (r"([+-]?[1-9][0-9]{0,2}([' ])[0-9]{3})()", _thousands),
    (r"([+-]?)(\.[0-9]+)", lambda m: f"{m[1]}0{m[2]}, with a digit before the point"),
    (r"([+-]?[0-9]+)\.", lambda m: f"{m[1]}.0, with a digit behind the point"),
    (r"([+-]?)0+([0-9]+(?:\.[0-9]+)?)", lambda m: f"{m[1]}{m[2]}, without the zeros before it"),
    (r"([0-9]+) ?/ ?([1-9][0-9]*)", lambda m: f"{_decimal(int(m[1]) / int(m[2]))}, as a decimal number"),
    (rf"({_DIGITS}) ?(?:[A-Za-z]{{2,}}|[dhw€$£])", lambda m: f"{m[1]}, without a unit"),
    (rf"[~≈<>≤≥$€£] ?({_DIGITS})", lambda m: f"{m[1]} alone"),
)


def for_number(text: str) -> str | None:
    """What to write for a text that means a number; None where it means none.

    Examples
    --------
    >>> for_number("0,5"), for_number("70 %"), for_number("many")
    ('write 0.5, with a decimal point', 'write 0.7 for 70 %', None)
    """
    if len(text) <= _LONGEST:
        bare = tidied(text).replace("\u2019", "'")
        if re.fullmatch(rf"{_DIGITS}(?:[eE][+-]?[0-9]+)?", bare) and not re.match("[+-]?0[0-9]", bare):
            return f"write {bare}, {'without quotes' if bare == text else 'in plain characters'}"
        for pattern, words in _NUMBERS:
            if found := re.fullmatch(pattern, bare):
                return f"write {words(found)}"
    return None


def for_date(text: str) -> str | None:
    """What is wrong with a text that means a date of another form, or none of the calendar; None where it means none.

    Examples
    --------
    >>> for_date("2000/01/05")
    "'2000/01/05' is no date as files write it: write 2000-01-05"
    >>> for_date("2000-13-01")
    "'2000-13-01' is no date of the calendar; year, month and day are written as in 2024-07-31"
    """
    bare = tidied(text)
    parts = re.fullmatch(r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})(?:[T ].*)?", bare)
    if parts is not None:
        with suppress(ValueError):
            meant = datetime.date(int(parts[1]), int(parts[3]), int(parts[4]))
            return f"{text!r} is no date as files write it: write {meant.isoformat()}"
        return f"{text!r} is no date of the calendar; year, month and day are written as in 2024-07-31"
    others = (
        r"[0-9]{1,2}([-/. ])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})",
        rf"[0-9]{{1,2}}(?:st|nd|rd|th|\.)?[- ]?{_MONTH}[-,. ]*[0-9]{{2,4}}",
        rf"{_MONTH}[-,. ]*[0-9]{{1,2}}(?:st|nd|rd|th)?[-,. ]+[0-9]{{2,4}}",
        rf"[0-9]{{4}}[-,. ]?{_MONTH}[-,. ]*[0-9]{{1,2}}",
        r"[0-9]{4}-[0-9]{1,2}",
    )
    if any(re.fullmatch(other, bare) for other in others):
        return f"{text!r} is no date as files write it: the year comes first, as in 2024-07-31"
    return None


def for_name(text: str, *, hyphens: bool) -> str | None:
    """Nearest id to a name with capitals, accents, blanks or dashes; None where nothing is left of it.

    Examples
    --------
    >>> for_name("North Korea", hyphens=False), for_name("Protégé one", hyphens=True)
    ('north_korea', 'protege_one')
    """
    plain = unicodedata.normalize("NFKD", tidied(text)[:_LONGEST]).encode("ascii", "ignore").decode().lower()
    kept = re.sub(r"[^a-z0-9-]+" if hyphens else r"[^a-z0-9]+", "_", plain).strip("_-")
    return kept.lstrip("0123456789_") or None if not hyphens else kept or None
