"""The page on the library is of the model as it is, and its sentences are true of its tables."""

from __future__ import annotations

import re

import numpy as np
import pytest
from library.page import BLOCK, FIRST_CODING, PAGE, RUNS, SEED, SHORT, crises, fingerprint

from escalation.analysis.score.hindcasts.case import Hindcast, hindcast_of
from escalation.analysis.score.hindcasts.hindcast import Hindcasts
from escalation.analysis.score.hindcasts.questions import Question
from escalation.analysis.uncertain.prior_predictive import prior_predictive
from escalation.data.fits import fitted_parameters
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


def part(first: str, then: str) -> str:
    """Part of the page from one heading to another."""
    return TEXT[TEXT.index(first) : TEXT.index(then)]


CHANGES = part("### What shared reasons and a mend changed", "### What answers on the timeline changed")
ANSWERS = part("### What answers on the timeline changed", "## What the misses say")
FORECASTS = {row[0]: row for row in rows("forecasts")}
CHANGED, ANSWERED = cells(CHANGES), cells(ANSWERS)
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
    assert all(0.25 < force[name] < 0.45 for name in QUIET - {"berlin-1961"})  # "three to four chances in ten"
    assert 0.75 < force["berlin-1961"] < 0.80  # "nearly eight"
    words = r"although `berlin-1961` has (\S+) and `april-2024`, in which force did come, only a little more, (\d\.\d+)"
    assert _said(words) == [force["berlin-1961"], force["april-2024"]]
    assert {name for name, row in FORECASTS.items() if row[3].endswith("no")} == QUIET
    assert sorted(force, key=force.__getitem__)[3:5] == ["berlin-1961", "april-2024"]
    assert set(sorted(force, key=force.__getitem__)[:4]) == QUIET
    assert sum(row[4].endswith("yes") for row in FORECASTS.values()) == 3
    middle = {name for name in FORECASTS if name not in QUIET and FORECASTS[name][4].endswith("no")}
    assert middle == {"april-2024", "cuba-1962", "pulwama-2019", "soleimani-2020", "tonkin-1964"}
    war = {name: float(FORECASTS[name][4].split(",")[0]) for name in middle}
    assert all(force[name] - war[name] > war[name] for name in middle)
    assert min(middle, key=lambda name: force[name] - 2.0 * war[name]) == "cuba-1962"
    assert _said(r"least in `cuba-1962`, where force has (\S+) and war (\d\.\d+)\.") == [
        force["cuba-1962"],
        war["cuba-1962"],
    ]
    likeliest = {name for name, row in FORECASTS.items() if row[1].split()[0] in row[2]}
    assert likeliest == {"pulwama-2019", "cuba-1962", "tonkin-1964"}
    assert FORECASTS["soleimani-2020"][2] == "**limited-strike** 0.22"
    assert not {name for name, row in FORECASTS.items() if row[1].startswith("war")}


def test_what_the_page_says_of_dates_is_in_its_table() -> None:
    share = {key: float(row[2]) for key, row in DATES.items()}
    assert share["july-1914", "aut-srb"] > 0.5 > float(FORECASTS["july-1914"][4].split(",")[0])
    assert share["july-1914", "deu-rus"] > share["july-1914", "deu-fra"] > share["july-1914", "gbr-deu"] == 0.06
    idle = (("tonkin-1964", "drv-usa"), ("soleimani-2020", "khb-usa"), ("soleimani-2020", "usa-irn"))
    assert min(share[each] for each in idle) > 0.5
    assert share["cuba-1962", "usa-cub"] > 0.5
    assert float(DATES["haniyeh-2024", "irn-isr"][3].split(",")[1]) == 19.0
    fleet = DATES["falklands-1982", "gbr-arg"]
    assert [fleet[3].split(",")[0], fleet[4]] == ["9", "23"]
    falklands = load("falklands-1982")
    assert str(falklands.start) == "1982-04-02"
    assert str(falklands.events["fleet-sails"].date) == "1982-04-05"  # six days before day 9
    late = DATES["tonkin-1964", "usa-drv"]
    assert _said(r"the median day is the (\d+)th, and it came on the sixth") == [float(late[3].split(",")[1])]
    assert late[4] == "6"
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
    told = (("aut-srb", 0.3374), ("rus-aut", 0.627), ("deu-rus", 0.767), ("deu-fra", 0.727), ("gbr-deu", 0.415))
    words = r"Serbia comes in (\S+)\. .*? in (\S+); given that, .*? in (\S+); then .*? in (\S+), and .*? in (\d\.\d+)\."
    assert _said(words) == pytest.approx([share for _, share in told], abs=6e-3)
    for front, share in told:
        at_war = wars[:, fronts.index(front)]
        error = np.sqrt(share * (1.0 - share) * (1.0 / before.sum() + 1.0 / (5.0 * before.sum())))
        assert at_war[before].mean() == pytest.approx(share, abs=4.0 * error)
        before = at_war


