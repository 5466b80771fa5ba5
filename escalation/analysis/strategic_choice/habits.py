"""Habits of R and of word processors in formulas, and what to write here."""

from __future__ import annotations

import re

import numpy as np

__all__ = ["for_function", "for_text"]

_STRINGS = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`")
_CALL = re.compile(r"([\w.]+)\s*\(\s*(`[^`]*`|[\w.]*)")
_INNERMOST = re.compile(r"[\w.]+\([^()]*\)|\{[^{}]*\}")

_FUNCTIONS = {
    "as.factor": "categories are written C({})",
    "as.numeric": "a column of numbers is named alone: {}",
    "relevel": "the category to compare with is said by C({}, Treatment('name'))",
    "ifelse": "a condition is written I({} > 0), 1 where it holds and 0 elsewhere",
    "cut": "make classes of {} in the table, and name their column here",
    "ns": "a spline is written cr({}, df=3) or bs({}, df=3)",
    "offset": "there are no offsets: every term has a coefficient",
}
_ALIKE = {
    "as.factor": ("factor", "as.character", "ordered", "as.ordered", "as_factor"),
    "as.numeric": ("as.integer", "as.double", "as.logical", "as.vector", "float", "int"),
    "ifelse": ("if_else", "case_when"),
    "ns": ("s", "te", "spline"),
}
_BY_NAME = _FUNCTIONS | {alike: _FUNCTIONS[name] for name, others in _ALIKE.items() for alike in others}
_SIGNS = (
    (r"\$", "name the column alone, without its table and $"),
    (r"\b(?:TRUE|FALSE|NULL|NA)\b", "Python writes True, False and None"),
    (r"%in%", "an interaction is written a:b; whether a value is one of several, I(a.isin(['x', 'y']))"),
    (r"%", "the rest of a division is written I(a % b)"),
    (r"~", "write what follows ~ alone; outcome= says what is explained"),
    (r"\|", "each utility has a formula of its own, as u1_sq='a' and u1_war='b'; 'or' is written I((a > 0) | (b > 0))"),
    (r"&", "an interaction is written a:b; 'and' is written I((a > 0) & (b > 0))"),
    (r"[<>]|[=!]=", "a condition is written within I(), as I(a > 0)"),
    (r"=", "it is terms joined by +, and sets nothing"),
    (r"\^", "a number is raised to a power by I(a**2)"),
    (r"[²³]", "a number is raised to a power by I(a**2)"),
    (r"[–—−]", "this is a dash; the minus is the keyboard's -"),
    (r"[\u2018\u2019\u201c\u201d]", "these quotes are a word processor's; write ' or \""),
    (r"[×·]", "an interaction is written a:b, and a product of numbers I(a * b)"),
    (r"[,;]", "terms are joined by +, as in 'a + b'"),
    (r"(?<![\w.)])\.(?![\w.])", "a point does not stand for all columns; name each"),
    (r"(?<![\w.])[0-9.]+\s*/", "a ratio of numbers is written I(1 / a)"),
)


def for_function(name: str, argument: str = "") -> str | None:
    """What to write in place of a function that is not known here; None where that is not known either.

    Examples
    --------
    >>> for_function("as.factor", "regime"), for_function("sqrt", "distance")
    ('categories are written C(regime)', 'write np.sqrt(distance)')
    """
    argument = argument or "a"
    if name in _BY_NAME:
        return _BY_NAME[name].replace("{}", argument)
    return f"write np.{name}({argument})" if hasattr(np, name) else None


def for_text(formula: str) -> str | None:
    """What to write in place of the first habit in a formula that cannot be read; None where there is none.

    Examples
    --------
    >>> for_text("balance + as.factor(regime)")
    'categories are written C(regime)'
    >>> for_text("y ~ balance")
    'write what follows ~ alone; outcome= says what is explained'
    """
    for name, argument in _CALL.findall(formula):
        if name in _BY_NAME:
            return for_function(name, argument)
    bare, before = _STRINGS.sub("a", formula), ""
    while bare != before:  # what stands in calls and braces is Python's
        bare, before = _INNERMOST.sub("a", bare), bare
    return next((words for pattern, words in _SIGNS if re.search(pattern, bare)), None)
