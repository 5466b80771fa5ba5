from __future__ import annotations

from escalation.files import library_names

from .conftest import Escalation


def test_every_scenario_of_the_library_has_a_line(escalation: Escalation) -> None:
    done = escalation("list")
    assert done.exit_code == 0
    head, *lines = done.stdout.splitlines()
    assert head.split() == ["name", "start", "actors", "title"]
    assert [line.split()[0] for line in lines] == list(library_names())
    assert any(line.endswith("Deterrence between two states") for line in lines)
