"""Plain words for the faults that pydantic finds in a field."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from inspect import isclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from escalation.world.near import near, written
from escalation.world.places import MOST_FAULTS, Located, Path
from escalation.world.slips import for_date, for_name, for_number

__all__ = ["located"]

_PATTERNS = {
    r"^[a-z][a-z0-9_]{0,31}$": "lower-case letters, digits and underscores, at most 32, the first a letter",
    r"^[a-z0-9][a-z0-9_-]{0,63}$": "lower-case letters, digits, underscores and hyphens, at most 64, "
    "the first a letter or a digit",
    r"^[a-z][a-z0-9_]{0,31}-[a-z][a-z0-9_]{0,31}$": "two actors joined by a hyphen",
    r"^(0[1-9]|1[0-9]|20)$": "a CAMEO root code from '01' to '20'",
}
"""What each pattern of the vocabulary allows, in words."""

_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: "is missing; it must be given",
    "float_type": lambda _: "must be a number",
    "finite_number": lambda _: "must be a finite number",
    "int_type": lambda _: "must be a whole number",
    "bool_type": lambda _: "must be true or false",
    "string_type": lambda _: "must be text",
    "string_unicode": lambda _: "must be text that UTF-8 can write",
    "string_too_long": lambda c: f"must have at most {c['max_length']:,} characters",
    "string_pattern_mismatch": lambda c: f"must be {_PATTERNS.get(c['pattern'], c['pattern'])}",
    "dict_type": lambda _: "must be a table",
    "model_type": lambda _: "must be a table",
    "model_attributes_type": lambda _: "must be a table",
    "tuple_type": lambda _: "must be a list",
    "invalid_key": lambda _: "must be text, as all keys are",
    "greater_than": lambda c: f"must be above {c['gt']:g}",
    "greater_than_equal": lambda c: f"must be at least {c['ge']:g}",
    "less_than": lambda c: f"must be below {c['lt']:g}",
    "less_than_equal": lambda c: f"must be at most {c['le']:g}",
    "too_short": lambda c: f"must have at least {c['min_length']}, has {c['actual_length']}",
    "too_long": lambda c: f"must have at most {c['max_length']}",
    "value_error": lambda c: str(c["error"]),
}
"""Words for each sort of error; the argument is the error's context."""

_OTHER_WORDS = {
    "against": ("adversary", "target"),
    "ally": ("protege",),
    "from": ("sender", "actor"),
    "guarantor": ("patron",),
    "to": ("receivers", "target"),
}
"""Keys that a writer may take for those of the vocabulary, and what they then mean."""

_DATE = "a date such as 2024-07-31, or days after the start from 0 to 36500"
_TABLES = frozenset({"model_type", "model_attributes_type"})
_SAYS_ENOUGH = frozenset({"missing", "too_short", "too_long", "string_too_long"})


def _options(annotation: Any) -> list[Any]:
    """Types that an annotation allows, unions unfolded."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _options(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [option for part in get_args(annotation) for option in _options(part)]
    return [annotation]


def _models(options: list[Any]) -> list[type[BaseModel]]:
    return [option for option in options if isclass(option) and issubclass(option, BaseModel)]


def _tags(model: type[BaseModel]) -> tuple[Any, ...]:
    """Values of the key by which a model is told from the others of its union."""
    for key in ("distribution", "kind"):
        if key in model.model_fields:
            return get_args(model.model_fields[key].annotation)
    return ()


def _locate(loc: tuple[str | int, ...], root: type[BaseModel]) -> tuple[Path, list[Any], type[BaseModel] | None]:
    """Path without pydantic's labels of union members, the types allowed there, and the table it is in."""
    path: list[str | int] = []
    options: list[Any] = [root]
    table: type[BaseModel] | None = None
    for step in loc:
        if step == "[key]":
            break
        models = _models(options)
        containers = [option for option in options if get_origin(option) in (dict, tuple)]
        if isinstance(step, str) and any(get_origin(option) is tuple for option in containers):
            continue  # says that of a text and a list the list is meant, or the text
        if containers:
            values = get_args(containers[0])
            options, table = _options(values[0] if get_origin(containers[0]) is tuple else values[1]), None
            path.append(step)
        elif len(models) > 1:
            # The plain number of a quantity has no tag; all that is allowed instead of it stays known.
            options = [model for model in models if step in _tags(model)] or options
        elif models:
            table = models[0]
            field = table.model_fields.get(str(step))
            options = _options(field.annotation) if field else []
            path.append(step)
    return tuple(path), options, table


_IN_OTHER_WORDS = {
    "ultimatum": "an ultimatum is a demand with rung, due and or_else",
    "promise": "a promise to stand by somebody is a commitment, and one to act by a day is a vow",
    "deployment": "a deployment is an act, and so an event",
    "ceasefire": "a ceasefire that is offered is a concession or a reassurance",
}
"""What names of a kind mean that are none of it, in lower case."""


