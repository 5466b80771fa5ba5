"""These run the compiled engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import escalation as esc
from escalation.analysis.what_mattered.conditional_effect import ConditionalEffect
from escalation.estimates.paired import paired_difference
from escalation.world.plain_words import item_words

TWO = esc.load("two-state-deterrence")
HANIYEH = esc.load("haniyeh-2024")
CREDENCE = "commitments.usa-isr.credence.mean"
ASKED: dict[str, Any] = {"event": "initiation", "actor": "irn", "target": "isr", "seed": 2, "progress": False}


@pytest.fixture(scope="module")
def study() -> ConditionalEffect:
    return esc.conditional_effect(HANIYEH, CREDENCE, [0.98, 0.3], without="us-visit", runs=1_500, **ASKED)


def test_a_point_is_a_paired_comparison_at_its_value(study: ConditionalEffect) -> None:
    assert [point.value for point in study.points] == [0.98, 0.3]
    there = HANIYEH.replace(CREDENCE, 0.3)
    silent = there
    for signal in ("us-private-warning", "us-reassurance", "us-denial", "us-disclosure"):
        silent = silent.without(signal)
    pair = esc.compare(there, silent, runs=1_500, seed=2, progress=False)
    point = study.points[1]
    assert point.effect == pair.difference("initiation", actor="irn", target="isr")
    assert point.within == pair.first.probability("initiation", actor="irn", target="isr")
    assert point.without == pair.second.probability("initiation", actor="irn", target="isr")
    came = pair.first.occurred("us-visit")
    one, two = (each.occurs("initiation", actor="irn", target="isr") for each in (pair.first, pair.second))
    assert point.effect_where_it_came == paired_difference(two[came], one[came], event="initiation")
    assert point.came.value == came.mean()


def test_a_signal_by_itself_is_no_occasion() -> None:
    alone = esc.conditional_effect(HANIYEH, CREDENCE, [0.5], without="us-denial", runs=20, **ASKED)
    assert alone.item.parts == ("us-denial",)
    whole = esc.conditional_effect(HANIYEH, CREDENCE, [0.5], without="us-visit", runs=20, **ASKED)
    assert len(whole.item.parts) == 4
    assert whole.item.gone == ("us-visit-denial",)


def test_a_pledge_deters_the_more_it_is_believed() -> None:
    """Without the pledge the challenger attacks more; 4,000 pairs, intervals of 99.9 %."""
    place = "commitments.alliance.credence.mean"
    asked: dict[str, Any] = {"actor": "challenger", "runs": 4_000, "seed": 1, "level": 0.999, "progress": False}
    found = esc.conditional_effect(TWO, place, [0.1, 0.5, 0.9], without="alliance", **asked)
    little, some, much = (point.effect for point in found.points)
    assert little.low > 0.0
    assert little.high < much.low
    assert little.value < some.value < much.value
    assert found.largest.value == 0.9
    assert {point.without.value for point in found.points} == {found.points[0].without.value}, "nobody believes in it"


def test_talks_matter_as_often_as_they_take_place() -> None:
    """Leaving out talks that never take place changes nothing; 1,500 pairs, and the interval at 1 leaves out 0."""
    found = esc.conditional_effect(
        HANIYEH, "events.gaza-talks.occurred", [0.0, 0.5, 1.0], without="gaza-talks", runs=1_500, **ASKED
    )
    never, half, always = found.points
    assert never.effect.discordant == (0, 0)
    assert (never.came.value, always.came.value) == (0.0, 1.0)
    assert 0.0 < half.effect.value < always.effect.value
    assert always.effect.low > 0.0
    assert never.without == half.without == always.without
    assert always.effect_where_it_came == always.effect


def test_all_of_it_can_be_written_down(study: ConditionalEffect) -> None:
    told = json.loads(json.dumps(study.summary(), allow_nan=False))
    assert (told["item"], told["place"], told["difference_is"]) == ("us-visit", CREDENCE, "changed minus unchanged")
    for point, written in zip(study.points, told["points"], strict=True):
        assert written["value"] == point.value
        assert written["effect"] == point.effect.to_dict()
        assert written["effect"]["value"] == pytest.approx(written["without"]["value"] - written["with"]["value"])
    table = study.to_dataframe()
    assert table.loc[0.3, "effect"] == study.points[1].effect.value
    assert table.loc[0.3, "runs_where_it_came"] == round(study.points[1].came.value * 1_500)
    assert study.table()[1][0][0] == "0.98"


def test_it_says_what_came_of_it(study: ConditionalEffect) -> None:
    said = study.sentences()
    assert said[:3] == [
        "Asked: Iran chooses force against Israel.",
        f"Left out: {item_words('us-visit', study.scenario)}.",
        "Varied: United States' pledge to Israel against Iran: credence, mean.",
    ]
    best = max(study.points, key=lambda point: abs(point.effect.value))
    assert f"The effect is largest at {best.value}: without it minus with it, {best.effect.number_text()}." in said
    assert any(line.startswith(f"Over the {best.effect_where_it_came.n:,} runs") for line in said)  # type: ignore[union-attr]
    clear = sum(not point.effect.low <= 0.0 <= point.effect.high for point in study.points)
    assert said[-1] == f"At {clear} of 2 values the interval leaves out 0."
    assert str(study) == "\n".join(said)
    assert "Bonett-Price 95 %" in study._repr_html_()


def test_what_never_came_has_no_effect_where_it_came() -> None:
    never = HANIYEH.replace("events.irn-arrests.occurred", 0.0)
    (point,) = esc.conditional_effect(never, CREDENCE, [0.5], without="irn-arrests", runs=30, **ASKED).points
    assert (point.effect.value, point.effect_where_it_came) == (0.0, None)


def test_a_store_keeps_the_runs_and_ctrl_c_what_is_finished(tmp_path: Path) -> None:
    place = "fronts.challenger-defender.revisionism"

    def interrupt(done: int, total: int) -> None:
        assert total == 4 * 2_000
        if done >= 4 * 1_000:
            raise KeyboardInterrupt

    asked: dict[str, Any] = {"without": "threat", "runs": 2_000, "seed": 1, "store": tmp_path / "kept"}
    cut = esc.conditional_effect(TWO, place, [0.2, 0.8], progress=interrupt, **asked)
    assert cut.interrupted
    assert 500 <= cut.runs < 2_000
    told: list[int] = []
    whole = esc.conditional_effect(TWO, place, [0.2, 0.8], progress=lambda done, _: told.append(done), **asked)
    assert min(told) > 4 * 500, "what is there counts as done"
    assert (whole.interrupted, whole.runs) == (False, 2_000)
    fresh = esc.conditional_effect(TWO, place, [0.2, 0.8], progress=False, **asked | {"store": None, "workers": 1})
    assert whole.summary() == fresh.summary()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"values": []}, "values must be one or more, each once; there is none"),
        ({"values": [0.2, 0.5, 0.2]}, "0.2 is there twice"),
        ({"values": np.array([0.2, 0.2])}, "is there twice"),
        ({"place": "fronts.challenger-defender.wish"}, "no 'fronts.challenger-defender.wish' to replace"),
        ({"without": "thread"}, "no signal, occasion, event or commitment 'thread'.*did you mean 'threat'"),
        ({"event": "wra"}, "no event 'wra'"),
        ({"actor": "chalenger"}, "no actor 'chalenger'"),
        ({"level": 0.0}, "level is 0.0"),
        ({"runs": 0}, "runs is 0"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_played(
    monkeypatch: pytest.MonkeyPatch, arguments: dict[str, Any], message: str
) -> None:
    monkeypatch.setattr("escalation.montecarlo.event_runs.play", None)
    asked = {"place": "fronts.challenger-defender.revisionism", "values": [0.2], "without": "threat", "runs": 10}
    with pytest.raises(esc.StudyError, match=message):
        esc.conditional_effect(TWO, **asked | arguments)


def test_a_value_that_is_not_allowed_is_refused() -> None:
    with pytest.raises(esc.ScenarioError, match=r"fronts.challenger-defender.revisionism"):
        esc.conditional_effect(TWO, "fronts.challenger-defender.revisionism", [0.2, 7.0], without="threat", runs=10)


def test_values_of_numpy_are_taken() -> None:
    found = esc.conditional_effect(
        TWO, "fronts.challenger-defender.revisionism", np.linspace(0.2, 0.8, 2), without="threat", runs=20,
        progress=False,
    )  # fmt: skip
    assert [point.value for point in found.points] == [0.2, 0.8]
    days = esc.conditional_effect(TWO, "horizon", np.arange(5, 7), without="threat", runs=4, progress=False)
    assert [point["value"] for point in json.loads(json.dumps(days.summary()))["points"]] == [5, 6]
