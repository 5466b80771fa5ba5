from __future__ import annotations

import dataclasses
import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.estimates.paired import paired_difference
from escalation.montecarlo.compare import Comparison, compare
from escalation.montecarlo.parting import Parting, first_parting
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

RUNS = 200


@pytest.fixture
def comparison(scenario: Scenario) -> Comparison:
    return compare(scenario.replace("rules.leash", 0.4), scenario, runs=RUNS, seed=2)


def test_an_event_of_one_world_alone_is_refused_with_the_name_of_the_other(scenario: Scenario) -> None:
    pledge = next(iter(scenario.commitments))
    without, event = scenario.without(pledge), f"joined:{pledge}"
    for worlds, lacking in (((scenario, without), "changed"), ((without, scenario), "unchanged")):
        refused = rf"^in the {lacking} world: no event '{event}'"
        with pytest.raises(StudyError, match=refused):
            compare(*worlds, runs=20, events=[event])
        pair = compare(*worlds, runs=20)
        with pytest.raises(StudyError, match=refused):
            pair.difference(event)
        with pytest.raises(StudyError, match=refused):
            compare(pair.first, pair.second, events=[event])
    with pytest.raises(StudyError, match=r"^no event 'wra'"):
        compare(scenario, without, runs=20).difference("wra")


def test_both_worlds_are_run_on_the_same_chance(comparison: Comparison, scenario: Scenario) -> None:
    assert comparison.second == run(scenario, runs=RUNS, seed=2)
    assert comparison.first == run(scenario.replace("rules.leash", 0.4), runs=RUNS, seed=2)
    assert (comparison.runs, comparison.seed, comparison.interrupted) == (RUNS, 2, False)


def test_a_difference_is_what_the_change_did(comparison: Comparison) -> None:
    first, second = comparison.first, comparison.second
    assert list(comparison.differences) == first.events
    gap = comparison.differences["initiation"]
    assert gap == paired_difference(second.occurs("initiation"), first.occurs("initiation"), event="initiation")
    assert gap.value == pytest.approx(second.probability("initiation").value - first.probability("initiation").value)
    assert gap.low <= gap.value < 0.0, "a higher chance of climbing is the unchanged world's"


def test_turned_round_a_difference_has_its_ends_swapped(comparison: Comparison) -> None:
    back = compare(comparison.second, comparison.first)
    for event, gap in comparison.differences.items():
        there = back.differences[event]
        assert (there.value, there.low, there.high) == pytest.approx((-gap.value, -gap.high, -gap.low), abs=1e-15)
        assert there.p_value == gap.p_value
        assert there.discordant == (gap.discordant or ())[::-1]
    one, two = (each.difference("initiation", actor="ara") for each in (comparison, back))
    assert one.value == -two.value < 0.0


def test_a_difference_that_is_known_in_advance(engine: SimpleNamespace, scenario: Scenario) -> None:
    """The change adds a war in 7 runs and takes none away, of 21 pairs."""
    plain = engine.run_block

    def warlike(lowered: Any, *, seed: int, first: int, count: int) -> dict[str, np.ndarray]:
        outcomes = plain(lowered, seed=seed, first=first, count=count)
        outcomes["war_cause"][:] = 0
        outcomes["crossed"][:, :, -1] = -1
        if lowered.scenario.rules.bait == 0.5:
            outcomes["war_cause"][:7, 0] = 1
            outcomes["crossed"][:7, 0, -1] = 3
        return outcomes

    engine.run_block = warlike
    gap = compare(scenario, scenario.replace("rules.bait", 0.5), runs=21).differences["war"]
    # Laplace-adjusted shares 8/23 and 1/23: centre 7/23, variance (9/23 - 49/529) / 23.
    half = 1.959964 * ((9 / 23 - 49 / 529) / 23) ** 0.5
    assert (gap.value, gap.discordant) == (7 / 21, (7, 0))
    assert (gap.low, gap.high) == pytest.approx((7 / 23 - half, 7 / 23 + half), abs=1e-6)
    assert gap.p_value == 2.0**-7, "twice half the weight of 7 pairs the same way"


def test_a_world_compared_with_itself_never_parts(scenario: Scenario) -> None:
    same = compare(scenario, scenario, runs=RUNS)
    assert not same.parted.any()
    assert {gap.discordant for gap in same.differences.values()} == {(0, 0)}
    assert {same.first_parting(run) for run in range(20)} == {None}


def test_parted_are_the_runs_whose_outcomes_differ(comparison: Comparison) -> None:
    one, two = comparison.first.outcomes, comparison.second.outcomes
    expected = [any(not np.array_equal(one[name][k], two[name][k]) for name in one) for k in range(RUNS)]
    assert comparison.parted.tolist() == expected
    assert 0 < sum(expected) < RUNS


