"""Every figure of the page can be saved: a click gives a file, which shows what the page shows."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

from driving import Visitor
from PIL import Image
from test_page import COMPILED, NAME

import escalation as esc

SVG = "{http://www.w3.org/2000/svg}"


def saved(visitor: Visitor, kind: str, what: str) -> bytes:
    """The picture of a figure, by what it shows."""
    label = f"Save picture as {kind.upper()}: {what}"
    details = f"//button[@aria-label={label!r}]/ancestor::details"
    summary = visitor.until(lambda: visitor.browser.find_elements("xpath", f"{details}/summary"))[0]
    if not visitor.button(label).is_displayed():
        visitor.click(summary)
    return visitor.download(label)


def test_a_click_gives_a_file_of_each_kind(visitor: Visitor) -> None:
    scenario = esc.load(NAME)
    what = "Network of the 3 actors of Deterrence between two states"
    image = Image.open(io.BytesIO(saved(visitor, "png", what)))
    assert image.width == 1560
    assert scenario.hash in image.text["Description"]  # type: ignore[attr-defined]
    assert [path.name for path in visitor.downloads.iterdir()] == [f"{NAME}-actors.png"]
    pdf = saved(visitor, "pdf", what)
    assert pdf.startswith(b"%PDF-")
    assert scenario.hash.encode() in pdf
    for _ in range(2):  # the same once more
        root = ET.fromstring(saved(visitor, "svg", what))
        assert str(root.findtext(f"{SVG}title")) == f"{what}."


def test_a_picture_of_a_run_ends_with_the_day(visitor: Visitor) -> None:
    def acts_of(run: int) -> set[int]:
        path = esc.simulate(esc.load(NAME), seed=1, run=run)
        return {int(act["period"]) for act in path.acts if act["option"] > 0}

    run, acts = next((run, acts) for run in range(50) if (acts := acts_of(run)) and min(acts) <= 12 < max(acts))
    visitor.browser.get(f"{visitor.url}/?scenario={NAME}&tab=days&run={run}&day=12")
    visitor.settle().says("day 12 of 60")
    svg = saved(visitor, "svg", "Acts by front and day")
    (file,) = [found.name for found in visitor.downloads.iterdir()]
    assert file == f"{NAME}-acts-seed1-run{run}-day12.svg"
    drawn = {int(found) for found in re.findall(rb'id="period:(\d+):', svg)}
    assert {period for period in acts if period <= 12} <= drawn
    assert max(drawn) <= 12
    assert f"Seed 1, run {run}, up to day 12." in str(ET.fromstring(svg).findtext(f"{SVG}desc"))


def test_figures_of_many_runs_can_be_saved(visitor: Visitor) -> None:
    visitor.go("Many runs").write("Number of runs", "1500").press("Run").says("1,500 runs, seed 1", within=COMPILED)
    visitor.settle()
    what = "Distribution of the highest rung reached, from 1,500 runs"
    svg = ET.fromstring(saved(visitor, "svg", what))
    assert "Seed 1, 1,500 runs. Intervals of 95 %." in str(svg.findtext(f"{SVG}desc"))
    visitor.go("Compare").choose("Signal, event or commitment", "the threat threat by defender")
    visitor.says("pairs of runs on the same chance, seed", within=COMPILED)
    visitor.settle()
    what = "Differences in probability, changed minus unchanged, from 1,000 pairs of runs"
    svg = ET.fromstring(saved(visitor, "svg", what))
    said = str(svg.findtext(f"{SVG}desc"))
    assert "Changed: without the threat threat by defender. Seed 1, 1,000 pairs of runs." in said
