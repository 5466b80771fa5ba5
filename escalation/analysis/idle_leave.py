"""Leave to act that lifts nothing: authorisations under which no act is freer than without them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.idle_acts import chance, term
from escalation.engines.days import days_of, latest
from escalation.engines.lowering.events import act_front
from escalation.engines.lowering.rows import Rows, above_baseline, restrains, why_none_restrains
from escalation.errors import Fault
from escalation.world.commitment import Commitment
from escalation.world.distributions import support
from escalation.world.event import Provocation
from escalation.world.front import Front
from escalation.world.ladder import Role
from escalation.world.plain_words import listed
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal, SignalKind

__all__ = ["idle_leave", "surely_too"]


def idle_leave(scenario: Scenario) -> Iterator[Fault]:
    """Place of each authorisation that lifts nothing, and why it does not."""
    rows = Rows(scenario)
    for key, signal in scenario.signals.items():
        if signal.kind is SignalKind.AUTHORISATION and (why := _lifts_nothing(rows, signal)):
            yield Fault(f"signals.{key}", f"changes nothing{why}")


def _lifts_nothing(rows: Rows, signal: Signal) -> str:
    """Why an authorisation changes nothing; empty where it can change something."""
    rules, rule = rows.scenario.rules, f"{signal.channel}_word"
    if rules.leash == 0.0:
        return ": no patron holds its protégé back where rules.leash is 0"
    if getattr(rules, rule) == 0.0:
        # An adversary that hears of it later reckons with it all the same.
        whom = " for its receivers" if signal.may_be_public and rules.public_word != 0.0 else ""
        return f"{whom}: what is said in {signal.channel} has no weight where rules.{rule} is 0"
    stands, why = _stands(rows.scenario, signal)
    return f": {why}" if why else _holds_from_nothing(rows, signal, stands=stands)


def _stands(scenario: Scenario, signal: Signal) -> tuple[NDArray[np.bool_], str]:
    """In which periods an authorisation stands while choices fall; and if in none, why."""
    ends, closes = days_of(scenario)[1:], latest(scenario)[1:]
    said, first_choice = scenario.day(signal.date), 0.0 if scenario.as_of is None else scenario.day(scenario.as_of)
    stands = (said < closes) & (ends <= said + support(signal.due)[1]) & (ends > first_choice)
    if not stands.any():
        return stands, "its days are over before the first choice that could heed it"
    for other in scenario.signals.values():
        if other.kind is SignalKind.WITHDRAWAL and other.subject == signal.id and surely_too(other, signal):
            # What is taken back in a period stands in none of its choices: words are heard before anybody chooses.
            stands &= closes <= scenario.day(other.date)
            if not stands.any():
                return stands, f"{other.id!r} takes it back before the first choice that could heed it"
    return stands, ""


def surely_too(other: Signal, signal: Signal) -> bool:
    """Whether one signal was said in every run in which another was."""
    together = (other.occasion or other.id) == (signal.occasion or signal.id)
    return together or chance(other) == 1.0


def _holds_from_nothing(rows: Rows, signal: Signal, *, stands: NDArray[np.bool_]) -> str:
    """Why nothing holds its receivers back from the acts that an authorisation allows; empty where something does."""
    scenario = rows.scenario
    pledges = rows.let_go(signal.sender, signal.receivers, subject=signal.subject)
    if why := why_none_restrains(scenario, signal.sender, pledges):
        return f": {why}"
    pledges = [pledge for pledge in pledges if restrains(scenario, pledge.terms)]
    # A narrower leave that follows a wider one does change something: it puts part of the leash back on.
    limits = signal.rung is not None and _may_take_back(scenario, signal)
    if scenario.rules.leash_holds == "on-condition":
        if not limits and signal.rung is not None and _below_force(scenario, signal.rung):
            return f": {signal.rung} is no force, and its receivers are held back from force alone"
        faced = dict.fromkeys(pledge.adversary for pledge in pledges)
        day = scenario.day(signal.date)
        pledges = [
            pledge for pledge in pledges if not _used_force(scenario, f"{pledge.adversary}-{pledge.protege}", day)
        ]
        if not pledges:
            due = f"{listed(faced)} {'has' if len(faced) == 1 else 'have'}"
            return f": {due} used force already, so that help is due, and nothing holds its receivers back"
    pledges = [pledge for pledge in pledges if (stands & _in_force(scenario, pledge.terms)).any()]
    if not pledges:
        return f": no pledge of {signal.sender} that holds its receivers back is in force while it stands"
    fronts = [(pledge.supported, scenario.fronts.get(pledge.supported)) for pledge in pledges]
    names = listed(dict.fromkeys(name for name, _ in fronts))
    if all(front is not None and front.at_war for _, front in fronts):
        return f": there is war at the start on {names}, where nothing is left to choose"
    if limits or signal.rung is None:
        return ""
    if all(front is not None and _goes_on(rows, front, signal.rung) for _, front in fronts):
        return f": its rung is not above the baseline of {names}, where nobody holds its receivers back from it"
    return ""


def _may_take_back(scenario: Scenario, signal: Signal) -> bool:
    """Whether an authorisation may put the leash back on, since of several the one said last holds."""
    return any(
        other.kind is SignalKind.AUTHORISATION
        and other.id != signal.id
        and other.sender == signal.sender
        and set(other.receivers) & set(signal.receivers)
        and scenario.day(other.date) <= scenario.day(signal.date)
        for other in scenario.signals.values()
    )


def _below_force(scenario: Scenario, rung: str) -> bool:
    """Whether acts on a rung are no force."""
    return scenario.ladder.rung(rung).role.order < Role.FORCE.order


def _used_force(scenario: Scenario, front: str, day: float) -> bool:
    """Whether force has been used on a front before the start, or surely by an act of the timeline up to a day."""
    if front not in scenario.fronts:
        return False
    stated = (
        event.rung
        for event in scenario.events.values()
        if isinstance(event, Provocation)
        and event.rung is not None
        and scenario.rules.scheduled_answers
        and chance(event) == 1.0
        and scenario.day(event.date) <= day
        and act_front(scenario, event) == front
        and above_baseline(scenario, scenario.fronts[front], event.rung)
    )
    return scenario.fronts[front].struck_first or any(not _below_force(scenario, rung) for rung in stated)


def _in_force(scenario: Scenario, terms: Commitment) -> NDArray[np.bool_]:
    """In which periods a commitment is in force by its days."""
    closes = latest(scenario)[1:]
    begins, lapses = term(scenario, terms)
    return (begins < closes) & (closes <= lapses)


def _goes_on(rows: Rows, front: Front, rung: str) -> bool:
    """Whether acts on a rung are no choice on a front: it has war, or they are at or below its baseline."""
    return front.at_war or not above_baseline(rows.scenario, front, rung)
