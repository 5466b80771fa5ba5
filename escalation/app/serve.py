"""The server of the page, on Solara."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
import warnings
import webbrowser
from functools import partial
from typing import Any

from escalation.app.doors import new_code
from escalation.app.guard import Guard, is_loopback
from escalation.app.settings import CODE, environment
from escalation.app.workshop import Job, Workshop

__all__ = ["serve"]

_MOST_MESSAGE = 4 * 2**20
"""Largest message that a browser may send, in bytes: a saved game, as text."""


def serve(scenario: str, *, host: str, port: int, browser: bool) -> None:
    """Serve the page until Ctrl-C; where others reach it, a game for several is opened with a code alone.

    Parameters
    ----------
    scenario
        Name of a scenario in the library, or path of a file, that the page opens with.
    host, port
        Where to listen.
    browser
        Whether to open a browser.
    """
    code = "" if is_loopback(host) else new_code()
    os.environ.update({**environment(scenario), CODE: code})
    warnings.filterwarnings("ignore", message="Cookies with samesite=none")
    from solara.server.starlette import ServerStarlette, app

    server = ServerStarlette(
        port,
        host,
        starlette_app=Guard(app, loopback=is_loopback(host)),
        log_level="warning",
        ws_max_size=_MOST_MESSAGE,
        timeout_graceful_shutdown=1,
    )
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    threading.Thread(target=_announce, args=(server, url, browser, code), daemon=True).start()
    Workshop.opened = workshop = Workshop()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it so also has everything closed
    try:
        with contextlib.suppress(KeyboardInterrupt):  # which uvicorn raises once everything is closed
            server.serve()
    finally:
        Workshop.opened = None
        workshop.close()
    sys.stdout.write("The page is closed.\n")


def _announce(server: Any, url: str, browser: bool, code: str) -> None:
    """Say where the page is as soon as it is there, and open it."""
    while not (hasattr(server, "server") and server.has_started()):
        time.sleep(0.05)
    sys.stdout.write(f"The page is at {url} (Ctrl-C ends it)\n")
    if code:
        sys.stdout.write(f"Who opens a game for several is asked for this code: {code}\n")
    sys.stdout.flush()
    if browser:
        webbrowser.open(url)
    _warm()


def _warm() -> None:
    """Draw a figure, which starts the workshop: better now than under somebody's eyes."""
    from escalation.app.figures import network
    from escalation.app.plates import plate
    from escalation.app.settings import first_scenario
    from escalation.files import load

    Job(partial(plate, network(load(first_scenario()))), apart=True).result()
