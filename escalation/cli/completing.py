"""What a shell offers when it completes a word: scenarios, events, actors, items; it never fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from escalation.world.scenario import Scenario

__all__ = [
    "actors",
    "events",
    "fronts",
    "items",
    "ladders",
    "left_out",
    "mechanisms",
    "places",
    "rungs",
    "scenarios",
]


def scenarios(incomplete: str) -> list[str]:
    """Names in the library, and TOML files and folders at hand."""
    from escalation.files import library_names

    typed = Path(incomplete)
    folder = typed if incomplete.endswith("/") else typed.parent
    here: list[str] = []
    if folder.is_dir():
        entries = sorted(entry for entry in folder.iterdir() if entry.suffix == ".toml" or entry.is_dir())
        here = [f"{entry}/" if entry.is_dir() else str(entry) for entry in entries if not entry.name.startswith(".")]
    return _begun(incomplete, [*library_names(), *here])


def events(ctx: typer.Context, incomplete: str) -> list[str]:
    """Events of the scenario that the line names."""

    def names(scenario: Scenario) -> Iterable[str]:
        from escalation.engines.lowering.rows import Rows
        from escalation.montecarlo.axes import Axes
        from escalation.montecarlo.events import event_names, further_names

        axes = Axes.named(
            scenario,
            front_ids=tuple(Rows(scenario).fronts),
            actor_ids=scenario.actor_ids,
            commitment_rows=tuple(scenario.commitments),
        )
        return [*event_names(axes), *further_names(axes)]

    return _of_scenario(ctx, incomplete, names)


def actors(ctx: typer.Context, incomplete: str) -> list[str]:
    """Actors of the scenario that the line names."""
    return _of_scenario(ctx, incomplete, lambda scenario: scenario.actor_ids)


def fronts(ctx: typer.Context, incomplete: str) -> list[str]:
    """Fronts of the scenario that the line names."""
    return _of_scenario(ctx, incomplete, lambda scenario: scenario.front_ids)


def rungs(ctx: typer.Context, incomplete: str) -> list[str]:
    """Rungs of the ladder of the scenario that the line names."""
    return _of_scenario(ctx, incomplete, lambda scenario: scenario.ladder.names[1:])


def items(ctx: typer.Context, incomplete: str) -> list[str]:
    """Signals, events and commitments of the scenario that the line names."""
    return _of_scenario(ctx, incomplete, lambda scenario: (*scenario.signals, *scenario.events, *scenario.commitments))


def left_out(ctx: typer.Context, incomplete: str) -> list[str]:
    """Signals, occasions, events and commitments of the scenario that the line names."""

    def names(scenario: Scenario) -> Iterable[str]:
        occasions = (signal.occasion for signal in scenario.signals.values() if signal.occasion)
        return dict.fromkeys((*scenario.signals, *occasions, *scenario.events, *scenario.commitments))

    return _of_scenario(ctx, incomplete, names)


def places(ctx: typer.Context, incomplete: str) -> list[str]:
    """Dotted places of the numbers of the scenario that the line names, each with its equals sign."""

    def names(scenario: Scenario) -> list[str]:
        from escalation.world.plain import plain

        return [f"{path}=" for path in _numbers(plain(scenario, iso=True), "")]

    return _of_scenario(ctx, incomplete, names)


def ladders(incomplete: str) -> list[str]:
    """Ladders of the library."""
    from escalation.world.ladder import ladder_names

    return _begun(incomplete, ladder_names())


def mechanisms(incomplete: str) -> list[str]:
    """Names of the mechanisms."""
    from escalation.analysis.what_mattered.switches import MECHANISMS

    return _begun(incomplete, MECHANISMS)


def _of_scenario(ctx: typer.Context, incomplete: str, names: Callable[[Scenario], Iterable[str]]) -> list[str]:
    from escalation.errors import EscalationError
    from escalation.files import load

    given = ctx.params.get("scenario") or ctx.params.get("scenarios") or []
    # Where an option still waits for its value, words have not been told apart yet.
    for word in [given] if isinstance(given, str) else [*given, *ctx.args]:
        try:
            return _begun(incomplete, names(load(word)))
        except EscalationError:
            continue  # a figure's name, or a file that is at fault; that is told of when the command runs
    return []


def _begun(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]


def _numbers(value: object, path: str) -> Iterable[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _numbers(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path
