"""A study on disk: finished blocks, each whole or not there, so that it can be taken up again.

::

    study.json                            what the runs are of: their key, the scenario, and who began it
    runs-0000000000000-0000000000500.npz  runs 0 to 499: the outcome arrays, their origin and a checksum
    ...

A file is written under another name and renamed, and its checksum is looked at when it is read. Two processes may
share a store: what both write is equal.
"""

from __future__ import annotations

import json
import re
import shutil
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from escalation.errors import ScenarioError, StoreError
from escalation.files.study_key import Key, check_key, differences, run_key, warn_of_other_sources
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Block, Outcomes, completed
from escalation.montecarlo.estimates import EnsembleFields
from escalation.montecarlo.gathered import Gathered
from escalation.montecarlo.pieces import StoredOutcomes
from escalation.montecarlo.progress import amount
from escalation.montecarlo.provenance import provenance
from escalation.montecarlo.stopping import Precision
from escalation.montecarlo.stored_block import DamagedError, decode, encode, name_once, replace, written_beside
from escalation.world.near import short
from escalation.world.scenario import Scenario

__all__ = ["MOST_HELD", "Store", "load"]

MOST_HELD = 2**30
"""Bytes that outcomes may take in memory where nothing is said, and they are in a store."""

_FORM = "escalation store 3"
_EARLIER = ("escalation store 1", "escalation store 2")
"""Forms that can be read: the first has no methods in its key, neither has concessions and joint force."""
_MANIFEST = "study.json"
_NAME = re.compile(r"runs-(\d{13})-(\d{13})\.npz")
_ABANDONED = 3600.0
"""Seconds after which a file that was never renamed is taken to be left by a process that was killed."""


