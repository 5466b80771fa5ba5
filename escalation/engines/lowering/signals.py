"""Signals: who says what to whom, what it is about, and which act it threatens."""

from __future__ import annotations

import math
from typing import Any

from escalation.arithmetic.keys import key_of
from escalation.engines.lowering.events import occurred
from escalation.engines.lowering.rows import Rows
from escalation.engines.memory import Located, located
from escalation.world.ladder import Role
from escalation.world.signal import Signal, SignalKind

__all__ = ["signal_row"]

SIGNAL_KINDS = tuple(SignalKind)
NOTHING = dict.fromkeys(("about_actor", "about_commitment", "about_event", "about_signal"), -1)
_NAME_NONE_BY_DEFAULT = (SignalKind.DEMAND, SignalKind.AUTHORISATION)
_SPEAK_OF_ACTS = (SignalKind.THREAT, SignalKind.VOW, SignalKind.REFUSAL, *_NAME_NONE_BY_DEFAULT)


def signal_row(rows: Rows, name: str) -> dict[str, Any]:
    """Lower a signal."""
    scenario = rows.scenario
    signal = scenario.signals[name]
    path = f"signals.{name}"
    about = _subject(rows, signal)
    # A sender that does not face its first receiver is known by what it would do to the first that it does face.
    faced = (receiver for receiver in signal.receivers if f"{signal.sender}-{receiver}" in rows.fronts)
    target = rows.actors[next(faced, signal.receivers[0])]
    if signal.kind in (SignalKind.THREAT, SignalKind.VOW):
        target = about["about_actor"]
    return {
        "key": key_of(path),
        "occasion": key_of(f"occasions.{signal.occasion or name}"),
        "kind": SIGNAL_KINDS.index(signal.kind),
        "day": scenario.day(signal.date),
        "sender": rows.actors[signal.sender],
        "receivers": rows.mask(signal.receivers),
        **NOTHING,
        **about,
        "target": target,
        "option": _option(rows, signal),
        "trigger": rows.intensity(signal.trigger, Role.DISPLAY),
        **located(path, signal, "due", "strength", "credence", "alignment", "leak"),
        "or_else": -1.0 if signal.or_else is None else Located(f"{path}.or_else", signal.or_else),
        "share": 0.0 if signal.share is None else Located(f"{path}.share", signal.share),
        "probability": occurred(f"occasions.{signal.occasion}" if signal.occasion else path, signal),
        "private": int(signal.channel == "private"),
        "reported": math.inf if signal.reported is None else scenario.day(signal.reported),
        "leaks_at": math.inf,
    }


def _subject(rows: Rows, signal: Signal) -> dict[str, int]:
    """Row of what a signal is about, by the name of the attribute that holds it."""
    if signal.kind is SignalKind.WARNING:
        return {"about_commitment": rows.commitments[str(signal.subject)]}
    if signal.kind in (SignalKind.DENIAL, SignalKind.WITHDRAWAL, SignalKind.CONCESSION):
        if signal.subject in rows.events:
            return {"about_event": rows.events[str(signal.subject)]}
        return {"about_signal": rows.signals[str(signal.subject)]}
    if signal.kind is SignalKind.REFUSAL:  # what it names is for the reader: it holds against its receivers
        return {"about_actor": rows.actors[signal.sender]}
    if signal.subject is not None:
        return {"about_actor": rows.actors[signal.subject]}
    if signal.kind in (SignalKind.THREAT, SignalKind.VOW):
        return {"about_actor": rows.actors[signal.receivers[0]]}
    if signal.kind in (SignalKind.APPEAL, SignalKind.AUTHORISATION):
        return {}  # all whom its receivers face, or against whom they have a pledge
    return {"about_actor": rows.actors[signal.sender]}


def _option(rows: Rows, signal: Signal) -> int:
    """Row of the act that a signal threatens, or of the highest that it allows; -1 if it names none."""
    if signal.kind not in _SPEAK_OF_ACTS or (signal.rung is None and signal.kind in _NAME_NONE_BY_DEFAULT):
        return -1
    intensity = rows.intensity(signal.rung, Role.FORCE)
    return next(row for row, rung in enumerate(rows.scenario.ladder.rungs) if rung.intensity == intensity)
