from __future__ import annotations

import dataclasses
import datetime

import numpy as np
import pytest
from crises import crisis_of

import escalation as esc
from escalation.analysis.columns import column
from escalation.analysis.what_if.branching import branch
from escalation.analysis.what_if.carrying import carry_over
from escalation.dynamics.record import ACTOR_FIELDS, FRONT_FIELDS, PLEDGE_FIELDS
from escalation.engines.compiled import advance, begin_states
from escalation.engines.lower import lower

DAY = 12


@pytest.fixture(scope="module")
def path() -> esc.Trajectory:
    return esc.simulate(esc.load("haniyeh-2024"), seed=1, run=8)


@pytest.fixture(scope="module")
def plain(path: esc.Trajectory) -> esc.Ensemble:
    return branch(path, DAY, runs=600)


def state_at(path: esc.Trajectory, periods: int) -> tuple[np.ndarray, np.ndarray]:
    lowered = lower(path.scenario)
    begun = begin_states(lowered, seed=path.seed, runs=np.array([path.run]))
    now = begun.copy()
    advance(lowered, now, seed=path.seed, runs=np.array([path.run]), periods=periods)
    return begun[0], now[0]


def same(first: esc.Ensemble, second: esc.Ensemble) -> bool:
    return all(np.array_equal(array, second.outcomes[name]) for name, array in first.outcomes.items())


# ---------------------------------------------------------------------------------- history


@pytest.mark.parametrize("periods", [0, 1, 12, 60])
def test_a_replayed_history_is_the_trajectory_bit_for_bit(path: esc.Trajectory, periods: int) -> None:
    lowered = lower(path.scenario)
    now = state_at(path, periods)[1][np.newaxis]
    for table, fields, recorded in (
        ("fronts", (*FRONT_FIELDS[:3], ""), path.fronts),
        ("pledges", PLEDGE_FIELDS, path.pledges),
        ("actors", ACTOR_FIELDS, path.actors),
    ):
        for k, field in enumerate(fields):
            if field:
                assert np.array_equal(column(now, lowered, table, field)[0], recorded[periods, :, k])
    crossed = path.outcomes["crossed"]
    assert np.array_equal(column(now, lowered, "crossed")[0], np.where(crossed <= periods, crossed, -1))


def test_a_replay_to_the_end_has_the_outcomes_of_the_trajectory(path: esc.Trajectory) -> None:
    lowered = lower(path.scenario)
    states = begin_states(lowered, seed=path.seed, runs=np.array([path.run]))
    for periods in (12, 30, 60):
        outcomes = advance(lowered, states, seed=path.seed, runs=np.array([path.run]), periods=periods)
    assert all(np.array_equal(array, outcomes[name][0]) for name, array in path.outcomes.items())


def test_before_the_day_outcomes_are_those_of_the_history(path: esc.Trajectory, plain: esc.Ensemble) -> None:
    crossed = plain.outcomes["crossed"]
    history = path.outcomes["crossed"]
    happened = (history >= 0) & (history <= DAY)
    assert happened[:, 1:].any()
    assert (crossed[:, happened] == history[happened]).all()
    assert not ((crossed >= 0) & (crossed <= DAY) & ~happened).any()


def test_continuations_differ_from_one_another_and_from_the_history(path: esc.Trajectory, plain: esc.Ensemble) -> None:
    assert len(np.unique(plain.outcomes["signature"])) > 300
    assert 0.0 < plain.probability("war").value < 1.0
    assert (plain.outcomes["signature"] != path.outcomes["signature"]).mean() > 0.9


def test_results_do_not_depend_on_threads_or_on_the_number_of_runs(path: esc.Trajectory, plain: esc.Ensemble) -> None:
    fewer = branch(path, DAY, runs=300, workers=1)
    assert all(np.array_equal(array, plain.outcomes[name][:300]) for name, array in fewer.outcomes.items())


def test_a_date_names_the_same_day(path: esc.Trajectory, plain: esc.Ensemble) -> None:
    assert same(branch(path, path.scenario.start + datetime.timedelta(days=DAY), runs=600), plain)


def test_a_branch_at_the_start_is_the_scenario_with_its_first_draws_held(path: esc.Trajectory) -> None:
    lowered = lower(path.scenario)
    states = np.repeat(begin_states(lowered, seed=1, runs=np.array([path.run])), 50, axis=0)
    outcomes = advance(lowered, states, seed=1, runs=2**39 + np.arange(50), periods=lowered.periods)
    again = branch(path, 0, runs=50)
    assert all(np.array_equal(array, outcomes[name]) for name, array in again.outcomes.items())