@pytest.mark.slow
def test_the_fleet_of_1982_is_as_early_and_as_late_as_the_page_says() -> None:
    days = run(load("falklands-1982"), runs=RUNS, seed=SEED, progress=False).first_day(
        "initiation", actor="gbr", target="arg"
    )
    said = _said(r"it came on day 23, and in (\S+) of the runs it comes before that day, in (\S+) on it or later")
    found = [(days < 23.0).mean(), ((days >= 23.0) & np.isfinite(days)).mean()]
    assert said == pytest.approx(found, abs=6e-3)


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
    assert sum(name == "hindsight" for _, _, name in excludes) == compared - 3  # "three of the ten intervals contain 0"
    initiation = [("initiation", score, name) for name in ("ICB", "MID") for score in ("Brier", "log")]
    others = [("hostility", "RPS", "MID"), ("war", "log", "ICB")]
    assert {each for each in excludes if each[2] in {"ICB", "MID"}} == {*initiation, *others}
    assert [each for each in excludes if each[2] == "uniform"] == [
        ("peak", score, "uniform") for score in ("RPS", "log")
    ]


def test_the_scores_of_war_are_near_those_that_the_forecasts_expect_of_themselves() -> None:
    for _, wars, _, score, expected, spread in rows("expected"):
        assert int(wars) == 3
        assert abs(float(score) - float(expected)) < 0.3 * float(spread)


def test_what_the_page_says_of_the_two_codings_is_in_its_table() -> None:
    first, now = ([_numbers(row, which) for row in rows("codings")] for which in (0, 1))
    names = [row[0] for row in rows("codings")]
    assert first[:-1] == [list(FIRST_CODING[name]) for name in names[:-1]]
    left = [k for k, name in enumerate(names[:-1]) if name != "haniyeh-2024"]
    for score in (2, 3):
        assert sum(now[k][score] for k in left) > sum(first[k][score] for k in left)
    assert all(now[-1][score] < first[-1][score] for score in (2, 3, 4))
    to_blame = {"soleimani-2020", "falklands-1982", "berlin-1961", "cuba-1962"}
    for score in (2, 3):
        worse = sorted(left, key=lambda k: first[k][score] - now[k][score])
        assert {names[k] for k in worse[:4]} == to_blame
    others = [k for k in left if names[k] != "july-1914"]
    assert np.mean([first[k][4] for k in others]) == pytest.approx(0.080, abs=0.0005)
    assert np.mean([now[k][4] for k in others]) == pytest.approx(0.099, abs=0.0006)
    assert "and 0.100, 0.173 and 0.174 with them" in TEXT
    assert now[-1][2:] == [0.100, 0.173, 0.174] == [round(float(row[-1]), 3) for row in ANSWERED]
    before = [float(row[3]) for row in CHANGED]
    assert [round(float(row[1]), 3) for row in ANSWERED] == before  # what one change left, the next one met
    assert all(FORECASTS[name][3].startswith(f"{row[0]:.2f}") for name, row in zip(names[:-1], now, strict=False))


def _numbers(row: list[str], which: int) -> list[float]:
    return [float(cell.split(" → ")[which]) for cell in row[1:]]


def test_what_the_page_says_of_the_prior_is_in_its_table() -> None:
    prior = {row[0]: row for row in rows("prior")}
    for name in ("july-1914", "berlin-1961"):
        assert float(prior[name][1].split()[0]) < 0.85
    assert {name for name, row in prior.items() if float(row[6]) > 0.0} == {"july-1914"}
    assert prior["july-1914"][2] == "srb-aut"
    assert float(prior["july-1914"][6]) == 0.06  # "about six first decisions of a hundred"
    assert 0.60 < float(prior["haniyeh-2024"][1].split()[0]) < 0.66  # "in more than a third of the runs"
    for name in ("haniyeh-2024", "tonkin-1964"):
        assert re.search(rf"{float(prior[name][1].split()[0]):.2f} (?:of the runs|of those) of `{name}`", CHANGES)


