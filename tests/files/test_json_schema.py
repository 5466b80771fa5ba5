"""The schema takes what `load` takes, as far as a JSON Schema can say it."""

from __future__ import annotations

import ast
import copy
import datetime
import inspect
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from jsonschema_specifications import REGISTRY as SPECIFICATIONS
from strategies import scenarios

from escalation.errors import ScenarioError
from escalation.files import dumps, library_names, schema
from escalation.files.names import library_text
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario

SCHEMA = schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker(["date"]))
BASE: dict[str, Any] = {
    "name": "q",
    "actors": {"a": {}, "b": {}},
    "fronts": {"a-b": {}, "b-a": {}},
    "signals": {"s": {"kind": "vow", "date": "2000-01-02", "sender": "a", "receivers": ["b"]}},
}


def as_json(toml: str) -> Any:
    """TOML as an editor's JSON Schema sees it: dates are text."""
    return json.loads(json.dumps(tomllib.loads(toml), default=datetime.date.isoformat))


def test_it_is_a_schema_of_its_dialect() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA, allow_nan=False)) == SCHEMA


def test_the_role_of_a_rung_is_described_by_the_marks_of_every_role() -> None:
    """The marks stand below each role in the source, and in the codebook; the schema of a rung has them too."""
    (body,) = ast.parse(inspect.getsource(Role)).body
    assert isinstance(body, ast.ClassDef)
    said = [
        node.value.value for node in body.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ]
    marks = dict(zip(Role, (" ".join(str(words).split()) for words in said[1:]), strict=True))
    described = " ".join(SCHEMA["$defs"]["Rung"]["properties"]["role"]["description"].split())
    for role, words in marks.items():
        assert f"{role}: {words}" in described
    codebook = (Path(__file__).parents[2] / "docs" / "explanation" / "codebook.md").read_text(encoding="utf-8")
    four = re.findall(
        r"^- (.+)$", codebook.partition("**Marks of a major strike.**")[2].partition("\n\nShells")[0], re.M
    )
    assert len(four) == 4
    for mark, told in zip(
        four, ("sorties, missiles or drones", "one operation", "tries to take it", "openly"), strict=True
    ):
        assert told in mark
        assert told in marks[Role.MAJOR]


def keywords(node: dict[str, Any]) -> set[str]:
    """Keywords of a schema, without the names that tables of schemas have for their own."""
    found = set(node)
    for key, value in node.items():
        tables = value.values() if key in ("properties", "patternProperties", "$defs") else [value]
        for inner in [*tables, *(value if key in ("anyOf", "oneOf", "allOf") else [])]:
            if isinstance(inner, dict) and key not in ("default", "const"):
                found |= keywords(inner)
    return found


def test_it_has_no_keyword_but_those_of_its_dialect() -> None:
    told = [table.contents for uri, table in SPECIFICATIONS.items() if "draft/2020-12/meta" in uri]
    known = {keyword for table in told for keyword in table.get("properties", {})}
    assert {"type", "oneOf", "propertyNames"} < keywords(SCHEMA) <= known


@pytest.mark.parametrize("name", library_names())
def test_it_takes_the_library(name: str) -> None:
    VALIDATOR.validate(as_json(library_text(name).decode()))


@given(scenarios(max_actors=4))
def test_it_takes_what_is_written(scenario: Scenario) -> None:
    VALIDATOR.validate(as_json(dumps(scenario)))


@pytest.mark.parametrize(
    "change",
    [
        {"horizonn": 3},
        {"horizon": 0},
        {"period": "1"},
        {"start": "yesterday"},
        {"rules": {"depth": True}},
        {"start": "20000102"},
        {"start": "2000-W01-3"},
        {"ladder": "defualt"},
        {"ladder": {"name": "x", "rungs": []}},
        {"sources": {"A b": "x"}},
        {"actors": {"a": {}}},
        {"actors": {"a": {}, "B": {}}},
        {"actors": {"a": {}, "b": {"honsty": 0.5}}},
        {"actors": {"a": {}, "b": {"honesty": 1.5}}},
        {"actors": {"a": {}, "b": {"capability": 0.0}}},
        {"actors": {"a": {}, "b": {"kind": "stat"}}},
        {"actors": {"a": {}, "b": {"honesty": {"low": 0.0, "high": 1.0}}}},
        {"fronts": {"ab": {}, "b-a": {}}},
        {"signals": {"s": {"kind": "vw", "date": 1, "sender": "a", "receivers": ["b"]}}},
        {"signals": {"s": {"kind": "vow", "date": 1, "sender": "a", "receivers": []}}},
        {"signals": {"s": {"kind": "vow", "date": -1, "sender": "a", "receivers": ["b"]}}},
        {"signals": {"s": {"kind": "vow", "sender": "a", "receivers": ["b"]}}},
        {"signals": {"s": {"kind": "vow", "date": 1, "sender": "a", "receivers": ["b"], "channel": "secret"}}},
        {"events": {"e": {"kind": "accident", "date": 1}}},
        {"events": {"e": {"date": 1}}},
        {"observed": [{"date": 1}]},
    ],
    ids=str,
)
def test_it_refuses_what_load_refuses(change: dict[str, Any]) -> None:
    VALIDATOR.validate(BASE)
    Scenario.from_dict(BASE)
    bad = copy.deepcopy(BASE) | change
    assert not VALIDATOR.is_valid(bad)
    with pytest.raises(ScenarioError, match=r"."):
        Scenario.from_dict(bad)


def test_actors_of_the_longest_ids_can_face_each_other_in_both() -> None:
    one, other = "a" * 32, "b" * 32
    longest = {"name": "q", "actors": {one: {}, other: {}}, "fronts": {f"{one}-{other}": {}, f"{other}-{one}": {}}}
    VALIDATOR.validate(longest)
    assert Scenario.from_dict(longest).front_ids == (f"{one}-{other}", f"{other}-{one}")


def keys(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [found for kind in table["$defs"].values() for found in kind.get("properties", {}).values()]


def test_every_key_says_what_it_is() -> None:
    for key in [*SCHEMA["properties"].values(), *keys(SCHEMA)]:
        assert key.get("description"), key
