"""Words for people in place of ids, over the whole library."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from escalation.engines.lower import lower
from escalation.files import library_names, load
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.events import event_names, further_names
from escalation.world.plain_words import (
    EVENTS,
    TERMS,
    asked_words,
    event_words,
    item_label,
    item_words,
    place_words,
    told_events,
)

HANIYEH = load("haniyeh-2024")


@pytest.mark.parametrize("name", library_names())
def test_every_event_of_the_library_has_words_of_its_own(name: str) -> None:
    scenario = load(name)
    axes = Axes.of(scenario, lower(scenario))
    events = [*event_names(axes), *further_names(axes)]
    words = {event: event_words(event, scenario) for event in events}
    assert not [event for event, said in words.items() if event == said or {*":_+"} & {*said}]
    # A front and its reverse have one agreement.
    told = [said for event, said in words.items() if not event.startswith("agreement:")]
    assert len(set(told)) == len(told)


def test_two_pledges_of_the_same_words_are_told_apart_by_their_ids() -> None:
    twice = HANIYEH.to_dict()
    twice["commitments"]["oath"] = {**twice["commitments"]["usa-isr"], "id": "oath"}
    both = HANIYEH.from_dict(twice)
    aid = "the United States comes to the aid of Israel against Iran"
    assert event_words("joined:usa-isr", both) == f"{aid} (usa-isr)"
    assert event_words("joined:oath", both) == f"{aid} (oath)"
    assert event_words("joined:usa-isr", HANIYEH) == aid


@pytest.mark.parametrize(
    ("event", "actor", "target", "words"),
    [
        ("initiation", None, "isr", "somebody chooses force against Israel"),
        ("initiation", "irn", None, "Iran chooses force"),
        ("rung:threat", "irn", "isr", "threat or worse by Iran against Israel"),
        ("rung:war", "irn", None, "war (the top rung) by Iran"),
        ("war", "irn", "isr", "war, however it comes about, between Iran and Israel"),
        ("accident", None, "isr", "war by accident, in which Israel takes part"),
        ("agreement", "irn", "isr", "an agreement between Iran and Israel"),
        ("agreement", None, "isr", "an agreement with Israel"),
        ("concession", "irn", "isr", "a concession by Iran to Israel"),
        ("concession", "irn", None, "a concession by Iran"),
        ("concession", None, "isr", "a concession to Israel"),
        ("concession:irn-isr", None, None, "a concession by Iran to Israel"),
        ("joint:irn+hzb", None, None, "Iran and Hezbollah use force on the same adversary at about the same time"),
        ("settled", None, None, "the crisis settles for now"),
        ("mean peak", "irn", "isr", "mean peak (by Iran against Israel)"),
        ("mean peak", None, "isr", "mean peak (against Israel)"),
    ],
)
def test_whose_acts_count_is_said(event: str, actor: str | None, target: str | None, words: str) -> None:
    assert asked_words(event, HANIYEH, actor=actor, target=target) == words


def test_the_top_rung_is_left_out_since_it_is_war() -> None:
    assert told_events(["rung:war", "war", "rung:major-strike"], HANIYEH) == ["war", "rung:major-strike"]


def test_whose_acts_count_makes_a_difference() -> None:
    asked = itertools.product(
        ("initiation", "war", "accident", "agreement", "concession", "rung:threat"), ("irn", None), ("isr", None)
    )
    words = [asked_words(event, HANIYEH, actor=actor, target=target) for event, actor, target in asked]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("name", library_names())
def test_every_item_of_the_library_has_words_of_its_own(name: str) -> None:
    scenario = load(name)
    items = [*scenario.signals, *scenario.events, *scenario.commitments]
    words = [item_words(item, scenario) for item in items]
    assert len(set(words)) == len(words)
    assert not [said for said in words if len(said.split()) > 14]
    assert all(event.title for event in scenario.events.values() if scenario.name != "two-state-deterrence")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("haniyeh-killed", "the killing of Haniyeh in Tehran"),
        ("us-visit", "what the United States said to Iran on day 2 (warning, reassurance, denial and disclosure)"),
        ("us-denial", "the United States' private denial to Iran on day 2"),
        ("us-disclosure", "the United States' private disclosure to Iran of what Israel wants on day 2"),
        ("us-call-for-restraint", "the United States' appeal for restraint to Iran, Israel and Hezbollah on day 2"),
        ("netanyahu-threat", "Israel's threat against Iran on day 1"),
        ("usa-isr-hezbollah", "the United States' pledge to Israel against Hezbollah"),
        ("irn-hzb", "Iran's conditional pledge to Hezbollah against Israel"),
        ("no such item", "no such item"),
    ],
)
def test_an_item_is_named_by_its_title_or_by_kind_actors_and_day(item: str, words: str) -> None:
    assert item_words(item, HANIYEH) == words


def test_leave_to_act_says_against_whom() -> None:
    data = HANIYEH.to_dict()
    leave = {"kind": "authorisation", "date": 1, "sender": "irn", "receivers": ["hzb"], "channel": "private"}
    data["signals"] |= {"any": leave, "one": leave | {"subject": "isr"}}
    scenario = HANIYEH.from_dict(data)
    assert item_words("any", scenario) == "Iran's private authorisation to Hezbollah on day 1"
    assert item_words("one", scenario) == "Iran's private authorisation to Hezbollah to act against Israel on day 1"


def test_a_withdrawal_says_what_is_taken_back() -> None:
    data = HANIYEH.to_dict()
    leave = {"kind": "authorisation", "date": 1, "sender": "usa", "receivers": ["isr"], "channel": "private"}
    order = {"kind": "demand", "date": 1, "sender": "isr", "receivers": ["irn"], "rung": "limited-strike"}
    back = {"kind": "withdrawal", "date": 2, "subject": "leave"}
    said = {"sender": "isr", "receivers": ["irn"]}
    data["signals"] |= {
        "leave": leave,
        "order": order,
        "or-else": order | {"or_else": 3},
        "titled": order | {"title": "the note of 31 July"},
        "no-leave": leave | back,
        "no-order": back | said | {"subject": "order"},
        "no-or-else": back | said | {"subject": "or-else"},
        "no-note": back | said | {"subject": "titled", "receivers": ["irn", "hzb"]},
    }
    scenario = HANIYEH.from_dict(data)
    told = {
        "no-leave": "the United States' private withdrawal of its leave to act, told to Israel, on day 2",
        "no-order": "Israel's withdrawal of its demand, told to Iran, on day 2",
        "no-or-else": "Israel's withdrawal of its ultimatum, told to Iran, on day 2",
        "no-note": "Israel's withdrawal of the note of 31 July, told to Iran and Hezbollah, on day 2",
    }
    for item, words in told.items():
        assert item_words(item, scenario) == words


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("shukr-killed", "the act that hurt Hezbollah on day 0"),
        ("irn-arrests", "the shock inside Iran on day 3"),
        ("gaza-talks", "the mediation between Iran and Israel from day 5"),
        ("khamenei-vow", "Iran's vow against Israel on day 1"),
    ],
)
def test_without_a_title_words_are_made(item: str, words: str) -> None:
    data = HANIYEH.to_dict()
    data["events" if item in HANIYEH.events else "signals"][item].pop("title")
    assert item_words(item, HANIYEH.from_dict(data)) == words


def test_a_pledge_against_anybody_names_no_adversary() -> None:
    data = HANIYEH.to_dict()
    del data["commitments"]["usa-isr"]["adversary"]
    assert item_words("usa-isr", HANIYEH.from_dict(data)) == "the United States' pledge to Israel"


def test_a_title_changes_no_hash() -> None:
    titled = HANIYEH.replace("signals.us-denial.title", "the denial").replace(
        "commitments.usa-isr.title", "the promise"
    )
    assert titled.hash == HANIYEH.replace("events.haniyeh-killed.title", "").hash == HANIYEH.hash
    assert item_label("us-denial", titled) == "denial"
    assert place_words("commitments.usa-isr.credence.mean", titled) == "promise: credence, mean"


def test_the_glossary_has_the_words_of_events_and_terms() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "glossary.md"
    rows = re.findall(r"^\| `(.+?)` \| (.+) \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    terms = {name: f"{term.label} | {term.reason}" for name, term in TERMS.items()}
    events = {name: event_words(name, HANIYEH) for name, _ in rows if name not in terms or name in EVENTS}
    assert EVENTS.keys() <= events.keys()
    assert sorted(rows) == sorted([*events.items(), *terms.items()])


def test_the_glossary_has_the_other_words_of_terms() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "glossary.md"
    text = " ".join(page.read_text(encoding="utf-8").split())
    others = [
        (name, words) for name, term in TERMS.items() for words in (term.for_war, term.over_war, term.if_gain) if words
    ]
    assert len(others) == 5
    assert [words for name, words in others if f'`{name}` is "{words}"' not in text] == []
