from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from crisis_rows import SHARED, crisis_rows
from pair_rows import pair_rows

from escalation.analysis.fit.crises.icb import fit_icb
from escalation.analysis.fit.crises.patterns import signal_patterns
from escalation.analysis.fit.crises.signals import (
    CLASSES,
    FittedSignals,
    next_act_probabilities,
    signal_counts,
    signal_effect,
)
from escalation.analysis.fit.fisher_scoring import fisher_scoring
from escalation.data.parameters import PARAMETERS, informed_by, moved, prior_means
from escalation.data.rows import Rows
from escalation.data.signal_pairs import CONCILIATORY, OTHER, SPEECH, VIOLENT, read_pairs
from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.errors import StudyError

SHARES = {"democratic": 0.4, "military": 0.2, "nuclear": 0.1}
WORDS = {OTHER: "neutral_verbal", CONCILIATORY: "conciliatory", VIOLENT: "violence"}


def occasions(*told: tuple[str, int, str, int]) -> Rows:
    """Pairs of adversaries in one phase, by what was received, recent violence, the next act and how often."""
    received = np.array([kind for kind, _, _, often in told for _ in range(often)])
    recent = np.array([float(violence) for _, violence, _, often in told for _ in range(often)])
    acts = np.array([act for _, _, act, often in told for _ in range(often)])
    n = received.size
    return pair_rows(
        n,
        adversaries=np.ones(n),
        received=received,
        phase=np.zeros(n),
        recent_violence=recent,
        receiver_previous=np.full(n, "0"),
        next_act=acts,
    )


def test_what_a_demand_changes_is_measured_against_other_words_on_occasions_that_are_alike() -> None:
    """30 demands without recent violence, a tenth answered by violence, and 10 with it, half of them. Other words are
    so in a fifth and in four fifths: .75·(.1 − .2) + .25·(.5 − .8) = −.15. Deeds do not count as words."""
    pairs = occasions(
        ("demand", 0, "violence", 3), ("demand", 0, "military", 27),
        ("demand", 1, "violence", 5), ("demand", 1, "conciliatory", 5),
        ("other_speech", 0, "violence", 2), ("reassurance", 0, "neutral_verbal", 8),
        ("accuse_disapprove", 1, "violence", 8), ("vow", 1, "conciliatory", 2),
        ("military_act", 0, "violence", 50),
    )  # fmt: skip
    counts = signal_counts(pairs, "demand")
    assert (counts.pairs, counts.crises) == (40, 4)
    np.testing.assert_array_equal(counts.after, [[27, 0, 3], [0, 5, 5]])
    np.testing.assert_allclose(counts.base, [[0.8, 0.0, 0.2], [0.0, 0.2, 0.8]])
    assert counts.effect()[VIOLENT] == pytest.approx(-0.15)
    assert counts.effect()[CONCILIATORY] == pytest.approx(0.25 * 0.3)


def test_a_class_of_words_that_few_crises_have_still_has_an_interval() -> None:
    """In e^-2 of the draws neither of its two crises is there; from a single crisis there is no interval."""
    pairs = occasions(("demand", 0, "violence", 12), ("demand", 0, "conciliatory", 8), ("vow", 0, "military", 200))
    found, drawn = signal_effect(pairs, "demand", draws=100, seed=1)
    assert found[VIOLENT] == pytest.approx(0.6)
    assert np.isfinite(drawn).all()
    assert drawn[:, VIOLENT].min() == pytest.approx(0.2)  # of the second crisis alone: 2 of 10
    one = Rows(
        {**pairs.columns, "crisno": np.where(pairs["received"] == "demand", 1.0, pairs["crisno"])}, "few", "none"
    )
    with pytest.raises(StudyError, match="all 20 pairs of class 'demand' are of one crisis"):
        signal_effect(one, "demand", draws=100)


def test_occasions_without_like_are_left_out() -> None:
    pairs = occasions(("demand", 0, "violence", 20), ("demand", 1, "violence", 30), ("vow", 0, "military", 5))
    counts = signal_counts(pairs, "demand")
    assert counts.after.sum() == 20
    assert counts.effect()[VIOLENT] == pytest.approx(1.0)


