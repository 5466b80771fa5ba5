"""What a fit of the strategic choice model says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from escalation.analysis.strategic_choice import setting
from escalation.analysis.strategic_choice.estimation import Estimation, Model, estimate
from escalation.analysis.strategic_choice.likelihood import UTILITIES
from escalation.analysis.strategic_choice.nested import LikelihoodRatio, nested_test
from escalation.analysis.strategic_choice.predictions import predictions
from escalation.analysis.strategic_choice.report import COVARIANCES, coefficients, header, rows, text
from escalation.analysis.strategic_choice.table import as_frame
from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate
from escalation.estimates.html import table as html_table

if TYPE_CHECKING:
    import pandas as pd

    from escalation.games.tree import Decision
    from escalation.world.scenario import Scenario

__all__ = ["OUTCOMES", "StrategicChoice"]

OUTCOMES = ("sq", "cap", "war")
"""Names of the outcomes: status quo, capitulation, war."""


@dataclass(frozen=True, eq=False, repr=False)
class StrategicChoice:
    """Utilities estimated from who attacked whom, and who resisted.

    Parameters
    ----------
    model
        What was fitted.
    estimation
        Estimates and their covariance.
    kept
        Which rows of the table were used; shape (rows of the table,).
    start
        Where the search began: ``"sbi"``, ``"zero"`` or ``"given"``.
    level
        Confidence level of intervals.

    Examples
    --------
    >>> from escalation.analysis.strategic_choice.fit import strategic_choice
    >>> rng = np.random.default_rng(1)
    >>> attacked, ready = rng.random((2, 200)) < 0.5
    >>> cases = {"attacked": attacked, "resisted": attacked & ready, "balance": rng.normal(size=200)}
    >>> fit = strategic_choice(cases, {"u1_war": "1", "u2_war": "balance"}, outcome=["attacked", "resisted"])
    >>> fit.parameters
    ('u1_war:Intercept', 'u2_war:Intercept', 'u2_war:balance')
    >>> fit.likelihood_ratio(fit.without("u2_war:balance")).df
    1
    """

    model: Model
    estimation: Estimation
    kept: NDArray[np.bool_]
    start: str
    level: float

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters: a utility and a regressor, as ``u1_war:Intercept``."""
        return self.model.designs.parameters

    @property
    def formulas(self) -> dict[str, str]:
        """Formula of each utility."""
        return dict(self.model.designs.formulas)

    @property
    def n(self) -> int:
        """Number of rows used."""
        return int(self.model.outcomes.size)

    @property
    def dropped(self) -> int:
        """Number of rows left out because a value was missing."""
        return int((~self.kept).sum())

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows that ended in each outcome."""
        return dict(zip(OUTCOMES, np.bincount(self.model.outcomes, minlength=3).tolist(), strict=True))

    @property
    def fixed(self) -> tuple[str, ...]:
        """Utilities that are fixed at 0."""
        return tuple(name for name, held in zip(UTILITIES, self.model.designs.names, strict=True) if not held)

    @cached_property
    def standard_errors(self) -> dict[str, float]:
        """Standard error of each parameter."""
        errors = np.sqrt(np.diag(self.estimation.covariance))
        return dict(zip(self.parameters, errors.tolist(), strict=True))

    @cached_property
    def coefficients(self) -> dict[str, Estimate]:
        """Each parameter with its interval."""
        half = float(ndtri(0.5 + 0.5 * self.level))
        return {
            name: Estimate(b, b - half * se, b + half * se, self.n, self.estimation.method, self.level, name)
            for (name, se), b in zip(self.standard_errors.items(), self.estimation.theta.tolist(), strict=True)
        }

    @cached_property
    def p_values(self) -> dict[str, float]:
        """Two-sided p-value of each parameter against 0, by its standard error."""
        errors = self.standard_errors
        return {name: float(2.0 * ndtr(-abs(one.value) / errors[name])) for name, one in self.coefficients.items()}

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Covariance of the parameters; shape (parameters, parameters)."""
        return self.estimation.covariance

    @property
    def log_likelihood(self) -> float:
        """Greatest log-likelihood found."""
        return self.estimation.log_likelihood

    @property
    def shares_log_likelihood(self) -> float:
        """Log-likelihood of the shares of the outcomes alone, the same for all rows."""
        counts = np.bincount(self.model.outcomes, minlength=3)
        return float((counts * np.log(counts / counts.sum())).sum())

    @property
    def aic(self) -> float:
        """Akaike's information criterion [Akaike1974]_; less is better."""
        return 2.0 * len(self.parameters) - 2.0 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Bayesian information criterion [Schwarz1978]_; less is better."""
        return float(np.log(self.n)) * len(self.parameters) - 2.0 * self.log_likelihood

    def without(self, *parameters: str) -> StrategicChoice:
        """Fit again, to the same rows, with some parameters fixed at 0.

        Parameters
        ----------
        *parameters
            Names, as in `parameters`.

        Returns
        -------
        StrategicChoice
            The fit that is left.

        Raises
        ------
        StudyError
            If one is not known, or what is left cannot be fitted.
        """
        m = self.model
        model = Model(m.link, m.error, m.scale, m.designs.without(parameters), m.outcomes, m.clusters, m.robust)
        return StrategicChoice(model, estimate(model, "sbi"), self.kept, "sbi", self.level)

    def likelihood_ratio(self, restricted: StrategicChoice) -> LikelihoodRatio:
        """Test a restricted model against this one.

        Parameters
        ----------
        restricted
            A fit to the same rows, with the same link and error, whose regressors this fit has too.

        Returns
        -------
        LikelihoodRatio
            The statistic, its degrees of freedom and its p-value.

        Raises
        ------
        StudyError
            If it is not such a fit.
        """
        if not np.array_equal(self.kept, restricted.kept):
            raise StudyError("the two fits must use the same rows: leave out those that the larger one leaves out")
        return nested_test(self.model, restricted.model, self.log_likelihood - restricted.log_likelihood)

    def predict(self, table: Any = None) -> pd.DataFrame:
        """Probabilities of the outcomes and of either player's choice, with intervals.

        Parameters
        ----------
        table
            Rows for which to predict: a data frame, columns or one row by name, or a CSV file; by default those that
            were fitted to.

        Returns
        -------
        DataFrame
            Columns ``sq``, ``cap``, ``war``, ``attack`` (of player 1) and ``resist`` (of player 2, if attacked), each
            with ``_low`` and ``_high`` by the delta method on the scale of log-odds; a row for each row.

        Raises
        ------
        StudyError
            If a column is missing, or holds a missing value or a category that was not fitted to.
        """
        frame = None if table is None else as_frame(table)
        matrices = self.model.designs.matrices if frame is None else self.model.designs.at(frame)
        index = np.flatnonzero(self.kept) if frame is None else frame.index
        return predictions(self.model, self.estimation, matrices, index, self.level)

    def utilities(self, table: Any = None) -> pd.DataFrame:
        """Estimated utilities of the outcomes, in the units of `scale`; a row for each row of the table.

        Parameters
        ----------
        table
            As for `predict`.

        Returns
        -------
        pandas.DataFrame
            Columns ``u1_sq``, ``u1_cap``, ``u1_war``, ``u2_cap`` and ``u2_war``.

        Raises
        ------
        StudyError
            As for `predict`.
        """
        import pandas as pd

        frame = None if table is None else as_frame(table)
        matrices = self.model.designs.matrices if frame is None else self.model.designs.at(frame)
        ends = np.cumsum([x.shape[1] for x in matrices])[:-1]
        parts = np.split(self.estimation.theta, ends)
        index = np.flatnonzero(self.kept) if frame is None else frame.index
        columns = {name: x @ part for name, x, part in zip(UTILITIES, matrices, parts, strict=True)}
        return pd.DataFrame(columns, index=index)

    def game(self, covariates: Mapping[str, Any], *, players: tuple[str, str] = ("challenger", "defender")) -> Decision:
        """Game tree whose payoffs are the estimated utilities, in scales of a shock.

        With the logit link and agent error its agent quantal response equilibrium at precision 1 is what the fit
        predicts. With other shocks it is near it at the precision `setting.precision_of` gives.

        Parameters
        ----------
        covariates
            Value of every regressor, by name.
        players
            Names of player 1 and player 2.

        Returns
        -------
        Decision
            Player 1's choice, with player 2's below it.

        Raises
        ------
        StudyError
            If a covariate is missing, or there is more than one row of them.
        """
        return setting.game(self._at(covariates), players)

    def in_scenario(
        self,
        scenario: Scenario,
        covariates: Mapping[str, Any],
        *,
        challenger: str = "challenger",
        defender: str = "defender",
        rung: str | None = None,
    ) -> Scenario:
        """Scenario in which two actors want what was estimated; see `setting.in_scenario` for what is set.

        Parameters
        ----------
        scenario
            A scenario with a front between the two.
        covariates
            Value of every regressor, by name.
        challenger, defender
            Actors that are player 1 and player 2.
        rung
            Rung that counts as an attack and as resisting it; by default the lowest with the role force.

        Returns
        -------
        Scenario
            With those utilities in it.

        Raises
        ------
        StudyError
            If a covariate is missing or has more than one value, there is no such front or rung, or a number that is
            needed is a distribution.
        """
        return setting.in_scenario(
            scenario,
            self._at(covariates),
            setting.precision_of(self.model.link),
            challenger=challenger,
            defender=defender,
            rung=rung,
        )

    def _at(self, covariates: Mapping[str, Any]) -> dict[str, float]:
        """Utilities of one row, in scales of a shock."""
        found = self.utilities(covariates)
        if len(found) != 1:
            raise StudyError(f"covariates must be those of one row, a value each, not of {len(found)}")
        return {name: float(found[name].iloc[0]) / self.model.scale for name in UTILITIES}

    def summary(self) -> dict[str, Any]:
        """Plain data, as ``--json`` prints it.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {
            "link": self.model.link,
            "error": self.model.error,
            "scale": self.model.scale,
            "formulas": self.formulas,
            "fixed_at_zero": list(self.fixed),
            "rows": self.n,
            "rows_left_out": self.dropped,
            "outcomes": self.counts,
            "start": self.start,
            "start_log_likelihood": self.estimation.start_log_likelihood,
            "steps": self.estimation.steps,
            "standard_errors": COVARIANCES[self.estimation.method],
            "clusters": None if self.model.clusters is None else int(self.model.clusters.max()) + 1,
            "level": self.level,
            "coefficients": coefficients(self.coefficients, self.standard_errors, self.p_values),
            "covariance": self.covariance.tolist(),
            "log_likelihood": self.log_likelihood,
            "shares_log_likelihood": self.shares_log_likelihood,
            "parameters": len(self.parameters),
            "aic": self.aic,
            "bic": self.bic,
        }

    def to_dataframe(self) -> pd.DataFrame:
        """Parameters with their intervals, standard errors and p-values, a row a parameter.

        Returns
        -------
        pandas.DataFrame
            Columns ``value``, ``low``, ``high``, ``standard_error`` and ``p_value``, by ``parameter``.
        """
        import pandas as pd

        columns = ["value", "low", "high", "standard_error", "p_value"]
        return pd.DataFrame.from_dict(self.summary()["coefficients"], orient="index")[columns].rename_axis("parameter")

    def __str__(self) -> str:
        return text(("parameter", *self.columns), self.rows(), self.header())

    def header(self) -> list[str]:
        """Two lines to stand above the parameters, and one to stand below them.

        Returns
        -------
        list of str
            The three lines.
        """
        return header(self.summary())

    @property
    def columns(self) -> tuple[str, ...]:
        """Heads of the columns of numbers in `rows`."""
        return ("estimate", "s.e.", "z", "p", f"{100.0 * self.level:g} % interval")

    def rows(self) -> list[tuple[str, ...]]:
        """Parameters with their estimates as texts.

        Returns
        -------
        list of tuple of str
            Name of the parameter, then the columns that `columns` names.
        """
        return rows(self.summary())

    def __repr__(self) -> str:
        return (
            f"<StrategicChoice: {self.model.link}, {self.model.error}, {self.n:,} rows, "
            f"{len(self.parameters)} parameters, log-likelihood {self.log_likelihood:.2f}>"
        )

    def _repr_html_(self) -> str:
        return html_table(("parameter", *self.columns), self.rows(), caption="; ".join(self.header()))
