from __future__ import annotations

from crises import Play, crisis_of

from escalation.dynamics.attribution import suffer
from escalation.dynamics.fading import fade

KILLING = {
    "kind": "provocation",
    "date": 1,
    "victims": [{"actor": "b", "severity": 0.5}, {"actor": "a", "severity": 0.5}],
    "suspects": [{"actors": ["c"]}],
}


def open_incidents(play: Play, actor: str) -> list[int]:
    """Rows of the incidents in an actor's list, sorted."""
    found, n = [], play.actor(actor).open_incident
    while n >= 0:
        assert play.crisis.incidents[n].open == 1
        found.append(n)
        n = play.crisis.incidents[n].next
    return sorted(found)


def test_who_is_hit_has_its_open_incidents_in_a_list() -> None:
    play = Play(crisis_of("a-b c-b", events={"one": KILLING, "two": KILLING}))
    assert [open_incidents(play, actor) for actor in "abc"] == [[], [], []]
    play.quiet(2)
    assert [open_incidents(play, actor) for actor in "abc"] == [[1, 3], [0, 2], []]
    assert [play.crisis.incidents[n].victim for n in (0, 1)] == [play.i("b"), play.i("a")]


def test_an_incident_that_is_over_leaves_the_list_and_may_come_again() -> None:
    play = Play(crisis_of("a-b c-b", events={"one": KILLING, "two": KILLING, "three": KILLING}))
    for n in (0, 2, 4, 2):  # twice the same is listed once
        suffer(play.crisis, n, 0.5, 0.0)
    assert open_incidents(play, "b") == [0, 2, 4]
    for over, left in ((2, [0, 4]), (4, [0]), (0, [])):  # from the middle, the head and alone
        play.crisis.incidents[over].level = 0.0
        fade(play.crisis)
        assert open_incidents(play, "b") == left
        assert play.crisis.incidents[over].open == 0
    suffer(play.crisis, 2, 0.5, 0.0)
    assert open_incidents(play, "b") == [2]
