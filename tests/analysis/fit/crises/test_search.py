"""Fits from several starts with several seeds: what they are, and that none is made twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from crisis_rows import crisis_rows

from escalation.analysis.fit.crises import search as crisis_search
from escalation.analysis.fit.crises.icb import FITTED, IcbFit, fit_icb
from escalation.analysis.fit.crises.patterns import LAGS, Pattern
from escalation.analysis.fit.crises.report import fit_remarks
from escalation.analysis.fit.crises.search import End, IcbSearch, mode_numbers, search_icb
from escalation.analysis.fit.fisher_scoring import Mode
from escalation.data.parameters import PARAMETERS, prior_means
from escalation.errors import StoreError, StudyError
from escalation.estimates.estimate import Estimate

ROWS = crisis_rows(60, seed=2)


def search(store: Path | None = None, **changed: int) -> IcbSearch:
    asked = {"starts": 2, "seeds": 2, "seed": 3, "runs": 1, "steps": 0, "workers": 2} | changed
    return search_icb(
        ROWS,
        starts=asked["starts"],
        seeds=asked["seeds"],
        seed=asked["seed"],
        runs=asked["runs"],
        steps=asked["steps"],
        workers=asked["workers"],
        store=store,
        progress=False,
    )


def same(one: IcbSearch, other: IcbSearch) -> bool:
    return json.dumps(one.summary()) == json.dumps(other.summary()) and all(
        a.fit.parameters == b.fit.parameters and a.fit.mode.information.tobytes() == b.fit.mode.information.tobytes()
        for a, b in zip(one.ends, other.ends, strict=True)
    )


def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Starts and seeds of the fits that are made from here on."""
    seen: list[tuple[int, int]] = []
    fit = crisis_search.fit_icb

    def noted(*rows: object, **asked: object) -> object:
        seen.append((asked["start"], asked["seed"]))  # type: ignore[arg-type]
        return fit(*rows, **asked)  # type: ignore[arg-type]

    monkeypatch.setattr(crisis_search, "fit_icb", noted)
    return seen


def test_each_end_is_the_fit_from_its_start_with_its_seed() -> None:
    found = search(steps=1)
    assert [(end.start, end.seed) for end in found.ends] == [(0, 3), (1, 3), (0, 4), (1, 4)]
    for end in found.ends:
        alone = fit_icb(ROWS, seed=end.seed, runs=1, steps=1, start=end.start)
        assert end.fit.parameters == alone.parameters
    by_default = fit_icb(ROWS, seed=3, runs=1, steps=1)
    assert found.ends[0].fit.parameters == by_default.parameters
    assert found.ends[1].fit.parameters != by_default.parameters
    assert same(found, search(steps=1, workers=1))
    assert found.best.fit.mode.log_posterior == max(end.fit.mode.log_posterior for end in found.ends)


def test_the_store_spares_what_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = made(monkeypatch)
    first = search(tmp_path / "fits", seeds=1)
    assert sorted(seen) == [(0, 3), (1, 3)]
    assert same(first, search(tmp_path / "fits", seeds=1))
    assert len(seen) == 2
    more = search(tmp_path / "fits")
    assert sorted(seen[2:]) == [(0, 4), (1, 4)]
    assert same(more, search())


def test_a_store_of_another_study_is_refused(tmp_path: Path) -> None:
    search(tmp_path, seeds=1, starts=1)
    with pytest.raises(
        StoreError, match=r"start-0-seed-3.json: holds a fit of another study, which differs in runs \(1 there, 2"
    ):
        search(tmp_path, runs=2)
    with pytest.raises(StoreError, match="differs in rows"):
        search_icb(crisis_rows(60, seed=4), seed=3, runs=1, steps=0, store=tmp_path, progress=False)
    with pytest.raises(StoreError, match="fits cannot be kept there"):
        search(Path("/dev/null/fits"))
    with pytest.raises(StoreError, match=r"start-0-seed-3.json: is a file; fits are kept in a folder"):
        search(tmp_path / "start-0-seed-3.json")


@pytest.mark.parametrize("damage", ["cut", "altered", "no object"])
def test_a_damaged_fit_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    whole = search(tmp_path, seeds=1)
    piece = tmp_path / "start-1-seed-3.json"
    text = piece.read_text(encoding="utf-8")
    altered = text.replace('"evaluations": ', '"evaluations": 1')
    assert altered != text
    piece.write_text({"cut": text[:100], "altered": altered, "no object": "[1]"}[damage], encoding="utf-8")
    seen = made(monkeypatch)
    with pytest.warns(RuntimeWarning, match=r"start-1-seed-3.json: is damaged"):
        again = search(tmp_path, seeds=1)
    assert seen == [(1, 3)]
    assert same(whole, again)
    assert piece.read_text(encoding="utf-8") == text


def test_what_stops_a_search_leaves_what_was_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(done: int, total: int) -> None:
        if done > 0.6 * total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search_icb(ROWS, starts=2, seeds=2, seed=3, runs=1, steps=0, workers=1, store=tmp_path, progress=interrupt)
    kept = len(list(tmp_path.glob("*.json")))
    assert kept in {2, 3}
    seen = made(monkeypatch)
    assert same(search(tmp_path), search())
    assert len(seen) == 4 - kept + 4


