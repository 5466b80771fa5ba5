"""What leaving out each item of a scenario changes: the result of `leave_one_out`, as data, tables and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from escalation.analysis.what_mattered.dose import BeliefMoved, Dose
from escalation.analysis.what_mattered.effects import columns_where_it_came, text_where_it_came
from escalation.analysis.what_mattered.items import Item
from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate, method_text
from escalation.estimates.holm import holm
from escalation.estimates.html import table as html_table
from escalation.estimates.paired import DIFFERENCE_IS, PairedDifference
from escalation.estimates.per_hundred import per_hundred
from escalation.montecarlo.provenance import study_head
from escalation.world.near import near
from escalation.world.plain_words import actor_words, asked_words, event_words, item_label, item_words, listed, sentence
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LeaveOneOut", "LeftOut"]

COLUMNS = ("item", "came", "effect", "effect where it came", "p (Holm)", "id")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What leaving out one item does.

    Parameters
    ----------
    item
        What was left out.
    effect
        Probability of the event without it minus that with it, over all runs.
    came
        Share of runs in which it was said, happened or was in force.
    effect_where_it_came
        The same difference over these runs alone; none where there is none of them.
    dose
        Which belief it moved and how it told in the next decisions; none where that was not asked for.
    """

    item: Item
    effect: PairedDifference
    came: Estimate
    effect_where_it_came: PairedDifference | None
    dose: Dose | None

    def to_dict(self) -> dict[str, Any]:
        """Row as ``--json`` prints it."""
        given = self.effect_where_it_came
        return {
            **self.item.to_dict(),
            "effect": self.effect.to_dict(),
            "came": self.came.to_dict(),
            "effect_where_it_came": None if given is None else given.to_dict(),
            "dose": None if self.dose is None else self.dose.to_dict(),
        }


