from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from deterrence_tables import FORMULAS, TRUE, cases, play, regressors, utilities
from scipy.stats import binom
from sklearn.linear_model import LogisticRegression

from escalation.analysis.strategic_choice.designs import build_designs, checked_formulas
from escalation.analysis.strategic_choice.fit import strategic_choice
from escalation.analysis.strategic_choice.likelihood import Likelihood
from escalation.analysis.strategic_choice.maximum import maximum
from escalation.analysis.strategic_choice.results import StrategicChoice
from escalation.analysis.strategic_choice.shocks import ERRORS, LINKS
from escalation.analysis.strategic_choice.starts import backward_induction
from escalation.errors import StudyError

FALSE_ALARM = 1e-3
"""Rate at which each statistical test here fails by chance, whatever the number of parameters it looks at."""


def fitted(table: Any, formulas: dict[str, str] = FORMULAS, **options: Any) -> StrategicChoice:
    return strategic_choice(table, formulas, outcome="y", outcomes=(0, 1, 2), **options)


def bounds(tables: int, rate: float, looks: int = 1) -> tuple[int, int]:
    """Counts between which a binomial one falls but for the rate of false alarms, shared by all looks."""
    tail = FALSE_ALARM / looks / 2.0
    return int(binom.ppf(tail, tables, rate)), int(binom.isf(tail, tables, rate))


# ---------------------------------------------------------------------------------------- recovery


def check_recovery(link: str, error: str, *, tables: int, rows: int) -> None:
    """Intervals of 95 % hold each parameter in 95 % of tables, and estimates are not off to a side."""
    inside = dict.fromkeys(TRUE, 0)
    gaps = dict.fromkeys(TRUE, 0.0)
    for seed in range(tables):
        fit = fitted(cases(seed, rows, link=link, error=error), link=link, error=error)
        for name, value in TRUE.items():
            one = fit.coefficients[name]
            inside[name] += one.low <= value <= one.high
            gaps[name] += (one.value - value) / fit.standard_errors[name]
    low, high = bounds(tables, 0.95, len(TRUE))
    assert {name: count for name, count in inside.items() if not low <= count <= high} == {}
    # Five standard errors: four for chance, one for the bias of maximum likelihood in tables of this size.
    assert max(abs(gap) for gap in gaps.values()) / math.sqrt(tables) < 5.0


@pytest.mark.parametrize(("link", "error"), [("logit", "agent"), ("probit", "private")])
def test_intervals_hold_the_truth_as_often_as_they_say(link: str, error: str) -> None:
    check_recovery(link, error, tables=50, rows=400)


@pytest.mark.slow
@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("error", ERRORS)
def test_intervals_hold_the_truth_in_many_tables(link: str, error: str) -> None:
    check_recovery(link, error, tables=300, rows=700)


def test_robust_and_clustered_errors_recover_too() -> None:
    plain, robust = (fitted(cases(1, 3000), robust=robust) for robust in (False, True))
    for name, error in plain.standard_errors.items():
        assert robust.standard_errors[name] == pytest.approx(error, rel=0.12)
    assert robust.coefficients["u1_sq:a"].method == "wald robust"


def test_rows_told_four_times_over_count_once_where_they_are_clustered() -> None:
    table = pd.DataFrame(cases(2, 200))
    once = fitted(table, robust=True).standard_errors
    told = pd.concat([table.assign(case=np.arange(200))] * 4, ignore_index=True)
    clustered = fitted(told, cluster="case")
    assert "by 200 clusters" in str(clustered)
    assert clustered.summary()["clusters"] == 200
    for name, error in clustered.standard_errors.items():
        assert error == pytest.approx(once[name] * math.sqrt(200 / 199), rel=1e-6)
        assert fitted(told).standard_errors[name] < 0.7 * error


