"""An ensemble made of drawn days, so that figures are tested without an engine."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from matplotlib import pyplot

from escalation.estimates.paired import paired_difference
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.compare import Comparison
from escalation.montecarlo.ensemble import Ensemble
from escalation.world.actor import Actor
from escalation.world.commitment import Commitment
from escalation.world.front import Front
from escalation.world.scenario import Scenario

RUNS = 400
HORIZON = 30


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    pyplot.close("all")


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    actors = [
        Actor(id="ara", name="Ara"),
        Actor(id="bor", name="Bor"),
        Actor(id="cal", name="United Cantons of Cal"),
        Actor(id="dun", kind="armed-group", principal="ara", control=0.5),
    ]
    fronts = [
        Front(id="ara-bor", stake=1.5),
        Front(id="bor-ara", baseline="threat"),
        Front(id="dun-bor", at_war=True),
        Front(id="bor-dun", at_war=True),
    ]
    pledges = [
        Commitment(id="cal-bor", patron="cal", protege="bor", adversary="ara"),
        Commitment(id="cal-bor-dun", patron="cal", protege="bor", adversary="dun"),
    ]
    return Scenario(
        name="drawn",
        horizon=HORIZON,
        actors={actor.id: actor for actor in actors},
        fronts={front.id: front for front in fronts},
        commitments={pledge.id: pledge for pledge in pledges},
    )


def draw(scenario: Scenario, *, climb: float, seed: int = 1) -> Ensemble:
    """Runs that climb rung by rung, on each front, with a chance of `climb` a rung."""
    fronts, rungs = ("ara-bor", "bor-ara"), scenario.ladder.names
    random = np.random.default_rng(seed)
    steps = random.geometric(0.2, size=(RUNS, len(fronts), len(rungs) - 1))
    higher = np.logical_and.accumulate(random.random(steps.shape) < climb, axis=2)
    days = np.cumsum(steps, axis=2)
    crossed = np.zeros((RUNS, len(fronts), len(rungs)), dtype=np.int16)
    crossed[:, :, 1:] = np.where(higher & (days <= HORIZON), days, -1)
    outcomes = {
        "crossed": crossed,
        "war_cause": (crossed[:, :, -1] >= 0).astype(np.int8),
        "agreed": np.full((RUNS, len(fronts)), -1, dtype=np.int16),
        "conceded": np.full((RUNS, len(fronts)), -1, dtype=np.int16),
        "joined": np.full((RUNS, 1), -1, dtype=np.int16),
        "kept": np.zeros((RUNS, 1), dtype=np.int16),
        "broken": np.zeros((RUNS, 1), dtype=np.int16),
        "vows_kept": np.zeros((RUNS, 3), dtype=np.int16),
        "vows_broken": np.zeros((RUNS, 3), dtype=np.int16),
        "settled": np.full(RUNS, -1, dtype=np.int16),
        "ended": np.full(RUNS, HORIZON, dtype=np.int16),
    }
    axes = Axes.named(scenario, front_ids=fronts, actor_ids=("ara", "bor", "cal"), commitment_rows=("cal-bor:ara",))
    return Ensemble(scenario, seed, outcomes, axes)


@pytest.fixture(scope="session")
def ensemble(scenario: Scenario) -> Ensemble:
    return draw(scenario, climb=0.7)


@pytest.fixture(scope="session")
def quiet(scenario: Scenario) -> Ensemble:
    """No run gets beyond the lowest rungs, so that war is 0 of n."""
    calm = draw(scenario, climb=0.4)
    calm.outcomes["crossed"][:, :, -2:] = -1
    calm.outcomes["war_cause"][:] = 0
    return calm


@pytest.fixture(scope="session")
def pair(ensemble: Ensemble, quiet: Ensemble) -> Comparison:
    return Comparison(
        quiet,
        ensemble,
        {
            event: paired_difference(ensemble.occurs(event), quiet.occurs(event), event=event)
            for event in ("initiation", "war", "settled", "rung:threat")
        },
    )
