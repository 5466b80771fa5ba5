"""``escalation calibrate``: fit the global parameters to the user's own copy of crisis data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from escalation.cli.forecast import Data, Table
from escalation.cli.options import Json, Seed
from escalation.cli.output import check_folder, note, print_json, print_table
from escalation.files.whole import written_whole

__all__ = ["calibrate_model"]

Until = Annotated[int | None, typer.Option("--until", metavar="YEAR", help="Fit only rows up to this year.")]
Runs = Annotated[int, typer.Option("--runs", "-n", min=1, help="Runs of each crisis in a simulation.")]
Save = Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Keep the fit in a TOML file.")]


def calibrate_model(
    data: Data,
    table: Table,
    until: Until = None,
    runs: Runs = 10,
    seed: Seed = 0,
    save: Save = None,
    as_json: Json = False,
) -> None:
    """Fit the global parameters to crisis data, and compare the patterns in both.

    TABLE is a crisis-actor table, or ICB's own icb2v*.csv. For example:

    `escalation calibrate icb icb_actors.csv --json`

    `escalation calibrate icb icb_actors.csv --until 1979 --save early.toml`
    """
    from escalation.analysis.calibration_icb import fit_icb
    from escalation.analysis.calibration_patterns import patterns
    from escalation.analysis.calibration_report import as_toml, fit_summary
    from escalation.data.sources import read_table

    del data
    if save is not None:
        check_folder(save)
    rows = read_table(table)
    for words in rows.notes:
        note(words)
    if until is not None:
        rows = rows.take(rows["year"] <= until)
    if not as_json:
        note("fitting; this takes some minutes")
    fit = fit_icb(rows, seed=seed, runs=runs)
    summary = fit_summary(rows, fit, patterns(rows, fit, seed=seed + 1), seed=seed)
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
