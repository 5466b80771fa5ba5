"""Words against deeds, run by run: whether each signal was said, tested, and borne out by what was done.

What an ensemble keeps of a run says on which day a rung was first crossed, and no more. Whether a vow of day 30 was
kept by a strike on day 35 cannot be told from it where there was a strike on day 5. So runs in which somebody acted
are played once more, which gives the same acts, bit for bit, and the fingerprint of each is compared.

========================  =============================================================================================
vow                       the sender reached the vowed rung towards its target, openly, within `due` days after it was
                          said
threat                    the target openly crossed its trigger within `due` days after it was said, and the sender
                          reached the threatened rung, openly, within `due` days after that first crossing
ultimatum                 the sender reached the threatened rung, openly, within `or_else` days after the demand's day
                          came, or it was refused, without its having been met
warning                   the patron was called on the commitment after it was said, and joined
reassurance               its subject used no force against any of the receivers, openly or not, within the act window,
                          which begins on the first day of choice where it was said before
========================  =============================================================================================

War between the two, however it came about, counts as having reached every rung, and as force by both. Acts are those
above ongoing hostilities that were chosen, or that the timeline has done in a later period than the word. Of the
timeline only what states its rung calls on patrons, or is the force of a reassurance. A vow, threat or ultimatum that
was taken back is judged by what was done before. An ultimatum whose sender acts before its day is not tested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.dynamics.record import ACT_FIELDS, FRONT_FIELDS
from escalation.dynamics.roles import FORCE, NEVER_SAID, RESTRAINT, WITHDRAWAL
from escalation.engines.days import latest
from escalation.errors import StudyError
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.pieces import pieces
from escalation.montecarlo.scheduled_deeds import scheduled_deeds
from escalation.world.plain_words import kind_word
from escalation.world.scenario import Scenario
from escalation.world.signal import SignalKind

if TYPE_CHECKING:
    from escalation.engines.lower import Lowered

__all__ = ["JUDGED", "Verdict", "verdicts"]

CHUNK = 500
"""Runs that are set up at once."""


class Verdict(IntEnum):
    """What became of a signal in a run."""

    NOT_SAID = 0
    """It was not said: it never occurred, or the crisis had settled before its day."""
    UNTESTED = 1
    """It was said, and nothing tested it: no crossing, no call, no front, or too little time before the horizon."""
    BELIED = 2
    """It was tested, and deeds did not bear it out."""
    BORNE_OUT = 3
    """Deeds bore it out."""


class _Calendar:
    """Which period a day falls in, as the period itself reckons."""

    def __init__(self, lowered: Lowered) -> None:
        from escalation.engines.days import days_of
        from escalation.engines.tables import views

        clock: Any = views(lowered.template, lowered).clock[0]
        self.days = days_of(lowered.scenario)
        self.latest = latest(lowered.scenario)
        self.first_choice = float(clock["first_choice"])
        self.never = len(self.days)

    def said(self, day: float) -> int:
        """Period in which a signal of a day is said; `never` where that lies behind the horizon."""
        return int(np.searchsorted(self.latest, day, side="right"))

    def due(self, day: float) -> int:
        """Last period in which what is due on a day can still be done; `never` where that lies behind the horizon."""
        return max(self.said(day), int(np.searchsorted(self.days, self.first_choice, side="left")))

    def by(self, day: float) -> int:
        """Last period that ends by a day; `never` where the day lies behind the horizon."""
        if day > self.days[-1]:
            return self.never
        return int(np.searchsorted(self.days, day, side="right")) - 1


@dataclass(frozen=True, slots=True)
class _Deeds:
    """Acts of a run, wars that began in it, and who joined."""

    period: NDArray[np.int64]
    front: NDArray[np.int64]
    seen: NDArray[np.float64]
    """Intensity as far as the act is public."""
    done_at: NDArray[np.float64]
    """Intensity in full; below 0 where nothing was done."""
    day: NDArray[np.float64]
    """When it was done: the end of its period, or its day on the timeline."""
    force: NDArray[np.bool_]
    exact: NDArray[np.bool_]
    """Whether the rung is known: it was chosen, or the timeline states it."""
    scheduled: NDArray[np.bool_]
    """Whether the timeline had it done."""
    known: NDArray[np.bool_]
    """Whether those whom it hit hold its author to have done it."""
    war: NDArray[np.int64]
    """Period in which each front came to war, -1 where it did not; shape (front,)."""
    joined: NDArray[np.int64]
    vow_by: NDArray[np.float64]
    """Signal that the vow of each front comes of, at the end of each period; shape (period, front)."""
    vow_due: NDArray[np.float64]
    """Day on which that vow is due, likewise."""
    ended: int

    def done(self, which: NDArray[np.bool_], front: int, first: int, last: int) -> bool:
        """Whether one of these acts was done on a front from one period to another."""
        return bool((which & (self.front == front) & (self.period >= first) & (self.period <= last)).any())

    def at_war_by(self, front: int, last: int) -> bool:
        """Whether a front came to war by a period."""
        return bool(0 <= self.war[front] <= last)


@dataclass(frozen=True, slots=True)
class _Said:
    """A signal of a run, in which it has been said."""

    crisis: Any
    """Tables with which the run begins."""
    row: Any
    receivers: tuple[int, ...]
    period: int
    deeds: _Deeds
    calendar: _Calendar

    @property
    def taken_back(self) -> int:
        """Period in which it was taken back; `never` of the calendar where it was not."""
        rows = self.crisis.signals
        names = np.flatnonzero((rows["kind"] == WITHDRAWAL) & (rows["status"] != NEVER_SAID))
        days = [float(rows[n]["day"]) for n in names if rows[rows[n]["about_signal"]]["key"] == self.row["key"]]
        return self.calendar.said(min(days)) if days else self.calendar.never

    @property
    def own(self) -> int:
        """Front of the sender against its target; -1 where there is none."""
        return int(self.crisis.front_of[self.row["sender"]][self.row["target"]])

    @property
    def promised(self) -> float:
        """Intensity of the rung that it speaks of."""
        return float(self.crisis.options[self.row["option"]]["intensity"])

    @property
    def binding(self) -> bool:
        """Whether it speaks of more than what goes on anyway, on a front that is not at war from the start."""
        front = self.crisis.fronts[self.own] if self.own >= 0 else None
        return front is not None and bool(self.promised > front["baseline"] and front["at_war"] == 0)

    @property
    def testing(self) -> NDArray[np.bool_]:
        """Which acts may test it: of the timeline, those after it was heard that are held to be their author's."""
        deeds = self.deeds
        return deeds.known & (~deeds.scheduled | (deeds.period > self.period))

    def reaches(self, front: int, first: int, last: int) -> bool:
        """Whether the sender reached the rung on a front from one period to another, or came to war there by then."""
        enough = (self.deeds.seen >= self.promised) & self.testing
        return self.deeds.at_war_by(front, last) or self.deeds.done(enough, front, first, last)


