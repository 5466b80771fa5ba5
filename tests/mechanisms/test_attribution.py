from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.mechanisms.attribution import covert_blame, denied_weight, posterior_weight

SHARE = st.floats(0.0, 1.0)
INNER = st.floats(0.01, 0.99)


@given(INNER, INNER, INNER)
def test_odds_of_a_hypothesis_are_multiplied_by_the_likelihood_ratio(prior: float, here: float, there: float) -> None:
    mine, rest = posterior_weight(prior, here), posterior_weight(1.0 - prior, there)
    odds = prior / (1.0 - prior) * here / there
    assert mine / (mine + rest) == pytest.approx(odds / (1.0 + odds))


@given(INNER, INNER, INNER)
def test_a_denial_that_is_not_believed_changes_nothing(p: float, guilty: float, innocent: float) -> None:
    mine = denied_weight(p, guilty, innocent, 0.0, True)
    rest = denied_weight(1.0 - p, guilty, innocent, 0.0, False)
    assert mine / (mine + rest) == pytest.approx(p)


@given(INNER, SHARE, SHARE)
def test_a_denial_exculpates_the_more_it_is_believed(p: float, one: float, two: float) -> None:
    def blame(weight: float) -> float:
        mine = denied_weight(p, 0.25, 0.75, weight, True)
        return mine / (mine + denied_weight(1.0 - p, 0.25, 0.75, weight, False))

    low, high = sorted((one, two))
    assert blame(high) <= blame(low) + 1e-15
    assert blame(low) <= p + 1e-15


@given(st.floats(0.0, 50.0), st.integers(1, 9))
def test_blame_for_a_covert_act_is_shared_with_the_other_suspects(detection: float, suspects: int) -> None:
    author = covert_blame(detection, suspects)
    others = suspects * 1.0 / (detection + suspects)
    assert author + others == pytest.approx(1.0)
    assert covert_blame(detection, suspects + 1) <= author <= covert_blame(detection + 1.0, suspects)


@pytest.mark.parametrize("detection", [0.0, 1e-9, 3.0])
def test_an_author_whom_nobody_else_can_be_taken_for_is_to_blame(detection: float) -> None:
    assert covert_blame(detection, 0) == 1.0
