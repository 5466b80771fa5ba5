"""Attribution on its own: who did it, from evidence and denials [Baliga2020]_."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from escalation.errors import StudyError
from escalation.games.checks import checked
from escalation.mechanisms.beliefs_and_signals import denied_weight, posterior_weight

__all__ = ["Denial", "attribution"]

Hypothesis = TypeVar("Hypothesis", bound=str | frozenset[str])


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial of having taken part.

    Parameters
    ----------
    denier
        Who denies.
    if_guilty, if_innocent
        Probability that it would deny if it took part, and if it did not.
    weight
        How far it is believed, ω in [0, 1].

    Examples
    --------
    >>> attribution({"a": 0.5, "b": 0.5}, {"a": 1.0, "b": 1.0}, denials=[Denial("b", 0.9, 0.9)])["b"]
    0.5
    """

    denier: str
    if_guilty: float
    if_innocent: float
    weight: float = 1.0

    def __post_init__(self) -> None:
        for name in ("if_guilty", "if_innocent", "weight"):
            object.__setattr__(self, name, checked(name, getattr(self, name), low=0.0, high=1.0))


def attribution(
    prior: Mapping[Hypothesis, float], likelihood: Mapping[Hypothesis, float], *, denials: Iterable[Denial] = ()
) -> dict[Hypothesis, float]:
    """Posterior probability of each hypothesis about who did something, as an injured actor of a crisis has it.

    Parameters
    ----------
    prior
        Weight of each hypothesis before; only ratios matter. A hypothesis is a name, or a set of names of some who did
        it together; a name that nobody denies by, as ``"other"``, stands for anybody else.
    likelihood
        Likelihood of the evidence under each of the same hypotheses; only ratios matter.
    denials
        What was denied after that, in order.

    Returns
    -------
    dict
        Probability of each hypothesis; they sum to 1.

    Raises
    ------
    StudyError
        If a number is not allowed, or all hypotheses are ruled out.

    Examples
    --------
    >>> prior = {"a": 0.5, "b": 0.3, frozenset({"a", "b"}): 0.1, "other": 0.1}
    >>> likelihood = {"a": 0.2, "b": 0.75, frozenset({"a", "b"}): 0.5, "other": 0.25}
    >>> found = attribution(prior, likelihood, denials=[Denial("b", 0.9, 0.98)])
    >>> {name if isinstance(name, str) else "both": round(share, 6) for name, share in found.items()}
    {'a': 0.264865, 'b': 0.547297, 'both': 0.121622, 'other': 0.066216}
    """
    if set(prior) != set(likelihood) or not prior:
        raise StudyError("prior and likelihood must name the same hypotheses, one or more")
    weights = {}
    for name in prior:
        before = checked(f"prior of {_said(name)}", prior[name], low=0.0)
        weights[name] = posterior_weight(before, checked(f"likelihood of {_said(name)}", likelihood[name], low=0.0))
    weights = _normed(weights)
    for denial in denials:
        weights = _normed({name: _denied(name, share, denial) for name, share in weights.items()})
    return weights


def _said(hypothesis: str | frozenset[str]) -> str:
    return hypothesis if isinstance(hypothesis, str) else " and ".join(sorted(hypothesis))


def _denied(name: str | frozenset[str], share: float, denial: Denial) -> float:
    if not isinstance(denial, Denial):
        raise StudyError(f"denials must be Denials, not {denial!r}")
    guilty = denial.denier == name if isinstance(name, str) else denial.denier in name
    return denied_weight(share, denial.if_guilty, denial.if_innocent, denial.weight, guilty)


def _normed(weights: dict[Hypothesis, float]) -> dict[Hypothesis, float]:
    total = math.fsum(weights.values())
    if not total > 0.0:
        raise StudyError("all hypotheses are ruled out: give some a prior and a likelihood above 0")
    return {name: weight / total for name, weight in weights.items()}
