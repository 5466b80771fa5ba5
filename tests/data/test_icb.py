from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crisis_rows import write

from escalation.data.icb import read_icb
from escalation.data.sources import read_table
from escalation.errors import StudyError


def actor_file(**changed: Any) -> dict[str, Any]:
    n = 4
    return {
        "CRISNO": np.array([1, 1, 2, 3]),
        "CRACNO": np.arange(n),
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
    assert np.isnan(rows["cap_share"]).all()


def test_a_table_is_told_by_its_name(tmp_path: Path) -> None:
    assert read_table(write(tmp_path / "icb2v16.csv", actor_file())).version == "ICB v16"


def test_the_system_file_must_hold_the_same_crises(tmp_path: Path) -> None:
    actors = write(tmp_path / "icb2v15.csv", actor_file())
    both = write(tmp_path / "icb1v15.csv", {"crisno": np.array([1, 2, 3])})
    assert len(read_icb(actors, crises=both)) == 4
    write(both, {"crisno": np.array([1, 2])})
    with pytest.raises(StudyError, match="crisis 3 is not in"):
        read_icb(actors, crises=both)


def test_versions_are_not_mixed(tmp_path: Path) -> None:
    actors = write(tmp_path / "icb2v15.csv", actor_file())
    other = write(tmp_path / "icb1v14.csv", {"crisno": np.array([1, 2, 3])})
    with pytest.raises(StudyError, match="take both of one version"):
        read_icb(actors, crises=other)


@pytest.mark.parametrize("name", ["mine.csv", "icb2v9.csv", "icb2vx.csv"])
def test_another_version_says_where_to_get_the_right_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(StudyError, match=r"sites.duke.edu/icbdata"):
        read_icb(write(tmp_path / name, actor_file()))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    table = actor_file()
    del table["MAJRES"]
    with pytest.raises(StudyError, match="lacks the columns majres"):
        read_icb(write(tmp_path / "icb2v15.csv", table))
