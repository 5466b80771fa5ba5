"""What mattered, in words and a table: what leaving out each item of a scenario changes."""

from __future__ import annotations

from html import escape

from escalation.analysis.what_mattered.left_out import LeaveOneOut
from escalation.app.markup import number_cell
from escalation.engines.lower import lower_once
from escalation.errors import StudyError
from escalation.estimates.paired import DIFFERENCE_IS
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.events import event_names, query
from escalation.world.front import actor_and_target
from escalation.world.plain_words import told_events
from escalation.world.scenario import Scenario

__all__ = [
    "ANYBODY",
    "USUAL_EVENT",
    "asked_name",
    "events_asked",
    "mattered_table",
    "mattered_words",
    "nearest_sides",
    "sides_asked",
]

USUAL_EVENT = "initiation"
"""Event that is asked about where none is chosen."""
ANYBODY = ("", "")
"""Actor and target where anybody's acts count, against anybody."""
_MOST = 3
"""Most items that are told of in words."""


def events_asked(scenario: Scenario) -> tuple[str, ...]:
    """Events of a scenario that can be asked about, the usual one first."""
    events = told_events(event_names(Axes.of(scenario, lower_once(scenario))), scenario)
    return (USUAL_EVENT, *(event for event in events if event != USUAL_EVENT))


def sides_asked(scenario: Scenario, event: str) -> tuple[tuple[str, str], ...]:
    """Actors and targets whose acts an event can be asked of, by ids; an empty one stands for anybody.

    Parameters
    ----------
    scenario
        The crisis.
    event
        One of `events_asked`.

    Returns
    -------
    tuple of (str, str)
        Pairs, `ANYBODY` first; there is no other where the event is not of single fronts.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> sides_asked(crisis, "settled")
    (('', ''),)
    >>> ("challenger", "") in sides_asked(crisis, "initiation")
    True
    """
    axes = Axes.of(scenario, lower_once(scenario))
    fronts = [actor_and_target(front) for front in axes.front_ids]
    pairs = dict.fromkeys(
        [*((actor, "") for actor, _ in fronts), *(("", target) for _, target in fronts), *fronts]
    )  # fmt: skip
    return (ANYBODY, *(pair for pair in pairs if _can_be_asked(event, axes, *pair)))


def _can_be_asked(event: str, axes: Axes, actor: str, target: str) -> bool:
    try:
        query(event, axes, actor=actor or None, target=target or None)
    except StudyError:
        return False
    return True


def nearest_sides(scenario: Scenario, event: str, actor: str, target: str) -> tuple[str, str]:
    """Actor and target of whose acts an event can be asked: both that are wanted, or one of them, or anybody."""
    allowed = sides_asked(scenario, event)
    return next(pair for pair in ((actor, target), (actor, ""), ("", target), ANYBODY) if pair in allowed)


def asked_name(study: LeaveOneOut) -> str:
    """What was asked, for the name of a file: the event, and whose acts count against whom where that was said."""
    by = [f"by-{study.actor}"] if study.actor else []
    against = [f"against-{study.target}"] if study.target else []
    return "-".join(["mattered", study.event.replace(":", "-"), *by, *against])


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
