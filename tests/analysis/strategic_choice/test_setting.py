from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from crises import replies_to
from deterrence_tables import FORMULAS, cases
from numpy.typing import NDArray

from escalation.analysis.strategic_choice.fit import strategic_choice
from escalation.analysis.strategic_choice.results import StrategicChoice
from escalation.analysis.strategic_choice.setting import NOT_IN_THE_GAME, game, in_scenario, precision_of
from escalation.dynamics.utility import expected_utilities
from escalation.engines.explaining.replay import play_to
from escalation.engines.lower import lower
from escalation.errors import StudyError
from escalation.estimates.paired import paired_difference
from escalation.games import agent_qre
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

BENCHMARK = {"u1_sq": 0.0, "u1_cap": 1.0, "u1_war": -0.5, "u2_cap": -1.0, "u2_war": -0.7}
RESISTS = 0.574442516811659
"""Probability that player 2 resists in the deterrence benchmark at precision 1."""
THREE_RUNGS = {
    "name": "three-rungs",
    "rungs": [
        {"name": "restraint", "intensity": 0.0, "gain": 0.0, "destruction": 0.0, "role": "restraint"},
        {"name": "strike", "intensity": 0.5, "gain": 0.3, "destruction": 0.1, "role": "force"},
        {"name": "war", "intensity": 1.0, "gain": 0.7, "destruction": 1.0, "role": "war"},
    ],
}


def crisis(*, fear: float = 0.0, war_cost: float = 1.0, **more: Any) -> Scenario:
    """Two actors whose types do not differ."""
    side = {"war_cost": {"resolute": war_cost, "irresolute": war_cost}, "honour": {"resolute": 0.7, "irresolute": 0.7}}
    return Scenario.from_dict(
        {
            "name": "two",
            "title": "Two actors",
            "horizon": 60,
            "actors": {"challenger": {**side, "capability": 2.0}, "defender": {**side, "precision": 3.0}},
            "fronts": {
                "challenger-defender": {"revisionism": 0.8, "fear": fear},
                "defender-challenger": {"revisionism": 0.2, "fear": fear},
            },
            **more,
        }
    )


def given(scenario: Scenario, utilities: dict[str, float], **options: Any) -> Scenario:
    return in_scenario(scenario, utilities, 1.0, challenger="challenger", defender="defender", **options)


def weighed(scenario: Scenario, act: str) -> tuple[list[float], dict[str, float]]:
    """What the challenger's acts are worth to it at the start, and what it expects in reply to one, by the engine."""
    lowered = lower(scenario)
    state = play_to(lowered, seed=1, run=0, period=1)
    assert state is not None
    front = lowered.front_ids.index("challenger-defender")
    names = scenario.ladder.names
    replies = dict(zip(names, replies_to(state, front, names.index(act)), strict=False))
    values = [0.0] * len(state.options)
    expected_utilities(state, front, values, [0.0] * len(state.options))
    return values, replies


# ---------------------------------------------------------------------------------------- as a game


@pytest.mark.parametrize("scale", [1.0, 2.5])
def test_the_game_of_a_logit_fit_is_solved_to_what_the_fit_predicts(scale: float) -> None:
    fit = strategic_choice(cases(1, 400), FORMULAS, outcome="y", outcomes=(0, 1, 2), scale=scale)
    for row in ({"a": 0.0, "b": 0.0, "c": 0.0}, {"a": 1.0, "b": -2.0, "c": 0.5}):
        solved = agent_qre(fit.game(row), 1.0)
        found = fit.predict(row).iloc[0]
        assert solved.outcomes["wait",] == pytest.approx(found["sq"], abs=1e-12)
        assert solved.outcomes["attack", "yield"] == pytest.approx(found["cap"], abs=1e-12)
        assert solved.choices["attack",]["resist"] == pytest.approx(found["resist"], abs=1e-12)


def test_the_game_of_a_probit_fit_is_near_at_its_precision() -> None:
    fit = strategic_choice(cases(2, 400), FORMULAS, outcome="y", outcomes=(0, 1, 2), link="probit")
    row = {"a": 0.5, "b": 0.5, "c": 0.5}
    solved = agent_qre(fit.game(row), precision_of("probit"))
    assert solved.outcomes["wait",] == pytest.approx(fit.predict(row)["sq"].iloc[0], abs=0.03)
    assert precision_of("probit") == pytest.approx(math.pi / math.sqrt(6.0))
    assert precision_of("logit") == 1.0


def test_players_can_be_named_but_not_alike() -> None:
    tree = game(BENCHMARK, ("egypt", "israel"))
    assert agent_qre(tree, 1.0).choices["attack",]["resist"] == pytest.approx(RESISTS, abs=1e-14)
    with pytest.raises(StudyError, match="different names, not 'a' twice"):
        game(BENCHMARK, ("a", "a"))


# ---------------------------------------------------------------------------------------- in a scenario


@pytest.mark.parametrize("ladder", ["three-rungs", "default"])
def test_the_challenger_expects_the_replies_of_the_game(ladder: str) -> None:
    """The engine's own reckoning: odds of resisting against yielding, whatever other rungs there are."""
    three = {"ladder": THREE_RUNGS} if ladder == "three-rungs" else {}
    act = "strike" if three else "limited-strike"
    _, replies = weighed(given(crisis(**three), BENCHMARK), act)
    odds = replies[act] / replies["restraint"]
    assert odds == pytest.approx(RESISTS / (1.0 - RESISTS), rel=1e-9)


