"""What followed signals: the change of the next act by each class of words, in the data and in a fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.fit.crises.icb import IcbFit
from escalation.analysis.fit.crises.patterns import Pattern
from escalation.analysis.fit.crises.signals import CLASSES, FittedSignals, signal_effect
from escalation.data.covariates import covariates, kind_shares
from escalation.data.parameters import moved
from escalation.data.rows import Rows
from escalation.data.signal_pairs import CONCILIATORY, VIOLENT
from escalation.estimates.estimate import Estimate
from escalation.whole_numbers import whole, whole_seed

__all__ = ["SignalPattern", "signal_patterns"]

Floats = NDArray[np.float64]

ACTS: dict[Literal["violent", "conciliatory"], int] = {"violent": VIOLENT, "conciliatory": CONCILIATORY}


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
    middle = signals.shares_after(fit.parameters)
    trials = [signals.shares_after(moved(fit.parameters, fit.names, one)) for one in z]
    found = []
    for received in CLASSES:
        counts = signals.counted[received]
        seen, resampled = signal_effect(pairs, received, draws=bootstraps, seed=seed)
        likely = counts.effect(middle[received])
        drawn = np.array([counts.effect(trial[received]) for trial in trials])
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
