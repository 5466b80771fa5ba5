from __future__ import annotations

import numpy as np

from escalation.dynamics.state import Clock, QuantileState
from escalation.engines.memory import RECORDS, Located, Memory, record_dtype
from escalation.world.distributions import Uniform


def test_every_attribute_of_every_record_is_a_word() -> None:
    for record in RECORDS.values():
        kind = record_dtype(record)
        assert all(kind[name].itemsize == 8 for name in kind.names or ())
    assert record_dtype(Clock)["run"].kind == "i"
    assert record_dtype(QuantileState)["a"].kind == "f"


def test_tables_lie_one_after_the_other_and_keep_their_bits() -> None:
    memory = Memory()
    memory.add_ints("crossed", (2, 2), [[1, -1], [2**40, 0]])
    memory.add_floats("work", (3,), 0.5)
    block = memory.packed()
    assert [memory.places[name].start for name in ("crossed", "work")] == [0, 4]
    assert block[:4].view(np.int64).tolist() == [1, -1, 2**40, 0]
    assert block[4:].tolist() == [0.5] * 3


def test_a_distribution_leaves_a_gap_and_an_address() -> None:
    memory = Memory()
    memory.add_floats("work", (5,), 1.0)
    rows = [{"kind": 1, "low": 2.0}, {"a": Located("here.a", Uniform(distribution="uniform", low=0.0, high=1.0))}]
    memory.add_records("severities", rows)
    (parameter,) = memory.parameters
    fields = record_dtype(QuantileState).names or ()
    assert (parameter.path, parameter.table, parameter.row, parameter.field) == ("here.a", "severities", 1, "a")
    assert parameter.address == 5 + len(fields) + fields.index("a")
    block = memory.packed()
    block[parameter.address] = 9.0
    table = block[5:].view(record_dtype(QuantileState))
    assert (table["a"][1], table["low"][0], table["kind"][0]) == (9.0, 2.0, 1)


def test_a_located_number_is_written_as_it_is() -> None:
    memory = Memory()
    memory.add_records("severities", [{"a": Located("here.a", 0.25)}])
    assert not memory.parameters
    assert 0.25 in memory.packed().tolist()
