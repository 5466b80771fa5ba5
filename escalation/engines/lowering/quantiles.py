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
        self.severities.append(_fields(quantile_state(quantity, self._table(quantity))))
        return len(self.severities) - 1

    def draws(self, scenario: Scenario, parameters: list[Parameter]) -> tuple[ParameterState, ...]:
        """Lower the scenario's distributions; one that stands in several places is drawn once."""
        quantiles: dict[str, dict[str, Any]] = {}
        columns: dict[str, int] = {}
        first: dict[str, int] = {}
        states: list[ParameterState] = []
        for parameter in parameters:
            path = parameter.path
            if path not in quantiles:
                table = self._table(parameter.distribution)
                state = quantile_state(parameter.distribution, table, limits=_limits(scenario, path))
                quantiles[path] = _fields(state)
            column = columns.setdefault(path, len(columns))
            drawn = first.get(path, -1)
            first.setdefault(path, parameter.address)
            states.append(
                ParameterState(
                    address=parameter.address, number=len(states), column=column, drawn=drawn, key=key_of(path),
                    **quantiles[path],
                )
            )  # fmt: skip
        return tuple(states)

    def _table(self, quantity: float | Distribution) -> int:
        """Row of a distribution's table of quantiles, which is added; 0 where it needs none."""
        table = quantile_table(quantity)
        if table is None:
            return 0
        self.tables.append(table)
        return len(self.tables) - 1


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
    part: type[Part] = type(holder)
    return limits(part, field)
