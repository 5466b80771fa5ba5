from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import pytest
from deterrence_tables import FORMULAS, TRUE, cases, play, utilities
from scipy.special import expit, logit

from escalation.analysis.strategic_choice.fit import strategic_choice
from escalation.analysis.strategic_choice.likelihood import log_probabilities
from escalation.analysis.strategic_choice.results import StrategicChoice
from escalation.analysis.strategic_choice.shocks import ERRORS, LINKS, Error, Link
from escalation.errors import StudyError

CHANCES = ("sq", "cap", "war", "attack", "resist")


@pytest.fixture(scope="module")
def fit() -> StrategicChoice:
    table = pd.DataFrame(cases(1, 500))
    table.loc[4, "c"] = np.nan
    return strategic_choice(table, FORMULAS, outcome="y", outcomes=(0, 1, 2))


def test_a_fit_prints_its_parameters_and_what_they_rest_on(fit: StrategicChoice) -> None:
    first, second, head, *lines, last = str(fit).splitlines()
    assert first == "Strategic choice: logit, agent error, shocks of scale 1"
    counts = fit.counts
    assert second == (
        f"499 rows (1 more left out: values missing): sq {counts['sq']}, cap {counts['cap']}, war {counts['war']}; "
        "fixed at 0: u2_cap"
    )
    assert head.split() == ["parameter", "estimate", "s.e.", "z", "p", "95", "%", "interval"]
    assert [line.split()[0] for line in lines] == list(TRUE) == list(fit.parameters)
    assert last.endswith("standard errors: inverse Hessian")
    assert f"AIC {fit.aic:.2f}, BIC {fit.bic:.2f}" in last
    assert repr(fit).startswith("<StrategicChoice: logit, agent, 499 rows, 6 parameters, log-likelihood -")
    html = fit._repr_html_()
    assert html.startswith("<table><caption>Strategic choice: logit")
    assert html.count("<tr>") == 7


def test_criteria_count_the_parameters(fit: StrategicChoice) -> None:
    assert fit.aic == pytest.approx(12.0 - 2.0 * fit.log_likelihood)
    assert fit.bic == pytest.approx(6.0 * math.log(499.0) - 2.0 * fit.log_likelihood)
    shares = np.array(list(fit.counts.values())) / 499.0
    assert fit.shares_log_likelihood == pytest.approx(499.0 * float((shares * np.log(shares)).sum()))
    assert fit.shares_log_likelihood < fit.log_likelihood


def test_shares_alone_are_what_two_constants_fit() -> None:
    constants = strategic_choice(cases(2, 300), {"u1_war": "1", "u2_war": "1"}, outcome="y", outcomes=(0, 1, 2))
    assert constants.log_likelihood == pytest.approx(constants.shares_log_likelihood, abs=1e-9)


def test_a_summary_is_one_json_object(fit: StrategicChoice) -> None:
    found = json.loads(json.dumps(fit.summary(), allow_nan=False))
    assert found["rows"] == 499
    assert found["rows_left_out"] == 1
    assert found["fixed_at_zero"] == ["u2_cap"]
    assert found["formulas"] == {"u1_sq": "a - 1", "u1_cap": "1", "u1_war": "b", "u2_cap": "0", "u2_war": "c"}
    one = found["coefficients"]["u2_war:c"]
    assert one["low"] < one["value"] < one["high"]
    assert one["z"] == pytest.approx(one["value"] / one["standard_error"])
    assert np.sqrt(np.diag(found["covariance"])).tolist() == pytest.approx(list(fit.standard_errors.values()))


def test_coefficients_are_a_table_too(fit: StrategicChoice) -> None:
    table = fit.to_dataframe()
    assert table.index.tolist() == list(TRUE)
    assert table.columns.tolist() == ["value", "low", "high", "standard_error", "p_value"]
    z = table["value"] / table["standard_error"]
    assert table["p_value"].to_numpy() == pytest.approx(np.vectorize(math.erfc)(np.abs(z) / math.sqrt(2.0)))


def test_a_level_widens_or_narrows_every_interval() -> None:
    table = cases(3, 300)
    wide, narrow = (strategic_choice(table, FORMULAS, outcome="y", outcomes=(0, 1, 2), level=p) for p in (0.99, 0.5))
    assert wide.columns[-1] == "99 % interval"
    for name in TRUE:
        assert wide.coefficients[name].low < narrow.coefficients[name].low
    assert (wide.predict()["war_low"] < narrow.predict()["war_low"]).all()


