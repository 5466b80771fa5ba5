"""These run the compiled engine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from crises import crisis_of

from escalation.analysis.what_mattered.ladders import on_ladder
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.errors import StudyError
from escalation.files import library_names, load
from escalation.montecarlo.runner import run as run_many
from escalation.reports.event_table import (
    COLUMNS,
    event_rows,
    event_table,
    events_of_runs,
    save_table,
    to_csv,
    to_parquet,
)
from escalation.world.scenario import Scenario


def busy(scenario: Scenario, acts: int) -> Trajectory:
    """The first run in which more acts than that were above restraint."""
    runs = (simulate(scenario, seed=1, run=run) for run in range(200))
    return next(run for run in runs if (run.acts["rung"] > 0).sum() > acts)


@pytest.fixture(scope="module")
def crisis() -> Trajectory:
    return busy(load("haniyeh-2024"), 5)


def timeline(run: int = 0, **changes: Any) -> Trajectory:
    """Return a run of a scenario that has every kind of signal and event."""
    said = {"date": 2, "sender": "b", "receivers": ["a"]}
    data: dict[str, Any] = {
        "name": "timeline",
        "horizon": 20,
        "actors": {"a": {}, "b": {}, "c": {}},
        "fronts": {"a-b": {}, "b-a": {}},
        "commitments": {"pledge": {"patron": "c", "protege": "a"}},
        "signals": {
            "vow": said | {"kind": "vow", "rung": "major-strike"},
            "demand": said | {"kind": "demand"},
            "calm": said | {"kind": "reassurance", "receivers": ["a", "c"]},
            "warning": said | {"kind": "warning", "sender": "c", "receivers": ["b"], "subject": "pledge"},
        },
        "events": {
            "killing": {
                "kind": "provocation",
                "date": 1,
                "victims": [{"actor": "a", "severity": 0.65}],
                "suspects": [{"actors": ["b"]}],
            },
            "collision": {"kind": "accident", "date": 3, "actor": "a", "victims": [{"actor": "b", "severity": 0.2}]},
            "purge": {"kind": "internal-shock", "date": 4, "actor": "a", "severity": 0.3},
            "talks": {"kind": "mediation", "date": 5, "mediators": ["c"], "parties": ["a", "b"]},
        },
    }
    return simulate(Scenario.from_dict(data | changes), seed=4, run=run)


def test_a_row_for_every_act_above_restraint(crisis: Trajectory) -> None:
    whole = event_table(crisis)
    assert list(whole.columns) == list(COLUMNS)
    table = whole[whole["kind"] == "act"]
    acts = crisis.acts[crisis.acts["rung"] > 0]
    assert len(table) == len(acts) > 5
    assert table["day"].tolist() == (acts["period"] * crisis.scenario.period).tolist()
    assert table["rung"].tolist() == [crisis.rung_names[rung] for rung in acts["rung"]]
    assert table["covert"].tolist() == acts["covert"].astype(bool).tolist()
    fronts = [f"{source}-{target}" for source, target in zip(table["source"], table["target"], strict=True)]
    assert fronts == [crisis.front_ids[front] for front in acts["front"]]
    assert not whole["scheduled"].any()
    assert table["date"].iloc[0] == pd.Timestamp(crisis.scenario.date(table["day"].iloc[0]))


def test_conciliation_and_agreements_have_rows_of_their_own(crisis: Trajectory) -> None:
    """Run 0 of seed 1 of haniyeh-2024 has both: CAMEO codes them as yielding and as cooperation, without a rung."""
    whole = event_table(crisis)
    assert set(whole["kind"]) == {"act", "conciliation", "agreement", "war", "joined"}
    front = dict(enumerate(crisis.front_ids))
    acts = crisis.acts[(crisis.acts["rung"] == 0) & (crisis.acts["option"] > 0)]
    told = {
        "conciliation": sorted((front[a["front"]], float(a["period"] * crisis.scenario.period)) for a in acts),
        "agreement": sorted(crisis.outcome["agreed"].items()),
    }
    for kind, cameo, weight in (("conciliation", "08", 5.0), ("agreement", "05", 3.5)):
        rows = whole[whole["kind"] == kind]
        assert set(rows["cameo"]) == {cameo}
        assert set(rows["goldstein"]) == {weight}
        assert set(rows["mid"]) == {1}
        assert rows["rung"].isna().all()
        assert not rows["covert"].any()
        fronts = [f"{source}-{target}" for source, target in zip(rows["source"], rows["target"], strict=True)]
        assert sorted(zip(fronts, rows["day"].tolist(), strict=True)) == told[kind] != []


def rows_of(path: Trajectory, kind: str) -> list[dict[str, Any]]:
    return [row for row in event_rows(path) if row["kind"] == kind]


def test_a_war_that_nobody_chose_and_a_patron_that_joins_have_rows() -> None:
    """Run 15 of seed 1 of july-1914: a war that nobody chose, and a chain of allies that join."""
    table = event_table(simulate(load("july-1914"), seed=1, run=15))
    columns = ["day", "source", "target", "kind", "item", "rung", "mid", "cameo", "goldstein", "rung_number", "cause"]
    told = table.loc[table["kind"].isin(["war", "joined"]), columns].astype(object).replace({pd.NA: None})

    def war(one: str, two: str, cause: str) -> list[object]:
        return [39.0, one, two, "war", None, "war", 5, "19", -10.0, 5, cause]

    def joined(pledge: str, day: float, cause: str) -> list[object]:
        return [day, pledge[:3], pledge[4:7], "joined", pledge, None, 1, "07", 7.0, None, cause]

    assert told.to_numpy().tolist() == [
        joined("rus-srb:aut", 28.0, "act"),
        war("aut", "srb", "exchange of force"),
        war("rus", "aut", "commitment"),
        joined("deu-aut:rus", 39.0, "war"),
        war("deu", "rus", "commitment"),
        joined("aut-deu:rus", 39.0, "war"),
        joined("fra-rus:deu", 39.0, "war"),
        war("fra", "deu", "commitment"),
        joined("gbr-fra:deu", 39.0, "war"),
        war("gbr", "deu", "commitment"),
    ]
    is_either = table["kind"].isin(["war", "joined"])
    assert table.loc[~is_either, "cause"].isna().all()
    assert not table.loc[is_either, "covert"].any()


def test_wars_have_one_row_for_two_sides_whatever_their_cause() -> None:
    causes = set()
    for run in (*range(60), 652):  # in the last an accident brings war
        path = simulate(load("cuba-1962"), seed=1, run=run)
        wars = rows_of(path, "war")
        chosen = [row for row in rows_of(path, "act") if row["rung"] == "war"]
        sides = {frozenset((row["source"], row["target"])) for row in (*wars, *chosen)}
        assert sides == {frozenset(front.split("-")) for front in path.outcome["wars"]}
        assert len(wars) + len({frozenset((row["source"], row["target"])) for row in chosen}) == len(sides)
        causes |= {row["cause"] for row in wars}
    assert causes == {"exchange of force", "accident", "commitment"}


def belligerent(ladder: str) -> Scenario:
    """A state so strong, and to which violence is worth so much, that it chooses war."""
    scenario = load("two-state-deterrence").replace("fronts.challenger-defender.spoiler", 50.0)
    scenario = scenario.replace("actors.challenger.capability", 20.0).replace("rules.brinkmanship_scale", 0.0)
    return on_ladder(scenario, ladder).replace("fronts.challenger-defender.stake", 50.0)


@pytest.mark.parametrize(
    ("scenario", "runs"),
    [
        *((load(name), 100) for name in library_names()),
        (belligerent("default"), 40),
        (belligerent("kahn-44"), 40),
    ],
    ids=lambda value: f"{value.name}-{value.ladder.name}" if isinstance(value, Scenario) else "",
)
def test_the_highest_rung_of_the_table_is_the_peak_of_the_run(scenario: Scenario, runs: int) -> None:
    peaks = run_many(scenario, runs=runs, seed=5, progress=False).peak()
    for number in range(runs):
        rows = event_rows(simulate(scenario, seed=5, run=number))
        assert max((row["rung_number"] or 0 for row in rows), default=0) == peaks[number]


def test_a_war_chosen_below_the_last_rung_has_a_row_of_its_own() -> None:
    """Kahn's ladder has several rungs of war, and war as such is the last."""
    scenario = belligerent("kahn-44")
    paths = [simulate(scenario, seed=5, run=run) for run in range(40)]
    told = [(rows_of(path, "war"), max(act["rung"] for act in path.acts)) for path in paths if path.outcome["wars"]]
    below = [wars for wars, highest in told if highest < len(scenario.ladder.rungs) - 1]
    assert any(row["cause"] == "choice" for wars in below for row in wars)
    assert all(len(wars) == len({frozenset((row["source"], row["target"])) for row in wars}) for wars in below)
    plain = belligerent("default")
    choices = [row for run in range(40) for row in rows_of(simulate(plain, seed=5, run=run), "war")]
    assert all(row["cause"] != "choice" for row in choices)


