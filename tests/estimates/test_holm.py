from __future__ import annotations

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.estimates.holm import holm


def test_the_example_of_r() -> None:
    """As R's ``p.adjust(c(.01, .04, .03, .005), "holm")`` gives: 0.03, 0.06, 0.06, 0.02."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02), rel=1e-12)


def test_one_test_stays_and_nothing_exceeds_one() -> None:
    assert holm([0.3]) == (0.3,)
    assert holm([0.9, 0.8, 1.0]) == (1.0, 1.0, 1.0)
    assert holm([]) == ()


def test_any_false_alarm_among_many_tests_is_no_likelier_than_the_level() -> None:
    """20 true hypotheses, 2,000 times: 0.05 is expected; four standard errors, exceeded once in 30,000 seeds."""
    draws = np.random.default_rng(1).uniform(size=(2_000, 20))
    alarms = np.mean([min(holm(row.tolist())) <= 0.05 for row in draws])
    assert 0.03 < alarms < 0.05 + 4.0 * np.sqrt(0.05 * 0.95 / 2_000)


@pytest.mark.parametrize("wrong", [[-0.1], [0.2, 1.1], [float("nan")]])
def test_what_is_no_probability_is_refused(wrong: list[float]) -> None:
    with pytest.raises(StudyError, match="each must lie from 0 to 1"):
        holm(wrong)
