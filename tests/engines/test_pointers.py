"""Tables as bare pointers: what machine code reads and writes is what the views of the block show."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import pytest
from crises import crisis_of
from numba.core.errors import TypingError

from escalation.dynamics.state import Crisis
from escalation.engines.lower import Lowered, lower
from escalation.engines.memory import crisis_at
from escalation.engines.pointers import MEMBERS, GridType, RowType
from escalation.engines.tables import views


@pytest.fixture
def lowered() -> Lowered:
    return lower(crisis_of("a-b c-b"))


def tables(lowered: Lowered) -> tuple[Crisis, Any]:
    block = lowered.template.copy()
    crisis = views(block, lowered)
    return crisis, (lowered.header(block), block)


def test_the_header_says_where_each_table_lies(lowered: Lowered) -> None:
    crisis, (header, _) = tables(lowered)
    for (address, rows, columns), table in zip(header.reshape(-1, 3), crisis, strict=True):
        array: Any = table
        assert address == array.ctypes.data or not array.size
        assert rows == len(array)
        assert columns == (array.shape[1] if array.ndim > 1 else len(array))


def test_the_header_can_point_to_other_draws() -> None:
    lowered = lower(crisis_of("a-b", front={"a-b": {"stake": {"distribution": "uniform", "low": 0.5, "high": 1.5}}}))
    draws = lowered.draw_records.copy()
    rows = [header.reshape(-1, 3)[Crisis._fields.index("parameters")] for header in headers(lowered, draws)]
    assert [row.tolist() for row in rows] == [[lowered.draw_records.ctypes.data, 1, 1], [draws.ctypes.data, 1, 1]]


def test_the_header_can_point_to_draws_of_runs_of_one_number() -> None:
    lowered = lower(crisis_of("a-b"))
    room = lowered.drawn_before()
    header = lowered.header(lowered.template, drawn_before=room).reshape(-1, 3)
    assert header[Crisis._fields.index("drawn_before")].tolist() == [room.ctypes.data, *room.shape]
    assert room.ctypes.data % 64 == 0  # as lanes are read fast
    assert (room == -1.0).all()


def headers(lowered: Lowered, draws: Any) -> list[Any]:
    return [lowered.header(lowered.template), lowered.header(lowered.template, draws=draws)]


def test_machine_code_reads_and_writes_the_tables(lowered: Lowered) -> None:
    def touch(header: Any) -> tuple[int, int, int, float, int]:
        crisis = crisis_at(header)
        front = crisis.fronts[1]
        front.injury = front.stake + 0.25
        crisis.fronts[2].at_war = 1
        crisis.blame[1][2] = 0.5
        crisis.crossed[1][3] = 7
        return len(crisis.fronts), len(crisis.blame), len(crisis.crossed[0]), crisis.crowding[0], crisis.front_of[2][1]

    crisis, (header, _) = tables(lowered)
    found = numba.njit(touch)(header)
    fronts: Any = crisis.fronts
    assert fronts["injury"].tolist() == [0.0, 1.25, 0.0, 0.0]
    assert fronts["at_war"].tolist() == [0, 0, 1, 0]
    assert np.argwhere(np.asarray(crisis.blame)).tolist() == [[1, 2]]
    assert crisis.crossed[1][3] == 7
    assert found == (4, len(crisis.blame), 6, 0.0, lowered.front_ids.index("c-b"))


def test_integers_are_integers(lowered: Lowered) -> None:
    crisis, _ = tables(lowered)
    for name, table in crisis._asdict().items():
        if table.dtype.names is None:
            kind = MEMBERS[name]
            row = kind.row if isinstance(kind, GridType) else kind
            assert isinstance(row, RowType)
            assert (table.dtype == np.int64) is (row.number == numba.types.int64), name


@pytest.mark.parametrize("what", ["index", "table", "write"])
def test_what_makes_no_sense_does_not_compile(lowered: Lowered, what: str) -> None:
    def by_name(header: Any) -> Any:
        return crisis_at(header).fronts["a-b"]

    def no_table(header: Any) -> Any:
        return crisis_at(header).weather[0]

    def whole_row(header: Any) -> None:
        crisis_at(header).blame[0] = 1.0

    function = {"index": by_name, "table": no_table, "write": whole_row}[what]
    with pytest.raises(TypingError):
        numba.njit(function)(tables(lowered)[1][0])


def test_other_containers_are_left_to_numba() -> None:
    def plain(array: Any, pair: Any) -> Any:
        array[0] = 2.0
        return array[0] + len(array) + len(pair) + pair[1]

    assert numba.njit(plain)(np.zeros(3), (1, 5)) == 12.0
