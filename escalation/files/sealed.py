"""A seal at the end of a file: a checksum of all bytes before it, so that damage is seen before any library reads them.

Readers of binary formats in C may crash on a damaged file, and take the process with them. The formats that are sealed
here let bytes follow their own last one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from escalation.errors import StoreError

__all__ = ["SEAL_BYTES", "check_seal", "seal"]

_MARK = b"escalation sha256 "
_DIGEST = hashlib.sha256().digest_size
SEAL_BYTES = len(_MARK) + _DIGEST
"""Length of a seal."""
_PIECE = 2**20


def seal(path: Path) -> None:
    """Append a seal to a file.

    Parameters
    ----------
    path
        The file, which has none.
    """
    digest = _digest(path, path.stat().st_size)
    with path.open("ab") as file:
        file.write(_MARK + digest)


def check_seal(path: Path) -> None:
    """Refuse a file whose bytes are not those that were sealed; a file without a seal passes.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    StoreError
        If its seal is that of other bytes.
    OSError
        If it cannot be read.
    """
    length = path.stat().st_size - SEAL_BYTES
    if length < 0:
        return
    with path.open("rb") as file:
        file.seek(length)
        found = file.read()
    if found.startswith(_MARK) and found.removeprefix(_MARK) != _digest(path, length):
        raise StoreError(f"{path}: is not as it was saved: its checksum is another; it is damaged or was edited")


def _digest(path: Path, length: int) -> bytes:
    """Checksum of the first bytes of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while length > 0:
            piece = file.read(min(_PIECE, length))
            digest.update(piece)
            length -= len(piece)
            if not piece:
                break
    return digest.digest()
