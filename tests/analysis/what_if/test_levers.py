from __future__ import annotations

import datetime
import json

import pytest

import escalation as esc
from escalation.analysis.what_if.levers import ChangeLever, CommitmentLever, SignalLever, commitments_by, signals_by
from escalation.analysis.what_mattered.items import items_of
from escalation.errors import StudyError
from escalation.files import load


@pytest.fixture(scope="module")
def haniyeh() -> esc.Scenario:
    return esc.load("haniyeh-2024")


def test_every_signal_can_be_sent_and_is_as_asked(haniyeh: esc.Scenario) -> None:
    levers = signals_by(haniyeh, "usa", receivers=["irn"], channels=["private"], days=[4, 9.5])
    kinds = {lever.signal.kind.value for lever in levers}
    assert kinds == {"reassurance", "warning", "denial", "disclosure", "appeal", "demand", "threat"}
    assert len({lever.name for lever in levers}) == len(levers)
    for lever in levers:
        changed = lever.apply(haniyeh)
        assert set(changed.signals) - set(haniyeh.signals) == {lever.name}
        assert changed.signals[lever.name].planned
        assert changed.signals[lever.name].receivers == ("irn",)
    assert {lever.signal.date for lever in levers} == {4.0, 9.5}
    subjects = {(lever.signal.kind.value, lever.signal.subject) for lever in levers}
    assert ("warning", "usa-isr") in subjects
    assert ("warning", "usa-isr-hezbollah") not in subjects  # against another adversary
    assert ("denial", "haniyeh-killed") in subjects
    assert ("denial", "shukr-killed") not in subjects  # nobody suspects the sender
    assert ("disclosure", "isr") in subjects
    assert ("reassurance", None) in subjects
    assert ("appeal", "isr") in subjects
    assert ("appeal", "usa") not in subjects  # what one asks for oneself is a demand
    assert ("appeal", None) not in subjects


def test_signals_a_scenario_has_no_place_for_are_left_out(haniyeh: esc.Scenario) -> None:
    assert signals_by(haniyeh, "omn", kinds=["threat", "warning", "vow"]) == ()
    kinds = {lever.signal.kind.value for lever in signals_by(haniyeh, "omn")}
    assert kinds == {"reassurance", "disclosure", "appeal", "demand"}
    strait = esc.load("two-state-deterrence")
    assert {lever.signal.date for lever in signals_by(strait, "defender")} == {1.0}


def test_a_signal_that_was_taken_up_already_is_not_listed_again() -> None:
    crisis = esc.load("two-state-deterrence")
    first, *others = signals_by(crisis, "patron", kinds=["warning"])
    assert signals_by(first.apply(crisis), "patron", kinds=["warning"]) == tuple(others)


def test_a_third_party_can_appeal_and_an_adversary_refuse() -> None:
    strait = esc.load("two-state-deterrence")
    (appeal,) = signals_by(strait, "patron", receivers=["challenger"], kinds=["appeal"], channels=["public"])
    assert (appeal.name, appeal.signal.subject) == ("patron-to-challenger-appeal-defender-public-1", "defender")
    assert signals_by(strait, "defender", kinds=["appeal"]) == ()
    (refusal,) = signals_by(strait, "defender", kinds=["refusal"], channels=["public"])
    assert (refusal.signal.receivers, refusal.signal.subject) == (("challenger",), None)
    assert signals_by(strait, "patron", kinds=["refusal"]) == ()  # it faces nobody there
    assert "refusal" not in {lever.signal.kind.value for lever in signals_by(strait, "defender")}
    heeded = esc.compare(strait, appeal.apply(strait), runs=2_000, seed=1, progress=False)
    assert heeded.differences["initiation"].high < 0.0


def test_a_word_is_taken_back_where_that_is_asked_for() -> None:
    strait = esc.load("two-state-deterrence")
    (lever,) = signals_by(strait, "defender", kinds=["withdrawal"], days=[5], channels=["public"])
    assert (lever.name, lever.signal.subject) == ("defender-to-challenger-withdrawal-threat-public-5", "threat")
    assert signals_by(strait, "defender", kinds=["withdrawal"], days=[1], channels=["public"]) == ()  # not yet said
    (soonest,) = signals_by(strait, "defender", kinds=["withdrawal"], channels=["public"])
    assert soonest.name == "defender-to-challenger-withdrawal-threat-public-3"  # it was said on day 2
    assert signals_by(strait, "defender", kinds=["withdrawal"], days=[5], channels=["private"]) == ()  # it was public
    assert signals_by(strait, "challenger", kinds=["withdrawal"], days=[5]) == ()
    assert "withdrawal" not in {lever.signal.kind.value for lever in signals_by(strait, "defender", days=[5])}


