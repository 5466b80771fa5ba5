"""Options that several commands share, and how they change a scenario."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from escalation.cli import completing
from escalation.errors import StudyError

if TYPE_CHECKING:
    from escalation.world.scenario import Scenario

__all__ = [
    "Dask",
    "Json",
    "Plot",
    "Runs",
    "RunsOrMost",
    "Seed",
    "Set",
    "Store",
    "Table",
    "Until",
    "Without",
    "Workers",
    "World",
    "change",
    "chosen",
    "figure_file",
    "once",
    "table_file",
]

World = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="Name in the library, or a file.", autocompletion=completing.scenarios),
]
Runs = Annotated[int, typer.Option("--runs", "-n", min=1, help="How many runs.")]
RunsOrMost = Annotated[
    int | None,
    typer.Option("--runs", "-n", min=1, help="How many runs: 10,000 by default, and with --until at most 1,000,000."),
]
Seed = Annotated[int, typer.Option("--seed", "-s", min=0, help="The same seed gives the same runs.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Number of threads; by default one for each core. It never changes results."),
]
Dask = Annotated[
    str | None,
    typer.Option("--dask", metavar="ADDRESS", help="Run on a Dask cluster, such as `tcp://host:8786`."),
]
Store = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="DIR", help="Keep finished runs in this folder, and play only those that are not there yet."
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="EVENT:LENGTH",
        help="Stop once the interval of an event is this narrow: `war:0.01`, or `war:10%` of the estimate.",
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Replace a value, such as `actors.usa.honesty=0.9`; repeatable.",
        autocompletion=completing.places,
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="ID",
        help="Leave out a signal, event or commitment; repeatable.",
        autocompletion=completing.items,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def figure_file(path: Path | None) -> Path | None:
    """Refuse, before the work is done, a file that no figure could be saved to.

    Raises
    ------
    StudyError
        If its folder does not exist or there is no such format.
    """
    # The commonest endings are known without loading matplotlib, which takes a second.
    known = path is not None and path.parent.is_dir() and path.suffix.lower() in (".pdf", ".png", ".svg")
    if path is not None and not known:
        from escalation.plotting.saving import check_figure

        check_figure(path)
    return path


Plot = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FILE", help="Save a figure: .png, .pdf, .svg, ...", callback=figure_file),
]


def table_file(path: Path | None) -> Path | None:
    """Refuse, before the work is done, a file that no table of estimates could be saved to.

    Raises
    ------
    StudyError
        If its folder does not exist, or its name ends otherwise than a table's.
    """
    if path is not None:
        from escalation.reports.estimate_table import check_table

        check_table(path)
    return path


Table = Annotated[
    Path | None,
    typer.Option(
        "--save", metavar="FILE", help="Save the estimates as a table: .csv, or .tex for LaTeX.", callback=table_file
    ),
]


def chosen(name: str, *, replacements: Sequence[str] | None, removals: Sequence[str] | None) -> Scenario:
    """Load the scenario that a command names, and change it as `change` does."""
    from escalation.files import load

    return change(load(name), replacements=replacements, removals=removals)


def change(scenario: Scenario, *, replacements: Sequence[str] | None, removals: Sequence[str] | None) -> Scenario:
    """Return a scenario with parts left out and values replaced, in that order.

    Parameters
    ----------
    scenario
        What to change.
    replacements
        Texts ``path=value``, the value written as in a scenario file; bare words are taken as text.
    removals
        Ids of signals, events or commitments to leave out.

    Raises
    ------
    StudyError
        If a replacement has no ``=``.
    ScenarioError
        If an id or path is unknown or a value is not allowed.
    """
    if removals:
        from escalation.world.editing import without_items
        from escalation.world.plain import plain

        scenario = scenario.from_dict(without_items(plain(scenario), removals))
    for text in replacements or ():
        path, equals, value = text.partition("=")
        if not equals or not path.strip():
            raise StudyError(f"--set {text}: must be PATH=VALUE, as in --set actors.usa.honesty=0.9")
        scenario = scenario.replace(path.strip(), _value(value.strip()))
    return scenario


def once(option: str, texts: Sequence[str], *, valued: bool) -> None:
    """Refuse an option that is given twice for the same thing: the last would win, or the second change nothing.

    Parameters
    ----------
    option
        Its name.
    texts
        All that it was given.
    valued
        Whether these are texts ``NAME=VALUE``, which are about the same thing where the name is the same.

    Raises
    ------
    StudyError
        If two are about the same thing.

    Examples
    --------
    >>> try:
    ...     once("--set", ["horizon=30", "horizon=60"], valued=True)
    ... except StudyError as error:
    ...     print(error)
    --set horizon=30 and --set horizon=60 are about the same thing; give one of them
    """
    said: dict[str, str] = {}
    for text in texts:
        name = (text.partition("=")[0] if valued else text).strip()
        before = said.get(name)
        if before == text:
            raise StudyError(f"{option} {text} is given twice; give it once")
        if before is not None:
            raise StudyError(f"{option} {before} and {option} {text} are about the same thing; give one of them")
        said[name] = text


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
