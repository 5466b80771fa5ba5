import numpy as np
import pytest

import escalation as esc
from escalation.analysis.ablation import ablate
from escalation.analysis.switches import MECHANISMS, without_mechanism


@pytest.fixture(scope="module")
def haniyeh() -> esc.Scenario:
    return esc.load("haniyeh-2024")


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_switch_changes_the_scenario_once(haniyeh: esc.Scenario, name: str) -> None:
    without = without_mechanism(haniyeh, name)
    assert without.hash != haniyeh.hash
    assert without_mechanism(without, name).hash == without.hash


def test_unknown_mechanism_gets_its_near_name(haniyeh: esc.Scenario) -> None:
    with pytest.raises(esc.StudyError, match="did you mean 'leash'"):
        without_mechanism(haniyeh, "lesh")
    with pytest.raises(esc.StudyError, match="no mechanism 'lesh'"):
        ablate(haniyeh, runs=10, mechanisms=["lesh"])


def test_unknown_event_is_refused_before_any_mechanism_is_tried(haniyeh: esc.Scenario) -> None:
    with pytest.raises(esc.StudyError, match="no event"):
        ablate(haniyeh, runs=10, events=["peace"], progress=False)


def test_effects_are_those_of_a_paired_comparison(haniyeh: esc.Scenario) -> None:
    study = ablate(haniyeh, runs=1000, seed=1, mechanisms=["retaliation", "commitment"], progress=False)
    pair = esc.compare(haniyeh, without_mechanism(haniyeh, "retaliation"), runs=1000, seed=1, progress=False)
    row = study.rows["retaliation"]
    assert row.effects["war"] == pair.differences["war"]
    assert row.effects["war"].value > 0.05
    assert row.acts_differ is not None
    assert row.acts_differ.value == np.mean(pair.first.outcomes["signature"] != pair.second.outcomes["signature"])
    assert study.rows["commitment"].acts_differ is None  # fronts of patrons are gone
    assert "joined:usa-isr" not in study.rows["commitment"].effects


def test_a_mechanism_that_is_not_in_use_says_so() -> None:
    study = ablate(esc.load("two-state-deterrence"), runs=10, mechanisms=["proxy"], progress=False)
    assert not study.rows["proxy"].used
    assert study.summary()["mechanisms"]["proxy"] == {
        "about": "control of a principal, and joint answers",
        "used": False,
        "acts_differ": None,
        "effects": {},
    }
