"""No message speaks pydantic's language."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from escalation.errors import ScenarioError
from escalation.world.scenario import Scenario

JARGON = re.compile(r"[Ii]nput should|valid (string|number|integer|boolean)|pydantic|type=|instance of|dict")

# What is set where, at which place the fault is, and what it says.
CASES = [
    ("name", "A b", "name", "must be lower-case letters, digits, underscores and hyphens"),
    ("name", 3, "name", "must be text, not 3"),
    ("title", "\ud800", "title", "must be text that UTF-8 can write"),
    ("title", "x" * 20_001, "title", "must have at most 20,000 characters"),
    ("start", 0, "start", "must be a date such as 2024-07-31, not 0"),
    ("start", "31.7.2024", "start", "'31.7.2024' is no date as files write it: the year comes first, as in 2024-07-31"),
    ("start", "2000-01-01T00:00:00", "start", "is no date as files write it: write 2000-01-01"),
    (
        "as_of",
        True,
        "as_of",
        "must be a date such as 2024-07-31, or days after the start from 0 to 36500, not true",
    ),
    ("as_of", -1.0, "as_of", "days after the start from 0 to 36500, not -1.0"),
    ("horizon", 9.5, "horizon", "must be a whole number, not 9.5"),
    ("horizon", 0, "horizon", "must be at least 1, not 0"),
    ("horizon", 10**6, "horizon", "must be at most 3650, not 1000000"),
    ("name", datetime.date(2024, 7, 31), "name", "must be text, not 2024-07-31"),
    ("title", False, "title", "must be text, not false"),
    ("actors.a.kind", [True], "actors.a.kind", "must be one of the allowed names, not [true]; allowed: state"),
    ("period", "1", "period", "must be a number, not '1'"),
    ("period", float("nan"), "period", "must be a finite number, not nan"),
    ("stop_when_settled", 1, "stop_when_settled", "must be true or false, not 1"),
    ("sources", [], "sources", "must be a table"),
    ("sources", {"A b": "x"}, 'sources."A b"', "must be lower-case"),
    ("sources", {"a": 3}, "sources.a", "must be text, not 3"),
    ("ladder", 3, "ladder", "must be a table"),
    ("ladder", {"name": "x", "rungs": []}, "ladder.rungs", "must have at least 3, has 0"),
    (
        "ladder",
        {"name": "x", "rungs": [{"role": "farce"}] * 3},
        "ladder.rungs.0.role",
        "did you mean 'force'?",
    ),
    (
        "ladder",
        {"name": "x", "rungs": [{"cameo": "99"}] * 3},
        "ladder.rungs.2.cameo",
        "root code from '01' to '20'",
    ),
    ("actors", {}, "actors", "must have at least 2, has 0"),
    ("actors", {"a": {}}, "actors", "must have at least 2, has 1"),
    ("actors", {f"a{i}": {} for i in range(41)}, "actors", "must have at most 40, has 41"),
    ("actors.a", 3, "actors.a", "must be a table, not 3; its keys are id, name, kind, note, "),
    ("actors.a.war_cost", 3, "actors.a.war_cost", "must be a table, not 3; its keys are resolute, irresolute"),
    (
        "actors.a.honesti",
        1,
        "actors.a.honesti",
        "is not a known key; did you mean 'honesty'? Allowed: id, name",
    ),
    ("actors.a.kind", "stat", "actors.a.kind", "did you mean 'state'? Allowed: state, armed-group"),
    (
        "actors.a.kind",
        3,
        "actors.a.kind",
        "must be one of the allowed names, not 3; allowed: state, armed-group",
    ),
    ("actors.a.war_cost", {"resolute": 1}, "actors.a.war_cost.irresolute", "is missing; it must be given"),
    ("actors.a.honesty", "x", "actors.a.honesty", "must be a number or a distribution, not 'x'"),
    ("actors.a.honesty", True, "actors.a.honesty", "must be a number or a distribution, not true"),
    (
        "actors.a.honesty",
        [0.2, 0.8],
        "actors.a.honesty",
        "must be a number or a distribution: a table with the key 'distribution'; allowed: normal, lognormal, beta, ",
    ),
    (
        "actors.a.honesty",
        {"distribution": "uniform", "low": False, "high": 1},
        "actors.a.honesty.low",
        "must be a number, not false",
    ),
    ("actors.a.honesty", 1.5, "actors.a.honesty", "must be within [0, 1], not 1.5"),
    (
        "actors.a.honesty",
        {"mean": 1},
        "actors.a.honesty",
        "must be a number or a distribution: a table with the key",
    ),
    (
        "actors.a.honesty",
        {"distribution": "bta"},
        "actors.a.honesty",
        "distribution 'bta' is not known; did you mean",
    ),
    ("actors.a.honesty", {"distribution": "beta", "a": 1}, "actors.a.honesty.b", "is missing"),
    (
        "actors.a.honesty",
        {"distribution": "beta", "c": 1},
        "actors.a.honesty.c",
        "Allowed: low, high, distribution, a, b",
    ),
    (
        "actors.a.honesty",
        {"distribution": "beta", "a": 0, "b": 1},
        "actors.a.honesty.a",
        "must be above 0, not 0",
    ),
    (
        "actors.a.honesty",
        {"distribution": "uniform", "low": 0, "high": 2},
        "actors.a.honesty",
        "cut the distribution",
    ),
    ("signals.vow.to", ["b"], "signals.vow.to", "is not a known key; did you mean 'receivers'? Allowed: "),
    ("act_injury", 0.5, "act_injury", "is not a known key here; it is a rule: write it in the table [rules]"),
    ("actors.a.leash", 0.5, "actors.a.leash", "is not a known key here; it is a rule: write it in the table [rules]"),
    ("fronts.a-b.against", "b", "fronts.a-b.against", "is not a known key; "),
    ("signals.vow.kind", "vw", "signals.vow.kind", "did you mean 'vow'? Allowed: threat, vow, warning"),
    ("signals.vow.kind", "Ultimatum", "signals.vow.kind", ": an ultimatum is a demand with rung, due and or_else"),
    ("signals.vow.due", datetime.date(2000, 1, 20), "signals.vow.due", "not the date 2000-01-20; a length of time is"),
    (
        "signals.vow.channel",
        "privat",
        "signals.vow.channel",
        "did you mean 'private'? Allowed: public, private",
    ),
    ("signals.vow.receivers", "b", "signals.vow.receivers", "must be a list, as ['b'], not 'b'"),
    ("signals.vow.receivers", [], "signals.vow.receivers", "must have at least 1, has 0"),
    (
        "events.talks.kind",
        "meditation",
        "events.talks.kind",
        "did you mean 'mediation'? Allowed: provocation",
    ),
    (
        "events.talks",
        {"date": 1.0},
        "events.talks.kind",
        "is missing; it must be given; allowed: provocation",
    ),
    ("events.talks.parties", ["a"], "events.talks.parties", "must have at least 2"),
    ("events.killing.victims", [{"actor": "a"}], "events.killing.victims.0.severity", "is missing"),
    ("observed", {}, "observed", "must be a list"),
]


@pytest.mark.parametrize(("path", "value", "where", "what"), CASES, ids=[f"{c[0]}={c[1]!r:.20}" for c in CASES])
def test_words(data: dict[str, Any], path: str, value: Any, where: str, what: str) -> None:
    *parents, last = path.split(".")
    holder = data
    for key in parents:
        holder = holder[key]
    holder[last] = value
    with pytest.raises(ScenarioError, match=r".") as caught:
        Scenario.from_dict(data)
    said = [fault.what for fault in caught.value.faults if fault.where == where]
    assert any(words.replace("allowed", "Allowed").find(what.replace("allowed", "Allowed")) >= 0 for words in said), (
        caught.value.faults
    )
    assert not JARGON.search(str(caught.value).replace("must be", ""))


def test_a_list_is_not_called_empty_because_its_entries_are_at_fault(data: dict[str, Any]) -> None:
    data["events"]["killing"]["victims"] = [{"actor": "a", "severity": 2.0}]
    with pytest.raises(ScenarioError, match=r"^events\.killing\.victims\.0\.severity: must be within"):
        Scenario.from_dict(data)