class Store:
    """The finished blocks of one scenario and seed, in a folder.

    Parameters
    ----------
    folder
        The folder.
    study
        What its file ``study.json`` says.
    in_memory
        Whether the outcomes are in memory, too, so that a study can go on where a block cannot be stored.
    """

    def __init__(self, folder: Path, study: dict[str, Any], *, in_memory: bool = True) -> None:
        self.folder, self.study, self._in_memory = folder, study, in_memory
        self.written = (0, 0)
        """Runs written by this process, and the bytes that they take."""
        self.asked: int | None = None
        """Most runs that a study asked for, as far as is known."""
        self.stopped_at: Precision | None = None
        """The precision at which the study was to stop that wrote the block read last, if it was to stop at one."""
        self._until: Precision | None = None
        self._damage = "are played again"
        self._failed = False
        # Ctrl-C reaches the main thread alone, so it cannot fall into the middle of a block's file here.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="escalation-store")

    @classmethod
    def open(
        cls,
        folder: Path,
        scenario: Scenario,
        *,
        seed: int,
        axes: Axes,
        runs: int | None,
        until: Precision | None = None,
        in_memory: bool = True,
    ) -> Self:
        """Open the store of a scenario and seed; begin it where there is none.

        Parameters
        ----------
        folder
            The folder.
        scenario, seed
            What the runs are of.
        axes
            Names along the axes of the outcomes.
        runs
            Runs that were asked for; none where their results decide how many there will be.
        until
            The precision at which their results decide it.
        in_memory
            Whether the outcomes are in memory, too.

        Raises
        ------
        StoreError
            If it cannot be read or begun, or holds runs of another study.
        """
        key = run_key(scenario, seed=seed)
        try:
            begun = (folder / _MANIFEST).exists()
        except OSError:  # a name that is too long, or a folder that nobody may look into: `_begin` says so
            begun = False
        if not begun:
            _begin(folder, {"form": _FORM, "key": key, **_names(scenario, axes)})
        # What was just begun is read back all the same: another process may have been first, with another study.
        store = cls(folder, _read_study(folder), in_memory=in_memory)
        store.asked, store._until = runs, until
        check_key(str(folder), store.key, key, what="runs")
        return store

    @classmethod
    def existing(cls, folder: Path) -> Self:
        """Open a store for reading what it holds, whichever version wrote it.

        Raises
        ------
        StoreError
            If it is no store.
        """
        store = cls(folder, _read_study(folder))
        store._damage = "count as missing"
        return store

    @property
    def key(self) -> Key:
        """What its runs follow from; see `escalation.files.study_key`."""
        return _key_of(self.study)

    def scenario(self) -> Scenario:
        """The scenario that the runs are of.

        Raises
        ------
        StoreError
            If it is not valid in this version.
        """
        try:
            return Scenario.from_dict(self.study["scenario"])
        except ScenarioError as error:
            version = self.study["begun"]["version"]
            raise StoreError(f"{self.folder}: its scenario, saved by {version}, is not valid: {error}") from error

    def blocks(self) -> list[Block]:
        """Blocks that are there, in the order of the runs, of those with the same first run the longest first."""
        found = []
        for path in self.folder.iterdir():
            if match := _NAME.fullmatch(path.name):
                first, stop = int(match[1]), int(match[2])
                found.append(Block(0, first, stop - first))
        # The longest first, so that shorter ones, which hold a part of the same runs, need not be read.
        return sorted(found, key=lambda block: (block.first, -block.count))

    def restore(self, gathered: Gathered, *, world: int = 0, enough: Callable[[], bool] = lambda: False) -> int:
        """Put the stored runs into their places, those of one world, until there are enough; return how many.

        A damaged block counts as missing.

        Raises
        ------
        StoreError
            If a block cannot be read, or is of another study.
        """
        restored = 0
        for block in self.blocks():
            part = Block(world, block.first, min(block.count, gathered.runs - block.first))
            if part.count <= 0 or enough():
                break
            if not gathered.has(part) and (outcomes := self.read(block)) is not None:
                gathered.put(part, (part, {name: array[: part.count] for name, array in outcomes.items()}))
                restored += part.count
        return restored

    def write(self, block: Block, outcomes: Outcomes) -> None:
        """Store a finished block.

        Where that cannot be done it is said once, and a study that is in memory goes on.

        Raises
        ------
        StoreError
            If the outcomes are nowhere else.
        """
        if self._failed:
            return
        try:
            self._writer.submit(self._write, block, outcomes).result()
        except OSError as error:
            path = self._path(block)
            if not self._in_memory:
                raise StoreError(
                    f"{path}: cannot be written ({error.strerror or error}); runs that were finished before are in the "
                    "store, and the same call goes on from them"
                ) from error
            self._failed = True
            warnings.warn(
                f"{path}: cannot be written ({error.strerror or error}); this study goes on, and its runs from "
                f"here on are kept in memory alone",
                RuntimeWarning,
                stacklevel=6,
            )

    def _write(self, block: Block, outcomes: Outcomes) -> None:
        header = {
            "key": self.key,
            "first": block.first,
            "count": block.count,
            "asked": self.asked,
            "until": None if self._until is None else self._until.to_dict(),
            **provenance(),
        }
        content = encode(outcomes, header)
        replace(self._path(block), content)
        self.written = (self.written[0] + block.count, self.written[1] + len(content))

    def disk(self, runs: int) -> str:
        """Words for the disk that so many more runs will take, as those did that were written; empty before."""
        written, size = self.written
        if not written:
            return ""
        needed, free = size * runs // written, shutil.disk_usage(self.folder).free
        words = f", and about {amount(needed)} in {self.folder}"
        return words if needed < free else f"{words}, where only {amount(free)} are free"

    def _path(self, block: Block) -> Path:
        return self.folder / f"runs-{block.first:013d}-{block.first + block.count:013d}.npz"

    def read(self, block: Block) -> Outcomes | None:
        """Outcomes of a block; none where it is damaged, of which it is warned.

        Raises
        ------
        StoreError
            If it cannot be read, or is of another study.
        """
        path = self._path(block)
        try:
            outcomes, header = decode(path.read_bytes())
        except DamagedError as error:
            warnings.warn(f"{path}: is damaged ({error}); its runs {self._damage}", RuntimeWarning, stacklevel=5)
            return None
        except OSError as error:
            raise StoreError(f"{path}: cannot be read ({error.strerror or error})") from error
        if differences(_key_of(header), self.key) or (header["first"], header["count"]) != (block.first, block.count):
            raise StoreError(f"{path}: is of another study, or bears another block's name; take it out of the store")
        self.asked = max(filter(None, (self.asked, header.get("asked"))), default=None)
        self.stopped_at = Precision(**header["until"]) if header.get("until") else None
        return outcomes


def _key_of(record: dict[str, Any]) -> Key:
    """Key of a manifest or a block, also where it is of the earlier form, which had no methods."""
    if "key" in record:
        key: Key = record["key"]
        return key
    scenario = {"name": record["scenario"]["name"] if "scenario" in record else "", "hash": record["hash"]}
    return {"scenario": scenario, "seed": record["seed"], "method": "run", "sources": record["engine"]}


def _names(scenario: Scenario, axes: Axes) -> dict[str, Any]:
    return {
        "front_ids": axes.front_ids,
        "actor_ids": axes.actor_ids,
        "commitment_rows": axes.commitment_rows,
        "begun": provenance(),
        "scenario": json.loads(scenario.model_dump_json()),
    }


