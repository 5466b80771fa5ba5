"""The Mesa model: the same run as the compiled engine's, and rules of one's own."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from crises import crisis_of

import escalation as esc
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.engines.mesa_model import CrisisAgent, CrisisModel
from escalation.engines.situation import Situation
from escalation.engines.trajectory import Trajectory
from escalation.errors import StudyError

SCENARIO = crisis_of(
    "a-b c-b",
    horizon=20,
    front={"a-b": {"revisionism": 0.9}},
    actors={"a": {"tempo": 2.0}, "b": {"response_delay": 2.0}},
    rules={"settle_days": 5.0},
)


def trajectory(model: CrisisModel, run: int = 0) -> Trajectory:
    return Trajectory.from_record(model.lowered, 1, run, *model.finished())


def test_one_step_is_one_period() -> None:
    model = CrisisModel(SCENARIO, seed=1)
    assert model.day == 0.0
    model.step()
    assert (model.day, model.steps, model.running) == (1.0, 1, True)
    model.play()
    assert (model.day, model.steps, model.running) == (20.0, 20, False)
    assert model.play().steps == 20


def test_it_stops_once_settled_if_the_scenario_says_so() -> None:
    calm = crisis_of(horizon=20, rules={"settle_days": 5.0}, stop_when_settled=True)
    assert CrisisModel(calm, seed=1).play().steps == 5


def test_what_it_reports_is_what_the_compiled_engine_finds() -> None:
    lowered = lower(SCENARIO)
    found = run_block(lowered, seed=1, first=0, count=30)
    for run in range(30):
        model = CrisisModel(SCENARIO, seed=1, run=run).play()
        assert model.wars == (found["war_cause"][run] > 0).sum() // 2
        peak = np.flatnonzero((found["crossed"][run] >= 0).any(axis=0)).max()
        assert model.highest_rung == lowered.rung_names[peak]


def test_agents_are_the_actors_with_their_state() -> None:
    model = CrisisModel(SCENARIO, seed=1)
    agents: Any = list(model.agents)
    assert [agent.name for agent in agents] == ["a", "b", "c"]
    assert all(isinstance(agent, CrisisAgent) for agent in agents)
    assert agents[0].tempo == 2.0
    assert [model.lowered.front_ids[f] for f in agents[0].front_rows] == ["a-b"]
    agents[0].honesty = 0.25
    assert model.crisis.actors[agents[0].row].honesty == 0.25


def test_frames_of_the_data_collector() -> None:
    pytest.importorskip("pandas")
    model = CrisisModel(SCENARIO, seed=1).play()
    days = model.datacollector.get_model_vars_dataframe()
    assert days["day"].tolist() == [float(day) for day in range(21)]
    assert days["highest_rung"].iloc[0] == "restraint"
    actors = model.datacollector.get_agent_vars_dataframe()
    assert len(actors) == 21 * 3
    assert set(actors["name"]) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("seed", 2**64), ("seed", True), ("seed", None), ("seed", 1.0), ("run", -5), ("run", 2**40), ("run", None)],
)
def test_a_seed_or_run_that_is_not_allowed_is_refused_as_everywhere(name: str, value: Any) -> None:
    with pytest.raises(StudyError, match=f"{name} is .*whole number from 0 to 1") as refused:
        CrisisModel(SCENARIO, **{name: value})
    with pytest.raises(StudyError, match=f"^{re.escape(str(refused.value))}$"):
        esc.simulate(SCENARIO, **{name: value})


def test_the_last_seed_and_run_and_those_of_numpy_are_played() -> None:
    for seed, run in ((2**64 - 1, 2**40 - 1), (np.uint64(2**64 - 1), np.int64(3))):
        model: Any = CrisisModel(SCENARIO, seed=seed, run=run, recorded=True).play()
        path = Trajectory.from_record(model.lowered, int(seed), int(run), *model.finished())
        assert path == esc.simulate(SCENARIO, seed=int(seed), run=int(run))


# ------------------------------------------------------------------------------------------ rules of one's own


class Follower(CrisisAgent):
    def choose(self, situation: Situation) -> str:
        return super().choose(situation)


class Dove(CrisisAgent):
    def choose(self, situation: Situation) -> str:
        assert situation.actor == self.name
        return "restraint"


def test_an_agent_class_of_ones_own() -> None:
    model = CrisisModel(SCENARIO, seed=1, agents={"a": Dove}, recorded=True).play()
    path = trajectory(model)
    mine = path.acts[path.acts["front"] == model.lowered.front_ids.index("a-b")]
    assert len(mine) > 0
    assert set(mine["rung"]) == {0}
    assert [type(agent).__name__ for agent in model.agents] == ["Dove", "CrisisAgent", "CrisisAgent"]


def test_a_rule_that_chooses_what_the_model_prefers_changes_nothing() -> None:
    plain = CrisisModel(SCENARIO, seed=1, recorded=True).play()
    ruled = CrisisModel(
        SCENARIO, seed=1, recorded=True, decision_rules={"a": lambda s: s.preferred, "b": lambda s: s.preferred}
    )
    assert trajectory(ruled.play()) == trajectory(plain)
    classed = CrisisModel(SCENARIO, seed=1, recorded=True, agents={"a": Follower})
    assert trajectory(classed.play()) == trajectory(plain)


def test_a_rule_comes_before_an_agents_own_choice() -> None:
    model = CrisisModel(
        SCENARIO, seed=1, agents={"a": Dove}, decision_rules={"a": lambda _: "threat"}, recorded=True
    ).play()
    path = trajectory(model)
    assert set(path.acts["rung"][path.acts["front"] == 0]) == {1}


def test_a_situation_says_what_there_is_to_know() -> None:
    met: list[Situation] = []

    def strike(situation: Situation) -> str:
        met.append(situation)
        return "limited-strike"

    def watch(situation: Situation) -> str:
        met.append(situation)
        return situation.preferred

    scenario = crisis_of(
        horizon=40,
        front={"a-b": {"revisionism": 0.9, "fear": 0.3, "motive": 0.4, "resolve": 0.6}, "b-a": {"baseline": "display"}},
        actors={"a": {"tempo": 1.0}, "b": {"response_delay": 2.0, "response_spread": 0.1}},
        rules={"brinkmanship_scale": 0.0, "accident_hazard": 0.0},
    )
    CrisisModel(scenario, seed=1, decision_rules={"a": strike, "b": watch}).play()
    first = met[0]
    assert (first.actor, first.target, first.received, first.injury) == ("a", "b", None, 0.0)
    assert (first.resolve, first.motive) == (0.6, 0.4)
    assert first.fear == 0.3
    assert first.acts[0] == "restraint"
    assert len(first.acts) == len(first.utilities) == len(first.probabilities) == 7
    assert sum(first.probabilities) == pytest.approx(1.0)
    best = first.acts[int(np.argmax(first.utilities))]
    assert first.probabilities[first.acts.index(best)] == max(first.probabilities)
    answer = next(situation for situation in met if situation.actor == "b")
    assert answer.acts == ("restraint", "limited-strike", "major-strike", "war", "limited-strike (covert)")
    assert answer.received is not None
    assert answer.received.act == "limited-strike"
    assert answer.received.day < answer.day
    assert answer.injury == pytest.approx(0.6 * 0.5 ** ((answer.day - answer.received.day) / 40.0) - 0.4)


def test_an_unknown_actor_is_named() -> None:
    with pytest.raises(StudyError, match="no actor 'bb'"):
        CrisisModel(SCENARIO, agents={"bb": Dove})
    with pytest.raises(StudyError, match="no actor 'bb'"):
        CrisisModel(SCENARIO, decision_rules={"bb": lambda _: "restraint"})


def test_an_act_that_is_not_on_offer_is_refused_with_what_is() -> None:
    model = CrisisModel(SCENARIO, seed=1, decision_rules={"a": lambda _: "limitd-strike"})
    with pytest.raises(StudyError, match=r"a chose 'limitd-strike' against b, .*limited-strike"):
        model.play()


def test_the_model_is_public() -> None:
    assert esc.CrisisModel is CrisisModel
    assert esc.CrisisAgent is CrisisAgent
    assert esc.Situation is Situation
