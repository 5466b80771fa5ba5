"""What of a word bears on anything, by its kind: the table of the codebook, held against runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import escalation as esc

CODEBOOK = Path(__file__).parents[2] / "docs" / "explanation" / "codebook.md"
FIELDS = {
    "strength": (0.2, 8.0),
    "credence": (0.05, 0.95),
    "alignment": (0.05, 0.95),
    "due": (3.0, 40.0),
    "rung": ("threat", "major-strike"),
}
# A pledge on condition, so that its patron holds back and may give leave, and a deed that can be denied.
CRISIS: dict[str, Any] = {
    "name": "words",
    "horizon": 60,
    "actors": {name: {"audience_cost": 0.6} for name in "abc"},
    "fronts": {"a-b": {"revisionism": 0.4}, "b-a": {"revisionism": 0.2}},
    "commitments": {"pact": {"patron": "c", "protege": "b", "adversary": "a", "conditional": True}},
    "rules": {"leash": 0.5},
    "events": {
        "blow": {
            "kind": "provocation",
            "date": 1,
            "victims": [{"actor": "b", "severity": 0.7}, {"actor": "a", "severity": 0.5}],
            "suspects": [{"actors": ["a"]}, {"actors": ["b"]}, {"actors": ["c"]}],
        }
    },
}
BEFORE = {
    "asked": {"kind": "demand", "date": 2, "sender": "b", "receivers": ["a"], "due": 30.0},
    "vowed": {"kind": "vow", "date": 2, "sender": "b", "receivers": ["a"], "due": 30.0},
}
"""What was said before, for words that answer it or take it back."""
WORDS: dict[str, dict[str, Any]] = {
    "warning": {"sender": "c", "receivers": ["a"], "subject": "pact"},
    "reassurance": {"sender": "a", "receivers": ["b"]},
    "denial": {"sender": "a", "receivers": ["b"], "subject": "blow"},
    "disclosure": {"sender": "c", "receivers": ["b"], "subject": "a"},
    "vow": {"sender": "b", "receivers": ["a"]},
    "threat": {"sender": "b", "receivers": ["a"]},
    "demand": {"sender": "b", "receivers": ["a"]},
    "ultimatum": {"kind": "demand", "sender": "b", "receivers": ["a"], "rung": "limited-strike", "or_else": 7.0},
    "appeal": {"sender": "c", "receivers": ["b"]},
    "refusal": {"sender": "a", "receivers": ["b"], "subject": "asked"},
    "authorisation": {"sender": "c", "receivers": ["b"], "rung": "limited-strike"},
    "concession": {"sender": "a", "receivers": ["b"], "subject": "asked", "share": 0.5},
    "withdrawal": {"sender": "b", "receivers": ["a"], "subject": "vowed"},
}


def table() -> dict[str, list[str]]:
    """Rows of the codebook's table, by kind: what it says of each field."""
    text = CODEBOOK.read_text(encoding="utf-8")
    start = text.index("| kind | `strength` |")
    rows = [line.split("|")[1:-1] for line in text[start:].split("\n\n")[0].splitlines()[2:]]
    return {kind.strip(): [cell.strip() for cell in cells] for names, *cells in rows for kind in names.split(",")}


def bears(kind: str, channel: str, field: str) -> bool | None:
    """Whether a field of a word changes what is done; None where it has no such field."""
    found = []
    for value in FIELDS[field]:
        word = {"kind": kind, "date": 3, "channel": channel, **WORDS[kind], field: value}
        before = {name: said for name, said in BEFORE.items() if name == word.get("subject")}
        try:
            scenario = esc.Scenario.from_dict({**CRISIS, "signals": {**before, "word": word}})
        except esc.ScenarioError:
            return None
        found.append(esc.run(scenario, runs=3000, seed=3, progress=False).outcomes["crossed"])
    return bool((found[0] != found[1]).any())


@pytest.mark.parametrize("kind", WORDS)
def test_the_codebook_says_what_of_a_word_bears_on_anything(kind: str) -> None:
    said = dict(zip(("strength", "credence", "due", "rung"), table()[kind], strict=True))
    channels = ("public",) if kind == "withdrawal" else ("public", "private")  # of what was said in public
    for field in FIELDS:
        for channel in channels:
            expected = {"yes": True, "no": False, "in private": channel == "private", "–": None}
            assert bears(kind, channel, field) == expected[said["credence" if field == "alignment" else field]], field
