from __future__ import annotations

import tomllib

from escalation.files.names import library_names, library_text


def test_names_are_those_of_the_files() -> None:
    names = library_names()
    assert "haniyeh-2024" in names
    assert list(names) == sorted(names)
    for name in names:
        assert tomllib.loads(library_text(name).decode())["name"] == name
