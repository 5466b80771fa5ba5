"""The bibliography: BibTeX entries of every source that the model, its methods and its data rest on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from escalation.errors import StudyError
from escalation.world.near import near

__all__ = ["bibtex", "entries", "keys_in", "reference"]

_ACCENTS = {"'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303", "c": "\u0327", "v": "\u030c"}
"""Accents of TeX, and the marks that combine with a letter."""

_PLACES = ("journal", "booktitle", "publisher", "institution", "howpublished")


@cache
def entries() -> dict[str, str]:
    """BibTeX entry of every source, by its key.

    Examples
    --------
    >>> print(entries()["Sagan1993"].splitlines()[0])
    @book{Sagan1993,
    """
    text = (files("escalation") / "reports" / "bibliography.bib").read_text(encoding="utf-8")
    found = re.finditer(r"^@\w+\{(\w+),\n.*?^\}$", text, flags=re.MULTILINE | re.DOTALL)
    return {entry[1]: entry[0] for entry in found}


def bibtex(keys: Iterable[str]) -> str:
    """BibTeX entries of some sources, each once, in the order of their keys.

    Raises
    ------
    StudyError
        If the bibliography has no entry of that key.
    """
    known = entries()
    asked = sorted(set(keys))
    for key in asked:
        if key not in known:
            raise StudyError(f"no source {key!r} in the bibliography{near(key, known)}")
    return "\n\n".join(known[key] for key in asked)


def keys_in(text: str) -> tuple[str, ...]:
    """Keys that a docstring or description cites in brackets with an underscore, in order, each once.

    Examples
    --------
    >>> keys_in("Odds of war [Fearon1995]_, not of peace [Fearon1995]_, [Kydd2005]_.")
    ('Fearon1995', 'Kydd2005')
    """
    return tuple(dict.fromkeys(re.findall(r"\[([A-Z]\w*)\]_", text)))


def reference(key: str, *, mark: str = "") -> str:
    """Source in words: who, when, what and where.

    Parameters
    ----------
    key
        Its key.
    mark
        What stands on either side of the journal or publisher, to set it apart.

    Raises
    ------
    StudyError
        If the bibliography has no entry of that key.

    Examples
    --------
    >>> reference("Huth1988")
    'Huth, Paul K. (1988). Extended Deterrence and the Prevention of War. Yale University Press.'
    """
    found = re.findall(r"^\s*(\w+)\s*=\s*\{(.*)\},?\s*$", bibtex([key]), flags=re.MULTILINE)
    entry = {name: _without_tex(value) for name, value in found}
    who = entry.get("author", entry.get("editor", "")).replace(" and ", "; ")
    where = next((entry[name] for name in _PLACES if name in entry), "")
    volume = f" {entry['volume']}" if "volume" in entry else ""
    pages = f", {entry['pages']}" if "pages" in entry else ""
    place = f" {mark}{where}{mark}{volume}{pages}." if where else ""
    return f"{who} ({entry['year']}). {entry['title']}.{place}"


def _without_tex(value: str) -> str:
    r"""Text of a BibTeX field without its TeX.

    Examples
    --------
    >>> _without_tex(r"C{\'e}rou, Fr\'ed\'eric and {U.S.} Pacts, 7--48")
    'Cérou, Frédéric and U.S. Pacts, 7–48'
    """
    value = re.sub(
        r"\\(['`\"^~]|[cv](?=\{))\{?\\?(\w)\}?",
        lambda found: unicodedata.normalize("NFC", found[2] + _ACCENTS[found[1]]),
        value,
    )
    return re.sub(r"[{}]|\\(?=[&%])", "", value).replace("--", "–")
