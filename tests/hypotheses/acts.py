"""Hypotheses about acts: by what hand, at what price, and when they are decided."""

from __future__ import annotations

from hypotheses.haniyeh import haniyeh
from hypotheses.measuring import Builder, Hypothesis, covert_acts, strikes_by
from hypotheses.neutral import Data, attack, quarrel, saying
from hypotheses.trying import CHALLENGE, IRAN, REVENGE, compared, moved, weighed

from escalation.world.event import Provocation
from escalation.world.scenario import Scenario

__all__ = ["ACTS"]

CHOICE = "A modelling choice: no source."

DEAR = {"resolute": 1.2, "irresolute": 2.4}
CHEAP = {"resolute": 0.3, "irresolute": 0.6}
DEAR_FOR_IRAN = {"resolute": 1.6, "irresolute": 3.0}
CHEAP_FOR_IRAN = {"resolute": 0.4, "irresolute": 0.75}
PRICES = {"rules.destruction_cost": (0.1, 2.0)}
DISCOUNTS = {"rules.limited_force_discount": (0.0, 0.9)}
PERSISTENCE = {"rules.shock_persistence": (1.0, 60.0)}
TOLD = {"rules.public_act": (0.0, 1.0)}
IN_FULL_VIEW = {"rules.covert_discount": (0.0, 1.0)}
NEVER: Data = {"margin": 0.001, "runs": 10_000}

HARDLY_LEARNED = (
    "The belief moves the right way, from 0.30 to 0.33 on average by the end of the run. That is too little and too "
    "late for a crisis in which strikes differ by 0.06 between beliefs of 0.05 and 0.95."
)


def undeniable() -> Scenario:
    """Return the main scenario in which neither side can act by an undisclosed hand."""
    return haniyeh().replace("fronts.irn-isr.deniable", False).replace("fronts.isr-irn.deniable", False)


def costly_war(destruction: str, *, dear: bool) -> Scenario:
    scenario = quarrel().replace("rules.destruction", destruction)
    return scenario.replace("actors.challenger.war_cost", DEAR if dear else CHEAP)


def irans_war(destruction: str, *, dear: bool) -> Scenario:
    scenario = haniyeh().replace("rules.destruction", destruction)
    return scenario.replace("actors.irn.war_cost", DEAR_FOR_IRAN if dear else CHEAP_FOR_IRAN)


def pressed() -> Scenario:
    """Return the attack after which its supposed author demands something on each of the next three days."""
    scenario = attack()
    for date in (3, 4, 5):
        demand: Data = {"kind": "demand", "date": date, "sender": "suspect", "receivers": ["victim"], "due": 60.0}
        scenario = saying(scenario, f"demand-{date}", **demand)
    return scenario


def misjudged(*, resolute: bool) -> Scenario:
    """Return the quarrel with a defender that acts too, and is held to be what it is not."""
    scenario = quarrel().replace("fronts.defender-challenger.revisionism", 0.7)
    scenario = scenario.replace("actors.defender.resolve", 1.0 if resolute else 0.0)
    return scenario.replace("fronts.challenger-defender.resolve", 0.3 if resolute else 0.7)


def misjudged_israel() -> Scenario:
    return haniyeh().replace("actors.isr.resolve", 1.0).replace("fronts.irn-isr.resolve", 0.2)


def unalarmed(build: Builder) -> Builder:
    """Return the builder of a crisis in which mobilisation tells nothing of an intention to attack."""
    return lambda: build().replace("rules.mobilisation_strength", 1.0)


def first_strike_pays() -> Scenario:
    return quarrel().replace("fronts.challenger-defender.first_strike_advantage", 0.3)


def deployed(build: Builder, front: str, rung: str | None) -> Scenario:
    """Return a crisis in which one actor openly moves its main forces against another, as the crisis begins."""
    scenario = build()
    author, target = front.split("-")
    date: float = 1.0 if scenario.as_of is None else scenario.day(scenario.as_of) + 1.0
    row: Data = {"victims": [{"actor": target, "severity": 0.4}], "suspects": [{"actors": [author]}], "rung": rung}
    event = Provocation.model_validate({"id": "deployment", "kind": "provocation", "date": date, **row})
    return scenario.with_event(event)


