"""``escalation policy-grid``: the probability of an event over two quantities."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated, Any

import typer

from escalation.cli import completing
from escalation.cli.asking import Actor, Event, Target
from escalation.cli.options import Json, Plot, Seed, Set, Without, Workers, World, chosen
from escalation.cli.output import print_json, print_table, save_axes
from escalation.errors import StudyError

if TYPE_CHECKING:
    import xarray as xr

    from escalation.estimates.estimate import Estimate

__all__ = ["parse_values", "play_grid"]


def _axis(option: str, which: str) -> Any:
    return typer.Option(
        option,
        metavar="PATH=VALUE,VALUE,...",
        help=f"{which} quantity and its values, such as `rules.leash=0.1,0.2,0.3`.",
        autocompletion=completing.places,
    )


def play_grid(  # noqa: PLR0913, PLR0917 - an argument an option
    scenario: World,
    first: Annotated[str, _axis("--first", "One")],
    second: Annotated[str, _axis("--second", "Another")],
    event: Event = "war",
    actor: Actor = None,
    target: Target = None,
    limit: Annotated[
        float | None, typer.Option("--limit", min=0.0, max=1.0, help="Probability to mark in the figure.")
    ] = None,
    runs: Annotated[int, typer.Option("--runs", "-n", min=1, help="Runs at each pair of values.")] = 2_000,
    seed: Seed = 0,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    as_json: Json = False,
    plot: Plot = None,
) -> None:
    """Run a scenario at all pairs of values of two quantities, on the same chance.

    For example:

    `escalation policy-grid haniyeh-2024 --first rules.leash=0.1,0.2,0.4 --second actors.usa.honesty=0.3,0.6,0.9`

    `escalation policy-grid mine.toml --first rules.face=0,0.2 --second horizon=30,90 --limit 0.2 --plot grid.pdf`
    """
    from escalation.analysis.what_if.policy_grid import policy_grid

    axes = parse_values("--first", first), parse_values("--second", second)
    if plot is not None:  # before any run is played, for a grid may have no surface
        from escalation.plotting.policy_surface import check_surface

        for _, values in axes:
            check_surface(values)
    grid = policy_grid(
        chosen(scenario, replacements=replacements, removals=removals),
        *axes,
        event=event,
        actor=actor,
        target=target,
        runs=runs,
        seed=seed,
        workers=workers,
    )
    if as_json:
        print_json(_summary(grid))
    else:
        _print(grid)
    if plot is not None:
        from escalation.plotting import policy_surface

        save_axes(plot, lambda: policy_surface(grid, limit=limit))


def parse_values(option: str, text: str) -> tuple[str, list[Any]]:
    """Read a place and its values as they are written on the command line.

    Raises
    ------
    StudyError
        If it is not a place and one or more values.

    Examples
    --------
    >>> parse_values("--first", "rules.leash=0.1,0.2")
    ('rules.leash', [0.1, 0.2])
    """
    path, _, values = text.partition("=")
    try:
        found = tomllib.loads(f"values = [{values}]")["values"]
    except tomllib.TOMLDecodeError:
        found = []
    if not path.strip() or not found:
        raise StudyError(f"{option} {text}: must be PATH=VALUE,VALUE,..., as rules.leash=0.1,0.2,0.3")
    return path.strip(), found


def _cells(grid: xr.Dataset) -> list[list[Estimate]]:
    from escalation.estimates.estimate import Estimate

    told = grid.attrs
    value, low, high = (grid[end].to_numpy().tolist() for end in ("value", "low", "high"))
    return [
        [
            Estimate(value[i][j], low[i][j], high[i][j], told["runs"], told["method"], told["level"], told["event"])
            for j in range(len(value[i]))
        ]
        for i in range(len(value))
    ]


def _summary(grid: xr.Dataset) -> dict[str, Any]:
    axes = {
        name: {"path": str(path), "values": grid[path].to_numpy().tolist()}
        for name, path in zip(("first", "second"), grid["value"].dims, strict=True)
    }
    return {**grid.attrs, **axes, "probabilities": [[cell.to_dict() for cell in row] for row in _cells(grid)]}


def _print(grid: xr.Dataset) -> None:
    from escalation.world.plain_words import counted

    first, second = map(str, grid["value"].dims)
    told = grid.attrs
    one_words, other_words = (grid[place].attrs["long_name"] for place in (first, second))
    typer.echo(f"{told['scenario']}, how likely: {told['event_words']}")
    typer.echo(f"{counted(told['runs'], 'run')} at each pair, seed {told['seed']}")
    print_table(
        (one_words, *(f"{other_words} = {_text(other)}" for other in grid[second].to_numpy().tolist())),
        [
            (_text(one), *(cell.number_text() for cell in row))
            for one, row in zip(grid[first].to_numpy().tolist(), _cells(grid), strict=True)
        ],
    )


def _text(value: object) -> str:
    """A value as the line has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
