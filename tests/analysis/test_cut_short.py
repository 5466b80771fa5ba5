"""Ctrl-C in a part of a study ends the study: its rest is not made of fewer runs than were asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from escalation.analysis.fit.counts.calibration import calibrate
from escalation.analysis.score.hindcasts.hindcast import hindcast
from escalation.analysis.uncertain.prior_predictive import prior_predictive
from escalation.analysis.what_mattered.ablation import ablate
from escalation.files import load
from escalation.montecarlo.runner import run
from escalation.world.distributions import LogNormal

SCENARIO = load("two-state-deterrence")
PRIOR = {"rules.leash": LogNormal(median=0.2, sigma=0.5)}
STUDIES: dict[str, Callable[[], object]] = {
    "what_mattered.ablation": lambda: ablate(SCENARIO, runs=20, mechanisms=["leash"], progress=False),
    "fit.counts.calibration": lambda: calibrate(SCENARIO, {"war": (3, 40)}, parameters=PRIOR, runs=20, progress=False),
    "score.hindcasts.hindcast": lambda: hindcast("pulwama-2019", runs=20, progress=False),
    "uncertain.prior_predictive": lambda: prior_predictive(SCENARIO, runs=20, progress=False),
}


@pytest.mark.parametrize("name", STUDIES)
def test_a_part_that_is_cut_short_ends_the_study(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*given: Any, **named: Any) -> Any:
        return dataclasses.replace(run(*given, **named), interrupted=True)

    monkeypatch.setattr(f"escalation.analysis.{name}.run", cut)
    with pytest.raises(KeyboardInterrupt):
        STUDIES[name]()
