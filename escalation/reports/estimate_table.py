"""Estimates as a table for other programs: CSV with a row an estimate, and LaTeX for a paper."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from escalation.errors import StudyError
from escalation.estimates.estimate import Estimate
from escalation.estimates.paired import DIFFERENCE_IS, PairedDifference
from escalation.files.whole import written_whole
from escalation.version import __version__

if TYPE_CHECKING:
    from escalation.analysis.uncertain.sensitivity import Sensitivity
    from escalation.analysis.what_mattered.left_out import LeaveOneOut
    from escalation.montecarlo.compare import Comparison
    from escalation.montecarlo.ensemble import Ensemble
    from escalation.world.scenario import Scenario

__all__ = [
    "ENDINGS",
    "EstimateTable",
    "check_table",
    "table_of_comparison",
    "table_of_ensemble",
    "table_of_leave_one_out",
    "table_of_sensitivity",
]

ENDINGS = (".csv", ".tex")
"""Endings of the names of files that a table of estimates can be saved to."""

Row = tuple[str, str, Mapping[str, Estimate | PairedDifference]]
"""Id of a row, its plain words, and its estimates by the name of their quantity."""

_CSV = ("what", "words", "quantity", "value", "low", "high", "level", "n", "method", "p_value")
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        **{mark: f"\\{mark}" for mark in "&%$#_{}"},
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": "$<$",
        ">": "$>$",
        "→": r"$\to$",
        "−": "$-$",
        "μ": r"$\mu$",
    }
)


@dataclass(frozen=True, slots=True)
class EstimateTable:
    """A table of estimates with their intervals.

    Parameters
    ----------
    head
        What the rows are: events, factors or items.
    rows
        For each its id, its plain words, and its estimates by the name of their quantity.
    notes
        What the table rests on, a sentence each.

    Examples
    --------
    >>> one = Estimate(0.25, 0.2, 0.31, 200, "wilson")
    >>> table = EstimateTable("event", (("war", "war, however it comes about", {"probability": one}),), ())
    >>> print(table.csv(), end="")
    what,words,quantity,value,low,high,level,n,method,p_value
    war,"war, however it comes about",probability,0.25,0.2,0.31,0.95,200,wilson,
    """

    head: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def csv(self) -> str:
        """Table as CSV, a row an estimate, with every number in full."""
        text = io.StringIO()
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(_CSV)
        for name, words, found in self.rows:
            for quantity, one in found.items():
                p_value = one.p_value if isinstance(one, PairedDifference) else ""
                ends = (one.value, one.low, one.high, one.level, one.n, one.method, p_value)
                lines.writerow((name, words, quantity, *ends))
        return text.getvalue()

    def latex(self) -> str:
        """Table as LaTeX for the package booktabs, an estimate with its interval a cell.

        Returns
        -------
        str
            A `tabular`, to be put in a `table` with a caption; lines of comment above say what it rests on.
        """
        quantities = list(dict.fromkeys(quantity for _, _, found in self.rows for quantity in found))
        lines = [
            *(f"% {note}" for note in self.notes),
            r"% needs \usepackage{booktabs}",
            rf"\begin{{tabular}}{{l{'r' * len(quantities)}}}",
            r"\toprule",
            _line((self.head, *quantities)),
            r"\midrule",
            *(
                _line((words, *(found[one].number_text() if one in found else "" for one in quantities)))
                for _, words, found in self.rows
            ),
            r"\bottomrule",
            *(
                rf"\multicolumn{{{1 + len(quantities)}}}{{l}}{{\footnotesize {_escaped(note)}}} \\"
                for note in self.notes
            ),
            r"\end{tabular}",
        ]
        return "\n".join(lines) + "\n"

    def save(self, path: str | Path) -> None:
        """Save the table in the form that the ending of the file's name says.

        Parameters
        ----------
        path
            File to write: .csv or .tex.

        Raises
        ------
        StudyError
            If its folder does not exist, or the name ends otherwise.
        """
        file = check_table(Path(path))
        with written_whole(file) as part:
            text = self.csv() if file.suffix.lower() == ".csv" else self.latex()
            part.write_text(text, encoding="utf-8", newline="\n")


def check_table(path: Path) -> Path:
    """Refuse, before the work is done, a file that no table of estimates could be saved to.

    Raises
    ------
    StudyError
        If its folder does not exist, or its name ends otherwise than a table's.
    """
    if path.suffix.lower() not in ENDINGS:
        raise StudyError(f"{path}: a table of estimates can be saved as {' or '.join(ENDINGS)}")
    if not path.parent.is_dir():
        raise StudyError(f"{path}: there is no folder {path.parent}; make it first")
    return path


def table_of_ensemble(ensemble: Ensemble, *, events: Iterable[str] = ()) -> EstimateTable:
    r"""Table of the probability of each event.

    Parameters
    ----------
    ensemble
        The runs.
    events
        Events besides those that the ensemble lists.

    Examples
    --------
    >>> import escalation as esc
    >>> ensemble = esc.run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> print(table_of_ensemble(ensemble).latex().splitlines()[7])
    somebody chooses force & 0.275 [0.218, 0.341] \\
    """
    from escalation.world.plain_words import counted, event_words

    rows = tuple(
        (event, event_words(event, ensemble.scenario), {"probability": ensemble.probability(event)})
        for event in dict.fromkeys((*ensemble.events, *events))
    )
    notes = _notes(ensemble.scenario, counted(ensemble.runs, "run"), ensemble.seed, [found for *_, found in rows])
    return EstimateTable("event", rows, notes)


def table_of_comparison(comparison: Comparison) -> EstimateTable:
    """Table of the probability of each event in both worlds, and of the difference."""
    from escalation.world.plain_words import counted, event_words

    first, second, level = comparison.first, comparison.second, comparison.level
    rows: tuple[Row, ...] = tuple(
        (
            event,
            event_words(event, second.scenario),
            {
                "unchanged": first.probability(event, level=level),
                "changed": second.probability(event, level=level),
                "difference": difference,
            },
        )
        for event, difference in comparison.differences.items()
    )
    changed = ", ".join(path for path, _, _ in first.scenario.diff(second.scenario)) or "nothing"
    size = f"{counted(comparison.runs, 'pair')} of runs"
    notes = _notes(first.scenario, size, comparison.seed, [found for *_, found in rows])
    return EstimateTable("event", rows, (*notes, f"The difference is {DIFFERENCE_IS}; changed: {changed}."))


def table_of_leave_one_out(study: LeaveOneOut) -> EstimateTable:
    """Table of what leaving out each item changes: how often it came, and the effect over all runs and over these."""
    from escalation.world.plain_words import counted, item_label

    rows: list[Row] = []
    for row in study.rows:
        found: dict[str, Estimate | PairedDifference] = {"came": row.came, "effect": row.effect}
        if row.effect_where_it_came is not None:
            found["effect where it came"] = row.effect_where_it_came
        rows.append((row.item.name, item_label(row.item.name, study.scenario), found))
    size = f"{counted(study.runs, 'run')} of each world"
    which = f"{DIFFERENCE_IS}, which is without the item minus with it"
    asked = f"Effects are on the probability of this: {study.asked}; they are {which}."
    with_all = f"With everything in it, the probability is {study.baseline.number_text()}."
    notes = _notes(study.scenario, size, study.seed, [estimates for *_, estimates in rows])
    return EstimateTable("item", tuple(rows), (*notes, asked, with_all))


def table_of_sensitivity(study: Sensitivity) -> EstimateTable:
    """Table of the indices of each factor."""
    from escalation.world.plain_words import counted, place_words

    names = {"first": "first order", "total": "total", "mu_star": "μ* (mean size)", "mu": "μ (with sign)"}
    rows = tuple(
        (name, place_words(name, study.scenario), {names.get(kind, kind): one for kind, one in found.items()})
        for name, found in study.indices.items()
    )
    size = f"{counted(study.points, 'point')} of {counted(study.runs, 'run')}"
    asked = f"Of the probability of this: {study.asked}."
    notes = (*_notes(study.scenario, size, study.seed, [found for *_, found in rows]), asked)
    return EstimateTable("factor", rows, (*notes, study.warning) if study.warning else notes)


def _notes(
    scenario: Scenario, size: str, seed: int, found: Iterable[Mapping[str, Estimate | PairedDifference]]
) -> tuple[str, ...]:
    """What a table rests on, and how its intervals were made."""
    made = dict.fromkeys((one.method, one.level) for row in found for one in row.values())
    methods = ", ".join(f"{method.title()} {100.0 * level:g} %" for method, level in made)
    rests = f"{scenario.name} (hash {scenario.hash[:12]}), {size}, seed {seed}, escalation {__version__}."
    return rests, f"Intervals: {methods}."


def _line(cells: Iterable[str]) -> str:
    return f"{' & '.join(map(_escaped, cells))} \\\\"


def _escaped(text: str) -> str:
    """Text with what TeX would take for commands made harmless, and the minus of a number as a minus."""
    return re.sub(r"(?<![^\s\[(])-(?=\d)", "−", text).translate(_LATEX)