# ---------------------------------------------------------------------------------- changes


def test_what_changes_no_result_changes_no_continuation(path: esc.Trajectory, plain: esc.Ensemble) -> None:
    noted = branch(path, DAY, changes=[("actors.usa.note", "another note")], runs=600)
    assert noted.scenario != path.scenario
    assert same(noted, plain)


def test_a_part_that_is_added_and_does_nothing_moves_no_row_out_of_its_place(
    path: esc.Trajectory, plain: esc.Ensemble
) -> None:
    shock = esc.InternalShock(id="calm", kind="internal-shock", date=40, actor="pij", severity=0.0)
    never = esc.Signal(id="word", kind="vow", date=40, sender="isr", receivers=("irn",), occurred=0.0)
    hurt = esc.Provocation(
        id="blow",
        kind="provocation",
        date=50,
        occurred=0.0,
        victims=({"actor": "irn", "severity": 0.6},),
        suspects=({"actors": ("isr",)},),
    )
    more = branch(path, DAY, changes=[shock, never, hurt], runs=600)
    assert {"calm", "blow"} <= set(more.scenario.events)
    assert same(more, plain)


@pytest.mark.parametrize(
    "change",
    [
        ("actors.irn.belligerence_cost", 6.0),
        ("rules.brinkmanship_scale", 0.2),
        ("fronts.irn-isr.stake", 3.0),
        ("commitments.usa-isr.credence.mean", 0.05),
    ],
)
def test_a_change_takes_effect_from_the_day_on(
    path: esc.Trajectory, plain: esc.Ensemble, change: tuple[str, float]
) -> None:
    after = branch(path, DAY, changes=[change], runs=600)
    assert not same(after, plain)
    early = after.outcomes["crossed"]
    assert np.array_equal(
        np.where(early <= DAY, early, -1), np.where(plain.outcomes["crossed"] <= DAY, plain.outcomes["crossed"], -1)
    )


def test_dearer_force_makes_war_less_likely(path: esc.Trajectory, plain: esc.Ensemble) -> None:
    costs = [(f"actors.{actor}.belligerence_cost", 6.0) for actor in path.actor_ids]
    after = branch(path, DAY, changes=costs, runs=600)
    gap = after.occurs("war").astype(float) - plain.occurs("war")
    assert gap.mean() + 3.3 * gap.std() / np.sqrt(600) < 0.0  # false alarm 1 in 2,000


def test_what_was_changed_takes_its_new_value_and_the_rest_stays(path: esc.Trajectory) -> None:
    old = lower(path.scenario)
    begun, now = state_at(path, DAY)
    changed = path.scenario.replace("actors.usa.honesty", 0.9).without("hzb-irn")
    new = lower(changed)
    other = begin_states(new, seed=path.seed, runs=np.array([path.run]))[0]
    state = carry_over(now, (begun, other), (old, new))[np.newaxis]

    def values(table: str, field: str) -> tuple[np.ndarray, np.ndarray]:
        return column(now[np.newaxis], old, table, field)[0], column(state, new, table, field)[0]

    before, after = values("actors", "honesty")
    usa = old.actor_ids.index("usa")
    assert after[usa] == 0.9 != before[usa]
    assert np.array_equal(np.delete(after, usa), np.delete(before, usa))
    kept = [old.front_ids.index(front) for front in new.front_ids]
    for field in ("injury", "fear", "resolve", "vow_due", "due", "background"):
        before, after = values("fronts", field)
        assert np.array_equal(after, before[kept]), field
    assert np.array_equal(column(state, new, "crossed")[0], column(now[np.newaxis], old, "crossed")[0][kept])
    people = [old.actor_ids.index(actor) for actor in new.actor_ids]
    reasons = [*kept, *(len(old.front_ids) + row for row in people)]
    assert np.array_equal(column(state, new, "shocks")[0], column(now[np.newaxis], old, "shocks")[0][reasons])
    for field in ("epoch", "next"):
        before, after = values("reasons", field)
        assert np.array_equal(after, before[reasons]), field
    assert values("reasons", "epoch")[1].any()
    shared = values("fronts", "reasons")[1] >= len(new.front_ids)
    assert np.array_equal(shared, values("fronts", "reasons")[0][kept] >= len(old.front_ids))
    assert 0 < shared.sum() < len(shared)
    names = {row: k for k, row in enumerate(old.commitment_rows)}
    before, after = values("pledges", "credence_adversary")
    assert np.array_equal(after, before[[names[row] for row in new.commitment_rows]])
    # What the rows refer to is where the new layout has it.
    assert np.array_equal(values("fronts", "reverse")[1], column(other[np.newaxis], new, "fronts", "reverse")[0])


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("commitments.alliance.stake", 0.7),
        ("fronts.defender-challenger.stake", 0.6),
        ("fronts.challenger-defender.stake", 2.0),
        ("rules.brinkmanship_stakes", 1.0),
        ("rules.injury_stakes", 0.8),
    ],
)
def test_on_a_front_that_a_patron_opened_stakes_weigh_as_in_the_quarrel_that_it_joined(
    joined: esc.Trajectory, place: str, value: float
) -> None:
    begun, now = state_at(joined, 30)
    old, new = lower(joined.scenario), lower(joined.scenario.replace(place, value))
    other = begin_states(new, seed=joined.seed, runs=np.array([joined.run]))[0]
    state = carry_over(now, (begun, other), (old, new))[np.newaxis]
    opened, quarrel = (new.front_ids.index(f"{one}-challenger") for one in ("patron", "defender"))
    back, against = (new.front_ids.index(f"challenger-{one}") for one in ("patron", "defender"))
    weight, odds = (column(state, new, "fronts", field)[0] for field in ("injury_weight", "war_odds"))
    assert (weight[opened], weight[back], odds[opened]) == (weight[quarrel], weight[against], odds[quarrel])
    assert odds[back] == odds[opened]
    stakes = column(state, new, "fronts", "stake")[0]
    rules = new.scenario.rules
    assert odds[opened] == pytest.approx((stakes[quarrel] * stakes[against]) ** (rules.brinkmanship_stakes / 2.0))
    assert weight[opened] == pytest.approx(stakes[quarrel] ** rules.injury_stakes)