def test_serbia_acts_in_the_dark_as_often_as_the_page_says() -> None:
    first = prior_predictive(load("july-1914"), runs=2_000, seed=SEED, progress=False).decisions["srb-aut"].acts
    covert = sum(found.value for act, found in first.items() if act.endswith("(covert)"))
    assert covert == pytest.approx(0.06, abs=0.005)  # "about six first decisions of a hundred"


Scored = dict[str, dict[str, float]]
"""Scores and shares of each crisis."""


OFF: dict[str, dict[str, float]] = {
    "as it is": {},
    "no stakes": {"injury_stakes": 0.0, "brinkmanship_stakes": 0.0},
    "no answers": {"scheduled_answers": False},
    "no answers, none shared": {"scheduled_answers": False, "shared_reasons": 0.0},
}
"""Rules that are turned off."""


@pytest.fixture(scope="module")
def played() -> dict[str, dict[str, tuple[Hindcast, dict[str, float]]]]:
    """What all crises have as they are, and with rules turned off."""
    return {name: {each.name: _played(each, rules) for each in crises()} for name, rules in OFF.items()}


@pytest.fixture(scope="module")
def scored(played: dict[str, dict[str, tuple[Hindcast, dict[str, float]]]]) -> dict[str, Scored]:
    """Scores and shares of these runs."""
    return {rules: {name: found for name, (_, found) in each.items()} for rules, each in played.items()}


def _played(scenario: Scenario, off: dict[str, float], seed: int = SEED) -> tuple[Hindcast, dict[str, float]]:
    for rule, value in off.items():
        scenario = scenario.replace(f"rules.{rule}", value)
    ensemble = run(scenario, runs=RUNS, seed=seed, progress=False)
    found = hindcast_of(ensemble, number=0)
    asked, causes = found.questions, ensemble.outcomes["war_cause"]
    expected, spread = _expects(asked["peak"])
    return found, {
        "peak": asked["peak"].score("rps"),
        "violence": asked["violence"].score("rps"),
        "war": asked["war"].score("brier"),
        "force": float(asked["initiation"].shares[1]),
        "chance": float(asked["war"].shares[1]),
        "nothing": float(asked["peak"].shares[0]),
        "likeliest": float(asked["peak"].shares.argmax() == asked["peak"].came),
        "not meant": float((causes == CAUSES_OF_WAR["brinkmanship"]).any(axis=1).mean()),
        "chosen": float((causes == CAUSES_OF_WAR["choice"]).any(axis=1).mean()),
        "expected": expected,
        "spread": spread,
    }


def _expects(question: Question) -> tuple[float, float]:
    """Mean and standard deviation of the ranked probability score of a forecast that is right."""
    below = question.shares.cumsum()[:-1]
    came = np.arange(len(question.shares))
    scores = np.array([((below - (came[:-1] >= level)) ** 2).mean() for level in came])
    assert scores[question.came] == pytest.approx(question.score("rps"))
    mean = float(question.shares @ scores)
    return mean, float(np.sqrt(question.shares @ (scores - mean) ** 2))


def _means(found: Scored) -> list[float]:
    return [float(np.mean([found[name][score] for name in FIRST_CODING])) for score in ("peak", "violence", "war")]


def _said(pattern: str) -> list[float]:
    (found,) = re.findall(pattern, " ".join(TEXT.split()))
    return [float(number) for number in ((found,) if isinstance(found, str) else found)]


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
        stays = [each["falklands-1982"]["chance"]]
        assert _said(r"stays at (\S+) in `falklands-1982`") == pytest.approx(stays, abs=0.006)
        assert each["july-1914"]["chosen"] < 4e-4
        assert each["haniyeh-2024"]["chosen"] == pytest.approx(3e-3, abs=5e-4)
    told = [each[name]["not meant"] for name in ("july-1914", "haniyeh-2024") for each in (on, off)]
    words = r"comes in (\S+) of 20,000 .*? in (\S+) without the rules\. .*? the shares are (\S+) and (\S+), and war by"
    assert _said(words) == pytest.approx(told, abs=6e-4)
    assert all(on[name]["peak"] < off[name]["peak"] for name in ("july-1914", "haniyeh-2024"))
    assert all(on[name]["chance"] > off[name]["chance"] for name in ("april-2024", "cuba-1962"))
    assert {name for name in on if off[name]["likeliest"] > on[name]["likeliest"]} == {"agadir-1911"}
    assert on["soleimani-2020"]["force"] > off["soleimani-2020"]["force"]
    gain = sum(off[name]["war"] - on[name]["war"] for name in ("july-1914", "haniyeh-2024"))
    assert gain > len(FIRST_CODING) * (_means(off)[2] - _means(on)[2]) > 0.0


@pytest.mark.slow
def test_what_the_page_says_of_shared_reasons_is_that_of_runs_without(scored: dict[str, Scored]) -> None:
    """What was before the mend cannot be played any more."""
    off, on = scored["no answers, none shared"], scored["no answers"]
    for column, each in ((2, off), (3, on)):
        assert [float(row[column]) for row in CHANGED] == pytest.approx(_means(each), abs=6e-4)
    told = " ".join(CHANGES.split())
    for name, score, words in (
        ("tonkin-1964", "peak", r"became better in `tonkin-1964` \(\S+ before, (\S+) after"),
        ("soleimani-2020", "peak", r"after\) and `soleimani-2020` \(\S+, (\S+)\)"),
        ("haniyeh-2024", "peak", r"It became worse in `haniyeh-2024` \(\S+, (\S+)\)"),
        ("april-2024", "peak", r"`april-2024` \(\S+, (\S+)\)"),
        ("tonkin-1964", "war", r"war became better in `tonkin-1964` \(\S+, (\S+)\)"),
        ("haniyeh-2024", "war", r"and worse in `haniyeh-2024` \(\S+, (\S+)\)"),
        ("berlin-1961", "peak", r"became better in `berlin-1961` \((\S+), \S+\)"),
        ("soleimani-2020", "peak", r"\) and `soleimani-2020` \((\S+), 0\.121\)"),
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


@pytest.mark.slow
def test_what_the_page_says_of_answers_is_that_of_runs_without(
    played: dict[str, dict[str, tuple[Hindcast, dict[str, float]]]], scored: dict[str, Scored]
) -> None:
    off, on = scored["no answers"], scored["as it is"]
    for column, found in ((1, off), (-1, on)):
        assert [float(row[column]) for row in ANSWERED] == pytest.approx(_means(found), abs=6e-5)
    better = ("cuba-1962", "tonkin-1964", "berlin-1961", "soleimani-2020")
    pair = r"`{}` \((\d\.\d+)(?: before)?, (\d\.\d+)(?: now)?\)"
    for score, places, names in (
        ("peak", 3, (*better, "beagle-1977", "postage-stamps-1937")),
        ("force", 2, ("agadir-1911", "beagle-1977", "berlin-1961", "postage-stamps-1937")),
    ):
        for name in names:
            said = [
                each for each in re.findall(pair.format(name), " ".join(ANSWERS.split())) if len(each[0]) == places + 2
            ]
            now = [each[name][score] for each in (off, on)]
            assert [list(map(float, each)) for each in said] == [pytest.approx(now, abs=0.6 * 10**-places)], name
    assert all(on[name]["peak"] < off[name]["peak"] and on[name]["chance"] < off[name]["chance"] for name in better)
    assert all(on[name]["force"] < off[name]["force"] for name in QUIET)
    pair = r"{} is (\S+) in place of (\S+)(?: in the one)?, and (\S+) in place of (\d\.\d+)"
    for score, words in (("peak", "RPS of the peak"), ("war", "Brier score of war")):
        told = [each[name][score] for name in ("falklands-1982", "july-1914") for each in (on, off)]
        assert _said(pair.format(words)) == pytest.approx(told, abs=6e-4)
    for name in ("beagle-1977", "postage-stamps-1937"):
        assert on[name]["nothing"] > off[name]["nothing"]
        assert FORECASTS[name][2].startswith("**display**")
    same = {name for name in on if on[name] == off[name]}
    assert (
        same
        == {"april-2024", "haniyeh-2024", "pulwama-2019"}
        == set(on) - {*better, *QUIET, "falklands-1982", "july-1914"}
    )
    fronts = [
        Hindcasts.of([found for found, _ in played[each].values()]).front_scores()
        for each in ("no answers", "as it is")
    ]
    words = r"is worse \((\S+), (\S+)\)\. On the others it is better \((\S+), (\S+)\)\."
    words += r" Over all fronts it is (\S+) either way"
    told = [each[kind]["rps"] for kind in ("force", "no force") for each in fronts]
    assert _said(words) == pytest.approx([*told, fronts[0]["all"]["rps"]], abs=6e-4)
    assert fronts[1]["all"]["rps"] == pytest.approx(fronts[0]["all"]["rps"], abs=6e-4)
    missed = _said(r"Both aims are missed: the RPS of the peak by (\S+), and the Brier score of war by (\d\.\d+)")
    assert missed == pytest.approx([_means(on)[0] - 0.090, _means(on)[2] - 0.170], abs=6e-4)
    missed = _said(r"With both changes the two were missed, the second by (\d\.\d+)")
    assert missed == pytest.approx([_means(off)[2] - 0.170], abs=6e-4)


@pytest.mark.slow
def test_seeds_0_to_3_give_the_means_that_the_page_says() -> None:
    means = {
        rules: np.array(
            [_means({each.name: _played(each, OFF[rules], seed)[1] for each in crises()}) for seed in range(4)]
        )
        for rules in ("no answers", "as it is")
    }
    lowest, highest = means["as it is"].min(axis=0), means["as it is"].max(axis=0)
    words = r"Seeds 0 to 3 give means from (\S+) to (\S+) \(.*?from (\S+) to (\S+) \(.*? from (\S+) to (\S+) \(Brier"
    assert _said(words) == pytest.approx(np.ravel([lowest, highest], order="F"), abs=6e-5)
    lowest, highest = means["no answers"].min(axis=0), means["no answers"].max(axis=0)
    words = r"seeds 0 to 3 gave means from (\S+) to (\S+) \(RPS of the peak\) and from (\S+) to (\S+) \(Brier"
    assert _said(words) == pytest.approx([lowest[0], highest[0], lowest[2], highest[2]], abs=6e-5)
    peak, violence, war = (means["as it is"] - means["no answers"]).T
    assert (violence < 0.0).all()
    assert (war > 0.0).all()
    assert ((peak > 0.0) & (peak < 1e-3)).all()  # "a little worse"


@pytest.mark.slow
def test_the_peak_is_missed_by_what_the_forecasts_expect(scored: dict[str, Scored]) -> None:
    on = scored["as it is"]
    told: list[float] = []
    for names in (list(FIRST_CODING), list(on)):
        expected, spread, score = (
            np.array([on[name][each] for name in names]) for each in ("expected", "spread", "peak")
        )
        told += [expected.mean(), float(np.sqrt((spread**2).sum())) / len(names), score.mean()]
    words = r"would be expected at (\S+), with .*? deviation of (\S+)\. It is (\S+)\."
    words += r" .*? twelve (\S+) would be expected, .*? deviation of (\S+), and it is (\d\.\d+)"
    assert _said(words) == pytest.approx(told, abs=6e-4)
    mean, spread_of_ten, _ = told[:3]
    assert _said(r"The first aim lies below the (\S+) that") == pytest.approx([mean], abs=6e-4)
    assert mean - spread_of_ten < 0.090 < mean
    assert max(told[2] - mean, told[5] - told[3]) < 0.0  # "no larger than the forecasts themselves expect"


@pytest.mark.slow
def test_crises_that_end_when_they_are_quiet_give_the_means_that_the_page_says() -> None:
    fit = fitted_parameters()
    settle = {"distribution": "lognormal", "median": fit["settle_days"], "sigma": fit["settle_spread"]}
    peak, war = [], []
    for name in FIRST_CODING:
        scenario = load(name).replace("rules.settle_days", settle).replace("stop_when_settled", True)
        asked = hindcast_of(run(scenario, runs=4_000, seed=SEED, progress=False)).questions
        peak.append(asked["peak"].score("rps"))
        war.append(asked["war"].score("brier"))
    words = r"the means of the ten would be (\S+) \(RPS of the peak\) and (\S+) \(Brier score of war\), so it is not"
    assert _said(words) == pytest.approx([np.mean(peak), np.mean(war)], abs=6e-4)
