from __future__ import annotations

from crises import Play, crisis_of

from escalation.arithmetic.draws import uniform
from escalation.arithmetic.keys import PARAMETER, SHOCK, key_of
from escalation.dynamics.keyed import draw, draw_pair, draw_parameter

STAKE = {"distribution": "uniform", "low": 1.0, "high": 3.0}


def test_a_draw_is_named_by_seed_run_purpose_entity_and_index() -> None:
    play = Play(crisis_of(), seed=2**40 + 7, run=9)
    assert draw(play.crisis, SHOCK, 5, 2) == uniform(7, 2**8, 9, SHOCK, 5, 2)
    pair = draw_pair(play.crisis, SHOCK, 5, 2, 1)
    assert pair[0] != pair[1]
    assert pair != draw_pair(play.crisis, SHOCK, 5, 2, 0)


def test_a_parameter_is_its_quantile_at_a_draw_named_by_its_place() -> None:
    play = Play(crisis_of(front={"a-b": {"stake": STAKE}}), seed=3, run=4)
    u = uniform(3, 0, 4, PARAMETER, key_of("fronts.a-b.stake"), 0)
    assert draw_parameter(play.crisis, play.crisis.parameters[0]) == 1.0 + 2.0 * u
    assert play.front("a-b").stake == 1.0 + 2.0 * u


def test_a_quantity_that_stands_in_several_tables_is_drawn_once() -> None:
    play = Play(crisis_of("a-b c-b", actors={"b": {"resolve": {"distribution": "uniform", "low": 0.2, "high": 0.8}}}))
    assert play.front("a-b").resolve == play.front("c-b").resolve == play.actor("b").resolve
