"""Every figure with names of users that look like mathematics, or are longer than anybody expects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from escalation import plotting
from escalation.analysis.score.hindcasts.hindcast import Hindcasts
from escalation.analysis.uncertain.uncertainty import uncertainty_of
from escalation.montecarlo.compare import Comparison
from escalation.plotting.names import NAME, as_written, shortened, with_short_names
from escalation.world.event import Provocation, Suspect, Victim
from escalation.world.plain_words import actor_name
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal

from .conftest import draw
from .pictures import PICTURES, Data, decision, hindcasts, one, scores, sensitivity_of, surface, traces, trajectory
from .test_pictures import covered, within, written

MATHS = [r"$\frac$", "$x_1^2$"]
LONG = {
    "two lines": "Democratic Peoples Republic of Patronia",
    "a paragraph": "Grand Duchy of Very Long Names " * 14,
    "a word": "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz",
}
JOINS = "joined:cal-bor:ara"


def named(scenario: Scenario, name: str) -> Data:
    """What is drawn, with each name in the scenario another, though alike."""
    name = name.strip()
    actors = {
        actor: part.model_copy(update={"name": f"{name} {number}" if number else name})
        for number, (actor, part) in enumerate(scenario.actors.items())
    }
    other = scenario.model_copy(update={"actors": actors})
    ensemble, quiet = draw(other, climb=0.7), draw(other, climb=0.4)
    return Data(other, ensemble, quiet, Comparison(quiet, ensemble, {}))


def _beliefs(_: Data, name: str) -> Axes:
    through = traces()
    moved = [
        replace(
            trace,
            label=f"trust in {name}" if trace.label == "fear" else trace.label,
            moves=tuple(replace(move, words=f"{name}'s {move.source}") for move in trace.moves),
        )
        for trace in through.traces
    ]
    return plotting.beliefs(replace(through, actor_name=name, target_name=name, traces=tuple(moved)), most=4)


def _calibration_curve(_: Data, name: str) -> Axes:
    found = scores()
    curves = {name: found.calibration["model"]}
    return plotting.calibration_curve(replace(found, calibration=curves), competitors=[name])


def _hindcast(_: Data, name: str) -> Axes:
    first, second = hindcasts().values()
    return plotting.hindcast(Hindcasts({name: first, f"{name} 2": second}))


def _uncertainty(data: Data, _: str) -> Axes:
    likely = (np.arange(64) + 0.5) / 64.0 * 0.6
    values = (np.arange(40)[None, :] + 0.5) / 40.0 < likely[:, None]
    return plotting.uncertainty(uncertainty_of(values.astype(float), scenario=data.scenario, event=JOINS))


def _surface(_: Data, name: str) -> Axes:
    grid = surface()
    grid.attrs["event_words"] = f"{name} chooses force"
    grid["leash"].attrs["long_name"] = f"{name}: leash"
    grid["fear"].attrs["long_name"] = f"{name}: fear"
    return plotting.policy_surface(grid)


def _sobol(data: Data, _: str) -> Axes:
    places = ("fronts.ara-bor.first_strike_advantage", "fronts.bor-ara.stake", "actors.bor")
    indices = {place: {"first": one(0.5), "total": one(0.7)} for place in places}
    return plotting.sobol_bars(sensitivity_of(data.scenario, "sobol", indices))


def _tornado(data: Data, _: str) -> Axes:
    places = ("fronts.ara-bor.first_strike_advantage", "fronts.bor-ara.stake", "actors.bor")
    indices = {place: {"mu_star": one(0.6), "mu": one(-0.6)} for place in places}
    return plotting.tornado(sensitivity_of(data.scenario, "morris", indices))


def _explanation(_: Data, name: str) -> Axes:
    return plotting.explanation(replace(decision(), actor_name=name, target_name=name))


DRAWN: dict[str, Callable[[Data, str], Axes]] = {
    **{name: lambda data, _, picture=picture: picture(data) for name, picture in PICTURES.items()},
    "beliefs": _beliefs,
    "calibration_curve": _calibration_curve,
    "comparison": lambda data, _: plotting.comparison(data.pair, events=[JOINS, "war"]),
    "explanation": _explanation,
    "first_passage": lambda data, _: plotting.first_passage(data.ensemble, [JOINS, "war"]),
    "hindcast": _hindcast,
    "policies": lambda data, name: plotting.policies({name: data.pair, f"{name} 2": data.pair}, event=JOINS),
    "policy_surface": _surface,
    "small_multiples": lambda data, name: plotting.small_multiples({name: data.ensemble, f"{name} 2": data.quiet})[0],
    "sobol_bars": _sobol,
    "tornado": _tornado,
    "uncertainty": _uncertainty,
}
NAMELESS = {"fan", "ladder_heat_map", "peaks"}
"""Figures in which no name of a user stands."""


@pytest.mark.parametrize("name", MATHS)
@pytest.mark.parametrize("figure", DRAWN)
def test_a_name_is_no_mathematics(figure: str, name: str, scenario: Scenario) -> None:
    drawn = DRAWN[figure](named(scenario, name), name).figure.figure
    told = [text for text in drawn.findobj(Text) if "$" in text.get_text()]
    assert figure in NAMELESS or any(name in text.get_text() for text in told)
    assert [text.get_text() for text in told if text.get_parse_math()] == []
    assert any(name in text for text, _ in written(drawn)) or figure in NAMELESS


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
@pytest.mark.parametrize("figure", DRAWN)
def test_long_names_can_be_read_and_leave_room(figure: str, name: str, scenario: Scenario) -> None:
    drawn = DRAWN[figure](named(scenario, name), name.strip()).figure.figure
    words, page = written(drawn), Bbox(drawn.bbox.get_points()).padded(3.0)
    assert covered(words) == []
    assert [text for text, box in words if not within(box, page)] == []
    assert drawn.get_size_inches()[1] < 9.0, "the height of a page"
    box = drawn.axes[0].get_window_extent()
    assert box.width > 0.18 * drawn.bbox.width
    assert box.height > 0.4 * drawn.dpi


def test_what_stands_in_the_axes_already_stays_mathematics(scenario: Scenario) -> None:
    ax = Figure().add_subplot()
    mine = ax.annotate("$x^2$", (0.0, 0.0))
    plotting.network(named(scenario, "$x^2$").scenario, ax=ax)
    assert mine.get_parse_math()
    assert sum(not text.get_parse_math() for text in ax.texts) == len(scenario.actors)


def test_a_label_without_a_dollar_sign_may_be_made_mathematics(scenario: Scenario) -> None:
    ax = plotting.peaks(draw(scenario, climb=0.7))
    ax.set_xlabel("$x^2$")
    assert ax.xaxis.label.get_parse_math()


def test_every_figure_writes_names_as_they_are() -> None:
    for name in set(plotting.__all__) - {"save"}:
        assert hasattr(getattr(plotting, name), "__wrapped__"), f"@{as_written.__name__} is missing from {name}"


@pytest.mark.parametrize(
    ("words", "most", "found"),
    [
        ("Iran", 4, "Iran"),
        ("United States", 12, "United Stat…"),
        ("United States of America", 14, "United States…"),
        ("Aaaaaaaaaaaaaaaaaaaa", 10, "Aaaaaaaaa…"),
    ],
)
def test_words_are_shortened(words: str, most: int, found: str) -> None:
    assert shortened(words, most) == found
    assert len(found) <= most


def test_short_names_are_told_apart_and_all_else_stays(scenario: Scenario) -> None:
    assert with_short_names(scenario) is scenario
    long = named(scenario, LONG["a paragraph"]).scenario
    short = with_short_names(long)
    names = [actor_name(short, actor) for actor in short.actors]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= NAME
    assert names[0].endswith("… (ara)")
    assert actor_name(long, "ara") == LONG["a paragraph"].strip(), "what is given is left as it was"
    assert short.fronts == long.fronts


def test_long_titles_are_shortened(scenario: Scenario) -> None:
    calm = Signal(id="calm", kind="reassurance", date=4, sender="bor", receivers=("ara",), title="calm " * 40)
    sinking = Provocation(
        id="sinking", kind="provocation", date=2, title="sinking", victims=(Victim(actor="ara", severity=0.4),),
        suspects=(Suspect(actors=("bor",)),),
    )  # fmt: skip
    short = with_short_names(scenario.with_signal(calm).with_event(sinking))
    assert len(short.signals["calm"].title) <= 80
    assert short.events["sinking"].title == "sinking"
    assert short.actors == scenario.actors


def test_names_beside_the_axes_keep_apart_above_a_long_key() -> None:
    through = traces()
    told = [
        replace(trace, moves=tuple(replace(m, words="something " * 9) for m in trace.moves)) for trace in through.traces
    ]
    level = [
        replace(trace, values=np.full_like(trace.values, 0.5), label=f"trust in {k} of them")
        for k, trace in enumerate(told)
    ]
    ax = plotting.beliefs(replace(through, traces=tuple(level)))
    ax.figure.canvas.draw()
    boxes = [Text.get_window_extent(text) for text in ax.texts if text.get_text().startswith("trust")]
    assert len(boxes) == len(level)
    assert all(high.y0 > low.y1 for low, high in pairwise(sorted(boxes, key=lambda box: box.y0)))


def test_rows_of_the_timeline_are_higher_where_names_are_long(scenario: Scenario) -> None:
    heights = [
        plotting.timeline(trajectory(named(scenario, name).scenario)).figure.get_size_inches()[1]
        for name in ("Ara", LONG["a paragraph"])
    ]
    pyplot.close("all")
    assert heights[1] > heights[0]
