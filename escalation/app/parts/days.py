"""One crisis, day by day: what happened, who stands where, what was believed, and why each choice was made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import solara
from solara.alias import rv

from escalation.app import as_of, figures, markup
from escalation.app.downloads import run_offers
from escalation.app.parts.desk import Desk, Steps
from escalation.app.parts.figure import Figure
from escalation.app.parts.pieces import Card, Choose, Downloads, Html, Player, Slider, WholeNumber, use_made
from escalation.app.shared_views import Debriefing
from escalation.app.typical import Typical, typical
from escalation.app.viewing import Viewing
from escalation.app.wording import date_words, outcome_words
from escalation.engines.days import periods_of
from escalation.engines.explaining.explain import Decision
from escalation.world.plain_words import actor_name

__all__ = ["DaysPart", "Debriefed", "Viewer"]

_PACES = (
    ("0.5", "a step in 2 seconds"),
    ("1", "1 step a second"),
    ("2", "2 steps a second"),
    ("4", "4 steps a second"),
)


@solara.component
def DaysPart(desk: Desk) -> None:
    """A run of the scenario, to step through."""
    session = desk.session.value
    scenario, seed = session.scenario, session.seed
    ends, fault = use_made(lambda: typical(scenario, seed=seed), [scenario, seed])
    first = 0 if ends is None else ends.run
    run = session.run if desk.picked.value else None if ends is None else first

    play = _nothing if run is None else partial(Viewing.of_run, scenario, seed=seed, run=run)
    viewing, error = use_made(play, [scenario, seed, run], apart=run is not None)

    with rv.Html(tag="div"):
        with rv.Html(tag="div", class_="esc-controls esc-aside"):
            WholeNumber("Seed", seed, desk.reseed, 2**64 - 1)
            WholeNumber("Run", run or 0, lambda new: desk.look(seed, new), 2**40 - 1)
            solara.Button(
                "Another run",
                icon_name="mdi-dice-multiple-outline",
                text=True,
                on_click=lambda: desk.look(seed, (run or 0) + 1),
            )
            if desk.picked.value:
                solara.Button("A typical run", text=True, on_click=lambda: desk.look(seed, None))
            if viewing is not None:
                Downloads(run_offers(viewing.trajectory))
        if ends is not None and run == ends.run:
            Html(escape(ends.why()), tag="p", classes="esc-quiet")
        if viewing is None:
            what = "Playing the run…" if run is not None else "Looking for a run in which something happens…"
            Html(escape(error or fault) or what, classes="esc-drawing", attributes={"role": "status"})
        else:
            Viewer(desk, viewing, ends)


def _nothing() -> None:
    """Make nothing, while it is not known which run is asked for."""


@solara.component
def Viewer(desk: Steps, viewing: Viewing, ends: Typical | None = None) -> None:
    """A run or a game that is over, day by day; where it is known how other runs end, with how typical its end is."""
    period = min(desk.period.value, viewing.periods)
    solara.use_effect(lambda: desk.pause, [])
    with rv.Html(tag="div", class_="esc-days"):
        _Steps(desk, viewing, period)
        with rv.Html(tag="div", class_="esc-columns"):
            with rv.Html(tag="div"):
                _Board(viewing, period)
                _Happened(viewing, period, ends)
                _Course(viewing, period)
            with rv.Html(tag="div"):
                _Choices(desk, viewing, period)
                _Beliefs(desk, viewing, period)


@solara.component
def Debriefed(debriefing: Debriefing) -> None:
    """All of a game of several chairs, day by day."""
    steps = solara.use_memo(Steps, [])
    made, error = use_made(lambda: Viewing.of_debriefing(debriefing), [id(debriefing)])
    if made is None:
        Html(escape(error) or "Looking through the game…", classes="esc-drawing", attributes={"role": "status"})
    else:
        Viewer(steps, made)


@solara.component
def _Steps(desk: Steps, viewing: Viewing, period: int) -> None:
    def go(to: int) -> None:
        desk.step(to, viewing.periods)

    day, playing, pace = viewing.day(period), desk.playing.value, desk.pace.value
    with rv.Html(tag="div", class_="esc-steps"):
        Player(
            period, viewing.periods, playing=playing, pause=1.0 / pace, on_go=go,
            on_toggle=lambda: desk.toggle(viewing.periods),
        )  # fmt: skip
        solara.Button(
            "Pause" if playing else "Play", icon_name="mdi-pause" if playing else "mdi-play", color="primary",
            on_click=lambda: desk.toggle(viewing.periods), classes=["esc-play"],
        )  # fmt: skip
        with rv.Html(tag="div", class_="esc-pace"):
            Choose("Speed", _PACES, f"{pace:g}", lambda words: desk.pace.set(float(words)))
        _step("mdi-skip-previous", "First day", lambda: go(0), period == 0)
        _step("mdi-chevron-left", "Day before", lambda: go(period - 1), period == 0)
        solara.Button(
            "Next day", icon_name="mdi-chevron-right", outlined=True, on_click=lambda: go(period + 1),
            disabled=period == viewing.periods,
        )  # fmt: skip
        solara.Button(
            "Next on which anything happens", icon_name="mdi-fast-forward", outlined=True,
            on_click=lambda: go(viewing.next_busy(period)), disabled=period == viewing.periods,
        )  # fmt: skip
        _step("mdi-skip-next", "Last day", lambda: go(viewing.periods), period == viewing.periods)
        # Up to the horizon, for the end of the run is not to be seen before it comes.
        Slider("Day", period, lambda to: go(round(to)), ends=(0, periods_of(viewing.scenario)), step=1)
        date = date_words(viewing.scenario.date(day))
        words = f"<strong>{date}</strong>, day {day:g} of {viewing.scenario.horizon:g}"
        if desk.period.value > viewing.periods:
            words += ". The run ends here, before the day in the address."
        Html(words, tag="p", classes="esc-date", attributes={"role": "status"})


def _step(icon: str, label: str, on_click: Callable[[], None], disabled: bool) -> None:
    solara.Button(
        icon_name=icon,
        icon=True,
        on_click=on_click,
        disabled=disabled,
        attributes={"aria-label": label, "title": label},
    )


@solara.component
def _Board(viewing: Viewing, period: int) -> None:
    scenario = viewing.scenario
    now, day = viewing.standings(period), viewing.day(period)
    style = figures.standing_style(scenario, now, within="esc-board")
    with Card("Who stands where"):
        Html(style, tag="style")
        Figure(
            figures.board(scenario), [scenario], viewing.source("board", day), classes="esc-board",
            amend=as_of.shaded(scenario, now, day),
        )  # fmt: skip
        Html(figures.legend(scenario, now))


@solara.component
def _Happened(viewing: Viewing, period: int, ends: Typical | None) -> None:
    colours = figures.rung_colours(viewing.scenario)
    with Card("On this day"):
        if period == 0:
            Html("<p class='esc-quiet'>The crisis begins tomorrow. Step on.</p>")
        else:
            Html(markup.happening_list(viewing.on(period), colours, dated=False, none="Nothing happened."))
        if period == viewing.periods:
            rung = viewing.trajectory.rung_names.index(viewing.trajectory.outcome["peak"])
            like = "" if ends is None else f" {ends.likeness(rung)}"
            Html(f"<p><strong>The end.</strong> {escape(outcome_words(viewing.trajectory) + like)}</p>")
        earlier = viewing.before(period)
        if earlier:
            listed = markup.happening_list(earlier, colours, dated=True)
            Html(f"<details><summary>Before</summary>{listed}</details>")


@solara.component
def _Choices(desk: Steps, viewing: Viewing, period: int) -> None:
    choices = viewing.choices(period)
    keys = [choice.front for choice in choices]
    with Card("Choices, and why"):
        if not choices:
            Html("<p class='esc-quiet'>No decision fell on this day.</p>")
            return
        if desk.playing.value:  # an explanation replays the run, which takes longer than a day is shown
            told = "".join(f"<li>{escape(_choice_words(viewing, choice))}</li>" for choice in choices)
            Html(f"<ul>{told}</ul><p class='esc-quiet'>Pause to see why.</p>")
            return
        picked = desk.decision.value if desk.decision.value in keys else keys[0]
        with rv.RadioGroup(
            v_model=picked, on_v_model=desk.decision.set, hide_details=True, dense=True, class_="esc-choices"
        ):
            for choice in choices:
                rv.Radio(value=choice.front, label=_choice_words(viewing, choice))
        chosen = choices[keys.index(picked)]
        if viewing.by_person(chosen):
            Html(escape(viewing.person_words), tag="p")
        else:
            _Why(viewing, chosen).key(f"{chosen.day}-{chosen.front}")


def _choice_words(viewing: Viewing, choice: Decision) -> str:
    actor, target = (actor_name(viewing.scenario, name) for name in (choice.actor, choice.target))
    return f"{actor} against {target}: {choice.act} (probability {choice.probability:.2f})"


@solara.component
def _Why(viewing: Viewing, choice: Decision) -> None:
    found, error = use_made(partial(viewing.explain, choice), [choice.day, choice.front], apart=True)
    with rv.Html(tag="div", class_="esc-why"):
        if found is None:
            words = escape(error) or "Replaying the run to explain this choice…"
            Html(words, classes="esc-drawing", attributes={"role": "status"})
        else:
            Html(markup.explanation_notes(found))
            source = viewing.source(f"why-{choice.front}", choice.day)
            Figure(figures.explanation(found), [id(found)], source)


@solara.component
def _Course(viewing: Viewing, period: int) -> None:
    day = viewing.day(period)
    with Card("The course so far", classes="esc-aside"):
        Figure(
            figures.timeline(viewing.trajectory), [id(viewing)], viewing.source("acts", day),
            classes="esc-course", amend=as_of.until(day, period),
            overlay=lambda plate: (
                figures.day_line(plate, day) + figures.later_hidden(plate, period, within="esc-course")
            ),
        )  # fmt: skip


@solara.component
def _Beliefs(desk: Steps, viewing: Viewing, period: int) -> None:
    fronts = [front for front in viewing.scenario.fronts.values() if not front.at_war] or [
        *viewing.scenario.fronts.values()
    ]
    names = [front.id for front in fronts]
    front = desk.front.value if desk.front.value in names else names[0]
    day = viewing.day(period)
    rows = [
        (row.id, f"{actor_name(viewing.scenario, row.actor)} about {actor_name(viewing.scenario, row.target)}")
        for row in fronts
    ]
    with Card("What is believed", classes="esc-aside"):
        Choose("Who about whom", rows, front, desk.front.set)
        made, error = use_made(partial(viewing.traces, front), [id(viewing), front], apart=True)
        if made is None:
            Html(escape(error) or "Replaying the run…", classes="esc-drawing", attributes={"role": "status"})
            return
        Figure(
            figures.beliefs(made, horizon=viewing.scenario.horizon), [id(made)],
            viewing.source(f"beliefs-{front}", day), amend=as_of.until(day, period),
            overlay=lambda plate: figures.day_line(plate, day),
        )  # fmt: skip
        told = markup.moves_table(made, figures.believed(made), day=day)
        Html(f"<details><summary>What has moved them so far</summary><div class='esc-wide'>{told}</div></details>")
