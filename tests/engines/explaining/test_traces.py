from __future__ import annotations

import numpy as np
import pytest

from escalation.dynamics.record import FRONT_FIELDS
from escalation.engines.explaining.traces import Traces
from escalation.engines.trajectory import Trajectory
from escalation.errors import StudyError


@pytest.fixture(scope="module")
def through(path: Trajectory) -> Traces:
    return path.traces("irn-isr")


def test_a_trace_is_what_the_trajectory_recorded(path: Trajectory, through: Traces) -> None:
    f = path.front_ids.index("irn-isr")
    values = {trace.name: trace.values for trace in through.traces}
    for field in ("resolve", "fear", "motive", "injury"):
        recorded = path.fronts[: len(through.days), f, FRONT_FIELDS.index(field)]
        np.testing.assert_array_equal(values[f"fronts.irn-isr.{field}"][1:], recorded[1:])
    np.testing.assert_array_equal(through.days, path.days[: len(through.days)])


def test_what_moved_it_leads_from_its_start_to_its_end(through: Traces) -> None:
    assert any(trace.moves for trace in through.traces)
    for trace in through.traces:
        stand = trace.values[0]
        for move in trace.moves:
            assert move.before == stand
            stand = move.after
        assert stand == trace.values[-1]


def test_a_trace_and_an_explanation_tell_the_same(path: Trajectory) -> None:
    last = path.acts[-1]
    actor, target = path.front_ids[last["front"]].split("-")
    (told,) = path.explain(float(last["period"] * path.scenario.period), actor, target=target)
    moves = {trace.name: trace.moves for trace in path.traces(f"{actor}-{target}").traces}
    for belief in told.beliefs:
        before = tuple(move for move in belief.moves if move.kind != "fading")
        mine = tuple(move for move in moves[belief.name] if move.kind != "fading")
        assert mine[: len(before)] == before


def test_names_and_reach(path: Trajectory, through: Traces) -> None:
    assert (through.actor_name, through.target_name) == ("Iran", "Israel")
    assert repr(through).startswith(f"<Traces of 'irn-isr' in 'haniyeh-2024', seed 1, run {path.run}: ")
    trace = through.traces[0]
    assert trace.reach == trace.values.max() - trace.values.min()


def test_a_front_that_is_not_there(path: Trajectory) -> None:
    with pytest.raises(StudyError, match="no front 'irn-irs' in 'haniyeh-2024'"):
        path.traces("irn-irs")
