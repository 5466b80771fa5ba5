"""Formulas: read, and checked against the columns of a table, so that whatever is wrong is said in words."""

from __future__ import annotations

import ast
import re
import warnings
from itertools import count
from typing import TYPE_CHECKING, Any

from escalation.analysis.strategic_choice.habits import for_function, for_text
from escalation.analysis.strategic_choice.table import check_columns
from escalation.errors import StudyError
from escalation.world.near import near, short

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["alone", "columns_of", "parsed", "reason", "shown", "the_formulaic"]

MOST_CROSSED = 4
"""Greatest power of a sum: crossing many terms with themselves many times never ends."""
MOST_CHARACTERS = 10_000
_MARKED = re.compile(r"`([^`]*)`")
_LONGEST_SHOWN = 400
_MARK = "_marked_"
_STRINGS = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")


_PLAIN = (
    (r"Numeric literals", "each term has a coefficient already, so a number scales nothing; name the column alone"),
    (r"String literals", "a column is named without quotes, or in backticks"),
    (r"Missing operator between (.*)", r"nothing joins \1; + joins terms, and a name of several words needs backticks"),
    (r"Operator (`.*`) has insuf", r"something is missing beside \1"),
    (r"Formula ended before .*Expected: (.)", r"\1 is missing"),
    (r"Could not find matching", "a bracket is closed that was not opened"),
    (r"Unable to evaluate factor .*\[\w+: (.*)\]$", r"\1"),
)
"""What formulaic says, in plainer words."""


def the_formulaic() -> Any:
    """Import formulaic.

    Raises
    ------
    StudyError
        If it is not installed.
    """
    try:
        import formulaic
    except ImportError:
        raise StudyError(
            "formulas of the strategic choice model need formulaic: pip install '.[estimate]' in a clone's folder"
        ) from None
    return formulaic


def shown(text: str) -> str:
    """Formula as messages show it: whole, unless it is longer than anybody reads."""
    return repr(text) if len(text) <= _LONGEST_SHOWN else short(text)


