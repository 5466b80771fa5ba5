"""``escalation show``: one scenario, table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from escalation.cli import completing
from escalation.cli.options import Json, Plot, Set, Without, World, chosen
from escalation.cli.output import print_json, print_table, save_axes
from escalation.errors import StudyError

if TYPE_CHECKING:
    from escalation.world.distributions import Distribution
    from escalation.world.event import Event
    from escalation.world.scenario import Scenario
    from escalation.world.signal import Signal

__all__ = ["show_scenario"]

OnLadder = Annotated[
    str | None,
    typer.Option(
        "--ladder",
        metavar="NAME",
        help="Retell it on another ladder of the library.",
        autocompletion=completing.ladders,
    ),
]


def show_scenario(
    scenario: World,
    replacements: Set = None,
    removals: Without = None,
    ladder: OnLadder = None,
    toml: Annotated[bool, typer.Option("--toml", help="Print it as a file to edit, and nothing else.")] = False,
    as_json: Json = False,
    plot: Plot = None,
) -> None:
    """Show a scenario: actors, fronts, commitments and timeline.

    For example:

    `escalation show haniyeh-2024`

    `escalation show haniyeh-2024 --plot network.png`

    `escalation show haniyeh-2024 --toml > mine.toml`

    `escalation show haniyeh-2024 --without us-private-warning --ladder kahn-44 --toml > retold.toml`
    """
    from escalation.files import dumps

    if toml and as_json:
        raise StudyError("--toml and --json: one form at a time")
    loaded = chosen(scenario, replacements=replacements, removals=removals)
    if ladder is not None:
        from escalation.analysis.what_mattered.ladders import on_ladder

        loaded = on_ladder(loaded, ladder)
    if toml:
        typer.echo(dumps(loaded), nl=False)
    elif as_json:
        print_json({"hash": loaded.hash, "scenario": loaded.to_dict()})
    else:
        _print_scenario(loaded)
    if plot is not None:
        from escalation.plotting import network

        save_axes(plot, lambda: network(loaded))


def _print_scenario(scenario: Scenario) -> None:
    from escalation.world.plain_words import counted

    known = f", known as of {scenario.date(scenario.day(scenario.as_of))}" if scenario.as_of is not None else ""
    typer.echo(f"{scenario.title or scenario.name} ({scenario.name})")
    lasts = counted(scenario.horizon, "day")
    typer.echo(f"From {scenario.start} for {lasts}{known}; ladder {scenario.ladder.name}")
    typer.echo(f"Hash {scenario.hash}")
    if scenario.description.strip():
        typer.echo(f"\n{scenario.description.strip()}")
    for title, columns, rows in (
        _actors(scenario),
        _fronts(scenario),
        _commitments(scenario),
        _timeline(scenario),
    ):
        if rows:
            typer.echo()
            print_table(columns, rows, title=title)


_Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def _actors(scenario: Scenario) -> _Table:
    columns = ("id", "name", "kind", "capability", "resolve", "honesty", "principal")
    return "Actors", columns, [
        (actor.id, actor.name, actor.kind, _text(actor.capability), _text(actor.resolve),
         _text(actor.honesty), actor.principal or "")
        for actor in scenario.actors.values()
    ]  # fmt: skip


def _fronts(scenario: Scenario) -> _Table:
    columns = ("id", "stake", "revisionism", "fear", "from the start")
    return "Fronts", columns, [
        (front.id, _text(front.stake), _text(front.revisionism), _text(front.fear),
         "at war" if front.at_war else front.baseline or "")
        for front in scenario.fronts.values()
    ]  # fmt: skip


def _commitments(scenario: Scenario) -> _Table:
    columns = ("id", "patron", "protege", "against", "stake", "credence")
    return "Commitments", columns, [
        (pledge.id, pledge.patron, ", ".join(pledge.proteges), pledge.adversary or "any", _text(pledge.stake),
         _text(pledge.credence.mean))
        for pledge in scenario.commitments.values()
    ]  # fmt: skip


def _kind(scenario: Scenario, said: Signal) -> str:
    """Kind of a signal, with the day by which a vow is due or an ultimatum is to be met."""
    from escalation.engines.medians import median
    from escalation.world.plain_words import kind_word

    dated = said.kind == "vow" or said.or_else is not None
    return f"{kind_word(said)}, by day {scenario.day(said.date) + median(said.due):g}" if dated else kind_word(said)


def _timeline(scenario: Scenario) -> _Table:
    from escalation.world.plain_words import item_label

    signals, events = scenario.signals.values(), scenario.events.values()
    dated = [(scenario.day(said.date), said.id, _kind(scenario, said), _spoken(said)) for said in signals]
    dated += [(scenario.day(event.date), event.id, event.kind, _befallen(event)) for event in events]
    rows: list[tuple[str, ...]] = [
        (f"{day:g}", str(scenario.date(day)), item_label(name, scenario), kind, who, name)
        for day, name, kind, who in sorted(dated)
    ]
    return "Timeline", ("day", "date", "what", "kind", "who", "id"), rows


def _spoken(signal: Signal) -> str:
    return f"{signal.sender} to {', '.join(signal.receivers)}"


def _befallen(event: Event) -> str:
    if event.kind == "internal-shock":
        return event.actor
    if event.kind == "mediation":
        return ", ".join(event.parties[:-1]) + f" and {event.parties[-1]}"
    victims = ", ".join(victim.actor for victim in event.victims)
    author = event.actor if event.kind == "accident" else event.author or "unknown"
    return f"{author} to {victims}"


def _text(quantity: float | Distribution) -> str:
    if isinstance(quantity, (int, float)):
        return f"{quantity:g}"
    # Bounds, and the probabilities of quantiles, would only make the table too wide.
    bounds = set() if quantity.distribution in ("uniform", "triangular") else {"low", "high"}
    shown = quantity.model_dump(exclude={"distribution", "probabilities"} | bounds)
    numbers = [
        f"{number:g}" for value in shown.values() for number in (value if isinstance(value, tuple) else (value,))
    ]
    return f"{quantity.distribution}({', '.join(numbers)})"
