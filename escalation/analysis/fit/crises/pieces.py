"""The folder that keeps the finished fits of a study, each in a file of its own.

::

    start-0-seed-0.json             of a search: what the fit follows from, what it found, and a checksum
    rows-0f3a...-seed-0.json        of a forecast: likewise, with a hash of the rows and pairs that were learnt from
    ...

A file is written under another name and renamed, so that it is whole or not there, whatever ends the process. A fit is
taken from the folder only if all that it follows from is what it is here: the rows, the options, the sources.
"""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from escalation.analysis.fit.fisher_scoring import Mode
from escalation.data.rows import Rows
from escalation.errors import StoreError
from escalation.files.study_key import Key, check_key
from escalation.files.whole import written_whole

__all__ = ["FitPieces", "rows_hash"]

_NAME = re.compile(r"((?:start-\d+|rows-[0-9a-f]+)-seed-\d+)\.json")


def rows_hash(rows: Rows) -> str:
    """Hash of all columns of rows."""
    digest = hashlib.blake2b(digest_size=16)
    for name, column in sorted(rows.columns.items()):
        content = column.tobytes() if column.dtype != object else repr(column.tolist()).encode()
        digest.update(f"{len(name)} {name} {column.dtype.str} {len(content)} ".encode() + content)
    return digest.hexdigest()


class FitPieces:
    """Finished fits of one study, by name.

    Parameters
    ----------
    folder
        The folder; it is made where there is none.
    key
        What the fits follow from; see `escalation.files.study_key`.

    Raises
    ------
    StoreError
        If the folder cannot be made or read, or holds fits of another study; the message names what differs.
    """

    def __init__(self, folder: Path, key: Key) -> None:
        self.folder, self._key = folder, key
        if folder.is_file():
            raise StoreError(f"{folder}: is a file; fits are kept in a folder, so name one that is not there yet")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            names = [_NAME.fullmatch(path.name) for path in folder.iterdir()]
        except OSError as error:
            raise StoreError(f"{folder}: fits cannot be kept there ({error.strerror})") from error
        self._found = {
            name[1]: mode for name in names if name is not None and (mode := self._read(folder / name[0])) is not None
        }

    def get(self, name: str) -> Mode | None:
        """Return the fit of a name; None where it has not been made."""
        return self._found.get(name)

    def keep(self, name: str, mode: Mode) -> None:
        """Keep a finished fit.

        Raises
        ------
        StoreError
            If it cannot be written.
        """
        found = {
            "z": mode.z.tolist(),
            "log_likelihood": mode.log_likelihood,
            "information": mode.information.tolist(),
            "evaluations": mode.evaluations,
            "converged": mode.converged,
        }
        body = {"key": self._key, "found": found}
        text = json.dumps({**body, "checksum": _checksum(body)})
        try:
            with written_whole(self.folder / f"{name}.json") as part:
                part.write_text(text, encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{self.folder}: a finished fit cannot be kept there ({error.strerror})") from error

    def _read(self, path: Path) -> Mode | None:
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            whole = held.pop("checksum") == _checksum(held)
        except OSError as error:
            raise StoreError(f"{path}: cannot be read ({error.strerror})") from error
        except (ValueError, KeyError, AttributeError, TypeError):
            whole = False
        if not whole:
            warnings.warn(f"{path}: is damaged, and its fit is made again", RuntimeWarning, stacklevel=2)
            return None
        check_key(str(path), held["key"], self._key, what="a fit")
        found = held["found"]
        found["z"], found["information"] = np.array(found["z"]), np.array(found["information"])
        return Mode(**found)


def _checksum(body: dict[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(body, sort_keys=True).encode(), digest_size=16).hexdigest()
