from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np

from escalation.arithmetic.draws import (
    LOGNORMAL,
    METALOG_BETWEEN,
    TABLE,
    TRIANGULAR,
    SeededRun,
    exponential,
    gumbel,
    quantile,
    uniform_pair,
)
from escalation.arithmetic.elementary import bounded_exp
from escalation.arithmetic.shared import shared
from escalation.mechanisms.beliefs_and_signals import resolve_likelihood, updated
from escalation.mechanisms.time_and_chance import kept_share, logit_choice, response_delay
from escalation.mechanisms.war_and_contest import hazard, intensity, log_likelihood, probability, success, waiting_time

INPUTS = 3000
RESULTS = 16


class Cut(NamedTuple):
    """A distribution in a form that numba knows."""

    kind: int
    a: float
    b: float
    c: float
    low: float
    high: float
    p_low: float = 0.0
    p_high: float = 1.0
    table: int = 0


LAWS: tuple[Any, ...] = (
    Cut(LOGNORMAL, 2.0, 0.7, 0.0, 0.0, 9.0, 0.0, 0.99),
    Cut(TRIANGULAR, 0.3, 0.0, 0.0, 0.0, 1.0),
    Cut(TABLE, 0.0, 0.0, 0.0, 0.0, 1.0, table=1),
    Cut(METALOG_BETWEEN, 0.2, 0.5, 0.3, -1.0, 1.0),
)


def evaluate(first: int, count: int, out: Any) -> None:
    """Fill a row with results of shared functions for each of some keys; run as it is and compiled."""
    tables: Any = np.array([[0.0, 0.0, 0.0, 0.0], [0.0, 0.1, 0.5, 2.0]])
    times: Any = np.array([0.5, 1.25, 4.0])
    crowding: Any = np.array([0.0, 0.3, 0.7])
    utilities: Any = np.zeros(3)
    chosen: Any = np.zeros(3)
    for n in range(count):
        u, v = uniform_pair(SeededRun(99, 3, (first + n) << 20), 5, 77, n, 2)
        x = 20.0 * (v - 0.5)
        utilities[0], utilities[1], utilities[2] = x, 3.0 * u, -x * u
        logit_choice(4.0 * v, utilities, crowding, chosen)
        out[n, 0] = chosen[1]
        out[n, 1] = quantile(LAWS[0], tables, u)
        out[n, 2] = quantile(LAWS[1], tables, u)
        out[n, 3] = quantile(LAWS[2], tables, u)
        out[n, 4] = quantile(LAWS[3], tables, u)
        out[n, 5] = response_delay(5.0, 1.4, 10.0 * v, 1.0, u)
        out[n, 6] = waiting_time(0.2, v, 1.0, u, 1.0 - u)
        out[n, 7] = updated(u, v, 0.2, 0.7)
        out[n, 8] = success(3.0 * u, 2.0 * v, 1.7)
        out[n, 9] = probability(hazard(0.01, 0.8, u, v))
        out[n, 10] = resolve_likelihood(2.0, u, v)
        out[n, 11] = kept_share(30.0 * u, 12.0)
        out[n, 12] = log_likelihood(0.1 + u, v, 1.1, times, 6.0) + intensity(0.1, u, v, times, 3.0)
        out[n, 13] = gumbel(u)
        out[n, 14] = exponential(v)
        out[n, 15] = bounded_exp(1000.0 * x)


def test_shared_functions_give_the_same_bits_compiled() -> None:
    plain, compiled = np.zeros((INPUTS, RESULTS)), np.zeros((INPUTS, RESULTS))
    evaluate(1, INPUTS, plain)
    numba.njit(evaluate, error_model="numpy")(1, INPUTS, compiled)
    differ = (plain.view(np.int64) != compiled.view(np.int64)).sum(axis=0)
    assert differ.tolist() == [0] * RESULTS
    assert len(np.unique(plain)) > INPUTS


def test_a_shared_function_stays_the_python_function_it_was() -> None:
    def double(x: float) -> float:
        return 2.0 * x

    assert shared(double) is double
    assert numba.njit(lambda x: double(x) + 1.0)(3.0) == double(3.0) + 1.0
