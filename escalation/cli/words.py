"""``escalation words``: how much of what was said was borne out by deeds."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated

import typer

from escalation.cli.options import Dask, Json, Runs, Seed, Set, Store, Without, Workers, World, chosen
from escalation.cli.output import note, print_json, print_table

__all__ = ["hold_words_against_deeds"]

Each = Annotated[bool, typer.Option("--each", help="Print a row for each signal, not for each actor and kind.")]


def hold_words_against_deeds(
    scenario: World,
    runs: Runs = 10_000,
    seed: Seed = 0,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    dask: Dask = None,
    store: Store = None,
    each: Each = False,
    as_json: Json = False,
) -> None:
    """Print how often each actor's deeds bore out its vows, threats, ultimatums, warnings and reassurances.

    Deeds bear out a vow if its sender reaches the rung in time. They bear out a threat if its sender does so after
    the trigger is crossed. They bear out an ultimatum if its sender does so once it was refused or its day has passed
    without its being met. They bear out a warning if the patron joins when it is called. They bear out a reassurance
    if its subject uses no force within the act window. Words that nothing tested do not count. Ctrl-C prints what was
    looked at (exit status 130).

    For example:

    `escalation words haniyeh-2024 --runs 2000 --seed 1`

    `escalation words haniyeh-2024 --each --json | jq '.signals[] | [.signals, .share.value]'`
    """
    from escalation.montecarlo.cluster import dask_executor
    from escalation.montecarlo.runner import run
    from escalation.montecarlo.words import COLUMNS
    from escalation.world.plain_words import counted

    changed = chosen(scenario, replacements=replacements, removals=removals)
    cluster = nullcontext((None, workers)) if dask is None else dask_executor(dask)
    with cluster as (executor, threads):
        ensemble = run(changed, runs=runs, seed=seed, workers=workers or threads, executor=executor, store=store)
    found = ensemble.words_and_deeds()
    if as_json:
        told = {"scenario": changed.name, "hash": changed.hash, "seed": seed, "horizon_days": ensemble.horizon_days}
        print_json(told | found.summary())
    elif not found.signals:
        typer.echo(f"{changed.name}: nobody vows, threatens, gives an ultimatum, warns or reassures.")
    else:
        name = changed.title or changed.name
        played = f"{counted(found.runs, 'run')} of {counted(ensemble.horizon_days, 'day')}"
        typer.echo(f"{name}: {played}, seed {seed}; {found.interval_text()}")
        print_table(COLUMNS, [word.cells() for word in (found.signals if each else found.actors)])
    if found.interrupted:
        kept = "" if store is None else f" The runs are kept in {store}; the same command goes on from there."
        note(f"Interrupted: these are the first {found.runs:,} of {runs:,} runs.{kept}")
        raise typer.Exit(130)