def test_codes_are_those_of_the_ladder() -> None:
    scenario = on_ladder(load("two-state-deterrence").without("threat"), "kahn-44")
    trajectory = busy(scenario.replace("fronts.challenger-defender.spoiler", 2.0), 0)
    table = event_table(trajectory)
    table = table[table["rung"].notna()]
    assert len(table) > 0
    for row in table.itertuples():
        rung = trajectory.scenario.ladder.rung(str(row.rung))
        assert (row.mid, row.cameo, row.goldstein) == (rung.mid, rung.cameo, rung.goldstein)


def test_a_ladder_without_codes_leaves_them_out() -> None:
    scenario = load("two-state-deterrence")
    data = scenario.ladder.model_dump()
    for rung in data["rungs"]:
        rung |= {"mid": None, "cameo": None, "goldstein": None}
    whole = event_table(busy(scenario.replace("ladder", data), 0))
    table = whole[whole["kind"] == "act"]
    assert len(table) > 0
    assert table[["mid", "cameo", "goldstein"]].isna().all(axis=None)


def test_the_timeline_is_added_and_marked() -> None:
    table = event_table(timeline(), scheduled=True)
    columns = ["item", "source", "target", "rung", "mid", "cameo", "goldstein"]
    told = table.loc[table["scheduled"], columns].astype(object).replace({pd.NA: None})
    assert told.to_numpy().tolist() == [
        ["killing", "b", "a", "limited-strike", 4, "19", -10.0],
        ["vow", "b", "a", "major-strike", 2, "13", -6.0],
        ["demand", "b", "a", None, 1, "10", -5.0],
        ["calm", "b", "a", None, 1, "03", 4.0],
        ["calm", "b", "c", None, 1, "03", 4.0],
        ["warning", "c", "b", None, 2, "13", -6.0],
        ["collision", "a", "b", "threat", 2, "13", -6.0],
        ["talks", "c", "a", None, 1, "04", 1.0],
        ["talks", "c", "b", None, 1, "04", 1.0],
    ]
    assert table["day"].is_monotonic_increasing


