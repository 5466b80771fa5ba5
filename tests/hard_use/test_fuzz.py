"""Whatever a scenario file holds, it loads or raises `ScenarioError`, soon, and the error says what to mend.

``ESCALATION_FUZZ=100000 pytest tests/hard_use/test_fuzz.py`` tries as many files as it says.
"""

from __future__ import annotations

import os
import re
import time
import warnings
from pathlib import Path
from typing import Any

import pytest
from hard_use.damage import damaged, fragments
from hard_use.schema_tables import as_toml, spoilt_scenarios, tables
from hard_use.timing import in_time
from hypothesis import given, settings

from escalation.errors import ScenarioError
from escalation.files import dumps, load, loads
from escalation.world.scenario import Scenario

FILES = int(os.environ.get("ESCALATION_FUZZ", "600")) // 4
MANY = settings(max_examples=FILES)

SECONDS = 5.0
"""Seconds of a processor for a file of at most 64 KiB."""
LONGEST_MESSAGE = 100_000
WHOLE_FILE = re.compile(
    r".*\(line \d+: |is not valid TOML: .*\(at end of document\)|is not valid TOML: Exceeds the limit|is UTF-16 text"
    r"|is not UTF-8 text: see line \d+|is nested too deeply|must be a table",
    re.DOTALL,
)
"""Faults that have no place of their own say where in the file they are, or are of it all."""
UNTOLD = re.compile(r"Input should|Value error|validation error|math domain|object at 0x|Traceback|\[type=|NoneType")
"""What is not said to people."""


def check(content: bytes, folder: Path) -> None:
    """Read a file as `load` does; what it says must be of use, and what it makes must be whole."""
    file = folder / "f.toml"
    file.write_bytes(content)
    with in_time(SECONDS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*meant something else in format 1", UserWarning)
        try:
            scenario = load(file)
        except ScenarioError as error:
            check_error(error, str(file))
        else:
            check_scenario(scenario)


def check_error(error: ScenarioError, file: str) -> None:
    said = str(error)
    assert said.startswith(f"{file}: "), said
    assert len(said) < LONGEST_MESSAGE
    assert all(mark == "\n" or mark.isprintable() or mark.isspace() for mark in said), ascii(said)
    assert not UNTOLD.search(said), said
    assert error.faults
    assert error.file == file
    for fault in error.faults:
        assert fault.what.strip()
        assert fault.where or WHOLE_FILE.match(fault.what), said


def check_scenario(scenario: Scenario) -> None:
    again = loads(dumps(scenario))
    assert again == scenario
    assert again.hash == scenario.hash


@MANY
@given(data=tables())
def test_tables_after_the_schema(data: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    check(as_toml(data).encode(), tmp_path_factory.getbasetemp())


@MANY
@given(data=spoilt_scenarios())
def test_scenarios_with_some_values_spoilt(data: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    check(as_toml(data).encode(), tmp_path_factory.getbasetemp())


@MANY
@given(content=damaged())
def test_damaged_files_of_the_library(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    check(content, tmp_path_factory.getbasetemp())


@MANY
@given(content=fragments())
def test_bytes(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    check(content, tmp_path_factory.getbasetemp())


def _busy_until(end: float) -> None:
    while time.process_time() < end:
        pass


def test_what_hangs_is_seen() -> None:
    begun = time.process_time()
    with pytest.raises(TimeoutError, match=r"more than 0\.2 s"), in_time(0.2):
        _busy_until(begun + 5.0)


def test_an_error_that_is_of_no_use_is_seen() -> None:
    from escalation.errors import Fault

    check_error(ScenarioError([Fault("a", "is bad")], file="f"), "f")
    for fault in (Fault("", "is bad"), Fault("a", "Input should be valid"), Fault("a", "\x1b[31m"), Fault("a", "")):
        with pytest.raises(AssertionError):
            check_error(ScenarioError([fault], file="f"), "f")
