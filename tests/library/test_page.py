"""The page on the library is of the model as it is, and its sentences are true of its tables."""

from __future__ import annotations

import re

import pytest
from library.page import BLOCK, PAGE, SEED, SHORT, crises, fingerprint

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
    assert len(names) == 10
    assert "ten crises of the past" in TEXT


def test_what_the_page_says_of_forecasts_is_in_its_table() -> None:
    force = {name: float(row[3].split(",")[0]) for name, row in FORECASTS.items()}
    assert min(force.values()) > 0.6
    assert {name for name, row in FORECASTS.items() if row[3].endswith("no")} == {"agadir-1911", "berlin-1961"}
    assert sum(row[4].endswith("yes") for row in FORECASTS.values()) == 3
    for name in ("cuba-1962", "pulwama-2019", "april-2024", "soleimani-2020"):
        assert float(FORECASTS[name][4].split(",")[0]) < 0.5
        assert FORECASTS[name][4].endswith("no")
    # Of Cuba, Kashmir and the first of the exchanges of Iran the peak that came was the likeliest.
    for name in ("cuba-1962", "pulwama-2019", "soleimani-2020"):
        assert FORECASTS[name][1].split()[0] in FORECASTS[name][2]


def test_what_the_page_says_of_dates_is_in_its_table() -> None:
    share = {key: float(row[2]) for key, row in DATES.items()}
    assert share["july-1914", "aut-srb"] > 0.5 > float(FORECASTS["july-1914"][4].split(",")[0])
    assert 1 / 16 < share["july-1914", "deu-rus"] < 1 / 10
    assert max(share["july-1914", "deu-fra"], share["july-1914", "gbr-deu"]) < 0.03
    assert min(share["tonkin-1964", "drv-usa"], share["soleimani-2020", "usa-irn"]) > 0.5
    assert share["soleimani-2020", "khb-usa"] > 0.5
    assert float(DATES["haniyeh-2024", "irn-isr"][3].split(",")[1]) <= 10.0
    assert float(DATES["falklands-1982", "gbr-arg"][3].split(",")[1]) < 20.0
    assert share["haniyeh-2024", "isr-hzb"] < share["haniyeh-2024", "irn-isr"]


def test_what_the_page_says_of_scores_is_in_its_table() -> None:
    excludes = []
    for question, score, model, rival, difference, _ in rows("scores"):
        theirs, name = re.fullmatch(r"([\d.]+) \((\w+)\)", rival).groups()  # type: ignore[union-attr]
        assert float(model) < float(theirs)
        high = float(re.search(r", (-?[\d.]+)\]", difference)[1])  # type: ignore[index]
        if high < 0.0:
            excludes.append((question, score, name))
    against = [each for each in excludes if each[2] != "uniform"]
    assert all(name == "hindsight" for _, _, name in against)
    assert len(against) <= 2  # "nearly every interval"
    assert len(excludes) - len(against) == 2  # the rival that knows nothing, by both scores


def test_what_the_page_says_of_the_prior_is_in_its_table() -> None:
    prior = {row[0]: row for row in rows("prior")}
    for name in ("agadir-1911", "berlin-1961"):
        assert float(prior[name][1].split()[0]) < 0.8
        assert float(prior[name][6]) > float(prior[name][5])  # hidden force before open force