@dataclass(frozen=True, slots=True, repr=False)
class LeaveOneOut:
    """What leaving out each signal, event and commitment changes.

    Parameters
    ----------
    scenario, event, actor, target, seed, runs
        What was asked, and how many runs of each world were played.
    level
        Confidence level of the intervals, each by itself.
    baseline
        Probability of the event with everything in the scenario.
    rows
        A row an item, the largest effect first.
    interrupted
        Whether it was cut short: fewer runs than were asked for, or no dose.

    Examples
    --------
    >>> import escalation as esc
    >>> study = esc.leave_one_out(esc.load("two-state-deterrence"), runs=2_000, seed=1, progress=False)
    >>> study
    <LeaveOneOut of 'two-state-deterrence': 2 items, 2,000 runs of each world, seed 1>
    """

    scenario: Scenario
    event: str
    actor: str | None
    target: str | None
    seed: int
    runs: int
    level: float
    baseline: Estimate
    rows: tuple[LeftOut, ...]
    interrupted: bool = False

    def row(self, item: str) -> LeftOut:
        """Row of an item.

        Parameters
        ----------
        item
            Its name, or a signal of its occasion.

        Returns
        -------
        LeftOut
            What leaving it out does.

        Raises
        ------
        StudyError
            If it was not left out.
        """
        known = {name: row for row in self.rows for name in (*row.item.parts, row.item.name)}
        if item not in known:
            raise StudyError(f"{item!r} was not left out in this study{near(item, known)}")
        return known[item]

    @property
    def asked(self) -> str:
        """The event in plain words, with whose acts count."""
        return asked_words(self.event, self.scenario, actor=self.actor, target=self.target)

    @property
    def p_values(self) -> tuple[float, ...]:
        """P-value of each row, which allows for the number of items that were tried [Holm1979]_."""
        return holm([row.effect.p_value for row in self.rows])

    @property
    def clear(self) -> tuple[LeftOut, ...]:
        """Rows whose effect can be told from none, all items taken together, at the level of the study."""
        return tuple(row for row, p in zip(self.rows, self.p_values, strict=True) if p <= 1.0 - self.level)

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Head and rows of a table as text, an item a row.

        Returns
        -------
        head : tuple of str
            Names of the columns.
        rows : list of tuple of str
            Cells.
        """
        return COLUMNS, [
            (
                item_label(row.item.name, self.scenario),
                _share(row.came),
                row.effect.number_text(),
                text_where_it_came(row.effect_where_it_came),
                f"{p:.2g}",
                row.item.name,
            )
            for row, p in zip(self.rows, self.p_values, strict=True)
        ]

    def to_dataframe(self) -> pd.DataFrame:
        """Effects as a table, an item a row, in the order of their size.

        Returns
        -------
        pandas.DataFrame
            By ``item``: kind; value, low, high and p-value of the effect over all runs; the adjusted p-value; the
            share of runs in which it came; value, low, high and number of runs of the effect where it came; the belief
            that it moved farthest, with the median difference and the share of runs; and the mean difference of
            log-odds. What is not known is missing.
        """
        import pandas as pd

        rows = [self._record(row, p) for row, p in zip(self.rows, self.p_values, strict=True)]
        return pd.DataFrame(rows).set_index("item")

    def _record(self, row: LeftOut, p: float) -> dict[str, Any]:
        dose = row.dose
        belief = dose.beliefs[0] if dose is not None and dose.beliefs else None
        odds = None if dose is None else dose.log_odds
        return {
            "item": row.item.name,
            "kind": row.item.kind,
            "effect": row.effect.value,
            "effect_low": row.effect.low,
            "effect_high": row.effect.high,
            "p_value": row.effect.p_value,
            "p_value_holm": p,
            "came": row.came.value,
            **columns_where_it_came(row.effect_where_it_came),
            "belief": None if belief is None else belief.name,
            "belief_moved": None if belief is None else belief.moved.value,
            "belief_difference": None if belief is None else belief.difference,
            "log_odds": None if odds is None else odds.value,
        }

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
            "event": self.event,
            "actor": self.actor,
            "target": self.target,
            "level": self.level,
            "difference_is": DIFFERENCE_IS,
            "baseline": self.baseline.to_dict(),
            "items": [{**row.to_dict(), "p_value_holm": p} for row, p in zip(self.rows, self.p_values, strict=True)],
            "sentences": self.sentences(),
        }

    def sentences(self, *, most: int = 3) -> list[str]:
        """What came of it, in plain sentences.

        Parameters
        ----------
        most
            Items to tell of, from the largest effect on.

        Returns
        -------
        list of str
            First what was asked, and how many items made a difference; then two or more sentences an item.
        """
        clear = len(self.clear)
        items = f"{len(self.rows)} item{'' if len(self.rows) == 1 else 's'}"
        told = [
            f"Asked: {self.asked}.",
            f"With everything in the scenario its probability is {self.baseline.number_text()}.",
            f"Of {items}, {clear or 'none'} can be told from no effect, all taken together.",
        ]
        weighed = event_words(self.event, self.scenario) if self.event.startswith("rung:") else "force"
        for row in self.rows[:most]:
            told += _of_row(row, item_words(row.item.name, self.scenario), weighed)
            if row.dose is not None and (bound := _who_is_bound(row.item, self.scenario)):
                told.append(f"It also binds {listed(bound)}: falling short of it has a price at home.")
        return told

    def in_words(self, *, most: int = 3) -> list[str]:
        """The items that mattered most, in words for readers who know no ids.

        Parameters
        ----------
        most
            Items to tell of, from the largest effect on; fewer where there are fewer.

        Returns
        -------
        list of str
            A sentence an item: which way leaving it out changes the event, and by how many of 100 runs.

        Examples
        --------
        >>> import escalation as esc
        >>> study = esc.leave_one_out(esc.load("two-state-deterrence"), runs=2_000, seed=1, progress=False)
        >>> len(study.in_words(most=1))
        1
        """
        return [self._in_words(row) for row in self.rows[:most]]

    def _in_words(self, row: LeftOut) -> str:
        gap, words = row.effect, item_words(row.item.name, self.scenario)
        if gap.low <= 0.0 <= gap.high:
            return f"Without {words} no difference was seen: {per_hundred(gap)}."
        way = "more" if gap.value > 0.0 else "less"
        return f"Without {words} it is {way} likely: the change is {per_hundred(gap)}."

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def __repr__(self) -> str:
        return (
            f"<LeaveOneOut of {self.scenario.name!r}: {len(self.rows)} items, {self.runs:,} runs of each world, "
            f"seed {self.seed}{', interrupted' if self.interrupted else ''}>"
        )

    def _repr_html_(self) -> str:
        label = method_text("bonett-price", level=self.level, n=self.runs)
        caption = (
            f"{self.scenario.name}, {self.asked}: what leaving out each item does, "
            f"without it minus with it ({label}, seed {self.seed})"
        )
        return html_table(*self.table(), caption=caption)


def _who_is_bound(item: Item, scenario: Scenario) -> list[str]:
    """Actors that an item binds at home: by a vow, by a threat once crossed, by an ultimatum once it is not met."""
    said = [scenario.signals[part] for part in item.parts if part in scenario.signals]
    bound = [signal.sender for signal in said if signal.binds and signal.may_be_public]
    return list(dict.fromkeys(actor_words(scenario, actor) for actor in bound))


def _share(share: Estimate) -> str:
    return f"{100.0 * share.value:.3g} %"


def _runs(count: int) -> str:
    return f"{count:,} run{'' if count == 1 else 's'}"


def _of_row(row: LeftOut, words: str, weighed: str) -> list[str]:
    gap = row.effect
    way = "more" if gap.value > 0.0 else "less"
    told = [f"Without {words} it is {way} likely: {gap.number_text()}."]
    if gap.low <= 0.0 <= gap.high:
        told = [f"Without {words} no difference was seen: {gap.number_text()}."]
    given = row.effect_where_it_came
    if given is not None and given.n < gap.n:
        told.append(f"It came in {_share(row.came)} of runs; over these alone the difference is {given.number_text()}.")
    if row.dose is not None:
        told += _of_dose(row.dose, weighed)
    return told


def _of_dose(dose: Dose, weighed: str) -> list[str]:
    told = [_of_belief(belief) for belief in dose.beliefs[:1]]
    if not told:
        told = [f"It moved no belief that these decisions use on the day it came, in {_runs(dose.runs)} where it came."]
    if dose.log_odds is not None:
        told.append(
            f"Without it the log-odds of {weighed} change by {dose.log_odds.number_text()} at the next decision on a "
            f"front that is asked about (mean of {dose.log_odds.n:,} runs)."
        )
    return told


def _of_belief(belief: BeliefMoved) -> str:
    return (
        f"{sentence(belief.words)} moved in {_share(belief.moved)} of {_runs(belief.moved.n)} where it came: "
        f"the median was {_medians(belief.without, belief.within)}."
    )


def _medians(without: float, within: float) -> str:
    """Two medians with as many digits as tell them apart.

    Examples
    --------
    >>> _medians(0.5, 0.51), _medians(0.6212, 0.6217)
    ('0.50 without it and 0.51 with it', '0.621 without it and 0.622 with it')
    >>> _medians(0.62, 0.62)
    '0.62 without it, and differs by less than 0.0001 with it'
    """
    for digits in (2, 3, 4):
        one, other = f"{without:.{digits}f}", f"{within:.{digits}f}"
        if one != other:
            return f"{one} without it and {other} with it"
    return f"{without:.2f} without it, and differs by less than 0.0001 with it"