@pytest.fixture(scope="module")
def joined() -> esc.Trajectory:
    """A run in which the patron has joined within a month, of a quarrel whose stakes are not its own."""
    scenario = esc.load("two-state-deterrence").replace("fronts.defender-challenger.stake", 1.5)
    scenario = scenario.replace("commitments.alliance.stake", 0.3)
    runs = (esc.simulate(scenario, seed=1, run=run) for run in range(300))
    return next(path for path in runs if 0 <= path.outcomes["joined"][0] <= 30)


def test_a_distribution_that_stays_keeps_its_draw(path: esc.Trajectory) -> None:
    old, new = lower(path.scenario), lower(path.scenario.replace("actors.usa.honesty", 0.9))
    begun, now = state_at(path, DAY)
    other = begin_states(new, seed=path.seed, runs=np.array([path.run]))[0]
    state = carry_over(now, (begun, other), (old, new))[np.newaxis]
    assert len(new.parameters) == len(old.parameters) - 1
    capability = column(begun[np.newaxis], old, "actors", "capability")[0]
    assert np.array_equal(column(state, new, "actors", "capability")[0], capability)


def test_a_new_incident_rate_counts_from_the_day_on() -> None:
    scenario = crisis_of(front={"a-b": {"incidents": {"rate": 0.001, "severity": 0.8, "blame": 1.0}}})
    trajectory = esc.simulate(scenario, seed=3, run=0)
    old, new = lower(scenario), lower(scenario.replace("fronts.a-b.incidents.rate", 2.0))
    begun, now = state_at(trajectory, 30)
    other = begin_states(new, seed=3, runs=np.array([0]))[0]
    state = carry_over(now, (begun, other), (old, new))[np.newaxis]
    row = old.front_ids.index("a-b")
    first = column(other[np.newaxis], new, "fronts", "incident_next")[0, row]
    assert column(state, new, "fronts", "incident_next")[0, row] == 30.0 + first
    later = branch(trajectory, 30, changes=[("fronts.a-b.incidents.rate", 2.0)], runs=200)
    calm = branch(trajectory, 30, runs=200)
    assert later.probability("initiation").low > calm.probability("initiation").high


def test_a_signal_to_come_can_be_left_out_and_one_that_was_not_can_be_added() -> None:
    scenario = esc.load("two-state-deterrence").replace("signals.threat.date", 20.0)
    trajectory = esc.simulate(scenario, seed=1, run=4)
    silent = branch(trajectory, 10, without=["threat"], runs=400)
    assert "threat" not in silent.scenario.signals
    assert not same(silent, branch(trajectory, 10, runs=400))
    louder = branch(trajectory, 10, changes=[lambda given: given.replace("signals.threat.date", 11.0)], runs=400)
    assert louder.scenario.signals["threat"].date == 11.0


