from __future__ import annotations

import copy
import datetime
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import scenario_data, scenarios

from escalation.errors import ScenarioError
from escalation.world.actor import Actor
from escalation.world.ladder import load_ladder
from escalation.world.scenario import Scenario


def test_ids_follow_from_keys(data: dict[str, Any]) -> None:
    scenario = Scenario.from_dict(data)
    assert scenario.actors["a"].id == "a"
    assert (scenario.fronts["a-b"].actor, scenario.fronts["a-b"].target) == ("a", "b")
    assert scenario.actor_ids == ("a", "b", "c", "p")
    assert scenario.front_ids == ("a-b", "b-a", "p-b", "b-p")


def test_parts_may_be_given_as_models(data: dict[str, Any]) -> None:
    plain = Scenario.from_dict(data)
    data["actors"]["b"] = Actor(id="b", honesty=0.6)
    assert Scenario(**data) == plain
    data["actors"]["b"] = Actor(id="c")
    with pytest.raises(ScenarioError, match=r"^actors\.b\.id: must be 'b'"):
        Scenario(**data)


def test_a_call_refuses_as_from_dict_does(data: dict[str, Any]) -> None:
    data["actors"]["b"]["honesty"] = 2.0
    data["actors"]["p"]["principal"] = "x"
    with pytest.raises(ScenarioError, match="2 faults") as called:
        Scenario(**data)
    with pytest.raises(ScenarioError, match="2 faults") as made:
        Scenario.from_dict(data, file="quarrel.toml")
    assert called.value.faults == made.value.faults
    assert str(made.value) == f"quarrel.toml: {called.value}"


def test_a_part_refuses_in_plain_words_too() -> None:
    with pytest.raises(ScenarioError, match=r"^kind: .* did you mean 'state'\?"):
        Actor(id="a", kind="stat")


def test_what_pydantic_validates_alone_is_checked_too(data: dict[str, Any]) -> None:
    data["actors"]["p"]["principal"] = "x"
    with pytest.raises(ValueError, match="names do not agree"):
        Scenario.model_validate(data)


@pytest.mark.parametrize("value", [None, 3, "x", [], [1]])
def test_data_that_are_no_table(value: Any) -> None:
    with pytest.raises(ScenarioError, match="must be a table"):
        Scenario.from_dict(value)


def test_data_nested_without_end(data: dict[str, Any]) -> None:
    data["actors"]["a"]["note"] = data
    with pytest.raises(ScenarioError, match="nested too deeply"):
        Scenario.from_dict(data)


def test_field_faults_and_reference_faults_stand_together_in_order() -> None:
    data = {
        "horizonn": 3,
        "actors": {"A": {}, "b": {"honsty": 0.5}},
        "fronts": {"b_c": {}, "b-A": {"stake": -1.0}, "b-b": {}},
        "signals": {"s": {"sender": "x"}},
        "name": "q",
    }
    with pytest.raises(ScenarioError, match="faults") as caught:
        Scenario.from_dict(data)
    said = [(fault.where, fault.what) for fault in caught.value.faults]
    assert [where for where, _ in said] == [
        "horizonn",
        "actors.A",
        "actors.b.honsty",
        "fronts.b_c",
        "fronts.b-A",
        "fronts.b-A.stake",
        "fronts.b-b",
        "signals.s.sender",
        "signals.s.kind",
        "signals.s.date",
        "signals.s.receivers",
    ]
    words = dict(said)
    assert words["horizonn"].startswith("is not a known key; did you mean 'horizon'? Allowed: name, title")
    assert words["actors.A"].startswith("must be lower-case letters")
    assert words["fronts.b-b"] == "an actor has no front to itself"
    assert words["signals.s.date"] == "is missing; it must be given"


