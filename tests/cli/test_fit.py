"""These run the compiled engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from escalation.cli.fit import parse_counts
from escalation.errors import StudyError
from escalation.files import load

from .conftest import Escalation

TWO, RISE = "two-state-deterrence", "fronts.challenger-defender.spoiler"
FIT = ["fit", TWO, "--observed", "initiation=12/40", "-p", f"{RISE}=0.05:1", "-n", "200", "-s", "1"]


def test_a_fit_is_told_and_kept(escalation: Escalation, tmp_path: Path) -> None:
    path = tmp_path / "fitted.toml"
    done = escalation(*FIT, "--save", str(path), "--json")
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    found = answer["parameters"][RISE]
    assert 0.05 < found["low"] < found["value"] < found["high"] < 1.0
    assert answer["events"]["initiation"]["fitted"] == pytest.approx(0.3, abs=0.1)
    assert load(path).fronts["challenger-defender"].spoiler == pytest.approx(found["value"])
    assert (answer["seed"], answer["runs"]) == (1, 200)


def test_tables_say_what_was_found_and_what_is_flat(escalation: Escalation) -> None:
    done = escalation(*FIT)
    assert RISE in done.stdout
    assert "12 of 40" in done.stdout
    assert "Directions that the data leave nearly as wide as the prior" in done.stdout


@pytest.mark.parametrize("text", ["war", "war=3", "war=a/b", "war=3/"])
def test_what_is_no_count(text: str) -> None:
    with pytest.raises(StudyError, match="EVENT=N/OF"):
        parse_counts([text])


@pytest.mark.parametrize(
    ("words", "said"), [(["--method", "magic"], "there is no method"), (["--observed", "wra=1/2"], "no event 'wra'")]
)
def test_what_cannot_be_fitted(escalation: Escalation, words: list[str], said: str) -> None:
    done = escalation(*FIT, *words)
    assert done.exit_code == 2
    assert said in done.stderr
