from __future__ import annotations

import json

import pytest

from escalation.analysis.rare.event import rare_event
from escalation.files import load

from .conftest import Escalation

NAME = "two-state-deterrence"
WORDS = ("rare", NAME, "--seed", "3", "--particles", "60", "--repetitions", "3")
RARE = ("--set", "actors.challenger.belligerence_cost=6", "--set", "actors.defender.belligerence_cost=6")


@pytest.mark.slow
def test_json_is_the_summary(escalation: Escalation) -> None:
    done = escalation(*WORDS, "--event", "war", "--actor", "challenger", "--set", "rules.leash=0.3", "--json")
    assert done.exit_code == 0
    scenario = load(NAME).replace("rules.leash", 0.3)
    found = rare_event(scenario, "war", actor="challenger", seed=3, particles=60, repetitions=3)
    assert json.loads(done.stdout) == json.loads(json.dumps(found.summary()))


@pytest.mark.slow
def test_text_tells_what_brute_force_would_cost(escalation: Escalation) -> None:
    done = escalation(*WORDS, "--event", "war")
    assert done.stdout.startswith(f"{NAME}, how likely: war, however it comes about\n0.")
    assert "Brute force would need" in done.stdout
    assert "This is hardly rare: `escalation run` is quicker" in done.stderr
    assert "hardly rare" not in escalation(*WORDS, "--event", "war", *RARE).stderr


def test_text_of_what_never_happened_is_a_bound(escalation: Escalation) -> None:
    done = escalation(*WORDS, "--event", "accident", "--set", "rules.accident_hazard=0.0")
    assert f"{NAME}, how likely: war by accident\n< 0.0" in done.stdout
    assert "Brute force" not in done.stdout


def test_unknown_event_exits_with_2(escalation: Escalation) -> None:
    done = escalation(*WORDS, "--event", "wra")
    assert done.exit_code == 2
    assert "did you mean 'war'" in done.stderr
