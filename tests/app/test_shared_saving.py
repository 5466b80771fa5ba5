"""Saved games of several chairs: replayed to the bit, refused where they were changed, read in the form before."""

from __future__ import annotations

import hashlib
import json

import pytest
from shared_play import aside, opened, play, ran

import escalation as esc
from escalation.app import saving, shared_saving
from escalation.app.shared import SharedGame
from escalation.app.table import replayed
from escalation.engines.situation import Statement
from escalation.engines.statements import with_statement
from escalation.errors import EscalationError, ScenarioError, StoreError
from escalation.files import dumps as scenario_text
from escalation.world.scenario import Scenario


def test_a_saved_game_goes_on_and_is_replayed_to_the_bit(busy: Scenario) -> None:
    game, host, chairs = opened(busy, "ara", "bor")
    chairs[0].say(chairs[0].see().day, aside("bor"))
    for _ in range(3):
        host.close_day(host.see().day)
    while len([chair for chair in chairs if chair.see().situations]) < 2:
        host.close_day(host.see().day)
    target = chairs[0].see().situations[0].target
    chairs[0].choose(chairs[0].see().day, target, "threat")
    chairs[1].say(chairs[1].see().day, Statement("vow", ("ara",), rung="display"))
    text = shared_saving.dumps(host.record())
    assert not any(code in text for code in game.codes.values())
    record = shared_saving.loads(text)
    assert record == host.record()
    other = SharedGame(record)
    again = [other.sit(actor) for actor in ("ara", "bor")]
    assert again[0].see().chosen == {target: "threat"}
    assert [chair.see().situations for chair in again] == [chair.see().situations for chair in chairs]
    play(again)
    play(chairs)
    assert ran(other.facilitate()) == ran(host)
    assert replayed(host.record()).trajectory == ran(host)


def test_a_saved_game_that_was_changed_is_refused(busy: Scenario) -> None:
    _, host, (ara,) = opened(busy, "ara")
    ara.say(ara.see().day, Statement("vow", ("bor",)))
    host.close_day(host.see().day)
    data = json.loads(shared_saving.dumps(host.record()))
    assert shared_saving.loads(json.dumps(data)) == host.record()
    first = data["days"][0]
    for days, words in (
        ([{**first, "words": []}], "the replay differs|no day of this run"),
        ([{**first, "day": 0.25}], "no day of this run"),
        ([{**first, "acts": [{"actor": "ara", "target": "bor", "act": "swim"}]}], "not on offer|no decision of"),
        ([{**first, "words": [{**first["words"][0], "kind": "vwo"}]}], "no kind of signal 'vwo'"),
        ([{**first, "loud": 1}], "loud"),
    ):
        with pytest.raises(EscalationError, match=words):
            shared_saving.loads(json.dumps({**data, "days": days}))
    with pytest.raises(ScenarioError, match="is no saved game of several chairs"):
        shared_saving.loads("{}")
    with pytest.raises(ScenarioError, match="is a saved game of several chairs; open it as a game for several"):
        saving.loads(json.dumps(data))
    waiting = {**data["waiting"], "acts": [{"actor": "cal", "target": "bor", "act": "war"}]}
    with pytest.raises(StoreError, match="differs"):
        shared_saving.loads(json.dumps({**data, "waiting": waiting}))


def test_a_game_of_the_form_before_is_opened_and_saved_in_the_new_one(busy: Scenario) -> None:
    """Written here as that form was, with what came of it worked out from the run alone."""
    said = with_statement(busy, "cal", aside("ara"), day=3.0)
    end = esc.simulate(said, seed=3)
    word = {"actor": "cal", "kind": "reassurance", "receivers": ["ara"], "channel": "private"}
    days = [{"day": 3.0, "acts": [], "words": [word]}]
    acts = [[int(value) for value in row] for row in end.acts.tolist()]
    told = {name: array.tolist() for name, array in sorted(end.outcomes.items())}
    del told["conceded"], told["joint"]
    if not busy.rules.conciliation:
        del told["agreed"]
    old = {
        "format": "escalation-shared-game-1", "version": "0.1.0", "seed": 3, "run": 0, "days": days, "waiting": None,
        "game_sha256": hashlib.sha256(json.dumps([days, acts, told]).encode()).hexdigest(), "sources": "older",
        "scenario": scenario_text(busy),
    }  # fmt: skip
    record = shared_saving.loads(json.dumps(old))
    assert record.stops == float("inf")
    assert replayed(record).trajectory == end
    new = shared_saving.dumps(record)
    assert json.loads(new)["format"] == "escalation-shared-game-2"
    assert shared_saving.loads(new) == record
    with pytest.raises(ScenarioError, match="stops: has no place in a file of the form escalation-shared-game-1"):
        shared_saving.loads(json.dumps({**old, "stops": 1.0}))
    with pytest.raises(StoreError, match="another version of the model"):
        shared_saving.loads(json.dumps({**old, "game_sha256": "0" * 64}))
