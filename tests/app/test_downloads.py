"""Downloads load again as what they were."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections import Counter
from pathlib import Path

import pytest

import escalation as esc
from escalation.app import downloads, saving
from escalation.app.game import begin
from escalation.files import loads
from escalation.montecarlo.ensemble import Ensemble
from escalation.world.scenario import Scenario


@pytest.fixture(scope="module")
def ensemble(two_states: Scenario) -> Ensemble:
    return esc.run(two_states, runs=40, seed=1, progress=False)


def test_the_scenario_loads_again(busy: Scenario) -> None:
    offer = downloads.scenario_offer(busy)
    assert offer.file == "busy.toml"
    assert loads(offer.content().decode()) == busy


def test_a_game_loads_again(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3, run=2).choose("restraint")
    offer = downloads.game_offer(here)
    assert offer.file == "busy-ara-3-2.game.json"
    assert saving.loads(offer.content()).trajectory == here.trajectory


def test_a_run_is_a_table_of_events(busy: Scenario) -> None:
    trajectory = esc.simulate(busy, seed=7, engine="mesa")
    (offer,) = downloads.run_offers(trajectory)
    rows = list(csv.DictReader(io.StringIO(offer.content().decode())))
    counts = Counter(row["kind"] for row in rows)
    assert counts["act"] == sum(act["rung"] > 0 for act in trajectory.acts) > 0
    friendly = [act for act in trajectory.acts if act["rung"] == 0 and act["option"] > 0]
    assert counts["conciliation"] == len(friendly) > 0
    assert counts["agreement"] == len(trajectory.outcome["agreed"]) > 0
    assert counts.total() == len(rows)


def test_an_ensemble_in_three_forms(ensemble: Ensemble, tmp_path: Path) -> None:
    table, netcdf, estimates = downloads.ensemble_offers(ensemble)
    assert len(list(csv.reader(io.StringIO(table.content().decode())))) == ensemble.runs + 1
    path = tmp_path / netcdf.file
    path.write_bytes(netcdf.content())
    assert Ensemble.load(path) == ensemble
    assert json.loads(estimates.content()) == json.loads(json.dumps(ensemble.summary()))


def test_a_comparison_with_the_scenario_as_edited(two_states: Scenario) -> None:
    other = two_states.without("threat")
    pair = esc.compare(two_states, other, runs=40, seed=1, progress=False)
    summary, edited = downloads.comparison_offers(pair)
    assert json.loads(summary.content())["differences"].keys() == pair.differences.keys()
    assert loads(edited.content().decode()) == other


def test_what_mattered_as_json(two_states: Scenario) -> None:
    study = esc.leave_one_out(two_states, runs=40, seed=1, sample=0, progress=False)
    (offer,) = downloads.mattered_offers(study)
    assert offer.file == "two-state-deterrence-mattered-initiation-seed1-40.json"
    assert json.loads(offer.content()) == json.loads(json.dumps(study.summary()))


def test_files_of_what_mattered_have_names_of_their_own(two_states: Scenario) -> None:
    study = esc.leave_one_out(two_states, runs=20, seed=1, sample=0, progress=False)
    sides = [(None, None), ("challenger", None), (None, "challenger"), ("challenger", "defender")]
    asked = [
        dataclasses.replace(study, event=event, actor=actor, target=target)
        for event in ("initiation", "rung:display") for actor, target in sides
    ]  # fmt: skip
    files = [downloads.mattered_offers(each)[0].file for each in asked]
    assert len(set(files)) == len(files)
    assert files[-1] == (
        "two-state-deterrence-mattered-rung-display-by-challenger-against-defender-seed1-20.json"
    )  # fmt: skip
