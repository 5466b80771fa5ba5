"""The hypotheses: every comparative static that the model must reproduce, and the worlds on which it is tried."""

from __future__ import annotations

from typing import Any

from hypotheses.haniyeh import haniyeh, irans_aims, irans_vows, restraint_demanded, visited
from hypotheses.measuring import Builder, Case, Hypothesis, Measure, Sign, strikes, strikes_before, wars, yields
from hypotheses.neutral import (
    DENIAL,
    DISCLOSURE,
    REASSURANCE,
    WARNING,
    afraid,
    attack,
    avenger_with_patron,
    bluffed,
    demanded,
    protected,
    quarrel,
    saying,
    supported,
    two_suspects,
    vowed,
    warned,
    with_patron,
)

from escalation.world.scenario import Scenario

__all__ = ["HYPOTHESES"]

CHALLENGE = strikes("challenger-defender")
REVENGE = strikes("victim-suspect")
ELSEWHERE = strikes("victim-bystander")
IRAN = strikes("irn-isr")
ISRAEL = strikes("isr-irn")
ON_THE_PATRON = strikes("irn-usa")


def moved(build: Builder, measure: Measure, sign: Sign, changes: dict[str, tuple[Any, Any]], **how: Any) -> Case:
    """Compare a scenario at two values of each of some fields, the first value first."""

    def at(which: int) -> Scenario:
        scenario = build()
        for path, values in changes.items():
            scenario = scenario.replace(path, values[which])
        return scenario

    change = ", ".join(f"`{path}` {low} → {high}" for path, (low, high) in changes.items())
    return compared(how.pop("change", change), lambda: at(0), lambda: at(1), measure, sign, **how)


def compared(change: str, first: Builder, second: Builder, measure: Measure, sign: Sign, **how: Any) -> Case:
    """Compare two worlds; the effect is what the second has more than the first."""
    return weighed(change, ((-1.0, first), (1.0, second)), measure, sign, **how)


def weighed(change: str, worlds: tuple[tuple[float, Builder], ...], measure: Measure, sign: Sign, **how: Any) -> Case:
    """Compare several worlds by a weighted sum."""
    return Case(worlds[0][1]().name, change, worlds, measure, sign, **how)


def heard(build: Builder, measure: Measure, sign: Sign, signal: dict[str, Any], *, words: str = "", **how: Any) -> Case:
    """Compare a scenario without and with one thing that is said."""
    said = f"without → with a {signal['channel']} {signal['kind']}{words}"
    return compared(said, build, lambda: saying(build(), "said", **signal), measure, sign, **how)


def without(item: str, measure: Measure, sign: Sign, *, build: Builder = haniyeh, words: str = "", **how: Any) -> Case:
    """Compare a scenario without one signal and with it."""
    return compared(f"without → with `{item}`{words}", lambda: build().without(item), build, measure, sign, **how)


