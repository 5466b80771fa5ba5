from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from crisis_rows import SHARED, write
from pair_rows import pair_columns, pair_rows

from escalation.data.signal_pairs import CONCILIATORY, OTHER, VIOLENT, next_acts, read_pairs, situation
from escalation.errors import StudyError


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = pair_columns(40)
    rows = read_pairs(write(tmp_path / "pairs.csv", made))
    assert len(rows) == 40
    assert rows["received"].tolist() == made["received"].tolist()
    np.testing.assert_array_equal(rows["phase"], made["phase"])


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("received", "treat", "'treat' is none of .*did you mean 'threat'"),
        ("next_act", "violent", "line 2, next_act: 'violent' is none of none, conciliatory"),
        ("receiver_previous", "x", "'x' is none of 0, c, h, m, v"),
        ("phase", 3.0, "line 2, phase: must be a whole number from 0 to 2, not 3"),
        ("adversaries", np.nan, "adversaries: must be a whole number from 0 to 1, not blank"),
    ],
)
def test_what_is_not_known_is_refused(tmp_path: Path, column: str, value: object, words: str) -> None:
    made = pair_columns(5)
    cells = made[column].astype(object)
    cells[0] = value
    with pytest.raises(StudyError, match=words):
        read_pairs(write(tmp_path / "pairs.csv", made | {column: cells}))


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    made = pair_columns(5)
    del made["received"]
    with pytest.raises(StudyError, match="lacks the columns received"):
        read_pairs(write(tmp_path / "pairs.csv", made))


def test_next_acts_of_adversaries_toward_the_sender_and_of_all_toward_anybody() -> None:
    rows = pair_rows(
        4,
        adversaries=np.array([1.0, 1.0, 0.0, 1.0]),
        next_act=np.array(["violence", "none", "conciliatory", "military"]),
        next_anyone_violent=np.array([0.0, np.nan, 0.0, 1.0]),
        next_anyone_conciliatory=np.array([0.0, np.nan, 1.0, 0.0]),
    )
    assert next_acts(rows, anyone=False).tolist() == [VIOLENT, -1, -1, OTHER]
    assert next_acts(rows, anyone=True).tolist() == [OTHER, -1, CONCILIATORY, VIOLENT]


def test_situations_tell_phase_violence_and_previous_act_apart() -> None:
    rows = pair_rows(3000)
    keys = set(zip(rows["phase"].tolist(), rows["recent_violence"].tolist(), rows["receiver_previous"], strict=True))
    assert len(np.unique(situation(rows))) == len(keys) == 30


@pytest.mark.skipif(not SHARED.is_dir(), reason="the signal pairs are not here")
def test_the_pairs_to_1994() -> None:
    rows = read_pairs(SHARED / "icbe_pairs_1918_1994.csv")
    assert len(rows) == 10_875
    assert rows["year"].max() == 1994.0
