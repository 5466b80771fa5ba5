"""Patterns: what the data show of crises and of signals, and whether one set of parameters shows it too."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.crises.courses import VIOLENCE, Courses, simulate_courses
from escalation.analysis.fit.crises.icb import IcbFit, crisis_lengths
from escalation.analysis.fit.crises.responses import response_probabilities
from escalation.analysis.fit.crises.signals import CLASSES, FittedSignals, signal_effect
from escalation.arithmetic.draws import normal_cdf
from escalation.data.covariates import Covariates, covariates, kind_shares
from escalation.data.crisis_actors import TRIGGER_GROUPS, first_actors, response_level, violence_level
from escalation.data.parameters import moved
from escalation.data.rows import Rows
from escalation.data.signal_pairs import CONCILIATORY, VIOLENT
from escalation.estimates.estimate import Estimate
from escalation.estimates.proportion import proportion
from escalation.whole_numbers import whole, whole_seed

__all__ = ["LAGS", "NORMAL", "Pattern", "SignalPattern", "patterns", "signal_patterns"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

WEAKER = 1.0 / 3.0
NORMAL = 1.959963984540054
"""The 97.5 % quantile of a standard normal variable."""
LAGS = {"response on the first day": 0.0, "response within 30 days": 30.0}
"""Patterns that follow from the lags alone, and their days. Lags are read off and not drawn."""
ACTS: dict[Literal["violent", "conciliatory"], int] = {"violent": VIOLENT, "conciliatory": CONCILIATORY}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern, in the data and in the model.

    Parameters
    ----------
    name
        What it is.
    data
        Estimate from the rows.
    model
        Model's value, with the interval that the parameters' uncertainty and the number of runs give it.
    """

    name: str
    data: Estimate
    model: Estimate

    @property
    def inside(self) -> bool:
        """Whether the model's value lies within the data's interval."""
        return self.data.low <= self.model.value <= self.data.high

    def to_dict(self) -> dict[str, object]:
        """Plain data, as ``--json`` prints it."""
        return {"pattern": self.name, "data": self.data.to_dict(), "model": self.model.to_dict(), "inside": self.inside}


def _response_sets(rows: Covariates) -> dict[str, Flags]:
    """Rows over which a rate of violent responses is taken, by name."""
    peace = rows.intrawar == 0
    quiet = peace & (rows.group <= 3)
    return {
        "weaker actor": peace & (rows.share < WEAKER),
        "not weaker": peace & (rows.share >= WEAKER),
        "adversary nuclear": peace & (rows.adverse_nuclear == 1),
        "adversary not nuclear": peace & (rows.adverse_nuclear == 0),
        "non-violent trigger, pact": quiet & (rows.pact == 1),
        "non-violent trigger, no pact": quiet & (rows.pact == 0),
    }


def _of_responses(rows: Covariates, violent: Floats, military: Floats) -> dict[str, tuple[Floats, float]]:
    """Sums behind each rate: the values summed, and how many they are."""
    found = {}
    for place, name in enumerate(TRIGGER_GROUPS):
        which = rows.group == place
        found[f"violent response, {name} trigger"] = (violent[which], float(which.sum()))
        found[f"military response, {name} trigger"] = (military[which], float(which.sum()))
    for name, which in _response_sets(rows).items():
        found[f"violent response, {name}"] = (violent[which], float(which.sum()))
    return {name: pair for name, pair in found.items() if pair[1] > 0}


def _of_violence(shares: Floats) -> dict[str, float]:
    """Shares of the four levels, and of each level among the crises that reached the one before."""
    above = np.cumsum(shares[::-1])[::-1]
    found = {f"highest violence {name}": float(share) for name, share in zip(VIOLENCE, shares, strict=True)}
    for level in range(1, len(VIOLENCE)):
        name = f"at least {VIOLENCE[level]}, of at least {VIOLENCE[level - 1]}"
        found[name] = float(above[level] / above[level - 1]) if above[level - 1] > 0.0 else float("nan")
    return found


