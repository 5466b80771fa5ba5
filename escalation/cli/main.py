"""The command line: one application, a command a file, and what errors and Ctrl-C come to."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup

from escalation.cli.ablate import ablate_mechanisms
from escalation.cli.app import open_app
from escalation.cli.branch import branch_run
from escalation.cli.calibrate import calibrate_model
from escalation.cli.cite import cite_sources
from escalation.cli.compare import compare_worlds
from escalation.cli.estimate import estimate_utilities
from escalation.cli.events import print_events
from escalation.cli.explain import explain_run
from escalation.cli.fit import fit_scenario
from escalation.cli.forecast import forecast_crises
from escalation.cli.hindcast import hindcast_crises
from escalation.cli.ladders import compare_on_ladders
from escalation.cli.list import list_scenarios
from escalation.cli.new import new_scenario
from escalation.cli.odd import print_odd
from escalation.cli.off_ramps import find_off_ramps
from escalation.cli.plot import plot_figure
from escalation.cli.policy_grid import play_grid
from escalation.cli.rare import estimate_rare_event
from escalation.cli.report import write_report
from escalation.cli.run import run_scenario
from escalation.cli.schema import print_schema
from escalation.cli.sensitivity import find_sensitivity
from escalation.cli.show import show_scenario
from escalation.cli.uncertainty import tell_uncertainty
from escalation.cli.validate import validate_files
from escalation.cli.wording import plainly
from escalation.cli.words import hold_words_against_deeds
from escalation.errors import EscalationError

__all__ = ["app", "main"]


def _say(reason: str) -> None:
    Console(stderr=True).print(f"[bold red]Error:[/] {escape(reason)}", soft_wrap=True, highlight=False)


class _Commands(TyperGroup):
    """Commands whose expected errors become a message and an exit status, not a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command, and say what an expected error means."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = plainly(error.message)
            raise
        except EscalationError as error:
            _say(str(error))
            raise typer.Exit(2) from error
        except OSError as error:
            if error.filename is None:
                raise  # of no file that was named; see `main`
            _say(f"{error.filename}: {error.strerror or error}")
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
app.command("new")(new_scenario)
app.command("validate")(validate_files)
app.command("schema")(print_schema)
app.command("run")(run_scenario)
app.command("compare")(compare_worlds)
app.command("ladders")(compare_on_ladders)
app.command("ablate")(ablate_mechanisms)
app.command("uncertainty")(tell_uncertainty)
app.command("sensitivity")(find_sensitivity)
app.command("policy-grid")(play_grid)
app.command("off-ramps")(find_off_ramps)
app.command("rare")(estimate_rare_event)
app.command("branch")(branch_run)
app.command("fit")(fit_scenario)
app.command("calibrate")(calibrate_model)
app.command("forecast")(forecast_crises)
app.command("estimate")(estimate_utilities)
app.command("hindcast")(hindcast_crises)
app.command("explain")(explain_run)
app.command("events")(print_events)
app.command("words")(hold_words_against_deeds)
app.command("plot")(plot_figure)
app.command("report")(write_report)
app.command("app")(open_app)
app.command("odd")(print_odd)
app.command("cite")(cite_sources)


def main() -> None:
    """Run the command line."""
    try:
        app(prog_name="escalation")
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
            raise
        # What was printed has no room where it goes. Nor has what is left of it when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _say(f"the output cannot be written: {error.strerror}")
        sys.exit(2)
