"""Hypotheses about the terms of pledges: from when to when they hold, on what condition, and to how many."""

from __future__ import annotations

from hypotheses.haniyeh import haniyeh
from hypotheses.measuring import Hypothesis, begins_with, strikes
from hypotheses.neutral import Data, saying, supported, with_patron
from hypotheses.trying import CHALLENGE, IRAN, ISRAEL, compared, moved

from escalation.world.scenario import Scenario

__all__ = ["PLEDGES"]

ALWAYS_OR_ON_CONDITION = {"rules.leash_holds": ("always", "on-condition")}
LIMITED = "limited-strike"
LEAVE: Data = {
    "kind": "authorisation",
    "date": 0,
    "sender": "patron",
    "receivers": ["challenger"],
    "due": 60.0,
    "channel": "private",
    "credence": 1.0,
    "alignment": 1.0,
}
AMERICAN_LEAVE: Data = {**LEAVE, "date": 4, "sender": "usa", "receivers": ["isr"], "subject": "irn", "planned": True}


def pledged(**term: float) -> Scenario:
    scenario = with_patron(protege="defender", credence=0.95)
    for name, day in term.items():
        scenario = scenario.replace(f"commitments.pledge.{name}", day)
    return scenario


def pledged_to_israel(lapses: float | None) -> Scenario:
    data = haniyeh().replace("commitments.usa-isr.credence.mean", 0.95).to_dict()
    if lapses is not None:
        data["commitments"]["usa-isr"] |= {"lapses": lapses, "planned": True}
    return Scenario.from_dict(data)


def held_back(*, leave: bool, rung: str | None = None, conditional: bool = True) -> Scenario:
    """Return the quarrel of a challenger whose patron holds it back, and may give it leave to act."""
    scenario = with_patron(protege="challenger", conditional=conditional).replace("rules.leash", 1.0)
    return saying(scenario, "leave", **LEAVE, rung=rung) if leave else scenario


def israel_held_back(*, leave: bool, rung: str | None = None, conditional: bool = True) -> Scenario:
    """Return the crisis in which America holds Israel back by a pledge on condition or not, and may let it act."""
    scenario = haniyeh().replace("commitments.usa-isr.conditional", conditional).replace("rules.leash", 1.0)
    return saying(scenario, "leave", **AMERICAN_LEAVE, rung=rung) if leave else scenario


def two_proteges(*, one_promise: bool) -> Scenario:
    """Return the quarrel with a second defender, and a patron pledged to both that seldom keeps its word."""
    pledge = {"patron": "patron", "adversary": "challenger", "stake": 0.01, "credence": {"mean": 0.8, "weight": 1.0}}
    apart = {name: {"protege": name, **pledge} for name in ("defender", "neighbour")}
    together = {"promise": {"protege": ["defender", "neighbour"], **pledge}}
    return Scenario.from_dict(
        {
            "name": "quarrel",
            "horizon": 60,
            "actors": {
                "challenger": {},
                "defender": {},
                "neighbour": {},
                "patron": {"capability": 2.0, "precision": 100.0, "audience_cost": 0.0},
            },
            "fronts": {
                "challenger-defender": {"revisionism": 1.0},
                "defender-challenger": {},
                "challenger-neighbour": {"revisionism": 0.7},
                "neighbour-challenger": {},
            },
            "commitments": together if one_promise else apart,
            "rules": {"joining": "utility", "reputation": 0.0},
        }
    )


