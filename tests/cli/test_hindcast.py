from __future__ import annotations

import json
from pathlib import Path

import pytest
from hindsight import crisis

from escalation.files import save
from escalation.world.scenario import Scenario

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


def test_agreements_and_concessions_have_lines_where_a_file_tells_of_them(
    escalation: Escalation, tmp_path: Path, files: list[str]
) -> None:
    past = crisis([(11, "ara", "bor", "limited-strike")], name="gift").to_dict()
    peace = {"date": "2000-01-20", "actor": "bor", "target": "ara", "rung": "restraint"}
    past["observed"] += [peace | {"concession": True}, peace | {"agreement": True}]
    save(Scenario.from_dict(past), tmp_path / "gift.toml")
    words = ("hindcast", str(tmp_path / "gift.toml"), "--runs", "100", "--seed", "1")
    asked = json.loads(escalation(*words, "--json").stdout)["cases"]["gift"]["questions"]
    done = escalation(*words, files[0])
    assert done.exit_code == 0, done.output
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    for name, question in (
        ("agreement", "an agreement between two sides"),
        ("concession", "a concession by one side to another"),
    ):
        scores = asked[name]["scores"]["model"]
        numbers = f"{asked[name]['forecast']['yes']:.2f} yes {scores['brier']:.3f} {scores['log']:.3f}"
        assert f"gift {question} {numbers}" in lines
        assert not [line for line in lines if line.startswith(f"early {question}")], "a file that says nothing of it"
    assert "Whether anybody gave way" not in escalation("hindcast", files[0], "--runs", "50").stdout


def test_scores_of_one_crisis_are_no_mean_over_crises(escalation: Escalation, files: list[str]) -> None:
    one, two = (escalation("hindcast", *some, "--runs", "50").stdout for some in (files[:1], files))
    assert "Scores of one crisis; from one alone, intervals have no width\n" in one
    assert "crises, with 95 %" not in one
    assert "Mean scores over 2 crises, with 95 % bootstrap intervals over crises\n" in two


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
        (("all", "july-1914"), "give it alone"),
        (("july-1914", "--prior", "--plot", "a.png"), "--prior prints tables"),
    ],
)
def test_bad_input(escalation: Escalation, words: tuple[str, ...], message: str) -> None:
    done = escalation("hindcast", *words, "--runs", "10")
    assert done.exit_code == 2
    assert message in done.stderr
