"""The chair of one person on the page: acts, words, days without a decision, and saved games."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from driving import Visitor

import escalation as esc
from escalation.app import saving
from escalation.app.game import Position, begin, play_on
from escalation.app.speaking import KIND_WORDS
from escalation.app.wording import asked

NAME = "two-state-deterrence"


def test_a_chair_is_taken_and_the_game_saved_and_replayed(visitor: Visitor, tmp_path: Path) -> None:
    scenario = esc.load(NAME)
    run, here = _long_game(scenario, acts := ("threat", "restraint", "display"))
    visitor.go("Take a chair").choose("Whose chair", "challenger").write("Run", str(run)).press("Take the chair")
    here = _play(visitor, here, acts)
    assert here.situation is not None
    visitor.says(asked(here.situation, scenario))
    visitor.click(visitor.find(".v-input--checkbox label"))
    visitor.says("the model's choice in this run")
    visitor.settle().shot("3-chair")
    saved = visitor.download("Save game")
    assert saving.loads(saved).game == here.game
    assert visitor.download("Save game") == saved
    path = tmp_path / "mine.game.json"
    path.write_bytes(saved)
    back = here.take_back()
    assert back.situation is not None
    visitor.press("Take back").says(asked(back.situation, scenario))
    visitor.press("Leave the chair").says("Go on with a saved game")
    visitor.upload(path).says(asked(here.situation, scenario))
    while here.situation is not None:
        here = _play(visitor, here, ["restraint"])
    visitor.says("The game is over")
    visitor.settle().says(f"You made {len(here.game.choices)} choices.")
    assert saving.loads(visitor.download("Save game")).trajectory == here.trajectory
    while "This choice was yours" not in visitor.text():
        visitor.press("Next on which anything happens").settle()
    visitor.shot("3-game-over")


def test_a_chair_says_which_crisis_it_is_of_where_the_page_has_another(visitor: Visitor) -> None:
    title = esc.load(NAME).title
    visitor.go("Take a chair").press("Take the chair").go("Scenario")
    visitor.choose("Scenario", "cuba-1962").says(esc.load("cuba-1962").title)
    visitor.go("Take a chair").says(f"This game is of {title}; the page has another scenario open.")
    visitor.press("Leave the chair").says("Go on with a saved game")
    assert "This game is of" not in visitor.text()


def test_a_chair_speaks_and_is_told_what_it_may_cost(visitor: Visitor) -> None:
    scenario = esc.load(NAME)
    run, here = _long_game(scenario, acts := ("restraint", "restraint"))
    visitor.go("Take a chair").choose("Whose chair", "challenger").write("Run", str(run)).press("Take the chair")
    assert here.situation is not None
    visitor.says(asked(here.situation, scenario))
    assert here.briefing is not None
    for words in (*here.briefing.wants, *here.briefing.fears, "Nothing that binds you now."):
        visitor.says(words)
    assert not visitor.all(".esc-acts [role=radio][aria-checked=true]"), "an act is chosen beforehand"
    assert not visitor.button("Do it").is_enabled()
    visitor.choose("Say", KIND_WORDS["concession"]).says("Nothing has been demanded of you.")
    visitor.choose("Say", KIND_WORDS["vow"]).choose("With the act", "display").choose("For", "7 days")
    vow = esc.Statement("vow", ("defender",), rung="display", due=7.0)
    for words in here.briefing.cost(vow):
        visitor.says(words)
    visitor.settle().shot("3-chair-speaks")
    visitor.press("Say it").says("Vow to defender, in public, is heard tomorrow (challenger-said-1).")
    visitor.choose("Say", KIND_WORDS["reassurance"]).says("Tick whom you say it to.")
    assert not visitor.button("Say it").is_enabled()
    visitor.tick("patron").choose("How", "in private")
    visitor.choose("Kept how", "it leaks with a hazard of 0.02 a day").press("Say it")
    here = here.say(vow).say(esc.Statement("reassurance", ("patron",), channel="private", leak=0.02))
    visitor.says("Reassurance to patron, in private, is heard tomorrow")
    here = _play(visitor, here, acts)
    assert here.briefing is not None
    visitor.says(here.briefing.said[0])
    assert saving.loads(visitor.download("Save game")).game == here.game


def test_a_chair_speaks_on_a_day_without_a_decision(visitor: Visitor, tmp_path: Path) -> None:
    scenario = esc.load(NAME)
    run, first = next(
        (run, here) for run in range(50) if (here := begin(scenario, "challenger", seed=1, run=run)).day > 3.0
    )
    assert first.situation is not None
    visitor.go("Take a chair").choose("Whose chair", "challenger").write("Run", str(run))
    visitor.choose("The game stops", "on each day").write("From day", "2").press("Take the chair")
    here = begin(scenario, "challenger", seed=1, run=run, stop=2.0)
    visitor.says("day 2: you have nothing to choose")
    assert not visitor.all(".esc-acts")
    visitor.choose("Say", KIND_WORDS["vow"]).choose("With the act", "display").press("Say it")
    here = here.say(esc.Statement("vow", ("defender",), rung="display"))
    visitor.says("Vow to defender, in public, is heard tomorrow (challenger-said-1).")
    visitor.settle().shot("3-chair-quiet")
    visitor.press("Go on").says("day 3: you have nothing to choose")
    here = here.go_on(stop=2.0)
    visitor.says("Vow to defender, in public, on day 3 (challenger-said-1).")
    saved = visitor.download("Save game")
    assert saving.loads(saved).game == here.game
    path = tmp_path / "quiet.game.json"
    path.write_bytes(saved)
    visitor.choose("The game stops", "when you must choose").press("Go on")
    here = here.go_on()
    assert here.situation is not None
    visitor.says(asked(here.situation, scenario))
    visitor.press("Take back").says("day 2: you have nothing to choose")
    visitor.press("Leave the chair").says("Go on with a saved game")
    visitor.upload(path).says("day 3: you have nothing to choose")


def _long_game(scenario: esc.Scenario, acts: tuple[str, ...]) -> tuple[int, Position]:
    """A run in which all these acts can be chosen and the game is not over then, and where it begins."""
    for run in range(100):
        first = here = begin(scenario, "challenger", seed=1, run=run)
        for act in acts:
            if here.situation is None or act not in here.situation.acts:
                break
            here = here.choose(act)
        else:
            if here.situation is not None:
                return run, first
    raise AssertionError("no run is long enough")


def _play(visitor: Visitor, here: Position, acts: Sequence[str]) -> Position:
    """Choose acts on the page, and return where the game then stands."""
    for act in acts:
        assert here.situation is not None
        visitor.says(asked(here.situation, here.game.scenario))
        visitor.do(act)
        here = here.choose(act)
    return here


def test_a_game_that_was_tampered_with_is_refused(visitor: Visitor, tmp_path: Path) -> None:
    end = play_on(begin(esc.load(NAME), "challenger", seed=1), lambda _: "threat")
    path = tmp_path / "changed.json"
    path.write_text(saving.dumps(end).replace('"threat"', '"display"', 1), encoding="utf-8")
    visitor.go("Take a chair").says("Go on with a saved game")  # there is a field for files on the page before, too
    visitor.upload(path).says("changed.json was not taken")
    visitor.says("it was changed")
    assert visitor.all(".esc-acts") == []
