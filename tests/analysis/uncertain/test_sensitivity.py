"""These run the compiled engine."""

from __future__ import annotations

import numpy as np
import pytest

import escalation as esc
from escalation.analysis.uncertain.factors import choose_factors, pooled
from escalation.analysis.uncertain.points import Measured, Points
from escalation.analysis.uncertain.sensitivity import KEPT, REST, Sensitivity, sensitivity
from escalation.engines.compiled import run_block
from escalation.errors import ScenarioError, StudyError
from escalation.estimates.estimate import Estimate
from escalation.montecarlo.pool import Crew
from escalation.world.distributions import Beta

STAKE = "fronts.challenger-defender.stake"
REVISIONISM = "fronts.challenger-defender.revisionism"
IDLE = "actors.patron.domestic_pressure"


@pytest.fixture(scope="module")
def scenario() -> esc.Scenario:
    return esc.load("two-state-deterrence")


def test_what_matters_is_told_from_what_does_not(scenario: esc.Scenario) -> None:
    study = sensitivity(
        scenario,
        event="initiation",
        actor="challenger",
        parameters={REVISIONISM: (0.0, 1.0), IDLE: (0.0, 1.0)},
        samples=64,
        runs=60,
        seed=1,
        progress=False,
    )
    assert list(study.indices) == [REVISIONISM, IDLE]
    assert study.kinds == ("first", "total")
    assert study.indices[REVISIONISM]["total"].low > 0.5
    assert study.indices[IDLE]["total"].high < 0.3
    assert study.spent == study.points * study.runs == 64 * 4 * 60
    table = study.to_dataframe()
    assert table.loc[IDLE, "total_high"] == study.indices[IDLE]["total"].high
    summary = study.summary()
    assert summary["factors"][REVISIONISM]["members"] == [REVISIONISM]
    assert summary["factors"][REVISIONISM]["total"] == study.indices[REVISIONISM]["total"].to_dict()
    assert summary["runs"] == study.spent
    assert REVISIONISM in study._repr_html_()
    assert "Sensitivity of 'initiation'" in repr(study)


def test_any_number_of_a_run_can_be_studied(scenario: esc.Scenario) -> None:
    def peak(ensemble: esc.Ensemble) -> np.ndarray:
        return ensemble.peak()

    study = sensitivity(
        scenario, event=peak, parameters={REVISIONISM: (0.0, 1.0)}, method="morris", samples=4, runs=50, progress=False
    )
    assert study.event == "peak"
    assert study.indices[REVISIONISM]["mu"].value > 0.2
    assert study.screening is None


def test_a_measure_must_fit_the_runs(scenario: esc.Scenario) -> None:
    arguments = {"parameters": {REVISIONISM: (0.0, 1.0)}, "method": "morris", "samples": 2, "progress": False}
    with pytest.raises(StudyError, match="finite number for each run"):
        sensitivity(scenario, event=lambda ensemble: ensemble.first_day("war"), **arguments)
    with pytest.raises(StudyError, match="finite number for each run"):
        sensitivity(scenario, event=lambda _: 1.0, **arguments)
    with pytest.raises(StudyError, match="actor and target go with an event's name"):
        sensitivity(scenario, event=lambda ensemble: ensemble.peak(), actor="patron", **arguments)


def test_a_library_scenario_is_screened_first() -> None:
    study = sensitivity(esc.load("haniyeh-2024"), event="war", samples=32, runs=20, seed=2, progress=False)
    assert len(study.indices) == KEPT + 1
    assert REST in study.indices
    assert study.screening is not None
    kept = [name for name in study.indices if name != REST]
    assert set(kept) == set(list(study.screening)[:KEPT])
    members = [member for names in study.members.values() for member in names]
    assert len(members) == len(set(members)) == 91
    assert list(study.summary()["screening"]) == list(study.screening)


def test_same_point_and_run_are_the_same_chance_as_plain_runs(scenario: esc.Scenario) -> None:
    fixed = scenario.replace("actors.defender.resolve", 0.5)
    lowered, factors = choose_factors(fixed, {STAKE: (0.5, 1.5)})
    points = Points(lowered, Measured.of(lowered, "initiation", seed=5), factors[0].columns, 5)
    with Crew(1, progress=False) as crew:
        values = points.play(np.array([[0.5], [0.9], [0.5]]), np.tile(np.arange(700), (3, 1)), crew)
    assert np.array_equal(values[0], values[2])
    assert not np.array_equal(values[0], values[1])
    plain_lowered, _ = choose_factors(fixed, {STAKE: (0.5, 1.5)})
    plain = fixed.replace(STAKE, 1.0)
    from escalation.engines.lower import lower

    numbers = lower(plain)
    happened = Measured.of(numbers, "initiation", seed=5)(run_block(numbers, seed=5, first=0, count=700))
    assert np.array_equal(values[0], happened)
    assert plain_lowered.distributions == (STAKE,)


