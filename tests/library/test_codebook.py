"""Numbers that the codebook anchors are its anchors in every crisis of the library, each with a reason above it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from escalation.files import library_names

TEXTS = {
    name: (files("escalation") / "library" / f"{name}.toml").read_text(encoding="utf-8") for name in library_names()
}
CRISES = sorted(name for name, text in TEXTS.items() if "[[observed]]" in text)
RAW: dict[str, dict[str, Any]] = {name: tomllib.loads(TEXTS[name]) for name in CRISES}

STAKES = {(0.5, 0.3), (0.7, 0.3), (1.0, 0.25), (1.2, 0.25), (1.5, 0.25)}
PLEDGES = {(0.3, 0.3), (0.5, 0.3), (0.8, 0.25)}
AUDIENCES = {(0.2, 0.7), (0.3, 0.8), (0.4, 1.0)}
FIRST_STRIKES = {(0.0, 0.15), (0.05, 0.25), (0.1, 0.4), (0.2, 0.6)}
REVISIONISM = {(0.1, 0.5), (7, 3), (5, 5), (3, 7), (1, 9)}
SEVERITIES = {0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9}
INDIRECT = {0.15, 0.25, 0.35, 0.4}
PRIORS = {(0.01, 0.1), (0.1, 0.35), (0.3, 0.6), (0.55, 0.85), (0.8, 0.95)}
LIKELIHOODS = {(0.6, 1.0), (0.3, 0.9), (0.1, 0.6)}
MEDIATIONS = {(0.02, 0.15), (0.05, 0.3), (0.0, 0.3)}
ALIGNMENTS = {0.3, 0.5, 0.7, (3, 7), (5, 5), (7, 3)}
CREDENCES = {0.95, 0.8, 0.7, (3, 7), (1, 9)}
RELIABILITIES = {1.0, 0.95, 0.8, 0.75, 0.5, 0.35}


def told(value: Any) -> Any:
    """The numbers of a distribution that the codebook names, or the number itself."""
    if not isinstance(value, dict):
        return value
    names = {"beta": ("a", "b"), "uniform": ("low", "high"), "lognormal": ("median", "sigma")}
    return tuple(value[name] for name in names[value["distribution"]])


def tens(kept: int = 10) -> set[tuple[int, int]]:
    return {(kept // 10 * a, kept // 10 * (10 - a)) for a in range(2, 9)}


def numbers(raw: dict[str, Any]) -> Iterator[tuple[str, str, Any, set[Any]]]:
    """Place, key, what is stated and what is allowed, of all numbers that have a list of anchors."""
    some = {(2, 8), (4, 6), (6, 4), (8, 2)}
    actors = {
        "resolve": tens(),
        "domestic_pressure": some,
        "control": some,
        "honesty": {(4, 6), (3, 7), (2, 8)},
        "audience_cost": AUDIENCES,
    }
    fronts = {
        "stake": STAKES,
        "revisionism": REVISIONISM,
        "first_strike_advantage": FIRST_STRIKES,
        "fear": {(a, 12 - a) for a in range(1, 7)},
        "motive": {(3, 9), (4, 8)},
    }
    signals = {
        "strength": {1.5, 3.0, 6.0},
        "credence": CREDENCES,
        "alignment": ALIGNMENTS,
        "reliability": RELIABILITIES,
        "leak": {0.0, 0.02, 0.05},
    }
    pledges = {"stake": PLEDGES, "strength": some | {(16, 4), (12, 8), (8, 12)}}
    tables = {"actors": actors, "fronts": fronts, "signals": signals, "commitments": pledges}
    for table, keys in tables.items():
        for name, row in raw.get(table, {}).items():
            yield from (
                (f"{table}.{name}", key, told(row[key]), allowed) for key, allowed in keys.items() if key in row
            )
    for name, row in raw.get("commitments", {}).items():
        belief = row["credence"]
        yield f"commitments.{name}", "mean", told(belief["mean"]), tens() | tens(20)
        yield f"commitments.{name}", "weight", belief["weight"], {4.0, 6.0, 8.0}
    for name, row in raw.get("events", {}).items():
        place = f"events.{name}"
        yield place, "reliability", row.get("reliability", 1.0), RELIABILITIES
        if row["kind"] == "mediation":
            yield place, "strength", told(row["strength"]), MEDIATIONS
        if row["kind"] == "provocation":
            yield place, "publicity", told(row["publicity"]), {1.0, (8, 2), (6, 4)}
            yield from ((place, "severity", part["severity"]["mean"], SEVERITIES | INDIRECT) for part in row["victims"])
            for part in [*row["suspects"], row.get("other", {})]:
                yield place, "prior", told(part.get("prior", 1.0)), PRIORS | {1.0, 0.01}
                yield place, "likelihood", told(part.get("likelihood", 1.0)), LIKELIHOODS | {1.0}


@pytest.mark.parametrize("name", CRISES)
def test_numbers_are_anchors(name: str) -> None:
    stated = list(numbers(RAW[name]))
    assert len(stated) >= 20
    assert [(place, key, value) for place, key, value, allowed in stated if value not in allowed] == []


@pytest.mark.parametrize("name", CRISES)
def test_a_severity_has_the_spread_of_the_codebook(name: str) -> None:
    happened = [event for event in RAW[name]["events"].values() if event["kind"] == "provocation"]
    for severity in (victim["severity"] for event in happened for victim in event["victims"]):
        mean = severity["mean"]
        ends = {"low": pytest.approx(mean - 0.2), "high": pytest.approx(mean + 0.2)}
        assert severity == {"distribution": "normal", "mean": mean, "sd": 0.06, **ends}


@pytest.mark.parametrize("name", CRISES)
def test_every_number_has_its_reason(name: str) -> None:
    lines = TEXTS[name].splitlines()
    stated = [
        n for n, line in enumerate(lines) if re.match(r"(?!horizon|period)\w+ = (-?[\d.]+$|\{ distribution)", line)
    ]
    assert len(stated) >= 20
    assert [lines[n] for n in stated if not lines[n - 1].startswith("# ")] == []


@pytest.mark.parametrize("name", CRISES)
def test_a_refusal_answers_a_demand(name: str) -> None:
    signals = RAW[name]["signals"]
    for signal in signals.values():
        assert signal["kind"] != "refusal" or signals[signal["subject"]]["kind"] == "demand"
        assert set(signal["source"].partition(":")[0].split(", ")) <= set(RAW[name]["sources"])


def test_who_can_hide_and_who_calls_for_restraint() -> None:
    hidden = {
        f"{name} {key}" for name, raw in RAW.items() for key, front in raw["fronts"].items() if "deniable" in front
    }
    assert {"haniyeh-2024 isr-irn", "tonkin-1964 rvn-drv"} <= hidden
    assert not any(entry.startswith(("agadir", "berlin", "cuba")) for entry in hidden)
    calls = {key for raw in RAW.values() for key, signal in raw["signals"].items() if signal["kind"] == "appeal"}
    assert {"us-call-for-restraint", "us-within-limits"} <= calls


def test_what_an_act_tells_is_counted_in_resolve_alone() -> None:
    """The `resolve` of every author counts the forces that it moved, so that no event names its rung as well."""
    assert [
        f"{name} {key}" for name, raw in RAW.items() for key, event in raw["events"].items() if "rung" in event
    ] == []
