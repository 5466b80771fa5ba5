from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crises import crisis_of

from escalation.engines.mesa_model import CrisisModel
from escalation.engines.situation import Situation
from escalation.errors import DecisionRuleError, StudyError
from escalation.montecarlo.compare import compare
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run

SCENARIO = crisis_of(horizon=20, front={"a-b": {"revisionism": 0.9}, "b-a": {"revisionism": 0.9}})


def own(situation: Situation) -> str:
    """Choose as the model does."""
    return situation.preferred


def dove(situation: Situation) -> str:
    return situation.acts[0]


def fails_in(run_number: int, how: Callable[[Situation], str]) -> Callable[[Situation], str]:
    """Rule that does as the model does, and otherwise from the first decision of a run on."""
    begun = [-1]
    last = [np.inf]

    def rule(situation: Situation) -> str:
        if situation.day < last[0]:
            begun[0] += 1
        last[0] = situation.day
        return how(situation) if begun[0] >= run_number else situation.preferred

    return rule


def raising(_: Situation) -> str:
    raise ZeroDivisionError("no answer")


def test_runs_with_the_models_own_rule_are_the_compiled_ones() -> None:
    ruled = run(SCENARIO, runs=33, seed=4, progress=False, decision_rules={"a": own, "b": own})
    compiled = run(SCENARIO, runs=33, seed=4, progress=False)
    assert compiled.probability("initiation").value > 0.1
    for name, array in compiled.outcomes.items():
        np.testing.assert_array_equal(ruled.outcomes[name], array, err_msg=name)
        assert ruled.outcomes[name].dtype == array.dtype
    assert ruled.decision_rules == ("a", "b")
    assert "own rules of a, b" in repr(ruled)
    assert ruled.summary()["decision_rules"] == ["a", "b"]
    assert "decision_rules" not in compiled.summary()
    assert ruled != compiled


def test_a_rule_changes_what_its_actor_does_and_nobody_elses_chance() -> None:
    calm = run(SCENARIO, runs=200, seed=1, progress=False, decision_rules={"a": dove})
    usual = run(SCENARIO, runs=200, seed=1, progress=False)
    assert calm.probability("initiation", actor="a").value == 0.0
    pair = compare(usual, calm)
    assert pair.runs == 200
    gap = pair.difference("initiation", actor="a")
    assert gap.high < 0.0
    same = ~usual.occurs("initiation", actor="a") & ~usual.occurs("rung:threat", actor="a")
    assert same.any()
    with pytest.raises(StudyError, match="runs in which a followed a rule of your own cannot be replayed"):
        pair.first_parting(0)


@pytest.mark.parametrize(
    ("how", "what"),
    [(raising, "raised ZeroDivisionError: no answer"), (lambda _: "limited-strik", "chose 'limited-strik' against b")],
)
def test_a_rule_that_fails_says_where_and_keeps_what_is_finished(how: Callable[[Situation], str], what: str) -> None:
    with pytest.raises(DecisionRuleError, match="runs before it are kept") as failed:
        run(SCENARIO, runs=60, seed=1, progress=False, decision_rules={"a": fails_in(12, how)})
    error = failed.value
    assert (error.actor, error.run >= 12) == ("a", True)
    assert str(error).startswith(f"on day {error.day:g} of run {error.run} the decision rule of a {what}")
    assert isinstance(error.finished, Ensemble)
    assert error.finished.runs == error.run
    assert error.finished.interrupted
    whole = run(SCENARIO, runs=60, seed=1, progress=False)
    np.testing.assert_array_equal(error.finished.outcomes["signature"], whole.outcomes["signature"][: error.run])


def test_a_rule_that_fails_at_once_keeps_nothing() -> None:
    with pytest.raises(
        DecisionRuleError, match=r"on day \d+ of run 0 .* raised ZeroDivisionError: no answer$"
    ) as failed:
        run(crisis_of(horizon=20, events=HURT), runs=5, seed=1, progress=False, decision_rules={"a": raising})
    assert failed.value.finished is None
    assert isinstance(failed.value.__cause__, ZeroDivisionError)


