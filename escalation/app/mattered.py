"""What mattered, in words and a table: what leaving out each item of a scenario changes."""

from __future__ import annotations

from html import escape

from escalation.analysis.what_mattered.left_out import LeaveOneOut
from escalation.app.markup import number_cell
from escalation.engines.lower import lower_once
from escalation.estimates.paired import DIFFERENCE_IS
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.events import event_names
from escalation.world.plain_words import told_events
from escalation.world.scenario import Scenario

__all__ = ["USUAL_EVENT", "events_asked", "mattered_table", "mattered_words"]

USUAL_EVENT = "initiation"
"""Event that is asked about where none is chosen."""
_MOST = 3
"""Most items that are told of in words."""


def events_asked(scenario: Scenario) -> tuple[str, ...]:
    """Events of a scenario that can be asked about, the usual one first."""
    events = told_events(event_names(Axes.of(scenario, lower_once(scenario))), scenario)
    return (USUAL_EVENT, *(event for event in events if event != USUAL_EVENT))


def mattered_words(study: LeaveOneOut) -> str:
    """What came of it, in sentences: what was asked, what mattered most, and why for those who open it."""
    asked, reasons = study.sentences(most=0), study.sentences(most=_MOST)
    told = "".join(f"<p>{escape(words)}</p>" for words in asked)
    most = "".join(f"<li>{escape(words)}</li>" for words in study.in_words(most=_MOST))
    why = "".join(f"<p>{escape(words)}</p>" for words in reasons[len(asked) :])
    return (
        f"{told}<p><strong>What mattered most:</strong></p><ul>{most}</ul>"
        f"<details><summary>How often it came, and what it moved</summary>{why}</details>"
    )


def mattered_table(study: LeaveOneOut) -> str:
    """Every item, the largest difference first; in bold where it can be told from no effect, all taken together."""
    head, rows = study.table()
    clear = {row.item.name for row in study.clear}
    body = []
    for row, (name, *cells, _) in zip(study.rows, rows, strict=True):
        numbers = [number_cell(cell) for cell in cells]
        item = escape(name)
        if row.item.name in clear:
            place = head.index("effect") - 1
            item, numbers[place] = f"<strong>{item}</strong>", f"<strong>{numbers[place]}</strong>"
        body.append(f"<tr><th scope='row'>{item}</th>{''.join(f'<td>{number}</td>' for number in numbers)}</tr>")
    cut = " Cancelled: these are the runs that were finished in all worlds." if study.interrupted else ""
    caption = (
        f"{study.runs:,} runs of each world on the same chance, seed {study.seed}; intervals of "
        f"{100 * study.level:g} %, each by itself. The effect is {DIFFERENCE_IS}: without the item minus with it. "
        f"An item is in bold where its effect can be told from none, all items taken together.{cut}"
    )
    names = "".join(f"<th scope='col'>{escape(name)}</th>" for name in head[:-1])
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{names}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table>"
    )
