"""The moment after a signal, as a scenario: a receiver and its adversary in the midst of a crisis.

Both have injured each other, more where there was recent violence. One has spoken; what the receiver does next is its
first decision, a few days later. Nobody has allies here, and both are mean actors of the crisis-actor table: the table
of pairs says no more of them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.data.generic_crisis import (
    CHOSEN,
    HONOUR,
    IRRESOLUTE,
    MODEL,
    OF_SIDES,
    RESOLUTE,
    REVISIONISM,
    RUNG,
    mean_belligerence,
)
from escalation.world.scenario import Scenario

__all__ = ["OF_WORDS", "RECEIVER", "SIGNALS", "signal_quantities", "signal_scenario"]

RECEIVER = "receiver-sender"
"""Front on which the receiver decides."""
DECIDED = 5.0
"""Day of the receiver's decision: the median lag of the next act of an adversary after words, in the table of pairs. By
then a vow has begun to cost whoever does not keep it."""
_OPEN = {"distribution": "uniform", "low": 0.25, "high": 0.75}
OF_WORDS = ("appeal", "amends_in_words", "assurance", "threat_credibility", "public_word")
"""Rules that only what followed signals can tell."""
_RULES = (*CHOSEN, *OF_WORDS)
_WITHOUT_BEARING = ("leash", "patron_reply", "settle_days", "injury_half_life", "shock_persistence")
"""Rules that a first decision of two actors without allies does not depend on."""

Floats = NDArray[np.float64]


def _said(kind: str, *, by: str = "sender", to: str = "receiver", **more: str | float) -> dict[str, Any]:
    return {"kind": kind, "date": 0, "sender": by, "receivers": [to], **more}


_OWN = {
    "own-demand": _said("demand", by="receiver", to="sender"),
    "own-threat": _said("threat", by="receiver", to="sender"),
}
SIGNALS: dict[str, dict[str, dict[str, Any]]] = {
    "other_speech": {},
    "threat": {"threat": _said("threat")},
    "ultimatum": {"demand": _said("demand", rung="limited-strike", or_else=14)},
    "demand": {"demand": _said("demand")},
    "vow": {"vow": _said("vow")},
    "reject": {**_OWN, "refusal": _said("refusal", subject="own-demand")},
    "reassurance": {"reassurance": _said("reassurance")},
    "appeal": {"appeal": _said("appeal", by="third", subject="sender")},
}
"""Classes of what is said, and the signals that say it: an ultimatum is a demand with an "or else"; what is refused was
demanded with a threat; an appeal comes from a third party. `other_speech` moves nothing in the model."""


@functools.cache
def signal_scenario(received: str) -> Scenario:
    """Return the scenario in which something has just been received; what differs between rows is a distribution.

    Parameters
    ----------
    received
        A key of `SIGNALS`.
    """
    side: dict[str, Any] = {
        "capability": 0.5,
        "war_cost": {"resolute": _OPEN, "irresolute": _OPEN},
        "honour": {"resolute": HONOUR * IRRESOLUTE, "irresolute": HONOUR * RESOLUTE},
        "belligerence_cost": _OPEN,
        "precision": _OPEN,
    }
    signals = SIGNALS[received]
    actors = {"receiver": side, "sender": side} | ({"third": {}} if received == "appeal" else {})
    return Scenario.from_dict(
        {
            "name": f"after-{received.replace('_', '-')}",
            "title": "The moment after a signal",
            "horizon": 30,
            "period": DECIDED,
            "actors": actors,
            "fronts": {RECEIVER: {"revisionism": REVISIONISM}, "sender-receiver": {"revisionism": REVISIONISM}},
            "events": {
                f"injury-of-{victim}": {
                    "kind": "provocation",
                    "date": 0,
                    "victims": [{"actor": victim, "severity": _OPEN}],
                    "suspects": [{"actors": [author]}],
                    "other": {"prior": 0.0},
                }
                for victim, author in (("receiver", "sender"), ("sender", "receiver"))
            },
            "signals": signals,
            "rules": MODEL
            | {rule: _OPEN for rule in _RULES if rule not in MODEL and rule not in _WITHOUT_BEARING}
            | dict.fromkeys(OF_SIDES, 0.0),
        }
    )


def signal_quantities(parameters: Mapping[str, float], shares: Mapping[str, float]) -> dict[str, Floats]:
    """Map two rows, without and with recent violence, to what their scenarios hold.

    Parameters
    ----------
    parameters
        Values of `escalation.data.parameters.PARAMETERS`, by name.
    shares
        Share of actors that are ``democratic``, of a ``military`` regime, and ``nuclear``.

    Returns
    -------
    dict
        By dotted path of the scenario: values of shape (2,).
    """
    injuries = np.array([parameters["pair_injury"], parameters["pair_injury_violent"]])
    severity = np.clip(RUNG * injuries, 0.0, 1.0)
    ones = np.ones(2)
    found: dict[str, Floats] = {}
    for actor in ("receiver", "sender"):
        found[f"actors.{actor}.war_cost.resolute"] = RESOLUTE * parameters["war_cost"] * ones
        found[f"actors.{actor}.war_cost.irresolute"] = IRRESOLUTE * parameters["war_cost"] * ones
        found[f"actors.{actor}.belligerence_cost"] = mean_belligerence(parameters, shares) * ones
        found[f"actors.{actor}.precision"] = parameters["precision"] * ones
        found[f"events.injury-of-{actor}.victims.0.severity"] = severity
    for rule in _RULES:
        found[f"rules.{rule}"] = parameters[rule] * ones
    return found
