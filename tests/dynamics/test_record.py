from __future__ import annotations

import numpy as np
from crises import Play, crisis_of

from escalation.dynamics.consequences import likelihoods
from escalation.dynamics.outcomes import note_outcomes
from escalation.dynamics.record import ACT_FIELDS, ACTOR_FIELDS, FRONT_FIELDS, PLEDGE_FIELDS, record
from escalation.engines.buffers import empty_log, empty_outcomes, filled

SCENARIO = crisis_of("a-b a-c", commitments={"pact": {"patron": "c", "protege": "b", "adversary": "a"}})


def test_the_record_holds_what_was_decided_and_believed() -> None:
    play = Play(SCENARIO)
    log = empty_log(play.lowered)
    record(play.crisis, log)
    play.front("a-b").injury = 0.5
    play.period({"a-b": "display", "c-a": "limited-strike (covert)"})
    record(play.crisis, log)
    log = filled(log, 1)
    assert log.acts.shape == (2, len(ACT_FIELDS))
    first, second = (dict(zip(ACT_FIELDS, row, strict=True)) for row in log.acts.tolist())
    assert first == {"period": 1, "front": 0, "option": 2, "rung": 2, "covert": 0, "prompted": 1}
    assert second == {"period": 1, "front": 3, "option": 6, "rung": 3, "covert": 1, "prompted": 1}
    assert log.likelihoods[0].tolist() == list(likelihoods(play.crisis, play.f("a-b")))
    assert log.values[1].tolist() == play.crisis.value[3]
    resolve = FRONT_FIELDS.index("resolve")
    assert log.fronts[0, play.f("b-a"), resolve] == 0.5
    assert log.fronts[1, play.f("b-a"), resolve] == play.front("b-a").resolve != 0.5
    assert log.fronts[1, play.f("b-a"), FRONT_FIELDS.index("injury")] == 0.4
    assert log.pledges[0, 0].tolist() == [0.75] * len(PLEDGE_FIELDS)
    assert log.actors[0, play.i("a"), ACTOR_FIELDS.index("honesty")] == 0.7
    assert log.actors[1, play.i("b"), ACTOR_FIELDS.index("pressure")] == play.actor("b").pressure


def test_outcomes_are_those_of_the_tables() -> None:
    play = Play(SCENARIO)
    front = play.front("a-b")
    front.vow, front.vow_due, front.vow_publicity, front.vow_standing = 0.6, 9.0, 1.0, 1
    play.quiet(1).period({"a-b": "war"})
    play.pledge("pact:a").joined_period = 2
    outcomes = empty_outcomes(play.lowered, 3)
    note_outcomes(play.crisis, outcomes, 1)
    assert outcomes.crossed[1].tolist() == play.crisis.crossed
    assert outcomes.war_cause[1].tolist() == [1, 1, 0, 0]
    assert outcomes.joined[1].tolist() == [2]
    assert (outcomes.kept[1] + outcomes.broken[1]).tolist() == [1]
    assert outcomes.vows_kept[1].tolist() == [1, 0, 0]
    assert outcomes.vows_broken[1].tolist() == [0, 0, 0]
    assert (outcomes.settled[1], outcomes.ended[1]) == (-1, 2)
    assert outcomes.signature[1] == play.clock.signature != 0
    for untouched in (0, 2):
        assert outcomes.ended[untouched] == 0
        assert np.array_equal(outcomes.crossed[untouched], np.full_like(outcomes.crossed[untouched], -1))