HYPOTHESES: tuple[Hypothesis, ...] = (
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
            moved(haniyeh, strikes_before("irn-isr"), "-", {"fronts.irn-isr.resolve": (0.05, 0.95)}),
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
            ),
            moved(
                lambda: irans_aims(0.0),
                IRAN,
                "0",
                {"commitments.hzb-irn.credence.mean": (0.05, 0.95)},
                margin=0.02,
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
    ),
    Hypothesis(
        "leash",
        "The more a patron holds its protégé back, the less the protégé strikes.",
        ("Snyder1984", "Pressman2008"),
        (
            moved(supported, CHALLENGE, "-", {"rules.leash": (0.0, 1.0)}),
            moved(haniyeh, ISRAEL, "-", {"rules.leash": (0.0, 1.0)}),
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
        "attribution",
        "The likelier a suspect is held to have done it, the more it is struck.",
        ("Baliga2020",),
        (
            moved(two_suspects, REVENGE, "+", {"events.attack.suspects.0.prior": (0.5, 2.0)}),
            moved(haniyeh, IRAN, "+", {"events.haniyeh-killed.other.prior": (3.0, 0.0)}),
            moved(haniyeh, ON_THE_PATRON, "+", {"events.haniyeh-killed.suspects.1.prior": (0.05, 2.0)}),
        ),
    ),
    Hypothesis(
        "attribution-to-another",
        "The likelier one suspect is held to have done it, the less the others are struck.",
        ("Baliga2020",),
        (
            moved(two_suspects, ELSEWHERE, "-", {"events.attack.suspects.0.prior": (0.5, 2.0)}),
            moved(haniyeh, ON_THE_PATRON, "-", {"events.haniyeh-killed.suspects.0.prior": (0.1, 3.0)}),
        ),
    ),
    Hypothesis(
        "severity",
        "The more severe the injury, the more its victim strikes.",
        ("GoldsteinFreeman1990", "Dafoe2021"),
        (
            moved(attack, REVENGE, "+", {"events.attack.victims.0.severity": (0.2, 0.9)}),
            moved(haniyeh, IRAN, "+", {"events.haniyeh-killed.victims.0.severity": (0.45, 0.85)}),
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
            moved(haniyeh, IRAN, "+", {"fronts.irn-isr.fear": (0.02, 0.8)}),
        ),
    ),
    Hypothesis(
        "reassurance",
        "An actor that is told that no war is wanted strikes less.",
        ("Kydd2005",),
        (
            heard(afraid, CHALLENGE, "-", REASSURANCE),
            without("israel-reassurance", IRAN, "-", runs=100_000),
            without("us-reassurance", ON_THE_PATRON, "-", build=visited, runs=100_000),
        ),
    ),
    Hypothesis(
        "disclosure",
        "An actor that is told that its adversary wants to be struck strikes less.",
        ("KyddWalter2002",),
        (
            heard(attack, REVENGE, "-", DISCLOSURE),
            without("us-disclosure", IRAN, "-", build=visited, runs=50_000),
        ),
    ),
    Hypothesis(
        "accidents",
        "A small hazard of accident while both sides stand on alert makes war likelier.",
        ("Sagan1993",),
        (
            moved(quarrel, wars(), "+", {"rules.accident_hazard": (0.0, 0.002)}),
            moved(haniyeh, wars(), "+", {"rules.accident_hazard": (0.0, 0.002)}),
        ),
    ),
    Hypothesis(
        "audience-cost",
        "The more an audience punishes a word not kept, the more an actor that has vowed to strike does so.",
        ("Fearon1994", "KertzerBrutger2016"),
        (
            moved(vowed, CHALLENGE, "+", {"actors.challenger.audience_cost": (0.0, 1.5)}),
            moved(haniyeh, IRAN, "+", {"actors.irn.audience_cost": (0.0, 1.5)}),
        ),
    ),
    Hypothesis(
        "publicity-of-a-vow",
        "A vow made in public is carried out more than one made in private.",
        ("Fearon1994", "Fearon1997"),
        (
            compared("a private → a public vow", lambda: vowed("private"), vowed, CHALLENGE, "+"),
            compared(
                "Iran's vows private → public", lambda: irans_vows("private"), lambda: irans_vows("public"), IRAN, "+"
            ),
        ),
    ),
    Hypothesis(
        "private-demand",
        "A private demand gets more yielding than a public one that moves no more belief: neither names a rung.",
        ("Kurizaki2007",),
        (
            compared(
                "a public → a private demand",
                lambda: demanded("public"),
                lambda: demanded("private"),
                yields("challenger-defender"),
                "+",
            ),
            compared(
                "the call for restraint public → private, no rung named",
                lambda: restraint_demanded("public"),
                lambda: restraint_demanded("private"),
                yields("isr-irn"),
                "+",
            ),
        ),
    ),
    Hypothesis(
        "cheap-talk",
        "The word of a sender whose honesty is 0 changes nothing.",
        ("Sartori2002", "Trager2010"),
        (
            compared(
                "without → with a private warning, honesty 0",
                lambda: protected().replace("actors.patron.honesty", 0.0),
                lambda: warned(0.0),
                CHALLENGE,
                "0",
                margin=0.005,
            ),
            without(
                "us-private-warning", IRAN, "0", build=lambda: visited(honesty=0.0), words=", honesty 0", margin=0.005
            ),
        ),
    ),
    Hypothesis(
        "honesty",
        "The more honest the patron is held to be that warns, the more its warning holds back.",
        ("Sartori2002",),
        (
            compared(
                "a private warning, honesty 0.1 → 1",
                lambda: warned(0.1),
                lambda: warned(1.0),
                CHALLENGE,
                "-",
            ),
            weighed(
                "what the private warning adds at honesty 0.95, less what it adds at 0.1",
                (
                    (1.0, lambda: visited(honesty=0.95)),
                    (-1.0, lambda: visited(honesty=0.95).without("us-private-warning")),
                    (-1.0, lambda: visited(honesty=0.1)),
                    (1.0, lambda: visited(honesty=0.1).without("us-private-warning")),
                ),
                IRAN,
                "-",
                runs=50_000,
            ),
        ),
    ),
    Hypothesis(
        "caught-bluff",
        "A warning holds back less once its sender has broken its word to somebody else.",
        ("Sartori2002",),
        (
            weighed(
                "what a warning adds after a vow that is mostly broken, less what it adds without",
                (
                    (1.0, lambda: bluffed(vows=True, warns=True)),
                    (-1.0, lambda: bluffed(vows=True, warns=False)),
                    (-1.0, lambda: bluffed(vows=False, warns=True)),
                    (1.0, lambda: bluffed(vows=False, warns=False)),
                ),
                CHALLENGE,
                "+",
                runs=50_000,
            ),
        ),
    ),
    Hypothesis(
        "covert-act",
        "An act that nobody owns draws less retaliation than one done in the open, at equal certainty about its "
        "author.",
        ("Carson2018",),
        (
            moved(attack, REVENGE, "-", {"events.attack.publicity": (1.0, 0.0)}),
            moved(haniyeh, IRAN, "-", {"events.haniyeh-killed.publicity": (1.0, 0.0)}),
        ),
    ),
    Hypothesis(
        "private-warning",
        "A patron's private warning alone makes a strike on its protégé less likely.",
        ("Huth1988", "Trager2010"),
        (
            heard(protected, CHALLENGE, "-", WARNING),
            without("us-private-warning", IRAN, "-", build=visited, runs=50_000),
        ),
    ),
    Hypothesis(
        "aligned-warning",
        "It holds back most where the warner is honest and its interests are aligned with the receiver's.",
        ("Sartori2002", "Trager2010"),
        (
            compared(
                "a private warning, honesty and alignment 0.3 → 0.95",
                lambda: warned(0.3, 0.3),
                lambda: warned(0.95, 0.95),
                CHALLENGE,
                "-",
            ),
            weighed(
                "what the private warning adds at honesty and alignment 0.95, less what it adds at 0.3",
                (
                    (1.0, lambda: visited(0.95, 0.95)),
                    (-1.0, lambda: visited(0.95, 0.95).without("us-private-warning")),
                    (-1.0, lambda: visited(0.3, 0.3)),
                    (1.0, lambda: visited(0.3, 0.3).without("us-private-warning")),
                ),
                IRAN,
                "-",
                runs=50_000,
            ),
        ),
    ),
    Hypothesis(
        "denial-and-the-denier",
        "A suspect that denies is struck less.",
        ("Baliga2020",),
        (
            heard(two_suspects, REVENGE, "-", DENIAL, words=" by one of two suspects"),
            without("us-denial", ON_THE_PATRON, "-", build=visited, runs=50_000),
        ),
    ),
    Hypothesis(
        "denial-and-the-other",
        "The blame goes to the suspects that are left, and they are struck more.",
        ("Baliga2020",),
        (
            heard(two_suspects, ELSEWHERE, "+", DENIAL, words=" by one of two suspects"),
            without(
                "us-denial",
                IRAN,
                "+",
                build=visited,
                runs=50_000,
            ),
        ),
    ),
    Hypothesis(
        "halved-period",
        "The length of a period is numerical only: halving it leaves strikes and wars as they are.",
        (),
        (
            moved(quarrel, CHALLENGE, "0", {"period": (1.0, 0.5)}, margin=0.01),
            moved(quarrel, wars(), "0", {"period": (1.0, 0.5)}, margin=0.01),
            moved(haniyeh, IRAN, "0", {"period": (1.0, 0.5)}, margin=0.02),
            moved(haniyeh, wars(), "0", {"period": (1.0, 0.5)}, margin=0.02),
        ),
    ),
    Hypothesis(
        "doubled-tempo",
        "How often the background clock asks is no cause of strikes: at double the tempo their probability moves by "
        "less than a tenth of itself.",
        (),
        (
            moved(
                quarrel,
                CHALLENGE,
                "0",
                {"actors.challenger.tempo": (30.0, 15.0), "actors.defender.tempo": (30.0, 15.0)},
                margin=0.1,
                relative=True,
            ),
            moved(
                haniyeh,
                IRAN,
                "0",
                {"actors.irn.tempo": (30.0, 15.0), "actors.isr.tempo": (30.0, 15.0), "actors.hzb.tempo": (30.0, 15.0)},
                margin=0.1,
                relative=True,
            ),
        ),
    ),
)
"""Every hypothesis, in the order of the page."""
