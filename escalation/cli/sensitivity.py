"""``escalation sensitivity``: which judgements does the answer hang on?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from escalation.cli.asking import Actor, Event, Target
from escalation.cli.options import Json, Plot, Seed, Set, Table, Without, Workers, World, chosen
from escalation.cli.output import note, print_json, print_table, save_axes
from escalation.errors import StudyError

__all__ = ["find_sensitivity"]

Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parameter",
        "-p",
        metavar="PATH[=LOW:HIGH]",
        help="What to vary: a distribution, a table such as `actors.irn`, or a number with a range, "
        "such as `rules.leash=0.1:0.5`; repeatable. By default all distributions, table by table.",
    ),
]


def find_sensitivity(  # noqa: PLR0913, PLR0917 - an argument an option
    scenario: World,
    event: Event = "war",
    actor: Actor = None,
    target: Target = None,
    parameters: Parameters = None,
    method: Annotated[
        str, typer.Option("--method", help="Method: sobol for shares of variance, or morris for effects.")
    ] = "sobol",
    samples: Annotated[
        int | None,
        typer.Option(
            "--samples",
            min=2,
            help="Size of the sample: for sobol a power of two, by default 256; for morris by default 20.",
        ),
    ] = None,
    runs: Annotated[int, typer.Option("--runs", "-n", min=1, help="Runs at each point.")] = 100,
    seed: Seed = 0,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    as_json: Json = False,
    plot: Plot = None,
    save: Table = None,
) -> None:
    """Find out on which parameters the probability of an event depends most.

    For example:

    `escalation sensitivity haniyeh-2024 --event war --seed 1`

    `escalation sensitivity haniyeh-2024 --method morris -p actors.irn.resolve -p rules.leash=0.1:0.5 --plot bars.png`

    `escalation sensitivity haniyeh-2024 --event war --seed 1 --save indices.tex`
    """
    from escalation.analysis.uncertain.sensitivity import sensitivity
    from escalation.world.plain_words import counted

    study = sensitivity(
        chosen(scenario, replacements=replacements, removals=removals),
        event=event,
        actor=actor,
        target=target,
        parameters=None if parameters is None else parse_parameters(parameters),
        method=method,
        samples=samples,
        runs=runs,
        seed=seed,
        workers=workers,
    )
    if as_json:
        print_json(study.summary())
    else:
        points = f"{counted(study.points, 'point')} of {counted(study.runs, 'run')}"
        typer.echo(f"{study.scenario.name}, {study.asked}: {points}, seed {seed}")
        print_table(("factor", *study.kinds, "id"), study.rows())
        if study.unsure:
            note(study.warning.replace("Ask for more samples", "Ask for more with --samples"))
    if save is not None:
        from escalation.reports.estimate_table import table_of_sensitivity

        table_of_sensitivity(study).save(save)
        note(f"Estimates saved to {save}")
    if plot is not None:
        from escalation.plotting import sobol_bars, tornado

        draw = sobol_bars if method == "sobol" else tornado
        save_axes(plot, lambda: draw(study))


def parse_parameters(texts: Sequence[str]) -> dict[str, tuple[float, float] | None]:
    """Read parameters as they are written on the command line.

    Raises
    ------
    StudyError
        If a range is none.

    Examples
    --------
    >>> parse_parameters(["rules.leash=0.1:0.5", "actors.irn"])
    {'rules.leash': (0.1, 0.5), 'actors.irn': None}
    """
    parameters: dict[str, tuple[float, float] | None] = {}
    for text in texts:
        path, equals, ends = text.partition("=")
        low, _, high = ends.partition(":")
        try:
            parameters[path.strip()] = (float(low), float(high)) if equals else None
        except ValueError:
            raise StudyError(f"--parameter {text}: must be PATH or PATH=LOW:HIGH, as rules.leash=0.1:0.5") from None
    return parameters
