from __future__ import annotations

from typing import Any

import pytest

from escalation import plotting
from escalation.errors import StudyError
from escalation.files import load


def test_a_figure_says_what_it_is_drawn_from() -> None:
    wrong: Any = load("two-state-deterrence")
    with pytest.raises(StudyError, match=r"plot\.fan draws Ensemble.*; ensemble is of the class Scenario"):
        plotting.fan(wrong)
    with pytest.raises(StudyError, match=r"plot\.beliefs draws Traces"):
        plotting.beliefs(wrong)
