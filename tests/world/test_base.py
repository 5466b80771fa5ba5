from __future__ import annotations

import datetime
from collections.abc import Iterable

import pytest
from pydantic import TypeAdapter, ValidationError

from escalation.errors import ScenarioError, StudyError
from escalation.files import load
from escalation.world.actor import Actor
from escalation.world.base import CalendarDate
from escalation.world.signal import Signal

DATE = TypeAdapter(CalendarDate)


def test_parts_are_frozen() -> None:
    actor = Actor(id="a")
    with pytest.raises(StudyError, match=r"honesty cannot be set, .* scenario.replace\('actors.usa.honesty', 0.9\)$"):
        actor.honesty = 0.1  # type: ignore[misc]
    scenario = load("two-state-deterrence")
    with pytest.raises(StudyError, match=r"horizon cannot be set, .* scenario.replace\('horizon', 5\)$"):
        scenario.horizon = 5  # type: ignore[misc]
    assert (actor, scenario.horizon) == (Actor(id="a"), 60)


def test_a_part_is_one_value_to_what_loops_over_all_it_can() -> None:
    actor = Actor(id="a")
    assert not isinstance(actor, Iterable)
    with pytest.raises(TypeError, match="not iterable"):
        list(actor)


def test_a_call_says_all_that_is_wrong() -> None:
    with pytest.raises(ScenarioError, match="2 faults") as caught:
        Signal(id="s", kind="vow", date=1.0, sender="A", receivers=("b",), leek=0.1)
    assert [fault.where for fault in caught.value.faults] == ["sender", "leek"]
    assert "did you mean 'leak'?" in caught.value.faults[1].what


@pytest.mark.parametrize("value", ["2024-07-31", datetime.date(2024, 7, 31), datetime.datetime(2024, 7, 31)])
def test_dates(value: object) -> None:
    date = DATE.validate_python(value)
    assert type(date) is datetime.date
    assert date == datetime.date(2024, 7, 31)


@pytest.mark.parametrize(
    "value", [datetime.datetime(2024, 7, 31, 12), "yesterday", "20240731", "2024-W31-3", 1722384000, True, None]
)
def test_no_dates(value: object) -> None:
    with pytest.raises(ValidationError, match="must be a date"):
        DATE.validate_python(value)
