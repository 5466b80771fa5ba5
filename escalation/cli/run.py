"""``escalation run``: how likely, with what interval."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from escalation.cli.asking import Besides
from escalation.cli.options import (
    Dask,
    Json,
    Plot,
    RunsOrMost,
    Seed,
    Set,
    Store,
    Until,
    Without,
    Workers,
    World,
    chosen,
    table_file,
)
from escalation.cli.output import check_folder, note, print_json, print_table, save_plot
from escalation.errors import StudyError

if TYPE_CHECKING:
    from escalation.montecarlo.ensemble import Ensemble
    from escalation.world.scenario import Scenario

__all__ = ["run_scenario"]


def run_scenario(  # noqa: PLR0913, PLR0917 - an argument an option
    scenario: World,
    runs: RunsOrMost = None,
    seed: Seed = 0,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    dask: Dask = None,
    store: Store = None,
    until: Until = None,
    events: Besides = None,
    as_json: Json = False,
    plot: Plot = None,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            metavar="FILE",
            help="Save outcomes: .nc has all; .csv and .parquet have a row for each run, with the day of each --event; "
            ".tex has the estimates.",
        ),
    ] = None,
    estimates: Annotated[
        Path | None,
        typer.Option(
            "--estimates", metavar="FILE", help="Save the estimates: .csv, or .tex for LaTeX.", callback=table_file
        ),
    ] = None,
) -> None:
    """Run a scenario many times, and print how likely each outcome is.

    Every probability has its interval. For what never happened an upper bound is printed. That the crisis settles for
    now means that it was quiet once, for the settle days, or that all who quarrel agreed. Force may follow.

    Ctrl-C prints the results of the runs that are finished (exit status 130). With --store, the same command continues
    a study that was interrupted, and a command with more runs extends it.

    For example:

    `escalation run haniyeh-2024 --runs 20000 --seed 1`

    `escalation run haniyeh-2024 --json | jq .probabilities.war`

    `escalation run haniyeh-2024 --set actors.usa.honesty=0.9 --without us-private-warning --plot peaks.png`

    `escalation run haniyeh-2024 --event joint:irn+hzb --seed 1`

    `escalation run haniyeh-2024 --seed 1 --save runs.parquet --estimates probabilities.tex`

    `escalation run haniyeh-2024 --until war:0.01 --store war-study`

    `escalation run haniyeh-2024 --runs 10000000 --store study --dask tcp://host:8786`
    """
    from escalation.montecarlo.cluster import dask_executor
    from escalation.montecarlo.events import check_events
    from escalation.montecarlo.runner import DEFAULT_RUNS, MOST_RUNS, run
    from escalation.montecarlo.stopping import Precision
    from escalation.montecarlo.tables import ENDINGS

    if save is not None:
        check_folder(save)
        if save.suffix.lower() not in (*ENDINGS, ".tex"):
            raise StudyError(f"{save}: outcomes can be saved as {', '.join(ENDINGS)}, and estimates as .tex")
    changed = chosen(scenario, replacements=replacements, removals=removals)
    precision = None if until is None else Precision.parse(until)
    check_events(events or (), changed)
    cluster = nullcontext((None, workers)) if dask is None else dask_executor(dask)
    with cluster as (executor, threads):
        ensemble = run(
            changed,
            runs=runs,
            seed=seed,
            workers=workers or threads,
            executor=executor,
            store=store,
            until=precision,
        )
    if as_json:
        print_json(ensemble.summary(events=events or ()))
    else:
        _print_ensemble(ensemble, events or ())
    for path in (estimates, save):
        if path is not None and (path is estimates or path.suffix.lower() == ".tex"):
            from escalation.reports.estimate_table import table_of_ensemble

            table_of_ensemble(ensemble, events=events or ()).save(path)
            note(f"Estimates saved to {path}")
    if save is not None and save.suffix.lower() in ENDINGS:
        ensemble.save(save, events=events or ())
        note(f"Outcomes saved to {save}")
    if plot is not None:
        save_plot(plot, lambda figure: _draw(ensemble, figure), height=5.0)
    if ensemble.interrupted:
        asked = runs or (DEFAULT_RUNS if until is None else MOST_RUNS)
        kept = "" if store is None else f" They are kept in {store}; the same command goes on from there."
        note(f"Interrupted: these are the first {ensemble.runs:,} of {asked:,} runs.{kept}")
        raise typer.Exit(130)


def _print_ensemble(ensemble: Ensemble, events: Sequence[str]) -> None:
    from escalation.world.event import Provocation
    from escalation.world.plain_words import asked_words, counted, event_words, told_events

    name = ensemble.scenario.title or ensemble.scenario.name
    typer.echo(
        f"{name}: {counted(ensemble.runs, 'run')} of {counted(ensemble.horizon_days, 'day')}, seed {ensemble.seed}"
    )
    if ensemble.until is not None and (estimate := ensemble.precise) is not None:
        met = "as narrow as asked" if ensemble.until.met_by(estimate) else "not as narrow as asked"
        words = asked_words(
            ensemble.until.event, ensemble.scenario, actor=ensemble.until.actor, target=ensemble.until.target
        )
        typer.echo(f"{words}: {estimate}, {met}")
    shown = (*told_events(ensemble.events, ensemble.scenario), *events)
    print_table(
        ("event", "probability and interval", "id"),
        [
            (event_words(event, ensemble.scenario), str(estimate), event)
            for event, estimate in ensemble.probabilities(shown).items()
        ],
    )
    if any(isinstance(event, Provocation) and event.rung is not None for event in ensemble.scenario.events.values()):
        typer.echo("What the timeline has actors do is not counted.")
    _say_what_settling_takes(ensemble.scenario)


def _say_what_settling_takes(scenario: Scenario) -> None:
    """Say so where the days that are played are too few for the crisis to settle by being quiet."""
    takes, left = scenario.rules.settle_days, float(scenario.horizon)
    days = f"a run has {left:g}"
    if scenario.as_of is not None:
        left -= max(scenario.day(scenario.as_of), 0.0)
        days = f"{left:g} are left from the information date"
    if isinstance(takes, float | int) and takes > left:
        typer.echo(
            f"The crisis cannot settle by being quiet: that takes {takes:.3g} days (rules.settle_days), and {days}."
            + (" It settles only if all agree." if scenario.rules.conciliation else "")
        )


def _draw(ensemble: Ensemble, figure: Any) -> None:
    """Peaks above, how they come about by day below."""
    from escalation.plotting import fan, peaks

    grid = figure.add_gridspec(2, 1)
    peaks(ensemble, ax=figure.add_subfigure(grid[0]).add_subplot())
    fan(ensemble, ax=figure.add_subfigure(grid[1]).add_subplot())
