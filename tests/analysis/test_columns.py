import numpy as np
import pytest

import escalation as esc
from escalation.analysis.columns import column
from escalation.engines.compiled import advance, begin_states
from escalation.engines.lower import lower
from escalation.engines.tables import views

RUNS = np.arange(5)


@pytest.mark.parametrize(
    ("table", "field"),
    [("fronts", "injury"), ("fronts", "at_war"), ("actors", "key"), ("clock", "now"), ("shocks", ""), ("crossed", "")],
)
def test_a_column_is_what_the_tables_of_each_run_hold(table: str, field: str) -> None:
    lowered = lower(esc.load("two-state-deterrence"))
    states = begin_states(lowered, seed=1, runs=RUNS)
    advance(lowered, states, seed=1, runs=RUNS, periods=30)
    tables = [getattr(views(state, lowered), table) for state in states]
    expected = np.array([rows[field] if field else rows for rows in tables])
    found = column(states, lowered, table, field)
    assert found.dtype == expected.dtype
    assert np.array_equal(found, expected)
    assert len(np.unique(expected, axis=0)) > 1 or field in ("at_war", "key", "now") or table == "crossed"


def test_writing_to_a_column_writes_to_the_states() -> None:
    lowered = lower(esc.load("two-state-deterrence"))
    states = begin_states(lowered, seed=1, runs=RUNS)
    column(states, lowered, "fronts", "at_war")[2, 1] = 1
    column(states, lowered, "shocks")[3, 0] = 7.0
    assert views(states[2], lowered).fronts["at_war"].tolist() == [0, 1, 0, 0]
    assert (views(states[3], lowered).shocks[0] == 7.0).all()
