"""Event data: a trajectory as a table of coded events, as those who work with event data expect it.

Codes are those of the rungs of the scenario's ladder: levels of hostility of the Militarized Interstate Disputes data
[Palmer2022]_, root codes of CAMEO [Schrodt2012]_ and weights after [Goldstein1992]_. What is said, and mediation, is
coded here. A root has the weight that the ladder gives to it, and otherwise that of `escalation.reports.cameo`, so that
one table does not hold two weights for one root.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from escalation.engines.lower import lower_once
from escalation.engines.lowering.events import act_front
from escalation.engines.readable import begin_run, readable_crisis
from escalation.engines.simulate import simulate
from escalation.engines.trajectory import Trajectory
from escalation.errors import StudyError
from escalation.files.csv_tables import with_plain_truth
from escalation.reports.cameo import ROOT_WEIGHTS, ROOT_WORDS
from escalation.world.event import Accident, Event, Mediation, Provocation
from escalation.world.front import actor_and_target
from escalation.world.ladder import Ladder, Rung
from escalation.world.scenario import Scenario
from escalation.world.signal import Signal, SignalKind

if TYPE_CHECKING:
    import pandas as pd

    from escalation.dynamics.state import Crisis

__all__ = [
    "COLUMNS",
    "TABLES",
    "event_frame",
    "event_rows",
    "event_table",
    "events_of_runs",
    "rows_of_runs",
    "save_table",
    "to_csv",
    "to_parquet",
]

COLUMNS = {
    "date": "datetime64[ms]",
    "day": "float64",
    "source": "string",
    "target": "string",
    "kind": "string",
    "item": "string",
    "rung": "string",
    "covert": "bool",
    "scheduled": "bool",
    "mid": "Int64",
    "cameo": "string",
    "goldstein": "float64",
    "rung_number": "Int64",
    "cameo_words": "string",
    "cause": "string",
}
"""Columns of the table, and their types."""

TABLES = (".csv", ".parquet")
"""Endings of the names of files that a table of events can be saved to."""

_MEDIATE = "04"
_AID = "07"
_YIELD = "08"
_COOPERATE = "05"
_SPOKEN: dict[SignalKind, tuple[int, str]] = {
    SignalKind.THREAT: (2, "13"),
    SignalKind.VOW: (2, "13"),
    SignalKind.WARNING: (2, "13"),
    SignalKind.DEMAND: (1, "10"),
    SignalKind.APPEAL: (1, "02"),
    SignalKind.REFUSAL: (1, "12"),
    SignalKind.WITHDRAWAL: (1, "08"),
    SignalKind.CONCESSION: (1, "08"),
    SignalKind.AUTHORISATION: (1, "05"),
    SignalKind.REASSURANCE: (1, "03"),
    SignalKind.DENIAL: (1, "01"),
    SignalKind.DISCLOSURE: (1, "01"),
}
"""Level of hostility and CAMEO root of what is said."""
_ULTIMATUM = (2, "13")
"""Those of a demand that binds its sender: CAMEO has ultimatums (139) among threats."""
_LEAVE_ENDED = (1, "16")
"""Those of the withdrawal of an authorisation. To take back a threat, vow or demand is to yield (08); to end what was
coded as cooperation (05) is to reduce relations (16)."""
_ANSWERS_WORDS = (SignalKind.WITHDRAWAL, SignalKind.CONCESSION)
"""What is said only where the signal that it is about was said: without that it changes nothing in a run."""

_Row = dict[str, Any]


def event_table(trajectory: Trajectory, *, scheduled: bool = False) -> pd.DataFrame:
    """Table of what happened in a run, a row a source, target and act.

    An act above restraint is an event, and so is a conciliatory one; to go on as before is none. What was done by an
    undisclosed hand stands under its author, marked as covert. The first agreement on a front is a row for either side.
    A conciliatory act is coded as yielding (CAMEO root 08), an agreement as diplomatic cooperation (05); neither has a
    rung.

    Rows of the kinds ``war`` and ``joined`` are no acts. A war that came out of an exchange of force, by accident or by
    an ally's commitment is one row for the two sides. It has the last rung of the ladder with its codes, and its cause
    in words. Its source is the patron where a commitment brought it, and else the side listed first in the scenario. A
    war by choice has its row as an act. It has one of the kind ``war`` besides where the act chosen is below the last
    rung, so that the highest rung in the table is always the peak of the run. A patron that joins is a row from the
    patron to its protégé, coded as providing aid (07), without a rung.

    Parameters
    ----------
    trajectory
        The run.
    scheduled
        Add the signals and events of the scenario that occurred in this run, marked as scheduled. A withdrawal or
        concession is left out where what it takes back or grants was not said in this run. A withdrawal is coded as
        yielding (08), but that of an authorisation as reducing relations (16). An event is coded as the rung that it
        names, toward the victim for whom it is named, or else as the rung nearest to its severity; its source is none
        where several hands are suspected. Shocks inside an actor are left out, since they pass between no two.

    Returns
    -------
    pandas.DataFrame
        Columns and types as in `COLUMNS`, in order of time: `date` and `day` (days after the start, the end of the
        period of an act), `source`, `target`, `kind` (act, conciliation, agreement, war, joined, or what sort of signal
        or event), `item` (its id in the scenario; of a patron that joined, the pledge as in ``joined:<pledge>``),
        `rung`, `covert`, `scheduled`, `mid` (level of hostility 1 to 5), `cameo` (root code), `goldstein` (weight, -10
        to 10), `rung_number` (place of the rung on the ladder, 0 the lowest), `cameo_words` (the root code and what it
        stands for, as ``03 express intent to cooperate``) and `cause` (of a war: exchange of force, accident,
        commitment or choice; of a joining, what called on the patron: act or war). `rung_number` and `cameo_words` are
        for programs that sort text by the alphabet, or read a code with a leading zero as a number.

    Raises
    ------
    StudyError
        If pandas is not installed.

    Examples
    --------
    >>> import escalation as esc
    >>> table = event_table(esc.simulate(esc.load("two-state-deterrence"), seed=1, run=17), scheduled=True)
    >>> table[["source", "target", "kind", "item"]].iloc[0].tolist()
    ['defender', 'challenger', 'threat', 'threat']
    """
    return _frame(event_rows(trajectory, scheduled=scheduled), COLUMNS)


def events_of_runs(scenario: Scenario, runs: Iterable[int], *, seed: int = 0, scheduled: bool = False) -> pd.DataFrame:
    """Table of what happened in several runs, as `event_table` makes it of one, with the run in a first column ``run``.

    Parameters
    ----------
    scenario
        The crisis.
    runs
        Which runs.
    seed
        Seed of the study.
    scheduled
        As in `event_table`.

    Raises
    ------
    StudyError
        If pandas is not installed, or a run or the seed is not possible.
    """
    return event_frame(rows_of_runs(scenario, runs, seed=seed, scheduled=scheduled))


def rows_of_runs(
    scenario: Scenario, runs: Iterable[int], *, seed: int = 0, scheduled: bool = False
) -> list[dict[str, Any]]:
    """The rows of `events_of_runs` as plain data; parameters as there."""
    return [
        {"run": run, **row}
        for run in runs
        for row in event_rows(simulate(scenario, seed=seed, run=run), scheduled=scheduled)
    ]


def event_frame(rows: Iterable[_Row]) -> pd.DataFrame:
    """Table of the rows that `rows_of_runs` gives.

    Raises
    ------
    StudyError
        If pandas is not installed.
    """
    return _frame(rows, {"run": "int64", **COLUMNS})


def _frame(rows: Iterable[_Row], columns: dict[str, str]) -> pd.DataFrame:
    try:
        import pandas as pd
    except ImportError as error:
        raise StudyError("event tables need the package pandas: pip install '.[io]' in a clone's folder") from error
    dated = [row | {"date": pd.Timestamp(row["date"])} for row in rows]
    return pd.DataFrame(dated, columns=list(columns)).astype(columns)


def event_rows(trajectory: Trajectory, *, scheduled: bool = False) -> list[dict[str, Any]]:
    """The rows of `event_table` as plain data: one dictionary each, with the columns that have a value.

    Parameters
    ----------
    trajectory, scheduled
        As in `event_table`.

    Examples
    --------
    >>> import escalation as esc
    >>> run = esc.simulate(esc.load("two-state-deterrence"), seed=1, run=1)
    >>> said = next(row for row in event_rows(run, scheduled=True) if row["scheduled"])
    >>> said["date"].isoformat(), said["source"], said["target"], said["kind"], said["mid"]
    ('2000-01-03', 'defender', 'challenger', 'threat', 2)
    """
    rows = _acts(trajectory)
    if scheduled:
        rows += _scheduled(trajectory)
    rows.sort(key=lambda row: (row["day"], not row["scheduled"]))  # the timeline comes before what is chosen
    numbers = {name: number for number, name in enumerate(trajectory.scenario.ladder.names)}
    return [
        {
            "date": trajectory.scenario.date(row["day"]),
            **row,
            "rung_number": numbers.get(row.get("rung") or ""),
            "cameo_words": f"{root} {ROOT_WORDS[root]}" if (root := row.get("cameo")) else None,
        }
        for row in rows
    ]


def to_csv(trajectory: Trajectory, path: str | Path, *, scheduled: bool = False) -> None:
    """Write the table of a run's events as CSV, in UTF-8.

    Parameters
    ----------
    trajectory, scheduled
        As in `event_table`.
    path
        File to write.
    """
    _save_csv(event_table(trajectory, scheduled=scheduled), path)


def to_parquet(trajectory: Trajectory, path: str | Path, *, scheduled: bool = False) -> None:
    """Write the table of a run's events as Parquet; parameters as `to_csv`.

    Raises
    ------
    StudyError
        If pandas or pyarrow is not installed.
    """
    _save_parquet(event_table(trajectory, scheduled=scheduled), path)


def save_table(table: pd.DataFrame, path: str | Path) -> None:
    """Write a table of events as CSV or Parquet, by the ending of the file's name.

    Raises
    ------
    StudyError
        If the name ends otherwise, or pyarrow is needed and not installed.
    """
    ending = Path(path).suffix.lower()
    if ending not in TABLES:
        raise StudyError(f"{path}: events can be saved as {' or '.join(TABLES)}, not {ending or 'without an ending'}")
    (_save_csv if ending == ".csv" else _save_parquet)(table, path)


def _save_csv(table: pd.DataFrame, path: str | Path) -> None:
    with_plain_truth(table).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _save_parquet(table: pd.DataFrame, path: str | Path) -> None:
    try:
        import pyarrow  # noqa: F401 - pandas needs it, and says so at greater length
    except ImportError as error:
        raise StudyError("Parquet files need the package pyarrow: pip install '.[io]' in a clone's folder") from error
    table.to_parquet(path, index=False, engine="pyarrow")


def _acts(trajectory: Trajectory) -> list[_Row]:
    scenario = trajectory.scenario
    rungs = scenario.ladder.rungs
    rows = []
    for act in trajectory.acts:
        if act["option"] == 0:
            continue
        source, target = actor_and_target(trajectory.front_ids[act["front"]])
        row = {"day": float(trajectory.days[act["period"]]), "source": source, "target": target, "kind": "act"}
        if act["rung"] == 0:
            rows.append(row | _coded_friendly("conciliation", _YIELD, scenario.ladder))
            continue
        coded = _coded(rungs[act["rung"]], scenario.ladder)
        rows.append(row | coded | {"covert": bool(act["covert"]), "scheduled": False})
    return rows + _agreements(trajectory) + _consequences(trajectory)


def _agreements(trajectory: Trajectory) -> list[_Row]:
    """A row for either side of the first agreement on a front."""
    rows = []
    for front, period in zip(trajectory.front_ids, trajectory.outcomes["agreed"].tolist(), strict=True):
        if period >= 0:
            source, target = actor_and_target(front)
            row = {"day": float(trajectory.days[period]), "source": source, "target": target}
            rows.append(row | _coded_friendly("agreement", _COOPERATE, trajectory.scenario.ladder))
    return rows


def _consequences(trajectory: Trajectory) -> list[_Row]:
    """A row for every war but one that was chosen as an act on the last rung, and for every patron that joined."""
    ladder = trajectory.scenario.ladder
    top = len(ladder.rungs) - 1
    acts = trajectory.acts[trajectory.acts["rung"] == top]
    told = {(trajectory.front_ids[act["front"]], float(trajectory.days[act["period"]])) for act in acts}
    rows = []
    for came in trajectory.consequences:
        row = {"day": came.day, "source": came.actor, "target": came.target, "cause": came.cause}
        if came.kind == "joined":
            rows.append(row | _coded_friendly("joined", _AID, ladder) | {"item": came.commitment})
        elif (came.front, came.day) not in told:
            rows.append(row | {"kind": "war", "covert": False, "scheduled": False} | _coded(ladder.rungs[top], ladder))
    return rows


def _coded_friendly(kind: str, root: str, ladder: Ladder) -> _Row:
    weight = _weight(root, ladder)
    return {"kind": kind, "mid": 1, "cameo": root, "goldstein": weight, "covert": False, "scheduled": False}


def _coded(rung: Rung, ladder: Ladder) -> _Row:
    weight = rung.goldstein
    if weight is None and rung.cameo is not None:
        weight = _weight(rung.cameo, ladder)
    return {"rung": rung.name, "mid": rung.mid, "cameo": rung.cameo, "goldstein": weight}


def _weight(root: str, ladder: Ladder) -> float:
    """Weight of a CAMEO root: the one that the ladder's rungs of this root agree on, or else the codebook's."""
    stated = {rung.goldstein for rung in ladder.rungs if rung.cameo == root and rung.goldstein is not None}
    return stated.pop() if len(stated) == 1 else ROOT_WEIGHTS[root]


def _scheduled(trajectory: Trajectory) -> list[_Row]:
    """Rows of the timeline, as far as it occurred in this run and the run came to it."""
    scenario = trajectory.scenario
    lowered = lower_once(scenario)
    crisis = readable_crisis(lowered)
    begin_run(crisis, lowered, trajectory.seed, trajectory.run)
    until = float(trajectory.days[trajectory.outcomes["ended"]])
    said = {name for n, name in enumerate(scenario.signals) if crisis.signals[n].status == 0}
    rows = []
    for name, signal in scenario.signals.items():
        if name in said and (signal.kind not in _ANSWERS_WORDS or signal.subject in said):
            rows += _said(signal, scenario)
    for n, event in enumerate(scenario.events.values()):
        if crisis.events[n].pending == 1:
            rows += _happened(event, n, crisis, scenario)
    return [row | {"covert": False, "scheduled": True} for row in rows if row["day"] <= until]


def _said(signal: Signal, scenario: Scenario) -> list[_Row]:
    mid, cameo = _code(signal, scenario)
    row = {
        "day": scenario.day(signal.date),
        "source": signal.sender,
        "kind": signal.kind.value,
        "item": signal.id,
        "rung": signal.rung,
        "mid": mid,
        "cameo": cameo,
        "goldstein": _weight(cameo, scenario.ladder),
    }
    return [row | {"target": receiver} for receiver in signal.receivers]


def _code(signal: Signal, scenario: Scenario) -> tuple[int, str]:
    """Level of hostility and CAMEO root of a signal."""
    if signal.or_else is not None:
        return _ULTIMATUM
    word = scenario.signals.get(signal.subject or "")
    if signal.kind is SignalKind.WITHDRAWAL and word is not None and word.kind is SignalKind.AUTHORISATION:
        return _LEAVE_ENDED
    return _SPOKEN[signal.kind]


def _happened(event: Event, n: int, crisis: Crisis, scenario: Scenario) -> list[_Row]:
    row: _Row = {"day": float(crisis.events[n].day), "kind": event.kind, "item": event.id}
    if isinstance(event, Mediation):
        row |= {"cameo": _MEDIATE, "goldstein": _weight(_MEDIATE, scenario.ladder), "mid": 1}
        return [
            row | {"source": mediator, "target": party}
            for mediator in event.mediators or (None,)
            for party in event.parties
        ]
    if not isinstance(event, (Provocation, Accident)):
        return []
    first = crisis.events[n].incident_first
    author, known = (event.actor, None) if isinstance(event, Accident) else (event.author, event.rung)
    rows = []
    front = act_front(scenario, event) if isinstance(event, Provocation) and known is not None else ""
    for k, victim in enumerate(event.victims, start=first):
        severity = crisis.incidents[k].severity
        stated = known is not None and front == f"{author}-{victim.actor}"
        rung = scenario.ladder.rung(str(known)) if stated else _nearest(severity, scenario)
        rows.append(row | {"source": author, "target": victim.actor} | _coded(rung, scenario.ladder))
    return rows


def _nearest(severity: float, scenario: Scenario) -> Rung:
    return min(scenario.ladder.rungs, key=lambda rung: abs(rung.intensity - severity))
