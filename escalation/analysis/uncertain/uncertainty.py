"""Two kinds of uncertainty, told apart: what we do not know, and what chance decides."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.uncertain.points import Measured, Points
from escalation.analysis.uncertain.variance import VarianceSplit, split_variance
from escalation.errors import StudyError
from escalation.estimates.clustered import worth_of_few
from escalation.estimates.estimate import Estimate, check_level
from escalation.estimates.html import table
from escalation.estimates.proportion import wilson_ends
from escalation.montecarlo.pool import Crew
from escalation.montecarlo.provenance import study_head
from escalation.whole_numbers import whole, whole_seed
from escalation.world.near import near
from escalation.world.plain_words import asked_words
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DESIGNS", "Uncertainty", "uncertainty", "uncertainty_of"]

DESIGNS = ("sobol", "lhs")
"""Scrambled Sobol points, and a Latin hypercube."""
RESAMPLES = 2000


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Uncertainty:
    """Probability of an event, with what is not known and what chance adds apart.

    Parameters
    ----------
    scenario, event, seed
        What was asked.
    probability
        Probability of the event over both. The interval is of Monte Carlo error: finitely many draws and runs.
    error
        Monte Carlo standard error of it from chance alone, at the draws made.
    band
        Epistemic band, the median of the probability over draws between its quantiles at `level`: where it would
        lie if the scenario's distributions were known. Monte Carlo noise is taken out.
    raw_band
        The same quantiles with Monte Carlo noise left in, so wider.
    variance
        Variance of the event, split.
    share
        Share of that variance which is epistemic, with a bootstrap interval over draws.
    by_draw
        Share of runs with the event at each draw, shape (draw,).
    runs
        Number of runs at each draw.
    design
        Name of the design, and the dotted names of the distributions that it draws.
    actor, target
        Whose acts count, against whom; none where all do.

    Examples
    --------
    >>> import escalation as esc
    >>> study = uncertainty(esc.load("two-state-deterrence"), draws=8, runs=20, seed=1, progress=False)
    >>> study.by_draw.shape
    (8,)
    >>> study.design
    ('sobol', ('actors.defender.resolve',))
    """

    scenario: Scenario
    event: str
    seed: int
    probability: Estimate
    error: float
    band: Estimate
    raw_band: Estimate
    variance: VarianceSplit
    share: Estimate
    by_draw: NDArray[np.float64]
    runs: int
    design: tuple[str, tuple[str, ...]]
    actor: str | None = None
    target: str | None = None

    @property
    def asked(self) -> str:
        """The event in plain words, with whose acts count."""
        return asked_words(self.event, self.scenario, actor=self.actor, target=self.target)

    def summary(self) -> dict[str, Any]:
        """All of it but the single draws, as ``--json`` prints it.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        method, distributions = self.design
        return {
            **study_head(self.scenario, seed=self.seed, runs=self.runs * len(self.by_draw)),
            "horizon_days": float(self.scenario.horizon),
            "event": self.event,
            "actor": self.actor,
            "target": self.target,
            "design": method,
            "draws": len(self.by_draw),
            "runs_per_draw": self.runs,
            "distributions": len(distributions),
            "probabilities": {self.event: self.probability.to_dict()},
            "monte_carlo_error": self.error,
            "epistemic_band": self.band.to_dict(),
            "raw_band": self.raw_band.to_dict(),
            "variance": {
                "total": self.variance.total,
                "chance": self.variance.chance,
                "judgement": self.variance.judgement,
                "noise": self.variance.noise,
                "clipped": self.variance.clipped,
            },
            "epistemic_share": self.share.to_dict(),
        }

    def to_dataframe(self) -> pd.DataFrame:
        """Share of runs with the event, a row a draw.

        Returns
        -------
        pandas.DataFrame
            One column, of the event's name, by ``draw``.
        """
        import pandas as pd

        index = pd.RangeIndex(len(self.by_draw), name="draw")
        return pd.DataFrame({self.event: self.by_draw}, index=index)

    def lines(self) -> list[tuple[str, str]]:
        """What there is to say, as names and texts.

        Returns
        -------
        list of (str, str)
            What is said, and its number with its interval or method.
        """
        split = self.variance
        clipped = "; no more than noise can be seen" if split.clipped else ""
        parts = f"{split.total:.3g}: chance {split.chance:.3g}, judgement {split.judgement:.3g}{clipped}"
        return [
            ("probability", str(self.probability)),
            ("Monte Carlo error", f"{self.error:.2g} (standard error, from chance alone)"),
            ("epistemic band", f"{self.band.number_text()} (median and {100 * self.band.level:g} % of draws)"),
            ("with noise left in", self.raw_band.number_text()),
            ("variance", parts),
            ("epistemic share", str(self.share)),
        ]

    def __repr__(self) -> str:
        return f"<Uncertainty of {self.event!r} in {self.scenario.name!r}: {self.probability}>"

    def _repr_html_(self) -> str:
        return table((self.asked, ""), self.lines(), caption=self.scenario.name)


