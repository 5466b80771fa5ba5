"""How likely player 1 is to attack, given what it gains on average and how likely player 2 is to resist.

Shocks have unit scale: standard normal with the probit link, standard Gumbel with the logit link. Every function gives
logarithms with their first and second derivatives.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit, log_ndtr, ndtr

__all__ = ["ERRORS", "LINKS", "Error", "Link", "Log", "attack", "log_share", "reply", "share"]

Floats = NDArray[np.float64]
Link = Literal["logit", "probit"]
Error = Literal["agent", "private"]

LINKS: tuple[Link, ...] = ("logit", "probit")
ERRORS: tuple[Error, ...] = ("agent", "private")
ROOT_TWO = np.sqrt(2.0)
LOG_ROOT_TAU = 0.5 * np.log(2.0 * np.pi)

NODES = np.arange(-60.0, 60.25, 0.5)
"""Where the mixture of `_mixture` is taken. The integrand is analytic within π of the real line, so that the error of
the trapezoidal rule, e^(−2π²/0.5), is lost in rounding."""
LEAST = 1e-300
"""Least probability of the mixture, so that its logarithm is bounded."""
BLOCK = 512
"""Rows taken at a time."""
WEIGHTS = 0.5 * expit(NODES) * expit(-NODES)


@dataclass(frozen=True, slots=True)
class Log:
    """Logarithm of a probability, with its derivatives by the mean gain m and by the probability q of resistance.

    Parameters
    ----------
    value, m, q, mm, mq, qq
        The logarithm and its derivatives; shape (rows,) each.
    """

    value: Floats
    m: Floats
    q: Floats
    mm: Floats
    mq: Floats
    qq: Floats


def log_share(link: Link, z: Floats) -> tuple[Floats, Floats, Floats]:
    """Logarithm of the standard distribution function at z, with its first and second derivative."""
    if link == "logit":
        rest = expit(-z)
        return log_expit(z), rest, -rest * expit(z)
    value = log_ndtr(z)
    slope = np.exp(-0.5 * z * z - LOG_ROOT_TAU - value)
    return value, slope, -slope * (z + slope)


def share(link: Link, z: Floats) -> Floats:
    """Standard distribution function at z."""
    return np.asarray(expit(z) if link == "logit" else ndtr(z))


def reply(link: Link, w: Floats) -> tuple[Floats, Floats, Floats]:
    """Probability that player 2 resists when it gains w by it, with its first and second derivative."""
    if link == "logit":
        q = expit(w)
        return q, q * expit(-w), q * expit(-w) * (1.0 - 2.0 * q)
    z = w / ROOT_TWO
    slope = np.exp(-0.5 * z * z - LOG_ROOT_TAU) / ROOT_TWO
    return ndtr(z), slope, -0.5 * w * slope


def _spread(link: Link, error: Error, q: Floats) -> tuple[Floats, Floats, Floats]:
    """Scale s of player 1's compound shock, with its first and second derivative by q."""
    if error == "private":
        s = np.sqrt(1.0 + q * q + (1.0 - q) ** 2)
        slope = (2.0 * q - 1.0) / s
        return s, slope, (2.0 - slope * slope) / s
    flat = np.zeros_like(q)
    return flat + (1.0 if link == "logit" else ROOT_TWO), flat, flat


def _scaled(link: Link, m: Floats, spread: tuple[Floats, Floats, Floats], sign: float) -> Log:
    """Logarithm of F(±m/s)."""
    s, s_q, s_qq = spread
    value, slope, curve = log_share(link, sign * m / s)
    z_m, z_q = sign / s, -sign * m * s_q / s**2
    z_mq, z_qq = -sign * s_q / s**2, sign * m * (2.0 * s_q**2 / s**3 - s_qq / s**2)
    return Log(
        value=value,
        m=slope * z_m,
        q=slope * z_q,
        mm=curve * z_m**2,
        mq=curve * z_m * z_q + slope * z_mq,
        qq=curve * z_q**2 + slope * z_qq,
    )


def _mixed(m: Floats, q: Floats) -> tuple[Log, Log]:
    """Logarithms under private Gumbel shocks, some rows at a time, so that memory does not grow with the table."""
    blocks = [_mixture(m[k : k + BLOCK], q[k : k + BLOCK]) for k in range(0, m.size, BLOCK)]
    yes, no = (
        Log(*(np.concatenate([getattr(block[k], part.name) for block in blocks]) for part in fields(Log)))
        for k in (0, 1)
    )
    return yes, no


def _mixture(m: Floats, q: Floats) -> tuple[Log, Log]:
    """Logarithms under private Gumbel shocks, which have no closed form.

    With Gumbel shocks −ln X, −ln Y and −ln Z the attack has probability E exp(−e^(−m)·X^(1−q)·Y^q). Given X/(X + Y) =
    σ(t) the sum X + Y is a Gamma(2) draw and can be integrated out, which leaves the mean of σ(m + ln(1 + e^t) − q·t)²
    over a logistic t.
    """
    eta = m[:, np.newaxis] + np.logaddexp(0.0, NODES) - q[:, np.newaxis] * NODES
    up, down = expit(eta), expit(-eta)
    first, second = 2.0 * up**2 * down, 2.0 * up**2 * down * (2.0 - 3.0 * up)
    # 1 − up² as (1 − up)·(1 + up), so that nothing is lost where up is nearly 1.
    yes, no = up**2 @ WEIGHTS, (down * (1.0 + up)) @ WEIGHTS
    by_m, by_q = first @ WEIGHTS, first @ (-NODES * WEIGHTS)
    by_mm, by_mq, by_qq = second @ WEIGHTS, second @ (-NODES * WEIGHTS), second @ (NODES**2 * WEIGHTS)

    def log(p: Floats, sign: float) -> Log:
        p = np.maximum(p, LEAST)
        g, h = sign * by_m / p, sign * by_q / p
        return Log(np.log(p), g, h, sign * by_mm / p - g * g, sign * by_mq / p - g * h, sign * by_qq / p - h * h)

    return log(yes, 1.0), log(no, -1.0)


def attack(link: Link, error: Error, m: Floats, q: Floats) -> tuple[Log, Log]:
    """Logarithms of the probabilities that player 1 attacks and that it does not.

    Parameters
    ----------
    link, error
        Distribution of the shocks, and what they are shocks to: player 1's two actions (``"agent"``) or its three
        outcomes, which it alone knows (``"private"``) [Signorino2003]_.
    m
        Mean gain from attacking, in scales of a shock; shape (rows,).
    q
        Probability that player 2 resists; shape (rows,).
    """
    if link == "logit" and error == "private":
        return _mixed(m, q)
    spread = _spread(link, error, q)
    return _scaled(link, m, spread, 1.0), _scaled(link, m, spread, -1.0)
