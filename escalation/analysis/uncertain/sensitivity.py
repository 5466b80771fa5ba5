"""Sensitivity: which judgements in a scenario the probability of an event hangs on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.uncertain.factors import Factor, Parameters, choose_factors, pooled
from escalation.analysis.uncertain.morris import elementary_effects
from escalation.analysis.uncertain.points import Measure, Measured, Points
from escalation.analysis.uncertain.sobol import Evaluate, salib, sobol_indices
from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate, check_level
from escalation.estimates.html import table
from escalation.montecarlo.pool import Crew
from escalation.montecarlo.provenance import study_head
from escalation.whole_numbers import whole, whole_seed
from escalation.world.near import near
from escalation.world.plain_words import asked_words, place_words
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["METHODS", "Sensitivity", "sensitivity"]

METHODS = ("sobol", "morris")
"""Shares of variance, and elementary effects."""

KEPT = 6
"""Factors that are kept apart by default, after a screening."""

SCREENING = (12, 50)
"""Trajectories of the screening, and runs at each point."""

REST = "everything else"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sensitivity:
    """What an outcome hangs on, the most important first.

    Parameters
    ----------
    scenario, event, seed
        What was asked.
    method
        ``"sobol"`` or ``"morris"``.
    indices
        For each factor its indices by name: ``first`` and ``total``, or ``mu_star`` and perhaps ``mu``.
    members
        For each factor the dotted names of its distributions.
    screening
        Where factors were screened first, the ``mu_star`` of all of them.
    points, runs
        Number of points of the design, and of the runs that were the same at each.
    spent
        Runs in all.
    actor, target
        Whose acts count, against whom; none where all do.

    Examples
    --------
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence")
    >>> ranges = {"fronts.challenger-defender.revisionism": (0.2, 0.9), "rules.leash": (0.0, 0.5)}
    >>> study = sensitivity(scenario, event="initiation", parameters=ranges, method="morris", samples=4, progress=False)
    >>> study.kinds, sorted(study.indices)
    (('mu_star', 'mu'), ['fronts.challenger-defender.revisionism', 'rules.leash'])
    """

    scenario: Scenario
    event: str
    seed: int
    method: str
    indices: dict[str, dict[str, Estimate]]
    members: dict[str, tuple[str, ...]]
    screening: dict[str, Estimate] | None
    points: int
    runs: int
    spent: int
    actor: str | None = None
    target: str | None = None

    @property
    def asked(self) -> str:
        """What is measured, an event in plain words, with whose acts count."""
        return asked_words(self.event, self.scenario, actor=self.actor, target=self.target)

    def summary(self) -> dict[str, Any]:
        """Indices as ``--json`` prints them.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {
            **study_head(self.scenario, seed=self.seed, runs=self.spent),
            "horizon_days": float(self.scenario.horizon),
            "event": self.event,
            "actor": self.actor,
            "target": self.target,
            "method": self.method,
            "points": self.points,
            "runs_per_point": self.runs,
            "factors": {
                name: {"members": list(self.members[name]), **{kind: one.to_dict() for kind, one in found.items()}}
                for name, found in self.indices.items()
            },
            "warning": self.warning,
            "screening": self.screening and {name: one.to_dict() for name, one in self.screening.items()},
        }

    def to_dataframe(self) -> pd.DataFrame:
        """Indices with their intervals, a row a factor.

        Returns
        -------
        pandas.DataFrame
            A column for each index and each end of its interval (``total``, ``total_low``, ``total_high``).
        """
        import pandas as pd

        rows = [
            {
                "factor": name,
                **{
                    f"{kind}{end}": getattr(one, field)
                    for kind, one in found.items()
                    for end, field in (("", "value"), ("_low", "low"), ("_high", "high"))
                },
            }
            for name, found in self.indices.items()
        ]
        return pd.DataFrame(rows).set_index("factor")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Names of the indices."""
        return tuple(next(iter(self.indices.values())))

    def rows(self) -> list[tuple[str, ...]]:
        """Factors with their indices as texts.

        Returns
        -------
        list of tuple of str
            The factor in words, an index a column, in the order of `kinds`, and its dotted place.
        """
        return [
            (place_words(name, self.scenario), *(one.number_text() for one in found.values()), name)
            for name, found in self.indices.items()
        ]

    @property
    def unsure(self) -> tuple[str, ...]:
        """Factors with an interval that is wider than its index is large, and than a tenth of the largest index.

        An index of Sobol's lies between 0 and 1, so that an interval of length 1 is too wide in any case.
        """
        sized = [kind for kind in self.kinds if kind != "mu"]  # an effect with its sign may be near 0, and be known
        largest = {kind: max(found[kind].value for found in self.indices.values()) for kind in sized}
        most = 1.0 if self.method == "sobol" else math.inf

        def allowed(value: float, largest: float) -> float:
            return min(max(value, largest / 10.0), most)

        return tuple(
            name
            for name, found in self.indices.items()
            if any(found[kind].high - found[kind].low > allowed(found[kind].value, largest[kind]) for kind in sized)
        )

    @property
    def warning(self) -> str:
        """What to say where samples are too few; empty where they are not."""
        if not self.unsure:
            return ""
        few, every = len(self.unsure), len(self.indices)
        return (
            f"Too few samples: for {few} of {every} factors an interval is wider than its index is large. "
            "Ask for more samples."
        )

    def __repr__(self) -> str:
        return f"<Sensitivity of {self.event!r} in {self.scenario.name!r}: {', '.join(self.indices)}>"

    def _repr_html_(self) -> str:
        caption = f"{self.scenario.name}, {self.asked}: {self.points:,} points of {self.runs:,} runs"
        if self.unsure:
            caption = f"{caption}. {self.warning}"
        return table(("factor", *self.kinds, "id"), self.rows(), caption=caption)


def sensitivity(
    scenario: Scenario,
    *,
    event: str | Measure = "war",
    actor: str | None = None,
    target: str | None = None,
    parameters: Parameters | None = None,
    method: str = "sobol",
    samples: int | None = None,
    runs: int = 100,
    seed: int = 0,
    level: float = 0.95,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> Sensitivity:
    """Find out which parameters of a scenario an outcome hangs on, on common random numbers.

    The same runs are played at each point of the design. Distributions that are no factor are drawn anew in each
    run, alike at all points.

    Parameters
    ----------
    scenario
        The crisis.
    event
        Name of an event, or a function of an `Ensemble` that gives a number for each run.
    actor, target
        Count only acts on fronts of this actor, against this target.
    parameters
        What to vary: dotted names of distributions, or of tables whose distributions are then varied together; or
        ``{name: (low, high)}`` or ``{name: distribution}`` for any number of the scenario, ``{name: None}`` for what
        is a distribution already. By default all of the
        scenario's distributions, each table together; Sobol indices are then given for the six tables that a
        screening finds to matter most, and for everything else together.
    method
        ``"sobol"``: shares of variance [Saltelli2010]_; ``"morris"``: elementary effects [Morris1991]_.
    samples
        Base points, a power of two, of factors + 2 points each, by default 256; or trajectories of factors + 1
        points each, by default 20.
    runs
        Runs at each point.
    seed
        Seed of design and runs.
    level
        Confidence level of the intervals.
    workers
        Number of threads; by default one for each core. Results do not depend on it.
    executor
        Executor to send the work to instead, as in `escalation.montecarlo.runner.run`.
    progress
        Whether to show a progress bar; by default on a terminal, where the work is long.

    Returns
    -------
    Sensitivity
        Indices of each factor with bootstrap intervals.

    Raises
    ------
    StudyError
        If an argument is not possible, SALib is not installed, or the outcome is the same at all points.
    KeyboardInterrupt
        If Ctrl-C was pressed: a design that is not complete has no meaning.

    Examples
    --------
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence")
    >>> ranges = {"fronts.challenger-defender.revisionism": (0.2, 0.9), "rules.leash": (0.0, 0.5)}
    >>> study = sensitivity(
    ...     scenario, event="initiation", parameters=ranges, samples=16, runs=50, seed=1, progress=False
    ... )
    >>> next(iter(study.indices))
    'fronts.challenger-defender.revisionism'
    """
    if method not in METHODS:
        raise StudyError(f"no method {method!r}{near(method, METHODS)}")
    salib("util")
    check_level(level)
    seed, runs = whole_seed(seed), whole("runs", runs, least=1)
    samples = whole("samples", {"sobol": 256, "morris": 20}[method] if samples is None else samples, least=2)
    if method == "sobol" and samples & (samples - 1):
        raise StudyError(f"samples is {samples}; base points come in powers of two, as {2 ** samples.bit_length()}")
    lowered, factors = choose_factors(scenario, parameters)
    measured = Measured.of(lowered, event, seed=seed, actor=actor, target=target)
    screened = parameters is None and method == "sobol" and len(factors) > KEPT + 1
    # What the bar shows as the whole of the work: the screening, if there is one, and the design.
    first = SCREENING[0] * (len(factors) + 1) * SCREENING[1] if screened else 0
    groups = KEPT + 1 if screened else len(factors)
    points = samples * (groups + (2 if method == "sobol" else 1))
    with Crew(first + points * runs, workers=workers, executor=executor, progress=progress) as crew:
        study = _Study(crew, measured, seed, level)
        screening = None
        if screened:
            factors, screening = study.screen(factors)
        indices = study.indices(method, factors, samples=samples, runs=runs)
        ranked = sorted(range(len(factors)), key=lambda k: -_weight(indices[k]))
        return Sensitivity(
            scenario=lowered.scenario,
            event=measured.name,
            seed=seed,
            method=method,
            indices={factors[k].name: indices[k] for k in ranked},
            members={factors[k].name: factors[k].members for k in ranked},
            screening=screening,
            points=points,
            runs=runs,
            spent=crew.runs,
            actor=actor,
            target=target,
        )


def _weight(found: dict[str, Estimate]) -> float:
    return (found.get("total") or found["mu_star"]).value


@dataclass(frozen=True, slots=True)
class _Study:
    crew: Crew
    measured: Measured
    seed: int
    level: float

    def evaluate(self, factors: Sequence[Factor], runs: int) -> Evaluate:
        columns = tuple(column for factor in factors for column in factor.columns)
        points = Points(self.measured.lowered, self.measured, columns, self.seed)

        def values(design: NDArray[np.float64]) -> NDArray[np.float64]:
            return points.play(design, np.tile(np.arange(runs, dtype=np.int64), (len(design), 1)), self.crew)

        return values

    def indices(self, method: str, factors: Sequence[Factor], *, samples: int, runs: int) -> list[dict[str, Estimate]]:
        how = sobol_indices if method == "sobol" else elementary_effects
        sizes = [len(factor.columns) for factor in factors]
        return how(sizes, self.evaluate(factors, runs), samples=samples, seed=self.seed, level=self.level)

    def screen(self, factors: Sequence[Factor]) -> tuple[tuple[Factor, ...], dict[str, Estimate]]:
        """Keep the factors of greatest effect apart, and pool the others."""
        found = self.indices("morris", factors, samples=SCREENING[0], runs=SCREENING[1])
        ranked = sorted(range(len(factors)), key=lambda k: -_weight(found[k]))
        kept = [factors[k] for k in ranked[:KEPT]]
        rest = pooled(REST, [factors[k] for k in ranked[KEPT:]])
        return (*kept, rest), {factors[k].name: found[k]["mu_star"] for k in ranked}
