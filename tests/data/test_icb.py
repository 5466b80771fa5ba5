from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crisis_rows import SHARED, columns, write

from escalation.data.covariates import covariates
from escalation.data.crisis_actors import read_crisis_actors
from escalation.data.icb import read_icb
from escalation.data.sources import read_table
from escalation.errors import StudyError


def actor_file(**changed: Any) -> dict[str, Any]:
    n = 4
    return {
        "CRISNO": np.array([1, 1, 2, 3]),
        "CRACNO": np.arange(1, n + 1),
        "ACTOR": np.array(["AAA", "BBB", "AAA", "AAA"]),
        "YRTRIG": np.array([1950, 1950, 1955, 1970]),
        "TRIGGR": np.array([9, 2, 7, 8]),
        "TRIGENT": np.array([996, 2, 997, 995]),
        "TRIGLOC": np.array([1, 2, 1, 1]),
        "SOUTHV": np.array([2, 2, 2, 2]),
        "MAJRES": np.array([8, 3, 6, 9]),
        "VIOL": np.array([3, 3, 1, 4]),
        "REGIME": np.array([1, 2, 1, 3]),
        "NUCLEAR": np.array([1, 3, 4, 2]),
        "ALLYCAP": np.array([1, 3, 4, 2]),
        "IWC": np.array([1, 1, 1, 5]),
        "TRGRESRA": np.array([1, 4, 9, 2]),
        "TRGTERRA": np.array([10, 20, 30, 40]),
    } | changed


def test_icb_becomes_a_crisis_actor_table(tmp_path: Path) -> None:
    rows = read_icb(write(tmp_path / "icb2v15.csv", actor_file()))
    assert rows.version == "ICB v15"
    assert rows["trig_entity"].tolist() == ["nonstate", "state", "multistate", "internal"]
    assert rows["trig_internal"].tolist() == [0.0, 1.0, 0.0, 0.0]
    assert rows["nuc_list"].tolist() == [0.0, 1.0, 1.0, 0.0]
    assert rows["n_defpact"].tolist() == [0.0, 1.0, 1.0, 0.0]
    assert rows["actor_prior10"].tolist() == [0.0, 0.0, 1.0, 0.0]
    assert rows["resp_days"].tolist() == [0.0, 3.0, 8.0, 1.0]
    assert rows["dur_days"].tolist() == [9.0, 19.0, 29.0, 39.0]
    assert np.isnan(rows["cap_share"]).all()


def test_a_table_is_told_by_its_name(tmp_path: Path) -> None:
    for name in ("icb2v16.csv", "ICB2v16.CSV", "icb2v16 (1).csv", "Copy of icb2v16.csv", "icb2v16_2.txt"):
        assert read_table(write(tmp_path / name, actor_file())).version == "ICB v16"


def test_a_table_is_told_by_its_columns_rather_than_its_name(tmp_path: Path) -> None:
    joined = read_table(write(tmp_path / "icb2v15 joined.csv", columns(4) | {"icb_version": np.full(4, 15)}))
    assert joined.version == "ICB v15"
    with pytest.raises(StudyError, match="the name does not say which version it is"):
        read_table(write(tmp_path / "mine.csv", actor_file()))
    table = actor_file()
    del table["MAJRES"]
    with pytest.raises(StudyError, match="lacks the columns majres"):
        read_table(write(tmp_path / "icb2v15.csv", table))
    with pytest.raises(StudyError, match=r"there is no such file. This should be the actor-level file"):
        read_table(tmp_path / "icb2v14.csv")
    (tmp_path / "table.csv").write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(StudyError, match=r"save the table in it as CSV. A crisis-actor table has a row for each"):
        read_table(tmp_path / "table.csv")


def test_the_system_file_must_hold_the_same_crises(tmp_path: Path) -> None:
    actors = write(tmp_path / "icb2v15.csv", actor_file())
    both = write(tmp_path / "icb1v15.csv", {"crisno": np.array([1, 2, 3])})
    assert len(read_icb(actors, crises=both)) == 4
    write(both, {"crisno": np.array([1, 2])})
    with pytest.raises(StudyError, match=r"icb2v15\.csv, line 5, CRISNO: crisis 3 is not in"):
        read_icb(actors, crises=both)
    write(both, {"crisno": np.array([1, 2, 3, 4])})
    with pytest.raises(StudyError, match=r"icb1v15\.csv, line 5, crisno: crisis 4 is not in"):
        read_icb(actors, crises=both)
    write(both, {"crisno": np.array([1, 2, 3, 3])})
    with pytest.raises(StudyError, match="line 5: crisno 3 stands in line 4 already"):
        read_icb(actors, crises=both)


def test_versions_are_not_mixed(tmp_path: Path) -> None:
    actors = write(tmp_path / "icb2v15.csv", actor_file())
    other = write(tmp_path / "icb1v14.csv", {"crisno": np.array([1, 2, 3])})
    with pytest.raises(StudyError, match="take both of one version"):
        read_icb(actors, crises=other)


@pytest.mark.parametrize("version", [12, 13, 14, 15, 16])
def test_versions_that_are_read(tmp_path: Path, version: int) -> None:
    assert read_icb(write(tmp_path / f"icb2v{version}.csv", actor_file())).version == f"ICB v{version}"


@pytest.mark.parametrize("name", ["mine.csv", "icb2v9.csv", "icb2v11.csv", "icb2v17.csv", "icb2vx.csv", "icb1v15.csv"])
def test_another_version_says_where_to_get_the_right_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(StudyError, match=r"versions 12 to 16 are read.*sites.duke.edu/icbdata"):
        read_icb(write(tmp_path / name, actor_file()))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    table = actor_file()
    del table["MAJRES"]
    with pytest.raises(StudyError, match="lacks the columns majres"):
        read_icb(write(tmp_path / "icb2v15.csv", table))


