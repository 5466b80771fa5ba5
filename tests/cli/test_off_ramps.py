"""These run the compiled engine."""

from __future__ import annotations

import json

from escalation.analysis.what_if.levers import commitments_by, signals_by
from escalation.analysis.what_if.off_ramps import off_ramps
from escalation.files import load

from .conftest import Escalation

NAME = "two-state-deterrence"
ASKED = ("off-ramps", NAME, "--sender", "patron", "--event", "initiation", "--runs", "400", "--seed", "3")


def test_json_is_the_summary_and_nothing_else(escalation: Escalation) -> None:
    done = escalation(*ASKED, "--limit", "0.01", "--json")
    assert done.exit_code == 0, done.stderr
    scenario = load(NAME)
    levers = [*signals_by(scenario, "patron"), *commitments_by(scenario, "patron")]
    study = off_ramps(scenario, event="initiation", limit=0.01, levers=levers, runs=400, seed=3)
    assert json.loads(done.stdout) == json.loads(json.dumps(study.summary()))
    assert study.found is None


def test_a_table_ends_with_the_verdict(escalation: Escalation) -> None:
    words = (
        "--receiver",
        "challenger",
        "--kind",
        "warning",
        "--channel",
        "public",
        "--day",
        "2000-01-03",
        "--day",
        "9",
    )
    done = escalation(*ASKED, "--limit", "0.999", *words, "--no-commitments")
    assert done.exit_code == 0, done.stderr
    assert "2 levers of patron" in done.stdout
    assert done.stdout.endswith("No lever is needed to keep this under 0.999: somebody chooses force.\n")


def test_a_day_that_is_none(escalation: Escalation) -> None:
    done = escalation(*ASKED, "--day", "soon")
    assert done.exit_code == 2
    assert "must be a date such as" in done.stderr
