from __future__ import annotations

import json
from html import escape

import pytest
from hindsight import crisis

from escalation.analysis.uncertain.prior_predictive import PriorPredictive, prior_predictive
from escalation.errors import StudyError
from escalation.world.plain_words import rung_words
from escalation.world.scenario import Scenario

STRUCK = {
    "struck": {
        "kind": "provocation",
        "date": 2.0,
        "victims": [{"actor": "ara", "severity": 0.8}],
        "suspects": [{"actors": ["bor"]}],
    }
}
JUDGED = {"resolve": {"distribution": "uniform", "low": 0.2, "high": 0.6}}


def struck(**changes: object) -> Scenario:
    return crisis(
        [], events=STRUCK, actors={"ara": JUDGED, "bor": {}, "cal": {}}, rules={"conciliation": False}, **changes
    )


@pytest.fixture(scope="module")
def checked() -> PriorPredictive:
    return prior_predictive(struck(), runs=400, seed=1, progress=False)


def test_only_the_injured_decides_before_anybody_acts(checked: PriorPredictive) -> None:
    assert set(checked.decisions) == {"ara-bor"}
    decision = checked.decisions["ara-bor"]
    assert decision.falls.value > 0.8
    assert sum(estimate.value for estimate in decision.acts.values()) == pytest.approx(1.0)
    assert decision.utilities["restraint"] == (0.0, 0.0, 0.0)


def test_without_the_event_nothing_happens(checked: PriorPredictive) -> None:
    assert checked.quiet["restraint"].value == 1.0
    assert checked.quiet["war"].value == 0.0


def test_a_graver_injury_makes_answers_worth_more(checked: PriorPredictive) -> None:
    mild = struck().replace("events.struck.victims.0.severity", 0.3)
    less = prior_predictive(mild, runs=400, seed=1, progress=False).decisions["ara-bor"]
    more = checked.decisions["ara-bor"]
    assert more.utilities["limited-strike"][1] > less.utilities["limited-strike"][1]
    assert more.acts["restraint"].value < less.acts["restraint"].value


def test_what_is_drawn_has_the_quantiles_of_its_distribution(checked: PriorPredictive) -> None:
    low, middle, high = checked.drawn["actors.ara.resolve"]
    assert (low, middle, high) == pytest.approx((0.22, 0.4, 0.58), abs=0.03)
    assert set(checked.drawn) == {"actors.ara.resolve"}


def test_acts_at_or_below_a_baseline_are_not_on_offer() -> None:
    fronts = {"cal-bor": {"baseline": "limited-strike", "revisionism": 1.0}, "bor-cal": {}}
    found = prior_predictive(crisis([], fronts=fronts), runs=100, seed=1, progress=False)
    assert set(found.decisions["cal-bor"].acts) == {"conciliation", "restraint", "major-strike", "war"}


@pytest.mark.parametrize("deniable", [True, False])
def test_covert_acts_are_on_offer_where_they_can_be_denied(deniable: bool) -> None:
    fronts = {"ara-bor": {"deniable": deniable}, "bor-ara": {}}
    found = prior_predictive(struck(fronts=fronts), runs=50, seed=1, progress=False).decisions["ara-bor"]
    assert ("limited-strike (covert)" in found.acts) is deniable
    assert set(found.utilities) == set(found.acts)
    assert min(low for low, _, _ in found.utilities.values()) > -100.0


def test_the_summary_is_json_and_the_table_has_what_was_chosen(checked: PriorPredictive) -> None:
    found = json.loads(json.dumps(checked.summary(), allow_nan=False))
    assert found["runs"] == found["recorded"] == 400
    assert found["drawn"]["actors.ara.resolve"].keys() == {"0.05", "0.5", "0.95"}
    assert {row[0] for row in checked.rows()} == {"ara → bor"}
    chosen = [act for act, estimate in checked.decisions["ara-bor"].acts.items() if estimate.value > 0.0]
    assert [row[1] for row in checked.rows()] == [rung_words(act) for act in chosen]
    assert repr(checked) == "<PriorPredictive of 'past': 1 first decisions>"


def test_a_notebook_shows_the_peaks_the_first_decisions_and_what_is_drawn(checked: PriorPredictive) -> None:
    html = checked._repr_html_()
    assert html.startswith("<table><caption>past, seed 1 (Wilson 95 %, n = 400)</caption>")
    assert html.count("<table>") == 3
    assert f"<tr><td>restraint</td><td>{escape(checked.quiet['restraint'].number_text())}</td></tr>" in html
    for row in checked.rows():
        assert f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" in html
    low, middle, high = checked.drawn["actors.ara.resolve"]
    assert f"<td>ara: resolve</td><td>{low:.3g}</td><td>{middle:.3g}</td><td>{high:.3g}</td>" in html


def test_a_notebook_shows_no_empty_table_where_nothing_is_drawn() -> None:
    found = prior_predictive(crisis([]), runs=20, seed=1, progress=False)
    assert not found.drawn
    assert found._repr_html_().count("<table>") == 2


def test_no_runs_are_refused() -> None:
    with pytest.raises(StudyError, match="runs is 0"):
        prior_predictive(struck(), runs=0)
