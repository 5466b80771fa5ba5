from __future__ import annotations

import pytest

import escalation as esc
from escalation.analysis.what_mattered.items import items_of, without_item
from escalation.files import library_names

HANIYEH = esc.load("haniyeh-2024")


def test_every_signal_event_and_commitment_stands_in_one_item() -> None:
    items = items_of(HANIYEH)
    parts = [part for item in items for part in item.parts]
    assert sorted(parts) == sorted((*HANIYEH.signals, *HANIYEH.events, *HANIYEH.commitments))
    assert len(parts) == 24
    assert [item.kind for item in items] == ["signal"] * 11 + ["event"] * 6 + ["commitment"] * 4


def test_signals_of_one_occasion_are_left_out_together_with_what_is_about_them() -> None:
    (visit,) = items_of(HANIYEH, ["us-visit"])
    assert visit.parts == ("us-private-warning", "us-reassurance", "us-denial", "us-disclosure")
    assert visit.gone == ("us-visit-denial",)
    assert items_of(HANIYEH, ["us-denial", "us-visit"]) == (visit,)
    left = without_item(HANIYEH, visit)
    assert set(HANIYEH.signals) - set(left.signals) == {*visit.parts, *visit.gone}
    assert (left.events, left.commitments, left.fronts) == (HANIYEH.events, HANIYEH.commitments, HANIYEH.fronts)


@pytest.mark.parametrize("name", library_names())
def test_whatever_a_scenario_of_the_library_holds_can_be_left_out(name: str) -> None:
    scenario = esc.load(name)
    for item in items_of(scenario):
        left = without_item(scenario, item)
        stays = {*left.signals, *left.events, *left.commitments}
        assert stays.isdisjoint({*item.parts, *item.gone})
        assert len(stays) + len(item.parts) + len(item.gone) == sum(
            map(len, (scenario.signals, scenario.events, scenario.commitments))
        )


def test_what_there_is_not_is_refused() -> None:
    with pytest.raises(esc.StudyError, match=r"no signal, occasion, event or commitment 'us-visitt' .*did you mean"):
        items_of(HANIYEH, ["us-visitt"])
    with pytest.raises(esc.StudyError, match="no item is named"):
        items_of(HANIYEH, [])
    fronts: dict[str, object] = {"a-b": {}, "b-a": {}}
    bare = esc.Scenario.from_dict({"name": "bare", "horizon": 9, "actors": {"a": {}, "b": {}}, "fronts": fronts})
    with pytest.raises(esc.StudyError, match="'bare' has no signal, event or commitment to leave out"):
        items_of(bare)
