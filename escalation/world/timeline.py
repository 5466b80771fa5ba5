"""References of the timeline: who says what about whom, what befalls whom, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from escalation.world.ladder import Role
from escalation.world.near import near, short
from escalation.world.places import Located, Path
from escalation.world.signal import SignalKind, a_kind
from escalation.world.view import View, texts

__all__ = ["authorisation_faults", "event_faults", "observed_faults", "signal_faults", "term_faults"]

_AFTER_AS_OF = (
    "is after as_of: what really happened then belongs to observed; what was known or is supposed beforehand "
    "needs planned = true"
)
_KINDS = tuple(kind.value for kind in SignalKind)
_SPEAKS_OF_RUNG = ("threat", "vow", "demand", "refusal")
_NAMES_RUNG = (*_SPEAKS_OF_RUNG, "authorisation")
_WORDS_TAKEN_BACK = ("threat", "vow", "demand", "authorisation")


def _dates(
    view: View, place: Path, row: Mapping[str, Any], keys: tuple[str, ...] = ("date", "reported", "latest")
) -> Iterator[Located]:
    """Faults of the dates of a scheduled item."""
    for key in keys:
        day = view.day(row.get(key))
        if day is None:
            continue
        if day < 0.0:
            yield (*place, key), "must not be before start"
        if view.horizon is not None and day > view.horizon:
            yield (*place, key), f"must not be after start + horizon, which is day {view.horizon:g}"
        if view.as_of is not None and day > view.as_of and row.get("planned", False) is False:
            yield (*place, key), _AFTER_AS_OF


def term_faults(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    """Faults of the days on which a commitment begins and lapses."""
    yield from _dates(view, place, row, ("begins", "lapses"))
    begins, lapses = view.day(row.get("begins")), view.day(row.get("lapses"))
    if lapses is not None and 0.0 <= lapses <= max(begins or 0.0, 0.0):
        after = "start" if begins is None else "begins"
        yield (*place, "lapses"), f"must be after {after}, so that there are days on which the commitment is in force"
    dated = begins is not None or lapses is not None
    if row.get("planned") is True and not dated:
        yield (*place, "planned"), "is for a commitment with a day in begins or lapses; leave it out"


def signal_faults(view: View) -> Iterator[Located]:
    """Faults of the references of the signals."""
    yield from _occasions(view)
    for key, row in view.signals.items():
        place = ("signals", key)
        yield from _dates(view, place, row)
        yield from view.actor((*place, "sender"), row.get("sender"))
        yield from view.actor_list((*place, "receivers"), row.get("receivers"))
        for i, name in texts(row.get("receivers")):
            if name == row.get("sender"):
                yield (*place, "receivers", i), "the sender cannot be a receiver"
        yield from _channel(view, place, row)
        yield from _rungs(view, place, row)
        yield from _ultimatum(view, place, row)
        yield from _share(place, row)
        yield from _subject(view, place, row)


def _occasions(view: View) -> Iterator[Located]:
    """Signals of one occasion occurred together, so they must be equally probable."""
    first: dict[str, str] = {}
    for key, row in view.signals.items():
        occasion = row.get("occasion")
        other = first.setdefault(occasion if isinstance(occasion, str) else key, key)
        if other != key and _occurred(row) != _occurred(view.signals[other]):
            together = "signals of one occasion occurred together or not at all"
            yield (
                ("signals", key, "occurred"),
                f"must equal that of {short(other)} (or its reliability): {together}",
            )


def _occurred(signal: Mapping[str, Any]) -> Any:
    """Probability that a signal was said, as far as it was given."""
    occurred = signal.get("occurred")
    return signal.get("reliability", 1.0) if occurred is None else occurred


def _channel(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    said, reported = view.day(row.get("date")), view.day(row.get("reported"))
    if said is not None and reported is not None and reported < said:
        yield (*place, "reported"), "must not be before the signal's own date"
    if row.get("channel", "public") == "public":
        if row.get("reported") is not None:
            yield (*place, "reported"), "is for private signals only; a public one is known at once"
        if row.get("leak", 0.0) != 0.0:
            yield (*place, "leak"), "is for private signals only; a public one has nothing to leak"


def _rungs(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    kind = row.get("kind")
    for key, kinds in (("rung", _NAMES_RUNG), ("trigger", ("threat",))):
        yield from view.rung((*place, key), row.get(key), least=Role.THREAT)
        if row.get(key) is not None and kind in _KINDS and kind not in kinds:
            yield (*place, key), f"has no meaning for {a_kind(str(kind))}; it is for: {', '.join(kinds)}"


def _ultimatum(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    """What follows if a demand is not met: only a demand that names a rung can bind its sender to one it faces."""
    kind, sender = row.get("kind"), row.get("sender")
    if row.get("or_else") is None or kind not in _KINDS:
        return
    place = (*place, "or_else")
    if kind != "demand":
        yield place, f"has no meaning for {a_kind(str(kind))}; it is for: demand"
        return
    if row.get("rung") is None:
        yield place, "needs a rung: what the sender does if the demand is not met"
    asked = [name for _, name in texts(row.get("receivers")) if name in view.actors]
    towards = row.get("subject") or sender
    if isinstance(sender, str) and asked and sender in view.actors:
        reached = [name for name in asked if view.has_front(sender, name) and view.has_front(name, towards)]
        if not reached:
            front = f"that one a front to {short(towards)}"
            yield (
                place,
                f"{short(sender)} needs a front to one of the receivers, against whom it would act, and {front}",
            )


def _share(place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    """How much is conceded: every concession says so, and nothing else can."""
    kind, share = row.get("kind"), row.get("share")
    if kind == "concession" and share is None:
        yield (*place, "share"), "is missing; a concession must say what part of the demand it grants, up to 1 for all"
    if share is not None and kind in _KINDS and kind != "concession":
        yield (*place, "share"), f"has no meaning for {a_kind(str(kind))}; it is for: concession"


def _subject(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    kind, subject = row.get("kind"), row.get("subject")
    if subject is not None and not isinstance(subject, str):
        return
    place = (*place, "subject")
    if kind in ("demand", "appeal"):
        yield from _restraint(view, place, row, kind, subject)
    elif kind == "refusal":
        yield from _refused(view, place, row, subject)
    elif kind in _SPEAKS_OF_RUNG:
        yield from _target(view, place, row, subject)
    elif kind == "reassurance":
        yield from view.actor(place, subject)
    elif kind == "warning":
        yield from _commitment(view, place, row, subject)
    elif kind == "disclosure":
        yield from _motive(view, place, row, subject)
    elif kind == "denial":
        yield from _denied(view, place, row, subject)
    elif kind == "withdrawal":
        yield from _withdrawn(view, place, row, subject)
    elif kind == "concession":
        yield from _conceded(view, place, row, subject)
    elif kind == "authorisation":
        yield from view.actor(place, subject)
        for path, what in authorisation_faults(view, row):
            yield (*place[:-1], *path), what


def _target(view: View, place: Path, row: Mapping[str, Any], subject: str | None) -> Iterator[Located]:
    """A threat or vow needs a front to its target."""
    sender, receivers = row.get("sender"), texts(row.get("receivers"))
    yield from view.actor(place, subject)
    target = subject if subject is not None else receivers[0][1] if receivers else None
    if not isinstance(sender, str) or sender not in view.actors or target not in view.actors:
        return
    if not view.has_front(sender, target):
        targets = [other for other in view.actors if view.has_front(sender, other)]
        none = f"there is no front from {short(sender)} to anybody"
        what = f"{short(sender)} needs a front to {short(target)}, whom it speaks of"
        yield place, f"{what}{near(target, targets, none=none)}"


def _restraint(view: View, place: Path, row: Mapping[str, Any], kind: str, subject: str | None) -> Iterator[Located]:
    """A demand or an appeal asks for restraint towards an actor that one of its receivers faces."""
    yield from view.actor(place, subject)
    sender = row.get("sender")
    if kind == "appeal" and subject is not None and subject == sender:
        yield place, "an appeal asks for restraint towards others; what one asks for oneself is a demand"
        return
    if kind == "appeal" and subject is None:
        yield from _somebody_faced(view, place, row)
        return
    towards = subject if subject is not None else sender
    if not isinstance(towards, str) or towards not in view.actors:
        return
    asked = [name for _, name in texts(row.get("receivers")) if name in view.actors]
    if asked and not any(view.has_front(name, towards) for name in asked):
        yield place, f"none of the receivers has a front to {short(towards)}, towards whom restraint is asked"


def _somebody_faced(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    """An appeal that names nobody asks its receivers for restraint towards all whom they face but its sender."""
    asked = [name for _, name in texts(row.get("receivers")) if name in view.actors]
    others = [name for name in view.actors if name != row.get("sender")]
    if asked and not any(view.has_front(name, other) for name in asked for other in others):
        yield place, "none of the receivers has a front to anybody but the sender; an appeal would change nothing"


def _not_before(
    view: View, place: Path, row: Mapping[str, Any], other: Mapping[str, Any], answer: str
) -> Iterator[Located]:
    """An answer comes no earlier than what it is about."""
    when, said = view.day(other.get("date")), view.day(row.get("date"))
    if when is not None and said is not None and said < when:
        yield place, f"{short(row['subject'])} is dated later than its {answer}"


def _refused(view: View, place: Path, row: Mapping[str, Any], subject: str | None) -> Iterator[Located]:
    """A refusal answers its receivers, one of whom its sender faces; it may name the demand that it refuses."""
    sender = row.get("sender")
    demands = [key for key, other in view.signals.items() if other.get("kind") == "demand"]
    if subject is not None and subject not in demands:
        what = f"{short(subject)} is no demand; name one or leave it out"
        yield place, f"{what}{near(subject, demands, none='there is no demand among the signals')}"
    elif subject is not None:
        yield from _not_before(view, place, row, view.signals[subject], "refusal")
    asked = [name for _, name in texts(row.get("receivers")) if name in view.actors]
    if isinstance(sender, str) and asked and not any(view.has_front(sender, name) for name in asked):
        yield (*place[:-1], "receivers"), f"{short(sender)} needs a front to one of the receivers, whom it refuses"


def _commitment(view: View, place: Path, row: Mapping[str, Any], subject: str | None) -> Iterator[Located]:
    """A warning is about a commitment of its sender."""
    if subject in view.commitments and view.commitments[subject].get("patron") == row.get("sender"):
        return
    own = [key for key, other in view.commitments.items() if other.get("patron") == row.get("sender")]
    none = "there is no commitment of the sender"
    if subject is None:
        yield place, f"is missing; a warning must name a commitment of its sender{near('', own, none=none)}"
    elif subject not in view.commitments:
        yield place, f"no commitment {short(subject)}{near(subject, own, none=none)}"
    else:
        yield place, f"the sender is not the patron of {short(subject)}{near(subject, own, none=none)}"


def _motive(view: View, place: Path, row: Mapping[str, Any], subject: str | None) -> Iterator[Located]:
    """A disclosure tells somebody who faces a third actor of that actor's motive."""
    if subject is None:
        yield place, f"is missing; a disclosure must name the actor it is about{near('', view.actors)}"
        return
    yield from view.actor(place, subject)
    if subject == row.get("sender"):
        yield place, "a disclosure is about a third actor, not about its sender"
    elif subject in view.actors:
        told = [name for _, name in texts(row.get("receivers"))]
        if row.get("channel", "public") == "public":
            told = list(view.actors)
        if not any(view.has_front(name, subject) for name in told if name != row.get("sender")):
            yield place, f"no receiver has a front to {short(subject)}, so none could act on it"


