"""What the timeline has actors do is held against their words, too."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from crises import crisis_of

from escalation.engines.lower import lower
from escalation.engines.tables import views
from escalation.montecarlo.deeds import Verdict
from escalation.montecarlo.runner import run
from escalation.montecarlo.scheduled_deeds import scheduled_deeds
from escalation.world.scenario import Scenario

STRIKE: dict[str, Any] = {
    "kind": "provocation",
    "date": 9,
    "victims": [{"actor": "b", "severity": 0.8}],
    "suspects": [{"actors": ["a"]}],
    "other": {"prior": 0.0},
}
RUNG: dict[str, Any] = {"rung": "limited-strike"}
VOW: dict[str, Any] = {"kind": "vow", "date": 5, "sender": "a", "receivers": ["b"], "rung": "limited-strike", "due": 10}
THREAT: dict[str, Any] = {**VOW, "kind": "threat", "sender": "b", "receivers": ["a"], "trigger": "limited-strike"}
WARNING: dict[str, Any] = {"kind": "warning", "date": 5, "sender": "c", "receivers": ["a"], "subject": "pledge"}
CALM: dict[str, Any] = {"kind": "reassurance", "date": 5, "sender": "a", "receivers": ["b"]}
UNTESTED, BELIED, BORNE_OUT = Verdict.UNTESTED, Verdict.BELIED, Verdict.BORNE_OUT


def calm(word: dict[str, Any], *, answers: bool = True, **strike: Any) -> Scenario:
    """Crisis in which nobody ever chooses to act, or to stand by anybody, and the timeline has a strike b."""
    restrained = {"belligerence_cost": 1e4, "audience_cost": 0.0}
    return crisis_of(
        actors={
            "a": restrained,
            "b": restrained,
            "c": {"war_cost": {"resolute": 1e4, "irresolute": 2e4}},
        },
        commitments={"pledge": {"patron": "c", "protege": "b", "adversary": "a", "trigger": "limited-strike"}},
        events={"strike": {key: value for key, value in {**STRIKE, **strike}.items() if value is not None}},
        signals={"word": word},
        rules={"scheduled_answers": answers},
    )


@pytest.mark.parametrize(
    ("word", "strike", "expected"),
    [
        (VOW, RUNG, BORNE_OUT),
        (VOW, {}, BORNE_OUT),  # by a severity, as the vow itself is
        (VOW, {"victims": [{"actor": "b", "severity": 0.4}]}, BELIED),
        (VOW, {"rung": "display"}, BELIED),
        (VOW, {**RUNG, "date": 5}, BELIED),  # before it was heard
        (VOW, {**RUNG, "date": 6}, BORNE_OUT),
        (VOW, {**RUNG, "date": 16}, BELIED),  # too late
        (VOW, {**RUNG, "reliability": 0.0}, BELIED),  # it did not happen
        (VOW, {"suspects": [{"actors": ["a"], "prior": 1.0}], "other": {"prior": 1.0}}, BELIED),
        (VOW, {"suspects": [{"actors": ["a"], "prior": 1.1}], "other": {"prior": 1.0}}, BORNE_OUT),
        (VOW, {"publicity": 0.6}, BELIED),
        (THREAT, RUNG, BELIED),  # it was crossed, and b did nothing
        (THREAT, {"rung": "display"}, UNTESTED),
        (WARNING, RUNG, BELIED),  # c was called, and stood aside
        (WARNING, {}, UNTESTED),  # a severity calls on nobody
        (CALM, RUNG, BELIED),
        (CALM, {"rung": "display"}, BORNE_OUT),
        (CALM, {}, BORNE_OUT),  # how grave it was felt to be does not say that it was force
        (CALM, {**RUNG, "date": 5}, BORNE_OUT),
    ],
)
def test_a_word_is_held_against_what_the_timeline_has_done(
    word: dict[str, Any], strike: dict[str, Any], expected: Verdict
) -> None:
    ensemble = run(calm(word, **strike), runs=20, seed=1, progress=False)
    assert (ensemble.outcomes["crossed"][:, :, 1:] < 0).all()
    assert set(ensemble.words_and_deeds().verdict("word").tolist()) == {expected}


def test_the_timeline_does_nothing_where_it_settles_nothing() -> None:
    ensemble = run(calm(VOW, answers=False, **RUNG), runs=20, seed=1, progress=False)
    assert set(ensemble.words_and_deeds().verdict("word").tolist()) == {BELIED}


DOUBTED: dict[str, Any] = {**RUNG, "other": {"prior": 2.0}}


@pytest.mark.parametrize(("word", "expected"), [(WARNING, BELIED), (VOW, BELIED), (CALM, BORNE_OUT)])
def test_an_act_whose_author_is_in_doubt_calls_on_pledges_and_tests_no_other_word(
    word: dict[str, Any], expected: Verdict
) -> None:
    ensemble = run(calm(word, **DOUBTED), runs=20, seed=1, progress=False)
    assert set(ensemble.words_and_deeds().verdict("word").tolist()) == {expected}
    assert (ensemble.outcomes["broken"] == 1).all()  # the call itself does not ask who is blamed


def test_nothing_is_done_on_a_front_at_war() -> None:
    data = calm(WARNING, **RUNG).to_dict()
    data["fronts"] = {name: {"at_war": True} for name in ("a-b", "b-a")} | {"a-c": {}, "c-a": {}}
    ensemble = run(Scenario.from_dict(data), runs=20, seed=1, progress=False)
    assert set(ensemble.words_and_deeds().verdict("word").tolist()) == {UNTESTED}
    assert (ensemble.outcomes["broken"] == 0).all()


def test_what_is_felt_on_a_front_that_no_patron_has_opened_is_no_deed_there() -> None:
    data = calm({**CALM, "sender": "c", "receivers": ["a"], "kind": "reassurance"}).to_dict()
    data["events"] = {
        "strike": {**STRIKE, "victims": [{"actor": "a", "severity": 0.8}], "suspects": [{"actors": ["c"]}]}
    }
    lowered = lower(Scenario.from_dict(data))
    assert scheduled_deeds(views(lowered.template.copy(), lowered)) == []


def test_an_answer_on_the_day_on_which_the_timeline_crosses_a_threat_keeps_it() -> None:
    """The timeline comes before anybody chooses. Of a chosen crossing the same would be no answer."""
    hot = {"response_delay": 0.01, "response_spread": 0.01, "belligerence_cost": 0.0}
    scenario = crisis_of(
        actors={"b": hot},
        front={"b-a": {"revisionism": 0.9}},
        events={"strike": {**STRIKE, **RUNG}},
        signals={"word": THREAT},
        rules={"scheduled_answers": True, "least_delay": 0.0, "deliberations": "one"},
    )
    ensemble = run(scenario, runs=300, seed=1, progress=False)
    found = ensemble.words_and_deeds().verdict("word")
    b = ensemble.actor_ids.index("b")
    kept, broken = (ensemble.outcomes[name][:, b] > 0 for name in ("vows_kept", "vows_broken"))
    assert np.array_equal(found == BORNE_OUT, kept)
    assert np.array_equal(found == BELIED, broken)
    at_once = ensemble.outcomes["crossed"][:, ensemble.front_ids.index("b-a"), 3] == 9
    assert min((kept & at_once).sum(), broken.sum()) > 20


@pytest.mark.parametrize(("as_of", "day"), [(5, 6.0), (20, 21.0)])
def test_a_reassurance_is_held_against_what_can_be_chosen(as_of: int, day: float) -> None:
    """Its fourteen days begin on the first day of choice; before, nobody could have belied it."""
    scenario = crisis_of(
        front={"a-b": {"revisionism": 0.9, "fear": 0.5}},
        signals={"word": CALM},
        as_of=as_of,
        rules={"act_window": 14.0},
    )
    ensemble = run(scenario, runs=300, seed=1, progress=False)
    first = ensemble.outcomes["crossed"][:, ensemble.front_ids.index("a-b"), 3]
    found = ensemble.words_and_deeds().verdict("word")
    soon = (first >= 0) & (first <= day + 14.0)
    assert min(soon.sum(), (~soon).sum()) > 20
    assert set(found[soon]) == {BELIED}
    war = ensemble.outcomes["war_cause"].any(axis=1)
    assert set(found[~soon & ~war]) == {BORNE_OUT}


def test_patrons_are_called_by_the_timeline_as_the_model_counts_it() -> None:
    scenario = crisis_of(
        front={"a-b": {"revisionism": 0.7, "fear": 0.3}},
        commitments={"pledge": {"patron": "c", "protege": "b", "adversary": "a", "stake": 0.1, "strength": 0.2}},
        events={"strike": {**STRIKE, **RUNG}},
        signals={"word": {**WARNING, "date": 0}},
        rules={"scheduled_answers": True},
    )
    ensemble = run(scenario, runs=400, seed=2, progress=False)
    found = ensemble.words_and_deeds().verdict("word")
    (row,) = (k for k, name in enumerate(ensemble.commitment_rows) if name == "pledge:a")
    kept, broken = (ensemble.outcomes[name][:, row] for name in ("kept", "broken"))
    assert np.array_equal(found == BORNE_OUT, kept > 0)
    assert np.array_equal(found == BELIED, (kept == 0) & (broken > 0))
    assert min((found == BORNE_OUT).sum(), (found == BELIED).sum()) > 20


@pytest.mark.parametrize(("rung", "expected"), [(None, BELIED), ("limited-strike", UNTESTED)])
def test_a_protege_forfeits_a_pledge_by_an_act_whose_rung_is_stated(rung: str | None, expected: Verdict) -> None:
    scenario = calm(WARNING, **RUNG).replace("commitments.pledge.while_below", "limited-strike")
    own = {**STRIKE, "date": 7, "victims": [{"actor": "a", "severity": 0.8}], "suspects": [{"actors": ["b"]}]}
    data = scenario.to_dict()
    data["events"]["own"] = own if rung is None else {**own, "rung": rung}
    ensemble = run(Scenario.from_dict(data), runs=20, seed=1, progress=False)
    assert set(ensemble.words_and_deeds().verdict("word").tolist()) == {expected}
    assert (ensemble.outcomes["broken"].sum() > 0) == (expected == BELIED)
