"""The chronicle tells what is in the record, and to each actor no more than it can know."""

from __future__ import annotations

import pytest

import escalation as esc
from escalation.app.chronicle import Happening, chronicle, known_to, known_to_all
from escalation.app.game import begin
from escalation.world.scenario import Scenario


@pytest.fixture(scope="module")
def told(busy: Scenario) -> tuple[Happening, ...]:
    return chronicle(esc.simulate(busy, seed=3, engine="mesa"))


def of(told: tuple[Happening, ...], kind: str) -> list[Happening]:
    return [row for row in told if row.kind == kind]


def test_every_act_but_restraint_is_told(busy: Scenario) -> None:
    for run in range(5):
        trajectory = esc.simulate(busy, seed=3, run=run, engine="mesa")
        told = of(chronicle(trajectory), "act")
        acts = [act for act in trajectory.acts if act["option"] > 0]
        assert [(row.day, row.front, row.rung, row.covert) for row in told] == [
            (float(act["period"]), trajectory.front_ids[act["front"]], act["rung"], bool(act["covert"])) for act in acts
        ]


def test_wars_agreements_who_joined_and_settling_are_those_of_the_outcome(busy: Scenario) -> None:
    seen = set()
    for run in range(12):
        trajectory = esc.simulate(busy, seed=5, run=run, engine="mesa")
        told = chronicle(trajectory)
        outcome = trajectory.outcome
        assert {row.front for row in of(told, "war")} <= set(outcome["wars"])
        assert 2 * len(of(told, "war")) == len(outcome["wars"])
        agreed = {row.front: row.day for row in reversed(of(told, "agreement"))}  # the first of each front
        assert agreed == {front: day for front, day in outcome["agreed"].items() if front == "ara-bor"}
        assert [row.day for row in of(told, "joined")] == sorted(outcome["joined"].values())
        assert [row.day for row in of(told, "settled")] == ([] if outcome["settled"] is None else [outcome["settled"]])
        seen |= {row.kind for row in told}
    assert seen == {"event", "signal", "act", "incident", "agreement", "war", "joined", "settled"}


def pledges_of(busy: Scenario, run: int, **terms: object) -> list[Happening]:
    """What is told of pledges in a run of the busy crisis with these terms of its commitment."""
    data = busy.to_dict()
    data["commitments"]["oath"] |= {"trigger": "war", **terms}
    return of(chronicle(esc.simulate(Scenario.from_dict(data), seed=3, run=run, engine="mesa")), "pledge")


def test_pledges_that_begin_and_lapse_are_told(busy: Scenario) -> None:
    told = pledges_of(busy, 0, planned=True, begins=2, lapses=5)
    assert [(row.day, row.words) for row in told] == [
        (2.0, "The pledge of cal to Bor is in force from now on (oath:ara)."),
        (5.0, "The pledge of cal to Bor has lapsed (oath:ara)."),
    ]
    assert [row.private_to for row in told] == [(), ()]
    hidden = [row for run in range(4) for row in pledges_of(busy, run, planned=True, lapses=2, public=False)]
    assert {row.private_to for row in hidden} == {("cal", "bor")}


def test_that_a_pledge_lapsed_by_what_its_protege_did_the_two_know(busy: Scenario) -> None:
    found = [told for run in range(6) for told in pledges_of(busy, run, while_below="display")]
    assert {row.words for row in found} == {"The pledge of cal to Bor has lapsed (oath:ara)."}
    assert {row.private_to for row in found} == {("cal", "bor")}


def test_events_and_signals_in_words(told: tuple[Happening, ...]) -> None:
    words = [row.words for row in told if row.kind in ("event", "signal")]
    assert words == [
        "A provocation injures Bor (blow).",
        "Bor to Ara & Sons: threat (call).",
        "Cal to Ara & Sons, in private: reassurance (whisper).",
        "Cal to Ara & Sons, in private: warning that cal stands by Bor (leaked).",
        "Mediation between Ara & Sons and Bor by cal (talks).",
        "It is reported that cal said to Ara & Sons: warning that cal stands by Bor (leaked).",
        "A shock inside Ara & Sons (unrest).",
        "An accident by Ara & Sons injures Bor (crash).",
    ]


def test_an_act_that_all_saw_its_author_do_is_told_with_its_author() -> None:
    fleet = {"kind": "provocation", "date": 1, "victims": [{"actor": "bor", "severity": 0.1}]}
    scenario = Scenario.from_dict(
        {
            "name": "words",
            "horizon": 3,
            "actors": {"ara": {"name": "Ara"}, "bor": {"name": "Bor"}},
            "fronts": {"ara-bor": {}, "bor-ara": {}},
            "events": {"fleet": fleet | {"suspects": [{"actors": ["ara"]}], "rung": "limited-strike"}},
        }
    )
    told = chronicle(esc.simulate(scenario, seed=3, engine="mesa"))
    assert "An open act by Ara, limited strike, injures Bor (fleet)." in [row.words for row in told]


