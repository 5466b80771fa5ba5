from __future__ import annotations

import pytest

from escalation.mechanisms.alliances import joining_by_credence
from escalation.mechanisms.bargaining import destruction_value
from escalation.mechanisms.belligerence import felt_at_home
from escalation.mechanisms.conciliation import (
    amends_share,
    appeal_cost,
    assured_reply,
    concession_value,
    forgiven,
    reply_value,
    sincere_reply,
)


@pytest.mark.parametrize(
    ("concession", "expected"),
    [(0.1, -2.0 * (0.1 + 0.5 * 0.1)), (-0.1, 2.0 * 0.1), (0.0, 0.0)],
)
def test_a_concession_costs_the_revisionist_more(concession: float, expected: float) -> None:
    assert concession_value(2.0, 0.5, concession) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(
    ("conciliates", "met", "taken", "expected"),
    [
        (False, False, 0.4, 0.0),
        (False, True, 0.0, 2.0 * 0.5 * 0.1),
        (True, True, 0.0, 2.0 * 0.5 * 0.1 + 2.0 * 0.3),
        (True, False, 0.4, -1.5 * 2.0 * 0.4),
        (True, False, 0.0, 0.0),
    ],
)
def test_conciliation_in_an_exchange(conciliates: bool, met: bool, taken: float, expected: float) -> None:
    value = reply_value(2.0, 0.5, 0.1, 0.3, 1.5, conciliates, met, taken)
    assert value == pytest.approx(expected, abs=1e-15)


def test_who_wants_to_be_struck_or_has_refused_is_not_expected_to_conciliate() -> None:
    assert sincere_reply(0.4, 0.25, False) == pytest.approx(0.3)
    assert sincere_reply(0.4, 0.25, True) == 0.0


def test_an_assurance_moves_replies_to_conciliation() -> None:
    others, answer = (0.5, 0.3), 0.2
    assert assured_reply(answer, 0.25, True) == pytest.approx(0.2 + 0.25 * 0.8)
    assert sum(assured_reply(p, 0.25, False) for p in others) + assured_reply(answer, 0.25, True) == pytest.approx(1.0)
    assert assured_reply(answer, 1.0, True) == 1.0
    assert assured_reply(0.5, 1.0, False) == 0.0
    assert assured_reply(0.5, 0.0, False) == 0.5


def test_amends_are_made_by_whoever_is_blamed() -> None:
    assert forgiven(0.8, 0.5, 1.0) == pytest.approx(0.4)
    assert forgiven(0.8, 0.5, 0.25) == pytest.approx(0.7)
    assert amends_share(0.5, 0.4) == pytest.approx(0.2)
    assert appeal_cost(0.3, 0.5) == pytest.approx(0.15)


def test_only_limited_force_is_cheaper_at_home() -> None:
    assert felt_at_home(0.6, 0.5, True) == pytest.approx(0.3)
    assert felt_at_home(0.6, 0.5, False) == 0.6


def test_destruction_is_that_of_the_more_destructive_act() -> None:
    assert destruction_value(0.7, 0.1, 0.3) == pytest.approx(-0.21)


def test_a_pledge_is_kept_as_often_as_it_is_believed_in() -> None:
    assert joining_by_credence(0.75, 4.0, 1.0, 1.0, False) == pytest.approx(0.75)
    # logit .75 + 4 (1 - .5) / 2 = 1.0986 + 1
    assert joining_by_credence(0.75, 4.0, 1.0, 0.5, False) == pytest.approx(0.890768, abs=1e-6)
    # logit .75 - 2
    assert joining_by_credence(0.75, 4.0, 1.0, 1.0, True) == pytest.approx(0.288766, abs=1e-6)


@pytest.mark.parametrize(("credence", "held"), [(0.0, 0.01), (1.0, 0.99)])
def test_no_pledge_is_certain(credence: float, held: float) -> None:
    assert joining_by_credence(credence, 4.0, 1.0, 1.0, False) == pytest.approx(held)
