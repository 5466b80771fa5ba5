from __future__ import annotations

import json
import re

from escalation.analysis.what_if.branching import branch
from escalation.engines.simulate import simulate
from escalation.files import load

from .conftest import Escalation

NAME = "two-state-deterrence"
WORDS = ("branch", NAME, "--run", "4", "--day", "6", "--seed", "1", "--runs", "80")


def test_json_is_the_summary_with_the_day(escalation: Escalation) -> None:
    done = escalation(*WORDS, "--json")
    assert done.exit_code == 0
    expected = branch(simulate(load(NAME), seed=1, run=4), 6, runs=80).summary()
    assert json.loads(done.stdout) == expected | {"run": 4, "day": 6.0, "changes": []}


def test_a_day_can_be_a_date(escalation: Escalation) -> None:
    date = load(NAME).date(6.0).isoformat()
    by_date = ("branch", NAME, "--run", "4", "--day", date, "--seed", "1", "--runs", "80", "--json")
    assert json.loads(escalation(*by_date).stdout) == json.loads(escalation(*WORDS, "--json").stdout)
    done = escalation("branch", NAME, "--day", "soon")
    assert done.exit_code == 2
    assert "--day soon: must be a date" in done.stderr


def test_json_of_a_change_holds_both_worlds_and_their_differences(escalation: Escalation) -> None:
    done = escalation(*WORDS, "--set", "actors.challenger.belligerence_cost=5", "--without", "alliance", "--json")
    study = json.loads(done.stdout)
    assert "actors.challenger.belligerence_cost" in [change["path"] for change in study["changes"]]
    assert study["difference_is"] == "changed minus unchanged"
    changed, unchanged = study["probabilities"]["initiation"], study["unchanged"]["initiation"]
    assert abs(study["differences"]["initiation"]["value"] - (changed["value"] - unchanged["value"])) < 1e-12
    assert "joined:alliance" in study["unchanged"]
    assert "joined:alliance" not in study["differences"]


def test_tables(escalation: Escalation) -> None:
    plain = escalation(*WORDS)
    assert f"{NAME}: run 4 of seed 1 up to day 6, then 80 continuations" in plain.stdout
    assert any(re.fullmatch(r"somebody chooses force  +\S.*  initiation", line) for line in plain.stdout.splitlines())
    changed = escalation(*WORDS, "--set", "rules.leash=1.0")
    assert "Changed: rules.leash\n" in changed.stdout
    assert any(
        line.split() == ["event", "unchanged", "changed", "difference", "id"] for line in changed.stdout.splitlines()
    )


def test_changing_the_past_exits_with_2(escalation: Escalation) -> None:
    done = escalation(*WORDS, "--without", "threat")
    assert done.exit_code == 2
    assert "has already come" in done.stderr
