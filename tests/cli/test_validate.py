from __future__ import annotations

import json
from pathlib import Path

import pytest

from escalation.analysis.remarks import counts, remarks
from escalation.files import dumps, load

from .conftest import Escalation


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.toml"
    path.write_text(dumps(load("two-state-deterrence")), encoding="utf-8")
    return path


def test_good_files(escalation: Escalation, good: Path) -> None:
    done = escalation("validate", str(good), str(good))
    assert done.exit_code == 0
    held = "3 actors, 2 fronts, 1 commitment, 1 signal, 0 events, 0 observed acts, 1 undated, 2 uncited"
    notes = "".join(
        f"  note: {place}: has no source; say where it is documented\n"
        for place in ("signals.threat", "commitments.alliance")
    )
    (covert,) = [str(one) for one in remarks(load("two-state-deterrence")) if one.where == "rules.covert_acts"]
    notes += f"  note: {covert}\n"
    assert done.stdout == 2 * f"{good}: good (two-state-deterrence: {held})\n{notes}"


def test_one_bad_file_among_good_ones(escalation: Escalation, good: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(good.read_text(encoding="utf-8").replace("capability = 2", "capability = -2"), encoding="utf-8")
    done = escalation("validate", str(bad), str(good))
    assert done.exit_code == 2
    assert done.stdout.startswith(f"{good}: good")
    assert str(bad) in done.stderr
    assert "actors.patron.capability" in done.stderr


def test_a_file_that_is_not_there(escalation: Escalation, tmp_path: Path) -> None:
    done = escalation("validate", str(tmp_path / "none.toml"))
    assert done.exit_code == 2
    assert "none.toml" in done.stderr


def test_json_tells_every_fault_with_its_place(escalation: Escalation, good: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(good.read_text(encoding="utf-8").replace("capability = 2", "capability = -2"), encoding="utf-8")
    done = escalation("validate", str(good), str(bad), "--json")
    assert done.exit_code == 2
    fine, faulty = json.loads(done.stdout)["files"]
    assert {key: fine[key] for key in ("file", "good", "scenario", "hash")} == {
        "file": str(good),
        "good": True,
        "scenario": "two-state-deterrence",
        "hash": load(good).hash,
    }
    assert fine["counts"] == counts(load(good))
    assert [one["where"] for one in fine["notes"]] == ["signals.threat", "commitments.alliance", "rules.covert_acts"]
    assert (faulty["file"], faulty["good"]) == (str(bad), False)
    assert [fault["where"].split(" ")[0] for fault in faulty["faults"]] == ["actors.patron.capability"]
