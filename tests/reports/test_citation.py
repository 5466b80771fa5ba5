"""What is to be cited with a scenario: the sources of what it uses, and no others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from escalation.analysis.what_mattered.switches import MECHANISMS
from escalation.errors import StudyError
from escalation.files import load
from escalation.reports.bibliography import bibtex, entries
from escalation.reports.citation import (
    _WITHOUT_EFFECT_ALONE,
    citation,
    mechanisms_in_use,
    sources_in_use,
)
from escalation.reports.equations import Mechanism, mechanisms
from escalation.version import __version__
from escalation.world.scenario import Scenario


def bare(**parts: object) -> Scenario:
    data = {"name": "bare", "actors": {"a": {}, "b": {}, "c": {}}, "fronts": {"a-b": {}, "b-a": {}}}
    return Scenario.from_dict(data | parts)


def test_every_switch_stands_under_the_heading_of_a_mechanism_and_every_heading_names_one() -> None:
    assert {switch for mechanism in mechanisms() for switch in mechanism.switches} == set(MECHANISMS)
    assert [mechanism.name for mechanism in mechanisms() if not mechanism.switches and not mechanism.always] == []
    assert set(_WITHOUT_EFFECT_ALONE) <= set(MECHANISMS)


@pytest.mark.parametrize("mechanism", mechanisms(), ids=lambda mechanism: mechanism.name)
def test_a_heading_names_fields_that_a_scenario_has(mechanism: Mechanism) -> None:
    for table, path in re.findall(r"`([a-z]+)\.(?:\*\.)?([a-z_.*]+)`", mechanism.switched):
        assert table in Scenario.model_fields
        named = path.rpartition(".")[2]
        assert named in fields_of(TypeAdapter(Scenario.model_fields[table].annotation).json_schema()), (table, path)


def fields_of(schema: Any) -> set[str]:
    """Names of all fields in a JSON schema."""
    if isinstance(schema, list):
        return set().union(*map(fields_of, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", {})).union(*map(fields_of, schema.values()))


def test_a_bare_scenario_uses_what_none_can_do_without() -> None:
    used = mechanisms_in_use(bare())
    assert {"fear", "belligerence", "brinkmanship", "retaliation"} <= set(used)
    assert not {"commitment", "leash", "patron-reply", "reputation", "face", "audience-cost", "proxy"} & set(used)
    assert not {"belligerency", "joining-by-credence", "assurance", "amends-in-words"} & set(used)
    assert "declared-covert-acts" in used
    ladder = bare().ladder.model_dump()
    for rung in ladder["rungs"]:
        rung["covert"] = False
    assert not {"covert-acts", "declared-covert-acts"} & set(mechanisms_in_use(bare(ladder=ladder)))


@pytest.mark.parametrize(
    ("parts", "mechanism", "key"),
    [
        ({"commitments": {"p": {"patron": "c", "protege": "a"}}}, "leash", "Pressman2008"),
        ({"commitments": {"p": {"patron": "c", "protege": "a"}}}, "patron-reply", "Huth1988"),
        (
            {"signals": {"d": {"kind": "demand", "date": 1, "sender": "b", "receivers": ["a"]}}},
            "face",
            "Kurizaki2007",
        ),
        ({"commitments": {"p": {"patron": "c", "protege": "a"}}}, "joining-by-credence", "Snyder1984"),
        ({"commitments": {"p": {"patron": "c", "protege": "a"}}}, "belligerency", "Snyder1984"),
        ({"commitments": {"p": {"patron": "c", "protege": "a"}}}, "shared-reasons", "BrecherWilkenfeld1997"),
        ({"fronts": {"a-b": {"stake": 1.5}, "b-a": {}}}, "stakes", "Powell1990"),
        (
            {"signals": {"d": {"kind": "demand", "date": 1, "sender": "b", "receivers": ["a"]}}},
            "assurance",
            "KyddMcManus2017",
        ),
        (
            {"signals": {"r": {"kind": "reassurance", "date": 1, "sender": "b", "receivers": ["a"]}}},
            "amends-in-words",
            "Osgood1962",
        ),
        (
            {"signals": {"v": {"kind": "vow", "date": 1, "sender": "a", "receivers": ["b"]}}},
            "audience-cost",
            "KertzerBrutger2016",
        ),
        (
            {"signals": {"v": {"kind": "vow", "date": 1, "sender": "a", "receivers": ["b"]}}},
            "threat-credibility",
            "Fearon1994",
        ),
        (
            {"signals": {"t": {"kind": "threat", "date": 1, "sender": "a", "receivers": ["b"]}}},
            "threat-credibility",
            "Fearon1994",
        ),
        (
            {"signals": {"d": {"kind": "demand", "date": 1, "sender": "b", "receivers": ["a"]}}},
            "audience-cost",
            "KertzerBrutger2016",
        ),
        (
            {"fronts": {"a-b": {"incidents": {"rate": 0.1}}, "b-a": {}}},
            "incidents",
            "Hawkes1971",
        ),
    ],
)
def test_what_is_stated_brings_in_its_mechanism_and_its_source(
    parts: dict[str, object], mechanism: str, key: str
) -> None:
    assert mechanism not in mechanisms_in_use(bare())
    assert mechanism in mechanisms_in_use(bare(**parts))
    assert key in sources_in_use(bare(**parts))[mechanism]
    assert f"{{{key},\n" in citation(bare(**parts))


def test_a_mechanism_that_is_switched_off_is_not_cited() -> None:
    scenario = load("two-state-deterrence")
    assert "accident" in mechanisms_in_use(scenario)
    without = scenario.replace("rules.accident_hazard", 0.0)
    assert "accident" not in mechanisms_in_use(without)
    assert "Sagan1993" in citation(scenario)
    assert "Sagan1993" not in citation(without)


def test_quantiles_default_credence_and_the_ladder_have_sources_of_their_own() -> None:
    believed = {
        "distribution": "elicited",
        "probabilities": [0.1, 0.5, 0.9],
        "values": [0.3, 0.55, 0.8],
        "low": 0.0,
        "high": 1.0,
    }
    asked = load("haniyeh-2024").replace("actors.irn.resolve", believed)
    assert sources_in_use(asked)["elicited"] == ("Keelin2016",)
    assert "elicited" not in sources_in_use(bare())
    scenario = load("two-state-deterrence")
    assert sources_in_use(scenario)["credence"] == ("Leeds2000", "BerkemeierFuhrmann2018")
    assert "credence" not in sources_in_use(scenario.replace("commitments.alliance.credence.mean", 0.5))
    assert "Kahn1965" in sources_in_use(bare().replace("ladder", "kahn-44"))["ladder"]
    assert "Kahn1965" not in citation(scenario)


def test_the_text_is_bibtex_of_the_library_and_of_every_source_once() -> None:
    scenario = load("haniyeh-2024")
    text = citation(scenario)
    assert text.startswith("@misc{escalation,")
    assert f"Version {__version__}" in text
    keys = {key for found in sources_in_use(scenario).values() for key in found}
    assert all(text.count(entries()[key]) == 1 for key in keys)
    assert text.count("\n@") == len(keys)
    assert text.count("{") == text.count("}")


def test_an_interpreter_shows_it_as_it_is_written() -> None:
    text = citation(bare())
    assert repr(text) == str(text) == text


def test_a_source_that_there_is_not_is_refused() -> None:
    with pytest.raises(StudyError, match=r"no source 'Fearon1996'.*Fearon199"):
        bibtex(["Fearon1996"])


def test_every_entry_is_read_whole() -> None:
    text = (Path(__file__).parents[2] / "escalation" / "reports" / "bibliography.bib").read_text(encoding="utf-8")
    assert len(entries()) == text.count("\n@")
    assert all(entry.startswith("@") and entry.endswith("\n}") for entry in entries().values())
