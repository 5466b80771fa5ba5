"""What came of a run is what its outcomes hold, with its causes."""

from __future__ import annotations

from collections import Counter

import pytest

from escalation.engines.explaining.explain import decisions
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.files import load
from escalation.world.scenario import Scenario

NUMBERS = {"choice": 1, "exchange of force": 2, "accident": 3, "commitment": 4}


def test_every_war_and_every_joining_of_the_outcomes_is_told_once() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for name in ("july-1914", "haniyeh-2024", "cuba-1962"):
        for run in (*range(40), 652):  # in that run of Cuba an accident brings war
            path = simulate(load(name), seed=1, run=run)
            wars = [came for came in path.consequences if came.kind == "war"]
            outcome = path.outcome
            told = {front for came in wars for front in (came.front, f"{came.target}-{came.actor}")}
            assert told == set(outcome["wars"])
            assert 2 * len(wars) == len(outcome["wars"])
            for came in wars:
                assert came.day == outcome["first_crossed"][came.front]["war"]
                assert NUMBERS[came.cause] == path.outcomes["war_cause"][path.front_ids.index(came.front)]
            joined = {came.commitment: came.day for came in path.consequences if came.kind == "joined"}
            assert joined == outcome["joined"]
            days = [came.day for came in path.consequences]
            assert days == sorted(days)
            seen.update((came.kind, came.cause) for came in path.consequences)
    assert seen["war", "accident"] > 0
    assert all(seen[key] > 1 for key in (("war", "exchange of force"), ("war", "commitment")))
    assert all(seen[key] > 1 for key in (("joined", "act"), ("joined", "war")))


def test_a_patron_that_joins_comes_before_the_war_that_it_joins_by_commitment() -> None:
    path = simulate(load("july-1914"), seed=1, run=15)
    told = [
        "war, which nobody chose, came of the exchange of force between Austria-Hungary and Serbia",
        "war came between Russia and Austria-Hungary, because Russia stands by Serbia, which is at war",
        "Germany stands by Austria-Hungary, which is at war with Russia (deu-aut:rus)",
        "war came between Germany and Russia, because Germany stands by Austria-Hungary, which is at war",
        "Austria-Hungary stands by Germany, which is at war with Russia (aut-deu:rus)",
        "France stands by Russia, which is at war with Germany (fra-rus:deu)",
        "war came between France and Germany, because France stands by Russia, which is at war",
        "Britain stands by France, which is at war with Germany (gbr-fra:deu)",
        "war came between Britain and Germany, because Britain stands by France, which is at war",
    ]
    assert [came.sentence for came in path.consequences[1:]] == [f"On day 39 (6 August 1914) {s}." for s in told]


def test_what_comes_on_one_day_is_told_after_what_brought_it() -> None:
    between = 0
    for run in range(60):
        path = simulate(load("july-1914"), seed=1, run=run)
        supported = {name: (name.split(":")[0].split("-")[1], name.split(":")[1]) for name in path.commitment_rows}
        at_war: set[frozenset[str]] = set()
        joined: set[tuple[str, str, str]] = set()
        days: dict[str, list[str]] = {}
        for came in path.consequences:
            if came.cause == "war":
                assert frozenset(supported[came.commitment]) in at_war
            if came.cause == "commitment":
                assert any(
                    (came.actor, protege, came.target) in joined and frozenset((protege, came.target)) in at_war
                    for protege in path.actor_ids
                )
            if came.kind == "war":
                at_war.add(frozenset((came.actor, came.target)))
            else:
                joined.add((came.actor, *supported[came.commitment]))
            days.setdefault(str(came.day), []).append(came.kind)
        between += sum("war joined war joined" in " ".join(kinds) for kinds in days.values())
    assert between > 0  # a chain: a patron is called by a war that itself came of a commitment


def test_a_war_by_commitment_follows_the_war_that_called_also_where_the_patron_had_joined_before() -> None:
    path = simulate(load("haniyeh-2024"), seed=1, run=45)
    wars = [came.words for came in path.consequences if came.day == 39.0 and came.kind == "war"]
    assert wars[:2] == [
        "war, which nobody chose, came of the exchange of force between Hezbollah and Israel",
        "war came between Iran and Israel, because Iran stands by Hezbollah, which is at war",
    ]


def chosen_war() -> Trajectory:
    """The first run in which b chooses war against a, though it is listed second."""
    data = {
        "name": "bent-on-war",
        "horizon": 20,
        "actors": {"a": {"war_cost": {"resolute": 99.0, "irresolute": 99.0}}, "b": {"tempo": 0.01}},
        "fronts": {"a-b": {}, "b-a": {"revisionism": 1.0, "stake": 50.0, "spoiler": 50.0}},
    }
    scenario = Scenario.from_dict(data)
    runs = (simulate(scenario, seed=1, run=run) for run in range(200))
    return next(path for path in runs if path.outcomes["war_cause"].max() == 1)


def test_a_war_by_choice_has_first_who_chose_it() -> None:
    (came,) = chosen_war().consequences
    assert (came.cause, came.actor, came.target, came.front) == ("choice", "b", "a", "b-a")
    assert came.words == "war came between b and a by the choice of b"


@pytest.fixture(scope="module")
def july() -> Trajectory:
    return simulate(load("july-1914"), seed=1, run=15)


def test_an_explanation_ends_with_what_followed(july: Trajectory) -> None:
    last = july.consequences[-1].day
    early, late = decisions(july)[0], next(row for row in decisions(july) if row.day > july.consequences[0].day)
    (first,) = july.explain(early.day, early.actor, target=early.target)
    (second,) = july.explain(late.day, late.actor, target=late.target)
    assert first.followed == july.consequences
    assert second.followed == tuple(came for came in july.consequences if came.day >= late.day)
    assert 0 < len(second.followed) < len(first.followed)
    assert last >= late.day
    assert str(second) == " ".join([second.sentence, *(came.sentence for came in second.followed)])
    assert second.followed[-1].sentence in second._repr_html_()
    data = second.to_dict()["followed"]
    assert [row["sentence"] for row in data] == [came.sentence for came in second.followed]
    assert data[-1]["date"] == "1914-08-06"


def test_of_what_is_only_supposed_nothing_followed(july: Trajectory) -> None:
    row = decisions(july)[0]
    given = {f"fronts.{row.front}.fear": 0.9}
    (found,) = july.explain(row.day, row.actor, target=row.target, given=given)
    assert found.followed == ()
    assert str(found) == found.sentence
