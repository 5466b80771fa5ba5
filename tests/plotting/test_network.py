from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

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
