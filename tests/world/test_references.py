"""Each reference that does not hold is found, named and explained."""

from __future__ import annotations

import copy
import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import scenario_data

from escalation.errors import ScenarioError
from escalation.world.references import faults
from escalation.world.scenario import Scenario

REMOVED = object()


def change(data: dict[str, Any], path: str, value: Any) -> None:
    """Set a value, or remove it, by its dotted place."""
    *parents, last = path.split(".")
    holder: Any = data
    for key in parents:
        holder = holder[int(key)] if isinstance(holder, list) else holder[key]
    key = int(last) if isinstance(holder, list) else last
    if value is REMOVED:
        del holder[key]
    else:
        holder[key] = value


# What is set where, at which place the fault is, and what it says.
SINGLE = [
    ("actors.a.id", "x", "actors.a.id", "must be 'a'"),
    (
        "signals.pact",
        {"kind": "vow", "date": 1.0, "sender": "a", "receivers": ["b"]},
        "signals.pact",
        "commitments",
    ),
    ("start", datetime.date(9950, 1, 1), "start", "before the year 9900"),
    ("as_of", datetime.date(1999, 12, 31), "as_of", "must not be before start"),
    ("as_of", 30.0, "as_of", "leaves no day for choices"),
    ("actors.p.principal", "aa", "actors.p.principal", "no actor 'aa'; did you mean 'a'?"),
    ("actors.p.principal", "p", "actors.p.principal", "its own principal"),
    ("actors.p.principal", "c", "actors.p.principal", "'c' needs a front to one of the actors that 'p'"),
    ("actors.a", {"principal": "p"}, "actors.a.principal", "'p' has a principal itself"),
    ("actors.c", {"control": 0.2}, "actors.c.control", "needs a principal"),
    ("fronts.ab", {}, "fronts.ab", "two actors joined by a hyphen"),
    ("fronts.b-x", {}, "fronts.b-x", "no actor 'x'; allowed: a, b, c, p"),
    ("fronts.b-a", REMOVED, "fronts.a-b", "the reverse front 'b-a' is missing"),
    ("fronts.p-b.baseline", "displai", "fronts.p-b.baseline", "did you mean 'display'?"),
    ("fronts.p-b.baseline", "war", "fronts.p-b.baseline", "has the role war, which does not fit"),
    ("fronts.p-b.at_war", True, "fronts.p-b.at_war", "must be the same on 'b-p'"),
    ("commitments.pact.patron", "z", "commitments.pact.patron", "no actor 'z'"),
    ("commitments.pact.patron", "b", "commitments.pact.protege", "must differ"),
    ("commitments.pact.adversary", "c", "commitments.pact.adversary", "neither the patron nor the protege"),
    ("commitments.pact.adversary", "z", "commitments.pact.adversary", "no actor 'z'"),
    ("commitments.pact.while_below", "restraint", "commitments.pact.while_below", "does not fit here"),
    ("commitments.pact.while_below", "displai", "commitments.pact.while_below", "did you mean 'display'?"),
    ("commitments.pact.begins", 31.0, "commitments.pact.begins", "must not be after start + horizon, which is day 30"),
    ("commitments.pact.lapses", datetime.date(1999, 12, 31), "commitments.pact.lapses", "must not be before start"),
    ("commitments.pact.lapses", 6.0, "commitments.pact.lapses", "needs planned = true"),
    ("commitments.pact.lapses", 0.0, "commitments.pact.lapses", "must be after start, so that there are days"),
    ("commitments.pact.planned", True, "commitments.pact.planned", "a day in begins or lapses"),
    ("commitments.pact.trigger", "restraint", "commitments.pact.trigger", "does not fit here"),
    ("signals.vow.date", 31.0, "signals.vow.date", "must not be after start + horizon, which is day 30"),
    ("signals.vow.date", datetime.date(1999, 12, 31), "signals.vow.date", "must not be before start"),
    ("signals.vow.date", 6.0, "signals.vow.date", "needs planned = true"),
    ("signals.vow.sender", "bb", "signals.vow.sender", "did you mean 'b'?"),
    ("signals.vow.receivers", ["b", "b"], "signals.vow.receivers.1", "listed twice"),
    ("signals.vow.receivers", ["b", "a"], "signals.vow.receivers.1", "the sender cannot be a receiver"),
    (
        "signals.vow.receivers",
        ["c"],
        "signals.vow.subject",
        "'a' needs a front to 'c', whom it speaks of; allowed: b",
    ),
    ("signals.vow.subject", "bb", "signals.vow.subject", "no actor 'bb'"),
    ("signals.vow.rung", "restraint", "signals.vow.rung", "role restraint"),
    ("signals.vow.trigger", "display", "signals.vow.trigger", "has no meaning for a vow; it is for: threat"),
    ("signals.warn.rung", "display", "signals.warn.rung", "has no meaning for a warning"),
    ("signals.warn.subject", "pakt", "signals.warn.subject", "no commitment 'pakt'; did you mean 'pact'?"),
    (
        "signals.warn.subject",
        REMOVED,
        "signals.warn.subject",
        "must name a commitment of its sender; allowed: pact",
    ),
    (
        "signals.warn.sender",
        "b",
        "signals.warn.subject",
        "the sender is not the patron of 'pact'; there is no commitment of the sender",
    ),
    ("signals.vow.subject", "vow", "signals.vow.subject", "no actor 'vow'"),
    ("signals.calm.subject", "z", "signals.calm.subject", "no actor 'z'"),
    ("signals.tell.subject", REMOVED, "signals.tell.subject", "must name the actor it is about"),
    ("signals.tell.subject", "z", "signals.tell.subject", "no actor 'z'"),
    ("signals.tell.subject", "c", "signals.tell.subject", "about a third actor"),
    ("signals.tell.receivers", ["p"], None, ""),
    ("signals.tell.subject", "p", "signals.tell.subject", "no receiver has a front to 'p'"),
    ("signals.tell.reported", 1.0, "signals.tell.reported", "must not be before the signal's own date"),
    ("signals.tell.reported", 7.0, "signals.tell.reported", "needs planned = true"),
    ("signals.vow.reported", 4.0, "signals.vow.reported", "private signals only"),
    ("signals.vow.leak", 0.1, "signals.vow.leak", "private signals only"),
    ("signals.deny.subject", "kiling", "signals.deny.subject", "did you mean 'killing'?"),
    ("signals.deny.subject", "deny", "signals.deny.subject", "no provocation or other signal 'deny'"),
    ("signals.deny.subject", "purge", "signals.deny.subject", "no provocation or other signal 'purge'"),
    ("signals.deny.subject", REMOVED, "signals.deny.subject", "must name a provocation or a signal"),
    ("signals.deny.date", 0.5, "signals.deny.subject", "'killing' is dated later than its denial"),
    (
        "signals",
        {
            "ask": {"kind": "demand", "date": 4.0, "sender": "b", "receivers": ["a"]},
            "no": {"kind": "refusal", "date": 3.5, "sender": "a", "receivers": ["b"], "subject": "ask"},
        },
        "signals.no.subject",
        "'ask' is dated later than its refusal",
    ),
    (
        "signals.vow",
        {"kind": "appeal", "date": 1.0, "sender": "p", "receivers": ["a"], "subject": "b", "rung": "display"},
        "signals.vow.rung",
        "has no meaning for an appeal; it is for: threat, vow, demand, refusal",
    ),
    (
        "signals.deny",
        {"kind": "vow", "date": 1.0, "sender": "a", "receivers": ["b"], "occasion": "vow", "occurred": 0.5},
        "signals.deny.occurred",
        "must equal that of 'vow'",
    ),
    ("events.purge.date", 6.0, "events.purge.date", "belongs to observed"),
    ("events.purge.actor", "z", "events.purge.actor", "no actor 'z'"),
    ("events.killing.victims.0.actor", "z", "events.killing.victims.0.actor", "no actor 'z'"),
    (
        "events.crash.victims",
        [{"actor": "b", "severity": 0.1}, {"actor": "b", "severity": 0.2}],
        "events.crash.victims.1.actor",
        "listed twice",
    ),
    ("events.crash.victims.0.actor", "a", "events.crash.victims.0.actor", "victim of its own accident"),
    ("events.killing.suspects.0.actors", ["z"], "events.killing.suspects.0.actors.0", "no actor 'z'"),
    (
        "events.killing.suspects.0.actors",
        ["c", "b"],
        "events.killing.suspects.1.actors",
        "same actors as in suspects.0",
    ),
    ("events.killing.suspects.0.actors", ["a", "a"], "events.killing.suspects.0.actors.1", "listed twice"),
    ("events.killing.suspects", [{"actors": ["b"], "prior": 0.0}], None, ""),
    ("events.talks.mediators", ["z"], "events.talks.mediators.0", "no actor 'z'"),
    ("events.talks.parties", ["a", "z"], "events.talks.parties.1", "no actor 'z'"),
    ("events.talks.parties", ["a", "a"], "events.talks.parties.1", "listed twice"),
    ("events.talks.parties", ["a", "c"], "events.talks.parties", "needs a front 'a-c'"),
    ("events.talks.parties", ["a", "b", "c"], "events.talks.parties.2", "'c' needs a front to another of the parties"),
    ("events.talks.latest", 2.0, "events.talks.latest", "must not be before the event's own date"),
    ("events.talks.latest", 9000.0, "events.talks.latest", "must not be after start"),
    ("observed.0.actor", "z", "observed.0.actor", "no actor 'z'"),
    ("observed.0.target", "a", "observed.0.target", "must not be the actor itself"),
    ("observed.0.rung", "strike", "observed.0.rung", "no rung 'strike' on the ladder"),
    ("observed.0.date", datetime.date(1999, 1, 1), "observed.0.date", "must not be before start"),
    ("observed.0.date", 300.0, None, ""),
    ("fronts.a-b.at_war", False, None, ""),
]


