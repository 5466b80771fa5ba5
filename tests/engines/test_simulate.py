from __future__ import annotations

from typing import Any

import pytest
from crises import crisis_of

from escalation.engines.simulate import simulate
from escalation.errors import StudyError

SCENARIO = crisis_of(horizon=10)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"seed": -1}, r"seed is .*; it must be a whole number from 0 to 18,446,744,073,709,551,615"),
        ({"seed": 2**64}, r"seed is .*; it must be a whole number from 0 to 18,446,744,073,709,551,615"),
        ({"seed": 1.0}, r"seed is .*; it must be a whole number from 0 to 18,446,744,073,709,551,615"),
        ({"seed": True}, r"seed is .*; it must be a whole number from 0 to 18,446,744,073,709,551,615"),
        ({"run": 2**40}, r"run is .*; it must be a whole number from 0 to 1,099,511,627,775"),
        ({"engine": "magic"}, "engine must be 'compiled' or 'mesa', not 'magic'"),
    ],
)
def test_what_cannot_be_simulated_is_refused(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(StudyError, match=words):
        simulate(SCENARIO, **arguments)


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_the_extremes_are_allowed(engine: Any) -> None:
    path = simulate(SCENARIO, seed=2**64 - 1, run=2**40 - 1, engine=engine)
    assert (path.seed, path.run) == (2**64 - 1, 2**40 - 1)
    assert path.scenario is SCENARIO
