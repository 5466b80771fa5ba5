"""The description of the model is of the model: its tables are those of the code."""

from __future__ import annotations

import dataclasses
import re
import runpy
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from escalation.engines.memory import RECORDS
from escalation.errors import StudyError
from escalation.files import library_names, load
from escalation.reports import odd
from escalation.reports.equations import mechanism_table
from escalation.reports.odd import filled, main, scenario_tables, tables
from escalation.reports.parameters import MODELS, SOURCES, parameter_tables
from escalation.reports.state_variables import changed, state_tables, words_of
from escalation.reports.tables import Table
from escalation.world.scenario import Scenario

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "odd.md"
CONCEPTS = (
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
    "Collectives",
    "Observation",
)
TABLES = tables()
BLOCK = re.compile(r"<!-- table: (\S+) -->\n(.*?)<!-- end of table -->", re.DOTALL)

# ------------------------------------------------------------------------------------------------ the page


def shown() -> dict[str, str]:
    """Tables of the page by name."""
    return {name: text.strip() for name, text in BLOCK.findall(PAGE.read_text(encoding="utf-8"))}


def test_every_table_of_the_code_is_on_the_page_once() -> None:
    names = [name for name, _ in BLOCK.findall(PAGE.read_text(encoding="utf-8"))]
    assert sorted(names) == sorted(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_page_equals_the_code(name: str) -> None:
    assert shown()[name] == TABLES[name].markdown(), "write it anew: python -m escalation.reports.odd FILE"


@pytest.mark.parametrize(
    "part",
    [
        "## 1. Purpose and patterns",
        "## 2. Entities, state variables and scales",
        "## 3. Process overview and scheduling",
        "## 4. Design concepts",
        "## 5. Initialization",
        "## 6. Input data",
        "## 7. Submodels",
    ],
)
def test_the_seven_elements_are_there(part: str) -> None:
    assert f"\n{part}\n" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("concept", CONCEPTS)
def test_the_eleven_design_concepts_are_there(concept: str) -> None:
    assert f"\n**{concept}.** " in PAGE.read_text(encoding="utf-8")


def test_tables_are_written_into_a_file(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- table: constants -->\nold\n<!-- end of table -->\nafter\n", encoding="utf-8")
    main([str(page)])
    text = page.read_text(encoding="utf-8")
    assert TABLES["constants"].markdown() in text
    assert "old" not in text
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert filled(text) == text


def test_the_module_is_the_command_that_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- table: constants -->\n<!-- end of table -->", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["odd", str(page)])
    runpy.run_path(str(odd.__file__), run_name="__main__")
    assert TABLES["constants"].markdown() in page.read_text(encoding="utf-8")


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(StudyError, match=r"no table 'state\.actor'; .*'state\.actors'"):
        filled("<!-- table: state.actor -->\n<!-- end of table -->")


# ------------------------------------------------------------------------------------------------ parameters


@pytest.mark.parametrize("part", MODELS)
def test_every_field_of_a_part_is_a_row(part: str) -> None:
    rows = TABLES[f"parameters.{part}"].rows
    assert [row[0] for row in rows] == [f"`{name}`" for name in MODELS[part].model_fields]
    assert all(row[1] and row[2] and row[3] for row in rows), "each has a meaning, what is allowed and a default"


def test_defaults_and_ranges_are_those_of_the_code() -> None:
    rows = {(part, row[0]): row for part, table in parameter_tables().items() for row in table.rows}
    assert rows["rules", "`brinkmanship_scale`"][2:4] == ("at least 0, d", "0.01")
    assert rows["actor", "`war_cost`"][2:4] == ("ByType", "resolute 0.6, irresolute 1.2")
    assert rows["actor", "`precision`"][2:4] == ("above 0, d", "4")
    assert rows["front", "`fear`"][2:4] == ("0 to 1, d", "0.1")
    assert rows["front", "`at_war`"][2:4] == ("true, false", "false")
    assert rows["front", "`resolve`"][2:4] == ("0 to 1, d", "none")
    assert rows["scenario", "`as_of`"][2:4] == ("date or 0 to 36500", "none")
    assert rows["scenario", "`horizon`"][2:4] == ("whole, 1 to 3650", "90")
    assert rows["scenario", "`rules`"][2:4] == ("Rules", "as its own table")
    assert rows["commitment", "`credence`"][3] == "its own default"
    assert rows["rung", "`goldstein`"][2] == "-10 to 10"
    assert rows["signal", "`channel`"][2:4] == ("public, private", "public")
    assert rows["signal", "`receivers`"][2:4] == ("list of name", "required")
    assert rows["provocation", "`kind`"][2] == "provocation"


def test_sources_are_of_fields_that_there_are() -> None:
    assert set(SOURCES) <= {f"{part}.{name}" for part, model in MODELS.items() for name in model.model_fields}


# ------------------------------------------------------------------------------------------------ state


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_every_attribute_of_the_state_has_words_where_it_is_declared(record: Any) -> None:
    words = words_of(record)
    assert list(words) == [field.name for field in dataclasses.fields(record)]
    assert [name for name, said in words.items() if not said.endswith(".")] == []


def test_every_attribute_of_the_state_is_a_row() -> None:
    for table, found in state_tables().items():
        assert [row[0] for row in found.rows] == [f"`{field.name}`" for field in dataclasses.fields(RECORDS[table])]


def test_what_a_run_changes_is_read_from_its_steps() -> None:
    moving = changed()
    assert {("fronts", "fear"), ("actors", "honesty"), ("clock", "now"), ("pledges", "credence_adversary")} <= moving
    assert ("fronts", "opened") in moving, "a row that a step is handed"
    fixed = {("fronts", "revisionism"), ("actors", "capability"), ("pledges", "strength"), ("options", "intensity")}
    assert not fixed & moving


def test_numbers_fixed_in_the_code_are_those_of_the_code() -> None:
    for place, _, value in TABLES["constants"].rows:
        module, _, name = place.strip("`").rpartition(".")
        assert float(value) == pytest.approx(getattr(import_module(f"escalation.{module}"), name), rel=1e-9)


def test_every_function_of_the_mechanisms_is_a_row_with_what_it_says() -> None:
    rows = {row[0].strip("`"): row for row in mechanism_table().rows}
    for place, (_, said, _) in rows.items():
        module, _, function = place.partition(".")
        found = getattr(import_module(f"escalation.mechanisms.{module}"), function)
        assert (found.__doc__ or "").startswith(said.split("\n")[0])
    assert rows["war_and_contest.success"][2] == "[Tullock1980]_"
    assert rows["honour_and_audiences.exposure"][2] == "[Carson2018]_", "its own source goes before that of its heading"
    for path in (ROOT / "escalation" / "mechanisms").glob("*.py"):
        public = getattr(import_module(f"escalation.mechanisms.{path.stem}"), "__all__", [])
        assert {f"{path.stem}.{name}" for name in public} <= set(rows)


# ------------------------------------------------------------------------------------------------ scenarios


@pytest.mark.parametrize("name", library_names())
def test_tables_of_a_scenario_hold_all_its_parts(name: str) -> None:
    scenario = load(name)
    found = scenario_tables(scenario)
    actors = found["5 Initialization: actors"]
    assert actors.columns == ("parameter", *scenario.actors)
    assert [row[0] for row in found["5 Initialization: fronts"].rows] == list(scenario.fronts)
    assert len(found["5 Initialization: ladder"].rows) == len(scenario.ladder.rungs)
    assert {row[2] for row in found["6 Input data: signals"].rows} == set(scenario.signals)
    for table in found.values():
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_values_read_as_they_are_stated() -> None:
    believed = {"distribution": "elicited", "probabilities": [0.1, 0.5, 0.9], "values": [0.3, 0.55, 0.8]}
    scenario = load("haniyeh-2024").replace("actors.irn.resolve", {**believed, "low": 0.0, "high": 1.0})
    found = scenario_tables(scenario)
    actors = {row[0]: row for row in found["5 Initialization: actors"].rows}
    irn = found["5 Initialization: actors"].columns.index("irn")
    assert actors["capability"][irn] == "lognormal(median 0.8, sigma 0.3)"
    assert actors["audience_cost"][irn] == "uniform(low 0.3, high 0.8)"
    assert actors["resolve"][irn] == "elicited(probabilities 0.1, 0.5, 0.9, values 0.3, 0.55, 0.8, low 0, high 1)"
    events = {row[2]: row for row in found["6 Input data: events"].rows}
    assert events["shukr-killed"][4] == (
        "to hzb (severity normal(mean 0.7, sd 0.06, low 0.5, high 0.9)); publicity 1; "
        "suspects isr (prior 1, likelihood 1), other (prior 0.01, likelihood 1)"
    )
    assert events["gaza-talks"][1] == "2024-08-04 (planned)"
    assert events["irn-arrests"][5] == "0.75", "reliability, where nothing is said of whether it occurred"


def test_what_a_scenario_does_not_have_makes_no_table() -> None:
    bare = Scenario.from_dict({"name": "bare", "actors": {"a": {}, "b": {}}, "fronts": {"a-b": {}, "b-a": {}}})
    assert not [title for title in scenario_tables(bare) if title.startswith("6") or "commitments" in title]


def test_an_accident_and_a_mediation_without_mediators_are_told() -> None:
    events = {
        "clash": {"kind": "accident", "date": 1, "actor": "a", "victims": [{"actor": "b", "severity": 0.3}]},
        "talks": {"kind": "mediation", "date": 2, "parties": ["a", "b"]},
    }
    data = {"name": "told", "actors": {"a": {}, "b": {}}, "fronts": {"a-b": {}, "b-a": {}}, "events": events}
    rows = scenario_tables(Scenario.from_dict(data))["6 Input data: events"].rows
    assert [row[4] for row in rows] == [
        "a to b (severity 0.3); publicity 1, blame 0.5",
        "between a and b: strength 0.3, 14 days",
    ]


def test_a_cell_cannot_break_its_table() -> None:
    table = Table(("a", "b"), (("one | two", "three\nfour"),))
    assert table.markdown().splitlines()[2] == "| one \\| two | three four |"
