from __future__ import annotations

import numpy as np
import pytest
from crisis_rows import crisis_rows

from escalation.analysis.fit.crises.responses import response_probabilities
from escalation.data.covariates import covariates
from escalation.data.generic_crisis import FRONT, crisis_scenario, frames_of, quantities
from escalation.data.parameters import PARAMETERS, informed_by, moved, prior_means
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.errors import StudyError

HINDSIGHT = ("response", "viol_actor", "resp_days", "dur_days", "year", "crisno")


def test_covariates_see_the_allowed_columns_alone() -> None:
    rows = crisis_rows(40)
    shuffled = dict(rows.columns)
    rng = np.random.default_rng(1)
    for name in HINDSIGHT:
        shuffled[name] = rng.permutation(shuffled[name])
    one, other = covariates(rows), covariates(type(rows)(shuffled, rows.source, rows.version))
    for name in one.__slots__:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_what_is_not_known_stays_so_until_a_number_is_asked_for() -> None:
    nothing = np.full(10, np.nan)
    names = ("cap_share", "n_defpact", "adv_nuc", "rivalry_tss", "regime", "actor_prior10", "trig_internal")
    rows = covariates(crisis_rows(10, **dict.fromkeys(names, nothing), trig_entity=np.full(10, "")))
    assert rows.unknown() == dict.fromkeys(
        (
            "nonstate",
            "multistate",
            "internal",
            "share",
            "pact",
            "adverse_nuclear",
            "democratic",
            "military",
            "rivals",
            "history",
        ),
        10,
    )
    assumed = rows.assumed()
    assert assumed.unknown() == {}
    assert assumed.share.tolist() == [0.5] * 10
    for name in ("nonstate", "internal", "pact", "adverse_nuclear", "democratic", "military", "rivals", "history"):
        assert not getattr(assumed, name).any()
    np.testing.assert_array_equal(assumed.dyad_history, rows.dyad_history)
    likely = response_probabilities(prior_means(), rows)
    np.testing.assert_array_equal(likely, response_probabilities(prior_means(), assumed))
    assert np.isfinite(likely).all()


def test_every_row_fits_one_frame() -> None:
    rows = covariates(crisis_rows(60))
    places = np.concatenate([where for _, where in frames_of(rows)])
    assert sorted(places.tolist()) == list(range(60))


def test_a_row_becomes_a_scenario_without_open_quantities_but_one() -> None:
    rows = covariates(crisis_rows(20))
    scenario = crisis_scenario(prior_means(), rows, 3)
    assert scenario.fronts[FRONT].actor == "actor"
    assert ("ally" in scenario.actors) == bool(rows.pact[3])
    assert {parameter.path for parameter in lower(scenario).parameters} == {"rules.settle_days"}


def test_the_batch_agrees_with_the_scenario_run_many_times() -> None:
    rows = covariates(crisis_rows(6, iwc=np.ones(6), trigger=np.full(6, 9.0)))
    # Prompt answers leave the injury as it was, and a slow adversary leaves the first word to the actor.
    values = prior_means() | {"response_delay_violent": 1e-3, "response_delay": 1e9, "tempo": 1e9}
    exact = response_probabilities(values, rows)[0]
    runs = 4000
    played = run_block(lower(crisis_scenario(values, rows, 0)), seed=3, first=0, count=runs)
    first = played["crossed"][:, 0, :]
    violent = float(((first[:, 3] > 0) & (first[:, 3] <= 2)).mean())
    # Two-sided, 4 standard errors: a false alarm in 16,000.
    assert abs(violent - exact[2]) < 4.0 * np.sqrt(exact[2] * (1.0 - exact[2]) / runs)


def test_a_graver_trigger_a_cheaper_war_and_no_leash_bring_more_violence() -> None:
    rows = covariates(crisis_rows(40, trigger=np.full(40, 7.0), n_defpact=np.ones(40)))

    def violent(**changed: float) -> float:
        return float(response_probabilities(prior_means() | changed, rows)[:, 2].mean())

    assert violent(injury_military=3.0) > violent(injury_military=2.0)
    assert violent(war_cost=0.5) > violent(war_cost=1.5)
    assert violent(leash=0.05) > violent(leash=0.5)
    assert violent(belligerence_cost=0.2) > violent(belligerence_cost=0.6)


def test_pacts_are_on_condition_and_a_violent_trigger_strikes_first() -> None:
    rows = covariates(crisis_rows(2, trigger=np.array([1.0, 9.0]), n_defpact=np.ones(2), adv_n_defpact=np.ones(2)))
    for place, struck in ((0, False), (1, True)):
        scenario = crisis_scenario(prior_means(), rows, place)
        assert all(pledge.conditional for pledge in scenario.commitments.values())
        assert scenario.fronts["adversary-actor"].struck_first is struck
        assert not scenario.fronts[FRONT].struck_first


def test_an_ally_restrains_whoever_has_not_been_attacked() -> None:
    def loses(trigger: float) -> float:
        """How much less often an actor answers with violence for a leash."""
        own, adverse = np.ones(40), np.zeros(40)
        rows = crisis_rows(40, trigger=np.full(40, trigger), n_defpact=own, adv_n_defpact=adverse)
        free, held = (
            response_probabilities(prior_means() | {"leash": leash}, covariates(rows))[:, 2] for leash in (1e-6, 0.8)
        )
        return float((free - held).mean())

    assert loses(1.0) > 0.03
    assert loses(7.0) > 0.03
    assert loses(8.0) == loses(9.0) == 0.0


def test_probabilities_add_to_one() -> None:
    likely = response_probabilities(prior_means(), covariates(crisis_rows(30)))
    np.testing.assert_allclose(likely.sum(axis=1), 1.0)
    assert likely.min() > 0.0


def test_values_have_a_place_for_every_row() -> None:
    rows = covariates(crisis_rows(7))
    assert all(values.shape == (7,) for values in quantities(prior_means(), rows).values())


@pytest.mark.parametrize("name", list(PARAMETERS))
def test_a_parameter_goes_to_standard_units_and_back(name: str) -> None:
    parameter = PARAMETERS[name]
    assert parameter.value(0.0) == pytest.approx(parameter.prior)
    assert parameter.standard(parameter.value(0.7)) == pytest.approx(0.7)


def test_every_parameter_is_informed_by_something() -> None:
    sources = ("response", "course", "signal", "next-act", "stakes", "allies", "lag")
    named = {name for source in sources for name in informed_by(source)}
    assert named == set(PARAMETERS)


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(StudyError, match="courage is not a parameter"):
        moved(prior_means(), ("courage",), np.zeros(1))