def _vow(said: _Said) -> Verdict:
    last = said.calendar.due(said.row["day"] + said.row["due"])
    if not said.binding or last >= said.calendar.never:
        return Verdict.UNTESTED
    return _kept(said, said.own, said.period, last)


def _kept(said: _Said, front: int, first: int, last: int) -> Verdict:
    """Whether the sender did it from one period to another, or took its word back before that was known."""
    free = said.taken_back
    if free > last:
        return Verdict.BORNE_OUT if said.reaches(front, first, last) else Verdict.BELIED
    return Verdict.BORNE_OUT if said.reaches(front, first, free - 1) else Verdict.UNTESTED


def _threat(said: _Said) -> Verdict:
    if not said.binding:
        return Verdict.UNTESTED
    deeds, calendar = said.deeds, said.calendar
    front = said.crisis.fronts[said.own]
    crossing = said.testing & (deeds.front == front["reverse"]) & (deeds.seen >= said.row["trigger"])
    crossing &= (deeds.day <= said.row["day"] + said.row["due"]) & (deeds.period >= said.period)
    crossing &= deeds.period < said.taken_back
    if not crossing.any():
        return Verdict.UNTESTED
    n = int(np.flatnonzero(crossing)[np.argmin(deeds.day[crossing])])
    last = calendar.due(deeds.day[n] + said.row["due"])
    if last >= calendar.never:
        return Verdict.UNTESTED
    # What the sender chose at the same moment was no answer. What the timeline has done came before anybody chose.
    return _kept(said, said.own, int(deeds.period[n]) + int(not deeds.scheduled[n]), last)