def _denied(view: View, place: Path, row: Mapping[str, Any], subject: str | None) -> Iterator[Located]:
    """A denial is of a provocation or a signal that came no later."""
    denied = None
    if subject is not None:
        denied = view.signals.get(subject)
        if view.events.get(subject, {}).get("kind") == "provocation":
            denied = view.events[subject]
    if denied is None or denied is row:
        provocations = [key for key, event in view.events.items() if event.get("kind") == "provocation"]
        known = provocations + [key for key, signal in view.signals.items() if signal is not row]
        missing = "is missing; a denial must name a provocation or a signal"
        unknown = f"no provocation or other signal {short(subject)}"
        allowed = near(subject or "", known, none="there is nothing that could be denied")
        yield place, f"{missing if subject is None else unknown}{allowed}"
        return
    yield from _not_before(view, place, row, denied, "denial")


def _withdrawn(view: View, place: Path, row: Mapping[str, Any], subject: str | None) -> Iterator[Located]:
    """A withdrawal takes back words of its sender that bind, and came no later; public ones in public."""
    words = {key: other for key, other in view.signals.items() if other.get("kind") in _WORDS_TAKEN_BACK}
    own = [key for key, other in words.items() if other.get("sender") == row.get("sender")]
    none = "there is no word of the sender that could be taken back"
    if subject is None:
        what = "a withdrawal must name a threat, vow, demand or authorisation of its sender"
        yield place, f"is missing; {what}{near('', own, none=none)}"
        return
    if subject not in own:
        other = f"{short(subject)} was said by another, and the sender can take back only its own words"
        unknown = f"no threat, vow, demand or authorisation {short(subject)}"
        yield place, f"{other if subject in words else unknown}{near(subject, own, none=none)}"
        return
    yield from _not_before(view, place, row, words[subject], "withdrawal")
    if row.get("channel", "public") == "private" and words[subject].get("channel", "public") == "public":
        yield (*place[:-1], "channel"), f"{short(subject)} was said in public, and can be taken back in public alone"


