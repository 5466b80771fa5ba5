"""The run that the page begins with is one in which something happens, as in most such runs."""

from __future__ import annotations

import pytest

import escalation as esc
from escalation.app.typical import RUNS, Typical, typical
from escalation.world.scenario import Scenario


@pytest.mark.parametrize(
    ("peaks", "run", "rung"),
    [
        ((0, 0, 2, 3, 3, 0, 0), 3, 3),
        ((0, 4, 1, 4, 1), 2, 1),
        ((5,), 0, 5),
        ((0, 0), 0, 0),
    ],
    ids=["commonest above none", "lower of two", "one", "nothing"],
)
def test_the_first_of_the_commonest_highest_rungs_above_none(peaks: tuple[int, ...], run: int, rung: int) -> None:
    found = Typical(peaks)
    assert (found.run, found.rung) == (run, rung)


def test_the_reason_tells_how_common_the_end_is_but_not_what_it_is(two_states: Scenario) -> None:
    found = Typical((0, 2, 3, 3, 0))
    assert "2 of runs 0 to 4 climb as high" in found.why()
    assert not [name for name in two_states.ladder.names if name in found.why()]
    assert found.likeness(2) == "1 of runs 0 to 4 of this seed end at this highest rung."
    assert found.likeness(5).startswith("0 of runs")
    assert "none of runs 0 to 1" in Typical((0, 0)).why()
    assert "no other height is more common" in Typical((2, 3)).why()  # two are as common


def test_it_is_counted_over_the_runs_of_the_compiled_engine(two_states: Scenario) -> None:
    found = typical(two_states, seed=4)
    ensemble = esc.run(two_states, runs=RUNS, seed=4, progress=False)
    assert found.peaks == tuple(ensemble.peak().tolist())
    assert found.peaks != typical(two_states, seed=5).peaks
    assert typical(two_states, seed=4) is found, "it is not played twice"
    other = two_states.replace("title", "other")
    assert (typical(other, seed=4) is found) == (other.hash == two_states.hash)


@pytest.mark.parametrize("compiled", [True, False])
def test_it_is_the_same_before_the_model_is_compiled(
    two_states: Scenario, monkeypatch: pytest.MonkeyPatch, compiled: bool
) -> None:
    esc.run(two_states, runs=1, seed=0, progress=False)
    if not compiled:
        monkeypatch.setattr("escalation.app.typical.at_hand", lambda _: False)
        monkeypatch.setattr("escalation.app.typical.run_many", None)
    else:
        monkeypatch.setattr("escalation.app.typical.simulate", None)
    ensemble = esc.run(two_states, runs=RUNS, seed=6 + compiled, progress=False)
    assert typical(two_states, seed=6 + compiled).peaks == tuple(ensemble.peak().tolist())


def test_in_the_main_scenario_force_is_used() -> None:
    crisis = esc.load("haniyeh-2024")
    found = typical(crisis, seed=1)
    path = esc.simulate(crisis, seed=1, run=found.run)
    assert path.outcome["peak"] == crisis.ladder.names[found.rung]
    assert found.alike(found.rung) == max(found.alike(rung) for rung in range(1, 6))
