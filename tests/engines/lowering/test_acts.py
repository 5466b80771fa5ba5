from __future__ import annotations

import math

import pytest
from crises import Play, crisis_of

from escalation.dynamics.acting import available


def test_crowded_classes_share_their_weight() -> None:
    roles = ["restraint", "threat", "force", "force", "force", "war"]
    rungs = [
        {
            "name": f"r{n}",
            "intensity": n / 5.0,
            "gain": 0.1 * n,
            "destruction": 0.1 * n,
            "role": role,
            "covert": n in (3, 4),
        }
        for n, role in enumerate(roles)
    ]
    options = Play(crisis_of(ladder={"name": "fine", "rungs": rungs})).crisis.options
    crowding = [option.crowding for option in options]
    assert crowding == pytest.approx([0.0, 0.0, *[math.log(3)] * 3, 0.0, math.log(2), math.log(2)])
    assert [option.publicity for option in options] == [1.0] * 6 + [0.0] * 2


def test_acts_on_offer_are_restraint_and_what_is_above_ongoing_hostilities() -> None:
    play = Play(
        crisis_of("a-b a-c", front={"a-b": {"baseline": "limited-strike"}, "a-c": {"baseline": "major-strike"}})
    )
    names = play.lowered.option_names
    found = {}
    for name in ("a-b", "b-a", "a-c"):
        front, f = play.front(name), play.f(name)
        acts = [names[o] for o in play.crisis.offered[f][: front.offers]]
        assert acts == [name for o, name in enumerate(names) if available(play.crisis, f, o)]
        found[name] = (acts, acts[front.attack])
    assert found["a-b"] == (["restraint", "major-strike", "war"], "major-strike")
    assert found["b-a"] == (list(names), "major-strike")
    assert found["a-c"] == (["restraint", "war"], "war")