def test_an_interrupt_keeps_what_is_finished() -> None:
    def stops(_: Situation) -> str:
        raise KeyboardInterrupt

    found = run(SCENARIO, runs=60, seed=1, progress=False, decision_rules={"a": fails_in(12, stops)})
    assert found.interrupted
    assert 12 <= found.runs < 60
    with pytest.raises(KeyboardInterrupt):
        run(crisis_of(horizon=20, events=HURT), runs=5, seed=1, progress=False, decision_rules={"a": stops})


def test_it_stops_at_a_precision() -> None:
    found = run(SCENARIO, runs=3000, seed=1, progress=False, until="war:0.2", decision_rules={"a": dove})
    assert found.runs < 3000
    assert not found.interrupted
    assert found.precise is not None


def test_names_of_rules_are_saved(tmp_path: Path) -> None:
    pytest.importorskip("netCDF4")
    found = run(SCENARIO, runs=12, seed=1, progress=False, decision_rules={"a": dove, "b": own})
    found.save(tmp_path / "ruled.nc")
    assert Ensemble.load(tmp_path / "ruled.nc") == found


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"decision_rules": {"aa": dove}}, "the scenario has no actor 'aa'; did you mean 'a'?"),
        ({"decision_rules": {"a": "restraint"}}, "the decision rule of a is 'restraint'; it must be a function"),
        ({"decision_rules": {"a": CrisisModel}}, "it must be a function from a Situation"),
        ({"decision_rules": [dove]}, "decision_rules is a list; it must map actors to functions"),
        ({"decision_rules": {"a": dove}, "workers": 2}, "workers does not go with decision_rules"),
        ({"decision_rules": {"a": dove}, "store": "somewhere"}, "store does not go with decision_rules"),
        ({"decision_rules": {"a": dove}, "runs": 0}, "runs is 0"),
    ],
)
def test_what_cannot_be_played_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(StudyError, match=re.escape(words)):
        run(SCENARIO, **{"runs": 5, "progress": False, **given})


def test_ensembles_that_do_not_belong_together_are_refused() -> None:
    one = run(SCENARIO, runs=10, seed=1, progress=False)
    for other, words in (
        (run(SCENARIO, runs=10, seed=2, progress=False), "has the seed 1 and 10 runs, the second 2 and 10"),
        (run(SCENARIO, runs=11, seed=1, progress=False), "the second 1 and 11"),
        (SCENARIO, "two scenarios, or two ensembles"),
    ):
        with pytest.raises(StudyError, match=words):
            compare(one, other)  # type: ignore[arg-type]
    with pytest.raises(StudyError, match="runs does not go with ensembles"):
        compare(one, one, runs=10)


def test_ensembles_compare_as_their_scenarios_do() -> None:
    other = SCENARIO.replace("actors.a.capability", 3.0)
    ensembles = [run(world, runs=50, seed=3, progress=False) for world in (SCENARIO, other)]
    played = compare(SCENARIO, other, runs=50, seed=3, progress=False)
    assert compare(*ensembles).summary() == played.summary()


def test_the_former_name_warns_and_works() -> None:
    with pytest.warns(FutureWarning, match="is now CrisisModel\\(decision_rules=\\)"):
        model = CrisisModel(SCENARIO, seed=1, rules={"a": dove})
    assert model.decision_rules == {"a": dove}
    with pytest.raises(StudyError, match="give decision_rules alone"):
        CrisisModel(SCENARIO, seed=1, rules={"a": dove}, decision_rules={"a": dove})


HURT = {
    "blow": {
        "kind": "provocation",
        "date": 1,
        "victims": [{"actor": "a", "severity": 0.9}],
        "suspects": [{"actors": ["b"]}],
    }
}
