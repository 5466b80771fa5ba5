"""Hypotheses about what is said, in public and in private."""

from __future__ import annotations

from hypotheses.haniyeh import haniyeh, irans_vows, reassured, restraint_demanded, visited
from hypotheses.measuring import Builder, Hypothesis, keeps_its_vow, yields
from hypotheses.neutral import (
    DISCLOSURE,
    REASSURANCE,
    WARNING,
    Data,
    afraid,
    attack,
    bluffed,
    demanded,
    protected,
    vowed,
    warned,
)
from hypotheses.trying import CHALLENGE, IRAN, ON_THE_PATRON, REVENGE, VISITED, compared, heard, moved, weighed, without

__all__ = ["WORDS"]

IN_FULL: Data = {"words": ", said and believed in full", "runs": 50_000}


def believed(signal: str) -> Builder:
    return lambda: reassured(signal)


WORDS: tuple[Hypothesis, ...] = (
    Hypothesis(
        "reassurance",
        "An actor that is told that no war is wanted strikes less.",
        ("Kydd2005",),
        (
            heard(afraid, CHALLENGE, "-", REASSURANCE),
            without(
                "israel-reassurance",
                IRAN,
                "-",
                build=believed("israel-reassurance"),
                **IN_FULL,
            ),
            without(
                "us-reassurance",
                ON_THE_PATRON,
                "-",
                build=believed("us-reassurance"),
                fails="Less fear makes a strike likelier on this front: at a fear of 0.02 Iran strikes in 0.35 of "
                "runs, at 0.5 in 0.30, since a strike that may get out of hand deters most where one is expected.",
                **IN_FULL,
            ),
        ),
    ),
    Hypothesis(
        "disclosure",
        "An actor that is told that its adversary wants to be struck strikes less.",
        ("KyddWalter2002",),
        (
            heard(attack, REVENGE, "-", DISCLOSURE),
            without("us-disclosure", IRAN, "-", build=visited, words=VISITED, runs=50_000),
        ),
    ),
    Hypothesis(
        "audience-cost",
        "The more an audience punishes a word not kept, the more an actor that has vowed to strike does so.",
        ("Fearon1994", "KertzerBrutger2016"),
        (
            moved(vowed, CHALLENGE, "+", {"actors.challenger.audience_cost": (0.0, 1.5)}),
            moved(haniyeh, keeps_its_vow("irn"), "+", {"actors.irn.audience_cost": (0.0, 1.5)}),
        ),
    ),
    Hypothesis(
        "publicity-of-a-vow",
        "A vow made in public is carried out more than one made in private.",
        ("Fearon1994", "Fearon1997"),
        (
            compared("a private → a public vow", lambda: vowed("private"), vowed, CHALLENGE, "+"),
            compared(
                "Iran's vows private → public",
                lambda: irans_vows("private"),
                lambda: irans_vows("public"),
                keeps_its_vow("irn"),
                "+",
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
                "the call for restraint as a demand that names no rung, public → private",
                lambda: restraint_demanded("public"),
                lambda: restraint_demanded("private"),
                yields("irn-isr"),
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
                "us-private-warning",
                IRAN,
                "0",
                build=lambda: visited(honesty=0.0),
                words=VISITED + ", honesty 0",
                margin=0.005,
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
        absent="Nobody speaks there again after a vow of its own has fallen due.",
    ),
    Hypothesis(
        "private-warning",
        "A patron's private warning alone makes a strike on its protégé less likely.",
        ("Huth1988", "Trager2010"),
        (
            heard(protected, CHALLENGE, "-", WARNING),
            compared(
                f"no private word of the visit → the warning alone{VISITED}",
                lambda: visited(said=()),
                lambda: visited(said=("us-private-warning",)),
                IRAN,
                "-",
                runs=50_000,
            ),
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
                "what the private warning adds at honesty and alignment 0.95, less what it adds at honesty 0.1",
                (
                    (1.0, lambda: visited(honesty=0.95, alignment=0.95)),
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
)
