from __future__ import annotations

import tomllib
from dataclasses import replace

import numpy as np
import pytest
from crisis_rows import SHARED, crisis_rows

from escalation.analysis.fit.crises.courses import simulate_courses
from escalation.analysis.fit.crises.icb import FITTED, crisis_lengths, fit_icb, fit_lags, fit_responses
from escalation.analysis.fit.crises.patterns import patterns
from escalation.analysis.fit.crises.report import as_toml, fit_summary
from escalation.analysis.fit.crises.responses import response_probabilities
from escalation.data.covariates import covariates
from escalation.data.crisis_actors import first_actors, read_crisis_actors
from escalation.data.fits import defaults_of, fitted_parameters, load_fit
from escalation.data.parameters import PARAMETERS, informed_by, prior_means
from escalation.data.rows import Rows
from escalation.errors import StudyError
from escalation.world.fits import fit_names, fitted

TRUTH = {"injury_violent": 2.6, "injury_other": 1.2, "precision": 6.0, "leash": 0.35, "belligerence_cost": 0.5}


def answered(rows: Rows, truth: dict[str, float], seed: int) -> Rows:
    """Rows in which the responses are drawn from the model at known parameters."""
    likely = response_probabilities(truth, covariates(rows))
    u = np.random.default_rng(seed).uniform(size=(len(rows), 1))
    level = (u > np.cumsum(likely, axis=1)).sum(axis=1).clip(0, 2)
    return Rows({**rows.columns, "response": np.array([3.0, 6.0, 8.0])[level]}, rows.source, rows.version)


def test_intervals_cover_known_parameters() -> None:
    names = informed_by("response")
    rng = np.random.default_rng(5)
    covered = 0
    for repeat in range(4):
        z = rng.normal(size=len(names)) * 0.7
        truth = prior_means() | {name: PARAMETERS[name].value(x) for name, x in zip(names, z, strict=True)}
        rows = answered(crisis_rows(900, seed=repeat), truth, repeat)
        levels = (rows["response"] >= 6).astype(np.int64) + (rows["response"] >= 8)
        mode = fit_responses(covariates(rows), levels, prior_means())
        spread = np.sqrt(np.diag(mode.covariance))
        covered += int((np.abs(mode.z - z) <= 1.96 * spread).sum())
    # Parameters lie within 0.7 of their prior's spread. Of 104 intervals of 95 %, 98.8 are expected to hold the truth;
    # if they do so independently, fewer than 90 come in 1 of 3,000 such tests.
    assert covered >= 90


def lived(rows: Rows, truth: dict[str, float], seed: int) -> Rows:
    """Rows in which responses, violence and lengths of crises are drawn from the model at known parameters."""
    first = first_actors(rows)
    courses = simulate_courses(truth, covariates(rows).take(first), runs=1, seed=1000 + seed)
    days = np.minimum(courses.length[:, 0], 400.0)  # what did not end is of the longest class
    place = {crisis: n for n, crisis in enumerate(rows["crisno"][first].tolist())}
    own = [(n, place[crisis]) for n, crisis in enumerate(rows["crisno"].tolist()) if crisis in place]
    violence, length = rows["viol_actor"].copy(), rows["dur_days"].copy()
    for n, crisis in own:
        violence[n], length[n] = courses.violence[crisis, 0] + 1.0, days[crisis]
    changed = {"viol_actor": violence, "dur_days": length}
    return Rows({**answered(rows, truth, seed).columns, **changed}, rows.source, rows.version)


@pytest.mark.slow
def test_intervals_cover_known_parameters_of_whole_crises() -> None:
    z = np.random.default_rng(1).normal(size=len(FITTED)) * 0.7
    truth = prior_means() | {name: PARAMETERS[name].value(x) for name, x in zip(FITTED, z, strict=True)}
    fit = fit_icb(lived(crisis_rows(900), truth, 0), seed=7, runs=10)
    held = np.abs(fit.mode.z - z) <= 1.96 * np.sqrt(np.diag(fit.mode.covariance))
    course = np.isin(FITTED, informed_by("course"))
    told = np.isin(FITTED, informed_by("response"))
    # Of 7 and 26 independent intervals of 95 %, fewer than 4 and 20 hold the truth in 1 of 5,000 and 1 of 5,000 tests.
    assert held[course].sum() >= 4
    assert held[told].sum() >= 20


