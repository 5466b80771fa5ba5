"""Hypotheses about what the second version of the model brought: words, preparation and what threats cost."""

from __future__ import annotations

from hypotheses.acts import DISCOUNTS
from hypotheses.conciliation import agreement, open_haniyeh, open_quarrel
from hypotheses.haniyeh import haniyeh, visited
from hypotheses.measuring import Hypothesis, acts, joins, several_strike, strikes, war_between, wars
from hypotheses.neutral import REASSURANCE, Data, afraid, attack, protected, quarrel, saying, warned
from hypotheses.trying import CHALLENGE, IRAN, ISRAEL, REVENGE, VISITED, compared, heard, moved, weighed

from escalation.world.scenario import Scenario

__all__ = ["PIECES"]

CALL: Data = {
    "date": 2,
    "sender": "bystander",
    "receivers": ["victim"],
    "subject": "suspect",
    "due": 60.0,
    "channel": "public",
}
APPEAL: Data = {"kind": "appeal", **CALL}
PLEA: Data = {"kind": "appeal", "date": 4, "sender": "omn", "receivers": ["irn"], "subject": "isr", "planned": True}
REFUSAL: Data = {
    "kind": "refusal",
    "date": 1,
    "sender": "defender",
    "receivers": ["challenger"],
    "due": 60.0,
    "channel": "public",
}
SORRY: Data = {"kind": "reassurance", "date": 3, "sender": "suspect", "receivers": ["victim"]}
ISRAEL_REFUSES: Data = {**REFUSAL, "date": 4, "sender": "isr", "receivers": ["irn"], "planned": True}
QUARREL = ("challenger-defender", "defender-challenger")
IRAN_ISRAEL = ("irn-isr", "isr-irn")
INJURY_BY_ACTS = {"rules.act_injury": (0.2, 1.0)}
ANSWERED = {"rules.scheduled_answers": (False, True)}
SHARED = {"rules.shared_reasons": (0.0, 1.0)}
RELIEF = {"rules.threat_relief": (0.0, 1.0)}


def called(**how: object) -> Scenario:
    return saying(attack(), "call", **{**APPEAL, **how})


def refused(due: float) -> Scenario:
    return saying(open_quarrel(), "refusal", **{**REFUSAL, "due": due})


def sorry() -> Scenario:
    return saying(attack(), "sorry", **SORRY)


def heeding(private_word: float, *, warns: bool) -> Scenario:
    return (warned(0.8) if warns else protected()).replace("rules.private_word", private_word)


def reassured_in_public() -> Scenario:
    return saying(afraid(), "assurance", **{**REASSURANCE, "channel": "public"})


def partnered() -> Scenario:
    """Return the quarrel with a second challenger beside the first, like it in all."""
    return quarrel(
        actors={"challenger": {}, "partner": {}, "defender": {}},
        fronts={
            "challenger-defender": {"revisionism": 0.7},
            "defender-challenger": {},
            "partner-defender": {"revisionism": 0.7},
            "defender-partner": {},
        },
    )


def under_fire() -> Scenario:
    """Return the quarrel in which both sides go on with limited force."""
    scenario = quarrel()
    for front in QUARREL:
        scenario = scenario.replace(f"fronts.{front}.baseline", "limited-strike")
    return scenario


def hitting(scenario: Scenario, as_of: int, **blows: tuple[int, str, str]) -> Scenario:
    """Return a scenario whose timeline has limited strikes, each by day, author and victim."""
    data = scenario.to_dict()
    for name, (day, author, victim) in blows.items():
        data.setdefault("events", {})[name] = {
            "kind": "provocation",
            "date": day,
            "victims": [{"actor": victim, "severity": 0.6}],
            "suspects": [{"actors": [author]}],
            "other": {"prior": 0.0},
        }
    return Scenario.from_dict(data | {"as_of": as_of})


def struck_back() -> Scenario:
    """Return the quarrel in which the timeline has the challenger strike, and the defender strike back."""
    return hitting(quarrel(), 4, blow=(0, "challenger", "defender"), reprisal=(3, "defender", "challenger"))


def closed_embassy() -> Scenario:
    """Return the attack after which the timeline has the victim do next to nothing to the suspect."""
    scenario = avenged()
    return scenario.replace("events.reprisal.victims.0.severity", 0.05)


def avenged() -> Scenario:
    """Return the attack for which the timeline has the victim strike back at the suspect."""
    return hitting(attack(), 4, reprisal=(3, "victim", "suspect"))


def answered_by_iran() -> Scenario:
    """Return the main scenario with an Iranian strike on the day after its information date, which ends a day later."""
    return hitting(haniyeh(), 4, reprisal=(4, "irn", "isr"))


def invaded() -> Scenario:
    """Return the quarrel in which the timeline has the challenger strike a protege, and which ends two days later."""
    scenario = hitting(protected(), 3, blow=(3, "challenger", "defender"))
    return saying_rung(scenario, "blow")