def test_choices_that_do_not_depend_on_the_other_are_two_plain_logits() -> None:
    """With nothing to win or lose from an answer, player 1's choice does not look at it."""
    table = cases(3, 600)
    fit = fitted(table, {"u1_sq": "a", "u2_war": "c"})
    attacked = table["y"] > 0
    for design, chosen, names in (
        (-table["a"], attacked, ("u1_sq:Intercept", "u1_sq:a")),
        (table["c"][attacked], table["y"][attacked] == 2, ("u2_war:Intercept", "u2_war:c")),
    ):
        logit = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(design[:, np.newaxis], chosen)
        sign = -1.0 if names[0].startswith("u1") else 1.0
        assert fit.coefficients[names[0]].value == pytest.approx(sign * logit.intercept_[0], abs=1e-5)
        assert fit.coefficients[names[1]].value == pytest.approx(logit.coef_[0, 0], abs=1e-5)


# ---------------------------------------------------------------------------------------- links, errors, scales


def test_scale_is_the_unit_of_utilities_and_changes_nothing_else() -> None:
    table = cases(4, 500)
    one, two = fitted(table), fitted(table, scale=2.0)
    assert two.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-8)
    for name, coefficient in one.coefficients.items():
        assert two.coefficients[name].value == pytest.approx(2.0 * coefficient.value, rel=1e-6)
        assert two.standard_errors[name] == pytest.approx(2.0 * one.standard_errors[name], rel=1e-6)
    assert np.allclose(one.predict(), two.predict())


def test_data_of_another_scale_are_recovered_with_it() -> None:
    fit = fitted(cases(5, 6000, link="probit", scale=0.5), link="probit", scale=0.5)
    for name, value in TRUE.items():
        assert abs(fit.coefficients[name].value - value) < 4.0 * fit.standard_errors[name]


def test_probit_utilities_are_logit_ones_in_units_of_another_shock() -> None:
    """A logistic variable has the spread of the difference of two standard normals at precision π/√6."""
    table = cases(6, 4000)
    logit, probit = fitted(table), fitted(table, link="probit")
    assert probit.log_likelihood == pytest.approx(logit.log_likelihood, abs=8.0)
    for name in ("u1_sq:a", "u1_cap:Intercept", "u2_war:c"):
        ratio = logit.coefficients[name].value / probit.coefficients[name].value
        assert ratio == pytest.approx(math.pi / math.sqrt(6.0), rel=0.1)


@pytest.mark.parametrize("own", ERRORS)
def test_each_error_recovers_its_own_data_and_the_other_does_not(own: str) -> None:
    """Private shocks to outcomes spread less than shocks to actions, so that utilities seem greater or less.

    By their likelihoods alone the two can hardly be told apart.
    """
    other = next(error for error in ERRORS if error != own)
    table = cases(7, 20_000, link="probit", error=own)
    right, wrong = (fitted(table, link="probit", error=error) for error in (own, other))
    assert right.log_likelihood == pytest.approx(wrong.log_likelihood, abs=25.0)
    for name, value in TRUE.items():
        assert abs(right.coefficients[name].value - value) < 4.0 * right.standard_errors[name], name
    gap = wrong.coefficients["u1_sq:a"].value - TRUE["u1_sq:a"]
    assert (gap > 0.0) == (own == "private")
    assert abs(gap) > 3.0 * wrong.standard_errors["u1_sq:a"]


# ---------------------------------------------------------------------------------------- starts


RARE = {"u1_sq": "a - 1", "u1_cap": "1", "u1_war": "1", "u2_war": "b + c"}
RARE_TRUE = {"u1_sq:a": -0.3, "u1_cap:Intercept": -0.5, "u1_war:Intercept": -4.1}
RARE_TRUE |= {"u2_war:Intercept": -0.6, "u2_war:b": 4.7, "u2_war:c": -2.2}


def rare_attacks(seed: int) -> dict[str, Any]:
    """Few attacks, and a player 2 whose answer is nearly sure: player 1's choices tell most of what it wants."""
    rng = np.random.default_rng(seed)
    table: dict[str, Any] = regressors(rng, 400)
    table["y"] = play(rng, utilities(table, RARE_TRUE), link="logit", error="agent")
    return table


