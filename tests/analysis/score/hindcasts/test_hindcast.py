from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hindsight import DISPLAY, LIMITED, MAJOR, WAR, crisis, written

from escalation.analysis.score.hindcasts.case import Hindcast, hindcast_of
from escalation.analysis.score.hindcasts.hindcast import BINS, Hindcasts, hindcast
from escalation.errors import StudyError
from escalation.world.scenario import Scenario

STRIKE = [(11, "ara", "bor", "limited-strike")]
TO_WAR = [(11, "ara", "bor", "limited-strike"), (21, "ara", "bor", "war")]
PERFECT = [{"ara-bor": (LIMITED, 10)}]
HOPELESS = [{"bor-ara": (WAR, 10)}]


def told(observed: list[tuple[int, str, str, str]], runs: list[dict[str, tuple[int, int]]]) -> Hindcast:
    return hindcast_of(written(crisis(observed), runs, repeated=100 // len(runs)))


def test_a_perfect_forecast_scores_nought() -> None:
    found = told(STRIKE, PERFECT)
    assert {name: question.levels[question.came] for name, question in found.questions.items()} == {
        "peak": "limited-strike",
        "violence": "minor clashes",
        "hostility": "use of force",
        "initiation": "yes",
        "war": "no",
    }
    for question in found.questions.values():
        assert question.score(question.first_score) == pytest.approx(0.0)
        assert question.score("log") < 0.1
    assert all(front.score == 0.0 for front in found.fronts.values())
    assert found.fronts["ara-bor"].quantiles == (10.0, 10.0, 10.0)


def test_a_hopeless_forecast_scores_worst() -> None:
    found = told(STRIKE, HOPELESS)
    war, violence = found.questions["war"], found.questions["violence"]
    assert war.score("brier") == 1.0
    assert violence.score("rps") == pytest.approx(2.0 / 3.0)  # war for minor clashes: wrong at two cuts of three
    assert war.score("log") == pytest.approx(-math.log(3.8415 / 2.0 / 103.8415), abs=1e-3)
    assert found.fronts["ara-bor"].score == 0.0  # war is force by both, and it came on the day of the strike
    assert found.fronts["bor-ara"].score == pytest.approx(20.0 / 30.0)  # twenty of thirty days wrong


def test_shares_are_those_of_the_runs() -> None:
    runs = [{}, {"ara-bor": (DISPLAY, 7)}, {"ara-bor": (LIMITED, 7), "bor-ara": (LIMITED, 9)}, {"cal-bor": (MAJOR, 8)}]
    found = told(TO_WAR, runs)
    assert found.questions["peak"].shares.tolist() == [0.25, 0.0, 0.25, 0.25, 0.25, 0.0]
    assert found.questions["violence"].shares.tolist() == [0.5, 0.0, 0.5, 0.0]
    assert found.questions["hostility"].shares.tolist() == [0.25, 0.0, 0.25, 0.5, 0.0]
    assert found.questions["initiation"].shares.tolist() == [0.5, 0.5]
    assert found.fronts["ara-bor"].question.shares.tolist() == [0.75, 0.25, 0.0, 0.0]
    assert found.fronts["ara-bor"].probability.value == 0.25
    assert found.fronts["bor-ara"].question.levels[found.fronts["bor-ara"].question.came] == "war"
    assert found.fronts["bor-ara"].force_day == 20.0


def test_a_war_that_nobody_chose_on_a_front_is_force_there() -> None:
    """As where an ally joins: what happened and what is forecast are counted alike."""
    found = told([(11, "ara", "bor", "war")], [{"ara-bor": (WAR, 10)}, {}])
    for front in ("ara-bor", "bor-ara"):
        assert found.fronts[front].probability.value == 0.5
        assert found.fronts[front].force_day == 10.0
        assert found.fronts[front].quantiles == (10.0, 10.0, math.inf)


def test_one_side_alone_is_minor_and_a_war_is_war() -> None:
    runs = [{"ara-bor": (LIMITED, 7), "bor-cal": (LIMITED, 7)}, {"ara-bor": (WAR, 7)}]
    assert told(STRIKE, runs).questions["violence"].shares.tolist() == [0.0, 0.5, 0.0, 0.5]


def test_base_rates_are_rivals() -> None:
    questions = told(TO_WAR, PERFECT).questions
    assert questions["war"].rivals["ICB"].tolist() == pytest.approx([310 / 363, 53 / 363])
    assert questions["initiation"].rivals["MID"].tolist() == pytest.approx([727 / 2436, 1709 / 2436])
    assert questions["violence"].score("rps", "ICB") == pytest.approx(
        ((102 / 363) ** 2 + (214 / 363) ** 2 + (310 / 363) ** 2) / 3
    )
    assert questions["war"].score("brier", "ICB") == pytest.approx((310 / 363) ** 2)
    # A level that a rival has never counted does not cost infinitely much.
    assert 1.0 < told([(7, "ara", "bor", "restraint")], PERFECT).questions["hostility"].score("log", "MID") < 6.0


@pytest.fixture
def study() -> Hindcasts:
    one = hindcast_of(written(crisis(STRIKE, name="one"), [{}, PERFECT[0]], repeated=50), number=0)
    two = hindcast_of(written(crisis(TO_WAR, name="two"), [{}, HOPELESS[0]], repeated=50), number=1)
    return Hindcasts.of([one, two])


def test_scores_of_several_crises(study: Hindcasts) -> None:
    assert study.scores("war").tolist() == [0.0, 0.25]
    assert study.scores("war", rival="ICB") == pytest.approx([(53 / 363) ** 2, (310 / 363) ** 2])
    assert study.difference("war", "ICB").value == pytest.approx(0.125 - ((53 / 363) ** 2 + (310 / 363) ** 2) / 2)
    over = study.skill("war", "ICB")
    assert over is not None
    assert over.value == pytest.approx(1.0 - 0.25 / ((53 / 363) ** 2 + (310 / 363) ** 2))
    assert over.n == 2
    assert study.scores("war", which="log").shape == (2,)


def test_the_best_constant_forecast_in_hindsight_is_a_rival(study: Hindcasts) -> None:
    for case in study.cases.values():
        assert case.questions["war"].rivals["hindsight"].tolist() == [0.5, 0.5]
        assert case.questions["peak"].rivals["hindsight"].tolist() == [0.0, 0.0, 0.0, 0.5, 0.0, 0.5]
    assert study.scores("war", rival="hindsight").tolist() == [0.25, 0.25]
    assert study.difference("war", "hindsight").value == pytest.approx(-0.125)


def test_there_is_no_skill_over_a_rival_that_never_errs(study: Hindcasts) -> None:
    assert study.skill("initiation", "hindsight") is None  # there was force in both
    assert study.summary()["scores"]["initiation"]["brier"]["hindsight"]["skill"] is None


def test_a_crisis_alone_has_no_hindsight() -> None:
    alone = Hindcasts.of([told(STRIKE, PERFECT)])
    assert alone.rivals("war") == ("ICB", "MID")


def test_fronts_with_and_without_force_are_told_apart(study: Hindcasts) -> None:
    parts = study.front_scores()
    assert {name: part["fronts"] for name, part in parts.items()} == {"force": 3, "no force": 5, "all": 8}
    # Wrong in half of the runs from the strike on; on the other side's front in the half with a war until it came, too.
    assert parts["force"]["first_force"] == pytest.approx(20 / 30 / 4)
    assert parts["no force"]["rps"] == 0.0


def test_histograms_count_every_place(study: Hindcasts) -> None:
    counts = study.histograms()
    assert {name: (len(c), sum(c)) for name, c in counts.items()} == {"peak": (BINS, 2), "first_force": (BINS, 8)}
    again = hindcast_of(written(crisis(STRIKE, name="one"), [{}, PERFECT[0]], repeated=50), number=0)
    assert again.place == study.cases["one"].place


def test_the_summary_is_json_and_says_what_it_cannot_show(study: Hindcasts) -> None:
    text = json.dumps(study.summary(), allow_nan=False)
    found = json.loads(text)
    assert "2 hand-coded cases validate nothing by themselves" in found["note"]
    assert "hindsight" in found["note"]
    case = found["cases"]["two"]
    assert case["questions"]["war"]["observed"] == "yes"
    assert case["questions"]["war"]["forecast"] == {"no": 0.5, "yes": 0.5}
    assert case["fronts"]["bor-ara"]["first_force"]["observed_day"] == 20.0
    assert case["observed"]["scored"][0] == {
        "date": "2000-01-11",
        "actor": "ara",
        "target": "bor",
        "rung": "limited-strike",
    }
    assert set(found["scores"]["war"]["brier"]) == {"model", "ICB", "MID", "hindsight"}


def test_a_notebook_shows_a_crisis_a_row_and_what_the_scores_cannot_show(study: Hindcasts) -> None:
    head, rows = study.table()
    assert {len(row) for row in rows} == {len(head)}
    assert rows[0] == ("one", "restraint (0.50)", "limited strike (0.50)", "0.50 yes", "0.00 no", "0.150", "0.000")
    html = study._repr_html_()
    assert html.startswith("<table><caption>100 runs of each, seed 1; 2 hand-coded cases validate nothing")
    assert html.count("<tr>") == 3
    assert "<td>two</td>" in html


def test_the_note_says_how_many_crises_are_of_the_years_of_their_fit() -> None:
    later, bare = crisis(STRIKE, name="later", fit="icb-1918-1994"), crisis(STRIKE, name="bare")
    seen = Scenario.from_dict(
        json.loads(json.dumps(later.to_dict()).replace("2000-", "1962-")) | {"name": "seen", "start": "1962-01-01"}
    )
    crises = [seen, later, bare]
    cases = [hindcast_of(written(each, PERFECT), number=0) for each in crises]
    assert Hindcasts.of(cases).note.endswith("the fit saw the years of 1 of 3")


def test_acts_that_no_run_can_produce_are_listed_and_not_scored() -> None:
    found = told([*STRIKE, (12, "ara", "cal", "war")], PERFECT)
    assert found.questions["war"].levels[found.questions["war"].came] == "no"
    assert found.to_dict()["observed"]["not_producible"] == [
        {"date": "2000-01-12", "actor": "ara", "target": "cal", "rung": "war"}
    ]


def test_scenarios_are_played_by_name_or_given() -> None:
    quiet = crisis([(11, "ara", "bor", "restraint")], name="quiet")
    loud = crisis(STRIKE, name="loud", fronts={"ara-bor": {"revisionism": 1.0}, "bor-ara": {}})
    found = hindcast([quiet, loud], runs=200, seed=3, progress=False)
    assert list(found.cases) == ["quiet", "loud"]
    assert (
        found.cases["quiet"].questions["initiation"].shares[1] <= found.cases["loud"].questions["initiation"].shares[1]
    )
    assert found.cases["loud"].runs == 200
    alone = hindcast(loud, runs=200, seed=3, progress=False)
    assert alone.note.startswith("1 hand-coded case validates nothing by itself")
    assert np.array_equal(alone.cases["loud"].questions["peak"].counts, found.cases["loud"].questions["peak"].counts)


def test_what_cannot_be_scored_is_refused() -> None:
    with pytest.raises(StudyError, match="two-state-deterrence: has no observed acts"):
        hindcast("two-state-deterrence", runs=10)
    with pytest.raises(StudyError, match="same name"):
        hindcast([crisis(STRIKE), crisis(TO_WAR)], runs=10)
    with pytest.raises(StudyError, match="no scenario"):
        hindcast([], runs=10)


def test_a_ladder_without_mid_codes_has_no_question_of_hostility() -> None:
    scenario = crisis(STRIKE)
    bare = scenario.to_dict() | {
        "ladder": {
            "name": "bare",
            "rungs": [
                {k: v for k, v in rung.model_dump(mode="json").items() if k not in ("mid", "cameo", "goldstein")}
                for rung in scenario.ladder.rungs
            ],
        }
    }
    found = hindcast_of(written(type(scenario).from_dict(bare), PERFECT, repeated=5))
    assert "hostility" not in found.questions
    assert "violence" in found.questions


def with_entries(entries: list[dict[str, Any]], **changes: Any) -> Scenario:
    return Scenario.from_dict(crisis([], **changes).to_dict() | {"observed": entries})


def test_an_agreement_is_asked_for_where_actors_can_conciliate() -> None:
    rules = {"conciliation": True}
    peace = [{"date": 20.0, "actor": "ara", "target": "bor", "rung": "restraint", "agreement": True}]
    late = [{**peace[0], "date": 33.0}]
    for observed, came in ((peace, "yes"), (late, "no"), ([{**peace[0], "agreement": False}], "no")):
        runs = written(with_entries(observed, rules=rules), [{}, {}, {}, PERFECT[0]])
        runs.outcomes["agreed"][:, [0, 1]] = [[12, 12], [-1, -1], [28, 28], [-1, -1]]
        question = hindcast_of(runs).questions["agreement"]
        assert question.levels[question.came] == came
        assert question.shares.tolist() == [0.5, 0.5]
        assert question.score("brier") == 0.25
    without = hindcast_of(written(with_entries(peace, rules={"conciliation": False}), PERFECT))
    assert "agreement" not in without.questions
    # An agreement is no act: what is asked about rungs is as if there had been restraint alone.
    assert hindcast_of(runs).questions["peak"].levels[hindcast_of(runs).questions["peak"].came] == "restraint"


def test_a_concession_is_asked_for_where_the_file_has_one() -> None:
    rules = {"conciliation": True}
    gift = {"date": 20.0, "actor": "ara", "target": "bor", "rung": "restraint", "concession": True}
    peace = {**gift, "concession": False, "agreement": True}
    late = {**gift, "date": 33.0}
    for observed, came in (([gift], "yes"), ([late], "no"), ([late, peace], "yes")):
        runs = written(with_entries(observed, rules=rules), [{}, {}, {}, PERFECT[0]])
        runs.outcomes["conceded"][:, 0] = [12, -1, -1, -1]
        questions = hindcast_of(runs).questions
        question = questions["concession"]
        assert question.levels[question.came] == came
        assert question.shares.tolist() == [0.75, 0.25]
        assert ("agreement" in questions) is (peace in observed)  # a concession says nothing of agreements
    without = hindcast_of(written(with_entries([gift], rules={"conciliation": False}), PERFECT))
    assert "concession" not in without.questions
    agreed = hindcast_of(written(with_entries([peace], rules=rules), PERFECT))
    assert "concession" not in agreed.questions  # nor an agreement of concessions by one side
    assert question.to_dict()["observed"] == "yes"
    assert Hindcasts.of([hindcast_of(runs)]).scores("concession").tolist() == [0.5625]


def test_crises_with_and_without_agreements_are_scored_by_what_all_answer() -> None:
    rules = {"conciliation": True}
    peace = [{"date": 20.0, "actor": "ara", "target": "bor", "rung": "restraint", "agreement": True}]
    one = hindcast_of(written(with_entries(peace, name="one", rules=rules), PERFECT), number=0)
    two = hindcast_of(written(crisis(STRIKE, name="two", rules={"conciliation": False}), PERFECT), number=1)
    entries = [*crisis(STRIKE).to_dict()["observed"], {**peace[0], "agreement": False}]
    three = hindcast_of(written(with_entries(entries, name="three", rules=rules), PERFECT), number=2)
    assert "agreement" not in Hindcasts.of([one, two]).question_names
    silent = hindcast_of(written(crisis(STRIKE, name="silent", rules=rules), PERFECT), number=3)
    assert "agreement" not in silent.questions  # a file without an entry on restraint does not say that there was none
    both = Hindcasts.of([one, three])
    assert both.scores("agreement").tolist() == [1.0, 0.0]
    assert both.scores("agreement", rival="hindsight").tolist() == [0.25, 0.25]
    assert json.loads(json.dumps(both.summary()))["scores"]["agreement"]["brier"]["model"] == 0.5
