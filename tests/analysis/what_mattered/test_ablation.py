import numpy as np
import pytest
from crises import Play

import escalation as esc
from escalation.analysis.what_mattered.ablation import ablate
from escalation.analysis.what_mattered.switches import MECHANISMS, without_mechanism
from escalation.dynamics.roles import BACKGROUND_CLOCK, PROMPTED
from escalation.dynamics.support import expected_victory
from escalation.dynamics.utility import weigh
from escalation.engines.explaining.terms import weighed_acts


@pytest.fixture(scope="module")
def haniyeh() -> esc.Scenario:
    return esc.load("haniyeh-2024")


ORDER = {"kind": "demand", "date": 1, "sender": "usa", "receivers": ["irn"], "subject": "isr", "due": 30.0}


@pytest.fixture(scope="module")
def second(haniyeh: esc.Scenario) -> esc.Scenario:
    """The Haniyeh crisis with every piece of the second version of the model."""
    data = haniyeh.to_dict()
    data["rules"] = {
        "covert_acts": "declared", "limited_force_discount": 0.5, "destruction_cost": 0.7, "deliberations": "one",
        "joining": "credence", "belligerency": True, "amends_in_words": 0.5, "threat_cost": 0.1, "conciliation": True,
        "least_delay": 0.0, "force_preparation": 2.0, "public_word": 0.6, "private_word": 0.8, "public_act": 0.9,
    }  # fmt: skip
    data["signals"] |= {
        "call": {"kind": "appeal", "date": 1, "sender": "usa", "receivers": ["isr"], "subject": "irn"},
        "no": {"kind": "refusal", "date": 1, "sender": "irn", "receivers": ["isr"]},
        "order": ORDER,
        "no-more": {"kind": "withdrawal", "date": 3, "sender": "usa", "receivers": ["irn"], "subject": "order"},
        "part": {
            "kind": "concession",
            "date": 2,
            "sender": "irn",
            "receivers": ["usa"],
            "subject": "order",
            "share": 0.5,
        },
        "leave": {"kind": "authorisation", "date": 2, "sender": "irn", "receivers": ["hzb"]},
    }
    data["events"]["us-deployment"]["rung"] = "display"
    return esc.Scenario.from_dict(data)


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_switch_changes_the_scenario_once(second: esc.Scenario, name: str) -> None:
    without = without_mechanism(second, name)
    assert without.hash != second.hash
    assert without_mechanism(without, name).hash == without.hash


def test_without_costly_threats_they_answer_an_injury_in_full(second: esc.Scenario) -> None:
    rules = without_mechanism(second.replace("rules.threat_relief", 0.3), "threat-cost").rules
    assert (rules.threat_cost, rules.threat_relief) == (0.0, 1.0)
    answers = second.replace("rules.threat_cost", 0.0).replace("rules.threat_relief", 0.3)
    assert without_mechanism(answers, "threat-cost").hash != answers.hash


OF_TERM = {
    "retaliation": ("honour", "pressure"), "spoiler": ("spoiler",), "bait": ("bait",), "face": ("face",),
    "audience-cost": ("audience",), "belligerence": ("belligerence",), "first-strike": ("first strike",),
    "leash": ("leash",), "patron-reply": ("patrons",), "proxy": ("principal",), "gains": ("gain",),
}  # fmt: skip
"""Terms of utility that are nothing without a mechanism."""


def weighed(scenario: esc.Scenario, days: int) -> dict[str, float]:
    """Greatest size of each term of utility over all acts on all fronts, were all to decide on each of some days."""
    greatest: dict[str, float] = {}
    play = Play(scenario)
    for _ in range(days):
        play.quiet(1)
        for f, front in enumerate(play.crisis.fronts):
            if front.active and not front.at_war:
                weigh(play.crisis, f)
                for act in weighed_acts(play.crisis, f, play.lowered.option_names, 0):
                    for term, value in act.terms.items():
                        greatest[term] = max(greatest.get(term, 0.0), abs(value))
    return greatest


@pytest.fixture(scope="module")
def ordered(haniyeh: esc.Scenario) -> esc.Scenario:
    """The Haniyeh crisis with a demand, to which one may yield and lose face."""
    data = haniyeh.to_dict()
    data["signals"]["order"] = ORDER
    return esc.Scenario.from_dict(data)