def test_the_fit_finds_what_the_responses_were_drawn_from() -> None:
    truth = prior_means() | TRUTH
    rows = answered(crisis_rows(1500), truth, 1)
    levels = (rows["response"] >= 6).astype(np.int64) + (rows["response"] >= 8)
    mode = fit_responses(covariates(rows), levels, prior_means())
    names = informed_by("response")
    found = {name: PARAMETERS[name].value(z) for name, z in zip(names, mode.z, strict=True)}
    assert found["injury_violent"] > found["injury_other"] + 0.7
    assert (
        mode.log_likelihood
        >= np.log(response_probabilities(truth, covariates(rows))[np.arange(1500), levels]).sum() - 3.0
    )


def test_lags_are_those_that_delays_were_drawn_from() -> None:
    """Delays on the nearest whole day, of medians 5 and 2.5 days and a spread of 1.9: many fall on day 0."""
    violent = crisis_rows(4000)["trigger"] == 9
    logs = np.random.default_rng(3).normal(size=4000) * 1.9 + np.log(np.where(violent, 2.5, 5.0))
    rows = crisis_rows(4000, resp_days=np.floor(np.exp(logs) + 0.5))
    assert (rows["resp_days"] == 0.0).mean() > 0.1
    lags = fit_lags(rows)
    # Within four standard errors of each: of a median of n delays by its logarithm, 1.9/√n; of the spread, 1.9/√(2n).
    assert np.log(lags["response_delay"] / 5.0) == pytest.approx(0.0, abs=4.0 * 1.9 / np.sqrt((~violent).sum()))
    assert np.log(lags["response_delay_violent"] / 2.5) == pytest.approx(0.0, abs=4.0 * 1.9 / np.sqrt(violent.sum()))
    assert lags["response_spread"] == pytest.approx(1.9, abs=4.0 * 1.9 / np.sqrt(2.0 * 4000))
    unknown = crisis_rows(60, resp_days=np.full(60, np.nan))
    assert fit_lags(unknown) == {name: PARAMETERS[name].prior for name in informed_by("lag")}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the crisis-actor rows are not here")
def test_lags_of_the_crises_to_1994_are_of_elapsed_days() -> None:
    rows = read_crisis_actors(SHARED / "icb_actors.csv")
    lags = fit_lags(rows)
    assert lags["response_delay"] == pytest.approx(5.25, abs=0.01)
    assert lags["response_delay_violent"] == pytest.approx(2.63, abs=0.01)
    assert lags["response_spread"] == pytest.approx(1.90, abs=0.01)
    assert (rows["resp_days"] == 0.0).sum() == 140
    assert np.nanmedian(crisis_lengths(rows, np.arange(len(rows)))) > 0.0


def test_the_first_day_is_the_triggers_own() -> None:
    """Of four responses one falls on the trigger's day and three within 30 days; of delays of a day the model has half
    of those under half a day on it."""
    days = np.resize([0.0, 1.0, 30.0, 31.0], 120)
    rows = crisis_rows(120, resp_days=days)
    fit = fit_icb(rows, runs=1, steps=0)
    values = fit.parameters | {"response_delay": 0.5, "response_delay_violent": 0.5}
    found = {p.name: p for p in patterns(rows, replace(fit, parameters=values), runs=1, draws=0)}
    assert found["response on the first day"].data.value == 0.25
    assert found["response within 30 days"].data.value == 0.75
    assert found["response on the first day"].model.value == pytest.approx(0.5)


def test_who_is_not_known_to_be_either_is_in_neither_rate() -> None:
    share = np.resize([0.1, 0.6, np.nan], 120)
    rows = crisis_rows(120, cap_share=share, adv_nuc=np.full(120, np.nan), iwc=np.ones(120))
    fit = fit_icb(rows, runs=1, steps=0)
    found = patterns(rows, fit, runs=1, draws=0)
    counts = {pattern.name: pattern.data.n for pattern in found}
    assert counts["violent response, weaker actor"] == counts["violent response, not weaker"] == 40
    assert "violent response, adversary not nuclear" not in counts
    summary = fit_summary(rows, fit, found, seed=0)
    assert summary["not_known"] == {"share": 40, "adverse_nuclear": 120}


def test_courses_use_common_random_numbers() -> None:
    rows = covariates(crisis_rows(30))
    values = prior_means()
    one = simulate_courses(values, rows, runs=5, seed=1)
    again = simulate_courses(values, rows, runs=5, seed=1)
    np.testing.assert_array_equal(one.violence, again.violence)
    np.testing.assert_array_equal(one.length, again.length)
    near = simulate_courses(values | {"brinkmanship_scale": 0.051}, rows, runs=5, seed=1)
    assert (near.violence != one.violence).mean() < 0.05


