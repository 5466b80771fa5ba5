"""Conciliation and agreements: what the act is worth, who is expected to answer it, what it does, and what ends it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from crises import Play, crisis_of, replies_to

import escalation as esc
from escalation.dynamics.acting import ActTerms, act_terms
from escalation.dynamics.commitments import start_war
from escalation.dynamics.decision import note_choice
from escalation.dynamics.roles import BACKGROUND_CLOCK, STANDING
from escalation.dynamics.signals import signals_arrive
from escalation.dynamics.utility import principal_utilities, weigh
from escalation.world.ladder import load_ladder

OPEN: dict[str, Any] = {"conciliation": True, "amends": 0.5, "act_window": 14.0}
NEVER = -math.inf


def crisis(fronts: str = "a-b", **tables: Any) -> Play:
    rules = OPEN | tables.pop("rules", {})
    return Play(crisis_of(fronts, rules=rules, **tables))


def do(play: Play, day: int, **acts: str) -> Play:
    """Let acts be done on a day, by whom and to whom; nobody else decides."""
    play.at(day)
    for front in play.crisis.fronts:
        front.chosen = -1
    for pair, act in acts.items():
        play.front(pair.replace("_", "-")).chosen = play.o(act)
    return play.close()


# ---------------------------------------------------------------------------------------------------------- the choice


@pytest.mark.parametrize("ladder", ["default", "ten-rung", "kahn-44"])
def test_it_is_the_last_option_and_a_class_of_its_own_on_every_ladder(ladder: str) -> None:
    play = crisis(ladder=ladder)
    last = len(play.crisis.options) - 1
    rungs = load_ladder(ladder).rungs
    assert play.lowered.option_names[last] == "conciliation"
    assert last == len(rungs) + sum(rung.covert for rung in rungs)
    assert play.lowered.option_rungs[last] == 0
    assert play.crisis.crowding[last] == 0.0
    front = play.front("a-b")
    assert play.crisis.offered[play.f("a-b")][front.offers - 1] == last
    assert front.attack != front.offers - 1


def test_it_is_on_offer_on_a_front_with_ongoing_hostilities() -> None:
    play = crisis(front={"a-b": {"baseline": "major-strike"}, "b-a": {"baseline": "major-strike"}})
    front = play.front("a-b")
    names = [play.lowered.option_names[o] for o in play.crisis.offered[play.f("a-b")][: front.offers]]
    assert names == ["restraint", "war", "conciliation"]
    assert names[front.attack] == "war"


def test_its_own_value_at_depth_0_by_hand() -> None:
    """−v·(k + rev·k) + M, where nothing that needs a reply counts: −2·(.1 + .5·.1) + .25 = −.05."""
    play = crisis(rules={"depth": 0, "concession": 0.1}, front={"a-b": {"stake": 2.0, "revisionism": 0.5}, "b-a": {}})
    front = play.front("a-b")
    front.mediation, front.mediation_until = 0.05, 10.0
    front.appeal, front.appeal_until = 0.2, 10.0
    play.at(3)
    f = play.f("a-b")
    weigh(play.crisis, f)
    values = play.crisis.value[f]
    assert values[play.o("conciliation")] - values[0] == pytest.approx(-0.05, abs=1e-12)
    play.at(11)  # after the mediation and the appeal
    weigh(play.crisis, f)
    assert play.crisis.value[f][play.o("conciliation")] - play.crisis.value[f][0] == pytest.approx(-0.3, abs=1e-12)


def test_only_giving_in_to_a_third_party_costs_face() -> None:
    def terms(act: str, *, direct: int, conciliation: bool = True) -> ActTerms:
        play = Play(crisis_of(rules={"conciliation": conciliation, "face": 0.4})).at(3)
        front = play.front("a-b")
        front.demand_until, front.demand_publicity, front.demand_direct = 10.0, 1.0, direct
        return act_terms(play.crisis, play.f("a-b"), play.o(act), play.i("a"))

    assert terms("conciliation", direct=0).face == pytest.approx(-0.4)
    assert terms("conciliation", direct=1).face == 0.0
    assert terms("restraint", direct=0).face == terms("restraint", direct=1).face == 0.0
    assert terms("restraint", direct=0, conciliation=False).face == pytest.approx(-0.4)
    assert terms("restraint", direct=0).concession == 0.0


def replies(act: str, **front: float) -> dict[str, float]:
    """Replies that `a` expects of `b` to an act, by name."""
    play = crisis(rules={"concession": -0.1, "exploited": 1.0}).at(3)
    for name, value in front.items():
        setattr(play.front("a-b"), name, value)
    if "refused_until" in front:
        play.front("b-a").refused_until = front["refused_until"]
        play.front("a-b").refused_until = NEVER
    f = play.f("a-b")
    row = replies_to(play.crisis, f, play.o(act))
    names = (play.lowered.option_names[o] for o in play.crisis.offered[play.f("b-a")])
    return dict(zip(names, row, strict=False))


def test_whoever_is_feared_or_wants_to_be_struck_is_not_expected_to_conciliate() -> None:
    calm = replies("restraint", fear=0.0, motive=0.0)
    assert calm["conciliation"] > 0.05
    baited = replies("restraint", fear=0.0, motive=0.4)
    lost = 0.4 * baited["conciliation"] / 0.6
    # what is lost goes to restraint; the motive moves no other reply by itself
    assert baited["conciliation"] + lost == pytest.approx(calm["conciliation"], abs=1e-12)
    assert baited["restraint"] == pytest.approx(calm["restraint"] + lost, abs=1e-12)
    feared = replies("restraint", fear=0.3, motive=0.4)
    assert feared["conciliation"] == pytest.approx(0.7 * baited["conciliation"], abs=1e-12)
    assert sum(feared.values()) == pytest.approx(1.0, abs=1e-12)
    assert replies("restraint", fear=0.0, motive=0.0, refused_until=20.0)["conciliation"] == 0.0


def test_a_conciliatory_act_is_expected_to_be_answered_in_kind_by_the_injured() -> None:
    def answers(act: str, injury: float) -> float:
        play = crisis(rules={"concession": -0.1}).at(3)
        play.front("b-a").injury = injury
        f = play.f("a-b")
        return replies_to(play.crisis, f, play.o(act))[-1]

    assert answers("conciliation", 0.6) > answers("restraint", 0.6) + 0.01


def expected_answer(play: Play, act: str = "conciliation") -> float:
    """Probability with which `a` expects `b` to conciliate upon an act."""
    f = play.f("a-b")
    return replies_to(play.crisis, f, play.o(act))[-1]


def test_whoever_meets_a_demand_is_expected_to_be_met_in_kind_as_far_as_it_is_credible() -> None:
    """Of what is not expected anyhow, s·ω more: .5·(.7·.9·.8)."""
    demand = {"kind": "demand", "date": 2, "sender": "b", "receivers": ["a"], "credence": 0.7, "alignment": 0.8}
    tables: dict[str, Any] = {"actors": {"b": {"honesty": 0.9}}, "signals": {"demand": demand}}

    def answers(assurance: float, **rules: float) -> tuple[float, float]:
        play = crisis(rules={"assurance": assurance, "amends": 1.0, **rules}, **tables)
        play.front("a-b").fear = play.front("a-b").motive = 0.0
        play.at(2)
        play.crisis.clock[0].latest = 2.5
        signals_arrive(play.crisis)
        play.at(3)
        return expected_answer(play), expected_answer(play, "threat")

    without, with_assurance = answers(0.0), answers(0.5)
    share = 0.5 * 0.7 * 0.9 * 0.8
    assert with_assurance[0] == pytest.approx(without[0] + share * (1.0 - without[0]), abs=1e-12)
    assert with_assurance[1] == without[1]  # nothing else is met in kind
    assert answers(0.5, public_word=0.5)[0] == pytest.approx(without[0] + 0.5 * share * (1.0 - without[0]), abs=1e-12)


def test_an_offer_that_stands_needs_but_to_be_answered() -> None:
    play = crisis().at(3)
    play.front("a-b").fear, play.front("a-b").motive = 0.0, 0.25
    open_offer = expected_answer(play)
    assert 0.0 < open_offer < 0.75
    play.front("b-a").conciliated = 0.0
    assert expected_answer(play) == pytest.approx(0.75)
    assert expected_answer(play, "threat") < 0.75
    play.at(20)  # after the window
    assert expected_answer(play) < 0.75


def test_force_exploits_it_and_an_agreement_rewards_it() -> None:
    def worth(**rules: float) -> float:
        play = crisis(rules=rules).at(3)
        play.front("a-b").fear = 0.4
        weigh(play.crisis, play.f("a-b"))
        values = play.crisis.value[play.f("a-b")]
        return float(values[play.o("conciliation")] - values[0])

    assert worth(exploited=5.0) < worth(exploited=0.0) - 0.05
    assert worth(peace=1.0) > worth(peace=0.0) + 0.01


def test_a_proxy_weighs_it_with_its_principal_and_answers_for_itself() -> None:
    play = crisis("a-b c-b", actors={"c": {"principal": "a", "control": 1.0}})
    play.front("b-a").injury = play.front("b-c").injury = 0.6
    f = play.f("c-b")
    assert principal_utilities(play.crisis, f)
    weigh(play.crisis, f)
    last = play.o("conciliation")
    assert play.crisis.value[f][last] == play.crisis.principal_value[last]
    do(play, 3, c_b="conciliation")
    assert play.front("b-c").injury == pytest.approx(0.3)
    assert play.front("b-a").injury == 0.6
    assert play.front("a-b").conciliated == NEVER


# -------------------------------------------------------------------------------------------------------- what it does


@pytest.mark.parametrize("order", ["a-b", "b-a"])
def test_two_at_one_moment_agree_whoever_is_listed_first(order: str) -> None:
    play = crisis(order)
    for front in ("a-b", "b-a"):
        play.front(front).injury = 0.8
        play.front(front).rested = 1
    do(play, 3, a_b="conciliation", b_a="conciliation")
    for front in ("a-b", "b-a"):
        assert play.front(front).agreed == 1
        assert play.front(front).injury == pytest.approx(0.2)  # amends by the act, and once more by the agreement
        assert play.front(front).due == math.inf
        assert play.front(front).rested == 1  # nobody is called upon to answer what is agreed


@pytest.mark.parametrize(("later", "agreed"), [(14, 1), (15, 0)])
def test_an_answer_counts_within_the_act_window(later: int, agreed: int) -> None:
    play = crisis()
    do(play, 3, a_b="conciliation")
    assert play.front("b-a").due < math.inf
    do(play, 3 + later, b_a="conciliation")
    assert play.front("a-b").agreed == play.front("b-a").agreed == agreed
    assert play.front("a-b").agreed_period == (3 + later if agreed else -1)
    assert (play.front("a-b").due < math.inf) is (agreed == 0)


@pytest.mark.parametrize("striker", ["a_b", "b_a"])
def test_force_takes_back_what_was_offered_before(striker: str) -> None:
    play = crisis()
    do(play, 3, a_b="conciliation")
    do(play, 4, **{striker: "limited-strike"})
    do(play, 5, b_a="conciliation")
    assert play.front("a-b").agreed == 0
    do(play, 6, a_b="conciliation")
    assert play.front("a-b").agreed == 1


@pytest.mark.parametrize("act", ["threat", "display"])
def test_less_than_force_leaves_an_agreement(act: str) -> None:
    play = crisis()
    do(play, 3, a_b="conciliation", b_a="conciliation")
    do(play, 4, a_b=act)
    assert play.front("a-b").agreed == 1


def test_vows_threats_and_demands_lapse_unbroken() -> None:
    play = crisis()
    front = play.front("a-b")
    front.vow, front.vow_standing, front.vow_due = 0.6, STANDING, 9.0
    front.threat_until = 40.0
    play.front("b-a").demand_until = 40.0
    do(play, 3, a_b="conciliation", b_a="conciliation")
    assert (front.vow_standing, front.threat_until, play.front("b-a").demand_until) == (0, -1.0, -1.0)
    do(play, 10)
    assert play.actor("a").vows_broken == play.actor("a").vows_kept == 0


def test_amends_go_as_far_as_the_blame() -> None:
    attack = {"kind": "provocation", "date": 1, "victims": [{"actor": "b", "severity": 0.8}],
              "suspects": [{"actors": ["a"], "prior": 0.6}], "other": {"prior": 0.4}}  # fmt: skip
    play = crisis(events={"attack": attack})
    play.period().period()
    incident, blame = play.incident("attack"), play.blame("attack")["a"]
    assert 0.0 < blame < 1.0
    before = incident.level
    do(play, 3, a_b="conciliation")
    assert incident.level == pytest.approx(before * (1.0 - 0.5 * blame))


def test_it_reveals_the_type_even_where_nothing_called_for_it() -> None:
    def seen(act: str) -> float:
        play = crisis(actors={"a": {"war_cost": {"resolute": 0.2, "irresolute": 2.0}}}).at(3)
        f = play.f("a-b")
        play.front("a-b").deciding = BACKGROUND_CLOCK
        weigh(play.crisis, f)
        note_choice(play.crisis, f, play.o(act))
        play.close()
        return float(play.front("b-a").resolve)

    assert seen("restraint") == 0.5
    assert seen("conciliation") != 0.5


def test_it_is_no_act_above_restraint_but_enters_the_fingerprint_of_the_run() -> None:
    play = crisis()
    before, last = play.clock.signature, play.clock.last_act
    do(play, 3, a_b="conciliation", b_a="limited-strike")
    one = play.clock.signature
    other = crisis()
    do(other, 3, b_a="limited-strike")
    assert before not in (one, other.clock.signature)
    assert one != other.clock.signature
    calm = do(crisis(), 3, a_b="conciliation")
    assert calm.clock.last_act == last
    assert calm.clock.signature != before


# ------------------------------------------------------------------------------------------------------ how it settles


def test_agreed_on_every_open_front_is_settled() -> None:
    play = crisis("a-b c-b")
    do(play, 3, a_b="conciliation", b_a="conciliation")
    assert play.clock.settled == -1
    do(play, 4, c_b="conciliation", b_c="conciliation")
    assert play.clock.settled == 4


def test_a_war_that_was_there_at_the_start_leaves_nothing_to_be_agreed() -> None:
    war = {"c-b": {"at_war": True}, "b-c": {"at_war": True}}
    play = crisis(front=war)
    do(play, 3, a_b="conciliation", b_a="conciliation")
    assert play.clock.settled == 3


def test_a_war_that_came_about_ends_an_agreement_and_keeps_the_crisis_from_settling() -> None:
    play = crisis("a-b c-b")
    do(play, 3, a_b="conciliation", b_a="conciliation")
    start_war(play.crisis, play.f("a-b"), 3)
    assert play.front("a-b").agreed == play.front("b-a").agreed == 0
    do(play, 4, c_b="conciliation", b_c="conciliation")
    assert play.clock.settled == -1


def test_a_vow_made_since_keeps_the_crisis_from_settling() -> None:
    play = crisis("a-b c-b")
    do(play, 3, a_b="conciliation", b_a="conciliation")
    play.front("a-b").vow_standing, play.front("a-b").vow_due = STANDING, 50.0
    do(play, 4, c_b="conciliation", b_c="conciliation")
    assert play.clock.settled == -1


def test_a_front_that_only_a_joining_patron_opens_needs_no_agreement() -> None:
    play = crisis(commitments={"pact": {"patron": "c", "protege": "a", "adversary": "b"}})
    assert play.front("c-b").active == 0
    do(play, 3, a_b="conciliation", b_a="conciliation")
    assert play.clock.settled == 3


# ---------------------------------------------------------------------------------------------------------- whole runs


def agreement(runs: int = 2_000, **changes: Any) -> float:
    scenario = esc.load("two-state-deterrence").replace("rules.conciliation", True)
    for path, value in changes.items():
        scenario = scenario.replace(path.replace("__", "."), value)
    return esc.run(scenario, runs=runs, seed=1, progress=False).probability("agreement").value


def test_worth_of_peace_raises_agreements_and_the_wish_to_be_struck_lowers_them() -> None:
    usual = agreement()
    assert agreement(rules__peace=1.0) > usual + 0.02
    motives = {"fronts__challenger-defender__motive": 1.0, "fronts__defender-challenger__motive": 1.0}
    assert agreement(**motives, rules__peace=1.0) < agreement(rules__peace=1.0) - 0.02


def test_where_force_exploits_a_concession_it_is_made_less_often() -> None:
    assert agreement(rules__exploited=10.0) < agreement(rules__exploited=0.0) - 0.02
