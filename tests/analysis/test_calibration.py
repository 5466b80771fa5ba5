from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from escalation.analysis.calibration import calibrate
from escalation.errors import StoreError, StudyError
from escalation.montecarlo.runner import run
from escalation.world.distributions import LogNormal, Uniform
from escalation.world.scenario import Scenario

QUARREL = Scenario(
    name="quarrel",
    horizon=30,
    actors={"a": {}, "b": {}},
    fronts={"a-b": {"revisionism": 0.7}, "b-a": {}},
)
COST = "actors.a.belligerence_cost"
PRIOR = {COST: LogNormal(median=0.5, sigma=0.8)}


def seen(cost: float, *, cases: int = 2000) -> dict[str, tuple[int, int]]:
    """What was observed where the truth is known."""
    ensemble = run(QUARREL.replace(COST, cost), runs=cases, seed=77, progress=False)
    return {event: (round(cases * ensemble.probability(event).value), cases) for event in ("initiation", "rung:threat")}


@pytest.mark.parametrize("truth", [0.25, 0.9])
def test_moments_cover_the_truth(truth: float) -> None:
    found = calibrate(QUARREL, seen(truth), parameters=PRIOR, runs=1500, progress=False)
    interval = found.parameters[COST]
    # The interval is of 95 %; four standard errors of the estimate, widened by the noise of the runs, are not left.
    slack = interval.high - interval.low
    assert interval.low - slack < truth < interval.high + slack
    assert found.scenario.actors["a"].belligerence_cost == interval.value
    assert abs(found.fitted["initiation"] - found.observed["initiation"][0] / 2000) < 0.05
    assert not found.flat
    json.dumps(found.summary(), allow_nan=False)
    assert "moments: actors.a.belligerence_cost = " in repr(found)


def test_what_the_data_do_not_bear_on_is_told_to_be_flat() -> None:
    priors = {**PRIOR, "rules.leash": Uniform(low=0.0, high=1.0)}  # nobody has an ally
    found = calibrate(QUARREL, seen(0.5), parameters=priors, runs=500, progress=False)
    (flat,) = found.flat
    assert max(flat.weights, key=lambda path: abs(flat.weights[path])) == "rules.leash"
    assert flat.kept == pytest.approx(1.0, abs=0.05)
    assert found.parameters["rules.leash"].low < 0.1
    assert found.parameters["rules.leash"].high > 0.9


def test_a_scenario_s_own_distributions_are_its_priors() -> None:
    stated = QUARREL.replace(COST, LogNormal(median=0.5, sigma=0.8))
    assert list(calibrate(stated, seen(0.5), runs=100, progress=False).parameters) == [COST]
    assert list(calibrate(stated, seen(0.5), parameters=[COST], runs=100, progress=False).parameters) == [COST]


def test_abc_draws_the_posterior_and_goes_on_from_its_file(tmp_path: Path) -> None:
    pytest.importorskip("pyabc")
    ask = {"parameters": PRIOR, "method": "abc-smc", "runs": 200, "population": 30, "progress": False}
    store = tmp_path / "posterior.db"
    observed = seen(0.3, cases=200)
    first = calibrate(QUARREL, observed, **ask, populations=1, store=store)  # type: ignore[arg-type]
    last = calibrate(QUARREL, observed, **ask, populations=3, store=store)  # type: ignore[arg-type]
    assert last.posterior.shape[1] == 1
    wide, narrow = first.parameters[COST], last.parameters[COST]
    assert narrow.high - narrow.low < wide.high - wide.low
    assert narrow.low < 0.3 < narrow.high
    with pytest.raises(StoreError, match="other observations"):
        calibrate(QUARREL, {"war": (1, 9)}, **ask, populations=4, store=store)  # type: ignore[arg-type]


def test_abc_leaves_numpy_s_global_draws_alone() -> None:
    pytest.importorskip("pyabc")
    np.random.seed(4)  # noqa: NPY002
    expected = np.random.uniform()  # noqa: NPY002
    np.random.seed(4)  # noqa: NPY002
    calibrate(
        QUARREL, seen(0.5), parameters=PRIOR, method="abc-smc", runs=20, population=5, populations=1, progress=False
    )
    assert np.random.uniform() == expected  # noqa: NPY002


def test_without_pyabc_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyabc", None)
    with pytest.raises(StudyError, match=r"pip install 'escalation\[abc\]'"):
        calibrate(QUARREL, {"war": (1, 9)}, parameters=PRIOR, method="abc-smc", progress=False)


@pytest.mark.parametrize(
    ("observed", "asked", "words"),
    [
        ({}, {}, "nothing was observed"),
        ({"war": (5, 3)}, {}, "'war': 5 of 3"),
        ({"war": (1, 3)}, {"parameters": None}, "quarrel has no prior"),
        ({"war": (1, 3)}, {"parameters": ["rules.leash"]}, "rules.leash has no prior"),
        ({"war": (1, 3)}, {"method": "guess"}, "there is no method 'guess'; allowed: moments, abc-smc"),
        ({"peace": (1, 3)}, {}, "peace"),
    ],
)
def test_what_cannot_be_fitted_is_refused(
    observed: dict[str, tuple[int, int]], asked: dict[str, object], words: str
) -> None:
    with pytest.raises(StudyError, match=words):
        calibrate(QUARREL, observed, **{"parameters": PRIOR, "progress": False, **asked})  # type: ignore[arg-type]