def _ultimatum(said: _Said) -> Verdict:
    """Judge the vows that a demand became, on each front on which it was not met."""
    of_fronts = [_vow_from(said, front) for front in range(said.deeds.vow_by.shape[1])]
    for verdict in (Verdict.BELIED, Verdict.BORNE_OUT):
        if verdict in of_fronts:
            return verdict
    return Verdict.UNTESTED


def _vow_from(said: _Said, front: int) -> Verdict:
    """Judge the vow that a demand became on a front of its sender, from the period in which it did."""
    periods = np.flatnonzero(said.deeds.vow_by[:, front] == said.row["key"])
    if not periods.size:
        return Verdict.UNTESTED
    first = int(periods[0])
    last = said.calendar.due(float(said.deeds.vow_due[first, front]))
    return Verdict.UNTESTED if last >= said.calendar.never else _kept(said, front, first, last)


def _warning(said: _Said) -> Verdict:
    rows = [p for p, pledge in enumerate(said.crisis.pledges) if pledge["commitment"] == said.row["about_commitment"]]
    for hearing in ("adversary", "protege"):  # it can be said to a protégé, and then is of all its adversaries
        meant = [p for p in rows if said.crisis.pledges[p][hearing] in said.receivers]
        if meant:
            rows = meant
            break
    if any(said.deeds.joined[p] >= said.period for p in rows):
        return Verdict.BORNE_OUT
    if any(_called(said, p) for p in rows):
        return Verdict.BELIED
    return Verdict.UNTESTED


def _called(said: _Said, p: int) -> bool:
    """Whether a patron that never joins is called in the period of a warning or later: by a higher act than before."""
    deeds, pledge = said.deeds, said.crisis.pledges[p]
    if deeds.joined[p] >= 0:
        return False
    front = said.crisis.fronts[pledge["protege_front"]]
    first, last = _in_force(said, p)
    calls = (deeds.front == front["reverse"]) & (deeds.seen >= pledge["trigger"]) & (deeds.seen > 0.0)
    calls &= deeds.exact
    calls &= (deeds.period >= first) & (deeds.period <= last)
    before = deeds.seen[calls & (deeds.period < said.period)].max(initial=0.0)
    after = deeds.seen[calls & (deeds.period >= said.period)].max(initial=0.0)
    war = int(deeds.war[pledge["protege_front"]])
    if not first <= war <= last:
        war = -1
    if 0 <= war < said.period:  # that was the highest call there is
        return False
    return war >= 0 or bool(after > before)


def _in_force(said: _Said, p: int) -> tuple[int, int]:
    """First and last period in which a pledge is in force: it ends on a day, or by what its protégé does."""
    deeds, pledge, calendar = said.deeds, said.crisis.pledges[p], said.calendar
    last = calendar.said(pledge["lapses"]) - 1
    forfeits = (deeds.front == pledge["protege_front"]) & (deeds.done_at >= pledge["while_below"]) & deeds.exact
    ending = deeds.period[forfeits]
    return max(calendar.said(pledge["begins"]), 0), min(last, int(ending.min(initial=calendar.never)) - 1)


