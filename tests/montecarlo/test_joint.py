"""Joint force, from outcomes made by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.compare import compare
from escalation.montecarlo.events import check_events, event_names, further_names, query
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


def outcomes(**days: int | tuple[int, int]) -> dict[str, np.ndarray]:
    """One run: first period of force by front, or of force and of war; a front of war alone has force never."""
    crossed = np.full((1, len(FRONTS), 6), NEVER, dtype=np.int16)
    crossed[:, :, 0] = 0
    crossed[:, :, 1:3] = 1  # threats and displays are no force
    for front, day in days.items():
        force, war = day if isinstance(day, tuple) else (day, NEVER)
        crossed[0, FRONTS.index(front.replace("_", "-")), 3:] = [force, NEVER, war]
    return {"crossed": crossed}


@pytest.mark.parametrize(
    ("run", "event", "period"),
    [
        (outcomes(ara_dun=3, bor_dun=17), "joint:ara+bor", 17),
        (outcomes(ara_dun=17, bor_dun=3), "joint:bor+ara", 17),
        (outcomes(ara_dun=3, bor_dun=18), "joint:ara+bor", NEVER),  # the window is fourteen days
        (outcomes(ara_dun=5, bor_dun=5), "joint:ara+bor", 5),
        (outcomes(ara_dun=5), "joint:ara+bor", NEVER),
        (outcomes(), "joint:ara+bor", NEVER),
        (outcomes(ara_dun=5, dun_ara=6), "joint:ara+bor", NEVER),  # the adversary's answer is not an ally's
        (outcomes(ara_dun=5, bor_eli=6), "joint:ara+bor", NEVER),  # two adversaries are not one
        (outcomes(ara_dun=1, bor_dun=20, ara_eli=9, bor_eli=12), "joint:ara+bor", 12),
        (outcomes(ara_dun=8, bor_dun=14, ara_eli=9, bor_eli=12), "joint:ara+bor", 12),
        # In a war both sides use force, whoever began it; force that came before it is the first.
        (outcomes(ara_dun=(NEVER, 6), bor_dun=12), "joint:ara+bor", 12),
        (outcomes(ara_dun=(NEVER, 6), bor_dun=(NEVER, 6)), "joint:ara+bor", 6),
        (outcomes(ara_dun=(2, 16), bor_dun=17), "joint:ara+bor", NEVER),
        # Of three any two suffice; it is dated on the second of the first two.
        (outcomes(ara_dun=1, bor_dun=20, cal_dun=33), "joint:ara+bor+cal", 33),
        (outcomes(ara_dun=1, cal_dun=4), "joint:ara+bor+cal", 4),
        (outcomes(ara_dun=1, bor_dun=9, cal_dun=4), "joint:cal+bor+ara", 4),
        (outcomes(ara_dun=1, bor_dun=16, cal_dun=31), "joint:ara+bor+cal", NEVER),
        (outcomes(ara_dun=1, cal_dun=4), "joint:ara+bor", NEVER),
        # Somebody without any front may be named beside two who have one.
        (outcomes(ara_dun=1, cal_dun=4), "joint:ara+fay+cal", 4),
    ],
)
def test_joint_force_is_first_force_on_one_adversary_within_the_act_window(
    run: dict[str, np.ndarray], event: str, period: int
) -> None:
    asked = query(event, AXES)
    assert asked.event == event
    assert asked.first_period(run).tolist() == [period]
    assert asked.occurs(run).tolist() == [period >= 0]


def test_a_target_asks_for_one_adversary() -> None:
    run = outcomes(ara_dun=8, bor_dun=14, ara_eli=9, bor_eli=12)
    assert query("joint:ara+bor", AXES, target="dun").first_period(run).tolist() == [14]
    assert query("joint:ara+bor", AXES, target="eli").first_period(run).tolist() == [12]


def test_many_runs_are_answered_at_once() -> None:
    runs = [outcomes(ara_dun=3, bor_dun=4 + gap) for gap in range(20)]
    together = {"crossed": np.concatenate([run["crossed"] for run in runs]).astype(np.int8)}
    assert query("joint:ara+bor", AXES).occurs(together).tolist() == [gap <= 13 for gap in range(20)]


def test_the_window_is_in_days_whatever_the_period() -> None:
    near, far = outcomes(ara_dun=1, bor_dun=3), outcomes(ara_dun=1, bor_dun=4)
    weeks = query("joint:ara+bor", axes_of(period=7.0))
    assert (weeks.occurs(near).tolist(), weeks.occurs(far).tolist()) == ([True], [False])
    # The last period, from day 35 to 40, is shorter: from day 28 to 40 it is twelve days.
    assert query("joint:ara+bor", axes_of(period=7.0, rules={"act_window": 12.0})).occurs(
        outcomes(ara_dun=4, bor_dun=6)
    ).tolist() == [True]
    tenths = query("joint:ara+bor", axes_of(period=0.1, rules={"act_window": 0.3}))
    assert tenths.occurs(outcomes(ara_dun=1, bor_dun=4)).tolist() == [True]  # 0.4 - 0.1 is above 0.3 in floats
    assert tenths.occurs(outcomes(ara_dun=1, bor_dun=5)).tolist() == [False]


def test_a_window_that_is_not_known_counts_by_its_median() -> None:
    window = {"distribution": "uniform", "low": 4.0, "high": 8.0}
    asked = query("joint:ara+bor", axes_of(rules={"act_window": window}))
    assert asked.occurs(outcomes(ara_dun=1, bor_dun=7)).tolist() == [True]
    assert asked.occurs(outcomes(ara_dun=1, bor_dun=8)).tolist() == [False]


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
        ("joint:ara+fay", {}, "no two of these actors have an adversary in common; allowed are "),
        ("joint:cal+dun", {}, "no two of these actors have an adversary in common"),
        ("joint:ara+cal", {"target": "eli"}, "no two of these actors have a front on 'eli' in common"),
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
    with pytest.raises(StudyError, match="no two actors of this scenario have one"):
        query("joint:ara+cal", axes)


def test_pairs_of_allies_are_offered_but_not_listed() -> None:
    assert not any(name.startswith("joint") for name in event_names(AXES))
    agreements = [f"agreement:{front}" for front in AXES.front_ids]
    wars = ["war:choice", "war:brinkmanship", "war:commitment"]
    assert further_names(AXES) == [*wars, *agreements, "joint:ara+bor", "joint:ara+cal", "joint:bor+cal"]
    for name in further_names(AXES):
        assert query(name, AXES).event == name


def test_adversaries_who_face_one_more_are_not_offered() -> None:
    axes = Axes.named(
        axes_of_triangle(), front_ids=("ara-bor", "bor-ara", "ara-cal", "bor-cal"), actor_ids=("ara", "bor", "cal"),
        commitment_rows=(),
    )  # fmt: skip
    assert not any(name.startswith("joint") for name in further_names(axes))
    assert query("joint:ara+bor", axes).event == "joint:ara+bor"


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
