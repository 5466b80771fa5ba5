"""A scheduled act that all see tells of its author's resolve what a public vow to do the same tells."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.engines.trajectory import Trajectory
from escalation.mechanisms.war_and_contest import alarmed
from escalation.world.scenario import Scenario

FLEET: dict[str, Any] = {
    "kind": "provocation",
    "date": 2,
    "victims": [{"actor": "a", "severity": 0.5}],
    "suspects": [{"actors": ["b"]}],
    "rung": "display",
}
ACTORS: dict[str, Any] = {"b": {"honour": {"resolute": 1.5, "irresolute": 0.2}}, "p": {}}
FRONT: dict[str, Any] = {"b-a": {"revisionism": 0.4}, "a-b": {"resolve": 0.3}, "c-b": {"resolve": 0.6}}


what_goes_on = pytest.mark.parametrize(
    "front",
    [{"b-a": {"baseline": "display"}}, {"b-a": {"at_war": True}, "a-b": {"at_war": True}}],
    ids=["baseline", "war"],
)


def crisis(*, fleet: dict[str, Any] | None = None, **tables: Any) -> Scenario:
    """b faces a and c, and sends its fleet on day 2 where it is given."""
    front = {key: dict(row) for key, row in FRONT.items()}
    for key, row in tables.pop("front", {}).items():
        front[key] = front.get(key, {}) | row
    actors = {**ACTORS, **tables.pop("actors", {})}
    events = {} if fleet is None else {"fleet": FLEET | fleet}
    return crisis_of("a-b c-b p-a", front=front, actors=actors, events=events | tables.pop("events", {}), **tables)


def resolve(play: Play) -> tuple[float, ...]:
    return tuple(play.front(front).resolve for front in ("a-b", "c-b", "b-a", "b-c"))


@pytest.mark.parametrize("rung", ["threat", "display", "limited-strike", "major-strike"])
@pytest.mark.parametrize(
    "rules",
    [{}, {"public_act": 0.4}, {"depth": 2, "conciliation": True}, {"signal_precision": 6.0}],
    ids=["plain", "public_act", "depth", "signal_precision"],
)
def test_it_tells_what_a_public_vow_tells_at_the_weight_of_acts(rung: str, rules: dict[str, Any]) -> None:
    """So its likelihoods are those before it injures: where the vow is said nothing did."""
    scheduled = Play(crisis(fleet={"rung": rung}, rules=rules)).quiet(1)
    before = resolve(scheduled)
    scheduled.open()
    word = {"kind": "vow", "date": 2, "sender": "b", "receivers": ["a"], "rung": rung}
    weights = {"public_word": rules.get("public_act", 1.0)}
    vowed = Play(crisis(rules=rules | weights, signals={"word": word})).quiet(1).open()
    assert resolve(scheduled) == resolve(vowed)
    assert [now != then for now, then in zip(resolve(scheduled), before, strict=True)] == [True, True, False, False]
    assert scheduled.incident("fleet").level == 0.5


@pytest.mark.parametrize(
    ("rung", "alarms", "alert"),
    [("threat", False, False), ("display", True, True), ("limited-strike", False, True)],
)
def test_its_author_stands_on_alert_and_a_display_alarms(rung: str, alarms: bool, alert: bool) -> None:
    front = {"a-b": {"fear": 0.2}, "b-a": {"fear": 0.3}, "c-b": {"fear": 0.2}}
    play = Play(crisis(fleet={"rung": rung}, front=front, rules={"mobilisation_strength": 3.0})).quiet(2)
    after = alarmed(0.2, 3.0, 0.3)
    assert after > 0.25
    assert play.front("a-b").fear == pytest.approx(after if alarms else 0.2)
    assert play.front("c-b").fear == pytest.approx(0.2)  # it is no victim
    assert (play.front("b-a").last_alert == 2.0) is alert
    assert math.isinf(play.front("a-b").last_alert)


@what_goes_on
def test_what_goes_on_already_alarms_nobody(front: dict[str, Any]) -> None:
    play = Play(crisis(fleet={}, front=front)).quiet(1)
    before = play.front("a-b").fear
    assert play.quiet(1).front("a-b").fear == before
    assert math.isinf(play.front("b-a").last_alert)


@pytest.mark.parametrize("hazard", [0.0, 1e9])
def test_on_alert_it_can_end_in_war_by_accident(hazard: float) -> None:
    """Both sides have to stand on alert, so that the other's display is chosen."""
    play = Play(crisis(fleet={}, rules={"accident_hazard": hazard})).quiet(2).period({"a-b": "display"})
    assert (play.front("a-b").at_war == 1) is (hazard > 0.0)


