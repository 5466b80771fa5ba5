"""``escalation events``: what happened in a run, as coded events."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from escalation.cli.options import Json, Seed, Set, Without, World, chosen
from escalation.cli.output import check_folder, note, print_json, print_table
from escalation.errors import StudyError

__all__ = ["print_events"]

Run = Annotated[int, typer.Option("--run", "-r", min=0, help="Number of the run; with --runs, of the first one.")]
Count = Annotated[int, typer.Option("--runs", "-n", min=1, help="How many runs, from that one on.")]
Scheduled = Annotated[
    bool, typer.Option("--scheduled", help="Add the signals and events that the scenario itself schedules.")
]
Save = Annotated[
    Path | None, typer.Option("--save", metavar="FILE", help="Save the table as .csv or .parquet, and print nothing.")
]
_COLUMNS = ("date", "source", "target", "kind", "item", "rung", "mid", "cameo", "goldstein")


def print_events(
    scenario: World,
    run: Run = 0,
    runs: Count = 1,
    seed: Seed = 0,
    scheduled: Scheduled = False,
    replacements: Set = None,
    removals: Without = None,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Print what happened in a run as a table of coded events, for tools that read event data.

    Each act is a row: date, source, target, rung, level of hostility (MID), CAMEO root and Goldstein weight. A covert
    act is listed under its author, and marked as covert. A war that nobody chose is a row of the kind war, with its
    cause. An ally that joins is a row of the kind joined.

    For example:

    `escalation events haniyeh-2024 --run 17 --seed 1`

    `escalation events haniyeh-2024 --run 17 --seed 1 --scheduled --json`

    `escalation events haniyeh-2024 --runs 500 --seed 1 --save history.parquet`
    """
    from escalation.reports.event_table import TABLES, event_frame, rows_of_runs, save_table
    from escalation.world.plain_words import counted

    if save is not None:
        check_folder(save)
        if save.suffix.lower() not in TABLES:
            raise StudyError(f"{save}: events can be saved as {' or '.join(TABLES)}")
    changed = chosen(scenario, replacements=replacements, removals=removals)
    numbers = range(run, run + runs)
    rows = rows_of_runs(changed, numbers, seed=seed, scheduled=scheduled)
    if save is not None:
        save_table(event_frame(rows), save)
        note(f"{counted(len(rows), 'event')} of {counted(runs, 'run')} saved to {save}")
    if as_json:
        told = {"scenario": changed.name, "hash": changed.hash, "seed": seed, "runs": list(numbers)}
        print_json(told | {"events": [{**row, "date": row["date"].isoformat()} for row in rows]})
    elif save is None:
        shown = _COLUMNS if runs == 1 else ("run", *_COLUMNS)
        which = f"run {run}" if runs == 1 else f"runs {run} to {run + runs - 1}"
        typer.echo(f"{changed.name}, seed {seed}, {which}")
        print_table(shown, [tuple(_text(row, column) for column in shown) for row in rows])


def _text(row: dict[str, Any], column: str) -> str:
    value = row.get(column)
    if value is None:
        return ""
    if column == "rung" and row["covert"]:
        return f"{value} (covert)"
    if column == "kind" and value == "war":
        return f"{value} ({row['cause']})"
    return f"{value:g}" if isinstance(value, float) else str(value)
