from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import StudyError
from escalation.games.blame import Denial, attribution

WEIGHT = st.floats(0.01, 1.0)
BOTH = frozenset({"a", "b"})


@given(st.lists(st.tuples(WEIGHT, WEIGHT), min_size=1, max_size=6))
def test_it_is_bayes_rule_over_hypotheses(rows: list[tuple[float, float]]) -> None:
    prior = {f"h{k}": p for k, (p, _) in enumerate(rows)}
    likelihood = {f"h{k}": x for k, (_, x) in enumerate(rows)}
    found = attribution(prior, likelihood)
    total = sum(p * x for p, x in rows)
    assert list(found.values()) == pytest.approx([p * x / total for p, x in rows])
    scaled = attribution({name: 7.0 * p for name, p in prior.items()}, likelihood)
    assert scaled == pytest.approx(found)


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), WEIGHT, WEIGHT), max_size=4))
def test_denials_in_turn_are_those_of_all_at_once(rows: list[tuple[str, float, float]]) -> None:
    prior: dict[str | frozenset[str], float] = {"a": 0.4, "b": 0.3, BOTH: 0.1, "other": 0.2}
    found = attribution(prior, dict.fromkeys(prior, 1.0), denials=[Denial(*row) for row in rows])
    weights = dict(prior)
    for denier, guilty, innocent in rows:
        for name in weights:
            weights[name] *= guilty if name in (denier, BOTH) else innocent
    assert found == pytest.approx({name: weight / sum(weights.values()) for name, weight in weights.items()})


def test_a_denial_that_nobody_believes_moves_nothing() -> None:
    prior = {"a": 0.5, "b": 0.3, "other": 0.2}
    plain = attribution(prior, {"a": 0.2, "b": 0.75, "other": 0.25})
    told = attribution(prior, {"a": 0.2, "b": 0.75, "other": 0.25}, denials=[Denial("b", 0.1, 0.9, weight=0.0)])
    assert told == pytest.approx(plain)
    moved = attribution(prior, {"a": 0.2, "b": 0.75, "other": 0.25}, denials=[Denial("b", 0.1, 0.9)])
    assert moved["b"] < plain["b"]
    assert moved["a"] > plain["a"]


def test_what_is_ruled_out_stays_so() -> None:
    assert attribution({"a": 1.0, "b": 0.0}, {"a": 0.5, "b": 1.0}) == {"a": 1.0, "b": 0.0}


@pytest.mark.parametrize(
    ("prior", "likelihood", "denials", "said"),
    [
        ({"a": 1.0}, {"b": 1.0}, (), "the same hypotheses"),
        ({}, {}, (), "the same hypotheses"),
        ({"a": -1.0}, {"a": 1.0}, (), "prior of a must be at least 0"),
        ({BOTH: 1.0}, {BOTH: "much"}, (), "likelihood of a and b must be a finite number"),
        ({"a": 0.0}, {"a": 1.0}, (), "ruled out"),
        ({"a": 1.0}, {"a": 1.0}, [("a", 0.1, 0.9)], "must be Denials"),
        ({"a": 1.0}, {"a": 1.0}, [Denial("a", 0.0, 1.0)], "ruled out"),
    ],
)
def test_bad_input_is_refused(prior: Any, likelihood: Any, denials: Any, said: str) -> None:
    with pytest.raises(StudyError, match=said):
        attribution(prior, likelihood, denials=denials)


def test_a_denial_is_of_probabilities() -> None:
    with pytest.raises(StudyError, match=r"if_guilty must be within \[0, 1\]"):
        Denial("a", 1.5, 0.5)
