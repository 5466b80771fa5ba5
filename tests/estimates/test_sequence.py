from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from scipy.special import betaln
from scipy.stats import binom

from escalation.errors import StudyError
from escalation.estimates.proportion import proportion
from escalation.estimates.sequence import beta_binomial_bounds

STUDIES, LOOKS, BLOCK = 2_000, 25, 500


def ratio(p: float, hits: int, trials: int) -> float:
    """Likelihood of the data under the mixture over that under p, straight from its definition."""
    mixture = betaln(hits + 0.5, trials - hits + 0.5) - betaln(0.5, 0.5)
    return math.exp(mixture - hits * math.log(p) - (trials - hits) * math.log1p(-p))


@pytest.mark.parametrize(("hits", "trials"), [(1, 20), (81, 263), (3, 500_000), (19, 20)])
@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
def test_at_both_ends_the_odds_against_are_one_over_alpha(hits: int, trials: int, level: float) -> None:
    low, high = beta_binomial_bounds(hits, trials, level)
    assert low < hits / trials < high
    for end in (low, high):
        assert ratio(end, hits, trials) == pytest.approx(1.0 / (1.0 - level), rel=1e-6)


def test_without_a_success_it_begins_at_zero_and_without_a_failure_it_ends_at_one() -> None:
    low, high = beta_binomial_bounds(0, 500, 0.95)
    assert (low, ratio(high, 0, 500)) == (0.0, pytest.approx(20.0))
    assert beta_binomial_bounds(500, 500, 0.95) == pytest.approx((1.0 - high, 1.0))


def test_peeking_is_paid_for_with_length() -> None:
    sequence = proportion(300, 2_000, method="beta-binomial-sequence")
    wilson = proportion(300, 2_000)
    assert sequence.low < wilson.low < wilson.value < wilson.high < sequence.high
    assert str(sequence).endswith("(Beta-Binomial-Sequence 95 %, n = 2,000)")


def test_counts_that_are_not_possible_are_refused() -> None:
    with pytest.raises(StudyError, match="successes is 3; it must be a whole number from 0 to 2"):
        proportion(3, 2, method="beta-binomial-sequence")


@cache
def bounds(method: str, hits: int, trials: int) -> tuple[float, float]:
    estimate = proportion(hits, trials, method=method)
    return estimate.low, estimate.high


def ever_missed(method: str, p: float) -> int:
    """Studies of which one interval or more, looked at after every block, does not hold the true value."""
    rng = np.random.default_rng(20240731)
    hits = rng.binomial(BLOCK, p, size=(STUDIES, LOOKS)).cumsum(axis=1)
    missed = 0
    for study in hits:
        seen = (bounds(method, int(hit), BLOCK * (look + 1)) for look, hit in enumerate(study))
        missed += any(not low <= p <= high for low, high in seen)
    return missed


@pytest.mark.parametrize("p", [0.002, 0.15])
def test_coverage_survives_a_look_after_every_block(p: float) -> None:
    # False alarms: were 5 % of studies missed, the most that is allowed, one test in 10,000 would fail.
    assert ever_missed("beta-binomial-sequence", p) <= binom.isf(1e-4, STUDIES, 0.05)


def test_an_interval_for_one_look_would_be_found_out() -> None:
    assert ever_missed("wilson", 0.15) > 2 * binom.isf(1e-4, STUDIES, 0.05)
