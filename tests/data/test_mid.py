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
    return (
        {
            "dispnum": np.array([1, 2]),
            "styear": np.array([1950, 1960]),
            "endyear": np.array([1950, 1961]),
            "hostlev": np.array([4, 5]),
            "hiact": np.array([17, -9]),
            "fatality": np.array([-9, 6]),
            "version": np.full(2, 5.0),
        }
        | {name: changed.get(name, ones) for name in ("outcome", "settle", "recip", "numa", "numb")}
        | changed
    )


def participants(**changed: Any) -> dict[str, Any]:
    return {
        "dispnum": np.array([1, 1, 2, 2, 2]),
        "ccode": np.array([2, 200, 220, 255, 220]),
        "styear": np.array([1950, 1950, 1961, 1960, 1960]),
        "endyear": np.array([1950, 1950, 1961, 1961, 1960]),
        "sidea": np.array([1, 0, 0, 0, 1]),
        "revstate": np.array([1, 0, 0, 1, 1]),
        "fatality": np.array([0, 0, -9, 6, 4]),
        "hiact": np.array([16, 0, 20, 20, 13]),
        "hostlev": np.array([4, 1, 5, 5, 4]),
        "orig": np.array([1, 1, 0, 1, 1]),
        "version": np.full(5, 5.0),
    } | changed


def both(folder: Path, a: dict[str, Any], b: dict[str, Any]) -> tuple[Path, Path]:
    return write(folder / "MIDA.csv", a), write(folder / "MIDB.csv", b)


def test_disputes_and_participants_are_read(tmp_path: Path) -> None:
    found = read_mid(*both(tmp_path, disputes(), participants()))
    assert found.disputes["hostlev"].tolist() == [4.0, 5.0]
    np.testing.assert_array_equal(found.disputes["hiact"], [17.0, np.nan])
    np.testing.assert_array_equal(found.disputes["fatality"], [np.nan, 6.0])
    assert found.disputes.version == found.participants.version == "MID 5.0"


def test_a_state_in_a_dispute_is_one_participant_over_all_its_spells(tmp_path: Path) -> None:
    """State 220 came back in 1961, on the other side; its losses then are not known, so neither is their most."""
    found = read_mid(*both(tmp_path, disputes(), participants()))
    assert found.spells["ccode"].tolist() == [2, 200, 220, 255, 220]
    held = found.participants
    pairs = list(zip(held["dispnum"].tolist(), held["ccode"].tolist(), strict=True))
    assert pairs == [(1, 2), (1, 200), (2, 255), (2, 220)]
    returned = held.take(np.array([3]))
    assert returned.lines is not None
    assert returned.lines.tolist() == [6]
    assert {name: column[0] for name, column in returned.columns.items() if name != "fatality"} == {
        "dispnum": 2, "ccode": 220, "styear": 1960, "endyear": 1961, "sidea": 1, "revstate": 1, "hiact": 20,
        "hostlev": 5, "orig": 1,
    }  # fmt: skip
    assert np.isnan(returned["fatality"][0])


def test_spells_of_one_year_are_in_the_order_of_their_dates(tmp_path: Path) -> None:
    dates = {"stday": np.array([1, 1, 3, 1, 20]), "stmon": np.array([1, 1, 6, 1, 5])}
    b = participants(styear=np.array([1950, 1950, 1960, 1960, 1960]), **dates)
    found = read_mid(*both(tmp_path, disputes(), b)).participants
    assert found["sidea"][found["ccode"] == 220].tolist() == [1]


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ({"version": np.full(2, 4.3)}, {}, "MIDA.csv, line 2, version: is version 4.3, not 5.*correlatesofwar.org"),
        ({"hostlev": np.array([4, 9])}, {}, "MIDA.csv, line 3, hostlev: must be a whole number from 1 to 5, not 9"),
        ({"hostlev": np.array([4, -9])}, {}, "line 3, hostlev: must be .* not -9"),
        ({"hiact": np.array([22, 1])}, {}, "line 2, hiact: must be a whole number from 0 to 21, or -9, or blank"),
        ({"styear": np.array([1950, 1815])}, {}, "line 3, styear: must be a whole number from 1816 to 2014"),
        ({"endyear": np.array([1950, 1959])}, {}, "line 3, endyear: 1959 comes before its beginning, 1960"),
        ({"dispnum": np.array([1, 1])}, {}, "MIDA.csv, line 3: dispnum 1 stands in line 2 already"),
        ({"dispnum": np.array([1, 3])}, {}, "MIDB.csv, line 4, dispnum: dispute 2 is not in .*MIDA.csv; take both"),
        ({}, {"dispnum": np.ones(5)}, "MIDA.csv, line 3, dispnum: dispute 2 is not in .*MIDB.csv; take both"),
        ({}, {"ccode": np.array([2, 200, 220, 255, 1])}, "MIDB.csv, line 6, ccode: must be a whole number from 2"),
        ({}, {"sidea": np.array([1, 0, 0, -9, 0])}, "MIDB.csv, line 5, sidea: must be a whole number from 0 to 1"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, a: dict[str, Any], b: dict[str, Any], words: str) -> None:
    with pytest.raises(StudyError, match=words):
        read_mid(*both(tmp_path, disputes(**a), participants(**b)))


def test_a_spell_written_down_twice_is_refused(tmp_path: Path) -> None:
    b = participants()
    for column in b.values():
        column[4] = column[2]
    with pytest.raises(StudyError, match=r"MIDB\.csv, line 6: dispnum 2, ccode 220, .* stands in line 4 already"):
        read_mid(*both(tmp_path, disputes(), b))


def test_a_spell_written_down_twice_is_refused_also_where_its_action_is_not_known(tmp_path: Path) -> None:
    b = participants(hiact=np.array([16, 0, -9, 20, -9]))
    for column in b.values():
        column[4] = column[2]
    with pytest.raises(StudyError, match=r"MIDB\.csv, line 6: .*, hiact blank, hostlev 5 stands in line 4 already"):
        read_mid(*both(tmp_path, disputes(), b))


def test_disputes_of_which_no_participant_is_there_are_counted(tmp_path: Path) -> None:
    a = {name: np.resize(column, 4) for name, column in disputes().items()} | {"dispnum": np.arange(1, 5)}
    with pytest.raises(
        StudyError, match=r"line 4, dispnum: dispute 3 is not in .*MIDB.csv .one of 2 disputes that are not."
    ):
        read_mid(*both(tmp_path, a, participants()))
