from __future__ import annotations

import pytest
from crises import Play, crisis_of

from escalation.dynamics.attribution import blame_author, blame_covertly, deny, weigh_evidence

KILLING = {
    "killing": {
        "kind": "provocation",
        "date": 1,
        "victims": [{"actor": "a", "severity": 0.8}],
        "suspects": [{"actors": ["b"], "likelihood": 3.0}, {"actors": ["b", "c"], "likelihood": 1.0}],
        "other": {"prior": 1.0},
    }
}


@pytest.fixture
def play() -> Play:
    return Play(crisis_of("a-b a-c", events=KILLING))


def test_blame_is_the_sum_over_the_hypotheses_that_name_an_actor(play: Play) -> None:
    weigh_evidence(play.crisis, 0)
    assert play.blame("killing") == pytest.approx({"a": 0.0, "b": 0.8, "c": 0.2})


def test_a_denial_moves_blame_to_those_who_are_left(play: Play) -> None:
    weigh_evidence(play.crisis, 0)
    deny(play.crisis, 0, play.i("b"), 0.25, 0.75, 0.5)
    # .6, .2 and .2, times .375 where b is guilty and .625 where it is not, sum to .425
    assert play.blame("killing") == pytest.approx({"a": 0.0, "b": 0.3 / 0.425, "c": 0.075 / 0.425})


def test_a_denial_by_an_accomplice_leaves_the_other_alone_to_blame(play: Play) -> None:
    weigh_evidence(play.crisis, 0)
    before = play.blame("killing")
    deny(play.crisis, 0, play.i("c"), 0.25, 0.75, 1.0)
    after = play.blame("killing")
    # .6·.75, .2·.25, .2·.75
    assert after == pytest.approx({"a": 0.0, "b": 0.5 / 0.65, "c": 0.05 / 0.65})
    assert after["c"] < before["c"]


def test_what_has_not_happened_can_be_blamed_on_nobody(play: Play) -> None:
    deny(play.crisis, 0, play.i("b"), 0.25, 0.75, 1.0)
    assert set(play.blame("killing").values()) == {0.0}


def test_an_incident_is_blamed_on_its_author_alone(play: Play) -> None:
    weigh_evidence(play.crisis, 0)
    blame_author(play.crisis, 0, play.i("c"), 0.4)
    assert play.blame("killing") == {"a": 0.0, "b": 0.0, "c": 0.4}


def test_a_covert_act_is_blamed_on_all_who_face_its_victim() -> None:
    play = Play(
        crisis_of(
            "a-b c-b",
            actors={"d": {}},
            commitments={"pact": {"patron": "d", "protege": "a", "adversary": "b"}},
            rules={"covert_detection": 3.0},
        )
    )
    n = play.covert("a-b")
    blame_covertly(play.crisis, n, play.i("a"), play.i("b"))
    assert "d-b" in play.lowered.front_ids  # latent: d does not face b before it joins
    assert play.crisis.blame[n] == pytest.approx([3.0 / 5.0, 0.0, 1.0 / 5.0, 0.0])