def test_zero_start_runs_into_a_poor_flat_end_that_backward_induction_avoids() -> None:
    """From 0 player 2's slopes never grow: player 1's utilities run away instead, at a far lower likelihood."""
    gaps = []
    for seed in range(3):
        table = rare_attacks(seed)
        designs = build_designs(pd.DataFrame(table), checked_formulas(RARE))
        one = Likelihood("logit", "agent", designs.matrices, table["y"])
        induced, zero = (
            maximum(one.value, one.gradient, one.hessian, start)
            for start in (backward_induction(one), np.zeros(len(RARE_TRUE)))
        )
        assert induced.value > one.value(np.array(list(RARE_TRUE.values())))
        assert fitted(table, RARE).log_likelihood == pytest.approx(induced.value, abs=1e-6)
        gaps.append(induced.value - zero.value)
    assert min(gaps) > -1e-6
    assert sorted(gaps)[1] > 5.0
    with pytest.raises(StudyError, match=r"no maximum .*begin elsewhere by start="):
        fitted(rare_attacks(int(np.argmax(gaps))), RARE, start="zero")


def test_start_can_be_given_and_does_not_matter_where_it_is_good() -> None:
    table = cases(8, 500)
    induced, zero, given = (fitted(table, start=start) for start in ("sbi", "zero", list(TRUE.values())))
    assert zero.log_likelihood == pytest.approx(induced.log_likelihood, abs=1e-8)
    assert given.log_likelihood == pytest.approx(induced.log_likelihood, abs=1e-8)
    assert (induced.start, zero.start, given.start) == ("sbi", "zero", "given")
    zero_start, induced_start = (one.estimation.start_log_likelihood for one in (zero, induced))
    assert zero_start < induced_start < induced.log_likelihood


def test_units_of_a_table_do_not_matter() -> None:
    table = pd.DataFrame(cases(9, 500))
    plain = fitted(table)
    large = fitted(table.assign(c=1e6 * table["c"], a=1e-5 * table["a"]))
    assert large.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-7)
    assert large.coefficients["u2_war:c"].value == pytest.approx(1e-6 * plain.coefficients["u2_war:c"].value, rel=1e-5)
    assert large.standard_errors["u1_sq:a"] == pytest.approx(1e5 * plain.standard_errors["u1_sq:a"], rel=1e-5)


def test_where_a_scale_has_its_zero_does_not_matter() -> None:
    """A year and its square are nearly collinear with the constant, and identified all the same."""
    table = pd.DataFrame(cases(9, 500))
    table["decade"] = table["c"] + 0.1 * table["c"] ** 2
    table["year"] = 1950.0 + 10.0 * table["decade"]
    near, far = (fitted(table, {**FORMULAS, "u2_war": f"{x} + I({x}**2)"}) for x in ("decade", "year"))
    assert far.log_likelihood == pytest.approx(near.log_likelihood, abs=1e-6)
    assert far.coefficients["u2_war:I(year ** 2)"].value == pytest.approx(
        near.coefficients["u2_war:I(decade ** 2)"].value / 100.0, rel=1e-3, abs=1e-5
    )
    assert far.predict()["war_low"].to_numpy() == pytest.approx(near.predict()["war_low"].to_numpy(), abs=1e-6)


# ---------------------------------------------------------------------------------------- tests of restrictions


def check_size(*, tables: int, rows: int) -> None:
    rejected, total = 0, 0.0
    for seed in range(tables):
        table = cases(10_000 + seed, rows)
        table["noise"] = np.random.default_rng(seed).normal(size=rows)
        large = fitted(table, {**FORMULAS, "u2_war": "c + noise"})
        test = large.likelihood_ratio(large.without("u2_war:noise"))
        assert test.df == 1
        rejected += test.p_value < 0.05
        total += test.statistic
    low, high = bounds(tables, 0.05)
    assert low <= rejected <= high
    # The statistic has mean 1 and variance 2; four standard errors.
    assert total / tables == pytest.approx(1.0, abs=4.0 * math.sqrt(2.0 / tables))


