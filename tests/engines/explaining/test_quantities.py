from __future__ import annotations

from typing import Any

import pytest
from crises import Play, crisis_of

from escalation.engines.explaining.changes import restraint
from escalation.engines.explaining.quantities import STAKES, Quantity, beliefs, enters, parameters
from escalation.files import load
from escalation.reports.symbols import symbol_table


def named(play: Play, front: str) -> dict[str, Quantity]:
    found = beliefs(play.crisis, play.lowered, play.f(front)) + parameters(play.crisis, play.lowered, play.f(front))
    assert len({quantity.name for quantity in found}) == len(found)
    return {quantity.name: quantity for quantity in found}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("actors.irn.audience_cost", "actors.irn.audience_cost"),
        ("actors.irn.belligerence_cost", "actors.irn.belligerence_cost"),
        ("actors.irn.domestic_pressure", "actors.irn.domestic_pressure"),
        ("fronts.irn-isr.stake", "fronts.irn-isr.stake"),
        ("fronts.irn-isr.revisionism", "fronts.irn-isr.revisionism"),
        ("fronts.irn-isr.spoiler", "fronts.irn-isr.spoiler"),
        ("fronts.irn-isr.first_strike_advantage", "fronts.irn-isr.first_strike_advantage"),
        ("actors.irn.capability", "actors.irn.capability"),
        ("actors.isr.capability", "actors.isr.capability"),
        ("actors.isr.war_cost.resolute", "actors.isr.war_cost.resolute"),
        ("actors.isr.war_cost.irresolute", "actors.isr.war_cost.irresolute"),
        ("actors.isr.honour.resolute", "actors.isr.honour.resolute"),
        ("actors.isr.honour.irresolute", "actors.isr.honour.irresolute"),
        ("fronts.isr-irn.stake", "fronts.isr-irn.stake"),
        ("fronts.isr-irn.revisionism", "fronts.isr-irn.revisionism"),
        ("fronts.irn-isr.resolve", "actors.isr.resolve"),
        ("fronts.irn-isr.fear", "fronts.irn-isr.fear"),
        ("fronts.irn-isr.motive", "fronts.irn-isr.motive"),
        ("commitments.usa-isr:irn.credence", "commitments.usa-isr.credence.mean"),
        ("rules.leash", "rules.leash"),
        ("rules.bait", "rules.bait"),
        ("rules.face", "rules.face"),
        ("rules.patron_reply", "rules.patron_reply"),
        ("rules.pressure_weight", "rules.pressure_weight"),
        ("rules.covert_discount", "rules.covert_discount"),
    ],
)
def test_a_quantity_is_what_the_scenario_says(name: str, path: str) -> None:
    play = Play(load("haniyeh-2024").replace(path, 0.321))
    assert named(play, "irn-isr")[name].read(play.crisis) == 0.321


def test_a_rule_is_told_in_stakes_where_the_scenario_states_it_in_stakes() -> None:
    found = named(Play(load("haniyeh-2024")), "irn-isr")
    rules = {name.removeprefix("rules."): quantity for name, quantity in found.items() if name.startswith("rules.")}
    units = {row[3].strip("`").removeprefix("rules."): row[2] for row in symbol_table().rows}
    in_stakes = {name for name in rules if units[name] == "stakes"}
    assert {name for name, quantity in rules.items() if quantity.unit == STAKES} == in_stakes
    assert {"leash", "bait", "destruction_cost"} <= in_stakes


@pytest.mark.parametrize(("resolve", "kind"), [(1.0, "resolute"), (0.0, "irresolute")])
def test_costs_are_those_of_the_actors_type(resolve: float, kind: str) -> None:
    actor = {"resolve": resolve, "war_cost": {"resolute": 0.1, "irresolute": 1.1}}
    play = Play(crisis_of(actors={"a": actor | {"honour": {"resolute": 0.2, "irresolute": 1.2}}}))
    found = named(play, "a-b")
    extra = 0.0 if kind == "resolute" else 1.0
    assert found[f"actors.a.war_cost.{kind}"].read(play.crisis) == 0.1 + extra
    assert found[f"actors.a.honour.{kind}"].read(play.crisis) == 0.2 + extra