# ---------------------------------------------------------------------------------- refusals


def test_what_has_already_come_cannot_be_changed(path: esc.Trajectory) -> None:
    with pytest.raises(esc.StudyError, match="us-private-warning falls on day 2 and has already come"):
        branch(path, DAY, without=["us-private-warning"], runs=10)
    past = esc.Signal(id="late", kind="vow", date=5, sender="irn", receivers=("isr",))
    with pytest.raises(esc.StudyError, match=r"signals\.late falls on day 5"):
        branch(path, DAY, changes=[past], runs=10)
    event = next(iter(path.scenario.events))
    with pytest.raises(esc.StudyError, match="has already come"):
        branch(path, DAY, changes=[(f"events.{event}.publicity", 0.1)], runs=10)


def test_a_patron_that_has_joined_stays() -> None:
    scenario = esc.load("two-state-deterrence")
    joined = esc.run(scenario, runs=300, seed=1, progress=False).outcomes["joined"][:, 0]
    run = int(np.flatnonzero((joined >= 0) & (joined < 30))[0])
    trajectory = esc.simulate(scenario, seed=1, run=run)
    with pytest.raises(esc.StudyError, match="already joined"):
        branch(trajectory, float(joined[run]), without=["alliance"], runs=10)
    assert branch(trajectory, float(joined[run]) - 1.0, without=["alliance"], runs=10).commitment_rows == ()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("patron", "defender", "leave it at 'patron'"),
        ("protege", ["defender"], "leave it at 'defender'"),
        ("adversary", "challenger", "leave it out"),
    ],
)
def test_whom_a_patron_that_has_joined_stands_by_cannot_be_changed(field: str, value: object, said: str) -> None:
    data = esc.load("two-state-deterrence").to_dict()
    if field == "patron":
        data["commitments"]["alliance"] |= {"patron": "patron"}
        data["actors"]["other"] = dict(data["actors"]["patron"])
        value = "other"
    scenario = esc.Scenario.from_dict(data)
    joined = esc.run(scenario, runs=300, seed=1, progress=False).outcomes["joined"][:, 0]
    run = int(np.flatnonzero((joined >= 0) & (joined < 30))[0])
    trajectory = esc.simulate(scenario, seed=1, run=run)
    with pytest.raises(esc.StudyError, match=rf"alliance\.{field} cannot be changed: .*already joined; {said}$"):
        branch(trajectory, float(joined[run]), changes=[(f"commitments.alliance.{field}", value)], runs=10)
    branch(trajectory, float(joined[run]) - 1.0, changes=[(f"commitments.alliance.{field}", value)], runs=10)


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("period cannot", ("period", 0.5)),
        ("is no change", 3.0),
        ("is no change", ("horizon",)),
    ],
)
def test_what_cannot_be_changed_is_refused(path: esc.Trajectory, words: str, change: object) -> None:
    with pytest.raises(esc.StudyError, match=words):
        branch(path, DAY, changes=[change], runs=10)


def test_a_horizon_can_come_later_but_not_before_the_day() -> None:
    trajectory = esc.simulate(esc.load("two-state-deterrence"), seed=1, run=4)
    assert branch(trajectory, DAY, changes=[("horizon", 90)], runs=300).outcomes["ended"].max() == 90
    with pytest.raises(esc.StudyError, match="the horizon, day 12, must come after"):
        branch(trajectory, DAY, changes=[("horizon", DAY)], runs=10)


def test_actors_cannot_come_or_go(path: esc.Trajectory) -> None:
    def enlarged(scenario: esc.Scenario) -> esc.Scenario:
        data = scenario.to_dict()
        data["actors"]["new"] = {}
        return esc.Scenario.from_dict(data)

    with pytest.raises(esc.StudyError, match="actors and fronts"):
        branch(path, DAY, changes=[enlarged], runs=10)


@pytest.mark.parametrize("day", [-1.0, 90.0, "soon", "1", True, np.True_, None])
def test_a_day_outside_the_run_is_refused(path: esc.Trajectory, day: object) -> None:
    with pytest.raises(esc.StudyError, match="day is"):
        branch(path, day, runs=10)


def test_only_a_trajectory_goes_on(path: esc.Trajectory) -> None:
    with pytest.raises(esc.StudyError, match=r"a trajectory, as escalation.simulate gives it, .* path 'c1.toml'"):
        branch("c1.toml", 3)
    with pytest.raises(esc.StudyError, match="not from Scenario"):
        branch(path.scenario, 3)


