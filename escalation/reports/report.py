"""A report on one study: question, scenario, probabilities, pictures, uncertainty, limits, assumptions, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from escalation.analysis.uncertain.uncertainty import Uncertainty
from escalation.engines.lower import lower_once
from escalation.estimates.estimate import method_text
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.provenance import provenance
from escalation.reports.assumptions import assumed_numbers, numbered_source, reasons
from escalation.reports.bibliography import reference
from escalation.reports.citation import mechanisms_in_use, sources_in_use
from escalation.reports.page import Page, Picture, Section
from escalation.reports.scenario_tables import value_text
from escalation.reports.tables import Table
from escalation.world.plain_words import (
    actor_name,
    asked_words,
    counted,
    event_words,
    item_label,
    told_events,
)
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.estimates.estimate import Estimate
    from escalation.world.event import Event
    from escalation.world.signal import Signal

__all__ = ["report"]

_BOUNDS = (
    "What never happened is given as an upper bound, what always did as a lower one. What the scenario itself "
    "schedules is not counted."
)
_CHANCE_ALONE = (
    "is of Monte Carlo error alone: more runs make it narrower. How far the probability depends on what is not known "
    "was not studied here."
)
_TWO_KINDS = (
    "More runs make the Monte Carlo error smaller. The epistemic band is where the probability would lie if what is "
    "not known within the model were known: more runs do not make it narrower."
)
_NO_FORECAST = (
    "These are consequences of what the scenario states, for understanding and teaching. They forecast no particular "
    "event, and no output of a model is a reason to threaten or to use force."
)
_DIFFERENCES = "Differences between two scenarios on the same chance rest on less than levels do: report those first."
_ASSUMED = (
    "Every number of actors, fronts, commitments, signals, events and rules that the file states, or takes from what "
    "was fitted to crises of the past; what is neither is the library's default. A judgement is one of whoever wrote "
    "the file; their reasons stand first. Numbers in square brackets are of the sources below."
)
_CITED = "The mechanisms that this scenario uses rest on these. The command escalation cite prints them as BibTeX."
_ABSTRACT = "Acts are rungs of an abstract ladder: the model has no weapons, targets or operations, and no persons."


def report(
    ensemble: Ensemble,
    *,
    event: str = "war",
    actor: str | None = None,
    target: str | None = None,
    question: str = "",
    uncertainty: Uncertainty | None = None,
    pictures: Sequence[Picture] = (),
    command: str = "",
) -> Page:
    """Write a report of one page.

    Parameters
    ----------
    ensemble
        The runs it rests on.
    event, actor, target
        What is asked, as in `Ensemble.probability`.
    question
        The question in words; by default made of the event.
    uncertainty
        The same event with what is not known and chance told apart.
    pictures
        Pictures to show, as `escalation.plotting.report_pictures` draws them.
    command
        Line that makes the report again, for its provenance.

    Returns
    -------
    Page
        To be saved as Markdown, HTML or PDF.

    Raises
    ------
    StudyError
        If there is no such event, actor or front.

    Examples
    --------
    >>> import escalation as esc
    >>> scenario = esc.load("two-state-deterrence")
    >>> page = report(esc.run(scenario, runs=200, seed=1, progress=False))
    >>> [section.title for section in page.sections]
    ['Question', 'Scenario', 'Probabilities', 'Uncertainty', 'Limits', 'Provenance', 'Numbers assumed', 'References']
    """
    scenario = ensemble.scenario
    answer = ensemble.probability(event, actor=actor, target=target)
    parts = [
        _question(ensemble, answer, question or _asked(ensemble, event, actor, target)),
        _scenario(scenario),
        _probabilities(ensemble, event),
        Section("Pictures", pictures=tuple(pictures)) if pictures else None,
        _uncertainty(answer, uncertainty),
        _limits(scenario),
        _provenance(ensemble, command),
        _numbers(scenario),
        _sources(scenario),
        _references(scenario),
    ]
    return Page(scenario.title or scenario.name, [part for part in parts if part is not None])


def _asked(ensemble: Ensemble, event: str, actor: str | None, target: str | None) -> str:
    scenario = ensemble.scenario
    within = f"within {counted(ensemble.horizon_days, 'day')} of {scenario.start}"
    return f"How likely is this {within}: {asked_words(event, scenario, actor=actor, target=target)}?"


def _question(ensemble: Ensemble, answer: Estimate, question: str) -> Section:
    cut = " The study was interrupted, and these are the runs that were finished." if ensemble.interrupted else ""
    said = f"In the model, as the scenario states the crisis: {answer}.{cut}"
    return Section("Question", (question, said))


def _scenario(scenario: Scenario) -> Section:
    text = [f"From {scenario.start} for {counted(scenario.horizon, 'day')}, on the ladder {scenario.ladder.name}."]
    if scenario.as_of is not None:
        planned = any(item.planned for item in (*scenario.events.values(), *scenario.signals.values()))
        but = ", but for what it marks as planned" if planned else ""
        text[0] += f" It knows nothing that came after {scenario.date(scenario.day(scenario.as_of))}{but}."
    if scenario.description.strip():
        text.insert(0, " ".join(scenario.description.split()))
    faces = {
        actor: [front.target for front in scenario.fronts.values() if front.actor == actor] for actor in scenario.actors
    }
    helps = {
        actor: dict.fromkeys(
            protege for pledge in scenario.commitments.values() if pledge.patron == actor for protege in pledge.proteges
        )
        for actor in scenario.actors
    }
    actors = [
        (_names(scenario, [actor]), _names(scenario, faces[actor]), _names(scenario, helps[actor])) for actor in faces
    ]
    items = sorted(_dated(scenario), key=lambda item: scenario.day(item.date))
    timeline = [
        (
            str(scenario.date(scenario.day(item.date))),
            item_label(item.id, scenario),
            str(item.kind),
            value_text(getattr(item, "rung", None)),
            f"{item.reliability:g}",
            numbered_source(item.source, scenario),
        )
        for item in items
    ]
    tables = [Table(("actor", "faces", "stands by"), tuple(actors))]
    if timeline:
        tables.append(Table(("date", "what", "kind", "rung", "reliability", "source"), tuple(timeline)))
    return Section("Scenario", tuple(text), tables=tuple(tables))


def _names(scenario: Scenario, actors: Iterable[str]) -> str:
    return ", ".join(actor_name(scenario, actor) for actor in actors)


def _dated(scenario: Scenario) -> list[Signal | Event]:
    return [*scenario.signals.values(), *scenario.events.values()]


def _probabilities(ensemble: Ensemble, asked: str) -> Section:
    events = told_events(ensemble.events, ensemble.scenario)
    estimates = {event: ensemble.probability(event) for event in dict.fromkeys((*events, asked))}
    rows = tuple((event_words(event, ensemble.scenario), one.number_text()) for event, one in estimates.items())
    how = method_text(ensemble.method, level=0.95, n=ensemble.runs)
    text = f"Shares of runs, with intervals ({how}). {_BOUNDS}"
    return Section("Probabilities", (text,), tables=(Table(("event", "probability"), rows),))


def _uncertainty(answer: Estimate, study: Uncertainty | None) -> Section:
    if study is None:
        return Section("Uncertainty", (f"The interval of {answer.number_text()} {_CHANCE_ALONE}",))
    return Section(
        "Uncertainty",
        (_TWO_KINDS,),
        tables=(Table((study.asked, ""), tuple(study.lines())),),
    )


def _limits(scenario: Scenario) -> Section:
    """What the numbers are not, with how much of this scenario is judgement."""
    judged = len(lower_once(scenario).distributions)
    rest = f"as fitted to crises of the past ({scenario.fit})" if scenario.fit else "judgements of this library"
    drawn = {
        0: "None of its numbers is a distribution.",
        1: "1 of its numbers is a distribution: a judgement of whoever wrote it.",
    }.get(judged, f"{judged} of its numbers are distributions: judgements of whoever wrote it.")
    used = counted(len(mechanisms_in_use(scenario)), "mechanism")
    points = [
        _NO_FORECAST,
        f"{drawn} What it does not state is {rest}.",
        f"It uses {used}; no interval here covers what they leave out.",
        _DIFFERENCES,
        _ABSTRACT,
    ]
    items = _dated(scenario)
    if items:
        unsourced, doubted = sum(not item.source for item in items), sum(item.reliability < 1.0 for item in items)
        none = f"{unsourced} {'names' if unsourced == 1 else 'name'} no source" if unsourced else "all name a source"
        less = f"{doubted} {'has' if doubted == 1 else 'have'} a reliability below 1"
        told = f"Of {counted(len(items), 'dated item')} {none}; {less}."
        points.insert(2, told)
    return Section("Limits", points=tuple(points))


def _provenance(ensemble: Ensemble, command: str) -> Section:
    made = provenance()
    packages = made["packages"]
    listed = ", ".join(f"{name} {version}" for name, version in packages.items()) if isinstance(packages, dict) else ""
    rows = [
        ("scenario", ensemble.scenario.name),
        ("hash", ensemble.scenario.hash),
        ("seed and runs", f"{ensemble.seed}, {ensemble.runs:,}"),
        ("escalation", str(made["version"])),
        ("made", f"{made['written']}, Python {made['python']}, {made['machine']}, {listed}"),
    ]
    if command:
        rows.append(("again by", command))
    return Section("Provenance", tables=(Table(("what", "value"), tuple(rows)),))


def _numbers(scenario: Scenario) -> Section:
    return Section("Numbers assumed", (_ASSUMED,), points=reasons(scenario), tables=(assumed_numbers(scenario),))


def _sources(scenario: Scenario) -> Section | None:
    """What the scenario itself rests on, numbered as it is cited above."""
    told = enumerate(scenario.sources.items(), start=1)
    points = tuple(f"[{number}] {text} ({label})" for number, (label, text) in told)
    return Section("Sources of the scenario", points=points) if points else None


def _references(scenario: Scenario) -> Section:
    """What the model rests on where this scenario uses it."""
    uses: dict[str, list[str]] = {}
    for what, keys in sources_in_use(scenario).items():
        for key in keys:
            uses.setdefault(key, []).append(what)
    points = sorted(f"{reference(key)} For: {', '.join(what).replace('-', ' ')}." for key, what in uses.items())
    return Section("References", (_CITED,), points=tuple(points))