def test_a_parted_run_has_a_first_decision_that_parts_it(comparison: Comparison) -> None:
    for k in np.flatnonzero(comparison.parted)[:20]:
        parting = comparison.first_parting(int(k))
        assert parting is not None
        front = comparison.first.front_ids.index(parting.front)
        # In the drawn engine a higher chance only ever adds steps: the second world lacks this one.
        assert parting.second is None
        rung, covert = parting.first or ("", False)
        step = comparison.first.rung_names.index(rung)
        assert covert == (step == 3)
        assert comparison.first.outcomes["crossed"][k, front, step] == parting.day
        assert comparison.second.outcomes["crossed"][k, front, step] == -1
        before = comparison.first.outcomes["crossed"][k]
        apart = before[before != comparison.second.outcomes["crossed"][k]]
        assert parting.day == apart.min()
        assert parting.date == comparison.first.scenario.date(parting.day)


def test_a_parting_says_what_each_world_chose(comparison: Comparison) -> None:
    run_apart = int(np.flatnonzero(comparison.parted)[0])
    parting = comparison.first_parting(run_apart)
    assert parting is not None
    assert str(parting).startswith(f"run {run_apart}, day {parting.day:g} (2024-0")
    assert str(parting).endswith("in the unchanged world, no decision in the changed")
    covert = Parting(3, 7.0, parting.date, "ara-bor", ("limited-strike", True), ("threat", False))
    assert ": limited-strike (covert) in the unchanged world, threat in the changed" in str(covert)


@pytest.mark.parametrize("asked", [-1, RUNS])
def test_a_run_that_was_not_compared_is_refused(comparison: Comparison, asked: int) -> None:
    with pytest.raises(StudyError, match=f"run is {asked}; it must be a whole number from 0 to 199"):
        comparison.first_parting(asked)


def test_what_only_one_world_has_parts_them_where_something_happened_on_it(scenario: Scenario) -> None:
    alone = compare(scenario, scenario.without("cal-bor"), runs=RUNS, seed=4)
    assert "joined:cal-bor" not in alone.differences
    assert "joined:cal-bor" in alone.first.events
    one = alone.first.outcomes
    # The commitment was asked about in every run, and its patron's front is gone.
    assert (one["kept"] + one["broken"] > 0).all()
    assert alone.parted.all()


def test_acts_that_change_no_outcome_part_two_worlds(engine: SimpleNamespace, scenario: Scenario) -> None:
    plain = engine.run_block

    def restless(lowered: Any, *, seed: int, first: int, count: int) -> dict[str, np.ndarray]:
        outcomes = plain(lowered, seed=seed, first=first, count=count)
        if lowered.scenario.rules.bait == 0.5:
            outcomes["signature"][::2] += 1
        return outcomes

    engine.run_block = restless
    both = compare(scenario, scenario.replace("rules.bait", 0.5), runs=100)
    assert both.parted.tolist() == [True, False] * 50


def test_the_patron_s_front_alone_can_part_two_worlds(engine: SimpleNamespace, scenario: Scenario) -> None:
    plain = engine.run_block

    def unasked(lowered: Any, *, seed: int, first: int, count: int) -> dict[str, np.ndarray]:
        outcomes = plain(lowered, seed=seed, first=first, count=count)
        for name, nothing in (("joined", -1), ("kept", 0), ("broken", 0), ("settled", -1)):
            outcomes[name][:] = nothing
        return outcomes

    engine.run_block = unasked
    alone = compare(scenario, scenario.without("cal-bor"), runs=RUNS, seed=4)
    assert alone.parted.tolist() == (alone.first.outcomes["crossed"][:, 2, 1:] >= 0).any(axis=1).tolist()
    assert 0 < alone.parted.sum() < RUNS


def test_a_vow_that_was_taken_away_parts_nothing_by_itself(scenario: Scenario) -> None:
    quiet = compare(scenario, scenario.without("oath"), runs=RUNS)
    assert not quiet.parted.any()
    gap = quiet.differences["vow-broken:ara"]  # which the changed world does not list
    assert gap == quiet.difference("vow-broken:ara")
    assert quiet.summary()["differences"].keys() == quiet.summary()["probabilities"]["second"].keys()
    assert "vow-broken:ara" in compare(scenario.without("oath"), scenario, runs=RUNS).differences


def test_periods_of_another_length_are_compared_by_their_days(engine: SimpleNamespace) -> None:
    plain = engine.run_block

    def halved(lowered: Any, *, seed: int, first: int, count: int) -> dict[str, np.ndarray]:
        outcomes = plain(lowered, seed=seed, first=first, count=count)
        for name in ("crossed", "joined", "settled", "agreed", "conceded", "joint"):
            late = outcomes[name] > 20
            outcomes[name][late] = -1
            if lowered.scenario.period == 0.5:
                outcomes[name][outcomes[name] > 0] *= 2
        outcomes["war_cause"][:] = 0
        return outcomes

    engine.run_block = halved
    # The drawn engine knows the horizon by its periods alone: 80 halves are 40 days.
    whole, halves = engine.make(), engine.make(period=0.5, horizon=20)
    both = compare(whole, halves, runs=RUNS)
    assert not both.parted.any()


