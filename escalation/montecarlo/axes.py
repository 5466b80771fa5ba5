"""The names along the axes of the outcome arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from escalation.world.front import actor_and_target, fronts_on_one_target, pair_names
from escalation.world.ladder import Role
from escalation.world.scenario import Scenario
from escalation.world.signal import SignalKind

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = ["Axes"]


@dataclass(frozen=True, slots=True)
class Axes:
    """What the columns of the outcome arrays stand for.

    Parameters
    ----------
    front_ids
        Fronts, with those that open only when a patron joins.
    actor_ids
        Actors.
    commitment_rows
        Commitments, one row for each adversary: ``commitment:adversary``; where there are several protégés, one for
        each of them and each adversary: ``commitment:protege-adversary``.
    rung_names
        Rungs, lowest first.
    force, war
        Index of the lowest rung of force, and of the last rung, on which war is noted.
    conciliation
        Whether actors can conciliate, so that there can be agreements.
    vowing
        Actors that may break a vow: the senders of vows and threats.
    """

    front_ids: tuple[str, ...]
    actor_ids: tuple[str, ...]
    commitment_rows: tuple[str, ...]
    rung_names: tuple[str, ...]
    force: int
    war: int
    conciliation: bool
    vowing: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario, names: Lowered) -> Self:
        """Axes of a scenario, with the names that its lowered arrays have."""
        return cls.named(
            scenario,
            front_ids=names.front_ids,
            actor_ids=names.actor_ids,
            commitment_rows=names.commitment_rows,
        )

    @classmethod
    def named(
        cls,
        scenario: Scenario,
        *,
        front_ids: tuple[str, ...],
        actor_ids: tuple[str, ...],
        commitment_rows: tuple[str, ...],
    ) -> Self:
        """Axes of a scenario, with names given."""
        roles = [rung.role for rung in scenario.ladder.rungs]
        binding = {SignalKind.VOW, SignalKind.THREAT}
        senders = {
            signal.sender
            for signal in scenario.signals.values()
            if signal.kind in binding or signal.or_else is not None
        }
        return cls(
            front_ids=tuple(front_ids),
            actor_ids=tuple(actor_ids),
            commitment_rows=tuple(commitment_rows),
            rung_names=scenario.ladder.names,
            force=roles.index(Role.FORCE),
            war=len(roles) - 1,
            conciliation=bool(scenario.rules.conciliation),
            vowing=tuple(actor for actor in actor_ids if actor in senders),
        )

    def fronts(self, *, actor: str | None = None, target: str | None = None) -> tuple[int, ...]:
        """Indices of the fronts of this actor, against this target; of all where none is named."""
        return tuple(
            k
            for k, (one, other) in enumerate(map(actor_and_target, self.front_ids))
            if actor in (None, one) and target in (None, other)
        )

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Indices of every two fronts on one target whose actors do not face each other."""
        return fronts_on_one_target(self.front_ids)

    @property
    def pair_names(self) -> tuple[str, ...]:
        """Those pairs by their actors and their target, as ``irn+hzb-isr``."""
        return pair_names(self.front_ids)

    @property
    def commitment_ids(self) -> tuple[str, ...]:
        """Commitments, each once."""
        return tuple(dict.fromkeys(row.partition(":")[0] for row in self.commitment_rows))
