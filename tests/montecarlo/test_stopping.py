from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from escalation.errors import StudyError
from escalation.estimates.proportion import proportion
from escalation.montecarlo.axes import Axes
from escalation.montecarlo.blocks import Block
from escalation.montecarlo.gathered import Gathered
from escalation.montecarlo.runner import run
from escalation.montecarlo.stopping import SEQUENCE, Precision, Watch
from escalation.world.scenario import Scenario

from .test_runner import Inline, Shuffled, press_during_block_150


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("war:0.01", Precision("war", absolute=0.01)),
        ("rung:limited-strike:0.05", Precision("rung:limited-strike", absolute=0.05)),
        ("joined:usa-isr:irn:2.5%", Precision("joined:usa-isr:irn", relative=0.025)),
    ],
)
def test_a_precision_is_written_as_event_and_length(text: str, precision: Precision) -> None:
    assert Precision.parse(text) == precision


@pytest.mark.parametrize("text", ["war", "war:", ":0.1", "war:narrow", "0.1", "war:nan", ""])
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(StudyError, match=r"must be EVENT:LENGTH"):
        Precision.parse(text)


@pytest.mark.parametrize("length", [0.0, -0.1, np.inf, np.nan, "0.1"])
def test_a_length_must_be_above_zero(length: Any) -> None:
    with pytest.raises(StudyError, match="the length of the interval is"):
        Precision("war", absolute=length)
    with pytest.raises(StudyError, match="the length of the interval is"):
        Precision("war", relative=length)


@pytest.mark.parametrize("text", ["war:10", "war:1"])
def test_the_interval_of_a_probability_is_shorter_than_one(text: str) -> None:
    with pytest.raises(StudyError, match=rf"must be below 1; for a share of the estimate write {text[4:]}%"):
        Precision.parse(text)
    assert Precision.parse(f"{text}%").relative == float(text[4:]) / 100.0


def test_one_length_and_a_level_that_is_one() -> None:
    with pytest.raises(StudyError, match="give one of the two"):
        Precision("war")
    with pytest.raises(StudyError, match="give one of the two"):
        Precision("war", absolute=0.1, relative=0.1)
    with pytest.raises(StudyError, match="level is 95"):
        Precision("war", absolute=0.1, level=95)


def test_absolute_is_a_length_relative_a_share_of_the_estimate() -> None:
    estimate = proportion(200, 1_000, method=SEQUENCE)
    length = estimate.high - estimate.low
    assert Precision("war", absolute=length).met_by(estimate)
    assert not Precision("war", absolute=0.99 * length).met_by(estimate)
    assert Precision("war", relative=length / 0.2 * 1.001).met_by(estimate)
    assert not Precision("war", relative=length / 0.2 * 0.999).met_by(estimate)
    # What never happened is never known to a share of itself.
    assert not Precision("war", relative=9.0).met_by(proportion(0, 10**9, method=SEQUENCE))


def test_a_study_stops_at_the_first_block_that_is_enough(engine: SimpleNamespace, scenario: Scenario) -> None:
    whole = run(scenario, runs=5_000, seed=2)
    precision = Precision("rung:limited-strike", absolute=0.12)
    got = run(scenario, seed=2, until=precision)
    assert 100 < got.runs < 5_000
    assert not got.interrupted
    for name, array in got.outcomes.items():
        assert np.array_equal(array, whole.outcomes[name][: got.runs])
    hits = np.cumsum(whole.occurs("rung:limited-strike"))
    ends = range(50, 5_001, 50)
    assert got.runs == next(n for n in ends if precision.met_by(precision.estimate(int(hits[n - 1]), n)))


@pytest.mark.parametrize("make", [lambda: None, Inline, lambda: Shuffled(4)], ids=["threads", "pickled", "shuffled"])
@pytest.mark.parametrize("workers", [1, 7])
def test_where_it_stops_is_no_matter_of_who_works(scenario: Scenario, make: Any, workers: int) -> None:
    executor = make()
    try:
        got = run(scenario, seed=2, until="rung:limited-strike:0.12", executor=executor, workers=workers)
    finally:
        if executor is not None:
            executor.shutdown()
    assert got == run(scenario, seed=2, until="rung:limited-strike:0.12")


def test_its_estimates_are_confidence_sequences(scenario: Scenario) -> None:
    got = run(scenario, seed=2, until="rung:limited-strike:0.12")
    estimate = got.probability("rung:limited-strike")
    assert (estimate.method, estimate.n) == (SEQUENCE, got.runs)
    assert estimate.high - estimate.low <= 0.12
    assert estimate == got.precise
    assert {one["method"] for one in got.summary()["probabilities"].values()} == {SEQUENCE}
    assert {one.method for one in got.peaks().values()} == {SEQUENCE}
    assert got.probability("war", method="wilson").method == "wilson"
    said = got.summary()["until"]
    assert said == {"event": "rung:limited-strike", "absolute": 0.12, "level": 0.95, "reached": True,
                    "estimate": estimate.to_dict()}  # fmt: skip
    assert "Beta-Binomial-Sequence" in got._repr_html_()


