"""What a change makes of it: the scenario and an alternative on the same chance, side by side."""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape

import solara
from solara.alias import rv

from escalation.app import figures, markup
from escalation.app.address import PAIRS
from escalation.app.downloads import comparison_offers, scenario_offer
from escalation.app.edits import Dial, Edits, dials, removable
from escalation.app.parts.desk import Desk
from escalation.app.parts.figure import Figure
from escalation.app.parts.pieces import Card, Choose, Downloads, Html, Progress, Slider
from escalation.app.pictures import Source
from escalation.app.study import Study
from escalation.errors import EscalationError
from escalation.montecarlo.compare import Comparison
from escalation.montecarlo.compare import compare as compare_worlds
from escalation.montecarlo.progress import Hook
from escalation.world.plain_words import event_words

__all__ = ["ComparePart"]

_PAUSE = 0.4
"""Seconds for which a slider has to rest before its place is compared."""
_RUNS = tuple((str(pairs), f"{pairs:,} pairs of runs") for pairs in PAIRS)


@solara.component
def ComparePart(desk: Desk) -> None:
    """Edits on the left; both worlds on the right."""
    desk.beat.get()
    session = desk.session.value
    runs = desk.pairs.value
    study: Study[Comparison] | None = desk.comparison.value

    def begin() -> None:
        if not session.edits:
            desk.compare(None)
            return

        def work(told: Hook) -> Comparison:
            time.sleep(_PAUSE)
            told(0, 2 * runs)
            other = session.alternative
            return compare_worlds(session.scenario, other, runs=runs, seed=session.seed, progress=told)

        desk.compare(work)

    changes = solara.use_memo(lambda: tuple(words for _, words in session.edits.words(session.scenario)), [study])
    solara.use_effect(begin, [session.scenario, session.edits, session.seed, runs])
    with rv.Html(tag="div", class_="esc-columns esc-narrow-left"):
        with rv.Html(tag="div"):
            _Change(desk, session.edits)
        with rv.Html(tag="div"), Card("Unchanged and changed"):
            Choose("How many", _RUNS, str(runs), lambda pairs: desk.pairs.set(int(pairs)))
            if study is None:
                # In a room the panels in which something is changed are not there.
                where = "Leave the size for a room (P), and change" if desk.projected.value else "Change"
                Html(f"<p class='esc-quiet'>{where} something: then both worlds are run on the same chance.</p>")
            Progress("the comparison", study, lambda: desk.end(study))
            if study is not None and study.over and study.result is not None:
                _Worlds(study.result, changes)


@solara.component
def _Worlds(pair: Comparison, changes: tuple[str, ...]) -> None:
    words = {event: event_words(event, pair.first.scenario) for event in pair.differences}
    source = Source(
        pair.first.scenario, "compared", seed=pair.seed, runs=pair.runs, pairs=True, changes=changes, level=pair.level
    )
    with rv.Html(tag="div"):
        Html(markup.comparison_answer(pair, words))
        Html(markup.comparison_table(pair, words), classes="esc-numbers")
        Downloads(comparison_offers(pair))
        Figure(figures.comparison(pair), [id(pair)], source)


@solara.component
def _Change(desk: Desk, edits: Edits) -> None:
    session = desk.session.value
    scenario = session.scenario
    offered = solara.use_memo(lambda: dials(scenario), [scenario])
    group, set_group = solara.use_state(offered[0].group)
    path, set_path = solara.use_state("")
    groups = list(dict.fromkeys(dial.group for dial in offered))
    group = group if group in groups else groups[0]
    within = [dial for dial in offered if dial.group == group]
    dial = next((dial for dial in within if dial.path == path), within[0])

    def change(new: Edits) -> None:
        desk.session.value = desk.session.value.edited(new)

    with rv.Html(tag="div"):
        with Card("Move a number", classes="esc-aside"):
            Choose("Whose", [(name, name) for name in groups], group, set_group)
            Choose("Which number", [(row.path, row.label) for row in within], dial.path, set_path)
            _Slider(dial, edits, change).key(dial.path)
        with Card("Leave something out", classes="esc-aside"):
            left = {item: words for item, words in removable(scenario).items() if item not in edits.without}
            if left:
                Choose(
                    "Signal, event or commitment", list(left.items()), "", lambda item: change(edits.with_dropped(item))
                )
            else:
                Html("<p class='esc-quiet'>There is nothing that can be left out.</p>")
        with Card("What is changed"):
            _Changed(desk, edits, change)


@solara.component
def _Slider(dial: Dial, edits: Edits, change: Callable[[Edits], None]) -> None:
    value = dict(edits.values).get(dial.path, dial.value)
    with rv.Html(tag="div"):
        Html(f"<p class='esc-quiet'>{escape(dial.help)} The scenario says: {escape(dial.stated)}.</p>")
        Slider(
            f"{dial.group}, {dial.label}",
            value,
            lambda new: change(edits.with_value(dial.path, new)),
            ends=(dial.low, dial.high),
            step=dial.step,
            digits=3,
        )


@solara.component
def _Changed(desk: Desk, edits: Edits, change: Callable[[Edits], None]) -> None:
    session = desk.session.value
    if not edits:
        Html("<p class='esc-quiet'>Nothing yet.</p>")
        return
    with rv.Html(tag="div"):
        for what, words in edits.words(session.scenario):
            with rv.Html(tag="div", class_="esc-change").key(what):
                Html(escape(words), tag="span")
                solara.Button(
                    icon_name="mdi-undo", icon=True, small=True, on_click=lambda what=what: change(edits.undo(what)),
                    attributes={"aria-label": f"Undo: {words}", "title": "Undo"},
                )  # fmt: skip
        try:
            alternative = session.alternative
        except EscalationError as error:
            Html(markup.message(str(error)), classes="esc-refusal", attributes={"role": "alert"})
            return
        with rv.Html(tag="div", class_="esc-controls"):
            solara.Button(
                "Make this the scenario", outlined=True, small=True, on_click=lambda: desk.change(session.adopted())
            )
            Downloads([scenario_offer(alternative, label="Scenario as edited (TOML)")])
