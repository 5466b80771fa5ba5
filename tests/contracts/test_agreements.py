"""A conciliatory act and an agreement are the same wherever a run is told, asked about, saved and read again."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from crises import crisis_of

import escalation as esc
from escalation.app import saving
from escalation.app.chronicle import chronicle
from escalation.app.game import begin, explain_choice, play_on
from escalation.app.wording import outcome_words
from escalation.engines.mesa_model import CrisisModel
from escalation.engines.situation import Situation
from escalation.engines.trajectory import Trajectory
from escalation.errors import ScenarioError, StudyError
from escalation.montecarlo import netcdf, stored_block
from escalation.montecarlo.ensemble import Ensemble
from escalation.plotting import timeline
from escalation.reports.event_table import event_rows
from escalation.world.ladder import load_ladder
from escalation.world.plain_words import event_words
from escalation.world.scenario import Scenario

OPEN: dict[str, Any] = {"conciliation": True, "concession": -0.2, "settle_days": 40.0}


def crisis(**rules: Any) -> Scenario:
    actors = {"a": {"name": "Ara", "tempo": 3.0, "response_delay": 2.0}, "b": {"name": "Bor", "response_delay": 2.0}}
    killing = {"kind": "provocation", "date": 1, "victims": [{"actor": "a", "severity": 0.5}],
               "suspects": [{"actors": ["b"]}]}  # fmt: skip
    return crisis_of(actors=actors, rules=OPEN | rules, events={"killing": killing})


@pytest.fixture(scope="module")
def path() -> Trajectory:
    """A run with a threat or more, and with an agreement."""
    runs = (esc.simulate(crisis(), seed=1, run=run, engine="mesa") for run in range(300))
    return next(run for run in runs if run.outcome["agreed"] and (run.acts["rung"] > 0).any())


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    return esc.run(crisis(), runs=300, seed=1, progress=False)


def conciliations(path: Trajectory) -> list[tuple[float, str]]:
    names = path.option_names
    return [
        (float(path.days[act["period"]]), path.front_ids[act["front"]])
        for act in path.acts
        if names[act["option"]] == "conciliation"
    ]


# ------------------------------------------------------------------------------------------------------------ told


def test_a_run_tells_the_day_of_an_agreement_on_both_sides(path: Trajectory) -> None:
    agreed = path.outcome["agreed"]
    assert set(agreed) == {"a-b", "b-a"}
    assert len(set(agreed.values())) == 1
    assert path.outcome["settled"] == agreed["a-b"]
    assert "agreement between Ara and Bor" in outcome_words(path)


def test_the_chronicle_tells_acts_and_agreements_in_order(path: Trajectory) -> None:
    told = chronicle(path)
    moves = [(row.day, row.front) for row in told if "conciliatory move" in row.words]
    assert moves == conciliations(path)
    agreements = [row for row in told if row.kind == "agreement"]
    assert agreements[0].day == path.outcome["agreed"]["a-b"]
    assert agreements[0].words == "Ara and Bor agree."
    acts = [row for row in told if row.kind == "act"]
    assert len(acts) == (path.acts["option"] > 0).sum()


def test_the_event_table_codes_both_as_cooperation(path: Trajectory) -> None:
    rows = event_rows(path)
    moves = [row for row in rows if row["kind"] == "conciliation"]
    assert [(row["day"], f"{row['source']}-{row['target']}") for row in moves] == conciliations(path)
    assert {(row["cameo"], row["goldstein"], row["mid"], row.get("rung")) for row in moves} == {("08", 5.0, 1, None)}
    agreements = [row for row in rows if row["kind"] == "agreement"]
    assert [(row["source"], row["target"]) for row in agreements] == [("a", "b"), ("b", "a")]
    assert {(row["cameo"], row["goldstein"], row["mid"]) for row in agreements} == {("05", 3.5, 1)}
    assert {row["day"] for row in agreements} == {path.outcome["agreed"]["a-b"]}
    assert sum(row["kind"] == "act" for row in rows) == (path.acts["rung"] > 0).sum()


def test_the_picture_of_a_run_marks_it_as_no_rung(path: Trajectory) -> None:
    pytest.importorskip("matplotlib")
    ax = timeline(path)
    marks = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert sorted(marks) == sorted(day for day, _ in conciliations(path))
    assert "conciliation" in [text.get_text() for text in ax.get_legend().get_texts()]


def test_an_explanation_names_and_weighs_it(path: Trajectory) -> None:
    day, front = conciliations(path)[0]
    actor, target = front.split("-")
    (found,) = path.explain(day, actor, target=target)
    assert found.chosen.name == "conciliation"
    assert "chose conciliation towards" in str(found)
    assert sum(found.chosen.terms.values()) == pytest.approx(found.chosen.utility, abs=1e-9)
    # k = −.2 at a stake of 1: what it is worth by itself
    assert found.chosen.terms["concession"] == pytest.approx(0.2)
    assert all(act.terms["concession"] == 0.0 for act in found.acts if act.name != "conciliation")


def test_two_worlds_part_where_one_conciliates_and_the_other_holds_still() -> None:
    first, second = crisis(), crisis(concession=0.4)
    pair = esc.compare(first, second, runs=300, seed=1, progress=False)
    partings = [pair.first_parting(int(run)) for run in np.flatnonzero(pair.parted)[:40]]
    acts = {(parting.first, parting.second) for parting in partings if parting is not None}
    assert (("conciliation", False), ("restraint", False)) in acts
    assert pair.differences["agreement"].value < -0.1


# ------------------------------------------------------------------------------------------------------------ chosen


def test_a_rule_can_choose_it_and_learns_that_the_other_did() -> None:
    seen: list[Situation] = []

    def dove(situation: Situation) -> str:
        seen.append(situation)
        return "conciliation"

    model = CrisisModel(crisis(), seed=1, decision_rules={"a": dove, "b": dove}).play()
    outcomes, _ = model.finished()
    assert (outcomes.agreed[0] > 0).all()
    assert outcomes.settled[0] == outcomes.agreed[0][0]
    assert all(situation.acts[-1] == "conciliation" for situation in seen)
    assert any(situation.received is not None and situation.received.act == "conciliation" for situation in seen)


def test_a_person_can_choose_it_and_that_of_others_is_explained() -> None:
    here = begin(crisis(concession=-1.0), "a", seed=1, run=0)
    assert here.situation is not None
    here = here.choose("conciliation")
    assert here.game.choices[0].act == "conciliation"
    assert saving.loads(saving.dumps(here)).trajectory == here.trajectory
    end = play_on(here, lambda situation: situation.preferred)
    day, _ = next(row for row in conciliations(end.trajectory) if row[1] == "b-a")
    (found,) = explain_choice(end, day, "b", target="a")
    assert found.chosen.name == "conciliation"


# ------------------------------------------------------------------------------------------------------------- asked


def test_an_agreement_is_asked_for_in_all_and_by_front(ensemble: Ensemble) -> None:
    assert "agreement" in ensemble.events
    overall = ensemble.probability("agreement").value
    assert 0.0 < overall < 1.0
    assert ensemble.probability("agreement:b-a").value == overall
    assert ensemble.probability("agreement", actor="a").value == overall
    assert event_words("agreement", ensemble.scenario) == "an agreement between two sides"
    assert event_words("agreement:a-b", ensemble.scenario) == "an agreement between Ara and Bor"
    table = ensemble.to_dataframe()
    assert table["agreement_day"].notna().mean() == overall
    assert json.loads(json.dumps(ensemble.summary()))["probabilities"]["agreement"]["value"] == overall


@pytest.mark.parametrize(
    ("event", "where", "words"),
    [
        ("agreement:a-x", {}, "no front 'a-x'"),
        ("agreement:", {}, "no front ''"),
        (
            "agreement:a-b",
            {"actor": "b"},
            "'agreement:a-b' names its front; actor and target go with 'agreement' alone",
        ),
        ("agreement", {"actor": "x"}, "no actor 'x'"),
    ],
)
def test_what_cannot_be_asked_is_said(ensemble: Ensemble, event: str, where: dict[str, str], words: str) -> None:
    with pytest.raises(StudyError, match=words):
        ensemble.probability(event, **where)


def test_a_concession_is_asked_for_in_all_by_front_and_by_actor(ensemble: Ensemble) -> None:
    assert not any(event.startswith("concession") for event in ensemble.events)
    by_front = [ensemble.occurs(f"concession:{front}") for front in ("a-b", "b-a")]
    assert (ensemble.occurs("concession", actor="a") == by_front[0]).all()
    assert (ensemble.occurs("concession", target="a") == by_front[1]).all()
    assert (ensemble.occurs("concession") == by_front[0] | by_front[1]).all()
    assert (by_front[0] & ~by_front[1]).any()
    # Both sides of an agreement conceded, and not the later for it.
    assert (ensemble.occurs("agreement") <= by_front[0] & by_front[1]).all()
    agreed, conceded = ensemble.outcomes["agreed"], ensemble.outcomes["conceded"]
    assert (conceded[agreed >= 0] <= agreed[agreed >= 0]).all()
    assert event_words("concession:a-b", ensemble.scenario) == "a concession by Ara to Bor"
    with pytest.raises(StudyError, match=r"no event 'concesion:a-b'; did you mean 'concession:a-b'"):
        ensemble.probability("concesion:a-b")
    with pytest.raises(
        StudyError, match="'concession:a-b' names its front; actor and target go with 'concession' alone"
    ):
        ensemble.probability("concession:a-b", actor="a")


def test_the_first_conciliatory_act_of_a_run_is_kept(path: Trajectory) -> None:
    first: dict[str, float] = {}
    for day, front in conciliations(path):
        first.setdefault(front, day)
    assert path.outcome["conceded"] == first


def test_where_actors_cannot_conciliate_there_is_no_such_event() -> None:
    ensemble = esc.run(crisis(conciliation=False), runs=20, seed=1, progress=False)
    assert "agreement" not in ensemble.events
    assert "agreement_day" not in ensemble.to_dataframe()
    for event in ("agreement", "concession", "concession:a-b"):
        with pytest.raises(StudyError, match=r"cannot conciliate; set rules\.conciliation to true"):
            ensemble.probability(event)
    with pytest.raises(StudyError, match=r"cannot conciliate; set rules\.conciliation to true"):
        esc.rare_event(crisis(conciliation=False), "agreement", seed=1)


@pytest.mark.parametrize("event", ["agreement", "agreement:a-b", "concession", "concession:a-b"])
def test_rare_agreements_are_refused_in_words(event: str) -> None:
    with pytest.raises(StudyError, match=f"no level says how near a run is to '{event}'.*esc.run"):
        esc.rare_event(crisis(), event, seed=1)


def test_a_history_goes_on_with_its_agreement_and_the_act_cannot_come_later(path: Trajectory) -> None:
    day = path.outcome["agreed"]["a-b"]
    after = esc.branch(path, day, runs=50)
    assert after.probability("agreement").value == 1.0
    assert (after.outcomes["agreed"] == path.outcomes["agreed"]).all()
    with pytest.raises(StudyError, match=r"rules\.conciliation cannot be changed in the middle of a run"):
        esc.branch(path, day, changes=[("rules.conciliation", False)], runs=10)


# ------------------------------------------------------------------------------------------------------------- saved


def test_files_hold_it(ensemble: Ensemble, tmp_path: Path) -> None:
    pytest.importorskip("netCDF4")
    ensemble.save(tmp_path / "runs.nc")
    assert Ensemble.load(tmp_path / "runs.nc") == ensemble
    esc.run(crisis(), runs=300, seed=1, progress=False, store=tmp_path / "store")
    stored = Ensemble.load(tmp_path / "store")
    assert np.array_equal(stored.outcomes["agreed"], ensemble.outcomes["agreed"])


def test_a_file_from_before_there_were_agreements_has_none(tmp_path: Path) -> None:
    xr = pytest.importorskip("xarray")
    pytest.importorskip("netCDF4")
    old = esc.run(crisis(conciliation=False), runs=30, seed=1, progress=False)
    old.save(tmp_path / "now.nc")
    data = xr.load_dataset(tmp_path / "now.nc").drop_vars("agreed")
    del data.attrs["form"], data.attrs["sources"]
    data.attrs["sha256"] = netcdf._checksum(data)
    data.to_netcdf(tmp_path / "old.nc", engine="netcdf4")
    with pytest.warns(
        RuntimeWarning, match=r"old\.nc: its runs were played by another version .*sources not said; here"
    ):
        again = Ensemble.load(tmp_path / "old.nc")
    assert again == old
    assert (again.outcomes["agreed"] == -1).all()


def test_a_store_from_before_there_were_agreements_has_none(tmp_path: Path) -> None:
    now = esc.run(crisis(conciliation=False), runs=30, seed=1, progress=False, store=tmp_path)
    (block,) = tmp_path.glob("runs-*.npz")
    outcomes, header = stored_block.decode(block.read_bytes())
    del outcomes["agreed"]
    block.write_bytes(stored_block.encode(outcomes, header))
    again = Ensemble.load(tmp_path)
    assert (again.outcomes["agreed"] == -1).all()
    assert again.outcomes["agreed"].dtype == now.outcomes["agreed"].dtype
    assert again == now


def test_a_store_of_the_form_before_does_not_say_who_conceded(tmp_path: Path) -> None:
    now = esc.run(crisis(), runs=30, seed=1, progress=False, store=tmp_path)
    (block,) = tmp_path.glob("runs-*.npz")
    outcomes, header = stored_block.decode(block.read_bytes())
    del outcomes["conceded"], outcomes["joint"]
    block.write_bytes(stored_block.encode(outcomes, header))
    manifest = tmp_path / "study.json"
    assert '"escalation store 3"' in manifest.read_text()
    manifest.write_text(manifest.read_text().replace("escalation store 3", "escalation store 2"))
    again = Ensemble.load(tmp_path)
    assert again.probability("agreement") == now.probability("agreement")
    assert esc.compare(again, now).difference("war").value == 0.0
    with pytest.raises(StudyError, match="'concession' cannot be told of these runs: an earlier version of escalation"):
        again.probability("concession")


def test_a_file_of_the_form_before_does_not_say_who_conceded(tmp_path: Path) -> None:
    xr = pytest.importorskip("xarray")
    pytest.importorskip("netCDF4")
    old = esc.run(crisis(), runs=30, seed=1, progress=False)
    old.save(tmp_path / "now.nc")
    data = xr.load_dataset(tmp_path / "now.nc").drop_vars(["conceded", "joint", "pair"])
    data.encoding = {}
    data.attrs["form"] = "escalation ensemble 2"
    data.attrs["sha256"] = netcdf._checksum(data)
    data.to_netcdf(tmp_path / "old.nc", engine="netcdf4")
    again = Ensemble.load(tmp_path / "old.nc")
    assert again.probability("agreement") == old.probability("agreement")
    with pytest.raises(StudyError, match="'concession:a-b' cannot be told of these runs: an earlier version"):
        again.probability("concession:a-b")


def test_a_game_from_before_there_were_agreements_is_taken() -> None:
    here = begin(crisis(conciliation=False), "a", seed=1, run=0)
    later = ("agreed", "conceded", "joint")
    outcomes = {name: array.tolist() for name, array in here.trajectory.outcomes.items() if name not in later}
    saved = json.loads(saving.dumps(here))
    assert saved["outcomes_sha256"] == saving.fingerprint(dict(sorted(outcomes.items())))
    assert saving.loads(json.dumps(saved)).trajectory == here.trajectory


def test_a_game_with_another_agreement_is_noticed() -> None:
    here = begin(crisis(), "a", seed=1, run=0)
    other = dataclasses.replace(
        here.trajectory, outcomes=here.trajectory.outcomes | {"agreed": here.trajectory.outcomes["agreed"] + 3}
    )
    assert saving._outcomes(dataclasses.replace(here, trajectory=other)) != saving._outcomes(here)


# --------------------------------------------------------------------------------------------------------- bad input


def test_a_rung_cannot_bear_the_name_of_the_act() -> None:
    ladder = load_ladder("default").model_dump(mode="json")
    ladder["rungs"][2]["name"] = "conciliation"
    assert crisis_of(ladder=ladder).ladder.names[2] == "conciliation"
    with pytest.raises(ScenarioError, match=r"'conciliation' is the name of the act that rules\.conciliation adds"):
        crisis_of(ladder=ladder, rules={"conciliation": True})


@pytest.mark.parametrize(
    ("rule", "value"), [("conciliation", "yes"), ("amends", 1.5), ("peace", -0.1), ("exploited", -1.0)]
)
def test_values_that_are_not_allowed_are_refused(rule: str, value: object) -> None:
    with pytest.raises(ScenarioError, match=rf"rules\.{rule}"):
        crisis_of(rules={"conciliation": True, rule: value})


def test_a_concession_may_be_worth_something_by_itself() -> None:
    assert crisis_of(rules={"concession": -0.2}).rules.concession == -0.2
