"""Many runs of the scenario: probabilities with their intervals."""

from __future__ import annotations

import solara
from solara.alias import rv

from escalation.app import figures, markup
from escalation.app.address import MOST_RUNS
from escalation.app.downloads import ensemble_offers
from escalation.app.parts.desk import Desk
from escalation.app.parts.figure import Figure
from escalation.app.parts.pieces import Card, Downloads, Html, Progress, WholeNumber
from escalation.app.pictures import Source
from escalation.app.study import Study
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.progress import Hook
from escalation.montecarlo.runner import run as run_many
from escalation.world.plain_words import event_words

__all__ = ["RunsPart"]


@solara.component
def RunsPart(desk: Desk) -> None:
    """How many runs, how far they are, and what they say."""
    session = desk.session.value
    desk.beat.get()
    runs, seed = desk.runs.value, session.seed
    study: Study[Ensemble] | None = desk.ensemble.value

    def work(told: Hook) -> Ensemble:
        return run_many(session.scenario, runs=runs, seed=seed, progress=told)

    busy = study is not None and not study.over
    with rv.Html(tag="div"):
        with Card("Run it many times"):
            with rv.Html(tag="div", class_="esc-controls"):
                WholeNumber("Number of runs", runs, desk.runs.set, MOST_RUNS, 1)
                WholeNumber("Seed", seed, desk.reseed, 2**64 - 1)
                solara.Button("Run", color="primary", on_click=lambda: desk.run(work), disabled=busy)
            Progress("the ensemble", study, lambda: desk.end(study))
        if study is not None and study.over and study.result is not None:
            _Results(study.result)


@solara.component
def _Results(ensemble: Ensemble) -> None:
    words = {event: event_words(event, ensemble.scenario) for event in ensemble.events}

    def source(figure: str) -> Source:
        return Source(ensemble.scenario, figure, seed=ensemble.seed, runs=ensemble.runs, level=figures.LEVEL)

    with rv.Html(tag="div", class_="esc-columns"):
        with Card("How likely, given the scenario"):
            Html(markup.estimate_answer(ensemble, words))
            Html(markup.estimates_table(ensemble, words), classes="esc-numbers")
            Downloads(ensemble_offers(ensemble))
        with rv.Html(tag="div"):
            with Card("How high it has climbed by each day", classes="esc-aside"):
                Figure(figures.fan(ensemble), [id(ensemble)], source("climb"))
            with Card("The highest rung reached"):
                Figure(figures.peaks(ensemble), [id(ensemble)], source("peaks"))