def test_an_open_act_is_coded_by_its_rung_toward_the_victim_for_whom_it_is_named() -> None:
    fleet = {"kind": "provocation", "date": 1, "suspects": [{"actors": ["b"]}], "rung": "display"}
    victims = [{"actor": "a", "severity": 0.6}, {"actor": "c", "severity": 0.1}]
    table = event_table(timeline(events={"fleet": fleet | {"victims": victims}}, signals={}), scheduled=True)
    told = table.loc[table["scheduled"], ["item", "source", "target", "rung"]].to_numpy().tolist()
    assert told == [["fleet", "b", "a", "display"], ["fleet", "b", "c", "restraint"]]


def test_a_demand_that_binds_its_sender_is_an_ultimatum() -> None:
    """CAMEO has 139, give ultimatum, under the root of threats."""
    said = {"kind": "demand", "date": 2, "sender": "b", "receivers": ["a"], "rung": "limited-strike"}
    signals = {"order": said, "or-else": said | {"or_else": 3.0}}
    table = event_table(timeline(signals=signals, events={}), scheduled=True)
    coded = table.loc[table["scheduled"], ["item", "kind", "mid", "cameo"]].to_numpy().tolist()
    assert coded == [["order", "demand", 1, "10"], ["or-else", "demand", 2, "13"]]


