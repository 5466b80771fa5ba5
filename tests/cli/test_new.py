from __future__ import annotations

import json
from pathlib import Path

import pytest

from escalation.files import load

from .conftest import Escalation


def test_a_new_file_validates_and_runs(escalation: Escalation, tmp_path: Path) -> None:
    path = tmp_path / "Strait.toml"
    done = escalation("new", str(path), "-a", "reva", "-a", "sena", "-a", "tor", "--pledge", "tor:sena", "--start",
                      "2031-05-01", "--horizon", "40")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert f"escalation validate {path}" in done.stdout
    scenario = load(path)
    assert (scenario.name, scenario.horizon, list(scenario.actors)) == ("strait", 40, ["reva", "sena", "tor"])
    assert escalation("validate", str(path)).exit_code == 0
    assert escalation("run", str(path), "--runs", "30").exit_code == 0


def test_a_file_that_is_there_stays(escalation: Escalation, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("mine", encoding="utf-8")
    done = escalation("new", str(path))
    assert done.exit_code == 2
    assert "is there already" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_json_names_the_file_and_its_hash(escalation: Escalation, tmp_path: Path) -> None:
    path = tmp_path / "it.toml"
    answer = json.loads(escalation("new", str(path), "--name", "other", "--json").stdout)
    assert answer == {"file": str(path), "scenario": "other", "hash": load(path).hash}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--pledge", "tor"], "PATRON:PROTEGE"),
        (["--start", "May"], "a date such as"),
        (["--name", "no name"], "name:"),
        (["--actor", "alone"], "two actors"),
    ],
)
def test_what_cannot_be_written_leaves_no_file(
    escalation: Escalation, tmp_path: Path, words: list[str], said: str
) -> None:
    path = tmp_path / "new.toml"
    done = escalation("new", str(path), *words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert not path.exists()


def test_a_folder_that_is_not_there(escalation: Escalation, tmp_path: Path) -> None:
    assert escalation("new", str(tmp_path / "none" / "new.toml")).exit_code == 2
