"""The comparative statics that the model must reproduce, on paired runs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypotheses.catalogue import HYPOTHESES
from hypotheses.measuring import LEVEL, Case, Hypothesis, accepts, measure
from hypotheses.page import PAGE, case_row, words_of_sign

from escalation.reports.bibliography import entries


def cases() -> list[Any]:
    found = []
    for hypothesis in HYPOTHESES:
        for n, case in enumerate(hypothesis.cases, 1):
            marks = [pytest.mark.xfail(strict=True, reason=case.fails)] if case.fails else []
            if case.crisis == "haniyeh-2024":
                marks.append(pytest.mark.slow)
            found.append(pytest.param(case, id=f"{hypothesis.name}-{n}-{case.crisis}", marks=marks))
    return found


@pytest.mark.parametrize("case", cases())
def test_effect_has_the_sign_expected(case: Case) -> None:
    found = measure(case)
    assert accepts(case, found), f"expected {case.sign}, found {found.effect.number_text()}"


def test_all_cases_together_raise_a_false_alarm_more_rarely_than_once_in_ten_thousand() -> None:
    number = sum(len(hypothesis.cases) for hypothesis in HYPOTHESES)
    assert number * (1.0 - LEVEL) < 1e-4


@pytest.mark.parametrize("hypothesis", HYPOTHESES, ids=lambda hypothesis: hypothesis.name)
def test_it_is_tried_on_the_main_scenario_or_it_is_said_why_not(hypothesis: Hypothesis) -> None:
    assert any(case.crisis == "haniyeh-2024" for case in hypothesis.cases) != bool(hypothesis.absent)


def test_every_hypothesis_is_tried_on_a_neutral_crisis() -> None:
    # But for the one on an accomplice, which is about a table of suspects that only the main scenario has.
    neutral = {h.name for h in HYPOTHESES if any(case.crisis in {"quarrel", "attack"} for case in h.cases)}
    assert {h.name for h in HYPOTHESES} - neutral == {"denial-of-complicity"}


@pytest.mark.parametrize("hypothesis", HYPOTHESES, ids=lambda hypothesis: hypothesis.name)
def test_sources_are_in_the_bibliography(hypothesis: Hypothesis) -> None:
    assert set(hypothesis.sources) <= set(entries())


# ---------------------------------------------------------------------------------------------------- the page


@pytest.mark.parametrize("hypothesis", HYPOTHESES, ids=lambda hypothesis: hypothesis.name)
def test_page_states_the_hypothesis_and_the_sign_of_every_case(hypothesis: Hypothesis) -> None:
    page = PAGE.read_text(encoding="utf-8")
    section = re.search(rf"^### {re.escape(hypothesis.name)}\n(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
    assert section, f"{hypothesis.name} is not on the page: run `python docs/make_hypotheses.py`"
    assert hypothesis.sentence in section[1]
    rows = [line for line in section[1].splitlines() if line.startswith(("| quarrel", "| attack", "| haniyeh"))]
    assert len(rows) == len(hypothesis.cases)
    for case, row in zip(hypothesis.cases, rows, strict=True):
        assert row.startswith(f"| {case.crisis} | {case.change} | {case.measure.words} | {words_of_sign(case)} |")
        assert ("not reproduced" in row) == bool(case.fails)
        assert case.fails in section[1]
    assert hypothesis.absent in section[1]


def test_page_has_no_hypothesis_that_is_not_in_the_catalogue() -> None:
    named = re.findall(r"^### (.*)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert named == [hypothesis.name for hypothesis in HYPOTHESES]


@pytest.mark.parametrize("name", ["patrons-credence", "severity"])
def test_page_says_what_is_found_now(name: str) -> None:
    # A row on which the page and the model part tells that the page is to be made anew.
    (hypothesis,) = [hypothesis for hypothesis in HYPOTHESES if hypothesis.name == name]
    case = hypothesis.cases[0]
    assert case_row(case, measure(case)) in PAGE.read_text(encoding="utf-8")
