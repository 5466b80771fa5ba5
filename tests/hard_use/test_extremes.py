"""Numbers at the ends of what is allowed give no NaN and no overflow, and the same run in both engines.

``ESCALATION_EXTREMES=2000 pytest tests/hard_use/test_extremes.py`` draws as many scenarios as it says.
"""

from __future__ import annotations

import os

import numpy as np
from hard_use.extremes import extreme_scenarios
from hard_use.timing import in_time
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.dynamics.record import FRONT_FIELDS
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.world.scenario import Scenario

SCENARIOS = int(os.environ.get("ESCALATION_EXTREMES", "25"))
SECONDS = 60.0
"""Seconds of a processor for a run in both engines; the readable one has to play up to 500 periods."""
SHARES = {"likelihoods": 2, "fronts": FRONT_FIELDS.index("vow"), "pledges": 2, "actors": 3}
"""Number of the columns of each array that are probabilities or intensities; those after them count."""
RUNS = 2


def out_of_range(path: Trajectory) -> list[str]:
    """What is no finite number, or as a probability or an intensity not within [0, 1]."""
    found = [name for name in ("utilities", *SHARES) if not np.isfinite(getattr(path, name)).all()]
    for name, columns in SHARES.items():
        values = getattr(path, name)[..., :columns]
        if values.size and not 0.0 <= values.min() <= values.max() <= 1.0:
            found.append(f"{name} from {values.min()} to {values.max()}")
    return found


@settings(max_examples=SCENARIOS)
@given(scenario=extreme_scenarios(), seed=st.integers(0, 2**64 - 1))
def test_every_number_of_a_run_is_finite_and_alike_in_both_engines(scenario: Scenario, seed: int) -> None:
    for run in range(RUNS):
        with in_time(SECONDS):
            paths = [simulate(scenario, seed=seed, run=run, engine=engine) for engine in ("compiled", "mesa")]
        assert out_of_range(paths[0]) == []
        assert paths[0] == paths[1]
