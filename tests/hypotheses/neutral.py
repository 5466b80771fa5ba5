"""Neutral scenarios on which hypotheses are tried: no real actors, and nothing but what the hypothesis needs."""

from __future__ import annotations

from typing import Any

from escalation.world.scenario import Scenario
from escalation.world.signal import Signal

Data = dict[str, Any]

PRIVATE: Data = {"channel": "private", "strength": 9.0}
WARNING: Data = {
    "kind": "warning",
    "date": 0,
    "sender": "patron",
    "receivers": ["challenger"],
    "subject": "pledge",
    **PRIVATE,
}
REASSURANCE: Data = {"kind": "reassurance", "date": 0, "sender": "defender", "receivers": ["challenger"], **PRIVATE}
DENIAL: Data = {
    "kind": "denial",
    "date": 3,
    "sender": "suspect",
    "receivers": ["victim"],
    "subject": "attack",
    **PRIVATE,
}
DISCLOSURE: Data = {
    "kind": "disclosure",
    "date": 2,
    "sender": "bystander",
    "receivers": ["victim"],
    "subject": "suspect",
    **PRIVATE,
}


def quarrel(**changes: Any) -> Scenario:
    """Return a crisis between a challenger that wants to change the status quo and a defender that holds to it."""
    data: Data = {
        "name": "quarrel",
        "horizon": 60,
        "actors": {"challenger": {}, "defender": {}},
        "fronts": {"challenger-defender": {"revisionism": 0.7}, "defender-challenger": {}},
    }
    return Scenario.from_dict(data | changes)


def with_patron(
    *, protege: str, conditional: bool = False, credence: float = 0.5, revisionism: float = 0.7
) -> Scenario:
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


def bluffer(*, vows: bool) -> Scenario:
    """Return the quarrel with a patron that may first vow to strike a rival, within five days, and seldom will."""
    scenario = with_patron(protege="defender", credence=0.3)
    data = scenario.to_dict()
    data["rules"] = {"patron_reply": 1.0, "honesty_loss": 0.9}
    data["actors"]["patron"] |= {"honesty": 0.95, "belligerence_cost": 2.0, "audience_cost": 0.0}
    data["actors"]["rival"] = {}
    data["fronts"] |= {"patron-rival": {}, "rival-patron": {}}
    scenario = Scenario.from_dict(data)
    vow = {"kind": "vow", "date": 0, "sender": "patron", "receivers": ["rival"], "due": 5.0}
    return saying(scenario, "vow", **vow) if vows else scenario


def with_attack(*, suspects: list[Data] | None = None, severity: float = 0.6, **event: Any) -> Scenario:
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


def avenger_with_patron(*, revisionism: float, credence: float) -> Scenario:
    """Return the attack with a patron pledged to the victim, which has a reason to strike either way."""
    data = with_attack(other={"prior": 0.3}).to_dict()
    data["actors"]["patron"] = {"capability": 2.0}
    data["fronts"]["victim-suspect"] = {"revisionism": revisionism}
    pledge = {"patron": "patron", "protege": "victim", "adversary": "suspect"}
    data["commitments"] = {"pledge": {**pledge, "credence": {"mean": credence, "weight": 4.0}}}
    return Scenario.from_dict(data)


def saying(scenario: Scenario, name: str, **signal: Any) -> Scenario:
    """Return a scenario in which one thing more is said."""
    return scenario.with_signal(Signal(id=name, **signal))


def protected() -> Scenario:
    return with_patron(protege="defender")


def supported() -> Scenario:
    return with_patron(protege="challenger")


def attack() -> Scenario:
    return with_attack(other={"prior": 0.3})


def afraid() -> Scenario:
    feared = quarrel().replace("fronts.challenger-defender.first_strike_advantage", 0.3)
    return feared.replace("fronts.challenger-defender.fear", 0.5)


def two_suspects(weight: float = 1.0) -> Scenario:
    suspects = [{"actors": ["suspect"], "prior": weight}, {"actors": ["bystander"], "prior": 1.0}]
    return with_attack(suspects=suspects, other={"prior": 0.3})


def vowed(channel: str = "public", audience_cost: float = 1.0) -> Scenario:
    scenario = quarrel().replace("actors.challenger.audience_cost", audience_cost)
    vow = {"kind": "vow", "date": 1, "sender": "challenger", "receivers": ["defender"], "due": 20.0}
    return saying(scenario, "vow", channel=channel, **vow)


def demanded(channel: str) -> Scenario:
    demand = {"kind": "demand", "date": 1, "sender": "defender", "receivers": ["challenger"], "due": 60.0}
    return saying(quarrel(), "demand", channel=channel, **demand)


def warned(honesty: float, alignment: float = 0.7) -> Scenario:
    scenario = protected().replace("actors.patron.honesty", honesty)
    return saying(scenario, "warning", alignment=alignment, **WARNING)


def bluffed(*, vows: bool, warns: bool) -> Scenario:
    scenario = bluffer(vows=vows)
    return saying(scenario, "warning", **{**WARNING, "date": 10}) if warns else scenario
