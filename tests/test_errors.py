from __future__ import annotations

import pickle

from escalation.errors import Fault, ScenarioError


def test_a_scenario_error_is_whole_in_another_process() -> None:
    error = ScenarioError([Fault("a.b", "is bad"), Fault("", "is worse")], file="f.toml", more=True)
    back = pickle.loads(pickle.dumps(error))
    assert isinstance(back, ScenarioError)
    assert (back.faults, back.file, back.more, str(back)) == (error.faults, "f.toml", True, str(error))
