from __future__ import annotations

from typing import Any

import pytest

from escalation.errors import ScenarioError
from escalation.world.ladder import Ladder, Role, ladder_names, load_ladder


def rungs() -> list[dict[str, Any]]:
    return list(load_ladder("default").model_dump()["rungs"])


@pytest.mark.parametrize(
    ("row", "change", "what"),
    [
        (1, {"name": "restraint"}, "same name"),
        (0, {"intensity": 0.1}, "first rung must have intensity 0"),
        (0, {"role": "threat"}, "first rung"),
        (5, {"intensity": 0.9}, "last rung must have intensity 1"),
        (5, {"role": "major"}, "last rung"),
        (2, {"intensity": 0.2}, "intensity must rise from 'threat' to 'display'"),
        (2, {"gain": 0.0}, "gain and destruction must not fall from 'threat' to 'display'"),
        (2, {"destruction": 0.0}, "gain and destruction must not fall"),
        (2, {"role": "restraint"}, "role must not fall from 'threat' to 'display'"),
        (3, {"role": "major"}, "at least one rung must have role 'force'"),
    ],
)
def test_refused(row: int, change: dict[str, Any], what: str) -> None:
    rows = rungs()
    rows[row] |= change
    with pytest.raises(ScenarioError, match=what):
        Ladder(name="x", rungs=rows)


def test_the_default_ladder_is_the_one_of_the_model() -> None:
    ladder = load_ladder("default")
    assert [rung.intensity for rung in ladder.rungs] == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert [rung.gain for rung in ladder.rungs] == [0.0, 0.02, 0.06, 0.20, 0.45, 0.70]
    assert [rung.destruction for rung in ladder.rungs] == [0.0, 0.005, 0.02, 0.10, 0.30, 1.0]
    assert [rung.name for rung in ladder.rungs if rung.covert] == ["limited-strike"]
    assert [rung.role for rung in ladder.rungs] == list(Role)


def test_rungs_by_name() -> None:
    ladder = load_ladder("default")
    assert ladder.rung("war") is ladder.rungs[-1]
    assert ladder.names[0] == "restraint"
    with pytest.raises(KeyError, match="strike"):
        ladder.rung("strike")


def test_ladders_by_name() -> None:
    assert "default" in ladder_names()
    for name in ladder_names():
        assert load_ladder(name).name == name
    with pytest.raises(KeyError, match="defualt"):
        load_ladder("defualt")