def test_it_binds_nobody_and_leaves_what_a_later_decision_tells() -> None:
    play = Play(crisis(fleet={})).quiet(2)
    assert play.front("b-a").vow_standing == 0
    assert math.isinf(play.front("b-a").last_seen)


def test_without_a_rung_nothing_is_learnt() -> None:
    play = Play(crisis(fleet={"rung": None})).quiet(1)
    before = resolve(play)
    assert resolve(play.open()) == before
    assert play.incident("fleet").level == 0.5
    assert math.isinf(play.front("b-a").last_seen)


def test_what_did_not_happen_tells_nothing() -> None:
    play = Play(crisis(fleet={"occurred": 0.0})).quiet(1)
    before = resolve(play)
    assert resolve(play.open()) == before


@what_goes_on
def test_what_goes_on_already_tells_nothing(front: dict[str, Any]) -> None:
    play = Play(crisis(fleet={}, front=front)).quiet(1)
    before = resolve(play)
    assert resolve(play.open()) == before
    assert math.isinf(play.front("b-a").last_seen)


def test_against_several_it_counts_once_on_the_front_to_the_first_that_its_author_faces() -> None:
    a, c, p = ({"actor": name, "severity": 0.5} for name in "acp")

    def told(*victims: dict[str, Any]) -> tuple[float, ...]:
        return resolve(Play(crisis(fleet={"victims": victims})).quiet(1).open())

    assert told(a, c) == told(a) == told(p, a)
    assert told(c, a) == told(c) != told(a)


@pytest.mark.parametrize("severity", [0.4, 0.9])
def test_it_raises_belief_also_where_its_author_was_expected_to_strike(severity: float) -> None:
    """A fleet that sails after an invasion is no sign of weakness, as a display in place of a strike would be."""
    hit = {"kind": "provocation", "date": 1, "victims": [{"actor": "b", "severity": severity}],
           "suspects": [{"actors": ["a"]}]}  # fmt: skip
    play = Play(crisis(fleet={}, events={"hit": hit})).quiet(1)
    before = play.front("a-b").resolve
    assert play.open().front("a-b").resolve > before + 0.01


def deploying(honour: float) -> Scenario:
    """b was injured by a display, and is the likelier to show its fleet the more it cares for its honour."""
    hit = {
        "kind": "provocation",
        "date": 1,
        "victims": [{"actor": "b", "severity": 0.4}],
        "suspects": [{"actors": ["a"]}],
    }
    rules = {"brinkmanship_scale": 0.3}
    return crisis(fleet={}, rules=rules, actors={"b": {"honour": {"resolute": honour, "irresolute": 0.2}}},
                  events={"hit": hit})  # fmt: skip


def beliefs(path: Trajectory) -> np.ndarray:
    return path.fronts[:, path.front_ids.index("a-b"), 0]


@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_a_deployment_raises_belief_in_resolve_where_the_resolute_is_the_likelier_to_deploy(engine: Any) -> None:
    path = esc.simulate(deploying(1.5), seed=1, run=0, engine=engine)
    assert beliefs(path)[2] > beliefs(path)[1] + 0.01


def test_it_tells_nothing_where_both_types_are_alike() -> None:
    war_cost = {"resolute": 0.9, "irresolute": 0.9}
    scenario = deploying(0.2).replace("actors.b.war_cost", war_cost)
    path = esc.simulate(scenario, seed=1, run=0)
    assert beliefs(path)[2] == pytest.approx(beliefs(path)[1], abs=1e-12)


def test_a_decision_is_explained_by_it() -> None:
    """The move of belief is told of the event, as it is told of a vow."""
    path = esc.simulate(deploying(1.5), seed=1, run=0)
    day = next(float(act["period"]) for act in path.acts if path.front_ids[act["front"]] == "a-b" and act["period"] > 2)
    (found,) = path.explain(day, "a", target="b")
    (belief,) = (belief for belief in found.beliefs if belief.name == "fronts.a-b.resolve")
    (move,) = (move for move in belief.moves if move.kind == "event")
    assert (move.source, move.words, move.day) == ("fleet", "b's display against a on day 2", 2.0)
    assert move.after > move.before
    (fear,) = (belief for belief in found.beliefs if belief.name == "fronts.a-b.fear")
    assert [move.source for move in fear.moves if move.kind == "event"] == ["fleet"]


def test_a_rung_that_is_not_stated_leaves_the_hash_and_what_is_written_as_they_were() -> None:
    bare, stated = crisis(fleet={"rung": None}), crisis(fleet={})
    assert "rung" not in bare.to_dict()["events"]["fleet"]
    assert Scenario.from_dict(stated.to_dict()) == stated
    assert stated.hash != bare.hash == stated.replace("events.fleet.rung", None).hash
    assert bare.diff(stated) == [("events.fleet.rung", None, "display")]
