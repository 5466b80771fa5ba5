"""Figures as SVG: whole, one for each day, and safe for any name."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

import escalation as esc
from escalation.app import figures
from escalation.app.board import Standing
from escalation.app.plates import Drawing, plate
from escalation.engines.trajectory import Trajectory
from escalation.plotting.comparison import comparison_height
from escalation.plotting.leave_one_out import leave_one_out_height
from escalation.world.scenario import Scenario


@pytest.fixture(scope="module")
def trajectory(busy: Scenario) -> Trajectory:
    return esc.simulate(busy, seed=3, engine="mesa")


def whole(drawing: Drawing) -> ET.Element:
    root = ET.fromstring(plate(drawing).svg)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert root.get("viewBox")
    assert root.get("width") is None
    return root


def test_every_figure_is_one_svg_element_that_says_what_it_shows(busy: Scenario, trajectory: Trajectory) -> None:
    whole(figures.network(busy))
    whole(figures.timeline(trajectory))
    whole(figures.beliefs(trajectory.traces("ara-bor"), horizon=30.0))
    act = trajectory.acts[0]
    actor = trajectory.front_ids[act["front"]].split("-")[0]
    whole(figures.explanation(trajectory.explain(float(act["period"]), actor)[0]))


def test_figures_of_many_runs(two_states: Scenario) -> None:
    ensemble = esc.run(two_states, runs=40, seed=1, progress=False)
    assert "40 runs" in str(whole(figures.fan(ensemble)).get("aria-label"))
    whole(figures.peaks(ensemble))
    whole(figures.comparison(esc.compare(two_states, two_states.without("threat"), runs=40, seed=1, progress=False)))


def test_a_board_has_every_front_that_can_open(busy: Scenario) -> None:
    root = whole(figures.board(busy))
    ids = {element.get("id") for element in root.iter()}
    assert {"front:ara-bor", "front:bor-ara", "front:cal-ara", "front:ara-cal", "commitment:oath"} <= ids


def test_the_shades_of_a_board_are_those_of_what_goes_on(busy: Scenario) -> None:
    colours = figures.rung_colours(busy)
    assert len(set(colours)) == len(colours) == len(busy.ladder.rungs)
    rows = [Standing("ara-bor", 3), Standing("bor-ara", 0), Standing("cal-ara", 0), Standing("ara-cal", 5)]
    style = figures.standing_style(busy, rows, within="here")
    assert re.search(rf'\.here \[id="front:ara-bor"\] path {{ stroke: {colours[3]} ', style)
    assert re.search(rf'\.here \[id="front:bor-ara"\] path {{ stroke: {figures.QUIET} ', style)
    assert '.here [id="front:cal-ara"] { display: none }' in style
    assert re.search(rf'\[id="front:ara-cal"\] path {{ stroke: {colours[5]} ', style)


def test_a_front_on_which_a_conciliatory_move_was_made_does_not_look_idle(busy: Scenario) -> None:
    rows = [Standing("ara-bor", 0, conciliatory=True), Standing("bor-ara", 0)]
    style = figures.standing_style(busy, rows, within="here")
    assert re.search(rf'"front:ara-bor"\] path {{ stroke: {figures.CONCILIATORY} .*stroke-dasharray', style)
    assert re.search(
        rf'"front:bor-ara"\] path {{ stroke: {figures.QUIET} [^-]*stroke-width: [\d.]+ !important }}', style
    )
    assert "conciliatory move" in figures.legend(busy, rows)
    assert "conciliatory move" not in figures.legend(busy, rows[1:])


def test_a_day_lies_where_its_axis_has_it(trajectory: Trajectory) -> None:
    drawn = plate(figures.timeline(trajectory))
    last = float(trajectory.scenario.horizon)
    assert (drawn.first, drawn.last) == (0.0, last)
    assert drawn.across(0.0) == drawn.left
    assert drawn.across(last) == pytest.approx(drawn.right)
    assert drawn.across(last / 2.0) == pytest.approx((drawn.left + drawn.right) / 2.0)
    assert drawn.across(1e9) == pytest.approx(drawn.right)
    line = figures.day_line(drawn, last / 2.0)
    assert f"left:{50.0 * (drawn.left + drawn.right):.3f}%" in line
    assert f"width:calc({50.0 * (drawn.right - drawn.left):.3f}% + 3px)" in line
    assert "background:#fff;" in line, "what comes later can be seen through it"


def test_marks_of_later_periods_are_hidden_and_none_else(trajectory: Trajectory) -> None:
    drawn = plate(figures.timeline(trajectory))
    acts = {int(act["period"]) for act in trajectory.acts if act["option"] > 0}
    marked = {int(found) for found in re.findall(r'id="period:(\d+):', drawn.svg)}
    assert acts <= marked
    middle = sorted(acts)[len(acts) // 2]
    style = figures.later_hidden(drawn, middle, within="here")
    assert {int(found) for found in re.findall(r'\.here \[id\^="period:(\d+):"\]', style)} == {
        period for period in marked if period > middle
    }
    assert style.endswith("{ display: none }</style>")
    assert figures.later_hidden(drawn, max(marked), within="here") == ""


def test_the_frame_of_a_run_is_the_same_for_every_run(busy: Scenario) -> None:
    def frame(run: int) -> tuple[object, ...]:
        path = esc.simulate(busy, seed=3, run=run)
        told = figures.timeline(path), figures.beliefs(path.traces("ara-bor"), horizon=30.0)
        return tuple((p.first, p.last, round(p.left, 6), round(p.right, 6), round(p.top, 6)) for p in map(plate, told))

    assert len({frame(run) for run in range(4)}) == 1
    ends = {float(esc.simulate(busy, seed=3, run=run).days[-1]) for run in range(4)}
    assert len(ends) > 1, "these runs do not differ in their length"


def test_a_day_line_lies_on_the_tick_of_its_day(trajectory: Trajectory) -> None:
    """The share of the width is that of the picture, not only of the axes: the tick of day 10 is at the same place."""
    drawn, root = plate(figures.timeline(trajectory)), whole(figures.timeline(trajectory))
    width = float(str(root.get("viewBox")).split()[2])
    space = "{http://www.w3.org/2000/svg}"
    axis = next(element for element in root.iter(f"{space}g") if element.get("id") == "matplotlib.axis_1")
    ticks = [float(str(use.get("x"))) / width for use in axis.iter(f"{space}use") if use.get("x") and use.get("y")]
    assert any(drawn.across(10.0) == pytest.approx(tick, abs=2e-3) for tick in ticks)


def test_any_name_can_be_drawn(busy: Scenario) -> None:
    data = busy.to_dict()
    data["title"] = '"><script>alert(1)</script>'
    data["actors"]["ara"]["name"] = r"$\frac{"
    data["actors"]["bor"]["name"] = "-->&<b>"
    root = whole(figures.network(Scenario.from_dict(data)))
    assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_a_comparison_is_as_high_as_its_names_need(busy: Scenario) -> None:
    pair = esc.compare(busy, busy.replace("horizon", 20), runs=20, seed=1, progress=False)
    svg = plate(figures.comparison(pair)).svg
    found = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)
    assert found is not None
    assert float(found[1]) == pytest.approx(72.0 * comparison_height(pair))


def test_what_mattered_is_as_high_as_its_names_need(two_states: Scenario) -> None:
    study = esc.leave_one_out(two_states, runs=40, seed=1, sample=0, progress=False)
    root = whole(figures.leave_one_out(study))
    label = str(root.get("aria-label"))
    assert "changed minus unchanged" in label
    assert "40 pairs of runs" in label
    assert float(str(root.get("viewBox")).split()[3]) == pytest.approx(72.0 * leave_one_out_height(study))