ACTS: tuple[Hypothesis, ...] = (
    Hypothesis(
        "deniable-front",
        "An actor that can deny what it does acts by an undisclosed hand more often than one that cannot.",
        ("Carson2018",),
        (
            moved(
                quarrel,
                covert_acts("challenger-defender"),
                "+",
                {"fronts.challenger-defender.deniable": (False, True)},
                runs=2_000,
            ),
            moved(
                attack,
                covert_acts("victim-suspect"),
                "+",
                {"fronts.victim-suspect.deniable": (False, True)},
                runs=2_000,
            ),
            moved(haniyeh, covert_acts("irn-isr"), "+", {"fronts.irn-isr.deniable": (False, True)}),
        ),
    ),
    Hypothesis(
        "no-deniable-front",
        "Where no front is deniable, nobody acts by an undisclosed hand, however little such an act would injure.",
        (),
        (
            moved(quarrel, covert_acts("challenger-defender"), "0", IN_FULL_VIEW, **NEVER),
            moved(
                undeniable, covert_acts("irn-isr"), "0", IN_FULL_VIEW, words=", neither side's front deniable", **NEVER
            ),
        ),
        basis=CHOICE,
    ),
    Hypothesis(
        "limited-force-at-home",
        "The less limited force costs at home for its intensity, the more an actor strikes.",
        ("KertzerBrutger2016",),
        (
            moved(quarrel, CHALLENGE, "+", DISCOUNTS),
            moved(attack, REVENGE, "+", DISCOUNTS),
            moved(haniyeh, IRAN, "+", DISCOUNTS),
        ),
    ),
    Hypothesis(
        "price-of-destruction",
        "The dearer destruction short of war, the less an actor strikes.",
        ("Fearon1995",),
        (
            moved(quarrel, CHALLENGE, "-", PRICES),
            moved(attack, REVENGE, "-", PRICES),
            moved(haniyeh, IRAN, "-", PRICES),
        ),
    ),
    Hypothesis(
        "destruction-or-war",
        "Where destruction short of war has a price of its own, a costly war takes away fewer strikes than where "
        "destruction is priced as war.",
        (),
        (
            weighed(
                "what a dear war takes away with `rules.destruction` priced, less what it takes away as-war",
                (
                    (1.0, lambda: costly_war("priced", dear=True)),
                    (-1.0, lambda: costly_war("priced", dear=False)),
                    (-1.0, lambda: costly_war("as-war", dear=True)),
                    (1.0, lambda: costly_war("as-war", dear=False)),
                ),
                CHALLENGE,
                "+",
            ),
            weighed(
                "what a war dear to Iran takes away with `rules.destruction` priced, less what it takes away as-war",
                (
                    (1.0, lambda: irans_war("priced", dear=True)),
                    (-1.0, lambda: irans_war("priced", dear=False)),
                    (-1.0, lambda: irans_war("as-war", dear=True)),
                    (1.0, lambda: irans_war("as-war", dear=False)),
                ),
                IRAN,
                "+",
                fails="It takes away 0.44 of the runs under either. Of the sign expected, but too small for the "
                "interval by which cases are judged.",
            ),
        ),
        basis=CHOICE,
    ),
    Hypothesis(
        "one-deliberation",
        "Where one deliberation stands, whatever is said meanwhile, fewer actors strike early than where each call "
        "may bring the decision forward.",
        (),
        (
            moved(
                pressed,
                strikes_by("victim-suspect", 9),
                "-",
                {"rules.deliberations": ("every-prompt", "one")},
                words=", with three demands by the suspect",
            ),
            moved(
                haniyeh,
                strikes_by("irn-isr", 14),
                "-",
                {"rules.deliberations": ("every-prompt", "one")},
            ),
        ),
        basis=CHOICE,
    ),
    Hypothesis(
        "least-delay",
        "The longer the least time that a decision takes, the fewer actors strike early.",
        ("BrecherWilkenfeld1997",),
        (
            moved(attack, strikes_by("victim-suspect", 6), "-", {"rules.least_delay": (0.0, 5.0)}),
            moved(
                haniyeh,
                strikes_by("irn-isr", 6),
                "-",
                {"rules.least_delay": (0.0, 5.0)},
                fails="A least delay moves quicker decisions to its end. The killing falls on day 1, so that they come "
                "on day 6, which is counted here. By day 5 the share does fall, from 0.168 to 0.043.",
            ),
        ),
    ),
    Hypothesis(
        "persistent-reasons",
        "The longer private reasons last, the fewer runs see a strike: who is asked again mostly decides as before.",
        (),
        (
            moved(quarrel, CHALLENGE, "-", PERSISTENCE),
            moved(attack, REVENGE, "-", PERSISTENCE),
            moved(haniyeh, IRAN, "-", PERSISTENCE),
        ),
        basis=CHOICE,
    ),
    Hypothesis(
        "what-acts-tell",
        "The more open acts tell of resolve, the less an adversary is struck that is more resolute than it is held to "
        "be, and the more one that is less resolute.",
        ("KatagiriMin2019", "Fearon1997"),
        (
            moved(
                lambda: misjudged(resolute=True),
                CHALLENGE,
                "-",
                TOLD,
                words=", a resolute defender held to be irresolute",
                runs=50_000,
                fails=HARDLY_LEARNED,
            ),
            moved(
                lambda: misjudged(resolute=False),
                CHALLENGE,
                "+",
                TOLD,
                words=", an irresolute defender held to be resolute",
                runs=50_000,
                fails="As with a resolute defender: the belief falls from 0.70 to 0.69 on average.",
            ),
            moved(misjudged_israel, IRAN, "-", TOLD, words=", a resolute Israel held to be irresolute", runs=50_000),
        ),
    ),
    Hypothesis(
        "what-a-deployment-tells",
        "An actor strikes an adversary less if the adversary's deployment against it tells how resolute the "
        "adversary is.",
        ("KatagiriMin2019", "Fearon1997"),
        (
            compared(
                "a deployment by the defender without → with the rung `display`, which alarms nobody",
                lambda: deployed(unalarmed(quarrel), "defender-challenger", None),
                lambda: deployed(unalarmed(quarrel), "defender-challenger", "display"),
                CHALLENGE,
                "-",
                runs=50_000,
                fails="Of the sign expected, but too small for the interval by which cases are judged. To a defender "
                "that has suffered nothing a display is worth nearly the same whichever its type, so that the belief "
                "rises from 0.500 to 0.501.",
            ),
            compared(
                "a deployment by Israel on the day after the information date without → with the rung `display`, "
                "which alarms nobody",
                lambda: deployed(unalarmed(haniyeh), "isr-irn", None),
                lambda: deployed(unalarmed(haniyeh), "isr-irn", "display"),
                IRAN,
                "-",
                runs=50_000,
                fails="As in the quarrel: on the day of the deployment the belief rises by less than 0.001, from 0.75, "
                "and what Iran does hangs little on it.",
            ),
        ),
    ),
    Hypothesis(
        "what-a-deployment-alarms",
        "Where it pays to strike first, an actor strikes an adversary more if the adversary's deployment against it "
        "alarms it.",
        ("Jervis1976", "Kydd2005"),
        (
            compared(
                "a deployment by the defender without → with the rung `display`, an advantage of striking first",
                lambda: deployed(first_strike_pays, "defender-challenger", None),
                lambda: deployed(first_strike_pays, "defender-challenger", "display"),
                CHALLENGE,
                "+",
                runs=50_000,
            ),
        ),
        absent="There fear of attack makes a strike less likely, see fear.",
    ),
)
