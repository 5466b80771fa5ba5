"""How the server of the page is set up: with nothing fetched from elsewhere, and nothing reported."""

from __future__ import annotations

import os
from collections.abc import Mapping

from escalation.app.session import DEFAULT

__all__ = ["CODE", "SCENARIO", "environment", "first_scenario"]

SCENARIO = "ESCALATION_APP_SCENARIO"
"""Environment variable that names the scenario the page opens with."""
CODE = "ESCALATION_APP_CODE"
"""Environment variable with the code that is needed to open a game for several; none where it is empty."""

_NOWHERE = "http://127.0.0.1:9/"
"""Where the server would look for a file that is not installed: nothing answers there."""


def environment(scenario: str) -> dict[str, str]:
    """Environment in which Solara is to be imported, which reads its settings once.

    Parameters
    ----------
    scenario
        Name of a scenario in the library, or path of a file, that the page opens with.
    """
    return {
        SCENARIO: scenario,
        "SOLARA_APP": "escalation.app.page",
        "SOLARA_MODE": "production",
        "SOLARA_ASSETS_CDN": _NOWHERE,
        "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
        "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
        "SOLARA_THEME_LOADER": "plain",
        "SOLARA_THEME_SHOW_BANNER": "false",
        "SOLARA_SESSION_HTTP_ONLY": "true",
        "MPLBACKEND": "agg",
    }


def first_scenario(environ: Mapping[str, str] = os.environ) -> str:
    """Name or path of the scenario that the page opens with."""
    return environ.get(SCENARIO) or DEFAULT
