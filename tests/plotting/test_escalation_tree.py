from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from escalation.errors import StudyError
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.paths import paths
from escalation.plotting import escalation_tree


def test_rows_are_the_commonest_steps_each_after_its_stem(ensemble: Ensemble) -> None:
    ax = escalation_tree(ensemble, rows=5)
    commonest = sorted(paths(ensemble).walk(), key=lambda branch: -branch.runs)[:6]
    wide, shaded = ax.patches[::2], ax.patches[1::2]
    assert sorted(bar.get_width() for bar in wide) == sorted(branch.runs / 400 for branch in commonest)
    assert sorted(bar.get_width() for bar in shaded) == sorted(branch.stayed / 400 for branch in commonest)
    assert next(text.get_text() for text in ax.texts if "→" in text.get_text()) == "Ara → Bor: limited-strike"
    assert ax.texts[0].get_text() == "all runs"
    shares = [bar.get_width() for bar in wide]
    assert shares[0] == 1.0
    assert "%" in ax.get_xlabel()


def test_a_war_is_of_both_sides(ensemble: Ensemble) -> None:
    said = [text.get_text() for text in escalation_tree(ensemble, rows=12).texts]
    assert "Ara and Bor: war" in said
    assert not any("→" in text and text.endswith(": war") for text in said)


def test_one_actor_from_a_lower_rung_in_axes_given(ensemble: Ensemble) -> None:
    ax = Figure().add_subplot()
    assert escalation_tree(ensemble, actor="bor", least="threat", rows=3, ax=ax) is ax
    said = [text.get_text() for text in ax.texts if "→" in text.get_text()]
    assert said[0] == "Bor → Ara: threat"
    assert all(text.startswith("Bor → Ara") for text in said)


@pytest.mark.parametrize(
    ("asked", "said"), [({"rows": 0}, "1 or more"), ({"least": "restraint"}, "no rung 'restraint'")]
)
def test_what_cannot_be_drawn(ensemble: Ensemble, asked: dict[str, object], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        escalation_tree(ensemble, **asked)