def _faced(said: _Said, f: int, last: int) -> bool:
    """Whether a front is open by a period, and was not at war from the start."""
    front = said.crisis.fronts[f]
    if front["active"] == 1:
        return bool(front["at_war"] == 0)
    opened_by = [p for p, pledge in enumerate(said.crisis.pledges) if pledge["patron_front"] in (f, front["reverse"])]
    return any(0 <= said.deeds.joined[p] <= last for p in opened_by)


def _reassurance(said: _Said) -> Verdict:
    begins = max(float(said.row["day"]), said.calendar.first_choice)  # nobody chooses before
    last = max(said.calendar.by(begins + said.crisis.rules[0]["act_window"]), said.period)
    if last >= said.calendar.never:
        return Verdict.UNTESTED
    deeds, tested = said.deeds, False
    force = deeds.force & deeds.exact & said.testing
    for receiver in said.receivers:
        f = int(said.crisis.front_of[said.row["about_actor"]][receiver])
        if f < 0 or not _faced(said, f, last) or deeds.at_war_by(f, said.period - 1):
            continue
        tested = True
        if deeds.at_war_by(f, last) or deeds.done(force, f, said.period, last):
            return Verdict.BELIED
    return Verdict.BORNE_OUT if tested else Verdict.UNTESTED


ULTIMATUM = "ultimatum"
JUDGED: dict[str, Callable[[_Said], Verdict]] = {
    SignalKind.VOW.value: _vow,
    SignalKind.THREAT.value: _threat,
    ULTIMATUM: _ultimatum,
    SignalKind.WARNING.value: _warning,
    SignalKind.REASSURANCE.value: _reassurance,
}
"""Kinds of words that deeds can bear out, as `kind_word` has them, each with how that is judged."""


def verdicts(
    scenario: Scenario, outcomes: Outcomes, signals: tuple[str, ...], *, seed: int, runs: int
) -> NDArray[np.int8]:
    """Judge signals in the first runs of an ensemble.

    Parameters
    ----------
    scenario, outcomes, seed
        As an ensemble has them.
    signals
        Ids of signals of a kind in `JUDGED`.
    runs
        Number of runs.

    Returns
    -------
    ndarray of int8, shape (run, signal)
        A `Verdict` each. Ctrl-C ends them with the last run that was judged.

    Raises
    ------
    StudyError
        If a run that is played once more does otherwise than in the ensemble.
    KeyboardInterrupt
        If Ctrl-C was pressed before any run was judged.
    """
    found = np.zeros((runs, len(signals)), np.int8)
    done = 0
    try:
        for judged in _judge(scenario, outcomes, signals, seed=seed, runs=runs):
            found[done] = judged
            done += 1
    except KeyboardInterrupt:
        if done == 0:
            raise
    return found[:done]


def _judge(
    scenario: Scenario, outcomes: Outcomes, signals: tuple[str, ...], *, seed: int, runs: int
) -> Iterator[list[Verdict]]:
    """Verdicts of one run after the other."""
    from escalation.engines.compiled import begin_states
    from escalation.engines.lower import lower_once
    from escalation.engines.tables import views

    lowered = lower_once(scenario)
    calendar = _Calendar(lowered)
    rows = [list(scenario.signals).index(signal) for signal in signals]
    kinds = [kind_word(scenario.signals[signal]) for signal in signals]
    for first, part in _parts(outcomes, runs):
        numbers = np.arange(first, first + len(part["settled"]), dtype=np.int64)
        states = begin_states(lowered, seed=seed, runs=numbers)
        for run, state in zip(numbers.tolist(), states, strict=True):
            crisis: Any = views(state, lowered)
            kept = {name: array[run - first] for name, array in part.items()}
            deeds = _deeds(lowered, crisis, kept, calendar, seed=seed, run=run, always=ULTIMATUM in kinds)
            yield [
                _verdict(kind, crisis, crisis.signals[row], deeds, calendar)
                for kind, row in zip(kinds, rows, strict=True)
            ]


