"""``escalation run``: how likely, with what interval."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from escalation.cli.options import Json, Plot, Runs, Seed, Set, Without, Workers, World, change
from escalation.cli.output import check_folder, note, print_json, print_table

if TYPE_CHECKING:
    from escalation.montecarlo.ensemble import Ensemble

__all__ = ["run_scenario"]


def run_scenario(
    scenario: World,
    runs: Runs = 10_000,
    seed: Seed = 0,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    as_json: Json = False,
    plot: Plot = None,
    save: Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Keep all outcomes, as NetCDF.")] = None,
) -> None:
    """Run a scenario many times, and print how likely each outcome is.

    Every probability comes with its interval; what never happened is given as an upper bound. Ctrl-C prints
    what was finished (exit status 130).

    For example:

    `escalation run haniyeh-2024 --runs 20000 --seed 1`

    `escalation run haniyeh-2024 --json | jq .probabilities.war`

    `escalation run haniyeh-2024 --set actors.usa.honesty=0.9 --without us-private-warning --plot peaks.png`
    """
    from escalation.files import load
    from escalation.montecarlo.runner import run
    from escalation.plotting.saving import check_figure

    if plot is not None:
        check_figure(plot)
    if save is not None:
        check_folder(save)
    changed = change(load(scenario), replacements=replacements or (), removals=removals or ())
    ensemble = run(changed, runs=runs, seed=seed, workers=workers)
    if as_json:
        print_json(ensemble.summary())
    else:
        _print_ensemble(ensemble)
    if save is not None:
        ensemble.save(save)
        note(f"Outcomes saved to {save}")
    if plot is not None:
        _draw(ensemble, plot)
    if ensemble.interrupted:
        note(f"Interrupted: these are the first {ensemble.runs:,} of {runs:,} runs.")
        raise typer.Exit(130)


def _print_ensemble(ensemble: Ensemble) -> None:
    name = ensemble.scenario.title or ensemble.scenario.name
    typer.echo(f"{name}: {ensemble.runs:,} runs of {ensemble.horizon_days:g} days, seed {ensemble.seed}")
    print_table(
        ("event", "probability and interval"),
        [(event, str(ensemble.probability(event))) for event in ensemble.events],
    )


def _draw(ensemble: Ensemble, path: Path) -> None:
    """Peaks above, how they come about by day below."""
    from escalation.plotting import fan, peaks
    from escalation.plotting.saving import new_figure, save_figure

    figure = new_figure(height=5.0)
    grid = figure.add_gridspec(2, 1)
    peaks(ensemble, ax=figure.add_subfigure(grid[0]).add_subplot())
    fan(ensemble, ax=figure.add_subfigure(grid[1]).add_subplot())
    save_figure(figure, path)
    note(f"Figure saved to {path}")
