"""The games of a server: links, codes, and how many there can be."""

from __future__ import annotations

import pytest

import escalation as esc
from escalation.app import games as house
from escalation.app.games import Games
from escalation.app.shared import Chair, Facilitator
from escalation.app.table import Record
from escalation.errors import StudyError
from escalation.world.scenario import Scenario


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_links_and_codes(busy: Scenario) -> None:
    clock = Clock()
    all_games = Games(clock=clock)
    new = all_games.open(Record(busy, 3, 0), address="host")
    codes = all_games.find(new.key).codes
    assert isinstance(all_games.enter(new.key, new.code, address="host"), Facilitator)
    chair = all_games.enter(new.key, codes["ara"], address="one")
    assert isinstance(chair, Chair)
    assert chair.actor == "ara"
    with pytest.raises(StudyError, match="there is no game of this link"):
        all_games.enter("0" * 16, codes["ara"], address="one")
    with pytest.raises(StudyError, match="opens nothing here"):
        all_games.enter(new.key, "forged", address="two")
    with pytest.raises(StudyError, match="wait 1 second"):
        all_games.enter(new.key, codes["bor"], address="two")
    clock.now += 2.0
    assert isinstance(all_games.enter(new.key, codes["bor"], address="two"), Chair)
    other = all_games.open(Record(busy, 3, 0), address="host")
    with pytest.raises(StudyError, match="opens nothing here"):
        all_games.enter(other.key, codes["cal"], address="one")  # a code of another game


def test_a_server_that_others_reach_asks_for_its_code() -> None:
    crisis = esc.load("two-state-deterrence")
    clock = Clock()
    all_games = Games(code="abcd-efgh", clock=clock)
    assert all_games.needs_code
    with pytest.raises(StudyError, match="this code opens nothing"):
        all_games.open(Record(crisis), address="x")
    clock.now += 2.0
    assert all_games.open(Record(crisis), address="x", code="ABCD EFGH").code


def test_games_are_bounded(busy: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "MOST_GAMES", 4)
    monkeypatch.setattr(house, "MOST_OF_ADDRESS", 3)
    monkeypatch.setattr(house, "MOST_AN_HOUR", 5)
    clock = Clock()
    all_games = Games(clock=clock)
    record = Record(busy, 3, 0)
    mine = [all_games.open(record, address="me") for _ in range(3)]
    with pytest.raises(StudyError, match="3 games opened from your address are not closed"):
        all_games.open(record, address="me")
    all_games.open(record, address="you")
    with pytest.raises(StudyError, match="there are 4 games on this server"):
        all_games.open(record, address="you")
    mine[0].facilitator.end()
    all_games.open(record, address="me")
    with pytest.raises(StudyError, match="there is no game of this link"):
        all_games.find(mine[0].key)
    mine[1].facilitator.end()
    all_games.open(record, address="me")
    mine[2].facilitator.end()
    with pytest.raises(StudyError, match="5 games were opened from your address in an hour"):
        all_games.open(record, address="me")
    clock.now += 13 * 3600.0
    all_games.open(record, address="me")
