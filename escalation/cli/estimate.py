"""``escalation estimate``: what players want, from a table of who attacked and who resisted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from escalation.cli.options import Json
from escalation.cli.output import check_folder, note, print_json, print_table
from escalation.errors import StudyError

__all__ = ["estimate_utilities"]


class LinkName(StrEnum):
    """Distributions of the shocks."""

    LOGIT = "logit"
    PROBIT = "probit"


class ErrorName(StrEnum):
    """What the shocks are shocks to."""

    AGENT = "agent"
    PRIVATE = "private"


class StartName(StrEnum):
    """Where the search begins."""

    SBI = "sbi"
    ZERO = "zero"


Table = Annotated[Path, typer.Argument(metavar="TABLE", help="CSV file with a header and a row for each case.")]
Outcome = Annotated[
    str,
    typer.Option(
        "--outcome",
        metavar="NAMES",
        help="One column of three values; two columns, `attacked,resisted`; or a column of 0 and 1 for each outcome.",
    ),
]
Outcomes = Annotated[
    str,
    typer.Option(
        "--outcomes",
        metavar="VALUES",
        help="The three values of one column, in this order: status quo, capitulation, war.",
    ),
]
FirstQuo = Annotated[str, typer.Option("--u1-sq", metavar="FORMULA", help="Player 1's utility of the status quo.")]
FirstCap = Annotated[
    str, typer.Option("--u1-cap", metavar="FORMULA", help="Player 1's utility if player 2 backs down.")
]
FirstWar = Annotated[str, typer.Option("--u1-war", metavar="FORMULA", help="Player 1's utility if player 2 resists.")]
SecondCap = Annotated[str, typer.Option("--u2-cap", metavar="FORMULA", help="Player 2's utility of backing down.")]
SecondWar = Annotated[str, typer.Option("--u2-war", metavar="FORMULA", help="Player 2's utility of resisting.")]
Link = Annotated[LinkName, typer.Option("--link", help="Shape of the shocks: Gumbel or normal.")]
Error = Annotated[
    ErrorName,
    typer.Option("--error", help="Whether shocks fall on actions, or on utilities that each player alone knows."),
]
Scale = Annotated[float, typer.Option("--scale", help="Scale of a shock, in units of utility.")]
Start = Annotated[
    StartName, typer.Option("--start", help="Where the search starts: statistical backward induction, or zeros.")
]
Refuse = Annotated[
    bool, typer.Option("--refuse-missing", help="Treat a missing value as an error; otherwise its row is left out.")
]
Robust = Annotated[bool, typer.Option("--robust", help="Robust standard errors.")]
Cluster = Annotated[str | None, typer.Option("--cluster", metavar="NAME", help="Cluster standard errors by a column.")]
Test = Annotated[
    list[str] | None,
    typer.Option(
        "--test",
        metavar="NAME",
        help="Likelihood-ratio test of leaving a parameter out, such as `u2_war:balance`; repeatable.",
    ),
]
At = Annotated[
    list[str] | None,
    typer.Option(
        "--at", metavar="NAME=VALUE", help="Predict at this value of a regressor; repeat it for every regressor."
    ),
]
Predictions = Annotated[
    Path | None,
    typer.Option("--predictions", metavar="FILE", help="Save the predicted probabilities of all rows as CSV."),
]


def _covariates(pairs: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise StudyError(f"--at {pair}: must be NAME=VALUE, as in --at balance=0.5")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            found[name.strip()] = value.strip()
    return found


def estimate_utilities(  # noqa: PLR0913, PLR0917 - an argument an option
    table: Table,
    outcome: Outcome,
    outcomes: Outcomes = "sq,cap,war",
    u1_sq: FirstQuo = "0",
    u1_cap: FirstCap = "0",
    u1_war: FirstWar = "0",
    u2_cap: SecondCap = "0",
    u2_war: SecondWar = "0",
    link: Link = LinkName.LOGIT,
    error: Error = ErrorName.AGENT,
    scale: Scale = 1.0,
    start: Start = StartName.SBI,
    refuse_missing: Refuse = False,
    robust: Robust = False,
    cluster: Cluster = None,
    tests: Test = None,
    at: At = None,
    predictions: Predictions = None,
    as_json: Json = False,
) -> None:
    """Estimate what two players want from data on who attacked and who resisted.

    Player 1 attacks or leaves the status quo. If attacked, player 2 backs down or resists. Each FORMULA is linear in
    columns of TABLE. A constant is added unless the formula says `- 1`. The default, `0`, fixes a utility at 0.

    For example:

    `escalation estimate disputes.csv --outcome attacked,resisted --u1-sq similarity --u1-war 1 --u2-war balance`

    `escalation estimate disputes.csv --outcome y --outcomes 1,3,4 --u1-war regime --u2-war balance --json`
    """
    from escalation.analysis.strategic_choice.fit import strategic_choice

    if predictions is not None:
        check_folder(predictions)
    formulas = {"u1_sq": u1_sq, "u1_cap": u1_cap, "u1_war": u1_war, "u2_cap": u2_cap, "u2_war": u2_war}
    columns = [name.strip() for name in outcome.split(",")]
    fit = strategic_choice(
        table,
        formulas,
        outcome=columns[0] if len(columns) == 1 else columns,
        outcomes=[value.strip() for value in outcomes.split(",")],
        link=link.value,
        error=error.value,
        scale=scale,
        start=start.value,
        missing="refuse" if refuse_missing else "drop",
        robust=robust,
        cluster=cluster,
    )
    test = fit.likelihood_ratio(fit.without(*tests)) if tests else None
    covariates = _covariates(at or ())
    point = fit.predict(covariates).iloc[0].to_dict() if covariates else None
    if predictions is not None:
        fit.predict().to_csv(predictions, index_label="row")
    if as_json:
        found = fit.summary()
        if test is not None:
            found["test"] = {"without": tests, **test.to_dict()}
        if point is not None:
            found["at"] = {"covariates": covariates, "probabilities": point}
        print_json(found)
        return
    print_table(("parameter", *fit.columns), fit.rows(), title="\n".join(fit.header()[:2]))
    typer.echo(fit.header()[2])
    if test is not None:
        typer.echo(f"without {', '.join(tests or [])}: {test}")
    if point is not None:
        _print_chances(point)
    if predictions is not None:
        note(f"predicted probabilities are in {predictions}")


def _print_chances(point: Mapping[Any, float]) -> None:
    from escalation.analysis.strategic_choice.predictions import CHANCES

    chances = [(name, point[name], point[f"{name}_low"], point[f"{name}_high"]) for name in CHANCES]
    print_table(
        ("probability", "estimate", "95 % interval"),
        [(name, f"{value:.4f}", f"{low:.4f} to {high:.4f}") for name, value, low, high in chances],
    )
