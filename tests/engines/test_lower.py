from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of

from escalation.arithmetic.keys import key_of
from escalation.dynamics.acting import available
from escalation.engines.buffers import empty_outcomes
from escalation.engines.lower import lower, lower_once

STAKE = {"distribution": "uniform", "low": 0.5, "high": 1.5}
PACT = {"patron": "c", "protege": "b"}


def test_actors_fronts_and_rungs_keep_the_order_of_the_scenario() -> None:
    lowered = lower(crisis_of("c-b a-b"))
    assert lowered.actor_ids == ("a", "b", "c")
    assert lowered.front_ids == ("c-b", "b-c", "a-b", "b-a")
    assert lowered.rung_names[0] == "restraint"
    assert lowered.option_names[-1] == "limited-strike (covert)"


@pytest.mark.parametrize(("horizon", "period", "periods"), [(60, 1.0, 60), (60, 0.1, 600), (10, 7.0, 2), (7, 7.0, 1)])
def test_periods_cover_the_horizon(horizon: int, period: float, periods: int) -> None:
    assert lower(crisis_of(horizon=horizon, period=period)).periods == periods


def test_the_longest_run_can_be_counted() -> None:
    """Outcomes count periods in two bytes."""
    longest = crisis_of(horizon=3650, period=3650 / 30_000)
    assert lower(longest).periods <= np.iinfo(empty_outcomes(lower(longest), 1).crossed.dtype).max


def test_a_commitment_against_any_has_a_row_for_each_who_faces_the_protege() -> None:
    play = Play(crisis_of("a-b d-b", actors={"d": {}}, commitments={"pact": PACT}))
    assert set(play.lowered.commitment_rows) == {"pact:a", "pact:d"}
    # fronts of the patron open only if it joins
    assert set(play.lowered.front_ids) - set(play.scenario.fronts) == {"c-a", "a-c", "c-d", "d-c"}
    for name in ("c-a", "a-c"):
        assert play.front(name).active == 0
    assert play.front("c-a").reverse == play.f("a-c")


def test_a_patron_that_faces_the_adversary_already_has_no_second_front() -> None:
    play = Play(crisis_of("a-b c-a", commitments={"pact": {**PACT, "adversary": "a"}}))
    assert len(play.lowered.front_ids) == 4
    assert play.front("c-a").active == 1


def test_supporters_of_a_front_stand_together_whatever_the_order_of_the_commitments() -> None:
    commitments = {
        "one": {"patron": "c", "protege": "b", "adversary": "a"},
        "two": {"patron": "d", "protege": "a", "adversary": "b"},
        "three": {"patron": "d", "protege": "b", "adversary": "a"},
    }
    play = Play(crisis_of(actors={"d": {}}, commitments=commitments))
    for front in ("a-b", "b-a"):
        state = play.front(front)
        found = set(play.lowered.commitment_rows[state.support_first : state.support_last])
        assert found == ({"two:b"} if front == "a-b" else {"one:a", "three:a"})
    assert play.front("c-a").support_first == play.front("c-a").support_last


def test_a_latent_front_takes_its_stakes_from_the_commitment_and_from_the_front_to_the_protege() -> None:
    pact = {**PACT, "adversary": "a", "stake": STAKE}
    for run in range(5):
        play = Play(crisis_of(front={"a-b": {"stake": STAKE}}, commitments={"pact": pact}), run=run)
        assert play.front("c-a").stake == play.pledge("pact:a").stake
        assert play.front("a-c").stake == play.front("a-b").stake
        assert play.front("c-a").stake != play.front("a-c").stake


def test_keys_are_names_and_do_not_move_when_something_is_left_out() -> None:
    signal = {"kind": "vow", "date": 1, "sender": "a", "receivers": ["b"], "due": STAKE}
    event = {"kind": "internal-shock", "date": 2, "actor": "a", "severity": {**STAKE, "low": 0.2, "high": 0.4}}
    full = crisis_of("a-b c-b", signals={"one": signal, "two": signal}, events={"x": event, "y": event})
    less = full.without("one").without("x")
    for run in range(3):
        here, there = Play(full, run=run), Play(less, run=run)
        assert here.signal("two") == there.signal("two")
        assert here.event("y") == there.event("y")
        assert here.event("y").key == key_of("events.y")
        assert here.event("x").severity != here.event("y").severity
        assert [front.key for front in here.crisis.fronts] == [front.key for front in there.crisis.fronts]
        assert here.front("a-b") == there.front("a-b")


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


def test_dates_become_days_and_absent_things_never_happen() -> None:
    play = Play(
        crisis_of(
            start="2024-07-30",
            as_of="2024-08-02",
            signals={
                "word": {
                    "kind": "reassurance",
                    "date": "2024-08-01",
                    "sender": "a",
                    "receivers": ["b", "c"],
                    "channel": "private",
                    "reported": "2024-08-02",
                }
            },
        )
    )
    word = play.signal("word")
    assert (word.day, word.reported, word.receivers, word.private) == (2.0, 3.0, 0b110, 1)
    assert (play.clock.as_of, play.clock.first_choice, play.clock.last_act) == (3.0, 4.0, 3.0)
    assert math.isinf(play.front("a-b").due)
    assert Play(crisis_of()).clock.first_choice == 0.0


SUBJECTS: list[tuple[str, dict[str, Any], str, int]] = [
    ("vow", {}, "b", 0),
    ("threat", {"subject": "c", "receivers": ["b", "c"]}, "c", 0),
    ("reassurance", {}, "a", 0),
    ("reassurance", {"subject": "c"}, "c", 0),
    ("demand", {}, "a", 0),
    ("disclosure", {"subject": "c"}, "c", 0),
]


