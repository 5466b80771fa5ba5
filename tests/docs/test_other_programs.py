"""What the page on other programs says in prose holds for the files that its commands save."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import escalation as esc
from escalation.cli.main import app

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "other-programs.md"
ENDINGS = (".parquet", ".csv", ".nc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that the page's own commands save, each in every form that the page names."""
    made = tmp_path_factory.mktemp("results")
    for command in re.findall(r"^\$ escalation (.+ \S+\.\w+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        *words, file = shlex.split(command)
        for ending in {Path(file).suffix, *({".csv"} if file.endswith(".parquet") else ())}:
            done = CliRunner().invoke(app, [*words, str(made / Path(file).with_suffix(ending))])
            assert done.exit_code == 0, done.output
    return made


def test_every_form_is_saved(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        "runs.parquet", "runs.csv", "runs.nc", "events.parquet", "events.csv", "differences.tex", "probabilities.csv",
    }  # fmt: skip


def test_the_number_of_a_run_is_a_column_for_programs_that_know_no_index(folder: Path) -> None:
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = parquet.read_table(folder / "runs.parquet")
    assert table["run"].to_pylist() == list(range(1000))
    assert pd.read_parquet(folder / "runs.parquet").index.name == "run"


def test_names_of_rungs_sorted_by_their_numbers_are_the_ladder(folder: Path) -> None:
    names = esc.load("haniyeh-2024").ladder.names
    runs = pd.read_csv(folder / "runs.csv").sort_values("peak")["peak_rung"]
    assert list(dict.fromkeys(runs)) == [name for name in names if name in set(runs)]
    acts = pd.read_csv(folder / "events.csv").dropna(subset=["rung"])
    assert set(zip(acts["rung"], acts["rung_number"], strict=True)) == {
        (name, number) for number, name in enumerate(names) if name in set(acts["rung"])
    }


def test_codes_survive_a_csv_that_is_read_without_a_word_of_its_types(folder: Path) -> None:
    read = pd.read_csv(folder / "events.csv")
    kept = pd.read_parquet(folder / "events.parquet")
    assert read["cameo"].dtype.kind in "if", "the trap that the page tells of"
    assert (read["cameo_words"].str[:2] == kept["cameo"]).all()
    assert kept["cameo"].str.startswith("0").any()


def test_truth_is_written_as_r_reads_it(folder: Path) -> None:
    for name in ("runs.csv", "events.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        assert "TRUE" in text
        assert "True" not in text
    assert pd.read_csv(folder / "runs.csv")["war"].dtype == bool
    assert pd.read_csv(folder / "runs.csv")["war"].sum() == pd.read_parquet(folder / "runs.parquet")["war"].sum()


def test_the_period_that_the_page_names_is_that_of_the_file(folder: Path) -> None:
    """In R, by hand: ``crossed[6, 1, 7]`` of an array of size 6, 12, 1000."""
    found = esc.Ensemble.load(folder / "runs.nc").outcomes["crossed"]
    assert found.shape == (1000, 12, 6)
    assert found[6, 0, 5] == 14
