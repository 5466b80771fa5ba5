"""These run the compiled engine."""

from __future__ import annotations

import json
from typing import Any

import pytest

from escalation.analysis.what_mattered.ladders import across_ladders, counterpart, on_ladder
from escalation.errors import StudyError
from escalation.files import load
from escalation.montecarlo.compare import compare
from escalation.world.ladder import Ladder, Role, load_ladder
from escalation.world.scenario import Scenario

NAME = "two-state-deterrence"


def coarse(**middle: Any) -> Ladder:
    """Return a ladder of three rungs, the one in the middle of force."""
    rungs: list[dict[str, Any]] = [
        {"name": "peace", "intensity": 0.0, "gain": 0.0, "destruction": 0.0, "role": "restraint"},
        {"name": "blow", "intensity": 0.6, "gain": 0.2, "destruction": 0.1, "role": "force"} | middle,
        {"name": "war", "intensity": 1.0, "gain": 0.7, "destruction": 1.0, "role": "war"},
    ]
    return Ladder.model_validate({"name": "coarse", "rungs": rungs})


def told(**changes: Any) -> Scenario:
    """Return a scenario that names a rung wherever one can be named."""
    data: dict[str, Any] = {
        "name": "told",
        "actors": {"a": {}, "b": {}, "c": {}},
        "fronts": {"a-b": {"baseline": "threat"}, "b-a": {}},
        "commitments": {"pledge": {"patron": "c", "protege": "b", "trigger": "major-strike"}},
        "signals": {
            "vow": {"kind": "vow", "date": 1, "sender": "a", "receivers": ["b"], "rung": "limited-strike"},
            "threat": {"kind": "threat", "date": 1, "sender": "b", "receivers": ["a"], "trigger": "display"},
        },
        "events": {
            "sailing": {
                "kind": "provocation",
                "date": 2,
                "victims": [{"actor": "b", "severity": 0.4}],
                "suspects": [{"actors": ["a"]}],
                "rung": "display",
            }
        },
        "observed": [{"date": 40, "actor": "a", "target": "b", "rung": "limited-strike", "covert": True}],
    }
    return Scenario.from_dict(data | changes)


def test_every_rung_named_has_its_counterpart() -> None:
    ten = on_ladder(told(), "ten-rung")
    assert ten.ladder == load_ladder("ten-rung")
    assert ten.fronts["a-b"].baseline == "threat"
    assert ten.fronts["b-a"].baseline is None
    assert ten.commitments["pledge"].trigger == "major-strike"
    assert ten.signals["vow"].rung == "limited-strike"
    assert ten.signals["vow"].trigger is None
    assert ten.signals["threat"].trigger == "show-of-force"
    assert ten.events["sailing"].rung == "show-of-force"
    assert ten.observed[0].rung == "limited-strike"
    kahn = on_ladder(told(), "kahn-44")
    assert kahn.fronts["a-b"].baseline == "kahn-03-formal-declarations"
    assert kahn.observed[0].rung == "kahn-09-dramatic-confrontation"


def test_nothing_but_rungs_changes() -> None:
    scenario = load("haniyeh-2024")
    places = {path.split(".")[-1] for path, _, _ in on_ladder(scenario, "ten-rung").diff(scenario)}
    own = {"name", "description", "rungs", "trigger", "baseline", "rung"}
    assert places <= own, "and these are the ladder itself, and what names its rungs"


def test_on_its_own_ladder_a_scenario_is_itself() -> None:
    scenario = load("haniyeh-2024")
    assert on_ladder(scenario, "default") == scenario


@pytest.mark.parametrize("name", ["default", "ten-rung", "kahn-44"])
def test_a_counterpart_has_the_role_and_no_other_is_nearer(name: str) -> None:
    ladder = load_ladder(name)
    for rung in load_ladder("kahn-44").rungs:
        found = counterpart(rung, ladder)
        others = [other for other in ladder.rungs if other.role is rung.role]
        assert found in others
        assert abs(found.intensity - rung.intensity) == min(abs(o.intensity - rung.intensity) for o in others)


def test_of_two_as_near_the_lower_is_taken() -> None:
    ladder = load_ladder("kahn-44")
    rungs = [rung for rung in ladder.rungs if rung.role is Role.FORCE]
    between = rungs[0].model_copy(update={"intensity": (rungs[0].intensity + rungs[1].intensity) / 2.0})
    assert counterpart(between, ladder) == rungs[0]


def test_a_ladder_without_the_role_is_refused() -> None:
    with pytest.raises(StudyError, match="no rung of role threat to stand for 'threat': restraint, force, war"):
        on_ladder(told(), coarse())


def test_a_ladder_that_is_not_in_the_library_is_refused() -> None:
    with pytest.raises(StudyError, match="no ladder 'kahn'"):
        on_ladder(told(), "kahn")


