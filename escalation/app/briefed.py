"""Reads a briefing from the tables of a run: what is at stake for an actor, whom it fears and what binds it."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.app.briefing import Briefing, Means
from escalation.dynamics.roles import OVERDUE, STANDING
from escalation.dynamics.state import FrontState, PledgeState
from escalation.dynamics.utility import weigh_acts
from escalation.engines.mesa_model import CrisisModel
from escalation.mechanisms.beliefs_and_signals import resolve_likelihood
from escalation.mechanisms.honour_and_audiences import audience_cost
from escalation.world.plain_words import actor_name
from escalation.world.scenario import Scenario

__all__ = ["briefed"]

_HALF = 0.5


def briefed(model: CrisisModel, actor: str) -> Briefing:
    """Brief an actor on where a run stands.

    Parameters
    ----------
    model
        The run, after a period has been opened.
    actor
        Id of the actor.
    """
    own = _Own(model, actor)
    return Briefing(
        scenario=model.lowered.scenario,
        actor=actor,
        wants=tuple(own.wants()),
        fears=tuple(own.fears()),
        promised=tuple(own.promised()),
        said=tuple(own.said()),
        means=own.means(),
    )


class _Own:
    """Reads what concerns one actor from the tables of a run."""

    def __init__(self, model: CrisisModel, actor: str) -> None:
        self.crisis, self.lowered = model.crisis, model.lowered
        self.scenario: Scenario = model.lowered.scenario
        self.name, self.row = actor, model.lowered.actor_ids.index(actor)
        self.state = self.crisis.actors[self.row]
        self.fronts = [f for f, front in enumerate(self.crisis.fronts) if front.actor == self.row and front.active == 1]

    def _name(self, row: int) -> str:
        return actor_name(self.scenario, self.lowered.actor_ids[row])

    def _rung(self, intensity: float) -> str:
        return next((rung.name for rung in self.scenario.ladder.rungs if rung.intensity == intensity), "an act")

    def wants(self) -> Iterator[str]:
        """What is at stake, front by front, and what war and an injury cost the actor's type."""
        for f in self.fronts:
            front = self.crisis.fronts[f]
            aim = "you want to change what there is" if front.revisionism >= _HALF else "you defend what there is"
            name = self._name(front.target)
            yield f"Against {name}: stake {front.stake:.2f}; {aim} (revisionism {front.revisionism:.2f})."
            by = "By the stakes"
            if self.lowered.front_ids[f] not in self.scenario.fronts:
                by += " of the quarrel that was joined"
            weight, odds = f"{front.injury_weight:.3g}", f"{front.war_odds:.3g}"
            if weight != "1":
                yield f"{by}, an injury by {name} weighs {weight} times as much to you as where they are 1."
            if odds != "1":
                yield f"{by}, the odds that force between you ends in war are {odds} times those where they are 1."
            if front.spoiler > 0.0:
                yield f"Escalation against {name} is worth something to you as such ({front.spoiler:.2f})."
        state, resolute = self.state, self.state.resolute == 1
        cost, honour = (
            (state.war_cost_resolute, state.honour_resolute)
            if resolute
            else (state.war_cost_irresolute, state.honour_irresolute)
        )
        yield (
            f"You are {'resolute' if resolute else 'irresolute'}, which nobody else knows: a war costs you {cost:.2f} "
            f"stakes, and to leave an injury unanswered {honour:.2f} for each unit of its intensity."
        )
        if state.pressure > 0.0:
            yield f"At home you are pressed to answer ({state.pressure:.2f})."
        yield f"Your reputation for honesty is {state.honesty:.2f} of 1."

    def fears(self) -> Iterator[str]:
        """Whom it fears, and whose patrons stand against it."""
        for f in self.fronts:
            front = self.crisis.fronts[f]
            name = self._name(front.target)
            if front.at_war == 1:
                yield f"You are at war with {name}."
                continue
            yield f"That {name} attacks whatever you do: {front.fear:.2f}; that it is resolute: {front.resolve:.2f}."
        for pledge in self.crisis.pledges:
            if pledge.adversary == self.row and pledge.known == 1 and pledge.in_force > 0:
                yield (
                    f"That {self._name(pledge.patron)} stands by {self._name(pledge.protege)} against you: "
                    f"{pledge.credence_adversary:.2f}."
                )

    def promised(self) -> Iterator[str]:
        """Its pledges, vows and threats that stand, and the demands that it faces."""
        for pledge in self.crisis.pledges:
            if pledge.patron == self.row and pledge.in_force > 0:
                yield self._pledge(pledge)
        for f in self.fronts:
            front = self.crisis.fronts[f]
            yield from self._vow(front)
            if self.crisis.clock[0].now <= front.threat_until:
                yield (
                    f"You threaten {self._name(front.target)} with {self._rung(front.threat)} if it crosses your line, "
                    f"until day {_day(front.threat_until)}, {_said(front.threat_publicity)}."
                )
            if self.crisis.clock[0].now <= front.demand_until:
                yield (
                    f"Restraint towards {self._name(front.target)} is demanded of you until day "
                    f"{_day(front.demand_until)}, {_said(front.demand_publicity)}; {front.demand_left:.0%} is open."
                )

    def _pledge(self, pledge: PledgeState) -> str:
        condition = ", unless it strikes first" if pledge.conditional == 1 else ""
        return (
            f"To stand by {self._name(pledge.protege)} against {self._name(pledge.adversary)}{condition} (strength "
            f"{pledge.strength:.2f}, bound {_said(pledge.publicity)})."
        )

    def _vow(self, front: FrontState) -> Iterator[str]:
        name, rung = self._name(front.target), self._rung(front.vow)
        a = self.state.audience_cost
        if front.vow_standing == STANDING:
            most = audience_cost(a, front.vow_publicity, 1.0, front.vow, 0.0)
            yield (
                f"You have vowed {rung} against {name} by day {_day(front.vow_due)}, {_said(front.vow_publicity)}: to "
                f"do nothing would come to cost {most:.2f} stakes."
            )
        elif front.vow_standing == OVERDUE:
            yield f"You have not kept your vow of {rung} against {name}; your audience still holds it against you."

    def said(self) -> Iterator[str]:
        """What it has said so far in the run; what was said today is heard tomorrow."""
        for name, signal in zip(self.scenario.signals, self.crisis.signals, strict=True):
            row = self.scenario.signals[name]
            spoken = name.startswith((f"{self.name}-said-", f"{self.name}-told-"))
            if signal.sender == self.row and (signal.status > 1 or (spoken and signal.status == 0)):
                to = ", ".join(actor_name(self.scenario, receiver) for receiver in row.receivers)
                when = f"on day {_day(signal.day)}" if signal.status > 1 else "is heard tomorrow"
                yield f"{row.kind.value.capitalize()} to {to}, in {row.channel}, {when} ({name})."

    def means(self) -> Means:
        """What its words are worth and cost."""
        crisis, rules = self.crisis, self.crisis.rules[0]
        ongoing, telling = {}, {}
        for f in self.fronts:
            target = self.lowered.actor_ids[crisis.fronts[f].target]
            ongoing[target] = crisis.fronts[f].baseline
            weigh_acts(crisis, f)
            resolute, irresolute = crisis.weighed_resolute, crisis.weighed_irresolute
            for o, rung in enumerate(self.lowered.rung_names):
                telling[target, rung] = (
                    resolve_likelihood(rules.signal_precision, resolute[o], resolute[0]),
                    resolve_likelihood(rules.signal_precision, irresolute[o], irresolute[0]),
                )
        return Means(
            audience_cost=self.state.audience_cost,
            honesty=self.state.honesty,
            honesty_loss=rules.honesty_loss,
            threat_credibility=rules.threat_credibility,
            public_word=rules.public_word,
            private_word=rules.private_word,
            face=rules.face,
            reputation=rules.reputation,
            conciliation=rules.conciliation == 1,
            credence=rules.joins_by_credence == 1,
            appeal=rules.appeal,
            amends_in_words=rules.amends_in_words,
            ongoing=ongoing,
            telling=telling,
        )


def _said(publicity: float) -> str:
    """How publicly a word stands."""
    return "in public" if publicity >= _HALF else "in private"


def _day(day: float) -> str:
    """A day, to a tenth."""
    return f"{round(day, 1):g}"
