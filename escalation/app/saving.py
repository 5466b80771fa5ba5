"""Games as files: JSON in, with everything checked, and out."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from escalation.app.game import MOST_SAID, Choice, Game, Position, Said, position
from escalation.engines.situation import Statement
from escalation.engines.trajectory import Trajectory
from escalation.errors import Fault, ScenarioError, StoreError
from escalation.files import dumps as scenario_text
from escalation.files import loads as scenario_of
from escalation.files.study_key import source_hash
from escalation.files.whole import written_whole
from escalation.world.base import ActorId, Number, Part, Whole
from escalation.world.places import refusal

__all__ = [
    "FORMAT",
    "MOST_BYTES",
    "StatementRow",
    "acts_of",
    "dumps",
    "fingerprint",
    "json_of",
    "load",
    "loads",
    "outcomes_of",
    "save",
    "statement_row",
]

FORMAT = "escalation-game-4"
"""Form of the file."""
_DECIDING = "escalation-game-3"
"""Form of files of games that wait at decisions alone."""
_SILENT = "escalation-game-2"
"""Likewise, in which nobody says anything."""
_EARLIER = "escalation-game-1"
"""Likewise; nor do these have to hold the fingerprint of the outcomes, or the sources that played the game."""
_SHARED = "escalation-shared-game"
"""How the form of a saved game of several chairs begins, which `escalation.app.shared_saving` reads."""
MOST_BYTES = 2 * 2**20
"""Size of the largest file that is read: a scenario of 1 MiB, and its choices."""
_MOST_CHOICES = 100_000

_Name = Annotated[str, Field(max_length=100)]


class _ChoiceRow(Part):
    day: Annotated[Number, Field(ge=0.0)]
    target: ActorId
    act: _Name


class StatementRow(Part):
    """A statement as a file holds it."""

    kind: _Name
    receivers: Annotated[tuple[ActorId, ...], Field(min_length=1, max_length=40)]
    subject: _Name | None = None
    channel: Literal["public", "private"] = "public"
    rung: _Name | None = None
    trigger: _Name | None = None
    due: Number = 14.0
    or_else: Number | None = None
    share: Number | None = None
    strength: Number = 3.0
    credence: Number = 0.7
    alignment: Number = 0.7
    leak: Number = 0.0

    def statement(self) -> Statement:
        """The statement; nothing but its form has been checked."""
        return Statement(**{field.name: getattr(self, field.name) for field in dataclasses.fields(Statement)})


class _SaidRow(StatementRow):
    day: Annotated[Number, Field(ge=0.0)]
    after: Annotated[Whole, Field(ge=0, le=_MOST_CHOICES)]


class _File(Part):
    format: Literal["escalation-game-4", "escalation-game-3", "escalation-game-2", "escalation-game-1"]
    version: _Name
    actor: ActorId
    seed: Annotated[Whole, Field(ge=0, lt=2**64)]
    run: Annotated[Whole, Field(ge=0, lt=2**40)]
    choices: Annotated[tuple[_ChoiceRow, ...], Field(max_length=_MOST_CHOICES)]
    said: Annotated[tuple[_SaidRow, ...], Field(max_length=MOST_SAID)] = ()
    stop: Annotated[Number, Field(ge=0.0)] | None = None
    acts_sha256: Annotated[str, Field(max_length=64)]
    outcomes_sha256: Annotated[str, Field(max_length=64)] = ""
    sources: _Name = ""
    scenario: Annotated[str, Field(max_length=MOST_BYTES)]


def dumps(here: Position) -> str:
    """Write a game as the text of a file.

    The file holds the scenario as text, seed, run, actor, what was chosen and said, and where it waits. It also holds
    fingerprints of acts, words and outcomes so far, by which a replay knows that it is the same. The hash of the
    sources of the model tells why it is not.
    """
    from escalation.version import __version__

    game = here.game
    data = {
        "format": FORMAT,
        "version": __version__,
        "actor": game.actor,
        "seed": game.seed,
        "run": game.run,
        "choices": [{"day": choice.day, "target": choice.target, "act": choice.act} for choice in game.choices],
        "said": [_said_row(said) for said in game.said],
        "stop": None if game.stop == math.inf else game.stop,
        "acts_sha256": _acts(here),
        "outcomes_sha256": _outcomes(here),
        "sources": source_hash("runs"),
        "scenario": scenario_text(game.scenario),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def loads(text: str | bytes, *, file: str | None = None) -> Position:
    """Read a game, and replay it to where it was saved.

    Nothing in a file is ever executed: it is a scenario, which is checked in full, and a list of names.

    Parameters
    ----------
    text
        What `dumps` wrote.
    file
        Name of the file, for messages.

    Raises
    ------
    ScenarioError
        If the text is no game, or its scenario is at fault; it lists every fault.
    StudyError
        If the scenario has no such actor, or it cannot say what it says in the game.
    StoreError
        If the replay differs from the game that was saved: it was changed, or saved by another version of the model.
    """
    form = _form(json_of(text, file), file)
    scenario = scenario_of(form.scenario, file=f"scenario in {file or 'the game'}")
    choices = tuple(Choice(row.day, row.target, row.act) for row in form.choices)
    said = tuple(Said(row.day, row.after, row.statement()) for row in form.said)
    here = position(
        Game(scenario, form.actor, form.seed, form.run, choices, said, math.inf if form.stop is None else form.stop)
    )
    differing = [
        what
        for what, saved, found in (
            ("acts", form.acts_sha256, _acts(here)),
            ("outcomes", form.outcomes_sha256 or _outcomes(here), _outcomes(here)),
        )
        if saved != found
    ]
    if differing:
        raise StoreError(
            f"the replay differs in its {' and '.join(differing)} from the game that was saved: {_why(form)}"
        )
    return here


def _why(form: _File) -> str:
    if not form.sources:  # of the earlier form
        return f"it was changed, or saved by an earlier version of the model (it says {form.version})"
    if (here := source_hash("runs")) != form.sources:
        return f"it was saved by another version of the model ({form.version}, sources {form.sources}; here {here})"
    return "it was changed"


def save(here: Position, path: str | os.PathLike[str]) -> None:
    """Write a game to a file; see `dumps`.

    Raises
    ------
    StoreError
        If the file cannot be written.
    """
    try:
        with written_whole(path) as part:
            part.write_text(dumps(here), encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(f"{os.fspath(path)}: cannot be written ({error.strerror or error})") from error


def load(path: str | os.PathLike[str]) -> Position:
    """Read a game from a file, and replay it to where it was saved; see `loads`.

    Raises
    ------
    StoreError
        If the file cannot be read, or the replay differs.
    ScenarioError
        If it is no game, or its scenario is at fault.
    StudyError
        If the scenario has no such actor.
    """
    name = os.fspath(path)
    try:
        with Path(name).open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise StoreError(f"{name}: cannot be read ({error.strerror or error})") from error
    return loads(content, file=name)


def json_of(text: str | bytes, file: str | None) -> Any:
    """What a file of JSON holds; too large a one, or none, is a `ScenarioError`."""
    if len(text) > MOST_BYTES:
        raise ScenarioError([Fault("", f"is larger than {MOST_BYTES:,} bytes, the most allowed")], file=file)
    try:
        return json.loads(text)
    except RecursionError:
        raise ScenarioError([Fault("", "is nested too deeply")], file=file) from None
    except ValueError as error:  # also text that is not UTF-8, and numbers of thousands of digits
        raise ScenarioError([Fault("", f"is not valid JSON: {error}")], file=file) from None


def _form(data: Any, file: str | None) -> _File:
    if not isinstance(data, dict) or "format" not in data:
        raise ScenarioError([Fault("", "is no saved game; a game is what the page or `dumps` saves")], file=file)
    if str(data["format"]).startswith(_SHARED):
        raise ScenarioError([Fault("", "is a saved game of several chairs; open it as a game for several")], file=file)
    try:
        form = _File.model_validate(data)
    except ValidationError as error:
        raise refusal(_File.located(error, data), data, file=file) from None
    for name, since in (("said", (FORMAT, _DECIDING)), ("stop", (FORMAT,))):
        if getattr(form, name) not in ((), None) and form.format not in since:
            raise ScenarioError([Fault(name, f"has no place in a file of the form {form.format}")], file=file)
    if form.format != _EARLIER:
        missing = [name for name in ("outcomes_sha256", "sources") if not getattr(form, name)]
        if missing:
            raise ScenarioError(
                [Fault(name, f"is missing; a file of the form {form.format} has it") for name in missing], file=file
            )
    return form


def statement_row(statement: Statement) -> dict[str, Any]:
    """A statement as a file holds it, without what is not stated."""
    stated = {
        field.name: value
        for field in dataclasses.fields(Statement)
        if (value := getattr(statement, field.name)) != field.default
    }
    return {**stated, "receivers": list(statement.receivers)}


def _said_row(said: Said) -> dict[str, Any]:
    return {"day": said.day, "after": said.after, **statement_row(said.statement)}


def _acts(here: Position) -> str:
    """Fingerprint of all acts, in whole numbers, so that it is the same on every machine; and of what was said."""
    acts = acts_of(here.trajectory)
    said = [_said_row(said) for said in here.game.said]
    return fingerprint([acts, said] if said else acts)


def _outcomes(here: Position) -> str:
    return fingerprint(outcomes_of(here.trajectory))


def acts_of(trajectory: Trajectory) -> list[list[int]]:
    """All acts, as whole numbers."""
    return [[int(value) for value in row] for row in trajectory.acts.tolist()]


def outcomes_of(trajectory: Trajectory) -> dict[str, Any]:
    """All outcomes: periods and counts, and so whole numbers as well.

    Agreements enter where there can be any: games that were saved before there were have the fingerprint of the rest.
    Concessions and joint force never do, so that games which were saved before they were kept are still known: both
    follow from the acts, which have a fingerprint of their own, and from the wars.
    """
    left_out = {"conceded", "joint"} if trajectory.scenario.rules.conciliation else {"agreed", "conceded", "joint"}
    outcomes = trajectory.outcomes.items()
    return {name: array.tolist() for name, array in sorted(outcomes) if name not in left_out}


def fingerprint(data: object) -> str:
    """SHA-256 of plain data."""
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()
