from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.figure import Figure

from escalation.engines.explaining.explanation import Explanation
from escalation.engines.simulate import simulate
from escalation.files import load
from escalation.plotting import explanation
from escalation.plotting.style import COLUMN
from escalation.world.plain_words import TERMS


@pytest.fixture(scope="module")
def decision() -> Explanation:
    path = simulate(load("haniyeh-2024"), seed=1, run=17, engine="mesa")
    return path.explain(20, "irn", target="isr")[0]


def test_bars_add_up_to_the_utility(decision: Explanation) -> None:
    ax = explanation(decision)
    sums = [0.0] * len(decision.acts)
    for bars in ax.containers:
        for row, bar in enumerate(bars):
            sums[row] += bar.get_width()
    assert sums == pytest.approx([act.utility for act in decision.acts])


def test_bars_do_not_cover_one_another(decision: Explanation) -> None:
    ax = explanation(decision)
    for row in range(len(decision.acts)):
        spans = sorted(
            (min(bar.get_x(), bar.get_x() + bar.get_width()), abs(bar.get_width()))
            for bar in (bars[row] for bars in ax.containers)
            if abs(bar.get_width()) > 1e-9  # what rounding leaves of a term that is not there covers nothing
        )
        for (start, width), (following, _) in pairwise(spans):
            assert start + width <= following + 1e-9


def test_every_term_is_in_the_legend_or_among_the_others(decision: Explanation) -> None:
    ax = explanation(decision)
    named = [text.get_text() for text in ax.get_legend().get_texts()]
    assert len(named) == 8
    assert named[-1] == "other terms"
    called = {TERMS[term].label: term for term in decision.terms}
    named = [called.get(label, label) for label in named]
    assert set(named[:-1]) < set(decision.terms)
    seen = [act for act in decision.acts if act.chosen or act.probability >= 0.005]
    assert 1 < len(seen) < len(decision.acts)
    least = min(max(abs(act.terms[name]) for act in seen) for name in named[:-1])
    rest = set(decision.terms) - set(named)
    assert all(abs(act.terms[name]) <= least for act in seen for name in rest)


def test_few_terms_leave_no_others(decision: Explanation) -> None:
    kept = ("gain", "replies", "honour")
    acts = tuple(
        replace(act, terms={name: value if name in kept else 0.0 for name, value in act.terms.items()})
        for act in decision.acts
    )
    ax = explanation(replace(decision, acts=acts))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == list(kept)


def test_probability_and_choice_are_written(decision: Explanation) -> None:
    ax = explanation(decision)
    said = [text.get_text() for text in ax.texts]
    expected = [f"P {act.probability:.2f}{', chosen' if act.chosen else ''}" for act in decision.acts]
    assert said == expected
    assert [text.get_fontweight() == "bold" for text in ax.texts] == [act.chosen for act in decision.acts]
    assert [label.get_text() for label in ax.get_yticklabels()] == [act.name.replace("-", " ") for act in decision.acts]
    assert ax.yaxis_inverted()


def test_a_sum_is_marked_in_view_and_pointed_at_beyond(decision: Explanation) -> None:
    ax = explanation(decision)
    marks = [line for line in ax.lines if line.get_marker() in ("D", "<")]
    left, _ = ax.get_xlim()
    for act, mark in zip(decision.acts, marks, strict=True):
        seen = act.utility >= left
        assert mark.get_marker() == ("D" if seen else "<")
        assert mark.get_xdata()[0] == (act.utility if seen else left)
        assert seen or act.probability < 0.005
    assert {mark.get_marker() for mark in marks} == {"D", "<"}


def test_axes_given_are_drawn_in(decision: Explanation) -> None:
    assert explanation(decision, ax=(given := Figure().add_subplot())) is given
    assert explanation(decision).figure.get_size_inches()[0] == COLUMN


def test_acts_that_are_worth_nothing_can_be_drawn(decision: Explanation) -> None:
    acts = tuple(
        replace(act, utility=0.0, terms={**dict.fromkeys(act.terms, 0.0), "gain": 1e-12}) for act in decision.acts
    )
    left, right = explanation(replace(decision, acts=acts)).get_xlim()
    assert left < right