def test_what_a_signal_is_about_is_told() -> None:
    said = {"date": 1, "sender": "cal", "receivers": ["ara"]}
    scenario = Scenario.from_dict(
        {
            "name": "words",
            "horizon": 3,
            "actors": {"ara": {"name": "Ara"}, "bor": {"name": "Bor"}, "cal": {"name": "Cal"}},
            "fronts": {"ara-bor": {}, "bor-ara": {}, "cal-ara": {}, "ara-cal": {}},
            "events": {"blow": {"kind": "provocation", "date": 0, "victims": [{"actor": "bor", "severity": 0.1}],
                                "suspects": [{"actors": ["ara"]}]}},
            "signals": {
                "order": said | {"kind": "demand", "subject": "bor"},
                "own": said | {"kind": "demand"},
                "plea": said | {"kind": "appeal", "subject": "bor"},
                "peace": said | {"kind": "appeal"},
                "no": said | {"kind": "refusal", "sender": "ara", "receivers": ["cal"], "subject": "order"},
                "never": said | {"kind": "refusal", "sender": "ara", "receivers": ["cal"], "channel": "private"},
                "oath": said | {"kind": "vow", "subject": "ara", "receivers": ["bor", "ara"]},
                "calm": said | {"kind": "reassurance", "subject": "bor"},
                "trap": said | {"kind": "disclosure", "subject": "bor"},
                "not-us": said | {"kind": "denial", "sender": "ara", "receivers": ["bor"], "subject": "blow"},
                "leave": said | {"kind": "authorisation", "subject": "bor"},
                "free": said | {"kind": "authorisation"},
            },
            "commitments": {"pact": {"patron": "cal", "protege": "ara"}},
        }
    )  # fmt: skip
    told = chronicle(esc.simulate(scenario, seed=3, engine="mesa"))
    assert [row.words for row in told if row.kind == "signal"] == [
        "Cal to Ara: demand for restraint towards Bor (order).",
        "Cal to Ara: demand (own).",
        "Cal to Ara: appeal for restraint towards Bor (plea).",
        "Cal to Ara: appeal for restraint (peace).",
        "Ara to Cal: refusal of order (no).",
        "Ara to Cal, in private: refusal (never).",
        "Cal to Bor and Ara: vow against Ara (oath).",
        "Cal to Ara: reassurance about Bor (calm).",
        "Cal to Ara: disclosure of the motive of Bor (trap).",
        "Ara to Bor: denial of blow (not-us).",
        "Cal to Ara: authorisation to act against Bor (leave).",
        "Cal to Ara: authorisation (free).",
    ]


def test_a_private_word_is_known_to_those_it_was_between(busy: Scenario, told: tuple[Happening, ...]) -> None:
    def heard(actor: str) -> list[str]:
        return [row.words for row in known_to(told, actor, busy) if "private" in row.words]

    assert len(heard("ara")) == len(heard("cal")) == 2
    assert heard("bor") == []
    assert any("It is reported" in row.words for row in known_to(told, "bor", busy))


def test_a_covert_act_is_known_to_its_author_and_without_one_to_its_victim(busy: Scenario) -> None:
    covert = Happening(4.0, busy.start, "act", "Ara & Sons against Bor: limited-strike (covert).", 3, "ara-bor", True)
    assert known_to([covert], "ara", busy) == (covert,)
    assert known_to([covert], "cal", busy) == ()
    (suffered,) = known_to([covert], "bor", busy)
    assert suffered.words == "Somebody does something to Bor by an undisclosed hand: limited-strike."
    assert suffered.front == ""


def test_a_player_sees_the_morning_and_not_yet_the_day(busy: Scenario) -> None:
    here = begin(busy, "bor", seed=3)
    assert here.situation is not None
    day = here.situation.day
    evening = chronicle(here.trajectory)
    morning = chronicle(here.trajectory, next_morning=True)
    assert morning[: len(evening)] == evening
    assert all(row.day < day for row in evening)
    assert all(row.day <= day for row in morning)
    whole = chronicle(esc.simulate(busy, seed=3, engine="mesa"))
    assert [row for row in whole if row.day == day and row.kind in ("event", "signal", "incident")] == [
        row for row in morning if row.day == day
    ]


def test_before_anything_happened_nothing_is_told(busy: Scenario) -> None:
    first = begin(busy.replace("actors.ara.tempo", 0.01).replace("horizon", 10), "ara", seed=3)
    assert first.situation is not None
    assert first.situation.day == 1.0
    assert chronicle(first.trajectory) == ()
    assert chronicle(first.trajectory, next_morning=True) != ()


def test_a_war_by_commitment_says_whose() -> None:
    pledge = {"patron": "rus", "protege": "srb", "adversary": "aut", "credence": {"mean": 0.99}}
    scenario = Scenario.from_dict(
        {
            "name": "chain",
            "horizon": 30,
            "actors": {"aut": {"name": "Austria"}, "srb": {"name": "Serbia"}, "rus": {"name": "Russia"}},
            "fronts": {"aut-srb": {"revisionism": 0.9, "stake": 3.0}, "srb-aut": {}},
            "commitments": {"slavs": pledge},
            "rules": {"belligerency": True, "joining": "credence", "brinkmanship_scale": 0.5},
        }
    )
    told = [
        happening.words
        for run in range(40)
        for happening in chronicle(esc.simulate(scenario, seed=1, run=run))
        if happening.kind == "war" and happening.front in ("rus-aut", "aut-rus")
    ]
    said = "because Russia stands by Serbia, which is at war"
    assert any(said in words for words in told), told


def test_what_everybody_knows_is_known_to_each(busy: Scenario, told: tuple[Happening, ...]) -> None:
    covert = Happening(4.0, busy.start, "act", "Ara & Sons against Bor: limited-strike (covert).", 3, "ara-bor", True)
    rows = (*told, covert)
    known = [known_to(rows, actor, busy) for actor in busy.actors]
    public = known_to_all(rows)
    assert public == tuple(row for row in rows if all(row in each for each in known))
    assert any(row.private_to for row in rows if row not in public)
    assert covert not in public
