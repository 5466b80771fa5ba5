"""The terms add up to the utility that the engine used, and each is what its name says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import scenarios

from escalation.dynamics.decision import prefer
from escalation.dynamics.utility import weigh
from escalation.engines.explaining.explanation import WeighedAct
from escalation.engines.explaining.replay import begun, steps
from escalation.engines.explaining.terms import weighed_acts
from escalation.engines.lower import lower
from escalation.files import load
from escalation.world.scenario import Scenario


def weighed(scenario: Scenario, *, seed: int, run: int) -> Iterator[tuple[str, tuple[WeighedAct, ...]]]:
    """Front and acts of every decision of a run."""
    lowered = lower(scenario)
    crisis = begun(lowered, seed=seed, run=run)
    for step in steps(crisis, lowered):
        if step.kind == "deciding":
            for f, front in enumerate(crisis.fronts):
                if front.deciding:
                    weigh(crisis, f)
                    yield lowered.front_ids[f], weighed_acts(crisis, f, lowered.option_names, prefer(crisis, f))


def assert_adds_up(acts: tuple[WeighedAct, ...]) -> None:
    assert sum(act.probability for act in acts) == pytest.approx(1.0, abs=1e-12)
    for act in acts:
        assert sum(act.terms.values()) == pytest.approx(act.utility, abs=1e-9)
        if act.replies:  # none to war
            assert sum(act.replies.values()) == pytest.approx(1.0, abs=1e-12)
    (chosen,) = [act for act in acts if act.chosen]
    assert chosen.score == max(act.score for act in acts)


def test_terms_add_up_on_the_main_scenario() -> None:
    scenario = load("haniyeh-2024")
    decisions = [acts for run in range(6) for _, acts in weighed(scenario, seed=2, run=run)]
    assert len(decisions) > 50
    for acts in decisions:
        assert_adds_up(acts)


@settings(max_examples=40)
@given(scenario=scenarios(), seed=st.integers(0, 2**64 - 1))
def test_terms_add_up_on_random_scenarios(scenario: Scenario, seed: int) -> None:
    for _, acts in weighed(scenario, seed=seed, run=0):
        assert_adds_up(acts)


@pytest.mark.parametrize(
    ("term", "path"),
    [
        ("audience", "actors.irn.audience_cost"),
        ("belligerence", "actors.irn.belligerence_cost"),
        ("spoiler", "fronts.irn-isr.spoiler"),
        ("bait", "rules.bait"),
        ("first strike", "fronts.irn-isr.first_strike_advantage"),
        ("leash", "rules.leash"),
        ("patrons", "rules.patron_reply"),
        ("honour", "actors.irn.honour"),
        ("pressure", "rules.pressure_weight"),
        ("gain", "fronts.irn-isr.revisionism"),
    ],
)
def test_a_term_is_there_if_its_parameter_is(term: str, path: str) -> None:
    scenario = load("haniyeh-2024").replace("fronts.irn-isr.spoiler", 0.1)
    scenario = scenario.replace("commitments.hzb-irn.conditional", True)  # other pledges hold nobody back
    for name in ("go-betweens", "gaza-talks", "us-call-for-restraint"):  # they add to what belligerence costs
        scenario = scenario.without(name)
    nothing = {"resolute": 0.0, "irresolute": 0.0} if path.endswith("honour") else 0.0
    for world, present in ((scenario, True), (scenario.replace(path, nothing), False)):
        of_irn = [acts for run in range(3) for front, acts in weighed(world, seed=1, run=run) if front == "irn-isr"]
        assert any(act.terms[term] for acts in of_irn for act in acts) is present


def test_face_is_lost_by_restraint_alone_while_a_demand_stands_and_nobody_can_conciliate() -> None:
    demand = {"kind": "demand", "sender": "defender", "receivers": ["challenger"], "date": 1.0, "due": 40.0}
    data = load("two-state-deterrence").to_dict()
    data["signals"]["demand"] = demand | {"source": "invented", "planned": True}
    data["rules"] = data.get("rules", {}) | {"conciliation": False}
    acts = [
        acts
        for run in range(10)
        for front, acts in weighed(Scenario.from_dict(data), seed=1, run=run)
        if front == "challenger-defender"
    ]
    assert any(parts[0].terms["face"] == pytest.approx(-0.2) for parts in acts)
    assert all(act.terms["face"] == 0.0 for parts in acts for act in parts[1:])


def test_a_proxy_has_its_own_terms_less_its_principals_control() -> None:
    scenario = load("haniyeh-2024")
    own, mixed = (
        next(acts for front, acts in weighed(world, seed=1, run=17) if front == "hzb-isr")
        for world in (scenario.replace("actors.hzb.control", 0.0), scenario.replace("actors.hzb.control", 0.25))
    )
    assert all(act.terms["principal"] == 0.0 for act in own)
    for alone, led in zip(own, mixed, strict=True):
        assert led.terms["principal"] != 0.0
        assert led.terms["belligerence"] == pytest.approx(0.75 * alone.terms["belligerence"], abs=1e-12)
