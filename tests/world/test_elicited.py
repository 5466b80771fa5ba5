from __future__ import annotations

import math

import pytest
from scipy.optimize import brentq

from escalation.errors import ScenarioError
from escalation.world.elicited import Elicited


def test_probabilities_that_determine_no_metalog() -> None:
    def misfit(middle: float) -> float:
        """Distance of the middle probability from the line through the others on the metalog's scales."""
        logits = [math.log(p / (1.0 - p)) for p in (0.8, middle, 0.99)]
        skews = [(p - 0.5) * x for p, x in zip((0.8, middle, 0.99), logits, strict=True)]
        share = (logits[1] - logits[0]) / (logits[2] - logits[0])
        return skews[1] - skews[0] - share * (skews[2] - skews[0])

    middle = brentq(misfit, 0.85, 0.97, xtol=1e-15)
    with pytest.raises(ScenarioError, match="do not determine a metalog"):
        Elicited(probabilities=(0.8, middle, 0.99), values=(1.0, 2.0, 3.0))


@pytest.mark.parametrize("bounds", [{}, {"low": 0.0}, {"high": 10.0}, {"low": 0.0, "high": 10.0}])
@pytest.mark.parametrize("values", [(2.0, 5.0), (2.0, 3.5, 5.0)])
def test_a_metalog_goes_through_its_quantiles(bounds: dict[str, float], values: tuple[float, ...]) -> None:
    probabilities = (0.1, 0.9) if len(values) == 2 else (0.1, 0.5, 0.9)
    elicited = Elicited(probabilities=probabilities, values=values, **bounds)
    location, scale, skew = elicited.metalog()
    for p, value in zip(probabilities, values, strict=True):
        logit = math.log(p / (1.0 - p))
        assert location + scale * logit + skew * (p - 0.5) * logit == pytest.approx(elicited.transform(value))
