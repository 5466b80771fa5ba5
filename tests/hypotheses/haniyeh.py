"""The Haniyeh crisis, as the hypotheses take it."""

from __future__ import annotations

from functools import cache

from escalation.files import load
from escalation.world.scenario import Scenario

VISIT = ("us-private-warning", "us-reassurance", "us-denial", "us-disclosure")


@cache
def haniyeh() -> Scenario:
    return load("haniyeh-2024")


def visited(*, said: tuple[str, ...] = VISIT, honesty: float | None = None, alignment: float | None = None) -> Scenario:
    """Return the crisis in which the reported visit took place, with what was said there and how it is believed."""
    data = haniyeh().to_dict()
    for name in VISIT:
        data["signals"][name]["occurred"] = 1.0
    if honesty is not None:
        data["actors"]["usa"]["honesty"] = honesty
    if alignment is not None:
        data["signals"]["us-private-warning"]["alignment"] = alignment
    scenario = Scenario.from_dict(data)
    for name in VISIT:
        if name not in said:
            scenario = scenario.without(name)
    return scenario


def reassured(signal: str) -> Scenario:
    """Return the crisis in which a reported reassurance was said, and is believed in full."""
    data = visited().to_dict()
    words = data["signals"][signal]
    words |= {"occurred": 1.0, "credence": 1.0, "alignment": 1.0}
    data["actors"][words["sender"]]["honesty"] = 1.0
    return Scenario.from_dict(data)


def irans_vows(channel: str) -> Scenario:
    scenario = haniyeh()
    for name in ("khamenei-vow", "government-vow"):
        scenario = scenario.replace(f"signals.{name}.channel", channel)
    return scenario


def restraint_demanded(channel: str) -> Scenario:
    """Return the crisis in which the American call for restraint, an appeal there, is a demand that names no rung."""
    scenario = haniyeh().replace("signals.us-call-for-restraint.kind", "demand")
    return scenario.replace("signals.us-call-for-restraint.channel", channel)


def irans_aims(revisionism: float) -> Scenario:
    return haniyeh().replace("fronts.irn-isr.revisionism", revisionism)
