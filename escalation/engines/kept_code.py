"""Machine code that is kept in a folder, so that each version of the model is compiled once on a machine.

A file holds the machine code of one entry. It begins with a checksum of the rest, and with what the machine code was
made by and for: sources, entry, versions of numba, its code generator and Python, and the processor with its
instructions. Of a file that is damaged, or of anything else, nothing is run: the entry is compiled, and kept instead.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import pickle
import sys
import tempfile
import threading
import warnings
from array import array
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

from escalation.arithmetic.machine_code import MachineCode, load, packed, processor
from escalation.files.study_key import source_hash

__all__ = ["Entry", "cache_folder"]

Kinds = tuple[Any, ...]
Call = Callable[["array[int]"], None]
DIGEST_BYTES = hashlib.sha256().digest_size
_COMPILING = threading.Lock()


def cache_folder() -> Path:
    """Folder that keeps the machine code of this version of the sources."""
    return Path(platformdirs.user_cache_dir("escalation")) / f"machine-code-{source_hash('machine code')}"


class Entry:
    """A function as machine code: read from the cache folder at its first call, or compiled and kept there.

    Parameters
    ----------
    function
        The function; `escalation.arithmetic.machine_code` says what an entry takes.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        self.name = function.__name__
        self._function = function
        self._calls: dict[Kinds, Call] = {}

    def __call__(self, *arguments: Any) -> None:
        """Call the function."""
        kinds, words = packed(arguments)
        call = self._calls.get(kinds) or self.prepare(arguments)
        call(words)

    def at_hand(self, arguments: tuple[Any, ...]) -> bool:
        """Whether a call with arguments of these kinds need not wait for the compiler; reads what the folder keeps."""
        with _COMPILING:
            return self._made(packed(arguments)[0]) is not None

    def prepare(self, arguments: tuple[Any, ...]) -> Call:
        """Have machine code for arguments of some kinds, one thread at a time, and return what calls it."""
        kinds, _ = packed(arguments)
        with _COMPILING:
            # Another thread may have made it while this one waited for the lock.
            made = self._made(kinds)
            if made is not None:
                return made
            path, made_by = self._kept(kinds)
            folder_there = _can_be_written(path.parent)
            sys.stderr.write("escalation: compiling the model; this happens once and takes some seconds\n")
            with _garbage_left_alone():
                code = self._compiled(arguments)
            if folder_there:
                _keep(path, made_by + pickle.dumps(tuple(code)))
            made = load(code)
            if made is None:
                raise RuntimeError(
                    f"{self.name}: the machine code needs {', '.join(code.needs)}, and some are not there"
                )
            self._calls[kinds] = made
            return made

    def _compiled(self, arguments: tuple[Any, ...]) -> MachineCode:
        import escalation.engines.vectors  # noqa: F401 - makes lanes, and with them tables, known to the compiler
        from escalation.arithmetic.compiling import compile_entry

        return compile_entry(self._function, arguments)

    def _made(self, kinds: Kinds) -> Call | None:
        """What calls machine code for arguments of some kinds, if it was read or compiled, or can be read."""
        if kinds not in self._calls:
            code = _read(*self._kept(kinds))
            made = None if code is None else load(code)
            if made is None:
                return None
            self._calls[kinds] = made
        return self._calls[kinds]

    def _kept(self, kinds: Kinds) -> tuple[Path, bytes]:
        """File that keeps machine code for arguments of some kinds, and what that must have been made by."""
        parts = {
            "entry": f"{self.name}{kinds}",
            "sources": source_hash("machine code"),
            "numba": version("numba"),
            "llvmlite": version("llvmlite"),
            "python": sys.version,
            "processor": processor(),
        }
        made_by = json.dumps(parts).encode() + b"\n"
        # Other versions lie in files of their own, so that they do not drive each other out.
        return cache_folder() / f"{self.name}-{hashlib.sha256(made_by).hexdigest()[:16]}.code", made_by


def _read(path: Path, made_by: bytes) -> MachineCode | None:
    """Machine code that a file keeps; None if there is none that is whole and made by the same."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, rest = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
    if hashlib.sha256(rest).digest() != digest:
        warnings.warn(f"{path} is damaged; the model is compiled again", RuntimeWarning, stacklevel=2)
        return None
    return MachineCode(*pickle.loads(rest[len(made_by) :])) if rest.startswith(made_by) else None


def _keep(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all, whatever other processes do."""
    written = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.stem, delete=False) as file:
            written = Path(file.name)
            file.write(hashlib.sha256(content).digest() + content)
        written.replace(path)
    except OSError as error:
        if written is not None:
            written.unlink(missing_ok=True)
        _warn_not_kept(error)


def _can_be_written(folder: Path) -> bool:
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
        "which takes some seconds",
        RuntimeWarning,
        stacklevel=2,
    )


@contextlib.contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """Collect no garbage: a compiler makes many objects that live until it is done."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
