from __future__ import annotations

import json
import threading
from pathlib import Path

import numpy as np
import pytest
from crisis_rows import SHARED, crisis_rows

from escalation.analysis.fit.crises.search import search_icb
from escalation.analysis.score.forecasts import competitors
from escalation.analysis.score.forecasts.competitors import model_forecasts
from escalation.analysis.score.forecasts.forecast import Forecasts, forecast
from escalation.data.crisis_actors import INPUTS, read_crisis_actors
from escalation.data.rows import Rows
from escalation.errors import StoreError, StudyError
from escalation.montecarlo.progress import Hook

CHEAP = ("climatology", "trigger-rate")


def test_rivals_alone_are_scored_without_differences() -> None:
    found = forecast(crisis_rows(200), folds=3, repeats=2, learn_until=1970, competitors=CHEAP, progress=False)
    assert set(found.designs) == {"folds", "out-of-time"}
    result = found.designs["folds"]["response"]
    assert (result.n, result.clusters) == (200, 100)
    assert set(result.scores) == set(CHEAP)
    assert not result.differences
    json.dumps(found.summary(), allow_nan=False)


def test_what_came_after_the_trigger_changes_no_forecast_of_a_response() -> None:
    """The model learns from the course of the crises that it may learn from, and from nothing in those asked for."""
    rows = crisis_rows(150)
    hidden = dict(rows.columns)
    for name in set(rows.columns) - set(INPUTS) - {"response", "crisno", "cracno", "year"}:
        hidden[name] = np.where(rows["year"] > 1970, np.roll(rows[name], 7), rows[name])
    assert any((hidden[name] != rows[name]).any() for name in hidden)
    ask = {"folds": 0, "learn_until": 1970, "tasks": ("response",), "progress": False}
    one = forecast(rows, **ask, competitors=("model", "logit"))
    other = forecast(Rows(hidden, rows.source, rows.version), **ask, competitors=("model", "logit"))
    assert one.designs["out-of-time"]["response"].scores == other.designs["out-of-time"]["response"].scores


@pytest.mark.slow
def test_nothing_of_the_rows_that_are_scored_reaches_a_forecast() -> None:
    """Responses, violence and days of the rows that are asked for are those of others, and every forecast stays."""
    rows = crisis_rows(160)
    known = rows["crisno"] <= 50
    hidden = dict(rows.columns)
    for name in set(rows.columns) - set(INPUTS) - {"crisno", "cracno", "year"}:
        hidden[name] = np.where(known, rows[name], np.roll(rows[name], 7))
    assert (hidden["response"] != rows["response"]).any()
    tasks = ("response", "violence")
    one, other = (
        model_forecasts(each, (known, ~known), tasks, seed=1)
        for each in (rows, Rows(hidden, rows.source, rows.version))
    )
    for task in tasks:
        for mine, theirs in zip(one[task], other[task], strict=True):
            np.testing.assert_array_equal(mine, theirs)


@pytest.mark.slow
def test_the_model_forecasts_how_violent_a_crisis_becomes() -> None:
    found = forecast(
        crisis_rows(160),
        folds=2,
        repeats=1,
        learn_until=None,
        tasks=("violence",),
        competitors=("model", "logit"),
        progress=False,
    )
    result = found.designs["folds"]["violence"]
    assert result.n == result.clusters
    assert set(result.differences) == {"logit"}
    assert result.differences["logit"]["rps"].value == pytest.approx(
        result.scores["model"]["rps"] - result.scores["logit"]["rps"]
    )
    assert sum(observed.n for _, observed in result.calibration["model"]) == result.n


