"""Every figure, of made-up data: what the pictures in `baseline/` show."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from hindsight import LIMITED, WAR, crisis, written
from matplotlib.axes import Axes
from numpy.typing import NDArray

from escalation import plotting
from escalation.analysis.score.forecasts.tasks import TaskScores
from escalation.analysis.score.hindcasts.case import Hindcast, hindcast_of
from escalation.analysis.score.hindcasts.hindcast import Hindcasts
from escalation.analysis.uncertain.sensitivity import Sensitivity
from escalation.analysis.uncertain.uncertainty import uncertainty_of
from escalation.analysis.what_mattered.conditional_effect import ConditionalEffect, EffectAt
from escalation.analysis.what_mattered.items import Item
from escalation.analysis.what_mattered.left_out import LeaveOneOut, LeftOut
from escalation.dynamics.record import ACT_FIELDS, ACTOR_FIELDS, FRONT_FIELDS, PLEDGE_FIELDS
from escalation.engines.explaining.explanation import Explanation, Move, WeighedAct
from escalation.engines.explaining.traces import Trace, Traces
from escalation.engines.trajectory import Trajectory
from escalation.estimates.estimate import Estimate
from escalation.estimates.paired import paired_difference
from escalation.estimates.proportion import proportion
from escalation.montecarlo.compare import Comparison
from escalation.montecarlo.ensemble import Ensemble
from escalation.world.event import Provocation, Suspect, Victim
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal

__all__ = ["PICTURES", "Data", "decision", "one", "scores", "sensitivity_of", "traces", "trajectory"]

DAYS = 30


@dataclass(frozen=True)
class Data:
    """What is drawn."""

    scenario: Scenario
    ensemble: Ensemble
    quiet: Ensemble
    pair: Comparison


def one(value: float, half: float = 0.1) -> Estimate:
    return Estimate(value, value - half, value + half, 64, "bootstrap")


def sensitivity_of(
    scenario: Scenario,
    method: str,
    indices: dict[str, dict[str, Estimate]],
    screening: dict[str, Estimate] | None = None,
) -> Sensitivity:
    return Sensitivity(scenario, "war", 1, method, indices, {name: (name,) for name in indices}, screening, 256, 50, 1)


def decision() -> Explanation:
    """A decision of four acts, the last of them next to impossible."""
    terms = {
        "restraint": {"honour": -0.5, "pressure": -0.2, "face": -0.1},
        "threat": {"gain": 0.05, "replies": -0.05, "honour": -0.4, "pressure": -0.2},
        "limited-strike": {"gain": 0.3, "replies": -0.35, "destruction": -0.1, "war": -0.1, "belligerence": -0.2},
        "war": {"gain": 0.9, "destruction": -0.8, "war": -3.0, "belligerence": -0.5},
    }
    every = dict.fromkeys(name for row in terms.values() for name in row)
    likely = {"restraint": 0.35, "threat": 0.4, "limited-strike": 0.25, "war": 0.0}
    acts = tuple(
        WeighedAct(
            name, {term: row.get(term, 0.0) for term in every}, sum(row.values()), likely[name], 0.0, 0.0, 0.0,
            chosen=name == "limited-strike", replies={} if name == "war" else {"restraint": 1.0},
        )
        for name, row in terms.items()
    )  # fmt: skip
    day = datetime.date(2000, 1, 8)
    where = ("ara-bor", "ara", "bor", "Ara", "Bor")
    return Explanation("drawn", 1, 17, 7.0, day, *where, True, 5.0, True, acts, (), (), ())


def traces() -> Traces:
    """Four beliefs: one hardly moved, one moved by a signal and fading, one by acts, one by an event."""
    days = np.arange(DAYS + 1.0)
    fear = np.where(days < 4.0, 0.6, 0.2 + 0.2 * np.exp(-(days - 4.0) / 8.0))
    moves = {
        "fronts.ara-bor.fear": [Move("signal", "calm", 4.0, 0.6, 0.4), Move("fading", "", 30.0, 0.4, 0.2)],
        "fronts.ara-bor.resolve": [Move("acts", "bor-ara threat", 12.0, 0.5, 0.7)],
        "events.sinking.victims.ara.blame.bor": [
            Move("event", "sinking", 2.0, 0.0, 0.8),
            Move("signal", "denial", 4.0, 0.8, 0.75),
        ],
        "fronts.ara-bor.motive": [Move("signal", "calm", 4.0, 0.1, 0.105)],
    }
    values = {
        "fronts.ara-bor.fear": fear,
        "fronts.ara-bor.resolve": np.where(days < 12.0, 0.5, 0.7),
        "events.sinking.victims.ara.blame.bor": np.select([days < 2.0, days < 4.0], [0.0, 0.8], 0.75),
        "fronts.ara-bor.motive": np.where(days < 4.0, 0.1, 0.105),
    }
    found = tuple(
        Trace(
            name, name, "blame for sinking" if "blame" in name else name.rpartition(".")[2], values[name], tuple(told)
        )
        for name, told in moves.items()
    )
    return Traces("drawn", 1, 17, "ara-bor", "Ara", "Bor", datetime.date(2000, 1, 1), days, found)


def told(scenario: Scenario) -> Scenario:
    """The scenario with something said and something done in it."""
    calm = Signal(id="calm", kind="reassurance", date=4, sender="bor", receivers=("ara",))
    vow = Signal(id="vow", kind="vow", date=4, sender="ara", receivers=("bor",))
    sinking = Provocation(
        id="sinking",
        kind="provocation",
        date=2,
        victims=(Victim(actor="ara", severity=0.4),),
        suspects=(Suspect(actors=("bor",)),),
    )
    return scenario.with_signal(calm).with_signal(vow).with_event(sinking)


def trajectory(scenario: Scenario) -> Trajectory:
    """A run with overt and covert acts on two fronts, and a war between two others from the start."""
    fronts = ("ara-bor", "bor-ara", "dun-bor", "bor-dun")
    rungs = scenario.ladder.names
    rows = [(3, 0, 1, 1, 0, 1), (6, 1, 2, 2, 0, 1), (7, 0, 3, 3, 1, 1), (9, 1, 0, 0, 0, 0), (12, 1, 4, 4, 0, 1),
            (13, 0, 5, 5, 0, 1)]  # fmt: skip
    acts: NDArray[Any] = np.array(rows, dtype=[(name, np.int64) for name in ACT_FIELDS])
    crossed = np.full((len(fronts), len(rungs)), -1, dtype=np.int16)
    crossed[:, 0] = 0
    for period, front, _, rung, _, _ in rows:
        crossed[front, 1 : rung + 1] = np.where(crossed[front, 1 : rung + 1] < 0, period, crossed[front, 1 : rung + 1])
    crossed[1, -1] = 13
    counts = np.zeros(4, dtype=np.int16)
    outcomes: dict[str, Any] = {
        "crossed": crossed,
        "war_cause": np.array([1, 1, 0, 0], dtype=np.int8),
        "agreed": np.full(4, -1, dtype=np.int16),
        "conceded": np.full(4, -1, dtype=np.int16),
        "joint": np.full(1, -1, dtype=np.int16),
        "joined": np.full(2, -1, dtype=np.int16),
        "kept": counts[:2],
        "broken": counts[:2],
        "vows_kept": counts,
        "vows_broken": counts,
        "settled": np.int16(-1),
        "ended": np.int16(DAYS),
        "signature": np.int32(7),
    }
    shape = (DAYS + 1, len(fronts), len(FRONT_FIELDS))
    return Trajectory(
        scenario=told(scenario), seed=1, run=17, actor_ids=scenario.actor_ids, front_ids=fronts,
        commitment_rows=("cal-bor:ara", "cal-bor-dun:dun"), rung_names=rungs,
        option_names=(*rungs, "limited-strike (covert)"), acts=acts, likelihoods=np.full((len(rows), 2), 0.5),
        utilities=np.zeros((len(rows), len(rungs) + 1)), fronts=np.zeros(shape),
        pledges=np.zeros((DAYS + 1, 2, len(PLEDGE_FIELDS))), actors=np.zeros((DAYS + 1, 4, len(ACTOR_FIELDS))),
        outcomes=outcomes,
    )  # fmt: skip


def scores() -> TaskScores:
    """Scores of two competitors at one task."""
    curves = {
        "model": [(0.05, 4), (0.15, 9), (0.24, 17), (0.38, 22), (0.62, 41)],
        "logit": [(0.08, 8), (0.18, 7), (0.27, 22), (0.36, 19), (0.55, 37)],
    }
    found = {name: [(mean, proportion(hits, 60)) for mean, hits in curve] for name, curve in curves.items()}
    return TaskScores("violence", 300, 120, {}, {}, found)


def _tornado(data: Data) -> Axes:
    indices = {
        "actors.bor": {"mu_star": one(0.6), "mu": one(-0.6)},
        "rules.leash": {"mu_star": one(0.2), "mu": one(0.1)},
    }
    return plotting.tornado(sensitivity_of(data.scenario, "morris", indices))


def _sobol(data: Data) -> Axes:
    indices = {
        "fronts.ara-bor.first_strike_advantage": {"first": one(0.5), "total": one(0.7)},
        "actors.bor": {"first": one(0.1), "total": one(0.2)},
    }
    return plotting.sobol_bars(sensitivity_of(data.scenario, "sobol", indices))


def _uncertainty(data: Data) -> Axes:
    likely = (np.arange(64) + 0.5) / 64.0 * 0.6
    values = (np.arange(40)[None, :] + 0.5) / 40.0 < likely[:, None]
    return plotting.uncertainty(uncertainty_of(values.astype(float), scenario=data.scenario, event="war"))


def surface() -> xr.Dataset:
    """A grid of two quantities."""
    value = np.add.outer(np.linspace(0.05, 0.3, 4), np.linspace(0.0, 0.2, 3))
    ends = {
        name: (("leash", "fear"), value + shift) for name, shift in (("value", 0.0), ("low", -0.02), ("high", 0.02))
    }
    return xr.Dataset(ends, coords={"leash": [0.0, 0.1, 0.2, 0.3], "fear": [0.0, 0.2, 0.4]}, attrs={"event": "war"})


def _policies(data: Data) -> Axes:
    again = Comparison(data.quiet, data.quiet, {"war": _nothing(data)})
    return plotting.policies({"as it was": data.pair, "without anything": again})


def _nothing(data: Data) -> Any:
    return paired_difference(data.quiet.occurs("war"), data.quiet.occurs("war"), event="war")


def _conditional_effect(data: Data) -> Axes:
    def point(value: float, without: int) -> EffectAt:
        n = 400
        happened = [np.arange(n) < hits for hits in (without, 120)]
        there = np.arange(n) < 200
        gap, given = paired_difference(*happened), paired_difference(*(one[there] for one in happened))
        return EffectAt(value, proportion(120, n), proportion(without, n), gap, proportion(200, n), given)

    points = tuple(point(value, without) for value, without in ((0.1, 122), (0.5, 150), (0.9, 128)))
    item = Item("secret-visit", "signal", ("secret-visit",), ())
    place = "commitments.cal-bor.credence.mean"
    asked: dict[str, Any] = {"event": "war", "actor": "ara", "target": None, "seed": 1, "runs": 400, "level": 0.95}
    return plotting.conditional_effect(ConditionalEffect(data.scenario, item, place, points=points, **asked))


def _leave_one_out(data: Data) -> Axes:
    def row(name: str, without: int, came: int) -> LeftOut:
        n = 400
        happened = [np.arange(n) < hits for hits in (without, 120)]
        there = np.arange(n) < came
        gap, given = paired_difference(*happened), paired_difference(*(one[there] for one in happened))
        return LeftOut(Item(name, "signal", (name,), ()), gap, proportion(came, n), given, None)

    rows = (row("the killing", 20, 400), row("secret-visit", 135, 140), row("vow", 122, 400))
    study = LeaveOneOut(
        data.scenario, "war", "ara", None, seed=1, runs=400, level=0.95, baseline=proportion(120, 400), rows=rows
    )
    return plotting.leave_one_out(study)


def hindcasts() -> dict[str, Hindcast]:
    """Two crises, by how high they went."""
    ends: dict[str, list[dict[str, tuple[int, int]]]] = {
        "limited-strike": [{}, {"ara-bor": (LIMITED, 9)}],
        "war": [{}, {}, {}, {"ara-bor": (WAR, 9)}],
    }
    return {
        name: hindcast_of(written(crisis([(11, "ara", "bor", name)], name=name), runs, repeated=10))
        for name, runs in ends.items()
    }


PICTURES: dict[str, Callable[[Data], Axes]] = {
    "beliefs": lambda _: plotting.beliefs(traces(), most=3),
    "calibration_curve": lambda _: plotting.calibration_curve(scores(), competitors=("model", "logit")),
    "comparison": lambda data: plotting.comparison(data.pair),
    "conditional_effect": _conditional_effect,
    "escalation_tree": lambda data: plotting.escalation_tree(data.ensemble, rows=6),
    "explanation": lambda _: plotting.explanation(decision()),
    "fan": lambda data: plotting.fan(data.ensemble),
    "first_passage": lambda data: plotting.first_passage(data.ensemble, ["initiation", "war"]),
    "hindcast": lambda _: plotting.hindcast(Hindcasts(hindcasts())),
    "ladder_heat_map": lambda data: plotting.ladder_heat_map(data.ensemble),
    "leave_one_out": _leave_one_out,
    "network": lambda data: plotting.network(data.scenario),
    "peaks": lambda data: plotting.peaks(data.ensemble),
    "policies": _policies,
    "policy_surface": lambda _: plotting.policy_surface(surface(), limit=0.2),
    "small_multiples": lambda data: plotting.small_multiples({"one": data.ensemble, "another": data.quiet})[0],
    "sobol_bars": _sobol,
    "timeline": lambda data: plotting.timeline(trajectory(data.scenario)),
    "tornado": _tornado,
    "uncertainty": _uncertainty,
}
"""How each figure of the library is drawn."""