def test_likelihood_ratio_rejects_a_true_restriction_as_often_as_it_says() -> None:
    check_size(tables=40, rows=300)


@pytest.mark.slow
def test_likelihood_ratio_has_its_size_in_many_tables() -> None:
    check_size(tables=400, rows=400)


def test_likelihood_ratio_rejects_a_false_restriction() -> None:
    fit = fitted(cases(11, 500), {**FORMULAS, "u1_cap": "0"})
    test = fit.likelihood_ratio(fit.without("u2_war:c"))
    assert test.p_value < 1e-6
    assert str(test).startswith("likelihood ratio ")
    assert test.to_dict() == {"statistic": test.statistic, "df": 1, "p_value": test.p_value}
    joint = fit.likelihood_ratio(fit.without("u2_war:c", "u1_war:b"))
    assert joint.df == 2
    assert joint.statistic > test.statistic


def test_restrictions_are_recognised_by_what_they_span() -> None:
    table = pd.DataFrame(cases(12, 500))
    table["side"] = np.where(table["a"] > 0.5, "high", np.where(table["a"] > -0.5, "middle", "low"))
    table["high"] = (table["side"] == "high").astype(float)
    large = fitted(table, {**FORMULAS, "u2_war": "side"})
    small = fitted(table, {**FORMULAS, "u2_war": "high"})
    assert large.likelihood_ratio(small).df == 1
    with pytest.raises(StudyError, match="special case of the larger: it has no fewer parameters"):
        large.likelihood_ratio(large)
    with pytest.raises(StudyError, match="u2_war holds regressors that the larger lacks"):
        large.likelihood_ratio(fitted(table))
    with pytest.raises(StudyError, match="u2_war holds regressors that the larger lacks"):
        fitted(table, {"u1_sq": "a", "u1_war": "b - 1"}).likelihood_ratio(
            fitted(table, {"u1_sq": "1", "u1_war": "b - 1", "u2_war": "1"})
        )


def test_fits_that_are_not_nested_are_not_tested() -> None:
    table = pd.DataFrame(cases(13, 300))
    fit = fitted(table)
    with pytest.raises(StudyError, match="not nested; compare their aic"):
        fit.likelihood_ratio(fitted(table, link="probit"))
    holed = table.assign(c=table["c"].where(table.index > 0))
    with pytest.raises(StudyError, match="must use the same rows"):
        fit.likelihood_ratio(fitted(holed))
    turned = table.assign(y=table["y"].to_numpy()[::-1])
    with pytest.raises(StudyError, match="same outcomes in the same rows"):
        fit.likelihood_ratio(fitted(turned, {"u1_war": "1", "u2_war": "1"}))
    with pytest.raises(StudyError, match="no parameter 'u2_war:d'"):
        fit.without("u2_war:d")


# ---------------------------------------------------------------------------------------- what cannot be estimated


