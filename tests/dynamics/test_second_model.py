"""The second model's pieces, step by step, and the direction of each in whole runs that start from the first model."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of
from first_version import FIRST_VERSION

import escalation as esc
from escalation.dynamics.commitments import allies_go_to_war, call_patrons, start_war
from escalation.dynamics.decision import note_choice
from escalation.dynamics.prompting import prepare, prompt
from escalation.dynamics.roles import BY_COMMITMENT, FORCE, PROMPTED, STANDING
from escalation.dynamics.signals import signals_arrive
from escalation.dynamics.support import credence_where
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.mechanisms.alliances import joining_by_credence
from escalation.world.scenario import Scenario

RUNS = 4_000


def share(scenario: Scenario, event: str = "initiation", **where: str) -> float:
    return esc.run(scenario, runs=RUNS, seed=1, progress=False).probability(event, **where).value


def two_states(**rules: Any) -> Scenario:
    scenario = esc.load("two-state-deterrence")
    for name, value in (FIRST_VERSION | rules).items():
        scenario = scenario.replace(f"rules.{name}", value)
    return scenario


# -------------------------------------------------------------------------------------------- covert acts, destruction


def test_covert_acts_are_on_offer_where_they_are_declared() -> None:
    play = Play(crisis_of(front={"a-b": {"deniable": True}, "b-a": {}}, rules={"covert_acts": "declared"}))
    offered = {
        front: {play.lowered.option_names[o] for o in play.crisis.offered[play.f(front)][: play.front(front).offers]}
        for front in ("a-b", "b-a")
    }
    assert {name for name in offered["a-b"] if "covert" in name} == {"limited-strike (covert)"}
    assert not any("covert" in name for name in offered["b-a"])


def test_limited_force_that_is_cheaper_at_home_is_chosen_more_often() -> None:
    assert share(two_states(limited_force_discount=0.8)) > share(two_states()) + 0.02


def test_destruction_with_a_price_of_its_own_deters_by_that_price() -> None:
    cheap, dear = (
        share(two_states(destruction="priced", destruction_cost=price), "rung:limited-strike") for price in (0.1, 3.0)
    )
    assert dear < cheap - 0.05


def test_a_cost_of_war_no_longer_deters_skirmishes_beyond_their_risk() -> None:
    """Where destruction has its own price, ten times the cost of war moves limited force by the risk of war alone."""

    def fall(**rules: Any) -> float:
        cheap, dear = (
            share(two_states(**rules, brinkmanship_scale=0.0, accident_hazard=0.0).replace("actors.challenger.war_cost",
                  {"resolute": c, "irresolute": c}))
            for c in (0.5, 5.0)
        )  # fmt: skip
        return cheap - dear

    assert fall() > 0.05
    assert abs(fall(destruction="priced", destruction_cost=0.7)) < 0.03


# ------------------------------------------------------------------------------------------------------- deliberation


def test_one_deliberation_stands_unless_force_or_an_injury_brings_it_forward() -> None:
    play = Play(crisis_of(rules={"deliberations": "one", "least_delay": 0.0}))
    f = play.f("a-b")
    prompt(play.crisis, f, 3.0, 1)
    first = play.front("a-b").due
    for cause in range(2, 60):
        prompt(play.crisis, f, 3.1, cause)
    assert play.front("a-b").due == first
    for cause in range(2, 60):
        prompt(play.crisis, f, 3.0, cause, True)
    assert 3.0 <= play.front("a-b").due < first


def test_a_decision_can_fall_on_the_day_of_its_prompt() -> None:
    scenario = crisis_of(actors={"a": {"response_delay": 0.01, "response_spread": 0.1}}, rules={"least_delay": 0.0})
    play = Play(scenario)
    prompt(play.crisis, play.f("a-b"), 3.0, 1)
    assert play.front("a-b").due < 3.1


def first_force(ratio: float) -> np.ndarray:
    """Days of the challenger's first force, in runs that reached it."""
    scenario = two_states(deliberations="one", least_delay=0.0, force_preparation=ratio)
    days = esc.run(scenario, runs=RUNS, seed=1, progress=False).first_day(
        "rung:limited-strike", actor="challenger", target="defender"
    )
    return days[np.isfinite(days)]


