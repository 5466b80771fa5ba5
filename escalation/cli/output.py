"""What commands print: tables, one JSON object, and notes on standard error."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from escalation.errors import StudyError

__all__ = [
    "check_folder",
    "end_interrupted",
    "note",
    "print_json",
    "print_table",
    "save_axes",
    "save_plot",
    "told_how_to_go_on",
    "warnings_noted",
]


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "") -> None:
    """Print a table: ruled on a terminal; plain aligned columns, two spaces apart, where piped."""
    console = Console()
    if console.is_terminal:
        # Names of actors stand in heads and titles too, and rich would take a bracket in one for a mark of its own.
        table = Table(title=Text(title) if title else None, title_justify="left")
        for column in columns:
            table.add_column(Text(column))
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        console.print(table)
        return
    widths = [max(len(line[k]) for line in (columns, *rows)) for k in range(len(columns))]
    if title:
        typer.echo(title)
    for line in (columns, *rows):
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def print_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object and nothing else."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))


def note(message: str) -> None:
    """Print a remark on standard error, where it cannot get into what is piped."""
    typer.echo(message, err=True)


@contextmanager
def told_how_to_go_on(store: Path | None) -> Iterator[None]:
    """Say after Ctrl-C which fits were kept."""
    try:
        yield
    except KeyboardInterrupt:
        note(
            "stopped; nothing was kept, since there is no --store"
            if store is None
            else f"stopped; fits that were finished are in {store}, and the same command goes on from there"
        )
        raise


def save_axes(path: Path, draw: Callable[[], Any]) -> None:
    """Save a figure of its own default size, and say where.

    Parameters
    ----------
    path
        Where to save it.
    draw
        A figure's function, called without axes.
    """
    from escalation.plotting.saving import save_figure, unseen

    save_figure(unseen(draw), path)
    note(f"Figure saved to {path}")


def save_plot(path: Path, draw: Callable[[Any], object], *, height: float) -> None:
    """Save a figure, one journal column wide, and say where.

    Parameters
    ----------
    path
        Where to save it.
    draw
        Draws into the figure that it is given.
    height
        Height of the figure, in inches.
    """
    from escalation.plotting.saving import new_figure, save_figure

    figure = new_figure(height=height)
    draw(figure)
    save_figure(figure, path)
    note(f"Figure saved to {path}")


def check_folder(path: Path) -> None:
    """Refuse, before the work is done, a file that could not be written.

    Raises
    ------
    StudyError
        If its folder does not exist.
    """
    if not path.parent.is_dir():
        raise StudyError(f"{path}: there is no folder {path.parent}; make it first")


@contextmanager
def warnings_noted() -> Iterator[None]:
    """Print what a runner or a store warns of as notes, without the place in the code."""
    with warnings.catch_warnings():
        warnings.simplefilter("default", RuntimeWarning)
        warnings.showwarning = lambda message, *_: note(f"Warning: {message}")
        yield


def end_interrupted(played: int, asked: int, store: object) -> NoReturn:
    """End a study of several worlds that was cut short: say what it has, and where it can go on.

    Raises
    ------
    Exit
        Always, as a shell ends what was interrupted.
    """
    kept = "" if store is None else f" Finished runs are kept in {store}; the same command goes on from there."
    if played < asked:
        note(f"Interrupted: these are the first {played:,} of {asked:,} runs of each world.{kept}")
    else:  # after the runs, while some of them were replayed
        note(f"Interrupted: all {asked:,} runs of each world were finished, but what was to follow was not.{kept}")
    raise typer.Exit(130)