# ---------------------------------------------------------------------------------------- predictions


def test_predictions_add_up_and_lie_in_their_intervals(fit: StrategicChoice) -> None:
    found = fit.predict()
    assert len(found) == 499
    assert 4 not in found.index
    assert found[["sq", "cap", "war"]].sum(axis=1).to_numpy() == pytest.approx(np.ones(499))
    assert found["attack"].to_numpy() == pytest.approx((1.0 - found["sq"]).to_numpy())
    assert found["resist"].to_numpy() == pytest.approx((found["war"] / found["attack"]).to_numpy())
    for name in CHANCES:
        assert ((found[f"{name}_low"] < found[name]) & (found[name] < found[f"{name}_high"])).all()
        assert found[f"{name}_low"].min() >= 0.0
        assert found[f"{name}_high"].max() <= 1.0
    # A constant in every branch makes the fitted shares those of the table.
    observed = np.array(list(fit.counts.values())) / 499.0
    assert found[["sq", "cap", "war"]].mean().to_numpy() == pytest.approx(observed, abs=0.01)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("error", ERRORS)
def test_intervals_of_predictions_agree_with_draws_of_the_parameters(link: Link, error: Error) -> None:
    fit = strategic_choice(cases(4, 900), FORMULAS, outcome="y", outcomes=(0, 1, 2), link=link, error=error)
    row = {"a": 0.4, "b": -0.2, "c": 0.7}
    found = fit.predict(row).iloc[0]
    theta = np.array([one.value for one in fit.coefficients.values()])
    draws = np.random.default_rng(0).multivariate_normal(theta, fit.covariance, size=500)
    changed = []
    for draw in draws:
        u = utilities({k: np.array([v]) for k, v in row.items()}, dict(zip(TRUE, draw, strict=True)))
        quo, low, war = np.exp(log_probabilities(link, error, u))[0]
        changed.append((quo, low, war, low + war, war / (low + war)))
    for name, values in zip(CHANCES, np.array(changed).T, strict=True):
        spread = (logit(found[f"{name}_high"]) - logit(found[f"{name}_low"])) / 2.0 / 1.959964
        # The standard deviation of 500 draws is off by 3 % of itself; four of these, and what is not linear.
        assert spread == pytest.approx(np.std(logit(values)), rel=0.15), name
        assert expit(np.mean(logit(values))) == pytest.approx(found[name], abs=0.02)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("error", ERRORS)
def test_predictions_are_what_players_of_these_utilities_do(link: Link, error: Error) -> None:
    """300,000 games with the fitted utilities; five standard errors of a share."""
    fit = strategic_choice(cases(5, 400), FORMULAS, outcome="y", outcomes=(0, 1, 2), link=link, error=error, scale=1.5)
    row = {"a": -0.3, "b": 0.5, "c": -0.9}
    found = fit.predict(row).iloc[0]
    u = np.repeat(fit.utilities(row).to_numpy(), 300_000, axis=0)
    played = play(np.random.default_rng(6), u, link=link, error=error, scale=1.5)
    shares = np.bincount(played, minlength=3) / len(played)
    assert shares == pytest.approx(found[["sq", "cap", "war"]].to_numpy(), abs=5.0 * math.sqrt(0.25 / len(played)))


def test_rows_to_predict_keep_their_labels(fit: StrategicChoice) -> None:
    rows = pd.DataFrame({"a": [0.0, 1.0], "b": [0.0, 1.0], "c": [0.0, -1.0]}, index=["x", "y"])
    assert fit.predict(rows).index.tolist() == ["x", "y"]
    assert fit.utilities(rows).index.tolist() == ["x", "y"]
    assert fit.utilities(rows).loc["x", "u1_cap"] == fit.coefficients["u1_cap:Intercept"].value


def test_a_game_is_at_one_row(fit: StrategicChoice) -> None:
    with pytest.raises(StudyError, match="covariates must be those of one row, a value each, not of 2"):
        fit.game({"a": [0.0, 1.0], "b": [0.0, 1.0], "c": [0.0, 1.0]})
