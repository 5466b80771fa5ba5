"""``escalation calibrate``: fit the global parameters to the user's own copy of crisis data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from escalation.cli.forecast import Data, Store, Table
from escalation.cli.options import Json, Seed, Workers
from escalation.cli.output import check_folder, note, print_json, print_table, told_how_to_go_on
from escalation.files.whole import written_whole

__all__ = ["calibrate_model"]

Until = Annotated[int | None, typer.Option("--until", metavar="YEAR", help="Fit only rows up to this year.")]
Events = Annotated[
    Path | None,
    typer.Option("--events", metavar="PAIRS", help="A table of signal pairs: also fit what followed signals."),
]
Runs = Annotated[int, typer.Option("--runs", "-n", min=1, help="Runs of each crisis in a simulation.")]
Save = Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Save the fit in a TOML file.")]
Starts = Annotated[
    int, typer.Option("--starts", min=1, help="Number of starting points; all but the first are drawn by chance.")
]
Seeds = Annotated[int, typer.Option("--seeds", min=1, help="Number of seeds to fit with, from --seed on.")]


def calibrate_model(
    data: Data,
    table: Table,
    events: Events = None,
    until: Until = None,
    runs: Runs = 10,
    seed: Seed = 0,
    starts: Starts = 1,
    seeds: Seeds = 1,
    store: Store = None,
    workers: Workers = None,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Fit the global parameters to crisis data, and compare the patterns in both.

    TABLE is a crisis-actor table, or ICB's own icb2v*.csv. With several starting points and seeds, the fit is made
    once for each pair of them. The values printed are the mean over the fits that ended at the highest mode. Where
    each fit ended, and how far seeds differ, is printed too.

    For example:

    `escalation calibrate icb icb_actors.csv --json`

    `escalation calibrate icb icb_actors.csv --events pairs.csv --json`

    `escalation calibrate icb icb_actors.csv --until 1979 --save early.toml`

    `escalation calibrate icb icb_actors.csv --starts 4 --seeds 5 --store fits`
    """
    from escalation.analysis.fit.crises.patterns import patterns, signal_patterns
    from escalation.analysis.fit.crises.report import as_toml, fit_remarks, fit_summary, signals_summary
    from escalation.analysis.fit.crises.search import search_icb
    from escalation.data.signal_pairs import read_pairs
    from escalation.data.sources import read_table

    del data
    if save is not None:
        check_folder(save)
    rows = read_table(table)
    pairs = None if events is None else read_pairs(events)
    for words in rows.notes:
        note(words)
    if until is not None:
        rows = rows.take(rows["year"] <= until)
        pairs = None if pairs is None else pairs.take(pairs["year"] <= until)
    note("fitting; this takes a minute or more")
    with told_how_to_go_on(store):
        found = search_icb(
            rows, pairs=pairs, starts=starts, seeds=seeds, seed=seed, runs=runs, store=store, workers=workers
        )
    fit, of_seed = found.fit, seed
    shown = patterns(rows, fit, seed=of_seed + 1)
    summary = fit_summary(rows, fit, shown, seed=of_seed)
    if pairs is not None:
        summary |= signals_summary(pairs, signal_patterns(pairs, rows, fit, seed=of_seed + 1))
    if starts > 1 or seeds > 1:
        summary["search"] = found.summary()
    summary["command"] = _command(
        events=pairs is not None, until=until, runs=runs, seed=seed, starts=starts, seeds=seeds
    )
    summary["remarks"] = fit_remarks(found, shown, summary["not_known"])
    if save is not None:
        with written_whole(save) as part:
            part.write_text(as_toml(summary), encoding="utf-8")
    if as_json:
        print_json(summary)
        return
    print_table(
        ("parameter", "value", "95 % interval", "unit", "prior's width left"),
        [
            (
                name,
                f"{entry['value']:.3g}",
                f"{entry['low']:.3g} to {entry['high']:.3g}" if "low" in entry else "",
                entry["unit"],
                f"{100.0 * entry['width_kept']:.0f} %" if "width_kept" in entry else "",
            )
            for name, entry in summary["parameters"].items()
        ],
        title=f"{rows.version}, {fit.rows} rows of {summary['years'][0]} to {summary['years'][1]}",
    )
    print_table(
        ("pattern", "data", "model", "inside"),
        [
            (
                entry["pattern"],
                f"{entry['data']['value']:.3g} [{entry['data']['low']:.3g}, {entry['data']['high']:.3g}]",
                f"{entry['model']['value']:.3g} [{entry['model']['low']:.3g}, {entry['model']['high']:.3g}]",
                "yes" if entry["inside"] else "no",
            )
            for entry in summary["patterns"]
        ],
        title=f"{summary['patterns_inside']} of {len(summary['patterns'])} patterns within the data's interval",
    )
    if pairs is not None:
        _print_signals(summary)
    if starts > 1 or seeds > 1:
        _print_search(summary["search"])
    for words in summary["remarks"]:
        note(words)


def _command(*, events: bool, until: int | None, runs: int, seed: int, starts: int, seeds: int) -> str:
    """Command that makes the same fit again from the same tables."""
    said = ["--events PAIRS"] if events else []
    said += [] if until is None else [f"--until {until}"]
    said += [f"--runs {runs}"]
    said += [f"--seed {seed}"] if seed else []
    said += [f"--starts {starts}"] if starts > 1 else []
    said += [f"--seeds {seeds}"] if seeds > 1 else []
    return " ".join(["escalation calibrate icb TABLE", *said])


def _print_signals(summary: dict[str, Any]) -> None:
    """Print what followed signals, in the data and in the model."""
    print_table(
        ("received", "toward", "next act", "data", "model", "inside"),
        [
            (
                entry["received"],
                entry["toward"],
                entry["act"],
                f"{entry['data']['value']:+.3f} [{entry['data']['low']:+.3f}, {entry['data']['high']:+.3f}]",
                f"{entry['model']['value']:+.3f} [{entry['model']['low']:+.3f}, {entry['model']['high']:+.3f}]",
                "yes" if entry["inside"] else "no",
            )
            for entry in summary["signals"]
        ],
        title=f"what followed signals: {summary['signals_inside']} of {len(summary['signals'])} within the interval",
    )


def _print_search(search: dict[str, Any]) -> None:
    """Print where the fits ended, and how far seeds differ."""
    by_start = sorted(search["ends"], key=lambda end: (end["start"], end["seed"]))
    print_table(
        ("start", "seed", "mode", "log-posterior", "converged"),
        [
            (
                str(end["start"]),
                str(end["seed"]),
                str(end["mode"]),
                f"{end['log_posterior']:.2f}",
                "yes" if end["converged"] else "no",
            )
            for end in by_start
        ],
        title=f"{search['modes']} modes of {len(by_start)} fits; 0 is the highest",
    )
    if search["seed_spread"]:
        print_table(
            ("parameter", "least of the seeds", "greatest", "deviation over seeds, share of the posterior's"),
            [
                (name, f"{one['least']:.3g}", f"{one['greatest']:.3g}", f"{100.0 * one['of_posterior']:.0f} %")
                for name, one in search["seed_spread"].items()
            ],
            title="best fit of each seed at the highest mode",
        )
