"""``escalation compare``: what does one change make of it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from escalation.cli import completing
from escalation.cli.asking import Besides
from escalation.cli.options import Json, Plot, Runs, Seed, Set, Table, Without, Workers, World, change
from escalation.cli.output import note, print_json, print_table, save_axes
from escalation.errors import StudyError

if TYPE_CHECKING:
    from escalation.montecarlo.compare import Comparison
    from escalation.world.scenario import Scenario

__all__ = ["Other", "compare_worlds", "two_worlds"]

_PATHS = 8

Other = Annotated[
    str | None,
    typer.Argument(metavar="OTHER", help="A second scenario to compare it with.", autocompletion=completing.scenarios),
]


def two_worlds(
    command: str,
    scenario: str,
    other: str | None,
    *,
    replacements: Sequence[str] | None,
    removals: Sequence[str] | None,
) -> tuple[Scenario, Scenario]:
    """Load a scenario, and what it is compared with: another one, or itself changed.

    Raises
    ------
    StudyError
        If there is neither, or both.
    """
    from escalation.files import load

    if (other is not None) == bool(replacements or removals):
        which = "not both" if other is not None else "and neither is given"
        needs = "needs one other world: a second scenario, or changes by --without and --set"
        raise StudyError(f"{command} {needs}, {which}")
    first = load(scenario)
    return first, change(first, replacements=replacements, removals=removals) if other is None else load(other)


def compare_worlds(
    scenario: World,
    other: Other = None,
    runs: Runs = 10_000,
    seed: Seed = 0,
    replacements: Set = None,
    removals: Without = None,
    events: Besides = None,
    workers: Workers = None,
    as_json: Json = False,
    plot: Plot = None,
    save: Table = None,
) -> None:
    """Compare two scenarios, or a scenario with a changed version of itself.

    Both worlds are run on the same chance, so that runs differ only by what was changed. A difference is what the
    change did: changed minus unchanged. Above 0, the event is likelier in the changed world. Where two scenarios are
    named, the second is the changed world.

    For example:

    `escalation compare haniyeh-2024 --without us-private-warning --seed 1`

    `escalation compare haniyeh-2024 --set actors.usa.honesty=0.9 --json`

    `escalation compare haniyeh-2024 --without us-private-warning --event joint:irn+hzb`

    `escalation compare first.toml second.toml --plot differences.pdf --save differences.tex`
    """
    from escalation.montecarlo.compare import compare

    first, second = two_worlds("compare", scenario, other, replacements=replacements, removals=removals)
    comparison = compare(first, second, runs=runs, seed=seed, workers=workers, events=events or ())
    if as_json:
        print_json(comparison.summary())
    else:
        _print_comparison(comparison, events or ())
    if save is not None:
        from escalation.reports.estimate_table import table_of_comparison

        table_of_comparison(comparison).save(save)
        note(f"Estimates saved to {save}")
    if plot is not None:
        from escalation.plotting import comparison as draw

        save_axes(plot, lambda: draw(comparison))
    if comparison.interrupted:
        note(f"Interrupted: these are the first {comparison.runs:,} of {runs:,} pairs of runs.")
        raise typer.Exit(130)


def _print_comparison(comparison: Comparison, asked: Sequence[str]) -> None:
    from escalation.estimates.paired import DIFFERENCE_IS
    from escalation.world.plain_words import counted, event_words, told_events

    first, second = comparison.first, comparison.second
    typer.echo(f"{first.scenario.name}: {DIFFERENCE_IS}, {counted(comparison.runs, 'pair')} of runs, seed {first.seed}")
    paths = [path for path, _, _ in first.scenario.diff(second.scenario)]
    more = f" and {len(paths) - _PATHS} more" if len(paths) > _PATHS else ""
    typer.echo(f"Changed: {', '.join(paths[:_PATHS]) or 'nothing'}{more}")
    rows = [
        (
            event_words(event, second.scenario),
            first.probability(event, level=comparison.level).number_text(),
            second.probability(event, level=comparison.level).number_text(),
            difference.number_text(),
            f"{difference.p_value:.2g}",
            event,
        )
        for event in dict.fromkeys((*told_events(comparison.differences, second.scenario), *asked))
        for difference in (comparison.differences[event],)
    ]
    print_table(("event", "unchanged", "changed", "difference", "p", "id"), rows)
    methods = dict.fromkeys(difference.method.title() for difference in comparison.differences.values())
    level = f"{100 * comparison.level:g} %"
    typer.echo(
        f"Intervals of {level}: {comparison.first.method.title()} for each world, {', '.join(methods)} for differences."
    )
    listed = dict.fromkeys((*first.events, *second.events))
    if alone := [event for event in listed if event not in comparison.differences]:
        note(f"Not compared, since one of the two worlds alone has it: {', '.join(alone)}")
    typer.echo(f"{int(comparison.parted.sum()):,} of {comparison.runs:,} pairs of runs came out otherwise.")
