"""``escalation branch``: what could still come of one run, from a day on?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from escalation.cli.asking import moment
from escalation.cli.options import Json, Runs, Seed, Set, Without, Workers, World, change
from escalation.cli.output import print_json, print_table

if TYPE_CHECKING:
    from escalation.estimates.paired import PairedDifference
    from escalation.montecarlo.ensemble import Ensemble

__all__ = ["branch_run"]

Run = Annotated[int, typer.Option("--run", "-r", min=0, help="Number of the run whose first days are kept.")]
Day = Annotated[
    str,
    typer.Option(
        "--day", "-d", metavar="DAY", help="Day from which the run is continued: a date, or days after the start."
    ),
]


def branch_run(
    scenario: World,
    day: Day,
    run: Run = 0,
    seed: Seed = 0,
    replacements: Set = None,
    removals: Without = None,
    runs: Runs = 10_000,
    workers: Workers = None,
    as_json: Json = False,
) -> None:
    """Take one run up to a day, change something, and continue it many times.

    With a change, both worlds are continued on the same chance. A difference is what the change did: changed minus
    unchanged.

    For example:

    `escalation branch haniyeh-2024 --run 17 --day 12`

    `escalation branch haniyeh-2024 --run 17 --day 2024-08-11 --set actors.usa.honesty=0.9 --json`
    """
    from escalation.analysis.what_if.branching import branch
    from escalation.engines.simulate import simulate
    from escalation.estimates.paired import DIFFERENCE_IS, paired_difference
    from escalation.files import load
    from escalation.montecarlo.compare import shared_events
    from escalation.world.plain_words import counted, event_words, told_events

    trajectory = simulate(load(scenario), seed=seed, run=run)
    world = trajectory.scenario
    asked = moment(day)
    after = branch(
        trajectory,
        asked,
        changes=[lambda given: change(given, replacements=replacements, removals=removals)],
        runs=runs,
        workers=workers,
    )
    changes = world.diff(after.scenario)
    unchanged = branch(trajectory, asked, runs=runs, workers=workers) if changes else after
    days = world.day(asked)
    differences = {
        event: paired_difference(after.occurs(event), unchanged.occurs(event), event=event)
        for event in (shared_events(unchanged, after) if changes else ())
    }
    if as_json:
        summary = after.summary() | {
            "run": run,
            "day": days,
            "changes": [{"path": path, "from": before, "to": now} for path, before, now in changes],
        }
        if changes:
            summary["unchanged"] = unchanged.summary()["probabilities"]
            summary["difference_is"] = DIFFERENCE_IS
            summary["differences"] = {event: gap.to_dict() for event, gap in differences.items()}
        print_json(summary)
        return
    typer.echo(f"{world.name}: run {run} of seed {seed} up to day {days:g}, then {counted(runs, 'continuation')}")
    if changes:
        typer.echo(f"Changed: {', '.join(path for path, _, _ in changes)}")
        _print_both(after, unchanged, differences)
    else:
        told = told_events(after.events, after.scenario)
        print_table(
            ("event", "probability", "id"),
            [(event_words(e, after.scenario), after.probability(e).number_text(), e) for e in told],
        )


def _print_both(changed: Ensemble, unchanged: Ensemble, differences: Mapping[str, PairedDifference]) -> None:
    from escalation.world.plain_words import event_words, told_events

    print_table(
        ("event", "unchanged", "changed", "difference", "id"),
        [
            (
                event_words(event, changed.scenario),
                unchanged.probability(event).number_text(),
                changed.probability(event).number_text(),
                gap.number_text(),
                event,
            )
            for event in told_events(differences, changed.scenario)
            for gap in (differences[event],)
        ],
    )
