from __future__ import annotations

import dataclasses
import json
import pickle

import pytest

from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

RUNS = 300


@pytest.fixture
def ensemble(scenario: Scenario) -> Ensemble:
    return run(scenario, runs=RUNS, seed=9)


def test_summary_is_what_json_prints(ensemble: Ensemble) -> None:
    told = json.loads(json.dumps(ensemble.summary(level=0.9), allow_nan=False))
    assert list(told) == [
        "scenario", "hash", "seed", "runs", "interrupted", "horizon_days", "probabilities",
    ]  # fmt: skip
    assert (told["scenario"], told["seed"], told["runs"], told["horizon_days"]) == ("drawn", 9, RUNS, 40.0)
    assert told["hash"] == ensemble.scenario.hash
    assert list(told["probabilities"]) == ensemble.events
    assert told["probabilities"]["war"] == ensemble.probability("war", level=0.9).to_dict()
    assert set(told["probabilities"]["war"]) == {"value", "low", "high", "n", "method", "level"}


def test_equality_is_of_content(scenario: Scenario, ensemble: Ensemble) -> None:
    again = run(scenario, runs=RUNS, seed=9, workers=1)
    assert again == ensemble
    again.outcomes["settled"][0] += 1
    assert again != ensemble
    assert run(scenario, runs=RUNS, seed=10) != ensemble
    assert ensemble != "an ensemble"
    with pytest.raises(TypeError, match="unhashable"):
        hash(ensemble)


def test_it_shows_what_it_is(ensemble: Ensemble) -> None:
    assert repr(ensemble) == "<Ensemble of 'drawn': 300 runs, seed 9>"
    page = ensemble._repr_html_()
    told = [event for event in ensemble.events if event != "rung:war"]  # which is war, and has a row
    assert page.count("<tr>") == 1 + len(told)
    assert all(f"<td>{event}</td></tr>" in page for event in told)
    assert "<td>display or worse</td>" in page
    assert "Wilson 95 %, n = 300" in page


def test_it_knows_its_names(ensemble: Ensemble) -> None:
    assert ensemble.front_ids == ("ara-bor", "bor-ara", "cal-ara")
    assert ensemble.actor_ids == ("ara", "bor", "cal")
    assert ensemble.commitment_rows == ("cal-bor:ara",)
    assert ensemble.horizon_days == 40.0


def test_it_is_copied_whole(ensemble: Ensemble) -> None:
    again = pickle.loads(pickle.dumps(ensemble))
    assert (again, type(again)) == (ensemble, Ensemble)
    cut = dataclasses.replace(ensemble, interrupted=True)
    assert (cut.interrupted, cut == ensemble) == (True, False)
    with pytest.raises(dataclasses.FrozenInstanceError, match="seed"):
        ensemble.seed = 1
