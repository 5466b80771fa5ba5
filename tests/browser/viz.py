"""The Mesa model in Mesa's own page: what a user of `SolaraViz` writes."""

from __future__ import annotations

from typing import Any

import solara
from mesa.visualization import SolaraViz, make_plot_component

import escalation as esc

SCENARIO = esc.load("two-state-deterrence")


def standing(model: esc.CrisisModel) -> Any:
    """Day and highest rung, in words."""
    return solara.Text(f"On day {model.day:g} the highest rung is {model.highest_rung}")


@solara.component
def Page() -> None:
    """The page."""
    model = solara.use_memo(lambda: esc.CrisisModel(SCENARIO, seed=1, run=0), [])
    SolaraViz(
        model,
        components=[standing, make_plot_component({"wars": "tab:red"})],
        model_params={"scenario": SCENARIO, "seed": 1, "run": {"type": "SliderInt", "value": 0, "min": 0, "max": 9}},
        name="CrisisModel",
    )
