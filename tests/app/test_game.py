"""Games: a person's choices in the model, waiting, taking back, and the same run where nothing is chosen otherwise."""

from __future__ import annotations

import pytest
from crises import crisis_of
from hypothesis import given, settings
from hypothesis import strategies as st

import escalation as esc
from escalation.app.game import Choice, Game, begin, chairs, explain_choice, play_on, position
from escalation.engines.situation import Situation
from escalation.errors import StoreError, StudyError
from escalation.world.scenario import Scenario


def preferred(situation: Situation) -> str:
    return situation.preferred


@pytest.mark.parametrize("actor", ["ara", "bor", "cal"])
@pytest.mark.parametrize("run", [0, 5])
def test_who_chooses_what_the_model_prefers_changes_nothing(busy: Scenario, actor: str, run: int) -> None:
    end = play_on(begin(busy, actor, seed=3, run=run), preferred)
    assert end.over
    assert end.trajectory == esc.simulate(busy, seed=3, run=run, engine="mesa")


def test_the_choices_are_what_is_done(busy: Scenario) -> None:
    end = play_on(begin(busy, "ara", seed=3), lambda s: "threat" if "threat" in s.acts else s.acts[0])
    names = end.trajectory.option_names
    row = end.trajectory.front_ids.index("ara-bor")
    done = [names[act["option"]] for act in end.trajectory.acts if act["front"] == row]
    assert done == [choice.act for choice in end.game.choices]
    assert "threat" in done


@settings(max_examples=5)
@given(st.data())
def test_a_game_follows_from_its_choices(busy: Scenario, data: st.DataObject) -> None:
    run = data.draw(st.integers(0, 50))
    end = play_on(begin(busy, "bor", seed=1, run=run), lambda situation: data.draw(st.sampled_from(situation.acts)))
    again = position(end.game)
    assert again.trajectory == end.trajectory
    assert again.over


def test_where_it_waits_nothing_of_that_day_has_been_recorded(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3)
    assert here.situation is not None
    assert (here.over, here.day) == (False, here.situation.day)
    assert here.trajectory.days[-1] == here.situation.day - 1.0
    whole = esc.simulate(busy, seed=3, engine="mesa")
    assert here.trajectory.fronts.tolist() == whole.fronts[: len(here.trajectory.fronts)].tolist()
    assert all(act["period"] < here.situation.day for act in here.trajectory.acts)


def test_several_decisions_of_a_day_are_asked_one_by_one() -> None:
    crisis = crisis_of("a-b a-c", horizon=20, front={"a-b": {"revisionism": 0.9}, "a-c": {"revisionism": 0.9}},
                       actors={"a": {"tempo": 1.0}})  # fmt: skip
    here = begin(crisis, "a", seed=1)
    asked = []
    while here.situation is not None:
        asked.append((here.situation.day, here.situation.target))
        here = here.choose("restraint")
    days = [day for day, _ in asked]
    assert days == sorted(days)
    assert len(set(days)) < len(days), "no day of this run has two decisions"
    assert asked == [(choice.day, choice.target) for choice in here.game.choices]


def test_what_was_taken_back_is_as_if_it_had_not_been_played(busy: Scenario) -> None:
    first = begin(busy, "ara", seed=3)
    assert first.situation is not None
    second = first.choose("display")
    back = second.take_back()
    assert back.game == first.game
    assert back.situation == first.situation
    with pytest.raises(StudyError, match="no choice has been made"):
        first.take_back()
    end = play_on(second, preferred)
    assert end.take_back().situation is not None


def test_what_is_not_on_offer_cannot_be_chosen(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3)
    with pytest.raises(StudyError, match="'displya' is not on offer; did you mean 'display'"):
        here.choose("displya")
    with pytest.raises(StudyError, match="over"):
        play_on(here, preferred).choose("restraint")


def test_choices_of_another_game_are_refused(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3).choose("restraint").choose("restraint")
    one, two = here.game.choices
    with pytest.raises(StoreError, match=r"choice 2 of the game is restraint against bor on day 77"):
        position(Game(busy, "ara", 3, 0, (one, Choice(77.0, "bor", "restraint"))))
    with pytest.raises(StoreError, match="choice 1 of the game is swim"):
        position(Game(busy, "ara", 3, 0, (Choice(one.day, one.target, "swim"), two)))
    end = play_on(here, preferred)
    more = Game(busy, "ara", 3, 0, (*end.game.choices, two))
    with pytest.raises(StoreError, match=f"has {len(more.choices)} choices, but only {len(more.choices) - 1}"):
        position(more)


def test_who_faces_nobody_has_no_chair(busy: Scenario) -> None:
    assert chairs(busy) == ("ara", "bor", "cal")
    crisis = crisis_of("a-b", horizon=5)
    assert chairs(crisis) == ("a", "b")
    with pytest.raises(StudyError, match=r"no actor 'c' .* has decisions"):
        begin(crisis, "c")
    with pytest.raises(StudyError, match="no actor 'd'"):
        begin(crisis, "d")


@pytest.mark.parametrize(("seed", "run"), [(-1, 0), (2**64, 0), (0, 2**40), (0, True), (0, 1.0)])
def test_seed_and_run_are_those_of_a_run(busy: Scenario, seed: int, run: int) -> None:
    with pytest.raises(StudyError, match=r"seed|run"):
        begin(busy, "ara", seed=seed, run=run)


def test_a_patron_without_a_decision_has_a_game_that_is_over(busy: Scenario) -> None:
    quiet = busy.without("blow").without("crash").replace("fronts.ara-bor.incidents", None)
    end = begin(quiet.replace("horizon", 7), "cal", seed=3)
    assert end.over
    assert end.day == end.trajectory.days[-1]
    assert end.trajectory == esc.simulate(quiet.replace("horizon", 7), seed=3, engine="mesa")


def test_the_others_are_explained_and_the_person_is_not(busy: Scenario) -> None:
    end = play_on(begin(busy, "ara", seed=3), lambda _: "restraint")
    acts = [act for act in end.trajectory.acts if end.trajectory.front_ids[act["front"]] == "bor-ara"]
    found = explain_choice(end, float(acts[-1]["period"]), "bor", target="ara")[0]
    assert found.chosen.name == end.trajectory.option_names[acts[-1]["option"]]
    assert found.signals == ()
    assert all(change.kind != "signal" for change in found.changes)
    with pytest.raises(StudyError, match="played by a person"):
        explain_choice(end, 1.0, "ara")
