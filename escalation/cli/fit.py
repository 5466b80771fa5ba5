"""``escalation fit``: parameters of a scenario fitted to how often events happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from escalation.cli import completing
from escalation.cli.options import Json, Seed, Set, Without, World, chosen
from escalation.cli.output import check_folder, note, print_json, print_table
from escalation.errors import StudyError

if TYPE_CHECKING:
    from escalation.analysis.fit.counts.calibration import Calibration

__all__ = ["fit_scenario"]

Observed = Annotated[
    list[str],
    typer.Option(
        "--observed", metavar="EVENT=N/OF", help="How often an event happened, such as `war=3/40`; repeatable.",
        autocompletion=completing.events,
    ),
]  # fmt: skip
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parameter",
        "-p",
        metavar="PATH[=LOW:HIGH]",
        help="What to fit: a distribution, or a number with a uniform prior; repeatable. By default all distributions.",
        autocompletion=completing.places,
    ),
]
Method = Annotated[
    str,
    typer.Option(
        "--method",
        help="Method: moments for the mode and a normal approximation, or abc-smc for draws of the posterior.",
    ),
]
Save = Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Save the scenario with the values found.")]
Populations = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="FILE", help="Keep the populations of abc-smc in this file, and continue from them."
    ),
]


def fit_scenario(
    scenario: World,
    observed: Observed,
    parameters: Parameters = None,
    method: Method = "moments",
    runs: Annotated[int, typer.Option("--runs", "-n", min=1, help="Runs at each trial of the parameters.")] = 2_000,
    seed: Seed = 0,
    population: Annotated[int, typer.Option("--population", min=2, help="Number of draws that abc-smc keeps.")] = 100,
    populations: Annotated[int, typer.Option("--populations", min=1, help="How often abc-smc refines them.")] = 5,
    store: Populations = None,
    replacements: Set = None,
    removals: Without = None,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Fit parameters of a scenario to how often events happened in similar cases.

    The command also names the directions that the data leave nearly as wide as the prior: they are not identified.

    For example:

    `escalation fit mine.toml --observed initiation=12/40 --observed war=3/40`

    `escalation fit mine.toml --observed war=3/40 -p rules.leash=0.05:1 --save fitted.toml --json`

    `escalation fit mine.toml --observed war=3/40 --method abc-smc --populations 8 --store populations.db`
    """
    from escalation.analysis.fit.counts.calibration import calibrate
    from escalation.cli.sensitivity import parse_parameters
    from escalation.files import save as save_scenario
    from escalation.world.distributions import Uniform

    if save is not None:
        check_folder(save)
    changed = chosen(scenario, replacements=replacements, removals=removals)
    for path, ends in parse_parameters(parameters or ()).items():
        if ends is not None:
            changed = changed.replace(path, Uniform(low=ends[0], high=ends[1]))
    with _kept(store):
        study = calibrate(
            changed,
            parse_counts(observed),
            parameters=None if parameters is None else list(parse_parameters(parameters)),
            method=cast(Literal["moments", "abc-smc"], method),
            runs=runs,
            seed=seed,
            population=population,
            populations=populations,
            store=store,
        )
    if save is not None:
        save_scenario(study.scenario, save)
        note(f"Scenario saved to {save}")
    if as_json:
        print_json(study.summary() | {"seed": seed, "runs": runs})
    else:
        _print(study)


@contextmanager
def _kept(store: Path | None) -> Iterator[None]:
    """Say after Ctrl-C what is kept."""
    try:
        yield
    except KeyboardInterrupt:
        if store is not None and store.exists():
            note(f"The populations that were finished are kept in {store}; the same command goes on from there.")
        raise


def parse_counts(texts: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Read counts as they are written on the command line.

    Raises
    ------
    StudyError
        If one is no count.

    Examples
    --------
    >>> parse_counts(["rung:major-strike=3/40"])
    {'rung:major-strike': (3, 40)}
    """
    counts = {}
    for text in texts:
        event, _, count = text.rpartition("=")
        happened, _, cases = count.partition("/")
        try:
            counts[event.strip()] = (int(happened), int(cases))
        except ValueError:
            raise StudyError(f"--observed {text}: must be EVENT=N/OF, as war=3/40") from None
    return counts


def _print(study: Calibration) -> None:
    values, fits = study.tables()
    print_table(*values, title=f"{study.scenario.name}, by {study.method}")
    print_table(*fits)
    flat = "; ".join(map(str, study.flat)) or "none"
    typer.echo(f"Directions that the data leave nearly as wide as the prior: {flat}")
