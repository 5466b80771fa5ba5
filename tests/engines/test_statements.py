"""What an actor says in a run: the same run, to the bit, as where the scenario has it as a signal."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from crises import crisis_of

import escalation as esc
from escalation.engines.mesa_model import CrisisModel
from escalation.engines.situation import Move, Situation, Statement
from escalation.engines.statements import KINDS, heard_on, no_effect, with_statement
from escalation.engines.trajectory import Trajectory
from escalation.errors import DecisionRuleError, StudyError
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal

TALKING = Scenario.from_dict(
    {
        "name": "talking",
        "horizon": 40,
        "actors": {
            "a": {"tempo": 2.0, "resolve": 0.5, "audience_cost": 0.8},
            "b": {"tempo": 2.0, "resolve": {"distribution": "uniform", "low": 0.3, "high": 0.7}},
            "c": {"tempo": 4.0},
        },
        "fronts": {
            "a-b": {"revisionism": 0.9, "stake": 1.5}, "b-a": {"revisionism": 0.7}, "a-c": {}, "c-a": {},
            "b-c": {"revisionism": 0.9}, "c-b": {},
        },
        "commitments": {
            "oath": {"patron": "c", "protege": "b", "adversary": "a"},
            "pact": {"patron": "a", "protege": "c", "adversary": "b", "conditional": True},
        },
        "signals": {
            "claim": {"kind": "demand", "date": 1, "sender": "b", "receivers": ["a"], "due": 30},
            "boast": {"kind": "vow", "date": 1, "sender": "a", "receivers": ["b"], "due": 30},
        },
        "events": {
            "blast": {
                "kind": "provocation", "date": 1, "victims": [{"actor": "b", "severity": 0.6}],
                "suspects": [{"actors": ["a"]}],
            },
        },
    }
)  # fmt: skip

SAID = {
    "threat": Statement("threat", ("b",), channel="private", leak=0.3),
    "vow": Statement("vow", ("b",), rung="limited-strike", due=6.0),
    "warning": Statement("warning", ("b",), subject="pact"),
    "reassurance": Statement("reassurance", ("b",), channel="private", leak=0.2),
    "denial": Statement("denial", ("b",), subject="blast"),
    "disclosure": Statement("disclosure", ("b",), subject="c"),
    "demand": Statement("demand", ("b",), rung="limited-strike", or_else=4.0, due=3.0),
    "appeal": Statement("appeal", ("b",), subject="c"),
    "refusal": Statement("refusal", ("b",)),
    "withdrawal": Statement("withdrawal", ("b",), subject="boast"),
    "concession": Statement("concession", ("b",), subject="claim", share=0.5),
    "authorisation": Statement("authorisation", ("c",), subject="b", rung="limited-strike", credence=1.0),
}


def spoken(scenario: Scenario, statement: Statement, run: int, from_day: float = 3.0) -> tuple[CrisisModel, float]:
    """A run in which `a` says something at its first decision from a day on, and else does as the model does."""
    when: list[float] = []

    def rule(situation: Situation) -> str | Move:
        if when or situation.day < from_day:
            return situation.preferred
        when.append(situation.day)
        return Move(situation.preferred, (statement,))

    model = CrisisModel(scenario, seed=2, run=run, decision_rules={"a": rule}, recorded=True).play()
    assert when, "no decision fell in this run"
    return model, when[0]


def path(model: CrisisModel, run: int) -> Trajectory:
    return Trajectory.from_record(model.lowered, 2, run, *model.finished())


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_is_what_a_signal_of_the_scenario_would_be(kind: str) -> None:
    moved = 0
    for run in range(3):
        model, day = spoken(TALKING, SAID[kind], run)
        found = path(model, run)
        asked = with_statement(TALKING, "a", SAID[kind], day=day)
        assert found == esc.simulate(asked, seed=2, run=run, engine="compiled")
        assert found.scenario == asked
        silent = esc.simulate(TALKING, seed=2, run=run)
        before = int(day) + 1  # states at the ends of days up to that on which it is said
        assert found.fronts[:before].tobytes() == silent.fronts[:before].tobytes()
        moved += found != silent
    assert moved, f"no {kind} moves anything in these runs"


def test_several_things_said_on_several_days_are_all_heard() -> None:
    said: list[tuple[float, Statement]] = []

    def rule(situation: Situation) -> Move:
        statement = Statement("reassurance" if len(said) % 2 else "vow", ("b",), channel="private", leak=0.1)
        said.append((situation.day, statement))
        return Move(situation.preferred, (statement,))

    model = CrisisModel(TALKING.replace("horizon", 15), seed=2, decision_rules={"a": rule}, recorded=True)
    for _ in range(14):  # on the last day nobody would hear it
        model.step()
    model.decision_rules.clear()
    model.play()
    asked = TALKING.replace("horizon", 15)
    for day, statement in said:
        asked = with_statement(asked, "a", statement, day=day)
    assert len(said) > 2
    assert path(model, 0) == esc.simulate(asked, seed=2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "vwo"}, "there is no kind of signal 'vwo'; did you mean 'vow'"),
        ({"receivers": ("a",)}, "a cannot be its own receiver"),
        ({"receivers": ("a", "b")}, "a cannot be its own receiver"),
        ({"receivers": "b"}, "receivers is 'b'; it must be a list"),
        ({"receivers": ()}, "receivers: must have at least 1"),
        ({"receivers": ("z",)}, "no actor 'z'"),
        ({"channel": "loud"}, "channel: must be"),
        ({"rung": "swim"}, "rung: .*swim"),
        ({"due": -1.0}, "due: must be above 0"),
        ({"kind": "denial", "subject": "later"}, "a has heard of no 'later'"),
        ({"kind": "concession", "subject": "hidden", "share": 1.0}, "a has heard of no 'hidden'; allowed: claim"),
        ({"kind": "concession", "subject": "claim"}, "share: is missing"),
        ({"kind": "warning", "subject": "oath"}, "the sender is not the patron of 'oath'"),
        ({"kind": "authorisation"}, "receivers.0: 'b' has no pledge of 'a'; .*; allowed: c"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_told_in_a_sentence(change: dict[str, Any], words: str) -> None:
    hidden = Signal(id="hidden", kind="demand", date=1, sender="b", receivers=("c",), channel="private")
    scenario = TALKING.with_signal(hidden).without("blast")
    model = CrisisModel(scenario, seed=2)
    model.step()
    before = list(model.crisis.signals)
    statement = dataclasses.replace(Statement("vow", ("b",)), **change)
    with pytest.raises(StudyError, match=words):
        model.say("a", statement)
    assert model.crisis.signals == before
    assert model.lowered.scenario is scenario


def test_a_word_that_has_no_weight_by_the_rules_is_refused() -> None:
    model = CrisisModel(TALKING.replace("rules.appeal", 0.0), seed=2)
    with pytest.raises(StudyError, match=r"rules\.appeal is 0\), so an appeal would change nothing"):
        model.say("a", SAID["appeal"])
    unrestrained = CrisisModel(TALKING.replace("rules.leash", 0.0), seed=2)
    with pytest.raises(StudyError, match=r"rules\.leash is 0\), so an authorisation would change nothing"):
        unrestrained.say("a", SAID["authorisation"])
    quiet = TALKING.replace("rules.private_word", 0.0)
    assert no_effect(quiet, "authorisation", "private").endswith("so an authorisation would change nothing")
    with pytest.raises(StudyError, match=r"rules\.private_word is 0"):
        CrisisModel(quiet, seed=2).say("a", SAID["reassurance"])
    assert no_effect(quiet, "appeal", "private").endswith("so an appeal would change nothing")
    assert no_effect(quiet, "reassurance", "public") == ""
    assert no_effect(quiet, "threat", "private") == ""


def test_leave_is_refused_where_no_pledge_holds_its_receivers_back() -> None:
    given = TALKING.replace("commitments.pact.conditional", False)
    words = "no pledge of a to its receivers is on condition, so that it holds them back from nothing"
    with pytest.raises(StudyError, match=words):
        CrisisModel(given, seed=2).say("a", SAID["authorisation"])
    held = given.replace("rules.leash_holds", "always")
    assert "a-said-1" in with_statement(held, "a", SAID["authorisation"], day=2.0).signals


def test_leave_is_refused_under_a_pledge_of_strength_0() -> None:
    nothing = TALKING.replace("commitments.pact.strength", 0.0)
    words = "no pledge of a that would hold its receivers back has a strength above 0, so .*would change nothing"
    with pytest.raises(StudyError, match=words):
        CrisisModel(nothing, seed=2).say("a", SAID["authorisation"])


def test_on_the_last_day_nobody_would_hear_it() -> None:
    assert heard_on(TALKING.replace("period", 7.0), 35.0) == 40.0
    with pytest.raises(StudyError, match="ends today"):
        heard_on(TALKING, 40.0)


def test_nobody_can_tell_from_a_name_how_much_was_said_in_private() -> None:
    scenario = TALKING
    for statement in (SAID["vow"], SAID["reassurance"], SAID["vow"], SAID["threat"]):
        scenario = with_statement(scenario, "a", statement, day=2.0)
    assert [name for name in scenario.signals if name not in TALKING.signals] == [
        "a-said-1", "a-told-b-1", "a-said-2", "a-told-b-2",
    ]  # fmt: skip


def _bad(kind: str) -> Callable[[Situation], Move]:
    return lambda situation: Move(situation.preferred, (Statement(kind, ("b",)),))


def test_a_rule_that_says_what_cannot_be_said_keeps_the_runs_before() -> None:
    with pytest.raises(DecisionRuleError, match="said what it cannot say: there is no kind of signal 'song'"):
        esc.run(TALKING, runs=3, seed=2, progress=False, decision_rules={"a": _bad("song")})


def test_a_rule_that_speaks_has_an_ensemble() -> None:
    crisis = crisis_of(horizon=20, front={"a-b": {"revisionism": 0.9}, "b-a": {"revisionism": 0.9}})

    def soothing(situation: Situation) -> str | Move:
        if situation.day >= 20.0:
            return situation.preferred
        return Move(situation.preferred, (Statement("reassurance", (situation.target,)),))

    calm = esc.run(crisis, runs=20, seed=1, progress=False, decision_rules={"a": soothing})
    assert calm.runs == 20


def test_a_rule_that_speaks_at_every_decision_is_not_heard_on_the_last_day() -> None:
    def soothing(situation: Situation) -> Move:
        return Move("restraint", (Statement("reassurance", (situation.target,)),))

    crisis = esc.load("two-state-deterrence").replace("horizon", 4).replace("stop_when_settled", False)
    crisis = crisis.replace("actors.challenger.tempo", 0.1)
    model = CrisisModel(crisis, seed=1, decision_rules={"challenger": soothing}).play()
    days = [signal.date for signal in model.lowered.scenario.signals.values() if signal.sender == "challenger"]
    assert model.crisis.clock[0].period == 4
    assert max(days) == 4.0  # said on day 3; what would be said on day 4 nobody would hear
