from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import dblquad

from escalation.analysis.strategic_choice.shocks import ERRORS, LINKS, Error, Link, attack, reply, share

M = np.array([-3.0, -0.4, 0.0, 0.7, 4.0])
Q = np.array([0.05, 0.3, 0.5, 0.8, 0.99])


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("error", ERRORS)
def test_either_attacks_or_not(link: Link, error: Error) -> None:
    yes, no = attack(link, error, M, Q)
    assert np.exp(yes.value) + np.exp(no.value) == pytest.approx(np.ones(5), abs=1e-14)


def test_private_gumbel_shocks_agree_with_their_double_integral() -> None:
    """Given its two shocks to the outcomes of an attack, player 1 attacks where a third falls below their mean."""
    for m, q in ((-1.2, 0.3), (0.5, 0.8), (2.0, 0.5)):

        def likely(x: float, y: float, m: float = m, q: float = q) -> float:
            return float(np.exp(-np.exp(-m) * x ** (1.0 - q) * y**q - x - y))

        known = dblquad(likely, 0.0, np.inf, 0.0, np.inf, epsabs=1e-10)[0]
        found = attack("logit", "private", np.array([m]), np.array([q]))[0].value
        assert np.exp(found[0]) == pytest.approx(known, abs=1e-8)


def test_private_gumbel_shocks_are_the_same_row_by_row_and_all_at_once() -> None:
    m, q = np.linspace(-3.0, 3.0, 1100), np.linspace(0.0, 1.0, 1100)
    yes, no = attack("logit", "private", m, q)
    for row in (0, 511, 512, 1099):
        one, other = attack("logit", "private", m[[row]], q[[row]])
        assert (yes.value[row], no.qq[row]) == pytest.approx((one.value[0], other.qq[0]), rel=1e-12)


@pytest.mark.parametrize("q", [0.0, 1.0])
def test_private_gumbel_shocks_are_those_of_agents_where_the_reply_is_sure(q: float) -> None:
    sure = np.full_like(M, q)
    private, agent = attack("logit", "private", M, sure), attack("logit", "agent", M, sure)
    for one, other in zip(private, agent, strict=True):
        assert one.value == pytest.approx(other.value, rel=1e-12)
        assert one.m == pytest.approx(other.m, rel=1e-12)


def test_private_shocks_vary_least_where_the_reply_is_a_toss_up() -> None:
    """Their spread is 1 + q² + (1 − q)², so that choices are surest at q = ½ [Signorino2003]."""
    gain = np.ones(3)
    for link in LINKS:
        yes, _ = attack(link, "private", gain, np.array([0.5, 0.9, 1.0]))
        assert yes.value[0] > yes.value[1] > yes.value[2]


def test_probit_shocks_have_a_standard_deviation_of_1_each() -> None:
    yes, _ = attack("probit", "agent", np.array([1.0]), np.array([0.5]))
    assert np.exp(yes.value[0]) == pytest.approx(0.7602499389, abs=1e-10)  # Φ(1/√2)
    assert reply("probit", np.array([1.0]))[0][0] == pytest.approx(0.7602499389, abs=1e-10)
    yes, _ = attack("probit", "private", np.array([1.0]), np.array([0.5]))
    assert np.exp(yes.value[0]) == pytest.approx(float(share("probit", np.array([1.5**-0.5]))[0]), abs=1e-12)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("error", ERRORS)
def test_extreme_gains_leave_finite_numbers(link: Link, error: Error) -> None:
    gains = np.array([-2e6, -800.0, -40.0, 40.0, 800.0, 2e6])
    for q in (0.0, 1e-12, 0.5, 1.0):
        for log in attack(link, error, gains, np.full_like(gains, q)):
            for name in ("value", "m", "q", "mm", "mq", "qq"):
                assert np.isfinite(getattr(log, name)).all(), name
            assert (np.diff(log.value) * np.sign(log.value[-1] - log.value[0]) >= 0.0).all()
