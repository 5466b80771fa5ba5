"""The dose of an item: which belief it moved where it came, and how it told in the decisions that followed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from escalation.analysis.what_mattered.replay import FRONT_BELIEFS, Replayed
from escalation.estimates.estimate import Estimate
from escalation.estimates.mean import mean
from escalation.estimates.proportion import proportion
from escalation.world.front import actor_and_target
from escalation.world.plain_words import BELIEFS, actor_words, possessive

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered
    from escalation.world.scenario import Scenario

__all__ = ["BeliefMoved", "Dose", "dose_of"]

MOST = 3
"""Most beliefs that are told of an item, those that it moved farthest."""
LEAST = 1e-9
"""Difference from which on a belief counts as moved."""
_ACTOR_BELIEFS = ("honesty", "pressure", "weakness")


@dataclass(frozen=True, slots=True)
class BeliefMoved:
    """A belief or feeling that an item moved.

    Parameters
    ----------
    name, words
        Its dotted place, and what it is.
    moved
        Share of the runs played once more in which it moved, of those in which nobody acted otherwise in that period:
        where somebody did, what it moved and what the acts moved cannot be told apart.
    without, within
        Medians of the belief without the item and with it, over the runs in which it moved.
    difference
        Median of the differences, without minus with, over the same runs.
    """

    name: str
    words: str
    moved: Estimate
    without: float
    within: float
    difference: float

    def to_dict(self) -> dict[str, Any]:
        """Belief as ``--json`` prints it."""
        return {
            "belief": self.name,
            "words": self.words,
            "moved": self.moved.to_dict(),
            "without": self.without,
            "with": self.within,
            "difference": self.difference,
        }


@dataclass(frozen=True, slots=True)
class Dose:
    """What an item did where it came.

    Parameters
    ----------
    runs
        Runs in which it came that were played once more, with it and without it.
    beliefs
        The beliefs that it moved, of those that decisions on the fronts asked about use; the farthest first, three at
        most.
    decisions
        Decisions that fell next, on the same day with it and without it.
    log_odds
        Mean difference of the log-odds of force in these decisions, without minus with; by runs. None where fewer than
        two runs have such a decision.
    """

    runs: int
    beliefs: tuple[BeliefMoved, ...]
    decisions: int
    log_odds: Estimate | None

    def to_dict(self) -> dict[str, Any]:
        """Dose as ``--json`` prints it."""
        return {
            "runs": self.runs,
            "beliefs": [belief.to_dict() for belief in self.beliefs],
            "decisions": self.decisions,
            "log_odds": None if self.log_odds is None else self.log_odds.to_dict(),
        }


class _Believed(NamedTuple):
    """A belief or feeling: its dotted place, what it is, and the fronts on which decisions use it."""

    name: str
    words: str
    on: frozenset[str]


def _beliefs(lowered: Lowered) -> list[_Believed]:
    """What a `Replayed` holds of each run, in that order."""
    scenario = lowered.scenario
    called = {actor: actor_words(scenario, actor) for actor in scenario.actors}
    found = []
    for name in lowered.front_ids:
        own, other = (called[actor] for actor in actor_and_target(name))
        found += [
            _Believed(
                f"fronts.{name}.{field}",
                BELIEFS[field].words.format(owns=possessive(own), other=other),
                frozenset({name}),
            )
            for field in FRONT_BELIEFS
        ]
    for row in lowered.commitment_rows:
        found += _credences(scenario, row, called)
    for actor in lowered.actor_ids:
        by, against = (frozenset(f for f in lowered.front_ids if actor_and_target(f)[k] == actor) for k in (0, 1))
        found += [
            _Believed(
                f"actors.{actor}.{field}",
                BELIEFS[field].words.format(own=called[actor], owns=possessive(called[actor])),
                against if field == "honesty" else by,
            )
            for field in _ACTOR_BELIEFS
        ]
    return found


def _credences(scenario: Scenario, row: str, called: Mapping[str, str]) -> list[_Believed]:
    # A row is named after the adversary alone, or after the front where the promise is made to several.
    commitment, _, named = row.partition(":")
    pledge = scenario.commitments[commitment]
    protege, adversary = actor_and_target(named) if len(pledge.proteges) > 1 else (pledge.proteges[0], named)
    words = BELIEFS["credence"].words
    one, two = (
        words.format(owns=possessive(called[who]), patron=called[pledge.patron], other=called[protege])
        for who in (protege, adversary)
    )
    place = f"commitments.{row}.credence"
    return [
        _Believed(
            f"{place}_protege",
            f"{one} against {called[adversary]}",
            frozenset({f"{protege}-{adversary}"}),
        ),
        _Believed(f"{place}_adversary", f"{two} against it", frozenset({f"{adversary}-{protege}"})),
    ]


def dose_of(replayed: Sequence[Replayed], lowered: Lowered, *, fronts: Collection[str], level: float) -> Dose | None:
    """Dose of an item, from the runs that were played once more; none where there is no such run.

    Parameters
    ----------
    replayed
        The runs.
    lowered
        The scenario as it is.
    fronts
        Fronts whose decisions are asked about: beliefs that none of them uses are left out.
    level
        Confidence level of the intervals.
    """
    if not replayed:
        return None
    # Decisions of one run are not independent: each run counts once, by their mean.
    by_run = [float(np.mean(one.log_odds)) for one in replayed if one.log_odds]
    return Dose(
        runs=len(replayed),
        beliefs=_moved([one for one in replayed if not one.acted_otherwise], lowered, fronts=fronts, level=level),
        decisions=sum(len(one.log_odds) for one in replayed),
        log_odds=mean(by_run, level=level, event="log-odds of force") if len(by_run) > 1 else None,
    )


def _moved(
    replayed: Sequence[Replayed], lowered: Lowered, *, fronts: Collection[str], level: float
) -> tuple[BeliefMoved, ...]:
    """Beliefs that moved, the farthest first."""
    if not replayed:
        return ()
    without = np.array([one.without for one in replayed])
    within = np.array([one.within for one in replayed])
    gaps = np.nan_to_num(without - within)  # there is nothing to compare on a front that only one of the two has
    moved = np.abs(gaps) > LEAST
    named = _beliefs(lowered)
    asked = [k for k, belief in enumerate(named) if not belief.on.isdisjoint(fronts) and moved[:, k].any()]
    # A belief that moved in few runs ranks by its mean over all of them, as one that moved little in each.
    asked.sort(key=lambda k: -float(np.abs(gaps[:, k]).mean()))
    return tuple(
        BeliefMoved(
            name=named[k].name,
            words=named[k].words,
            moved=proportion(int(moved[:, k].sum()), len(replayed), level=level, event=f"{named[k].name} moved"),
            without=float(np.median(without[moved[:, k], k])),
            within=float(np.median(within[moved[:, k], k])),
            difference=float(np.median(gaps[moved[:, k], k])),
        )
        for k in asked[:MOST]
    )
