"""These run the compiled engine."""

from __future__ import annotations

import json
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import escalation as esc
from escalation.analysis.what_mattered import leave_one_out as module
from escalation.analysis.what_mattered.dose import Dose
from escalation.analysis.what_mattered.left_out import LeaveOneOut
from escalation.estimates.paired import paired_difference

TWO = esc.load("two-state-deterrence")
HANIYEH = esc.load("haniyeh-2024")
ASKED: dict[str, Any] = {"event": "initiation", "actor": "irn", "target": "isr", "seed": 3, "progress": False}
ITEMS = ["us-visit", "haniyeh-killed", "usa-isr", "gaza-talks", "israel-reassurance"]


@pytest.fixture(scope="module")
def study() -> LeaveOneOut:
    return esc.leave_one_out(HANIYEH, items=ITEMS, runs=1_500, sample=60, **ASKED)


@pytest.mark.parametrize("item", ["us-visit", "usa-isr", "gaza-talks"])
def test_an_effect_is_that_of_a_paired_comparison(study: LeaveOneOut, item: str) -> None:
    data = HANIYEH.to_dict()
    row = study.row(item)
    for gone in (*row.item.parts, *row.item.gone):
        for table in ("signals", "events", "commitments"):
            data[table].pop(gone, None)
    pair = esc.compare(HANIYEH, esc.Scenario.from_dict(data), runs=1_500, seed=3, progress=False)
    assert row.effect == pair.difference("initiation", actor="irn", target="isr")
    assert study.baseline == pair.first.probability("initiation", actor="irn", target="isr")


def test_the_effect_where_it_came_is_over_these_runs_alone(study: LeaveOneOut) -> None:
    ensemble = esc.run(HANIYEH, runs=1_500, seed=3, progress=False)
    silent = esc.run(HANIYEH.without("gaza-talks"), runs=1_500, seed=3, progress=False)
    there = ensemble.occurred("gaza-talks")
    one, two = (each.occurs("initiation", actor="irn", target="isr") for each in (ensemble, silent))
    row = study.row("gaza-talks")
    assert row.effect_where_it_came == paired_difference(two[there], one[there], event="initiation")
    assert row.came.value == there.mean()
    # Talks that do not take place change nothing.
    assert np.array_equal(one[~there], two[~there])
    assert row.effect.value * 1_500 == pytest.approx(row.effect_where_it_came.value * there.sum())


def test_rows_are_ranked_by_the_size_of_their_effects(study: LeaveOneOut) -> None:
    sizes = [abs(row.effect.value) for row in study.rows]
    assert sizes == sorted(sizes, reverse=True)
    assert study.rows[0].item.name == "haniyeh-killed"
    assert study.rows[0].effect.high < 0.0, "without the killing Iran strikes less"
    assert study.row("usa-isr").effect.low > 0.0, "without the American pledge it strikes more"
    assert study.row("us-denial") is study.row("us-visit")
    with pytest.raises(esc.StudyError, match="'us-visitt' was not left out in this study; did you mean 'us-visit'"):
        study.row("us-visitt")


def dose_of(study: LeaveOneOut, item: str) -> Dose:
    dose = study.row(item).dose
    assert dose is not None
    return dose


def test_a_belief_is_read_from_the_runs_themselves(study: LeaveOneOut) -> None:
    """The reassurance of 31 July, day 1: Iran's fear at the end of that day, with it and without it."""
    there = np.flatnonzero(esc.run(HANIYEH, runs=400, seed=3, progress=False).occurred("israel-reassurance"))[:60]
    silent = HANIYEH.without("israel-reassurance")
    front = list(HANIYEH.fronts).index("irn-isr")
    fear = np.array(
        [
            [esc.simulate(world, seed=3, run=int(run)).beliefs["fear"][1, front] for world in (silent, HANIYEH)]
            for run in there
        ]
    )
    dose = dose_of(study, "israel-reassurance")
    (belief,) = [belief for belief in dose.beliefs if belief.name == "fronts.irn-isr.fear"]
    assert dose.runs == 60
    assert belief.moved.value == 1.0
    assert (belief.without, belief.within) == tuple(np.median(fear, axis=0))
    assert belief.difference == np.median(fear[:, 0] - fear[:, 1])
    assert belief.without > belief.within, "a reassurance takes fear away"


