from __future__ import annotations

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from escalation.errors import StudyError
from escalation.montecarlo.ensemble import Ensemble
from escalation.plotting import fan, small_multiples


def names(ax: Axes) -> list[str]:
    ax.figure.canvas.draw()
    return [tick.label1.get_text() for tick in ax.yaxis.get_major_ticks() if tick.label1.get_visible()]


def test_panels_have_one_scale_and_names_of_rungs_on_the_left_alone(ensemble: Ensemble, quiet: Ensemble) -> None:
    panels = small_multiples({"one": ensemble, "two": quiet, "three": ensemble})
    assert [ax.get_title(loc="left") for ax in panels] == ["one", "two", "three"]
    assert len({ax.get_xlim() for ax in panels}) == 1
    assert panels[0].get_xlim()[1] >= 1.25 * max(one.high for one in quiet.peaks().values())
    assert [bar.get_width() for bar in panels[1].patches] == [one.value for one in quiet.peaks().values()]
    assert [bool(names(ax)) for ax in panels] == [True, False, True]
    assert panels[0].figure.get_supxlabel() == "Probability of peaking there (400 runs)"
    assert len(panels[0].figure.axes) == 3


def test_another_figure_in_axes_given(ensemble: Ensemble, quiet: Ensemble) -> None:
    given = list(Figure().subplots(2, 1))
    panels = small_multiples({"one": ensemble, "two": quiet}, draw=fan, axs=given)
    assert panels == given
    assert panels[0].get_ylim() == panels[1].get_ylim()
    # The names of the lower one have moved to where its layers are on the common scale.
    edges = dict(zip(quiet.rung_names, quiet.fan()[-1], strict=True))
    for ax in panels:
        places = [text.get_position()[1] for text in ax.texts]
        assert places == sorted(places)
    threat = next(text for text in panels[1].texts if text.get_text() == "threat")
    above = sum(edges[name] for name in quiet.rung_names[2:])
    middle = (above + edges["threat"] / 2.0) / panels[1].get_ylim()[1]
    assert threat.get_position()[1] == pytest.approx(middle, abs=0.25)


def test_different_labels_stay_below_their_panels(ensemble: Ensemble, quiet: Ensemble) -> None:
    fewer = Ensemble(quiet.scenario, 1, {name: array[:100] for name, array in quiet.outcomes.items()}, quiet.axes)
    panels = small_multiples({"one": ensemble, "two": fewer})
    assert [ax.get_xlabel() for ax in panels] == [f"Probability of\npeaking there ({n}\nruns)" for n in (400, 100)]
    panels[0].figure.canvas.draw()
    left, right = (ax.xaxis.label.get_window_extent() for ax in panels)
    assert left.x1 < right.x0


def test_axes_that_run_the_other_way_keep_their_scale(ensemble: Ensemble) -> None:
    def draw(ensemble: Ensemble, /, *, ax: Axes | None = None) -> Axes:
        assert ax is not None
        ax.set_xlim((1.0, 0.0) if len(ax.figure.axes[0].texts) else (0.0, 2.0))
        ax.text(0.0, 0.0, "drawn")
        return ax

    panels = small_multiples({"one": ensemble, "two": ensemble}, draw=draw)
    assert [ax.get_xlim() for ax in panels] == [(0.0, 2.0), (1.0, 0.0)]


def test_what_cannot_be_drawn(ensemble: Ensemble) -> None:
    with pytest.raises(StudyError, match="0 scenarios"):
        small_multiples({})
    with pytest.raises(StudyError, match="1 scenarios, 2 columns, 2 axes"):
        small_multiples({"one": ensemble}, axs=list(Figure().subplots(2)))
