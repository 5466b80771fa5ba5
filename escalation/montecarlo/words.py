"""Words against deeds: how much of what each actor said its deeds bore out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from escalation.errors import StudyError
from escalation.estimates.clustered import clustered_proportion
from escalation.estimates.estimate import Estimate, check_level
from escalation.estimates.html import table
from escalation.estimates.proportion import check_method
from escalation.montecarlo.blocks import Outcomes
from escalation.montecarlo.deeds import JUDGED, Verdict, verdicts
from escalation.world.near import near
from escalation.world.plain_words import actor_name, item_label, kind_word, possessive
from escalation.world.scenario import Scenario

__all__ = ["COLUMNS", "Word", "WordsAndDeeds", "words_and_deeds"]

COLUMNS = ("what was said", "said", "tested", "borne out", "id")
"""Heads of the columns of a table of words."""


@dataclass(frozen=True, slots=True)
class Word:
    """What became of a signal, or of all signals of a kind by one actor.

    Parameters
    ----------
    actor
        Who said it.
    kind
        Vow, threat, ultimatum, warning or reassurance.
    signals
        Ids of the signals.
    said
        How often it was said, over all runs.
    tested
        How often something tested it.
    borne_out
        How often deeds bore it out.
    share
        Share of those tested that were borne out; none where none was tested. Its n is the number of runs in which one
        was tested.
    words
        The signal in words, or whose signals of which kind they are.
    """

    actor: str
    kind: str
    signals: tuple[str, ...]
    said: int
    tested: int
    borne_out: int
    share: Estimate | None
    words: str

    def share_text(self) -> str:
        """Share and interval, or that nothing tested it."""
        return "not tested" if self.share is None else self.share.number_text()

    def cells(self) -> tuple[str, ...]:
        """What stands in a table under `COLUMNS`."""
        return self.words, f"{self.said:,}", f"{self.tested:,}", self.share_text(), ", ".join(self.signals)

    def to_dict(self) -> dict[str, Any]:
        """All of it, as ``--json`` prints it.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {
            "actor": self.actor,
            "kind": self.kind,
            "signals": list(self.signals),
            "said": self.said,
            "tested": self.tested,
            "borne_out": self.borne_out,
            "share": None if self.share is None else self.share.to_dict(),
        }


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WordsAndDeeds:
    """Words of each actor against deeds, over the runs of an ensemble.

    Parameters
    ----------
    name
        Name of the scenario.
    seed
        Seed of the runs.
    verdicts
        What became of each signal in each run, as `escalation.montecarlo.deeds.Verdict` has it: 0 not said, 1 said and
        not tested, 2 not borne out, 3 borne out; shape (run, signal).
    signals
        Each signal by itself.
    actors
        Each actor and kind of signal, over all its signals of that kind.
    method
        Method of the intervals.
    level
        Confidence level of the intervals.
    interrupted
        Whether fewer runs were looked at than were asked for.
    """

    name: str
    seed: int
    verdicts: NDArray[np.int8]
    signals: tuple[Word, ...]
    actors: tuple[Word, ...]
    method: str
    level: float
    interrupted: bool = False

    @property
    def runs(self) -> int:
        """Number of runs that were looked at."""
        return len(self.verdicts)

    def share(self, actor: str, kind: str) -> Estimate | None:
        """Share of an actor's signals of a kind that its deeds bore out; none where none was tested.

        Raises
        ------
        StudyError
            If the actor has no signal of that kind.
        """
        for word in self.actors:
            if (word.actor, word.kind) == (actor, kind):
                return word.share
        there = [f"{word.actor} {word.kind}" for word in self.actors]
        raise StudyError(f"no {kind} by {actor!r}{near(f'{actor} {kind}', there)}")

    def verdict(self, signal: str) -> NDArray[np.int8]:
        """Verdict on a signal in each run, shape (run,).

        Raises
        ------
        StudyError
            If there is no such signal, or deeds do not bear out its kind.
        """
        ids = [word.signals[0] for word in self.signals]
        if signal not in ids:
            raise StudyError(f"no vow, threat, ultimatum, warning or reassurance {signal!r}{near(signal, ids)}")
        return self.verdicts[:, ids.index(signal)]

    def interval_text(self) -> str:
        """What the share and its interval are, as printed with a table."""
        return f"share of those tested that deeds bore out ({self.method.title()} {100.0 * self.level:g} %, by runs)"

    def summary(self) -> dict[str, Any]:
        """All counts and shares, as ``--json`` prints them.

        Returns
        -------
        dict
            Ready for `json.dumps`.
        """
        return {
            "runs": self.runs,
            "interrupted": self.interrupted,
            "actors": [word.to_dict() for word in self.actors],
            "signals": [word.to_dict() for word in self.signals],
        }

    def __repr__(self) -> str:
        cut = ", interrupted" if self.interrupted else ""
        runs = f"{self.runs:,} runs, seed {self.seed}{cut}"
        return f"<WordsAndDeeds of {self.name!r}: {len(self.signals)} signals, {runs}>"

    def _repr_html_(self) -> str:
        caption = f"{self.name}: {self.runs:,} runs, seed {self.seed}; {self.interval_text()}"
        return table(COLUMNS, [word.cells() for word in self.actors], caption=caption)


def words_and_deeds(
    scenario: Scenario, outcomes: Outcomes, *, seed: int, runs: int, method: str, level: float, interrupted: bool
) -> WordsAndDeeds:
    """Hold what was said in the runs of an ensemble against what was done; see `Ensemble.words_and_deeds`."""
    check_method(method)
    check_level(level)
    judged = {name: signal for name, signal in scenario.signals.items() if kind_word(signal) in JUDGED}
    found = np.zeros((runs, 0), np.int8)
    if judged:
        found = verdicts(scenario, outcomes, tuple(judged), seed=seed, runs=runs)
    place = {name: column for column, name in enumerate(judged)}

    def word(names: tuple[str, ...], *, each: bool) -> Word:
        first = judged[names[0]]
        words = f"{possessive(actor_name(scenario, first.sender))} {kind_word(first)}s"
        if each:
            words = item_label(names[0], scenario)
        said = found[:, [place[name] for name in names]]
        return _word(first.sender, kind_word(first), names, said, words, method=method, level=level)

    return WordsAndDeeds(
        name=scenario.name,
        seed=seed,
        verdicts=found,
        signals=tuple(word((name,), each=True) for name in judged),
        actors=tuple(word(names, each=False) for names in _by_actor(judged)),
        method=method,
        level=level,
        interrupted=interrupted or len(found) < runs,
    )


def _by_actor(judged: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Signals of one actor and kind, in the order in which either is first met."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, signal in judged.items():
        groups.setdefault((signal.sender, kind_word(signal)), []).append(name)
    return [tuple(names) for names in groups.values()]


def _word(
    actor: str, kind: str, names: tuple[str, ...], found: NDArray[np.int8], words: str, *, method: str, level: float
) -> Word:
    tested = (found >= Verdict.BELIED).sum(axis=1)
    borne = (found == Verdict.BORNE_OUT).sum(axis=1)
    share = None
    if tested.any():
        event = f"{kind} of {actor} borne out"
        share = clustered_proportion(borne, tested, method=method, level=level, event=event)
    said = int(np.count_nonzero(found >= Verdict.UNTESTED))
    return Word(actor, kind, names, said, int(tested.sum()), int(borne.sum()), share, words)