def _choice(error: ErrorDetails, options: list[Any]) -> str | None:
    """Words for errors that name what is allowed, with the near name."""
    given: Any = error["input"]
    if error["type"] == "enum":
        (enum,) = [option for option in options if hasattr(option, "__members__")]
        meant = _IN_OTHER_WORDS.get(given.lower()) if isinstance(given, str) else None
        told = f"{written(given)}: {meant}" if meant else written(given)
        return f"must be one of the allowed names, not {told}{near(given, map(str, enum))}"
    if error["type"] == "literal_error":
        names = [str(name) for option in options for name in get_args(option)]
        return f"must be one of the allowed names, not {written(given)}{near(given, names)}"
    names = [str(tag) for model in _models(options) for tag in _tags(model)]
    if error["type"] == "union_tag_invalid":
        return f"must be one of the allowed names, not {written(given['kind'])}{near(given['kind'], names)}"
    if error["type"] == "union_tag_not_found":
        return f"is missing; it must be given{near('', names)}"
    if error["type"] == "quantity" or (error["type"] == "float_type" and names):
        return _quantity(given, names)
    return None


def _quantity(given: Any, names: list[str]) -> str:
    """Words for what is neither a number nor one of the distributions."""
    if isinstance(given, Mapping) and "distribution" in given:
        chosen = given["distribution"]
        return f"distribution {written(chosen)} is not known{near(chosen, names)}"
    words = "must be a number or a distribution"
    if isinstance(given, (Mapping, list, tuple)):
        return f"{words}: a table with the key 'distribution'{near('', names)}"
    if isinstance(given, datetime.date):
        return f"{words}, not the date {given}; a length of time is given in days"
    return f"{words}, not {written(given)}"


def _meant(sort: str, given: Any, options: list[Any], context: Mapping[str, Any]) -> str | None:
    """What to write, where it shows what was meant: a number or a date in other spelling, a list for a name."""
    if isinstance(given, (list, tuple)):
        more = "; for each more, write a table of its own" if len(given) > 1 else ""
        words = {
            "string_type": f"must be one text, not a list{more}",
            "dict_type": "must be a table with a name for each, as [actors.usa] is, not a list",
        }
        return words.get(sort)
    return _meant_by_text(sort, given, options, context) if isinstance(given, str) else None


def _meant_by_text(sort: str, given: str, options: list[Any], context: Mapping[str, Any]) -> str | None:
    if datetime.date in options:
        words = for_number(given) if float in options else None
        return for_date(given) or (f"must be {_DATE}, not {written(given)}: {words}" if words else None)
    if sort in ("quantity", "float_type", "int_type"):
        words, number = for_number(given), "a whole number" if sort == "int_type" else "a number"
        return f"must be {number}, not {written(given)}: {words}" if words else None
    if sort == "string_pattern_mismatch":
        name = for_name(given, hyphens="-" in context["pattern"].replace("a-z", "").replace("0-9", ""))
        if name is not None and re.fullmatch(context["pattern"], name):
            return f"must be {_PATTERNS[context['pattern']]}, as {name!r}, not {written(given)}"
    if sort == "tuple_type":
        return f"must be a list, as [{written(given)}], not {written(given)}"
    if sort == "bool_type" and given.lower() in ("true", "false"):
        return f"must be {given.lower()}, without quotes"
    return None


def _belongs(key: str, root: type[BaseModel]) -> str:
    """End of a message about a key that stands in the wrong table: that it is a rule, where it is one."""
    rules = root.model_fields.get("rules")
    models = _models(_options(rules.annotation)) if rules else []
    return "it is a rule: write it in the table [rules]" if models and key in models[0].model_fields else ""


def _words(
    error: ErrorDetails, path: Path, options: list[Any], table: type[BaseModel] | None, root: type[BaseModel]
) -> str:
    sort, given = error["type"], error["input"]
    if sort == "extra_forbidden" and table is not None:
        if rule := _belongs(str(path[-1]), root):
            return f"is not a known key here; {rule}"
        meant = (word for word in _OTHER_WORDS.get(str(path[-1]), ()) if word in table.model_fields)
        return f"is not a known key{near(next(meant, path[-1]), table.model_fields)}"
    if spelt := _meant(sort, given, options, error.get("ctx", {})):
        return spelt
    if datetime.date in options and float in options and sort != "missing":
        return f"must be {_DATE}, not {written(given)}"
    choice = _choice(error, options)
    if choice is not None:
        return choice
    words = _WORDS[sort](error.get("ctx", {})) if sort in _WORDS else error["msg"]
    if sort == "too_long":  # of a table pydantic says no number
        words = f"{words}, has {len(given)}"
    said = ", not " in words or (isinstance(given, str) and written(given) in words)
    if not (said or sort in _SAYS_ENOUGH or isinstance(given, (Mapping, list, tuple, BaseModel))):
        words = f"{words}, not {written(given)}"
    return words + _keys(options) if sort in _TABLES else words


def _keys(options: list[Any]) -> str:
    """End of a message about what should be a table: the keys that it may have."""
    models = _models(options)
    return f"; its keys are {', '.join(models[0].model_fields)}" if len(models) == 1 else ""


def located(error: ValidationError, root: type[BaseModel]) -> list[Located]:
    """Every fault of a validation error, with its place, in plain words, and no more than can be listed.

    Parameters
    ----------
    error
        What pydantic raised.
    root
        Model that was validated.
    """
    found: list[Located] = []
    for details in error.errors(include_url=False):
        if len(found) > MOST_FAULTS:
            break
        if details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]:
            continue  # pydantic counts only the entries without a fault, and these have been reported
        path, options, table = _locate(details["loc"], root)
        tagged = (*path, "kind") if details["type"].startswith("union_tag") else path
        found.append((tagged, _words(details, path, options, table, root)))
    return found
