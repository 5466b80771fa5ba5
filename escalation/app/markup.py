"""Pieces of HTML for the page, with everything that comes from a scenario escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from escalation.app.chronicle import Happening
from escalation.app.uploads import Refusal
from escalation.app.wording import LIMITS, LIMITS_SHORT, date_words
from escalation.engines.explaining.explanation import Explanation
from escalation.engines.explaining.traces import Traces
from escalation.estimates.html import table
from escalation.estimates.paired import DIFFERENCE_IS
from escalation.montecarlo.compare import Comparison
from escalation.montecarlo.ensemble import Ensemble
from escalation.world.plain_words import counted

__all__ = [
    "comparison_answer",
    "comparison_table",
    "estimate_answer",
    "estimates_table",
    "explanation_notes",
    "happening_list",
    "limits",
    "message",
    "meters",
    "moves_table",
    "number_cell",
    "refusal",
    "rung_legend",
]

_EARLIER = 12
"""Most lines of what happened before."""
_LEAST_MOVE = 0.01
"""Least move of a belief that is told."""


def limits() -> str:
    """What the numbers are not: a line, and more for those who open it."""
    more = "".join(f"<li>{escape(words)}</li>" for words in LIMITS)
    return f"<details><summary>{escape(LIMITS_SHORT)} <u>What they are not</u></summary><ul>{more}</ul></details>"


def refusal(refused: Refusal) -> str:
    """All faults of a file that was not taken, each with its place."""
    rows = "".join(
        f"<li>{f'<code>{escape(fault.where)}</code>: ' if fault.where else ''}{escape(fault.what)}</li>"
        for fault in refused.faults
    )
    count = len(refused.faults)
    many = "a fault" if count == 1 else f"{count} faults"
    return f"<p><strong>{escape(refused.file)}</strong> was not taken; it has {many}:</p><ul>{rows}</ul>"


def happening_list(
    happenings: Sequence[Happening],
    colours: Sequence[str],
    *,
    dated: bool,
    none: str = "Nothing.",
    most: int = _EARLIER,
) -> str:
    """What happened as a list, each act marked with the colour of its rung.

    Parameters
    ----------
    happenings
        What happened.
    colours
        A colour for each rung.
    dated
        Whether to write the date before each.
    none
        What to say where nothing happened.
    most
        Most of them that are shown.
    """
    if not happenings:
        return f"<p class='esc-quiet'>{escape(none)}</p>"
    rows = []
    for row in happenings[:most]:
        when = f"<time>{escape(date_words(row.date))}</time> " if dated else ""
        mark = f" style='border-color:{colours[row.rung]}'" if row.rung else ""
        rows.append(f"<li class='esc-{row.kind}'{mark}>{when}{escape(row.words)}</li>")
    more = len(happenings) - most
    rest = f"<p class='esc-quiet'>and {more} more</p>" if more > 0 else ""
    return f"<ul class='esc-happenings'>{''.join(rows)}</ul>{rest}"


def rung_legend(
    rungs: Sequence[str], colours: Sequence[str], used: Iterable[int], *, conciliatory: str | None = None
) -> str:
    """Colours of the rungs that are used; the lowest stands for nothing going on, and one more for conciliation."""
    shown = sorted({0, *used})
    rows = "".join(
        f"<span><i style='background:{colours[k]}'></i>{escape(rungs[k]) if k else 'nothing goes on'}</span>"
        for k in shown
    )
    if conciliatory is not None:
        rows += f"<span><i style='background:{conciliatory}'></i>conciliatory move</span>"
    return f"<div class='esc-legend'>{rows}<span><b></b>commitment</span><span><s></s>principal to proxy</span></div>"


def meters(rows: Iterable[tuple[str, float]]) -> str:
    """Numbers from 0 to 1 as bars, with words and value."""
    lines = "".join(
        f"<div class='esc-meter'><span>{escape(words)}</span>"
        f"<meter min='0' max='1' value='{min(max(value, 0.0), 1.0):.4f}'>{value:.2f}</meter><b>{value:.2f}</b></div>"
        for words, value in rows
    )
    return f"<div class='esc-meters'>{lines}</div>"


def explanation_notes(decision: Explanation) -> str:
    """Why in a sentence, and what was believed and what had moved it."""
    believed = [(row.words, f"{row.value:.2f}", row.moved_by) for row in decision.beliefs]
    beliefs = table(("belief or feeling", "value", "moved by"), believed)
    return (
        f"<p>{escape(decision.sentence)}</p>"
        f"<details><summary>What {escape(decision.actor_name)} believed and felt, and what moved it</summary>"
        f"<div class='esc-wide'>{beliefs}</div></details>"
    )


def moves_table(through: Traces, names: Sequence[str], *, day: float) -> str:
    """What moved beliefs up to a day, the latest first; nothing of what fades.

    Parameters
    ----------
    through
        The beliefs of an actor on a front.
    names
        Those to tell of, by their places.
    day
        Days after the start.
    """
    rows = []
    for trace in through.traces:
        for move in trace.moves:
            told = move.kind in ("signal", "event", "acts") and abs(move.after - move.before) >= _LEAST_MOVE
            if trace.name in names and told and move.day <= day + 1e-6:
                rows.append((move.day, "acts" if move.kind == "acts" else move.words or move.source, trace.words, move))
    rows.sort(key=lambda row: -row[0])
    if not rows:
        return "<p class='esc-quiet'>Nothing has moved them yet.</p>"
    cells = [
        (f"{when:g}", what, words, f"{move.before:.2f} to {move.after:.2f}")
        for when, what, words, move in rows[:_EARLIER]
    ]
    more = len(rows) - len(cells)
    rest = f"<p class='esc-quiet'>and {more} more</p>" if more > 0 else ""
    return table(("day", "moved by", "what", "from, to"), cells) + rest


def estimates_table(ensemble: Ensemble, words: dict[str, str]) -> str:
    """Probability of every event, with its interval.

    Parameters
    ----------
    ensemble
        The runs.
    words
        What to call each event.
    """
    rows = [(words[event], ensemble.probability(event).number_text()) for event in ensemble.events]
    cut = " These are the runs that were finished when it was cancelled." if ensemble.interrupted else ""
    caption = (
        f"{counted(ensemble.runs, 'run')}, seed {ensemble.seed}; intervals of 95 % ({ensemble.method.title()}).{cut}"
    )
    return table(("event", "probability"), rows, caption=caption)


def comparison_table(pair: Comparison, words: dict[str, str]) -> str:
    """Every event in both worlds, and the difference; in bold where its interval leaves out 0.

    Parameters
    ----------
    pair
        The two worlds, compared.
    words
        What to call each event.
    """
    body = []
    for event, gap in pair.differences.items():
        clear = not gap.low <= 0.0 <= gap.high
        cells = (pair.first.probability(event), pair.second.probability(event), gap)
        numbers = "".join(f"<td>{number_cell(cell.number_text())}</td>" for cell in cells)
        body.append(
            f"<tr{' class=esc-clear' if clear else ''}><th scope='row'>{escape(words[event])}</th>{numbers}</tr>"
        )
    cut = " Cancelled: these are the pairs that were finished." if pair.interrupted else ""
    caption = (
        f"{pair.runs:,} pairs of runs on the same chance, seed {pair.seed}; intervals of 95 %. The difference is "
        f"what the change did ({DIFFERENCE_IS}), in bold where its interval leaves out 0.{cut}"
    )
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("event", "unchanged", "changed", "difference"))
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def estimate_answer(ensemble: Ensemble, words: dict[str, str]) -> str:
    """Probability of the first event, in words for a room."""
    event = ensemble.events[0]
    text = f"{words[event]}: {ensemble.probability(event).number_text()}, in {counted(ensemble.runs, 'run')}."
    return f"<p class='esc-answer'>{escape(_sentence(text))}</p>"


def comparison_answer(pair: Comparison, words: dict[str, str]) -> str:
    """What a change does to the probability of the first event, in words for a room."""
    event = pair.first.events[0]
    before, after = (world.probability(event).number_text() for world in (pair.first, pair.second))
    gap = pair.differences[event].number_text()
    text = f"{words[event]}: {before} unchanged, {after} changed. The change makes a difference of {gap}."
    return f"<p class='esc-answer'>{escape(_sentence(text))}</p>"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def number_cell(text: str) -> str:
    """A number and its interval, which may go on a line of its own."""
    value, space, interval = text.partition(" [")
    return f"<span>{escape(value)}</span>{f' <span>[{escape(interval)}</span>' if space else ''}"


def message(text: str) -> str:
    """A message that may have several lines."""
    return f"<p style='white-space:pre-line'>{escape(text)}</p>"
