from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import scenarios

from escalation.files import dumps, library_names, load, loads, save
from escalation.world.ladder import load_ladder
from escalation.world.quantities import LARGEST, LEAST
from escalation.world.scenario import Scenario

BASE: dict[str, Any] = {"name": "q", "actors": {"a": {}, "b": {}}, "fronts": {"a-b": {}, "b-a": {}}}


@pytest.mark.parametrize("name", library_names())
def test_library_scenarios_survive(name: str, tmp_path: Path) -> None:
    scenario = load(name)
    save(scenario, tmp_path / "copy.toml")
    copy = load(tmp_path / "copy.toml")
    assert copy == scenario
    assert copy.hash == scenario.hash


@given(scenarios())
def test_any_scenario_survives(scenario: Scenario) -> None:
    copy = loads(dumps(scenario))
    assert copy == scenario
    assert copy.hash == scenario.hash
    assert list(copy.fronts) == list(scenario.fronts), "the order of tables is kept, for it counts"


@given(st.text(st.characters(codec="utf-8")))
@example('"""\\"""')
@example("a\r\nb\n")
@example('\n"\n\\\x7f\x00\t')
def test_any_text_survives(text: str) -> None:
    scenario = Scenario(**BASE, title=text, sources={"one": text}, observed=[
        {"date": 1.0, "actor": "a", "target": "b", "rung": "war", "note": text},
    ])  # fmt: skip
    assert loads(dumps(scenario)) == scenario


@given(st.floats(LEAST, LARGEST))
def test_any_number_survives(number: float) -> None:
    scenario = Scenario(**BASE).replace("actors.a.capability", number)
    assert loads(dumps(scenario)) == scenario


def test_the_text_is_fit_to_be_read() -> None:
    scenario = Scenario(
        **BASE,
        start=datetime.date(2024, 7, 30),
        description="One.\nTwo.",
        stop_when_settled=True,
        events={
            "killing": {
                "kind": "provocation",
                "date": datetime.date(2024, 7, 31),
                "victims": [{"actor": "a", "severity": 0.6}],
                "suspects": [
                    {"actors": ["b"], "likelihood": {"distribution": "uniform", "low": 1.0, "high": 4.0}},
                    {"actors": ["a", "b"], "prior": 0.5},
                ],
            }
        },
    )
    assert (
        dumps(scenario)
        == '''format = 2
name = "q"
description = """
One.
Two."""
start = 2024-07-30
stop_when_settled = true

[actors.a]

[actors.b]

[fronts.a-b]

[fronts.b-a]

[events.killing]
date = 2024-07-31
kind = "provocation"
victims = [{ actor = "a", severity = 0.6 }]
suspects = [
    { actors = ["b"], likelihood = { distribution = "uniform", low = 1.0, high = 4.0 } },
    { actors = ["a", "b"], prior = 0.5 },
]
'''
    )


def test_a_ladder_of_its_own_is_written_out() -> None:
    ladder = load_ladder("default").model_copy(update={"name": "mine"})
    scenario = Scenario(**BASE, ladder=ladder)
    text = dumps(scenario)
    assert text.count("[[ladder.rungs]]") == 6
    assert loads(text) == scenario
    assert "ladder" not in tomllib.loads(dumps(Scenario(**BASE)))


def test_an_empty_table_within_a_line() -> None:
    """A distribution has no empty table today; what has must not break the file."""
    scenario = Scenario(**BASE, observed=[], sources={})
    assert loads(dumps(scenario)) == scenario
