"""The Haniyeh crisis, as the hypotheses take it."""

from __future__ import annotations

from functools import cache

from escalation.files import load
from escalation.world.scenario import Scenario

VISIT = ("us-private-warning", "us-reassurance", "us-denial", "us-disclosure")


@cache
def haniyeh() -> Scenario:
    return load("haniyeh-2024")


def visited(honesty: float | None = None, alignment: float | None = None) -> Scenario:
    """Return the crisis in which the reported visit took place, and what was said is no surer than it was."""
    data = haniyeh().to_dict()
    for name in VISIT:
        data["signals"][name]["occurred"] = 1.0
    scenario = Scenario.from_dict(data)
    if honesty is not None:
        scenario = scenario.replace("actors.usa.honesty", honesty)
    if alignment is not None:
        scenario = scenario.replace("signals.us-private-warning.alignment", alignment)
    return scenario


def irans_vows(channel: str) -> Scenario:
    scenario = haniyeh()
    for name in ("khamenei-vow", "government-vow"):
        scenario = scenario.replace(f"signals.{name}.channel", channel)
    return scenario


def restraint_demanded(channel: str) -> Scenario:
    scenario = haniyeh().replace("signals.us-call-for-restraint.rung", None)
    return scenario.replace("signals.us-call-for-restraint.channel", channel)


def irans_aims(revisionism: float) -> Scenario:
    return haniyeh().replace("fronts.irn-isr.revisionism", revisionism)
