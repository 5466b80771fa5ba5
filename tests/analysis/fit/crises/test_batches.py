"""Rows are played again where their own numbers have moved, and nowhere else; results are the same to the bit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from crisis_rows import crisis_rows

from escalation.analysis.fit.crises.batches import RowBatches
from escalation.analysis.fit.crises.courses import CourseBatches, simulate_courses
from escalation.analysis.fit.crises.responses import WITHOUT_BEARING, ResponseBatches, response_probabilities
from escalation.data.covariates import covariates
from escalation.data.generic_crisis import FRONT, crisis_scenario, frames_of, quantities
from escalation.data.parameters import PARAMETERS, prior_means
from escalation.engines.compiled import run_block
from escalation.engines.lower import Lowered, lower
from escalation.engines.responses import respond

ROWS = covariates(crisis_rows(40, seed=3))


def moved_by(name: str, z: float) -> dict[str, float]:
    return prior_means() | {name: PARAMETERS[name].value(z)}


@pytest.mark.parametrize("name", list(PARAMETERS))
def test_courses_are_those_that_are_played_anew(name: str) -> None:
    play, respond_to = CourseBatches(ROWS, runs=3, seed=1), ResponseBatches(ROWS)
    for z in (0.0, 0.5, -0.5):
        values = moved_by(name, z)
        found, anew = play([values]), simulate_courses(values, ROWS, runs=3, seed=1)
        for field in ("violence", "length", "drawn_in"):
            assert getattr(found, field).tobytes() == getattr(anew, field).tobytes(), (field, z)
        assert respond_to([values]).tobytes() == response_probabilities(values, ROWS).tobytes()


def test_sets_that_are_played_together_are_played_as_each_alone() -> None:
    sets = [prior_means(), *(moved_by(name, 0.5) for name in PARAMETERS)]
    play, respond_to = CourseBatches(ROWS, runs=3, seed=1), ResponseBatches(ROWS)
    for _ in range(2):  # anew, and with results to compare with
        courses, responses = play(sets), respond_to(sets)
        for n, values in enumerate(sets):
            anew = simulate_courses(values, ROWS, runs=3, seed=1)
            for field in ("violence", "length", "drawn_in"):
                assert getattr(courses, field)[n].tobytes() == getattr(anew, field).tobytes(), (field, n)
            assert responses[n].tobytes() == response_probabilities(values, ROWS).tobytes()
        play(sets[:1]), respond_to(sets[:1])


def test_what_is_fitted_is_the_same_where_runs_end_with_war() -> None:
    values = moved_by("brinkmanship_scale", 2.0)
    whole = simulate_courses(values, ROWS, runs=30, seed=5)
    short = simulate_courses(values, ROWS, runs=30, seed=5, past_war=False)
    assert (whole.violence == 3).any()
    assert short.violence.tobytes() == whole.violence.tobytes()
    assert short.length.tobytes() == whole.length.tobytes()
    assert not (short.drawn_in & ~whole.drawn_in).any()


def test_a_row_is_played_as_the_scenario_that_it_makes() -> None:
    values = moved_by("settle_spread", 0.5)
    courses = simulate_courses(values, ROWS, runs=20, seed=4)
    for place in range(0, len(ROWS), 7):
        lowered = lower(crisis_scenario(values, ROWS, place))
        alone = run_block(lowered, seed=4, first=20 * place, count=20)
        settled = np.where(alone["settled"] >= 0, alone["settled"], np.inf)
        assert courses.length[place].tolist() == settled.tolist()
        assert courses.drawn_in[place].tolist() == (alone["joined"] >= 0).any(axis=1).tolist()


def test_only_the_rows_that_moved_are_worked_out() -> None:
    seen: list[int] = []

    def work(
        lowered: Lowered, values: Mapping[str, np.ndarray], places: np.ndarray, of_all: Mapping[str, np.ndarray]
    ) -> tuple[np.ndarray]:
        del lowered
        assert {name: column.shape for name, column in of_all.items()} == {"tempo": places.shape}
        seen.extend(places.tolist())
        return (values["actors.actor.war_cost.resolute"],)

    batches = RowBatches(ROWS, work, everywhere=("tempo",))
    nuclear = np.flatnonzero((ROWS.nuclear == 1) | (ROWS.adverse_nuclear == 1)).tolist()
    assert 0 < len(nuclear) < len(ROWS)
    for values, expected in (
        (prior_means(), list(range(len(ROWS)))),
        (moved_by("war_cost_nuclear", 0.3), nuclear),
        (moved_by("war_cost_nuclear", -0.3), nuclear),
        (moved_by("tempo", 0.3), list(range(len(ROWS)))),
        (prior_means(), []),
        (moved_by("war_cost_nuclear", 0.3) | {"precision": 5.0}, list(range(len(ROWS)))),
        (prior_means() | {"precision": 5.0}, nuclear),  # from where two parameters had moved
    ):
        seen.clear()
        (found,) = batches([values])[0]
        assert sorted(seen) == expected
        assert found.tobytes() == quantities(values, ROWS)["actors.actor.war_cost.resolute"].tobytes()


@pytest.mark.parametrize("path", sorted(WITHOUT_BEARING))
def test_a_first_decision_does_not_depend_on_what_comes_after_it(path: str) -> None:
    everywhere = quantities(prior_means(), ROWS)
    for scenario, places in frames_of(ROWS):
        lowered = lower(scenario)
        values = {name: everywhere[name][places] for name in lowered.distributions}
        other = values | {path: 0.3 * values[path]}
        assert respond(lowered, values, front=FRONT).tobytes() == respond(lowered, other, front=FRONT).tobytes()


@pytest.mark.parametrize("name", ["leash", "patron_reply"])
def test_without_an_ally_its_parameters_have_no_bearing(name: str) -> None:
    alone = ROWS.take((ROWS.pact == 0) & (ROWS.adverse_pact == 0))
    assert len(alone) > 0
    scenarios = [
        [crisis_scenario(moved_by(name, z), alone, place) for z in (0.0, 2.0)] for place in (0, len(alone) - 1)
    ]
    for one, other in scenarios:
        assert getattr(one.rules, name) != getattr(other.rules, name)
        played = [run_block(lower(scenario), seed=1, first=0, count=100)["signature"] for scenario in (one, other)]
        assert played[0].tobytes() == played[1].tobytes()


def test_no_rows_have_no_courses() -> None:
    nobody = ROWS.take(np.zeros(len(ROWS), np.bool_))
    assert simulate_courses(prior_means(), nobody, runs=2, seed=1).violence.shape == (0, 2)
    assert response_probabilities(prior_means(), nobody).shape == (0, 3)
    assert CourseBatches(nobody, runs=2, seed=1)([prior_means()] * 3).violence.shape == (3, 0, 2)
    assert ResponseBatches(nobody)([prior_means()] * 3).shape == (3, 0, 3)