def test_a_proxy_has_its_principals_beliefs_too() -> None:
    play = Play(load("haniyeh-2024"))
    found = named(play, "hzb-isr")
    assert {"fronts.hzb-isr.fear", "fronts.irn-isr.fear", "actors.hzb.control"} <= found.keys()
    assert not any(name.startswith("fronts.hzb") for name in named(play, "irn-isr"))
    assert "actors.irn.control" not in named(play, "irn-isr")


@pytest.mark.parametrize("name", ["fronts.a-b.stake", "fronts.b-a.stake"])
def test_a_stake_that_is_written_moves_what_follows_from_it(name: str) -> None:
    rules = {"brinkmanship_scale": 0.1, "injury_stakes": 0.5, "brinkmanship_stakes": 3.0}
    scenario = crisis_of(rules=rules, front={"a-b": {"revisionism": 0.5}, "b-a": {}})
    play, meant = Play(scenario), Play(scenario.replace(name, 2.0))
    for one in (play, meant):
        one.front("a-b").injury = 0.8
    named(play, "a-b")[name].write(play.crisis, 2.0)
    assert restraint(play.crisis, play.f("a-b")) == restraint(meant.crisis, meant.f("a-b"))
    assert (play.front("b-a").injury_weight, play.front("b-a").war_odds) == (
        meant.front("b-a").injury_weight,
        meant.front("b-a").war_odds,
    )


def test_a_quantity_written_is_alone_changed() -> None:
    play = Play(load("haniyeh-2024")).play(3)
    found = named(play, "irn-isr")
    before = {name: quantity.read(play.crisis) for name, quantity in found.items()}
    for name in ("events.haniyeh-killed.victims.irn.blame.isr", "fronts.irn-isr.fear"):
        found[name].write(play.crisis, 0.123)
        after = {key: quantity.read(play.crisis) for key, quantity in found.items()}
        # The injury follows from blame.
        assert {key for key in after if after[key] != before[key]} <= {name, "fronts.irn-isr.injury"}
        assert after[name] == 0.123
        found[name].write(play.crisis, before[name])


def test_covert_acts_and_incidents_are_named_by_their_front() -> None:
    process = {"rate": 5.0, "severity": 0.8, "blame": 0.6}
    play = Play(crisis_of(fronts="a-b c-b", front={"c-b": {"incidents": process}}))
    found = named(play, "b-a")
    assert not any(enters(play.crisis, found[name]) for name in found if ".blame." in name)
    play.period({"a-b": "limited-strike (covert)"})
    play.open()
    blame = found["covert.a-b.blame.a"]
    assert "covert acts (a → b)" in blame.words
    assert enters(play.crisis, blame)
    assert 0.0 < blame.read(play.crisis) < 1.0
    assert blame.moved_by == {play.f("a-b")}
    other = named(play, "b-c")["incidents.c-b.blame.c"]
    assert other.read(play.crisis) == 0.6
    assert enters(play.crisis, other)
    assert not enters(play.crisis, found["incidents.c-b.blame.a"])  # c's incident is not laid at a's door


def test_a_pledge_enters_while_it_is_known_and_open() -> None:
    pledge = {"patron": "c", "protege": "b", "adversary": "a", "public": False}
    play = Play(crisis_of(commitments={"help": pledge}))
    told, own = (named(play, front)["commitments.help:a.credence"] for front in ("a-b", "b-a"))
    assert not enters(play.crisis, told)
    assert enters(play.crisis, own)
    play.pledge("help:a").known = 1
    assert enters(play.crisis, told)
    play.pledge("help:a").joined = 1
    assert not enters(play.crisis, told)
    assert not enters(play.crisis, own)


@pytest.mark.parametrize(("channel", "known"), [("public", True), ("private", False)])
def test_leave_to_act_is_listed_for_those_who_have_heard_it(channel: str, known: bool) -> None:
    pact = {"patron": "c", "protege": "a", "adversary": "b", "conditional": True}
    leave = {"kind": "authorisation", "date": 1, "sender": "c", "receivers": ["a"], "channel": channel}
    play = Play(crisis_of(commitments={"pact": pact}, rules={"leash": 1.0}, signals={"leave": leave}))
    assert "commitments.pact:b.leave" not in named(play, "a-b")
    play.quiet(1)
    found = named(play, "a-b")["commitments.pact:b.leave"]
    assert found.words == "a's belief that c lets a act"
    assert found.read(play.crisis) == pytest.approx(0.7 * play.actor("c").honesty * 0.7)
    assert ("commitments.pact:b.leave" in named(play, "b-a")) is known


