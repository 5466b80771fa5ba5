"""What all tests share: examples that do not change from run to run in CI, figures without a screen, a clean root."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import hypothesis
import pytest

# Set before anything imports matplotlib, which reads it once.
os.environ.setdefault("MPLBACKEND", "Agg")

# A shell starts what runs in the background without Ctrl-C, which some tests press.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A first call may compile for seconds, so no deadline; in CI the examples are the same each time, so that a
# failure there is a change's doing and not the day's luck.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

ROOT = Path(__file__).parents[1]


def files_in_root() -> set[str]:
    return {entry.name for entry in ROOT.iterdir() if entry.is_file() and not entry.name.startswith(".")}


# Before tests are collected, which runs code of theirs.
FILES_BEFORE = files_in_root()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that left files beside the sources; the first process of several looks, when all are done."""
    left = sorted(files_in_root() - FILES_BEFORE)
    if left and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        session.config.get_terminal_writer().line(f"\ntests left files in {ROOT}: {', '.join(left)}", red=True)