def test_force_against_a_target_that_has_used_none_is_prepared() -> None:
    """What is preferred on day 4, of a prompt on day 1, takes effect three times as long after that prompt."""
    play = Play(crisis_of(rules={"deliberations": "one", "force_preparation": 3.0}))
    f, front = play.f("a-b"), play.front("a-b")
    force = next(o for o, option in enumerate(play.crisis.options) if option.role >= FORCE)
    prompt(play.crisis, f, 1.0, 1)
    clock = play.crisis.clock[0]
    clock.now, clock.latest, front.deciding = 4.0, 4.5, PROMPTED
    assert prepare(play.crisis, f, force)
    assert (front.due, front.prepared, front.deciding) == (4.0 + 2.0 * 3.0, 1, 0)
    clock.now, clock.latest, front.deciding = 10.0, 10.5, PROMPTED
    assert not prepare(play.crisis, f, force)
    note_choice(play.crisis, f, force)
    assert front.prepared == 0


@pytest.mark.parametrize("ready", ["it fights", "the target fights", "its vow falls due", "no force", "same day"])
def test_force_needs_no_preparation(ready: str) -> None:
    play = Play(crisis_of(rules={"deliberations": "one", "force_preparation": 3.0}))
    f, front, clock = play.f("a-b"), play.front("a-b"), play.crisis.clock[0]
    force = next(o for o, option in enumerate(play.crisis.options) if option.role >= FORCE)
    prompt(play.crisis, f, 4.0 if ready == "same day" else 1.0, 1)
    clock.now, clock.latest, front.deciding = 4.0, 4.5, PROMPTED
    if ready == "it fights":
        front.used_force = 1
    elif ready == "the target fights":
        play.front("b-a").used_force = 1
    elif ready == "its vow falls due":
        front.vow_standing, front.vow_due = STANDING, 4.2
    assert not prepare(play.crisis, f, 0 if ready == "no force" else force)


def test_an_injury_brings_prepared_force_forward() -> None:
    play = Play(crisis_of(actors={"a": {"response_delay": 1.0, "response_spread": 0.1}},
                          rules={"deliberations": "one", "force_preparation": 9.0}))  # fmt: skip
    f, front, clock = play.f("a-b"), play.front("a-b"), play.crisis.clock[0]
    force = next(o for o, option in enumerate(play.crisis.options) if option.role >= FORCE)
    prompt(play.crisis, f, 1.0, 1)
    clock.now, clock.latest, front.deciding = 4.0, 4.5, PROMPTED
    assert prepare(play.crisis, f, force)
    prompt(play.crisis, f, 5.0, 2, True)
    assert 5.5 < front.due < 7.0


def test_preparation_delays_the_first_force_and_a_ratio_of_one_changes_nothing() -> None:
    as_long, longer = first_force(1.0), first_force(3.0)
    assert np.median(longer) > 1.5 * np.median(as_long)
    assert longer.size < as_long.size  # the crisis may settle meanwhile


# --------------------------------------------------------------------------------------------------------- belligerency

CHAIN = {"c": ("b", "a"), "d": ("a", "c")}


def chain(order: str = "abcd", pledges: str = "cd", **rules: Any) -> Scenario:
    """A war of a on b calls c, whose war on a calls d."""
    rows = {
        f"of-{patron}": {"patron": patron, "protege": CHAIN[patron][0], "adversary": CHAIN[patron][1],
                         "credence": {"mean": 0.9}}
        for patron in pledges
    }  # fmt: skip
    pairs = ({"a", "b"}, {"a", "c"})
    fronts = {f"{one}-{two}": {} for one, two in itertools.permutations(order, 2) if {one, two} in pairs}
    return Scenario.from_dict(
        {
            "name": "chain",
            "horizon": 40,
            "actors": {name: {} for name in order},
            "fronts": fronts,
            "commitments": rows,
            "events": {
                "attack": {"kind": "provocation", "date": 1, "victims": [{"actor": "a", "severity": 0.9}],
                           "suspects": [{"actors": ["b"]}]}
            },
            "rules": {"belligerency": True, "joining": "credence", "brinkmanship_scale": 0.3} | rules,
        }
    )  # fmt: skip


