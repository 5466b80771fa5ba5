"""What mattered, as the page says it: words first, then every item with its numbers."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from html import unescape

import pytest

import escalation as esc
from escalation.analysis.what_mattered.left_out import LeaveOneOut
from escalation.app import figures
from escalation.app.mattered import (
    ANYBODY,
    events_asked,
    mattered_table,
    mattered_words,
    nearest_sides,
    sides_asked,
)
from escalation.app.study import Study
from escalation.montecarlo.progress import Hook
from escalation.world.scenario import Scenario


@pytest.fixture(scope="module")
def study(two_states: Scenario) -> LeaveOneOut:
    return esc.leave_one_out(two_states, runs=400, seed=1, sample=20, progress=False)


def plain(text: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", text))


def test_any_event_of_the_list_can_be_asked_about(busy: Scenario) -> None:
    events = events_asked(busy)
    assert events[0] == "initiation"
    assert len(set(events)) == len(events)
    assert f"rung:{busy.ladder.names[-1]}" not in events
    assert {*events, f"rung:{busy.ladder.names[-1]}"} == {*esc.run(busy, runs=1, seed=1, progress=False).events}


def test_whose_acts_can_count_is_what_the_library_takes(busy: Scenario) -> None:
    sides = sides_asked(busy, "initiation")
    assert sides[0] == ANYBODY
    assert {("ara", ""), ("", "bor"), ("ara", "bor"), ("ara", "cal")} <= set(sides)
    assert ("ara", "ara") not in sides
    for event in events_asked(busy):
        for actor, target in sides_asked(busy, event):
            esc.run(busy, runs=1, seed=1, progress=False).probability(event, actor=actor or None, target=target or None)
    assert sides_asked(busy, "settled") == (ANYBODY,)


def test_what_is_wanted_and_cannot_be_gives_way(busy: Scenario) -> None:
    assert nearest_sides(busy, "initiation", "ara", "bor") == ("ara", "bor")
    assert nearest_sides(busy, "initiation", "ara", "ara") == ("ara", "")
    assert nearest_sides(busy, "initiation", "nobody", "bor") == ("", "bor")
    assert nearest_sides(busy, "settled", "ara", "bor") == ANYBODY


def test_words_and_figure_say_whose_acts_count(two_states: Scenario) -> None:
    study = esc.leave_one_out(
        two_states, actor="challenger", target="defender", runs=40, seed=1, sample=0, progress=False
    )
    assert "challenger" in study.asked
    assert study.asked in plain(mattered_words(study))
    label = figures.leave_one_out(study).says
    assert study.asked in label
    assert study.asked not in figures.leave_one_out(replace(study, actor=None, target=None)).says


def test_the_answer_is_in_words_with_the_reasons_below(study: LeaveOneOut) -> None:
    before, details, after = mattered_words(study).partition("<details>")
    assert details
    for words in (*study.sentences(most=0), *study.in_words(most=3)):
        assert words in plain(before)
    for words in study.sentences(most=3)[3:]:
        assert words in plain(after)
    assert len(study.sentences(most=0)) == 3, "the reasons begin after what was asked"


def test_the_table_has_an_item_a_row_and_no_ids(study: LeaveOneOut) -> None:
    text = mattered_table(study)
    assert re.findall(r"<th scope='col'>(.+?)</th>", text) == [
        "item", "came", "effect", "effect where it came", "p (Holm)",
    ]  # fmt: skip
    _, rows = study.table()
    found = [
        [plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", text.partition("<tbody>")[2])
    ]
    assert found == [list(row[:-1]) for row in rows]
    assert "400 runs of each world on the same chance, seed 1" in text
    assert "changed minus unchanged: without the item minus with it" in text
    bold = [plain(cell) for cell in re.findall(r"<strong>(.*?)</strong>", text)]
    known = {row.item.name for row in study.clear}
    assert bold == [cell for row in rows if row[-1] in known for cell in (row[0], row[2])]
    assert known
    assert "Cancelled" not in text


def test_what_was_cancelled_is_said(study: LeaveOneOut) -> None:
    assert "Cancelled: these are the runs that were finished" in mattered_table(replace(study, interrupted=True))


def test_what_comes_from_a_scenario_is_text(two_states: Scenario) -> None:
    crisis = two_states.replace("signals.threat.title", "<script>")
    study = esc.leave_one_out(crisis, items=["threat"], runs=40, seed=1, sample=5, progress=False)
    for text in (mattered_words(study), mattered_table(study)):
        assert "&lt;script&gt;" in text
        assert "<script>" not in text


def test_a_cancelled_study_keeps_what_is_finished(two_states: Scenario) -> None:
    begun = threading.Event()

    def work(told: Hook) -> LeaveOneOut:
        def hook(done: int, total: int) -> None:
            if done > 0:
                begun.set()
            told(done, total)

        return esc.leave_one_out(two_states, runs=1_000_000, seed=1, workers=1, progress=hook)

    study = Study(work, lambda: None).start()
    assert begun.wait(120.0)
    study.cancel()
    assert study.wait(60.0)
    assert study.error == ""
    if study.result is not None:
        assert study.result.interrupted
        assert 0 < study.result.runs < 1_000_000