@pytest.mark.parametrize(
    ("formulas", "says"),
    [
        ({"u1_sq": "1", "u1_cap": "1", "u1_war": "1", "u2_war": "c"}, "Intercept in all of u1_sq, u1_cap and u1_war"),
        ({"u1_sq": "a", "u1_cap": "a - 1", "u1_war": "a", "u2_war": "c"}, "a in all of u1_sq, u1_cap and u1_war"),
        ({"u1_war": "1", "u2_cap": "c", "u2_war": "c"}, "Intercept and c in all of u2_cap and u2_war"),
        (
            {"u1_war": "1", "u2_cap": "double - 1", "u2_war": "c"},
            "a combination of u2_war:c and u2_cap:double stands in",
        ),
        ({"u1_sq": "a", "u1_cap": "twin", "u1_war": "other", "u2_war": "c"}, "in all of u1_sq, u1_cap and u1_war"),
        (
            {"u1_sq": "a - 1", "u1_cap": "twin - 1", "u1_war": "other - 1", "u2_war": "c"},
            "a combination of u1_sq:a, u1_cap:twin and u1_war:other stands in",
        ),
        ({"u1_sq": "a + twin", "u1_war": "1", "u2_war": "c"}, "u1_sq:a and u1_sq:twin depend on each other"),
        ({"u1_war": "zero", "u2_war": "c"}, "u1_war:zero depend on each other"),
        ({"u1_cap": "1", "u1_war": "1", "u2_war": "1"}, "How likely player 2 is to resist varies too little"),
        ({"u1_sq": "1", "u1_war": "b", "u2_war": "0"}, "u1_sq:Intercept and u1_war:Intercept. How likely"),
        ({}, "nothing is left to estimate"),
        ({"u2_cap": "0", "u1_sq": "-1"}, "nothing is left to estimate"),
    ],
)
def test_what_is_not_identified_is_named(formulas: dict[str, str], says: str) -> None:
    table = pd.DataFrame(cases(14, 200))
    table = table.assign(twin=3.0 * table["a"], other=-table["a"], double=2.0 * table["c"], zero=0.0)
    with pytest.raises(StudyError, match=says):
        fitted(table, formulas)


def test_a_choice_that_can_be_told_without_fail_is_refused() -> None:
    table = pd.DataFrame(cases(15, 300))
    table["sure"] = np.where(table["y"] == 2, 1.0, np.where(table["y"] == 1, -1.0, 0.0))
    with pytest.raises(StudyError, match="flat along u2_war:sure"):
        fitted(table, {"u1_war": "1", "u2_war": "sure - 1"})


def test_a_choice_that_can_almost_be_told_is_fitted() -> None:
    rng = np.random.default_rng(0)
    table: dict[str, Any] = regressors(rng, 60)
    sure = {"u1_sq:a": 6.0, "u1_war:Intercept": -1.0, "u2_war:Intercept": 0.5, "u2_war:c": 5.0}
    table["y"] = play(rng, utilities(table, sure), link="logit", error="agent")
    fit = fitted(table, {"u1_sq": "a - 1", "u1_war": "1", "u2_war": "c"})
    assert fit.log_likelihood > -25.0
    assert all(np.isfinite(error) for error in fit.standard_errors.values())


# ---------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"link": "cauchy"}, "link 'cauchy' must be 'logit' or 'probit'"),
        ({"error": "regressor"}, "error 'regressor' must be 'agent' or 'private'"),
        ({"missing": "impute"}, "must be 'drop' or 'refuse'"),
        ({"scale": 0.0}, "scale must be a number above 0"),
        ({"scale": math.nan}, "scale must be a number above 0"),
        ({"level": 1.0}, "level is 1.0"),
        ({"start": "best"}, "start 'best' must be"),
        ({"start": [0.0]}, "start must be 6 finite numbers"),
        ({"start": [math.nan] * 6}, "start must be 6 finite numbers"),
        ({"cluster": "bloc"}, "cluster: the table has no column 'bloc'"),
        ({"cluster": "same"}, "must name two clusters or more"),
    ],
)
def test_bad_options_are_refused(change: dict[str, Any], says: str) -> None:
    table = {**cases(16, 60), "same": ["x"] * 60}
    with pytest.raises(StudyError, match=says):
        fitted(table, **change)


def test_too_few_rows_and_outcomes_that_never_occur_are_refused() -> None:
    table = pd.DataFrame(cases(17, 200))
    with pytest.raises(StudyError, match="no row ends in war"):
        fitted(table[table["y"] < 2])
    few = pd.concat([table[table["y"] == k].head(2) for k in range(3)])
    with pytest.raises(StudyError, match="6 rows are too few for 6 parameters"):
        fitted(few)