def test_a_war_calls_allies_and_their_war_calls_the_allies_of_their_enemies() -> None:
    joined = wars = 0
    for run in range(200):
        play = Play(chain(), run=run)
        play.crisis.clock[0].period = 5
        start_war(play.crisis, play.f("a-b"), 1)
        allies_go_to_war(play.crisis)
        both = play.pledge("of-c:a").joined, play.pledge("of-d:c").joined
        joined += both[0]
        assert play.front("c-a").at_war == both[0]
        assert play.front("d-c").at_war == both[1]
        assert both[0] or not both[1]
        if both[1]:
            wars += 1
            assert play.front("d-c").war_cause == BY_COMMITMENT
            lower = range(1, len(play.lowered.rung_names) - 1)
            assert all(play.crisis.crossed[play.f("d-c")][rung] == -1 for rung in lower)
    # credence .9, with equal costs of both types: false alarms in 16,000
    assert abs(joined - 180) < 4.0 * math.sqrt(200 * 0.9 * 0.1)
    assert abs(wars - 0.9 * joined) < 4.0 * math.sqrt(joined * 0.9 * 0.1)


def test_war_by_commitment_is_war_and_no_initiation() -> None:
    ensemble = esc.run(chain(), runs=RUNS, seed=1, progress=False)
    front = ensemble.front_ids.index("d-c")
    by_commitment = ensemble.outcomes["war_cause"][:, front] == BY_COMMITMENT
    crossed = ensemble.outcomes["crossed"][:, front]
    assert by_commitment.any()
    assert (crossed[by_commitment, -1] >= 0).all()
    assert (crossed[by_commitment, 1] < 0).any()  # war without any act of its own
    war = ensemble.probability("war", actor="d", target="c").value
    assert war == np.mean(crossed[:, -1] >= 0)


def test_the_order_of_actors_and_commitments_does_not_matter() -> None:
    def outcomes(order: str, pledges: str) -> dict[str, Any]:
        lowered = lower(chain(order, pledges))
        found = run_block(lowered, seed=3, first=0, count=400)
        fronts = np.argsort(lowered.front_ids)
        rows = np.argsort(lowered.commitment_rows)
        of = {"crossed": fronts, "war_cause": fronts, "joined": rows, "kept": rows, "broken": rows}
        return {name: found[name][:, places] for name, places in of.items()}

    first = outcomes("abcd", "cd")
    assert (first["joined"] >= 0).any()
    for order, pledges in (("dcba", "cd"), ("bdac", "dc"), ("cadb", "dc")):
        other = outcomes(order, pledges)
        assert all(np.array_equal(first[name], other[name]) for name in first), order


def test_a_call_waits_for_the_end_of_the_period_only_where_allies_of_allies_are_called() -> None:
    for belligerency, joined in ((False, True), (True, False)):
        play = Play(chain(belligerency=belligerency, joining="credence"))
        play.pledge("of-c:a").credence_prior = 0.99
        call_patrons(play.crisis, play.f("a-b"), 1.0, 1.0)
        assert (play.pledge("of-c:a").joined == 1) is joined


# ---------------------------------------------------------------------------------------------------------------- words


def spoken(kind: str, *, rules: dict[str, Any] | None = None, **signal: Any) -> Play:
    row = {"kind": kind, "date": 1, "sender": "c", "receivers": ["a"], "subject": "b", "credence": 0.5,
           "alignment": 0.8} | signal  # fmt: skip
    play = Play(crisis_of(actors={"c": {"honesty": 1.0}, "b": {"honesty": 1.0}},
                          signals={"word": {key: value for key, value in row.items() if value is not None}},
                          rules=rules or {}))  # fmt: skip
    play.crisis.clock[0].now = 1.0
    play.crisis.clock[0].latest = 1.5
    return play


def test_an_appeal_makes_force_dearer_and_prompts_nobody() -> None:
    play = spoken("appeal", rules={"appeal": 0.3}, due=10.0)
    due = play.front("a-b").due
    signals_arrive(play.crisis)
    front = play.front("a-b")
    assert front.appeal == pytest.approx(0.3 * 0.5 * 0.8)
    assert front.appeal_until == 11.0
    assert front.due == due == math.inf
    assert play.front("b-a").appeal == 0.0


def test_a_refusal_ends_the_hope_of_a_concession_and_the_demand() -> None:
    play = spoken("refusal", sender="a", receivers=["b"], subject=None, due=10.0)
    play.front("a-b").demand_until = 9.0
    before = play.front("b-a").resolve
    signals_arrive(play.crisis)
    assert play.front("a-b").refused_until == 11.0
    assert play.front("a-b").demand_until == -1.0
    assert play.front("b-a").resolve > before
    assert play.front("b-a").due < math.inf


