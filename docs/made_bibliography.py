"""The bibliography as a page, so that citations in docstrings and pages have a target."""

from __future__ import annotations

import re
import unicodedata

from escalation.reports.bibliography import entries

__all__ = ["bibliography"]

ACCENTS = {"'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303", "c": "\u0327", "v": "\u030c"}
"""Accents of TeX, and the marks that combine with a letter."""

PLACES = ("journal", "booktitle", "publisher", "institution", "howpublished")


def plain(value: str) -> str:
    r"""Text of a BibTeX field without its TeX.

    Examples
    --------
    >>> plain(r"C{\'e}rou, Fr\'ed\'eric and {U.S.} Pacts, 7--48")
    'Cérou, Frédéric and U.S. Pacts, 7–48'
    """
    value = re.sub(
        r"\\(['`\"^~]|[cv](?=\{))\{?\\?(\w)\}?",
        lambda found: unicodedata.normalize("NFC", found[2] + ACCENTS[found[1]]),
        value,
    )
    return re.sub(r"[{}]|\\(?=[&%])", "", value).replace("--", "–")


def _fields(entry: str) -> dict[str, str]:
    found = re.findall(r"^\s*(\w+)\s*=\s*\{(.*)\},?\s*$", entry, flags=re.MULTILINE)
    return {name: plain(value) for name, value in found}


def _line(key: str, entry: dict[str, str]) -> str:
    who = entry.get("author", entry.get("editor", "")).replace(" and ", "; ")
    where = next((entry[name] for name in PLACES if name in entry), "")
    volume = f" {entry['volume']}" if "volume" in entry else ""
    pages = f", {entry['pages']}" if "pages" in entry else ""
    place = f" *{where}*{volume}{pages}." if where else ""
    return f".. [{key}] {who} ({entry['year']}). {entry['title']}.{place}"


def bibliography() -> str:
    """Write the page, in the order of the keys."""
    head = "Bibliography\n============\n\nDocstrings and pages cite these sources by their keys.\n\n"
    return head + "\n".join(_line(key, _fields(text)) for key, text in sorted(entries().items())) + "\n"
