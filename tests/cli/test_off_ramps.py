"""These run the compiled engine."""

from __future__ import annotations

import json

import pytest

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


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--day", "2010-01-01"), "day is 2010-01-01; a signal must be sent from day 0 to day 60"),
        (("--receiver", "patron"), "'patron' is the sender and cannot be a receiver"),
        (("--kind", "denial"), "patron has no such signal to send; ask for another --kind, --receiver, --channel"),
        (("--kind", "denial", "--no-commitments"), "patron has no such signal to send"),
    ],
)
def test_what_cannot_be_tried_is_no_answer(escalation: Escalation, words: tuple[str, ...], message: str) -> None:
    done = escalation(*ASKED, *words)
    assert done.exit_code == 2
    assert message in done.stderr


def test_an_actor_that_can_do_nothing(escalation: Escalation) -> None:
    mute = ("--set", "as_of=59", "--set", "signals.threat.planned=false", "--no-commitments")
    done = escalation(*ASKED, *mute, "--kind", "warning", "--kind", "denial", "--limit", "0.999")
    assert done.exit_code == 0, done.stderr
    assert done.stderr == "--kind denial: there is no such signal to try\n"
