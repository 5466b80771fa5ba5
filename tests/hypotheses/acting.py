"""Whether a mechanism acts: with it switched off, what share of the runs of the Haniyeh crisis go another way."""

from __future__ import annotations

from functools import cache

import numpy as np
from hypotheses.haniyeh import haniyeh
from hypotheses.measuring import SEED
from numpy.typing import NDArray

from escalation.analysis.switches import without_mechanism
from escalation.engines.compiled import run_block
from escalation.engines.lower import Lowered, lower

__all__ = ["ACTING", "BLOCK", "IDLE", "RUNS", "SHARE", "WEAK", "runs_apart"]

RUNS = 20_000
BLOCK = 2_000
SHARE = 0.01
"""Share of the runs in which the acts must differ."""

ACTING: dict[str, tuple[str, ...]] = {
    "a killing on a host's soil, in the public eye, by an undisclosed hand": ("provocation", "attribution"),
    "a secret visit; its report in a newspaper; a denial that it took place": ("leak", "source-reliability", "honesty"),
    '"if you attack, we will defend"': ("warning", "commitment", "patron-reply", "leash"),
    '"we don\'t want a big war"': ("reassurance", "fear"),
    '"we did not know"': ("denial",),
    '"don\'t play his game"': ("disclosure", "bait", "spoiler"),
    "vows, images, parliament": (
        "vow", "threat", "demand", "face", "audience-cost", "domestic-pressure", "retaliation",
    ),
    "arrests in the security services": ("internal-shock",),
    "proxies expected to strike together": ("proxy",),
    "restraint, or a regional war": (
        "belligerence", "mediation", "first-strike", "brinkmanship", "accident", "incidents", "covert-acts",
        "reputation", "persistence", "gains", "contest", "replies", "tied-hands", "background-clock", "fading",
    ),
}  # fmt: skip
"""Mechanisms by what they stand for in this crisis."""

WEAK: dict[str, tuple[float, str]] = {
    "denial": (
        0.006,
        (
            "Israel is in every hypothesis but one of little weight, so an American denial moves blame on the American "
            "front alone; and it is hardly believed."
        ),
    ),
    "honesty": (
        0.00005,
        (
            "All signals but the planned denial of the visit were sent before any vow fell due or any bluff could be "
            "caught, so that hardly anybody spoke again with less honesty."
        ),
    ),
}
"""Mechanisms that act in fewer runs: the share that they must reach, and why it is small."""


IDLE = {
    "appeal": "It is off by default: the scenario has no such signal.",
    "refusal": "It is off by default: the scenario has no such signal.",
    "conciliation": "It is off by default, and the scenario does not switch it on.",
    "amends-in-words": "They are off by default, and the scenario does not switch them on.",
    "threat-cost": "They are off by default, and the scenario does not switch them on.",
    "word-classes": "Everything weighs alike by default, and the scenario does not say otherwise.",
    "declared-covert-acts": "It is off by default, and the scenario does not switch it on.",
    "same-day-decisions": "They are off by default, and the scenario does not switch them on.",
    "limited-force": "It is off by default, and the scenario does not switch it on.",
    "destruction": "It is off by default, and the scenario does not switch it on.",
    "belligerency": "It is off by default, and the scenario does not switch it on.",
    "deliberation": "It is off by default, and the scenario does not switch it on.",
    "joining-by-credence": "It is off by default, and the scenario does not switch it on.",
}
"""Mechanisms that cannot act in this crisis, and why."""


@cache
def _lowered(mechanism: str | None) -> Lowered:
    return lower(haniyeh() if mechanism is None else without_mechanism(haniyeh(), mechanism))


@cache
def _whole(first: int) -> NDArray[np.int64]:
    """Fingerprints of the acts of a block of runs in which every mechanism acts."""
    acts: NDArray[np.int64] = run_block(_lowered(None), seed=SEED, first=first, count=BLOCK)["signature"]
    return acts


def runs_apart(mechanism: str, *, enough: int | None = None) -> int:
    """Count the runs that go another way without a mechanism, of `RUNS`; stop once there are enough."""
    apart = 0
    for first in range(0, RUNS, BLOCK):
        other = run_block(_lowered(mechanism), seed=SEED, first=first, count=BLOCK)["signature"]
        apart += int(np.count_nonzero(other != _whole(first)))
        if enough is not None and apart >= enough:
            break
    return apart