def called() -> Play:
    """A crisis in which c has called on both sides for restraint, for five days, and mediates for three."""
    return Play(
        crisis_of(
            "a-b",
            rules={"appeal": 0.4, "conciliation": True},
            signals={"plea": {"kind": "appeal", "date": 1, "due": 5, "sender": "c", "receivers": ["a", "b"]}},
            events={"talks": {"kind": "mediation", "date": 1, "parties": ["a", "b"], "strength": 0.2, "span": 3}},
        )
    )


@pytest.mark.parametrize(
    ("word", "bound"),
    [
        ({"kind": "vow"}, True),
        ({"kind": "threat"}, True),
        ({"kind": "threat", "receivers": ["c"], "subject": "a"}, True),
        ({"kind": "threat", "receivers": ["a"], "subject": "c"}, False),
        ({"kind": "demand", "rung": "display", "or_else": 5}, True),
        ({"kind": "demand", "rung": "display"}, False),
        ({"kind": "reassurance"}, False),
    ],
)
def test_what_makes_a_target_keep_its_word_is_listed_where_it_has_given_it(word: dict[str, Any], bound: bool) -> None:
    said = {"date": 1, "sender": "b", "receivers": ["a"]} | word
    found = named(Play(crisis_of("a-b c-b", signals={"said": said})), "a-b")
    assert ("rules.threat_credibility" in found) == ("actors.b.audience_cost" in found) == bound
    if bound:
        assert found["actors.b.audience_cost"].words == "b's audience cost"


def test_ones_own_words_are_listed_where_the_target_looks_ahead_to_what_one_does_next() -> None:
    threat = {"threat": {"kind": "threat", "date": 1, "sender": "a", "receivers": ["b"]}}
    assert "rules.threat_credibility" not in named(Play(crisis_of(signals=threat)), "a-b")
    found = named(Play(crisis_of(signals=threat, rules={"depth": 2})), "a-b")
    assert "rules.threat_credibility" in found
    assert "actors.b.audience_cost" not in found


def test_words_that_bind_toward_a_principal_are_listed_for_its_proxy() -> None:
    tables: dict[str, Any] = {"actors": {"c": {"principal": "a", "control": 0.5}}}
    tables["signals"] = {"threat": {"kind": "threat", "date": 1, "sender": "b", "receivers": ["a"]}}
    assert "rules.threat_credibility" in named(Play(crisis_of("a-b c-b", **tables)), "c-b")
    tables["actors"] = {}
    assert "rules.threat_credibility" not in named(Play(crisis_of("a-b c-b", **tables)), "c-b")


def test_calls_for_restraint_are_listed_on_both_sides() -> None:
    names = {f"fronts.{front}.{what}" for front in ("a-b", "b-a") for what in ("appeal", "mediation")}
    play = called().quiet(2)
    found = named(play, "a-b")
    assert names <= found.keys()
    # ω is credence .7, honesty, alignment .7.
    assert found["fronts.a-b.appeal"].read(play.crisis) == pytest.approx(0.4 * 0.7 * play.actor("c").honesty * 0.7)
    assert found["fronts.b-a.mediation"].read(play.crisis) == 0.2
    assert found["fronts.a-b.appeal"].words == "what an appeal adds to a's cost of force"
    assert not names & named(Play(crisis_of("a-b")), "a-b").keys()
    assert not names & named(Play(called().scenario.without("talks").without("plea")), "a-b").keys()


@pytest.mark.parametrize(
    ("name", "lasts"), [("fronts.a-b.appeal", 6), ("fronts.a-b.mediation", 4), ("fronts.b-a.appeal", 6)]
)
def test_a_call_for_restraint_bears_on_decisions_while_it_lasts(name: str, lasts: int) -> None:
    play = called()
    moved = []
    for _ in range(8):
        play.quiet(1)
        quantity, f = named(play, "a-b")[name], play.f("a-b")
        before, stood = restraint(play.crisis, f)[0], quantity.read(play.crisis)
        quantity.write(play.crisis, stood + 2.0)
        moved.append(restraint(play.crisis, f)[0] != before)
        quantity.write(play.crisis, stood)
    assert moved == [period <= lasts for period in range(1, 9)]
