"""The tour of the code leads to functions that are where it says, in the order in which a run calls them."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from types import FrameType

import pytest

import escalation as esc

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "tour.md"
STOP = re.compile(r"\[`(\w+)`\]\(\.\./\.\./(escalation/[\w/]+\.py)\)")
STOPS = STOP.findall(PAGE.read_text(encoding="utf-8"))
NOT_OF_A_READABLE_RUN = {"play_period", "run", "run_block", "shared", "explain"}


@pytest.mark.parametrize(("name", "file"), STOPS)
def test_a_stop_is_defined_where_the_tour_says(name: str, file: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assert name in defined


def test_every_link_into_the_package_is_a_stop() -> None:
    links = re.findall(r"\]\(\.\./\.\./escalation", PAGE.read_text(encoding="utf-8"))
    assert len(links) == len(STOPS) >= 30


def test_the_run_of_the_tour_comes_through_its_stops() -> None:
    """The stops between the file and the outcomes are called while one run is played in the readable engine."""
    scenario = esc.load("haniyeh-2024").replace("horizon", 40)
    seen: set[tuple[str, str]] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            seen.add((frame.f_code.co_name, frame.f_code.co_filename))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        esc.simulate(scenario, seed=1, run=40, engine="mesa")
    finally:
        sys.setprofile(before)
    called = {(name, Path(file).resolve()) for name, file in seen}
    functions = [(name, file) for name, file in STOPS if name[0].islower()]
    on_the_way = [(name, file) for name, file in functions if name not in NOT_OF_A_READABLE_RUN]
    assert len(on_the_way) >= 20
    assert [stop for stop in on_the_way if (stop[0], (ROOT / stop[1]).resolve()) not in called] == []
