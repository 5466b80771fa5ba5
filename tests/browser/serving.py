"""Serves any Solara application as the page is served: ``python serving.py PORT APPLICATION``."""

from __future__ import annotations

import os
import sys

from escalation.app.settings import environment

os.environ.update(environment("two-state-deterrence") | {"SOLARA_APP": sys.argv[2]})

from solara.server.starlette import ServerStarlette

ServerStarlette(int(sys.argv[1]), "127.0.0.1", log_level="warning").serve()