def test_rows_kept_aside_are_scored_and_not_learnt_from() -> None:
    rows = crisis_rows(120)
    aside = crisis_rows(60, seed=9, crisno=np.arange(60) // 2 + 1000.0)
    found = forecast(rows, held_out=aside, competitors=CHEAP, tasks=("response",), progress=False)
    assert found.designs["held-out"]["response"].n == 60
    with pytest.raises(StudyError, match="rows kept aside must be others"):
        forecast(rows, held_out=crisis_rows(60), competitors=CHEAP, progress=False)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"tasks": ("weather",)}, "there is no task 'weather'; allowed: response"),
        ({"competitors": ("oracle",)}, "there is no competitor 'oracle'; allowed: model"),
        ({"tasks": ()}, "no task is given; allowed"),
        ({"folds": 1}, "take 2 folds or more"),
        ({"folds": 0, "learn_until": 1900}, "no rows before or no rows after 1900"),
        ({"folds": 0, "learn_until": None}, "nothing is to be scored: give folds, a last year"),
        ({"workers": 0, "learn_until": None}, "workers is 0"),
    ],
)
def test_what_cannot_be_had_is_refused(changed: dict[str, object], words: str) -> None:
    with pytest.raises(StudyError, match=words):
        forecast(crisis_rows(60), **{"competitors": CHEAP, "progress": False, **changed})  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the crisis-actor rows are not here")
def test_the_model_is_at_or_below_the_logit_at_responses() -> None:
    rows = read_crisis_actors(SHARED / "icb_actors.csv")
    found = forecast(
        rows,
        repeats=1,
        learn_until=None,
        tasks=("response", "violent-response"),
        competitors=("model", "logit"),
        progress=False,
    )
    for task, score in (("response", "rps"), ("violent-response", "brier")):
        result = found.designs["folds"][task]
        assert result.scores["model"][score] <= result.scores["logit"][score]


def fitted(store: Path | None = None, progress: Hook | bool = False, **changed: int) -> Forecasts:
    """Scores of the model, by three fits: in two folds and out of time."""
    asked = {"workers": 1, "seed": 1} | changed
    return forecast(
        crisis_rows(120),
        folds=2,
        repeats=1,
        learn_until=1970,
        tasks=("response",),
        competitors=("model", "climatology"),
        seed=asked["seed"],
        workers=asked["workers"],
        store=store,
        progress=progress,
    )


def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Number of rows of each fit that is made from here on."""
    seen: list[int] = []
    fit = competitors.fit_icb

    def noted(rows: Rows, **asked: object) -> object:
        seen.append(len(rows))
        return fit(rows, **asked)  # type: ignore[arg-type]

    monkeypatch.setattr(competitors, "fit_icb", noted)
    return seen


@pytest.mark.slow
def test_neither_threads_nor_a_store_change_a_score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = made(monkeypatch)
    alone = fitted()
    assert len(seen) == 3
    for store in (tmp_path, tmp_path):
        assert fitted(store, workers=2).summary() == alone.summary()
    assert len(seen) == 6  # the second time, all fits were in the store
    assert len(list(tmp_path.iterdir())) == 3
    other = fitted(tmp_path, seed=2)  # out of time it learns from the same rows
    assert len(seen) == 9
    assert other.summary() == fitted(seed=2).summary() != alone.summary()


def test_a_forecast_that_was_stopped_goes_on_from_its_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(done: int, total: int) -> None:
        assert (done, total) == (1, 3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fitted(tmp_path, interrupt)
    for thread in threading.enumerate():  # the fit that goes on ends before its next simulation, and is not kept
        if thread.name.startswith("escalation"):
            thread.join(60.0)
    assert len(list(tmp_path.iterdir())) == 1
    seen = made(monkeypatch)
    assert fitted(tmp_path).summary() == fitted().summary()
    assert len(seen) == 2 + 3


def test_a_store_of_another_study_is_refused(tmp_path: Path) -> None:
    fitted(tmp_path)
    one = next(tmp_path.iterdir())
    one.write_text(one.read_text(encoding="utf-8").replace('"runs": 5', '"runs": 6'), encoding="utf-8")
    with pytest.warns(RuntimeWarning, match="is damaged, and its fit is made again"):
        fitted(tmp_path)
    with pytest.raises(StoreError, match=r"holds a fit of another study.*; method \(forecast there, calibrate here\)"):
        search_icb(crisis_rows(120), runs=5, steps=0, store=tmp_path, progress=False)
