"""Every crisis of the library is complete, sourced and dated, and its judgements are those that were frozen."""

from __future__ import annotations

import hashlib
import json
import math
import re
import tomllib
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from escalation.data.fits import ACTORS, RULES
from escalation.files import library_names, load
from escalation.montecarlo.runner import run
from escalation.world.distributions import Part
from escalation.world.scenario import Scenario

TEXTS = {
    name: (files("escalation") / "library" / f"{name}.toml").read_text(encoding="utf-8") for name in library_names()
}
RAW: dict[str, dict[str, Any]] = {name: tomllib.loads(text) for name, text in TEXTS.items()}
CRISES = sorted(name for name, raw in RAW.items() if "observed" in raw)
FROZEN: dict[str, str] = json.loads((Path(__file__).parent / "frozen.json").read_text(encoding="utf-8"))
WORDS = {"name", "title", "description", "note", "source", "sources", "fit"}
FITTED = {*ACTORS, "belligerence_cost", "war_cost"}
REASONED = {
    "haniyeh-2024": {"response_delay"},
    "berlin-1961": {"war_cost"},
    "cuba-1962": {"war_cost"},
    "falklands-1982": {"response_delay"},
    "pulwama-2019": {"war_cost"},
}
"""Fitted quantities that a file states for reasons of its own."""


def judged(value: Any) -> Any:
    """What can change a result or a score, without words, in a form that can be hashed."""
    if isinstance(value, dict):
        return {key: judged(item) for key, item in sorted(value.items()) if key not in WORDS}
    if isinstance(value, list):
        return [judged(item) for item in value]
    return str(value) if isinstance(value, date) else value


def frozen_hash(name: str) -> str:
    return hashlib.sha256(json.dumps(judged(RAW[name])).encode()).hexdigest()


def cited(item: dict[str, Any]) -> list[str]:
    return [key.strip() for key in item["source"].partition(":")[0].split(",")]


def dated(raw: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {**raw.get("signals", {}), **raw.get("events", {})}


def test_there_are_twelve_crises_that_ended_differently() -> None:
    assert len(CRISES) >= 12
    peaks = {max(_rung(act["rung"]) for act in RAW[name]["observed"]) for name in CRISES}
    assert len(peaks) >= 4
    assert {"beagle-1977", "postage-stamps-1937"} <= {name for name in CRISES if "drawn by lot" in TEXTS[name]}


def _rung(name: str) -> int:
    return ("restraint", "threat", "display", "limited-strike", "major-strike", "war").index(name)


@pytest.mark.parametrize("name", CRISES)
def test_a_crisis_is_valid_and_named_as_its_file(name: str) -> None:
    scenario = load(name)
    assert scenario.name == name
    assert scenario.title
    assert scenario.description
    assert scenario.fit == "icb-icbe-1918-1994"


@pytest.mark.parametrize("name", CRISES)
def test_every_dated_item_has_a_source(name: str) -> None:
    raw = RAW[name]
    for item in [*dated(raw).values(), *raw.get("commitments", {}).values(), *raw["observed"]]:
        assert set(cited(item)) <= set(raw["sources"])
        assert cited(item)


@pytest.mark.parametrize("name", CRISES)
def test_every_source_is_used(name: str) -> None:
    text = TEXTS[name]
    start = text.index("[sources]")
    rest = text[:start] + text[text.index("\n# ---", start) :]
    assert [key for key in RAW[name]["sources"] if not re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", rest)] == []


@pytest.mark.parametrize("name", CRISES)
def test_what_was_not_read_is_not_certain(name: str) -> None:
    for item in dated(RAW[name]).values():
        assert cited(item) != ["general"] or item["reliability"] < 1.0
    for act in RAW[name]["observed"]:
        assert cited(act) != ["general"] or "nchecked" in act["note"]


@pytest.mark.parametrize("name", CRISES)
def test_the_information_date_comes_before_all_that_is_scored(name: str) -> None:
    raw = RAW[name]
    end = raw["start"] + timedelta(days=raw["horizon"])
    assert all(raw["as_of"] < act["date"] <= end for act in raw["observed"])
    assert all(item["date"] <= raw["as_of"] or item.get("planned") for item in dated(raw).values())


@pytest.mark.parametrize("name", CRISES)
def test_every_judgement_has_its_reason(name: str) -> None:
    lines = TEXTS[name].splitlines()
    places = [number for number, line in enumerate(lines) if "distribution =" in line]
    assert len(places) >= 16
    assert [lines[n] for n in places if not lines[n - 1].startswith("# ") and "#" not in lines[n]] == []


@pytest.mark.parametrize("name", CRISES)
def test_what_was_fitted_is_left_to_the_fit(name: str) -> None:
    raw = RAW[name]
    stated = {key for actor in raw["actors"].values() for key in actor if key in FITTED}
    assert stated == REASONED.get(name, set())
    assert set(raw.get("rules", {})) & set(RULES) == set()


@pytest.mark.parametrize("name", sorted(FROZEN))
def test_judgements_are_frozen(name: str) -> None:
    """A change voids the scores told of the crisis: make it in the open, with a new hash and new scores."""
    assert frozen_hash(name) == FROZEN[name]


def test_all_crises_are_frozen() -> None:
    assert sorted(FROZEN) == CRISES


@pytest.mark.parametrize("name", CRISES)
def test_judgements_are_distributions(name: str) -> None:
    """Resolve, stakes and credence are in no source, so none is a bare number where its actor can decide."""
    scenario = load(name)
    deciding = {front.actor for front in scenario.fronts.values() if not front.at_war}
    for actor in sorted(deciding):
        told = "resolve" in RAW[name]["actors"][actor]
        assert not told or isinstance(scenario.actors[actor].resolve, Part)
    for front, stated in RAW[name]["fronts"].items():
        assert not isinstance(stated.get("stake"), float), front


@pytest.mark.parametrize("name", CRISES)
def test_a_crisis_runs_without_a_number_missing(name: str) -> None:
    scenario: Scenario = load(name)
    ensemble = run(scenario, runs=50, seed=1, progress=False)
    assert ensemble.runs == 50
    for event in ensemble.events:
        estimate = ensemble.probability(event)
        assert all(math.isfinite(number) for number in (estimate.value, estimate.low, estimate.high))
    assert np.isfinite(ensemble.fan()).all()
    first = ensemble.first_day("initiation")
    assert scenario.as_of is not None
    assert (first > scenario.day(scenario.as_of)).all()
