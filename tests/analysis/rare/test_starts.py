"""Statistical tests here let pass 99.9 % of correct samplers; all are on fixed keys."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import escalation as esc
from escalation.analysis.columns import column, shocks_by_front
from escalation.analysis.rare.splitting import Split
from escalation.analysis.rare.starts import Starts
from escalation.engines.compiled import advance, begin_states
from escalation.engines.lower import Lowered, lower

KEYS = np.arange(4000)
P = 1e-3


@pytest.fixture(scope="module")
def lowered() -> Lowered:
    return lower(esc.load("two-state-deterrence"))


def thresholds(lowered: Lowered, **acts: float) -> np.ndarray:
    found = np.full((1, lowered.places["shocks"].shape[1]), np.inf)
    for act, value in acts.items():
        found[0, int(act[1:])] = value
    return found


def test_natural_starts_are_those_of_every_run(lowered: Lowered) -> None:
    starts = Starts.natural(lowered, seed=3)
    assert starts.strata == [()]
    assert starts.probability(()) == 1.0
    runs = begin_states(lowered, seed=3, runs=KEYS[:9])
    assert starts.initial(KEYS[:9]).tobytes() == runs.tobytes()  # a whole number, read as a float, may be no number


def test_strata_have_the_probabilities_of_gumbel_shocks(lowered: Lowered) -> None:
    starts = Starts(lowered, 3, (0,), thresholds(lowered, a3=2.0, a6=1.0))
    none = np.exp(-np.exp(-2.0)) * np.exp(-np.exp(-1.0))
    assert starts.probability((False,)) == pytest.approx(none, rel=1e-12)
    assert sum(map(starts.probability, starts.strata)) == pytest.approx(1.0, rel=1e-12)
    far = Starts(lowered, 3, (0,), thresholds(lowered, a3=40.0))
    assert far.probability((True,)) == pytest.approx(np.exp(-40.0), rel=1e-9)


def test_within_strata_shocks_are_what_is_left_of_gumbel_shocks(lowered: Lowered) -> None:
    limits = thresholds(lowered, a3=1.5, a6=0.5)
    starts = Starts(lowered, 3, (1,), limits)
    by_stratum = {above: shocks_by_front(starts.initial(KEYS, (above,)), lowered)[:, 1] for above in (False, True)}
    assert not (by_stratum[False] > limits).any()
    assert (by_stratum[True] > limits).any(axis=1).all()
    # Mixed by their probabilities they are unconditional again: act by act, and in their joint extremes.
    pick = np.random.default_rng(1).random(len(KEYS)) < starts.probability((True,))
    mixed = np.where(pick[:, np.newaxis], by_stratum[True], by_stratum[False])
    for act in range(mixed.shape[1]):
        assert stats.kstest(mixed[:, act], "gumbel_r").pvalue > P / mixed.shape[1]
    both = int(((mixed[:, 3] > 1.0) & (mixed[:, 6] > 1.0)).sum())
    assert stats.binomtest(both, len(KEYS), stats.gumbel_r.sf(1.0) ** 2).pvalue > P


def test_far_out_a_shock_passes_its_threshold_by_an_exponential_time(lowered: Lowered) -> None:
    starts = Starts(lowered, 3, (0,), thresholds(lowered, a3=25.0))
    passed = shocks_by_front(starts.initial(KEYS, (True,)), lowered)[:, 0, 3] - 25.0
    assert stats.kstest(passed, "expon").pvalue > P


def test_stratified_runs_come_out_as_natural_ones_do(lowered: Lowered) -> None:
    starts = Starts(lowered, 3, (0, 1), np.repeat(thresholds(lowered, a3=1.0, a6=0.0), 2, axis=0))
    assert len(starts.strata) == 4
    total, variance = 0.0, 0.0
    for n, stratum in enumerate(starts.strata):
        keys = 2**39 + n * 10_000 + KEYS
        states = starts.initial(keys, stratum)
        crossed = advance(lowered, states, seed=3, runs=keys, periods=60)["crossed"][:, 0, 3] >= 0
        total += starts.probability(stratum) * crossed.mean()
        variance += starts.probability(stratum) ** 2 * crossed.var() / len(keys)
    natural = esc.run(lowered.scenario, runs=20_000, seed=4, progress=False).outcomes["crossed"][:, 0, 3] >= 0
    assert abs(total - natural.mean()) < 3.29 * np.sqrt(variance + natural.var() / len(natural))


def arrivals(lowered: Lowered, *, extreme: float, ancestors: int) -> Split:
    """Paths of which the defender's shock for act 3 lies a little above `extreme`, and all others as they fall."""
    states = begin_states(lowered, seed=5, runs=np.arange(ancestors))
    shocks = column(states, lowered, "shocks")
    shocks[:] = np.random.default_rng(4).gumbel(size=shocks.shape)
    if np.isfinite(extreme):
        rows = column(states, lowered, "fronts", "reasons")[:, 1]
        shocks[np.arange(ancestors), rows, 3] = extreme + np.random.default_rng(3).exponential(size=ancestors)
    return Split(1e-4, 0, 0, (), np.repeat(states, 3, axis=0), np.repeat(np.arange(ancestors), 3))


def test_thresholds_are_put_below_what_was_extreme(lowered: Lowered) -> None:
    fitted = Starts.natural(lowered, seed=5).fitted([(1.0, arrivals(lowered, extreme=6.0, ancestors=60))])
    assert fitted.fronts == (1,)
    assert np.flatnonzero(np.isfinite(fitted.thresholds[0])).tolist() == [3]
    assert 5.0 < fitted.thresholds[0, 3] < 5.5


def test_of_the_fronts_on_one_target_only_the_most_extreme_is_stratified() -> None:
    """Where two of them go by the same shocks, these cannot lie in two strata at once."""
    names = ("a-b", "b-a", "c-b", "b-c")
    data = {
        "name": "two-on-one",
        "horizon": 20,
        "actors": {name: {} for name in "abc"},
        "fronts": {key: {} for key in names},
    }
    both = lower(esc.Scenario.from_dict(data | {"rules": {"shared_reasons": 1.0}}))
    states = begin_states(both, seed=5, runs=np.arange(60))
    shocks = column(states, both, "shocks")
    shocks[:] = np.random.default_rng(4).gumbel(size=shocks.shape)
    shared = column(states, both, "fronts", "reasons")[0, both.front_ids.index("c-b")]
    shocks[:, shared, 3] = 6.0 + np.random.default_rng(3).exponential(size=60)
    found = Split(1e-4, 0, 0, (), np.repeat(states, 3, axis=0), np.repeat(np.arange(60), 3))
    (front,) = Starts.natural(both, seed=5).fitted([(1.0, found)]).fronts
    assert both.front_ids[front] in ("a-b", "c-b")
    _, above = (
        Starts(both, 3, (front,), np.full((1, shocks.shape[2]), 1.0)).initial(KEYS[:50], (up,)) for up in (False, True)
    )
    one, other = (shocks_by_front(above, both)[:, both.front_ids.index(name)] for name in ("a-b", "c-b"))
    assert np.array_equal(one, other)
    assert (one > 1.0).any(axis=1).all()


def test_nothing_is_stratified_where_shocks_were_as_usual_or_none_arrived(lowered: Lowered) -> None:
    natural = Starts.natural(lowered, seed=5)
    usual = arrivals(lowered, extreme=np.inf, ancestors=200)
    assert natural.fitted([(1.0, usual)]).fronts == ()
    none = Split(0.0, 0, 0, (), usual.arrived[:0], usual.ancestors[:0])
    assert natural.fitted([(1.0, none)]) is natural
