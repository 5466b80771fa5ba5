"""Statistical tests here let pass 99.9 % of correct samplers; all are on fixed seeds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import escalation as esc
from escalation.analysis.columns import column
from escalation.analysis.rare.gradual_reasons import GradualReasons, leads
from escalation.analysis.rare.nearness import Nearness
from escalation.engines.compiled import advance, begin_states
from escalation.engines.lower import Lowered, lower

P = 1e-3
SCENARIO = esc.load("two-state-deterrence")
LOWERED = lower(SCENARIO)
FOLLOWED = Nearness.of(SCENARIO, LOWERED, "war").helping
PERSISTENCE = column(LOWERED.template[np.newaxis], LOWERED, "rules", "shock_persistence")[0, 0]


def reasons(lowered: Lowered = LOWERED, acts: np.ndarray = FOLLOWED) -> GradualReasons:
    return GradualReasons(lowered, acts, 3, np.random.default_rng(7))


def begun(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """States in which a first row of reasons is begun: all of them, and the place, row and front of each."""
    keys = np.arange(count)
    states, gradual = begin_states(LOWERED, seed=3, runs=keys), reasons()
    for _ in range(6):
        gradual.look_ahead(states)
        waits = (column(states, LOWERED, "reasons", "ahead") != -1).all(axis=1)
        some = states[waits]
        advance(LOWERED, some, seed=3, runs=keys[waits], periods=1)
        states[waits] = some
    places, rows = np.nonzero(column(states, LOWERED, "reasons", "ahead") == -1)
    return states, places, rows, column(states, LOWERED, "shock_gaps")[places, rows, 0].astype(int)


def drawn_to_the_end(states: np.ndarray) -> None:
    gradual = reasons()
    while (column(states, LOWERED, "reasons", "ahead") == -1).any():
        gradual.draw_on(states)


def test_reasons_are_gumbel_draws_independent_of_each_other_and_of_what_acts_are_worth() -> None:
    states, places, rows, _ = begun(6000)
    assert len(places) > 3000
    drawn_to_the_end(states)
    found = column(states, LOWERED, "shocks")[places, rows]
    acts = found.shape[1]
    for act in range(acts):
        assert stats.kstest(found[:, act], "gumbel_r").pvalue > P / acts
    p = stats.gumbel_r.sf(1.0)
    for one, other in ((0, 3), (3, 4), (3, 5)):
        both = int(((found[:, one] > 1.0) & (found[:, other] > 1.0)).sum())
        assert stats.binomtest(both, len(found), p * p).pvalue > P / 3
    left = column(states, LOWERED, "reasons", "next")[places, rows]
    now = column(states, LOWERED, "clock", "period")[places, 0] + 1.0  # the period that they are needed in
    assert stats.kstest((left - now) / PERSISTENCE, "expon").pvalue > P


def test_beyond_a_bar_the_best_act_followed_leads_by_an_exponential_distance() -> None:
    states, places, rows, fronts = begun(6000)
    scores = reasons()._scores(states, places, fronts)
    known = column(states, LOWERED, "shock_gaps")
    known[places, rows, 1] = 25.0
    drawn_to_the_end(states)
    found = np.where(FOLLOWED[fronts], scores, -np.inf) + column(states, LOWERED, "shocks")[places, rows]
    mean = np.logaddexp.reduce(np.where(FOLLOWED[fronts], scores, -np.inf), axis=1)
    assert stats.kstest(found.max(axis=1) - mean - 25.0, "expon").pvalue > P
    # Which act it is goes by the exponentials of the scores.
    limited = LOWERED.option_names.index("limited-strike")
    expected = np.exp(scores[:, limited] - mean)
    hits = (found.argmax(axis=1) == limited).sum() - expected.sum()
    assert abs(hits) < 3.3 * np.sqrt((expected * (1.0 - expected)).sum())


def test_each_bar_is_passed_as_often_as_a_gumbel_draw_passes_it() -> None:
    states, places, rows, _ = begun(6000)
    gradual = reasons()
    passed = []
    for bar in (1.0, 2.0, 3.0):
        gradual.draw_on(states)
        going = column(states, LOWERED, "reasons", "ahead")[places, rows] == -1
        assert (column(states, LOWERED, "shock_gaps")[places, rows, 1][going] == bar).all()
        passed.append(int(going.sum()))
    for bar, count in zip((1.0, 2.0, 3.0), passed, strict=True):
        assert stats.binomtest(count, len(places), stats.gumbel_r.sf(bar)).pvalue > P / 3


def test_the_lead_is_what_the_best_act_followed_is_expected_to_lack() -> None:
    states, places, rows, fronts = begun(50)
    assert np.isneginf(leads(states, LOWERED)).all()  # no bar is passed yet
    column(states, LOWERED, "shock_gaps")[places, rows, 1] = 2.0
    scores = reasons()._scores(states, places, fronts)
    for place, front, score in zip(places, fronts, scores, strict=True):
        one, other = np.exp(score[FOLLOWED[front]]).sum(), np.exp(score[~FOLLOWED[front]]).sum()
        expected = np.log(one) - np.log(other) - np.euler_gamma + 2.0
        assert leads(states[[place]], LOWERED)[0, front] == pytest.approx(expected)
    drawn_to_the_end(states)
    assert np.isneginf(leads(states, LOWERED)).all()  # and now it is settled what will be chosen


@pytest.mark.parametrize(("name", "count"), [("two-state-deterrence", 8000), ("haniyeh-2024", 1500)])
def test_crises_come_out_as_they_do_in_the_engine(name: str, count: int) -> None:
    """Shares of runs in which each rung is reached on each front, in units of their standard errors."""
    scenario = esc.load(name)
    lowered = lower(scenario)
    keys = np.arange(count) + 50_000
    states = begin_states(lowered, seed=3, runs=keys)
    gradual = reasons(lowered, Nearness.of(scenario, lowered, "war").helping)
    going = np.arange(count)
    while len(going) > 0:
        some = states[going]
        gradual.step(some, keys[going])
        states[going] = some
        going = going[column(some, lowered, "clock", "period")[:, 0] < lowered.periods]
    plain = esc.run(scenario, runs=4 * count, seed=4, progress=False).outcomes["crossed"] >= 0
    p, q = (column(states, lowered, "crossed") >= 0).mean(axis=0), plain.mean(axis=0)
    both = (p + 4.0 * q) / 5.0
    error = np.sqrt(both * (1.0 - both) * (1.0 / count + 0.25 / count))
    assert (np.abs(p - q)[error > 0.0] < 4.3 * error[error > 0.0]).all()  # false alarm 1 in 1,000 over some 60 of them


def test_copies_of_a_path_decide_in_the_period_for_which_its_reasons_are_begun() -> None:
    """A decision that comes of an event of its own period falls on few paths; on others it would fall on few again."""
    keys = np.arange(400)
    states, gradual = begin_states(LOWERED, seed=3, runs=keys), reasons()
    for _ in range(3):
        gradual.step(states, keys)
    begun_here = column(states, LOWERED, "reasons", "ahead") == -1
    tried = begun_here.any(axis=1) & (column(states, LOWERED, "clock", "seed_high")[:, 0] == -1)
    assert 5 < tried.sum() < 100
    copies, rows = states[tried], begun_here[tried].argmax(axis=1)
    each = np.arange(len(copies))
    fronts = column(copies, LOWERED, "shock_gaps")[each, rows, 0].astype(int)
    period = column(copies, LOWERED, "clock", "period")[:, 0].copy()
    while (waiting := column(copies, LOWERED, "clock", "period")[:, 0] == period).any():
        some = copies[waiting]
        gradual.step(some, each[waiting] + 10_000)
        copies[waiting] = some
    assert (column(copies, LOWERED, "fronts", "deciding")[each, fronts] > 0).all()