def uncertainty(
    scenario: Scenario,
    *,
    event: str = "war",
    actor: str | None = None,
    target: str | None = None,
    draws: int = 256,
    runs: int = 200,
    method: str = "sobol",
    seed: int = 0,
    level: float = 0.9,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
) -> Uncertainty:
    """Tell apart how an event's probability depends on what is not known, and what is left to chance.

    The scenario's distributions are drawn by a design that fills their space [Owen1998]_ [McKay1979]_; at each draw
    runs of their own are played, in which they are known numbers and chance alone decides.

    Parameters
    ----------
    scenario
        A scenario with at least one distribution.
    event
        Name of the event.
    actor, target
        Count only acts on fronts of this actor, against this target.
    draws
        Number of draws, 2 or more; a power of two with Sobol points.
    runs
        Number of runs at each draw, 2 or more.
    method
        ``"sobol"``: scrambled Sobol points; ``"lhs"``: a Latin hypercube.
    seed
        Seed of draws and runs.
    level
        Share of the draws that the band spans.
    workers
        Number of threads; by default one for each core. Results do not depend on it.
    executor
        Executor to send the work to instead, as in `escalation.montecarlo.runner.run`.
    progress
        Whether to show a progress bar; by default on a terminal, where the work is long.

    Returns
    -------
    Uncertainty
        Probability, band and split variance.

    Raises
    ------
    StudyError
        If an argument is not possible, or nothing in the scenario is a distribution.
    KeyboardInterrupt
        If Ctrl-C was pressed: a design that is not complete has no meaning.

    Examples
    --------
    >>> import escalation as esc
    >>> study = uncertainty(
    ...     esc.load("two-state-deterrence"), event="initiation", draws=16, runs=40, seed=1, progress=False
    ... )
    >>> study.band.low <= study.probability.value <= study.band.high
    True
    """
    from escalation.engines.lower import lower

    draws, runs = whole("draws", draws, least=2), whole("runs", runs, least=2)
    seed = whole_seed(seed)
    check_level(level)
    lowered = lower(scenario)
    names = lowered.distributions
    if not names:
        raise StudyError(f"nothing in {scenario.name!r} is a distribution, so nothing in it is uncertain")
    measured = Measured.of(lowered, event, seed=seed, actor=actor, target=target)
    design = _design(method, draws, len(names), seed)
    points = Points(lowered, measured, tuple(range(len(names))), seed)
    # No run is played at two draws: were chance shared, what it adds would not be independent from draw to draw.
    numbers = np.arange(draws * runs, dtype=np.int64).reshape(draws, runs)
    with Crew(draws * runs, workers=workers, executor=executor, progress=progress) as crew:
        values = points.play(design, numbers, crew)
    found = uncertainty_of(values, scenario=scenario, event=event, seed=seed, level=level, design=(method, names))
    return replace(found, actor=actor, target=target)


def _design(method: str, draws: int, width: int, seed: int) -> NDArray[np.float64]:
    from scipy.stats import qmc

    rng = np.random.default_rng([seed, draws])
    if method == "sobol":
        if draws & (draws - 1):
            raise StudyError(f"draws is {draws}; Sobol points come in powers of two, as {2 ** (draws.bit_length())}")
        return np.asarray(qmc.Sobol(width, seed=rng).random(draws))
    if method == "lhs":
        return np.asarray(qmc.LatinHypercube(width, seed=rng).random(draws))
    raise StudyError(f"no design {method!r}{near(method, DESIGNS)}")


