"""A scenario file to start from: it validates as it is, and says of each key what it means and what its default is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from escalation.errors import StudyError
from escalation.files.file_format import FORMAT
from escalation.files.writing import key_text, value_text
from escalation.world.actor import Actor
from escalation.world.base import Part
from escalation.world.commitment import Commitment
from escalation.world.fits import fit_names
from escalation.world.front import Front
from escalation.world.plain import plain
from escalation.world.rules import Rules

__all__ = ["template"]

_KEY = 40
"""Columns that a key and its value take, so that remarks stand below each other."""
_NOT_HERE = {"id", "name", "note", "source", "actor", "target", "patron", "protege"}

_HEAD = """\
# {name}: say here in a line or two what this crisis is about.
#
# Lines such as "# horizon = 90" show defaults: take the "# " away to state another value. Any number may be a
# distribution, which is drawn once per run: {{ distribution = "uniform", low = 0.2, high = 0.8 }}, or one that is
# "normal" (mean, sd), "lognormal" (median, sigma), "beta" (a, b), "triangular" (low, mode, high) or "elicited"
# (probabilities, values).
# Give a reason beside each number that is a judgement, and a source with each dated item.
#
# What is wrong in this file:       escalation validate {file}
# How likely each outcome is:       escalation run {file}
# All keys, for an editor's help:   escalation schema > scenario.schema.json

{format} # of this file: what its keys mean
name = {quoted}
title = ""
description = ""
{start} # first day; day 0 of every result
{horizon} # length of a run, in days after the start
# as_of = {date}                    # information date: choices begin the day after; what comes later must be `planned`
{fit} # what is not stated is then as fitted to real crises, and not as below
"""

_PATRON = """\
# Somebody who stands by another: take the "# " away from these lines, and change them.
# [actors.patron]
# name = "Patron"
# [commitments.{key}]
# patron = "patron"
# protege = {protege}
"""

_SIGNAL = """\
# Something said: take the "# " away from all of these lines, and change them.
# [signals.warning]
# kind = "threat"                       # threat, vow, warning, reassurance, denial, disclosure, demand, appeal,
#                                       # refusal, withdrawal, concession, authorisation
# date = 2                              # a date such as {start}, or days after the start
# sender = {sender}
# receivers = [{receiver}]
# source = ""                           # where it is documented; `reliability` is how far that is to be trusted
"""

_EVENT = """\
# Something that happened: a provocation by a hand that may be uncertain. There are accidents, internal shocks and
# mediations too.
# [events.incident]
# kind = "provocation"
# date = 1
# victims = [{{ actor = {victim}, severity = 0.4 }}]          # severity as the intensity of a rung, 0 to 1
# suspects = [{{ actors = [{suspect}], likelihood = 4.0 }}]   # how much better the evidence fits them than others
# source = ""
"""


def template(
    name: str,
    *,
    actors: Sequence[str] = ("north", "south"),
    pledges: Sequence[tuple[str, str]] = (),
    start: datetime.date = datetime.date(2000, 1, 1),
    horizon: int = 90,
    file: str = "FILE",
) -> str:
    """Write the text of a scenario file to start from.

    The first actor wants what each of the others in turn holds; who pledges support to another faces nobody.

    Parameters
    ----------
    name
        Name of the scenario.
    actors
        Ids of two or more actors.
    pledges
        Patron and protégé of each commitment; both are among the actors.
    start
        First day.
    horizon
        Length of a run, in days.
    file
        Name of the file, for the remarks at its head.

    Returns
    -------
    str
        The text: a good scenario, in which every key that is left out and has a default stands as a remark with it.

    Raises
    ------
    StudyError
        If there are not two actors who face each other, or a pledge is by or to somebody else.

    Examples
    --------
    >>> from escalation.files import loads
    >>> loads(template("strait", actors=["reva", "sena", "tor"], pledges=[("tor", "sena")])).front_ids
    ('reva-sena', 'sena-reva')
    """
    patrons = {patron for patron, _ in pledges}
    strange = [one for pair in pledges for one in pair if one not in actors]
    facing = [actor for actor in actors[1:] if actor not in patrons]
    if strange:
        raise StudyError(f"a pledge is by or to {strange[0]!r}, who is no actor; actors: {', '.join(actors)}")
    if not facing or actors[0] in patrons:
        raise StudyError("a crisis needs two actors who face each other, of whom the first pledges nothing to another")
    blocks = [_head(name, file, start, horizon), "# Numbers of the whole crisis.\n# [rules]\n" + _defaults(Rules)]
    for k, actor in enumerate(actors):
        blocks.append(_opens("actors", actor) + f"name = {value_text(actor.capitalize())}\n" + _told_once(k, Actor))
    for k, other in enumerate(facing):
        wants = _line("revisionism = 0.5", "it values half of what force could gain; the default is 0")
        told = wants + _told_once(k, Front, but=("revisionism",))
        blocks += [_opens("fronts", f"{actors[0]}-{other}") + told, _opens("fronts", f"{other}-{actors[0]}")]
    for k, (patron, protege) in enumerate(pledges):
        names = f"patron = {value_text(patron)}\nprotege = {value_text(protege)}\n"
        blocks.append(_opens("commitments", f"{patron}-{protege}") + names + _told_once(k, Commitment))
    one, other = value_text(actors[0]), value_text(facing[0])
    if not pledges and "patron" not in actors:
        blocks.append(_PATRON.format(key=key_text(f"patron-{facing[0]}"), protege=other) + _defaults(Commitment))
    blocks.append(_SIGNAL.format(start=start, sender=other, receiver=one))
    blocks.append(_EVENT.format(victim=one, suspect=other))
    return "\n".join(blocks)


def _head(name: str, file: str, start: datetime.date, horizon: int) -> str:
    # Text in a remark stands on one line, whatever it holds.
    told = {"name": " ".join(name.split()), "file": " ".join(file.split()), "quoted": value_text(name)}
    stated = {
        "format": f"format = {FORMAT}",
        "start": f"start = {start}",
        "horizon": f"horizon = {horizon}",
        "fit": f"# fit = {value_text(fit_names()[-1])}",
    }
    return _HEAD.format(**told, date=start, **{key: f"{line:<{_KEY - 1}}" for key, line in stated.items()})


def _opens(table: str, key: str) -> str:
    return f"[{table}.{key_text(key)}]\n"


def _told_once(k: int, part: type[Part], *, but: Sequence[str] = ()) -> str:
    return _defaults(part, but=but) if k == 0 else ""


def _defaults(part: type[Part], *, but: Sequence[str] = ()) -> str:
    """Keys of a part with their defaults, as remarks; keys whose default is nothing are left to the schema."""
    lines = []
    for key, field in part.model_fields.items():
        default: Any = plain(field.get_default(call_default_factory=True)) if not field.is_required() else None
        if key in _NOT_HERE or key in but or default is None:
            continue
        about = " ".join(part.descriptions().get(key, "").split()).rstrip(".")
        lines.append(_line(f"# {key} = {value_text(default)}", about))
    return "".join(lines)


def _line(stated: str, about: str) -> str:
    return f"{stated:<{_KEY - 1}} # {about}\n"
