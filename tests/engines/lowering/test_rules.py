from __future__ import annotations

import pytest
from crises import Play, crisis_of


def test_half_a_rung_is_half_the_mean_step() -> None:
    assert Play(crisis_of()).rules.half_rung == pytest.approx(0.1)
