from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.events import earliest, event_names, query, select_fronts
from escalation.montecarlo.queries import CAUSES_OF_WAR
from escalation.world.scenario import Scenario

NEVER = -1


@pytest.fixture
def axes(engine: SimpleNamespace, scenario: Scenario) -> Axes:
    return Axes.of(scenario, engine.lower(scenario))


def outcomes(*, crossed: list[list[int]], causes: list[int], joined: int = -1) -> dict[str, np.ndarray]:
    """One run: periods of the rungs above restraint by front, and causes of war by front."""
    return {
        "crossed": np.array([[[0, *row] for row in crossed]], dtype=np.int16),
        "war_cause": np.array([causes], dtype=np.int8),
        "joined": np.array([[joined]], dtype=np.int16),
        "vows_broken": np.array([[0, 2, 0]], dtype=np.int16),
        "settled": np.array([NEVER], dtype=np.int16),
    }


CLIMB = outcomes(crossed=[[4, 5, 9, NEVER, NEVER], [3, 8, 8, 8, 8], [NEVER] * 5], causes=[0, 3, 0], joined=6)


@pytest.mark.parametrize(
    ("event", "actor", "target", "period"),
    [
        ("rung:restraint", None, None, 0),
        ("rung:threat", None, None, 3),
        ("rung:display", None, None, 5),
        ("rung:limited-strike", None, None, 8),
        ("initiation", None, None, 8),
        ("initiation", "ara", None, 9),
        ("initiation", None, "bor", 9),
        ("initiation", "bor", "ara", 8),
        ("rung:major-strike", "ara", None, NEVER),
        ("war", None, None, 8),
        ("war", "ara", None, NEVER),
        ("accident", None, None, 8),
        ("accident", "cal", None, NEVER),
        ("settled", None, None, NEVER),
        ("joined:cal-bor", None, None, 6),
        ("joined:cal-bor:ara", None, None, 6),
    ],
)
def test_each_event_is_found_in_its_column(
    axes: Axes, event: str, actor: str | None, target: str | None, period: int
) -> None:
    asked = query(event, axes, actor=actor, target=target)
    assert asked.first_period(CLIMB).tolist() == [period]
    assert asked.occurs(CLIMB).tolist() == [period >= 0]


@pytest.mark.parametrize(("cause", "war", "accident"), [(0, -1, -1), (1, 8, -1), (2, 8, -1), (3, 8, 8), (4, 8, -1)])
def test_causes_of_war_are_told_apart(axes: Axes, cause: int, war: int, accident: int) -> None:
    run = outcomes(crossed=[[8] * 5, [NEVER] * 5, [NEVER] * 5], causes=[cause, 0, 0])
    assert query("war", axes).first_period(run).tolist() == [war]
    assert query("accident", axes).first_period(run).tolist() == [accident]
    by_cause = {name: query(f"war:{name}", axes).first_period(run).tolist() for name in CAUSES_OF_WAR}
    assert by_cause == {name: [8 if number == cause else -1] for name, number in CAUSES_OF_WAR.items()}


def test_a_war_that_stood_at_the_start_is_not_counted(axes: Axes) -> None:
    run = outcomes(crossed=[[NEVER] * 5] * 3, causes=[0, 0, 0])
    for event in ("war", "initiation", "rung:war"):
        assert not query(event, axes).occurs(run).any()


def test_broken_vows_are_counted_but_have_no_day(axes: Axes) -> None:
    assert query("vow-broken:bor", axes).occurs(CLIMB).tolist() == [True]
    assert query("vow-broken:ara", axes).occurs(CLIMB).tolist() == [False]
    with pytest.raises(StudyError, match="without a day"):
        query("vow-broken:bor", axes).first_period(CLIMB)


def test_the_earliest_of_several_ignores_never() -> None:
    columns = np.array([[-1, -1, 5], [-1, 7, 2], [-1, 9, 32_000]], dtype=np.int16)
    assert earliest(columns).tolist() == [-1, 7, 2]


def test_the_events_of_a_scenario_can_all_be_asked_for(axes: Axes) -> None:
    names = event_names(axes)
    assert names == [
        "initiation", "war", "settled", "agreement", "accident", "rung:threat", "rung:display",
        "rung:limited-strike", "rung:major-strike", "rung:war", "joined:cal-bor", "vow-broken:ara",
    ]  # fmt: skip
    for name in names:
        assert query(name, axes).event == name


def test_initiation_is_the_lowest_rung_of_force_whatever_the_ladder(engine: SimpleNamespace) -> None:
    rung = {"gain": 0.0, "destruction": 0.0}
    ladder = {
        "name": "short",
        "rungs": [
            {"name": "calm", "intensity": 0.0, "role": "restraint", **rung},
            {"name": "blow", "intensity": 0.5, "role": "force", **rung},
            {"name": "siege", "intensity": 0.9, "role": "war", **rung},
            {"name": "ruin", "intensity": 1.0, "role": "war", **rung},
        ],
    }
    scenario = engine.make(ladder=ladder)
    axes = Axes.of(scenario, engine.lower(scenario))
    assert query("initiation", axes) != query("rung:siege", axes)
    assert query("initiation", axes).rung == query("rung:blow", axes).rung == 1
    # War, however it came about, is noted on the last rung.
    assert query("war", axes).rung == query("rung:ruin", axes).rung == 3


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ("rung:limited-strik", "did you mean 'rung:limited-strike'"),
        ("wa", "did you mean 'war'"),
        ("joined:cal-bo", "did you mean 'joined:cal-bor'"),
        ("vow-broken:arra", "did you mean 'vow-broken:ara'"),
        ("", "allowed: initiation, war"),
        ("war:ara", "did you mean"),
        ("rung", "no event 'rung'"),
        ("settled:", "did you mean 'settled'"),
    ],
)
def test_an_unknown_event_is_refused_with_the_near_one(axes: Axes, event: str, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        query(event, axes)


def test_an_event_is_one_name(axes: Axes) -> None:
    with pytest.raises(StudyError, match=r"event is \['war'\]; it must be the name of one event"):
        query(["war"], axes)


@pytest.mark.parametrize("event", ["settled", "joined:cal-bor", "vow-broken:ara"])
def test_what_is_not_of_single_fronts_takes_no_actor(axes: Axes, event: str) -> None:
    with pytest.raises(StudyError, match="not of single fronts"):
        query(event, axes, actor="ara")
    with pytest.raises(StudyError, match="not of single fronts"):
        query(event, axes, target="ara")


def test_an_unknown_actor_or_front_is_refused(axes: Axes) -> None:
    with pytest.raises(StudyError, match="no actor 'arra'; did you mean 'ara'"):
        query("war", axes, actor="arra")
    with pytest.raises(StudyError, match="no actor 'x'; allowed: ara, bor, cal"):
        query("war", axes, target="x")
    with pytest.raises(StudyError, match=r"no front 'bor-cal'.*ara-bor, bor-ara, cal-ara"):
        query("war", axes, actor="bor", target="cal")
    with pytest.raises(StudyError, match="no front '<any>-cal'"):
        select_fronts(axes, target="cal")


def test_an_act_is_against_another(axes: Axes) -> None:
    with pytest.raises(StudyError, match="actor and target are both 'ara'; an act of one actor is against another"):
        query("war", axes, actor="ara", target="ara")