def test_calls_for_restraint_and_refusals_are_coded() -> None:
    """An appeal is CAMEO's root 02, a refusal root 12; neither is a military act, nor the threat of one."""
    said = {"date": 2, "sender": "b", "receivers": ["a"]}
    signals = {
        "order": said | {"kind": "demand"},
        "plea": said | {"kind": "appeal", "sender": "c", "subject": "b"},
        "no": said | {"kind": "refusal", "sender": "a", "receivers": ["b"], "subject": "order"},
        "both": said | {"kind": "appeal", "sender": "c", "receivers": ["a", "b"], "channel": "private"},
        "over": said | {"kind": "withdrawal", "subject": "order"},
        "part": said | {"kind": "concession", "sender": "a", "receivers": ["b"], "subject": "order", "share": 0.5},
        "leave": said | {"kind": "authorisation", "sender": "c"},
        "no-leave": said | {"kind": "withdrawal", "sender": "c", "subject": "leave"},
    }
    table = event_table(timeline(signals=signals, events={}), scheduled=True)
    told = table.loc[table["scheduled"], ["item", "source", "target", "mid", "cameo", "goldstein"]].astype(object)
    assert told.to_numpy().tolist() == [
        ["order", "b", "a", 1, "10", -5.0],
        ["plea", "c", "a", 1, "02", 3.0],
        ["no", "a", "b", 1, "12", -4.0],
        ["both", "c", "a", 1, "02", 3.0],
        ["both", "c", "b", 1, "02", 3.0],
        ["over", "b", "a", 1, "08", 5.0],
        ["part", "a", "b", 1, "08", 5.0],
        ["leave", "c", "a", 1, "05", 3.5],
        # The patron yields nothing to its protégé: it ends what was coded as cooperation.
        ["no-leave", "c", "a", 1, "16", -4.0],
    ]


def test_nobody_takes_back_or_grants_what_was_not_said_in_the_run() -> None:
    """A refusal stands by itself: in a run it takes hope, whether or not the demand that it names was made."""
    said = {"date": 2, "sender": "b", "receivers": ["a"]}
    signals = {
        "word": said | {"kind": "vow", "rung": "display", "occurred": 0.5},
        "back": said | {"kind": "withdrawal", "subject": "word"},
        "order": said | {"kind": "demand", "occurred": 0.5},
        "over": said | {"kind": "withdrawal", "subject": "order"},
        "part": said | {"kind": "concession", "sender": "a", "receivers": ["b"], "subject": "order", "share": 0.5},
        "no": said | {"kind": "refusal", "sender": "a", "receivers": ["b"], "subject": "order"},
        "leave": said | {"kind": "authorisation", "sender": "c", "occurred": 0.5},
        "no-leave": said | {"kind": "withdrawal", "sender": "c", "subject": "leave"},
    }
    follows = {"word": ("back",), "order": ("over", "part"), "leave": ("no-leave",)}
    found = set()
    for run in range(40):
        path = timeline(run, signals=signals, events={})
        told = {row["item"] for row in event_rows(path, scheduled=True) if row["scheduled"]}
        uttered = told & set(follows)
        assert told == {"no", *uttered, *(one for word in uttered for one in follows[word])}
        found.add(frozenset(uttered))
    assert len(found) == 8, "every mixture of the three words was seen"


def test_a_root_has_one_weight_in_a_table() -> None:
    """A ladder may weigh threats otherwise than the codebook, or not at all: threats that are said follow it."""
    for stated, weight in ((-4.4, -4.4), (None, -6.0)):
        ladder = load("two-state-deterrence").ladder.model_dump()
        ladder["rungs"][1]["goldstein"] = stated
        table = event_table(timeline(ladder=ladder), scheduled=True)
        threats = table[table["cameo"] == "13"]
        assert set(threats["kind"]) >= {"vow", "warning", "accident"}
        assert set(threats["goldstein"]) == {weight}


def test_mediation_by_nobody_in_particular_has_no_source() -> None:
    talks = {"kind": "mediation", "date": 5, "parties": ["a", "b"]}
    table = event_table(timeline(events={"talks": talks}, signals={}), scheduled=True)
    rows = table[table["scheduled"]]
    assert rows["target"].tolist() == ["a", "b"]
    assert rows["source"].isna().all()


def test_where_several_are_suspected_there_is_no_source(crisis: Trajectory) -> None:
    table = event_table(crisis, scheduled=True)
    assert table.loc[table["item"] == "haniyeh-killed", "source"].isna().all()
    assert table.loc[table["item"] == "shukr-killed", "source"].tolist() == ["isr"]


