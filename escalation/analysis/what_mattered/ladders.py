"""Ladders: whether a conclusion depends on the ladder that it was reached on.

How high an act is, and how fine the steps are, is a judgement. A conclusion about a crisis should not rest on it: so
the scenario is told again on other ladders, and the same comparison is made on each.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Literal

from escalation.errors import StudyError
from escalation.estimates.html import table
from escalation.estimates.paired import DIFFERENCE_IS, PairedDifference, paired_difference
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import play_worlds
from escalation.world.ladder import Ladder, Rung, ladder_names, load_ladder
from escalation.world.near import near
from escalation.world.plain_words import asked_words
from escalation.world.scenario import Scenario

__all__ = ["LADDERS", "AcrossLadders", "OnLadder", "across_ladders", "counterpart", "on_ladder"]

LADDERS = ("default", "ten-rung", "kahn-44")
"""Ladders of the library, coarse to fine."""

Verdict = Literal["survives", "reversed", "undecided"]


@dataclass(frozen=True, slots=True)
class OnLadder:
    """One comparison, made on one ladder.

    Parameters
    ----------
    ladder
        Name of the ladder.
    event
        The event, as that ladder names it.
    first, second
        Outcomes of the two worlds, the unchanged and the changed.
    difference
        Probability of the event in the changed world minus that in the unchanged.
    """

    ladder: str
    event: str
    first: Ensemble
    second: Ensemble
    difference: PairedDifference

    @property
    def sign(self) -> int:
        """1 or -1 where the interval lies on one side of 0; 0 where it does not."""
        return int(self.difference.low > 0.0) - int(self.difference.high < 0.0)


@dataclass(frozen=True, slots=True)
class AcrossLadders:
    """One comparison, made on several ladders; the first is the one to survive on the others.

    Parameters
    ----------
    rows
        The comparison on each ladder.
    level
        Confidence level of the intervals.
    actor, target
        Whose acts count, against whom; none where all do.
    """

    rows: tuple[OnLadder, ...]
    level: float = 0.95
    actor: str | None = None
    target: str | None = None

    def verdict(self, ladder: str) -> Verdict:
        """What becomes of the conclusion on a ladder: it has the sign of the first, the other one, or none.

        Where the first ladder itself decides nothing, no other can bear it out.

        Raises
        ------
        StudyError
            If the comparison was not made on that ladder.
        """
        signs = {row.ladder: row.sign for row in self.rows}
        if ladder not in signs:
            raise StudyError(f"no ladder {ladder!r} in this study{near(ladder, signs)}")
        product = self.rows[0].sign * signs[ladder]
        return "survives" if product > 0 else "reversed" if product < 0 else "undecided"

    @property
    def survives(self) -> bool:
        """Whether the sign of the difference, and so the order of the two worlds, is the same on every ladder."""
        return all(self.verdict(row.ladder) == "survives" for row in self.rows)

    def summary(self) -> dict[str, Any]:
        """Differences and verdicts by ladder, as ``--json`` prints them."""
        first = self.rows[0].first

        def probability(world: Ensemble, event: str) -> dict[str, Any]:
            return world.probability(event, actor=self.actor, target=self.target, level=self.level).to_dict()

        return {
            "scenario": first.scenario.name,
            "other": self.rows[0].second.scenario.name,
            "seed": first.seed,
            "runs": first.runs,
            "actor": self.actor,
            "target": self.target,
            "survives": self.survives,
            "difference_is": DIFFERENCE_IS,
            "ladders": {
                row.ladder: {
                    "event": row.event,
                    "difference": row.difference.to_dict(),
                    "first": probability(row.first, row.event),
                    "second": probability(row.second, row.event),
                    "verdict": self.verdict(row.ladder),
                }
                for row in self.rows
            },
        }

    def rows_text(self) -> list[tuple[str, ...]]:
        """Ladder, event, difference and verdict of each row, as texts."""
        return [
            (
                row.ladder,
                asked_words(row.event, row.second.scenario, actor=self.actor, target=self.target),
                row.difference.number_text(),
                self.verdict(row.ladder),
            )
            for row in self.rows
        ]

    def _repr_html_(self) -> str:
        first = self.rows[0].first
        caption = f"{first.scenario.name}: {DIFFERENCE_IS}, {first.runs:,} pairs of runs, seed {first.seed}"
        return table(("ladder", "event", "difference", "verdict"), self.rows_text(), caption=caption)

    def __str__(self) -> str:
        width = max(len(row.ladder) for row in self.rows)
        return "\n".join(f"{row.ladder:<{width}}  {row.difference}  {self.verdict(row.ladder)}" for row in self.rows)


def _ladder(ladder: str | Ladder) -> Ladder:
    if isinstance(ladder, Ladder):
        return ladder
    if ladder not in ladder_names():
        raise StudyError(f"no ladder {ladder!r} in the library{near(ladder, ladder_names())}")
    return load_ladder(ladder)


def counterpart(rung: Rung, ladder: Ladder) -> Rung:
    """Rung of another ladder that is nearest in intensity among those of the same role; the lower of two as near.

    Raises
    ------
    StudyError
        If that ladder has no rung of the role.

    Examples
    --------
    >>> counterpart(load_ladder("default").rung("limited-strike"), load_ladder("ten-rung")).name
    'limited-strike'
    """
    alike = [other for other in ladder.rungs if other.role is rung.role]
    if not alike:
        roles = ", ".join(dict.fromkeys(other.role.value for other in ladder.rungs))
        raise StudyError(
            f"ladder {ladder.name!r} has no rung of role {rung.role.value} to stand for {rung.name!r}: {roles}"
        )
    # Rounded, so that two as near are so whatever the last bit says, and the first of them, the lower, is taken.
    return min(alike, key=lambda other: round(abs(other.intensity - rung.intensity), 9))


def on_ladder(scenario: Scenario, ladder: str | Ladder) -> Scenario:
    """Tell a scenario on another ladder.

    Rungs that it names (baselines, triggers, what was vowed, openly done or observed) become their counterparts there.
    What it leaves to a default, as the lowest rung of force, is left so. Severities are intensities and stay as they
    are.

    Parameters
    ----------
    scenario
        What to tell.
    ladder
        Name of a ladder in the library, or a ladder.

    Returns
    -------
    Scenario
        The same crisis on that ladder.

    Raises
    ------
    StudyError
        If the library has no ladder of that name, or the ladder no rung of a role that is needed.

    Examples
    --------
    >>> import escalation as esc
    >>> fine = on_ladder(esc.load("two-state-deterrence"), "kahn-44")
    >>> fine.signals["threat"].trigger
    'kahn-09-dramatic-confrontation'
    """
    target = _ladder(ladder)
    data = scenario.model_dump()
    data["ladder"] = target.model_dump()
    named = [(row, "baseline") for row in data["fronts"].values()]
    named += [(row, "trigger") for row in (*data["commitments"].values(), *data["signals"].values())]
    named += [(row, "while_below") for row in data["commitments"].values()]
    acts = [row for row in data["events"].values() if row["kind"] == "provocation"]
    named += [(row, "rung") for row in (*data["signals"].values(), *acts, *data["observed"])]
    for row, key in named:
        if row[key] is not None:
            row[key] = counterpart(scenario.ladder.rung(row[key]), target).name
    return Scenario.from_dict(data)


def _event_on(event: str, scenario: Scenario, ladder: Ladder) -> str:
    """Name that an event of a scenario has on another ladder."""
    kind, _, name = event.partition(":")
    if kind != "rung" or name not in scenario.ladder.names:
        return event  # a name that no ladder knows is refused when it is asked for
    return f"rung:{counterpart(scenario.ladder.rung(name), ladder).name}"


def across_ladders(
    scenario: Scenario,
    other: Scenario,
    *,
    event: str = "initiation",
    actor: str | None = None,
    target: str | None = None,
    ladders: Sequence[str | Ladder] = LADDERS,
    runs: int = 10_000,
    seed: int = 0,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
    level: float = 0.95,
) -> AcrossLadders:
    """Compare two scenarios on several ladders, and see whether the conclusion survives.

    Each pair is played on the same chance. The conclusion is the sign of the difference: of the effect of what was
    changed, or of two policies the order.

    Parameters
    ----------
    scenario, other
        The unchanged world and the changed one, on one ladder; a difference is changed minus unchanged.
    event
        Event to compare, as in `Ensemble.probability`; ``rung:<name>`` names a rung of the scenario's own ladder.
    actor, target
        Count only acts on fronts of this actor, against this target.
    ladders
        Ladders to tell both on: names in the library, or ladders. The first gives the conclusion.
    runs, seed, workers, executor, progress
        As in `escalation.montecarlo.runner.run`.
    level
        Confidence level of the intervals.

    Returns
    -------
    AcrossLadders
        The comparison on each ladder, and whether the conclusion survives.

    Raises
    ------
    StudyError
        If an argument is not possible.

    Examples
    --------
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence")
    >>> silent = scenario.without("threat")
    >>> study = across_ladders(scenario, silent, ladders=["default", "ten-rung"], runs=200, seed=1, progress=False)
    >>> [row.ladder for row in study.rows]
    ['default', 'ten-rung']
    """
    if scenario.ladder != other.ladder:
        raise StudyError("the two scenarios stand on different ladders; tell both on one, with on_ladder, first")
    told = [_ladder(ladder) for ladder in ladders]
    names = [ladder.name for ladder in told]
    if len(names) < 2 or len(set(names)) < len(names):
        raise StudyError(f"ladders must be two or more, of different names, not {names}")
    rows = []
    for ladder in told:
        name = _event_on(event, scenario, ladder)
        worlds = [on_ladder(scenario, ladder), on_ladder(other, ladder)]
        first, second = play_worlds(worlds, runs=runs, seed=seed, workers=workers, executor=executor, progress=progress)
        one, two = (world.occurs(name, actor=actor, target=target) for world in (first, second))
        rows.append(OnLadder(ladder.name, name, first, second, paired_difference(two, one, level=level, event=name)))
    return AcrossLadders(tuple(rows), level, actor, target)
