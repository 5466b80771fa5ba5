from __future__ import annotations

import pytest

from escalation.world.near import near, short


@pytest.mark.parametrize(
    ("name", "allowed", "said"),
    [
        ("isreal", ["israel", "iran"], "; did you mean 'israel'? Allowed: israel, iran"),
        ("USA", ["usa", "irn"], "; did you mean 'usa'? Allowed: usa, irn"),
        ("irm", ["isr", "irn"], "; did you mean 'irn'? Allowed: isr, irn"),
        ("xyz", ["usa", "irn"], "; allowed: usa, irn"),
        ("u" * 201, ["u" * 202], f"; allowed: {'u' * 202}"),
        (3, ["a", "a"], "; allowed: a"),
        ("a", [], "; there is none"),
    ],
)
def test_near(name: object, allowed: list[str], said: str) -> None:
    assert near(name, allowed) == said


def test_short_is_short() -> None:
    assert len(short("x" * 10_000)) < 80
    assert short("\x1b[31m") == r"'\x1b[31m'", "what a terminal would obey is written out"
