"""One commitment to several protégés: one promise, one answer to calls that come together, one credence to lose."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from crises import Play, crisis_of

from escalation.analysis.columns import column
from escalation.analysis.what_if.levers import commitments_by, signals_by
from escalation.dynamics.beginning import look_anew
from escalation.dynamics.support import expected_victory
from escalation.engines.compiled import advance, run_block
from escalation.engines.lower import lower
from escalation.engines.readable import packed
from escalation.engines.simulate import simulate
from escalation.montecarlo.runner import run
from escalation.plotting.network import network
from escalation.world.plain_words import event_words
from escalation.world.scenario import Scenario

ROW = {"patron": "c", "stake": 0.7, "strength": 0.5, "credence": {"mean": 0.6, "weight": 3.0}}
RULES = [
    {"belligerency": False, "joining": "utility"},
    {"belligerency": False, "joining": "credence"},
    {"belligerency": True, "joining": "credence"},
]


def crisis(protege: Any = ("b", "e"), rules: dict[str, Any] | None = None, **tables: Any) -> Scenario:
    """Crisis in which a faces b and d faces e, and c has made one promise to b and e."""
    commitments = {"pact": {**ROW, "protege": list(protege)}} if not isinstance(protege, dict) else protege
    return crisis_of(
        "a-b d-e",
        actors={"c": {"capability": 3.0, "honesty": 0.8}, "d": {}, "e": {}},
        commitments=commitments,
        rules=rules or RULES[2],
        **tables,
    )


BOTH = {"a-b": "limited-strike", "d-e": "limited-strike"}


def rows(play: Play) -> dict[str, Any]:
    return dict(zip(play.lowered.commitment_rows, play.crisis.pledges, strict=True))


def test_a_row_for_each_protege_and_each_adversary() -> None:
    assert lower(crisis()).commitment_rows == ("pact:b-a", "pact:e-d")
    both = crisis_of("a-b a-e d-b", actors={"d": {}, "e": {}}, commitments={"pact": {**ROW, "protege": ["e", "b"]}})
    assert set(lower(both).commitment_rows) == {"pact:b-a", "pact:b-d", "pact:e-a"}
    named = both.replace("commitments.pact.adversary", "a")
    assert set(lower(named).commitment_rows) == {"pact:b-a", "pact:e-a"}


def test_each_of_two_may_be_guaranteed_against_the_other() -> None:
    mutual = crisis_of("a-b", commitments={"locarno": {**ROW, "protege": ["a", "b"], "conditional": True}})
    assert set(lower(mutual).commitment_rows) == {"locarno:a-b", "locarno:b-a"}
    joined = run_block(lower(mutual.replace("fronts.a-b.revisionism", 1.0)), seed=1, first=0, count=500)["joined"]
    assert (joined >= 0).any(axis=0).all()


def test_a_list_of_one_is_the_one() -> None:
    listed = crisis({"pact": {**ROW, "protege": ["b"]}})
    plain = crisis({"pact": {**ROW, "protege": "b"}})
    one, other = (run_block(lower(scenario), seed=4, first=0, count=400) for scenario in (listed, plain))
    assert lower(listed).commitment_rows == ("pact:a",)
    assert all(np.array_equal(array, other[name]) for name, array in one.items())


@pytest.mark.parametrize("rules", RULES)
def test_calls_that_come_together_have_one_answer(rules: dict[str, Any]) -> None:
    answers = []
    for number in range(60):
        play = Play(crisis(rules=rules), run=number).period(BOTH)
        answers.append(tuple(pledge.joined for pledge in play.crisis.pledges))
    assert set(answers) == {(0, 0), (1, 1)}
    apart = crisis({"one": {**ROW, "protege": "b"}, "two": {**ROW, "protege": "e"}}, rules)
    alone = {tuple(p.joined for p in Play(apart, run=n).period(BOTH).crisis.pledges) for n in range(60)}
    assert alone >= {(0, 1), (1, 0)}


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("joined", [0, 1])
def test_all_learn_from_the_answer_to_one(rules: dict[str, Any], joined: int) -> None:
    play = next(
        play
        for play in (Play(crisis(rules=rules), run=number).period({"a-b": "limited-strike"}) for number in range(60))
        if rows(play)["pact:b-a"].joined == joined
    )
    for pledge in play.crisis.pledges:
        assert pledge.weight == 4.0
        assert pledge.credence_protege == pledge.credence_adversary == pytest.approx((3.0 * 0.6 + joined) / 4.0)
    assert (rows(play)["pact:e-d"].kept, rows(play)["pact:e-d"].broken) == (0, 0)
    before = expected_victory(Play(crisis(rules=rules)).crisis, play.f("e-d")).as_things_are
    after = expected_victory(play.crisis, play.f("e-d")).as_things_are
    assert (after > before) is (joined == 1)


@pytest.mark.parametrize("rules", RULES)
def test_two_calls_in_one_round_are_one_case_and_cost_the_name_once(rules: dict[str, Any]) -> None:
    broken = next(
        play
        for play in (Play(crisis(rules=rules), run=number) for number in range(60))
        if all(setattr(pledge, "warned", 1) is None for pledge in play.crisis.pledges)
        and play.period(BOTH).crisis.pledges[0].joined == 0
    )
    assert [(p.weight, p.broken) for p in broken.crisis.pledges] == [(4.0, 1), (4.0, 1)]
    loss = broken.rules.honesty_loss * (0.5 if rules["joining"] == "credence" else 1.0)
    assert broken.actor("c").honesty == pytest.approx(0.8 * (1.0 - loss))


@pytest.mark.parametrize("striker", ["b-a", "e-d"])
def test_a_promise_broken_to_one_that_called_is_broken(striker: str) -> None:
    """Where one of two has forfeited its right, the patron may answer them apart: then its word counts as broken."""
    seen = set()
    for number in range(200):
        play = Play(crisis_of(
            "a-b d-e", actors={"c": {"capability": 3.0}, "d": {}, "e": {}},
            commitments={"pact": {**ROW, "protege": ["b", "e"], "conditional": True}}, rules=RULES[2],
        ), run=number)  # fmt: skip
        play.front(striker).struck_first = 1
        play.period(BOTH)
        joined = (rows(play)["pact:b-a"].joined, rows(play)["pact:e-d"].joined)
        seen.add(joined)
        kept = int(joined == (1, 1))
        assert {p.credence_protege for p in play.crisis.pledges} == {(3.0 * 0.6 + kept) / 4.0}
    apart = (0, 1) if striker == "b-a" else (1, 0)
    assert seen == {(0, 0), apart, (1, 1)}  # never for the one that struck first alone


def test_another_day_is_another_answer() -> None:
    answers = set()
    for number in range(60):
        play = Play(crisis(), run=number).period({"a-b": "limited-strike"}).period({"d-e": "limited-strike"})
        answers.add((rows(play)["pact:b-a"].joined, rows(play)["pact:e-d"].joined))
    assert answers == {(0, 0), (0, 1), (1, 0), (1, 1)}


@pytest.mark.parametrize("rules", RULES)
def test_the_order_of_proteges_does_not_matter(rules: dict[str, Any]) -> None:
    tables = {"front": {"a-b": {"revisionism": 0.9}, "d-e": {"revisionism": 0.9}, "b-a": {"revisionism": 0.6}}}
    first, second, third = (
        crisis(order, rules, **tables).replace("commitments.pact.conditional", True)
        for order in (("b", "e", "a"), ("e", "a", "b"), ("a", "b", "e"))
    )
    blocks = [run_block(lower(scenario), seed=6, first=0, count=400) for scenario in (first, second, third)]
    assert lower(first).commitment_rows == lower(second).commitment_rows == lower(third).commitment_rows
    assert (blocks[0]["joined"] >= 0).sum() > 20
    for block in blocks[1:]:
        assert all(np.array_equal(array, blocks[0][name]) for name, array in block.items())


def test_the_order_of_actors_does_not_matter_either() -> None:
    base = crisis(("b", "e"), RULES[2], front={"a-b": {"revisionism": 0.9}, "d-e": {"revisionism": 0.9}})
    data = base.to_dict()
    found = []
    for order in list(permutations("abcde"))[::40]:
        lowered = lower(Scenario.from_dict({**data, "actors": {name: data["actors"][name] for name in order}}))
        block = run_block(lowered, seed=6, first=0, count=300)
        columns = [lowered.commitment_rows.index(row) for row in ("pact:b-a", "pact:e-d")]
        found.append([block["joined"][:, column].tolist() for column in columns])
    assert all(one == found[0] for one in found)
    assert max(max(row) for row in found[0]) > 0


def test_who_sees_another_let_down_is_attacked_more_often() -> None:
    """400 pairs of runs from seed 8: the patron has just broken its promise to b, and a sure d weighs e's support."""

    def force(share: bool) -> float:
        terms = {**ROW, "credence": {"mean": 0.9, "weight": 0.5}}
        pacts: dict[str, Any] = {"x": {**terms, "protege": "b"}, "y": {**terms, "protege": "e"}}
        if share:
            pacts = {"pact": {**terms, "protege": ["b", "e"]}}
        rules = {**RULES[2], "patron_reply": 1.0}
        scenario = crisis(pacts, rules, front={"d-e": {"revisionism": 1.0, "stake": 1.5}})
        states, lowered = [], lower(scenario)
        for number in range(400):
            play = Play(scenario, seed=8, run=number)
            for pledge in play.crisis.pledges:
                pledge.credence_prior = 0.0
            play.period({"a-b": "limited-strike"})
            look_anew(play.crisis)
            states.append(packed(play.crisis, lowered))
        played = np.stack(states)
        advance(lowered, played, seed=8, runs=np.arange(400), periods=30)
        return float(column(played, lowered, "fronts", "used_force")[:, play.f("d-e")].mean())

    assert force(True) > force(False) + 0.02