def _lag_shares(parameters: Mapping[str, float], rows: Covariates) -> dict[str, float]:
    """Shares of responses on the first day, which is the trigger's own, and within 30 days of it.

    Days are elapsed days, so the first day is day 0. A delay falls on the nearest day.
    """
    median = np.where(rows.group == 5, parameters["response_delay_violent"], parameters["response_delay"])
    spread = parameters["response_spread"]

    def within(days: float) -> float:
        return float(np.mean([normal_cdf((math.log(days + 0.5) - math.log(m)) / spread) for m in median.tolist()]))

    return {name: within(days) for name, days in LAGS.items()}


def _in_model(
    parameters: Mapping[str, float], rows: Covariates, crises: Covariates, runs: int, seed: int
) -> dict[str, float]:
    likely = response_probabilities(parameters, rows)
    courses = simulate_courses(parameters, crises, runs=runs, seed=seed)
    rates = _of_responses(rows, likely[:, 2], likely[:, 1] + likely[:, 2])
    found = {name: float(values.sum()) / n for name, (values, n) in rates.items()}
    found |= _of_violence(courses.violence_probabilities().mean(axis=0)) | _lag_shares(parameters, rows)
    return found | _of_courses(courses)


def _of_courses(courses: Courses) -> dict[str, float]:
    war = courses.violence == len(VIOLENCE) - 1
    found = {"median days of a crisis short of war": float(np.median(courses.length[~war]))}
    for name, which in (("an ally joined", courses.drawn_in), ("no ally joined", ~courses.drawn_in)):
        if which.any():
            found[f"war where {name}"] = float(war[which].mean())
    return found


def _median(values: Floats, name: str) -> Estimate:
    """Median with the interval that the order statistics give: of 95 % or more, from six values on."""
    from scipy.special import bdtr

    ordered, n = np.sort(values), values.size
    # The number of values below the true median is that of heads in n tosses of a coin. The lower end has the highest
    # rank that this number falls short of with a probability of 2.5 % at most.
    rank = max(int(np.count_nonzero(bdtr(np.arange(n), n, 0.5) <= 0.025)), 1)
    return Estimate(
        float(np.median(ordered)),
        float(ordered[rank - 1]),
        float(ordered[n - rank]),
        values.size,
        "order-statistics",
        event=name,
    )


def _in_data(rows: Rows, everyone: Covariates) -> dict[str, Estimate]:
    levels, places = response_level(rows), first_actors(rows)
    rates = _of_responses(everyone, (levels == 2).astype(np.float64), (levels >= 1).astype(np.float64))
    found = {name: proportion(int(values.sum()), int(n), event=name) for name, (values, n) in rates.items()}
    violence = violence_level(rows, places)
    counts = np.bincount(violence, minlength=len(VIOLENCE))
    for level, name in enumerate(VIOLENCE):
        found[f"highest violence {name}"] = proportion(int(counts[level]), violence.size)
    for level in range(1, len(VIOLENCE)):
        before = int(counts[level - 1 :].sum())
        if before:
            name = f"at least {VIOLENCE[level]}, of at least {VIOLENCE[level - 1]}"
            found[name] = proportion(int(counts[level:].sum()), before)
    days = rows["resp_days"][np.isfinite(rows["resp_days"])]
    if days.size:
        found |= {name: proportion(int((days <= most).sum()), days.size) for name, most in LAGS.items()}
    length = crisis_lengths(rows, places)
    short = length[np.isfinite(length) & (violence < len(VIOLENCE) - 1)]
    if short.size > 1:
        found["median days of a crisis short of war"] = _median(short, "days")
    actors = np.array([np.sum(rows["crisno"] == crisis) for crisis in rows["crisno"][places]])
    war = violence == len(VIOLENCE) - 1
    for name, which in (("an ally joined", actors >= 3), ("no ally joined", actors < 3)):
        if which.any():
            found[f"war where {name}"] = proportion(int(war[which].sum()), int(which.sum()))
    return found


