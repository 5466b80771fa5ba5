"""The file in which a fit keeps its populations: pyABC's own database, with a table that says what they are of."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from escalation.errors import StoreError
from escalation.files.study_key import Key, check_key
from escalation.montecarlo.provenance import provenance
from escalation.montecarlo.stored_block import name_once

__all__ = ["begun_store", "reading_refused"]

_TABLE = "escalation_study"


def begun_store(path: Path, key: Key, begin: Callable[[str], object]) -> str:
    """Begin a file of populations, or look whether the one that is there is of the same study; return its address.

    Parameters
    ----------
    path
        The file.
    key
        What the populations follow from; see `escalation.files.study_key`.
    begin
        Makes the database at an address, with no population.

    Raises
    ------
    StoreError
        If it cannot be read or begun, or holds the populations of another study.
    """
    if not path.exists():
        part = path.with_name(f".{secrets.token_hex(8)}.{path.name}")
        try:
            begin(f"sqlite:///{part}")
            _mark(part, key)
            name_once(part, path)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path}: a store cannot be begun there ({_reason(error)})") from error
        finally:
            with suppress(OSError):
                part.unlink()
    check_key(str(path), _held(path), key, what="the populations")
    return f"sqlite:///{path}"


@contextmanager
def reading_refused(path: str) -> Iterator[None]:
    """Tell what the database cannot do as an error of the store.

    A second Ctrl-C may fall into the midst of a write; the first is deferred by `interrupts_deferred`. What pyABC then
    writes in parting finds the database locked by the write that was broken off: that is no error of the store, but the
    end that was asked for.
    """
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (OSError, SQLAlchemyError) as error:
        if _in_parting(error):
            raise KeyboardInterrupt from error
        raise StoreError(f"{path}: cannot be read or written ({_reason(error)})") from error


def _in_parting(error: BaseException) -> bool:
    """Whether an error came up while Ctrl-C was being heeded."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, KeyboardInterrupt):
        seen = seen.__cause__ or seen.__context__
    return seen is not None


def _mark(part: Path, key: Key) -> None:
    with closing(sqlite3.connect(part)) as base, base:
        base.execute(f"CREATE TABLE {_TABLE} (study TEXT NOT NULL)")
        base.execute(f"INSERT INTO {_TABLE} VALUES (?)", [json.dumps({"key": key, "begun": provenance()})])
        # Of two processes that draw the same population, the second is refused its copy and takes the first's.
        base.execute("CREATE UNIQUE INDEX escalation_one_each ON populations (abc_smc_id, t)")


def _held(path: Path) -> Key:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            ((text,),) = base.execute(f"SELECT study FROM {_TABLE}").fetchall()
    except (sqlite3.Error, ValueError) as error:
        raise StoreError(
            f"{path}: does not say what study its populations are of ({_reason(error)}); it is no store of a fit, or "
            "one of an earlier version; give another file"
        ) from error
    study: dict[str, Any] = json.loads(text)
    key: Key = study["key"]
    return key


def _reason(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return reason.partition("\n")[0]
