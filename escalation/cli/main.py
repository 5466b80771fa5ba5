"""The command line: one application, a command a file, and what errors and Ctrl-C come to."""

from __future__ import annotations

from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup

from escalation.cli.ablate import ablate_mechanisms
from escalation.cli.branch import branch_run
from escalation.cli.calibrate import calibrate_model
from escalation.cli.cite import cite_sources
from escalation.cli.compare import compare_worlds
from escalation.cli.explain import explain_run
from escalation.cli.forecast import forecast_crises
from escalation.cli.list import list_scenarios
from escalation.cli.odd import print_odd
from escalation.cli.off_ramps import find_off_ramps
from escalation.cli.rare import estimate_rare_event
from escalation.cli.run import run_scenario
from escalation.cli.schema import print_schema
from escalation.cli.sensitivity import find_sensitivity
from escalation.cli.show import show_scenario
from escalation.cli.uncertainty import tell_uncertainty
from escalation.cli.validate import validate_files
from escalation.errors import EscalationError

__all__ = ["app", "main"]


class _Commands(TyperGroup):
    """Commands whose expected errors become a message and an exit status, not a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command, and say what an expected error means."""
        try:
            return super().invoke(ctx)
        except EscalationError as error:
            Console(stderr=True).print(f"[bold red]Error:[/] {escape(str(error))}", soft_wrap=True, highlight=False)
            raise typer.Exit(2) from error
        except KeyboardInterrupt as interrupt:
            Console(stderr=True).print("Interrupted.")
            raise typer.Exit(130) from interrupt


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="How a crisis climbs a ladder of escalation, or steps back.",
    epilog="Exit status: 0 done; 2 bad input, with the reason on standard error; 130 interrupted.",
)
app.command("list")(list_scenarios)
app.command("show")(show_scenario)
app.command("validate")(validate_files)
app.command("schema")(print_schema)
app.command("run")(run_scenario)
app.command("compare")(compare_worlds)
app.command("ablate")(ablate_mechanisms)
app.command("uncertainty")(tell_uncertainty)
app.command("sensitivity")(find_sensitivity)
app.command("off-ramps")(find_off_ramps)
app.command("rare")(estimate_rare_event)
app.command("branch")(branch_run)
app.command("calibrate")(calibrate_model)
app.command("forecast")(forecast_crises)
app.command("explain")(explain_run)
app.command("odd")(print_odd)
app.command("cite")(cite_sources)


def main() -> None:
    """Run the command line."""
    app(prog_name="escalation")
