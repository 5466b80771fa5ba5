from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from escalation.errors import StudyError
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.paths import paths
from escalation.plotting import escalation_tree
from escalation.plotting.style import rung_colours


def test_rows_are_the_commonest_steps_each_after_its_stem(ensemble: Ensemble) -> None:
    ax = escalation_tree(ensemble, rows=5)
    commonest = sorted(paths(ensemble).walk(), key=lambda branch: -branch.runs)[1:6]
    wide, shaded = ax.patches[::2], ax.patches[1::2]
    assert sorted(bar.get_width() for bar in wide) == sorted(branch.runs / 400 for branch in commonest)
    assert sorted(bar.get_width() for bar in shaded) == sorted(branch.stayed / 400 for branch in commonest)
    assert next(text.get_text() for text in ax.texts if "→" in text.get_text()) == "Ara → Bor"
    none = round(100.0 * paths(ensemble).stayed / 400)
    assert f"{none} % take no such step" in ax.get_xlabel().replace("\n", " ")


def test_a_line_leads_to_each_step_from_the_one_that_it_follows(ensemble: Ensemble) -> None:
    ax = escalation_tree(ensemble, rows=5)
    walked = sorted(paths(ensemble).walk(), key=lambda branch: -branch.runs)[1:6]
    drawn = [branch.path for branch in paths(ensemble).walk() if branch in walked]
    stems = {tuple(line.get_ydata()) for line in ax.lines if list(line.get_xdata()) == [0.0, 0.0]}
    assert stems == {(drawn.index(path[:-1]), row) for row, path in enumerate(drawn) if len(path) > 1}
    assert stems


def test_each_step_has_the_colour_of_its_rung(ensemble: Ensemble) -> None:
    ax = escalation_tree(ensemble, rows=12)
    colours = dict(zip(ensemble.rung_names, rung_colours(len(ensemble.rung_names)), strict=True))
    walked = sorted(paths(ensemble).walk(), key=lambda branch: -branch.runs)[1:13]
    drawn = [branch.path[-1].rung for branch in paths(ensemble).walk() if branch in walked]
    assert [bar.get_facecolor() for bar in ax.patches[1::2]] == [colours[rung] for rung in drawn]
    legend = {text.get_text() for text in ax.get_legend().get_texts()}
    assert legend == {rung.replace("-", " ") for rung in drawn}


def test_a_war_is_of_both_sides(ensemble: Ensemble) -> None:
    said = [text.get_text() for text in escalation_tree(ensemble, rows=12).texts]
    walked = sorted(paths(ensemble).walk(), key=lambda branch: -branch.runs)[1:13]
    wars = [branch for branch in walked if branch.path[-1].rung == "war"]
    assert said.count("Ara and Bor") + said.count("Bor and Ara") == len(wars) > 0


def test_one_actor_from_a_lower_rung_in_axes_given(ensemble: Ensemble) -> None:
    ax = Figure().add_subplot()
    assert escalation_tree(ensemble, actor="bor", least="threat", rows=3, ax=ax) is ax
    said = [text.get_text() for text in ax.texts if "→" in text.get_text()]
    assert said[0] == "Bor → Ara"
    assert all(text.startswith("Bor → Ara") for text in said)


@pytest.mark.parametrize(
    ("asked", "said"), [({"rows": 0}, "1 or more"), ({"least": "restraint"}, "no rung 'restraint'")]
)
def test_what_cannot_be_drawn(ensemble: Ensemble, asked: dict[str, object], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        escalation_tree(ensemble, **asked)