@pytest.mark.parametrize("threatened", [True, False])
@pytest.mark.parametrize("demanded", [True, False])
def test_a_refusal_calls_in_the_threat_of_whoever_had_demanded(threatened: bool, demanded: bool) -> None:
    """b has threatened a for the case that it does not do what b demands; a refuses on day 1."""
    play = spoken("refusal", sender="a", receivers=["b"], subject=None, due=10.0)
    front = play.front("b-a")
    front.threat, front.threat_publicity, front.threat_due = 0.55, 0.8, 7.0
    front.threat_until = 5.0 if threatened else 0.5
    play.front("a-b").demand_until = 5.0
    play.front("a-b").demand_direct = int(demanded)
    signals_arrive(play.crisis)
    if threatened and demanded:
        assert (front.vow, front.vow_publicity, front.vow_made, front.vow_due) == (0.55, 0.8, 1.0, 8.0)
        assert (front.vow_standing, front.threat_until) == (STANDING, -1.0)
    else:
        assert front.vow_standing == 0


@pytest.mark.parametrize(("joining", "left"), [("utility", 0.0), ("credence", 1.0 / (1.0 + math.e**2 / 3.0))])
def test_a_conditional_pledge_is_doubted_as_much_as_it_is_kept_less(joining: str, left: float) -> None:
    """Odds of 3 to 1 fall by e^−2 once the protégé has struck first: nobody expects less of the patron than it does."""
    pact = {"patron": "c", "protege": "a", "adversary": "b", "conditional": True, "credence": {"mean": 0.75}}
    play = Play(crisis_of("a-b c-b", commitments={"pact": pact}, rules={"joining": joining}))
    for observer in ("a", "b"):
        assert credence_where(play.crisis, 0, play.i(observer), False) == pytest.approx(0.75)
        assert credence_where(play.crisis, 0, play.i(observer), True) == pytest.approx(left)
    kept = joining_by_credence(0.75, 4.0, 1.0, 1.0, True)
    assert kept == pytest.approx(1.0 / (1.0 + math.e**2 / 3.0))
    play.pledge("pact:b").joined = 1
    assert credence_where(play.crisis, 0, play.i("a"), True) == 1.0


@pytest.mark.parametrize(("sender", "left"), [("b", 0.5 * (1.0 - 0.5 * 0.4)), ("c", 0.5)])
def test_a_reassurance_by_the_adversary_itself_makes_amends(sender: str, left: float) -> None:
    play = spoken("reassurance", sender=sender, subject="b", rules={"amends_in_words": 0.5})
    play.front("a-b").injury = 0.5
    signals_arrive(play.crisis)
    assert play.front("a-b").injury == pytest.approx(left)


@pytest.mark.parametrize(("channel", "rule"), [("public", "public_word"), ("private", "private_word")])
def test_a_word_of_no_weight_moves_nothing(channel: str, rule: str) -> None:
    play = spoken("reassurance", sender="b", channel=channel, rules={rule: 0.0})
    before = play.front("a-b").fear
    signals_arrive(play.crisis)
    assert play.front("a-b").fear == before


def test_a_threat_that_costs_is_made_less_often() -> None:
    free, dear = (share(two_states(threat_cost=cost), "rung:threat") for cost in (0.0, 2.0))
    assert dear < free


@pytest.mark.parametrize(
    ("later", "weight", "until"),
    [({"credence": 0.5, "due": 60.0}, 1.0, 31.0), ({"due": 2.0}, 1.0, 5.0), ({"date": 32, "credence": 0.5}, 0.5, 46.0)],
    ids=["a weaker one is forgotten", "of equals the later holds", "a weaker one holds after the end of the stronger"],
)
def test_of_two_appeals_on_a_front_the_stronger_holds(later: dict[str, float], weight: float, until: float) -> None:
    call = {"kind": "appeal", "sender": "c", "receivers": ["a"], "alignment": 1.0, "credence": 1.0}
    said = {"first": {**call, "date": 1, "due": 30.0}, "second": {**call, "date": 3, **later}}
    actors = {"c": {"honesty": 0.8}}
    play = Play(crisis_of(signals=said, actors=actors, rules={"appeal": 0.5, "public_word": 1.0})).quiet(33)
    front = play.front("a-b")
    assert (front.appeal, front.appeal_until) == (pytest.approx(0.5 * weight * 0.8), until)


