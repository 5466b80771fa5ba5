from __future__ import annotations

import numpy as np
import pytest

import escalation as esc
from escalation.analysis.what_mattered.coming import came_in, period_of
from escalation.analysis.what_mattered.items import items_of
from escalation.engines.lower import lower

HANIYEH = esc.load("haniyeh-2024")
RUNS = np.arange(60)


def test_an_occasion_comes_with_its_first_signal() -> None:
    """The reassurance is said a day before the rest: on day 1, so in the first period."""
    visit = HANIYEH.replace("signals.us-reassurance.date", 1.0)
    (item,) = items_of(visit, ["us-visit"])
    periods = np.array(period_of(item, lower(visit), seed=1, runs=RUNS))
    said = esc.run(visit, runs=60, seed=1, progress=False).occurred("us-visit")
    assert set(periods[said].tolist()) == {1}
    assert (periods[~said] > lower(visit).periods).all(), "what is not said comes after the last period"


@pytest.mark.parametrize(
    ("begins", "period", "ended", "came"), [(None, 0, 1, True), (40.0, 40, 39, False), (40.0, 40, 40, True)]
)
def test_a_commitment_comes_when_it_begins(begins: float | None, period: int, ended: int, came: bool) -> None:
    crisis = HANIYEH if begins is None else HANIYEH.replace("as_of", None).replace("commitments.usa-isr.begins", begins)
    (item,) = items_of(crisis, ["usa-isr"])
    lowered = lower(crisis)
    assert period_of(item, lowered, seed=1, runs=RUNS[:2]) == [period] * 2
    assert came_in(item, lowered, seed=1, ended=np.full(2, ended)).tolist() == [came] * 2
