"""The bibliography: BibTeX entries of every source that the model, its methods and its data rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from escalation.errors import StudyError
from escalation.world.near import near

__all__ = ["bibtex", "entries", "keys_in"]


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
