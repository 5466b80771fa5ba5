"""What an actor can say where it decides: for each kind of signal whom to, what about, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from escalation.app.briefing import Briefing
from escalation.engines.lowering.rows import holds_back, restrains
from escalation.engines.situation import Statement
from escalation.engines.statements import KINDS, no_effect
from escalation.world.commitment import Commitment
from escalation.world.ladder import Role
from escalation.world.plain_words import actor_name
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal

__all__ = ["DAYS", "KIND_WORDS", "LEAKS", "SHARES", "Draft", "Form", "forms"]

KIND_WORDS = {
    "threat": "Threat: if you act, I will answer",
    "vow": "Vow: I will act",
    "warning": "Warning: if you act, I will defend them",
    "reassurance": "Reassurance: we do not want war",
    "denial": "Denial: it was not us, or it was never said",
    "disclosure": "Disclosure: they want you to strike",
    "demand": "Demand: stop it",
    "appeal": "Appeal to others for restraint",
    "refusal": "Refusal: we will not yield",
    "withdrawal": "Withdrawal: I take a word back",
    "concession": "Concession: you shall have a part of what you demand",
    "authorisation": "Authorisation: you may act",
}
"""What each kind of signal says."""
DAYS = (3.0, 7.0, 14.0, 30.0)
"""Days to choose from, for which a word stands."""
SHARES = (0.25, 0.5, 0.75, 1.0)
"""Parts of a demand to choose from."""
LEAKS = (0.0, 0.02, 0.1)
"""Hazards to choose from that a private word leaks, per day."""
_SEVERAL = ("warning", "reassurance", "denial", "disclosure", "appeal", "authorisation")
"""Kinds that bind nobody against whom they are said to, so that they can be said to several at once."""
_TIMED = ("threat", "vow", "demand", "appeal", "refusal", "authorisation")

Rows = tuple[tuple[str, str], ...]
"""Values to choose from, and their words."""


@dataclass(frozen=True, slots=True)
class Form:
    """What one kind of signal asks for.

    Parameters
    ----------
    kind
        The kind.
    to
        Actors it can be said to; none where that follows from what it is about.
    several
        Whether it can be said to more than one of them at once.
    about
        What it can be about; none where it is about nothing that could be chosen.
    rungs, triggers
        Rungs that it can speak of, and at which a threat can be crossed.
    timed, shared
        Whether it stands for some days, and whether it grants a part of a demand.
    closed
        Why it cannot be said, in a sentence; empty where it can.
    """

    kind: str
    to: Rows = ()
    about: Rows = ()
    rungs: Rows = ()
    triggers: Rows = ()
    timed: bool = False
    shared: bool = False
    closed: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has filled in so far; what is empty is left to the form.

    Parameters
    ----------
    kind, to, about, channel, rung, trigger
        As in a `Statement`; `to` holds one actor, or more where a form takes several.
    due, or_else, share
        Likewise; `or_else` 0 binds to nothing.
    leak
        Likewise, of a private word.
    """

    kind: str = ""
    to: tuple[str, ...] = ()
    about: str = ""
    channel: Literal["public", "private"] = "public"
    rung: str = ""
    trigger: str = ""
    due: float = 14.0
    or_else: float = 0.0
    share: float = 0.5
    leak: float = 0.0

    def fitted(self, form: Form) -> Draft:
        """The draft with the first of what can be chosen where nothing that can be is; of several nobody is first."""
        offered = tuple(actor for actor, _ in form.to)
        known = tuple(actor for actor in offered if actor in self.to)
        return replace(
            self, to=known if form.several else known[:1] or offered[:1], about=_one_of(self.about, form.about),
            rung=_one_of(self.rung, form.rungs), trigger=_one_of(self.trigger, form.triggers),
        )  # fmt: skip

    def statement(self, form: Form, scenario: Scenario) -> Statement:
        """What would be said."""
        draft = self.fitted(form)
        demand = form.kind == "demand" and bool(draft.rung)
        return Statement(
            form.kind,
            _receivers(form.kind, draft, scenario),
            subject=draft.about or None,
            channel=draft.channel,
            rung=draft.rung or None,
            trigger=draft.trigger or None,
            due=draft.due if form.timed else 14.0,
            or_else=draft.or_else if demand and draft.or_else > 0.0 else None,
            share=draft.share if form.shared else None,
            leak=draft.leak if draft.channel == "private" else 0.0,
        )


def _one_of(value: str, rows: Rows) -> str:
    values = [key for key, _ in rows]
    return value if value in values else (values[0] if values else "")


def _receivers(kind: str, draft: Draft, scenario: Scenario) -> tuple[str, ...]:
    signal = scenario.signals.get(draft.about)
    if kind == "withdrawal" and signal is not None:
        return signal.receivers
    if kind == "concession" and signal is not None:
        return (signal.sender,)
    return draft.to


def forms(briefing: Briefing, heard: Sequence[str]) -> tuple[Form, ...]:
    """What an actor can say, a form for each kind of signal.

    Parameters
    ----------
    briefing
        What it was told.
    heard
        Ids of the signals and events that it knows of.
    """
    return tuple(_Forms(briefing, heard).form(kind) for kind in KINDS)


