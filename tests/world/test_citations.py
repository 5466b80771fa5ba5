from __future__ import annotations

import pytest

from escalation.errors import ScenarioError
from escalation.files import library_names, loads
from escalation.files.names import library_text
from escalation.world.citations import cited

SCENARIO = """
name = "quarrel"
{sources}
[actors.a]
[actors.b]
[actors.c]
[fronts.a-b]
[fronts.b-a]
[commitments.pledge]
patron = "c"
protege = "b"
source = "{pledge}"
[signals.vow]
kind = "vow"
date = 3
sender = "a"
receivers = ["b"]
source = "{vow}"
[events.coup]
kind = "internal-shock"
date = 3
actor = "a"
severity = 0.5
source = "{coup}"
[[observed]]
date = 5
actor = "a"
target = "b"
rung = "war"
source = "{seen}"
"""
SOURCES = '[sources]\ntreaty = "A treaty."\nhp0304 = "Harbour Post."'


def with_sources(sources: str = SOURCES, *, pledge: str = "", vow: str = "", coup: str = "", seen: str = "") -> None:
    loads(SCENARIO.format(sources=sources, pledge=pledge, vow=vow, coup=coup, seen=seen))


@pytest.mark.parametrize("place", ["pledge", "vow", "coup", "seen"])
def test_a_label_that_is_of_no_source_is_a_fault_wherever_it_is_cited(place: str) -> None:
    where = {"pledge": "commitments.pledge", "vow": "signals.vow", "coup": "events.coup", "seen": "observed.0"}[place]
    with pytest.raises(ScenarioError) as caught:  # noqa: PT011 - the words are compared below
        with_sources(**{place: "treety"})  # type: ignore[arg-type]
    (fault,) = caught.value.faults
    assert fault.where == f"{where}.source"
    assert fault.what.startswith(
        "no source 'treety' in [sources]; did you mean 'treaty'? Allowed: treaty, hp0304 (line "
    )


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("treety: article 4", "treety"),
        ("hp0304, treety: article 4", "treety"),
        ("hp0304; hp0305", "hp0305"),
        ("Treaty", "Treaty"),
        ("treatys, see below", "treatys"),
        ("memoirs", "memoirs"),
        ("memoirs: he said so", "memoirs"),
    ],
)
def test_what_is_written_as_labels_are_must_be_labels(text: str, unknown: str) -> None:
    with pytest.raises(ScenarioError, match=f"no source '{unknown}' in"):
        with_sources(vow=text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "treaty",
        "treaty: article 4; so it is said",
        "treaty, hp0304: 'a treety'",
        "Harbour Post, 4 March 2031",
        "https://example.org/treety",
        "own judgement",
    ],
)
def test_labels_and_free_text_are_good(text: str) -> None:
    with_sources(vow=text)


def test_without_a_list_of_sources_any_text_is_good() -> None:
    with_sources("", vow="treety")


@pytest.mark.parametrize("name", library_names())
def test_every_source_of_the_library_is_listed(name: str) -> None:
    scenario = loads(library_text(name).decode())
    items = [*scenario.signals.values(), *scenario.events.values(), *scenario.commitments.values(), *scenario.observed]
    assert not scenario.sources or all(cited(item.source, scenario.sources) for item in items)
