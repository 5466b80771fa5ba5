from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import StudyError
from escalation.games.receiver import Message, bayesian_receiver, public_threat

INNER = st.floats(0.01, 0.99)


@given(INNER, st.lists(st.tuples(INNER, INNER), max_size=6))
def test_fully_believed_messages_multiply_the_odds(prior: float, messages: list[tuple[float, float]]) -> None:
    beliefs = bayesian_receiver(prior, [Message(*message) for message in messages])
    assert len(beliefs) == len(messages)
    odds = prior / (1.0 - prior)
    for belief, (if_true, if_false) in zip(beliefs, messages, strict=True):
        odds *= if_true / if_false
        assert belief == pytest.approx(odds / (1.0 + odds), rel=1e-9)


@given(INNER, INNER, INNER)
def test_messages_that_are_not_believed_do_nothing(prior: float, if_true: float, if_false: float) -> None:
    assert bayesian_receiver(prior, [Message(if_true, if_false, 0.0)] * 3) == pytest.approx((prior,) * 3)


def test_no_message_no_belief_to_tell() -> None:
    assert bayesian_receiver(0.3, []) == ()


@pytest.mark.parametrize("fields", [(1.5, 0.2), (0.5, -0.1), (0.5, 0.5, 2.0), ("much", 0.2)])
def test_bad_messages_are_refused(fields: tuple[Any, ...]) -> None:
    with pytest.raises(StudyError, match=r"if_true|if_false|weight"):
        Message(*fields)


def test_a_message_that_cannot_have_been_sent_is_refused() -> None:
    with pytest.raises(StudyError, match="message 2 cannot have been sent: its probability is 0 at the belief 1"):
        bayesian_receiver(0.5, [Message(0.5, 0.0), Message(0.0, 0.7)])
    assert bayesian_receiver(1.0, [Message(0.0, 0.7, 0.0), Message(0.0, 0.7, 0.5)]) == (1.0, 1.0)
    with pytest.raises(StudyError, match="message 1 cannot"):
        bayesian_receiver(0.5, [Message(0.0, 0.0)])


def test_bad_priors_and_messages_are_refused() -> None:
    with pytest.raises(StudyError, match="prior must be within"):
        bayesian_receiver(-0.1, [])
    with pytest.raises(StudyError, match="must be Messages"):
        bayesian_receiver(0.1, [(0.9, 0.2)])  # type: ignore[list-item]


def test_a_threat_tells_of_resolve_as_far_as_it_costs_the_irresolute_more() -> None:
    same = public_threat(2.0, 0.8, 0.5, 0.5)
    assert bayesian_receiver(0.3, [same])[-1] == pytest.approx(0.3)
    beliefs = [bayesian_receiver(0.3, [public_threat(2.0, 0.8, 0.2, cost)])[-1] for cost in (0.4, 0.8, 1.6)]
    assert 0.3 < beliefs[0] < beliefs[1] < beliefs[2]
    assert bayesian_receiver(0.3, [public_threat(0.0, 0.8, 0.2, 9.0)])[-1] == pytest.approx(0.3)
    with pytest.raises(StudyError, match="precision must be at least 0"):
        public_threat(-1.0, 0.8, 0.2, 1.0)