def test_violence_that_triggered_a_crisis_counts() -> None:
    rows = covariates(crisis_rows(10, trigger=np.full(10, 9.0)))
    assert simulate_courses(prior_means(), rows, runs=20, seed=0).violence.min() >= 1


def test_riskier_exchanges_bring_more_wars() -> None:
    rows = covariates(crisis_rows(40, trigger=np.full(40, 9.0)))
    calm = simulate_courses(prior_means() | {"brinkmanship_scale": 0.001}, rows, runs=30, seed=2)
    risky = simulate_courses(prior_means() | {"brinkmanship_scale": 0.5}, rows, runs=30, seed=2)
    assert (risky.violence == 3).mean() > (calm.violence == 3).mean() + 0.05


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(StudyError, match="20 rows are too few"):
        fit_icb(crisis_rows(20))


def test_a_fit_is_summed_up_and_kept(tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = crisis_rows(120)
    fit = fit_icb(rows, runs=2, steps=1, both_ways=False)
    assert fit.names == FITTED
    found = patterns(rows, fit, runs=2, draws=2)
    names = [pattern.name for pattern in found]
    assert len(set(names)) == len(names)
    assert {"highest violence war", "violent response, weaker actor", "response on the first day"} <= set(names)
    summary = fit_summary(rows, fit, found, seed=0)
    assert summary["patterns_inside"] == sum(pattern.inside for pattern in found)
    assert set(summary["parameters"]) == set(PARAMETERS)
    entry = summary["parameters"]["precision"]
    assert entry["low"] < entry["value"] < entry["high"]
    kept = tmp_path_factory.mktemp("fit") / "fit.toml"
    kept.write_text(as_toml(summary), encoding="utf-8")
    for name, value in fitted_parameters(kept).items():
        assert value == pytest.approx(fit.parameters[name], rel=1e-4, abs=1e-6)
    defaults = tomllib.loads(kept.read_text(encoding="utf-8"))["defaults"]
    assert defaults["rules"]["leash"] == pytest.approx(fit.parameters["leash"], rel=1e-4)
    assert set(defaults["actors"]) == set(fitted("icb-1918-1994")["actors"])


def test_patterns_do_without_what_is_not_known() -> None:
    nothing = np.full(120, np.nan)
    rows = crisis_rows(120, resp_days=nothing, dur_days=nothing, viol_actor=np.ones(120))
    fit = fit_icb(rows, runs=1, steps=0)
    names = {pattern.name for pattern in patterns(rows, fit, runs=1, draws=0)}
    assert not any("days" in name for name in names)
    assert "at least war, of at least serious clashes" not in names


def test_the_shipped_fit_has_every_parameter() -> None:
    assert {"icb-1918-1994", "icb-icbe-1918-1994"} <= set(fit_names())
    held = load_fit("icb-icbe-1918-1994")
    assert (held["data"], held["events"]) == ("ICB v15", "ICBe signal pairs")
    assert held["years"] == [1918, 1994]
    assert set(fitted_parameters()) == set(PARAMETERS)


def test_the_shipped_defaults_are_those_of_the_fitted_parameters() -> None:
    name = "icb-icbe-1918-1994"
    made, shipped = defaults_of(fitted_parameters(), load_fit(name)["shares"]), fitted(name)
    assert made["rules"] == shipped["rules"]
    assert set(made["actors"]) == set(shipped["actors"])
    for field, value in made["actors"].items():
        assert shipped["actors"][field] == pytest.approx(value, rel=1e-4)


def test_defaults_are_of_the_mean_actor_between_equals() -> None:
    values = prior_means() | {"belligerence_democratic": -0.1, "belligerence_nuclear": -0.2, "war_cost": 0.6}
    actor = defaults_of(values, {"democratic": 0.5, "military": 0.3, "nuclear": 0.25})["actors"]
    assert actor["belligerence_cost"] == pytest.approx(values["belligerence_cost"] - 0.05 - 0.05)
    assert actor["war_cost"] == {"resolute": pytest.approx(0.4), "irresolute": pytest.approx(0.8)}


def test_a_fit_that_is_not_there_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(StudyError, match="no fit 'icb-1818'"):
        load_fit("icb-1818")
    short = tmp_path_factory.mktemp("fit") / "short.toml"
    short.write_text("[parameters.leash]\nvalue = 1.0\n", encoding="utf-8")
    with pytest.raises(StudyError, match="lacks the parameters"):
        fitted_parameters(short)
