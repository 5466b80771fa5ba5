"""HTML of the page: what comes from a scenario is text, whatever it says."""

from __future__ import annotations

import datetime
import re

import pytest

import escalation as esc
from escalation.app import markup
from escalation.app.chronicle import Happening
from escalation.app.uploads import Refusal
from escalation.app.wording import LIMITS, LIMITS_SHORT
from escalation.errors import Fault
from escalation.world.plain_words import event_words
from escalation.world.scenario import Scenario

DAY = datetime.date(2024, 1, 5)
COLOURS = ("#eee", "#aaa", "#777", "#444", "#222", "#000")


def test_what_the_numbers_are_not_is_said() -> None:
    text = markup.limits()
    assert LIMITS_SHORT in text
    assert text.count("<li>") == len(LIMITS) == 5
    assert "no forecast" in LIMITS_SHORT


def test_a_refusal_tells_each_fault_with_its_place() -> None:
    text = markup.refusal(Refusal("<x>.toml", (Fault("actors.<b>", "is <bad>"), Fault("", "nested"))))
    assert "&lt;x&gt;.toml" in text
    assert "2 faults" in text
    assert "<code>actors.&lt;b&gt;</code>: is &lt;bad&gt;" in text
    assert "<li>nested</li>" in text
    assert "a fault" in markup.refusal(Refusal("x", (Fault("", "y"),)))


def test_a_list_of_what_happened() -> None:
    rows = [
        Happening(4.0, DAY, "act", "<A> against B: display.", 2, "a-b"),
        Happening(4.0, DAY, "act", "C against B: strike (covert).", 3, "c-b", True),
    ]
    text = markup.happening_list(rows, COLOURS, dated=True)
    assert text.count("<time>5 January 2024</time>") == 2
    assert "&lt;A&gt; against" in text
    assert "border-color:#777" in text
    assert text.count("(covert)") == 1
    assert "<time>" not in markup.happening_list(rows, COLOURS, dated=False)
    assert "and 1 more" in markup.happening_list(rows, COLOURS, dated=True, most=1)
    assert markup.happening_list((), COLOURS, dated=True, none="Quiet.") == "<p class='esc-quiet'>Quiet.</p>"


def test_meters_stay_within_their_scale() -> None:
    text = markup.meters([("a < b", 0.25), ("beyond", 1.7)])
    assert "a &lt; b" in text
    assert "value='0.2500'" in text
    assert "value='1.0000'" in text
    assert "<b>1.70</b>" in text


def test_the_legend_has_the_rungs_that_are_used() -> None:
    text = markup.rung_legend(["restraint", "threat", "display"], COLOURS, [2])
    assert "display" in text
    assert "threat" not in text
    assert "nothing goes on" in text


def test_a_message_keeps_its_lines_and_is_text() -> None:
    assert markup.message("a\n<b>") == "<p style='white-space:pre-line'>a\n&lt;b&gt;</p>"


def test_estimates_come_with_intervals_runs_and_seed(two_states: Scenario) -> None:
    ensemble = esc.run(two_states, runs=40, seed=1, progress=False)
    words = {event: event_words(event, two_states) for event in ensemble.events}
    text = markup.estimates_table(ensemble, words)
    assert "40 runs, seed 1" in text
    for event in ensemble.events:
        shown = ensemble.probability(event).number_text().replace("<", "&lt;").replace(">", "&gt;")
        assert f"<td>{words[event]}</td><td>{shown}</td>" in text


def test_a_comparison_has_both_worlds_side_by_side(two_states: Scenario) -> None:
    other = two_states.replace("fronts.challenger-defender.revisionism", 0.0)
    pair = esc.compare(two_states, other, runs=400, seed=1, progress=False)
    text = markup.comparison_table(pair, {event: event_words(event, two_states) for event in pair.differences})
    assert "400 pairs of runs" in text
    assert "changed minus unchanged" in text
    heads = re.findall(r"<th scope='col'>(.+?)</th>", text)
    assert heads == ["event", "unchanged", "changed", "difference"]
    clear = [event for event, gap in pair.differences.items() if not gap.low <= 0.0 <= gap.high]
    assert text.count("esc-clear") == len(clear) > 0
    first = pair.first.probability("initiation").number_text()
    value, _, interval = first.partition(" [")
    assert f"<td><span>{value}</span> <span>[{interval}</span></td>" in text


def test_answers_for_a_room_have_the_numbers_of_the_tables(two_states: Scenario) -> None:
    other = two_states.replace("fronts.challenger-defender.revisionism", 0.0)
    pair = esc.compare(two_states, other, runs=400, seed=1, progress=False)
    words = dict.fromkeys(pair.differences, "<somebody>")
    event = pair.first.events[0]
    before, after = (world.probability(event).number_text() for world in (pair.first, pair.second))
    assert before != after
    assert markup.estimate_answer(pair.first, words) == (
        f"<p class='esc-answer'>&lt;somebody&gt;: {before}, in 400 runs.</p>"
    )
    assert markup.comparison_answer(pair, words) == (
        f"<p class='esc-answer'>&lt;somebody&gt;: {before} unchanged, {after} changed. "
        f"The change makes a difference of {pair.differences[event].number_text()}.</p>"
    )


def test_a_choice_is_explained_in_a_sentence_with_its_beliefs(busy: Scenario) -> None:
    trajectory = esc.simulate(busy, seed=3, engine="mesa")
    act = next(act for act in trajectory.acts if trajectory.front_ids[act["front"]] == "ara-bor")
    found = trajectory.explain(float(act["period"]), "ara")[0]
    text = markup.explanation_notes(found)
    assert "Ara &amp; Sons" in text
    assert "Ara & Sons" not in text
    assert text.count("<tr>") == len(found.beliefs) + 1


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("initiation", "somebody chooses force"),
        ("rung:display", "display or worse"),
        ("joined:oath", "cal comes to the aid of Bor against Ara & Sons"),
        ("joined:oath:ara", "cal comes to the aid of Bor against Ara & Sons"),
        ("joint:ara+cal", "Ara & Sons and cal use force on the same adversary at about the same time"),
        (
            "joint:ara+bor+cal",
            "two of Ara & Sons, Bor and cal use force on the same adversary at about the same time",
        ),
        ("vow-broken:ara", "Ara & Sons breaks a vow"),
        ("something", "something"),
    ],
)
def test_events_in_words(event: str, words: str, busy: Scenario) -> None:
    assert event_words(event, busy) == words


def test_what_moved_beliefs_is_told_up_to_a_day_and_the_latest_first(busy: Scenario) -> None:
    through = esc.simulate(busy, seed=3).traces("ara-bor")
    names = [trace.name for trace in through.traces]
    moves = sorted(
        move.day for trace in through.traces for move in trace.moves
        if move.kind in ("signal", "event", "acts") and abs(move.after - move.before) >= 0.01
    )  # fmt: skip
    middle = moves[len(moves) // 2]
    told = markup.moves_table(through, names, day=middle)
    days = [float(found) for found in re.findall(r"<tr><t[hd][^>]*>([\d.]+)</t", told)]
    assert days == sorted((day for day in moves if day <= middle), reverse=True)[:12]
    assert "Nothing has moved" in markup.moves_table(through, names, day=-1.0)
    assert "Nothing has moved" in markup.moves_table(through, [], day=middle)
