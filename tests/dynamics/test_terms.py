"""Commitments that begin and lapse: on a day, or by what the protégé does."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of

import escalation as esc
from escalation.analysis.what_if.branching import branch
from escalation.dynamics.acting import act_terms
from escalation.dynamics.support import expected_victory
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.world.scenario import Scenario

PACT = {"patron": "c", "protege": "b", "adversary": "a", "stake": 500.0, "credence": {"mean": 0.75}}


def play_of(fronts: str = "a-b", rules: dict[str, Any] | None = None, **terms: Any) -> Play:
    scenario = crisis_of(
        fronts, actors={"c": {"capability": 4.0}}, commitments={"pact": {**PACT, **terms}}, rules=rules or {}
    )
    return Play(scenario)


def worth(play: Play, front: str, act: str, term: str) -> float:
    f = play.f(front)
    terms = act_terms(play.crisis, f, play.o(act), play.crisis.fronts[f].actor)
    return float(getattr(terms, term))


def in_force(play: Play) -> bool:
    """Whether the pledge bears on everything that a pledge bears on; it does so in all or in none."""
    deterred = worth(play, "a-b", "limited-strike", "patrons") < 0.0
    held_back = worth(play, "b-a", "limited-strike", "leash") < 0.0
    believed = expected_victory(play.crisis, play.f("b-a")).as_things_are > 0.5
    feared = expected_victory(play.crisis, play.f("a-b")).as_things_are < 0.5
    assert len({deterred, held_back, believed, feared}) == 1
    return believed


@pytest.mark.parametrize(
    ("terms", "days"),
    [
        ({}, range(1, 13)),
        ({"begins": 4}, range(4, 13)),
        ({"lapses": 9}, range(1, 9)),
        ({"begins": 4, "lapses": 9}, range(4, 9)),
        ({"begins": "2000-01-05", "lapses": "2000-01-10"}, range(4, 9)),
        ({"begins": 3.6, "lapses": 8.6}, range(4, 9)),  # what falls nearest to a period's end belongs to it
        ({"begins": 0}, range(1, 13)),
    ],
)
def test_a_pledge_bears_on_choices_from_the_day_on_which_it_begins_to_that_before_it_lapses(
    terms: dict[str, Any], days: range
) -> None:
    play = play_of(**terms)
    assert [day for day in range(1, 13) if in_force(play.quiet(1))] == list(days)


@pytest.mark.parametrize("belligerency", [False, True])
@pytest.mark.parametrize(("day", "joins"), [(3, False), (5, True), (10, False)])
def test_a_patron_is_called_only_while_its_pledge_is_in_force(day: int, joins: bool, belligerency: bool) -> None:
    rules = {"belligerency": belligerency}
    play = play_of(begins=4, lapses=9, rules=rules).quiet(day - 1).period({"a-b": "limited-strike"})
    row = play.pledge("pact:a")
    assert (row.joined, row.kept, row.broken) == (int(joins), int(joins), 0)
    assert row.asked == (pytest.approx(play.crisis.options[play.o("limited-strike")].intensity) if joins else -1.0)


def test_a_call_that_came_too_early_does_not_count_as_one_later() -> None:
    play = play_of(begins=4).period({"a-b": "limited-strike"}).quiet(5)
    assert play.period({"a-b": "limited-strike"}).pledge("pact:a").joined == 1


def test_a_patron_that_has_joined_stays_when_its_pledge_lapses() -> None:
    play = play_of(lapses=5).period({"a-b": "limited-strike"}).quiet(6)
    assert (play.pledge("pact:a").in_force, play.pledge("pact:a").joined) == (0, 1)
    assert expected_victory(play.crisis, play.f("b-a")).as_things_are > 0.5


@pytest.mark.parametrize(
    ("acts", "holds"),
    [
        ({"b-a": "limited-strike"}, True),  # below the rung
        ({"b-a": "major-strike"}, False),
        ({"a-b": "major-strike"}, True),  # by the adversary
        ({"a-b": "war"}, True),  # the war of another's choosing is no act of the protégé
        ({"b-a": "war"}, False),
        ({"a-b": "major-strike", "b-a": "major-strike"}, False),  # whoever began
    ],
)
def test_a_pledge_lapses_once_its_protege_acts_at_the_rung(acts: dict[str, str], holds: bool) -> None:
    play = play_of(while_below="major-strike", trigger="war")
    play.period(acts)
    assert (play.pledge("pact:a").in_force == 1) is holds
    later = play.quiet(3).pledge("pact:a")
    assert (later.in_force == 1) is holds
    assert (later.forfeited == 0) is holds


def test_a_covert_act_at_the_rung_counts_too() -> None:
    play = play_of(while_below="limited-strike")
    assert play.period({"b-a": "limited-strike (covert)"}).pledge("pact:a").in_force == 0


def test_an_act_on_another_front_leaves_the_pledge() -> None:
    scenario = crisis_of("a-b d-b", actors={"d": {}}, commitments={"pact": {**PACT, "while_below": "limited-strike"}})
    play = Play(scenario).period({"b-d": "major-strike"})
    assert play.pledge("pact:a").in_force == 1


def test_against_anybody_each_adversary_has_a_pledge_of_its_own() -> None:
    pact = {**PACT, "while_below": "limited-strike"}
    del pact["adversary"]
    play = Play(crisis_of("a-b d-b", actors={"d": {}}, commitments={"pact": pact})).period({"b-d": "major-strike"})
    assert (play.pledge("pact:a").in_force, play.pledge("pact:d").in_force) == (1, 0)


def test_in_one_period_the_protege_loses_its_patron_before_anybody_calls() -> None:
    terms = {"while_below": "major-strike"}
    both = play_of(**terms).period({"a-b": "limited-strike", "b-a": "major-strike"})
    assert (both.pledge("pact:a").asked, both.pledge("pact:a").joined) == (-1.0, 0)
    alone = play_of(**terms).period({"a-b": "limited-strike", "b-a": "limited-strike"})
    assert alone.pledge("pact:a").joined == 1


def test_the_condition_on_the_first_strike_stays_a_condition_of_its_own() -> None:
    play = play_of(conditional=True, while_below="war").period({"b-a": "limited-strike"})
    row = play.pledge("pact:a")
    assert (row.in_force, play.front("b-a").struck_first) == (1, 1)
    assert expected_victory(play.crisis, play.f("b-a")).as_things_are == 0.5  # lapsed, as the first version has it


def test_without_the_keys_a_pledge_is_always_in_force_and_nothing_is_looked_up() -> None:
    play = play_of()
    assert play.rules.pledges_change == 0
    row = play.pledge("pact:a")
    assert (row.begins, row.lapses, row.while_below, row.in_force) == (-math.inf, math.inf, math.inf, 2)


def share_of_force(scenario: Scenario, front: str, runs: int = 4000) -> float:
    lowered = lower(scenario)
    crossed = run_block(lowered, seed=11, first=0, count=runs)["crossed"]
    rung = lowered.rung_names.index("limited-strike")
    return float((crossed[:, lowered.front_ids.index(front), rung] >= 0).mean())


def test_the_longer_a_pledge_is_in_force_the_less_the_adversary_strikes() -> None:
    # Pairs of runs with common draws: five standard errors of a share of one half are .04, so that a false alarm is
    # rarer than one in a million; the differences asked for are far above that.
    crisis = esc.load("two-state-deterrence").replace("commitments.alliance.credence.mean", 0.95)
    never = share_of_force(crisis.without("alliance"), "challenger-defender")
    shares = [
        share_of_force(crisis.replace("commitments.alliance.lapses", day), "challenger-defender")
        for day in (1.0, 20.0, None)
    ]
    late = share_of_force(crisis.replace("commitments.alliance.begins", 20.0), "challenger-defender")
    assert abs(shares[0] - never) < 0.005
    assert never > shares[1] + 0.01 > shares[2] + 0.02
    assert never > late > shares[2]


def test_a_patron_that_would_leave_is_not_there_once_its_protege_has_struck_hard() -> None:
    """Seed 11, 4,000 runs in common draws: the patron fights less often where its pledge ends by the protégé's acts."""
    crisis = esc.load("two-state-deterrence").replace("commitments.alliance.credence.mean", 0.95)
    crisis = crisis.replace("fronts.defender-challenger.revisionism", 0.8)
    joined = [
        (run_block(lower(scenario), seed=11, first=0, count=4000)["joined"] >= 0).mean()
        for scenario in (crisis, crisis.replace("commitments.alliance.while_below", "limited-strike"))
    ]
    assert joined[1] < joined[0] - 0.02


def test_a_branch_that_changes_the_term_takes_it_from_its_day_on() -> None:
    """What a pledge without a term is in force for does not hang on whether the history had one that lapsed."""
    crisis = esc.load("two-state-deterrence").replace("commitments.alliance.lapses", 5.0)
    path = next(
        path
        for path in (esc.simulate(crisis, seed=3, run=run) for run in range(50))
        if path.outcomes["joined"].max() < 0 and (path.outcomes["crossed"][:, 3] > 12).any()
    )
    renewed = branch(path, 10, changes=[("commitments.alliance.lapses", None)], runs=600)
    as_it_was = branch(path, 10, runs=600)
    assert np.count_nonzero(renewed.outcomes["joined"] >= 0) > 20
    assert np.count_nonzero(as_it_was.outcomes["joined"] >= 0) == 0
    ended = branch(
        esc.simulate(crisis.replace("commitments.alliance.lapses", None), seed=3, run=path.run),
        10,
        changes=[("commitments.alliance.lapses", 11.0)],
        runs=600,
    )
    assert np.count_nonzero(ended.outcomes["joined"] > 11) == 0
