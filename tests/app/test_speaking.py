"""What can be said: every form that is open makes a statement that can be said."""

from __future__ import annotations

import dataclasses

import pytest

import escalation as esc
from escalation.app.game import Position, begin, chairs
from escalation.app.speaking import KIND_WORDS, Draft, Form, forms
from escalation.engines.statements import KINDS
from escalation.world.scenario import Scenario


def offered(here: Position) -> dict[str, Form]:
    assert here.briefing is not None
    assert here.situation is not None
    return {form.kind: form for form in forms(here.briefing, here.situation.heard)}


@pytest.mark.parametrize("name", ["two-state-deterrence", "haniyeh-2024"])
def test_every_open_form_makes_what_can_be_said(name: str) -> None:
    scenario = esc.load(name)
    said = set()
    for actor in chairs(scenario)[:3]:
        here = begin(scenario, actor, seed=1)
        if here.situation is None:
            continue
        for kind, form in offered(here).items():
            assert bool(form.closed) != bool(form.to or form.about)
            if not form.closed:
                everybody = tuple(actor for actor, _ in form.to)
                statement = Draft(kind, to=everybody).statement(form, scenario)
                if form.to:
                    assert statement.receivers == (everybody if form.several else everybody[:1])
                assert here.say(statement).briefing is not None
                said.add(kind)
    assert {"vow", "threat", "reassurance", "demand", "denial"} <= said
    assert ("appeal" in said) == (name == "haniyeh-2024"), "of two adversaries neither can appeal to a third for others"


def test_every_kind_has_words() -> None:
    assert set(KIND_WORDS) == set(KINDS)


def test_what_there_is_nothing_for_is_closed_with_a_reason(busy: Scenario) -> None:
    found = offered(begin(busy.without("blow"), "ara", seed=3))
    assert found["withdrawal"].closed == (
        "You have made no threat, vow or demand to take back, and given nobody leave to act."
    )
    assert found["concession"].closed == "Nothing has been demanded of you."
    assert found["warning"].closed == found["authorisation"].closed == "You have pledged to stand by nobody."
    assert found["appeal"].closed == "Nobody else faces anybody to whom this could matter."
    mute = busy.replace("rules.public_word", 0.0).replace("rules.private_word", 0.0)
    assert "has no weight in this scenario" in offered(begin(mute, "ara", seed=3))["reassurance"].closed


def test_a_word_can_be_taken_back_and_a_demand_granted(busy: Scenario) -> None:
    from escalation.world.signal import Signal

    claim = Signal(id="claim", kind="demand", date=1, sender="bor", receivers=("ara",))
    crisis = busy.with_signal(claim)
    here = begin(crisis, "ara", seed=3)
    granted = Draft("concession", share=0.25).statement(offered(here)["concession"], here.trajectory.scenario)
    assert (granted.subject, granted.receivers, granted.share) == ("claim", ("bor",), 0.25)
    vow = Draft("vow", rung="display").statement(offered(here)["vow"], crisis)
    later = here.say(granted).say(vow).choose("restraint")
    back = Draft("withdrawal").statement(offered(later)["withdrawal"], later.trajectory.scenario)
    assert (back.subject, back.receivers) == ("ara-said-2", ("bor",))
    later.say(back)


def test_a_patron_gives_leave_to_its_proteges_and_takes_it_back() -> None:
    scenario = esc.load("haniyeh-2024")
    here = begin(scenario, "irn", seed=1)
    form = offered(here)["authorisation"]
    assert form.to == (("hzb", "Hezbollah"),)
    assert form.about == (("", "whomever you are pledged against"), ("isr", "Israel"))
    assert form.rungs[0] == ("", "any act")
    plain = Draft("authorisation").statement(form, scenario)
    assert (plain.receivers, plain.subject, plain.rung) == (("hzb",), None, None)
    leave = Draft("authorisation", about="isr", rung="limited-strike").statement(form, scenario)
    assert (leave.receivers, leave.subject, leave.rung) == (("hzb",), "isr", "limited-strike")
    later = here.say(leave).choose("restraint")
    taken = Draft("withdrawal", about="irn-said-1").statement(offered(later)["withdrawal"], later.trajectory.scenario)
    assert (taken.subject, taken.receivers) == ("irn-said-1", ("hzb",))
    later.say(taken)


def test_whoever_holds_nobody_back_can_give_no_leave() -> None:
    scenario = esc.load("haniyeh-2024").replace("commitments.irn-hzb.conditional", False)
    closed = offered(begin(scenario, "irn", seed=1))["authorisation"].closed
    assert closed == "None of your pledges is on condition, so you hold nobody back."
    always = scenario.replace("rules.leash_holds", "always")
    assert offered(begin(always, "irn", seed=1))["authorisation"].to == (("hzb", "Hezbollah"),)


def test_whoever_holds_back_with_strength_0_can_give_no_leave() -> None:
    scenario = esc.load("haniyeh-2024").replace("commitments.irn-hzb.strength", 0.0)
    closed = offered(begin(scenario, "irn", seed=1))["authorisation"].closed
    assert closed == "Your pledges that could hold somebody back have strength 0, so you hold nobody back."


def test_what_does_not_fit_a_form_gives_way_to_its_first(busy: Scenario) -> None:
    form = offered(begin(busy, "ara", seed=3))["demand"]
    draft = Draft("demand", to=("nobody",), about="x", rung="", or_else=7.0)
    assert draft.statement(form, busy).or_else is None, "who threatens nothing is bound to nothing"
    threat = dataclasses.replace(draft, rung="display")
    assert threat.statement(form, busy).receivers == ("bor",)
    assert threat.statement(form, busy).or_else == 7.0


def test_only_a_private_word_can_leak(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3)
    form = offered(here)["threat"]
    draft = Draft("threat", channel="private", leak=0.1)
    assert draft.statement(form, busy).leak == 0.1
    assert dataclasses.replace(draft, channel="public").statement(form, busy).leak == 0.0
    assert here.briefing is not None
    assert any("If it leaks" in words for words in here.briefing.cost(draft.statement(form, busy)))
    here.say(draft.statement(form, busy))


def test_a_word_to_several_is_one_word_as_in_a_scenario_that_has_it(busy: Scenario) -> None:
    """A run in which the model chooses all acts is equal to the bit to one of the scenario with that signal."""
    scenario = esc.load("haniyeh-2024")
    here = begin(scenario, "irn", seed=1)
    form = offered(here)["reassurance"]
    assert form.several
    assert Draft("reassurance").statement(form, scenario).receivers == (), "nobody is chosen beforehand"
    statement = Draft("reassurance", to=("isr", "nobody", "usa")).statement(form, scenario)
    assert statement.receivers == ("isr", "usa")
    assert here.briefing is not None
    assert here.briefing.cost(statement)
    day, here = here.day, here.say(statement)
    while here.situation is not None:
        here = here.choose(here.situation.preferred)
    played = here.trajectory.scenario
    (said,) = (signal for name, signal in played.signals.items() if name not in scenario.signals)
    assert (said.receivers, said.date > day) == (("isr", "usa"), True)
    alone = esc.simulate(scenario.with_signal(said), seed=1)
    assert alone == here.trajectory


def test_a_word_that_is_against_somebody_is_said_to_one(busy: Scenario) -> None:
    found = offered(begin(busy, "ara", seed=3))
    assert not any(found[kind].several for kind in ("threat", "vow", "demand", "refusal"))
