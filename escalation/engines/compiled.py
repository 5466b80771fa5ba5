"""The compiled engine: the same periods as the readable one, as machine code."""

from __future__ import annotations

import functools
import hashlib
import sys
import tempfile
import threading
import warnings
from importlib.resources import files
from pathlib import Path
from typing import Any

import numba
import numpy as np
import platformdirs
from numpy.typing import NDArray

from escalation.dynamics.beginning import begin
from escalation.dynamics.keyed import draw_parameter
from escalation.dynamics.outcomes import Outcomes, note_outcomes
from escalation.dynamics.period import over, play_period
from escalation.dynamics.record import Log, record
from escalation.dynamics.state import Crisis
from escalation.engines.buffers import empty_log, empty_outcomes, filled
from escalation.engines.lower import Lowered
from escalation.engines.pointers import crisis_at, header_of
from escalation.engines.tables import views

__all__ = ["cache_folder", "play_runs", "run_block", "run_recorded", "source_hash"]

ENTRY_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
WORD = 0xFFFFFFFF
_COMPILING = threading.Lock()


def play_runs(
    block: NDArray[np.float64],
    template: NDArray[np.float64],
    header: NDArray[np.int64],
    seed: tuple[int, int],
    runs: tuple[int, int],
    periods: int,
    outcomes: Outcomes,
    log: Log,
    recording: bool,
) -> None:
    """Play runs in one block of memory; the entry point of the compiled engine.

    Parameters
    ----------
    block, template
        Memory of the crisis, and that with which each run begins; shape (words,).
    header
        Where each table of the crisis lies.
    seed
        Lower and upper 32 bits of the seed.
    runs
        First run, and how many.
    periods
        Number of periods up to the horizon.
    outcomes
        Receives the outcomes; a row a run.
    log
        Receives the record of the last run, if `recording`.
    """
    crisis: Crisis = crisis_at(header)  # type: ignore[call-arg]
    for n in range(runs[1]):
        block[:] = template
        clock = crisis.clock[0]
        clock.seed_low = seed[0]
        clock.seed_high = seed[1]
        clock.run = runs[0] + n
        for p in range(len(crisis.parameters)):
            block[crisis.parameters[p].address] = draw_parameter(crisis, crisis.parameters[p])
        begin(crisis)
        if recording:
            record(crisis, log)
        for _ in range(periods):
            play_period(crisis)
            if recording:
                record(crisis, log)
            if over(crisis):
                break
        note_outcomes(crisis, outcomes, n)


@functools.cache
def source_hash() -> str:
    """Hash of the package's own sources: numba's cache looks at the entry's file alone, so it is keyed by this."""
    digest = hashlib.blake2b(digest_size=12)
    root = Path(str(files("escalation")))
    for folder in ("arithmetic", "mechanisms", "dynamics", "engines"):
        for source in sorted((root / folder).glob("*.py")):
            digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Folder that keeps the machine code of this version of the sources."""
    return Path(platformdirs.user_cache_dir("escalation")) / f"machine-code-{source_hash()}"


def _keep_machine_code(folder: Path) -> bool:
    """Whether machine code can be kept in a folder; warns where it cannot."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError as error:
        _warn_not_kept(error)
        return False


def _warn_not_kept(error: OSError) -> None:
    warnings.warn(
        f"the compiled model cannot be kept in {cache_folder()} ({error}); each process will compile it again, "
        "which takes under a minute",
        RuntimeWarning,
        stacklevel=2,
    )


@functools.cache
def _entry() -> Any:
    """Entry point as machine code, to be compiled at its first call or read from the cache folder."""
    folder = cache_folder()
    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        return numba.njit(cache=_keep_machine_code(folder), **ENTRY_OPTIONS)(play_runs)
    finally:
        config.CACHE_DIR = before


def _compiled(arguments: tuple[Any, ...]) -> Any:
    """Entry point, compiled by playing no runs, one thread at a time; say so, for it takes a while."""
    with _COMPILING:
        entry = _entry()
        if entry.signatures:
            return entry
        if not any(cache_folder().rglob("*.nbi")):
            sys.stderr.write("escalation: compiling the model; this happens once and takes under a minute\n")
        try:
            entry(*arguments)
        except OSError as error:  # the machine code is there, and could not be written
            _warn_not_kept(error)
        return entry


def _play(lowered: Lowered, seed: int, runs: tuple[int, int], outcomes: Outcomes, log: Log, recording: bool) -> None:
    block = lowered.template.copy()
    crisis = views(block, lowered)
    halves = (seed & WORD, seed >> 32)
    header = header_of(crisis)
    entry = _compiled((block, lowered.template, header, halves, (0, 0), lowered.periods, outcomes, log, recording))
    entry(block, lowered.template, header, halves, runs, lowered.periods, outcomes, log, recording)


def run_block(lowered: Lowered, *, seed: int, first: int, count: int) -> dict[str, NDArray[Any]]:
    """Play consecutive runs and return their outcomes.

    Parameters
    ----------
    lowered
        Lowered scenario.
    seed
        Seed of the study, below 2**64.
    first, count
        First run, and how many; runs are below 2**40.

    Returns
    -------
    dict
        Arrays as in `escalation.dynamics.outcomes.Outcomes`, by name; first axis is the run.
    """
    outcomes = empty_outcomes(lowered, count)
    _play(lowered, seed, (first, count), outcomes, empty_log(lowered, periods=0), False)
    return outcomes._asdict()


def run_recorded(lowered: Lowered, *, seed: int, run: int) -> tuple[Outcomes, Log]:
    """Play one run and return its outcomes and its record."""
    outcomes = empty_outcomes(lowered, 1)
    log = empty_log(lowered)
    _play(lowered, seed, (run, 1), outcomes, log, True)
    return outcomes, filled(log, int(outcomes.ended[0]))
