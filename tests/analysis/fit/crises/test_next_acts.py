from __future__ import annotations

import numpy as np
import pytest
from crisis_rows import SHARED, crisis_rows
from pair_rows import pair_rows

from escalation.analysis.fit.crises.next_acts import NextActs, _occasions, next_acts_in_crises, next_acts_in_pairs
from escalation.data.covariates import covariates
from escalation.data.parameters import prior_means
from escalation.data.signal_pairs import read_pairs


def test_occasions_of_a_run_by_hand() -> None:
    """A strikes on day 1, B strikes back on 3, A conciliates on 5, B threatens on 6: the last act has no answer."""
    acts = [(1.0, "a", True, False), (3.0, "b", True, False), (5.0, "a", False, True), (6.0, "b", False, False)]
    assert _occasions(acts) == [
        (True, False, True, False, False),  # A's strike: B had done nothing, and strikes
        (True, True, False, True, True),  # B's strike: A had struck, and conciliates
        (False, True, False, False, True),  # A's offer: B had struck, and threatens
    ]


def made(n: int = 4000) -> NextActs:
    """Violence of the next act with slopes of .3 on violence received and .2 on the own previous act."""
    rng = np.random.default_rng(2)
    received, previous, known = (rng.uniform(size=n) < 0.5 for _ in range(3))
    following = rng.uniform(size=n) < 0.1 + 0.3 * received + 0.2 * previous
    return NextActs(received, previous, following, ~following & received, known, np.arange(n) // 10)


def test_slopes_are_those_that_acts_were_drawn_with() -> None:
    acts = made()
    slopes, shares = acts.drawn(100, seed=1)
    # Each within four standard errors: a false alarm in 8,000 tests.
    np.testing.assert_allclose(acts.slopes(), [0.3, 0.2], atol=4.0 * slopes.std(axis=0).max())
    assert shares.std() > 0.0
    assert acts.conciliatory_share() == acts.conciliatory.mean()
    np.testing.assert_array_equal(slopes, acts.drawn(100, seed=1)[0])


def test_pairs_without_a_next_act_are_left_out_and_the_previous_act_may_be_none() -> None:
    pairs = pair_rows(400)
    acts = next_acts_in_pairs(pairs)
    assert acts.received.size == (pairs["next_act"] != "none").sum()
    assert acts.known.sum() == ((pairs["receiver_previous"] != "0") & (pairs["next_act"] != "none")).sum()
    fewer = next_acts_in_pairs(pairs, adversaries=True)
    assert fewer.received.size == ((pairs["next_act"] != "none") & (pairs["adversaries"] == 1)).sum()


def test_private_reasons_that_last_make_actors_go_on_as_before() -> None:
    """In 30 crises of three runs, 300 days of the same reasons against two."""
    crises = covariates(crisis_rows(60, trigger=np.full(60, 9.0))).take(np.arange(0, 60, 2))
    lasting, short = (
        next_acts_in_crises(prior_means() | {"shock_persistence": days}, crises, runs=3, seed=1)
        for days in (300.0, 2.0)
    )
    assert lasting.slopes()[1] > short.slopes()[1] + 0.1
    assert 0.0 < short.conciliatory_share() < 1.0
    assert lasting.received[lasting.crisis == 0].size < lasting.received.size


@pytest.mark.skipif(not SHARED.is_dir(), reason="the signal pairs are not here")
def test_slopes_of_coded_events_to_1994() -> None:
    acts = next_acts_in_pairs(read_pairs(SHARED / "icbe_pairs_1918_1994.csv"))
    np.testing.assert_allclose(acts.slopes(), [0.176, 0.154], atol=5e-4)
