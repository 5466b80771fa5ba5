"""A briefing: what an actor is told of what it wants, fears and has promised, and what a word may cost it."""

from __future__ import annotations

import pytest

from escalation.app.briefing import Briefing
from escalation.app.game import begin
from escalation.engines.mesa_model import CrisisModel
from escalation.engines.situation import Statement
from escalation.world.scenario import Scenario


@pytest.fixture(scope="module")
def crisis(busy: Scenario) -> Scenario:
    return busy.replace("actors.ara.audience_cost", 0.8).replace("actors.ara.honesty", 0.6)


@pytest.fixture(scope="module")
def briefing(crisis: Scenario) -> Briefing:
    told = begin(crisis, "ara", seed=3).briefing
    assert told is not None
    return told


def test_it_tells_what_is_wanted_and_feared(briefing: Briefing, crisis: Scenario) -> None:
    assert "Against Bor: stake 1.50; you want to change what there is (revisionism 0.90)." in briefing.wants
    # 1.5 to the powers 1/4, and 3/2 where the other stake is 1
    assert any("By the stakes, an injury by Bor weighs 1.11 times as much to you" in row for row in briefing.wants)
    assert any("force between you ends in war are 1.84 times those where they are 1" in row for row in briefing.wants)
    assert "Your reputation for honesty is 0.60 of 1." in briefing.wants
    model = CrisisModel(crisis, seed=3).play()
    kind = "resolute" if model.crisis.actors[0].resolute == 1 else "irresolute"
    assert any(words.startswith(f"You are {kind}, which nobody else knows") for words in briefing.wants)
    assert any(words.startswith("That cal stands by Bor against you: 0.75") for words in briefing.fears)
    assert briefing.promised == ()


def test_promises_and_words_stand_in_it(busy: Scenario) -> None:
    here = begin(busy, "ara", seed=3).say(Statement("vow", ("bor",), rung="display", due=30.0))
    assert here.briefing is not None
    assert here.briefing.said == ("Vow to Bor, in public, is heard tomorrow (ara-said-1).",)
    here = here.choose("restraint")
    assert here.briefing is not None
    assert here.briefing.said == ("Vow to Bor, in public, on day 2 (ara-said-1).",)
    assert here.briefing.promised[0].startswith("You have vowed display against Bor by day 32, in public: to do")
    patron = begin(busy, "cal", seed=3, run=1).briefing
    if patron is not None:
        assert patron.promised[0].startswith("To stand by Bor against Ara & Sons")


def test_a_broken_public_vow_is_priced_by_the_audience_cost(briefing: Briefing) -> None:
    words = briefing.cost(Statement("vow", ("bor",), rung="limited-strike"))
    assert any("up to 0.48 stakes if you then do nothing (0.80 for each unit" in row for row in words)  # 0.8 * 0.6
    assert any("takes 30% of your reputation for honesty, from 0.60 to 0.42" in row for row in words)
    expected = "Others know that, and expect at least 50% of it to weigh with you."
    assert expected in words
    private = briefing.cost(Statement("vow", ("bor",), rung="limited-strike", channel="private"))
    assert expected not in private
    assert "In private it costs nothing before your audience." in private
    leaky = briefing.cost(Statement("vow", ("bor",), rung="limited-strike", channel="private", leak=0.1))
    assert any("If it leaks, backing down costs up to 0.48 stakes" in row for row in leaky)


def test_belief_in_a_word_is_the_weight_of_the_model(briefing: Briefing) -> None:
    public = briefing.cost(Statement("reassurance", ("bor",)))
    assert any("with the weight 0.19, of 1" in row for row in public)  # 0.65 * 0.7 * 0.6 * 0.7
    assert any("makes good 10% of the injuries" in row for row in public)  # half of it
    assert any("with the weight 0.29" in row for row in briefing.cost(Statement("denial", ("bor",), channel="private")))


def test_every_kind_has_its_price(briefing: Briefing) -> None:
    for statement, words in (
        (Statement("threat", ("bor",)), "It binds you only if Bor does display or more within 14 days"),
        (Statement("demand", ("bor",)), "If it is not met, you are bound to nothing."),
        (Statement("demand", ("bor",), rung="display", or_else=5.0), "you have vowed to act within 5 days more"),
        (Statement("demand", ("bor",), channel="private"), "Nobody loses face by yielding to a private demand"),
        (Statement("appeal", ("bor",)), "For 14 days it adds 0.04 stakes per unit of intensity"),  # 0.2 * 0.19
        (Statement("refusal", ("bor",)), "its receivers hope for no concession by you"),
        (Statement("withdrawal", ("bor",)), "It ends what your word binds you to."),
        (Statement("concession", ("bor",), share=0.5), "It takes 50% off what is still demanded of you"),
        (
            Statement("authorisation", ("cal",), rung="display", subject="bor"),  # the weight of a public word, 0.19
            "19% off what your wish for restraint weighs with its receivers, in acts up to display against Bor.",
        ),
        (Statement("authorisation", ("cal",)), "weighs with its receivers, whatever they do."),
        (Statement("authorisation", ("cal",)), "It promises no help: it binds you to nothing, and costs nothing."),
        (
            Statement("warning", ("bor",), subject="oath"),
            "takes up to 30% of your reputation for honesty, by the strength",
        ),
        (Statement("demand", ("bor",)), "Nobody loses face by giving you what you demand for yourself"),
        (Statement("demand", ("bor",), subject="cal"), "Whoever yields to it loses 0.20 stakes of face"),
    ):
        assert any(words in row for row in briefing.cost(statement)), (statement.kind, briefing.cost(statement))


def test_in_the_first_version_to_yield_in_public_costs_face_and_a_broken_pledge_reputation(crisis: Scenario) -> None:
    before = crisis.replace("rules.conciliation", False).replace("rules.joining", "utility")
    told = begin(before, "ara", seed=3).briefing
    assert told is not None
    assert any("Whoever yields to it loses 0.20 stakes" in row for row in told.cost(Statement("demand", ("bor",))))
    warned = told.cost(Statement("warning", ("bor",), subject="oath"))
    assert any("0.20 stakes of reputation and 0.80 before your audience" in row for row in warned)


@pytest.mark.parametrize(("sender", "costs"), [("bor", False), ("cal", True)])
def test_a_concession_takes_face_off_a_third_partys_demand_alone(crisis: Scenario, sender: str, costs: bool) -> None:
    data = crisis.to_dict()
    data["signals"]["stop"] = {
        "kind": "demand",
        "date": 0,
        "sender": sender,
        "receivers": ["ara"],
        "subject": "bor",
    }
    told = begin(Scenario.from_dict(data), "ara", seed=3).briefing
    assert told is not None
    words = told.cost(Statement("concession", (sender,), subject="stop", share=0.5))
    assert any("as much off the 0.20 stakes of face" in row for row in words) == costs


def test_ongoing_hostilities_bind_to_nothing(busy: Scenario) -> None:
    at_it = busy.replace("fronts.ara-bor.baseline", "limited-strike")
    told = begin(at_it, "ara", seed=3).briefing
    assert told is not None
    assert told.cost(Statement("vow", ("bor",), rung="limited-strike"))[0].startswith("Ongoing hostilities do as much")
    assert not told.cost(Statement("vow", ("bor",), rung="war"))[0].startswith("Ongoing")