def _conceded(view: View, place: Path, row: Mapping[str, Any], subject: str | None) -> Iterator[Located]:
    """A concession is made by a receiver of a demand that came no later, and told to the sender of that demand."""
    sender, demands = row.get("sender"), {k: row for k, row in view.signals.items() if row.get("kind") == "demand"}
    own = [key for key, other in demands.items() if sender in [name for _, name in texts(other.get("receivers"))]]
    none = "the sender has received no demand"
    if subject is None:
        yield place, f"is missing; a concession must name a demand that its sender received{near('', own, none=none)}"
        return
    if subject not in own:
        other = f"{short(subject)} was not said to the sender, who can concede only what is demanded of it"
        unknown = f"no demand {short(subject)}"
        yield place, f"{other if subject in demands else unknown}{near(subject, own, none=none)}"
        return
    demand = demands[subject]
    by = demand.get("sender")
    towards = demand.get("subject") or by
    if isinstance(by, str) and by in view.actors and by not in [name for _, name in texts(row.get("receivers"))]:
        yield (*place[:-1], "receivers"), f"{short(by)} is missing; a concession is told to whoever made the demand"
    known = isinstance(sender, str) and isinstance(towards, str) and towards in view.actors
    if known and not view.has_front(sender, towards):
        yield place, f"{short(subject)} asks nothing of {short(sender)}, which has no front to {short(towards)}"
    yield from _not_before(view, place, row, demand, "concession")


