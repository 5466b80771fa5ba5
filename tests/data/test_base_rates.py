from __future__ import annotations

import pytest

from escalation.analysis.fit.crises.courses import VIOLENCE as LEVELS
from escalation.data.base_rates import HOSTILITY, VIOLENCE
from escalation.reports.bibliography import entries


def test_shares_are_those_published() -> None:
    assert VIOLENCE.shares == pytest.approx([0.281, 0.309, 0.264, 0.146], abs=6e-4)
    assert HOSTILITY.shares == pytest.approx([0.0, 0.030, 0.268, 0.658, 0.0435], abs=6e-4)
    assert VIOLENCE.levels == LEVELS


def test_shares_from_a_level_add_up() -> None:
    assert VIOLENCE.from_level("minor clashes") == pytest.approx([102 / 363, 261 / 363])
    assert HOSTILITY.from_level("use of force").sum() == pytest.approx(1.0)
    with pytest.raises(ValueError, match="tuple"):
        VIOLENCE.from_level("peace")


@pytest.mark.parametrize("rate", [VIOLENCE, HOSTILITY])
def test_every_rate_has_a_source_in_the_bibliography(rate: object) -> None:
    key = str(rate.source).rpartition("[")[2].partition("]")[0]  # type: ignore[attr-defined]
    assert key in entries()
