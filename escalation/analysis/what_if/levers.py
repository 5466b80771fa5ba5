"""Levers: what an actor could still say or pledge, as data that can be applied to a scenario."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from escalation.engines.days import day_of_run
from escalation.engines.lower import check_scenario
from escalation.errors import ScenarioError, StudyError
from escalation.montecarlo.events import check_several
from escalation.world.commitment import Commitment
from escalation.world.event import Provocation
from escalation.world.near import near
from escalation.world.plain import plain
from escalation.world.plain_words import place_words, pledge_words, signal_words
from escalation.world.scenario import Scenario
from escalation.world.signal import Date, Signal, SignalKind

__all__ = [
    "CHANNELS",
    "KINDS",
    "ChangeLever",
    "CommitmentLever",
    "Lever",
    "SignalLever",
    "clash",
    "commitments_by",
    "signals_by",
]

KINDS = ("reassurance", "warning", "denial", "disclosure", "appeal", "demand", "threat")
"""Kinds of signal that are tried where none is named: a vow to act is no way out, nor is a refusal to yield. A word is
taken back, a demand conceded and a protégé given leave to act only where that kind is named."""

_TAKEN_BACK = (SignalKind.THREAT, SignalKind.VOW, SignalKind.DEMAND, SignalKind.AUTHORISATION)

CHANNELS = ("private", "public")


@dataclass(frozen=True, slots=True)
class SignalLever:
    """One more signal.

    Parameters
    ----------
    signal
        The signal.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> warning = Signal(
    ...     id="warn", kind="warning", date=3, sender="patron", receivers=("challenger",), subject="alliance"
    ... )
    >>> list(SignalLever(warning).apply(crisis).signals)
    ['threat', 'warn']
    """

    signal: Signal

    @property
    def name(self) -> str:
        """Id of the signal."""
        return self.signal.id

    def words(self, scenario: Scenario) -> str:
        """Lever in words: the title of the signal, or who says what to whom, and when.

        Parameters
        ----------
        scenario
            The crisis, which has the names.

        Returns
        -------
        str
            Words that can stand in a sentence.
        """
        return self.signal.title or signal_words(self.signal, scenario)

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario in which it is sent.

        Parameters
        ----------
        scenario
            The crisis; it is not changed.

        Returns
        -------
        Scenario
            With one more signal.

        Raises
        ------
        StudyError
            If its id is already used.
        ScenarioError
            If it names what the scenario does not have.
        """
        return scenario.with_signal(self.signal)

    def to_dict(self) -> dict[str, Any]:
        """Lever as plain data that JSON can hold.

        Returns
        -------
        dict
            Its name and what it does.
        """
        return {"name": self.name, "signal": plain(self.signal, brief=True, iso=True)}


