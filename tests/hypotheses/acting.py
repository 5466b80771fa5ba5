"""Whether a mechanism acts: with it switched off, what share of the runs of the Haniyeh crisis go another way."""

from __future__ import annotations

from functools import cache

import numpy as np
from hypotheses.haniyeh import haniyeh
from hypotheses.measuring import SEED
from numpy.typing import NDArray

from escalation.analysis.what_mattered.switches import without_mechanism
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
    '"if you attack, we will defend"': (
        "warning", "commitment", "patron-reply", "leash", "leash-on-condition",
    ),
    '"we don\'t want a big war"': ("reassurance", "fear"),
    '"we did not know"': ("denial",),
    '"don\'t play his game"': ("disclosure", "bait", "spoiler"),
    "vows, images, parliament": (
        "vow", "threat", "threat-cost", "audience-cost", "domestic-pressure", "retaliation", "partial-injury",
        "word-classes", "threat-credibility",
    ),
    "arrests in the security services": ("internal-shock",),
    "proxies expected to strike together": ("proxy", "joining-by-credence", "belligerency", "shared-reasons"),
    "calls for restraint, and what may be made up for": ("appeal", "conciliation", "amends-in-words"),
    "restraint, or a regional war": (
        "belligerence", "mediation", "first-strike", "brinkmanship", "stakes", "accident", "incidents", "covert-acts",
        "declared-covert-acts", "limited-force", "destruction", "persistence", "gains", "contest", "replies",
        "tied-hands", "background-clock", "same-day-decisions", "deliberation", "fading",
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
    "force-preparation": "Force takes no longer to prepare there than other acts: the folds left that off.",
    "open-acts": "No event there names a rung that was openly done: the resolve of its author counts what it did.",
    "scheduled-answers": "Nobody has anything to answer there before the day of its act.",
    "refusal": "Nobody refuses anything in the scenario.",
    "withdrawal": "Nobody takes a word back in the scenario.",
    "concession": "Nobody concedes a demand in the scenario.",
    "authorisation": "No patron gives its protégé leave to act in the scenario.",
    "demand": "What is asked for there is asked for by third parties: it is coded as appeals.",
    "assurance": "It is implied by a demand, and the scenario has none.",
    "face": "It is lost by yielding to a demand, and the scenario has none.",
    "reputation": "Patrons join as often as they are expected to, whatever a broken pledge costs them.",
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
