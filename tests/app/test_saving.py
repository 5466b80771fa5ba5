"""Saved games: replayed exactly, checked in full, nothing executed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import escalation as esc
from escalation.app import saving
from escalation.app.game import Position, begin, play_on
from escalation.engines.situation import Situation, Statement
from escalation.engines.statements import with_statement
from escalation.engines.trajectory import Trajectory
from escalation.errors import EscalationError, ScenarioError, StoreError, StudyError
from escalation.files import dumps as scenario_text
from escalation.world.scenario import Scenario


@pytest.fixture(scope="module")
def end(busy: Scenario) -> Position:
    return play_on(begin(busy, "ara", seed=3, run=2), lambda s: s.acts[len(s.acts) // 2])


@pytest.fixture
def data(end: Position) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(saving.dumps(end))
    return loaded


def test_a_replay_is_exact(end: Position, tmp_path: Path) -> None:
    path = tmp_path / "over.game.json"
    saving.save(end, path)
    again = saving.load(path)
    assert again.game == end.game
    assert again.trajectory == end.trajectory
    assert again.situation is None


def test_a_game_goes_on_where_it_was_saved(busy: Scenario) -> None:
    here = begin(busy, "bor", seed=3, run=2).choose("restraint")
    again = saving.loads(saving.dumps(here))
    assert again.situation == here.situation
    assert play_on(again, lambda s: s.acts[-1]).trajectory == play_on(here, lambda s: s.acts[-1]).trajectory


def test_the_scenario_is_in_it_as_text(data: dict[str, Any], busy: Scenario) -> None:
    from escalation.files import loads

    assert loads(data["scenario"]) == busy
    assert (data["seed"], data["run"], data["actor"]) == (3, 2, "ara")


def test_a_game_that_was_changed_is_refused(data: dict[str, Any]) -> None:
    data["choices"][0]["act"] = "restraint"
    with pytest.raises(StoreError, match=r"differs from the game that was saved|but the decision that falls"):
        saving.loads(json.dumps(data))


@pytest.mark.parametrize("what", ["acts", "outcomes"])
def test_what_comes_out_otherwise_is_noticed(data: dict[str, Any], what: str) -> None:
    data[f"{what}_sha256"] = "0" * 64
    with pytest.raises(StoreError, match=rf"the replay differs in its {what} from .* saved: it was changed$"):
        saving.loads(json.dumps(data))
    data["sources"] = "older"
    with pytest.raises(StoreError, match=r"another version of the model \(0\.\d+\.\d+, sources older; here \w{24}\)"):
        saving.loads(json.dumps(data))


def test_a_game_of_the_form_before_may_not_tell_its_sources(data: dict[str, Any]) -> None:
    assert data["format"] == "escalation-game-4"
    del data["sources"], data["outcomes_sha256"]
    with pytest.raises(
        ScenarioError, match=r"outcomes_sha256: is missing; a file of the form escalation-game-4 has it"
    ):
        saving.loads(json.dumps(data))
    data["format"] = "escalation-game-1"
    assert saving.loads(json.dumps(data)).trajectory
    data["acts_sha256"] = "0" * 64
    with pytest.raises(StoreError, match=r"the replay differs in its acts .* \(it says 0\."):
        saving.loads(json.dumps(data))


def test_a_game_of_other_sources_that_replays_alike_is_taken(data: dict[str, Any]) -> None:
    data["sources"] = "older"
    assert saving.loads(json.dumps(data)).trajectory


def test_a_scenario_that_was_changed_is_noticed(data: dict[str, Any]) -> None:
    data["scenario"] = data["scenario"].replace("tempo = 3.0", "tempo = 0.5")
    with pytest.raises(StoreError, match=r"differs|on offer"):
        saving.loads(json.dumps(data))


def test_all_faults_of_its_form_are_told_at_once(data: dict[str, Any]) -> None:
    data |= {"seed": -1, "run": "two", "extra": 1}
    data["choices"][0] |= {"day": -3.0, "weapon": "x"}
    del data["actor"]
    with pytest.raises(ScenarioError, match="6 faults") as refused:
        saving.loads(json.dumps(data), file="mine.json")
    places = {fault.where for fault in refused.value.faults}
    assert places == {"seed", "run", "extra", "actor", "choices.0.day", "choices.0.weapon"}
    assert str(refused.value).startswith("mine.json: ")


def test_faults_of_its_scenario_are_told(data: dict[str, Any]) -> None:
    data["scenario"] = 'name = "x"\nhorizon = -1\n'
    with pytest.raises(ScenarioError, match=r"scenario in mine\.json") as refused:
        saving.loads(json.dumps(data), file="mine.json")
    assert {fault.where for fault in refused.value.faults} >= {"horizon", "actors"}


def test_an_actor_that_the_scenario_has_not_is_named(data: dict[str, Any]) -> None:
    data["actor"] = "zzz"
    with pytest.raises(StudyError, match="no actor 'zzz'"):
        saving.loads(json.dumps(data))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[1]", "no saved game"),
        ('{"name": "x"}', "no saved game"),
        (b"\xff\xfe\xfd", "not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5000, "not valid JSON"),
        ('{"format": "escalation-game-9"}', "format: must be one of the allowed names, not 'escalation-game-9'"),
    ],
)
def test_what_is_no_game_is_said(text: str | bytes, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        saving.loads(text)


@settings(max_examples=50)
@given(st.binary(max_size=300) | st.text(max_size=300) | st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["format", "seed", "run", "actor", "choices", "scenario", "day", "act"]), inner, max_size=8
    ),
).map(json.dumps))  # fmt: skip
def test_whatever_comes_is_an_expected_error(text: str | bytes) -> None:
    with pytest.raises(EscalationError, match=r"not valid JSON|no saved game|format|fault"):
        saving.loads(text)


def test_too_large_a_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (saving.MOST_BYTES + 1))
    with pytest.raises(ScenarioError, match="larger than"):
        saving.load(path)


def test_a_file_that_cannot_be_read_or_written_is_said(end: Position, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        saving.load(tmp_path / "none.json")
    with pytest.raises(StoreError, match="cannot be written"):
        saving.save(end, tmp_path / "no folder" / "x.json")


def test_what_was_said_is_saved_and_replayed(busy: Scenario, tmp_path: Path) -> None:
    here = begin(busy, "ara", seed=3, run=2).say(
        Statement("threat", ("bor",), trigger="threat", rung="display", due=9.0)
    )
    here = here.choose("restraint").say(Statement("reassurance", ("cal",), channel="private", leak=0.1, strength=1.5))
    saving.save(here, path := tmp_path / "said.game.json")
    again = saving.load(path)
    assert (again.game, again.situation) == (here.game, here.situation)
    assert again.trajectory == here.trajectory
    assert play_on(again, lambda s: s.acts[0]).trajectory == play_on(here, lambda s: s.acts[0]).trajectory


def test_words_that_were_changed_are_refused(busy: Scenario) -> None:
    data = json.loads(saving.dumps(begin(busy, "ara", seed=3, run=2).say(Statement("vow", ("bor",)))))
    assert data["said"] == [{"day": 4.0, "after": 0, "kind": "vow", "receivers": ["bor"]}]
    for change, words in (
        ({"due": 7.0}, "the replay differs in its acts"),
        ({"kind": "vwo"}, "there is no kind of signal 'vwo'"),
        ({"receivers": ["ara"]}, "cannot be its own receiver"),
        ({"day": 2.0}, "the replay differs in its acts"),
        ({"day": 2.5}, r"was made on day 2\.5 after 0 choices, but the game never stands there"),
        ({"after": 1}, "was made on day 4 after 1 choices"),
        ({"receivers": "bor"}, "receivers"),
        ({"loud": True}, "loud"),
    ):
        changed = {**data, "said": [{**data["said"][0], **change}]}
        with pytest.raises(EscalationError, match=words):
            saving.loads(json.dumps(changed))
    with pytest.raises(ScenarioError, match="said: has no place in a file of the form escalation-game-2"):
        saving.loads(json.dumps({**data, "format": "escalation-game-2"}))
    with pytest.raises(ScenarioError, match="said: "):
        saving.loads(json.dumps({**data, "said": data["said"] * 101}))


def test_where_a_game_stops_and_what_is_said_there_are_saved_and_replayed(busy: Scenario, tmp_path: Path) -> None:
    vow = Statement("vow", ("bor",), rung="display")
    here = begin(busy, "ara", seed=3, run=1).choose("restraint", stop=2.0)
    assert (here.day, here.situation) == (2.0, None)
    for place in (here.say(vow), here.say(vow).go_on(stop=3.0), here.say(vow).go_on()):
        saving.save(place, path := tmp_path / "said.game.json")
        again = saving.load(path)
        assert (again.game, again.day, again.situation) == (place.game, place.day, place.situation)
        assert again.trajectory == place.trajectory
        assert play_on(again, lambda s: s.acts[0]).trajectory == play_on(place, lambda s: s.acts[0]).trajectory
    data = json.loads(saving.dumps(here))
    assert data["stop"] == here.day
    for stop, words in ((-1.0, "stop"), (float("inf"), "stop"), ("tomorrow", "stop")):
        with pytest.raises(ScenarioError, match=words):
            saving.loads(json.dumps({**data, "stop": stop}))


def _of_form_3(scenario: Scenario, choices: list[list[Any]], said: list[dict[str, Any]], played: Scenario) -> str:
    """A game as the form before the last wrote it, at the end of a run; what came of it is worked out without games."""
    end = esc.CrisisModel(
        played, seed=3, run=2, decision_rules={"ara": lambda _: "restraint"}, recorded=True
    ).play()  # fmt: skip
    outcomes, log = end.finished()
    trajectory = Trajectory.from_record(end.lowered, 3, 2, outcomes, log)
    acts = [[int(value) for value in row] for row in trajectory.acts.tolist()]
    told = {name: array.tolist() for name, array in sorted(trajectory.outcomes.items())}
    del told["conceded"], told["joint"]
    if not scenario.rules.conciliation:
        del told["agreed"]
    return json.dumps({
        "format": "escalation-game-3", "version": "0.1.0", "actor": "ara", "seed": 3, "run": 2,
        "choices": [{"day": day, "target": target, "act": act} for day, target, act in choices],
        "said": said,
        "acts_sha256": hashlib.sha256(json.dumps([acts, said]).encode()).hexdigest(),
        "outcomes_sha256": hashlib.sha256(json.dumps(told).encode()).hexdigest(),
        "sources": "older", "scenario": scenario_text(scenario),
    })  # fmt: skip


def test_a_game_of_the_form_before_is_replayed_and_saved_in_the_new_one(busy: Scenario) -> None:
    vow = Statement("vow", ("bor",), rung="display")
    end = play_on(begin(busy, "ara", seed=3, run=2), lambda _: "restraint")
    first, second = end.game.choices[:2]
    said = [
        {"day": first.day, "after": 0, "kind": "vow", "receivers": ["bor"], "rung": "display"},
        {"day": first.day, "after": 0, "kind": "reassurance", "receivers": ["cal"], "channel": "private"},
    ]
    played = with_statement(busy, "ara", vow, day=first.day)
    played = with_statement(played, "ara", Statement("reassurance", ("cal",), channel="private"), day=first.day)
    asked: list[list[Any]] = []

    def restrained(situation: Situation) -> str:
        asked.append([situation.day, situation.target, "restraint"])
        return "restraint"

    esc.CrisisModel(played, seed=3, run=2, decision_rules={"ara": restrained}).play()
    old = _of_form_3(busy, asked, said, played)
    here = saving.loads(old)
    assert here.over
    assert [row.statement.kind for row in here.game.said] == ["vow", "reassurance"]
    assert here.trajectory.scenario == played
    new = saving.dumps(here)
    assert json.loads(new)["format"] == "escalation-game-4"
    assert saving.loads(new).trajectory == here.trajectory
    with pytest.raises(ScenarioError, match="stop: has no place in a file of the form escalation-game-3"):
        saving.loads(json.dumps({**json.loads(old), "stop": 5.0}))
    with pytest.raises(StoreError, match="the replay differs in its acts"):
        saving.loads(old.replace('"rung": "display"', '"rung": "limited-strike"'))
    assert second.day > first.day