def israel_attacked() -> Scenario:
    """Return the main scenario with an Iranian strike on the day after its information date, which ends a day later."""
    return saying_rung(answered_by_iran(), "reprisal")


def saying_rung(scenario: Scenario, event: str) -> Scenario:
    """Return a scenario in which an event is a major strike."""
    return scenario.replace(f"events.{event}.rung", "major-strike")


PIECES: tuple[Hypothesis, ...] = (
    Hypothesis(
        "injury-by-acts",
        "The more an act injures, the more often its target answers it with force.",
        ("GoldsteinFreeman1990",),
        (
            moved(quarrel, strikes("defender-challenger"), "+", INJURY_BY_ACTS),
            moved(haniyeh, ISRAEL, "+", INJURY_BY_ACTS),
        ),
    ),
    Hypothesis(
        "scheduled-answers",
        "Whoever has struck back on the timeline strikes less often than one that has yet to answer.",
        ("GoldsteinFreeman1990",),
        (
            moved(struck_back, strikes("defender-challenger"), "-", ANSWERED),
            moved(avenged, REVENGE, "-", ANSWERED),
            moved(answered_by_iran, IRAN, "-", ANSWERED),
            weighed(
                "a strike back on the timeline, less next to nothing: `rules.scheduled_answers` False → True",
                (
                    (-1.0, lambda: avenged().replace("rules.scheduled_answers", False)),
                    (1.0, avenged),
                    (1.0, lambda: closed_embassy().replace("rules.scheduled_answers", False)),
                    (-1.0, closed_embassy),
                ),
                REVENGE,
                "-",
            ),
        ),
    ),
    Hypothesis(
        "scheduled-calls",
        "A patron stands by a protege that is attacked on the timeline, the more often, the more it is expected to.",
        ("Leeds2000", "Huth1988"),
        (
            moved(invaded, joins("pledge"), "+", ANSWERED),
            moved(invaded, joins("pledge"), "+", {"commitments.pledge.credence.mean": (0.2, 0.8)}),
            moved(israel_attacked, joins("usa-isr"), "+", ANSWERED),
            moved(israel_attacked, joins("usa-isr"), "+", {"commitments.usa-isr.credence.mean": (0.3, 0.9)}),
        ),
    ),
    Hypothesis(
        "stake-of-the-injured",
        "The more is at stake for an injured actor, the more often it answers with force.",
        ("GoldsteinFreeman1990", "BrecherWilkenfeld1997"),
        (
            moved(
                attack,
                REVENGE,
                "+",
                {"fronts.victim-suspect.stake": (0.5, 1.5)},
                fails="The injury weighs more, and so does the risk that the answer ends in war. With the latter the "
                "same whatever is at stake (`rules.brinkmanship_stakes` 0) the share rises from 0.54 to 0.56.",
            ),
            moved(
                haniyeh,
                IRAN,
                "+",
                {"fronts.irn-isr.stake": (0.5, 1.5)},
                fails="As above; with `rules.brinkmanship_stakes` 0 the share rises from 0.53 to 0.59.",
            ),
        ),
    ),
    Hypothesis(
        "shared-reasons",
        "Two that face one adversary strike it together more often where they share private reasons, and less often "
        "does either of them strike it at all.",
        ("BrecherWilkenfeld1997",),
        (
            moved(partnered, several_strike("challenger-defender", "partner-defender", each=True), "+", SHARED),
            moved(partnered, several_strike("challenger-defender", "partner-defender", each=False), "-", SHARED),
            moved(
                haniyeh,
                several_strike("irn-isr", "hzb-isr", each=True),
                "+",
                SHARED,
                fails="Limited strikes go on between Hezbollah and Israel, and Hezbollah is offered major ones alone. "
                "Reasons for a limited strike, which bring Iran to most of its strikes, say nothing of a major one. "
                "Without that baseline the share rises from 0.40 to 0.46.",
            ),
            moved(
                haniyeh,
                several_strike("irn-isr", "hzb-isr", each=False),
                "-",
                SHARED,
                fails="As above; without that baseline the share falls from 0.81 to 0.76.",
            ),
        ),
    ),
    Hypothesis(
        "ongoing-limited-force",
        "Where limited force goes on, the step to major force is taken less often, the less limited force is felt at "
        "home: the step is what is felt more.",
        ("KertzerBrutger2016",),
        (
            moved(under_fire, CHALLENGE, "-", DISCOUNTS),
            moved(haniyeh, strikes("hzb-isr"), "-", DISCOUNTS),
        ),
    ),
    Hypothesis(
        "stakes-and-war",
        "The more is at stake for both sides, the more often their force ends in war.",
        ("Schelling1966", "Powell1990", "BrecherWilkenfeld1997"),
        (
            moved(quarrel, wars(), "+", {f"fronts.{front}.stake": (0.7, 1.5) for front in QUARREL}),
            moved(haniyeh, war_between("irn-isr"), "+", {f"fronts.{front}.stake": (0.7, 1.5) for front in IRAN_ISRAEL}),
        ),
    ),
    Hypothesis(
        "appeal",
        "An injured actor on whom a third party calls for restraint strikes less.",
        ("Douglass2024",),
        (
            heard(attack, REVENGE, "-", APPEAL),
            compared(
                "without → with a public appeal by Oman to Iran",
                haniyeh,
                lambda: saying(haniyeh(), "plea", **PLEA),
                IRAN,
                "-",
                runs=50_000,
            ),
        ),
    ),
    Hypothesis(
        "appeal-or-demand",
        "A third party's appeal holds back more than its public demand, to which one cannot yield without losing face.",
        ("Kurizaki2007",),
        (compared("a public demand → a public appeal", lambda: called(kind="demand"), called, REVENGE, "-"),),
        absent="Third parties call on Iran there in words that are coded as an appeal, and nobody demands anything.",
    ),
    Hypothesis(
        "refusal",
        "An actor that is refused strikes more.",
        ("Douglass2024",),
        (
            heard(quarrel, CHALLENGE, "+", REFUSAL),
            compared(
                "without → with a public refusal by Israel, where actors can conciliate",
                open_haniyeh,
                lambda: saying(open_haniyeh(), "refusal", **ISRAEL_REFUSES),
                IRAN,
                "+",
            ),
        ),
    ),
    Hypothesis(
        "refusal-ends-hope",
        "While one side refuses to yield, the two agree more seldom.",
        ("Douglass2024",),
        (
            compared(
                "a refusal of a quarter of an hour → of sixty days",
                lambda: refused(0.01),
                lambda: refused(60.0),
                agreement("challenger-defender"),
                "-",
            ),
            compared(
                "without → with a public refusal",
                open_quarrel,
                lambda: refused(60.0),
                agreement("challenger-defender"),
                "-",
                fails="A refusal calls on its receivers for a decision, which is an occasion to conciliate as well as "
                "to strike. That alone makes agreements more frequent, as a refusal of a quarter of an hour shows, and "
                "outweighs what its days take away.",
            ),
            compared(
                "without → with a public refusal by Israel, where actors can conciliate",
                open_haniyeh,
                lambda: saying(open_haniyeh(), "refusal", **ISRAEL_REFUSES),
                agreement("irn-isr"),
                "-",
            ),
        ),
    ),
    Hypothesis(
        "amends-in-words",
        "An injured actor that is reassured by the one it blames strikes less, the more words count as amends.",
        ("Osgood1962",),
        (
            moved(sorry, REVENGE, "-", {"rules.amends_in_words": (0.0, 0.8)}),
            moved(haniyeh, IRAN, "-", {"rules.amends_in_words": (0.0, 0.8)}),
        ),
    ),
    Hypothesis(
        "prepared-force",
        "Where force takes longer to prepare than other acts, an injured actor strikes less before the crisis is over.",
        ("BrecherWilkenfeld1997",),
        (
            moved(attack, REVENGE, "-", {"rules.force_preparation": (1.0, 4.0)}),
            moved(haniyeh, IRAN, "-", {"rules.force_preparation": (1.0, 4.0)}),
        ),
    ),
    Hypothesis(
        "costly-threat",
        "Where threats cost something at home, less is done above restraint.",
        ("Fearon1997",),
        (
            moved(quarrel, acts("challenger-defender"), "-", {"rules.threat_cost": (0.0, 0.4)}),
            moved(
                haniyeh,
                acts("irn-isr"),
                "-",
                {"rules.threat_cost": (0.0, 0.4)},
            ),
        ),
    ),
    Hypothesis(
        "free-threat",
        "Where a threat is a free answer, an actor threatens in place of striking.",
        ("Fearon1997",),
        (
            moved(attack, REVENGE, "-", RELIEF),
            moved(haniyeh, IRAN, "-", RELIEF),
        ),
    ),
    Hypothesis(
        "weight-of-private-words",
        "A private warning holds back the more, the more private words weigh.",
        ("KatagiriMin2019", "Trager2010"),
        (
            weighed(
                "what a private warning adds at `rules.private_word` 1, less what it adds at 0.2",
                (
                    (1.0, lambda: heeding(1.0, warns=True)),
                    (-1.0, lambda: heeding(1.0, warns=False)),
                    (-1.0, lambda: heeding(0.2, warns=True)),
                    (1.0, lambda: heeding(0.2, warns=False)),
                ),
                CHALLENGE,
                "-",
            ),
            moved(visited, IRAN, "-", {"rules.private_word": (0.0, 1.0)}, words=VISITED),
        ),
    ),
    Hypothesis(
        "weight-of-public-words",
        "A public reassurance calms the more, the more public words weigh.",
        ("KatagiriMin2019", "Fearon1997"),
        (
            moved(
                reassured_in_public,
                CHALLENGE,
                "-",
                {"rules.public_word": (0.0, 1.0)},
                words=", with a public reassurance",
            ),
        ),
        absent="Public words vow and demand there as well as reassure, and no sign is expected of all of them "
        "together.",
    ),
)
