from __future__ import annotations

from crises import Play, crisis_of


def test_who_is_hit_has_its_incidents_in_a_chain() -> None:
    killing = {
        "kind": "provocation",
        "date": 1,
        "victims": [{"actor": "b", "severity": 0.5}, {"actor": "a", "severity": 0.5}],
        "suspects": [{"actors": ["c"]}],
    }
    play = Play(crisis_of("a-b c-b", events={"one": killing, "two": killing}))
    for actor in "abc":
        chain, n = [], play.actor(actor).first_incident
        while n >= 0:
            chain.append(n)
            n = play.crisis.incidents[n].next
        mine = [n for n, incident in enumerate(play.crisis.incidents) if incident.victim == play.i(actor)]
        assert chain == mine
