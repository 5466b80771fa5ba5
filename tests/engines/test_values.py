from __future__ import annotations

import pytest

from escalation.engines.lower import lower
from escalation.engines.values import addresses, words_of
from escalation.errors import StudyError
from escalation.world.distributions import Uniform
from escalation.world.scenario import Scenario

COST = "actors.a.belligerence_cost"
QUARREL = Scenario(
    name="quarrel",
    horizon=40,
    actors={"a": {"belligerence_cost": Uniform(low=0.0, high=1.0)}, "b": {}},
    fronts={"a-b": {"revisionism": 0.7}, "b-a": {}},
)


def test_what_is_not_a_distribution_has_no_place() -> None:
    with pytest.raises(
        StudyError, match=r"rules.leash is not a distribution of quarrel; it has actors.a.belligerence_cost"
    ):
        addresses(lower(QUARREL), "rules.leash")
    with pytest.raises(StudyError, match="it has none"):
        addresses(lower(QUARREL.replace(COST, 0.3)), COST)


def test_words_hold_what_their_paths_say() -> None:
    lowered = lower(QUARREL.replace("rules.leash", Uniform(low=0.0, high=1.0)))
    words, paths = words_of(lowered, ["rules.leash", COST])
    assert paths == ["rules.leash", COST]
    stated = lower(QUARREL.replace("rules.leash", 0.25).replace(COST, 0.75))
    assert stated.template[words].tolist() == [0.25, 0.75]
