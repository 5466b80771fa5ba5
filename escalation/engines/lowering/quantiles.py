"""Quantile functions: what is drawn anew for each run, and how severe unintended incidents are."""

from __future__ import annotations

from typing import Any

from escalation.arithmetic.keys import key_of
from escalation.dynamics.state import ParameterState, QuantileState
from escalation.engines.distributions import NODES, quantile_state, quantile_table
from escalation.engines.memory import Parameter
from escalation.world.base import Part
from escalation.world.distributions import Distribution
from escalation.world.quantities import limits
from escalation.world.scenario import Scenario

__all__ = ["Quantiles"]


def _fields(state: QuantileState) -> dict[str, Any]:
    return {field: getattr(state, field) for field in state.__slots__}


class Quantiles:
    """Collects the quantile functions of a scenario, and the tables of those that have no closed form."""

    def __init__(self) -> None:
        self.severities: list[dict[str, Any]] = []
        self.tables: list[list[float]] = [[0.0] * NODES]

    def severity(self, quantity: float | Distribution) -> int:
        """Lower the severity of a front's incidents; gives its row."""
        table = quantile_table(quantity)
        if table is not None:
            self.tables.append(table)
        state = quantile_state(quantity, len(self.tables) - 1 if table is not None else 0)
        self.severities.append(_fields(state))
        return len(self.severities) - 1

    def draws(self, scenario: Scenario, parameters: list[Parameter]) -> tuple[ParameterState, ...]:
        """Lower the scenario's distributions; one that stands in several places is drawn once."""
        tables: dict[str, int] = {}
        columns: dict[str, int] = {}
        first: dict[str, int] = {}
        states: list[ParameterState] = []
        for parameter in parameters:
            table = quantile_table(parameter.distribution)
            if table is not None and parameter.path not in tables:
                self.tables.append(table)
                tables[parameter.path] = len(self.tables) - 1
            state = quantile_state(
                parameter.distribution,
                tables.get(parameter.path, 0),
                limits=_limits(scenario, parameter.path),
            )
            column = columns.setdefault(parameter.path, len(columns))
            key = key_of(parameter.path)
            drawn = first.get(parameter.path, -1)
            first.setdefault(parameter.path, parameter.address)
            states.append(
                ParameterState(
                    address=parameter.address, number=len(states), column=column, drawn=drawn, key=key, **_fields(state)
                )
            )
        return tuple(states)


def _limits(scenario: Scenario, path: str) -> tuple[float, float]:
    """Least and greatest value of the quantity at a place in the scenario."""
    first, *tables, field = path.split(".")
    if first == "occasions":  # has no place of its own, and probabilities alone
        return 0.0, 1.0
    holder: Any = getattr(scenario, first)
    for key in tables:
        if isinstance(holder, Part):
            holder = getattr(holder, key)
        else:
            holder = holder[int(key) if isinstance(holder, tuple) else key]
    return limits(type(holder), field)
