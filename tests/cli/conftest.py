"""The command line, called in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner, Result

from escalation.cli.main import app

Escalation = Callable[..., Result]


@pytest.fixture
def escalation(monkeypatch: pytest.MonkeyPatch) -> Iterator[Escalation]:
    """Call the command line with these words, its output being piped, not a terminal."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, list(words), prog_name="escalation")

    return call