def test_only_beliefs_that_the_decisions_asked_about_use_are_told(study: LeaveOneOut) -> None:
    names = {belief.name for row in study.rows if row.dose for belief in row.dose.beliefs}
    assert "commitments.usa-isr:irn.credence_adversary" in names
    for name in names:
        assert name.startswith(("fronts.irn-isr.", "commitments.", "actors.irn.", "actors.isr.honesty")), name
    assert "commitments.usa-isr:irn.credence_protege" not in names, "that is Israel's"


def test_without_a_pledge_nobody_believes_in_it(study: LeaveOneOut) -> None:
    (belief,) = [one for one in dose_of(study, "usa-isr").beliefs if one.name.startswith("commitments.usa-isr:irn")]
    assert belief.without == 0.0
    # A beta distribution with a = 14 and b = 6 has the median 0.705; 60 draws, four standard errors of a median.
    assert belief.within == pytest.approx(0.705, abs=4.0 * 1.25 * 0.1 / math.sqrt(60))


def odds_of_force(path: esc.Trajectory, day: float) -> float:
    (why,) = path.explain(day, "challenger", target="defender")
    force = ("limited-strike", "major-strike", "war")
    above = sum(act.probability for act in why.acts if act.name.split(" ")[0] in force)
    below = sum(act.probability for act in why.acts if act.name.split(" ")[0] not in force)
    return math.log(above / below)


@pytest.mark.parametrize("day", [2, 20])
def test_the_log_odds_are_those_of_the_explanation_of_the_next_decision(day: int) -> None:
    crisis = TWO.replace("signals.threat.date", day)
    asked: dict[str, Any] = {"actor": "challenger", "target": "defender", "seed": 1, "progress": False}
    dose = dose_of(esc.leave_one_out(crisis, items=["threat"], runs=40, sample=20, **asked), "threat")
    gaps = []
    for run in range(20):
        paths = [esc.simulate(world, seed=1, run=run) for world in (crisis.without("threat"), crisis)]
        fallen = [
            [int(act["period"]) for act in path.acts if path.front_ids[act["front"]] == "challenger-defender"]
            for path in paths
        ]
        after = [period for period in fallen[1] if period >= day]
        if after and after[0] in fallen[0]:
            without, within = (odds_of_force(path, float(after[0])) for path in paths)
            gaps.append(without - within)
    assert len(gaps) > 5
    assert dose.log_odds is not None
    assert (dose.decisions, dose.log_odds.n) == (len(gaps), len(gaps))
    assert dose.log_odds.value == pytest.approx(np.mean(gaps), rel=1e-9)


def test_what_a_commitment_alone_makes_possible_cannot_happen_without_it() -> None:
    study = esc.leave_one_out(TWO, event="joined:alliance", runs=300, seed=1, sample=0, progress=False)
    row = study.row("alliance")
    assert row.effect.value == -study.baseline.value < 0.0
    assert row.effect.discordant == (0, round(study.baseline.value * 300))
    assert row.dose is None


def test_what_never_came_has_no_effect_where_it_came() -> None:
    never = HANIYEH.replace("events.irn-arrests.occurred", 0.0)
    study = esc.leave_one_out(never, items=["irn-arrests"], runs=60, **ASKED)
    (row,) = study.rows
    assert (row.effect.value, row.effect_where_it_came, row.dose, row.came.value) == (0.0, None, None, 0.0)
    assert study.table()[1][0][3] == "never came"
    assert study.to_dataframe().loc["irn-arrests", "runs_where_it_came"] == 0


