"""Joint force, from outcomes made by hand."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.compare import compare
from escalation.montecarlo.events import check_events, event_names, further_names, query
from escalation.world.front import fronts_on_one_target
from escalation.world.scenario import Scenario

NEVER = -1
FRONTS = ("ara-dun", "bor-dun", "cal-dun", "dun-ara", "bor-eli", "ara-eli", "dun-cal")


def axes_of(**changes: Any) -> Axes:
    scenario = Scenario.from_dict(
        {
            "name": "allies",
            "start": "2024-07-31",
            "horizon": 40,
            "actors": {name: {} for name in ("ara", "bor", "cal", "dun", "eli", "fay")},
            "fronts": {front: {} for front in (*FRONTS, "dun-bor", "eli-bor", "eli-ara")},
            **changes,
        }
    )
    return Axes.named(scenario, front_ids=FRONTS, actor_ids=scenario.actor_ids, commitment_rows=())


AXES = axes_of()


def outcomes(**periods: int) -> dict[str, np.ndarray]:
    """One run: first period of joint force by pair of fronts, as ``ara_bor_dun``."""
    joint = np.full((1, len(AXES.pairs)), NEVER, dtype=np.int16)
    for pair, period in periods.items():
        one, two, target = pair.split("_")
        joint[0, AXES.pair_names.index(f"{one}+{two}-{target}")] = period
    return {"joint": joint}


def test_every_two_fronts_on_one_target_are_a_pair() -> None:
    assert AXES.pair_names == ("ara+bor-dun", "ara+cal-dun", "bor+cal-dun", "bor+ara-eli")
    assert [(AXES.front_ids[one], AXES.front_ids[two]) for one, two in AXES.pairs][-1] == ("bor-eli", "ara-eli")


@pytest.mark.parametrize(
    ("run", "event", "period"),
    [
        (outcomes(ara_bor_dun=17), "joint:ara+bor", 17),
        (outcomes(ara_bor_dun=17), "joint:bor+ara", 17),
        (outcomes(), "joint:ara+bor", NEVER),
        (outcomes(ara_bor_dun=20, bor_ara_eli=12), "joint:ara+bor", 12),
        # Of three any two suffice; it is dated on the second of the first two.
        (outcomes(bor_cal_dun=33), "joint:ara+bor+cal", 33),
        (outcomes(ara_bor_dun=9, ara_cal_dun=4), "joint:cal+bor+ara", 4),
        (outcomes(ara_cal_dun=4), "joint:ara+bor", NEVER),
    ],
)
def test_joint_force_is_that_of_any_pair_of_those_named(run: dict[str, np.ndarray], event: str, period: int) -> None:
    asked = query(event, AXES)
    assert asked.event == event
    assert asked.first_period(run).tolist() == [period]
    assert asked.occurs(run).tolist() == [period >= 0]


def test_a_target_asks_for_one_adversary() -> None:
    run = outcomes(ara_bor_dun=14, bor_ara_eli=12)
    assert query("joint:ara+bor", AXES, target="dun").first_period(run).tolist() == [14]
    assert query("joint:ara+bor", AXES, target="eli").first_period(run).tolist() == [12]


def test_runs_of_a_version_that_did_not_keep_it_are_refused_in_words() -> None:
    old = {"crossed": np.zeros((1, len(FRONTS), 6), np.int16)}
    for event in ("joint:ara+bor", "concession", "concession:ara-dun"):
        with pytest.raises(StudyError, match=f"'{re.escape(event)}' cannot be told of these runs: an earlier version"):
            query(event, AXES).occurs(old)


@pytest.mark.parametrize(
    ("event", "further", "message"),
    [
        ("joint:ara+bot", {}, r"no actor 'bot'; did you mean 'bor'\? Allowed: ara, bor, cal"),
        ("joint:ara", {}, r"must name two actors or more, joined by a plus sign; allowed are joint:ara\+bor, "),
        ("joint:", {}, "must name two actors or more"),
        ("joint", {}, "must name two actors or more"),
        ("joint:ara+", {}, "no actor ''; allowed: ara"),
        ("joint:ara,bor", {}, "no actor 'ara,bor'"),
        ("joint:ara+bor+ara", {}, "names 'ara' twice"),
        (
            "joint:ara+fay",
            {},
            (
                r"no two of these actors have an adversary in common; actors that face each other are not counted as "
                r"allies; allowed are joint:ara\+bor, joint:ara\+cal, joint:bor\+cal and larger groups made up of such "
                r"pairs$"
            ),
        ),
        ("joint:cal+dun", {}, "no two of these actors have an adversary in common; actors that face each other are"),
        # Only what is allowed against this adversary is offered.
        (
            "joint:ara+cal",
            {"target": "eli"},
            r"no two of these actors have a front on 'eli' in common; .*; allowed is joint:ara\+bor$",
        ),
        ("joint:ara+bor", {"target": "ara"}, "no two actors of this scenario have a front on 'ara' in common without"),
        # An actor that can never be one of the two is refused: its name would change the words, and not the event.
        # Fay has no front; dun is the adversary of both; cal has no front on eli.
        (
            "joint:ara+fay+cal",
            {},
            (
                r"leave out 'fay'; each actor named must have an adversary in common with another, and actors that "
                r"face each other are not counted as allies; allowed are joint:ara\+bor, "
            ),
        ),
        ("joint:ara+cal+dun+fay", {}, "leave out 'dun' and 'fay'; each actor named must have an adversary in common"),
        ("joint:ara+bor+cal", {"target": "eli"}, "leave out 'cal'; each actor named must have a front on 'eli' in"),
        ("joint:ara+bor", {"target": "dunn"}, "no actor 'dunn'; did you mean 'dun'"),
        ("joint:ara+bor", {"actor": "ara"}, "names its actors; only target, the adversary, goes with it"),
        ("jiont:ara+bor", {}, r"did you mean 'joint:ara\+bor'"),
    ],
)
def test_joint_force_of_nobody_is_refused_in_words(event: str, further: dict[str, str], message: str) -> None:
    with pytest.raises(StudyError, match=message):
        query(event, AXES, **further)


def test_where_no_two_have_an_adversary_in_common_the_message_says_so(engine: SimpleNamespace) -> None:
    scenario = engine.make(commitments={})
    axes = Axes.of(scenario, engine.lower(scenario))
    with pytest.raises(StudyError, match=r"no two actors of this scenario have an adversary in common without facing"):
        query("joint:ara+cal", axes)


def test_pairs_of_allies_are_offered_but_not_listed() -> None:
    assert not any(name.startswith("joint") for name in event_names(AXES))
    agreements = [f"agreement:{front}" for front in AXES.front_ids]
    wars = ["war:choice", "war:brinkmanship", "war:commitment"]
    concessions = ["concession", *(f"concession:{front}" for front in AXES.front_ids)]
    pairs = ["joint:ara+bor", "joint:ara+cal", "joint:bor+cal"]
    assert further_names(AXES) == [*wars, *agreements, *concessions, *pairs]
    for name in further_names(AXES):
        assert query(name, AXES).event == name


def test_adversaries_who_face_one_more_are_no_allies() -> None:
    axes = Axes.named(
        axes_of_triangle(), front_ids=("ara-bor", "bor-ara", "ara-cal", "bor-cal"), actor_ids=("ara", "bor", "cal"),
        commitment_rows=(),
    )  # fmt: skip
    assert not any(name.startswith("joint") for name in further_names(axes))
    assert axes.pairs == ()
    with pytest.raises(StudyError, match="actors that face each other are not counted as allies"):
        query("joint:ara+bor", axes)


def test_where_all_face_each_other_runs_keep_nothing_of_joint_force() -> None:
    names = [f"a{n}" for n in range(40)]
    fronts = tuple(f"{one}-{two}" for one in names for two in names if one != two)
    assert fronts_on_one_target(fronts) == ()  # and not 29,640 pairs


def axes_of_triangle() -> Scenario:
    fronts = {front: {} for front in ("ara-bor", "bor-ara", "ara-cal", "bor-cal", "cal-ara", "cal-bor")}
    return Scenario.from_dict(
        {"name": "triangle", "start": "2024-07-31", "horizon": 40, "actors": {"ara": {}, "bor": {}, "cal": {}},
         "fronts": fronts}
    )  # fmt: skip


def test_events_are_checked_before_anything_is_played(engine: SimpleNamespace, scenario: Scenario) -> None:
    engine.run_block = None
    check_events(["joint:bor+cal", "war"], scenario)
    check_events([], scenario)
    with pytest.raises(StudyError, match="no actor 'ally'"):
        check_events(["war", "joint:bor+ally"], scenario)
    with pytest.raises(StudyError, match="no two of these actors have an adversary in common"):
        compare(scenario, scenario.without("cal-bor"), runs=10, events=["joint:bor+cal"])


def test_events_that_are_not_listed_are_estimated_and_compared(scenario: Scenario) -> None:
    eager, calm = scenario.replace("rules.leash", 0.4), scenario.replace("rules.leash", 0.2)
    listed = compare(eager, calm, runs=200, seed=4)
    pair = compare(eager, calm, runs=200, seed=4, events=["joint:bor+cal"])
    assert "joint:bor+cal" not in listed.differences
    gap = pair.differences["joint:bor+cal"]
    assert pair.difference("joint:bor+cal") is gap
    assert listed.difference("joint:bor+cal").n == gap.n == 200
    one, two = (world.probability("joint:bor+cal") for world in (pair.first, pair.second))
    assert 0.0 < two.value < one.value < 1.0
    assert one.low < one.value < one.high
    assert gap.value == pytest.approx(two.value - one.value)
    assert gap.low < gap.value < gap.high
    summary = pair.summary()
    assert summary["differences"]["joint:bor+cal"] == gap.to_dict()
    assert summary["probabilities"]["first"]["joint:bor+cal"] == one.to_dict()
    assert pair.first.summary(events=["joint:bor+cal"])["probabilities"]["joint:bor+cal"] == one.to_dict()
    assert "joint:bor+cal" not in pair.first.summary()["probabilities"]
    day = pair.first.first_day("joint:bor+cal")
    assert np.isfinite(day).mean() == one.value
    assert pair.first.first_passage("joint:bor+cal").probability[-1] == one.value
    half = pair.first.probability("joint:bor+cal", by=20)
    assert half.value == (day <= 20).mean()
    assert pair.first.probability("joint:bor+cal", target="ara").value == one.value


def test_actor_and_target_reach_a_difference(scenario: Scenario) -> None:
    pair = compare(scenario, scenario.replace("rules.leash", 0.0), runs=200, seed=4)
    one, two = (world.occurs("initiation", actor="ara") for world in (pair.first, pair.second))
    assert pair.difference("initiation", actor="ara").value == pytest.approx(two.mean() - one.mean(), abs=0.01)
    assert pair.difference("initiation", actor="ara") != pair.difference("initiation")
    with pytest.raises(StudyError, match="no actor 'arra'"):
        pair.difference("war", actor="arra")
