from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.engines.responses import addresses, respond, with_values
from escalation.errors import StudyError
from escalation.world.distributions import LogNormal, Uniform
from escalation.world.scenario import Scenario

COST = "actors.a.belligerence_cost"
SETTLE = "rules.settle_days"
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


def test_fixed_values_play_as_the_scenario_that_states_them() -> None:
    fixed = run_block(with_values(lower(QUARREL), {COST: 0.3}), seed=1, first=0, count=50)
    stated = run_block(lower(QUARREL.replace(COST, 0.3)), seed=1, first=0, count=50)
    np.testing.assert_array_equal(fixed["signature"], stated["signature"])


def test_a_distribution_can_be_moved() -> None:
    base = QUARREL.replace(COST, 0.3).replace(SETTLE, LogNormal(median=30.0, sigma=1.0))
    moved = with_values(lower(base), {SETTLE: 12.0}, spread={SETTLE: 0.4})
    stated = lower(base.replace(SETTLE, LogNormal(median=12.0, sigma=0.4)))
    one, other = (run_block(lowered, seed=2, first=0, count=60) for lowered in (moved, stated))
    np.testing.assert_array_equal(one["settled"], other["settled"])


def test_what_is_not_a_distribution_has_no_place() -> None:
    with pytest.raises(
        StudyError, match=r"rules.leash is not a distribution of quarrel; it has actors.a.belligerence_cost"
    ):
        addresses(lower(QUARREL), "rules.leash")
    with pytest.raises(StudyError, match="it has none"):
        addresses(lower(QUARREL.replace(COST, 0.3)), COST)


def test_every_distribution_needs_values() -> None:
    with pytest.raises(StudyError, match=r"no values for actors.a.belligerence_cost"):
        respond(lower(QUARREL), {}, front="a-b")


def test_distributions_without_a_value_stay() -> None:
    lowered = lower(QUARREL.replace("rules.leash", Uniform(low=0.0, high=1.0)))
    left = with_values(lowered, {COST: 0.3})
    assert [parameter.path for parameter in left.parameters] == ["rules.leash"]
    assert dataclasses.is_dataclass(left)
