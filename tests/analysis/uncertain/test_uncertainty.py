"""The last tests run the compiled engine."""

import numpy as np
import pytest
from scipy.stats import beta

import escalation as esc
from escalation.analysis.uncertain.uncertainty import uncertainty, uncertainty_of
from escalation.errors import StudyError

CRISIS = "two-state-deterrence"


def beta_binomial(seed: int, *, draws: int, runs: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return (rng.random((draws, runs)) < rng.beta(2.0, 6.0, size=(draws, 1))).astype(float)


@pytest.fixture(scope="module")
def scenario() -> esc.Scenario:
    return esc.load(CRISIS)


def test_band_is_that_of_the_probability_and_not_of_the_noise(scenario: esc.Scenario) -> None:
    """Over 100 studies mean ends come near the true quantiles, and those with noise left in do not."""
    studies = [
        uncertainty_of(beta_binomial(seed, draws=128, runs=12), scenario=scenario, event="war") for seed in range(100)
    ]
    true = beta(2.0, 6.0).ppf(0.95)
    assert abs(np.mean([study.band.high for study in studies]) - true) < 0.025
    assert np.mean([study.raw_band.high for study in studies]) > true + 0.04
    assert all(s.raw_band.low <= s.band.low <= s.band.value <= s.band.high <= s.raw_band.high for s in studies)


def test_intervals_cover(scenario: esc.Scenario) -> None:
    """Of 300 studies with an interval of 95 % at least 272 cover, but for a false alarm of 1 in 1,000 a kind."""
    mean, share = 0.25, (12.0 / 576.0) / (0.25 * 0.75)
    studies = [
        uncertainty_of(beta_binomial(seed, draws=128, runs=12), scenario=scenario, event="war") for seed in range(300)
    ]
    assert sum(s.probability.low <= mean <= s.probability.high for s in studies) >= 272
    assert sum(s.share.low <= share <= s.share.high for s in studies) >= 260  # percentiles run a little short
    errors = np.array([s.error for s in studies])
    assert errors.mean() == pytest.approx(np.sqrt((12.0 / 72.0) / (12 * 128)), rel=0.02)


@pytest.mark.parametrize("draws", [4, 8])
def test_intervals_of_few_draws_cover(scenario: esc.Scenario, draws: int) -> None:
    """Of 300 studies at least 272; with the variance between the draws taken as known it was 248 of 4 and 270 of 8."""
    studies = [
        uncertainty_of(beta_binomial(seed, draws=draws, runs=200), scenario=scenario, event="war")
        for seed in range(300)
    ]
    assert sum(s.probability.low <= 0.25 <= s.probability.high for s in studies) >= 272


@pytest.mark.parametrize("always", [0.0, 1.0])
def test_what_never_or_always_happened_is_a_bound_by_the_draws(scenario: esc.Scenario, always: float) -> None:
    study = uncertainty_of(np.full((64, 50), always), scenario=scenario, event="war")
    ends = esc.Estimate(0.0, 0.0, 0.0566, 64, "wilson")
    assert (study.probability.low, study.probability.high) == pytest.approx(
        (0.0, ends.high) if always == 0.0 else (1.0 - ends.high, 1.0), abs=1e-3
    )
    assert study.error == study.share.value == 0.0


@pytest.mark.parametrize("method", ["sobol", "lhs"])
def test_designs_agree_with_plain_runs(scenario: esc.Scenario, method: str) -> None:
    wide = scenario.replace("fronts.challenger-defender.stake", esc_uniform(0.2, 3.0))
    study = uncertainty(wide, event="initiation", draws=64, runs=50, method=method, seed=3, progress=False)
    plain = esc.run(wide, runs=4000, seed=9, progress=False).probability("initiation")
    assert study.probability.low < plain.high
    assert plain.low < study.probability.high
    assert not study.variance.clipped
    assert study.band.low < study.probability.value < study.band.high
    summary = study.summary()
    assert summary["runs"] == 3200
    assert summary["probabilities"]["initiation"] == study.probability.to_dict()
    assert len(study.to_dataframe()) == 64
    assert "epistemic share" in study._repr_html_()
    assert "Uncertainty of 'initiation'" in repr(study)


def esc_uniform(low: float, high: float) -> dict[str, object]:
    return {"distribution": "uniform", "low": low, "high": high}


def test_workers_do_not_change_results(scenario: esc.Scenario) -> None:
    one, two = (uncertainty(scenario, draws=8, runs=100, seed=1, workers=w, progress=False) for w in (1, 3))
    assert one.summary() == two.summary()
    assert np.array_equal(one.by_draw, two.by_draw)


def test_only_fronts_asked_for_count(scenario: esc.Scenario) -> None:
    event = {"event": "initiation", "draws": 8, "runs": 50, "progress": False}
    all_fronts = uncertainty(scenario, **event).probability.value
    assert uncertainty(scenario, **event, actor="defender").probability.value < all_fronts


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"draws": 6}, "powers of two, as 8"),
        ({"draws": 1}, "draws is 1"),
        ({"runs": 1}, "runs is 1"),
        ({"method": "sobl"}, "did you mean 'sobol'"),
        ({"event": "wra"}, "no event 'wra'"),
        ({"level": 1.0}, "level is 1.0"),
        ({"seed": -1}, "seed is -1"),
        ({"workers": 0}, "workers is 0"),
    ],
)
def test_refusals(scenario: esc.Scenario, arguments: dict[str, object], message: str) -> None:
    with pytest.raises(StudyError, match=message):
        uncertainty(scenario, progress=False, **arguments)


def test_nothing_is_uncertain(scenario: esc.Scenario) -> None:
    with pytest.raises(StudyError, match="nothing in 'two-state-deterrence' is a distribution"):
        uncertainty(scenario.replace("actors.defender.resolve", 0.5))
