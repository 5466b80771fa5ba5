"""These run the compiled engine."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from escalation.analysis.uncertain.uncertainty import uncertainty
from escalation.errors import StudyError
from escalation.files import load
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run
from escalation.plotting.report_pictures import report_pictures
from escalation.reports.citation import mechanisms_in_use, sources_in_use
from escalation.reports.page import Page, Section
from escalation.reports.report import report
from escalation.world.plain_words import event_words
from escalation.world.scenario import Scenario


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    return run(load("haniyeh-2024"), runs=80, seed=1, progress=False)


@pytest.fixture(scope="module")
def small() -> Ensemble:
    return run(load("two-state-deterrence"), runs=40, seed=1, progress=False)


@pytest.fixture(scope="module")
def page(ensemble: Ensemble) -> Page:
    return report(ensemble, command="escalation report x")


def part(page: Page, title: str) -> Section:
    return next(section for section in page.sections if section.title == title)


def test_the_question_is_answered_with_its_interval(small: Ensemble) -> None:
    page = report(small, event="initiation", actor="challenger", target="defender")
    asked, answered = part(page, "Question").text
    assert asked == "How likely is this within 60 days of 2000-01-01: challenger chooses force against defender?"
    assert str(small.probability("initiation", actor="challenger")) in answered
    assert part(report(small, question="Will it?"), "Question").text[0] == "Will it?"


def test_the_scenario_is_told_with_the_sources_of_its_items(ensemble: Ensemble, page: Page) -> None:
    scenario = ensemble.scenario
    actors, timeline = part(page, "Scenario").tables
    assert ("Hezbollah", "Israel", "Iran") in [row[:3] for row in actors.rows]
    assert len(timeline.rows) == len(scenario.signals) + len(scenario.events)
    days = [row[0] for row in timeline.rows]
    assert days == sorted(days)
    said = {row[1]: row[5] for row in timeline.rows}
    assert said["Khamenei's vow of revenge"] == "[4, 5] 'harsh punishment'; 'our duty to take revenge'"
    listed = part(page, "Sources of the scenario").points
    assert listed[3].startswith("[4] Khaleej Times")
    assert listed[3].endswith("(khaleej)")


def test_the_timeline_names_the_rung_of_a_word_and_of_an_open_act() -> None:
    data = load("two-state-deterrence").to_dict()
    hit = {
        "kind": "provocation",
        "date": 5,
        "victims": [{"actor": "defender", "severity": 0.4}],
        "suspects": [{"actors": ["challenger"]}],
    }
    data["events"] = {
        "call-up": hit | {"rung": "display", "title": "the second call-up"},
        "mine": hit | {"date": 6, "title": "the mine"},
    }
    data["signals"]["threat"]["rung"] = "major-strike"
    timeline = part(report(run(Scenario.from_dict(data), runs=5, seed=1, progress=False)), "Scenario").tables[1]
    rung = timeline.columns.index("rung")
    assert [row[rung] for row in timeline.rows] == ["major-strike", "display", ""]


def test_every_event_has_its_probability(ensemble: Ensemble, page: Page) -> None:
    (table,) = part(page, "Probabilities").tables
    assert table.rows == tuple(
        (event_words(event, ensemble.scenario), ensemble.probability(event).number_text())
        for event in ensemble.events
        if event != "rung:war"  # which is war, and has a row
    )


def test_uncertainty_is_apart_or_said_not_to_be_studied(small: Ensemble, page: Page) -> None:
    assert "not studied here" in part(page, "Uncertainty").text[0]
    study = uncertainty(small.scenario, draws=2, runs=10, progress=False)
    (table,) = part(report(small, uncertainty=study), "Uncertainty").tables
    assert table.rows == tuple(study.lines())


def test_limits_count_what_is_judgement(ensemble: Ensemble, page: Page) -> None:
    points = " ".join(part(page, "Limits").points)
    scenario = ensemble.scenario
    assert "forecast no particular event" in points
    assert f"Of {len(scenario.signals) + len(scenario.events)} dated items all name a source" in points
    bare = run(load("two-state-deterrence").without("threat"), runs=10, progress=False)
    points = " ".join(part(report(bare), "Limits").points)
    assert "dated item" not in points
    assert "1 of its numbers is a distribution: a judgement" in points
    assert f"It uses {len(mechanisms_in_use(bare.scenario))} mechanisms" in points
    one = load("two-state-deterrence").replace("actors.defender.resolve", 0.5)
    points = " ".join(part(report(run(one, runs=10, progress=False)), "Limits").points)
    assert "None of its numbers is a distribution." in points
    assert "Of 1 dated item 1 names no source; 0 have a reliability below 1." in points


def test_provenance_repeats_it(ensemble: Ensemble, page: Page) -> None:
    (table,) = part(page, "Provenance").tables
    told = dict(table.rows)
    assert told["hash"] == ensemble.scenario.hash
    assert told["seed and runs"] == "1, 80"
    assert told["again by"] == "escalation report x"
    assert len(part(page, "Sources of the scenario").points) == len(ensemble.scenario.sources)


def test_no_citation_is_a_bare_key_and_no_mark_of_markup_is_left(ensemble: Ensemble, page: Page) -> None:
    text = page.markdown()
    assert "`" not in text
    keys = {key for found in sources_in_use(ensemble.scenario).values() for key in found}
    assert not [key for key in keys if re.search(rf"\b{key}\b", text)]
    references = part(page, "References").points
    assert len(references) == len(keys)
    (fearon,) = [text for text in references if text.startswith("Fearon, James D. (1995). Rationalist Explanations")]
    assert fearon.endswith("For: every scenario, destruction, gains.")
    labels = ensemble.scenario.sources
    timeline = part(page, "Scenario").tables[1]
    assert not [row for row in timeline.rows if row[5].partition(":")[0] in labels]


def test_an_interrupted_study_says_so(small: Ensemble) -> None:
    assert "interrupted" in part(report(replace(small, interrupted=True)), "Question").text[1]


def test_pictures_have_words(small: Ensemble) -> None:
    pictures = report_pictures(small)
    assert [shown.name for shown in pictures] == ["peaks", "fan", "tree", "network"]
    assert all(shown.png.startswith(b"\x89PNG") and shown.caption for shown in pictures)
    assert part(report(small, pictures=pictures), "Pictures").pictures == pictures


def test_an_event_that_there_is_not(small: Ensemble) -> None:
    with pytest.raises(StudyError, match="no event 'wra'"):
        report(small, event="wra")


@pytest.mark.parametrize("planned", [False, True])
def test_what_is_planned_is_known_beyond_the_information_date(planned: bool) -> None:
    data = load("two-state-deterrence").to_dict() | {"as_of": 10}
    talks = {"kind": "mediation", "date": 20 if planned else 5, "mediators": [], "parties": ["challenger", "defender"]}
    data["events"] = {"talks": {**talks, "planned": planned}}
    page = report(run(Scenario.from_dict(data), runs=5, seed=1, progress=False))
    told = " ".join(part(page, "Scenario").text)
    assert "knows nothing that came after" in told
    assert ("but for what it marks as planned" in told) == planned
