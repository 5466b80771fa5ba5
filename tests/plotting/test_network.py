from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from escalation.files import library_names, load
from escalation.plotting import network
from escalation.world.scenario import Scenario


def arrows(scenario: Scenario, seed: int = 1) -> dict[str, FancyArrowPatch]:
    return {patch.get_gid(): patch for patch in network(scenario, seed=seed).patches}


def test_every_tie_is_an_arrow(scenario: Scenario) -> None:
    ties = [f"front:{front}" for front in scenario.fronts]
    ties += [f"commitment:{pledge}" for pledge in scenario.commitments]
    assert list(arrows(scenario)) == [*ties, "proxy:dun"]


def test_sorts_of_ties_differ_in_dashes(scenario: Scenario) -> None:
    drawn = arrows(scenario)
    dashes = {name.partition(":")[0]: patch.get_linestyle() for name, patch in drawn.items()}
    assert dashes == {"front": "-", "commitment": "--", "proxy": ":"}


def test_fronts_are_wider_for_a_greater_stake_and_darker_for_war(scenario: Scenario) -> None:
    drawn = arrows(scenario)
    assert drawn["front:ara-bor"].get_linewidth() > drawn["front:bor-ara"].get_linewidth()
    light = [sum(drawn[f"front:{name}"].get_edgecolor()[:3]) for name in ("ara-bor", "bor-ara", "bor-dun")]
    assert light[0] > light[1] > light[2]


def test_pledges_between_the_same_two_do_not_lie_on_each_other(scenario: Scenario) -> None:
    drawn = arrows(scenario)
    bends = {drawn[f"commitment:{name}"].get_connectionstyle().rad for name in ("cal-bor", "cal-bor-dun")}
    assert len(bends) == 2


def test_actors_are_named_and_told_apart_by_shape(scenario: Scenario) -> None:
    ax = network(scenario)
    shapes = {line.get_gid(): line.get_marker() for line in ax.lines}
    assert shapes == {"actor:ara": "o", "actor:bor": "o", "actor:cal": "o", "actor:dun": "s"}
    assert [text.get_text() for text in ax.texts] == ["Ara", "Bor", "United Cantons\nof Cal", "dun"]


def test_the_legend_names_what_is_there_and_nothing_else(scenario: Scenario) -> None:
    legend = network(scenario).get_legend()
    labels = {text.get_text() for text in legend.get_texts()}
    fronts = {"front", "front, hostilities go on", "front, at war"}
    assert labels == {"state", "armed group", "commitment", "principal to proxy"} | fronts
    bare = Scenario(
        name="bare",
        actors={name: scenario.actors[name] for name in ("ara", "bor")},
        fronts={"ara-bor": scenario.fronts["ara-bor"], "bor-ara": scenario.fronts["ara-bor"].model_copy(
            update={"id": "bor-ara", "actor": "bor", "target": "ara"}
        )},
    )  # fmt: skip
    assert {text.get_text() for text in network(bare).get_legend().get_texts()} == {"state", "front"}


def test_the_same_seed_gives_the_same_picture(scenario: Scenario) -> None:
    def places() -> list[tuple[float, float]]:
        return [(line.get_xdata()[0], line.get_ydata()[0]) for line in network(scenario, seed=3).lines]

    assert places() == places()
    assert len(set(places())) == len(scenario.actors)


def test_the_axes_given_are_drawn_in(scenario: Scenario) -> None:
    ax = Figure().add_subplot()
    assert network(scenario, ax=ax) is ax
    assert len(ax.patches) == 7


LONG = (
    "Supercalifragilistic",
    "Commonwealth of Independent States",
    "Democratic Republic of Patronia Overseas",
    "Wwwwwwwwwwwwww Mmmmmmmmmmmmm",
    "W" * 40,
)


def named(scenario: Scenario, names: Sequence[str]) -> Scenario:
    """Scenario whose actors have these names, in turn."""
    data = scenario.to_dict()
    for row, name in zip(data["actors"].values(), cycle(names), strict=False):
        row["name"] = name
    return Scenario.from_dict(data)


def beyond(figure: Figure) -> dict[str, float]:
    """Texts that do not lie within a figure as it is drawn, and by how much, in pixels."""
    FigureCanvasAgg(figure).draw()
    boxes = {text: text.get_window_extent() for text in figure.findobj(Text) if text.get_text().strip()}
    over = {
        text.get_text(): max(*(figure.bbox.min - box.min), *(box.max - figure.bbox.max)) for text, box in boxes.items()
    }
    assert len(over) > 3
    return {text: by for text, by in over.items() if by > 0.0}


@pytest.mark.parametrize("dpi", [72, 100, 300])
@pytest.mark.parametrize("names", [*((name,) for name in LONG), LONG], ids=lambda names: names[0][:8])
@pytest.mark.parametrize("of", ["beagle-1977", "cuba-1962", "haniyeh-2024"])
def test_no_name_is_cut_off_by_the_edge(of: str, names: tuple[str, ...], dpi: int) -> None:
    figure = network(named(load(of), names)).figure.figure
    figure.set_dpi(dpi)
    assert beyond(figure) == {}


@pytest.mark.parametrize("of", library_names())
def test_no_name_of_the_library_is_cut_off(of: str) -> None:
    assert beyond(network(load(of)).figure.figure) == {}


def test_no_name_is_cut_off_beside_another_picture(scenario: Scenario) -> None:
    figure = Figure(figsize=(7.0, 4.0), layout="constrained")
    left, right = figure.subplots(1, 2)
    network(named(scenario, LONG[:3]), ax=left)
    right.set_ylabel("Something else\nof two lines")
    assert beyond(figure) == {}


def test_the_network_is_as_large_as_its_names_allow(scenario: Scenario) -> None:
    ax = network(named(scenario, ["A"]))
    beyond(ax.figure.figure)
    boxes = [text.get_window_extent() for text in ax.texts]
    widest = max(box.x1 for box in boxes) - min(box.x0 for box in boxes)
    highest = max(box.y1 for box in boxes) - min(box.y0 for box in boxes)
    assert max(widest / ax.bbox.width, highest / ax.bbox.height) > 0.9
