from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import scenarios

from escalation.errors import ScenarioError, StudyError
from escalation.world.commitment import Commitment
from escalation.world.distributions import Beta
from escalation.world.event import InternalShock
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal


@pytest.fixture
def scenario(data: dict[str, Any]) -> Scenario:
    return Scenario.from_dict(data)


def test_without_removes_one_item_and_nothing_else(scenario: Scenario) -> None:
    quiet = scenario.without("vow")
    assert [path for path, _, _ in scenario.diff(quiet)] == ["signals.vow"]
    assert "vow" in scenario.signals, "the scenario itself stays as it is"


@pytest.mark.parametrize(
    ("item", "gone"),
    [
        ("killing", {"events.killing", "signals.deny", "signals.unsay"}),
        ("deny", {"signals.deny", "signals.unsay"}),
        ("pact", {"commitments.pact", "signals.warn"}),
        ("purge", {"events.purge"}),
    ],
)
def test_what_is_about_it_goes_with_it(scenario: Scenario, item: str, gone: set[str]) -> None:
    assert {path for path, _, _ in scenario.diff(scenario.without(item))} == gone


def test_a_refusal_goes_with_the_demand_that_it_names(data: dict[str, Any]) -> None:
    sender, target = data["signals"]["vow"]["sender"], data["signals"]["vow"]["receivers"][0]
    ask = {"kind": "demand", "date": data["signals"]["vow"]["date"], "sender": target, "receivers": [sender]}
    answer = ask | {"kind": "refusal", "sender": sender, "receivers": [target]}
    data["signals"] |= {"ask": ask, "no": answer | {"subject": "ask"}, "never": answer}
    scenario = Scenario.from_dict(data)
    assert {path for path, _, _ in scenario.diff(scenario.without("ask"))} == {"signals.ask", "signals.no"}


def test_a_withdrawal_goes_with_the_word_that_it_takes_back(data: dict[str, Any]) -> None:
    vow = data["signals"]["vow"]
    back = {"kind": "withdrawal", "sender": vow["sender"], "receivers": vow["receivers"], "date": vow["date"]}
    data["signals"]["back"] = back | {"subject": "vow"}
    scenario = Scenario.from_dict(data)
    assert {path for path, _, _ in scenario.diff(scenario.without("vow"))} == {"signals.vow", "signals.back"}


def test_a_concession_goes_with_the_demand_that_it_meets(data: dict[str, Any]) -> None:
    vow = data["signals"]["vow"]
    sender, target = vow["sender"], vow["receivers"][0]
    ask = {"kind": "demand", "date": vow["date"], "sender": target, "receivers": [sender]}
    give = ask | {"kind": "concession", "sender": sender, "receivers": [target], "subject": "ask", "share": 0.5}
    data["signals"] |= {"ask": ask, "give": give}
    scenario = Scenario.from_dict(data)
    assert {path for path, _, _ in scenario.diff(scenario.without("ask"))} == {"signals.ask", "signals.give"}


def test_without_several(scenario: Scenario) -> None:
    assert scenario.without("vow", "pact") == scenario.without("vow").without("pact")


def test_without_an_unknown_item(scenario: Scenario) -> None:
    with pytest.raises(StudyError, match=r"no signal, event or commitment 'wow' in 'quarrel'; did you mean 'vow'\?"):
        scenario.without("wow")


@given(scenarios(), st.data())
def test_any_item_can_be_removed(scenario: Scenario, draw: st.DataObject) -> None:
    items = [*scenario.signals, *scenario.events, *scenario.commitments]
    if items:
        item = draw.draw(st.sampled_from(items))
        quiet = scenario.without(item)
        assert item not in {*quiet.signals, *quiet.events, *quiet.commitments}
        assert quiet.hash != scenario.hash


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("actors.b.honesty", 0.9),
        ("actors.b.honesty", Beta(a=2.0, b=3.0)),
        ("fronts.a-b.stake", 1.2),
        ("rules.leash", 0.0),
        ("actors.a.war_cost.resolute", 0.1),
        ("horizon", 60),
        ("commitments.pact.credence.mean", 0.2),
        ("events.killing.victims.0.severity", 0.3),
        ("events.killing.suspects.1.actors.1", "p"),
        ("ladder.rungs.3.gain", 0.25),
        ("as_of", None),
        ("start", datetime.date(2020, 1, 1)),
    ],
)
def test_replace_changes_one_value(data: dict[str, Any], path: str, value: Any) -> None:
    data["signals"].pop("halt")
    scenario = Scenario.from_dict(data)
    if path == "as_of":
        assert scenario.replace(path, value).as_of is None
        return
    changed = scenario.replace(path, value)
    paths = [found for found, _, _ in scenario.diff(changed)]
    assert paths == [path]
    assert changed.replace(path, scenario.diff(changed)[0][1]) == scenario


def test_a_distribution_can_be_replaced_within(scenario: Scenario) -> None:
    believed = scenario.replace("actors.b.honesty", {"distribution": "beta", "a": 2.0, "b": 3.0})
    assert believed.replace("actors.b.honesty.a", 4.0).diff(believed) == [("actors.b.honesty.a", 4.0, 2.0)]
    assert scenario.diff(believed)[0][1:] == (
        0.6,
        {"low": None, "high": None, "distribution": "beta", "a": 2.0, "b": 3.0},
    )


def test_diff_of_lists_that_differ_in_length(scenario: Scenario) -> None:
    wider = scenario.replace("signals.vow.receivers", ["b", "c"])
    assert scenario.diff(wider) == [("signals.vow.receivers", ["b"], ["b", "c"])]


