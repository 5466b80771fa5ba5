from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from crises import crisis_of

from escalation.engines.mesa_model import CrisisModel
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory

PACT = {"pact": {"patron": "c", "protege": "b", "adversary": "a", "stake": 500.0}}
VOW = {"vow": {"kind": "vow", "date": 1, "sender": "b", "receivers": ["a"], "due": 3.0, "rung": "war"}}
SCENARIO = crisis_of(
    horizon=12,
    period=0.5,
    front={"a-b": {"revisionism": 0.9}},
    actors={"a": {"tempo": 0.5}, "b": {"response_delay": 90.0, "response_spread": 0.1}},
    rules={"brinkmanship_scale": 0.0, "accident_hazard": 0.0, "settle_days": 4.0},
    commitments=PACT,
    signals=VOW,
)


def played(act: str) -> Trajectory:
    """Run in which a always does one act to b, and nobody else does anything."""
    rules = {name: lambda s: act if (s.actor, s.target) == ("a", "b") else "restraint" for name in "abc"}
    model = CrisisModel(SCENARIO, seed=1, decision_rules=rules, recorded=True).play()
    return Trajectory.from_record(model.lowered, 1, 0, *model.finished())


@pytest.fixture(scope="module")
def struck() -> Trajectory:
    """Run in which a strikes, c joins, and b breaks its vow."""
    return played("limited-strike")


def test_outcomes_in_plain_words(struck: Trajectory) -> None:
    outcome = struck.outcome
    day = outcome["first_crossed"]["a-b"]["limited-strike"]
    assert outcome["peak"] == "limited-strike"
    assert set(outcome["first_crossed"]) == {"a-b"}
    assert outcome["first_crossed"]["a-b"] == {"threat": day, "display": day, "limited-strike": day}
    assert 0.0 < day <= 12.0
    assert outcome["joined"] == {"pact:a": day}
    assert outcome["vows_broken"] == {"a": 0, "b": 1, "c": 0}
    assert outcome["vows_kept"] == {"a": 0, "b": 0, "c": 0}
    assert outcome["wars"] == []
    assert outcome["settled"] is None or outcome["settled"] >= day + 4.0


def test_days_beliefs_and_feelings_have_a_row_a_period(struck: Trajectory) -> None:
    assert struck.days.tolist() == [0.5 * n for n in range(25)]
    for name, table in (struck.beliefs | struck.feelings).items():
        assert len(table) == 25, name
    assert set(struck.beliefs) == {"resolve", "fear", "motive", "credence_protege", "credence_adversary"}
    assert set(struck.feelings) == {"injury", "honesty", "pressure", "weakness"}
    kept = struck.beliefs["credence_adversary"][:, 0]
    assert (kept[0], kept[-1]) == (0.75, pytest.approx(0.8))
    day = struck.outcome["joined"]["pact:a"]
    injury = struck.feelings["injury"][:, struck.front_ids.index("b-a")]
    assert injury[int(2 * day)] == 0.6
    assert struck.feelings["honesty"][0, 1] == 0.7


def test_a_war_and_a_settlement_are_told() -> None:
    outcome = played("war").outcome
    assert outcome["wars"] == ["a-b", "b-a"]
    assert outcome["peak"] == "war"
    calm = simulate(crisis_of(horizon=12, rules={"settle_days": 4.0}), seed=1, run=0)
    assert calm.outcome["settled"] == 4.0
    assert calm.outcome["peak"] == "restraint"
    assert len(calm.acts) == 0


def test_it_is_equal_to_itself_and_to_no_other(struck: Trajectory) -> None:
    assert struck == dataclasses.replace(struck)
    assert struck != "a trajectory"
    for name in ("acts", "likelihoods", "utilities", "fronts", "pledges", "actors"):
        array = getattr(struck, name).copy()
        flat = array.view(np.uint8).reshape(-1)
        flat[-1] ^= 1  # the last bit of the last number
        assert struck != dataclasses.replace(struck, **{name: array}), name
    assert struck != dataclasses.replace(struck, front_ids=struck.front_ids[::-1])
    assert struck != dataclasses.replace(struck, acts=struck.acts[:-1])
    with pytest.raises(TypeError, match="unhashable"):
        hash(struck)


def test_it_says_what_it_is(struck: Trajectory) -> None:
    assert repr(struck) == f"Trajectory(small, seed=1, run=0: {len(struck.acts)} decisions, peak limited-strike)"
