"""``escalation forecast``: the model and its rivals, scored on crises they have not seen."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from escalation.cli.options import Json, Seed
from escalation.cli.output import print_json, print_table

__all__ = ["forecast_crises"]


class Source(StrEnum):
    """Data that can be forecast."""

    ICB = "icb"


Table = Annotated[Path, typer.Argument(metavar="TABLE", help="Crisis-actor table (CSV).")]
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
) -> None:
    """Refit the model and its rivals, and score them on crises they have not seen.

    For example:

    `escalation forecast icb icb_actors.csv --folds 5 --repeats 4 --json`

    `escalation forecast icb icb_actors.csv --held-out later.csv`
    """
    from escalation.analysis.forecasts import COMPETITORS, TASKS, forecast
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
    if as_json:
        print_json(found.summary())
        return
    for design, results in found.designs.items():
        for task, result in results.items():
            print_table(
                ("competitor", "Brier", "log", "RPS", "discrimination", "RPS, model less this"),
                [
                    (
                        name,
                        *(f"{scores[score]:.4f}" for score in ("brier", "log", "rps", "discrimination")),
                        result.differences[name]["rps"].number_text() if name in result.differences else "",
                    )
                    for name, scores in result.scores.items()
                ],
                title=f"{design}: {TASKS[task][0]} ({result.n} cases of {result.clusters} crises)",
            )
