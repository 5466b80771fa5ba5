"""Keyed draws of the run that a crisis is in."""

from __future__ import annotations

from escalation.arithmetic.draws import exponential, quantile, uniform, uniform_pair, uniforms
from escalation.arithmetic.elementary import counted, put_lanes, whole
from escalation.arithmetic.keys import PARAMETER
from escalation.arithmetic.shared import shared
from escalation.dynamics.state import Crisis, ParameterState, QuantileState

__all__ = ["draw", "draw_ahead", "draw_pair", "draw_parameter", "quantile_of"]


@shared
def draw(crisis: Crisis, purpose: int, entity: int, index: int) -> float:
    """Uniform number of this run for a purpose, an entity and an index."""
    clock = crisis.clock[0]
    return uniform(clock.seed_low, clock.seed_high, clock.run, purpose, entity, index)


@shared
def draw_pair(crisis: Crisis, purpose: int, entity: int, index: int, part: int) -> tuple[float, float]:
    """Two uniform numbers of this run, for one part of a draw."""
    clock = crisis.clock[0]
    return uniform_pair(clock.seed_low, clock.seed_high, clock.run, purpose, entity, index, part)


@shared
def draw_ahead(crisis: Crisis, purpose: int, entity: int, index: int, gaps: list[float]) -> None:
    """Draw exponential numbers of mean 1 for an index and those that follow it, as many as lanes hold."""
    clock = crisis.clock[0]
    u = uniforms(clock.seed_low, clock.seed_high, clock.run, purpose, whole(entity), counted(index))
    put_lanes(gaps, 0, exponential(u))


@shared
def quantile_of(distribution: QuantileState | ParameterState, tables: list[list[float]], u: float) -> float:
    """Value of a distribution at the probability `u`."""
    return quantile(
        distribution.kind,
        distribution.a,
        distribution.b,
        distribution.c,
        distribution.low,
        distribution.high,
        distribution.p_low,
        distribution.p_high,
        tables[distribution.table],
        u,
    )


@shared
def draw_parameter(crisis: Crisis, parameter: ParameterState) -> float:
    """Value of one of the scenario's distributions in this run."""
    return quantile_of(parameter, crisis.tables, draw(crisis, PARAMETER, parameter.key, 0))