def test_a_ladder_can_be_replaced_by_name(scenario: Scenario) -> None:
    assert scenario.replace("ladder.rungs.3.gain", 0.25).replace("ladder", "default") == scenario


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("actors.bb.honesty", "no 'actors.bb' to replace; did you mean 'b'?"),
        ("actors.b.honsty", "no 'actors.b.honsty' to replace; did you mean 'honesty'?"),
        ("horizn", "did you mean 'horizon'?"),
        ("actors.b.honesty.mean", "'actors.b.honesty' is 0.6 and has no keys; replace it whole"),
        ("fronts.a-b.incidents.rate", "'fronts.a-b.incidents' is not given; replace it whole"),
        ("stop_when_settled.x", "'stop_when_settled' is false and has no keys; replace it whole"),
        ("events.killing.victims.1.severity", "allowed are positions from 0 to 0"),
        ("events.killing.victims.-1", "allowed are positions from 0 to 0"),
        ("", "no '\"\"'"),
    ],
)
def test_replace_names_a_place_that_is_not_there(scenario: Scenario, path: str, what: str) -> None:
    with pytest.raises(StudyError, match=r".") as caught:
        scenario.replace(path, 0.5)
    assert what in str(caught.value) or what.startswith("no '\"\"'")


def test_replace_says_that_a_list_is_empty(scenario: Scenario) -> None:
    with pytest.raises(StudyError, match=r"no 'observed\.0' to replace; the list is empty"):
        scenario.replace("observed", []).replace("observed.0.rung", "display")


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("actors.b.honesty", 1.5, "actors.b.honesty"),
        ("actors.b.id", "x", "actors.b.id"),
        ("as_of", 1.0, "signals.deny.date"),
        ("signals.vow.sender", "z", "signals.vow.sender"),
    ],
)
def test_replace_checks_everything_again(scenario: Scenario, path: str, value: Any, where: str) -> None:
    with pytest.raises(ScenarioError, match=r".") as caught:
        scenario.replace(path, value)
    assert where in [fault.where for fault in caught.value.faults]


def test_a_signal_after_the_information_date_is_planned(scenario: Scenario) -> None:
    early = Signal(id="early", kind="vow", date=5.0, sender="b", receivers=("a",))
    late = early.model_copy(update={"id": "late", "date": datetime.date(2000, 1, 11)})
    told = early.model_copy(update={"id": "told", "channel": "private", "reported": 8.0})
    richer = scenario.with_signal(early).with_signal(late).with_signal(told)
    assert [richer.signals[key].planned for key in ("early", "late", "told")] == [False, True, True]
    assert richer.without("early").without("late").without("told") == scenario
    assert (
        scenario.replace("signals.halt.planned", value=True).replace("as_of", None).with_signal(late).signals["late"]
        == late
    ), "without an information date nothing needs to be planned"


def test_a_commitment_that_begins_after_the_information_date_is_planned(scenario: Scenario) -> None:
    now = Commitment(id="now", patron="c", protege="a")
    later = now.model_copy(update={"id": "later", "begins": 8.0, "lapses": 20.0})
    richer = scenario.with_part("commitments", now).with_part("commitments", later)
    assert [richer.commitments[key].planned for key in ("now", "later")] == [False, True]


def test_an_event_can_be_added(scenario: Scenario) -> None:
    shock = InternalShock(id="coup", kind="internal-shock", date=7.0, actor="b", severity=0.5)
    assert scenario.with_event(shock).events["coup"] == shock.model_copy(update={"planned": True})


def test_an_id_is_used_once(scenario: Scenario) -> None:
    shock = InternalShock(id="vow", kind="internal-shock", date=7.0, actor="b", severity=0.5)
    with pytest.raises(StudyError, match="the id 'vow' is already used in signals"):
        scenario.with_event(shock)


def test_an_added_signal_is_checked(scenario: Scenario) -> None:
    with pytest.raises(ScenarioError, match=r"signals\.new\.sender: no actor 'z'"):
        scenario.with_signal(Signal(id="new", kind="vow", date=1.0, sender="z", receivers=("a",)))


def chained() -> Scenario:
    """A patron that faces the adversary only by its pledge, and an ally of the adversary that is pledged against it."""
    return Scenario.from_dict(
        {
            "name": "chained",
            "horizon": 30,
            "actors": {name: {} for name in ("rok", "prk", "usa", "prc")},
            "fronts": {"rok-prk": {}, "prk-rok": {}},
            "commitments": {
                "usa-rok": {"patron": "usa", "protege": "rok", "adversary": "prk"},
                "prc-prk": {"patron": "prc", "protege": "prk", "adversary": "usa"},
            },
            "signals": {
                "pact": {"kind": "warning", "date": 2, "sender": "prc", "receivers": ["usa"], "subject": "prc-prk"},
                "own": {"kind": "vow", "date": 2, "sender": "rok", "receivers": ["prk"]},
            },
        }
    )


def test_what_needs_the_front_that_a_pledge_opens_leaves_with_it() -> None:
    scenario = chained()
    left = scenario.without("usa-rok")
    assert (list(left.commitments), list(left.signals)) == ([], ["own"])
    kept = scenario.without("prc-prk")
    assert (list(kept.commitments), list(kept.signals)) == (["usa-rok"], ["own"])


def test_mechanisms_can_be_switched_off_where_a_pledge_opens_the_front_of_another() -> None:
    from escalation.analysis.what_mattered.switches import MECHANISMS, without_mechanism

    without = {name: without_mechanism(chained(), name) for name in MECHANISMS}
    bare = [scenario for scenario in without.values() if not scenario.commitments]
    assert bare
    assert all(list(scenario.signals) == ["own"] for scenario in bare)
