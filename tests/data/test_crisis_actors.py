from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crisis_rows import columns, crisis_rows, write

from escalation.data.crisis_actors import (
    INPUTS,
    first_actors,
    read_crisis_actors,
    response_level,
    trigger_group,
    violence_level,
)
from escalation.errors import StudyError

HINDSIGHT = (
    "usinv", "suinv", "mediation", "mediate", "sevvio", "cenvio", "outcome", "gravity", "pc", "protracted", "powdis",
    "tension_recur", "globact", "regact", "crisis_tech", "viol_actor", "response", "resp_days", "dur_days", "year",
)  # fmt: skip


def test_no_column_that_is_known_only_afterwards_is_an_input() -> None:
    assert not set(INPUTS) & set(HINDSIGHT)


def test_a_table_is_read_back(tmp_path: Path) -> None:
    table = columns(20)
    rows = read_crisis_actors(write(tmp_path / "rows.csv", table | {"icb_version": np.full(20, 15)}))
    assert len(rows) == 20
    assert rows.version == "ICB v15"
    np.testing.assert_allclose(rows["cap_share"], table["cap_share"])
    assert rows["trig_entity"].tolist() == table["trig_entity"].tolist()


def test_a_column_that_may_be_missing_is_not_known(tmp_path: Path) -> None:
    table = columns(10)
    del table["adv_nuc"]
    rows = read_crisis_actors(write(tmp_path / "rows.csv", table))
    assert np.isnan(rows["adv_nuc"]).all()
    assert rows.version == "ICB, version not given"


def test_a_needed_column_is_named_when_missing(tmp_path: Path) -> None:
    table = columns(10)
    del table["response"]
    with pytest.raises(StudyError, match=r"lacks the columns response.*crisis-actor table has"):
        read_crisis_actors(write(tmp_path / "rows.csv", table))


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("trigger", 12.0, "row 3, trigger: must be from 1 to 9, not 12"),
        ("response", 0.0, "row 3, response: must be from 1 to 9"),
        ("viol_actor", 5.0, "viol_actor: must be from 1 to 4"),
        ("cap_share", 1.5, "cap_share: must be a share"),
        ("trig_entity", "ghost", "must be one of .*, not 'ghost'"),
    ],
)
def test_a_code_out_of_range_is_refused(tmp_path: Path, column: str, value: Any, words: str) -> None:
    table = columns(10)
    table[column] = table[column].astype(object)
    table[column][2] = value
    with pytest.raises(StudyError, match=words):
        read_crisis_actors(write(tmp_path / "rows.csv", table))


def test_triggers_fall_into_their_groups() -> None:
    rows = crisis_rows(9, trigger=np.arange(1.0, 10.0))
    assert trigger_group(rows).tolist() == [0, 0, 1, 1, 1, 2, 3, 4, 5]


def test_responses_fall_into_their_levels() -> None:
    rows = crisis_rows(9, response=np.arange(1.0, 10.0))
    assert response_level(rows).tolist() == [0, 0, 0, 0, 0, 1, 1, 2, 2]


def test_the_first_actor_of_a_crisis_stands_for_it_unless_within_a_war() -> None:
    rows = crisis_rows(
        6,
        crisno=np.array([1.0, 1.0, 2.0, 2.0, 3.0, 3.0]),
        cracno=np.array([2.0, 1.0, 3.0, 4.0, 6.0, 5.0]),
        iwc=np.array([7.0, 1.0, 7.0, 1.0, 1.0, 1.0]),
        viol_actor=np.array([4.0, 1.0, 3.0, 3.0, 1.0, 2.0]),
    )
    places = first_actors(rows)
    assert places.tolist() == [1, 5]
    assert violence_level(rows, places).tolist() == [3, 1]
