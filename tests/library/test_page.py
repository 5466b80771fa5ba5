"""The page on the library is of the model as it is, and its sentences are true of its tables."""

from __future__ import annotations

import re

import numpy as np
import pytest
from library.page import BLOCK, FIRST_CODING, PAGE, SEED, SHORT, crises, fingerprint

from escalation.files import load
from escalation.montecarlo.runner import run

TEXT = PAGE.read_text(encoding="utf-8")
AGAIN = "make it anew: python docs/make_library.py"


def rows(name: str) -> list[list[str]]:
    """Cells of a table of the page, without its head."""
    block = next(match[0] for match in BLOCK.finditer(TEXT) if match["name"] == name)
    lines = [line for line in block.splitlines() if line.startswith("| ")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[1:]]


FORECASTS = {row[0]: row for row in rows("forecasts")}
DATES = {(row[0], row[1]): row for row in rows("dates")}


@pytest.mark.parametrize("scenario", crises(), ids=lambda scenario: scenario.name)
def test_the_page_is_of_the_model_as_it_is(scenario: object) -> None:
    short = run(scenario, runs=SHORT, seed=SEED, progress=False)  # type: ignore[arg-type]
    assert FORECASTS[scenario.name][-1] == fingerprint(short), AGAIN  # type: ignore[attr-defined]


def test_every_crisis_is_in_every_table_and_has_its_sentences() -> None:
    names = {scenario.name for scenario in crises()}
    for table in ("crises", "prior", "forecasts"):
        assert {row[0] for row in rows(table)} == names, AGAIN
    assert {row[0] for row in rows("dates")} <= names
    assert all(f"**`{name}`" in TEXT for name in names)
    assert len(names) == 12
    assert "twelve crises of the past" in TEXT
    assert {row[0] for row in rows("codings")} == {*FIRST_CODING, "mean of the ten"}, AGAIN


QUIET = {"agadir-1911", "beagle-1977", "berlin-1961", "postage-stamps-1937"}


def test_what_the_page_says_of_forecasts_is_in_its_table() -> None:
    force = {name: float(row[3].split(",")[0]) for name, row in FORECASTS.items()}
    assert all(0.35 < force[name] < 0.5 for name in QUIET - {"berlin-1961"})  # "four to five chances in ten"
    assert force["berlin-1961"] == pytest.approx(0.8, abs=0.05)
    assert {name for name, row in FORECASTS.items() if row[3].endswith("no")} == QUIET
    assert sorted(force, key=force.__getitem__)[3:5] == ["berlin-1961", "april-2024"]
    assert set(sorted(force, key=force.__getitem__)[:4]) == QUIET
    assert sum(row[4].endswith("yes") for row in FORECASTS.values()) == 3
    middle = {name for name in FORECASTS if name not in QUIET and FORECASTS[name][4].endswith("no")}
    assert middle == {"april-2024", "cuba-1962", "pulwama-2019", "soleimani-2020", "tonkin-1964"}
    war = {name: float(FORECASTS[name][4].split(",")[0]) for name in middle}
    assert all(force[name] - war[name] > war[name] for name in middle)
    for name, limited_or_major in (("cuba-1962", 0.53), ("tonkin-1964", 0.53)):
        assert force[name] - war[name] == pytest.approx(limited_or_major, abs=0.011)
    likeliest = {name for name, row in FORECASTS.items() if row[1].split()[0] in row[2]}
    assert likeliest == {"pulwama-2019", "falklands-1982"}
    assert FORECASTS["soleimani-2020"][2] == "**limited-strike** 0.13"
    assert {name for name, row in FORECASTS.items() if row[1].startswith("war")} == {
        "cuba-1962", "tonkin-1964", "falklands-1982",
    }  # fmt: skip


def test_what_the_page_says_of_dates_is_in_its_table() -> None:
    share = {key: float(row[2]) for key, row in DATES.items()}
    assert share["july-1914", "aut-srb"] > 0.5 > float(FORECASTS["july-1914"][4].split(",")[0])
    assert share["july-1914", "deu-rus"] < 0.15
    assert max(share["july-1914", "deu-fra"], share["july-1914", "gbr-deu"]) < 0.05
    idle = (("tonkin-1964", "drv-usa"), ("soleimani-2020", "khb-usa"), ("soleimani-2020", "usa-irn"))
    assert min(share[each] for each in idle) > 0.5
    assert share["cuba-1962", "usa-cub"] > 0.5
    assert float(DATES["haniyeh-2024", "irn-isr"][3].split(",")[1]) == 18.0
    assert float(DATES["falklands-1982", "gbr-arg"][3].split(",")[1]) < 22.0
    assert share["haniyeh-2024", "isr-hzb"] < share["haniyeh-2024", "irn-isr"]