@pytest.mark.parametrize(("path", "value", "where", "what"), SINGLE, ids=[f"{row[0]}={row[1]!r:.20}" for row in SINGLE])
def test_one_fault(data: dict[str, Any], path: str, value: Any, where: str | None, what: str) -> None:
    change(data, path, value)
    if where is None:
        Scenario.from_dict(data)
        return
    with pytest.raises(ScenarioError, match=r".") as caught:
        Scenario.from_dict(data)
    assert any(fault.where == where and what in fault.what for fault in caught.value.faults), caught.value
    assert caught.value.faults == tuple(faults(data))


FLEET = {
    "kind": "provocation",
    "date": 1.0,
    "victims": [{"actor": "a", "severity": 0.4}],
    "suspects": [{"actors": ["b"]}],
    "rung": "display",
}
FACED = [{"actor": "c", "severity": 0.1}, {"actor": "a", "severity": 0.1}]


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("rung", "displai", "no rung 'displai' on the ladder; did you mean 'display'?"),
        ("rung", "restraint", "'restraint' has the role restraint, which does not fit here; allowed: threat, display"),
        ("rung", "conciliation", "no rung 'conciliation' on the ladder; allowed: threat, display, limited-strike"),
        ("rung", "war", "'war' has the role war, which does not fit here"),
        ("publicity", 0.8, "is for an act that all saw its author do, so that publicity is 1"),
        ("publicity", {"distribution": "beta", "a": 8.0, "b": 2.0}, "is for an act that all saw its author do"),
        ("suspects", [{"actors": ["b"]}, {"actors": ["p"]}], "is for an act of one known author"),
        ("suspects.0.actors", ["b", "p"], "is for an act of one known author"),
        (
            "victims.0.actor",
            "c",
            "'b' needs a front to one of the victims; it cannot act towards any of them; allowed: a",
        ),
        ("victims", FACED, ""),
    ],
)
def test_an_act_that_tells_of_its_author_is_open_and_its_author_can_act(
    data: dict[str, Any], path: str, value: Any, what: str
) -> None:
    data["events"]["fleet"] = copy.deepcopy(FLEET)
    assert faults(data) == []
    change(data, f"events.fleet.{path}", value)
    found = faults(data)
    assert [fault.where for fault in found] == ["events.fleet.rung"] * bool(what)
    assert all(what in fault.what for fault in found), found


