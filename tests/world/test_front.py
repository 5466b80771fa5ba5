from __future__ import annotations

import pytest

from escalation.errors import ScenarioError
from escalation.world.front import Front


def test_id_and_actors_follow_from_each_other() -> None:
    assert Front(id="a-b") == Front(actor="a", target="b") == Front(id="a-b", actor="a", target="b")


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"id": "a-b", "actor": "b"}, "id must be 'b-b'"),
        ({"id": "a-a"}, "no front to itself"),
        ({"id": "ab"}, "target"),
        ({"actor": "a"}, "id: is missing"),
    ],
)
def test_refused(fields: dict[str, str], what: str) -> None:
    with pytest.raises(ScenarioError, match=what):
        Front(**fields)


def test_two_actors_of_the_longest_ids_can_face_each_other() -> None:
    one, other = "a" * 32, "b" * 32
    assert Front(id=f"{one}-{other}").target == other
    with pytest.raises(ScenarioError, match="target: must be lower-case letters, digits and underscores, at most 32"):
        Front(id=f"{one}-{other}b")