def test_what_is_no_factor_is_drawn_by_run_and_alike_at_all_points(scenario: esc.Scenario) -> None:
    lowered, factors = choose_factors(scenario, {STAKE: (0.5, 1.5)})
    points = Points(lowered, Measured.of(lowered, "war", seed=1), factors[0].columns, 1)
    draws = points._others(np.array([[3, 4], [3, 4], [7, 3]]))
    assert np.array_equal(draws[0], draws[1])
    assert np.array_equal(draws[2, 1], draws[0, 0])
    assert not np.array_equal(draws[0, 0], draws[0, 1])


def test_factors_by_name_table_range_and_distribution() -> None:
    cost = {"distribution": "normal", "mean": 0.8, "sd": 0.1, "low": 0.0}
    costs = {"resolute": cost, "irresolute": {**cost, "mean": 1.6}}
    haniyeh = esc.load("haniyeh-2024").replace("actors.irn.war_cost", costs)
    _, tables = choose_factors(haniyeh, None)
    assert tables[0].name == "actors.irn"
    assert "actors.irn.war_cost.resolute" in tables[0].members
    _, (pair, one) = choose_factors(haniyeh, ["actors.irn.war_cost", "actors.irn.resolve"])
    assert len(pair.columns) == 2
    assert pooled("both", [pair, one]).members == (*pair.members, "actors.irn.resolve")
    _, (one,) = choose_factors(haniyeh, "actors.irn.resolve")
    lowered, found = choose_factors(haniyeh, {"actors.omn.resolve": Beta(a=2, b=2), "actors.irn": None})
    assert [factor.name for factor in found] == ["actors.omn.resolve", "actors.irn"]
    assert lowered.scenario.actors["omn"].resolve == Beta(a=2, b=2)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (["actors.defender", "actors.defender.resolve"], "overlap in 'actors.defender.resolve'"),
        (["actors.defender", "actors.defender"], "overlap"),
        (["actors.patron.honesty"], "give it a range"),
        (["actors.defender.resolv"], "did you mean 'actors.defender.resolve'"),
        ({STAKE: (1.0, 1.0)}, "must be \\(low, high\\)"),
        ({"fronts.x.stake": (0.0, 1.0)}, "no 'fronts.x' to replace"),
        ({STAKE: (0.0, 0.5, 1.0)}, "must be \\(low, high\\)"),
        ([], "parameters is empty; name one or more"),
    ],
)
def test_factors_refused(scenario: esc.Scenario, parameters: object, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        sensitivity(scenario, parameters=parameters, progress=False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "fast"}, "no method 'fast'"),
        ({"samples": 48}, "powers of two, as 64"),
        ({"samples": 1, "method": "morris"}, "samples is 1"),
        ({"runs": 0}, "runs is 0"),
        ({"event": "peace"}, "no event 'peace'"),
        ({"event": "accident"}, "the same at all points"),
    ],
)
def test_refusals(scenario: esc.Scenario, arguments: dict[str, object], message: str) -> None:
    with pytest.raises(StudyError, match=message):
        sensitivity(scenario, **{"samples": 4, "runs": 5, **arguments}, progress=False)


def test_a_distribution_where_none_may_stand(scenario: esc.Scenario) -> None:
    with pytest.raises(ScenarioError, match="horizon"):
        sensitivity(scenario, parameters={"horizon": (30.0, 60.0)}, progress=False)
    with pytest.raises(StudyError, match="nothing in"):
        sensitivity(scenario.replace("actors.defender.resolve", 0.5), progress=False)


def study_of(method: str, indices: dict[str, dict[str, tuple[float, float, float]]]) -> Sensitivity:
    found = {
        name: {kind: Estimate(*ends, 64, "bootstrap") for kind, ends in kinds.items()}
        for name, kinds in indices.items()
    }
    members = {name: (name,) for name in indices}
    return Sensitivity(esc.load("two-state-deterrence"), "war", 1, method, found, members, None, 64, 50, 3200)


@pytest.mark.parametrize(
    ("ends", "unsure"),
    [
        ((0.3, 0.2, 0.4), False),
        ((0.3, 0.1, 0.5), True),  # wider than it is large
        ((0.01, -0.01, 0.03), False),  # so, but known to be next to nothing
        ((1.2, 0.6, 1.9), True),  # longer than all that an index can be
    ],
)
def test_an_index_whose_interval_says_little_is_unsure(ends: tuple[float, float, float], unsure: bool) -> None:
    sure = {"first": (0.7, 0.6, 0.8), "total": (0.8, 0.7, 0.9)}
    study = study_of("sobol", {"leash": sure, "fear": {"first": sure["first"], "total": ends}})
    assert study.unsure == (("fear",) if unsure else ())
    assert ("for 1 of 2 factors" in study.warning) is unsure
    assert (study.warning in study._repr_html_()) is True
    assert study.summary()["warning"] == study.warning


def test_an_effect_near_0_with_its_sign_is_no_reason_to_warn() -> None:
    known = {"mu_star": (0.2, 0.15, 0.25), "mu": (0.0, -0.05, 0.05)}
    assert study_of("morris", {"leash": known}).unsure == ()
    assert study_of("morris", {"leash": {**known, "mu_star": (0.2, 0.05, 0.35)}}).unsure == ("leash",)
