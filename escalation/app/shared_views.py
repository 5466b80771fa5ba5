"""What those in a game of several chairs see: a chair, and the facilitator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from escalation.app.briefing import Briefing
from escalation.app.chronicle import Happening
from escalation.engines.situation import Situation
from escalation.engines.trajectory import Trajectory
from escalation.world.scenario import Scenario

__all__ = ["ChairState", "ChairView", "Debriefing", "FacilitatorView", "Phase"]

Phase = Literal["gathering", "day", "over", "closed"]
"""Before the first day; a day is open; the crisis is over; the facilitator has closed the game."""


@dataclass(frozen=True, slots=True, eq=False)
class Debriefing:
    """All of a game that is over or closed.

    Parameters
    ----------
    scenario
        The crisis, without what was said in the game.
    trajectory
        What has happened, as far as it was played.
    chosen
        Day and front of each decision that a chair took.
    """

    scenario: Scenario
    trajectory: Trajectory
    chosen: frozenset[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class ChairView:
    """What a chair sees.

    Parameters
    ----------
    phase, day
        Where the game stands.
    actor
        Whose chair it is.
    situations
        Decisions that fall to it on the day that is open.
    chosen
        What it has chosen for that day, by target; can be changed until the day is over.
    briefing
        What it is told; none before the first day and after the last.
    heard
        Ids of the signals and events that it knows of.
    known
        What it knows of what has happened.
    waiting_for
        Ids of the actors whose chairs still have to choose.
    held
        Whether the day that is open stays so until the facilitator closes it.
    debriefing
        All of the game, once the facilitator shows it to all.
    """

    phase: Phase
    day: float
    actor: str
    situations: tuple[Situation, ...]
    chosen: dict[str, str]
    briefing: Briefing | None
    heard: tuple[str, ...]
    known: tuple[Happening, ...]
    waiting_for: tuple[str, ...]
    held: bool
    debriefing: Debriefing | None = None


@dataclass(frozen=True, slots=True)
class ChairState:
    """A chair, as the facilitator sees it.

    Parameters
    ----------
    actor
        Whose it is.
    code
        What it is taken with.
    taken, present
        Whether a team has taken it, and whether a browser is at it now.
    decides, done
        Whether a decision falls to it on the day that is open, and whether it has chosen.
    """

    actor: str
    code: str
    taken: bool
    present: bool
    decides: bool
    done: bool


@dataclass(frozen=True, slots=True)
class FacilitatorView:
    """What the facilitator sees: everything but what is chosen on a day that is open.

    Parameters
    ----------
    phase, day
        Where the game stands.
    chairs
        All chairs.
    known
        What has happened.
    stops
        From which day on the game stops on each; without an end where it stops for decisions alone.
    debriefing
        All of the game, once it is over or closed.
    shown
        Whether the facilitator shows that to all.
    """

    phase: Phase
    day: float
    chairs: tuple[ChairState, ...]
    known: tuple[Happening, ...]
    stops: float
    debriefing: Debriefing | None
    shown: bool
