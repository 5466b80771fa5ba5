from __future__ import annotations

import pytest

from escalation.cli.options import change
from escalation.errors import EscalationError, ScenarioError, StudyError
from escalation.files import load
from escalation.world.distributions import Uniform
from escalation.world.scenario import Scenario


@pytest.fixture
def scenario() -> Scenario:
    return load("two-state-deterrence")


def test_nothing_asked_nothing_changed(scenario: Scenario) -> None:
    assert change(scenario, replacements=(), removals=()) == scenario


def test_values_are_written_as_in_a_file(scenario: Scenario) -> None:
    changed = change(
        scenario,
        replacements=[
            "horizon=30",
            "actors.patron.honesty = 0.9",
            "fronts.challenger-defender.baseline=threat",
            'title="A = B"',
            'actors.defender.resolve={ distribution = "uniform", low = 0.1, high = 0.2 }',
            "commitments.alliance.public=false",
        ],
        removals=["threat"],
    )
    assert changed.horizon == 30
    assert changed.actors["patron"].honesty == 0.9
    assert changed.fronts["challenger-defender"].baseline == "threat"
    assert changed.title == "A = B"
    assert changed.actors["defender"].resolve == Uniform(low=0.1, high=0.2)
    assert not changed.commitments["alliance"].public
    assert not changed.signals


def test_what_goes_with_another_can_be_named_too() -> None:
    """A denial goes with the signal that it denies, whichever of the two is named first."""
    crisis = load("haniyeh-2024")
    denied, denial = next(
        (s.subject, s.id) for s in crisis.signals.values() if s.kind == "denial" and s.subject in crisis.signals
    )
    both = change(crisis, replacements=(), removals=[denied, denial])
    assert both == change(crisis, replacements=(), removals=[denial, denied]) == crisis.without(denied)
    with pytest.raises(StudyError, match="did you mean"):
        change(crisis, replacements=(), removals=[denied, denial + "l"])


@pytest.mark.parametrize("text", ["horizon", "=3", " =3"])
def test_a_replacement_without_path_or_value(scenario: Scenario, text: str) -> None:
    with pytest.raises(StudyError, match="must be PATH=VALUE"):
        change(scenario, replacements=[text], removals=())


def test_what_is_not_there_is_named_with_what_is(scenario: Scenario) -> None:
    with pytest.raises(EscalationError, match="honesty"):
        change(scenario, replacements=["actors.patron.honsty=1"], removals=())
    with pytest.raises(ScenarioError, match=r"actors\.patron\.honesty"):
        change(scenario, replacements=["actors.patron.honesty=2"], removals=())
    with pytest.raises(EscalationError, match="threat"):
        change(scenario, replacements=(), removals=["thraet"])
