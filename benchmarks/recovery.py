"""How often intervals of the fit to real crises hold known parameters: ``python benchmarks/recovery.py``.

Parameters are drawn about their priors, with a share of the prior's spread. Responses of 900 synthetic rows are drawn
from the model at these parameters, and fitted again; likewise whole crises, with ten runs of each in the fit. Counted
are intervals of 95 % that hold the truth. The rows are those of the tests, which repeat a few such fits.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from analysis.fit.crises.test_icb import answered, lived
from crisis_rows import crisis_rows

from escalation.analysis.fit.crises.icb import FITTED, fit_icb, fit_responses
from escalation.data.covariates import covariates
from escalation.data.parameters import PARAMETERS, informed_by, prior_means

ROWS = 900
HALF = 1.96


def drawn(names: tuple[str, ...], share: float, seed: int) -> tuple[np.ndarray, dict[str, float]]:
    """Parameters about their priors, in prior standard deviations and as values."""
    z = np.random.default_rng([20_135, seed]).normal(size=len(names)) * share
    return z, prior_means() | {name: PARAMETERS[name].value(x) for name, x in zip(names, z, strict=True)}


def of_responses(share: float, repeats: int) -> tuple[int, int]:
    """Intervals of the parameters of responses that hold the truth, and how many there are."""
    names, held = informed_by("response"), 0
    for seed in range(repeats):
        z, truth = drawn(names, share, seed)
        rows = answered(crisis_rows(ROWS, seed=seed), truth, seed)
        levels = (rows["response"] >= 6).astype(np.int64) + (rows["response"] >= 8)
        mode = fit_responses(covariates(rows), levels, prior_means())
        held += int((np.abs(mode.z - z) <= HALF * np.sqrt(np.diag(mode.covariance))).sum())
    return held, repeats * len(names)


def of_whole_crises(share: float, repeats: int) -> dict[str, tuple[int, int]]:
    """The same for whole crises, by what informs the parameters."""
    found = dict.fromkeys(("course", "response"), (0, 0))
    for seed in range(repeats):
        z, truth = drawn(FITTED, share, 100 + seed)
        fit = fit_icb(lived(crisis_rows(ROWS, seed=seed), truth, seed), seed=7 + seed, runs=10)
        holds = np.abs(fit.mode.z - z) <= HALF * np.sqrt(np.diag(fit.mode.covariance))
        for source, (held, of) in found.items():
            these = np.isin(FITTED, informed_by(source))
            found[source] = held + int(holds[these].sum()), of + int(these.sum())
    return found


def main() -> None:
    """Print how many intervals hold the truth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--responses", type=int, default=12, help="synthetic sets of responses")
    parser.add_argument("--crises", type=int, default=3, help="synthetic sets of whole crises")
    options = parser.parse_args()
    for share in (0.7, 1.0):
        held, of = of_responses(share, options.responses)
        print(f"responses, {share:g} of the prior's spread: {held} of {of}", flush=True)
    for source, (held, of) in of_whole_crises(0.7, options.crises).items():
        print(f"whole crises, 0.7 of the spread, parameters of {source}s: {held} of {of}", flush=True)


if __name__ == "__main__":
    main()
