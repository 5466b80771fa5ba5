"""Hypotheses about words that bind, are taken back or grant something: ultimatums, withdrawals and concessions."""

from __future__ import annotations

from hypotheses.conciliation import AGREE, IRAN_AGREES, agreement, concession, demanded
from hypotheses.haniyeh import haniyeh, restraint_demanded
from hypotheses.measuring import Hypothesis, strikes
from hypotheses.neutral import Data, attack, quarrel, saying, vowed
from hypotheses.trying import CHALLENGE, IRAN, ISRAEL, REVENGE, compared, moved

from escalation.world.scenario import Scenario

__all__ = ["BINDING"]

DEFENCE = strikes("defender-challenger")
AFTERMATH = agreement("victim-suspect")
DEFENDER_CONCEDES = concession("defender-challenger")
IRAN_CONCEDES = concession("irn-isr")
ISRAEL_CONCEDES = concession("isr-irn")

ULTIMATUM: Data = {
    "kind": "demand",
    "date": 1,
    "sender": "challenger",
    "receivers": ["defender"],
    "rung": "limited-strike",
    "due": 10.0,
}
ISRAELS_ULTIMATUM: Data = {**ULTIMATUM, "date": 4, "sender": "isr", "receivers": ["irn"], "planned": True}
WITHDRAWAL: Data = {"kind": "withdrawal", "sender": "challenger", "receivers": ["defender"], "subject": "vow"}
CLAIM: Data = {"kind": "demand", "date": 3, "sender": "victim", "receivers": ["suspect"], "due": 60.0}
IRANS_CLAIM: Data = {**CLAIM, "date": 4, "sender": "irn", "receivers": ["isr"], "planned": True}
CALL: Data = {**CLAIM, "sender": "bystander", "receivers": ["victim"], "subject": "suspect"}


def threatened(or_else: float | None) -> Scenario:
    return saying(quarrel(), "ultimatum", **{**ULTIMATUM, "or_else": or_else})


def iran_threatened(or_else: float | None) -> Scenario:
    return saying(haniyeh(), "ultimatum", **{**ISRAELS_ULTIMATUM, "or_else": or_else})


def taken_back(day: float) -> Scenario:
    return saying(vowed(), "withdrawal", **{**WITHDRAWAL, "date": day})


def irans_vows_taken_back() -> Scenario:
    scenario = haniyeh()
    for name in ("khamenei-vow", "government-vow"):
        words: Data = {"kind": "withdrawal", "date": 5, "sender": "irn", "receivers": ["isr"], "planned": True}
        scenario = saying(scenario, f"{name}-withdrawn", subject=name, **words)
    return scenario


def claimed(share: float | None) -> Scenario:
    """Return the attack whose victim demands something of the suspect, which may grant a part."""
    scenario = saying(attack(), "claim", **CLAIM)
    words: Data = {"kind": "concession", "date": 5, "sender": "suspect", "receivers": ["victim"], "subject": "claim"}
    return scenario if share is None else saying(scenario, "concession", **words, share=share)


def iran_claims(share: float | None) -> Scenario:
    scenario = saying(haniyeh(), "claim", **IRANS_CLAIM)
    words: Data = {"kind": "concession", "date": 6, "sender": "isr", "receivers": ["irn"], "subject": "claim"}
    return scenario if share is None else saying(scenario, "concession", **words, share=share, planned=True)


def called_on(share: float | None) -> Scenario:
    """Return the attack after which a third party demands restraint of the victim, which may grant a part."""
    scenario = saying(attack(), "call", **CALL)
    words: Data = {"kind": "concession", "date": 4, "sender": "victim", "receivers": ["bystander"], "subject": "call"}
    return scenario if share is None else saying(scenario, "concession", **words, share=share)


def iran_called_on(share: float | None) -> Scenario:
    words: Data = {"kind": "concession", "date": 5, "sender": "irn", "receivers": ["usa"], "planned": True}
    words["subject"] = "us-call-for-restraint"
    scenario = restraint_demanded("public")
    return scenario if share is None else saying(scenario, "concession", **words, share=share)


def warned_off() -> Scenario:
    """Return the quarrel whose defender has threatened to answer force with major force."""
    words: Data = {"kind": "threat", "date": 1, "sender": "defender", "receivers": ["challenger"], "due": 60.0}
    return saying(quarrel(), "threat", **words, trigger="limited-strike", rung="major-strike")


def announced() -> Scenario:
    """Return the quarrel whose challenger has vowed to strike within a month."""
    words: Data = {"kind": "vow", "date": 1, "sender": "challenger", "receivers": ["defender"], "due": 30.0}
    return saying(quarrel(), "vow", **words)


BINDING: tuple[Hypothesis, ...] = (
    Hypothesis(
        "ultimatum",
        "A sender that has said by what day it will act if its demand is not met strikes more than one that has "
        "demanded the same and bound itself to nothing.",
        ("Fearon1997",),
        (
            compared(
                "a public demand → the same with `or_else` 10",
                lambda: threatened(None),
                lambda: threatened(10.0),
                CHALLENGE,
                "+",
            ),
            compared(
                "a public demand by Israel of Iran → the same with `or_else` 10",
                lambda: iran_threatened(None),
                lambda: iran_threatened(10.0),
                ISRAEL,
                "+",
            ),
        ),
    ),
    Hypothesis(
        "ultimatum-and-its-receiver",
        "Who is given an ultimatum strikes less than who is asked for the same without one.",
        ("Schelling1966", "Fearon1997"),
        (
            compared(
                "a public demand → the same with `or_else` 10",
                lambda: threatened(None),
                lambda: threatened(10.0),
                DEFENCE,
                "-",
                fails="By the last day of the ultimatum its receiver has made concessions in 0.019 more of the runs, "
                "and strikes as often. From then on its sender strikes more where it was not met, and is answered.",
            ),
            compared(
                "a public demand by Israel of Iran → the same with `or_else` 10",
                lambda: iran_threatened(None),
                lambda: iran_threatened(10.0),
                IRAN,
                "-",
                fails="By the last day of the ultimatum Iran has made concessions in 0.026 more of the runs, but "
                "strikes in 0.026 more, too: if restraint is answered with force, little is gained by it. Israel, "
                "once it is bound, adds to that.",
            ),
        ),
    ),
    Hypothesis(
        "ultimatum-met",
        "Who is given an ultimatum makes concessions more often than who is asked for the same without one, and the "
        "more so, the more such words are expected to be kept.",
        ("Schelling1966", "Fearon1994"),
        (
            compared(
                "a public demand → the same with `or_else` 10",
                lambda: threatened(None),
                lambda: threatened(10.0),
                DEFENDER_CONCEDES,
                "+",
            ),
            moved(
                lambda: threatened(10.0),
                DEFENDER_CONCEDES,
                "+",
                {"rules.threat_credibility": (0.0, 1.0)},
                words=", with an ultimatum",
            ),
            compared(
                "a public demand by Israel of Iran → the same with `or_else` 10",
                lambda: iran_threatened(None),
                lambda: iran_threatened(10.0),
                IRAN_CONCEDES,
                "+",
                fails="Of the sign expected, but too small for the interval by which cases are judged. By the last day "
                "of the ultimatum Iran has conceded in 0.026 more of the runs. Without one it often does so later.",
            ),
        ),
    ),
    Hypothesis(
        "expected-threat",
        "The more a threat of an answer is expected to be kept, the less it is put to the test.",
        ("Fearon1994", "Huth1988"),
        (
            moved(
                warned_off,
                CHALLENGE,
                "-",
                {"rules.threat_credibility": (0.0, 1.0)},
                words=", with a public threat by the defender",
            ),
            moved(haniyeh, IRAN, "-", {"rules.threat_credibility": (0.0, 1.0)}),
        ),
    ),
    Hypothesis(
        "expected-vow",
        "The more a vow to strike is expected to be kept, the less its receiver concedes: it would be struck all the "
        "same.",
        ("Fearon1994",),
        (
            moved(
                announced,
                DEFENDER_CONCEDES,
                "-",
                {"rules.threat_credibility": (0.0, 1.0)},
                words=", with a public vow by the challenger",
            ),
            moved(haniyeh, ISRAEL_CONCEDES, "-", {"rules.threat_credibility": (0.0, 1.0)}),
        ),
    ),
    Hypothesis(
        "word-taken-back",
        "An actor that takes its vow back strikes less than one whose vow stands, and the less the sooner it does so.",
        ("LevenduskyHorowitz2012",),
        (
            compared(
                "a public vow → the same taken back on day 5",
                vowed,
                lambda: taken_back(5.0),
                CHALLENGE,
                "-",
            ),
            compared(
                "a public vow taken back on day 3 → on day 18",
                lambda: taken_back(3.0),
                lambda: taken_back(18.0),
                CHALLENGE,
                "+",
            ),
            compared("Iran's vows → the same taken back on day 5", haniyeh, irans_vows_taken_back, IRAN, "-"),
        ),
    ),
    Hypothesis(
        "part-granted",
        "An injured actor that is granted a part of what it demands strikes less, and the less the greater the part.",
        ("Osgood1962",),
        (
            compared(
                "a public demand → the same, half of it granted",
                lambda: claimed(None),
                lambda: claimed(0.5),
                REVENGE,
                "-",
            ),
            compared("part granted 0.1 → 0.9", lambda: claimed(0.1), lambda: claimed(0.9), REVENGE, "-"),
            compared(
                "a public demand by Iran of Israel → the same, half of it granted",
                lambda: iran_claims(None),
                lambda: iran_claims(0.5),
                IRAN,
                "-",
            ),
        ),
    ),
    Hypothesis(
        "part-granted-and-face",
        "An actor that has granted most of what a third party demands of it in public has less face left to lose by "
        "giving in, and agrees with its adversary more often.",
        ("Kurizaki2007",),
        (
            compared(
                "a public demand by a third party → the same, nine tenths of it granted",
                lambda: called_on(None),
                lambda: called_on(0.9),
                AFTERMATH,
                "+",
            ),
            compared(
                "the call for restraint as a public demand → the same, nine tenths of it granted by Iran",
                lambda: iran_called_on(None),
                lambda: iran_called_on(0.9),
                IRAN_AGREES,
                "+",
            ),
        ),
    ),
    Hypothesis(
        "assurance-of-a-demand",
        "The more a demand assures that whoever meets it is met in kind, the more often the two agree.",
        ("Schelling1966", "KyddMcManus2017"),
        (moved(demanded, AGREE, "+", {"rules.assurance": (0.0, 1.0)}, words=", with a public demand"),),
        absent="The adversaries of that crisis demand nothing of one another there; others call on them.",
    ),
)
