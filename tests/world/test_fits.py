from __future__ import annotations

from typing import Any

import pytest

from escalation.errors import ScenarioError
from escalation.files.names import library_names
from escalation.files.reading import load
from escalation.world.actor import Actor
from escalation.world.fits import fit_names, fit_text, fitted
from escalation.world.rules import Rules
from escalation.world.scenario import Scenario

FIT = "icb-1918-1994"
TWO: dict[str, Any] = {
    "name": "two",
    "fit": FIT,
    "rules": {"leash": 0.9},
    "actors": {"a": {"precision": 4.0}, "b": {"war_cost": {"resolute": 0.1, "irresolute": 0.2}}},
    "fronts": {"a-b": {}, "b-a": {}},
}


def test_a_fit_stands_for_what_is_not_stated() -> None:
    scenario = Scenario.from_dict(TWO)
    defaults = fitted(FIT)
    assert scenario.rules.patron_reply == defaults["rules"]["patron_reply"] != Rules().patron_reply
    assert scenario.actors["b"].precision == defaults["actors"]["precision"] != 4.0
    assert scenario.actors["a"].war_cost.resolute == defaults["actors"]["war_cost"]["resolute"]


def test_what_is_stated_holds() -> None:
    scenario = Scenario.from_dict(TWO)
    assert scenario.rules.leash == 0.9
    assert scenario.actors["a"].precision == 4.0
    assert scenario.actors["b"].war_cost.irresolute == 0.2


def test_a_scenario_without_a_fit_has_the_defaults_of_its_parts() -> None:
    scenario = Scenario.from_dict({key: value for key, value in TWO.items() if key not in ("fit", "rules")})
    assert scenario.rules == Rules()
    assert scenario.actors["b"].precision == 4.0


def test_plain_data_hold_what_differs_from_the_fit_and_no_more() -> None:
    data = Scenario.from_dict(TWO).to_dict()
    assert data["rules"] == {"leash": 0.9}
    assert data["actors"] == {"a": {"precision": 4.0}, "b": TWO["actors"]["b"]}
    assert Scenario.from_dict(data) == Scenario.from_dict(TWO)


def test_rules_that_are_all_fitted_are_left_out() -> None:
    assert "rules" not in Scenario.from_dict({**TWO, "rules": {}}).to_dict()


def test_an_edited_scenario_keeps_its_values() -> None:
    changed = Scenario.from_dict(TWO).replace("rules.leash", fitted(FIT)["rules"]["leash"])
    assert Scenario.from_dict(changed.to_dict()) == changed


def test_another_fit_changes_what_is_not_stated_alone() -> None:
    scenario = Scenario.from_dict(TWO).replace("actors.a.precision", 5.0)
    bare = scenario.replace("fit", None)
    assert bare.rules == Rules(leash=0.9)
    assert (bare.actors["a"].precision, bare.actors["b"].precision) == (5.0, 4.0)
    assert bare.replace("fit", FIT) == scenario


def test_the_values_of_a_fit_count_and_its_name_does_not() -> None:
    scenario = Scenario.from_dict(TWO)
    written_out = {**scenario.model_dump(exclude={"fit"})}
    assert Scenario.from_dict(written_out).hash == scenario.hash
    assert scenario.replace("fit", None).hash != scenario.hash


def test_a_part_given_as_an_object_states_all_its_values() -> None:
    scenario = Scenario(name="two", fit=FIT, actors={"a": Actor(id="a"), "b": {}}, fronts={"a-b": {}, "b-a": {}})
    assert scenario.actors["a"].precision == 4.0
    assert scenario.actors["b"].precision == fitted(FIT)["actors"]["precision"]


def test_a_misspelt_fit_is_refused_with_the_near_name() -> None:
    with pytest.raises(ScenarioError, match="no fit 'icb-1918' in the library; did you mean 'icb-1918-1994'"):
        Scenario.from_dict({**TWO, "fit": "icb-1918"})
    with pytest.raises(KeyError, match="icb-1918"):
        fit_text("icb-1918")


@pytest.mark.parametrize("wrong", [{"actors": 3}, {"rules": 3}, {"actors": {"a": 3, "b": {}}}, {"fit": 3}])
def test_what_is_no_table_is_refused_as_ever(wrong: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError, match=next(iter(wrong))):
        Scenario.from_dict({**TWO, **wrong})


@pytest.mark.parametrize("name", fit_names())
def test_every_fit_can_be_held_by_a_scenario(name: str) -> None:
    scenario = Scenario.from_dict({**TWO, "fit": name, "rules": {}, "actors": {"a": {}, "b": {}}})
    for rule, value in fitted(name)["rules"].items():
        assert getattr(scenario.rules, rule) == value


@pytest.mark.parametrize("name", library_names())
def test_scenarios_of_the_library_take_the_fit_as_their_defaults(name: str) -> None:
    assert load(name).fit == "icb-icbe-1918-1994"