class _Forms:
    def __init__(self, briefing: Briefing, heard: Sequence[str]) -> None:
        self.scenario, self.actor = briefing.scenario, briefing.actor
        self.signals = {name: self.scenario.signals[name] for name in heard if name in self.scenario.signals}
        self.events = [
            name for name in heard if name in self.scenario.events and self.scenario.events[name].kind == "provocation"
        ]

    def form(self, kind: str) -> Form:
        """Form of a kind, closed where it has nothing to choose from."""
        off = [no_effect(self.scenario, kind, channel) for channel in ("public", "private")]
        if all(off):
            return Form(kind, closed=_sentence(off[0]))
        form: Form = getattr(self, f"_{kind}")()
        return replace(form, timed=kind in _TIMED, several=kind in _SEVERAL and len(form.to) > 1)

    def _threat(self) -> Form:
        to = self._faced()
        return self._if(to, Form("threat", to, rungs=self._rungs(), triggers=self._rungs(Role.DISPLAY)), _NOBODY_FACED)

    def _vow(self) -> Form:
        to = self._faced()
        return self._if(to, Form("vow", to, rungs=self._rungs()), _NOBODY_FACED)

    def _refusal(self) -> Form:
        to = self._faced()
        return self._if(to, Form("refusal", to, rungs=self._rungs()), _NOBODY_FACED)

    def _demand(self) -> Form:
        to = self._named(row.actor for row in self.scenario.fronts.values() if row.target == self.actor)
        return self._if(
            to, Form("demand", to, rungs=(("", "nothing in particular"), *self._rungs())), "Nobody faces you."
        )

    def _warning(self) -> Form:
        own = tuple(
            (key, f"to {self._names(row.proteges)} ({key})")
            for key, row in self.scenario.commitments.items()
            if row.patron == self.actor
        )
        return self._if(own, Form("warning", self._others(), own), "You have pledged to stand by nobody.")

    def _reassurance(self) -> Form:
        return Form("reassurance", self._others())

    def _denial(self) -> Form:
        rows = [*((name, name) for name in self.events), *self._words(self.signals)]
        return self._if(rows, Form("denial", self._others(), tuple(rows)), "You have heard of nothing to deny.")

    def _disclosure(self) -> Form:
        faced = self._named(row.target for row in self.scenario.fronts.values() if row.actor != self.actor)
        return self._if(faced, Form("disclosure", self._others(), faced), _NOBODY_ELSE)

    def _appeal(self) -> Form:
        rows = [row for row in self.scenario.fronts.values() if self.actor not in (row.actor, row.target)]
        return self._if(rows, Form("appeal", self._named(row.actor for row in rows)), _NOBODY_ELSE)

    def _withdrawal(self) -> Form:
        own = {
            key: row
            for key, row in self.signals.items()
            if row.sender == self.actor and row.kind in ("threat", "vow", "demand", "authorisation")
        }
        return self._if(
            own,
            Form("withdrawal", about=self._words(own)),
            "You have made no threat, vow or demand to take back, and given nobody leave to act.",
        )

    def _concession(self) -> Form:
        asked = {
            key: row
            for key, row in self.signals.items()
            if row.kind == "demand"
            and self.actor in row.receivers
            and f"{self.actor}-{row.subject or row.sender}" in self.scenario.fronts
        }
        return self._if(
            asked, Form("concession", about=self._words(asked), shared=True), "Nothing has been demanded of you."
        )

    def _authorisation(self) -> Form:
        pledged = [row for row in self.scenario.commitments.values() if row.patron == self.actor]
        own = [row for row in pledged if restrains(self.scenario, row)]
        proteges = {name for row in own for name in row.proteges}
        faced = [front.target for front in self.scenario.fronts.values() if front.actor in proteges]
        adversaries = [*(row.adversary for row in own if row.adversary), *(faced if _against_any(own) else ())]
        closed = "You have pledged to stand by nobody."
        if pledged:
            closed = "None of your pledges is on condition, so you hold nobody back."
        if any(holds_back(self.scenario, row) for row in pledged):
            closed = "Your pledges that could hold somebody back have strength 0, so you hold nobody back."
        return self._if(
            own,
            Form(
                "authorisation",
                self._named(name for name in self.scenario.actors if name in proteges),
                (("", "whomever you are pledged against"), *self._named(adversaries)),
                rungs=(("", "any act"), *self._rungs()),
            ),
            closed,
        )

    @staticmethod
    def _if(rows: object, form: Form, otherwise: str) -> Form:
        return form if rows else Form(form.kind, closed=otherwise)

    def _rungs(self, least: Role = Role.FORCE) -> Rows:
        """Rungs that a word can speak of; the one that is meant where none is named stands first."""
        rungs = [rung for rung in self.scenario.ladder.rungs if rung.role.order >= Role.THREAT.order]
        first = next(rung for rung in rungs if rung.role.order >= least.order)
        return tuple((rung.name, rung.name) for rung in (first, *(rung for rung in rungs if rung is not first)))

    def _faced(self) -> Rows:
        return self._named(row.target for row in self.scenario.fronts.values() if row.actor == self.actor)

    def _others(self) -> Rows:
        return self._named(self.scenario.actors)

    def _named(self, actors: Iterable[str]) -> Rows:
        names = dict.fromkeys(name for name in actors if name != self.actor)
        return tuple((name, actor_name(self.scenario, name)) for name in names)

    def _names(self, actors: Sequence[str]) -> str:
        return ", ".join(actor_name(self.scenario, name) for name in actors)

    def _words(self, signals: dict[str, Signal]) -> Rows:
        return tuple(
            (key, f"{row.kind.value} by {actor_name(self.scenario, row.sender)} ({key})")
            for key, row in signals.items()
        )


def _against_any(pledges: Sequence[Commitment]) -> bool:
    """Whether a pledge is against anybody, and names no adversary."""
    return any(pledge.adversary is None for pledge in pledges)


_NOBODY_FACED = "You face nobody."
_NOBODY_ELSE = "Nobody else faces anybody to whom this could matter."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