@pytest.mark.parametrize(("kind", "row", "subject", "is_signal"), SUBJECTS)
def test_what_a_signal_is_about(kind: str, row: dict[str, Any], subject: str, is_signal: int) -> None:
    signal = {"kind": kind, "date": 1, "sender": "a", "receivers": ["b"], **row}
    play = Play(crisis_of("a-b a-c b-c", signals={"word": signal}))
    word = play.signal("word")
    assert (word.subject, word.subject_is_signal) == (play.i(subject), is_signal)
    if kind in ("vow", "threat"):
        assert word.target == word.subject


def test_a_warning_and_a_denial_are_about_rows_of_other_tables() -> None:
    killing = {
        "kind": "provocation",
        "date": 1,
        "victims": [{"actor": "b", "severity": 0.5}],
        "suspects": [{"actors": ["a"]}],
    }
    shock = {"kind": "internal-shock", "date": 1, "actor": "a", "severity": 0.5}
    word = {"date": 2, "receivers": ["b"]}
    play = Play(
        crisis_of(
            events={"shock": shock, "killing": killing},
            commitments={"pact": {**PACT, "adversary": "a"}},
            signals={
                "warning": {**word, "kind": "warning", "sender": "c", "receivers": ["a"], "subject": "pact"},
                "denial": {**word, "kind": "denial", "sender": "a", "subject": "killing"},
                "again": {**word, "kind": "denial", "sender": "a", "subject": "denial"},
            },
        )
    )
    assert play.signal("warning").subject == 0
    assert (play.signal("denial").subject, play.signal("denial").subject_is_signal) == (1, 0)
    assert (play.signal("again").subject, play.signal("again").subject_is_signal) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "row", "act"),
    [
        ("vow", {}, "limited-strike"),
        ("vow", {"rung": "war"}, "war"),
        ("threat", {"rung": "display"}, "display"),
        ("demand", {"rung": "major-strike"}, "major-strike"),
        ("demand", {}, None),
        ("reassurance", {}, None),
    ],
)
def test_what_a_signal_threatens(kind: str, row: dict[str, Any], act: str | None) -> None:
    signal = {"kind": kind, "date": 1, "sender": "a", "receivers": ["b"], **row}
    play = Play(crisis_of(signals={"word": signal}))
    assert play.signal("word").option == (-1 if act is None else play.o(act))


def test_a_threat_is_crossed_from_its_trigger_on() -> None:
    threat = {"kind": "threat", "date": 1, "sender": "a", "receivers": ["b"]}
    play = Play(crisis_of(signals={"low": threat, "high": {**threat, "trigger": "major-strike"}}))
    assert (play.signal("low").trigger, play.signal("high").trigger) == (0.4, 0.8)


def test_crowded_classes_share_their_weight() -> None:
    roles = ["restraint", "threat", "force", "force", "force", "war"]
    rungs = [
        {
            "name": f"r{n}",
            "intensity": n / 5.0,
            "gain": 0.1 * n,
            "destruction": 0.1 * n,
            "role": role,
            "covert": n in (3, 4),
        }
        for n, role in enumerate(roles)
    ]
    options = Play(crisis_of(ladder={"name": "fine", "rungs": rungs})).crisis.options
    crowding = [option.crowding for option in options]
    assert crowding == pytest.approx([0.0, 0.0, *[math.log(3)] * 3, 0.0, math.log(2), math.log(2)])
    assert [option.publicity for option in options] == [1.0] * 6 + [0.0] * 2


def test_baselines_and_wars_at_the_start() -> None:
    front = {"a-b": {"baseline": "limited-strike"}, "a-c": {"at_war": True}, "c-a": {"at_war": True}}
    play = Play(crisis_of("a-b", front=front))
    state = play.front("a-b")
    assert (state.baseline, state.baseline_gain, state.baseline_destruction) == (0.6, 0.2, 0.1)
    assert (play.front("a-c").at_war, play.front("a-c").war_period) == (1, -1)


def test_acts_on_offer_are_restraint_and_what_is_above_ongoing_hostilities() -> None:
    play = Play(
        crisis_of("a-b a-c", front={"a-b": {"baseline": "limited-strike"}, "a-c": {"baseline": "major-strike"}})
    )
    names = play.lowered.option_names
    found = {}
    for name in ("a-b", "b-a", "a-c"):
        front, f = play.front(name), play.f(name)
        acts = [names[o] for o in play.crisis.offered[f][: front.offers]]
        assert acts == [name for o, name in enumerate(names) if available(play.crisis, f, o)]
        assert play.crisis.crowded[f][: front.offers] == [play.crisis.crowding[names.index(act)] for act in acts]
        found[name] = (acts, acts[front.attack])
    assert found["a-b"] == (["restraint", "major-strike", "war"], "major-strike")
    assert found["b-a"] == (list(names), "major-strike")
    assert found["a-c"] == (["restraint", "war"], "war")


def test_a_distribution_in_several_places_names_where_it_is_drawn_first() -> None:
    actors = {"b": {"resolve": {"distribution": "uniform", "low": 0.2, "high": 0.8}}}
    lowered = lower(crisis_of("a-b c-b", actors=actors))
    first, *others = [draw for draw in lowered.draws if draw.column == 0]
    assert first.drawn == -1
    assert len(others) == 2
    assert {draw.drawn for draw in others} == {first.address}


def test_half_a_rung_is_half_the_mean_step() -> None:
    assert Play(crisis_of()).rules.half_rung == pytest.approx(0.1)


def test_a_scenario_is_lowered_once() -> None:
    scenario, other = crisis_of(), crisis_of()
    assert lower_once(scenario) is lower_once(scenario)
    assert lower_once(other) is not lower_once(scenario)
