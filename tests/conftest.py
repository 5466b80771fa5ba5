"""What all tests share: examples that do not change from run to run, figures without a screen, a clean root."""

from __future__ import annotations

import functools
import importlib
import os
import pkgutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import typer.main

import escalation

# Set before anything imports matplotlib, which reads it once.
os.environ.setdefault("MPLBACKEND", "Agg")

# A shell starts what runs in the background without Ctrl-C, which some tests press.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Before anything imports `typer.testing`. To make the commands takes a tenth of a second, and they are called hundreds
# of times.
typer.main.get_command = functools.cache(typer.main.get_command)

# One setting for everybody. It begins with Hypothesis's own defaults by name, for without a parent a profile takes what
# is in force, and that is another one where the environment says that this is a build server. A first call may compile
# for seconds and a busy machine may draw slowly, so no time limits. The examples are the same each time: a failure is a
# change's doing and not the day's luck. `make search` draws others.
hypothesis.settings.register_profile(
    "fixed",
    parent=hypothesis.settings.get_profile("default"),
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "search", parent=hypothesis.settings.get_profile("fixed"), derandomize=False, database=None
)
hypothesis.settings.load_profile("fixed")

ROOT = Path(__file__).parents[1]
NOT_IMPORTED = ("escalation.app.page", "escalation.app.parts", "escalation.__main__")
"""What needs the extra `app`, and what runs."""


def files_in_root() -> set[str]:
    return {entry.name for entry in ROOT.iterdir() if entry.is_file() and not entry.name.startswith(".")}


# Before tests are collected, which runs code of theirs.
FILES_BEFORE = files_in_root()


PLAYED_AGAIN_AND_AGAIN = (
    "agreement",
    "analysis/what_mattered/test_ablation.py",
    "contracts/test_joint_force.py",
    "dynamics/test_beginning.py",
    "dynamics/test_commitments.py",
    "dynamics/test_consequences.py",
    "dynamics/test_promises.py",
    "dynamics/test_prompting.py",
    "engines/explaining/test_changes.py",
    "engines/explaining/test_consequences.py",
    "engines/explaining/test_replay.py",
    "engines/explaining/test_terms.py",
    "hard_use",
    "reference",
    "test_smoke.py",
)
"""Tests that play the model many times in plain Python."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Count no lines in tests that go through the same ones many times: counting makes them eight times as long.

    These are property tests, and those that play the model again and again. Other tests go through the same lines once.
    The mark `no_cover` of pytest-cov does not do it: a worker of pytest-xdist runs two measurements, and it stops one.
    """
    often = tuple(ROOT / "tests" / name for name in PLAYED_AGAIN_AND_AGAIN)
    counts = sys.gettrace()
    if item.get_closest_marker("hypothesis") or any(item.path.is_relative_to(place) for place in often):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(counts)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Import all that is tested before the first example is drawn.

    Hypothesis mixes the constants of the sources that have been imported into its examples. With all of them imported,
    a test draws the same examples alone, with its file, and with the whole suite in whatever order.
    """
    if any(item.get_closest_marker("hypothesis") for item in session.items):
        for module in pkgutil.walk_packages(escalation.__path__, "escalation."):
            if not module.name.startswith(NOT_IMPORTED):
                importlib.import_module(module.name)
        importlib.import_module("c_port.port")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that left files beside the sources; the first process of several looks, when all are done."""
    left = sorted(files_in_root() - FILES_BEFORE)
    if left and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        session.config.get_terminal_writer().line(f"\ntests left files in {ROOT}: {', '.join(left)}", red=True)
