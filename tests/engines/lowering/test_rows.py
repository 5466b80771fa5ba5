from __future__ import annotations

from crises import Play, crisis_of

from escalation.engines.lower import lower

PACT = {"patron": "c", "protege": "b"}


def test_actors_fronts_and_rungs_keep_the_order_of_the_scenario() -> None:
    lowered = lower(crisis_of("c-b a-b"))
    assert lowered.actor_ids == ("a", "b", "c")
    assert lowered.front_ids == ("c-b", "b-c", "a-b", "b-a")
    assert lowered.rung_names[0] == "restraint"
    assert lowered.option_names[-1] == "limited-strike (covert)"


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