def test_without_a_precision_nothing_is_said_of_one(scenario: Scenario) -> None:
    got = run(scenario, runs=50)
    assert got.precise is None
    assert "until" not in got.summary()
    assert got.probability("war").method == "wilson"


def test_what_is_not_reached_is_said(scenario: Scenario) -> None:
    got = run(scenario, runs=130, until="rung:limited-strike:0.001")
    assert (got.runs, got.interrupted) == (130, False)
    assert got.summary()["until"]["reached"] is False


def test_enough_in_the_last_block_which_is_not_full(scenario: Scenario) -> None:
    narrow = run(scenario, runs=130, until="rung:limited-strike:0.001").precise
    assert narrow is not None
    got = run(scenario, runs=130, until=Precision("rung:limited-strike", absolute=narrow.high - narrow.low))
    assert (got.runs, got.summary()["until"]["reached"]) == (130, True)


def test_fronts_can_be_named(scenario: Scenario) -> None:
    precision = Precision("war", absolute=0.2, level=0.9, actor="ara", target="bor")
    got = run(scenario, seed=2, until=precision)
    assert got.precise == got.probability("war", actor="ara", target="bor", level=0.9)
    assert got.precise != got.probability("war", level=0.9)


def test_an_event_that_is_not_there_is_refused_before_it_runs(engine: SimpleNamespace, scenario: Scenario) -> None:
    with pytest.raises(StudyError, match="no event 'wart'"):
        run(scenario, until="wart:0.1")
    with pytest.raises(StudyError, match=r"until is 0\.1; it must be a Precision"):
        run(scenario, until=0.1)  # type: ignore[arg-type]
    assert engine.blocks == []


def test_by_default_there_are_ten_thousand_runs_or_a_million_at_most(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    from escalation.montecarlo import runner

    asked = []

    def note(*_: object, runs: int, **__: object) -> list[None]:
        asked.append(runs)
        return [None]

    monkeypatch.setattr(runner, "play_worlds", note)
    run(scenario)
    run(scenario, until="war:0.1")
    run(scenario, until="war:0.1", runs=7)
    assert asked == [10_000, 1_000_000, 7]


def test_ctrl_c_before_it_is_enough(engine: SimpleNamespace, scenario: Scenario) -> None:
    press_during_block_150(engine)
    got = run(scenario, seed=7, workers=1, until="war:0.0001")
    assert got.interrupted
    assert got.runs < 1_000
    assert not got.summary()["until"]["reached"]


class Coin:
    """Studies of an event of known probability."""

    def __init__(self, scenario: Scenario, lowered: Any, p: float) -> None:
        self.axes, self.p = Axes.of(scenario, lowered), p
        self.rng = np.random.default_rng(19510928)

    def stopped(self, precision: Precision, *, most: int) -> tuple[int, int]:
        """Play a study, looked at after every block, until it is precise; successes and runs."""
        gathered, watch = Gathered(most, worlds=1), Watch(precision, self.axes)
        for first in range(0, most, 50):
            block = Block(0, first, 50)
            gathered.put(block, (block, {"settled": np.where(self.rng.random(50) < self.p, 1, -1).astype(np.int16)}))
            if watch.look(gathered):
                break
        stop = watch.enough or most
        return int(np.count_nonzero(gathered.outcomes(world=0, stop=stop)["settled"] > 0)), stop


@pytest.mark.slow
@pytest.mark.parametrize(("p", "length"), [(0.3, "50%"), (0.08, "0.1")])
def test_coverage_survives_stopping_over_two_thousand_studies(
    engine: SimpleNamespace, scenario: Scenario, p: float, length: str
) -> None:
    coin = Coin(scenario, engine.lower(scenario), p)
    precision = Precision.parse(f"settled:{length}")
    missed, lengths = 0, set()
    for _ in range(2_000):
        hits, n = coin.stopped(precision, most=5_000)
        estimate = precision.estimate(hits, n)
        missed += not estimate.low <= p <= estimate.high
        lengths.add(n)
    # They did stop, and their results decided when.
    assert max(lengths) < 5_000
    assert len(lengths) > 3
    # False alarms: were 5 % of studies missed, the most that is allowed, one test in 10,000 would fail.
    assert missed <= binom.isf(1e-4, 2_000, 0.05)
