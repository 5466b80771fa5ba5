"""Nearness: how near a crisis stands to an event, between 0 and 1; what splitting climbs by.

It decides how fast an estimate settles, never what it settles at: any function that is 1 on the event alone would do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.columns import column, shocks_by_front
from escalation.engines.lower import Lowered
from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.events import Query, query
from escalation.world.front import fronts_on_one_target
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario

__all__ = ["Nearness"]

_UNDECIDED = -20.0
"""Lead of restraint over force, in units of the shocks, from which force counts as out of reach."""
_STEPS = 10
"""Steps in which each part of the level rises: each is a state to keep."""
_BELOW = 0.99
"""Highest level of a state in which the event has not happened."""
_WEIGHTS = {"acts": 0.6, "readiness": 0.25, "account": 0.14}


@dataclass(frozen=True)
class Nearness:
    """Level function of a crisis for one event.

    It is 1 exactly where the event has happened. Below that it adds up, over both sides of the front that stands
    nearest: how high the acts went, counted by half once the act window has passed; how near the last decision was to
    force, less as time runs out; and what is open: injury, fear, a vow standing.

    Parameters
    ----------
    lowered
        Lowered scenario.
    asked
        The event.
    fronts
        Rows of the fronts that count.
    """

    lowered: Lowered
    asked: Query
    fronts: tuple[int, ...]

    @classmethod
    def of(
        cls, scenario: Scenario, lowered: Lowered, event: str, *, actor: str | None = None, target: str | None = None
    ) -> Nearness:
        """Level function for an event by name.

        Raises
        ------
        StudyError
            If there is no such event, actor or front, or the event is an agreement or a concession.
        """
        axes = Axes.of(scenario, lowered)
        asked = query(event, axes, actor=actor, target=target)
        if asked.array in ("agreed", "conceded"):
            raise StudyError(
                f"no level says how near a run is to {event!r}, so its rare runs cannot be split; esc.run, or the "
                "command run, gives its probability"
            )
        fronts = tuple(range(len(lowered.front_ids)))
        if asked.array == "crossed":
            fronts = asked.columns
        elif asked.array == "joint":
            fronts = tuple(dict.fromkeys(front for pair in asked.columns for front in axes.pairs[pair]))
        elif asked.array == "joined":
            clients = {lowered.commitment_rows[row] for row in asked.columns}
            pledges = column(lowered.template[np.newaxis], lowered, "pledges", "protege_front")[0]
            fronts = tuple(int(pledges[lowered.commitment_rows.index(row)]) for row in sorted(clients))
        elif asked.array == "vows_broken":
            fronts = axes.fronts(actor=axes.actor_ids[asked.columns[0]]) or fronts
        return cls(lowered, asked, fronts)

    def happened(self, states: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether the event has happened by now in each state, shape (runs,)."""
        outcomes: dict[str, NDArray[Any]] = {
            "crossed": self._column(states, "crossed").astype(np.int16),
            "war_cause": self._column(states, "fronts", "war_cause"),
            "joint": self._column(states, "pairs", "joint_period").astype(np.int16),
            "joined": self._column(states, "pledges", "joined_period").astype(np.int16),
            "vows_broken": self._column(states, "actors", "vows_broken"),
            "settled": self._column(states, "clock", "settled")[:, 0].astype(np.int16),
        }
        return self.asked.occurs(outcomes)

    def __call__(self, states: NDArray[np.float64]) -> NDArray[np.float64]:
        """Level of each state, shape (runs,)."""
        if self.asked.array == "settled":
            near = self._quiet(states)
        else:
            parts = {"acts": self._acts(states), "readiness": self._readiness(states), "account": self._account(states)}
            back = self._column(states[:1], "fronts", "reverse")[0]
            sides = sum(_WEIGHTS[name] * np.floor(part * _STEPS) / _STEPS for name, part in parts.items())
            both = 0.5 * (sides + np.asarray(sides)[:, back])
            near = self._together(both) if self.asked.array == "joint" else both[:, list(self.fronts)].max(axis=1)
        return np.where(self.happened(states), 1.0, np.minimum(near, _BELOW))

    def _together(self, near: NDArray[np.float64]) -> NDArray[np.float64]:
        """Level of joint force: the mean of the two fronts on one adversary that stand nearest."""
        pairs = np.array(fronts_on_one_target(self.lowered.front_ids))[list(self.asked.columns)]
        level: NDArray[np.float64] = near[:, pairs].mean(axis=2).max(axis=1)
        return level

    def _column(self, states: NDArray[np.float64], table: str, field: str = "") -> NDArray[np.float64]:
        return column(states, self.lowered, table, field)

    def _left(self, states: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of an act window that is left before the horizon, shape (runs, 1)."""
        window = self._column(states, "rules", "act_window")
        left = self.lowered.scenario.horizon - self._column(states, "clock", "now")
        share: NDArray[np.float64] = np.minimum(1.0, left / window)
        return share

    def _acts(self, states: NDArray[np.float64]) -> NDArray[np.float64]:
        """How high the acts on each front went, from 0 to 1, shape (runs, fronts)."""
        intensities = np.array([rung.intensity for rung in self.lowered.scenario.ladder.rungs])
        peak = np.where(self._column(states, "crossed") >= 0, intensities, 0.0).max(axis=2)
        since = self._column(states, "clock", "now") - self._column(states, "fronts", "last_alert")
        recent = since <= self._column(states, "rules", "act_window")
        high: NDArray[np.float64] = peak * np.where(recent, 1.0, 0.5)
        return high

    def _readiness(self, states: NDArray[np.float64]) -> NDArray[np.float64]:
        """How near the last decision on each front was to force, from 0 to 1, shape (runs, fronts)."""
        roles = self._column(states[:1], "options", "role")[0]
        actors = self._column(states[:1], "fronts", "actor")[0]
        precision = self._column(states, "actors", "precision")[:, actors, np.newaxis]
        shocks = shocks_by_front(states, self.lowered)
        scores = precision * self._column(states, "value") + shocks
        lead = scores[:, :, roles >= Role.FORCE.order].max(axis=2) - scores.max(axis=2)
        ready = np.where(shocks.any(axis=2), 1.0 - np.maximum(lead, _UNDECIDED) / _UNDECIDED, 0.0)
        return ready * self._left(states)

    def _account(self, states: NDArray[np.float64]) -> NDArray[np.float64]:
        """What is open on each front: injury, fear and a vow standing, from 0 to 1, shape (runs, fronts)."""
        injury = self._column(states, "fronts", "injury")
        fear = self._column(states, "fronts", "fear")
        vow = self._column(states, "fronts", "vow_standing") > 0
        return (injury + fear + vow) / 3.0

    def _quiet(self, states: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of the settling time for which nobody has acted, shape (runs,)."""
        quiet = self._column(states, "clock", "now") - self._column(states, "clock", "last_act")
        share: NDArray[np.float64] = (quiet / self._column(states, "rules", "settle_days"))[:, 0]
        return np.floor(np.clip(share, 0.0, 1.0) * 4 * _STEPS) / (4 * _STEPS)
