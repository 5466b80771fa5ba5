"""Files that are written whole or not at all: what stood there before is not lost to a full disk."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["written_whole"]


@contextmanager
def written_whole(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a name beside a file, to write to; once written, that takes the file's place.

    After an error the file is as it was. What is no ordinary file, a device or a pipe, is written to itself.

    Parameters
    ----------
    path
        The file, which need not exist.

    Yields
    ------
    pathlib.Path
        Where to write, with the same ending.

    Raises
    ------
    OSError
        If it cannot be written; the error names the file.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "notes.txt"
    >>> with written_whole(file) as part:
    ...     _ = part.write_text("one")
    >>> file.read_text(), len(list(file.parent.iterdir()))
    ('one', 1)
    """
    target = Path(os.path.realpath(path))  # a link stays one
    ordinary = target.is_file() or not target.exists()
    # A name has at most 255 bytes, and by its end writers tell the format.
    part = target.with_name(f".{secrets.token_hex(8)}.{target.name}"[-255:]) if ordinary else Path(path)
    try:
        # Libraries that write files have words of their own for this: pandas gives no error number, and the NetCDF
        # library says that permission is denied.
        if ordinary and not target.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "there is no such folder")
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        yield part
        if ordinary:
            if target.exists():
                shutil.copymode(target, part)
            part.replace(target)
    except OSError as error:
        # Without a number an error has words alone, and would lose them by a file name.
        if error.errno is not None:
            error.filename = os.fspath(path)
            del error.filename2  # set to None it would be printed too
        raise
    finally:
        if ordinary:
            with suppress(OSError):
                part.unlink()