@pytest.mark.parametrize("runs", [0, True, 2.5])
def test_a_number_of_runs_that_is_none_is_refused(path: esc.Trajectory, runs: object) -> None:
    with pytest.raises(esc.StudyError, match="runs is"):
        branch(path, DAY, runs=runs)


def test_a_trajectory_with_acts_of_another_rule_is_refused(path: esc.Trajectory) -> None:
    fronts = path.fronts.copy()
    fronts[DAY, 0, 0] += 1e-12
    with pytest.raises(esc.StudyError, match="own rule"):
        branch(dataclasses.replace(path, fronts=fronts), DAY, runs=10)


def busy(*events: str) -> esc.Scenario:
    """Crisis with many incidents, in which an event that never occurs may be listed first."""

    def hit(day: int, **keys: object) -> dict[str, object]:
        victim = {"actor": "b", "severity": 0.6}
        return {"kind": "provocation", "date": day, "victims": [victim], "suspects": [{"actors": ["a"]}], **keys}

    listed = {"never": hit(20, reliability=0.0), "early": hit(2), "mid": hit(3)}
    often = {"incidents": {"rate": 0.3, "severity": 0.5}}
    return esc.Scenario.from_dict(
        {
            "name": "busy",
            "horizon": 30,
            "actors": {"a": {}, "b": {}},
            "fronts": {"a-b": {"revisionism": 0.3, **often}, "b-a": often},
            "events": {name: listed[name] for name in events},
        }
    )


@pytest.mark.parametrize("run", range(4))
def test_an_event_that_never_occurs_changes_nothing_wherever_it_is_listed(run: int) -> None:
    """What an actor has not answered is a chain of incidents, by rows that an event moves."""
    plain, listed = busy("early", "mid"), busy("never", "early", "mid")
    without = branch(esc.simulate(listed, seed=1, run=run), 8, runs=60, without=["never"])
    never = listed.events["never"]
    added = branch(esc.simulate(plain, seed=1, run=run), 8, runs=60, changes=[never])
    same = branch(esc.simulate(plain, seed=1, run=run), 8, runs=60)
    for changed in (without, added):
        for name, values in same.outcomes.items():
            assert np.array_equal(changed.outcomes[name], values), name


def test_an_incident_that_is_left_out_drops_out_of_what_is_not_answered() -> None:
    scenario = busy("early", "mid", "never")
    old = lower(scenario)
    (now,) = begin_states(old, seed=1, runs=np.array([0]))
    rows = {"early": 0, "mid": 1, "never": 2}
    now = now.copy()
    table = {field: column(now[np.newaxis], old, "incidents", field)[0] for field in ("next", "open")}
    table["next"][[rows["never"], rows["mid"], rows["early"]]] = [rows["mid"], rows["early"], -1]
    table["open"][:3] = 1
    column(now[np.newaxis], old, "actors", "open_incident")[0, 1] = rows["never"]
    new = lower(scenario.without("mid"))
    begun = tuple(begin_states(each, seed=1, runs=np.array([0]))[0] for each in (old, new))
    state = carry_over(now, begun, (old, new))
    assert column(state[np.newaxis], new, "actors", "open_incident")[0].tolist() == [-1, 1]
    assert column(state[np.newaxis], new, "incidents", "next")[0, :2].tolist() == [-1, 0]


def test_leave_that_was_given_is_found_where_a_signal_listed_before_it_is_left_out() -> None:
    said = {"sender": "c", "receivers": ["a"], "date": 1}
    scenario = crisis_of(
        commitments={"pact": {"patron": "c", "protege": "a", "adversary": "b", "conditional": True}},
        signals={"calm": {"kind": "reassurance", **said}, "leave": {"kind": "authorisation", **said}},
        rules={"leash_holds": "on-condition", "leash": 0.3},
    )
    old, new = lower(scenario), lower(scenario.without("calm"))
    begun = tuple(begin_states(each, seed=1, runs=np.array([0]))[0] for each in (old, new))
    now = begun[0].copy()
    for field in ("leave", "leave_adversary"):
        column(now[np.newaxis], old, "pledges", field)[0, 0] = 1
    state = carry_over(now, begun, (old, new))
    assert [column(state[np.newaxis], new, "pledges", field)[0, 0] for field in ("leave", "leave_adversary")] == [0, 0]
    gone = lower(scenario.without("leave"))
    begun = tuple(begin_states(each, seed=1, runs=np.array([0]))[0] for each in (old, gone))
    state = carry_over(now, begun, (old, gone))
    assert column(state[np.newaxis], gone, "pledges", "leave")[0, 0] == -1
