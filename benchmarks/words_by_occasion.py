"""Whether words change the next act otherwise in another third of a crisis, or after another act of the receiver.

Run ``python benchmarks/words_by_occasion.py PAIRS --draws 400``, with a table of signal pairs
(`escalation.data.signal_pairs.read_pairs`). Each line has the changes by group, how many signals each rests on, and
the p-value of their being equal, from the covariance of a bootstrap of crises. The last line has the least p-value by
Holm's method over all lines.
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from escalation.analysis.fit.crises.signals import CLASSES, LEAST_PAIRS, signal_counts
from escalation.data.rows import Rows
from escalation.data.signal_pairs import CONCILIATORY, PREVIOUS, VIOLENT, read_pairs
from escalation.errors import StudyError

SEED = 1
ACTS = {"violent": VIOLENT, "conciliatory": CONCILIATORY}

Floats = NDArray[np.float64]


def effects(pairs: Rows, groups: list[NDArray[np.int64]], received: str, often: Floats) -> Floats:
    """Change of the shares of the next act by a class of words in each group; shape (groups, 3)."""
    return np.array([signal_counts(pairs.take(group), received, weights=often[group]).effect() for group in groups])


def equal(found: Floats, drawn: Floats) -> float:
    """p-value of the groups' having one effect; `found` of shape (groups,), `drawn` of shape (draws, groups)."""
    drawn = drawn[np.isfinite(drawn).all(axis=1)]  # a draw of crises may leave a group empty
    differences = drawn[:, 1:] - drawn[:, :1]
    spread = np.atleast_2d(np.cov(differences.T))
    apart = found[1:] - found[0]
    return float(chi2.sf(apart @ np.linalg.solve(spread, apart), len(apart)))


def main() -> None:
    """Print the changes by group, and the p-value of each comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", help="table of signal pairs")
    parser.add_argument("--draws", type=int, default=400, help="draws of the bootstrap")
    options = parser.parse_args()
    pairs = read_pairs(options.pairs)
    previous = np.searchsorted(np.array(PREVIOUS), pairs["receiver_previous"])
    crises, place = np.unique(pairs["crisno"], return_inverse=True)
    rng = np.random.default_rng([20_132, SEED])
    often = [
        np.bincount(rng.integers(crises.size, size=crises.size), minlength=crises.size).astype(np.float64)[place]
        for _ in range(options.draws)
    ]
    once = np.ones(len(pairs))
    values = []
    for name, by in (("phase", pairs["phase"].astype(np.int64)), ("previous act", previous)):
        for received in CLASSES:
            groups, counted = [], []
            for group in (np.flatnonzero(by == label) for label in np.unique(by)):
                try:
                    counts = signal_counts(pairs.take(group), received)
                except StudyError:
                    continue  # too few of this class in this group
                groups.append(group)
                counted.append(int(counts.after.sum()))
            if len(groups) < 2:
                continue
            found = effects(pairs, groups, received, once)
            drawn = np.array([effects(pairs, groups, received, each) for each in often])
            for act, column in ACTS.items():
                values.append(equal(found[:, column], drawn[:, :, column]))
                changes = ", ".join(f"{change:+.3f} ({n})" for change, n in zip(found[:, column], counted, strict=True))
                print(f"{name:13}{received:13}{act:13}{changes}; p {values[-1]:.3f}", flush=True)
    least = min(1.0, min(values) * len(values))
    print(
        f"{len(values)} comparisons of groups of at least {LEAST_PAIRS} signals; p below 0.05 in "
        f"{sum(p < 0.05 for p in values)}; the least of all by Holm's method {least:.2f}"
    )


if __name__ == "__main__":
    main()
