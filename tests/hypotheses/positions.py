"""Hypotheses about what actors are, have, want and fear, and who stands by them."""

from __future__ import annotations

from hypotheses.haniyeh import haniyeh, irans_aims
from hypotheses.measuring import Hypothesis, strikes_before, war_between, wars
from hypotheses.neutral import (
    attack,
    avenger_with_patron,
    protected,
    quarrel,
    supported,
    with_patron,
)
from hypotheses.trying import CHALLENGE, IRAN, ISRAEL, REVENGE, compared, moved, weighed

from escalation.world.scenario import Scenario

__all__ = ["POSITIONS"]

PATRONS_WAR = war_between("patron-challenger")


def joining_by_credence() -> Scenario:
    return protected().replace("rules.joining", "credence")


def belligerent() -> Scenario:
    return joining_by_credence().replace("rules.belligerency", True)


POSITIONS: tuple[Hypothesis, ...] = (
    Hypothesis(
        "patrons-credence",
        "The likelier a target's patron is held to keep its pledge, the less an actor strikes the target.",
        ("Huth1988", "Leeds2000"),
        (
            moved(protected, CHALLENGE, "-", {"commitments.pledge.credence.mean": (0.05, 0.95)}),
            moved(haniyeh, IRAN, "-", {"commitments.usa-isr.credence.mean": (0.05, 0.95)}),
        ),
    ),
    Hypothesis(
        "wars-of-allies",
        "Where an ally of a belligerent is at war itself, patrons fight in more wars, and the more so the likelier "
        "they are to keep their word.",
        ("ChristensenSnyder1990", "Leeds2000"),
        (
            moved(joining_by_credence, PATRONS_WAR, "+", {"rules.belligerency": (False, True)}),
            moved(belligerent, PATRONS_WAR, "+", {"commitments.pledge.credence.mean": (0.05, 0.95)}),
            moved(haniyeh, war_between("usa-irn"), "+", {"rules.belligerency": (False, True)}),
        ),
    ),
    Hypothesis(
        "targets-resolve",
        "The more resolute an actor believes its target to be, the less it strikes first; the target's true type "
        "is the same in both worlds, and only strikes before the target's first act count.",
        ("Zagare2000",),
        (
            moved(
                quarrel,
                strikes_before("challenger-defender"),
                "-",
                {"fronts.challenger-defender.resolve": (0.05, 0.95)},
            ),
            moved(haniyeh, strikes_before("irn-isr"), "-", {"fronts.irn-isr.resolve": (0.05, 0.95)}, runs=20_000),
        ),
    ),
    Hypothesis(
        "cost-of-war",
        "The more a war would cost an actor, the less it strikes.",
        ("Fearon1995",),
        (
            moved(
                quarrel,
                CHALLENGE,
                "-",
                {
                    "actors.challenger.war_cost.resolute": (0.3, 1.2),
                    "actors.challenger.war_cost.irresolute": (0.6, 2.4),
                },
            ),
            moved(
                haniyeh,
                IRAN,
                "-",
                {"actors.irn.war_cost.resolute": (0.4, 1.6), "actors.irn.war_cost.irresolute": (0.75, 3.0)},
            ),
        ),
    ),
    Hypothesis(
        "capability",
        "The more capable an actor, the more it strikes.",
        ("Huth1988",),
        (
            moved(quarrel, CHALLENGE, "+", {"actors.challenger.capability": (0.5, 2.0)}),
            moved(haniyeh, IRAN, "+", {"actors.irn.capability": (0.3, 3.0)}),
        ),
    ),
    Hypothesis(
        "support-of-a-revisionist",
        "The likelier its own patron is held to stand by it whatever it does, the more a revisionist strikes.",
        ("Benson2011",),
        (
            moved(supported, CHALLENGE, "+", {"commitments.pledge.credence.mean": (0.05, 0.95)}),
            compared(
                "credence in the patron 0.05 → 0.95, revisionism 0.7",
                lambda: avenger_with_patron(revisionism=0.7, credence=0.05),
                lambda: avenger_with_patron(revisionism=0.7, credence=0.95),
                REVENGE,
                "+",
            ),
            moved(
                lambda: irans_aims(1.0),
                IRAN,
                "+",
                {"commitments.hzb-irn.credence.mean": (0.05, 0.95)},
                words=", Iran's revisionism 1",
            ),
        ),
    ),
    Hypothesis(
        "support-of-a-status-quo-actor",
        "For an actor that defends the status quo and has been injured, the same support changes next to nothing.",
        ("Benson2011", "Johnson2011"),
        (
            compared(
                "credence in the patron 0.05 → 0.95, revisionism 0",
                lambda: avenger_with_patron(revisionism=0.0, credence=0.05),
                lambda: avenger_with_patron(revisionism=0.0, credence=0.95),
                REVENGE,
                "0",
                margin=0.02,
                fails="The support adds 0.015, 95% interval 0.012 to 0.017, to the share of runs with a strike. The "
                "interval by which cases are judged reaches beyond the margin.",
            ),
            moved(
                lambda: irans_aims(0.0),
                IRAN,
                "0",
                {"commitments.hzb-irn.credence.mean": (0.05, 0.95)},
                words=", Iran's revisionism 0",
                margin=0.02,
                runs=20_000,
                fails="Iran reckons with an Israel that keeps its threat, and support tells more where a strike is "
                "answered. If nobody expected words to be kept (`rules.threat_credibility` 0), it would add 0.0125.",
            ),
        ),
    ),
    Hypothesis(
        "conditional-support",
        "A clause by which support lapses where the protégé strikes first takes away more than half of what the "
        "support adds.",
        ("Benson2011",),
        (
            weighed(
                "left by the clause, less half of what support at credence 0.95 adds to that at 0.05",
                (
                    (1.0, lambda: with_patron(protege="challenger", credence=0.95, conditional=True)),
                    (-0.5, lambda: with_patron(protege="challenger", credence=0.95)),
                    (-0.5, lambda: with_patron(protege="challenger", credence=0.05)),
                ),
                CHALLENGE,
                "-",
            ),
        ),
        absent="Its one conditional pledge is to a proxy of the patron that defends the status quo.",
    ),
    Hypothesis(
        "leash",
        "The more a patron whose pledge is on condition holds its protégé back, the less the protégé strikes.",
        ("Snyder1984", "Pressman2008"),
        (
            moved(
                lambda: with_patron(protege="challenger", credence=0.75, conditional=True),
                CHALLENGE,
                "-",
                {"rules.leash": (0.0, 1.0)},
            ),
            moved(
                lambda: haniyeh().replace("commitments.usa-isr.conditional", True),
                ISRAEL,
                "-",
                {"rules.leash": (0.0, 1.0)},
                words=", pledge on condition",
            ),
        ),
    ),
    Hypothesis(
        "cost-of-belligerence",
        "The more belligerence costs an actor at home, the less it strikes.",
        ("KertzerBrutger2016",),
        (
            moved(quarrel, CHALLENGE, "-", {"actors.challenger.belligerence_cost": (0.0, 1.0)}),
            moved(haniyeh, IRAN, "-", {"actors.irn.belligerence_cost": (0.1, 0.9)}),
        ),
    ),
    Hypothesis(
        "domestic-pressure",
        "The more an injured actor is pressed at home to answer, the more it strikes.",
        ("WeissDafoe2019",),
        (
            moved(attack, REVENGE, "+", {"actors.victim.domestic_pressure": (0.0, 0.9)}),
            moved(haniyeh, IRAN, "+", {"actors.irn.domestic_pressure": (0.1, 0.8)}),
        ),
    ),
    Hypothesis(
        "spoiler",
        "The more an actor gains from violence as such, the more it strikes.",
        ("KyddWalter2002",),
        (
            moved(quarrel, CHALLENGE, "+", {"fronts.challenger-defender.spoiler": (0.0, 0.5)}),
            moved(haniyeh, ISRAEL, "+", {"fronts.isr-irn.spoiler": (0.0, 0.3)}),
        ),
    ),
    Hypothesis(
        "fear",
        "The more an actor fears attack, the more it strikes.",
        ("Jervis1976", "Kydd2005"),
        (
            moved(quarrel, CHALLENGE, "+", {"fronts.challenger-defender.fear": (0.02, 0.8)}),
            moved(attack, REVENGE, "+", {"fronts.victim-suspect.fear": (0.02, 0.8)}),
            moved(
                haniyeh,
                IRAN,
                "+",
                {"fronts.irn-isr.fear": (0.02, 0.8)},
                fails="Where a strike may get out of hand, whoever expects to be attacked fears the exchange as well. "
                "With no risk of it (`rules.brinkmanship_scale` 0) the share rises from 0.68 to 0.93.",
            ),
        ),
    ),
    Hypothesis(
        "accidents",
        "A small hazard of accident while both sides stand on alert makes war likelier.",
        ("Sagan1993",),
        (
            moved(quarrel, wars(), "+", {"rules.accident_hazard": (0.0, 0.002)}),
            moved(
                haniyeh,
                wars(),
                "+",
                {"rules.accident_hazard": (0.0, 0.002)},
                fails="What may end in war by accident deters: force by Iran on Israel falls from 0.56 to 0.54 of "
                "runs. War by accident comes in 0.03 of runs, and war out of an exchange of force in 0.22 in place of "
                "0.25. So about as many wars are taken away as accidents add.",
            ),
        ),
    ),
)
