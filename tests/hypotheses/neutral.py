"""Neutral scenarios on which hypotheses are tried: no real actors, and nothing but what the hypothesis needs."""

from __future__ import annotations

from typing import Any

from escalation.world.scenario import Scenario

__all__ = ["quarrel", "with_attack", "with_patron"]


def quarrel(**changes: Any) -> Scenario:
    """Return a crisis between a challenger that wants to change the status quo and a defender that holds to it."""
    data: dict[str, Any] = {
        "name": "quarrel",
        "horizon": 60,
        "actors": {"challenger": {}, "defender": {}},
        "fronts": {"challenger-defender": {"revisionism": 0.7}, "defender-challenger": {}},
    }
    return Scenario.from_dict(data | changes)


def with_patron(*, protege: str, conditional: bool = False, credence: float = 0.5, revisionism: float = 0.7) -> Scenario:
    """Return the quarrel with a patron pledged to one of the two."""
    adversary = "defender" if protege == "challenger" else "challenger"
    pledge = {
        "patron": "patron",
        "protege": protege,
        "adversary": adversary,
        "conditional": conditional,
        "credence": {"mean": credence, "weight": 4.0},
    }
    return quarrel(
        actors={"challenger": {}, "defender": {}, "patron": {"capability": 2.0}},
        fronts={"challenger-defender": {"revisionism": revisionism}, "defender-challenger": {}},
        commitments={"pledge": pledge},
    )


def with_attack(*, suspects: list[dict[str, Any]] | None = None, severity: float = 0.6, **event: Any) -> Scenario:
    """Return a crisis in which a victim was injured on day 2, by a hand that may be uncertain."""
    attack = {
        "kind": "provocation",
        "date": 2,
        "victims": [{"actor": "victim", "severity": severity}],
        "suspects": suspects or [{"actors": ["suspect"]}],
        **event,
    }
    return Scenario.from_dict(
        {
            "name": "attack",
            "horizon": 60,
            "actors": {"victim": {}, "suspect": {}, "bystander": {}},
            "fronts": {"victim-suspect": {}, "suspect-victim": {}, "victim-bystander": {}, "bystander-victim": {}},
            "events": {"attack": attack},
        }
    )
