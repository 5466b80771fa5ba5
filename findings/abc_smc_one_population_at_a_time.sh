#!/usr/bin/env bash
# pyABC keeps its tolerance if ABCSMC.run is called for one population at a time, so that the fit never sharpens.
#
# Seen with pyabc 0.13.0. run(max_nr_populations=5) lowers epsilon from population to population. Five calls of
# run(max_nr_populations=1) on the same object, as one writes to look at each population or to stop at a time limit, go on
# counting populations and keep the epsilon of the second one for good: each call takes the quantile of the sample that was
# drawn first, which the object remembers. Nothing says so, and the result looks like a finished fit with a posterior that
# is too wide. A new object that loads the history before each call does it right.
# The cause is described in ICB-DCM/pyABC issue 507, which is closed.
#
# What to do: load the history into a new ABCSMC for each call.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for python in "${PYTHON:-}" python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[23]*/bin/python python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && break
done
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyabc==0.13.0
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import logging

import numpy as np
import pyabc

logging.disable(logging.INFO)


def fit() -> pyabc.ABCSMC:
    prior = pyabc.Distribution(m=pyabc.RV("norm", 0.0, 3.0))
    abc = pyabc.ABCSMC(lambda p: {"y": p["m"] + 0.5 * np.random.randn()}, prior, pyabc.PNormDistance(p=1),
                       population_size=60, sampler=pyabc.SingleCoreSampler())
    return abc


def begun(name: str) -> pyabc.ABCSMC:
    np.random.seed(1)
    abc = fit()
    abc.new(f"sqlite:///{name}.db", {"y": 1.0})
    return abc


def tolerances(history: pyabc.History) -> np.ndarray:
    return history.get_all_populations().epsilon.to_numpy()[1:]


whole = tolerances(begun("whole").run(max_nr_populations=5))
print("in one call:", whole.round(3).tolist())
assert (np.diff(whole) < 0).all()

abc = begun("steps")
for _ in range(5):
    history = abc.run(max_nr_populations=1)
steps = tolerances(history)
print("in five calls:", steps.round(3).tolist())
assert len(steps) == 5 and (steps == steps[0]).all(), "changed: epsilon of one population at a time"

begun("loaded").run(max_nr_populations=1)
for _ in range(4):
    abc = fit()
    abc.load("sqlite:///loaded.db")
    history = abc.run(max_nr_populations=1)
loaded = tolerances(history)
print("in five calls, loaded before each:", loaded.round(3).tolist())
assert (np.diff(loaded) < 0).all(), "changed: epsilon of loaded histories"
PYTHON
