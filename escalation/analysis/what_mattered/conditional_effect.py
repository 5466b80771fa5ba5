"""When it would have mattered: the effect of an item as a function of one quantity of the scenario."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from escalation.analysis.what_mattered.coming import came_in
from escalation.analysis.what_mattered.effects import columns_where_it_came, effect_of, text_where_it_came
from escalation.analysis.what_mattered.items import Item, item_named, without_item
from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate, check_level, method_text
from escalation.estimates.html import table as html_table
from escalation.estimates.paired import DIFFERENCE_IS, PairedDifference
from escalation.estimates.proportion import proportion
from escalation.montecarlo.event_runs import EventRuns, play_event_runs
from escalation.montecarlo.progress import Hook
from escalation.montecarlo.provenance import study_head
from escalation.whole_numbers import whole_seed
from escalation.world.plain import plain
from escalation.world.plain_words import asked_words, item_words, place_words
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ConditionalEffect", "EffectAt", "conditional_effect"]

_COLUMNS = ("value", "with it", "without it", "effect", "came", "effect where it came")


@dataclass(frozen=True, slots=True)
class EffectAt:
    """The effect of leaving an item out, at one value of the quantity.

    Parameters
    ----------
    value
        Value of the quantity.
    within, without
        Probability of the event with the item and without it.
    effect
        Without it minus with it, over all runs.
    came
        Share of runs in which the item came.
    effect_where_it_came
        The same difference over these runs alone; none where there is none of them.
    """

    value: Any
    within: Estimate
    without: Estimate
    effect: PairedDifference
    came: Estimate
    effect_where_it_came: PairedDifference | None

    def to_dict(self) -> dict[str, Any]:
        """Point of the curve as ``--json`` prints it."""
        given = self.effect_where_it_came
        return {
            "value": plain(self.value, iso=True),
            "with": self.within.to_dict(),
            "without": self.without.to_dict(),
            "effect": self.effect.to_dict(),
            "came": self.came.to_dict(),
            "effect_where_it_came": None if given is None else given.to_dict(),
        }


@dataclass(frozen=True, slots=True, repr=False)
class ConditionalEffect:
    """The effect of leaving an item out, as a function of one quantity [Brambor2006]_.

    Parameters
    ----------
    scenario, item, place, event, actor, target, seed, runs
        What was asked, and how many runs of each world were played.
    level
        Confidence level of the intervals, each by itself.
    points
        The effect at each value, in the order given.
    interrupted
        Whether fewer runs were finished than were asked for.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> wish = "fronts.challenger-defender.revisionism"
    >>> study = esc.conditional_effect(crisis, wish, [0.2, 0.8], without="threat", runs=200, seed=1, progress=False)
    >>> study
    <ConditionalEffect of leaving out 'threat' in 'two-state-deterrence': 2 values, 200 runs of each world, seed 1>
    """

    scenario: Scenario
    item: Item
    place: str
    event: str
    actor: str | None
    target: str | None
    seed: int
    runs: int
    level: float
    points: tuple[EffectAt, ...]
    interrupted: bool = False

    @property
    def largest(self) -> EffectAt:
        """Point at which the effect is largest in size, whichever way it goes; by chance it looks larger than it is."""
        return max(self.points, key=lambda point: abs(point.effect.value))

    @property
    def asked(self) -> str:
        """The event in plain words, with whose acts count."""
        return asked_words(self.event, self.scenario, actor=self.actor, target=self.target)

    @property
    def left_out(self) -> str:
        """What is left out, in plain words."""
        return item_words(self.item.name, self.scenario)

    @property
    def quantity(self) -> str:
        """The quantity in plain words."""
        return place_words(self.place, self.scenario)

    def sentences(self) -> list[str]:
        """What came of it, in plain sentences.

        Returns
        -------
        list of str
            What was asked; where the effect is largest; and at how many values it can be told from none.
        """
        best = self.largest
        clear = sum(not point.effect.low <= 0.0 <= point.effect.high for point in self.points)
        told = [
            f"Asked: {self.asked}.",
            f"Left out: {self.left_out}.",
            f"Varied: {self.quantity}.",
            f"The effect is largest at {best.value}: without it minus with it, {best.effect.number_text()}.",
        ]
        given = best.effect_where_it_came
        if given is not None and given.n < best.effect.n:
            told.append(f"Over the {given.n:,} runs in which it came it is {given.number_text()} there.")
        told.append(f"At {clear} of {len(self.points)} values the interval leaves out 0.")
        return told

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Head and rows of a table as text, a value a row.

        Returns
        -------
        head : tuple of str
            Names of the columns.
        rows : list of tuple of str
            Cells.
        """
        return _COLUMNS, [
            (
                str(point.value),
                point.within.number_text(),
                point.without.number_text(),
                point.effect.number_text(),
                f"{100.0 * point.came.value:.3g} %",
                text_where_it_came(point.effect_where_it_came),
            )
            for point in self.points
        ]

    def to_dataframe(self) -> pd.DataFrame:
        """The curve as a table, a value a row.

        Returns
        -------
        pandas.DataFrame
            By ``value``: probabilities with the item and without it; value, low, high and p-value of the effect over
            all runs; the share of runs in which it came; and the effect over these, with its number of runs. What is
            not known is missing.
        """
        import pandas as pd

        rows = []
        for point in self.points:
            gap = point.effect
            rows.append(
                {
                    "value": point.value,
                    "with": point.within.value,
                    "without": point.without.value,
                    "effect": gap.value,
                    "effect_low": gap.low,
                    "effect_high": gap.high,
                    "p_value": gap.p_value,
                    "came": point.came.value,
                    **columns_where_it_came(point.effect_where_it_came),
                }
            )
        return pd.DataFrame(rows).set_index("value")

    def summary(self) -> dict[str, Any]:
        """All of it, as ``--json`` prints it.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {
            **study_head(self.scenario, seed=self.seed, runs=self.runs),
            "interrupted": self.interrupted,
            **self.item.to_dict(),
            "place": self.place,
            "event": self.event,
            "actor": self.actor,
            "target": self.target,
            "level": self.level,
            "difference_is": DIFFERENCE_IS,
            "points": [point.to_dict() for point in self.points],
            "sentences": self.sentences(),
        }

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def __repr__(self) -> str:
        return (
            f"<ConditionalEffect of leaving out {self.item.name!r} in {self.scenario.name!r}: {len(self.points)} "
            f"values, {self.runs:,} runs of each world, seed {self.seed}{', interrupted' if self.interrupted else ''}>"
        )

    def _repr_html_(self) -> str:
        label = method_text("bonett-price", level=self.level, n=self.runs)
        caption = (
            f"{self.scenario.name}: what leaving out {self.left_out} does to this: {self.asked}; by {self.quantity}; "
            f"without it minus with it ({label}, seed {self.seed})"
        )
        return html_table(*self.table(), caption=caption)


def conditional_effect(  # noqa: PLR0913 - what is asked, how often, and who plays it
    scenario: Scenario,
    place: str,
    values: Sequence[Any],
    *,
    without: str,
    event: str = "initiation",
    actor: str | None = None,
    target: str | None = None,
    runs: int = 10_000,
    seed: int = 0,
    level: float = 0.95,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | Hook | None = None,
    store: str | Path | None = None,
) -> ConditionalEffect:
    """Find the effect of leaving an item out at each of several values of one quantity.

    A warning can matter little because it was believed already. So the same warning is left out at several values of
    the belief that it meets, and of nothing else. All worlds are played on the same chance.

    Parameters
    ----------
    scenario
        The crisis.
    place
        Dotted place of the quantity, as `Scenario.replace` takes it: ``commitments.usa-isr.credence.mean``.
    values
        Values to put there, each once.
    without
        Id of a signal, event or commitment, or an occasion, whose signals are left out together. What is about it goes
        with it.
    event
        What is asked about, as in `Ensemble.probability`.
    actor, target
        Count only acts on fronts of this actor, against this target.
    runs
        Runs of each world: at each value one with the item, and one without.
    seed
        Seed of all of them.
    level
        Confidence level of the intervals, each by itself.
    workers, executor, progress
        As in `escalation.montecarlo.runner.run`. Ctrl-C returns what the runs say that are finished in all worlds.
    store
        Folder in which finished runs are kept, those of each world in a folder named by the hash of its scenario.

    Returns
    -------
    ConditionalEffect
        The effect at each value: without it minus with it.

    Raises
    ------
    StudyError
        If an argument is not possible, or the scenario has no such place, event or item; before any run is played.
    ScenarioError
        If a value is not allowed at its place.
    StoreError
        If the folder cannot be used.
    KeyboardInterrupt
        If Ctrl-C was pressed before any run was finished in all worlds.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> study = esc.conditional_effect(
    ...     crisis,
    ...     "commitments.alliance.credence.mean",
    ...     [0.1, 0.9],
    ...     without="alliance",
    ...     runs=500,
    ...     seed=1,
    ...     progress=False,
    ... )
    >>> study.largest.value
    0.9
    """
    check_level(level)
    seed = whole_seed(seed)
    # Numbers of numpy, as linspace gives them, become Python's own, which JSON can hold.
    points = [value.item() if isinstance(value, np.generic) else value for value in values]
    twice = [value for k, value in enumerate(points) if value in points[:k]]
    if not points or twice:
        found = f"{twice[0]!r} is there twice" if twice else "there is none"
        raise StudyError(f"values must be one or more, each once; {found}")
    item = item_named(scenario, without)
    worlds = [scenario.replace(place, value) for value in points]
    played = play_event_runs(
        # World and world without in turn: a point finds its two at 2k and 2k + 1.
        [each for world in worlds for each in (world, without_item(world, item))],
        event,
        actor=actor,
        target=target,
        runs=runs,
        seed=seed,
        workers=workers,
        executor=executor,
        progress=progress,
        store=store,
    )
    return ConditionalEffect(
        scenario=scenario,
        item=item,
        place=place,
        event=event,
        actor=actor,
        target=target,
        seed=seed,
        runs=played.happened.shape[1],
        level=level,
        points=tuple(
            _point(played, 2 * k, value, item, seed=seed, level=level, event=event) for k, value in enumerate(points)
        ),
        interrupted=played.interrupted,
    )


def _point(played: EventRuns, world: int, value: Any, item: Item, *, seed: int, level: float, event: str) -> EffectAt:
    within, without = played.happened[world], played.happened[world + 1]
    there = came_in(item, played.lowered[world], seed=seed, ended=played.ended[world])
    one, two = (
        proportion(int(happened.sum()), len(happened), level=level, event=event) for happened in (within, without)
    )
    found = effect_of(within, without, there, item=item.name, level=level, event=event)
    return EffectAt(
        value=value,
        within=one,
        without=two,
        effect=found.effect,
        came=found.came,
        effect_where_it_came=found.where_it_came,
    )