def test_nearly_half_of_the_war_that_the_page_tells_of_is_one_in_gaza() -> None:
    """Shares of 2,000 runs, each within four standard errors of what the page says: a false alarm in 10,000 tests."""
    ensemble = run(load("haniyeh-2024"), runs=2_000, seed=SEED, progress=False)
    fronts = list(ensemble.scenario.fronts)
    wars = ensemble.outcomes["war_cause"][:, : len(fronts)] > 0
    gaza = wars[:, [k for k, name in enumerate(fronts) if "hamas" in name or "pij" in name]].any(axis=1)
    assert gaza.mean() == pytest.approx(0.168, abs=0.034)
    assert wars[:, fronts.index("isr-hzb")].mean() == pytest.approx(0.1257, abs=0.030)


def test_the_chain_of_july_1914_is_as_the_page_says() -> None:
    """Shares of 4,000 runs, within four standard errors of the 20,000 of the page: a false alarm in 3,000"""
    ensemble = run(load("july-1914"), runs=4_000, seed=SEED, progress=False)
    fronts = list(ensemble.scenario.fronts)
    wars = ensemble.outcomes["war_cause"][:, : len(fronts)] > 0
    before = np.ones(len(wars), np.bool_)
    told = (("aut-srb", 0.353), ("rus-aut", 0.629), ("deu-rus", 0.769), ("deu-fra", 0.731), ("gbr-deu", 0.422))
    for front, share in told:
        at_war = wars[:, fronts.index(front)]
        error = np.sqrt(share * (1.0 - share) * (1.0 / before.sum() + 1.0 / (5.0 * before.sum())))
        assert at_war[before].mean() == pytest.approx(share, abs=4.0 * error)
        before = at_war


def test_what_the_page_says_of_scores_is_in_its_table() -> None:
    excludes, worse, compared = [], [], 0
    for question, score, model, rival, difference, _ in rows("scores"):
        theirs, name = re.fullmatch(r"([\d.]+) \((\w+)\)", rival).groups()  # type: ignore[union-attr]
        if float(model) >= float(theirs):
            worse.append((question, score, name))
        high = float(re.search(r", (-?[\d.]+)\]", difference)[1])  # type: ignore[index]
        compared += name == "hindsight"
        if high < 0.0:
            excludes.append((question, score, name))
    assert worse == [("peak", "log", "hindsight")]
    assert sum(name == "hindsight" for _, _, name in excludes) < compared / 2  # "most intervals"
    initiation = [("initiation", score, name) for name in ("ICB", "MID") for score in ("Brier", "log")]
    assert [each for each in excludes if each[2] in {"ICB", "MID"}] == [("hostility", "RPS", "MID"), *initiation]
    assert [each for each in excludes if each[2] == "uniform"] == [
        ("peak", score, "uniform") for score in ("RPS", "log")
    ]


def test_the_scores_of_war_are_near_those_that_the_forecasts_expect_of_themselves() -> None:
    for _, wars, _, score, expected, spread in rows("expected"):
        assert int(wars) == 3
        assert abs(float(score) - float(expected)) < float(spread) / 4


def test_what_the_page_says_of_the_two_codings_is_in_its_table() -> None:
    first, now = ([_numbers(row, which) for row in rows("codings")] for which in (0, 1))
    names = [row[0] for row in rows("codings")]
    assert first[:-1] == [list(FIRST_CODING[name]) for name in names[:-1]]
    left = [k for k, name in enumerate(names[:-1]) if name != "haniyeh-2024"]
    for score in (2, 3, 4):
        assert sum(now[k][score] for k in left) > sum(first[k][score] for k in left)
    assert now[-1][4] < first[-1][4]
    others = [k for k in left if names[k] != "july-1914"]
    assert np.mean([first[k][4] for k in others]) == pytest.approx(0.080, abs=0.0005)
    assert np.mean([now[k][4] for k in others]) == pytest.approx(0.114, abs=0.0006)
    assert now[-1][2:] == [0.106, 0.186, 0.170]
    assert all(FORECASTS[name][3].startswith(f"{row[0]:.2f}") for name, row in zip(names[:-1], now, strict=False))


def _numbers(row: list[str], which: int) -> list[float]:
    return [float(cell.split(" → ")[which]) for cell in row[1:]]


def test_what_the_page_says_of_the_prior_is_in_its_table() -> None:
    prior = {row[0]: row for row in rows("prior")}
    for name in ("july-1914", "berlin-1961"):
        assert float(prior[name][1].split()[0]) < 0.85
    assert {name for name, row in prior.items() if float(row[6]) > 0.0} == {"july-1914"}
    assert prior["july-1914"][6] == "0.06"  # "about six of a hundred"
    assert 0.15 < float(prior["haniyeh-2024"][1].split()[0]) < 0.25  # "in nearly four runs of five"