def test_the_models_change_of_odds_is_laid_upon_the_base() -> None:
    pairs = occasions(("demand", 0, "violence", 20), ("vow", 0, "violence", 2), ("vow", 0, "conciliatory", 8))
    counts = signal_counts(pairs, "demand")
    same = np.full((2, 3), 1.0 / 3.0)
    np.testing.assert_allclose(counts.laid_upon(same, same)[0], [0.0, 0.8, 0.2])
    doubled = np.array([[0.2, 0.2, 0.6], [0.2, 0.2, 0.6]])
    # odds of violence to conciliation rise by a factor of 3: .2·3 / (.2·3 + .8)
    assert counts.laid_upon(doubled, same)[0][VIOLENT] == pytest.approx(0.6 / 1.4)


def test_too_few_pairs_are_refused() -> None:
    with pytest.raises(StudyError, match="5 pairs of class 'demand' are too few"):
        signal_counts(occasions(("demand", 0, "violence", 5), ("vow", 0, "violence", 50)), "demand")


def test_the_bootstrap_draws_crises_and_is_keyed() -> None:
    pairs = pair_rows(3000)
    effect, drawn = signal_effect(pairs, "threat", draws=50, seed=3)
    np.testing.assert_array_equal(drawn, signal_effect(pairs, "threat", draws=50, seed=3)[1])
    assert drawn.std(axis=0).min() > 0.0
    # What follows is drawn without regard to what was received: no effect, but for three standard errors of chance.
    assert abs(effect[VIOLENT]) < 3.5 * drawn[:, VIOLENT].std()


def test_the_exact_probabilities_are_those_of_played_crises() -> None:
    """After a refused ultimatum: shares of the receiver's first decision in 4,000 runs lie within 4 standard errors."""
    from escalation.data.signal_crisis import DECIDED, RECEIVER, signal_quantities, signal_scenario

    parameters = prior_means()
    exact = next_act_probabilities([parameters], SHARES, "reject")[0]
    scenario = signal_scenario("reject")
    for path, values in signal_quantities(parameters, SHARES).items():
        if path in lower(scenario).distributions:
            scenario = scenario.replace(path, float(values[1]))
    scenario = scenario.replace("actors.receiver.response_delay", 1e-3)
    for rest in ("response_delay", "tempo"):
        scenario = scenario.replace(f"actors.sender.{rest}", 1e9)
    scenario = scenario.replace("horizon", int(DECIDED))
    lowered = lower(scenario)
    outcomes = run_block(lowered, seed=2, first=0, count=4000)
    force = next(n for n, rung in enumerate(scenario.ladder.rungs) if rung.role.order >= 3)
    struck = (outcomes["crossed"][:, lowered.front_ids.index(RECEIVER), force] > 0) | (
        outcomes["war_cause"][:, lowered.front_ids.index(RECEIVER)] > 0
    )
    likely = exact[1][VIOLENT]
    assert abs(struck.mean() - likely) < 4.0 * np.sqrt(likely * (1.0 - likely) / 4000.0)


def test_directions_at_the_prior_are_those_of_coded_events() -> None:
    parameters = prior_means()
    without = next_act_probabilities([parameters], SHARES, "other_speech")
    change = {kind: (next_act_probabilities([parameters], SHARES, kind) - without)[0].mean(axis=0) for kind in CLASSES}
    for kind in ("ultimatum", "demand", "reassurance", "appeal"):
        assert change[kind][VIOLENT] < 0.0 < change[kind][CONCILIATORY]
    assert change["reject"][CONCILIATORY] < 0.0 < change["reject"][VIOLENT]