@pytest.fixture(scope="module")
def with_all(ordered: esc.Scenario) -> dict[str, float]:
    return weighed(ordered, 12)


@pytest.mark.parametrize("name", OF_TERM)
def test_without_a_mechanism_its_terms_of_utility_are_nothing(
    ordered: esc.Scenario, with_all: dict[str, float], name: str
) -> None:
    # Mediation and appeals raise the cost of belligerence, and are mechanisms of their own.
    quiet = without_mechanism(without_mechanism(ordered, "mediation"), "appeal")
    others = quiet if name == "belligerence" else ordered
    without = weighed(without_mechanism(others, name), 12)
    for term in OF_TERM[name]:
        assert with_all[term] > 0.0
        assert without[term] == 0.0


def test_without_replies_none_is_expected_and_without_capability_both_win_alike(haniyeh: esc.Scenario) -> None:
    trajectory = esc.simulate(without_mechanism(haniyeh, "replies"), seed=1, run=17)
    act = next(act for act in trajectory.acts if trajectory.front_ids[act["front"]] == "irn-isr")
    (found,) = trajectory.explain(float(act["period"]), "irn", target="isr")
    assert all(act.replies in ({"restraint": 1.0}, {}) for act in found.acts)
    play = Play(without_mechanism(haniyeh, "contest"))
    assert {expected_victory(play.crisis, f) for f in range(len(play.crisis.fronts))} == {(0.5, 0.5, 0.5)}


def test_without_tied_hands_a_vow_tells_nothing_of_resolve(haniyeh: esc.Scenario) -> None:
    whole, without = (Play(scenario).play(3) for scenario in (haniyeh, without_mechanism(haniyeh, "tied-hands")))
    start = Play(haniyeh).front("isr-irn").resolve
    assert without.front("isr-irn").resolve == start != whole.front("isr-irn").resolve


def test_without_the_background_clock_all_decisions_are_prompted(haniyeh: esc.Scenario) -> None:
    def prompted(scenario: esc.Scenario) -> set[int]:
        play, found = Play(scenario), set()
        for _ in range(60):
            play.open()
            found |= {front.deciding for front in play.crisis.fronts}
            play.close()
        return found

    assert BACKGROUND_CLOCK in prompted(haniyeh)
    assert prompted(without_mechanism(haniyeh, "background-clock")) == {0, PROMPTED}


def test_without_fading_an_injury_lasts(haniyeh: esc.Scenario) -> None:
    unvowed = haniyeh.without("khamenei-vow").without("government-vow")  # while a vow stands an injury does not fade

    def left(scenario: esc.Scenario) -> float:
        play = Play(scenario).quiet(5)
        before = play.incident("haniyeh-killed").level
        return play.quiet(50).incident("haniyeh-killed").level / before

    assert left(unvowed) < 0.7
    assert left(without_mechanism(unvowed, "fading")) == pytest.approx(1.0, abs=1e-6)


def test_attribution_without_doubt_is_to_the_likeliest(haniyeh: esc.Scenario) -> None:
    suspects = [
        {"actors": ["usa"], "prior": 0.2},
        {"actors": ["isr"], "prior": {"distribution": "uniform", "low": 0.5, "high": 0.9}, "likelihood": 2.0},
        {"actors": ["isr", "usa"], "prior": 1.0, "likelihood": 0.1},
    ]
    without = without_mechanism(haniyeh.replace("events.haniyeh-killed.suspects", suspects), "attribution")
    (only,) = without.events["haniyeh-killed"].suspects  # type: ignore[union-attr]
    assert only.actors == ("isr",)


def test_scheduled_accidents_are_incidents(haniyeh: esc.Scenario) -> None:
    clash = esc.Accident.model_validate(
        {"id": "clash", "kind": "accident", "date": 40, "planned": True, "actor": "isr"}
        | {"victims": [{"actor": "hzb", "severity": 0.5}]}
    )
    assert "clash" in haniyeh.with_event(clash).events
    assert "clash" not in without_mechanism(haniyeh.with_event(clash), "incidents").events


def test_without_covert_acts_all_else_draws_the_same(haniyeh: esc.Scenario) -> None:
    """Where no front is deniable there is nothing to switch off; where one is, most runs stay as they were."""
    two = esc.load("two-state-deterrence")
    assert without_mechanism(two, "covert-acts") == two
    row = ablate(haniyeh, runs=500, seed=1, mechanisms=["covert-acts"], events=["war"], progress=False).rows[
        "covert-acts"
    ]
    assert row.acts_differ is not None
    assert 0.2 < row.acts_differ.value < 0.8


