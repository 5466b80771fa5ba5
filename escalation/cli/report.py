"""``escalation report``: one page on one study."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from escalation.cli.asking import Actor, Event, Target
from escalation.cli.options import Json, Runs, Seed, Set, Store, Without, Workers, World, chosen
from escalation.cli.output import check_folder, note, print_json
from escalation.errors import StudyError

if TYPE_CHECKING:
    from escalation.analysis.uncertain.uncertainty import Uncertainty
    from escalation.montecarlo.ensemble import Ensemble
    from escalation.reports.page import Picture

__all__ = ["write_report"]

Question = Annotated[
    str, typer.Option("--question", "-q", metavar="TEXT", help="The question in words; by default made of the event.")
]
Draws = Annotated[
    int,
    typer.Option(
        "--draws", min=0, help="Number of draws of what is not known, a power of two; 0 leaves this part out."
    ),
]
DrawRuns = Annotated[int, typer.Option("--draw-runs", min=2, help="Runs at each draw.")]
Save = Annotated[
    Path | None,
    typer.Option(
        "--save", "-o", metavar="FILE", help="Save it as .html (one file), .md (with a folder of pictures) or .pdf."
    ),
]


def write_report(  # noqa: PLR0913, PLR0917 - an argument an option
    scenario: World,
    event: Event = "war",
    actor: Actor = None,
    target: Target = None,
    question: Question = "",
    runs: Runs = 10_000,
    seed: Seed = 0,
    draws: Draws = 64,
    draw_runs: DrawRuns = 100,
    replacements: Set = None,
    removals: Without = None,
    store: Store = None,
    workers: Workers = None,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Write a page on a scenario: question, scenario, probabilities, pictures, uncertainty, limits and origin.

    Without --save it is printed as Markdown, without pictures. PDF needs the extra `report`.

    For example:

    `escalation report haniyeh-2024 --seed 1 --save haniyeh.html`

    `escalation report haniyeh-2024 --event initiation --actor irn --question "Will Iran strike?" --save iran.pdf`

    `escalation report mine.toml --runs 20000 > mine.md`
    """
    from escalation.analysis.uncertain.uncertainty import uncertainty
    from escalation.engines.lower import lower_once
    from escalation.montecarlo.runner import run
    from escalation.reports.page import ENDINGS
    from escalation.reports.report import report

    if save is not None:
        check_folder(save)
        if save.suffix.lower() not in ENDINGS:
            raise StudyError(f"{save}: a page can be saved as {', '.join(ENDINGS)}")
    changed = chosen(scenario, replacements=replacements, removals=removals)
    ensemble = run(changed, runs=runs, seed=seed, workers=workers, store=store)
    ensemble.probability(event, actor=actor, target=target)  # refused before the uncertainty is studied
    study = None
    if draws > 0 and not ensemble.interrupted and lower_once(changed).distributions:
        study = uncertainty(
            changed, event=event, actor=actor, target=target, draws=draws, runs=draw_runs, seed=seed, workers=workers
        )
    page = report(
        ensemble,
        event=event,
        actor=actor,
        target=target,
        question=question,
        uncertainty=study,
        pictures=() if save is None else _pictures(ensemble, study),
        command=shlex.join(["escalation", *sys.argv[1:]]),
    )
    written = [] if save is None else page.save(save)
    if as_json:
        told = ensemble.summary() | {"asked": {"event": event, "actor": actor, "target": target}}
        apart = None if study is None else study.summary()
        print_json(told | {"uncertainty": apart, "files": [str(path) for path in written]})
    elif save is None:
        typer.echo(page.markdown(), nl=False)
    else:
        note(f"Report saved to {', '.join(map(str, written[:1]))}")
    if ensemble.interrupted:
        note(f"Interrupted: the report is on the first {ensemble.runs:,} of {runs:,} runs.")
        raise typer.Exit(130)


def _pictures(ensemble: Ensemble, study: Uncertainty | None) -> tuple[Picture, ...]:
    from escalation.plotting.report_pictures import report_pictures

    return report_pictures(ensemble, study=study)
