"""Joint force is the same wherever it is asked for, in whole runs of both engines."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from matplotlib import pyplot

import escalation as esc
from escalation.analysis.what_if.levers import ChangeLever
from escalation.errors import StudyError
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.stopping import Precision
from escalation.world.ladder import Role
from escalation.world.plain_words import event_words
from escalation.world.scenario import Scenario

RUNS = 400
EVENT = "joint:irn+hzb"


@pytest.fixture(scope="module")
def crisis() -> Scenario:
    return esc.load("haniyeh-2024")


@pytest.fixture(scope="module")
def ensemble(crisis: Scenario) -> Ensemble:
    return esc.run(crisis, runs=RUNS, seed=1, progress=False)


def day_of_joint_force(crisis: Scenario, run: int, actors: tuple[str, ...]) -> float:
    """Told from the acts and wars of one run, as a reader of it would."""
    path = esc.simulate(crisis, seed=1, run=run)
    roles = {rung.name: rung.role for rung in crisis.ladder.rungs}
    names = path.option_names
    force: dict[str, set[float]] = {front: set() for front in path.front_ids}
    for act in path.acts:
        role = roles.get(names[act["option"]].partition(" ")[0])  # a conciliatory act has none
        if role is not None and role.order >= Role.FORCE.order:
            force[path.front_ids[act["front"]]].add(float(path.days[act["period"]]))
    for front in path.outcome["wars"]:
        force[front] |= {day for day in path.days.tolist() if day >= path.outcome["first_crossed"][front]["war"]}
    return min(
        (
            max(day, other)
            for adversary in crisis.actor_ids
            for one, two in itertools.combinations(actors, 2)
            for day in force.get(f"{one}-{adversary}", ())
            for other in force.get(f"{two}-{adversary}", ())
            if abs(day - other) <= crisis.rules.act_window
        ),
        default=np.inf,
    )


def first_force_alone(ensemble: Ensemble, actors: tuple[str, str]) -> np.ndarray:
    """Whether the first force of two actors on one adversary falls within the window; what was counted before."""
    crossed, axes = ensemble.outcomes["crossed"].astype(np.int64), ensemble.axes
    found = np.zeros(ensemble.runs, dtype=np.bool_)
    for one, two in axes.pairs:
        if {axes.front_ids[one].split("-")[0], axes.front_ids[two].split("-")[0]} == {*actors}:
            days = [
                np.where(crossed[:, row][:, [axes.force, -1]] >= 0, crossed[:, row][:, [axes.force, -1]], 10_000).min(
                    axis=1
                )
                for row in (one, two)
            ]
            found |= (np.maximum(*days) < 10_000) & (np.abs(days[0] - days[1]) <= ensemble.scenario.rules.act_window)
    return found


@pytest.mark.parametrize("actors", [("irn", "hzb"), ("hamas", "irn", "hzb")])
def test_it_is_what_the_acts_of_a_run_tell(crisis: Scenario, ensemble: Ensemble, actors: tuple[str, ...]) -> None:
    day = ensemble.first_day(f"joint:{'+'.join(actors)}")
    told = [day_of_joint_force(crisis, run, actors) for run in range(60)]
    assert day[:60].tolist() == told
    assert 0 < np.isfinite(told).sum() < 60


def test_later_strikes_count_and_none_that_counted_before_is_lost(ensemble: Ensemble) -> None:
    before, now = first_force_alone(ensemble, ("irn", "hzb")), ensemble.occurs(EVENT)
    assert (before <= now).all()
    assert before.sum() < now.sum()


def test_a_run_tells_it(crisis: Scenario, ensemble: Ensemble) -> None:
    run = int(np.flatnonzero(ensemble.occurs(EVENT, target="isr"))[0])
    told = esc.simulate(crisis, seed=1, run=run).outcome["joint"]
    days = [day for pair, day in told.items() if pair in ("irn+hzb-isr", "hzb+irn-isr")]
    assert days == [ensemble.first_day(EVENT, target="isr")[run]]


def test_more_named_is_no_less_likely_and_order_does_not_matter(ensemble: Ensemble) -> None:
    two, three = ensemble.occurs(EVENT), ensemble.occurs("joint:irn+hzb+hamas")
    assert (two <= three).all()
    assert (two == ensemble.occurs("joint:hzb+irn")).all()
    assert (ensemble.occurs(EVENT, target="isr") <= two).all()  # they face the United States, too
    estimate = ensemble.probability(EVENT)
    assert estimate.low < estimate.value < estimate.high
    assert (estimate.value, estimate.event) == (two.mean(), EVENT)


def test_it_survives_saving_and_loading(ensemble: Ensemble, tmp_path: str) -> None:
    ensemble.save(f"{tmp_path}/runs.nc")
    assert (Ensemble.load(f"{tmp_path}/runs.nc").occurs(EVENT) == ensemble.occurs(EVENT)).all()


def test_studies_take_it_by_its_name(crisis: Scenario, ensemble: Ensemble) -> None:
    assert Precision.parse(f"{EVENT}:0.05").event == EVENT
    grid = esc.policy_grid(
        crisis, ("rules.act_window", [1.0, 14.0]), ("rules.leash", [0.0, 1.0]), event=EVENT, runs=200, progress=False
    )
    assert grid.attrs["event"] == EVENT
    short, long = grid["value"].values
    assert (short < long).all()
    shorter = crisis.replace("rules.act_window", 1.0)
    pair = esc.compare(crisis, shorter, runs=2_000, seed=1, progress=False, events=[EVENT])
    assert pair.differences[EVENT].high < 0.0
    assert esc.plot.first_passage(ensemble, EVENT).lines
    (label,) = esc.plot.comparison(pair, events=[EVENT]).get_yticklabels()
    assert label.get_text().replace("\n", " ") == event_words(EVENT, crisis)
    pyplot.close("all")


def test_an_off_ramp_from_joint_force_is_searched(crisis: Scenario) -> None:
    levers = [ChangeLever("fronts.irn-isr.stake", 0.1)]
    study = esc.off_ramps(crisis, event=EVENT, limit=0.9, levers=levers, max_size=1, runs=400, progress=False)
    assert list(study.summary()["probabilities"]) == [EVENT]
    assert 0.0 < study.best.probability.value < 0.9


@pytest.mark.slow
def test_a_rare_joint_strike_is_split(crisis: Scenario) -> None:
    """Twelve repetitions of 200 paths against 2,000 runs; both intervals miss each other once in about 200 seeds."""
    found = esc.rare_event(crisis, EVENT, target="isr", seed=1, particles=200, repetitions=12)
    plain = esc.run(crisis, runs=2000, seed=2, progress=False).probability(EVENT, target="isr")
    assert found.low <= plain.high
    assert plain.low <= found.high


def test_who_is_meant_is_said_where_nobody_is(ensemble: Ensemble) -> None:
    with pytest.raises(StudyError, match="no actor 'hez'; did you mean"):
        ensemble.probability("joint:irn+hez")
