from __future__ import annotations

from crises import crisis_of

from escalation.engines.lower import lower


def test_a_distribution_in_several_places_names_where_it_is_drawn_first() -> None:
    actors = {"b": {"resolve": {"distribution": "uniform", "low": 0.2, "high": 0.8}}}
    lowered = lower(crisis_of("a-b c-b", actors=actors))
    first, *others = [draw for draw in lowered.draws if draw.column == 0]
    assert first.drawn == -1
    assert len(others) == 2
    assert {draw.drawn for draw in others} == {first.address}
