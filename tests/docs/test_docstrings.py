"""Docstrings of what is public are complete: all parameters by name, what is returned and raised, an example."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pydantic
import pytest

import escalation
from escalation import baselines, games, plotting
from escalation.errors import EscalationError

HEADING = re.compile(r"^([A-Z][\w ]*)\n-{3,}$", re.MULTILINE)
STARS = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}


def public() -> dict[str, Any]:
    """Functions and classes of the package and its public parts, by name."""
    doors = {"": escalation, "plot.": plotting, "games.": games, "baselines.": baselines}
    found = {prefix + name: getattr(door, name) for prefix, door in doors.items() for name in door.__all__}
    return {name: thing for name, thing in found.items() if callable(thing)}


def methods(name: str, kind: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Public methods that the library itself gives a class; what pydantic or Mesa gives is documented there."""
    for attribute in dir(kind):
        home = next(base for base in kind.__mro__ if attribute in vars(base) or base is object)
        thing = inspect.getattr_static(kind, attribute)
        if isinstance(thing, classmethod | staticmethod):
            thing = thing.__func__
        if home.__module__.startswith("escalation") and not attribute.startswith("_") and inspect.isfunction(thing):
            yield f"{name}.{attribute}", getattr(kind, attribute)


PUBLIC = public()
CLASSES = {name: thing for name, thing in PUBLIC.items() if inspect.isclass(thing)}
FUNCTIONS = {name: thing for name, thing in PUBLIC.items() if not inspect.isclass(thing)}
METHODS = dict(method for name, kind in CLASSES.items() for method in methods(name, kind))
CALLED = FUNCTIONS | METHODS
# A pydantic model tells its fields one by one, and an exception is not made by whoever reads about it.
RECORDS = {name: kind for name, kind in CLASSES.items() if not issubclass(kind, pydantic.BaseModel | Exception)}


def sections(docstring: str) -> dict[str, str]:
    parts = HEADING.split(docstring)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def listed(section: str) -> list[str]:
    """Names that the entries of a section begin with, one line of names an entry."""
    lines = [line.partition(" :")[0] for line in section.splitlines() if line and not line.startswith(" ")]
    return [name for line in lines for name in line.split(", ")]


def taken(function: Callable[..., Any]) -> list[str]:
    parameters = inspect.signature(function).parameters.values()
    return [STARS.get(p.kind, "") + p.name for p in parameters if p.name != "self"]


def raised(function: Callable[..., Any]) -> set[str]:
    """Classes of the exceptions that a function raises in its own words."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    made = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc is not None]
    calls = [each.func if isinstance(each, ast.Call) else each for each in made]
    return {call.id for call in calls if isinstance(call, ast.Name) and call.id[0].isupper()}


def faults(function: Callable[..., Any]) -> list[str]:
    told = sections(inspect.getdoc(function) or "")
    found = []
    if sorted(listed(told.get("Parameters", ""))) != sorted(taken(function)):
        found.append(f"Parameters are {taken(function)}")
    returns = inspect.signature(function).return_annotation not in {"None", None, inspect.Signature.empty}
    if returns != ("Returns" in told):
        found.append("Returns" if returns else "Returns nothing")
    if missing := raised(function) - set(listed(told.get("Raises", ""))):
        found.append(f"Raises {sorted(missing)}")
    return found


@pytest.mark.parametrize("name", CALLED)
def test_parameters_returns_and_raises_are_told(name: str) -> None:
    assert faults(CALLED[name]) == []


@pytest.mark.parametrize("name", RECORDS)
def test_parameters_of_a_class_are_told(name: str) -> None:
    told = sections(inspect.getdoc(RECORDS[name]) or "")
    assert listed(told.get("Parameters", "")) == taken(RECORDS[name])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function_has_an_example(name: str) -> None:
    assert ">>> " in sections(inspect.getdoc(FUNCTIONS[name]) or "").get("Examples", "")


@pytest.mark.parametrize("name", CLASSES)
def test_class_has_an_example(name: str) -> None:
    own = [CLASSES[name], *(thing for method, thing in METHODS.items() if method.startswith(f"{name}."))]
    assert any(">>> " in sections(inspect.getdoc(thing) or "").get("Examples", "") for thing in own)


def gappy(first: int, *, second: int = 0) -> int:
    """Take two numbers.

    Parameters
    ----------
    first
        One of them.
    third
        None of them.
    """
    if first < second:
        raise ValueError
    raise EscalationError


def test_every_gap_is_found() -> None:
    expected = ["Parameters are ['first', 'second']", "Returns", "Raises ['EscalationError', 'ValueError']"]
    assert faults(gappy) == expected


def test_what_is_public_is_walked() -> None:
    assert {"run", "Ensemble.probability", "Scenario.from_dict", "Ensemble.load", "plot.fan"} <= set(CALLED)
    assert not {"Ensemble.runs", "Scenario.model_dump", "CrisisModel.run_model"} & set(CALLED)
    assert {"Estimate", "CrisisModel"} <= set(RECORDS)