def test_a_ladder_by_name_or_as_a_table(data: dict[str, Any]) -> None:
    default = Scenario.from_dict(data)
    data["ladder"] = "default"
    assert Scenario.from_dict(data) == default
    data["ladder"] = load_ladder("default")
    assert Scenario.from_dict(data) == default
    data["ladder"] = load_ladder("default").model_dump()
    data["ladder"]["rungs"][2]["name"] = "show"
    with pytest.raises(ScenarioError, match="no rung 'display'"):
        Scenario.from_dict(data)


def test_a_date_with_a_time_is_no_day() -> None:
    scenario = Scenario(name="q", actors={"a": {}, "b": {}}, fronts={"a-b": {}, "b-a": {}})
    with pytest.raises(TypeError, match="a day is a date, or a number of days after the start, not datetime"):
        scenario.day(datetime.datetime(2000, 1, 6, 18))


def test_days_and_dates() -> None:
    scenario = Scenario(
        name="q", start=datetime.date(2024, 2, 28), actors={"a": {}, "b": {}}, fronts={"a-b": {}, "b-a": {}}
    )
    assert scenario.day(datetime.date(2024, 3, 1)) == 2.0
    assert scenario.day(3) == 3.0
    assert scenario.date(1.9) == datetime.date(2024, 2, 29)
    assert scenario.date(-0.5) == datetime.date(2024, 2, 27)


@given(scenarios())
def test_plain_data_give_the_same_scenario_back(scenario: Scenario) -> None:
    brief = json.loads(json.dumps(scenario.to_dict()))
    again = Scenario.from_dict(brief)
    assert again == scenario
    assert again.hash == scenario.hash
    assert again.diff(scenario) == []


@given(scenario_data(max_actors=3))
def test_scenarios_can_be_pickled_and_copied(data: dict[str, Any]) -> None:
    before = copy.deepcopy(data)
    scenario = Scenario.from_dict(data)
    assert data == before, "the data are the caller's, and stay as they are"
    assert pickle.loads(pickle.dumps(scenario)) == copy.deepcopy(scenario) == scenario


def test_a_ladder_of_the_library_is_left_by_its_name(data: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    other = load_ladder("default").model_copy(update={"name": "other"})
    data["ladder"] = other
    scenario = Scenario.from_dict(data)
    assert scenario.to_dict()["ladder"]["name"] == "other"
    known = {"default": load_ladder("default"), "other": other}
    monkeypatch.setattr("escalation.world.scenario.ladder_names", lambda: tuple(known))
    monkeypatch.setattr("escalation.world.scenario.load_ladder", known.__getitem__)
    assert scenario.to_dict()["ladder"] == "other"
    assert Scenario.from_dict({**data, "ladder": "default"}).ladder.name == "default"


def test_what_equals_its_default_is_left_out(data: dict[str, Any]) -> None:
    data["ladder"] = "default"
    data["actors"]["b"]["tempo"] = 30.0
    brief = Scenario.from_dict(data).to_dict()
    assert brief["actors"] == {
        "a": {},
        "b": {"honesty": 0.6},
        "c": {},
        "p": {"principal": "a", "control": 0.5},
    }
    assert "ladder" not in brief
    assert "rules" not in brief
    assert "id" not in brief["signals"]["vow"]


@given(
    st.dictionaries(
        st.text() | st.integers(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
            max_leaves=8,
        ),
        max_size=8,
    ),
    st.data(),
)
def test_nonsense_raises_scenario_errors_only(nonsense: dict[Any, Any], draw: st.DataObject) -> None:
    names = draw.draw(st.lists(st.sampled_from(sorted(Scenario.model_fields)), min_size=len(nonsense), unique=True))
    for table in (nonsense, dict(zip(names, nonsense.values(), strict=False))):
        with pytest.raises(ScenarioError, match=r".") as caught:
            Scenario.from_dict(table)
        assert caught.value.faults


@pytest.mark.parametrize("table", ["actors", "fronts", "signals", "events", "commitments", "sources"])
def test_keys_that_are_no_text(data: dict[str, Any], table: str) -> None:
    data.setdefault(table, {})[3] = {}
    with pytest.raises(ScenarioError, match=rf"{table}\.3"):
        Scenario.from_dict(data)