def test_only_what_occurred_in_the_run_is_scheduled() -> None:
    """The share of runs in which it stands is its probability: 400 of 0.35, within four standard errors."""
    scenario = load("haniyeh-2024").without("us-visit-denial").without("gaza-talks").replace("horizon", 4)
    told = [
        "us-private-warning" in set(event_table(simulate(scenario, seed=9, run=run), scheduled=True)["item"].dropna())
        for run in range(400)
    ]
    assert abs(np.mean(told) - 0.35) < 4.0 * np.sqrt(0.35 * 0.65 / 400.0)


def test_what_comes_after_the_end_of_the_run_is_left_out() -> None:
    talks = {"kind": "mediation", "date": 15, "parties": ["a", "b"]}
    stated: dict[str, Any] = {"events": {"talks": talks}, "signals": {}, "rules": {"settle_days": 5.0}}
    assert "talks" in set(event_table(timeline(**stated), scheduled=True)["item"].dropna())
    assert len(event_table(timeline(stop_when_settled=True, **stated), scheduled=True)) == 0


def test_a_run_in_which_nothing_was_done_is_an_empty_table_of_the_same_form() -> None:
    quiet = Scenario.from_dict({"name": "quiet", "actors": {"a": {}, "b": {}}, "fronts": {"a-b": {}, "b-a": {}}})
    table = event_table(simulate(quiet, seed=1, run=1))
    assert len(table) == 0
    assert table.dtypes.equals(event_table(timeline(), scheduled=True).dtypes)


def test_csv_and_parquet_hold_the_table(crisis: Trajectory, tmp_path: Path) -> None:
    table = event_table(crisis, scheduled=True)
    to_csv(crisis, tmp_path / "events.csv", scheduled=True)
    texts = {name: "string" for name, kind in COLUMNS.items() if kind == "string"}
    read = pd.read_csv(tmp_path / "events.csv", dtype=texts | {"mid": "Int64"}, parse_dates=["date"])
    pd.testing.assert_frame_equal(read.astype(COLUMNS), table)
    to_parquet(crisis, tmp_path / "events.parquet", scheduled=True)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "events.parquet").astype(COLUMNS), table)
    assert set(table["cameo"]) >= {"01", "13"}, "codes are text, with their zero"


@pytest.mark.parametrize(("package", "write"), [("pandas", to_csv), ("pyarrow", to_parquet)])
def test_a_missing_package_is_named_with_its_extra(
    crisis: Trajectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, write: Any
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(StudyError, match=rf"{package}: pip install '\.\[io\]'"):
        write(crisis, tmp_path / "events")


def test_several_runs_have_their_number_in_front() -> None:
    scenario = load("haniyeh-2024")
    table = events_of_runs(scenario, [3, 5], seed=1, scheduled=True)
    assert list(table.columns) == ["run", *COLUMNS]
    for run in (3, 5):
        mine = table[table["run"] == run].drop(columns="run").reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, event_table(simulate(scenario, seed=1, run=run), scheduled=True))


def test_a_table_is_saved_by_the_ending_of_its_name(crisis: Trajectory, tmp_path: Path) -> None:
    table = event_table(crisis)
    for name in ("events.CSV", "events.parquet"):
        save_table(table, tmp_path / name)
    assert len(pd.read_csv(tmp_path / "events.CSV")) == len(pd.read_parquet(tmp_path / "events.parquet")) == len(table)
    with pytest.raises(StudyError, match=r"\.csv or \.parquet, not \.xlsx"):
        save_table(table, tmp_path / "events.xlsx")
    assert event_rows(crisis)[0]["date"] == crisis.scenario.date(event_rows(crisis)[0]["day"])


def test_on_one_day_the_timeline_comes_before_what_is_chosen_and_who_joins() -> None:
    strike = {"kind": "provocation", "date": 3, "suspects": [{"actors": ["a"]}], "rung": "major-strike"}
    scenario = crisis_of(
        events={"strike": strike | {"victims": [{"actor": "b", "severity": 0.8}], "other": {"prior": 0.0}}},
        commitments={"pact": {"patron": "c", "protege": "b", "adversary": "a", "stake": 500.0}},
        rules={"scheduled_answers": True},
    )
    told = [
        row.get("item", row["kind"])
        for row in event_rows(simulate(scenario, seed=1), scheduled=True)
        if row["day"] == 3.0
    ]
    assert told[0] == "strike"
    assert "pact:a" in told