def test_what_speaks_of_the_commitment_speaks_of_all_of_it() -> None:
    word = {"kind": "warning", "date": 1, "sender": "c", "receivers": ["d"], "subject": "pact"}
    scenario = crisis(signals={"word": word}, front={"d-e": {"revisionism": 1.0}})
    play = Play(scenario).period()
    assert [pledge.warned for pledge in play.crisis.pledges] == [1, 1]
    assert rows(play)["pact:e-d"].credence_adversary > 0.6
    assert lower(scenario.without("pact")).commitment_rows == ()
    assert scenario.without("pact").signals == {}
    assert {lever.name for lever in commitments_by(scenario, "c", proteges=["e"])} >= {
        "commitments.pact.conditional=true"
    }
    assert not [lever for lever in commitments_by(scenario, "c") if "for-b-against-a" in lever.name]
    assert [lever for lever in signals_by(scenario, "c", kinds=("warning",)) if "d" in lever.signal.receivers]
    ensemble = run(scenario, runs=200, seed=2, progress=False)
    assert len(ensemble.words_and_deeds().verdict("word")) == 200
    assert event_words("joined:pact", scenario) == "c comes to the aid of b or e"
    assert event_words("joined:pact:e-d", scenario) == "c comes to the aid of e against d"
    assert ensemble.probability("joined:pact").value >= ensemble.probability("joined:pact:e-d").value > 0.0
    assert network(scenario) is not None


def test_both_engines_agree_and_an_explanation_names_whom_it_is_about() -> None:
    scenario = crisis(front={"d-e": {"revisionism": 0.9}})
    for number in range(5):
        assert simulate(scenario, seed=3, run=number, engine="mesa") == simulate(
            scenario, seed=3, run=number, engine="compiled"
        )
    path = simulate(scenario, seed=3, run=0)
    names = [trace.name for trace in path.traces("d-e").traces]
    assert "commitments.pact:e-d.credence" in names
    assert Scenario.from_dict(scenario.to_dict()) == scenario