def test_threads_and_executors_change_nothing(study: LeaveOneOut) -> None:
    with ThreadPoolExecutor(2) as pool:
        for given in ({"workers": 1}, {"executor": pool}):
            other = esc.leave_one_out(HANIYEH, items=ITEMS, runs=1_500, sample=60, **given, **ASKED)  # type: ignore[arg-type]
            assert other.summary() == study.summary()


def test_a_store_keeps_the_runs_of_every_world_and_plays_none_twice(tmp_path: Path) -> None:
    asked: dict[str, Any] = {"runs": 600, "seed": 2, "sample": 0, "store": tmp_path / "kept"}
    first = esc.leave_one_out(TWO, progress=False, **asked)
    told: list[int] = []
    again = esc.leave_one_out(TWO, progress=lambda done, _: told.append(done), **asked)
    assert again.summary() == first.summary()
    assert told == [], "nothing was left to play"
    longer = esc.leave_one_out(TWO, progress=lambda done, _: told.append(done), **asked | {"runs": 700})
    assert told[0] > 3 * 600, "what is there counts as done"
    assert longer.summary() == esc.leave_one_out(TWO, progress=False, **asked | {"runs": 700, "store": None}).summary()
    kept = esc.Ensemble.load(tmp_path / "kept" / TWO.without("threat").hash[:16])
    assert kept == esc.run(TWO.without("threat"), runs=700, seed=2, progress=False)


def test_ctrl_c_returns_what_is_finished() -> None:
    def interrupt(done: int, total: int) -> None:
        assert total == 3 * 2_000
        if done >= 3 * 1_000:
            raise KeyboardInterrupt

    study = esc.leave_one_out(TWO, runs=2_000, seed=1, progress=interrupt)
    assert study.interrupted
    assert 500 <= study.runs < 2_000
    assert {row.effect.n for row in study.rows} == {study.runs}
    assert {row.dose for row in study.rows} == {None}
    short = esc.leave_one_out(TWO, runs=study.runs, seed=1, sample=0, progress=False)
    assert [row.effect for row in short.rows] == [row.effect for row in study.rows]


def test_ctrl_c_while_doses_are_taken_loses_no_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_doses", interrupt)
    study = esc.leave_one_out(TWO, runs=100, seed=1, progress=False)
    assert study.interrupted
    assert study.runs == 100


def test_all_of_it_can_be_written_down(study: LeaveOneOut) -> None:
    told = json.loads(json.dumps(study.summary(), allow_nan=False))
    assert told["difference_is"] == "changed minus unchanged"
    assert [row["item"] for row in told["items"]] == [row.item.name for row in study.rows]
    row = next(row for row in told["items"] if row["item"] == "us-visit")
    assert row["goes_with_it"] == ["us-visit-denial"]
    assert row["effect_where_it_came"]["n"] == round(row["came"]["value"] * 1_500)
    assert row["dose"]["runs"] == 60
    table = study.to_dataframe()
    assert table.index.tolist() == [row.item.name for row in study.rows]
    assert table.loc["us-visit", "effect"] == study.row("us-visit").effect.value
    assert table.loc["us-visit", "came"] == study.row("us-visit").came.value


def test_it_says_what_came_of_it(study: LeaveOneOut) -> None:
    said = study.sentences(most=2)
    assert said[0] == "Asked: Iran chooses force against Israel."
    assert study.baseline.number_text() in said[1]
    assert said[2] == f"Of 5 items, {len(study.clear)} can be told from no effect, all taken together."
    assert f"Without the killing of Haniyeh in Tehran it is less likely: {study.rows[0].effect.number_text()}." in said
    assert any(line.startswith("Iran's injury from Israel moved in 100 % of") for line in said)
    assert "It came in" in str(study), "of what did not come in every run it is said in how many"
    assert str(study).startswith("Asked: ")
    assert "Bonett-Price 95 %" in study._repr_html_()


