"""The command line: one application, a command a file, and what errors and Ctrl-C come to."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperCommand, TyperGroup

from escalation.cli.ablate import ablate_mechanisms
from escalation.cli.app import open_app
from escalation.cli.branch import branch_run
from escalation.cli.calibrate import calibrate_model
from escalation.cli.cite import cite_sources
from escalation.cli.compare import compare_worlds
from escalation.cli.conditional_effect import find_conditional_effect
from escalation.cli.estimate import estimate_utilities
from escalation.cli.events import print_events
from escalation.cli.explain import explain_run
from escalation.cli.fit import fit_scenario
from escalation.cli.forecast import forecast_crises
from escalation.cli.hindcast import hindcast_crises
from escalation.cli.ladders import compare_on_ladders
from escalation.cli.leave_one_out import leave_each_out
from escalation.cli.list import list_scenarios
from escalation.cli.new import new_scenario
from escalation.cli.odd import print_odd
from escalation.cli.off_ramps import find_off_ramps
from escalation.cli.options import once
from escalation.cli.output import warnings_noted
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
from escalation.version import __version__

__all__ = ["app", "main"]


def _say(reason: str) -> None:
    Console(stderr=True).print(f"[bold red]Error:[/] {escape(reason)}", soft_wrap=True, highlight=False)


class _Commands(TyperGroup):
    """Commands whose expected errors and warnings become messages, not tracebacks or places in the code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command, and say what an expected error means."""
        try:
            with warnings_noted():
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


class _Command(TyperCommand):
    """A command whose options say nothing twice."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command, unless an option that can be repeated is given twice for the same thing."""
        for option in self.params:
            if getattr(option, "multiple", False):
                once(option.opts[0], ctx.params[option.name] or (), valued="=" in (option.metavar or ""))
        return super().invoke(ctx)


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="How a crisis climbs a ladder of escalation, or steps back.",
    epilog="Exit status: 0 done; 2 bad input, with the reason on standard error; 130 interrupted.",
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"escalation {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version, and exit."),
    ] = False,
) -> None:
    pass


_GROUPS: dict[str, dict[str, Callable[..., None]]] = {
    "Write a crisis": {
        "new": new_scenario,
        "list": list_scenarios,
        "show": show_scenario,
        "validate": validate_files,
        "schema": print_schema,
    },
    "Play it": {
        "run": run_scenario,
        "plot": plot_figure,
        "app": open_app,
    },
    "Follow one run": {
        "explain": explain_run,
        "events": print_events,
        "branch": branch_run,
    },
    "What mattered": {
        "compare": compare_worlds,
        "leave-one-out": leave_each_out,
        "conditional-effect": find_conditional_effect,
        "ablate": ablate_mechanisms,
        "ladders": compare_on_ladders,
        "words": hold_words_against_deeds,
    },
    "What if": {
        "off-ramps": find_off_ramps,
        "policy-grid": play_grid,
    },
    "How sure, how rare": {
        "uncertainty": tell_uncertainty,
        "sensitivity": find_sensitivity,
        "rare": estimate_rare_event,
    },
    "Fit it to data, and score it": {
        "hindcast": hindcast_crises,
        "forecast": forecast_crises,
        "fit": fit_scenario,
        "calibrate": calibrate_model,
        "estimate": estimate_utilities,
    },
    "Share it": {
        "report": write_report,
        "odd": print_odd,
        "cite": cite_sources,
    },
}
"""Every command, by the question that it answers."""

for _question, _commands in _GROUPS.items():
    for _name, _command in _commands.items():
        app.command(_name, cls=_Command, rich_help_panel=_question)(_command)


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
