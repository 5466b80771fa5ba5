"""What followed signals: how the next act differs after each class of words, in coded events and in the model.

Senders choose when to speak, so occasions are compared that are alike: of one third of the crisis, with or without
recent violence, after the same previous act of the receiver. What a class of words changes is measured against other
words on such occasions. The model's change is laid upon the same base, as a change of the odds of each act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from escalation.data.rows import Rows
from escalation.data.signal_crisis import RECEIVER, signal_quantities, signal_scenario
from escalation.data.signal_pairs import CONCILIATORY, OTHER, SPEECH, VIOLENT, next_acts, situation
from escalation.engines.lower import Lowered, lower_once
from escalation.engines.responses import respond
from escalation.errors import StudyError
from escalation.world.ladder import CONCILIATORY as CONCILIATION
from escalation.world.ladder import Role

__all__ = ["CLASSES", "FittedSignals", "SignalCounts", "next_act_probabilities", "signal_counts", "signal_effect"]

CLASSES = ("ultimatum", "demand", "reject", "threat", "vow", "reassurance", "appeal")
"""Classes of words whose effect is asked for: the appeal toward anybody, the others toward the sender."""
ACTS = 3
LEAST_PAIRS = 20

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SignalCounts:
    """What followed one class of words, and what followed other words on occasions that are alike.

    Parameters
    ----------
    received
        The class.
    after
        How often the next act was other, conciliatory or violent, without and with recent violence; shape (2, 3).
    base
        Shares of these acts after other words, on such occasions; shape (2, 3).
    pairs, crises
        How many signals, and of how many crises.
    """

    received: str
    after: Floats
    base: Floats
    pairs: int
    crises: int

    def effect(self, after: Floats | None = None) -> Floats:
        """Change of the shares of the next act by these words, over all occasions; shape (3,).

        Parameters
        ----------
        after
            Shares of the acts after these words, shape (2, 3); by default those that were counted.
        """
        weights = self.after.sum(axis=1)
        shares = self.after / np.maximum(weights, 1.0)[:, np.newaxis] if after is None else after
        return np.asarray((weights[:, np.newaxis] * (shares - self.base)).sum(axis=0) / weights.sum())

    def laid_upon(self, with_words: Floats, without: Floats) -> Floats:
        """Shares after these words, if they change the odds of each act as they do in the model; shape (..., 2, 3).

        Parameters
        ----------
        with_words, without
            Probability of each act in the model after these words and after others; shape (..., 2, 3).
        """
        moved = self.base * with_words / np.maximum(without, 1e-12)
        return np.asarray(moved / np.maximum(moved.sum(axis=-1, keepdims=True), 1e-12))


def signal_counts(pairs: Rows, received: str, *, weights: Floats | None = None) -> SignalCounts:
    """Count what followed a class of words, and other words on occasions that are alike.

    Parameters
    ----------
    pairs
        Signal pairs; see `escalation.data.signal_pairs.read_pairs`.
    received
        The class.
    weights
        How often each pair counts; shape (pairs,). By default once.

    Raises
    ------
    StudyError
        If there are too few pairs.
    """
    anyone = received == "appeal"
    acts = next_acts(pairs, anyone=anyone)
    often = np.ones(len(pairs)) if weights is None else weights
    # A next act that is not known has no column, and deeds are no words to compare with.
    spoken = np.isin(pairs["received"], list(SPEECH)) & (acts >= 0)
    ours = spoken & (pairs["received"] == received)
    others = spoken & ~ours
    occasion = situation(pairs)
    most = int(occasion.max(initial=0)) + 1
    of_ours, of_others = (_table(occasion[which], acts[which], often[which], most) for which in (ours, others))
    alike = (of_ours.sum(axis=1) > 0) & (of_others.sum(axis=1) > 0)
    if of_ours[alike].sum() < (LEAST_PAIRS if weights is None else 1):
        raise StudyError(
            f"{pairs.source}: {int(ours.sum())} pairs of class {received!r} are too few; {LEAST_PAIRS} are needed"
        )
    n = np.where(alike, of_ours.sum(axis=1), 0.0)
    shares = of_others / np.maximum(of_others.sum(axis=1, keepdims=True), 1e-12)
    recent = np.zeros(most)
    recent[occasion] = pairs["recent_violence"]
    after, base = np.zeros((2, ACTS)), np.zeros((2, ACTS))
    for violence in (0, 1):
        here = alike & (recent == violence)
        after[violence] = of_ours[here].sum(axis=0)
        base[violence] = (n[here, np.newaxis] * shares[here]).sum(axis=0) / max(n[here].sum(), 1e-12)
    crises = np.unique(pairs["crisno"][ours]).size
    return SignalCounts(received, after, base, int(ours.sum()), int(crises))


def _table(rows: NDArray[np.int64], acts: NDArray[np.int64], weights: Floats, most: int) -> Floats:
    counts = np.bincount(rows * ACTS + acts, weights, minlength=most * ACTS)
    return counts.astype(np.float64).reshape(most, ACTS)


def signal_effect(pairs: Rows, received: str, *, draws: int = 400, seed: int = 0) -> tuple[Floats, Floats]:
    """Return the change of the shares of the next act by a class of words, and draws of it from a bootstrap of crises.

    Parameters
    ----------
    pairs
        Signal pairs.
    received
        The class of words.
    draws
        Number of times that as many crises are drawn anew as there are.
    seed
        Seed of the draws.

    Returns
    -------
    tuple of ndarray
        The change, shape (3,): other, conciliatory, violent; and the draws of it, shape (draws, 3).

    Raises
    ------
    StudyError
        If there are too few pairs, or all of the class are of one crisis.
    """
    counts = signal_counts(pairs, received)
    if counts.crises < 2:
        raise StudyError(
            f"{pairs.source}: all {counts.pairs} pairs of class {received!r} are of one crisis, and from one crisis "
            "there is no telling how far crises differ; two or more are needed"
        )
    crises, place = np.unique(pairs["crisno"], return_inverse=True)
    rng = np.random.default_rng([20_131, seed])
    drawn = np.zeros((draws, ACTS))
    for k in range(draws):
        again: SignalCounts | None = None
        while again is None:
            often = np.bincount(rng.integers(crises.size, size=crises.size), minlength=crises.size).astype(np.float64)
            # A rare class may not be among the crises drawn; of such a draw nothing can be said, and it is made anew.
            with suppress(StudyError):
                again = signal_counts(pairs, received, weights=often[place])
        drawn[k] = again.effect()
    return counts.effect(), drawn


def _acts(lowered: Lowered) -> NDArray[np.int64]:
    """Which column each act of the model counts for."""
    rungs = lowered.scenario.ladder.rungs
    violent = [rungs[rung].role.order >= Role.FORCE.order for rung in lowered.option_rungs]
    return np.array(
        [
            CONCILIATORY if name == CONCILIATION else VIOLENT if force else OTHER
            for name, force in zip(lowered.option_names, violent, strict=True)
        ]
    )


def next_act_probabilities(sets: Sequence[Mapping[str, float]], shares: Mapping[str, float], received: str) -> Floats:
    """Probability that a receiver's next act is other, conciliatory or violent; exact.

    Parameters
    ----------
    sets
        Values of the global parameters, by name, as many sets as wanted.
    shares
        Share of actors by kind; see `escalation.data.signal_crisis.signal_quantities`.
    received
        What was said: a key of `escalation.data.signal_crisis.SIGNALS`.

    Returns
    -------
    ndarray
        Without and with recent violence; shape (sets, 2, 3).
    """
    lowered = lower_once(signal_scenario(received))
    each = [signal_quantities(parameters, shares) for parameters in sets]
    values = {path: np.concatenate([of_set[path] for of_set in each]) for path in lowered.distributions}
    acts = respond(lowered, values, front=RECEIVER)
    found = np.zeros((2 * len(sets), ACTS))
    for act, column in enumerate(_acts(lowered)):
        found[:, column] += acts[:, act]
    return found.reshape(len(sets), 2, ACTS)


class FittedSignals:
    """What followed signals, in the form in which it is fitted: counts, and their probabilities in the model.

    A signal counts as much as crises bear on it: pairs of one crisis are not independent. The shares of the next act
    after words of any kind tell how often actors conciliate and use force in the midst of a crisis; the classes tell
    what words change.

    Parameters
    ----------
    pairs
        Signal pairs; None where there are none.
    shares
        Share of actors by kind; see `escalation.data.signal_crisis.signal_quantities`.
    """

    def __init__(self, pairs: Rows | None, shares: Mapping[str, float]) -> None:
        self.shares = shares
        self.counted = {} if pairs is None else {received: signal_counts(pairs, received) for received in CLASSES}
        self._level = None if pairs is None else _level_counts(pairs)

    def counts(self, width: int) -> Floats:
        """Weighted counts; shape (rows, width)."""
        found = [] if self._level is None else [self._level]
        found += [counts.after * counts.crises / counts.pairs for counts in self.counted.values()]
        return _padded(found, width)

    def likely(self, sets: Sequence[Mapping[str, float]], width: int) -> Floats:
        """Probabilities in the model; shape (sets, rows, width)."""
        found = self.shares_after(sets)
        return np.stack([_padded([shares[k] for shares in found.values()], width) for k in range(len(sets))])

    def shares_after(self, sets: Sequence[Mapping[str, float]]) -> dict[str, Floats]:
        """Shares of the next act after each class of words in the model, laid upon the data's base; each (sets, 2, 3).

        Under `other_speech` stands what the model gives where no word moves anything, as it is.
        """
        if not self.counted:
            return {}
        without = next_act_probabilities(sets, self.shares, "other_speech")
        found = {"other_speech": without}
        for received, counts in self.counted.items():
            found[received] = counts.laid_upon(next_act_probabilities(sets, self.shares, received), without)
        return found


def _level_counts(pairs: Rows) -> Floats:
    """Next acts of adversaries after words of any kind, without and with recent violence; a crisis counts once."""
    acts = next_acts(pairs, anyone=False)
    spoken = np.isin(pairs["received"], list(SPEECH)) & (acts >= 0)
    recent = pairs["recent_violence"][spoken].astype(np.int64)
    table = _table(recent, acts[spoken], np.ones(recent.size), 2)
    return np.asarray(table * np.unique(pairs["crisno"][spoken]).size / spoken.sum())


def _padded(tables: list[Floats], width: int) -> Floats:
    found = np.zeros((sum(len(table) for table in tables), width))
    if tables:
        found[:, :ACTS] = np.concatenate(tables)
    return found
