"""The page on the library is of the model as it is, and its sentences are true of its tables."""

from __future__ import annotations

import re

import numpy as np
import pytest
from library.page import BLOCK, FIRST_CODING, PAGE, RUNS, SEED, SHORT, crises, fingerprint

from escalation.analysis.score.hindcasts.case import hindcast_of
from escalation.files import load
from escalation.montecarlo.queries import CAUSES_OF_WAR
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

TEXT = PAGE.read_text(encoding="utf-8")
AGAIN = "make it anew: python docs/make_library.py"


def rows(name: str) -> list[list[str]]:
    """Cells of a table of the page, without its head."""
    return cells(next(match[0] for match in BLOCK.finditer(TEXT) if match["name"] == name))


def cells(block: str) -> list[list[str]]:
    """Cells of the one table in a part of the page, without its head."""
    lines = [line for line in block.splitlines() if line.startswith("| ")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[1:]]


CHANGES = TEXT[TEXT.index("### What shared reasons and a mend changed") : TEXT.index("## What the misses say")]
FORECASTS = {row[0]: row for row in rows("forecasts")}
CHANGED = cells(CHANGES)
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
    assert force["cuba-1962"] - war["cuba-1962"] == pytest.approx(0.52, abs=0.011)
    assert war["cuba-1962"] == pytest.approx(0.40, abs=0.001)
    likeliest = {name for name, row in FORECASTS.items() if row[1].split()[0] in row[2]}
    assert likeliest == {"pulwama-2019", "falklands-1982", "tonkin-1964"}
    assert FORECASTS["soleimani-2020"][2] == "**limited-strike** 0.21"
    assert {name for name, row in FORECASTS.items() if row[1].startswith("war")} == {"cuba-1962", "falklands-1982"}


def test_what_the_page_says_of_dates_is_in_its_table() -> None:
    share = {key: float(row[2]) for key, row in DATES.items()}
    assert share["july-1914", "aut-srb"] > 0.5 > float(FORECASTS["july-1914"][4].split(",")[0])
    assert share["july-1914", "deu-rus"] < 0.15
    assert max(share["july-1914", "deu-fra"], share["july-1914", "gbr-deu"]) < 0.05
    idle = (("tonkin-1964", "drv-usa"), ("soleimani-2020", "khb-usa"), ("soleimani-2020", "usa-irn"))
    assert min(share[each] for each in idle) > 0.5
    assert share["cuba-1962", "usa-cub"] > 0.5
    assert float(DATES["haniyeh-2024", "irn-isr"][3].split(",")[1]) == 19.0
    assert float(DATES["falklands-1982", "gbr-arg"][3].split(",")[1]) < 22.0
    assert share["haniyeh-2024", "isr-hzb"] < share["haniyeh-2024", "irn-isr"]


def test_the_wars_of_haniyeh_2024_are_those_that_the_page_tells_of() -> None:
    """Shares of 2,000 runs, each within four standard errors of what the page says: a false alarm in 5,000 tests."""
    ensemble = run(load("haniyeh-2024"), runs=2_000, seed=SEED, progress=False)
    fronts = list(ensemble.scenario.fronts)
    wars = ensemble.outcomes["war_cause"][:, : len(fronts)] > 0
    gaza = wars[:, [k for k, name in enumerate(fronts) if "hamas" in name or "pij" in name]].any(axis=1)
    hezbollah, iran = (wars[:, fronts.index(front)] for front in ("isr-hzb", "isr-irn"))
    assert float(FORECASTS["haniyeh-2024"][4].split(",")[0]) == 0.26
    assert gaza.mean() == pytest.approx(0.0483, abs=0.020)  # "nearly one in five" of 0.26
    assert hezbollah.mean() == pytest.approx(0.1124, abs=0.030)
    assert (hezbollah & ~iran).mean() == pytest.approx(0.00225, abs=0.0045)


def test_the_chain_of_july_1914_is_as_the_page_says() -> None:
    """Shares of 4,000 runs, within four standard errors of the 20,000 of the page: a false alarm in 3,000"""
    ensemble = run(load("july-1914"), runs=4_000, seed=SEED, progress=False)
    fronts = list(ensemble.scenario.fronts)
    wars = ensemble.outcomes["war_cause"][:, : len(fronts)] > 0
    before = np.ones(len(wars), np.bool_)
    told = (("aut-srb", 0.357), ("rus-aut", 0.627), ("deu-rus", 0.765), ("deu-fra", 0.729), ("gbr-deu", 0.416))
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
    assert compared == 10
    assert sum(name == "hindsight" for _, _, name in excludes) == compared - 4  # "four of the ten intervals contain 0"
    hostility = [("hostility", score, "MID") for score in ("RPS", "log")]
    initiation = [("initiation", score, name) for name in ("ICB", "MID") for score in ("Brier", "log")]
    assert [each for each in excludes if each[2] in {"ICB", "MID"}] == [*hostility, *initiation]
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
    for score in (2, 3):
        assert sum(now[k][score] for k in left) > sum(first[k][score] for k in left)
    assert [now[-1][score] < first[-1][score] for score in (2, 3, 4)] == [True, False, True]
    others = [k for k in left if names[k] != "july-1914"]
    assert np.mean([first[k][4] for k in others]) == pytest.approx(0.080, abs=0.0005)
    assert np.mean([now[k][4] for k in others]) == pytest.approx(0.099, abs=0.0006)
    assert "and 0.100, 0.177 and 0.172 with them" in TEXT
    assert now[-1][2:] == [0.100, 0.177, 0.172] == [float(row[3]) for row in CHANGED]
    assert all(FORECASTS[name][3].startswith(f"{row[0]:.2f}") for name, row in zip(names[:-1], now, strict=False))


def _numbers(row: list[str], which: int) -> list[float]:
    return [float(cell.split(" → ")[which]) for cell in row[1:]]


def test_what_the_page_says_of_the_prior_is_in_its_table() -> None:
    prior = {row[0]: row for row in rows("prior")}
    for name in ("july-1914", "berlin-1961"):
        assert float(prior[name][1].split()[0]) < 0.85
    assert {name for name, row in prior.items() if float(row[6]) > 0.0} == {"july-1914"}
    assert prior["july-1914"][6] == "0.06"  # "about six of a hundred"
    assert 0.60 < float(prior["haniyeh-2024"][1].split()[0]) < 0.66  # "in more than a third of the runs"
    for name in ("haniyeh-2024", "tonkin-1964"):
        assert re.search(rf"{float(prior[name][1].split()[0]):.2f} (?:of the runs|of those) of `{name}`", CHANGES)


Scored = dict[str, dict[str, float]]
"""Scores and shares of each crisis."""


@pytest.fixture(scope="module")
def scored() -> dict[str, Scored]:
    """What all crises have as they are, without what stakes do, and without shared reasons."""
    off = {"as it is": (), "no stakes": ("injury_stakes", "brinkmanship_stakes"), "none shared": ("shared_reasons",)}
    return {name: {scenario.name: _scored(scenario, rules) for scenario in crises()} for name, rules in off.items()}


def _scored(scenario: Scenario, off: tuple[str, ...]) -> dict[str, float]:
    for rule in off:
        scenario = scenario.replace(f"rules.{rule}", 0.0)
    ensemble = run(scenario, runs=RUNS, seed=SEED, progress=False)
    asked = hindcast_of(ensemble, number=0).questions
    causes = ensemble.outcomes["war_cause"]
    return {
        "peak": asked["peak"].score("rps"),
        "violence": asked["violence"].score("rps"),
        "war": asked["war"].score("brier"),
        "chance": float(asked["war"].shares[1]),
        "likeliest": float(asked["peak"].shares.argmax() == asked["peak"].came),
        "not meant": float((causes == CAUSES_OF_WAR["brinkmanship"]).any(axis=1).mean()),
        "chosen": float((causes == CAUSES_OF_WAR["choice"]).any(axis=1).mean()),
    }


def _means(found: Scored) -> list[float]:
    return [float(np.mean([found[name][score] for name in FIRST_CODING])) for score in ("peak", "violence", "war")]


def _said(pattern: str) -> list[float]:
    (found,) = re.findall(pattern, " ".join(TEXT.split()))
    return [float(number) for number in found]


@pytest.mark.slow
def test_what_the_page_says_of_stakes_is_that_of_runs_without(scored: dict[str, Scored]) -> None:
    off, on = scored["no stakes"], scored["as it is"]
    three = r"([\d.]+), ([\d.]+) and ([\d.]+)"
    said = _said(f"they are {three} without the rules, and {three} with them")
    assert said == pytest.approx([*_means(off), *_means(on)], abs=6e-4)
    for name, score, words, places in (
        ("july-1914", "chance", r"from (\S+) to (\S+) in `july-1914`", 2),
        ("haniyeh-2024", "chance", r"`july-1914` and from (\S+) to (\S+) in `haniyeh-2024`", 2),
        ("soleimani-2020", "peak", r"RPS of the peak goes up from (\S+) to (\S+), and `agadir-1911`", 3),
        ("agadir-1911", "peak", r"`agadir-1911`, where it goes up from (\S+) to (\d\.\d+)", 3),
    ):
        assert _said(words) == pytest.approx([each[name][score] for each in (off, on)], abs=0.6 * 10**-places), name
    for each in (off, on):
        assert each["falklands-1982"]["chance"] == pytest.approx(0.33, abs=0.006)
        assert each["july-1914"]["chosen"] < 4e-4
        assert each["haniyeh-2024"]["chosen"] == pytest.approx(3e-3, abs=5e-4)
    told = [each[name]["not meant"] for name in ("july-1914", "haniyeh-2024") for each in (on, off)]
    words = r"comes in (\S+) of 20,000 .*? in (\S+) without the rules\. .*? the shares are (\S+) and (\S+), and war by"
    assert _said(words) == pytest.approx(told, abs=6e-4)
    assert all(on[name]["peak"] < off[name]["peak"] for name in ("july-1914", "haniyeh-2024"))
    assert all(on[name]["chance"] > off[name]["chance"] for name in ("april-2024", "cuba-1962"))
    assert all(off[name]["likeliest"] > on[name]["likeliest"] for name in ("agadir-1911", "cuba-1962"))
    gain = sum(off[name]["war"] - on[name]["war"] for name in ("july-1914", "haniyeh-2024"))
    assert gain > len(FIRST_CODING) * (_means(off)[2] - _means(on)[2]) > 0.0


@pytest.mark.slow
def test_what_the_page_says_of_shared_reasons_is_that_of_runs_without(scored: dict[str, Scored]) -> None:
    """What was before the mend cannot be played any more."""
    off, on = scored["none shared"], scored["as it is"]
    assert [float(row[2]) for row in CHANGED] == pytest.approx(_means(off), abs=6e-4)
    told = " ".join(CHANGES.split())
    for name, score, words in (
        ("tonkin-1964", "peak", r"better in `tonkin-1964` \(\S+ before, (\S+) after"),
        ("soleimani-2020", "peak", r"after\) and `soleimani-2020` \(\S+, (\S+)\)"),
        ("haniyeh-2024", "peak", r"It is worse in `haniyeh-2024` \(\S+, (\S+)\)"),
        ("april-2024", "peak", r"`april-2024` \(\S+, (\S+)\)"),
        ("tonkin-1964", "war", r"war is better in `tonkin-1964` \(\S+, (\S+)\)"),
        ("haniyeh-2024", "war", r"and worse in `haniyeh-2024` \(\S+, (\S+)\)"),
        ("berlin-1961", "peak", r"`berlin-1961` \((\S+), \S+\)"),
    ):
        (said,) = re.findall(words, told)
        assert float(said) == pytest.approx(off[name][score], abs=6e-4), name
    helped = {"berlin-1961": 0.147, "soleimani-2020": 0.121}
    for name in FIRST_CODING:
        if name in helped:
            assert f"{on[name]['peak']:.3f}" == f"{helped[name]:.3f}"
            assert f", {helped[name]:.3f})" in told
        else:
            assert abs(on[name]["peak"] - off[name]["peak"]) < 0.002, name
