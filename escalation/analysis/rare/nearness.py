"""Nearness: how near a crisis stands to an event, between 0 and 1; what splitting climbs by.

It decides how fast an estimate settles, never what it settles at: any function that is 1 on the event alone would do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.columns import column
from escalation.analysis.rare.gradual_reasons import leads
from escalation.engines.lower import Lowered
from escalation.errors import StudyError
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.events import Query, query
from escalation.montecarlo.queries import CAUSES_OF_WAR
from escalation.world.front import fronts_on_one_target
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario

__all__ = ["Nearness"]

_OUT_OF_REACH = -20.0
"""Lead over all other acts, in units of the private reasons, below which an act counts as out of reach."""
_STEPS = 20
"""Steps in which each part of the level rises: each is a state to keep."""
_BELOW = 0.99
"""Highest level of a state in which the event has not happened."""
_PROGRESS, _ACCOUNT = 0.9, 0.09


@dataclass(frozen=True)
class Nearness:
    """Level function of a crisis for one event.

    It is 1 exactly where the event has happened. Below that it says how far both sides of the front that stands nearest
    have come: all the way for a side whose act within the act window brings the event nearer; else by how near such an
    act is to being chosen, less as time runs out. A small part is what is open: injury, fear, a vow standing.

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

    @property
    def helping(self) -> NDArray[np.bool_]:
        """The acts on each front that bring the event nearer, shape (fronts, acts).

        These are acts of force, and for a war by accident displays, too. Where an act on a rung is asked for, they are
        the acts on that rung or above on the fronts in question.
        """
        start = self.lowered.template[np.newaxis]
        roles: NDArray[Any] = self._column(start, "options", "role")[0]
        rungs: NDArray[Any] = self._column(start, "options", "rung")[0]
        least = Role.DISPLAY if self._by_accident else Role.FORCE
        acts = np.tile(roles >= least.order, (len(self.lowered.front_ids), 1))
        if self._asks_for_an_act:
            acts[list(self.fronts)] = (rungs >= self.asked.rung) & (roles >= Role.RESTRAINT.order)
        return acts

    @property
    def _asks_for_an_act(self) -> bool:
        """Whether only an act that somebody chooses can be the event; above limited force, a war may be it, too."""
        force = next(
            n for n, rung in enumerate(self.lowered.scenario.ladder.rungs) if rung.role.order >= Role.FORCE.order
        )
        return self.asked.array == "crossed" and self.asked.rung <= force

    @property
    def _by_accident(self) -> bool:
        return self.asked.causes == (CAUSES_OF_WAR["accident"],)

    def __call__(self, states: NDArray[np.float64]) -> NDArray[np.float64]:
        """Level of each state, shape (runs,)."""
        if self.asked.array == "settled":
            near = self._quiet(states)
        else:
            progress, account = (
                np.floor(part * _STEPS) / _STEPS for part in (self._progress(states), self._account(states))
            )
            sides = _PROGRESS * progress + _ACCOUNT * account
            if self.asked.array == "joint":
                near = self._together(sides)
            else:
                back = self._column(states[:1], "fronts", "reverse")[0]
                near = 0.5 * (sides + sides[:, back])[:, list(self.fronts)].max(axis=1)
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

    def _progress(self, states: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far each side has come to an act that helps the event on, from 0 to 1, shape (runs, fronts)."""
        lead = leads(states, self.lowered)
        ready = (1.0 - np.clip(lead, _OUT_OF_REACH, 0.0) / _OUT_OF_REACH) * self._left(states)
        last = self._column(states, "fronts", "last_alert" if self._by_accident else "last_force")
        recent = self._column(states, "clock", "now") - last <= self._column(states, "rules", "act_window")
        if self._asks_for_an_act:  # a lower act does not bring its own side nearer
            recent[:, list(self.fronts)] = False
        found: NDArray[np.float64] = np.where(recent, 1.0, ready)
        return found

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