def test_an_appeal_lowers_force_in_whole_runs() -> None:
    scenario = two_states(appeal=2.0)
    actors = {"challenger", "defender"} & set(scenario.actors)
    assert actors == {"challenger", "defender"}
    appeal = esc.Signal(id="call", kind="appeal", date=0, sender=next(a for a in scenario.actors if a not in actors),
                        receivers=["challenger"], due=60.0, credence=1.0, alignment=1.0)  # fmt: skip
    assert share(scenario.with_signal(appeal)) < share(scenario) - 0.03


# --------------------------------------------------------------------------------------------------------- conciliation

OPEN = {"conciliation": True, "amends": 0.5, "act_window": 14.0, "conciliation_strength": 3.0}


def conciliated(*sides: str, force: str = "") -> Play:
    play = Play(crisis_of(rules=OPEN)).at(5)
    for side in ("a-b", "b-a"):
        play.front(side).injury = 0.6
        play.front(side).fear = 0.5
    play.front("b-a").vow_standing = STANDING
    play.front("b-a").vow_due = 50.0
    for side in sides:
        play.front(side).chosen = play.o("conciliation")
    if force:
        play.front(force).chosen = play.o("limited-strike")
    return play


def test_the_conciliatory_act_is_the_last_on_offer_and_never_the_attack_that_is_feared() -> None:
    play = Play(crisis_of(rules=OPEN))
    assert play.lowered.option_names[-1] == "conciliation"
    front = play.front("a-b")
    assert play.crisis.offered[play.f("a-b")][front.offers - 1] == play.o("conciliation")
    assert play.crisis.offered[play.f("a-b")][front.attack] == play.o("major-strike")


def test_conciliation_makes_amends_calms_and_prompts() -> None:
    play = conciliated("a-b")
    play.close()
    assert play.front("b-a").injury == pytest.approx(0.3)
    assert play.front("b-a").fear < 0.5
    assert play.front("b-a").due < math.inf
    assert play.front("a-b").agreed == 0


def test_two_that_conciliate_have_an_agreement_which_force_ends() -> None:
    play = conciliated("a-b", "b-a")
    play.close()
    assert play.front("a-b").agreed == play.front("b-a").agreed == 1
    assert play.front("a-b").agreed_period == 5
    assert play.front("b-a").vow_standing == 0
    assert play.front("a-b").due == play.front("b-a").due == math.inf
    assert play.crisis.clock[0].settled == 5
    play.at(6)
    play.front("a-b").chosen = play.o("limited-strike")
    play.front("b-a").chosen = -1
    play.close()
    assert play.front("a-b").agreed == play.front("b-a").agreed == 0
    assert play.front("a-b").agreed_period == 5


def test_conciliation_that_is_met_with_force_is_lost() -> None:
    play = conciliated("a-b", force="b-a")
    play.close()
    assert play.front("a-b").conciliated == -math.inf
    assert play.front("a-b").agreed == 0


def test_what_was_demanded_makes_good_all_of_the_injury() -> None:
    play = conciliated("a-b")
    play.front("a-b").demand_until = 20.0
    play.front("a-b").demand_direct = 1
    play.close()
    assert play.front("b-a").injury == 0.0
    assert play.front("a-b").demand_until == -1.0


@pytest.mark.parametrize("depth", [0, 1, 2, "fixed-point"])
def test_a_dearer_concession_is_made_less_often_at_every_depth(depth: int | str) -> None:
    def agreements(concession: float) -> float:
        runs = 400 if depth == "fixed-point" else RUNS
        scenario = two_states(conciliation=True, concession=concession, depth=depth)
        return esc.run(scenario, runs=runs, seed=1, progress=False).probability("agreement").value

    assert agreements(-0.1) > agreements(0.5) + 0.05


def test_agreements_are_asked_for_by_front_and_only_where_there_can_be_any() -> None:
    scenario = two_states(conciliation=True)
    ensemble = esc.run(scenario, runs=500, seed=1, progress=False)
    overall = ensemble.probability("agreement").value
    assert 0.0 < ensemble.probability("agreement:challenger-defender").value <= overall
    with pytest.raises(esc.StudyError, match="no event 'agreement'"):
        esc.run(two_states(), runs=10, seed=1, progress=False).probability("agreement")
    with pytest.raises(esc.StudyError, match="no level says how near a run is to 'agreement'"):
        esc.rare_event(scenario, "agreement", seed=1)
