from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crisis_rows import write

from escalation.data.mid import read_mid
from escalation.errors import StudyError


def disputes(**changed: Any) -> dict[str, Any]:
    ones = np.ones(2)
    names = ("styear", "endyear", "outcome", "settle", "fatality", "hiact", "recip", "numa", "numb")
    return (
        {"dispnum": np.array([1, 2]), "hostlev": np.array([4, 5]), "version": np.full(2, 5.0)}
        | dict.fromkeys(names, ones)
        | changed
    )


def participants(**changed: Any) -> dict[str, Any]:
    ones = np.ones(3)
    names = ("ccode", "styear", "endyear", "sidea", "revstate", "fatality", "hiact", "orig")
    return (
        {"dispnum": np.array([1, 1, 2]), "hostlev": np.array([3, 4, 5]), "version": np.full(3, 5.0)}
        | dict.fromkeys(names, ones)
        | changed
    )


def both(folder: Path, a: dict[str, Any], b: dict[str, Any]) -> tuple[Path, Path]:
    return write(folder / "MIDA.csv", a), write(folder / "MIDB.csv", b)


def test_disputes_and_participants_are_read(tmp_path: Path) -> None:
    found = read_mid(*both(tmp_path, disputes(), participants()))
    assert found.disputes["hostlev"].tolist() == [4.0, 5.0]
    assert len(found.participants) == 3
    assert found.disputes.version == "MID 5.0"


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ({"version": np.full(2, 4.3)}, {}, "is version 4.3, not 5.*correlatesofwar.org"),
        ({"hostlev": np.array([4, 9])}, {}, "hostlev: must be from 1 to 5"),
        ({}, {"dispnum": np.array([1, 1, 3])}, "dispute 3 is not in"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, a: dict[str, Any], b: dict[str, Any], words: str) -> None:
    with pytest.raises(StudyError, match=words):
        read_mid(*both(tmp_path, disputes(**a), participants(**b)))
