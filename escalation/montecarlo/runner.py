"""Run a scenario many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from escalation.errors import DecisionRuleError, StudyError
from escalation.files.study_key import source_hash
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import GREAT_BLOCK_RUNS, Outcomes, compact
from escalation.montecarlo.dispatch import play
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.gathered import Gathered
from escalation.montecarlo.pieces import StoredOutcomes
from escalation.montecarlo.pool import check_executor, cores, in_flight, thread_count
from escalation.montecarlo.progress import Hook, Progress
from escalation.montecarlo.ruled import checked_rules, play_ruled
from escalation.montecarlo.stopping import Precision, Watch
from escalation.montecarlo.store import MOST_HELD, Store
from escalation.whole_numbers import RUNS_BELOW, whole, whole_seed
from escalation.world.scenario import Scenario

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered
    from escalation.engines.situation import DecisionRule

__all__ = ["DEFAULT_RUNS", "MOST_RUNS", "check_executor", "finished", "in_flight", "play_worlds", "run"]

DEFAULT_RUNS = 10_000
"""Runs where nothing is said."""

MOST_RUNS = 1_000_000
"""Runs at most, where a precision is asked for and nothing else is said."""


def run(
    scenario: Scenario,
    *,
    runs: int | None = None,
    seed: int = 0,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: bool | Hook | None = None,
    store: str | Path | None = None,
    until: Precision | str | None = None,
    decision_rules: Mapping[str, DecisionRule] | None = None,
    in_memory: bool | None = None,
) -> Ensemble:
    """Run a scenario many times.

    Run number k of a seed is the same whatever the number of runs, workers or the executor. Ctrl-C returns
    the runs that are finished, from the first on.

    With decision rules of your own the readable engine plays the runs, one by one: some milliseconds each, and more if
    a rule takes its time. Chance is the same as without them.

    Parameters
    ----------
    scenario
        The scenario.
    runs
        Number of runs, 1 or more; by default 10,000. With `until` the greatest number, by default a million.
    seed
        Seed, from 0 to 2⁶⁴ − 1.
    workers
        Number of threads; by default one for each core.
    executor
        Executor to use instead: processes, or a cluster's. It is not shut down. Two blocks are sent to it at a time
        for each that it plays at once: for each of `workers`, otherwise for each worker that it says it has; 64 where
        it does not say.
    progress
        Whether to show a progress bar on standard error, and in advance how long it will take; by default on a
        terminal, where the work is long. Or a function that is told, whenever runs have come in, how many are finished
        and how many there are; where it raises `KeyboardInterrupt`, that is Ctrl-C.
    store
        Folder in which finished runs are kept as they come. Runs that it has are not played again, so that a study
        can be taken up where it was broken off, and extended.
    until
        Stop as soon as an event's interval is narrow enough: a `Precision`, or its text, as in ``"war:0.01"``. The
        ensemble's estimates are then confidence sequences [Robbins1970]_, whose coverage survives such a choice.
    decision_rules
        Rules by actor: functions from an `escalation.Situation` to the name of an act on offer. Such runs take neither
        `workers` nor `executor`, and no `store`, which could not tell one rule from another.
    in_memory
        Whether to hold the outcomes in memory. Where they are not held they are in the store alone, and whatever is
        asked of them reads it in pieces; so a study may be greater than memory. By default outcomes are held unless
        there is a store and they take more than a gibibyte.

    Returns
    -------
    Ensemble
        Outcomes of the runs.

    Raises
    ------
    StudyError
        If an argument is not possible.
    DecisionRuleError
        If a decision rule raises, or chooses what is not on offer; its `finished` holds the runs before that one.
    StoreError
        If the store cannot be used, or is of another scenario, seed or version.
    KeyboardInterrupt
        If Ctrl-C was pressed before any run was finished.

    Warns
    -----
    RuntimeWarning
        If a block cannot be stored, or is damaged, or was lost by the executor; the results are whole all the same.

    Examples
    --------
    >>> import escalation as esc
    >>> ensemble = run(esc.load("two-state-deterrence"), runs=200, seed=1, progress=False)
    >>> ensemble.runs, ensemble.seed
    (200, 1)
    >>> calm = run(
    ...     esc.load("two-state-deterrence"),
    ...     runs=20,
    ...     seed=1,
    ...     progress=False,
    ...     decision_rules={"challenger": lambda situation: situation.acts[0]},
    ... )
    >>> calm.probability("initiation", actor="challenger").value
    0.0
    """
    precision = Precision.parse(until) if isinstance(until, str) else until
    if not (precision is None or isinstance(precision, Precision)):
        raise StudyError(f"until is {until!r}; it must be a Precision, or a text such as 'war:0.01'")
    if runs is None:
        runs = DEFAULT_RUNS if precision is None else MOST_RUNS
    if in_memory is False and (store is None or precision is not None):
        other = "needs a store" if store is None else "does not go with until, which looks at the runs as they come"
        raise StudyError(f"in_memory=False {other}")
    if decision_rules:
        given = {"workers": workers, "executor": executor, "store": store}
        if useless := [name for name, value in given.items() if value is not None]:
            raise StudyError(
                f"{useless[0]} does not go with decision_rules: such runs are played one by one, and not kept"
            )
        return _run_ruled(scenario, decision_rules, runs=runs, seed=seed, progress=progress, until=precision)
    return play_worlds(
        [scenario],
        runs=runs,
        seed=seed,
        workers=workers,
        executor=executor,
        progress=progress,
        store=None if store is None else Path(store),
        until=precision,
        in_memory=in_memory,
    )[0]


def _run_ruled(
    scenario: Scenario,
    decision_rules: Mapping[str, DecisionRule],
    *,
    runs: int,
    seed: int,
    progress: bool | Hook | None,
    until: Precision | None,
) -> Ensemble:
    """Play a scenario in which some actors follow decision rules of their own."""
    from escalation.engines.lower import lower_once

    runs, seed = whole("runs", runs, least=1, below=RUNS_BELOW), whole_seed(seed)
    rules = checked_rules(decision_rules, scenario)
    lowered = lower_once(scenario)
    axes = Axes.of(scenario, lowered)
    gathered, watch = Gathered(runs, worlds=1), Watch(until, axes)

    def ensemble() -> Ensemble:
        return _ensembles([scenario], [axes], gathered, watch, seed=seed, decision_rules=tuple(rules))[0]

    try:
        play_ruled(
            scenario,
            lowered,
            rules,
            seed=seed,
            gathered=gathered,
            progress=Progress(runs, show=progress, at_most=until is not None),
            watch=watch,
        )
    except DecisionRuleError as error:
        kept = ensemble() if error.run else None
        raise DecisionRuleError(
            error.what, actor=error.actor, day=error.day, run=error.run, finished=kept
        ) from error.__cause__
    return ensemble()


def finished(ensemble: Ensemble) -> Ensemble:
    """Return an ensemble that was not cut short, for a study of which it is a part.

    Raises
    ------
    KeyboardInterrupt
        If it was, by Ctrl-C: what the rest of the study would make of fewer runs is not what was asked for.
    """
    if ensemble.interrupted:
        raise KeyboardInterrupt
    return ensemble


def play_worlds(
    scenarios: Sequence[Scenario],
    *,
    runs: int,
    seed: int,
    workers: int | None,
    executor: Executor | None,
    progress: bool | Hook | None,
    store: Path | None = None,
    until: Precision | None = None,
    in_memory: bool | None = None,
) -> list[Ensemble]:
    """Play the same runs of several worlds side by side, as `run` does one.

    `store`, `until` and `in_memory` go with one world alone.

    Returns
    -------
    list of Ensemble
        One for each world, all of the same number of runs.
    """
    from escalation.engines.lower import lower

    runs, seed = whole("runs", runs, least=1, below=RUNS_BELOW), whole_seed(seed)
    threads = thread_count(workers)
    check_executor(executor)
    lowered = [lower(scenario) for scenario in scenarios]
    axes = [Axes.of(scenario, arrays) for scenario, arrays in zip(scenarios, lowered, strict=True)]
    if in_memory is None:
        # A study with `until` looks at its outcomes after every block, so they are held however many they are.
        in_memory = store is None or until is not None or runs * _bytes_a_run(lowered[0]) <= MOST_HELD
    # The watch comes before the store, so that an event that is not known leaves no empty store behind.
    gathered, watch = _gathered(runs, worlds=len(scenarios), in_memory=in_memory), Watch(until, axes[0])
    kept = None
    if store is not None:
        asked = runs if until is None else None
        kept = Store.open(store, scenarios[0], seed=seed, axes=axes[0], runs=asked, until=until, in_memory=in_memory)
    disk = None if kept is None else kept.disk
    bar = Progress(runs * len(scenarios), show=progress, at_most=until is not None, disk=disk)
    if kept is not None:
        bar.skip(kept.restore(gathered, enough=lambda: watch.look(gathered)))
    if not watch.look(gathered):
        # With an executor our own threads play only what it loses. `workers` is then the number of its workers, which
        # can be hundreds on a cluster.
        play(
            scenarios,
            lowered,
            seed=seed,
            gathered=gathered,
            workers=threads if executor is None else min(threads, cores()),
            executor=executor,
            in_flight=in_flight(executor, workers),
            progress=bar,
            stores={} if kept is None else {0: kept},
            watch=watch,
        )
    if kept is not None and not in_memory:
        return _ensembles(scenarios, axes, gathered, watch, seed=seed, store=kept)
    return _ensembles(scenarios, axes, gathered, watch, seed=seed)


def _gathered(runs: int, *, worlds: int, in_memory: bool) -> Gathered:
    """Where finished runs are put, or only counted, where their outcomes are in a store alone."""
    if in_memory:
        return Gathered(runs, worlds=worlds)
    return Gathered(runs, worlds=worlds, keep=_nothing, block=min(GREAT_BLOCK_RUNS, runs))


def _nothing(_world: int, _outcomes: Outcomes) -> Outcomes:
    """What is kept in memory of outcomes that are in a store."""
    return {}


def _bytes_a_run(lowered: Lowered) -> int:
    """Memory that the outcomes of a run take."""
    from escalation.engines.buffers import empty_outcomes

    one = compact(empty_outcomes(lowered, 1)._asdict(), periods=lowered.periods)
    return sum(array.nbytes for array in one.values())


def _ensembles(
    scenarios: Sequence[Scenario],
    axes: Sequence[Axes],
    gathered: Gathered,
    watch: Watch,
    *,
    seed: int,
    decision_rules: tuple[str, ...] = (),
    store: Store | None = None,
) -> list[Ensemble]:
    """Make ensembles of what has been gathered of each world, or is in a store, up to where there were enough runs."""
    stop, interrupted = watch.kept(gathered)
    return [
        Ensemble(
            scenario=scenario,
            seed=seed,
            outcomes=gathered.outcomes(world=world, stop=stop) if store is None else StoredOutcomes(store, runs=stop),
            axes=axes[world],
            interrupted=interrupted,
            until=watch.precision,
            sources=source_hash("runs"),
            decision_rules=decision_rules,
        )
        for world, scenario in enumerate(scenarios)
    ]
