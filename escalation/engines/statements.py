"""Statements: what an actor says in the course of a run becomes a signal of the scenario, and is heard like any other.

A scenario with the statement as a signal, dated to the next period, gives the same run to the bit, in either engine.
"""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

from escalation.arithmetic.draws import uniform
from escalation.arithmetic.keys import OCCURRENCE
from escalation.dynamics.roles import HEARD, PUBLIC
from escalation.dynamics.state import Crisis
from escalation.engines.days import days_of, period_at
from escalation.engines.lowering.rows import Rows, why_none_restrains
from escalation.engines.situation import Statement
from escalation.errors import ScenarioError, StudyError
from escalation.world.near import near, short
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal, SignalKind, a_kind

__all__ = ["KINDS", "heard_by", "heard_on", "no_effect", "with_statement"]

KINDS = tuple(kind.value for kind in SignalKind)
"""What can be said."""
_ABOUT_WORDS = ("denial", "refusal", "withdrawal", "concession")
"""Kinds whose subject is a signal or an event: the sender must have heard of it."""
_ONLY_BELIEVED = ("reassurance", "denial", "disclosure", "appeal", "authorisation")
"""Kinds that bind nobody, so that they change nothing where they have no weight."""
_MOST_LETTERS = 40


def heard_on(scenario: Scenario, day: float) -> float:
    """Day on which others hear what is said on a day: the end of the next period.

    Raises
    ------
    StudyError
        If there is no next period.
    """
    days = days_of(scenario)
    following = period_at(days, day) + 1
    if following >= len(days):
        raise StudyError("the crisis ends today, so nobody would hear it any more")
    return float(days[following])


def no_effect(scenario: Scenario, kind: str, channel: str) -> str:
    """Why a kind of signal would change nothing by the rules of a scenario; empty where it can."""
    rules = scenario.rules
    if kind == "appeal" and rules.appeal == 0.0:
        return "appeals have no weight in this scenario (rules.appeal is 0), so an appeal would change nothing"
    if kind == "authorisation" and rules.leash == 0.0:
        return (
            "no patron holds its protégé back in this scenario (rules.leash is 0), so an authorisation would change "
            "nothing"
        )
    rule = f"{channel}_word"
    if kind in _ONLY_BELIEVED and getattr(rules, rule, None) == 0.0:
        return (
            f"what is said in {channel} has no weight in this scenario (rules.{rule} is 0), so {a_kind(kind)} would "
            "change nothing"
        )
    return ""


def _holds_nobody(scenario: Scenario, sender: str, statement: Statement) -> str:
    """Why leave to act would lift nothing, since the patron holds its receivers back from nothing; empty where it does.

    Where it has no pledge to them there is nothing to say here: an authorisation to them is a fault.
    """
    if statement.kind != "authorisation":
        return ""
    pledges = Rows(scenario).let_go(sender, statement.receivers, subject=statement.subject)
    why = why_none_restrains(scenario, sender, pledges) if pledges else ""
    return f"{why}, and an authorisation would change nothing" if why else ""


def heard_by(crisis: Crisis, scenario: Scenario, actor: str) -> tuple[str, ...]:
    """Ids of the events that have happened, and of the signals that an actor has said or heard.

    Parameters
    ----------
    crisis
        A run, where it stands.
    scenario
        What is played.
    actor
        Who has heard.
    """
    row = scenario.actor_ids.index(actor)
    found = []
    for name, event in zip(scenario.events, crisis.events, strict=True):
        occurred = uniform(crisis.clock[0], OCCURRENCE, event.key, 0) < event.probability
        if occurred and event.day < crisis.clock[0].latest:
            found.append(name)
    for name, signal in zip(scenario.signals, crisis.signals, strict=True):
        told = signal.sender == row or (signal.receivers >> row) & 1 == 1
        if signal.status == PUBLIC or (signal.status == HEARD and told):
            found.append(name)
    return tuple(found)


def with_statement(
    scenario: Scenario, sender: str, statement: Statement, *, day: float, known: tuple[str, ...] | None = None
) -> Scenario:
    """Scenario with what an actor says as one more signal, which is heard in the next period.

    Parameters
    ----------
    scenario
        What is played.
    sender
        Who speaks.
    statement
        What it says.
    day
        When, in days after the start.
    known
        Ids of the signals and events that the sender has heard of; by default all.

    Raises
    ------
    StudyError
        If it cannot be said, with all that is wrong with it.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> more = with_statement(crisis, "challenger", Statement("vow", ("defender",)), day=3.0)
    >>> more.signals["challenger-said-1"].date
    4.0
    """
    if not isinstance(statement, Statement):
        raise StudyError(f"what {sender} says is {short(statement)}; it must be a Statement")
    if statement.kind not in KINDS:
        raise StudyError(f"there is no kind of signal {short(statement.kind)}{near(statement.kind, KINDS)}")
    if not isinstance(statement.receivers, (list, tuple)):
        raise StudyError(f"receivers is {short(statement.receivers)}; it must be a list of actors")
    if sender in statement.receivers:
        raise StudyError(f"{sender} cannot be its own receiver; what it says is said to others")
    about = statement.subject if statement.kind in _ABOUT_WORDS else None
    if known is not None and about is not None and about not in known:
        raise StudyError(f"{sender} has heard of no {short(about)}{near(about, known)}")
    if known is not None and about is None and statement.kind in _ABOUT_WORDS and statement.kind != "refusal":
        raise StudyError(f"subject is missing; a {statement.kind} must name what it is about{near('', known)}")
    why = no_effect(scenario, statement.kind, statement.channel) or _holds_nobody(scenario, sender, statement)
    if why:
        raise StudyError(why)
    name = _name(scenario, sender, statement)
    row: dict[str, Any] = {**dataclasses.asdict(statement), "sender": sender, "id": name}
    date = heard_on(scenario, day)
    try:
        return scenario.with_signal(Signal(**row, date=date))
    except ScenarioError as error:
        # What is allowed beside could name words that the sender has not heard.
        secret = known is not None and statement.kind in _ABOUT_WORDS
        whats = [fault.what.partition("; ")[0] if secret else fault.what for fault in error.faults]
        told = "; ".join(_told(fault.where, what, name) for fault, what in zip(error.faults, whats, strict=True))
        raise StudyError(f"{sender} cannot say this {statement.kind}: {told}") from None


def _told(where: str, what: str, name: str) -> str:
    place = where.removeprefix(f"signals.{name}").lstrip(".")
    return f"{place}: {what}" if place else what


def _name(scenario: Scenario, sender: str, statement: Statement) -> str:
    """An id that is free. Private words are counted by receivers, so that the number tells nobody else of others."""
    stem = f"{sender}-said"
    if statement.channel == "private":
        to = "-".join(map(str, statement.receivers))
        if len(to) + len(sender) > _MOST_LETTERS:
            to = hashlib.sha256(to.encode()).hexdigest()[:12]
        stem = f"{sender}-told-{to}"
    number = 1
    while any(f"{stem}-{number}" in table for table in (scenario.signals, scenario.events, scenario.commitments)):
        number += 1
    return f"{stem}-{number}"
