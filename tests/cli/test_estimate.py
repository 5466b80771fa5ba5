from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from deterrence_tables import FORMULAS, cases
from typer.testing import Result

from escalation.analysis.strategic_choice.fit import strategic_choice

Escalation = Callable[..., Result]
UTILITIES = [f"--{name.replace('_', '-')}={formula}" for name, formula in FORMULAS.items()]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    frame = pd.DataFrame(cases(1, 300))
    frame["attacked"], frame["resisted"] = (frame["y"] > 0).astype(int), (frame["y"] == 2).astype(int)
    frame["quo"] = (frame["y"] == 0).astype(int)
    frame["yielded"] = (frame["y"] == 1).astype(int)
    frame["bloc"] = ["east", "west", "south"] * 100
    path = tmp_path / "cases.csv"
    frame.to_csv(path, index=False)
    return path


def test_estimates_are_printed_as_one_object(escalation: Escalation, table: Path) -> None:
    done = escalation("estimate", str(table), "--outcome", "y", "--outcomes", "0,1,2", *UTILITIES, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    fit = strategic_choice(table, FORMULAS, outcome="y", outcomes=(0, 1, 2))
    assert found == json.loads(json.dumps(fit.summary()))


def test_estimates_are_printed_as_a_table(escalation: Escalation, table: Path) -> None:
    asked = ["--outcome", "attacked,resisted", *UTILITIES, "--link", "probit", "--error", "private"]
    done = escalation("estimate", str(table), *asked, "--test", "u2_war:c", "--test", "u1_war:b")
    assert done.exit_code == 2
    assert "How likely player 2 is to resist varies too little" in done.stderr
    done = escalation("estimate", str(table), *asked, "--test", "u1_sq:a", "--test", "u1_war:b")
    assert done.exit_code == 0, done.output
    first, second, head, *lines = done.stdout.splitlines()
    assert first == "Strategic choice: probit, private information, shocks of scale 1"
    assert second.startswith("300 rows: sq ")
    assert head.split()[:3] == ["parameter", "estimate", "s.e."]
    assert lines[0].startswith("u1_sq:a  ")
    assert lines[-2].startswith("log-likelihood -")
    assert lines[-1].startswith("without u1_sq:a, u1_war:b: likelihood ratio ")
    assert lines[-1].split(" on ")[1].startswith("2 df, p = ")


@pytest.mark.parametrize("outcome", ["y", "attacked,resisted", "quo,yielded,resisted"])
def test_outcomes_are_told_in_three_ways(escalation: Escalation, table: Path, outcome: str) -> None:
    asked = ["--outcome", outcome, "--outcomes", "0,1,2", "--u1-war", "1", "--u2-war", "c", "--json"]
    found = json.loads(escalation("estimate", str(table), *asked).stdout)
    plain = strategic_choice(table, {"u1_war": "1", "u2_war": "c"}, outcome="y", outcomes=(0, 1, 2))
    assert found["log_likelihood"] == plain.log_likelihood


def test_predictions_are_given_at_a_point_and_kept_for_all_rows(
    escalation: Escalation, table: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "likely.csv"
    asked = ["--outcome", "attacked,resisted", "--u1-war", "1", "--u2-war", "c + bloc", "--predictions", str(kept)]
    at = ["--at", "c=0.5", "--at", "bloc=west"]
    done = escalation("estimate", str(table), *asked, *at)
    assert done.exit_code == 0, done.output
    assert "predicted probabilities are in" in done.stderr
    fit = strategic_choice(table, {"u1_war": "1", "u2_war": "c + bloc"}, outcome=["attacked", "resisted"])
    point = fit.predict({"c": 0.5, "bloc": "west"}).iloc[0]
    assert f"resist       {point['resist']:.4f}    {point['resist_low']:.4f} to" in done.stdout
    assert pd.read_csv(kept, index_col="row")["war"].to_numpy() == pytest.approx(fit.predict()["war"].to_numpy())
    found = json.loads(escalation("estimate", str(table), *asked[:6], *at, "--test", "u2_war:c", "--json").stdout)
    assert found["at"]["covariates"] == {"c": 0.5, "bloc": "west"}
    assert found["at"]["probabilities"]["resist"] == pytest.approx(point["resist"])
    assert found["test"]["without"] == ["u2_war:c"]
    assert found["test"]["df"] == 1


def test_options_reach_the_fit(escalation: Escalation, table: Path) -> None:
    asked = ["--outcome", "attacked,resisted", "--u1-war", "1", "--u2-war", "c"]
    options = ["--scale", "2", "--start", "zero", "--cluster", "bloc", "--refuse-missing"]
    found = json.loads(escalation("estimate", str(table), *asked, *options, "--json").stdout)
    assert (found["scale"], found["start"], found["clusters"]) == (2.0, "zero", 3)
    assert found["standard_errors"] == "clustered"
    robust = json.loads(escalation("estimate", str(table), *asked, "--robust", "--json").stdout)
    assert robust["standard_errors"] == "robust"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--outcome", "y", "--u2-war", "c"], "'y' holds '0', '1', '2'"),
        (["--outcome", "attacked,resisted", "--u1-war", "1", "--u2-war", "d"], "no column 'd'"),
        (["--outcome", "attacked,resisted", "--u1-war", "1", "--u2-war", "c", "--at", "c"], "must be NAME=VALUE"),
        (["--outcome", "attacked,resisted"], "nothing is left to estimate"),
        (
            ["--outcome", "attacked,resisted", "--u1-war", "1", "--predictions", "nowhere/likely.csv"],
            "there is no folder nowhere",
        ),
    ],
)
def test_bad_input_is_told_in_a_line(escalation: Escalation, table: Path, words: list[str], says: str) -> None:
    done = escalation("estimate", str(table), *words)
    assert done.exit_code == 2
    assert says in done.stderr


def test_a_missing_table_is_bad_input(escalation: Escalation, tmp_path: Path) -> None:
    done = escalation("estimate", str(tmp_path / "none.csv"), "--outcome", "y", "--u2-war", "1")
    assert done.exit_code == 2
    assert "cannot be read: No such file" in done.stderr
