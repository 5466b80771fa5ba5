from __future__ import annotations

import json

from escalation.files import library_names, load

from .conftest import Escalation


def test_every_scenario_of_the_library_has_a_line(escalation: Escalation) -> None:
    done = escalation("list")
    assert done.exit_code == 0
    head, *lines = done.stdout.splitlines()
    assert head.split() == ["name", "start", "actors", "title"]
    assert [line.split()[0] for line in lines] == list(library_names())
    assert any(line.endswith("Deterrence between two states") for line in lines)


def test_json_has_the_hash_and_actors_of_each(escalation: Escalation) -> None:
    found = json.loads(escalation("list", "--json").stdout)["scenarios"]
    assert [one["name"] for one in found] == list(library_names())
    main = next(one for one in found if one["name"] == "haniyeh-2024")
    assert (main["hash"], main["actors"]) == (load("haniyeh-2024").hash, list(load("haniyeh-2024").actors))
