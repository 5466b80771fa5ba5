from __future__ import annotations

import json

import pytest

from escalation.files import load
from escalation.reports.bibliography import entries
from escalation.reports.citation import citation, sources_in_use
from escalation.reports.odd import scenario_tables

from .conftest import Escalation

NAME = "two-state-deterrence"


def test_odd_prints_every_table_under_its_title(escalation: Escalation) -> None:
    done = escalation("odd", NAME)
    assert done.exit_code == 0
    assert done.stdout.startswith("# Deterrence between two states\n")
    for title, table in scenario_tables(load(NAME)).items():
        assert f"\n## {title}\n\n{table.markdown(plain=True)}\n" in done.stdout


def test_odd_as_json_is_one_object(escalation: Escalation) -> None:
    answer = json.loads(escalation("odd", NAME, "--json").stdout)
    assert answer["hash"] == load(NAME).hash
    tables = scenario_tables(load(NAME))
    assert list(answer["tables"]) == list(tables)
    signals = answer["tables"]["6 Input data: signals"]
    assert signals["columns"] == list(tables["6 Input data: signals"].columns)
    assert [row[2] for row in signals["rows"]] == ["threat"]


def test_cite_prints_bibtex_and_nothing_else(escalation: Escalation) -> None:
    done = escalation("cite", NAME)
    assert done.exit_code == 0
    assert done.stdout == f"{citation(load(NAME))}\n"


def test_cite_as_json_says_what_rests_on_what(escalation: Escalation) -> None:
    answer = json.loads(escalation("cite", NAME, "--json").stdout)
    assert answer["bibtex"] == citation(load(NAME))
    assert answer["sources"] == {what: list(keys) for what, keys in sources_in_use(load(NAME)).items()}
    assert {key for keys in answer["sources"].values() for key in keys} <= set(entries())


@pytest.mark.parametrize("command", ["odd", "cite"])
def test_an_unknown_scenario_is_bad_input(escalation: Escalation, command: str) -> None:
    done = escalation(command, "two-state")
    assert done.exit_code == 2
    assert "two-state-deterrence" in done.stderr
