"""Words that seem to bind and do not: said in private, threatening nothing, or due only after the run."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.analysis.idle_leave import surely_too
from escalation.engines.days import latest
from escalation.errors import Fault
from escalation.world.distributions import support
from escalation.world.ladder import Role
from escalation.world.near import short
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal, SignalKind

__all__ = ["idle_words"]


def idle_words(scenario: Scenario) -> Iterator[Fault]:
    """Place of each vow, threat or demand that binds less than its author may think, and why."""
    earlier: dict[tuple[str, str], Signal] = {}
    for key, signal in sorted(scenario.signals.items(), key=lambda item: scenario.day(item[1].date)):
        place = f"signals.{key}"
        ultimatum = signal.kind is SignalKind.DEMAND and signal.or_else is not None
        if signal.binds:
            yield from _private(place, signal)
        if ultimatum:
            yield from _too_late(scenario, place, signal)
            yield from _of_words(scenario, place, signal)
        elif signal.kind is SignalKind.DEMAND and signal.rung is not None and signal.subject in {None, signal.sender}:
            yield Fault(
                f"{place}.rung",
                f"threatens an act, but without or_else {_unbound(signal)}; write in or_else within how many days the "
                "sender acts if the demand is not met",
            )
        # Signals are gone through by date, so that every entry of `earlier` was said before this one.
        for receiver in signal.receivers if ultimatum else ():
            front = (receiver, signal.subject or signal.sender)
            if front in earlier and not _over(scenario, earlier[front], scenario.day(signal.date)):
                before = earlier[front].id
                yield Fault(place, f"takes the place of {before!r}, the earlier ultimatum to {short(receiver)}")
            earlier[front] = signal


def _over(scenario: Scenario, ultimatum: Signal, day: float) -> bool:
    """Whether an ultimatum has surely ended, or been taken back, before one that is said on a day."""
    # Words are heard at the beginning of a period and fall due at its end, so a whole period must lie between.
    if scenario.day(ultimatum.date) + support(ultimatum.due)[1] + scenario.period <= day:
        return True
    return any(
        word.kind is SignalKind.WITHDRAWAL
        and word.subject == ultimatum.id
        and scenario.day(word.date) <= day
        and surely_too(word, ultimatum)
        for word in scenario.signals.values()
    )


def _unbound(signal: Signal) -> str:
    return f"{short(signal.sender)} is bound to nothing, and nobody reckons with it"


def _private(place: str, signal: Signal) -> Iterator[Fault]:
    """A word of which nobody at home will ever hear."""
    if not signal.may_be_public:
        yield Fault(
            f"{place}.channel",
            f"is private, and nothing says that it gets out: {_unbound(signal)}, since no public hears of it",
        )


def _too_late(scenario: Scenario, place: str, signal: Signal) -> Iterator[Fault]:
    """An ultimatum of which the run does not see the end."""
    ends, closes = scenario.day(signal.date) + support(signal.due)[0], latest(scenario)
    # What falls due does so at the end of a period: in the last one it binds no choice any more, but is broken or kept.
    if ends >= closes[-2]:
        yield Fault(
            f"{place}.due", "ends with the run or later: the sender is bound only if the demand is refused before"
        )
    elif signal.or_else is not None and ends + support(signal.or_else)[0] >= closes[-1]:
        yield Fault(f"{place}.or_else", "ends after the run: that the sender fails to act is never seen")


def _of_words(scenario: Scenario, place: str, signal: Signal) -> Iterator[Fault]:
    """An ultimatum that threatens words."""
    rung = scenario.ladder.rung(str(signal.rung))
    if rung.role.order < Role.DISPLAY.order:
        yield Fault(f"{place}.rung", f"is {rung.name!r}: the sender is bound to no more than words")
