from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import StudyError
from escalation.games.contests import Side, contest, critical_risk, cumulative_risk
from escalation.games.sequential import agent_qre
from escalation.games.tree import Chance, Node, Outcome

CAPABILITY = st.floats(0.1, 9.0)
PATRONS = st.lists(st.tuples(CAPABILITY, st.floats(0.0, 1.0)), max_size=3)


def by_tree(own: Side, other: Side, exponent: float) -> float:
    """The same odds as a game of chance moves, a patron each."""

    def after(mine: float, theirs: float, left: list[tuple[float, float, bool]]) -> Node:
        if not left:
            return Outcome({"own": mine**exponent / (mine**exponent + theirs**exponent)})
        capability, chance, for_own = left[0]
        joined = after(mine + capability * for_own, theirs + capability * (not for_own), left[1:])
        return Chance({"joins": (chance, joined), "stays out": (1.0 - chance, after(mine, theirs, left[1:]))})

    patrons = [(k, q, True) for k, q in own.patrons] + [(k, q, False) for k, q in other.patrons]
    tree = after(own.capability / own.fronts, other.capability / other.fronts, patrons)
    return agent_qre(tree, 1.0).payoffs["own"]


@given(CAPABILITY, CAPABILITY, st.integers(1, 4), PATRONS, PATRONS, st.floats(0.0, 4.0))
def test_patrons_join_by_chance(own: float, other: float, fronts: int, mine: Any, theirs: Any, m: float) -> None:
    one, two = Side(own, fronts, mine), Side(other, 1, theirs)
    found = contest(one, two, exponent=m)
    assert found == pytest.approx(by_tree(one, two, m), abs=1e-12)
    assert found + contest(two, one, exponent=m) == pytest.approx(1.0)


@given(CAPABILITY, CAPABILITY, PATRONS)
def test_averaged_patrons_are_more_capability(own: float, other: float, patrons: Any) -> None:
    support = sum(k * q for k, q in patrons)
    assert contest(Side(own, patrons=patrons), Side(other), averaged=True) == pytest.approx(
        (own + support) / (own + support + other)
    )


def test_without_an_exponent_the_odds_are_even() -> None:
    assert contest(Side(9.0), Side(1.0), exponent=0.0) == 0.5
    assert contest(Side(9.0), Side(1.0), exponent=60.0) == pytest.approx(1.0)


@given(st.floats(-5.0, 5.0), st.floats(0.01, 5.0), st.floats(0.01, 5.0))
def test_at_the_critical_risk_standing_firm_is_worth_as_much_as_yielding(s: float, up: float, down: float) -> None:
    risk = critical_risk(s + up, s, s - down)
    assert (1.0 - risk) * (s + up) + risk * (s - down) == pytest.approx(s, abs=1e-9)


@given(st.floats(0.0, 1.0), st.integers(0, 60))
def test_disaster_is_escaped_every_time_or_not(risk: float, times: int) -> None:
    assert cumulative_risk(risk, times) == pytest.approx(1.0 - (1.0 - risk) ** times, abs=1e-12)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Side(-1.0), "capability must be at least 0"),
        (lambda: Side(1.0, fronts=0), "fronts is 0; it must be a whole number, 1 or more"),
        (lambda: Side(1.0, patrons=[(1.0,)]), "a patron must be a pair"),  # type: ignore[list-item]
        (lambda: Side(1.0, patrons=["ab"]), "a patron must be a pair"),  # type: ignore[list-item]
        (lambda: Side(1.0, patrons=[(1.0, 1.5)]), "probability that a patron joins"),
        (lambda: contest(Side(1.0, patrons=[(1.0, 0.5)] * 13), Side(1.0)), "12 patrons or fewer"),
        (lambda: contest(Side(1.0), Side(1.0), exponent=math.inf), "exponent must be a finite number"),
        (lambda: critical_risk(0.0, 1.0, -1.0), "winning must be worth at least as much as yielding.* not 0, 1 and -1"),
        (lambda: critical_risk(1.0, 1.0, 1.0), "and winning more than disaster, not 1, 1 and 1"),
        (lambda: cumulative_risk(1.1, 2), "risk must be within"),
        (lambda: cumulative_risk(0.1, 2.5), "times is 2.5; it must be a whole number, 0 or more"),  # type: ignore[arg-type]
    ],
)
def test_bad_input_is_refused(call: Any, said: str) -> None:
    with pytest.raises(StudyError, match=said):
        call()
