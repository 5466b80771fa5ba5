"""``escalation forecast``: the model and its rivals, scored on crises they have not seen."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from escalation.cli.options import Json, Plot, Seed
from escalation.cli.output import note, print_json, print_table, save_plot

if TYPE_CHECKING:
    from escalation.analysis.forecasts import Forecasts

__all__ = ["forecast_crises"]


class Source(StrEnum):
    """Data that can be forecast."""

    ICB = "icb"


Table = Annotated[Path, typer.Argument(metavar="TABLE", help="Crisis-actor table (CSV), or ICB's own icb2v*.csv.")]
Data = Annotated[Source, typer.Argument(metavar="DATA", help="Sort of data: icb.")]
Folds = Annotated[int, typer.Option("--folds", min=0, help="Grouped folds; 0 to leave them out.")]
Repeats = Annotated[int, typer.Option("--repeats", min=1, help="How often to draw the folds anew.")]
Until = Annotated[
    int, typer.Option("--learn-until", help="Last year to learn from, all later ones scored; 0 to leave it out.")
]
HeldOut = Annotated[
    Path | None, typer.Option("--held-out", metavar="TABLE", help="Rows kept aside: learn from TABLE, score these.")
]
Tasks = Annotated[list[str] | None, typer.Option("--task", "-t", metavar="NAME", help="Only this task; repeatable.")]
Competitors = Annotated[
    list[str] | None, typer.Option("--competitor", "-c", metavar="NAME", help="Only this competitor; repeatable.")
]


def forecast_crises(
    data: Data,
    table: Table,
    folds: Folds = 5,
    repeats: Repeats = 4,
    learn_until: Until = 1979,
    held_out: HeldOut = None,
    tasks: Tasks = None,
    competitors: Competitors = None,
    seed: Seed = 0,
    as_json: Json = False,
    plot: Plot = None,
) -> None:
    """Refit the model and its rivals, and score them on crises they have not seen.

    For example:

    `escalation forecast icb icb_actors.csv --folds 5 --repeats 4 --json`

    `escalation forecast icb icb_actors.csv --held-out later.csv`

    `escalation forecast icb icb_actors.csv --task violence --folds 0 --plot calibration.pdf`
    """
    from escalation.analysis.forecast_competitors import COMPETITORS
    from escalation.analysis.forecast_scores import TASKS
    from escalation.analysis.forecasts import forecast
    from escalation.data.sources import read_table

    del data
    found = forecast(
        read_table(table),
        folds=folds,
        repeats=repeats,
        learn_until=learn_until or None,
        held_out=None if held_out is None else read_table(held_out),
        tasks=tasks or tuple(TASKS),
        competitors=competitors or COMPETITORS,
        seed=seed,
    )
    for words in found.notes:
        note(words)
    if plot is not None:
        _draw(found, plot)
    if as_json:
        print_json(found.summary())
        return
    for design, results in found.designs.items():
        for result in results.values():
            print_table(*result.table(), title=f"{design}: {result.title}")


def _draw(found: Forecasts, path: Path) -> None:
    """Calibration curves of the first design, a task below the other, of up to four competitors."""
    from escalation.plotting import calibration_curve

    tasks = next(iter(found.designs.values()))

    def draw(figure: Any) -> None:
        for ax, scores in zip(figure.subplots(len(tasks), squeeze=False).flat, tasks.values(), strict=True):
            calibration_curve(scores, competitors=list(scores.calibration)[:4], ax=ax)
            ax.set_title(scores.task)

    save_plot(path, draw, height=3.2 * len(tasks))