def authorisation_faults(view: View, row: Mapping[str, Any]) -> Iterator[Located]:
    """Faults of an authorisation, within its row: a receiver or a subject for which its sender has no pledge."""
    sender, subject = row.get("sender"), row.get("subject")
    if not isinstance(sender, str) or sender not in view.actors:
        return
    against: list[str] = []
    for i, name in texts(row.get("receivers")):
        if name not in view.actors or name == sender:
            continue
        adversaries = view.pledged_against(sender, name)
        against += adversaries
        if not adversaries:
            yield ("receivers", i), _no_protege(view, sender, name)
    if isinstance(subject, str) and subject in view.actors and against and subject not in against:
        what = f"{short(sender)} has no pledge to any of the receivers against {short(subject)}"
        yield ("subject",), f"{what}{near(subject, dict.fromkeys(against))}"


def _no_protege(view: View, sender: str, name: str) -> str:
    """Why an authorisation cannot go to an actor."""
    what = f"{short(name)} has no pledge of {short(sender)}; an authorisation goes to protégés of its sender"
    if view.actors[name].get("principal") == sender:
        return f"{what}, and a principal gives its proxy leave by a lower control"
    proteges = [other for other in view.actors if view.pledged_against(sender, other)]
    return f"{what}{near(name, proteges, none=f'{short(sender)} has pledged to stand by nobody')}"


def event_faults(view: View) -> Iterator[Located]:
    """Faults of the references of the events."""
    for key, row in view.events.items():
        place = ("events", key)
        yield from _dates(view, place, row)
        yield from view.actor((*place, "actor"), row.get("actor"))
        yield from view.actor_list((*place, "mediators"), row.get("mediators"))
        yield from _victims(view, place, row)
        yield from _suspects(view, place, row)
        yield from _open_act(view, place, row)
        yield from _parties(view, place, row)


