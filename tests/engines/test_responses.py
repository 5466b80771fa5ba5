from __future__ import annotations

import numpy as np
import pytest

from escalation.engines.lower import lower
from escalation.engines.responses import respond
from escalation.errors import StudyError
from escalation.world.distributions import Uniform
from escalation.world.scenario import Scenario

COST = "actors.a.belligerence_cost"
QUARREL = Scenario(
    name="quarrel",
    horizon=40,
    actors={"a": {"belligerence_cost": Uniform(low=0.0, high=1.0)}, "b": {}},
    fronts={"a-b": {"revisionism": 0.7}, "b-a": {}},
)


def test_a_row_of_the_batch_is_the_scenario_with_its_values() -> None:
    rows = respond(lower(QUARREL), {COST: [0.2, 0.9]}, front="a-b")
    for row, cost in zip(rows, (0.2, 0.9), strict=True):
        alone = respond(
            lower(QUARREL.replace(COST, Uniform(low=cost - 0.1, high=cost + 0.1))), {COST: [cost]}, front="a-b"
        )
        np.testing.assert_array_equal(row, alone[0])
    np.testing.assert_allclose(rows.sum(axis=1), 1.0)
    assert rows[0, 3:].sum() > rows[1, 3:].sum()


def test_every_distribution_needs_values() -> None:
    with pytest.raises(StudyError, match=r"no values for actors.a.belligerence_cost"):
        respond(lower(QUARREL), {}, front="a-b")