def test_a_strong_effect_survives_and_is_that_of_a_plain_comparison() -> None:
    scenario = load(NAME).replace("fit", None)
    without = scenario.without("alliance")
    study = across_ladders(scenario, without, runs=400, seed=1)
    assert [row.ladder for row in study.rows] == ["default", "ten-rung", "kahn-44"]
    assert [row.sign for row in study.rows] == [1, 1, 1]  # a patron deters: without it force is likelier
    assert study.survives
    plain = compare(scenario, without, runs=400, seed=1).differences["initiation"]
    assert study.rows[0].difference == plain
    assert "survives" in str(study).splitlines()[2]
    assert study.summary()["difference_is"] == "changed minus unchanged"


def test_an_effect_that_is_none_is_undecided_everywhere() -> None:
    scenario = load(NAME)
    study = across_ladders(scenario, scenario, runs=50, seed=1, ladders=("default", "ten-rung"))
    assert {study.verdict(ladder) for ladder in ("default", "ten-rung")} == {"undecided"}
    assert not study.survives


def test_a_sign_that_turns_is_told() -> None:
    """More is won by force in one world, and it costs more at home: which tells depends on what a rung gains."""
    scenario = load(NAME).replace("fit", None).without("threat")
    scenario = scenario.replace("fronts.challenger-defender.revisionism", 0.5)
    keen = scenario.replace("fronts.challenger-defender.revisionism", 1.0)
    keen = keen.replace("actors.challenger.belligerence_cost", 0.9)
    fruitful = coarse(gain=0.7).model_copy(update={"name": "fruitful"})
    study = across_ladders(scenario, keen, runs=1000, seed=3, ladders=(fruitful, coarse(gain=0.0)))
    assert [row.sign for row in study.rows] == [1, -1]
    assert study.verdict("coarse") == "reversed"
    assert not study.survives


def test_an_event_that_is_a_rung_goes_by_its_counterpart() -> None:
    scenario = load(NAME)
    study = across_ladders(
        scenario, scenario.without("threat"), event="rung:display", actor="challenger", runs=40, seed=1
    )
    names = [row.event for row in study.rows]
    assert names == ["rung:display", "rung:show-of-force", "rung:kahn-06-significant-mobilization"]
    row = study.rows[0]
    unchanged, changed = (world.occurs("rung:display", actor="challenger").mean() for world in (row.first, row.second))
    assert row.difference.value == pytest.approx(changed - unchanged)


def test_whose_acts_count_is_said_and_holds_for_all_numbers() -> None:
    scenario = load(NAME)
    study = across_ladders(
        scenario, scenario.without("alliance"), actor="defender", ladders=("default", "ten-rung"), runs=300, seed=1
    )
    summary = study.summary()
    assert (summary["actor"], summary["target"]) == ("defender", None)
    for row in summary["ladders"].values():
        assert row["second"]["value"] - row["first"]["value"] == pytest.approx(row["difference"]["value"])
    assert {cells[1] for cells in study.rows_text()} == {"defender chooses force"}


def test_the_summary_is_plain_data() -> None:
    scenario = load(NAME)
    study = across_ladders(scenario, scenario.without("alliance"), runs=60, seed=2, ladders=("default", "kahn-44"))
    summary = json.loads(json.dumps(study.summary()))
    assert summary["ladders"].keys() == {"default", "kahn-44"}
    row = summary["ladders"]["kahn-44"]
    assert row["verdict"] == study.verdict("kahn-44")
    assert row["second"]["value"] - row["first"]["value"] == pytest.approx(row["difference"]["value"])
    assert (summary["seed"], summary["runs"]) == (2, 60)


@pytest.mark.parametrize("ladders", [("default",), ("default", "default")])
def test_ladders_must_be_two_of_different_names(ladders: tuple[str, ...]) -> None:
    scenario = load(NAME)
    with pytest.raises(StudyError, match="two or more, of different names"):
        across_ladders(scenario, scenario, ladders=ladders)


def test_two_worlds_on_different_ladders_are_refused() -> None:
    scenario = load(NAME)
    with pytest.raises(StudyError, match="stand on different ladders"):
        across_ladders(scenario, on_ladder(scenario, "ten-rung"))


def test_an_unknown_event_or_ladder_is_refused() -> None:
    scenario = load(NAME)
    with pytest.raises(StudyError, match="no event 'rung:nuisance'"):
        across_ladders(scenario, scenario, event="rung:nuisance", runs=2)
    study = across_ladders(scenario, scenario, runs=2, ladders=("default", "ten-rung"))
    with pytest.raises(StudyError, match="no ladder 'kahn-44' in this study"):
        study.verdict("kahn-44")
