"""The main scenario is complete, sourced and dated; nothing here looks at a result of a run."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import pytest

from escalation.files import load
from escalation.world.scenario import Scenario

LIBRARY = files("escalation") / "library"
TEXT = (LIBRARY / "haniyeh-2024.toml").read_text(encoding="utf-8")
RAW: dict[str, Any] = tomllib.loads(TEXT)
DATED = {**RAW["signals"], **RAW["events"]}
VISIT = ("us-private-warning", "us-reassurance", "us-denial", "us-disclosure")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("haniyeh-2024")


def cited(item: dict[str, Any]) -> list[str]:
    return [key.strip() for key in item["source"].partition(":")[0].split(",")]


def test_window_holds_the_acts_that_are_scored(scenario: Scenario) -> None:
    assert scenario.start == date(2024, 7, 30)
    assert scenario.as_of == date(2024, 8, 2)
    end = scenario.start + timedelta(days=scenario.horizon)
    assert {act["date"] for act in RAW["observed"]} >= {date(2024, 10, 1), date(2024, 10, 26)}
    assert all(scenario.as_of < act["date"] <= end for act in RAW["observed"])


def test_nothing_after_the_information_date_unless_planned() -> None:
    late = {name for name, item in DATED.items() if item["date"] > RAW["as_of"]}
    assert late == {"us-visit-denial", "gaza-talks"}
    assert late == {name for name, item in DATED.items() if item.get("planned")}
    assert all(item.get("reported", RAW["as_of"]) <= RAW["as_of"] for item in DATED.values())


@pytest.mark.parametrize("name", sorted(DATED))
def test_dated_item_cites_known_sources(name: str) -> None:
    assert set(cited(DATED[name])) <= set(RAW["sources"])


def test_every_source_is_used_and_every_act_has_one() -> None:
    table = TEXT[TEXT.index("[sources]") : TEXT.index("[actors.irn]")]
    rest = TEXT.replace(table, "")
    assert [key for key in RAW["sources"] if not re.search(rf"(?<![\w-]){key}(?![\w-])", rest)] == []
    for item in [*RAW["commitments"].values(), *RAW["observed"]]:
        assert set(cited(item)) <= set(RAW["sources"])
    unchecked = [act for act in RAW["observed"] if "general" in cited(act)]
    assert len(unchecked) == 2
    assert all("nchecked" in act["note"] for act in unchecked)


def test_every_judgement_has_its_reason() -> None:
    lines = TEXT.splitlines()
    judged = [number for number, line in enumerate(lines) if "distribution =" in line]
    assert 40 <= len(judged) <= 120
    assert [lines[n] for n in judged if not lines[n - 1].startswith("# ") and "#" not in lines[n]] == []


def test_the_reported_visit_is_one_uncertain_private_occasion(scenario: Scenario) -> None:
    signals = [scenario.signals[name] for name in VISIT]
    assert [signal.kind.value for signal in signals] == ["warning", "reassurance", "denial", "disclosure"]
    assert {(s.sender, s.receivers, s.channel, s.occasion) for s in signals} == {
        ("usa", ("irn",), "private", "us-visit")
    }
    assert {s.date for s in signals} == {date(2024, 8, 1)}
    assert len({s.reliability for s in signals}) == 1
    assert signals[0].reliability < 0.5
    assert all(s.leak != 0.0 for s in signals)
    assert scenario.signals["us-private-warning"].subject == "usa-isr"
    assert scenario.signals["us-denial"].subject == "haniyeh-killed"
    assert scenario.signals["us-disclosure"].subject == "isr"
    assert scenario.signals["us-visit-denial"].subject in VISIT


def test_blame_is_uncertain_and_complicity_possible(scenario: Scenario) -> None:
    killing = scenario.events["haniyeh-killed"]
    assert killing.kind == "provocation"
    assert {suspect.actors for suspect in killing.suspects} == {("isr",), ("isr", "usa")}
    assert killing.other.prior != 0.0
    assert {victim.actor for victim in killing.victims} == {"irn", "hamas", "hzb", "pij"}


def test_contested_claims_are_coded_alike(scenario: Scenario) -> None:
    fronts = scenario.fronts
    assert fronts["irn-isr"].revisionism == fronts["isr-irn"].revisionism
    assert fronts["isr-irn"].spoiler == fronts["hamas-isr"].spoiler


def test_every_mechanism_has_something_to_act_on(scenario: Scenario) -> None:
    kinds = {signal.kind.value for signal in scenario.signals.values()}
    assert kinds == {"threat", "vow", "warning", "reassurance", "denial", "disclosure", "appeal"}
    happenings = {event.kind for event in scenario.events.values()}
    assert happenings == {"provocation", "internal-shock", "mediation"}
    assert scenario.events["us-deployment"].kind == "provocation"  # an act, and not a word
    assert scenario.signals["us-call-for-restraint"].rung is None  # who calls for restraint threatens nothing
    fronts = scenario.fronts
    # Whoever fights in Gaza has a choice: the fighting of an ordinary day is the baseline, and nobody is bound to more.
    assert not any(front.at_war for front in fronts.values())
    for name in ("hamas-isr", "isr-hamas", "pij-isr", "isr-pij", "hzb-isr", "isr-hzb"):
        assert fronts[name].baseline == "limited-strike"
    for name in ("hzb-isr", "isr-hzb"):
        assert fronts[name].incidents is not None
    for name in ("irn-isr", "isr-irn", "hzb-isr", "isr-hzb"):
        assert fronts[name].first_strike_advantage != 0.0
        assert fronts[name].fear != 0.0
    proxies = {name for name, actor in scenario.actors.items() if actor.principal == "irn"}
    assert proxies == {"hzb", "hamas", "pij"}
    assert {"usa-isr", "irn-hzb", "hzb-irn"} <= set(scenario.commitments)
    assert not scenario.commitments["usa-isr"].conditional
    assert scenario.commitments["irn-hzb"].conditional


def test_teaching_scenario_is_short_and_undated() -> None:
    text = (LIBRARY / "two-state-deterrence.toml").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 30
    teaching = load("two-state-deterrence")
    assert teaching.signals["threat"].date == 2.0
    assert set(teaching.actors) == {"challenger", "defender", "patron"}
