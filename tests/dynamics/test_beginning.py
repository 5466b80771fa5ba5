from __future__ import annotations

import math

import numpy as np
import pytest
from crises import Play, crisis_of

from escalation.analysis.columns import column
from escalation.dynamics.beginning import begin
from escalation.dynamics.roles import NEVER_SAID
from escalation.engines.compiled import begin_states
from escalation.engines.lower import lower

VOW = {"kind": "vow", "date": 3, "sender": "a", "receivers": ["b"]}
PRIVATE = {**VOW, "channel": "private", "leak": 0.1}


def test_half_lives_become_shares_of_a_period() -> None:
    play = Play(crisis_of(period=2.0, rules={"injury_half_life": 4.0, "fear_half_life": 2.0}))
    assert play.rules.injury_kept == pytest.approx(math.sqrt(0.5))
    assert play.rules.fear_kept == pytest.approx(0.5)


def test_risks_of_every_pair_of_acts() -> None:
    rules = {
        "brinkmanship_scale": 0.01,
        "brinkmanship_slope": 0.8,
        "accident_hazard": 0.001,
        "act_window": 10.0,
    }
    play = Play(crisis_of(rules=rules))
    risk, o = play.crisis.risk, play.o
    assert risk[o("restraint")][o("major-strike")] == 0.0
    assert risk[o("threat")][o("display")] == 0.0
    assert risk[o("display")][o("display")] == pytest.approx(1.0 - math.exp(-0.01))
    # sum of intensities .6 + .8: (1.4 − .8)·5 = 3 steps of the slope
    both = 0.01 + 0.01 * math.exp(0.8 * 3.0)
    assert risk[o("limited-strike")][o("major-strike")] == pytest.approx(1.0 - math.exp(-both))
    assert risk[o("war")][o("restraint")] == 1.0
    assert risk[o("restraint")][o("war")] == 1.0


def test_what_follows_from_the_stakes_of_both_sides() -> None:
    rules = {"injury_stakes": 0.5, "brinkmanship_stakes": 3.0}
    play = Play(
        crisis_of("a-b a-c", front={"a-b": {"stake": 4.0}, "b-a": {"stake": 0.25}, "c-a": {"stake": 2.25}}, rules=rules)
    )
    assert [play.front(name).injury_weight for name in ("a-b", "b-a", "a-c", "c-a")] == pytest.approx(
        [2.0, 0.5, 1.0, 1.5]
    )
    assert play.front("a-b").war_odds == play.front("b-a").war_odds == pytest.approx(1.0)  # 4 · 1/4
    assert play.front("a-c").war_odds == play.front("c-a").war_odds == pytest.approx(2.25**1.5)


def test_stakes_of_1_change_nothing_to_the_bit() -> None:
    play = Play(crisis_of(rules={"injury_stakes": 0.7, "brinkmanship_stakes": 2.9}))
    assert (play.front("a-b").injury_weight, play.front("a-b").war_odds) == (1.0, 1.0)


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_two_that_face_one_target_share_their_reasons_with_the_probability_stated(share: float) -> None:
    lowered = lower(crisis_of("a-b c-b", rules={"shared_reasons": share}))
    runs = np.arange(20_000)
    states = begin_states(lowered, seed=1, runs=runs)
    rows = column(states, lowered, "fronts", "reasons")
    one, two, back = (rows[:, lowered.front_ids.index(front)] for front in ("a-b", "c-b", "b-a"))
    together = int((one == two).sum())
    assert abs(together - share * len(runs)) <= 4.0 * math.sqrt(share * (1.0 - share) * len(runs))
    assert not (one == back).any()
    by_common = int((back >= len(lowered.front_ids)).sum())  # although nobody else faces that target
    root = math.sqrt(share)
    assert abs(by_common - root * len(runs)) <= 4.0 * math.sqrt(root * (1.0 - root) * len(runs))


def test_types_are_drawn_from_the_prior() -> None:
    sure = crisis_of(actors={"a": {"resolve": 1.0}, "b": {"resolve": 0.0}})
    for run in range(20):
        play = Play(sure, run=run)
        assert (play.actor("a").resolute, play.actor("b").resolute) == (1, 0)
    # 400 draws of .25: within 4 standard errors of 87 in a million
    drawn = [Play(crisis_of(actors={"a": {"resolve": 0.25}}), run=run).actor("a").resolute for run in range(400)]
    assert abs(sum(drawn) - 100) < 4.0 * math.sqrt(400 * 0.25 * 0.75)


def test_what_did_not_occur_is_never_said_and_is_done() -> None:
    event = {"kind": "internal-shock", "date": 2, "actor": "a", "severity": 0.5}
    scenario = crisis_of(
        signals={"vow": {**VOW, "occurred": 0.0}, "other": VOW},
        events={"purge": {**event, "occurred": 0.0}, "strike": event},
    )
    play = Play(scenario)
    assert play.signal("vow").status == NEVER_SAID
    assert play.signal("other").status == 0
    assert (play.event("purge").pending, play.event("strike").pending) == (0, 1)


def test_signals_of_one_occasion_occur_together() -> None:
    row = {**VOW, "occasion": "visit", "occurred": 0.5}
    scenario = crisis_of(signals={"one": row, "two": row, "else": {**VOW, "occurred": 0.5}})
    plays = [Play(scenario, run=run) for run in range(40)]
    assert all(play.signal("one").status == play.signal("two").status for play in plays)
    assert any(play.signal("one").status != play.signal("else").status for play in plays)  # misses once in 2**40


def test_private_words_leak_at_a_hazard_and_public_ones_do_not() -> None:
    scenario = crisis_of(signals={"private": PRIVATE, "public": VOW, "secret": {**PRIVATE, "leak": 0.0}})
    waits = [Play(scenario, run=run).signal("private").leaks_at - 3.0 for run in range(400)]
    assert min(waits) > 0.0
    assert abs(sum(waits) / 400 - 10.0) < 4.0 * 10.0 / math.sqrt(400)  # exponential: mean and deviation of 10 days
    play = Play(scenario)
    assert math.isinf(play.signal("public").leaks_at)
    assert math.isinf(play.signal("secret").leaks_at)


def test_nothing_leaks_and_no_incident_happens_before_the_information_date() -> None:
    front = {"a-b": {"incidents": {"rate": 2.0, "severity": 0.5}}}
    scenario = crisis_of(signals={"private": {**PRIVATE, "leak": 5.0}}, front=front, as_of=20)
    for run in range(20):
        play = Play(scenario, run=run)
        assert play.signal("private").leaks_at > 20.0
        assert play.front("a-b").incident_next > 20.0
        assert Play(crisis_of(front=front), run=run).front("a-b").incident_next < 20.0


def test_pressure_and_fear_begin_at_their_baselines() -> None:
    play = Play(crisis_of(actors={"a": {"domestic_pressure": 0.35}}, front={"a-b": {"fear": 0.4}}))
    assert play.actor("a").pressure == 0.35
    assert play.front("a-b").fear_baseline == 0.4
    assert play.front("a-b").background > 0.0
    assert math.isinf(play.front("a-b").incident_next)


def test_a_hazard_without_bound_is_certain_war_among_those_whom_it_concerns_and_none_among_others() -> None:
    play = Play(crisis_of())
    play.rules.accident_hazard = play.rules.act_window = play.rules.brinkmanship_scale = 1e300
    begin(play.crisis)
    risk, o = play.crisis.risk, play.o
    assert risk[o("display")][o("display")] == risk[o("limited-strike")][o("major-strike")] == 1.0
    assert risk[o("restraint")][o("major-strike")] == risk[o("display")][o("threat")] == 0.0
