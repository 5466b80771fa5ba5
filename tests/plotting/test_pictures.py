"""Every figure against the picture that was looked at and kept: geometry by image, words by text, and no overlap.

Type is drawn otherwise by every version of matplotlib and FreeType, and pushes the axes about. So the picture is
compared without it, and is then the same to the pixel from matplotlib 3.8 to 3.11 (but for one, whose root-mean-square
difference is 0.35 of 255); what is written is compared as text, and that it can be read by where it stands.

`make pictures` draws the pictures anew; look at them before they are kept.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.spines import Spine
from matplotlib.testing.compare import compare_images
from matplotlib.text import Text
from matplotlib.ticker import NullFormatter
from matplotlib.transforms import Bbox

from escalation import plotting
from escalation.montecarlo.compare import Comparison
from escalation.montecarlo.ensemble import Ensemble
from escalation.world.scenario import Scenario

from .pictures import PICTURES, Data

BASELINE = Path(__file__).with_name("baseline")
RENEW = bool(os.environ.get("RENEW_PICTURES"))
TOLERANCE = 1.0
"""Root-mean-square difference of pixels, of 255; the least mark of any figure makes more."""
DPI = 72


def written(figure: Figure) -> list[tuple[str, Bbox]]:
    """What is written in a figure and where, in the order of drawing; ticks beyond the axes are not drawn."""
    found = []

    def note(text: Text, *given: object, **named: object) -> None:
        if text.get_visible() and text.get_text().strip():
            # A box around slanted type says little; its anchor has to do.
            box = Text.get_window_extent(text)
            found.append((text.get_text(), box if text.get_rotation() % 90.0 == 0.0 else Bbox([box.max, box.max])))

    figure.canvas.draw()  # lays it out
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", note)
        figure.canvas.draw()
    return found


def bare(figure: Figure) -> Figure:
    """Take away what is written, and lay the figure out as if there had been nothing."""
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(NullFormatter())
            axis.set_minor_formatter(NullFormatter())
    for legend in figure.findobj(Legend):
        legend.remove()
    for text in figure.findobj(Text):
        text.set(text="", visible=False, in_layout=False)
    return figure


def mark(figure: Figure) -> Artist:
    """The last thing drawn in the first axes."""

    def shows(artist: Artist) -> bool:
        if isinstance(artist, Line2D):
            return len(artist.get_xdata()) > 0
        return isinstance(artist, (Collection, Patch)) and not isinstance(artist, Spine)

    first = figure.axes[0]
    return [artist for artist in first.get_children() if shows(artist) and artist is not first.patch][-1]


@dataclass(frozen=True)
class Seen:
    """A figure as it came out: what is written and where, its size, the picture, and the picture less one mark."""

    written: list[tuple[str, Bbox]]
    edge: Bbox
    picture: Path
    changed: Path


@pytest.fixture(scope="module", params=PICTURES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def seen(
    name: str,
    scenario: Scenario,
    ensemble: Ensemble,
    quiet: Ensemble,
    pair: Comparison,
    tmp_path_factory: pytest.TempPathFactory,
) -> Seen:
    folder = tmp_path_factory.mktemp(name)
    picture, changed = folder / f"{name}.png", folder / f"{name}-changed.png"
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["font.family"] = "DejaVu Sans"  # matplotlib brings it along
        data = Data(scenario, ensemble, quiet, pair)
        figure = PICTURES[name](data).figure
        words, edge = written(figure), Bbox(figure.bbox.get_points())
        figure = PICTURES[name](data).figure  # anew, for the first one has been laid out
        bare(figure).savefig(picture, dpi=DPI, metadata={"Software": None})
        mark(figure).set_visible(False)
        figure.savefig(changed, dpi=DPI)
    if RENEW:
        BASELINE.mkdir(exist_ok=True)
        (BASELINE / picture.name).write_bytes(picture.read_bytes())
        (BASELINE / f"{name}.txt").write_text(lines(words), encoding="utf-8")
    return Seen(words, edge, picture, changed)


def lines(words: list[tuple[str, Bbox]]) -> str:
    return "".join(f"{text}\n" for text, _ in words)


def test_a_figure_is_as_it_was(name: str, seen: Seen) -> None:
    assert compare_images(str(BASELINE / f"{name}.png"), str(seen.picture), tol=TOLERANCE) is None


def test_a_changed_figure_is_not(name: str, seen: Seen) -> None:
    assert compare_images(str(BASELINE / f"{name}.png"), str(seen.changed), tol=TOLERANCE) is not None


def test_a_figure_says_what_it_said(name: str, seen: Seen) -> None:
    assert lines(seen.written) == (BASELINE / f"{name}.txt").read_text(encoding="utf-8")


def covered(words: list[tuple[str, Bbox]]) -> list[tuple[str, str]]:
    """Pairs of texts that lie on each other, by more than the room between two lines."""
    found = []
    for (one, here), (other, there) in itertools.combinations(words, 2):
        across = min(here.x1, there.x1) - max(here.x0, there.x0)
        up = min(here.y1, there.y1) - max(here.y0, there.y0)
        if across > 1.0 and up > 0.3 * min(here.height, there.height):
            found.append((one, other))
    return found


def test_what_is_written_can_be_read(seen: Seen) -> None:
    """No text lies on another, nor over the edge of the column."""
    page = seen.edge.padded(1.5)
    assert [text for text, box in seen.written if not within(box, page)] == []
    assert covered(seen.written) == []


def within(box: Bbox, page: Bbox) -> bool:
    return bool(page.x0 <= box.x0 and page.y0 <= box.y0 and box.x1 <= page.x1 and box.y1 <= page.y1)


def test_a_text_on_another_is_seen() -> None:
    figure = Figure(figsize=(2.0, 1.0))
    FigureCanvasAgg(figure)
    for across, text in ((0.1, "war"), (0.15, "peace"), (0.6, "crisis")):
        figure.text(across, 0.5, text)
    assert covered(written(figure)) == [("war", "peace")]


def test_every_figure_has_a_picture() -> None:
    assert set(PICTURES) == set(plotting.__all__) - {"save"}
    assert {path.stem for path in BASELINE.iterdir()} == set(PICTURES)