def test_a_killed_search_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"""
    import os, signal
    from crisis_rows import crisis_rows
    from escalation.analysis.fit.crises.search import search_icb

    def kill(done, total):
        if done > 0.6 * total:
            os.kill(os.getpid(), signal.SIGKILL)

    search_icb(crisis_rows(60, seed=2), starts=2, seeds=2, seed=3, runs=1, steps=0, workers=1,
               store={str(tmp_path)!r}, progress=kill)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    kept = len(list(tmp_path.glob("*.json")))
    assert kept in {2, 3}
    seen = made(monkeypatch)
    assert same(search(tmp_path), search())
    assert len(seen) == 4 - kept + 4


def mode(z: list[float], log_posterior: float, information: float = 99.0) -> Mode:
    place = np.array(z)
    return Mode(place, log_posterior + 0.5 * float(place @ place), information * np.eye(2), 1, True)


def test_ends_near_a_higher_one_lie_at_its_mode() -> None:
    # Posterior deviations are 0.1, and 95 % of the posterior lie within 2.45 of them.
    ends = [mode([3.0, 0.0], -5.0), mode([0.0, 0.0], -1.0), mode([0.17, 0.17], -2.0), mode([0.18, 0.18], -3.0)]
    assert mode_numbers(ends) == (2, 0, 0, 1)
    assert mode_numbers([*ends, mode([3.1, 0.0], -6.0)]) == (2, 0, 0, 1, 2)


def test_seeds_differ_by_as_much_as_their_best_ends_do() -> None:
    size = len(FITTED)

    def end(start: int, seed: int, z: float, log_posterior: float) -> End:
        place = np.full(size, z)
        found = Mode(place, log_posterior + 0.5 * float(place @ place), 3.0 * np.eye(size), 1, converged=True)
        return End(start, seed, IcbFit({}, found, FITTED, 60, 30))

    ends = (end(0, 3, 0.1, -1.0), end(1, 3, 0.2, -2.0), end(0, 4, 5.0, -9.0), end(1, 4, -0.1, -3.0))
    found = IcbSearch(ends, (0, 0, 1, 0))
    assert found.best is ends[0]
    assert found.of_seeds() == [ends[0], ends[3]]
    # Two seeds end 0.2 prior deviations apart, and the posterior's deviation is half the prior's.
    spread = found.spread()
    assert spread["leash"]["of_posterior"] == pytest.approx(0.2 / 2**0.5 / 0.5)
    assert spread["leash"]["least"] == PARAMETERS["leash"].value(-0.1)
    assert spread["leash"]["greatest"] == PARAMETERS["leash"].value(0.1)
    assert IcbSearch(ends[:2], (0, 0)).spread() == {}
    assert found.summary()["modes"] == 2


@pytest.mark.parametrize("name", ["starts", "seeds", "runs", "workers"])
def test_numbers_that_make_no_sense_are_refused(name: str) -> None:
    with pytest.raises(StudyError, match=f"{name} is 0"):
        search(**{name: 0})


def test_what_is_found_is_the_mean_of_the_ends_at_the_highest_mode() -> None:
    size = len(FITTED)

    def end(seed: int, z: float) -> End:
        found = Mode(np.full(size, z), -5.0 - seed, 3.0 * np.eye(size), 10, converged=seed != 4)
        return End(0, seed, IcbFit(prior_means(), found, FITTED, 60, 30))

    ends = (end(3, 0.1), end(4, 0.3), end(5, 7.0))
    fit = IcbSearch(ends, (0, 0, 1)).fit
    np.testing.assert_allclose(fit.mode.z, 0.2)
    assert fit.parameters["leash"] == pytest.approx(PARAMETERS["leash"].value(0.2))
    assert fit.parameters["shock_persistence"] == prior_means()["shock_persistence"]
    # The ends' own variance is 1/4. They differ by 0.2, and their mean has a variance of 0.01 in all directions alike.
    np.testing.assert_allclose(fit.mode.covariance, 0.25 * np.eye(size) + 0.01, atol=1e-9)
    assert (fit.mode.log_likelihood, fit.mode.evaluations, fit.mode.converged) == (-8.5, 20, False)
    assert IcbSearch(ends[:1], (0,)).fit is ends[0].fit


def test_a_reader_is_told_when_ends_differ_and_why_an_interval_has_no_width() -> None:
    size = len(FITTED)

    def end(seed: int, z: float, converged: bool) -> End:
        found = Mode(np.full(size, z), -5.0 - seed, 3.0 * np.eye(size), 10, converged)
        return End(0, seed, IcbFit(prior_means(), found, FITTED, 60, 30))

    def pattern(name: str) -> Pattern:
        value = Estimate(0.14, 0.14, 0.14, 20, "parameter-draws", event=name)
        return Pattern(name, value, value)

    settled = IcbSearch((end(3, 0.1, converged=True),), (0,))
    assert fit_remarks(settled, [pattern("highest violence war")], {"share": 59}) == []
    assert fit_remarks(settled, [], {"share": 60, "pact": 1}) == [
        "not known of any row, and taken as equal, no or none: share"
    ]
    (told,) = fit_remarks(settled, [pattern(name) for name in LAGS], {})
    assert "no width for 'response on the first day' and 'response within 30 days'" in told
    alone = IcbSearch((end(3, 0.1, converged=False),), (0,))
    assert fit_remarks(alone, [], {}) == ["the fit stopped at the limit of steps and had not converged"]
    ends = (end(3, 0.1, converged=True), end(4, 0.3, converged=False), end(5, 7.0, converged=True))
    apart = fit_remarks(IcbSearch(ends, (0, 0, 1)), [], {})
    assert apart[0] == "1 of 3 fits stopped at the limit of steps and had not converged"
    assert apart[1].startswith("the fits ended at 2 modes, so the numbers depend on the start and the seed")
    assert "the mean of the 2 ends at the highest" in apart[1]
    assert "the end at the highest" in fit_remarks(IcbSearch(ends, (0, 1, 2)), [], {})[1]
