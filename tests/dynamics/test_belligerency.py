"""Belligerency: calls are collected and answered together, wars of allies follow, and no numbering matters."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of
from first_version import FIRST_VERSION
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Row, scenario_data

from escalation.dynamics.commitments import allies_go_to_war, answer_calls, call_patrons, start_war
from escalation.dynamics.roles import BY_ACCIDENT, BY_CHOICE, BY_COMMITMENT
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.events import query
from escalation.world.front import fronts_on_one_target
from escalation.world.scenario import Scenario

SURE = {"credence": {"mean": 0.99}, "stake": 0.7}
RULES = {"belligerency": True, "joining": "credence", "deliberations": "one"}
STATESMEN: Row = {name: {"war_cost": {"resolute": 1.0, "irresolute": 1.0}} for name in "abcde"}


def pledge(patron: str, protege: str, adversary: str | None = None, **terms: Any) -> Row:
    row: Row = {"patron": patron, "protege": protege, **SURE, **terms}
    return row if adversary is None else {**row, "adversary": adversary}


def chain(fronts: str = "a-b", *, run: int = 0, rules: Row | None = None, **commitments: Row) -> Play:
    """Play of a crisis whose patrons answer at the end of a period."""
    scenario = crisis_of(fronts, actors=STATESMEN, commitments=commitments, rules={**RULES, **(rules or {})})
    return Play(scenario, run=run).at(5)


def willing(**made: Row) -> Play:
    """Play of the first run in which every patron keeps its word when it is called for a war."""
    for run in range(50):
        play = chain(run=run, **made)
        start_war(play.crisis, play.f("a-b"), BY_CHOICE)
        allies_go_to_war(play.crisis)
        if all(row.joined == 1 for row in play.crisis.pledges):
            return play
    pytest.fail("no patron was willing in 50 runs")


def wars(play: Play) -> dict[str, int]:
    return {name: play.front(name).war_cause for name in play.lowered.front_ids if play.front(name).war_cause}


def test_a_chain_of_allies_comes_to_war_within_one_period() -> None:
    # c stands by b, d by a against whoever comes, and e by c
    play = willing(first=pledge("c", "b", "a"), second=pledge("d", "a"), third=pledge("e", "c"))
    assert wars(play) == {
        **dict.fromkeys(("a-b", "b-a"), BY_CHOICE),
        **dict.fromkeys(("c-a", "a-c", "d-b", "b-d", "d-c", "c-d", "e-a", "a-e", "e-d", "d-e"), BY_COMMITMENT),
    }
    assert {play.front(name).war_period for name in wars(play)} == {5}


def test_an_ally_that_nobody_is_at_war_with_is_not_asked() -> None:
    play = chain(first=pledge("c", "b", "a"))
    allies_go_to_war(play.crisis)
    row = play.pledge("first:a")
    assert (row.asked, row.kept, row.broken, row.joined) == (-1.0, 0, 0, 0)


def test_a_war_by_commitment_crosses_no_rung_below_war() -> None:
    play = willing(first=pledge("c", "b", "a"))
    assert play.crisis.crossed[play.f("c-a")] == [0, -1, -1, -1, -1, 5]


def test_without_belligerency_patrons_answer_at_once_and_stay_out_of_the_war() -> None:
    for run in range(20):
        play = chain(run=run, rules={"belligerency": False}, first=pledge("c", "b", "a"))
        start_war(play.crisis, play.f("a-b"), BY_CHOICE)
        allies_go_to_war(play.crisis)
        assert set(wars(play)) == {"a-b", "b-a"}
        assert play.pledge("first:a").kept + play.pledge("first:a").broken == 1


def test_calls_of_a_period_are_answered_once_and_for_the_highest() -> None:
    play = chain(first=pledge("c", "b", "a"))
    for intensity in (0.6, 0.8, 0.6):
        call_patrons(play.crisis, play.f("a-b"), intensity, 0.1)
    row = play.pledge("first:a")
    assert (row.kept + row.broken, row.called) == (0, 0.8)
    answer_calls(play.crisis)
    assert (row.kept + row.broken, row.asked, row.called) == (1, 0.8, -1.0)
    answer_calls(play.crisis)
    assert row.kept + row.broken == 1


def test_a_pledge_kept_earlier_brings_war_when_the_protege_comes_to_war() -> None:
    play = next(found for run in range(50) if (found := _joined(run)) is not None)
    assert wars(play) == {}
    play.at(9)
    start_war(play.crisis, play.f("b-a"), BY_ACCIDENT)
    allies_go_to_war(play.crisis)
    assert (play.front("c-a").war_cause, play.front("c-a").war_period) == (BY_COMMITMENT, 9)


def _joined(run: int) -> Play | None:
    play = chain(run=run, first=pledge("c", "b", "a", trigger="display"))
    call_patrons(play.crisis, play.f("a-b"), 0.4, 0.0)  # a mobilises
    allies_go_to_war(play.crisis)
    return play if play.pledge("first:a").joined == 1 else None


def test_a_war_that_was_there_at_the_start_draws_nobody_in() -> None:
    scenario = crisis_of(
        "a-b a-d",
        actors=STATESMEN,
        front={"a-d": {"at_war": True}, "d-a": {"at_war": True}},
        commitments={"first": pledge("c", "d", "a")},
        rules=RULES,
    )
    play = Play(scenario).at(5)
    play.pledge("first:a").joined = 1
    allies_go_to_war(play.crisis)
    assert wars(play) == {}


def test_a_front_that_two_pledges_open_has_the_greater_stake_in_either_order() -> None:
    made = {"low": pledge("c", "b", "a", stake=0.3), "high": pledge("c", "d", "a", stake=0.9)}
    for names in permutations(made):
        play = chain("a-b a-d", **{name: made[name] for name in names})
        play.front("a-b").stake, play.front("a-d").stake = 1.5, 1.2
        for row in play.crisis.pledges:
            row.credence_prior, row.called, row.called_destruction = 0.99, 0.6, 0.1
        for seed in range(50):
            play.clock.run = seed
            answer_calls(play.crisis)
            if all(row.joined for row in play.crisis.pledges):
                break
            for row in play.crisis.pledges:
                row.joined, row.asked, row.called = 0, -1.0, 0.6
            for name in ("c-a", "a-c"):
                play.front(name).active = 0
        assert (play.front("c-a").stake, play.front("a-c").stake) == (0.9, 1.5)


def test_loops_of_pledges_come_to_an_end() -> None:
    everybody = {f"{one}{two}": pledge(one, two) for one, two in permutations("abcde", 2)}
    play = chain(**everybody)
    start_war(play.crisis, play.f("a-b"), BY_CHOICE)
    allies_go_to_war(play.crisis)
    assert all(row.called == -1.0 for row in play.crisis.pledges)
    assert len(wars(play)) > 2


def test_allies_of_allies_face_those_whom_their_wars_bring() -> None:
    made = {"first": pledge("c", "b", "a"), "second": pledge("d", "c", "a")}
    rows = lower(crisis_of(actors=STATESMEN, commitments=made, rules=RULES)).commitment_rows
    assert rows == ("first:a", "second:a")


# --------------------------------------------------------------------------------------------- in whole runs


def whole(**rules: Any) -> Scenario:
    made = {"first": pledge("c", "b", "a"), "second": pledge("d", "a"), "third": pledge("e", "c")}
    fronts = {"a-b": {"revisionism": 0.9, "stake": 2.0}, "b-a": {}}
    data = {"name": "chain", "horizon": 40, "actors": STATESMEN, "fronts": fronts, "commitments": made}
    return Scenario.from_dict({**data, "rules": FIRST_VERSION | {"brinkmanship_scale": 0.2, **RULES, **rules}})


def test_war_by_commitment_counts_as_war_and_never_as_initiation() -> None:
    scenario = whole()
    lowered = lower(scenario)
    outcomes, axes = run_block(lowered, seed=2, first=0, count=400), Axes.of(scenario, lowered)
    front = lowered.front_ids.index("c-a")
    drawn_in = (outcomes["war_cause"][:, front] == BY_COMMITMENT) & (outcomes["crossed"][:, front, 1:-1] < 0).all(1)
    assert drawn_in.sum() > 20
    assert query("war", axes, actor="c", target="a").occurs(outcomes)[drawn_in].all()
    assert not query("initiation", axes, actor="c", target="a").occurs(outcomes)[drawn_in].any()
    assert not query("accident", axes, actor="c", target="a").occurs(outcomes)[drawn_in].any()


def test_a_more_credible_pledge_is_kept_more_often() -> None:
    kept = []
    for credence in (0.05, 0.5, 0.95):
        made = whole().replace("commitments.first.credence.mean", credence)
        lowered = lower(made)
        outcomes, row = run_block(lowered, seed=2, first=0, count=400), lowered.commitment_rows.index("first:a")
        once = outcomes["kept"][:, row].sum(), outcomes["broken"][:, row].sum()
        kept.append(once[0] / sum(once))
    assert kept[0] < 0.12 < kept[1] < 0.88 < kept[2]  # calls for higher acts come only after a refusal


# ----------------------------------------------------------------------------------------- order of the tables


def shuffled(data: Row, random: Random) -> Row:
    """The same scenario with its actors, fronts and commitments listed in another order."""
    other = dict(data)
    for table in ("actors", "fronts", "commitments"):
        names = list(data[table])
        random.shuffle(names)
        other[table] = {name: data[table][name] for name in names}
    return other


def by_name(scenario: Scenario, seed: int, count: int) -> dict[str, np.ndarray]:
    """Outcomes of runs, each column by the name that it belongs to."""
    lowered = lower(scenario)
    outcomes = run_block(lowered, seed=seed, first=0, count=count)
    pairs = fronts_on_one_target(lowered.front_ids)
    columns = {
        **dict.fromkeys(("crossed", "war_cause", "agreed", "conceded"), lowered.front_ids),
        "joint": ["+".join(sorted(lowered.front_ids[row] for row in pair)) for pair in pairs],
        **dict.fromkeys(("joined", "kept", "broken"), lowered.commitment_rows),
        **dict.fromkeys(("vows_kept", "vows_broken"), lowered.actor_ids),
    }
    found = {f"{name} {of}": outcomes[name][:, k] for name, names in columns.items() for k, of in enumerate(names)}
    return {**found, "settled": outcomes["settled"], "ended": outcomes["ended"]}


def assert_order_does_not_matter(data: Row, random: Random, *, seed: int, count: int) -> None:
    listed = by_name(Scenario.from_dict(data), seed, count)
    other = by_name(Scenario.from_dict(shuffled(data, random)), seed, count)
    assert listed.keys() == other.keys()
    for name, column in listed.items():
        np.testing.assert_array_equal(column, other[name], err_msg=name)


@pytest.mark.parametrize("joining", ["credence", "utility"])
def test_the_order_of_tables_does_not_matter_in_a_chain(joining: str) -> None:
    data = whole(joining=joining).to_dict()
    data["fronts"] |= {"e-b": {"stake": 0.4}, "b-e": {"stake": 0.6, "revisionism": 0.6}}
    data["commitments"] |= {"fourth": pledge("c", "e", stake=1.3), "fifth": pledge("d", "b", stake=0.2)}
    for number in range(6):
        assert_order_does_not_matter(data, Random(number), seed=number, count=150)


@settings(max_examples=15)
@given(data=scenario_data(min_actors=3), number=st.integers(0, 2**32), joining=st.sampled_from(("credence", "utility")))
def test_the_order_of_tables_does_not_matter_in_random_scenarios(data: Row, number: int, joining: str) -> None:
    data["rules"] = {**data["rules"], "belligerency": True, "joining": joining}
    assert_order_does_not_matter(data, Random(number), seed=number, count=10)