PLEDGES: tuple[Hypothesis, ...] = (
    Hypothesis(
        "pledge-in-force",
        "A pledge deters for as long as it is in force: the later it lapses, and the sooner it begins, the less the "
        "protégé is struck.",
        ("Huth1988", "Leeds2002"),
        (
            compared(
                "a pledge that lapses on day 5 → one that does not",
                lambda: pledged(lapses=5.0),
                pledged,
                CHALLENGE,
                "-",
            ),
            compared("a pledge from day 40 → from the start", lambda: pledged(begins=40.0), pledged, CHALLENGE, "-"),
            compared(
                "the American pledge to Israel lapses on day 5 → does not, credence 0.95",
                lambda: pledged_to_israel(5.0),
                lambda: pledged_to_israel(None),
                IRAN,
                "-",
            ),
        ),
    ),
    Hypothesis(
        "pledge-forfeited-by-force",
        "A protégé that forfeits its patron's pledge by using force strikes less than one that does not.",
        ("Snyder1984", "Benson2011"),
        (
            moved(
                lambda: with_patron(protege="challenger", credence=0.75),
                CHALLENGE,
                "-",
                {"commitments.pledge.while_below": (None, "limited-strike")},
            ),
            moved(haniyeh, ISRAEL, "-", {"commitments.usa-isr.while_below": (None, "limited-strike")}),
        ),
    ),
    Hypothesis(
        "pledge-without-condition",
        "A patron whose pledge has no condition holds nobody back: where a leash needs a condition, its protégé "
        "strikes more.",
        ("Benson2011", "Snyder1984"),
        (
            moved(supported, CHALLENGE, "+", ALWAYS_OR_ON_CONDITION),
            moved(haniyeh, ISRAEL, "+", ALWAYS_OR_ON_CONDITION),
        ),
    ),
    Hypothesis(
        "leave-to-act",
        "A protégé that is held back by a pledge on condition strikes more once its patron gives it leave to act.",
        ("Pressman2008", "FangJohnsonLeeds2014"),
        (
            compared(
                "without → with private leave to act",
                lambda: held_back(leave=False),
                lambda: held_back(leave=True),
                CHALLENGE,
                "+",
            ),
            compared(
                "without → with private American leave to act, pledge on condition",
                lambda: israel_held_back(leave=False),
                lambda: israel_held_back(leave=True),
                ISRAEL,
                "+",
            ),
        ),
    ),
    Hypothesis(
        "leave-up-to-a-rung",
        "Leave to act up to a rung makes a first act up to that rung likelier, and a higher one less likely, since the "
        "lower one takes its place; leave for any act makes the higher one likelier than that.",
        ("Pressman2008",),
        (
            compared(
                "without → with private leave up to a limited strike",
                lambda: held_back(leave=False),
                lambda: held_back(leave=True, rung=LIMITED),
                begins_with("challenger-defender", major=False),
                "+",
            ),
            compared(
                "without → with private leave up to a limited strike",
                lambda: held_back(leave=False),
                lambda: held_back(leave=True, rung=LIMITED),
                begins_with("challenger-defender", major=True),
                "-",
            ),
            compared(
                "private leave up to a limited strike → for any act",
                lambda: held_back(leave=True, rung=LIMITED),
                lambda: held_back(leave=True),
                begins_with("challenger-defender", major=True),
                "+",
            ),
            compared(
                "without → with private American leave up to a limited strike, pledge on condition",
                lambda: israel_held_back(leave=False),
                lambda: israel_held_back(leave=True, rung=LIMITED),
                begins_with("isr-irn", major=False),
                "+",
            ),
            compared(
                "without → with private American leave up to a limited strike, pledge on condition",
                lambda: israel_held_back(leave=False),
                lambda: israel_held_back(leave=True, rung=LIMITED),
                begins_with("isr-irn", major=True),
                "-",
                fails="Of the sign expected, but too small for the interval by which cases are judged: Israel seldom "
                "begins with a major strike, with or without the leave.",
            ),
            compared(
                "private American leave up to a limited strike → for any act, pledge on condition",
                lambda: israel_held_back(leave=True, rung=LIMITED),
                lambda: israel_held_back(leave=True),
                begins_with("isr-irn", major=True),
                "+",
                fails="Of the sign expected, but too small for the interval by which cases are judged, as above.",
            ),
        ),
    ),
    Hypothesis(
        "leave-where-nothing-holds-back",
        "Under a pledge without a condition leave to act changes nothing, for the patron holds its protégé back from "
        "nothing.",
        ("Benson2011",),
        (
            compared(
                "without → with private leave to act, pledge without a condition",
                lambda: held_back(leave=False, conditional=False),
                lambda: held_back(leave=True, conditional=False),
                CHALLENGE,
                "0",
                margin=0.001,
            ),
            compared(
                "without → with private American leave to act, pledge without a condition",
                lambda: israel_held_back(leave=False, conditional=False),
                lambda: israel_held_back(leave=True, conditional=False),
                ISRAEL,
                "0",
                margin=0.002,
            ),
        ),
    ),
    Hypothesis(
        "one-promise-to-several",
        "Who sees a promise broken to one protégé doubts it for all: the second protégé is struck more where the two "
        "share one promise than where each has its own.",
        ("Schelling1966",),
        (
            compared(
                "two pledges of a patron that seldom keeps its word → one promise to both",
                lambda: two_proteges(one_promise=False),
                lambda: two_proteges(one_promise=True),
                strikes("challenger-neighbour"),
                "+",
            ),
        ),
        absent="Each pledge of that crisis is to one protégé.",
    ),
)