def test_the_log_odds_are_said_to_be_of_the_rung_that_is_asked_about() -> None:
    asked: dict[str, Any] = {"actor": "challenger", "runs": 200, "sample": 40, "seed": 1, "progress": False}
    for event, words in (("rung:threat", "threat or worse"), ("initiation", "force"), ("war", "force")):
        told = esc.leave_one_out(TWO, event=event, **asked).sentences()
        assert any(each.startswith(f"Without it the log-odds of {words} change by ") for each in told)
    assert "in 1 run where it came" in " ".join(esc.leave_one_out(TWO, runs=1, seed=1, progress=False).sentences())


def test_p_values_allow_for_the_number_of_items(study: LeaveOneOut) -> None:
    plain = [row.effect.p_value for row in study.rows]
    assert study.p_values[plain.index(min(plain))] == pytest.approx(5 * min(plain))
    assert all(low <= high for low, high in zip(plain, study.p_values, strict=True))
    assert {row.item.name for row in study.clear} >= {"haniyeh-killed", "usa-isr"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"event": "wra"}, "no event 'wra'; did you mean 'war'"),
        ({"actor": "iran"}, "no actor 'iran'"),
        ({"items": ["thread"]}, "no signal, occasion, event or commitment 'thread'.*did you mean 'threat'"),
        ({"level": 1.0}, "level is 1.0"),
        ({"sample": -1}, "sample is -1"),
        ({"runs": 0}, "runs is 0"),
        ({"seed": -1}, "seed"),
        ({"workers": 0}, "workers is 0"),
        ({"executor": 3}, "executor is a int"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_played(
    monkeypatch: pytest.MonkeyPatch, arguments: dict[str, Any], message: str
) -> None:
    monkeypatch.setattr("escalation.montecarlo.event_runs.play", None)
    with pytest.raises(esc.StudyError, match=message):
        esc.leave_one_out(TWO, **{"runs": 10, "progress": False} | arguments)


def test_what_mattered_is_said_without_ids_and_with_numbers_of_100_runs(study: LeaveOneOut) -> None:
    killing, *rest = study.in_words(most=2)
    gap = study.row("haniyeh-killed").effect
    assert killing.startswith("Without the killing of Haniyeh in Tehran it is less likely: the change is -")
    assert f"({100 * gap.low:.0f} to {100 * gap.high:.0f})" in killing
    assert rest[0].startswith("Without the United States' pledge to Israel against Iran it is more likely: ")
    assert len(study.in_words(most=99)) == len(ITEMS)


def test_no_effect_is_not_said_to_be_one() -> None:
    few = esc.leave_one_out(HANIYEH, items=["us-visit-denial"], runs=40, sample=0, **ASKED)
    (said,) = few.in_words()
    assert said.startswith("Without the United States' denial to Iran and Israel on day 15 no difference was seen: ")


@pytest.mark.parametrize(
    ("changes", "bound"),
    [
        ({}, True),
        ({"kind": "vow", "trigger": None}, True),
        ({"kind": "demand", "rung": "display", "or_else": 5, "trigger": None}, True),
        ({"kind": "demand", "rung": "display", "trigger": None}, False),
        ({"kind": "reassurance", "trigger": None}, False),
        ({"channel": "private"}, False),
        ({"channel": "private", "leak": 0.1}, True),
    ],
)
def test_who_is_bound_by_a_word_is_told_beside_the_beliefs_that_it_moved(changes: dict[str, Any], bound: bool) -> None:
    data = TWO.to_dict()
    threat = data["signals"]["threat"] | changes
    data["signals"]["threat"] = {key: value for key, value in threat.items() if value is not None}
    study = esc.leave_one_out(esc.Scenario.from_dict(data), runs=200, seed=1, progress=False)
    told = [each for each in study.sentences() if each.startswith("It also binds")]
    assert told == (["It also binds defender: falling short of it has a price at home."] if bound else [])
