"""Every mechanism of the model acts in the Haniyeh crisis."""

from __future__ import annotations

import pytest
from hypotheses.acting import ACTING, IDLE, RUNS, SHARE, WEAK, runs_apart

from escalation.analysis.what_mattered.switches import MECHANISMS

NAMES = [name for names in ACTING.values() for name in names]


def test_every_mechanism_stands_for_something_in_the_crisis() -> None:
    assert sorted([*NAMES, *IDLE]) == sorted(MECHANISMS)


@pytest.mark.parametrize("name", IDLE)
def test_one_that_cannot_act_changes_nothing(name: str) -> None:
    assert runs_apart(name) == 0


@pytest.mark.parametrize("name", NAMES)
def test_without_it_the_acts_differ_in_one_run_of_a_hundred(name: str) -> None:
    share = WEAK[name][0] if name in WEAK else SHARE
    enough = round(share * RUNS)
    assert runs_apart(name, enough=enough) >= enough


@pytest.mark.parametrize("name", WEAK)
def test_one_that_acts_in_fewer_runs_is_weak_indeed(name: str) -> None:
    assert runs_apart(name) < SHARE * RUNS
