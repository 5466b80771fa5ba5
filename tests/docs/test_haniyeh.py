"""The page on the main scenario says what its runs give: all figures of the present model are played again."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypotheses.haniyeh import haniyeh, visited

from escalation.analysis.what_mattered.conditional_effect import conditional_effect
from escalation.estimates.estimate import Estimate
from escalation.montecarlo.compare import compare
from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.queries import CAUSES_OF_WAR
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEXT = " ".join((FOLDER / "haniyeh-2024.md").read_text(encoding="utf-8").split())
ROWS = {
    cells[0]: cells[1:]
    for line in (FOLDER / "haniyeh-2024.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
    for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
}
RUNS, SEED = 20_000, 1
WARNING = "us-private-warning"
STRIKE = {"event": "initiation", "actor": "irn", "target": "isr"}

BEYOND = "force by Israel on Hezbollah beyond the daily fire"
FIGURES = {
    "force by anybody beyond the baseline": ("initiation", None, None),
    "force by Iran on Israel": ("initiation", "irn", "isr"),
    "force by Israel on Iran": ("initiation", "isr", "irn"),
    BEYOND: ("initiation", "isr", "hzb"),
    "Iran and Hezbollah use force on one adversary within fourteen days of each other": ("joint:irn+hzb", None, None),
    "two of Iran, Hezbollah, Hamas and Islamic Jihad do": ("joint:irn+hzb+hamas+pij", None, None),
    "war on any front": ("war", None, None),
    "war between Iran and Israel": ("war", "irn", "isr"),
    "war between Israel and Hezbollah": ("war", "isr", "hzb"),
    "an agreement between Iran and Israel": ("agreement", "irn", "isr"),
}


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    return run(haniyeh(), runs=RUNS, seed=SEED, progress=False)


def chance(ensemble: Ensemble, row: str) -> Estimate:
    event, actor, target = FIGURES[row]
    return ensemble.probability(event, actor=actor, target=target)


def wars_there_and_elsewhere(ensemble: Ensemble) -> tuple[float, float]:
    """Shares of runs with war in Gaza and elsewhere, which takes in the fronts that open where a patron joins."""
    wars = ensemble.outcomes["war_cause"] > 0
    gaza = np.array([bool({"hamas", "pij"} & set(name.split("-"))) for name in ensemble.front_ids])
    return float(wars[:, gaza].any(axis=1).mean()), float(wars[:, ~gaza].any(axis=1).mean())


@pytest.mark.parametrize("row", FIGURES)
def test_a_probability_of_the_page_is_that_of_the_runs(ensemble: Ensemble, row: str) -> None:
    assert ROWS[row][2] == chance(ensemble, row).number_text()


def test_the_median_day_is_that_of_the_runs(ensemble: Ensemble) -> None:
    passed = ensemble.first_passage("initiation", actor="irn", target="isr")
    median = passed.days[np.flatnonzero(np.asarray(passed.probability) >= 0.5)[0]]
    assert float(ROWS["median day of Iran's first force"][2]) == pytest.approx(median, abs=0.5)


def test_war_in_gaza_and_elsewhere_is_that_of_the_runs(ensemble: Ensemble) -> None:
    there, elsewhere = wars_there_and_elsewhere(ensemble)
    assert ROWS["war on a front of Gaza"][2] == f"{there:.3f}"
    assert f"War in Gaza has a probability of {there:.3f} and war elsewhere {elsewhere:.3f}" in TEXT


def test_the_war_with_hezbollah_is_seldom_without_one_with_iran(ensemble: Ensemble) -> None:
    causes = {name: ensemble.outcomes["war_cause"][:, k] for k, name in enumerate(ensemble.front_ids)}
    hezbollah, iran = causes["isr-hzb"] > 0, causes["isr-irn"] > 0
    assert "in the model they do in one run of nine" in TEXT
    assert 1.0 / hezbollah.mean() == pytest.approx(9.0, abs=0.5)
    told = re.search(r"in (\d+) of 100 of these runs Iran and Israel come to war as well, and in (\d+) of 100", TEXT)
    by_pledge = causes["isr-hzb"] == CAUSES_OF_WAR["commitment"]
    assert told is not None
    assert list(map(int, told.groups())) == [round(100 * each[hezbollah].mean()) for each in (iran, by_pledge)]
    assert "The model gives it two chances in a thousand" in TEXT
    assert (hezbollah & ~iran).mean() == pytest.approx(0.002, abs=0.0005)


def test_what_the_page_says_of_the_mend_is_that_of_runs_without_shared_reasons(ensemble: Ensemble) -> None:
    """What was before the mend cannot be played any more."""
    without = run(haniyeh().replace("rules.shared_reasons", 0.0), runs=RUNS, seed=SEED, progress=False)
    there = [wars_there_and_elsewhere(each)[0] for each in (without, ensemble)]
    after = (there[0], chance(without, BEYOND).value, chance(without, "war on any front").value)
    (said,) = re.findall(r"to ([\d.]+), and so has force .*? to ([\d.]+)\. War .*? to ([\d.]+),", TEXT)
    assert list(map(float, said)) == pytest.approx(after, abs=6e-4)
    assert "It moves none of the probabilities of these 20,000 runs by more than 0.009." in TEXT
    moved = [abs(chance(without, row).value - chance(ensemble, row).value) for row in FIGURES]
    assert max(*moved, abs(there[0] - there[1])) < 0.009


def test_what_stakes_change_is_that_of_the_runs(ensemble: Ensemble) -> None:
    off = haniyeh().replace("rules.injury_stakes", 0.0).replace("rules.brinkmanship_stakes", 0.0)
    without = run(off, runs=RUNS, seed=SEED, progress=False)
    (said,) = re.findall(
        r"of ([\d.]+) in place of ([\d.]+), and war between Iran and Israel ([\d.]+) in place of ([\d.]+)\.", TEXT
    )
    sides = ((None, None), ("irn", "isr"))
    found = [each.probability("war", actor=a, target=t).value for a, t in sides for each in (without, ensemble)]
    assert list(map(float, said)) == pytest.approx(found, abs=6e-4)
    force = [each.probability("initiation", actor="irn", target="isr").value for each in (without, ensemble)]
    assert abs(force[0] - force[1]) < 0.002


def test_what_words_that_are_kept_change_is_that_of_the_runs(ensemble: Ensemble) -> None:
    without = run(haniyeh().replace("rules.threat_credibility", 0.0), runs=RUNS, seed=SEED, progress=False)
    (said,) = re.findall(
        r"force by Iran on Israel would have a probability of ([\d.]+) in place of ([\d.]+), force by Israel on Iran "
        r"([\d.]+) in place of ([\d.]+), and war on any front ([\d.]+) in place of ([\d.]+)\.",
        TEXT,
    )
    rows = ("force by Iran on Israel", "force by Israel on Iran", "war on any front")
    found = [chance(each, row).value for row in rows for each in (without, ensemble)]
    assert list(map(float, said)) == pytest.approx(found, abs=6e-4)


def test_the_page_and_that_of_the_library_say_the_same_of_no_timeline() -> None:
    library = (FOLDER / "library.md").read_text(encoding="utf-8")
    (said,) = re.findall(r"^\| `haniyeh-2024` \| ([\d.]+) \[[\d., ]+\] \| `hzb-isr`", library, re.MULTILINE)
    assert ROWS["nothing at all, without signals and events (2,000 runs)"][2] == said


def fewer(words: str) -> list[float]:
    """Value and interval by which the page says that something is rarer."""
    (found,) = re.findall(words + r" by ([\d.]+) \[([\d.]+), ([\d.]+)\]", TEXT)
    return [float(number) for number in found]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "strike", "war"),
    [
        (visited(), "With it, force by Iran on Israel is rarer", "0.0064\\], war"),
        (haniyeh(), "the warning makes force by Iran rarer", "0.0022\\] and war"),
    ],
    ids=["the visit took place", "as it is"],
)
def test_what_the_warning_changes_is_that_of_the_pairs(scenario: Scenario, strike: str, war: str) -> None:
    found = compare(scenario.without(WARNING), scenario, runs=RUNS, seed=SEED, progress=False)
    for words, change in (
        (strike, found.difference("initiation", actor="irn", target="isr")),
        (war, found.difference("war")),
    ):
        assert fewer(words) == pytest.approx([-change.value, -change.high, -change.low], abs=6e-5)


@pytest.mark.slow
def test_what_the_warning_changes_by_belief_is_that_of_the_pairs() -> None:
    beliefs = [float(cell) for cell in ROWS["how far the pledge was believed before"]]
    curve = conditional_effect(
        visited(), "commitments.usa-isr.credence.mean", beliefs, without=WARNING, runs=RUNS, seed=SEED, progress=False,
        **STRIKE,
    )  # fmt: skip
    said = [float(cell) for cell in ROWS["force by Iran on Israel, change by the warning"]]
    assert said == pytest.approx([-point.effect.value for point in curve.points], abs=6e-5)


def test_the_page_says_of_the_pledges_of_the_united_states_what_the_file_has() -> None:
    pledges = [row for row in haniyeh().commitments.values() if row.patron == "usa" and row.protege == "isr"]
    assert len(pledges) == 2
    assert not any(row.on_condition for row in pledges)
    assert "do not hold Israel back at all" in TEXT
    assert haniyeh().rules.leash_holds == "on-condition"