def _victims(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    seen = set()
    for i, victim in _tables(row.get("victims")):
        name = victim.get("actor")
        yield from view.actor((*place, "victims", i, "actor"), name)
        if isinstance(name, str):
            if name in seen:
                yield (*place, "victims", i, "actor"), f"{short(name)} is listed twice"
            if name == row.get("actor"):
                yield (*place, "victims", i, "actor"), "an actor cannot be the victim of its own accident"
            seen.add(name)


def _suspects(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    seen: dict[frozenset[str], int] = {}
    hypotheses = _tables(row.get("suspects"))
    for i, suspect in hypotheses:
        yield from view.actor_list((*place, "suspects", i, "actors"), suspect.get("actors"))
        names = frozenset(name for _, name in texts(suspect.get("actors")))
        if names and seen.setdefault(names, i) != i:
            same = f"the same actors as in suspects.{seen[names]}; merge the two"
            yield (*place, "suspects", i, "actors"), same
    other = row.get("other", {})
    if not hypotheses or not isinstance(other, Mapping):
        return
    weights = [suspect for _, suspect in hypotheses] + [{"prior": 0.1, **other}]
    if not any(all(_positive(row.get(key, 1.0)) for key in ("prior", "likelihood")) for row in weights):
        yield (*place, "suspects"), "at least one hypothesis needs a prior and a likelihood above 0"


def _open_act(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    """An act that tells of its author was done openly, by one known actor, to a victim that it faces."""
    if row.get("kind") != "provocation" or row.get("rung") is None:
        return
    place = (*place, "rung")
    yield from view.rung(place, row["rung"], least=Role.THREAT, most=Role.MAJOR)
    if row.get("publicity", 1.0) != 1.0:
        yield place, "is for an act that all saw its author do, so that publicity is 1; leave one of the two out"
    hypotheses = [[name for _, name in texts(suspect.get("actors"))] for _, suspect in _tables(row.get("suspects"))]
    if len(hypotheses) != 1 or len(hypotheses[0]) != 1:
        yield place, "is for an act of one known author, so that there is one suspect, which is one actor"
        return
    author, victims = hypotheses[0][0], [victim.get("actor") for _, victim in _tables(row.get("victims"))]
    known = author in view.actors and any(isinstance(name, str) and name in view.actors for name in victims)
    if known and not any(view.has_front(author, name) for name in victims):
        faced = [name for name in view.actors if view.has_front(author, name)]
        allowed = near("", faced, none=f"{short(author)} has no front")
        if victims == [author]:
            what = f"{short(author)} is both author and only victim; an act with a rung needs a victim"
            yield (*place[:-1], "victims", 0, "actor"), f"{what} that its author has a front to{allowed}"
        else:
            what = f"{short(author)} needs a front to one of the victims; it cannot act towards any of them"
            yield place, f"{what}{allowed}"


def _positive(quantity: Any) -> bool:
    """Whether a quantity can be above 0; one that cannot be read counts as if it could."""
    return not isinstance(quantity, (int, float)) or quantity > 0.0


def _parties(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    yield from view.actor_list((*place, "parties"), row.get("parties"))
    parties = [name for _, name in texts(row.get("parties"))]
    known = [name for name in parties if name in view.actors]
    first, latest = view.day(row.get("date")), view.day(row.get("latest"))
    if first is not None and latest is not None and latest < first:
        yield (*place, "latest"), "must not be before the event's own date"
    if len(set(known)) < len(parties):
        return
    if len(parties) == 2 and not view.has_front(*parties):
        yield (*place, "parties"), f"needs a front {short('-'.join(parties))}: there is nothing to mediate"
    for i, name in enumerate(parties if len(parties) > 2 else ()):
        if not any(view.has_front(name, other) for other in parties):
            yield (
                (*place, "parties", i),
                f"{short(name)} needs a front to another of the parties",
            )


def observed_faults(view: View) -> Iterator[Located]:
    """Faults of the references of the acts that really happened."""
    for i, row in _tables(view.data.get("observed")):
        place = ("observed", i)
        for key in ("actor", "target"):
            yield from view.actor((*place, key), row.get(key))
        if isinstance(row.get("actor"), str) and row["actor"] == row.get("target"):
            yield (*place, "target"), "must not be the actor itself"
        yield from view.rung((*place, "rung"), row.get("rung"), least=Role.RESTRAINT)
        yield from _conciliatory(view, place, row)
        day = view.day(row.get("date"))
        if day is not None and day < 0.0:
            yield (*place, "date"), "must not be before start"


def _conciliatory(view: View, place: Path, row: Mapping[str, Any]) -> Iterator[Located]:
    """An agreement or a concession is no act above restraint, and nobody hides it; the latter is by one side alone."""
    flags = [flag for flag in ("agreement", "concession") if row.get(flag) is True]
    if len(flags) == 2:
        yield (*place, "concession"), "a concession is by one side alone; an agreement is an entry of its own"
    least, *higher = view.rungs or ("",)
    for flag in flags[:1]:
        article = "an" if flag == "agreement" else "a"
        if row.get("rung") in higher:
            yield (
                (*place, "rung"),
                f"{article} {flag} is on the rung {short(least)}; an act above it is an entry of its own",
            )
        if row.get("covert") is True:
            yield (*place, "covert"), f"{article} {flag} has no undisclosed hand"


def _tables(value: Any) -> list[tuple[int, Mapping[str, Any]]]:
    """Tables in a list, with their positions."""
    rows = enumerate(value) if isinstance(value, (list, tuple)) else ()
    return [(i, row) for i, row in rows if isinstance(row, Mapping)]