@pytest.mark.parametrize(("author", "allowed"), [("b", "allowed: a, p"), ("c", "'c' has no front")])
def test_nobody_acts_openly_against_itself_alone(data: dict[str, Any], author: str, allowed: str) -> None:
    hit = {"victims": [{"actor": author, "severity": 0.4}], "suspects": [{"actors": [author]}]}
    data["events"]["fleet"] = FLEET | hit
    (found,) = faults(data)
    assert found.where == "events.fleet.victims.0.actor"
    assert found.what == (
        f"{author!r} is both author and only victim; an act with a rung needs a victim that its author has a front to; "
        f"{allowed}"
    )


def test_other_events_are_no_acts_of_a_rung(data: dict[str, Any]) -> None:
    data["events"]["purge"]["rung"] = "display"
    with pytest.raises(ScenarioError, match=r"events\.purge\.rung: is not a known key"):
        Scenario.from_dict(data)


def test_the_scenario_they_spoil_is_sound(data: dict[str, Any]) -> None:
    assert faults(data) == []


def test_too_many_periods(data: dict[str, Any]) -> None:
    data |= {"horizon": 3000, "period": 0.1}
    assert faults(data) == []
    data["period"] = 0.05
    (fault,) = faults(data)
    assert str(fault) == "period: makes more than 30000 periods; must be at least 0.1"