def patterns(rows: Rows, fit: IcbFit, *, runs: int = 40, draws: int = 20, seed: int = 1) -> list[Pattern]:
    """Compare the patterns in rows with those that a fit gives, all from the one set of parameters.

    That an ally joined stands, in the data, for three or more crisis actors.

    Parameters
    ----------
    rows
        Crisis-actor rows.
    fit
        What was fitted to them.
    runs
        Runs of each crisis.
    draws
        Draws of the parameters from the normal approximation of their posterior, for the model's intervals.
    seed
        Seed of the draws and of the simulated crises.
    """
    everyone = covariates(rows)
    crises = everyone.take(first_actors(rows))
    seed, runs, draws = whole_seed(seed), whole("runs", runs, least=1), whole("draws", draws)
    middle = _in_model(fit.parameters, everyone, crises, runs, seed)
    rng = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {name: [] for name in middle}
    # Every draw of the parameters has a seed of its own, so that the interval holds the noise of the runs as well.
    for draw in range(draws):
        values = moved(fit.parameters, fit.names, rng.multivariate_normal(fit.mode.z, fit.mode.covariance))
        for name, value in _in_model(values, everyone, crises, max(runs // 4, 1), seed + 1 + draw).items():
            drawn.setdefault(name, []).append(value)
    found = []
    for name, data in _in_data(rows, everyone).items():
        if name not in middle:
            continue
        low, high = np.nanquantile([middle[name], *drawn[name]], [0.025, 0.975])
        model = Estimate(middle[name], float(low), float(high), max(draws, 1), "parameter-draws", event=name)
        found.append(Pattern(name, data, model))
    return found


@dataclass(frozen=True, slots=True)
class SignalPattern(Pattern):
    """How the share of a next act changes after a class of words.

    In the data it is the change against other words on occasions that are alike, with a bootstrap over crises; in the
    model the change laid upon the same base.

    Parameters
    ----------
    received
        The class of words.
    toward
        Whose suffering of the next act counts: ``"sender"`` or ``"anyone"``.
    act
        ``"violent"`` or ``"conciliatory"``.
    """

    received: str
    toward: str
    act: str

    def to_dict(self) -> dict[str, object]:
        """Plain data, as ``--json`` prints it."""
        return {
            "received": self.received,
            "toward": self.toward,
            "act": self.act,
            "data": self.data.to_dict(),
            "model": self.model.to_dict(),
            "inside": self.inside,
        }


def _estimate(value: Floats, drawn: Floats, act: int, name: str, method: str) -> Estimate:
    low, high = np.quantile(drawn[:, act], [0.025, 0.975])
    return Estimate(float(value[act]), float(low), float(high), len(drawn), method, event=name)


def signal_patterns(
    pairs: Rows, rows: Rows, fit: IcbFit, *, bootstraps: int = 400, draws: int = 100, seed: int = 1
) -> list[SignalPattern]:
    """Compare what followed signals in coded events with what follows them in a fit.

    Parameters
    ----------
    pairs
        Signal pairs.
    rows
        Crisis-actor rows, which tell of what kind actors are.
    fit
        What was fitted.
    bootstraps
        Draws of the crises, for the data's intervals.
    draws
        Draws of the parameters from the normal approximation of their posterior, for the model's intervals.
    seed
        Seed of all draws.

    Returns
    -------
    list of SignalPattern
        For each class of words, the violent and the conciliatory next act.
    """
    seed, draws, bootstraps = whole_seed(seed), whole("draws", draws, least=1), whole("bootstraps", bootstraps, least=1)
    signals = FittedSignals(pairs, kind_shares(covariates(rows)))
    rng = np.random.default_rng(seed)
    z = rng.multivariate_normal(fit.mode.z, fit.mode.covariance, size=draws)
    shares = signals.shares_after([fit.parameters, *(moved(fit.parameters, fit.names, one) for one in z)])
    found = []
    for received in CLASSES:
        counts = signals.counted[received]
        seen, resampled = signal_effect(pairs, received, draws=bootstraps, seed=seed)
        likely, *of_draws = (counts.effect(after) for after in shares[received])
        drawn = np.array(of_draws)
        for act, column in ACTS.items():
            name = f"{act} after {received}"
            found.append(
                SignalPattern(
                    name,
                    _estimate(seen, resampled, column, name, "bootstrap-of-crises"),
                    _estimate(likely, drawn, column, name, "parameter-draws"),
                    received,
                    "anyone" if received == "appeal" else "sender",
                    act,
                )
            )
    return found