def test_summary_is_what_json_prints(comparison: Comparison) -> None:
    told = json.loads(json.dumps(comparison.summary(), allow_nan=False))
    assert list(told) == [
        "scenario", "other", "hash", "other_hash", "seed", "runs", "interrupted", "horizon_days", "changes",
        "difference_is", "differences", "probabilities",
    ]  # fmt: skip
    assert told["changes"] == [["rules.leash", 0.4, 0.2]]
    assert told["hash"] != told["other_hash"]
    assert told["difference_is"] == "changed minus unchanged"
    for event, gap in told["differences"].items():
        one, two = (told["probabilities"][world][event]["value"] for world in ("first", "second"))
        assert gap["value"] == pytest.approx(two - one, abs=1e-15)
    assert set(told["differences"]["war"]) == {"value", "low", "high", "n", "method", "level", "p_value"}
    assert told["probabilities"]["first"]["war"] == comparison.first.probability("war").to_dict()
    assert told["probabilities"]["second"]["war"] == comparison.second.probability("war").to_dict()


def test_the_level_holds_throughout(scenario: Scenario) -> None:
    loose = compare(scenario, scenario.replace("rules.leash", 0.4), runs=RUNS, level=0.5)
    assert {gap.level for gap in loose.differences.values()} == {0.5}
    told = loose.summary()["probabilities"]["first"]["war"]
    assert told == loose.first.probability("war", level=0.5).to_dict()
    assert "50 %" in loose._repr_html_()


def test_it_shows_what_it_is(comparison: Comparison) -> None:
    assert repr(comparison) == "<Comparison of 'drawn' and 'drawn': 200 pairs of runs, seed 2>"
    page = comparison._repr_html_()
    told = [event for event in comparison.differences if event != "rung:war"]  # which is war, and has a row
    assert page.count("<tr>") == 1 + len(told)
    assert all(f"<td>{event}</td></tr>" in page for event in told)
    assert "<td>display or worse</td>" in page
    assert "McNemar mid-P" in page


def test_a_level_that_is_none_is_refused_before_any_run_is_played(engine: SimpleNamespace, scenario: Scenario) -> None:
    engine.blocks.clear()
    with pytest.raises(StudyError, match=r"level is 2\.0; it must lie strictly between 0 and 1"):
        compare(scenario, scenario, runs=200, level=2.0)
    with pytest.raises(StudyError, match=r"events is 'war'; it must be a list of names, as \['war'\]"):
        compare(scenario, scenario, runs=200, events="war")
    assert engine.blocks == []


def test_pairs_are_cut_short_where_either_world_was(scenario: Scenario) -> None:
    one, two = run(scenario, runs=50, seed=1), run(scenario, runs=50, seed=1)
    assert not compare(one, two).interrupted
    cut = dataclasses.replace(two, interrupted=True)
    assert compare(one, cut).interrupted
    assert compare(cut, one).interrupted


def test_runs_that_go_on_from_different_moments_share_no_chance(scenario: Scenario) -> None:
    one = run(scenario, runs=50, seed=1)
    branched, other = (dataclasses.replace(one, branched_from=n) for n in (3, 4))
    with pytest.raises(StudyError, match="first ensemble begin at the start, those of the second go on from run 3:"):
        compare(one, branched)
    with pytest.raises(StudyError, match="first ensemble go on from run 4, those of the second go on from run 3:"):
        compare(other, branched)
    pair = compare(branched, branched)
    assert pair.runs == 50
    with pytest.raises(StudyError, match="runs that go on from run 3 cannot be replayed from the start"):
        pair.first_parting(0)


def test_of_two_decisions_in_one_period_the_first_in_the_order_of_fronts_parts_the_worlds(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second world alone decides on the first front, and differently on the second one, too."""
    fell = iter([{(3.0, "bor-ara"): ("display", False)}, {(3.0, f): ("threat", False) for f in scenario.front_ids}])
    path = SimpleNamespace(front_ids=scenario.front_ids)
    monkeypatch.setattr("escalation.engines.simulate.simulate", lambda *_, **__: path)
    monkeypatch.setattr("escalation.montecarlo.parting._decisions", lambda *_: next(fell))
    found = first_parting(scenario, scenario, seed=1, run=0)
    assert found is not None
    assert (found.front, found.first, found.second) == ("ara-bor", None, ("threat", False))
