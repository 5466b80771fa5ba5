"""What mattered: each signal, event and commitment left out in turn, on the same chance."""

from __future__ import annotations

import solara
from solara.alias import rv

from escalation.analysis.what_mattered.leave_one_out import leave_one_out
from escalation.analysis.what_mattered.left_out import LeaveOneOut
from escalation.app import figures
from escalation.app.address import MOST_RUNS
from escalation.app.downloads import mattered_offers
from escalation.app.mattered import asked_name, events_asked, mattered_table, mattered_words, sides_asked
from escalation.app.parts.desk import Desk
from escalation.app.parts.figure import Figure
from escalation.app.parts.pieces import Card, Choose, Downloads, Html, Progress, WholeNumber
from escalation.app.pictures import Source
from escalation.app.study import Study
from escalation.montecarlo.progress import Hook
from escalation.world.plain_words import actor_name, event_words
from escalation.world.scenario import Scenario

__all__ = ["MatteredPart"]


@solara.component
def MatteredPart(desk: Desk) -> None:
    """What is asked, how far the runs are, and what they say."""
    session = desk.session.value
    desk.beat.get()
    scenario, runs, seed, event = session.scenario, desk.runs.value, session.seed, desk.event.value
    actor, target = desk.sides.value
    study: Study[LeaveOneOut] | None = desk.mattered.value
    events = solara.use_memo(
        lambda: [(name, event_words(name, scenario)) for name in events_asked(scenario)], [scenario]
    )

    sides = solara.use_memo(lambda: sides_asked(scenario, event), [scenario, event])

    def work(told: Hook) -> LeaveOneOut:
        return leave_one_out(
            scenario, event=event, actor=actor or None, target=target or None, runs=runs, seed=seed, progress=told
        )  # fmt: skip

    busy = study is not None and not study.over
    with rv.Html(tag="div"):
        with Card("Leave out each item in turn"):
            Html(
                "<p class='esc-quiet'>Each signal, event and commitment is left out in turn, on the same chance. The "
                "difference says what that does to the probability of the event.</p>"
            )
            Choose("Event", events, event, lambda other: desk.ask(other, actor, target))
            if len(sides) > 1:
                actors, targets = _sides(scenario, sides, actor)
                with rv.Html(tag="div", class_="esc-sides"):
                    Choose("Whose acts count", actors, actor, lambda other: desk.ask(event, other, target))
                    Choose("Against whom", targets, target, lambda other: desk.ask(event, actor, other))
            with rv.Html(tag="div", class_="esc-controls"):
                WholeNumber("Number of runs", runs, desk.runs.set, MOST_RUNS, 1)
                WholeNumber("Seed", seed, desk.reseed, 2**64 - 1)
                solara.Button("Leave each out", color="primary", on_click=lambda: desk.leave_out(work), disabled=busy)
            Progress("leaving each item out", study, lambda: desk.end(study))
        if study is not None and study.over and study.result is not None:
            _Results(study.result)


def _sides(
    scenario: Scenario, sides: tuple[tuple[str, str], ...], actor: str
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Actors whose acts can count, and those against whom the actor chosen acts, each with words."""
    actors = [name for name, target in sides if name and not target]
    targets = [target for name, target in sides if target and name == actor]
    return (
        [("", "anybody's"), *((name, actor_name(scenario, name)) for name in actors)],
        [("", "anybody"), *((name, actor_name(scenario, name)) for name in targets)],
    )


@solara.component
def _Results(study: LeaveOneOut) -> None:
    source = Source(study.scenario, asked_name(study), seed=study.seed, runs=study.runs, pairs=True, level=study.level)
    with rv.Html(tag="div"):
        with Card("What mattered"):
            Html(mattered_words(study), classes="esc-why")
        with Card("What leaving each out does", classes="esc-aside"):
            Html(mattered_table(study), classes="esc-numbers")
            Downloads(mattered_offers(study))
        with Card("The differences"):
            Figure(figures.leave_one_out(study), [id(study)], source)