@dataclass(frozen=True, slots=True)
class CommitmentLever:
    """One more commitment, in force from the start.

    Parameters
    ----------
    commitment
        The commitment.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> pledge = Commitment(id="entente", patron="patron", protege="challenger")
    >>> list(CommitmentLever(pledge).apply(crisis).commitments)
    ['alliance', 'entente']
    """

    commitment: Commitment

    @property
    def name(self) -> str:
        """Id of the commitment."""
        return self.commitment.id

    def words(self, scenario: Scenario) -> str:
        """Lever in words: the title of the pledge, or whose it is, to whom and against whom.

        Parameters
        ----------
        scenario
            The crisis, which has the names.

        Returns
        -------
        str
            Words that can stand in a sentence.
        """
        return self.commitment.title or pledge_words(self.commitment, scenario)

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario in which it is made.

        Parameters
        ----------
        scenario
            The crisis; it is not changed.

        Returns
        -------
        Scenario
            With one more commitment.

        Raises
        ------
        StudyError
            If its id is already used.
        ScenarioError
            If it names what the scenario does not have.
        """
        return scenario.with_part("commitments", self.commitment)

    def to_dict(self) -> dict[str, Any]:
        """Lever as plain data that JSON can hold.

        Returns
        -------
        dict
            Its name and what it does.
        """
        return {"name": self.name, "commitment": plain(self.commitment, brief=True, iso=True)}


@dataclass(frozen=True, slots=True)
class ChangeLever:
    """Another value at a place of the scenario.

    Parameters
    ----------
    path
        Dotted place, as `Scenario.replace` takes it.
    value
        The value to put there.

    Examples
    --------
    >>> import escalation as esc
    >>> lever = ChangeLever("commitments.alliance.conditional", True)
    >>> lever.name
    'commitments.alliance.conditional=true'
    >>> lever.apply(esc.load("two-state-deterrence")).commitments["alliance"].conditional
    True
    """

    path: str
    value: Any

    @property
    def name(self) -> str:
        """The change, as ``commitments.usa-isr.conditional=true``."""
        value = str(self.value).lower() if isinstance(self.value, bool) else plain(self.value, iso=True)
        return f"{self.path}={value}"

    def words(self, scenario: Scenario) -> str:
        """Lever in words: what is changed, and to which value.

        Parameters
        ----------
        scenario
            The crisis, which has the names.

        Returns
        -------
        str
            Words that can stand in a sentence.
        """
        return f"{place_words(self.path, scenario)}: {self.name.rpartition('=')[2]}"

    def apply(self, scenario: Scenario) -> Scenario:
        """Scenario with the change made.

        Parameters
        ----------
        scenario
            The crisis; it is not changed.

        Returns
        -------
        Scenario
            With that value in its place.

        Raises
        ------
        StudyError
            If the scenario has no such place.
        ScenarioError
            If the value is not allowed there.
        """
        return scenario.replace(self.path, self.value)

    def to_dict(self) -> dict[str, Any]:
        """Lever as plain data that JSON can hold.

        Returns
        -------
        dict
            Its name and what it does.
        """
        return {"name": self.name, "path": self.path, "value": plain(self.value, iso=True)}


Lever = SignalLever | CommitmentLever | ChangeLever
"""Anything that `off_ramps` can try."""


def signals_by(
    scenario: Scenario,
    sender: str,
    *,
    receivers: Sequence[str] | None = None,
    kinds: Sequence[str] = KINDS,
    channels: Sequence[str] = CHANNELS,
    days: Sequence[Date] | None = None,
) -> tuple[SignalLever, ...]:
    """List the signals that an actor could send, each to one receiver and each as the scenario allows it.

    Parameters
    ----------
    scenario
        The crisis.
    sender
        Who sends them.
    receivers
        To whom; by default everyone else who has a front.
    kinds
        Kinds of signal.
    channels
        ``"private"``, ``"public"`` or both.
    days
        Dates, or days after the start; by default the first day on which choices are made, or the day after what a
        signal is about, where that comes later.

    Returns
    -------
    tuple of SignalLever
        One for each receiver, kind, subject, channel and day that make sense together; those that the scenario has
        already are left out.

    Raises
    ------
    StudyError
        If there is no such actor, kind or channel, the sender is among the receivers, or a day is not within the run.

    Examples
    --------
    >>> from escalation.files import load
    >>> crisis = load("two-state-deterrence")
    >>> [lever.name for lever in signals_by(crisis, "patron", kinds=["warning"], channels=["public"])]
    ['patron-to-challenger-warning-alliance-public-1', 'patron-to-defender-warning-alliance-public-1']
    """
    check_scenario(scenario)
    for called, given in (("receivers", receivers), ("kinds", kinds), ("channels", channels)):
        check_several(given or (), called=called)
    facing = dict.fromkeys(front.actor for front in scenario.fronts.values())
    told = [name for name in facing if name != sender] if receivers is None else list(receivers)
    for name in (sender, *told):
        _known("actor", name, scenario.actors)
    if sender in told:
        raise StudyError(f"{sender!r} is the sender and cannot be a receiver")
    for kind in kinds:
        _known("kind of signal", kind, [kind.value for kind in SignalKind])
    for channel in channels:
        _known("channel", channel, CHANNELS)
    first = 1.0 if scenario.as_of is None else scenario.day(scenario.as_of) + 1.0
    for day in days or ():
        if not 0.0 <= day_of_run(scenario, "day", day) <= scenario.horizon:
            allowed = f"from day 0 to day {scenario.horizon} of {scenario.name!r}"
            raise StudyError(f"day is {day}; a signal must be sent {allowed}")
    levers = []
    for receiver, kind in itertools.product(told, kinds):
        for subject, channel in itertools.product(_subjects(scenario, sender, receiver, kind), channels):
            soonest = max(first, _after(scenario, kind, subject))
            for day in (soonest,) if days is None else days:
                lever = SignalLever(_signal(scenario, sender, receiver, kind, subject, channel, day))
                if _allowed(scenario, lever):
                    levers.append(lever)
    return tuple(levers)


def _signal(
    scenario: Scenario, sender: str, receiver: str, kind: str, subject: str | None, channel: str, day: Date
) -> Signal:
    """Signal that an actor could send, named after what it is."""
    about = "" if subject is None else f"-{subject}"
    # An id holds no dot, as a day that is no whole number would.
    name = f"{sender}-to-{receiver}-{kind}{about}-{channel}-{scenario.day(day):g}".replace(".", "_")
    fields = {"kind": kind, "date": day, "sender": sender, "receivers": (receiver,), "channel": channel}
    if kind == "concession":
        fields["share"] = 1.0
    return Signal.model_validate({"id": name, **fields, "subject": subject})


def commitments_by(
    scenario: Scenario,
    patron: str,
    *,
    proteges: Sequence[str] | None = None,
    adversaries: Sequence[str] | None = None,
) -> tuple[CommitmentLever | ChangeLever, ...]:
    """List the pledges that an actor could make from the start, and the terms of its pledges that it could change.

    Parameters
    ----------
    scenario
        The crisis.
    patron
        Who makes them.
    proteges, adversaries
        For whom and against whom; by default all who face one another.

    Returns
    -------
    tuple of CommitmentLever or ChangeLever
        New public pledges, unconditional and conditional, where there is none, but not against those to whom the
        patron is pledged; and pledges that there are made conditional or not, public or not.

    Raises
    ------
    StudyError
        If there is no such actor.

    Examples
    --------
    >>> from escalation.files import load
    >>> levers = commitments_by(load("two-state-deterrence"), "patron", proteges=["defender"])
    >>> [lever.name for lever in levers]
    ['commitments.alliance.conditional=true', 'commitments.alliance.public=false']
    """
    check_scenario(scenario)
    for called, given in (("proteges", proteges), ("adversaries", adversaries)):
        check_several(given or (), called=called)
    for name in (patron, *(proteges or ()), *(adversaries or ())):
        _known("actor", name, scenario.actors)
    levers: list[CommitmentLever | ChangeLever] = []
    pledged = {
        (protege, pledge.adversary)
        for pledge in scenario.commitments.values()
        if pledge.patron == patron
        for protege in pledge.proteges
    }
    # A patron does not pledge to stand by somebody against those that it has pledged to stand by.
    own = {patron, *(protege for protege, _ in pledged)}
    for name, pledge in scenario.commitments.items():
        against = pledge.adversary is None or _wanted(pledge.adversary, adversaries)
        if pledge.patron == patron and against and any(_wanted(protege, proteges) for protege in pledge.proteges):
            levers.append(ChangeLever(f"commitments.{name}.conditional", not pledge.conditional))
            levers.append(ChangeLever(f"commitments.{name}.public", not pledge.public))
    for front in scenario.fronts.values():
        protege, adversary = front.actor, front.target
        taken = {(protege, adversary), (protege, None)} & pledged
        asked = _wanted(protege, proteges) and _wanted(adversary, adversaries)
        if taken or protege == patron or adversary in own or not asked:
            continue
        for conditional in (False, True):
            name = f"{patron}-for-{protege}-against-{adversary}{'-if-attacked' if conditional else ''}"
            terms = {"patron": patron, "protege": protege, "adversary": adversary, "conditional": conditional}
            levers.append(CommitmentLever(Commitment.model_validate({"id": name, **terms})))
    return tuple(levers)


def clash(one: Lever, other: Lever) -> bool:
    """Whether two levers state the same thing in different terms, so that they cannot be taken together.

    Examples
    --------
    >>> pledges = [
    ...     CommitmentLever(Commitment(id=name, patron="usa", protege="isr", adversary="irn", conditional=terms))
    ...     for name, terms in (("firm", False), ("if-attacked", True))
    ... ]
    >>> clash(*pledges), clash(pledges[0], ChangeLever("rules.leash", 0.1))
    (True, False)
    """
    if isinstance(one, ChangeLever) and isinstance(other, ChangeLever):
        # With the dot at the end, so that actors.a is not taken for a part of actors.ab.
        shorter, longer = sorted((f"{one.path}.", f"{other.path}."), key=len)
        return longer.startswith(shorter)
    if isinstance(one, CommitmentLever) and isinstance(other, CommitmentLever):
        mine, theirs = one.commitment, other.commitment
        same = (mine.patron, mine.adversary) == (theirs.patron, theirs.adversary)
        return same and bool({*mine.proteges} & {*theirs.proteges})
    return False


def _wanted(name: str, names: Sequence[str] | None) -> bool:
    return names is None or name in names


def _known(what: str, name: str, allowed: Iterable[str]) -> None:
    if name not in (names := list(allowed)):
        raise StudyError(f"no {what} {name!r}{near(name, names)}")


def _subjects(scenario: Scenario, sender: str, receiver: str, kind: str) -> list[str | None]:
    """What a signal of this kind could be about, so that it can bear on what the receiver does."""
    faced = [front.target for front in scenario.fronts.values() if front.actor == receiver]
    if kind in ("reassurance", "demand"):
        return [None if name == sender else name for name in faced]
    if kind in ("disclosure", "appeal", "authorisation"):
        return [name for name in faced if name != sender]
    if kind == "warning":
        return [
            name
            for name, pledge in scenario.commitments.items()
            if pledge.patron == sender and (receiver in pledge.proteges or pledge.adversary in (None, receiver))
        ]
    if kind == "withdrawal":
        said = [(name, word) for name, word in scenario.signals.items() if word.sender == sender]
        return [name for name, word in said if word.kind in _TAKEN_BACK and receiver in word.receivers]
    if kind == "concession":
        asked = [(name, word) for name, word in scenario.signals.items() if word.sender == receiver]
        return [name for name, word in asked if word.kind is SignalKind.DEMAND and sender in word.receivers]
    if kind == "denial":
        return [
            name
            for name, event in scenario.events.items()
            if isinstance(event, Provocation) and any(sender in suspect.actors for suspect in event.suspects)
        ]
    return [None]


def _after(scenario: Scenario, kind: str, subject: str | None) -> float:
    """Day after the word or event that a signal answers; the start for all others."""
    if subject is None or kind not in ("withdrawal", "concession", "denial"):
        return 0.0
    item = scenario.events[subject] if kind == "denial" else scenario.signals[subject]
    return scenario.day(item.date) + 1.0


def _allowed(scenario: Scenario, lever: SignalLever) -> bool:
    """Whether the scenario has what the signal refers to, and not yet the signal itself."""
    if lever.name in scenario.signals:
        return False
    try:
        lever.apply(scenario)
    except ScenarioError:
        return False
    return True