def test_the_challenger_weighs_an_attack_as_estimated() -> None:
    """Where the answer is sure, an attack is worth what the game says, in stakes: a quarter of it at precision 4."""
    for answer, worth in ((60.0, BENCHMARK["u1_war"]), (-60.0, BENCHMARK["u1_cap"])):
        utilities = {**BENCHMARK, "u2_war": answer}
        values, replies = weighed(given(crisis(war_cost=10.0, ladder=THREE_RUNGS), utilities), "strike")
        assert replies["strike" if answer > 0.0 else "restraint"] == pytest.approx(1.0, abs=1e-9)
        assert values[1] == pytest.approx(worth / 4.0, abs=1e-9)


@pytest.mark.parametrize("gain", [-3.0, -0.5, 0.5, 3.0])
@pytest.mark.parametrize("rung", ["threat", "display", "limited-strike", "major-strike"])
def test_what_an_attack_brings_is_as_estimated_for_any_sign(gain: float, rung: str) -> None:
    """A defender that is sure to yield, and a challenger that expects no reply, so that it weighs nothing else."""
    utilities = {**BENCHMARK, "u1_cap": gain, "u1_war": gain + 1.0, "u2_war": -60.0}
    scenario = given(crisis(), utilities, rung=rung).replace("rules.depth", 0)
    values, _ = weighed(scenario, rung)
    assert values[scenario.ladder.names.index(rung)] - values[0] == pytest.approx(gain / 4.0, abs=1e-12)
    cost, spoiler = scenario.actors["challenger"].belligerence_cost, scenario.fronts["challenger-defender"].spoiler
    assert min(cost, spoiler) == 0.0  # type: ignore[type-var]


def test_types_keep_their_difference_and_a_defender_that_would_yield_dislikes_war() -> None:
    scenario = crisis().replace("actors.defender.honour", {"resolute": 1.2, "irresolute": 0.4})
    proud = given(scenario, {**BENCHMARK, "u2_war": 2.0}).actors["defender"]
    assert proud.honour.resolute / proud.honour.irresolute == pytest.approx(3.0)  # type: ignore[operator]
    assert proud.belligerence_cost == scenario.actors["defender"].belligerence_cost
    meek = given(scenario, {**BENCHMARK, "u2_war": -9.0}).actors["defender"]
    assert (meek.honour.resolute, meek.honour.irresolute) == (0.0, 0.0)
    assert meek.belligerence_cost > scenario.actors["defender"].belligerence_cost  # type: ignore[operator]
    flat = crisis().replace("actors.defender.honour", {"resolute": 0.0, "irresolute": 0.0})
    risen = given(flat, {**BENCHMARK, "u2_war": 2.0}).actors["defender"].honour
    assert risen.resolute == risen.irresolute > 0.0  # type: ignore[operator]


def test_only_what_is_identified_is_changed() -> None:
    before = crisis()
    changed = {path for path, *_ in before.diff(given(before, {**BENCHMARK, "u1_sq": 2.0}))}
    assert changed == {
        "actors.challenger.belligerence_cost",
        "actors.defender.honour.irresolute",
        "actors.defender.honour.resolute",
        *(f"rules.{rule}" for rule in NOT_IN_THE_GAME),
    }


@pytest.mark.parametrize(
    ("scenario", "options", "says"),
    [
        (crisis(), {"challenger": "egypt"}, "'two' has no front 'egypt-defender'"),
        (crisis(), {"rung": "war"}, "rung: 'war' must be a rung between restraint and war"),
        (crisis(), {"rung": "strikes"}, "rung: 'strikes' must be a rung"),
        (crisis().replace("fronts.defender-challenger.baseline", "display"), {}, "must have no baseline"),
        (
            crisis().replace("actors.defender.resolve", {"distribution": "uniform", "low": 0.2, "high": 0.8}),
            {},
            "actors.defender.resolve is a distribution; give it a number first",
        ),
    ],
)
def test_scenarios_that_cannot_hold_a_game_are_refused(scenario: Scenario, options: dict[str, Any], says: str) -> None:
    with pytest.raises(StudyError, match=says):
        in_scenario(scenario, BENCHMARK, 1.0, **{"challenger": "challenger", "defender": "defender", **options})


def test_a_cost_that_could_have_no_effect_is_not_set() -> None:
    pressed = crisis().replace("actors.challenger.domestic_pressure", 1.0)
    given(pressed, {**BENCHMARK, "u1_cap": 4.0})
    with pytest.raises(StudyError, match="a cost of belligerence has no effect"):
        given(pressed, {**BENCHMARK, "u1_cap": -4.0})


# ---------------------------------------------------------------------------------------- what comes of it


def initiates(fit: StrategicChoice, base: Scenario, **row: float) -> NDArray[np.bool_]:
    """Whether the challenger initiates force, in runs of one seed."""
    ensemble = run(fit.in_scenario(base, {"a": 0.0, "b": 0.0, "c": 0.0, **row}), runs=2000, seed=1, progress=False)
    return ensemble.occurs("initiation", actor="challenger")


@pytest.mark.parametrize("revisionism", [0.5, 1.0])
def test_simulated_crises_turn_out_as_the_estimates_say(revisionism: float) -> None:
    """What makes an attack likelier by the estimates does so in paired runs; the intervals of 99.9 % leave 0 out."""
    fit = strategic_choice(cases(3, 2000), FORMULAS, outcome="y", outcomes=(0, 1, 2))
    base = crisis(fear=0.1).replace("fronts.challenger-defender.revisionism", revisionism)
    for name, bold, shy in (("a", -1.5, 1.5), ("b", -1.5, 1.5), ("c", -1.5, 1.5)):
        likely = [fit.predict({"a": 0.0, "b": 0.0, "c": 0.0, name: at})["attack"].iloc[0] for at in (bold, shy)]
        assert likely[0] > likely[1] + 0.1
        gap = paired_difference(initiates(fit, base, **{name: bold}), initiates(fit, base, **{name: shy}), level=0.999)
        assert gap.low > 0.0, name
