"""``escalation forecast``: the model and its rivals, scored on crises they have not seen."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from escalation.cli.options import Json, Plot, Seed, Workers
from escalation.cli.output import note, print_json, print_table, save_plot, told_how_to_go_on

if TYPE_CHECKING:
    from escalation.analysis.score.forecasts.forecast import Forecasts

__all__ = ["forecast_crises"]


class Source(StrEnum):
    """Data that can be forecast."""

    ICB = "icb"


Table = Annotated[Path, typer.Argument(metavar="TABLE", help="Crisis-actor table (CSV), or ICB's own icb2v*.csv.")]
Data = Annotated[Source, typer.Argument(metavar="DATA", help="Sort of data: icb.")]
Folds = Annotated[int, typer.Option("--folds", min=0, help="Number of folds, grouped by crisis; 0 leaves them out.")]
Repeats = Annotated[int, typer.Option("--repeats", min=1, help="How often to draw the folds anew.")]
Until = Annotated[
    int,
    typer.Option(
        "--learn-until", help="Learn from the years up to this one, and score all later ones; 0 leaves this out."
    ),
]
HeldOut = Annotated[
    Path | None,
    typer.Option(
        "--held-out", metavar="TABLE", help="A table of rows that were kept aside: learn from TABLE, and score these."
    ),
]
Events = Annotated[
    Path | None,
    typer.Option("--events", metavar="PAIRS", help="A table of signal pairs, from which the model learns too."),
]
Seeds = Annotated[
    int,
    typer.Option(
        "--seeds", min=1, help="Number of seeds to score with, from --seed on. The mean and the spread are printed."
    ),
]
Store = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="DIR", help="Keep finished fits in this folder, and make only those that are not there yet."
    ),
]
Tasks = Annotated[list[str] | None, typer.Option("--task", "-t", metavar="NAME", help="Only this task; repeatable.")]
Competitors = Annotated[
    list[str] | None, typer.Option("--competitor", "-c", metavar="NAME", help="Only this competitor; repeatable.")
]


def forecast_crises(  # noqa: PLR0913, PLR0917 - an argument an option
    data: Data,
    table: Table,
    folds: Folds = 5,
    repeats: Repeats = 4,
    learn_until: Until = 1979,
    held_out: HeldOut = None,
    events: Events = None,
    tasks: Tasks = None,
    competitors: Competitors = None,
    seed: Seed = 0,
    seeds: Seeds = 1,
    store: Store = None,
    workers: Workers = None,
    as_json: Json = False,
    plot: Plot = None,
) -> None:
    """Refit the model and its rivals, and score them on crises that they have not seen.

    The Brier score is of the highest level of a task alone; the other scores are of all its levels.

    For example:

    `escalation forecast icb icb_actors.csv --folds 5 --repeats 4 --json`

    `escalation forecast icb icb_actors.csv --events pairs.csv --seeds 5 --store fits --json`

    `escalation forecast icb icb_actors.csv --held-out later.csv`

    `escalation forecast icb icb_actors.csv --task violence --folds 0 --plot calibration.pdf`
    """
    from escalation.analysis.score.forecasts.competitors import COMPETITORS
    from escalation.analysis.score.forecasts.forecast import forecast, over_seeds
    from escalation.analysis.score.forecasts.tasks import TASKS
    from escalation.data.signal_pairs import read_pairs
    from escalation.data.sources import read_table

    del data
    rows, pairs = read_table(table), None if events is None else read_pairs(events)
    aside = None if held_out is None else read_table(held_out)
    with told_how_to_go_on(store):
        every = [
            forecast(
                rows,
                folds=folds,
                repeats=repeats,
                learn_until=learn_until or None,
                held_out=aside,
                pairs=pairs,
                tasks=tasks or tuple(TASKS),
                competitors=competitors or COMPETITORS,
                seed=one,
                store=store,
                workers=workers,
            )
            for one in range(seed, seed + seeds)
        ]
    found = every[0]
    for words in found.notes:
        note(words)
    if plot is not None:
        _draw(found, plot)
    spread = over_seeds(every)
    if as_json:
        print_json(found.summary() | ({"over_seeds": spread} if seeds > 1 else {}))
        return
    for design, results in found.designs.items():
        for result in results.values():
            print_table(*result.table(), title=f"{design}: {result.title}")
    if seeds > 1:
        _print_seeds(spread, seeds)


def _print_seeds(spread: dict[str, Any], seeds: int) -> None:
    """Print the mean of each score over the seeds, and its least and greatest value."""
    for design, tasks in spread.items():
        for task, scores in tasks.items():
            names = list(next(iter(scores.values())))
            rows = [
                (name, *(f"{of[k]['mean']:.4f} ({of[k]['least']:.4f} to {of[k]['greatest']:.4f})" for k in names))
                for name, of in scores.items()
            ]
            print_table(
                ("competitor", *names), rows, title=f"{design}, {task}: mean of {seeds} seeds, least to greatest"
            )


def _draw(found: Forecasts, path: Path) -> None:
    """Calibration curves of the first design, a task below the other, of up to four competitors."""
    from escalation.plotting import calibration_curve

    tasks = next(iter(found.designs.values()))

    def draw(figure: Any) -> None:
        for ax, scores in zip(figure.subplots(len(tasks), squeeze=False).flat, tasks.values(), strict=True):
            calibration_curve(scores, competitors=list(scores.calibration)[:4], ax=ax)
            ax.set_title(f"{scores.task}: does what is called likely happen?", loc="left")

    save_plot(path, draw, height=3.2 * len(tasks))
