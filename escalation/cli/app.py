"""``escalation app``: the interactive page."""

from __future__ import annotations

import importlib
import socket
from importlib.util import find_spec
from typing import Annotated

import typer

from escalation.cli.output import note
from escalation.errors import StudyError

__all__ = ["open_app"]

_DEFAULT = "haniyeh-2024"


def open_app(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="Name in the library, or a file, to open with.")
    ] = _DEFAULT,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="Port of the page; 0 takes a free one.")
    ] = 8765,
    host: Annotated[
        str, typer.Option("--host", help="Address of the page; by default this machine alone can open it.")
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
) -> None:
    """Open the interactive page: step through a crisis, take an actor's chair, run many, compare.

    Only this machine can open the page, unless `--host` says otherwise. It needs no network. Ctrl-C ends it. It needs
    the extra `app`: `pip install '.[app]'` in a clone's folder.

    For example:

    `escalation app`

    `escalation app two-state-deterrence --port 9000`

    `escalation app mine.toml --no-browser`
    """
    from escalation.files import load

    if find_spec("solara") is None:
        raise StudyError("the page needs the extra 'app': pip install '.[app]' in a clone's folder")
    load(scenario)  # a fault of the file is said here, where it can be seen
    # The page lies above the command line, so its parts are called by their names.
    guard, server = (importlib.import_module(f"escalation.app.{name}") for name in ("guard", "serve"))
    listen = _port(host, port)
    if not guard.is_loopback(host):
        note(
            f"Warning: {host} can be reached from other machines. Who reaches it can use the page, and the processor "
            "of this machine. A game for several is opened with a code, which is printed below, and each chair in it "
            "has a code of its own. Nothing is encrypted: whoever listens on the way can read codes and games."
        )
    note("Starting the page ...")
    server.serve(scenario, host=host, port=listen, browser=browser)


def _port(host: str, port: int) -> int:
    """Port that can be listened on.

    Raises
    ------
    StudyError
        If it is in use, or the address is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StudyError(
                f"cannot listen on {host}, port {port} ({error.strerror or error}); choose another with --port, or 0 "
                "for a free one"
            ) from error
        return int(probe.getsockname()[1])
