"""One block in a file: NumPy's .npz, which says of itself whether it is whole."""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from escalation.montecarlo.blocks import Outcomes

__all__ = ["DamagedError", "decode", "encode", "name_once", "replace", "written_beside"]

_DIGITS = 64
_HEADER = "study"


class DamagedError(Exception):
    """A file is not what was written."""


def encode(outcomes: Outcomes, header: dict[str, Any]) -> bytes:
    """Make the content of a block's file.

    It is an archive that ``numpy.load`` opens: the outcome arrays, and in the array ``study`` the header as JSON.
    The SHA-256 of all that precedes it is the archive's comment.
    """
    buffer = io.BytesIO()
    arrays: Outcomes = {**outcomes, _HEADER: np.array(json.dumps(header))}
    save: Any = np.savez_compressed  # stubs of some versions take arrays by name for options
    save(buffer, **arrays)
    # The last two bytes of a zip archive tell the length of the comment that follows them.
    body = buffer.getvalue()[:-2] + struct.pack("<H", _DIGITS)
    return body + hashlib.sha256(body).hexdigest().encode()


def decode(content: bytes) -> tuple[Outcomes, dict[str, Any]]:
    """Read back the outcomes and the header of a block's file.

    Raises
    ------
    DamagedError
        If a single byte is not what was written.
    """
    body, comment = content[:-_DIGITS], content[-_DIGITS:]
    # Looked at first, so that neither zip nor NumPy reads bytes that were not written here.
    if hashlib.sha256(body).hexdigest().encode() != comment:
        raise DamagedError("its checksum does not fit its content")
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    header = json.loads(arrays.pop(_HEADER).item())
    return arrays, header


def replace(path: Path, content: bytes) -> None:
    """Put a file in its place, whole or not at all: written beside it, then renamed."""
    with written_beside(path, content) as part:
        part.replace(path)


def name_once(part: Path, path: Path) -> None:
    """Give a file its name, unless another process has given it to one of its own."""
    # A link is refused where the name is taken. Renaming would replace what is there.
    try:
        path.hardlink_to(part)
    except FileExistsError:
        pass
    except OSError:  # a file system without links: the last one wins, and what is in it says what it is of
        part.replace(path)


@contextmanager
def written_beside(path: Path, content: bytes) -> Iterator[Path]:
    """Write a file under a hidden name in the same folder; it is gone afterwards, unless it was renamed."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            # Before it is renamed: otherwise a failure of power could leave the name without the content.
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        with suppress(OSError):
            part.unlink()