def _parts(outcomes: Outcomes, runs: int) -> Iterator[tuple[int, Outcomes]]:
    """Outcomes of the first runs, those that are set up at once together, with the number of the first of them."""
    # Outcomes in a store are read once, block by block: asked for by name, each run would read the whole store.
    begun = 0
    for piece in pieces(outcomes):
        stop = min(len(piece["settled"]), runs - begun)
        for first in range(0, stop, CHUNK):
            yield begun + first, {name: array[first : min(first + CHUNK, stop)] for name, array in piece.items()}
        begun += stop
        if begun == runs:
            return


def _verdict(kind: str, crisis: Any, row: Any, deeds: _Deeds, calendar: _Calendar) -> Verdict:
    period = calendar.said(row["day"])
    if row["status"] == NEVER_SAID or period > deeds.ended:
        return Verdict.NOT_SAID
    receivers = tuple(i for i in range(len(crisis.actors)) if (int(row["receivers"]) >> i) & 1)
    return JUDGED[kind](_Said(crisis, row, receivers, period, deeds, calendar))


def _deeds(
    lowered: Lowered, crisis: Any, kept: Outcomes, calendar: _Calendar, *, seed: int, run: int, always: bool
) -> _Deeds:
    """What was done in a run, of which the outcomes were kept; it is played once more always, or if anybody acted."""
    from escalation.engines.compiled import run_recorded

    acts = np.zeros((0, len(ACT_FIELDS)), np.int64)
    fronts = np.full((0, len(lowered.front_ids), len(FRONT_FIELDS)), np.nan)
    # The first run is played in any case: another version of the model is then found out even if nobody acted.
    if always or (kept["crossed"][:, 1:] >= 0).any() or run == 0:
        outcomes, log = run_recorded(lowered, seed=seed, run=run)
        if any((getattr(outcomes, name)[0] != array).any() for name, array in kept.items()):
            raise StudyError(
                f"run {run} of {lowered.scenario.name!r} does otherwise when it is played once more, so that words "
                "cannot be held against deeds: it was played by another version of the model, or goes on from another "
                "run as escalation.branch has it"
            )
        acts, fronts = log.acts, log.fronts
    # A war that was there from the start has no cause, and did not begin in the run.
    began = np.where(kept["war_cause"] > 0, kept["crossed"][:, -1], -1)
    scheduled = [
        deed
        for deed in scheduled_deeds(crisis)
        if calendar.said(deed.day) <= kept["ended"] and not 0 <= began[deed.front] < calendar.said(deed.day)
    ]
    periods = [calendar.said(deed.day) for deed in scheduled]
    option = np.append(acts[:, ACT_FIELDS.index("option")], [deed.option for deed in scheduled]).astype(np.int64)
    intensity = crisis.options["intensity"][option]
    return _Deeds(
        period=np.append(acts[:, ACT_FIELDS.index("period")], periods).astype(np.int64),
        front=np.append(acts[:, ACT_FIELDS.index("front")], [deed.front for deed in scheduled]).astype(np.int64),
        seen=intensity * crisis.options["publicity"][option],
        done_at=np.where(crisis.options["role"][option] > RESTRAINT, intensity, -1.0),
        day=np.append(calendar.days[acts[:, ACT_FIELDS.index("period")]], [deed.day for deed in scheduled]),
        force=crisis.options["role"][option] >= FORCE,
        exact=np.append(np.full(len(acts), True), [deed.stated for deed in scheduled]).astype(np.bool_),
        scheduled=np.arange(len(option)) >= len(acts),
        known=np.append(np.full(len(acts), True), [deed.known for deed in scheduled]).astype(np.bool_),
        war=began,
        joined=kept["joined"].astype(np.int64),
        vow_by=fronts[:, :, FRONT_FIELDS.index("vow_by")],
        vow_due=fronts[:, :, FRONT_FIELDS.index("vow_due")],
        ended=int(kept["ended"]),
    )
