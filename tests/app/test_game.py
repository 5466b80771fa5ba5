"""Games: a person's choices in the model, waiting, taking back, and the same run where nothing is chosen otherwise."""

from __future__ import annotations

import pytest
from crises import crisis_of
from hypothesis import given, settings
from hypothesis import strategies as st

import escalation as esc
from escalation.app import game
from escalation.app.chronicle import chronicle, known_to
from escalation.app.game import Choice, Game, Position, Said, begin, chairs, explain_choice, play_on, position
from escalation.engines.situation import Move, Situation, Statement
from escalation.engines.statements import with_statement
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


VOW = Statement("vow", ("bor",), rung="display", due=9.0)
ASIDE = Statement("reassurance", ("cal",), channel="private", leak=0.05)


def test_what_a_person_says_is_a_signal_of_the_run(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3)
    assert here.situation is not None
    day = here.situation.day
    spoken = here.say(VOW).say(ASIDE)
    assert spoken.situation == here.situation, "it is heard tomorrow"
    assert spoken.trajectory == here.trajectory
    end = play_on(spoken, preferred)
    asked = with_statement(with_statement(busy, "ara", VOW, day=day), "ara", ASIDE, day=day)
    assert end.trajectory == esc.simulate(asked, seed=3)
    assert end.trajectory != esc.simulate(busy, seed=3)
    assert position(end.game).trajectory == end.trajectory
    assert end.trajectory.scenario == asked
    assert end.game.scenario is busy


def test_the_addressee_of_a_private_word_knows_of_it_and_nobody_else(busy: Scenario) -> None:
    end = play_on(begin(busy, "ara", seed=3).say(Statement("reassurance", ("cal",), channel="private")), preferred)
    told = chronicle(end.trajectory)
    words = "Ara & Sons to cal, in private: reassurance (ara-told-cal-1)."
    for actor, knows in (("ara", True), ("cal", True), ("bor", False)):
        assert (words in [row.words for row in known_to(told, actor, busy)]) == knows


def test_words_and_choices_are_taken_back_the_last_first(busy: Scenario) -> None:
    first = begin(busy, "ara", seed=3)
    spoken = first.say(VOW)
    chosen = spoken.choose("restraint").say(ASIDE)
    assert [said.after for said in chosen.game.said] == [0, 1]
    back = chosen.take_back()
    assert (len(back.game.choices), [said.statement for said in back.game.said]) == (1, [VOW])
    back = back.take_back()
    assert (back.game, back.situation) == (spoken.game, spoken.situation)
    assert back.take_back().game == first.game


def test_a_program_in_the_chair_can_speak(busy: Scenario) -> None:
    def speaking(situation: Situation) -> Move:
        return Move("restraint", (VOW,) if situation.day < 5.0 else ())

    end = play_on(begin(busy, "ara", seed=3), speaking)
    assert end.game.said
    assert {said.statement for said in end.game.said} == {VOW}


