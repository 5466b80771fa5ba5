"""A trajectory: one run in full, with every decision and what was believed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.outcomes import Outcomes
from escalation.dynamics.record import ACT_FIELDS, ACTOR_FIELDS, FRONT_FIELDS, PLEDGE_FIELDS, Log
from escalation.engines.days import days_of
from escalation.estimates.html import table
from escalation.world.front import pair_names
from escalation.world.plain_words import front_words, rung_words
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.engines.explaining.consequences import Consequence
    from escalation.engines.explaining.explanation import Explanation
    from escalation.engines.explaining.traces import Traces

__all__ = ["Trajectory"]

_SHOWN = 12
"""Acts that a notebook shows."""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """One run of a scenario, named for ever by seed and run.

    Parameters
    ----------
    scenario
        What was played.
    seed, run
        Which trajectory it is.
    actor_ids, front_ids, commitment_rows, rung_names, option_names
        Names of the rows and columns of its arrays.
    acts
        A row a decision, in order; fields period, front, option, rung, covert, prompted. Shape (decisions,).
    likelihoods
        Probability of the chosen act if the actor were resolute, and if irresolute; shape (decisions, 2).
    utilities
        Expected utility of every act by the actor's own type, in stakes; shape (decisions, options).
    fronts, pledges, actors
        What was believed and felt at the end of each period; shapes (periods + 1, rows, fields).
    outcomes
        Outcomes by name; as a row of an ensemble.

    Examples
    --------
    >>> import escalation as esc
    >>> path = esc.simulate(esc.load("two-state-deterrence"), seed=1, run=17)
    >>> sorted(path.beliefs)
    ['credence_adversary', 'credence_protege', 'fear', 'motive', 'resolve']
    >>> path.outcome["peak"] in path.rung_names
    True
    """

    scenario: Scenario
    seed: int
    run: int
    actor_ids: tuple[str, ...]
    front_ids: tuple[str, ...]
    commitment_rows: tuple[str, ...]
    rung_names: tuple[str, ...]
    option_names: tuple[str, ...]
    acts: NDArray[Any]
    likelihoods: NDArray[np.float64]
    utilities: NDArray[np.float64]
    fronts: NDArray[np.float64]
    pledges: NDArray[np.float64]
    actors: NDArray[np.float64]
    outcomes: dict[str, NDArray[Any]]

    @classmethod
    def from_record(cls, lowered: Any, seed: int, run: int, outcomes: Outcomes, log: Log) -> Trajectory:
        """Make a trajectory of what an engine returns.

        Parameters
        ----------
        lowered
            The scenario as arrays.
        seed, run
            Which trajectory it is.
        outcomes
            Outcome arrays of one run.
        log
            The record of the run.

        Returns
        -------
        Trajectory
            The run.
        """
        acts = np.zeros(len(log.acts), [(name, np.int64) for name in ACT_FIELDS])
        for column, name in enumerate(ACT_FIELDS):
            acts[name] = log.acts[:, column]
        return cls(
            scenario=lowered.scenario,
            seed=seed,
            run=run,
            actor_ids=lowered.actor_ids,
            front_ids=lowered.front_ids,
            commitment_rows=lowered.commitment_rows,
            rung_names=lowered.rung_names,
            option_names=lowered.option_names,
            acts=acts,
            likelihoods=log.likelihoods,
            utilities=log.values,
            fronts=log.fronts,
            pledges=log.pledges,
            actors=log.actors,
            outcomes={name: array[0] for name, array in outcomes._asdict().items()},
        )

    def _arrays(self) -> list[NDArray[Any]]:
        own = [self.acts, self.likelihoods, self.utilities, self.fronts, self.pledges, self.actors]
        return own + list(self.outcomes.values())

    def __eq__(self, other: object) -> bool:
        """Whether every act, belief and outcome is the same, bit for bit."""
        if not isinstance(other, Trajectory):
            return NotImplemented
        names = ("actor_ids", "front_ids", "commitment_rows", "rung_names", "option_names")
        if any(getattr(self, name) != getattr(other, name) for name in names):
            return False
        # By bytes, since NaN would not equal itself and −0.0 would pass for 0.0.
        pairs = zip(self._arrays(), other._arrays(), strict=True)
        return all(a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes() for a, b in pairs)

    __hash__ = None  # type: ignore[assignment]

    @property
    def days(self) -> NDArray[np.float64]:
        """End of each period, in days after the start, from 0; shape (periods + 1,)."""
        return days_of(self.scenario)[: len(self.fronts)]

    @property
    def beliefs(self) -> dict[str, NDArray[np.float64]]:
        """Beliefs by name, each with a row a day and a column a front (or, for credences, a pledge).

        `resolve`, `fear` and `motive` are beliefs about the target of the front.
        """
        fronts = {name: self.fronts[:, :, FRONT_FIELDS.index(name)] for name in ("resolve", "fear", "motive")}
        return fronts | {name: self.pledges[:, :, column] for column, name in enumerate(PLEDGE_FIELDS)}

    @property
    def feelings(self) -> dict[str, NDArray[np.float64]]:
        """Open injury by front, and honesty, domestic pressure and weakness by actor; a row a day."""
        fronts = {"injury": self.fronts[:, :, FRONT_FIELDS.index("injury")]}
        return fronts | {name: self.actors[:, :, column] for column, name in enumerate(ACTOR_FIELDS)}

    @property
    def outcome(self) -> dict[str, Any]:
        """Outcomes in plain words.

        They are the peak rung, first crossings, wars, agreements, concessions, joint force (by its actors and their
        target, as ``irn+hzb-isr``), who joined, vows kept and broken, and the day of settling.
        """
        crossed = self.outcomes["crossed"]
        days = self.days
        initiated = {
            front: {
                rung: float(days[crossed[f, r]])
                for r, rung in enumerate(self.rung_names)
                if r > 0 and crossed[f, r] >= 0
            }
            for f, front in enumerate(self.front_ids)
        }
        fronts = self.front_ids
        rows = {"agreed": fronts, "conceded": fronts, "joint": pair_names(fronts), "joined": self.commitment_rows}
        return {
            "peak": self.rung_names[int(np.max(np.nonzero((crossed >= 0).any(axis=0))))],
            "first_crossed": {front: days for front, days in initiated.items() if days},
            "wars": [front for f, front in enumerate(self.front_ids) if self.outcomes["war_cause"][f] > 0],
            **{
                name: {row: float(days[n]) for row, n in zip(of, self.outcomes[name], strict=True) if n >= 0}
                for name, of in rows.items()
            },
            "vows_kept": dict(zip(self.actor_ids, self.outcomes["vows_kept"].tolist(), strict=True)),
            "vows_broken": dict(zip(self.actor_ids, self.outcomes["vows_broken"].tolist(), strict=True)),
            "settled": None if self.outcomes["settled"] < 0 else float(days[self.outcomes["settled"]]),
        }

    def explain(
        self,
        day: datetime.date | float,
        actor: str,
        *,
        target: str | None = None,
        given: Mapping[str, float] | None = None,
    ) -> tuple[Explanation, ...]:
        """Explain what an actor chose on a day, front by front, and say which wars and joinings followed in the run.

        The run is replayed in the readable engine up to that day.

        Parameters
        ----------
        day
            Date, or the day after the start on which the period ends.
        actor
            Who chose.
        target
            Only on the front against this actor.
        given
            Values to put in the place of beliefs and parameters when the decision falls, all else being as it was: by
            the names that beliefs and changes have. The act is then the one that would have been chosen.

        Returns
        -------
        tuple of Explanation
            One for each decision, in the order of the fronts.

        Raises
        ------
        StudyError
            If no decision of that actor fell on that day, with the days on which one did; or if the day is neither date
            nor number, the scenario has no such actor or front, or the decision does not depend on what is given.
        """
        from escalation.engines.explaining.explain import explain

        return explain(self, day, actor, target=target, given=given or {})

    @property
    def consequences(self) -> tuple[Consequence, ...]:
        """Wars that came, one for each pair of sides, with their causes, and patrons that joined; in order of time.

        Examples
        --------
        >>> import escalation as esc
        >>> path = esc.simulate(esc.load("cuba-1962"), seed=1, run=6)
        >>> [(came.day, came.kind, came.actor, came.target, came.cause) for came in path.consequences]
        [(40.0, 'war', 'usa', 'cub', 'exchange of force')]
        """
        from escalation.engines.explaining.consequences import consequences

        return consequences(
            self.scenario,
            self.acts,
            self.outcomes,
            front_ids=self.front_ids,
            commitment_rows=self.commitment_rows,
            seed=self.seed,
            run=self.run,
        )

    @property
    def stood_aside(self) -> tuple[str, ...]:
        """Patrons that were called and never joined, each in words that can be a sentence.

        Examples
        --------
        >>> import escalation as esc
        >>> esc.simulate(esc.load("two-state-deterrence"), seed=1, run=3).stood_aside
        ()
        """
        from escalation.engines.explaining.consequences import stood_aside

        return stood_aside(self.scenario, self.outcomes, commitment_rows=self.commitment_rows)

    def traces(self, front: str) -> Traces:
        """Follow what the actor of a front believed and felt, day by day, with what moved it.

        The run is replayed in the readable engine.

        Parameters
        ----------
        front
            Front, as ``irn-isr``: what the first believes about the second.

        Returns
        -------
        Traces
            Each belief and feeling by day, and the moves of each.

        Raises
        ------
        StudyError
            If the scenario has no such front, or the replay chooses otherwise than this trajectory did.
        """
        from escalation.engines.explaining.traces import traces

        return traces(self.scenario, self.acts, front, seed=self.seed, run=self.run, periods=len(self.fronts) - 1)

    def _repr_html_(self) -> str:
        acts = self.acts[self.acts["option"] > 0]
        rows = [
            (
                f"{day:g}",
                self.scenario.date(day).isoformat(),
                front_words(self.front_ids[act["front"]], self.scenario),
                rung_words(self.option_names[act["option"]]),
            )
            for act, day in ((act, float(self.days[act["period"]])) for act in acts[:_SHOWN])
        ]
        if len(acts) > _SHOWN:
            rows.append(("", "", "", f"and {len(acts) - _SHOWN} more"))
        outcome = self.outcome
        wars = ", ".join(front_words(front, self.scenario) for front in outcome["wars"])
        peak = rung_words(outcome["peak"]) + (f", war on {wars}" if wars else "")
        name = self.scenario.title or self.scenario.name
        caption = f"{name}, seed {self.seed}, run {self.run}: {len(self.acts)} decisions, peak {peak}"
        return table(("day", "date", "front", "act"), rows, caption=caption)

    def __repr__(self) -> str:
        return (
            f"Trajectory({self.scenario.name}, seed={self.seed}, run={self.run}: {len(self.acts)} decisions, "
            f"peak {self.outcome['peak']})"
        )