def uncertainty_of(
    values: NDArray[np.float64],
    *,
    scenario: Scenario,
    event: str,
    seed: int = 0,
    level: float = 0.9,
    design: tuple[str, Sequence[str]] = ("given", ()),
) -> Uncertainty:
    """Tell apart the two kinds of uncertainty in runs that have been played at draws.

    Quantiles over draws are taken of probabilities drawn towards their mean, until their variance is the epistemic
    one: the share of runs of a draw scatters more than its probability [Louis1984]_.

    Parameters
    ----------
    values
        Whether the event happened in each run of each draw, as 0 and 1; shape (draws, runs), 2 or more of both. The
        runs of different draws are of different chance.
    scenario, event, seed, design
        Where they come from.
    level
        Share of the draws that the band spans.
    """
    split = split_variance(values)
    by_draw = values.mean(axis=1)
    mean, between = float(by_draw.mean()), float(by_draw.var(ddof=1))
    kept = np.sqrt(split.judgement / between) if between > 0.0 else 0.0
    ends = ((1.0 - level) / 2.0, 0.5, (1.0 + level) / 2.0)

    def band(by_draw: NDArray[np.float64], how: str) -> Estimate:
        low, middle, high = (float(end) for end in np.quantile(by_draw, ends))
        return Estimate(middle, low, high, len(by_draw), how, level, event)

    return Uncertainty(
        scenario=scenario,
        event=event,
        seed=seed,
        probability=_overall(by_draw, values.shape[1], event, spread=design[0] in DESIGNS),
        error=float(np.sqrt(split.noise / len(by_draw))),
        band=band(np.clip(mean + kept * (by_draw - mean), 0.0, 1.0), "quantiles of draws, noise taken out"),
        raw_band=band(by_draw, "quantiles of draws, noise left in"),
        variance=split,
        share=_share(values, split, seed, event),
        by_draw=by_draw,
        runs=values.shape[1],
        design=(design[0], tuple(design[1])),
    )


def _overall(by_draw: NDArray[np.float64], runs: int, event: str, *, spread: bool) -> Estimate:
    """Wilson's interval at the number of independent runs that clustered ones are worth [Korn1998]_.

    Draws count as independent, which with a design that fills space errs on the safe side. With draws of the user's
    own, few tell little of their variance, and are worth less. Where the event never or always happened that worth
    cannot be estimated, and each draw counts as one run.
    """
    draws, mean = len(by_draw), float(by_draw.mean())
    squared_error = float(by_draw.var(ddof=1)) / draws
    worth = float(draws)
    if squared_error > 0.0:
        worth = mean * (1.0 - mean) / squared_error
    # By luck draws can differ by less than chance alone would make them; they are worth no more than all runs.
    worth = min(max(worth, 1.0), float(draws * runs))
    if not spread and squared_error > 0.0:
        worth *= worth_of_few(draws, level=0.95)
    low, high = wilson_ends(mean, worth, 0.95)
    ends = low if mean > 0.0 else 0.0, high if mean < 1.0 else 1.0
    return Estimate(mean, *ends, draws * runs, "clustered wilson", 0.95, event)


def _share(values: NDArray[np.float64], split: VarianceSplit, seed: int, event: str) -> Estimate:
    """Epistemic share of the variance, with percentiles over resampled draws [Efron1993]_."""
    draws, runs = values.shape
    means, within = values.mean(axis=1), values.var(axis=1, ddof=1)
    rows = np.random.default_rng([seed, draws, runs]).integers(draws, size=(RESAMPLES, draws))
    chance = within[rows].mean(axis=1)
    judgement = np.maximum(means[rows].var(axis=1, ddof=1) - chance / runs, 0.0)
    total = chance + judgement
    shares = np.divide(judgement, total, out=np.zeros_like(total), where=total > 0.0)
    low, high = (float(end) for end in np.quantile(shares, (0.025, 0.975)))
    return Estimate(split.share, min(low, split.share), max(high, split.share), draws, "bootstrap", 0.95, event)
