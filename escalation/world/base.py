"""What all parts of a scenario have in common: frozen, strict, and no unknown keys."""

from __future__ import annotations

import ast
import datetime
import functools
import inspect
import operator
import re
import textwrap
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AllowInfNan,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
    ValidationError,
)

from escalation.errors import StudyError
from escalation.world.near import short
from escalation.world.places import Located, refusal
from escalation.world.slips import for_date
from escalation.world.wording import located

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass as _Refusing
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema
else:

    class _Refusing(type(BaseModel)):
        """Makes a call of the class raise `ScenarioError` where pydantic would raise its own error."""

        def __call__(cls, *args: Any, **fields: Any) -> Any:
            try:
                return super().__call__(*args, **fields)
            except ValidationError as error:
                raise refusal(cls.located(error, fields), fields) from None


__all__ = ["ActorId", "CalendarDate", "Flag", "FromNumpy", "Id", "Number", "Part", "Share", "Text", "Whole"]

ActorId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
"""Id of an actor: lower-case letters, digits and underscores; a hyphen would make it a front."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""Id of a signal, event or commitment: lower-case letters, digits, underscores and hyphens."""

Text = Annotated[str, StringConstraints(max_length=20_000)]
Number = Annotated[float, Strict(), AllowInfNan(False)]
"""A number; text and truth values do not count as numbers."""


Whole = Annotated[int, Strict()]
"""A whole number."""


def _python_whole(value: Any) -> Any:
    try:
        return value if isinstance(value, bool) else operator.index(value)
    except TypeError:
        return value


FromNumpy = BeforeValidator(_python_whole)
"""Turns a whole number of numpy's into one of Python's, and leaves all else to the check of `Whole`.

It stands last in an annotation: bounds that came after it would be missing from the JSON Schema.
"""
Flag = Annotated[bool, Strict()]
"""True or false, and nothing that stands for it."""
Share = Annotated[Number, Field(ge=0.0, le=1.0)]


_ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _calendar(value: Any) -> Any:
    """Refuse numbers and text that pydantic would read as seconds since 1970."""
    if isinstance(value, str):
        # Python also reads 20240731 and 2024-W31-3, which are no dates to the JSON Schema, nor to TOML.
        with suppress(ValueError):
            if _ISO_DATE.fullmatch(value):
                return datetime.date.fromisoformat(value)
        raise ValueError(for_date(value) or "must be a date such as 2024-07-31")
    if not isinstance(value, datetime.date):
        raise ValueError("must be a date such as 2024-07-31")
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            raise ValueError("must be a date without a time, such as 2024-07-31")
        return value.date()
    return value


CalendarDate = Annotated[datetime.date, BeforeValidator(_calendar)]
"""A date of the calendar, or its ISO text."""


class Part(BaseModel, metaclass=_Refusing):
    """A frozen part of a scenario; unknown keys are faults and so are infinities and NaN.

    Raises
    ------
    ScenarioError
        If a value is not allowed; it lists every fault found.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    # pydantic's is a loop over pairs of names and values. A part is one value, also to what loops over all that it can
    # loop over, as `mesa.batch_run` does with its parameters.
    __iter__ = None  # type: ignore[assignment]

    if not TYPE_CHECKING:  # a type checker is to refuse it itself

        def __setattr__(self, name: str, value: Any) -> None:
            # Of the parts, a scenario alone has actors, and can say how it is done.
            example = f"{name!r}, {short(value)}" if hasattr(self, "actors") else "'actors.usa.honesty', 0.9"
            raise StudyError(
                f"{name} cannot be set, for scenarios and their parts do not change; a changed scenario is given by "
                f"scenario.replace({example})"
            )

    @classmethod
    def located(cls, error: ValidationError, data: Any) -> list[Located]:  # noqa: ARG003 - a scenario needs it
        """Faults behind a validation error of this part, with their places in plain words.

        Parameters
        ----------
        error
            What pydantic found.
        data
            What was to be this part.

        Returns
        -------
        list of (tuple, str)
            Keys and places that lead to each fault, and what is wrong there.
        """
        return located(error, cls)

    @classmethod
    @functools.cache
    def descriptions(cls) -> dict[str, str]:
        """What each field holds and its unit, as the text below it says.

        Pydantic could read these texts where a class is made, but each process would then read all sources anew at its
        start, which takes a tenth of a second.

        Returns
        -------
        dict
            Texts by the names of the fields that have one.
        """
        found: dict[str, str] = {}
        for part in reversed(cls.__mro__):
            if issubclass(part, Part):
                with suppress(OSError):  # where there are no sources, there are no texts
                    found |= _texts_below(inspect.getsource(part))
        return found

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema of this part, with the descriptions of its fields."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema)["properties"]
        for name, text in cls.descriptions().items():
            properties[name].setdefault("description", text)
        return schema


def _texts_below(source: str) -> dict[str, str]:
    """Text that stands below each annotated name in the body of a class."""
    (body,) = ast.parse(textwrap.dedent(source)).body
    assert isinstance(body, ast.ClassDef)
    return {
        stated.target.id: inspect.cleandoc(below.value.value)
        for stated, below in pairwise(body.body)
        if isinstance(stated, ast.AnnAssign)
        and isinstance(stated.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }
