"""Hypotheses about conciliation, which is on by default."""

from __future__ import annotations

from hypotheses.haniyeh import haniyeh
from hypotheses.measuring import Hypothesis, Measure
from hypotheses.neutral import attack, quarrel, saying
from hypotheses.trying import CHALLENGE, IRAN, REVENGE, compared, moved

from escalation.world.scenario import Scenario

__all__ = ["CONCILIATION"]


def agreement(front: str) -> Measure:
    """An agreement on a front."""
    return Measure(f"an agreement, {front}", lambda lowered, out: out["agreed"][:, lowered.front_ids.index(front)] >= 0)


def concession(front: str) -> Measure:
    """A conciliatory act on a front."""
    return Measure(
        f"a concession, {front}", lambda lowered, out: out["conceded"][:, lowered.front_ids.index(front)] >= 0
    )


def open_quarrel() -> Scenario:
    return quarrel().replace("rules.conciliation", True)


def open_haniyeh() -> Scenario:
    return haniyeh().replace("rules.conciliation", True)


def demanded() -> Scenario:
    demand = {"kind": "demand", "date": 1, "sender": "defender", "receivers": ["challenger"], "due": 60.0}
    return saying(open_quarrel(), "demand", **demand)


def both_afraid() -> Scenario:
    scenario = open_quarrel().replace("fronts.challenger-defender.fear", 0.5)
    return scenario.replace("fronts.defender-challenger.fear", 0.5)


BAITED = (
    "Whoever believes that its adversary wants to be struck refuses the bait, and part of what it does not strike it "
    "conciliates; that outweighs the smaller hope of an answer in kind."
)
AGREE = agreement("challenger-defender")
IRAN_AGREES = agreement("irn-isr")

CONCILIATION: tuple[Hypothesis, ...] = (
    Hypothesis(
        "conciliation",
        "An actor that can make amends and concede strikes less than one that can only hold still or strike.",
        ("Osgood1962",),
        (
            moved(quarrel, CHALLENGE, "-", {"rules.conciliation": (False, True)}),
            moved(haniyeh, IRAN, "-", {"rules.conciliation": (False, True)}),
        ),
    ),
    Hypothesis(
        "fear-of-exploitation",
        "The more two fear to be attacked whatever they do, the more seldom they agree.",
        ("Kydd2005", "Jervis1976"),
        (
            moved(
                open_quarrel,
                AGREE,
                "-",
                {"fronts.challenger-defender.fear": (0.05, 0.6), "fronts.defender-challenger.fear": (0.05, 0.6)},
            ),
            moved(
                open_haniyeh, IRAN_AGREES, "-", {"fronts.irn-isr.fear": (0.05, 0.6), "fronts.isr-irn.fear": (0.05, 0.6)}
            ),
        ),
    ),
    Hypothesis(
        "wish-to-be-struck",
        "An adversary that is believed to want to be struck is offered less, and the two agree more seldom.",
        ("KyddWalter2002",),
        (
            moved(
                lambda: open_quarrel().replace("rules.bait", 0.0),
                AGREE,
                "-",
                {"fronts.challenger-defender.motive": (0.0, 0.8)},
                words=", with a weight of 0 for bait",
            ),
            moved(
                open_quarrel,
                AGREE,
                "-",
                {"fronts.challenger-defender.motive": (0.0, 0.8)},
                fails=BAITED,
            ),
            moved(
                lambda: open_haniyeh().replace("rules.bait", 0.0),
                IRAN_AGREES,
                "-",
                {"fronts.irn-isr.motive": (0.0, 0.8)},
                words=", with a weight of 0 for bait",
            ),
        ),
    ),
    Hypothesis(
        "demand-met",
        "What an adversary demands is given more often than what it does not ask for, since it settles the account.",
        ("Osgood1962",),
        (compared("without → with a public demand", open_quarrel, demanded, AGREE, "+"),),
        absent="The adversaries of that crisis demand nothing of one another there; others call on them.",
    ),
    Hypothesis(
        "loss-to-force",
        "The more an actor loses to force by having conciliated, the more seldom the two agree.",
        ("Kydd2005",),
        (
            moved(open_quarrel, AGREE, "-", {"rules.exploited": (0.0, 3.0)}),
            moved(open_haniyeh, IRAN_AGREES, "-", {"rules.exploited": (0.0, 3.0)}),
        ),
    ),
    Hypothesis(
        "what-conciliation-tells",
        "The more a conciliatory act tells of having no intention to attack, the more often two agree that fear "
        "one another.",
        ("Kydd2005", "Osgood1962"),
        (
            moved(
                both_afraid, AGREE, "+", {"rules.conciliation_strength": (1.0, 9.0)}, words=", fear 0.5 on both sides"
            ),
            moved(open_haniyeh, IRAN_AGREES, "+", {"rules.conciliation_strength": (1.0, 9.0)}),
        ),
    ),
    Hypothesis(
        "worth-of-an-agreement",
        "The more an agreement is worth, and the less an offer gives away, the more often two agree.",
        ("Osgood1962",),
        (
            moved(open_quarrel, AGREE, "+", {"rules.peace": (0.0, 0.5)}),
            moved(open_quarrel, AGREE, "-", {"rules.concession": (0.0, 0.4)}),
            moved(open_haniyeh, IRAN_AGREES, "+", {"rules.peace": (0.0, 0.5)}),
            moved(open_haniyeh, IRAN_AGREES, "-", {"rules.concession": (0.0, 0.4)}),
        ),
    ),
    Hypothesis(
        "what-amends-make-good",
        "The more of an injury amends make good, the less its victim strikes.",
        ("Osgood1962",),
        (
            moved(attack, REVENGE, "-", {"rules.amends": (0.0, 1.0)}),
            moved(open_haniyeh, IRAN, "-", {"rules.amends": (0.0, 1.0)}),
        ),
    ),
)