def test_no_hypothesis_has_weight(data: dict[str, Any]) -> None:
    data["events"]["killing"] |= {"suspects": [{"actors": ["b"], "prior": 0.0}], "other": {"likelihood": 0.0}}
    (fault,) = faults(data)
    assert fault.where == "events.killing.suspects"
    data["events"]["killing"]["other"] = {"likelihood": {"distribution": "uniform", "low": 0.0, "high": 1.0}}
    assert faults(data) == []


def test_every_front_at_war(data: dict[str, Any]) -> None:
    for row in data["fronts"].values():
        row["at_war"] = True
    (fault,) = faults(data)
    assert fault.where == "fronts"
    assert "at least one must not be" in fault.what


def test_a_commitment_against_any_needs_somebody_to_be_against(data: dict[str, Any]) -> None:
    data["commitments"]["pact"] = {"patron": "b", "protege": "c"}
    data["signals"].pop("warn")
    (fault,) = faults(data)
    assert fault.where == "commitments.pact.protege"
    assert "no actor but the patron has a front to 'c'" in fault.what


@pytest.mark.parametrize(("begins", "lapses", "fit"), [(2.0, 3.0, True), (3.0, 3.0, False), (4.0, 3.0, False)])
def test_a_commitment_lapses_after_it_has_begun(data: dict[str, Any], begins: float, lapses: float, fit: bool) -> None:
    data["commitments"]["pact"] |= {"begins": begins, "lapses": lapses}
    found = [(fault.where, fault.what) for fault in faults(data)]
    words = "must be after begins, so that there are days on which the commitment is in force"
    assert found == ([] if fit else [("commitments.pact.lapses", words)])


def test_what_is_planned_may_lapse_after_the_information_date(data: dict[str, Any]) -> None:
    data["commitments"]["pact"] |= {"lapses": 20.0, "planned": True}
    assert faults(data) == []


def test_a_commitment_against_one_needs_its_front(data: dict[str, Any]) -> None:
    data["commitments"]["pact"] = {"patron": "c", "protege": "p", "adversary": "a"}
    (fault,) = faults(data)
    assert fault.where == "commitments.pact.adversary"
    assert "needs a front 'a-p'; allowed: b" in fault.what