def reason(error: BaseException) -> str:
    """Say in a line what formulaic or Python says."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    said = lines[0].rstrip(".")
    for start, words in _PLAIN:
        if found := re.match(start, said):
            return found.expand(words)
    return said


def _refused(utility: str, text: str, why: str) -> StudyError:
    """Error that shows a formula and says what to write."""
    return StudyError(f"{utility}: {shown(text)} is no formula, as '1 + balance' is: {why}")


def parsed(utility: str, text: str) -> Any:
    """Read a formula.

    Parameters
    ----------
    utility
        Utility it is of, for messages.
    text
        The formula.

    Returns
    -------
    formulaic.SimpleFormula
        What builds the columns.

    Raises
    ------
    StudyError
        If it cannot be read, or formulaic reads it otherwise than it is meant.

    Examples
    --------
    >>> parsed("u1_war", "balance + C(regime)")
    1 + balance + C(regime)
    """
    formulaic = the_formulaic()
    if len(text) > MOST_CHARACTERS:
        raise _refused(utility, text, f"it has more than {MOST_CHARACTERS:,} characters")
    _check_operators(utility, text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            formula = formulaic.Formula(text)
    except Exception as error:
        raise _refused(utility, text, for_text(text) or reason(error)) from error
    if not isinstance(formula, formulaic.SimpleFormula):
        raise _refused(utility, text, "write the right-hand side alone")
    return formula


def _tokens(utility: str, text: str) -> list[Any]:
    from formulaic.parser import DefaultFormulaParser

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(DefaultFormulaParser(include_intercept=False).get_tokens(text))
    except Exception as error:
        raise _refused(utility, text, for_text(text) or reason(error)) from error


def _check_operators(utility: str, text: str) -> None:
    """Refuse operators that formulaic takes, but for something else than is meant.

    Raises
    ------
    StudyError
        If there is one.
    """
    tokens = _tokens(utility, text)
    crossed = 1
    for k, token in enumerate(tokens):
        sign, kind = str(token), token.kind.value
        if kind == "python" and "^" in _STRINGS.sub("", sign):
            raise _refused(utility, text, f"within {sign} a power is written **, as in I(a**2)")
        if kind != "operator":
            continue
        if sign == "in" or "~" in sign or "|" in sign:
            raise _refused(utility, text, str(for_text("%in%" if sign == "in" else sign)))
        if sign == "/" and k and tokens[k - 1].kind.value == "value":
            raise _refused(utility, text, str(for_text("1/a")))
        if sign in ("^", "**") and 0 < k < len(tokens) - 1:
            base, power = str(tokens[k - 1]), str(tokens[k + 1])
            if tokens[k - 1].kind.value != "context":
                number = base[1:] if base.startswith("I(") else base
                why = f"{base}{sign}{power} is {base} alone, for a power crosses terms here; write I({number}**{power})"
                raise _refused(utility, text, why)
            crossed *= int(power) if re.fullmatch(r"[0-9]{1,3}", power) else MOST_CROSSED + 1
    if crossed > MOST_CROSSED:
        why = f"a power crosses terms, as (a + b)**2 does; those of a formula may be {MOST_CROSSED} together"
        raise _refused(utility, text, why)


def columns_of(utility: str, text: str, frame: pd.DataFrame) -> list[Any]:
    """Columns of a table that a formula names, in the order of the table.

    Raises
    ------
    StudyError
        If the table has no such column, or there is no such function.
    """
    known = [str(name) for name in frame.columns]
    named: set[str] = set()
    for token in _tokens(utility, text):
        if token.kind.value == "name":
            if str(token) not in known and (instead := for_text(str(token))):
                raise _refused(utility, text, instead)
            named.add(str(token))
        elif token.kind.value == "python":
            named |= _named_in_python(utility, text, str(token), known)
    check_columns(frame, sorted(named), utility)
    return [name for name in frame.columns if str(name) in named]


def alone(utility: str, text: str, frame: pd.DataFrame) -> list[Any]:
    """Columns of a table that a formula names outside any call, so that they are regressors as they are."""
    named = {str(token) for token in _tokens(utility, text) if token.kind.value == "name"}
    return [name for name in frame.columns if str(name) in named]


def _named_in_python(utility: str, text: str, code: str, known: list[str]) -> set[str]:
    """Columns that a piece of Python names, there or not."""
    from formulaic.transforms import TRANSFORMS

    marked = _MARKED.findall(code)
    tree = _tree(utility, text, code)
    # By the identity of the node: a name that is called, or begins a longer one, is told so from one that stands alone.
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    within = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    own = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= {one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load)}
    named = {marked[int(place[1])] for place in re.finditer(rf"{_MARK}(\d+)", ast.unparse(tree))}
    for node in ast.walk(tree):
        if id(node) in within or not isinstance(node, ast.Name | ast.Attribute):
            continue  # of a name with dots the whole is looked at
        name, call = ast.unparse(node), calls.get(id(node))
        root = name.partition(".")[0]
        if not root.isidentifier() or root.startswith(_MARK) or root in own:
            continue  # what a call or an index gives, or the code itself names
        if name == "Q" and call is not None:
            named |= {one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)}
        if name in known and "." in name:
            raise _refused(utility, text, f"within a call a name with dots needs backticks: `{name}`")
        if call is not None and name in known and name in TRANSFORMS:
            raise _refused(utility, text, f"the column {name!r} of the table hides the function; rename it")
        if root in known:
            named.add(root)
        elif call is not None and root not in TRANSFORMS:
            first = ast.unparse(call.args[0]) if call.args and isinstance(call.args[0], ast.Name) else ""
            place = re.fullmatch(rf"{_MARK}(\d+)", first)
            instead = for_function(name, f"`{marked[int(place[1])]}`" if place else first)
            raise _refused(utility, text, instead or f"there is no function {name!r}{near(name, sorted(TRANSFORMS))}")
        elif root not in TRANSFORMS:
            named.add(root)
    return named


def _tree(utility: str, text: str, code: str) -> ast.AST:
    """Syntax of a piece of Python, with a number for each name in backticks."""
    numbers = count()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(_MARKED.sub(lambda _: f" {_MARK}{next(numbers)} ", code).strip(), mode="eval")
    except Exception as error:
        raise _refused(utility, text, for_text(text) or reason(error)) from error
