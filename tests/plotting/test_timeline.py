from __future__ import annotations

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from escalation.plotting import timeline
from escalation.world.scenario import Scenario

from .pictures import trajectory


def test_every_act_above_restraint_is_a_mark_on_its_front(scenario: Scenario) -> None:
    run = trajectory(scenario)
    ax = timeline(run)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Ara → Bor", "Bor → Ara", "dun ↔ Bor"]
    marks = [(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines if line.get_marker() in ("s", "D")]
    rows = {0: 0, 1: 1}
    acts = [(float(act["period"]), rows[int(act["front"])]) for act in run.acts if act["rung"] > 0]
    assert sorted(marks) == sorted(acts)
    assert ax.yaxis_inverted()


def test_covert_acts_are_diamonds_and_higher_rungs_are_larger(scenario: Scenario) -> None:
    ax = timeline(trajectory(scenario))
    (covert,) = [line for line in ax.lines if line.get_marker() == "D"]
    assert covert.get_xdata()[0] == 7.0
    overt = sorted((line for line in ax.lines if line.get_marker() == "s"), key=lambda line: line.get_xdata()[0])
    sizes = [line.get_markersize() for line in overt]
    assert sizes == sorted(sizes)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        *(name.replace("-", " ") for name in scenario.ladder.names[1:]),
        "covert",
    ]


def test_wars_are_bars_from_the_day_they_began(scenario: Scenario) -> None:
    ax = timeline(trajectory(scenario))
    assert [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in ax.patches] == [
        (13.0, 30.0),
        (13.0, 30.0),
        (0.0, 30.0),
    ]


def test_what_was_said_and_done_is_numbered(scenario: Scenario) -> None:
    run = trajectory(scenario)
    assert timeline(run).texts[-1].get_text().replace("\u00a0", " ") == "1 sinking; 2 calm, vow"
    assert not timeline(run, key=False).texts


def test_a_fixed_frame_tells_nothing_of_the_run(scenario: Scenario) -> None:
    def frame(ax: Axes) -> tuple[object, ...]:
        legend = [text.get_text() for text in ax.get_legend().get_texts()]
        return ax.get_xlim(), ax.get_ylim(), [row.get_text() for row in ax.get_yticklabels()], legend

    run = trajectory(scenario)
    settled = run.outcomes | {"settled_day": np.int16(3)}
    quiet = replace(run, acts=run.acts[:0], fronts=run.fronts[:9], outcomes=settled)
    quiet.outcomes["crossed"] = np.full_like(run.outcomes["crossed"], -1)
    quiet.outcomes["crossed"][:, 0] = 0
    quiet.outcomes["ended"] = np.int16(8)
    one, other = (timeline(each, fixed=True) for each in (run, quiet))
    assert frame(one) == frame(other)
    assert one.get_xlim() == (0.0, scenario.horizon)
    assert frame(timeline(run)) != frame(timeline(quiet)), "the two runs differ in what a frame could tell"
    label = one.get_xlabel()
    assert label == other.get_xlabel()
    assert "settled" not in label


def test_in_a_fixed_frame_every_mark_bears_its_period(scenario: Scenario) -> None:
    run = trajectory(scenario)
    ax = timeline(run, key=False, fixed=True)
    names = [str(mark.get_gid()) for mark in (*ax.lines, *ax.patches)]
    assert len(set(names)) == len(names)
    periods = sorted(int(name.split(":")[1]) for name in names)
    acts = [int(act["period"]) for act in run.acts if act["option"] > 0]
    assert periods == sorted([*acts, 0, 0, 13, 13])


def test_the_axes_given_are_drawn_in(scenario: Scenario) -> None:
    ax = Figure().add_subplot()
    assert timeline(trajectory(scenario), ax=ax) is ax
