"""Scenarios read from TOML files. A file is data only: nothing in it is ever executed."""

from __future__ import annotations

import os
import tomllib
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from escalation.errors import Fault, ScenarioError, StudyError
from escalation.files.file_format import FORMAT, other_meanings, take_format
from escalation.files.lines import line_of, lines, too_deep
from escalation.files.names import library_names, library_text
from escalation.files.slips import slips
from escalation.world.near import near, short
from escalation.world.places import MOST_FAULTS, Located, refusal
from escalation.world.places import Path as Place
from escalation.world.scenario import Scenario

__all__ = ["decoded", "load", "loads"]

_MOST_BYTES = 2**20
_DEEPEST = 16
"""Keys joined by dots: more than any place in a scenario has, and tomllib's time grows with the cube of it."""

_MOST_BITS = 63
_MOST_BESIDE = 200
"""Files among which the one that was meant is looked for."""


def load(name: str | os.PathLike[str]) -> Scenario:
    """Read a scenario of the library, or of a file.

    Parameters
    ----------
    name
        Name of a scenario in the library, or path of a TOML file of at most 1 MiB in UTF-8. A name of
        the library comes before a file of the same name; write ``./name`` for the file.

    Returns
    -------
    Scenario
        The scenario, checked in full.

    Raises
    ------
    ScenarioError
        If there is no such scenario, the file cannot be read, or anything in it is not allowed. The
        error names the file and lists every fault with its table, key and line.
    StudyError
        If it is neither a name nor a path.

    Warns
    -----
    UserWarning
        If something in a file means something else than in an earlier format of files; a file that says ``format = 2``
        means what it says.

    Examples
    --------
    >>> load("two-state-deterrence").name
    'two-state-deterrence'
    """
    if not isinstance(name, str | os.PathLike):
        raise StudyError(f"load takes a name in the library or the path of a TOML file, not {short(name)}")
    file = os.fspath(name)
    if file in library_names():
        return loads(decoded(library_text(file), f"{file}.toml"), file=f"{file}.toml")
    scenario, said = _loaded(decoded(_read(file), file), file)
    if found := other_meanings(scenario, said):
        warnings.warn(_told(file, found), UserWarning, stacklevel=2)
    return scenario


def loads(text: str, *, file: str | None = None) -> Scenario:
    """Read a scenario from TOML text.

    Parameters
    ----------
    text
        The text of a scenario file.
    file
        Name of the file, for messages.

    Raises
    ------
    ScenarioError
        If the text is not TOML, or anything in it is not allowed.
    """
    return _loaded(text, file)[0]


def _loaded(text: str, file: str | None) -> tuple[Scenario, int | None]:
    """Scenario of the text of a file, and the format that the file states."""
    try:
        data = _toml(text, file)
        said = take_format(data, file)
        return Scenario.from_dict(data, file=file), said
    except ScenarioError as error:
        known = lines(text) if any(fault.where for fault in error.faults) else {}
        found = [_with_line(fault, known) for fault in error.faults]
        raise ScenarioError(found, file=file, more=error.more) from None


def _read(file: str) -> bytes:
    try:
        with Path(file).open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        looked = f"no scenario {short(file)} in the library, and no such file{_meant(Path(file))}"
        raise ScenarioError([Fault("", looked)], file=file) from None
    except IsADirectoryError:
        raise ScenarioError([Fault("", "is a folder; a scenario is a TOML file")], file=file) from None
    except OSError as error:
        raise ScenarioError([Fault("", f"cannot be read: {error.strerror}")], file=file) from None
    except ValueError:
        raise ScenarioError([Fault("", f"no path is {short(file)}")], file=file) from None
    if len(content) > _MOST_BYTES:
        raise ScenarioError([Fault("", f"is larger than {_MOST_BYTES:,} bytes, the most allowed")], file=file)
    return content


def _meant(file: Path) -> str:
    """End of a message about a file that is not there: what was meant, of the files beside it and of the library."""
    if file.suffix != ".toml":
        return near(file.stem, library_names())
    beside = sorted(path.name for path in islice(file.parent.glob("*.toml"), _MOST_BESIDE) if _may_be_scenario(path))
    return near(file.name if beside else file.stem, [*beside, *library_names()])


def _may_be_scenario(file: Path) -> bool:
    """Whether a file names actors, which every scenario does and other TOML files hardly ever do."""
    if not file.is_file():
        return False
    try:
        with file.open("rb") as stream:
            return b"actors" in stream.read(_MOST_BYTES)
    except OSError:
        return False


def _told(file: str, found: list[Fault]) -> str:
    """Words about what means something else in a file."""
    which = "; ".join(str(fault) for fault in found)
    return (
        f"{file}: something in it meant something else in format 1 of files: {which}. If it is meant as it is read "
        f"now, write format = {FORMAT} at the head of the file"
    )


def decoded(content: bytes, file: str) -> str:
    """Text of the bytes of a file.

    Raises
    ------
    ScenarioError
        If they are not UTF-8, with the line on which that shows.
    """
    # Without its mark UTF-16 shows by a zero in every other byte, as all Latin letters have it there.
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:4:2] == b"\0\0" or content[1:4:2] == b"\0\0":
        what = "is UTF-16 text, which some programs call Unicode; save it as UTF-8"
        raise ScenarioError([Fault("", what)], file=file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"is not UTF-8 text: see line {line}; save it as UTF-8"
        raise ScenarioError([Fault("", what)], file=file) from None


def _toml(text: str, file: str | None) -> dict[str, Any]:
    if line := too_deep(text, _DEEPEST):
        what = f"is nested too deeply: at most {_DEEPEST} keys may be joined by dots (line {line})"
        raise ScenarioError([Fault("", what)], file=file)
    try:
        data = tomllib.loads(text)
        large = list(islice(_large(data, ()), MOST_FAULTS + 1))
    except RecursionError:
        raise ScenarioError([Fault("", "is nested too deeply")], file=file) from None
    except ValueError:
        raise ScenarioError(slips(text), file=file) from None
    if large:
        raise refusal(large, data, file=file)
    return data


def _large(value: Any, path: Place) -> Iterator[Located]:
    """Whole numbers beyond 64 bits, more than TOML promises; Python does not write those of thousands of digits."""
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        yield path, f"must be a whole number of at most {_MOST_BITS} bits"
    elif isinstance(value, (dict, list)):
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _large(entry, (*path, key))


def _with_line(fault: Fault, known: dict[str, int]) -> Fault:
    line = line_of(fault.where, known)
    return Fault(fault.where, fault.what if line is None else f"{fault.what} (line {line})")
