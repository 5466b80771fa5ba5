"""Which events of the timeline occurred in a run: those whose sources are in doubt are drawn once for each run."""

from __future__ import annotations

from escalation.engines.lower import lower_once
from escalation.engines.readable import begin_run, readable_crisis
from escalation.world.scenario import Scenario

__all__ = ["events_that_occurred"]


def events_that_occurred(scenario: Scenario, *, seed: int, run: int) -> frozenset[str]:
    """Ids of the events that occur in a run, by its horizon.

    Parameters
    ----------
    scenario
        What is played.
    seed, run
        Which run.

    Examples
    --------
    >>> import escalation as esc
    >>> sorted(events_that_occurred(esc.load("agadir-1911"), seed=1, run=0))
    ['mansion-house', 'panther', 'talks-in-berlin']
    """
    lowered = lower_once(scenario)
    crisis = readable_crisis(lowered)
    begin_run(crisis, lowered, seed, run)
    return frozenset(name for n, name in enumerate(scenario.events) if crisis.events[n].pending == 1)
