from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crisis_rows import SHARED, columns, crisis_rows, write

from escalation.data.base_rates import VIOLENCE
from escalation.data.crisis_actors import (
    INPUTS,
    first_actors,
    read_crisis_actors,
    response_level,
    trigger_group,
    violence_level,
)
from escalation.data.rows import read_columns
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
    assert rows.version == "crisis-actor table, version not given"


def test_a_needed_column_is_named_when_missing(tmp_path: Path) -> None:
    table = columns(10)
    del table["response"]
    with pytest.raises(StudyError, match=r"lacks the columns response.*crisis-actor table has"):
        read_crisis_actors(write(tmp_path / "rows.csv", table))


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("trigger", 12.0, "trigger: must be a whole number from 1 to 9, not 12"),
        ("trigger", 8.5, "trigger: must be a whole number from 1 to 9, not 8.5"),
        ("trigger", "", "trigger: must be a whole number from 1 to 9, not blank"),
        ("response", 0.0, "response: must be a whole number from 1 to 9, not 0"),
        ("viol_actor", 5.0, "viol_actor: must be a whole number from 1 to 4"),
        ("regime", 99.0, "regime: must be a whole number from 1 to 5, or blank where it is not known, not 99"),
        ("iwc", 0.0, "iwc: must be a whole number from 1 to 10"),
        ("iwc", "", "iwc: must be .* not blank"),
        ("year", "", "year: must be a whole number from 1816 to 2100, not blank"),
        ("year", "inf", "year: must be a number, not 'inf'"),
        ("year", 195.0, "year: must be .* not 195"),
        ("year", "1_950", "year: must be a number, not '1_950'"),
        ("crisno", "", "crisno: must be .* not blank"),
        ("cracno", -1.0, "cracno: must be .* not -1"),
        ("cap_share", 1.5, "cap_share: must be a number from 0 to 1"),
        ("cap_share", -9.0, "cap_share: must be a number from 0 to 1"),
        ("adv_polity2", -66.0, "adv_polity2: must be a whole number from -10 to 10"),
        ("nuc_list", 2.0, "nuc_list: must be a whole number from 0 to 1"),
        ("n_defpact", -9.0, "n_defpact: must be a whole number from 0"),
        ("resp_days", 0.0, "resp_days: must be a whole number from 1"),
        ("dur_days", 2.5, "dur_days: must be a whole number from 1"),
        ("trig_entity", "ghost", "trig_entity: must be state, .*, not 'ghost'"),
    ],
)
def test_what_no_row_can_hold_is_refused_with_its_line(tmp_path: Path, column: str, value: Any, words: str) -> None:
    table = columns(10)
    table[column] = table[column].astype(object)
    table[column][2] = value
    with pytest.raises(StudyError, match=f"rows.csv, line 4, {words}"):
        read_crisis_actors(write(tmp_path / "rows.csv", table))


def test_every_column_that_is_read_has_its_allowed_values(tmp_path: Path) -> None:
    for column in columns(1):
        table = columns(4)
        table[column] = table[column].astype(object)
        table[column][1] = "1e9"
        with pytest.raises(StudyError, match=rf"line 3, {column}: must be"):
            read_crisis_actors(write(tmp_path / "rows.csv", table))


def test_a_crisis_actor_stands_there_once(tmp_path: Path) -> None:
    table = columns(6)
    table["crisno"][4], table["cracno"][4] = table["crisno"][1], table["cracno"][1]
    with pytest.raises(StudyError, match="line 6: crisno 1, cracno 2 stands in line 3 already"):
        read_crisis_actors(write(tmp_path / "rows.csv", table))
    with pytest.raises(StudyError, match="synthetic, row 3: crisno 1, cracno 3 stands in row 1 already"):
        crisis_rows(3, crisno=np.ones(3), cracno=np.array([3.0, 2.0, 3.0]))


def test_the_file_spells_the_column(tmp_path: Path) -> None:
    table = columns(4)
    table["Regime"] = np.full(4, 9)
    del table["regime"]
    with pytest.raises(StudyError, match="line 2, Regime: must be"):
        read_crisis_actors(write(tmp_path / "rows.csv", table))


def test_days_that_were_read_are_elapsed(tmp_path: Path) -> None:
    table = columns(3) | {"resp_days": np.array([1, 5, ""], object), "dur_days": np.array([1, 2, 90])}
    rows = read_crisis_actors(write(tmp_path / "rows.csv", table))
    np.testing.assert_array_equal(rows["resp_days"], [0.0, 4.0, np.nan])
    assert rows["dur_days"].tolist() == [0.0, 1.0, 89.0]


def test_rows_without_any_code_are_left_out_and_said(tmp_path: Path) -> None:
    table = {name: column.astype(object) for name, column in columns(6).items()}
    for name, column in table.items():
        if name not in ("crisno", "cracno"):
            column[3] = ""
    rows = read_crisis_actors(write(tmp_path / "rows.csv", table))
    assert rows["cracno"].tolist() == [1.0, 2.0, 3.0, 5.0, 6.0]
    assert rows.notes == (f"{tmp_path / 'rows.csv'}: 1 row without any code left out (line 5)",)
    blank = {name: (column if name in ("crisno", "cracno") else np.full(6, "")) for name, column in columns(6).items()}
    with pytest.raises(StudyError, match="no row has any code in trigger"):
        read_crisis_actors(write(tmp_path / "rows.csv", blank))


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        ([15, 15, 16], "ICB v15, v16"),
        ([15, "", 15], "ICB v15, rows without a version"),
        (["", "", ""], "crisis-actor table, version not given"),
    ],
)
def test_the_version_is_what_the_rows_say(tmp_path: Path, versions: list[Any], said: str) -> None:
    table = columns(3) | {"icb_version": np.array(versions, object)}
    assert read_crisis_actors(write(tmp_path / "rows.csv", table)).version == said


@pytest.mark.skipif(not SHARED.is_dir(), reason="the crisis-actor rows are not here")
def test_which_crises_fall_within_a_war_is_coded_twice() -> None:
    """By their first actor 368 do not, which is the fit's count; by the whole crisis 363, which is the base rate's."""
    rows = read_crisis_actors(SHARED / "icb_actors.csv")
    whole = read_columns(SHARED / "icb_crises.csv", numbers=("crisno", "iwcmb", "viol"), advice="")
    by_first = set(rows["crisno"][first_actors(rows)].tolist())
    outside = whole["iwcmb"] <= 2
    by_crisis = set(whole["crisno"][outside].tolist())
    assert (len(by_first), len(by_crisis)) == (368, 363)
    assert by_first - by_crisis == {54, 77, 78, 79, 84, 88, 241}
    assert by_crisis - by_first == {17, 299}
    assert tuple(np.bincount(whole["viol"][outside].astype(int))[1:].tolist()) == VIOLENCE.counts


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