def test_earlier_crises_are_counted_once_each_and_within_a_year_by_their_numbers(tmp_path: Path) -> None:
    table = {
        "CRISNO": [1, 1, 2, 3, 5, 4, 6],
        "CRACNO": [1, 2, 3, 4, 5, 6, 7],
        "ACTOR": ["AAA", "AAA", "AAA", "AAA", "AAA", "AAA", ""],
        "YRTRIG": [1950, 1950, 1950, 1961, 1962, 1963, 1963],
    }
    same = {name: np.resize(column, 7) for name, column in actor_file().items()}
    rows = read_icb(write(tmp_path / "icb2v15.csv", same | {name: np.array(c) for name, c in table.items()}))
    # Crisis 1 has two rows of the actor and counts once; crisis 3 came too late for it; 5 came before 4, by its year.
    np.testing.assert_array_equal(rows["actor_prior10"], [0, 0, 1, 0, 1, 2, np.nan])


def test_what_is_blank_stays_unknown(tmp_path: Path) -> None:
    blank = np.array(["", "", "", ""])
    changed = dict.fromkeys(("NUCLEAR", "ALLYCAP", "TRIGLOC", "TRIGENT", "REGIME", "TRGRESRA", "TRGTERRA"), blank)
    changed["NUCLEAR"] = np.array(["", "3", "4", "1"])
    rows = read_icb(write(tmp_path / "icb2v15.csv", actor_file(**changed)))
    np.testing.assert_array_equal(rows["nuc_list"], [np.nan, 1.0, 1.0, 0.0])
    for name in ("n_defpact", "trig_internal", "regime", "resp_days", "dur_days"):
        assert np.isnan(rows[name]).all()
    assert rows["trig_entity"].tolist() == [""] * 4
    seen = covariates(rows)
    for name in ("nonstate", "multistate", "internal", "pact", "democratic", "military", "share"):
        assert np.isnan(getattr(seen, name)).all()
    assert seen.unknown()["nuclear"] == 1


@pytest.mark.parametrize("name", [n for n in actor_file() if n not in ("ACTOR", "SOUTHV")])
def test_every_code_is_checked_under_the_name_that_the_file_gives_it(tmp_path: Path, name: str) -> None:
    for value in ("99999999", "-1", "1.5"):
        table = actor_file()
        table[name] = table[name].astype(object)
        table[name][1] = value
        with pytest.raises(StudyError, match=rf"icb2v15.csv, line 3, {name}: must be a whole number"):
            read_icb(write(tmp_path / "icb2v15.csv", table))


def test_a_row_without_any_code_is_left_out_and_said(tmp_path: Path) -> None:
    table = {name: column.astype(object) for name, column in actor_file().items()}
    for name, column in table.items():
        if name not in ("CRISNO", "CRACNO", "ACTOR"):
            column[2] = ""
    crises = write(tmp_path / "icb1v14.csv", {"crisno": np.array([1, 2, 3])})
    rows = read_icb(write(tmp_path / "icb2v14.csv", table), crises=crises)
    assert rows["crisno"].tolist() == [1.0, 1.0, 3.0]
    assert rows.notes == (f"{tmp_path / 'icb2v14.csv'}: 1 row without any code left out (line 4)",)
    table["TRIGGR"][2] = 9
    with pytest.raises(StudyError, match=r"line 4, YRTRIG: must be .* not blank"):
        read_icb(write(tmp_path / "icb2v14.csv", table))


def test_a_crisis_actor_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="line 3: CRISNO 1, CRACNO 1 stands in line 2 already"):
        read_icb(write(tmp_path / "icb2v15.csv", actor_file(CRACNO=np.array([1, 1, 2, 3]))))


RENAMED = {
    "crisno": "crisno",
    "cracno": "cracno",
    "actor": "actor",
    "year": "yrtrig",
    "trigger": "triggr",
    "response": "majres",
    "viol_actor": "viol",
    "regime": "regime",
    "nuclear": "nuclear",
    "allycap": "allycap",
    "iwc": "iwc",
    "resp_days": "trgresra",
    "dur_days": "trgterra",
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the crisis-actor rows are not here")
def test_both_readers_give_the_same_rows_for_the_same_crises(tmp_path: Path) -> None:
    with (SHARED / "icb_actors.csv").open(newline="", encoding="utf-8") as file:
        joined = list(csv.DictReader(file))
    table = {icb: np.array([row[name] for row in joined]) for name, icb in RENAMED.items()}
    entity = {"state": "2", "internal": "995", "nonstate": "996", "multistate": "997"}
    table["trigent"] = np.array([entity[row["trig_entity"]] for row in joined])
    table["trigloc"] = np.array(["2" if row["trig_internal"] == "1" else "1" for row in joined])
    own = read_icb(write(tmp_path / "icb2v15.csv", table))
    other = read_crisis_actors(SHARED / "icb_actors.csv")
    assert own.version == other.version == "ICB v15"
    measured_otherwise = {"nuc_list", "n_defpact"}
    compared = {name for name in own.columns if name == "trig_entity" or np.isfinite(own[name]).any()}
    assert compared - measured_otherwise == {
        "crisno", "cracno", "year", "trigger", "trig_entity", "trig_internal", "response", "viol_actor", "regime",
        "iwc", "actor_prior10", "resp_days", "dur_days",
    }  # fmt: skip
    for name in compared - measured_otherwise:
        np.testing.assert_array_equal(own[name], other[name], err_msg=name)
    # These two are codes of ICB in the one and other people's lists in the other, as `read_icb` says.
    assert (own["nuc_list"] == other["nuc_list"]).sum() == 886
    assert (own["n_defpact"] == (other["n_defpact"] > 0)).sum() == 574