def test_a_demand_is_conceded_whole_where_that_is_asked_for() -> None:
    data = esc.load("two-state-deterrence").to_dict()
    data["signals"]["order"] = {"kind": "demand", "date": 2, "sender": "defender", "receivers": ["challenger"]}
    strait = esc.Scenario.from_dict(data)
    (lever,) = signals_by(strait, "challenger", kinds=["concession"], days=[5], channels=["public"])
    assert lever.name == "challenger-to-defender-concession-order-public-5"
    assert (lever.signal.subject, lever.signal.share) == ("order", 1.0)
    assert signals_by(strait, "challenger", kinds=["concession"], days=[1]) == ()  # not yet demanded
    named = [lever.name for lever in signals_by(strait, "challenger", kinds=["concession"])]
    assert named == [f"challenger-to-defender-concession-order-{channel}-3" for channel in ("private", "public")]
    assert signals_by(strait, "defender", kinds=["concession"], days=[5]) == ()
    assert "concession" not in {lever.signal.kind.value for lever in signals_by(strait, "challenger", days=[5])}


def test_pledges_that_could_be_made_or_changed(haniyeh: esc.Scenario) -> None:
    levers = commitments_by(haniyeh, "usa", proteges=["isr"], adversaries=["irn", "pij"])
    assert [lever.name for lever in levers] == [
        "commitments.usa-isr.conditional=true",
        "commitments.usa-isr.public=false",
        "usa-for-isr-against-pij",
        "usa-for-isr-against-pij-if-attacked",
    ]
    assert levers[0].apply(haniyeh).commitments["usa-isr"].conditional
    pledge = levers[3].apply(haniyeh).commitments["usa-for-isr-against-pij-if-attacked"]
    assert (pledge.patron, pledge.protege, pledge.adversary, pledge.conditional) == ("usa", "isr", "pij", True)
    everyone = [lever.name for lever in commitments_by(haniyeh, "usa")]
    assert not any("-against-isr" in name for name in everyone)
    with pytest.raises(esc.StudyError, match="already used"):
        levers[2].apply(levers[2].apply(haniyeh))


def test_a_pledge_against_anyone_covers_each() -> None:
    assert [lever.name for lever in commitments_by(esc.load("two-state-deterrence"), "patron")] == [
        "commitments.alliance.conditional=true",
        "commitments.alliance.public=false",
    ]


def test_the_name_of_a_scenario_is_no_scenario() -> None:
    for ask in (signals_by, commitments_by):
        with pytest.raises(esc.StudyError, match="a scenario is needed here, not the name or path 'haniyeh-2024'"):
            ask("haniyeh-2024", "usa")


def test_levers_are_data(haniyeh: esc.Scenario) -> None:
    levers = (*signals_by(haniyeh, "usa"), *commitments_by(haniyeh, "usa"))
    for lever in levers:
        data = json.loads(json.dumps(lever.to_dict()))
        assert data["name"] == lever.name
        if isinstance(lever, SignalLever):
            assert esc.Signal.model_validate(data["signal"]) == lever.signal
        elif isinstance(lever, CommitmentLever):
            assert esc.Commitment.model_validate(data["commitment"]) == lever.commitment
        else:
            assert ChangeLever(data["path"], data["value"]) == lever


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sender": "us"}, "no actor 'us'; did you mean 'usa'"),
        ({"receivers": ["iran"]}, "no actor 'iran'"),
        ({"kinds": ["assurance"]}, "did you mean 'reassurance'"),
        ({"channels": ["secret"]}, "no channel 'secret'; allowed: private, public"),
        ({"receivers": ["irn", "usa"]}, "'usa' is the sender and cannot be a receiver"),
        ({"days": [4, 300]}, "day is 300; a signal must be sent from day 0 to day "),
        ({"days": [datetime.date(2020, 1, 1)]}, "day is 2020-01-01; a signal must be sent from day 0"),
        ({"days": ["soon"]}, "day is 'soon'; it must be a date"),
    ],
)
def test_unknown_names(haniyeh: esc.Scenario, arguments: dict[str, object], message: str) -> None:
    with pytest.raises(esc.StudyError, match=message):
        signals_by(haniyeh, **{"sender": "usa", **arguments})
    if "sender" in arguments:
        with pytest.raises(esc.StudyError, match=message):
            commitments_by(haniyeh, arguments["sender"])


def test_one_word_is_no_list_of_names() -> None:
    crisis = load("two-state-deterrence")
    with pytest.raises(StudyError, match="kinds is 'warning'; it must be a list of names"):
        signals_by(crisis, "patron", kinds="warning")
    with pytest.raises(StudyError, match="items is 'threat'; it must be a list of names"):
        items_of(crisis, "threat")
