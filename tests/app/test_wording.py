from __future__ import annotations

import dataclasses

import escalation as esc
from escalation.app.game import begin
from escalation.app.wording import asked, belief_rows, outcome_words
from escalation.world.scenario import Scenario


def test_what_is_asked_names_day_and_both(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3)
    assert here.situation is not None
    situation = dataclasses.replace(here.situation, day=4.0)
    assert asked(situation, busy) == "5 January 2024, day 4: what does Ara & Sons do about Bor?"


def test_beliefs_are_those_of_the_situation(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3)
    assert here.situation is not None
    rows = belief_rows(here.situation, busy)
    assert [value for _, value in rows] == [
        here.situation.resolve, here.situation.fear, here.situation.motive, here.situation.injury,
    ]  # fmt: skip
    assert all("Bor" in words for words, _ in rows)


def test_an_outcome_names_each_new_war_once(busy: Scenario) -> None:
    said = {outcome_words(esc.simulate(busy, seed=5, run=run, engine="mesa")) for run in range(12)}
    assert any("war between Ara & Sons and Bor" in words for words in said)
    assert any("no new war" in words for words in said)
    assert any("settled on day" in words for words in said)
    assert not any("Bor and Ara" in words for words in said)