def _begin(folder: Path, study: dict[str, Any]) -> None:
    """Make the folder and its manifest; where another process was first, that one's stays."""
    try:
        if folder.is_file():
            raise StoreError(f"{folder}: is a file; a store is a folder, so name one that is empty or not there yet")
        folder.mkdir(parents=True, exist_ok=True)
        visible = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
        if visible and _MANIFEST not in visible:  # where it is there by now, another process began it
            raise StoreError(f"{folder}: is neither empty nor a store; a new store needs an empty folder, or a new one")
        content = json.dumps(study, indent=2, ensure_ascii=False).encode()
        with written_beside(folder / _MANIFEST, content) as part:
            name_once(part, folder / _MANIFEST)
    except OSError as error:
        raise StoreError(f"{folder}: a store cannot be begun there ({error.strerror or error})") from error


def _read_study(folder: Path) -> dict[str, Any]:
    path = folder / _MANIFEST
    try:
        study = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error})") from error
    except ValueError as error:
        raise StoreError(f"{path}: is not JSON ({error}); the store's runs are of an unknown scenario") from error
    if not isinstance(study, dict) or study.get("form") not in (_FORM, *_EARLIER):
        named = f", but of {short(study['form'])}" if isinstance(study, dict) and "form" in study else ""
        earlier = " and ".join(map(repr, _EARLIER))
        raise StoreError(f"{path}: is not of the form {_FORM!r}{named}; of older ones {earlier} can be read")
    _sweep(folder)
    return study


def _sweep(folder: Path) -> None:
    """Remove what killed processes left half-written."""
    for path in folder.glob(".*.part"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()


def load(folder: Path, *, in_memory: bool | None = None) -> EnsembleFields:
    """Read the runs of a store, from the first to the last before a gap; warn where runs are missing.

    Parameters
    ----------
    folder
        The store.
    in_memory
        Whether to hold the outcomes in memory, or to read them from the store whenever they are asked for; by default
        where they take no more than a gibibyte.

    Raises
    ------
    StoreError
        If it is no store, or the first run is missing.
    """
    store = Store.existing(folder)
    scenario = store.scenario()
    blocks = store.blocks()
    runs = max((block.first + block.count for block in blocks), default=0)
    if in_memory is None:
        in_memory = not blocks or runs * _bytes_a_run(store, blocks[0]) <= MOST_HELD
    gathered = Gathered(runs, worlds=1)
    if in_memory:
        store.restore(gathered)
    else:
        # Whoever wrote the last block had read those before it. So it alone tells how many runs were asked for in all.
        last_is_whole = bool(blocks) and store.read(blocks[-1]) is not None
        for block in blocks if last_is_whole else blocks[:-1]:
            gathered.count(block)
    gaps = gathered.gaps(world=0)
    asked = max(runs, store.asked or 0)
    if asked > runs:
        touching = bool(gaps) and gaps[-1][1] == runs
        gaps.append((gaps.pop()[0] if touching else runs, asked))
    missing = " and ".join(f"{first:,} to {stop - 1:,}" for first, stop in gaps)
    if gathered.finished == 0:
        which = f", runs {missing}" if missing else ""
        raise StoreError(f"{folder}: its first runs are missing{which}; the call that began it finishes them")
    if missing:
        warnings.warn(
            f"{folder}: runs {missing} are missing, of {asked:,}; these are the first {gathered.finished:,} runs, and "
            "the call that began the store plays what is missing",
            RuntimeWarning,
            stacklevel=3,
        )
    sources: str = store.key["sources"]
    warn_of_other_sources(str(folder), sources, version=store.study["begun"]["version"], stacklevel=4)
    return EnsembleFields(
        scenario=scenario,
        seed=store.key["seed"],
        outcomes=completed(gathered.outcomes(world=0)) if in_memory else StoredOutcomes(store, runs=gathered.finished),
        axes=Axes.named(
            scenario,
            front_ids=tuple(store.study["front_ids"]),
            actor_ids=tuple(store.study["actor_ids"]),
            commitment_rows=tuple(store.study["commitment_rows"]),
        ),
        interrupted=gathered.finished < asked,
        until=store.stopped_at,
        sources=sources,
    )


def _bytes_a_run(store: Store, block: Block) -> float:
    """Memory that a run takes, by a block; 0 where it is damaged."""
    outcomes = store.read(block)
    return 0.0 if outcomes is None else sum(array.nbytes for array in outcomes.values()) / block.count
