"""What an actor is told where it decides: what it wants, fears and has promised, and what a word may cost it.

All numbers are those of the run: where the scenario states a distribution, what was drawn of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from escalation.engines.situation import Statement
from escalation.mechanisms.alliances import leash_left
from escalation.mechanisms.beliefs_and_signals import after_broken_word, weight
from escalation.mechanisms.conciliation import amends_share, appeal_cost
from escalation.mechanisms.honour_and_audiences import audience_cost
from escalation.world.ladder import Role
from escalation.world.plain_words import actor_name
from escalation.world.scenario import Scenario

__all__ = ["Briefing", "Means"]

_TYING = ("threat", "vow", "demand", "refusal")
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Means:
    """What an actor's words are worth and cost, as numbers.

    Parameters
    ----------
    audience_cost
        Cost a of falling short of a public vow, in stakes per unit of intensity.
    threat_credibility
        Share ξ of that cost which others expect to weigh on what it does, at least.
    honesty, honesty_loss
        Its reputation for honesty H, and the share of it that a broken word takes.
    public_word, private_word
        Weight of what is said in public and in private, as a share of that by its credibility.
    face, reputation
        Loss of face for yielding to a public demand, and of reputation for breaking a pledge, in stakes.
    conciliation, credence
        Whether actors can conciliate, and whether patrons join as often as their pledges are believed.
    appeal, amends_in_words
        Weight α of an appeal, and the share β of an injury that words can make good.
    ongoing
        Intensity of ongoing hostilities, by target.
    telling
        Probability that it would bind itself to a rung if resolute, and if irresolute, by target and rung.
    """

    audience_cost: float
    threat_credibility: float
    honesty: float
    honesty_loss: float
    public_word: float
    private_word: float
    face: float
    reputation: float
    conciliation: bool
    credence: bool
    appeal: float
    amends_in_words: float
    ongoing: dict[str, float]
    telling: dict[tuple[str, str], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What an actor is told where it decides.

    Parameters
    ----------
    scenario
        What is played, with what was said so far.
    actor
        Its id.
    wants, fears, promised
        What it has at stake, what it fears, and what binds it, a sentence each.
    said
        What it has said in the run so far, with the day, the latest last.
    means
        What its words are worth and cost.
    """

    scenario: Scenario
    actor: str
    wants: tuple[str, ...]
    fears: tuple[str, ...]
    promised: tuple[str, ...]
    said: tuple[str, ...]
    means: Means

    def cost(self, statement: Statement) -> tuple[str, ...]:
        """What a statement may cost, and what it can bring about, before it is said; a sentence each.

        Parameters
        ----------
        statement
            What would be said. What is wrong with it is not looked for here.
        """
        told = {
            "vow": self._binding,
            "threat": self._binding,
            "warning": self._warning,
            "demand": self._demand,
            "appeal": self._appeal,
            "refusal": self._refusal,
            "withdrawal": self._withdrawal,
            "concession": self._concession,
            "authorisation": self._authorisation,
        }.get(statement.kind, self._words)
        return tuple(told(statement))

    # ------------------------------------------------------------------------------------------ kinds of statements

    def _words(self, statement: Statement) -> Iterator[str]:
        yield self._believed(statement)
        if statement.kind == "reassurance" and statement.subject in (None, self.actor):
            share = amends_share(self.means.amends_in_words, self._weight(statement))
            yield f"It makes good {share:.0%} of the injuries that its receivers have suffered from you."
        yield "It binds you to nothing, and costs nothing."

    def _binding(self, statement: Statement) -> Iterator[str]:
        target = statement.subject or (statement.receivers[0] if statement.receivers else "")
        if self._goes_on_already(target, statement.rung):
            yield "Ongoing hostilities do as much already: it binds you to nothing, and tells nobody anything."
            return
        yield self._telling(target, statement)
        if statement.kind == "threat":
            trigger = statement.trigger or self._lowest(Role.DISPLAY)
            name = actor_name(self.scenario, target)
            yield (
                f"It binds you only if {name} does {trigger} or more within {statement.due:g} days; from then on it is "
                f"a vow, to be kept within {statement.due:g} days."
            )
        yield from self._if_broken(statement)

    def _if_broken(self, statement: Statement) -> Iterator[str]:
        rung = statement.rung or self._lowest(Role.FORCE)
        vowed = self.scenario.ladder.rung(rung).intensity
        most = audience_cost(self.means.audience_cost, 1.0, 1.0, vowed, 0.0)
        price = (
            f"{most:.2f} stakes if you then do nothing ({self.means.audience_cost:.2f} for each unit of intensity by "
            f"which you fall short of {rung}, which has {vowed:.2f})"
        )
        if statement.channel == "public":
            yield f"If you back down, your audience makes you pay, the more the nearer the day is: up to {price}."
            yield f"Others know that, and expect at least {self.means.threat_credibility:.0%} of it to weigh with you."
        elif statement.leak > 0.0:
            yield f"In private it costs nothing before your audience. If it leaks, backing down costs up to {price}."
        else:
            yield "In private it costs nothing before your audience."
        left = after_broken_word(self.means.honesty, self.means.honesty_loss)
        yield (
            f"A broken word takes {self.means.honesty_loss:.0%} of your reputation for honesty, from "
            f"{self.means.honesty:.2f} to {left:.2f}; what you say later is then believed less."
        )

    def _warning(self, statement: Statement) -> Iterator[str]:
        yield self._believed(statement)
        pledge = self.scenario.commitments.get(statement.subject or "")
        if pledge is None:
            return
        if self.means.credence:
            yield (
                f"If you then stand aside when you are called on, that takes up to {self.means.honesty_loss:.0%} of "
                "your reputation for honesty, by the strength of the pledge; and your pledges are trusted less."
            )
            return
        before = f" and {self.means.audience_cost:.2f} before your audience" if statement.channel == "public" else ""
        yield (
            f"If you then stand aside when you are called on, that weighs, by the strength of the pledge, "
            f"{self.means.reputation:.2f} stakes of reputation{before}; and your pledges are trusted less."
        )

    def _demand(self, statement: Statement) -> Iterator[str]:
        if statement.rung is not None:
            for target in statement.receivers[:1]:
                if not self._goes_on_already(target, statement.rung):
                    yield self._telling(target, statement)
        stands = f"It stands for {statement.due:g} days."
        if statement.channel != "public":
            yield f"Nobody loses face by yielding to a private demand. {stands}"
        elif self._costs_face(self.actor, statement.subject):
            yield (
                f"Whoever yields to it loses {self.means.face:.2f} stakes of face, which makes yielding harder. "
                f"{stands}"
            )
        else:
            yield f"Nobody loses face by giving you what you demand for yourself. {stands}"
        if statement.or_else is None:
            yield "If it is not met, you are bound to nothing."
        else:
            yield f"If it is not met by then, you have vowed to act within {statement.or_else:g} days more."
            yield from self._if_broken(statement)

    def _appeal(self, statement: Statement) -> Iterator[str]:
        added = appeal_cost(self.means.appeal, self._weight(statement))
        yield (
            f"For {statement.due:g} days it adds {added:.2f} stakes per unit of intensity to what force costs its "
            "receivers at home."
        )
        yield "It binds you to nothing, and costs nothing."

    def _refusal(self, statement: Statement) -> Iterator[str]:
        for target in statement.receivers[:1]:
            if not self._goes_on_already(target, statement.rung):
                yield self._telling(target, statement)
        yield (
            f"For {statement.due:g} days its receivers hope for no concession by you. An ultimatum or a threat for "
            "that case binds them to act at once."
        )

    def _withdrawal(self, statement: Statement) -> Iterator[str]:  # noqa: ARG002 - as the others
        yield (
            "It ends what your word binds you to. What your audience has seen of a public vow by then, the share of "
            "its days that have run, still counts, and fades. Your reputation for honesty does not suffer."
        )

    def _concession(self, statement: Statement) -> Iterator[str]:
        share = statement.share if statement.share is not None else 1.0
        made_good = share * amends_share(self.means.amends_in_words, self._weight(statement))
        demand = self.scenario.signals.get(statement.subject or "")
        face = ""
        if demand is not None and demand.channel == "public" and self._costs_face(demand.sender, demand.subject):
            face = f", and as much off the {self.means.face:.2f} stakes of face that yielding to it costs"
        yield f"It takes {share:.0%} off what is still demanded of you{face}."
        yield f"It makes good {made_good:.0%} of the injuries that whoever demands it has suffered from you."

    def _authorisation(self, statement: Statement) -> Iterator[str]:
        off = 1.0 - leash_left(self._weight(statement), 1.0)
        acts = "whatever they do" if statement.rung is None else f"in acts up to {statement.rung}"
        whom = "" if statement.subject is None else f" against {actor_name(self.scenario, statement.subject)}"
        yield (
            f"For {statement.due:g} days it takes {off:.0%} off what your wish for restraint weighs with its "
            f"receivers, {acts}{whom}."
        )
        if self.scenario.rules.leash_holds == "on-condition":
            yield "Only a pledge on condition holds its protégé back: from force, and until the adversary uses force."
        yield "It promises no help: it binds you to nothing, and costs nothing."

    # ------------------------------------------------------------------------------------------------ what they use

    def _weight(self, statement: Statement) -> float:
        rule = self.means.public_word if statement.channel == "public" else self.means.private_word
        return rule * weight(statement.credence, self.means.honesty, statement.alignment)

    def _believed(self, statement: Statement) -> str:
        return (
            f"It is believed with the weight {self._weight(statement):.2f}, of 1: your honesty "
            f"{self.means.honesty:.2f} is a part of that."
        )

    def _telling(self, target: str, statement: Statement) -> str:
        rung = statement.rung or self._lowest(Role.FORCE)
        found = self.means.telling.get((target, rung))
        if found is None:
            name = actor_name(self.scenario, target)
            return f"It tells others of your resolve, as far as {rung} against {name} would be dear to the irresolute."
        return (
            f"If you were resolute you would say it with probability {found[0]:.2f}, if irresolute with "
            f"{found[1]:.2f}: the further apart these are, the more it moves what others think of your resolve."
        )

    def _costs_face(self, sender: str, subject: str | None) -> bool:
        """Whether yielding to a public demand costs face: not to the adversary itself, where actors can conciliate."""
        return not self.means.conciliation or subject not in (None, sender)

    def _goes_on_already(self, target: str, rung: str | None) -> bool:
        named = rung or self._lowest(Role.FORCE)
        return self.scenario.ladder.rung(named).intensity <= self.means.ongoing.get(target, -1.0)

    def _lowest(self, role: Role) -> str:
        return next(rung.name for rung in self.scenario.ladder.rungs if rung.role.order >= role.order)
