"""Names of the scenarios in the library."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["library_names", "library_text"]

_SUFFIX = ".toml"


def library_names() -> tuple[str, ...]:
    """Names of the scenarios in the library, sorted.

    Returns
    -------
    tuple of str
        Names that `load` takes.

    Examples
    --------
    >>> "cuba-1962" in library_names()
    True
    """
    folder = files("escalation") / "library"
    names = [entry.name for entry in folder.iterdir()]
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


def library_text(name: str) -> bytes:
    """Text of a scenario of the library, as it stands in its file."""
    return (files("escalation") / "library" / f"{name}{_SUFFIX}").read_bytes()