def test_a_public_disclosure_reaches_all(data: dict[str, Any]) -> None:
    data["signals"]["tell"] = {
        "kind": "disclosure",
        "date": 1.0,
        "sender": "c",
        "receivers": ["p"],
        "subject": "a",
    }
    assert faults(data) == []


def test_a_control_that_cannot_exceed_zero_needs_no_principal(data: dict[str, Any]) -> None:
    data["actors"]["c"]["control"] = {"distribution": "uniform", "low": -1.0, "high": 0.0}
    assert faults(data) == []


def test_rungs_are_those_of_the_scenarios_own_ladder(data: dict[str, Any]) -> None:
    rung = {"gain": 0.0, "destruction": 0.0}
    rungs = [
        {"name": "peace", "intensity": 0.0, "role": "restraint", **rung},
        {"name": "blow", "intensity": 0.5, "role": "force", **rung},
        {"name": "war", "intensity": 1.0, "role": "war", **rung},
    ]
    data["ladder"] = {"name": "short", "rungs": rungs}
    assert [fault.where for fault in faults(data)] == [
        "fronts.p-b.baseline",
        "commitments.pact.trigger",
        "signals.vow.rung",
        "signals.halt.trigger",
        "observed.0.rung",
    ]
    data["ladder"]["rungs"][1]["role"] = "farce"
    assert faults(data) == [], "a faulty ladder is reported itself, not through those who use it"


def test_a_name_that_no_ladder_has_is_reported_once(data: dict[str, Any]) -> None:
    data["ladder"] = "defualt"
    with pytest.raises(ScenarioError, match=r"^ladder: no ladder 'defualt' .*; did you mean 'default'\?") as caught:
        Scenario.from_dict(data)
    assert len(caught.value.faults) == 1


def test_faults_come_in_the_order_of_the_data(data: dict[str, Any]) -> None:
    data["observed"][0]["actor"] = "z"
    data["actors"]["p"]["principal"] = "z"
    data["signals"]["vow"]["sender"] = "z"
    data["events"]["purge"]["actor"] = "z"
    where = [fault.where for fault in faults(data)]
    assert where == ["actors.p.principal", "events.purge.actor", "signals.vow.sender", "observed.0.actor"]


def test_what_cannot_be_read_is_left_to_the_checks_of_fields(data: dict[str, Any]) -> None:
    data["signals"]["warn"]["subject"] = 3
    data["events"]["killing"]["victims"] = [{"actor": 3}, "a"]
    data["events"]["killing"]["date"] = datetime.datetime(2000, 1, 2, 12)
    data["events"]["purge"]["date"] = 10**400
    data["actors"]["a"] = 3
    assert [fault.where for fault in faults(data) if "no actor 'a'" not in fault.what] == []
    with pytest.raises(ScenarioError, match=r".") as caught:
        Scenario.from_dict(data)
    where = {fault.where for fault in caught.value.faults}
    assert where >= {
        "signals.warn.subject",
        "events.killing.victims.0.actor",
        "events.killing.date",
        "actors.a",
    }


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes()
ANYTHING = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10)


