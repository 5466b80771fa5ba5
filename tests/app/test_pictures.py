"""Pictures of the page as files: read back, they hold the figure, its caption and where it is from."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zlib

import numpy as np
import pytest
from matplotlib.axes import Axes
from PIL import Image

import escalation as esc
from escalation.app import as_of, figures
from escalation.app.game import begin
from escalation.app.pictures import KINDS, Source, caption, file_name, picture
from escalation.app.plates import Drawing, plate
from escalation.app.viewing import Viewing
from escalation.montecarlo.ensemble import Ensemble
from escalation.world.scenario import Scenario

SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def ensemble(two_states: Scenario) -> Ensemble:
    return esc.run(two_states, runs=40, seed=7, progress=False)


@pytest.fixture(scope="module")
def drawing(ensemble: Ensemble) -> Drawing:
    return figures.peaks(ensemble)


@pytest.fixture(scope="module")
def source(ensemble: Ensemble) -> Source:
    return Source(ensemble.scenario, "peaks", seed=7, runs=40, level=0.95)


@pytest.fixture(scope="module")
def viewing(busy: Scenario) -> Viewing:
    return Viewing.of_run(busy, seed=3, run=0)


def words_of(svg: bytes) -> str:
    """What is written in a drawing, its lines joined."""
    return " ".join(str(text.text) for text in ET.fromstring(svg).iter(f"{SVG}text"))


def info(pdf: bytes, key: str) -> str:
    """An entry of what a PDF file says of itself; matplotlib leaves these out of its compressed parts."""
    found = re.search(rb"/" + key.encode() + rb" \(((?:[^()\\]|\\.)*)\)", pdf, re.DOTALL)
    assert found is not None, key
    text = re.sub(rb"\\([0-7]{3})", lambda octal: bytes([int(octal[1], 8)]), found[1])
    text = re.sub(rb"\\n", b"\n", re.sub(rb"\\r", b"\r", text))
    text = re.sub(rb"\\(.)", rb"\1", text, flags=re.DOTALL)
    return text.decode("utf-16") if text.startswith((b"\xfe\xff", b"\xff\xfe")) else text.decode("ascii")


def test_a_caption_says_what_is_seen_and_where_it_is_from(
    two_states: Scenario, drawing: Drawing, source: Source
) -> None:
    says, origin = caption(drawing, source)
    assert says == "Distribution of the highest rung reached, from 40 runs."
    assert origin == (
        f"Scenario two-state-deterrence (Deterrence between two states), hash {two_states.hash}. Nothing changed. "
        f"Seed 7, 40 runs. Intervals of 95 %. escalation {esc.__version__}."
    )


def test_changes_pairs_and_days_are_said(two_states: Scenario) -> None:
    pairs = Source(two_states, "compared", seed=1, runs=1_000, pairs=True, changes=("without the threat", "less fear"))
    assert "Changed: without the threat; less fear. Seed 1, 1,000 pairs of runs." in pairs.words
    assert "Seed 1, run 3, up to day 12." in Source(two_states, "acts", seed=1, run=3, day=12.0).words
    known = Source(two_states, "known", day=2.5, known_to="Reva")
    assert "Nothing changed. Day 2.5. As Reva knows it." in known.words


def test_a_scenario_that_only_bears_a_name_of_the_library_is_told_apart(two_states: Scenario) -> None:
    other = two_states.replace("horizon", 20)
    assert (
        "(Deterrence between two states), not as it is in the library, hash " + other.hash in Source(other, "x").words
    )
    assert "library" not in Source(two_states, "x").words


def test_a_file_is_named_for_what_it_is(two_states: Scenario, source: Source) -> None:
    assert file_name(source, "pdf") == "two-state-deterrence-peaks-seed7-40.pdf"
    run = Source(two_states, "acts", seed=1, run=3, day=12.0)
    assert file_name(run, "svg") == "two-state-deterrence-acts-seed1-run3-day12.svg"
    assert file_name(Source(two_states, "actors"), "png") == "two-state-deterrence-actors.png"


def test_a_png_has_its_size_and_says_what_it_is(drawing: Drawing, source: Source) -> None:
    image = Image.open(io.BytesIO(picture(drawing, source, "png")))
    says, origin = caption(drawing, source)
    assert image.width == round(300 * drawing.width)
    assert image.height > 300 * drawing.height + 100, "the caption has no room of its own"
    assert round(image.info["dpi"][0]) == 300
    assert image.text["Title"] == says  # type: ignore[attr-defined]
    assert image.text["Description"] == f"{says} {origin}"  # type: ignore[attr-defined]
    assert image.text["Source"] == origin  # type: ignore[attr-defined]
    strip = np.asarray(image.convert("L"))[round(300 * drawing.height) :]
    assert (strip < 128).mean() > 0.01, "nothing is written below the figure"


def test_an_svg_has_its_text_as_text(drawing: Drawing, source: Source) -> None:
    content = picture(drawing, source, "svg")
    says, origin = caption(drawing, source)
    root = ET.fromstring(content)
    assert root.findtext(f"{SVG}title") == says
    assert root.findtext(f"{SVG}desc") == f"{says} {origin}"
    assert next(root.iter(f"{DC}description")).text == f"{says} {origin}"
    assert f"{says} {origin}" in words_of(content)
    assert "limited strike" in words_of(content)
    assert next(root.iter(f"{DC}date"), None) is None


def test_a_pdf_has_truetype_and_says_what_it_is(drawing: Drawing, source: Source) -> None:
    content = picture(drawing, source, "pdf")
    says, origin = caption(drawing, source)
    assert content.startswith(b"%PDF-")
    assert info(content, "Title") == says
    assert info(content, "Subject") == f"{says} {origin}"
    assert info(content, "Keywords") == origin
    assert b"/FontFile2" in content
    assert b"/Type3" not in content
    assert b"/CreationDate" not in content


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_figure_gives_the_same_bytes(drawing: Drawing, source: Source, kind: str) -> None:
    assert picture(drawing, source, kind) == picture(drawing, source, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_any_name_goes_into_a_file(busy: Scenario, kind: str) -> None:
    title = r'"><script>alert(1)</script> (§ $\frac{ Türkiye ✓) ' + "x" * 300
    crisis = Scenario.from_dict(busy.to_dict() | {"title": title})
    content = picture(figures.network(crisis), Source(crisis, "actors"), kind)
    if kind == "svg":
        assert not list(ET.fromstring(content).iter(f"{SVG}script"))
        assert title in str(ET.fromstring(content).findtext(f"{SVG}desc"))
    elif kind == "pdf":
        assert title in info(content, "Subject")
    else:
        assert title in Image.open(io.BytesIO(content)).text["Description"]  # type: ignore[attr-defined]


def axes_of(drawing: Drawing, *, until: float, period: int) -> Axes:
    """Axes of a figure as they are on a day."""
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    drawing.draw(ax=ax)
    as_of.until(until, period)(ax)
    return ax


def test_a_file_holds_nothing_of_what_comes_later(viewing: Viewing) -> None:
    acts = sorted({int(act["period"]) for act in viewing.trajectory.acts if act["option"] > 0})
    period = acts[len(acts) // 2]
    day = viewing.day(period)
    timeline, beliefs = figures.timeline(viewing.trajectory), figures.beliefs(viewing.traces("ara-bor"), horizon=30.0)
    svg = picture(timeline, viewing.source("acts", day), "svg", amend=as_of.until(day, period)).decode()
    shown = {int(found) for found in re.findall(r'id="period:(\d+):', svg)}
    assert shown
    assert shown == {
        int(found) for found in re.findall(r'id="period:(\d+):', plate(timeline).svg) if int(found) <= period
    }
    for drawing in (timeline, beliefs):
        ax = axes_of(drawing, until=day, period=period)
        ends = [max(np.asarray(line.get_xdata(), float)) for line in ax.lines if len(np.atleast_1d(line.get_xdata()))]
        assert max(ends[:-1]) <= day == ends[-1], "the last is the line of the day"
        assert all(bar.get_x() + bar.get_width() <= day for bar in ax.patches)  # type: ignore[attr-defined]
        assert ax.get_xlim() == (0.0, 30.0)


def test_a_curve_goes_up_to_the_day(viewing: Viewing) -> None:
    traces = viewing.traces("ara-bor")
    ax = axes_of(figures.beliefs(traces, horizon=30.0), until=10.0, period=10)
    known = {trace.label: trace.values for trace in traces.traces}
    drawn = [line for line in ax.lines if line.get_label() in known]
    assert len(drawn) == len(figures.believed(traces))
    for line in drawn:
        assert np.array_equal(np.asarray(line.get_ydata())[:11], known[str(line.get_label())][:11])


def test_a_board_has_the_shades_of_its_day_and_a_legend(busy: Scenario, viewing: Viewing) -> None:
    from matplotlib.colors import to_hex
    from matplotlib.figure import Figure

    period = next(p for p in range(viewing.periods) if any(row.rung > 0 for row in viewing.standings(p)))
    now = viewing.standings(period)
    ax = Figure().add_subplot()
    figures.board(busy).draw(ax=ax)
    as_of.shaded(busy, now, viewing.day(period))(ax)
    arrows = {str(arrow.get_gid()).removeprefix("front:"): arrow for arrow in ax.patches}
    looks = figures.looks(busy, now)
    for front, look in looks.items():
        assert (front in arrows) == (look is not None)
        if look is not None:
            assert to_hex(arrows[front].get_edgecolor()) == look.colour
    legend = ax.get_legend()
    assert legend is not None
    words = [text.get_text() for text in legend.get_texts()]
    assert words[0] == "nothing goes on"
    assert words[-2:] == ["commitment", "principal to proxy"]
    assert len(words) >= 4
    content = picture(figures.board(busy), viewing.source("board", 4.0), "svg", amend=as_of.shaded(busy, now, 4.0))
    assert "Who stands where on day 4" in words_of(content)
    assert "nothing goes on" in words_of(content)


def test_a_game_says_that_a_person_played(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3, run=2)
    while here.situation is not None:
        here = here.choose("restraint")
    source = Viewing.of_game(here).source("acts", 5.0)
    assert source.scenario is busy
    assert "Changed: a person played Ara & Sons. Seed 3, run 2, up to day 5." in source.words


def test_pdf_text_is_not_drawn_as_outlines(drawing: Drawing, source: Source) -> None:
    content = picture(drawing, source, "pdf")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    shown = b"".join(zlib.decompress(stream) for stream in streams if stream[:1] == b"x")
    assert b"BT" in shown
    assert re.search(rb"T[jJ]", shown)
