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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import llvmlite
import numba
import platformdirs
from numba.core import serialize
from numba.core.compiler import CompileResult

from escalation.files.study_key import source_hash

__all__ = ["Entry", "cache_folder"]

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
        The function.
    options
        Options of numba's.
    """

    def __init__(self, function: Callable[..., object], options: dict[str, Any]) -> None:
        self.name = function.__name__
        self.dispatcher: Any = numba.njit(**options)(function)

    def __call__(self, *arguments: Any) -> Any:
        """Call the function."""
        if not self.dispatcher.overloads:
            self.prepare(arguments)
        return self.dispatcher(*arguments)

    def at_hand(self, arguments: tuple[Any, ...]) -> bool:
        """Whether a call with arguments of these types need not wait for the compiler; reads what the folder keeps."""
        with _COMPILING:
            return bool(self.dispatcher.overloads) or self._read(*self._kept(arguments)[1:])

    def prepare(self, arguments: tuple[Any, ...]) -> None:
        """Have machine code for arguments of some types, one thread at a time."""
        with _COMPILING:
            if self.dispatcher.overloads:
                return
            kinds, path, made_by = self._kept(arguments)
            if self._read(path, made_by):
                return
            folder_there = _can_be_written(path.parent)
            sys.stderr.write("escalation: compiling the model; this happens once and takes some seconds\n")
            with _garbage_left_alone():
                self.dispatcher.compile(kinds)
            if folder_there:
                self._keep(path, made_by)

    def _kept(self, arguments: tuple[Any, ...]) -> tuple[tuple[Any, ...], Path, bytes]:
        """Types of arguments, the file that keeps machine code for them, and what that must have been made by."""
        kinds = tuple(numba.typeof(argument) for argument in arguments)
        made_by = self._made_by(kinds)
        # Other versions lie in files of their own, so that they do not drive each other out.
        return kinds, cache_folder() / f"{self.name}-{hashlib.sha256(made_by).hexdigest()[:16]}.code", made_by

    def _made_by(self, kinds: tuple[Any, ...]) -> bytes:
        processor = self.dispatcher.targetctx.codegen().magic_tuple()
        parts = {
            "entry": f"{self.name}({', '.join(map(str, kinds))})",
            "sources": source_hash("machine code"),
            "numba": numba.__version__,
            "llvmlite": llvmlite.__version__,
            "python": sys.version,
            "processor": list(map(str, processor)),
        }
        return json.dumps(parts).encode() + b"\n"

    def _read(self, path: Path, made_by: bytes) -> bool:
        """Whether a file gave the machine code."""
        try:
            content = path.read_bytes()
        except OSError:
            return False
        digest, rest = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
        if hashlib.sha256(rest).digest() != digest:
            warnings.warn(f"{path} is damaged; the model is compiled again", RuntimeWarning, stacklevel=2)
            return False
        if not rest.startswith(made_by):
            return False
        dispatcher = self.dispatcher
        result = CompileResult._rebuild(dispatcher.targetctx, *pickle.loads(rest[len(made_by) :]))
        dispatcher.add_overload(result)
        return True

    def _keep(self, path: Path, made_by: bytes) -> None:
        """Write a file as a whole or not at all, whatever other processes do."""
        (result,) = self.dispatcher.overloads.values()
        rest = made_by + serialize.dumps(result._reduce())
        written = None
        try:
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.stem, delete=False) as file:
                written = Path(file.name)
                file.write(hashlib.sha256(rest).digest() + rest)
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