def test_what_cannot_be_said_leaves_the_game_as_it_was(busy: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    here = begin(busy, "ara", seed=3).say(VOW)
    for statement, words in (
        (Statement("vwo", ("bor",)), "did you mean 'vow'"),
        (Statement("vow", ("ara",)), "its own receiver"),
        (Statement("denial", ("bor",), subject="leaked-later"), "has heard of no 'leaked-later'"),
        (Statement("withdrawal", ("bor",), subject="ara-said-1"), "has heard of no 'ara-said-1'"),
    ):
        with pytest.raises(StudyError, match=words):
            here.say(statement)
    assert [said.statement for said in here.game.said] == [VOW]
    monkeypatch.setattr(game, "MOST_SAID", 1)
    with pytest.raises(StudyError, match="1 things have been said in this game, the most allowed"):
        here.say(ASIDE)
    with pytest.raises(StudyError, match="nobody would hear it"):
        play_on(here, preferred).say(ASIDE)


def test_words_at_no_decision_of_the_game_are_refused(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3).choose("restraint")
    day = here.game.choices[0].day
    with pytest.raises(StoreError, match=r"statement 1 of the game was made on day 77"):
        position(Game(busy, "ara", 3, 0, here.game.choices, (Said(77.0, 0, VOW),)))
    with pytest.raises(
        StoreError, match=r"statement 2 of the game was made on day 1 after 9 choices, but the game never"
    ):
        position(Game(busy, "ara", 3, 0, here.game.choices, (Said(day, 0, VOW), Said(day, 9, VOW))))
    with pytest.raises(
        StoreError, match=r"in statement 1 .* ara said what it cannot say: .*'vwo'.*the game was changed"
    ):
        position(Game(busy, "ara", 3, 0, here.game.choices, (Said(day, 0, Statement("vwo", ("bor",))),)))


def test_a_game_stops_on_each_day_where_that_is_asked_for_and_is_the_same_run(busy: Scenario) -> None:
    here, days, quiet = begin(busy, "ara", seed=3, stop=0.0), [], 0
    while not here.over:
        days.append(here.day)
        assert len(days) <= 60, "it does not go on"
        assert here.briefing is not None
        assert here.trajectory.days[-1] == here.day - 1.0, "what comes later is known"
        if here.situation is None:
            quiet += 1
            here = here.go_on(stop=0.0)
        else:
            here = here.choose(here.situation.preferred, stop=0.0)
    assert sorted(set(days)) == [float(day) for day in range(1, len(set(days)) + 1)]
    assert 0 < quiet < len(days)
    assert here.trajectory == esc.simulate(busy, seed=3)


def quiet_day(busy: Scenario, stop: float = 2.0) -> Position:
    """A game of ara, whose choices fall on days 1, 4 and 5, on a day between."""
    here = begin(busy, "ara", seed=3, run=1).choose("restraint", stop=stop)
    assert here.situation is None
    return here


def test_a_game_stops_from_a_day_on(busy: Scenario) -> None:
    here = quiet_day(busy, 1.5)
    assert (here.day, here.game.stop) == (2.0, 2.0)
    assert here.go_on(stop=0.5).day == 3.0, "tomorrow, where the day is past"
    assert here.go_on(stop=2.5).day == 3.0
    later = here.go_on()
    assert (later.day, later.game.stop) == (4.0, float("inf"))
    assert later.situation is not None
    beyond = here.go_on(stop=6.0)
    assert (beyond.day, beyond.situation) == (4.0, later.situation), "a decision falls before"
    with pytest.raises(StudyError, match="no decision falls on this day"):
        here.choose("restraint")
    with pytest.raises(StudyError, match="a decision waits"):
        later.go_on()
    with pytest.raises(StudyError, match="no further day"):
        play_on(here, preferred).go_on()


def test_what_is_said_on_a_day_without_a_decision_is_a_signal_of_the_run(busy: Scenario) -> None:
    here = quiet_day(busy)
    spoken = here.say(VOW)
    assert (spoken.day, spoken.situation, spoken.trajectory) == (2.0, None, here.trajectory)
    assert spoken.briefing is not None
    assert "is heard tomorrow (ara-said-1)" in spoken.briefing.said[-1]
    end = play_on(spoken, preferred)
    assert [(said.day, said.after) for said in end.game.said] == [(2.0, 1)]
    told = [happening.day for happening in chronicle(end.trajectory) if "ara-said-1" in happening.words]
    assert told == [3.0]
    said = with_statement(busy, "ara", VOW, day=2.0)
    assert end.trajectory == play_on(begin(said, "ara", seed=3, run=1).choose("restraint"), preferred).trajectory
    assert end.trajectory != play_on(here, preferred).trajectory
    assert position(end.game).trajectory == end.trajectory


def test_words_alone_give_the_run_of_the_scenario_with_them(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3, run=2, stop=2.0)
    assert (here.day, here.situation) == (2.0, None)
    end = play_on(here.say(VOW).go_on(stop=3.0).say(ASIDE), preferred)
    said = with_statement(with_statement(busy, "ara", VOW, day=2.0), "ara", ASIDE, day=3.0)
    assert end.trajectory == esc.simulate(said, seed=3, run=2)
    assert end.trajectory == esc.simulate(said, seed=3, run=2, engine="mesa")
    assert end.trajectory != esc.simulate(busy, seed=3, run=2)
    by_day, before = (esc.simulate(crisis, seed=3, run=2).traces("bor-ara") for crisis in (said, busy))
    assert any(
        one.values[3:].tolist() != other.values[3:].tolist()
        for one, other in zip(by_day.traces, before.traces, strict=True)
    ), "what bor believes does not hang on the words"


def test_what_was_said_on_a_day_without_a_decision_is_taken_back_to_that_day(busy: Scenario) -> None:
    here = quiet_day(busy)
    later = here.say(VOW).go_on(stop=3.0).say(ASIDE).go_on()
    assert later.situation is not None
    back = later.choose("display").take_back()
    assert (back.day, back.situation) == (later.day, later.situation)
    for day, count in ((3.0, 1), (2.0, 0)):
        back = back.take_back()
        assert (back.day, back.situation, len(back.game.said)) == (day, None, count)
    assert back.game == here.game
    assert back.take_back().game == begin(busy, "ara", seed=3, run=1).game


def test_nobody_hears_what_is_said_on_the_last_day(busy: Scenario) -> None:
    end = begin(busy.replace("stop_when_settled", False), "cal", seed=3, stop=30.0)
    while not end.over and end.day < 30.0:
        end = end.go_on(stop=0.0) if end.situation is None else end.choose("restraint", stop=0.0)
    assert end.day == 30.0
    with pytest.raises(StudyError, match="nobody would hear it any more"):
        end.say(Statement("vow", ("ara",)))


def test_who_never_decides_can_speak(busy: Scenario) -> None:
    quiet = busy.without("blow").without("crash").replace("fronts.ara-bor.incidents", None).replace("horizon", 7)
    here = begin(quiet, "cal", seed=3, stop=3.0)
    assert (here.over, here.day, here.situation) == (False, 3.0, None)
    aside = Statement("reassurance", ("bor",), channel="private")
    end = here.say(aside).go_on()
    assert end.over
    assert end.trajectory == esc.simulate(with_statement(quiet, "cal", aside, day=3.0), seed=3)
