"""Games of several chairs as files: JSON in, with everything checked, and out."""

from __future__ import annotations

import json
import math
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from escalation.app.person import CHANGED
from escalation.app.saving import MOST_BYTES, StatementRow, acts_of, fingerprint, json_of, outcomes_of, statement_row
from escalation.app.table import Act, Day, Record, Table, Word, replayed
from escalation.errors import Fault, ScenarioError, StoreError
from escalation.files import dumps as scenario_text
from escalation.files import loads as scenario_of
from escalation.files.study_key import source_hash
from escalation.world.base import ActorId, Number, Part, Whole
from escalation.world.places import refusal

__all__ = ["FORMAT", "dumps", "loads"]

FORMAT = "escalation-shared-game-2"
"""Form of the file."""
_EARLIER = "escalation-shared-game-1"
"""Form of files of games that stop only where somebody has to choose."""

_Name = Annotated[str, Field(max_length=100)]


class _ActRow(Part):
    actor: ActorId
    target: ActorId
    act: _Name


class _WordRow(StatementRow):
    actor: ActorId


class _DayRow(Part):
    day: Annotated[Number, Field(ge=0.0)]
    acts: Annotated[tuple[_ActRow, ...], Field(max_length=2_000)] = ()
    words: Annotated[tuple[_WordRow, ...], Field(max_length=200)] = ()

    def read(self) -> Day:
        acts = tuple(Act(row.actor, row.target, row.act) for row in self.acts)
        return Day(self.day, acts, tuple(Word(row.actor, row.statement()) for row in self.words))


class _File(Part):
    format: Literal["escalation-shared-game-2", "escalation-shared-game-1"]
    version: _Name
    seed: Annotated[Whole, Field(ge=0, lt=2**64)]
    run: Annotated[Whole, Field(ge=0, lt=2**40)]
    days: Annotated[tuple[_DayRow, ...], Field(max_length=100_000)]
    waiting: _DayRow | None
    stops: Annotated[Number, Field(ge=0.0)] | None = None
    game_sha256: Annotated[str, Field(max_length=64)]
    sources: _Name
    scenario: Annotated[str, Field(max_length=MOST_BYTES)]


def dumps(record: Record) -> str:
    """Write a game of several chairs as the text of a file.

    It holds the scenario as text, seed, run, what was chosen and said on each day, and a fingerprint of all that and of
    all acts and outcomes, by which a replay knows that it is the same. It holds no codes.
    """
    from escalation.version import __version__

    data = {
        "format": FORMAT,
        "version": __version__,
        "seed": record.seed,
        "run": record.run,
        "days": [_day_row(day) for day in record.days],
        "waiting": None if record.waiting is None else _day_row(record.waiting),
        "stops": None if record.stops == math.inf else record.stops,
        "game_sha256": _fingerprint(record, replayed(record)),
        "sources": source_hash("runs"),
        "scenario": scenario_text(record.scenario),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def loads(text: str | bytes, *, file: str | None = None) -> Record:
    """Read a game of several chairs, and replay it to see that it is the one that was saved.

    Parameters
    ----------
    text
        What `dumps` wrote.
    file
        Name of the file, for messages.

    Raises
    ------
    ScenarioError
        If the text is no such game, or its scenario is at fault; it lists every fault.
    StoreError
        If the replay differs from the game that was saved.
    """
    data = json_of(text, file)
    if not isinstance(data, dict) or data.get("format") not in (FORMAT, _EARLIER):
        raise ScenarioError([Fault("", "is no saved game of several chairs")], file=file)
    try:
        form = _File.model_validate(data)
    except ValidationError as error:
        raise refusal(_File.located(error, data), data, file=file) from None
    if form.format == _EARLIER and form.stops is not None:
        raise ScenarioError([Fault("stops", f"has no place in a file of the form {_EARLIER}")], file=file)
    scenario = scenario_of(form.scenario, file=f"scenario in {file or 'the game'}")
    waiting = None if form.waiting is None else form.waiting.read()
    stops = math.inf if form.stops is None else form.stops
    record = Record(scenario, form.seed, form.run, tuple(row.read() for row in form.days), waiting, stops)
    if _fingerprint(record, replayed(record)) != form.game_sha256:
        here = source_hash("runs")
        why = CHANGED if here == form.sources else f"it was saved by another version of the model ({form.version})"
        raise StoreError(f"the replay differs from the game that was saved: {why}")
    return record


def _day_row(day: Day) -> dict[str, Any]:
    acts = [{"actor": row.actor, "target": row.target, "act": row.act} for row in day.acts]
    words = [{"actor": row.actor, **statement_row(row.statement)} for row in day.words]
    return {"day": day.day, "acts": acts, "words": words}


def _fingerprint(record: Record, table: Table) -> str:
    days = [_day_row(day) for day in (*record.days, *(() if record.waiting is None else (record.waiting,)))]
    trajectory = table.trajectory
    return fingerprint([days, acts_of(trajectory), outcomes_of(trajectory)])
