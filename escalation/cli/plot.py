"""``escalation plot``: any figure of a scenario, of many runs or of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from escalation.cli import completing
from escalation.cli.asking import Actor, Target
from escalation.cli.options import Json, Runs, Seed, Set, Without, Workers, change, chosen, figure_file, once
from escalation.cli.output import note, print_json
from escalation.errors import StudyError
from escalation.world.near import near

if TYPE_CHECKING:
    from escalation.montecarlo.ensemble import Ensemble
    from escalation.world.scenario import Scenario

__all__ = ["plot_figure"]

Drawn = Any
"""Axes of matplotlib, which is named in `escalation.plotting` alone."""


class Name(StrEnum):
    """Figures that can be asked for."""

    PEAKS = "peaks"
    FAN = "fan"
    FIRST_PASSAGE = "first-passage"
    LADDER_HEAT_MAP = "ladder-heat-map"
    ESCALATION_TREE = "escalation-tree"
    SMALL_MULTIPLES = "small-multiples"
    POLICIES = "policies"
    NETWORK = "network"
    TIMELINE = "timeline"
    BELIEFS = "beliefs"


_OF_RUNS = (Name.PEAKS, Name.FAN, Name.FIRST_PASSAGE, Name.LADDER_HEAT_MAP, Name.ESCALATION_TREE)
"""Figures of many runs of one scenario."""
_OF_ONE_RUN = (Name.TIMELINE, Name.BELIEFS)
_ALONE = (Name.NETWORK, Name.TIMELINE, Name.SMALL_MULTIPLES)
"""Figures that are drawn of any scenario without further names."""
_TAKEN_BY: dict[str, tuple[Name, ...]] = {
    "--event": (Name.FIRST_PASSAGE, Name.POLICIES),
    "--actor": _OF_RUNS,
    "--target": _OF_RUNS,
    "--front": (Name.BELIEFS,),
    "--least": (Name.ESCALATION_TREE,),
    "--policy": (Name.POLICIES,),
    "--outcomes": _OF_RUNS,
}
"""Figures that an option changes; with any other it is refused, for it would be ignored."""

Which = Annotated[Name, typer.Argument(metavar="FIGURE", help=f"What to draw: {', '.join(Name)}.")]
Worlds = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO...",
        help="Name in the library, or a file; several for small-multiples.",
        autocompletion=completing.scenarios,
    ),
]
Save = Annotated[
    Path,
    typer.Option("--save", "-o", metavar="FILE", help="Where to save it: .png, .pdf, .svg, ...", callback=figure_file),
]
Run = Annotated[int, typer.Option("--run", "-r", min=0, help="Which run to draw: for timeline and beliefs.")]
Events = Annotated[
    list[str] | None,
    typer.Option(
        "--event",
        "-e",
        metavar="EVENT",
        help="Which event: for policies, and for first-passage, where it is repeatable.",
        autocompletion=completing.events,
    ),
]
Front = Annotated[
    str | None,
    typer.Option(
        "--front", metavar="FRONT", help="Whose beliefs about whom, such as irn-isr.", autocompletion=completing.fronts
    ),
]
Least = Annotated[
    str | None,
    typer.Option(
        "--least",
        metavar="RUNG",
        help="Lowest rung that counts as a step: for escalation-tree.",
        autocompletion=completing.rungs,
    ),
]
Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy",
        metavar="CHANGES",
        help="A policy: ids to leave out and new values, such as `us-denial; actors.usa.honesty=0.9`; repeatable.",
        autocompletion=completing.items,
    ),
]
Outcomes = Annotated[
    Path | None,
    typer.Option(
        "--outcomes",
        metavar="PATH",
        help="Draw these outcomes, and run nothing: a .nc file that `run` saved, or its store.",
    ),
]


@dataclass(frozen=True)
class _Asked:
    """What the line says."""

    scenarios: Sequence[Scenario]
    runs: int
    seed: int
    run: int
    events: Sequence[str]
    actor: str | None
    target: str | None
    front: str | None
    least: str | None
    policies: Sequence[str]
    outcomes: Path | None
    workers: int | None
    told: dict[str, int] = field(default_factory=dict)

    @property
    def scenario(self) -> Scenario:
        return self.scenarios[0]

    def check(self, figure: Name) -> None:
        """Refuse what the figure cannot be drawn with, before anything heavy is loaded or any run is played.

        Raises
        ------
        StudyError
            If an option is missing, or names what there is not.
        """
        given = {
            "--event": self.events,
            "--actor": self.actor,
            "--target": self.target,
            "--front": self.front,
            "--least": self.least,
            "--policy": self.policies,
            "--outcomes": self.outcomes,
        }
        for option, figures in _TAKEN_BY.items():
            if given[option] and figure not in figures:
                raise StudyError(f"{option}: does not go with {figure}, but with {', '.join(figures)}")
        if figure is Name.POLICIES and (not self.policies or len(self.events) > 1):
            raise StudyError("policies: give one or more by --policy, and at most one --event")
        if figure is Name.SMALL_MULTIPLES and len({world.name for world in self.scenarios}) < len(self.scenarios):
            names = ", ".join(dict.fromkeys(world.name for world in self.scenarios))
            raise StudyError(f"small-multiples: scenarios of different names, not {names} twice")
        if figure is Name.BELIEFS and self.front is None:
            raise StudyError(f"beliefs: whose? Give --front, one of {', '.join(self.scenario.fronts)}")
        if figure in _ALONE or self.outcomes is not None:
            return
        from escalation.engines.lower import lower_once
        from escalation.montecarlo.axes import Axes
        from escalation.montecarlo.events import query, select_fronts

        axes = Axes.of(self.scenario, lower_once(self.scenario))
        if figure is Name.BELIEFS and self.front not in axes.front_ids:
            known = near(self.front, axes.front_ids)
            raise StudyError(f"--front: no front {self.front!r} in {self.scenario.name!r}{known}")
        select_fronts(axes, actor=self.actor, target=self.target)
        if figure is Name.ESCALATION_TREE and self.least is not None and self.least not in axes.rung_names[1:]:
            raise StudyError(f"--least: no rung {self.least!r} above the lowest{near(self.least, axes.rung_names[1:])}")
        if figure in (Name.FIRST_PASSAGE, Name.POLICIES):
            for event in self.events:
                query(event, axes)

    def side_by_side(self, worlds: Sequence[Scenario]) -> list[Ensemble]:
        """As many runs of each world, though Ctrl-C ends them early."""
        from escalation.montecarlo.runner import play_worlds

        found = play_worlds(worlds, runs=self.runs, seed=self.seed, workers=self.workers, executor=None, progress=None)
        self.told["runs"] = found[0].runs
        return found

    def ensemble(self) -> Ensemble:
        from escalation.montecarlo.ensemble import Ensemble
        from escalation.montecarlo.runner import run

        if self.outcomes is None:
            played = run(self.scenario, runs=self.runs, seed=self.seed, workers=self.workers)
            self.told["runs"] = played.runs
            return played
        found = Ensemble.load(self.outcomes)
        if found.scenario.hash != self.scenario.hash:
            raise StudyError(
                f"{self.outcomes}: played from {found.scenario.name!r} with other content than the one given"
            )
        # The seed of the outcomes, and not the one that the line gives or leaves at 0.
        self.told.update(seed=found.seed, runs=found.runs)
        return found


def plot_figure(  # noqa: PLR0913, PLR0917 - an argument an option
    figure: Which,
    scenarios: Worlds,
    save: Save,
    runs: Runs = 10_000,
    seed: Seed = 0,
    run: Run = 0,
    events: Events = None,
    actor: Actor = None,
    target: Target = None,
    front: Front = None,
    least: Least = None,
    policies: Policies = None,
    outcomes: Outcomes = None,
    replacements: Set = None,
    removals: Without = None,
    workers: Workers = None,
    as_json: Json = False,
) -> None:
    """Draw a figure, one journal column wide, and save it.

    Figures of a study are drawn by its own command: `compare`, `explain`, `sensitivity`, `uncertainty`,
    `policy-grid`, `forecast` and `hindcast` have `--plot`.

    For example:

    `escalation plot ladder-heat-map haniyeh-2024 --save rungs.pdf --seed 1`

    `escalation plot beliefs haniyeh-2024 --front irn-isr --run 17 --seed 1 --save beliefs.png`

    `escalation plot policies haniyeh-2024 --policy us-reassurance --policy actors.usa.honesty=0.9 --save policies.svg`

    `escalation plot small-multiples haniyeh-2024 two-state-deterrence --save both.png`
    """
    if len(scenarios) > 1 and figure is not Name.SMALL_MULTIPLES:
        raise StudyError(f"{figure}: one scenario, not {len(scenarios)}; small-multiples draws several")
    worlds = [chosen(name, replacements=replacements, removals=removals) for name in scenarios]
    asked = _Asked(
        worlds, runs, seed, run, events or (), actor, target, front, least, policies or (), outcomes, workers
    )
    asked.check(figure)
    from escalation.plotting.saving import save_figure, unseen

    save_figure(unseen(lambda: _draw(figure, asked)), save)
    if as_json:
        found = [{"scenario": world.name, "hash": world.hash} for world in worlds]
        print_json({"figure": str(figure), "file": str(save), "scenarios": found, "seed": seed, **asked.told})
    else:
        note(f"Figure saved to {save}")
    played = asked.told.get("runs", runs)
    if outcomes is None and played < runs:
        note(f"Interrupted: the figure shows the first {played:,} of {runs:,} runs.")
        raise typer.Exit(130)


def _draw(figure: Name, asked: _Asked) -> Drawn:
    from escalation import plotting

    if figure is Name.NETWORK:
        return plotting.network(asked.scenario)
    if figure in _OF_ONE_RUN:
        return _draw_run(figure, asked)
    if figure is Name.POLICIES:
        return _draw_policies(asked)
    if figure is Name.SMALL_MULTIPLES:
        names = [world.name for world in asked.scenarios]
        return plotting.small_multiples(dict(zip(names, asked.side_by_side(asked.scenarios), strict=True)))[0]
    ensemble, actor, target = asked.ensemble(), asked.actor, asked.target
    if figure is Name.FIRST_PASSAGE:
        events = asked.events or ("initiation", "war")
        return plotting.first_passage(ensemble, events, actor=actor, target=target)
    if figure is Name.ESCALATION_TREE:
        return plotting.escalation_tree(ensemble, least=asked.least, actor=actor, target=target)
    draw = {Name.PEAKS: plotting.peaks, Name.FAN: plotting.fan, Name.LADDER_HEAT_MAP: plotting.ladder_heat_map}[figure]
    return draw(ensemble, actor=actor, target=target)


def _draw_run(figure: Name, asked: _Asked) -> Drawn:
    from escalation import plotting
    from escalation.engines.simulate import simulate

    trajectory = simulate(asked.scenario, seed=asked.seed, run=asked.run)
    asked.told["run"] = asked.run
    if figure is Name.TIMELINE:
        return plotting.timeline(trajectory)
    return plotting.beliefs(trajectory.traces(str(asked.front)))


def _draw_policies(asked: _Asked) -> Drawn:
    from escalation import plotting
    from escalation.montecarlo.compare import compare

    worlds = [_changed(asked.scenario, policy) for policy in asked.policies]
    without, *played = asked.side_by_side([asked.scenario, *worlds])
    found = {_label(policy): compare(without, world) for policy, world in zip(asked.policies, played, strict=True)}
    return plotting.policies(found, event=asked.events[0] if asked.events else "war")


def _label(policy: str) -> str:
    """What a policy does: an id alone would read as its presence, and it is left out."""
    parts = [part.strip() for part in policy.split(";") if part.strip()]
    return "; ".join(part if "=" in part else f"without '{part}'" for part in parts)


def _changed(scenario: Scenario, policy: str) -> Scenario:
    parts = [part.strip() for part in policy.split(";") if part.strip()]
    if not parts:
        raise StudyError(f"--policy {policy!r}: changes nothing; name an id to leave out, or PATH=VALUE")
    once("--policy", parts, valued=True)
    return change(
        scenario,
        replacements=[part for part in parts if "=" in part],
        removals=[part for part in parts if "=" not in part],
    )
