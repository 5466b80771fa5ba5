"""Random valid scenarios, for what must hold always.

The shape of a scenario (how many actors, signals and so on, and which mechanisms it uses) is drawn by
Hypothesis and shrinks. The many values that fill the shape come from a generator with a drawn seed: to draw
each by itself would be slow, and a large scenario would not fit in Hypothesis's buffer.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from itertools import permutations
from random import Random
from typing import Any

from hypothesis import strategies as st

from escalation.world.rules import Rules
from escalation.world.scenario import Scenario
from escalation.world.signal import SignalKind

__all__ = ["authorising", "conceding", "quantity", "scenario_data", "scenarios"]

Row = dict[str, Any]

NAMES = ("irn", "isr", "usa", "hzb", "rus", "chn", "pij", "omn")
ROLES = ("restraint", "threat", "display", "force", "major", "war")
START = datetime.date(2024, 7, 30)
HUNDREDTHS = (0.02, 0.98)


def quantity(random: Random, low: float, high: float, *, fixed: float = 0.7) -> float | Row:
    """Number or distribution that lies within two finite bounds; a number with probability `fixed`."""
    if random.random() < fixed:
        return random.uniform(low, high)
    width = high - low
    one, two, three = (low + width * share for share in (0.25, 0.5, 0.75))
    bounds = {"low": low, "high": high}
    kinds: list[Row] = [
        {"distribution": "uniform", "low": one, "high": three},
        {"distribution": "triangular", "low": low, "mode": one, "high": high},
        {"distribution": "normal", "mean": two, "sd": width / 3.0, **bounds},
        {"distribution": "elicited", "probabilities": [0.1, 0.9], "values": [one, three], **bounds},
        {"distribution": "elicited", "probabilities": [0.1, 0.5, 0.9], "values": [one, two, three], **bounds},
    ]
    if low >= 0.0:
        kinds.append({"distribution": "lognormal", "median": two, "sigma": 0.5, **bounds})
    if low < 0.1 and 0.9 < high <= 1.0:
        kinds.append({"distribution": "beta", "a": 2.0, "b": 3.0, **bounds})
    return random.choice(kinds)


def _share(random: Random) -> float | Row:
    """Probability, at times a bare 0 or 1."""
    return random.choice((0.0, 1.0)) if random.random() < 0.1 else quantity(random, *HUNDREDTHS)


def _ladder(random: Random, rungs: int) -> Row:
    """Ladder with this many rungs, from 4 to 12."""
    middle = sorted(["force", *random.choices(ROLES[1:5], k=rungs - 3)], key=ROLES.index)
    roles = ["restraint", *middle, "war"]
    heights = sorted(random.sample(range(1, 100), rungs - 2))
    rows = []
    for i, role in enumerate(roles):
        share = 0.0 if i == 0 else 1.0 if i == rungs - 1 else heights[i - 1] / 100.0
        covert = role in ("display", "force", "major") and random.random() < 0.4
        row = {"name": f"{role}-{i}", "intensity": share, "gain": 0.7 * share, "destruction": share**2}
        rows.append({**row, "role": role, "covert": covert})
    return {"name": "drawn", "rungs": rows}


@dataclass
class _Draft:
    """A scenario in the making."""

    random: Random
    actors: list[str]
    horizon: int
    as_of: float | None
    ladder: Row | None
    fronts: dict[str, Row] = field(default_factory=dict)
    principals: dict[str, str] = field(default_factory=dict)
    commitments: dict[str, Row] = field(default_factory=dict)
    events: dict[str, Row] = field(default_factory=dict)
    signals: dict[str, Row] = field(default_factory=dict)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def rung(self, roles: tuple[str, ...]) -> str | None:
        """Rung with one of these roles, or none where the default should hold."""
        if self.ladder is None:
            names = dict(
                zip(
                    ("restraint", "threat", "display", "limited-strike", "major-strike", "war"),
                    ROLES,
                    strict=True,
                )
            )
        else:
            names = {row["name"]: row["role"] for row in self.ladder["rungs"]}
        fit = [name for name, role in names.items() if role in roles]
        return self.random.choice([None, *fit])

    def when(self, row: Row, *, key: str = "date", least: float = 0.0) -> None:
        """Date an item, as a date or a number of days; at times after the information date, then planned."""
        latest = self.horizon if self.as_of is None or row.get("planned") or self.chance(0.3) else self.as_of
        latest = max(latest, least)
        day = self.random.choice((least, latest, round(self.random.uniform(least, latest), 2)))
        whole = day == int(day)
        row[key] = START + datetime.timedelta(days=int(day)) if whole and self.chance(0.5) else day
        if self.as_of is not None and day > self.as_of:
            row["planned"] = True

    def day(self, row: Row, key: str = "date") -> float:
        date = row[key]
        return float((date - START).days) if isinstance(date, datetime.date) else float(date)


def _actors(draft: _Draft) -> dict[str, Row]:
    random, rows = draft.random, {}
    for name in draft.actors:
        rows[name] = {
            "kind": random.choice(("state", "armed-group")),
            "capability": quantity(random, 0.2, 5.0),
            "war_cost": {"resolute": quantity(random, 0.1, 0.9), "irresolute": quantity(random, 0.5, 2.0)},
            "honour": {"resolute": quantity(random, 0.0, 2.0), "irresolute": quantity(random, 0.0, 1.0)},
            "resolve": _share(random),
            "precision": quantity(random, 0.5, 12.0),
            "audience_cost": quantity(random, 0.0, 2.0),
            "belligerence_cost": quantity(random, 0.0, 1.0),
            "domestic_pressure": _share(random),
            "honesty": _share(random),
            "response_delay": quantity(random, 0.5, 8.0),
            "response_spread": quantity(random, 0.2, 1.5),
            "tempo": quantity(random, 1.0, 30.0),
        }
        kept = random.sample(sorted(rows[name]), random.randint(0, len(rows[name])))
        rows[name] = {key: rows[name][key] for key in kept}
    for proxy, principal in draft.principals.items():
        rows[proxy] |= {"principal": principal, "control": _share(random)}
    return rows


def _choose_principals(draft: _Draft, proxies: int) -> None:
    """Principals that have no principal, each with a front that its proxy has too."""
    for proxy in draft.random.sample(draft.actors, len(draft.actors)):
        if len(draft.principals) >= proxies:
            return
        fit = [
            other
            for other in draft.actors
            if other != proxy
            and other not in draft.principals
            and any({f"{proxy}-{third}", f"{other}-{third}"} <= draft.fronts.keys() for third in draft.actors)
        ]
        if fit and proxy not in draft.principals.values():
            draft.principals[proxy] = draft.random.choice(fit)


def _front_rows(draft: _Draft, pairs: int, *, wars: bool) -> None:
    """Fronts both ways between the first two actors and between other pairs."""
    random, actors = draft.random, draft.actors
    others = [(one, two) for one, two in permutations(actors, 2) if one < two and {one, two} != set(actors[:2])]
    chosen = [tuple(actors[:2]), *random.sample(others, min(pairs, len(others)))]
    for number, (one, two) in enumerate(chosen):
        at_war = wars and number > 0 and draft.chance(0.3)
        for key in (f"{one}-{two}", f"{two}-{one}"):
            row: Row = {
                "stake": quantity(random, 0.2, 3.0),
                "revisionism": _share(random),
                "first_strike_advantage": quantity(random, 0.0, 0.5),
                "spoiler": quantity(random, 0.0, 0.5),
                "baseline": draft.rung(ROLES[:5]) if draft.chance(0.3) else None,
                "resolve": _share(random) if draft.chance(0.5) else None,
                "fear": _share(random),
                "motive": _share(random),
                "deniable": draft.chance(0.5),
                "struck_first": draft.chance(0.2),
                "incidents": _incidents(draft) if draft.chance(0.25) else None,
            }
            draft.fronts[key] = {k: v for k, v in row.items() if v is not None and draft.chance(0.7)}
            if at_war:
                draft.fronts[key]["at_war"] = True


def _incidents(draft: _Draft) -> Row:
    return {
        "rate": quantity(draft.random, 0.0, 0.3),
        "excitation": quantity(draft.random, 0.0, 0.5),
        "decay": quantity(draft.random, 0.6, 3.0),
        "severity": _share(draft.random),
        "blame": _share(draft.random),
    }


def _commitment_rows(draft: _Draft, count: int) -> None:
    random = draft.random
    for number in range(count):
        fit = [
            (patron, protege, adversary)
            for patron, protege, adversary in permutations(draft.actors, 3)
            if f"{adversary}-{protege}" in draft.fronts
        ]
        if not fit:
            return
        patron, protege, adversary = random.choice(fit)
        row: Row = {"patron": patron, "protege": protege, "adversary": random.choice((adversary, None))}
        if draft.chance(0.4):
            row["protege"] = _proteges(draft, row)
        row |= {
            "stake": quantity(random, 0.1, 2.0),
            "strength": _share(random),
            "public": draft.chance(0.6),
            "conditional": draft.chance(0.5),
            "trigger": draft.rung(ROLES[1:]),
            "credence": {"mean": _share(random), "weight": quantity(random, 1.0, 10.0)},
        }
        _term(draft, row)
        draft.commitments[f"pledge-{number}"] = {key: value for key, value in row.items() if value is not None}


def _proteges(draft: _Draft, row: Row) -> list[str]:
    """Several protégés for a commitment, each with somebody whom it is against."""
    protege, others = row["protege"], [name for name in draft.actors if name not in (row["patron"], row["adversary"])]
    fit = [
        name
        for name in others
        if name != protege
        and any(
            f"{adversary}-{name}" in draft.fronts
            for adversary in ([row["adversary"]] if row["adversary"] else draft.actors)
            if adversary != row["patron"]
        )
    ]
    chosen = [protege, *draft.random.sample(fit, draft.random.randint(0, len(fit)))]
    draft.random.shuffle(chosen)
    return chosen


def _term(draft: _Draft, row: Row) -> None:
    """Days on which a commitment begins and lapses, and the act of its protégé that ends it."""
    if draft.chance(0.3):
        row["while_below"] = draft.rung(ROLES[1:])
    if draft.chance(0.3):
        draft.when(row, key="begins")
    begins = draft.day(row, "begins") if "begins" in row else 0.0
    if draft.chance(0.3) and begins < draft.horizon - 1:
        draft.when(row, key="lapses", least=begins + 0.5)


def _event_rows(draft: _Draft, count: int) -> None:
    makers = {
        "provocation": _provocation,
        "accident": _accident,
        "internal-shock": _shock,
        "mediation": _mediation,
    }
    for number in range(count):
        kind = draft.random.choice(list(makers))
        row: Row = {"kind": kind, **makers[kind](draft)}
        if draft.chance(0.3):
            row["occurred"] = _share(draft.random)
        if draft.chance(0.3):
            row["reliability"] = round(draft.random.random(), 2)
        draft.when(row)
        if kind == "mediation" and draft.chance(0.4):
            draft.when(row, key="latest", least=draft.day(row))
        draft.events[f"event-{number}"] = row


def _some(draft: _Draft, names: list[str]) -> list[str]:
    return draft.random.sample(names, draft.random.randint(1, len(names)))


def _provocation(draft: _Draft) -> Row:
    if draft.chance(0.4):
        return _open_act(draft)
    random, suspects = draft.random, []
    for names in {frozenset(_some(draft, draft.actors)) for _ in range(random.randint(1, 4))}:
        weights = {"prior": quantity(random, 0.1, 3.0), "likelihood": quantity(random, 0.1, 5.0)}
        suspects.append({"actors": sorted(names), **weights})
    row: Row = {
        "victims": [{"actor": name, "severity": _share(random)} for name in _some(draft, draft.actors)],
        "publicity": _share(random),
        "suspects": sorted(suspects, key=lambda suspect: suspect["actors"]),
    }
    if draft.chance(0.3):
        row["other"] = {"prior": random.choice((0.0, 0.5)), "likelihood": quantity(random, 0.0, 2.0)}
    return row


def _open_act(draft: _Draft) -> Row:
    """An act that all see its author do, to somebody whom it faces and perhaps to others."""
    author, target = draft.random.choice(list(draft.fronts)).split("-")
    injured = [target, *_some(draft, draft.actors)]
    draft.random.shuffle(injured)
    row: Row = {
        "victims": [{"actor": name, "severity": _share(draft.random)} for name in dict.fromkeys(injured)],
        "suspects": [{"actors": [author], "prior": quantity(draft.random, 0.1, 3.0)}],
    }
    rung = draft.rung(ROLES[1:5])
    return row if rung is None else {**row, "rung": rung}


def _accident(draft: _Draft) -> Row:
    actor, *others = draft.random.sample(draft.actors, len(draft.actors))
    victims = [{"actor": name, "severity": _share(draft.random)} for name in _some(draft, others)]
    return {
        "actor": actor,
        "victims": victims,
        "publicity": _share(draft.random),
        "blame": _share(draft.random),
    }


def _shock(draft: _Draft) -> Row:
    random = draft.random
    severity = quantity(random, 0.0, 0.9)
    return {
        "actor": random.choice(draft.actors),
        "severity": severity,
        "half_life": quantity(random, 1.0, 30.0),
    }


def _mediation(draft: _Draft) -> Row:
    parties = draft.random.choice(list(draft.fronts)).split("-")
    faced = [name for name in draft.actors if f"{name}-{parties[0]}" in draft.fronts and name not in parties]
    parties += draft.random.sample(faced, draft.random.randint(0, len(faced)))
    others = [name for name in draft.actors if name not in parties]
    row = {"parties": parties, "mediators": others[:1], "span": quantity(draft.random, 0.5, 20.0)}
    return {**row, "strength": quantity(draft.random, 0.0, 1.0)}


def _signal_rows(draft: _Draft, count: int) -> None:
    for number in range(count):
        kind = draft.random.choice(list(SignalKind)).value
        row = _answer(draft, kind)
        if row is not None:
            draft.signals[f"signal-{number}"] = {"kind": kind, **_common(draft), **row}
            if row.get("channel") == "public":  # as what it takes back
                draft.signals[f"signal-{number}"].pop("leak", None)
    for key, row in draft.signals.items():
        _date_signal(draft, row)
        if draft.chance(0.4):
            row["occurred"] = _share(draft.random)
        row["source"] = f"invented {key}"
    _share_an_occasion(draft)


def _answer(draft: _Draft, kind: str) -> Row | None:
    """Somebody says something, perhaps about what was said before; None where there is nothing to say it about."""
    if kind == "withdrawal":
        return _taken_back(draft)
    if kind == "authorisation":
        return _authorised(draft)
    return _conceded(draft) if kind == "concession" else _spoken(draft, kind)


def _authorised(draft: _Draft) -> Row | None:
    """A patron that lets one or more of its protégés act, or None where nobody is a patron."""
    if not draft.commitments:
        return None
    pledge = draft.random.choice(list(draft.commitments.values()))
    told = _some(draft, _named(pledge))
    rung = draft.rung(ROLES[1:])
    row = {"sender": pledge["patron"], "receivers": told, "rung": rung, "subject": pledge.get("adversary")}
    if draft.chance(0.5):
        del row["subject"]
    return {key: value for key, value in row.items() if value is not None}


def _named(pledge: Row) -> list[str]:
    """Protégés of a commitment."""
    return [pledge["protege"]] if isinstance(pledge["protege"], str) else list(pledge["protege"])


def _conceded(draft: _Draft) -> Row | None:
    """A demand of which one of its receivers concedes a part or all, or None where there is none."""
    asked = [
        (name, said["sender"], to)
        for name, said in draft.signals.items()
        if said["kind"] == "demand"
        for to in said["receivers"]
        if f"{to}-{said.get('subject') or said['sender']}" in draft.fronts
    ]
    if not asked:
        return None
    name, sender, receiver = draft.random.choice(asked)
    share = 1.0 if draft.chance(0.3) else quantity(draft.random, 0.1, 0.9)
    others = [actor for actor in draft.actors if actor not in (sender, receiver)]
    told = [sender, *draft.random.sample(others, draft.random.randint(0, len(others)))]
    return {"sender": receiver, "subject": name, "receivers": told, "share": share}


def _taken_back(draft: _Draft) -> Row | None:
    """A word that its sender takes back as it was said, or None where there is none."""
    kinds = ("threat", "vow", "demand", "authorisation")
    words = {key: said for key, said in draft.signals.items() if said["kind"] in kinds}
    if not words:
        return None
    name, word = draft.random.choice(list(words.items()))
    told = {"receivers": _some(draft, word["receivers"]), "channel": word.get("channel", "public")}
    return {"sender": word["sender"], "subject": name, **told}


def _spoken(draft: _Draft, kind: str) -> Row | None:
    """Who says what to whom, or None where this scenario has nothing to say it about."""
    random = draft.random
    front = random.choice(list(draft.fronts)).split("-")
    sender, target = front
    row: Row = {"sender": sender, "receivers": [target]}
    if kind == "warning":
        if not draft.commitments:
            return None
        subject, pledge = random.choice(list(draft.commitments.items()))
        row = {"sender": pledge["patron"], "receivers": [], "subject": subject}
    elif kind == "disclosure":
        senders = [name for name in draft.actors if name not in front]
        if not senders:
            return None
        row = {"sender": random.choice(senders), "receivers": [sender], "subject": target}
    elif kind == "appeal":
        senders = [name for name in draft.actors if name not in front]
        if not senders:
            return None
        row = {"sender": random.choice(senders), "receivers": [sender], "subject": random.choice((None, target))}
    elif kind == "denial":
        said = [key for key, event in draft.events.items() if event["kind"] == "provocation"] + list(draft.signals)
        if not said:
            return None
        row["subject"] = random.choice(said)
    elif kind != "reassurance":
        row |= {"subject": random.choice((None, target)), "rung": draft.rung(ROLES[1:])}
        if kind == "demand":
            if row["rung"] is not None and draft.chance(0.5):
                row["or_else"] = quantity(random, 0.5, 10.0)
            faced = [name for name in draft.actors if f"{target}-{name}" in draft.fronts]
            row["subject"] = random.choice((None, sender, *faced))  # towards others than its sender, too
        elif kind == "refusal":
            demands = [key for key, signal in draft.signals.items() if signal["kind"] == "demand"]
            row["subject"] = random.choice((None, *demands))
        row["trigger"] = draft.rung(ROLES[1:]) if kind == "threat" else None
    elif draft.chance(0.3):
        row["subject"] = random.choice(draft.actors)
    others = [name for name in draft.actors if name not in (row["sender"], *row["receivers"])]
    row["receivers"] += random.sample(others, random.randint(0 if row["receivers"] else 1, len(others)))
    if kind not in ("threat", "vow") or row["subject"] is not None:
        random.shuffle(row["receivers"])  # the first one, too, may be somebody whom the sender does not face
    return {key: value for key, value in row.items() if value is not None}


def _common(draft: _Draft) -> Row:
    random = draft.random
    row: Row = {
        "due": quantity(random, 1.0, 20.0),
        "strength": quantity(random, 0.0, 6.0),
        "credence": _share(random),
        "alignment": _share(random),
        "reliability": round(random.random(), 2),
    }
    row = {key: value for key, value in row.items() if draft.chance(0.6)}
    if draft.chance(0.5):
        row["channel"] = "private"
        if draft.chance(0.5):
            row["leak"] = quantity(random, 0.0, 0.3)
    return row


def _date_signal(draft: _Draft, row: Row) -> None:
    """Date a signal, not before what it answers."""
    about = draft.events.get(row.get("subject", "")) or draft.signals.get(row.get("subject", ""))
    answers = row["kind"] in ("denial", "refusal", "withdrawal", "concession") and about
    draft.when(row, least=draft.day(about) if answers else 0.0)
    if row.get("channel") == "private" and draft.chance(0.4):
        draft.when(row, key="reported", least=draft.day(row))


def _share_an_occasion(draft: _Draft) -> None:
    if len(draft.signals) >= 2 and draft.chance(0.4):
        for row in draft.random.sample(list(draft.signals.values()), 2):
            row |= {"occasion": "meeting", "occurred": 0.5}


CHOICES = {
    "depth": [0, 1, 1, 1, 2, 2, 2, "fixed-point"],
    "covert_acts": ["everywhere", "declared"],
    "destruction": ["priced", "as-war"],
    "deliberations": ["every-prompt", "one"],
    "joining": ["utility", "credence"],
    "leash_holds": ["on-condition", "always"],
    "belligerency": [False, True],
    "scheduled_answers": [False, True],
    "conciliation": [False, True],
}
"""Rules that choose between forms of the model."""


def _rules(random: Random) -> Row:
    """Rules drawn about their defaults, some of them zero."""
    rows: Row = {}
    for name, info in Rules.model_fields.items():
        if random.random() < 0.5:
            continue
        if name in CHOICES:
            rows[name] = random.choice(CHOICES[name])
            continue
        kind = Rules.__annotations__[name]
        default = float(info.default or 0.3)  # what is off by default is drawn about a value that is felt
        if kind == "Probability":
            rows[name] = _share(random)
        elif kind == "Positive":
            rows[name] = quantity(random, 0.2 * default, 2.0 * default)
        elif kind == "AtLeastOne":
            rows[name] = quantity(random, 1.0, 4.0)
        elif kind == "Signed":
            rows[name] = quantity(random, -0.1, 0.3)
        else:
            assert kind == "NonNegative", name
            rows[name] = 0.0 if random.random() < 0.2 else quantity(random, 0.0, 2.0 * default)
    return rows


@st.composite
def scenario_data(draw: st.DrawFn, min_actors: int = 2, max_actors: int = 8) -> Row:
    """Draw a valid scenario as plain data, as a file holds it."""
    random = Random(draw(st.integers(0, 2**32 - 1), label="seed"))
    horizon = draw(st.integers(10, 40), label="horizon")
    as_of = draw(st.none() | st.integers(0, horizon - 1), label="as_of")
    rungs = draw(st.none() | st.integers(4, 12), label="rungs")
    names = list(NAMES[: draw(st.integers(min_actors, max_actors), label="actors")])
    draft = _Draft(random, names, horizon, as_of, None if rungs is None else _ladder(random, rungs))
    _front_rows(draft, draw(st.integers(0, 6), label="pairs"), wars=draw(st.booleans(), label="wars"))
    _choose_principals(draft, draw(st.integers(0, 2), label="proxies"))
    _commitment_rows(draft, draw(st.integers(0, 4), label="commitments"))
    _event_rows(draft, draw(st.integers(0, 5), label="events"))
    _signal_rows(draft, draw(st.integers(0, 8), label="signals"))
    data: Row = {
        "name": "drawn",
        "start": START,
        "horizon": horizon,
        "period": draw(st.sampled_from((1.0, 0.5, 2.0, 7.0, 0.7, 3.3)), label="period"),
        "stop_when_settled": draw(st.booleans(), label="stop_when_settled"),
        "rules": _rules(random) if draw(st.booleans(), label="rules") else {},
        "actors": _actors(draft),
        "fronts": draft.fronts,
        "commitments": draft.commitments,
        "signals": draft.signals,
        "events": draft.events,
    }
    if as_of is not None:
        data["as_of"] = random.choice((as_of, START + datetime.timedelta(days=as_of)))
    return data if draft.ladder is None else {**data, "ladder": draft.ladder}


def scenarios(min_actors: int = 2, max_actors: int = 8) -> st.SearchStrategy[Scenario]:
    """Draw a valid scenario that may use any mechanism."""
    return scenario_data(min_actors, max_actors).map(Scenario.from_dict)


@st.composite
def authorising(draw: st.DrawFn) -> Scenario:
    """Draw a scenario in which a patron that is pledged on condition lets its protégé act, twice, and takes it back."""
    scenario = draw(scenarios(max_actors=4).filter(lambda drawn: len(drawn.actors) > 2))
    data = scenario.to_dict()
    random = Random(draw(st.integers(0, 2**32 - 1), label="authorisations"))
    protege, adversary = random.choice(list(data["fronts"])).split("-")
    patron = random.choice([name for name in data["actors"] if name not in (protege, adversary)])
    pledge: Row = {"patron": patron, "protege": protege, "conditional": True, "strength": random.random()}
    data["commitments"] = data.get("commitments", {}) | {"on-condition": pledge}
    data["rules"] = data.get("rules", {}) | {"leash": random.uniform(0.2, 1.0)}
    said: Row = {"kind": "authorisation", "sender": patron, "receivers": [protege], "planned": True}
    words: Row = {}
    for n in range(2):
        words[f"leave-{n}"] = said | {"date": random.uniform(0.0, 6.0), "due": random.uniform(1.0, 20.0)}
        rung, subject = random.choice((None, *scenario.ladder.names[1:])), random.choice((None, adversary))
        words[f"leave-{n}"] |= {
            key: value for key, value in (("rung", rung), ("subject", subject)) if value is not None
        }
    if random.random() < 0.5:
        words["leave-0"] |= {"channel": "private", "leak": 0.2}
    back = {"kind": "withdrawal", "subject": "leave-0", "date": words["leave-0"]["date"] + random.uniform(0.0, 6.0)}
    words["back"] = said | back
    order_of_rows = random.sample(list(words), len(words))  # leave may be listed after its withdrawal
    data["signals"] = data.get("signals", {}) | {name: words[name] for name in order_of_rows}
    return Scenario.from_dict(data)


@st.composite
def conceding(draw: st.DrawFn) -> Scenario:
    """Draw a scenario in which a demand, which may bind its sender and leak, is granted in two parts."""
    scenario = draw(scenarios(max_actors=4))
    data = scenario.to_dict()
    data.setdefault("signals", {})
    random = Random(draw(st.integers(0, 2**32 - 1), label="concessions"))
    asked, by = random.choice(list(data["fronts"])).split("-")
    day = random.uniform(0.0, 4.0)
    order: Row = {"kind": "demand", "sender": by, "receivers": [asked], "due": random.uniform(1.0, 9.0)}
    if f"{by}-{asked}" in data["fronts"] and random.random() < 0.5:
        order |= {"rung": scenario.ladder.rungs[-2].name, "or_else": random.uniform(1.0, 5.0)}
    if random.random() < 0.5:
        order |= {"channel": "private", "leak": 0.2}
    granted = {"kind": "concession", "sender": asked, "receivers": [by], "subject": "order", "planned": True}
    parts = {
        f"part-{n}": granted | {"date": day + random.uniform(0.0, 6.0), "share": random.choice((0.3, 0.9, 1.0))}
        for n in range(2)
    }
    words = {"order": order | {"date": day, "planned": True}, **parts}
    order_of_rows = random.sample(list(words), len(words))  # a concession may stand before what it grants
    data["signals"] |= {name: words[name] for name in order_of_rows}
    return Scenario.from_dict(data)
