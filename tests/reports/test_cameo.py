from __future__ import annotations

from escalation.reports.cameo import ROOT_WEIGHTS


def test_every_root_has_the_weight_that_event_data_carry() -> None:
    """Weights of the roots 01 to 20 in the table that GDELT's codebook refers to."""
    wanted = [0, 3, 4, 1, 3.5, 6, 7, 5, -2, -5, -2, -4, -6, -6.5, -7.2, -4, -7, -9, -10, -10]
    assert {f"{root:02d}": weight for root, weight in enumerate(wanted, start=1)} == ROOT_WEIGHTS
