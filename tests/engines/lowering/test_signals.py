from __future__ import annotations

import math
from typing import Any

import pytest
from crises import Play, crisis_of

from escalation.dynamics.state import SignalState
from escalation.engines.lowering.signals import NOTHING

PACT = {"patron": "c", "protege": "b"}
SUBJECTS: list[tuple[str, dict[str, Any], str]] = [
    ("vow", {}, "b"),
    ("threat", {"subject": "c", "receivers": ["b", "c"]}, "c"),
    ("reassurance", {}, "a"),
    ("reassurance", {"subject": "c"}, "c"),
    ("demand", {}, "a"),
    ("disclosure", {"subject": "c"}, "c"),
]


def about(signal: SignalState) -> dict[str, int]:
    """What a signal is about, by the attribute that holds its row."""
    rows = {name: getattr(signal, name) for name in NOTHING}
    return {name: row for name, row in rows.items() if row != -1}


def test_dates_become_days_and_absent_things_never_happen() -> None:
    play = Play(
        crisis_of(
            start="2024-07-30",
            as_of="2024-08-02",
            signals={
                "word": {
                    "kind": "reassurance",
                    "date": "2024-08-01",
                    "sender": "a",
                    "receivers": ["b", "c"],
                    "channel": "private",
                    "reported": "2024-08-02",
                }
            },
        )
    )
    word = play.signal("word")
    assert (word.day, word.reported, word.receivers, word.private) == (2.0, 3.0, 0b110, 1)
    assert (play.clock.as_of, play.clock.first_choice, play.clock.last_act) == (3.0, 4.0, 3.0)
    assert math.isinf(play.front("a-b").due)
    assert Play(crisis_of()).clock.first_choice == 0.0


@pytest.mark.parametrize(("kind", "row", "subject"), SUBJECTS)
def test_what_a_signal_is_about(kind: str, row: dict[str, Any], subject: str) -> None:
    signal = {"kind": kind, "date": 1, "sender": "a", "receivers": ["b"], **row}
    play = Play(crisis_of("a-b a-c b-c", signals={"word": signal}))
    word = play.signal("word")
    assert about(word) == {"about_actor": play.i(subject)}
    if kind in ("vow", "threat"):
        assert word.target == word.about_actor


def test_a_warning_and_a_denial_are_about_rows_of_other_tables() -> None:
    killing = {
        "kind": "provocation",
        "date": 1,
        "victims": [{"actor": "b", "severity": 0.5}],
        "suspects": [{"actors": ["a"]}],
    }
    shock = {"kind": "internal-shock", "date": 1, "actor": "a", "severity": 0.5}
    word = {"date": 2, "receivers": ["b"]}
    play = Play(
        crisis_of(
            events={"shock": shock, "killing": killing},
            commitments={"pact": {**PACT, "adversary": "a"}},
            signals={
                "warning": {**word, "kind": "warning", "sender": "c", "receivers": ["a"], "subject": "pact"},
                "denial": {**word, "kind": "denial", "sender": "a", "subject": "killing"},
                "again": {**word, "kind": "denial", "sender": "a", "subject": "denial"},
            },
        )
    )
    assert about(play.signal("warning")) == {"about_commitment": 0}
    assert about(play.signal("denial")) == {"about_event": 1}
    assert about(play.signal("again")) == {"about_signal": 1}


@pytest.mark.parametrize(
    ("kind", "row", "act"),
    [
        ("vow", {}, "limited-strike"),
        ("vow", {"rung": "war"}, "war"),
        ("threat", {"rung": "display"}, "display"),
        ("demand", {"rung": "major-strike"}, "major-strike"),
        ("demand", {}, None),
        ("reassurance", {}, None),
    ],
)
def test_what_a_signal_threatens(kind: str, row: dict[str, Any], act: str | None) -> None:
    signal = {"kind": kind, "date": 1, "sender": "a", "receivers": ["b"], **row}
    play = Play(crisis_of(signals={"word": signal}))
    assert play.signal("word").option == (-1 if act is None else play.o(act))


def test_a_threat_is_crossed_from_its_trigger_on() -> None:
    threat = {"kind": "threat", "date": 1, "sender": "a", "receivers": ["b"]}
    play = Play(crisis_of(signals={"low": threat, "high": {**threat, "trigger": "major-strike"}}))
    assert (play.signal("low").trigger, play.signal("high").trigger) == (0.4, 0.8)