@given(scenario_data(max_actors=4), st.data())
def test_ill_typed_data_never_break_the_checks(sound: dict[str, Any], draw: st.DataObject) -> None:
    holder: Any = sound
    while True:
        key = draw.draw(
            st.sampled_from(sorted(holder)) if isinstance(holder, dict) else st.integers(0, len(holder) - 1)
        )
        inner = holder[key]
        if not isinstance(inner, (dict, list)) or not inner or draw.draw(st.booleans()):
            break
        holder = inner
    holder[key] = draw.draw(ANYTHING)
    found = faults(sound)
    try:
        Scenario.from_dict(sound)
    except ScenarioError as error:
        assert set(found) <= set(error.faults)  # noqa: PT017 - whether it is refused is part of the draw
    else:
        assert found == []


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        ({"rung": "restraint"}, []),
        (
            {"rung": "display"},
            ["observed.0.rung: an agreement is on the rung 'restraint'; an act above it is an entry"],
        ),
        ({"rung": "restraint", "covert": True}, ["observed.0.covert: an agreement has no undisclosed hand"]),
    ],
)
def test_an_agreement_is_an_open_act_on_the_lowest_rung(
    data: dict[str, Any], row: dict[str, Any], faults: list[str]
) -> None:
    data["observed"][0] |= {"agreement": True, **row}
    if not faults:
        assert Scenario.from_dict(data).observed[0].agreement
        return
    with pytest.raises(ScenarioError, match=f"^{faults[0]}") as refused:
        Scenario.from_dict(data)
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"rung": "restraint"}, None),
        ({"rung": "display"}, "observed.0.rung: a concession is on the rung 'restraint'; an act above it is an entry"),
        ({"rung": "restraint", "covert": True}, "observed.0.covert: a concession has no undisclosed hand"),
        (
            {"rung": "restraint", "agreement": True},
            "observed.0.concession: a concession is by one side alone; an agreement is an entry of its own",
        ),
    ],
)
def test_a_concession_is_an_open_act_of_one_side_on_the_lowest_rung(
    data: dict[str, Any], row: dict[str, Any], fault: str | None
) -> None:
    data["observed"][0] |= {"concession": True, **row}
    if fault is None:
        assert Scenario.from_dict(data).observed[0].concession
        return
    with pytest.raises(ScenarioError, match=f"^{fault}") as refused:
        Scenario.from_dict(data)
    assert len(refused.value.faults) == 1


WORD = {"date": 1.0, "sender": "a", "receivers": ["b"]}


@pytest.mark.parametrize(
    ("signals", "said"),
    [
        (
            {"word": WORD | {"kind": "vow", "sender": "c", "receivers": ["b"]}},
            "'c' needs a front to 'b', whom it speaks of; there is no front from 'c' to anybody",
        ),
        (
            {"word": WORD | {"kind": "refusal", "subject": "ask"}},
            "'ask' is no demand; name one or leave it out; there is no demand among the signals",
        ),
        (
            {"word": WORD | {"kind": "withdrawal", "subject": "vow"}},
            "no threat, vow, demand or authorisation 'vow'; there is no word of the sender that could be taken back",
        ),
        (
            {"word": WORD | {"kind": "withdrawal"}},
            "demand or authorisation of its sender; there is no word of the sender that could be taken back",
        ),
        (
            {
                "vow": WORD | {"kind": "vow", "sender": "b", "receivers": ["a"]},
                "word": WORD | {"kind": "withdrawal", "subject": "vow"},
            },
            "'vow' was said by another, and the sender can take back only its own words; there is no word",
        ),
        (
            {"word": WORD | {"kind": "concession", "subject": "ask", "share": 1.0}},
            "no demand 'ask'; the sender has received no demand",
        ),
        (
            {"word": WORD | {"kind": "concession", "share": 1.0}},
            "must name a demand that its sender received; the sender has received no demand",
        ),
        (
            {"word": WORD | {"kind": "denial", "subject": "hit"}},
            "no provocation or other signal 'hit'; there is nothing that could be denied",
        ),
    ],
)
def test_where_nothing_is_allowed_it_is_said_of_what_there_is_none(
    data: dict[str, Any], signals: dict[str, Any], said: str
) -> None:
    (fault,) = faults(data | {"signals": signals, "events": {}})
    assert fault.where == "signals.word.subject"
    assert said in fault.what


def test_a_pledge_down_a_chain_is_no_fault_where_the_file_has_another() -> None:
    """A file with a fault comes as it is written, without the defaults by which an ally of an ally may be called."""
    sides = {"protege": "b", "adversary": "a"}
    data = {
        "name": "chain",
        "horizon": 60.5,
        "actors": {name: {} for name in "abcd"},
        "fronts": {"a-b": {}, "b-a": {}},
        "commitments": {"c-b": {"patron": "c", **sides}, "d-c": {"patron": "d", **sides, "protege": "c"}},
    }
    assert faults(data) == []
    assert [fault.where for fault in faults({**data, "rules": {"belligerency": False}})] == [
        "commitments.d-c.adversary"
    ]