def counted(parameters: dict[str, float], n: int, seed: int) -> FittedSignals:
    """Signals whose next acts are drawn from the model at known parameters; `n` of each class."""
    rng = np.random.default_rng(seed)
    told = []
    for kind in ("other_speech", *CLASSES):
        (likely,) = next_act_probabilities([parameters], SHARES, kind)
        for violence in (0, 1):
            acts = rng.multinomial(n, likely[violence])
            told += [(kind, violence, WORDS[act], int(often)) for act, often in enumerate(acts)]
    pairs = occasions(*told)
    anyone = pairs["next_act"]
    columns = {
        "next_anyone_violent": (anyone == "violence").astype(float),
        "next_anyone_conciliatory": (anyone == "conciliatory").astype(float),
        "crisno": np.arange(len(pairs)) + 1.0,
    }
    return FittedSignals(Rows({**pairs.columns, **columns}, pairs.source, pairs.version), SHARES)


def test_intervals_of_what_words_weigh_cover_known_parameters() -> None:
    names = informed_by("signal")
    rng = np.random.default_rng(8)
    covered = 0
    for repeat in range(3):
        z = rng.normal(size=len(names)) * 0.7
        truth = moved(prior_means(), names, z)
        signals = counted(truth, 400, repeat)
        mode = fisher_scoring(
            lambda sets, signals=signals: signals.likely([moved(prior_means(), names, at) for at in sets], 3),
            signals.counts(3),
            np.zeros(len(names)),
            step=0.05,
        )
        covered += int((np.abs(mode.z - z) <= 1.96 * np.sqrt(np.diag(mode.covariance))).sum())
    # Of 21 independent intervals of 95 %, fewer than 15 hold the truth in 1 of 20,000 tests.
    assert covered >= 15
    page = (Path(__file__).parents[4] / "docs" / "explanation" / "calibration.md").read_text(encoding="utf-8")
    assert f"Then {covered} of 21 intervals of 95 % held the truth" in page


def test_a_fit_takes_what_followed_signals() -> None:
    rows, pairs = crisis_rows(60), pair_rows(3000)
    with_pairs = fit_icb(rows, pairs=pairs, runs=1, steps=1, both_ways=False)
    without = fit_icb(rows, runs=1, steps=1, both_ways=False)
    place = with_pairs.names.index("appeal")
    assert without.mode.z[place] == 0.0
    assert without.mode.information[place].any() == np.False_
    assert with_pairs.mode.information[place, place] > 0.0
    found = signal_patterns(pairs, rows, with_pairs, bootstraps=20, draws=5)
    assert [(one.received, one.act) for one in found] == [
        (kind, act) for kind in CLASSES for act in ("violent", "conciliatory")
    ]
    assert {one.toward for one in found if one.received == "appeal"} == {"anyone"}
    assert all(one.inside == (one.data.low <= one.model.value <= one.data.high) for one in found)


def test_parameters_between_0_and_1_stay_there() -> None:
    share = PARAMETERS["amends_in_words"]
    assert share.value(0.0) == pytest.approx(0.5)
    assert 0.0 < share.value(-6.0) < share.value(6.0) < 1.0
    assert share.standard(share.value(1.3)) == pytest.approx(1.3)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the signal pairs are not here")
def test_the_receiver_decides_on_the_median_day_of_real_next_acts() -> None:
    from escalation.data.signal_crisis import DECIDED

    with (SHARED / "icbe_pairs_1918_1994.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    between = [row for row in rows if row["adversaries"] == "1" and row["received"] in SPEECH]
    lags = [float(row["days"]) for row in between if row["days"]]
    assert (len(lags), np.median(lags)) == (787, DECIDED)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the signal pairs are not here")
def test_what_followed_real_signals() -> None:
    pairs = read_pairs(SHARED / "icbe_pairs_1918_1994.csv")
    told = {kind: signal_counts(pairs, kind).effect() for kind in CLASSES}
    assert told["ultimatum"][VIOLENT] == pytest.approx(-0.067, abs=5e-4)
    assert told["demand"][VIOLENT] == pytest.approx(-0.062, abs=5e-4)
    assert told["reject"][VIOLENT] == pytest.approx(0.084, abs=5e-4)
    assert told["reassurance"][CONCILIATORY] == pytest.approx(0.064, abs=5e-4)