def test_unknown_mechanism_gets_its_near_name(haniyeh: esc.Scenario) -> None:
    with pytest.raises(esc.StudyError, match="did you mean 'leash'"):
        without_mechanism(haniyeh, "lesh")
    with pytest.raises(esc.StudyError, match="no mechanism 'lesh'"):
        ablate(haniyeh, runs=10, mechanisms=["lesh"])


def test_unknown_event_is_refused_before_any_mechanism_is_tried(haniyeh: esc.Scenario) -> None:
    with pytest.raises(esc.StudyError, match="no event"):
        ablate(haniyeh, runs=10, events=["peace"], progress=False)


def test_effects_are_those_of_a_paired_comparison(haniyeh: esc.Scenario) -> None:
    study = ablate(haniyeh, runs=1000, seed=1, mechanisms=["retaliation", "commitment"], progress=False)
    pair = esc.compare(haniyeh, without_mechanism(haniyeh, "retaliation"), runs=1000, seed=1, progress=False)
    row = study.rows["retaliation"]
    assert row.effects["war"] == pair.differences["war"]
    without, within = (world.probability("war").value for world in (pair.second, pair.first))
    assert row.effects["war"].value == pytest.approx(without - within)
    assert row.effects["war"].value < -0.01, "without retaliation there is less war"
    assert row.acts_differ is not None
    assert row.acts_differ.value > 0.5
    assert row.acts_differ.value == np.mean(pair.first.outcomes["signature"] != pair.second.outcomes["signature"])
    assert study.rows["commitment"].acts_differ is None  # fronts of patrons are gone
    assert "joined:usa-isr" not in study.rows["commitment"].effects


def test_a_mechanism_that_is_not_in_use_says_so() -> None:
    study = ablate(esc.load("two-state-deterrence"), runs=10, mechanisms=["proxy"], progress=False)
    assert not study.rows["proxy"].used
    assert study.summary()["mechanisms"]["proxy"] == {
        "about": "control of a principal, and joint answers",
        "used": False,
        "acts_differ": None,
        "effects": {},
    }


def test_what_bears_on_nothing_is_left_as_it_is() -> None:
    """Stakes that are all 1, and reasons that nobody could share, are no mechanisms of a scenario."""
    data = {"name": "two", "horizon": 9, "actors": {name: {} for name in "abc"}, "fronts": {"a-b": {}, "b-a": {}}}
    two = esc.Scenario.from_dict(data)
    assert without_mechanism(two, "stakes") == without_mechanism(two, "shared-reasons") == two
    for more in (
        {"commitments": {"p": {"patron": "c", "protege": "a"}}},
        {"commitments": {"p": {"patron": "c", "protege": ["a"], "adversary": "b"}}},
        {"fronts": {"a-b": {}, "b-a": {}, "c-b": {}, "b-c": {}}},
        {"fronts": {pair: {} for pair in ("a-b", "b-a", "c-b", "b-c", "a-c", "c-a")}},
    ):
        assert without_mechanism(esc.Scenario.from_dict(data | more), "shared-reasons").rules.shared_reasons == 0.0
    blow = {"kind": "provocation", "date": 0, "victims": [{"actor": "a", "severity": 0.6}]}
    blow["suspects"] = [{"actors": ["b"]}]
    back = {**blow, "date": 2, "victims": [{"actor": "b", "severity": 0.6}], "suspects": [{"actors": ["a"]}]}
    for events, answers in (
        ({"blow": blow}, True),  # nothing came before it
        ({"blow": blow, "back": {**back, "date": 0}}, True),
        ({"blow": blow, "back": {**back, "suspects": [{"actors": ["c"]}]}}, True),  # faces nobody
        ({"blow": blow, "back": back}, False),
        ({"back": back}, False),  # somebody may have chosen to injure it by then
    ):
        timed = esc.Scenario.from_dict(data | {"events": events})
        assert without_mechanism(timed, "scheduled-answers").rules.scheduled_answers is answers
    staked = esc.Scenario.from_dict(data | {"fronts": {"a-b": {"stake": 0.9}, "b-a": {}}})
    assert without_mechanism(staked, "stakes").rules.injury_stakes == 0.0
