from __future__ import annotations

from crises import Play, crisis_of

from escalation.arithmetic.draws import SeededRun, uniform
from escalation.arithmetic.keys import PARAMETER, SHOCK, key_of

STAKE = {"distribution": "uniform", "low": 1.0, "high": 3.0}


def test_a_draw_of_a_crisis_is_keyed_by_its_seed_and_run() -> None:
    play = Play(crisis_of(), seed=2**40 + 7, run=9)
    assert uniform(play.crisis.clock[0], SHOCK, 5, 2) == uniform(SeededRun(7, 2**8, 9), SHOCK, 5, 2)


def test_a_parameter_is_its_quantile_at_a_draw_named_by_its_place() -> None:
    play = Play(crisis_of(front={"a-b": {"stake": STAKE}}), seed=3, run=4)
    u = uniform(SeededRun(3, 0, 4), PARAMETER, key_of("fronts.a-b.stake"), 0)
    assert play.front("a-b").stake == 1.0 + 2.0 * u


def test_a_quantity_that_stands_in_several_tables_is_drawn_once() -> None:
    play = Play(crisis_of("a-b c-b", actors={"b": {"resolve": {"distribution": "uniform", "low": 0.2, "high": 0.8}}}))
    assert play.front("a-b").resolve == play.front("c-b").resolve == play.actor("b").resolve
