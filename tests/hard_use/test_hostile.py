"""Large files that are made to take long: all are read or refused soon, within two gibibytes, in few words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hard_use import hostile

from escalation.files import reading

SECONDS = 1.5
"""Seconds of a processor for a file of 64 KiB; what grows faster than a file takes far longer for one of 1 MiB."""
LONGEST_MESSAGE = 100_000


@pytest.mark.parametrize(
    ("size", "seconds"), [(2**16, SECONDS), pytest.param(2**20, 16.0 * SECONDS, marks=pytest.mark.slow)]
)
def test_large_files(size: int, seconds: float) -> None:
    assert size <= reading._MOST_BYTES
    script = Path(hostile.__file__)
    done = subprocess.run([sys.executable, str(script), str(size)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stderr == ""
    taken: hostile.Taken = json.loads(done.stdout)
    assert taken.keys() == hostile.FILES.keys()
    assert {name: took["seconds"] for name, took in taken.items() if float(took["seconds"]) > seconds} == {}
    long = {name: len(str(took["said"])) for name, took in taken.items()}
    assert {name: length for name, length in long.items() if length > LONGEST_MESSAGE} == {}
    assert [name for name, took in taken.items() if not took["said"]] == ["warnings", "denials"]
