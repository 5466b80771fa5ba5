"""What a notebook shows of every result: a small piece of sound HTML in which text stays text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from html_tags import tags_of

import escalation as esc
from escalation.analysis.score.forecasts.tasks import TaskScores
from escalation.estimates.censored import first_passage
from escalation.estimates.paired import paired_difference
from escalation.estimates.proportion import proportion

TRICK = "<script>alert(1)</script>"
RISE = "fronts.challenger-defender.revisionism"
QUIET = {"progress": False, "seed": 1}


@pytest.fixture(scope="module")
def crisis() -> esc.Scenario:
    scenario = esc.load("two-state-deterrence").replace("title", TRICK)
    return scenario.replace("actors.challenger.name", TRICK)


def explained(crisis: esc.Scenario) -> esc.Explanation:
    path = next(path for path in (esc.simulate(crisis, seed=1, run=run) for run in range(20)) if len(path.acts))
    act = path.acts[0]
    actor, target = path.front_ids[act["front"]].split("-")
    return path.explain(float(act["period"] * crisis.period), actor, target=target)[0]


def task(_: esc.Scenario) -> TaskScores:
    scores = {"brier": 0.1, "log": 0.2, "rps": 0.3, "discrimination": 0.6}
    return TaskScores("violence", 40, 20, {TRICK: scores, "model": scores})


def busy() -> esc.Trajectory:
    """The first run of the main scenario in which there is more than a notebook shows."""
    runs = (esc.simulate(esc.load("haniyeh-2024"), seed=1, run=run) for run in range(500))
    return next(run for run in runs if (run.acts["rung"] > 0).sum() > 12)


SHOWN: dict[str, Callable[[esc.Scenario], Any]] = {
    "scenario": lambda crisis: crisis,
    "estimate": lambda _: proportion(3, 20, event=TRICK),
    "paired difference": lambda _: paired_difference(np.array([True, False]), np.array([True, True]), event=TRICK),
    "first passage": lambda _: first_passage(
        np.array([1.0, np.inf]), censored_at=3.0, grid=np.arange(4.0), event=TRICK
    ),
    "ensemble": lambda crisis: esc.run(crisis, runs=40, **QUIET),
    "ensemble, 44 rungs": lambda crisis: esc.run(esc.on_ladder(crisis, "kahn-44"), runs=40, **QUIET),
    "trajectory": lambda crisis: esc.simulate(crisis, seed=1, run=1),
    "busy trajectory": lambda _: busy(),
    "comparison": lambda crisis: esc.compare(crisis, crisis.without("threat"), runs=40, **QUIET),
    "explanation": explained,
    "leave one out": lambda crisis: esc.leave_one_out(crisis, runs=40, sample=4, **QUIET),
    "conditional effect": lambda crisis: esc.conditional_effect(
        crisis, RISE, [0.2, 0.8], without="threat", runs=40, **QUIET
    ),
    "ablation": lambda crisis: esc.ablate(crisis, runs=40, mechanisms=["threat", "leak"], **QUIET),
    "across ladders": lambda crisis: esc.across_ladders(
        crisis, crisis.without("threat"), ladders=["default", "ten-rung"], runs=40, **QUIET
    ),
    "uncertainty": lambda crisis: esc.uncertainty(crisis, draws=4, runs=10, event="initiation", **QUIET),
    "sensitivity": lambda crisis: esc.sensitivity(
        crisis, event="initiation", method="morris", samples=4, runs=40, parameters={RISE: (0.0, 1.0)}, **QUIET
    ),
    "off-ramps": lambda crisis: esc.off_ramps(
        crisis, levers=esc.signals_by(crisis, "patron", kinds=["warning"]), max_size=1, runs=200, **QUIET
    ),
    "rare event": lambda crisis: esc.rare_event(
        crisis.replace("horizon", 5), "initiation", particles=40, repetitions=2, seed=1
    ),
    "calibration": lambda crisis: esc.calibrate(
        crisis, {"initiation": (12, 40)}, parameters=["actors.defender.resolve"], runs=50, **QUIET
    ),
    "prior check": lambda crisis: esc.prior_predictive(crisis, runs=40, **QUIET),
    "scores": task,
    "forecasts": lambda crisis: esc.Forecasts("a table", "its version", {"folds": {"violence": task(crisis)}}),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_small_and_sound(crisis: esc.Scenario, name: str) -> None:
    page = SHOWN[name](crisis)._repr_html_()
    tags = tags_of(page)
    assert "table" in tags
    assert "style" not in tags  # it would reach the rest of the notebook
    assert len(page) < 12_000
    assert "alert(1)" not in page or "&lt;script&gt;" in page


@pytest.mark.parametrize("name", [name for name in SHOWN if name not in ("scenario", "scores", "forecasts")])
def test_ids_stand_in_their_own_column_alone(crisis: esc.Scenario, name: str) -> None:
    crisis = crisis.replace("title", "")
    page = SHOWN[name](crisis.replace("actors.challenger.name", ""))._repr_html_()
    codes = {"initiation", "settled", "limited-strike", "major-strike", *crisis.fronts, *crisis.signals, RISE}
    codes |= {f"rung:{rung}" for rung in crisis.ladder.names} | {"joined:alliance", "vow-broken:defender"}
    codes -= {"threat"}  # the name of a rung, too
    for part in re.findall(r"<table>.*?</table>", page, re.DOTALL):
        head = re.findall(r"<th>(.*?)</th>", part)
        assert not codes & {*head}
        for row in re.findall(r"<tr>(<td>.*?)</tr>", part):
            cells = re.findall(r"<td>(.*?)</td>", row)
            assert not [cell for column, cell in zip(head, cells, strict=True) if column != "id" and cell in codes]


def test_an_ensemble_has_a_picture_that_needs_no_library(crisis: esc.Scenario) -> None:
    ensemble = esc.run(crisis, runs=40, **QUIET)
    tags = tags_of(ensemble._repr_html_())
    assert tags.count("rect") == len(ensemble.rung_names)
    fine = esc.run(esc.on_ladder(crisis, "kahn-44"), runs=40, **QUIET)
    reached = sum(one.value > 0.0 for one in fine.peaks().values())
    assert tags_of(fine._repr_html_()).count("rect") == reached < 44


def test_a_busy_run_is_cut_short_and_says_so() -> None:
    path = busy()
    acts = int((path.acts["option"] > 0).sum())
    assert f"and {acts - 12} more" in path._repr_html_()
