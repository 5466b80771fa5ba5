"""Buffers: empty arrays that receive outcomes and records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from escalation.dynamics.outcomes import Outcomes
from escalation.dynamics.record import ACT_FIELDS, ACTOR_FIELDS, FRONT_FIELDS, PLEDGE_FIELDS, Log
from escalation.world.front import fronts_on_one_target

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = ["empty_log", "empty_outcomes", "filled"]


def empty_outcomes(lowered: Lowered, runs: int) -> Outcomes:
    """Arrays for the outcomes of some runs; shapes as in `Outcomes`."""
    actors, fronts, pledges = len(lowered.actor_ids), len(lowered.front_ids), len(lowered.commitment_rows)
    pairs = len(fronts_on_one_target(lowered.front_ids))
    return Outcomes(
        crossed=np.full((runs, fronts, len(lowered.rung_names)), -1, np.int16),
        war_cause=np.zeros((runs, fronts), np.int8),
        agreed=np.full((runs, fronts), -1, np.int16),
        conceded=np.full((runs, fronts), -1, np.int16),
        joint=np.full((runs, pairs), -1, np.int16),
        joined=np.full((runs, pledges), -1, np.int16),
        kept=np.zeros((runs, pledges), np.int16),
        broken=np.zeros((runs, pledges), np.int16),
        vows_kept=np.zeros((runs, actors), np.int16),
        vows_broken=np.zeros((runs, actors), np.int16),
        settled=np.full(runs, -1, np.int16),
        ended=np.zeros(runs, np.int16),
        signature=np.zeros(runs, np.int32),
    )


def empty_log(lowered: Lowered, *, periods: int | None = None) -> Log:
    """Arrays for the record of one run; of no length where `periods` is 0.

    Parameters
    ----------
    lowered
        Scenario that is played.
    periods
        Periods to keep; by default all.
    """
    length = lowered.periods if periods is None else periods
    rows = length + 1 if length else 0
    fronts, acts = len(lowered.front_ids), len(lowered.option_names)
    capacity = length * fronts
    return Log(
        count=np.zeros(1, np.int64),
        acts=np.zeros((capacity, len(ACT_FIELDS)), np.int64),
        likelihoods=np.zeros((capacity, 2)),
        values=np.zeros((capacity, acts)),
        fronts=np.zeros((rows, fronts, len(FRONT_FIELDS))),
        pledges=np.zeros((rows, len(lowered.commitment_rows), len(PLEDGE_FIELDS))),
        actors=np.zeros((rows, len(lowered.actor_ids), len(ACTOR_FIELDS))),
    )


def filled(log: Log, periods: int) -> Log:
    """Cut a log to what was filled."""
    count = int(log.count[0])
    return Log(
        count=log.count,
        acts=log.acts[:count],
        likelihoods=log.likelihoods[:count],
        values=log.values[:count],
        fronts=log.fronts[: periods + 1],
        pledges=log.pledges[: periods + 1],
        actors=log.actors[: periods + 1],
    )
