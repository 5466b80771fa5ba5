from __future__ import annotations

import json
from pathlib import Path

import pytest
from hindsight import crisis

from escalation.files import save

from .conftest import Escalation


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    fronts = {"ara-bor": {"revisionism": 0.9}, "bor-ara": {}}
    acts = [(11, "ara", "bor", "limited-strike"), (12, "ara", "cal", "war")]
    names = []
    for name in ("early", "late"):
        path = tmp_path / f"{name}.toml"
        save(crisis(acts, name=name, fronts=fronts), path)
        names.append(str(path))
    return names


def test_tables_of_what_was_forecast_and_what_came(escalation: Escalation, files: list[str]) -> None:
    done = escalation("hindcast", *files, "--runs", "200", "--seed", "1")
    assert done.exit_code == 0, done.output
    assert "What was forecast, and what came (200 runs of each, seed 1)" in done.stdout
    for heading in (
        "crisis",
        "Who strikes by when",
        "model less this",
        "Mean scores of fronts",
        "places among the runs",
    ):
        assert heading in done.stdout
    assert "2 hand-coded cases validate nothing by themselves" in done.stdout
    assert "early: no run can produce what ara did to cal on 2000-01-12" in done.stderr


def test_one_object_with_json(escalation: Escalation, files: list[str]) -> None:
    done = escalation("hindcast", files[0], "--runs", "100", "--json")
    found = json.loads(done.stdout)
    assert set(found) == {"cases", "scores", "fronts", "places", "note"}
    assert found["cases"]["early"]["runs"] == 100
    assert found["cases"]["early"]["observed"]["not_producible"][0]["target"] == "cal"


def test_the_figure_is_saved(escalation: Escalation, files: list[str], tmp_path: Path) -> None:
    path = tmp_path / "hindcast.png"
    done = escalation("hindcast", *files, "--runs", "50", "--plot", str(path))
    assert done.exit_code == 0, done.output
    assert path.read_bytes().startswith(b"\x89PNG")


def test_prior_looks_at_no_outcome(escalation: Escalation, files: list[str]) -> None:
    done = escalation("hindcast", files[0], "--prior", "--runs", "100")
    assert done.exit_code == 0, done.output
    assert "peak without the timeline" in done.stdout
    assert "First decisions, while nobody has acted (100 runs)" in done.stdout
    assert "observed" not in done.stdout
    found = json.loads(escalation("hindcast", files[0], "--prior", "--runs", "50", "--json").stdout)
    assert set(found["prior"]["early"]["quiet_peaks"]) >= {"restraint", "war"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("two-state-deterrence",), "has no observed acts"),
        (("july-1941",), "july-1914"),
        (("july-1914", "--plot", "nowhere/at/all.png"), "no folder"),
    ],
)
def test_bad_input(escalation: Escalation, words: tuple[str, ...], message: str) -> None:
    done = escalation("hindcast", *words, "--runs", "10")
    assert done.exit_code == 2
    assert message in done.stderr
