"""For every field that a scenario can set: two values that change an outcome, or why it is descriptive."""

from __future__ import annotations

from typing import Any

from liveness.rich import ABSENT, Changes

__all__ = ["DESCRIPTIVE", "HOLDS", "LIVE"]


def at(path: str, one: Any, other: Any, **also: Any) -> tuple[Changes, Changes]:
    """Two values at a place; what else has to hold in both is given with `__` for the dots."""
    both = {key.replace("__", "."): value for key, value in also.items()}
    return both | {path: one}, both | {path: other}


def by_type(resolute: float, irresolute: float) -> dict[str, float]:
    return {"resolute": resolute, "irresolute": irresolute}


def normal(**fields: Any) -> dict[str, Any]:
    return {"distribution": "normal", "mean": 0.5, "sd": 0.3, "low": 0.0, "high": 1.0} | fields


def lognormal(**fields: Any) -> dict[str, Any]:
    return {"distribution": "lognormal", "median": 1.0, "sigma": 0.5} | fields


def beta(**fields: Any) -> dict[str, Any]:
    return {"distribution": "beta", "a": 2.0, "b": 2.0} | fields


def uniform(**fields: Any) -> dict[str, Any]:
    return {"distribution": "uniform", "low": 0.0, "high": 0.9} | fields


def triangular(**fields: Any) -> dict[str, Any]:
    return {"distribution": "triangular", "low": 0.1, "mode": 0.5, "high": 0.9} | fields


def elicited(**fields: Any) -> dict[str, Any]:
    quantiles = {"probabilities": [0.1, 0.5, 0.9], "values": [0.2, 0.5, 0.8], "low": 0.0, "high": 1.0}
    return {"distribution": "elicited"} | quantiles | fields


PRESSURE = "actors.b.domestic_pressure"
STAKE = "fronts.a-b.stake"
UNWARNED = {"signals__warning": ABSENT}
PLEDGED_ON_CONDITION = {"commitments__pledge__conditional": True}
VOW = "signals.vow"
CONCILIATORY = {"rules__conciliation": True}
SORRY = {"kind": "reassurance", "date": 2, "planned": True, "sender": "a", "receivers": ["b"], "credence": 1.0,
         "alignment": 1.0}  # fmt: skip
ASKING = {"kind": "demand", "date": 1, "sender": "b", "receivers": ["a"], "due": 30.0, "credence": 1.0,
          "alignment": 1.0}  # fmt: skip
GIVING = {"kind": "concession", "date": 2, "planned": True, "sender": "a", "receivers": ["b"], "subject": "asking",
          "credence": 1.0, "alignment": 1.0, "share": 1.0}  # fmt: skip
CALLING = {"kind": "appeal", "date": 1, "sender": "e", "receivers": ["a"], "subject": "b", "due": 30.0}
STRUCK_BACK = {"events__reprisal": {"kind": "provocation", "date": 2, "planned": True,
                                    "victims": [{"actor": "a", "severity": 0.6}],
                                    "suspects": [{"actors": ["b"]}]}}  # fmt: skip
PRIVATE_VOW = {"signals__vow__channel": "private"}

LIVE: dict[str, tuple[Changes, Changes]] = {
    # ---------------------------------------------------------------------------------------------- scenario
    "Scenario.start": at("start", "2024-01-01", "2023-12-25", signals__denial__date="2024-01-02"),
    "Scenario.as_of": at("as_of", "2024-01-02", "2024-01-12"),
    "Scenario.horizon": at("horizon", 20, 40),
    "Scenario.period": at("period", 0.5, 2.0),
    "Scenario.fit": at("fit", None, "icb-icbe-1918-1994"),
    "Scenario.stop_when_settled": at("stop_when_settled", False, True),
    # ------------------------------------------------------------------------------------------------ ladder
    "Rung.intensity": at("ladder.rungs.3.intensity", 0.45, 0.75),
    "Rung.gain": at("ladder.rungs.3.gain", 0.1, 0.4),
    "Rung.destruction": at("ladder.rungs.3.destruction", 0.05, 0.25),
    "Rung.role": at("ladder.rungs.2.role", "display", "force"),
    "Rung.covert": at("ladder.rungs.3.covert", False, True),
    # ------------------------------------------------------------------------------------------------- rules
    "Rules.contest_exponent": at("rules.contest_exponent", 0.5, 3.0),
    "Rules.brinkmanship_scale": at("rules.brinkmanship_scale", 0.0, 0.2),
    "Rules.brinkmanship_stakes": at("rules.brinkmanship_stakes", 0.0, 6.0, **{STAKE: 1.5}),
    "Rules.brinkmanship_slope": at("rules.brinkmanship_slope", 0.2, 2.0),
    "Rules.accident_hazard": at("rules.accident_hazard", 0.0, 0.02),
    "Rules.leash": at("rules.leash", 0.0, 1.0),
    "Rules.bait": at("rules.bait", 0.0, 2.0),
    "Rules.face": at("rules.face", 0.0, 1.0),
    "Rules.reputation": at("rules.reputation", 0.0, 2.0),
    "Rules.patron_reply": at("rules.patron_reply", 0.0, 2.0),
    "Rules.covert_discount": at("rules.covert_discount", 0.0, 1.0),
    "Rules.covert_detection": at("rules.covert_detection", 0.1, 20.0),
    "Rules.signal_precision": at("rules.signal_precision", 0.0, 10.0),
    "Rules.honesty_loss": at(
        "rules.honesty_loss", 0.0, 1.0,
        signals__late={"kind": "reassurance", "date": 25, "sender": "b", "receivers": ["a"], "strength": 20.0,
                       "planned": True},
    ),
    "Rules.depth": at("rules.depth", 0, 2),
    "Rules.pressure_gain": at("rules.pressure_gain", 0.0, 1.0),
    "Rules.pressure_weight": at("rules.pressure_weight", 0.0, 2.0),
    "Rules.mobilisation_strength": at("rules.mobilisation_strength", 1.0, 10.0),
    "Rules.injury_half_life": at("rules.injury_half_life", 3.0, 400.0),
    "Rules.vow_half_life": at("rules.vow_half_life", 1.0, 300.0),
    "Rules.pressure_half_life": at("rules.pressure_half_life", 1.0, 300.0),
    "Rules.fear_half_life": at("rules.fear_half_life", 1.0, 400.0),
    "Rules.shock_persistence": at("rules.shock_persistence", 5.0, 500.0),
    "Rules.shared_reasons": at("rules.shared_reasons", 0.0, 1.0),
    "Rules.covert_acts": at("rules.covert_acts", "everywhere", "declared"),
    "Rules.limited_force_discount": at("rules.limited_force_discount", 0.0, 0.8),
    "Rules.destruction_cost": at("rules.destruction_cost", 0.2, 2.0, rules__destruction="priced"),
    "Rules.destruction": at("rules.destruction", "priced", "as-war"),
    "Rules.deliberations": at("rules.deliberations", "every-prompt", "one"),
    "Rules.least_delay": at("rules.least_delay", 0.0, 4.0),
    "Rules.force_preparation": at("rules.force_preparation", 1.0, 4.0),
    "Rules.leash_holds": at("rules.leash_holds", "on-condition", "always"),
    "Rules.joining": at("rules.joining", "utility", "credence"),
    "Rules.belligerency": at("rules.belligerency", False, True),
    "Rules.appeal": at("rules.appeal", 0.0, 3.0, signals__calling=CALLING),
    "Rules.amends_in_words": at("rules.amends_in_words", 0.0, 1.0, signals__sorry=SORRY),
    "Rules.assurance": at("rules.assurance", 0.0, 1.0, signals__asking=ASKING, **CONCILIATORY),
    "Rules.threat_credibility": at("rules.threat_credibility", 0.0, 1.0),
    "Rules.public_word": at("rules.public_word", 0.0, 1.0),
    "Rules.private_word": at("rules.private_word", 0.0, 1.0, signals__calming__channel="private"),
    "Rules.public_act": at("rules.public_act", 0.0, 1.0),
    "Rules.act_injury": at("rules.act_injury", 0.0, 1.0),
    "Rules.scheduled_answers": at("rules.scheduled_answers", False, True, **STRUCK_BACK),
    "Rules.injury_stakes": at("rules.injury_stakes", 0.0, 3.0, **{STAKE: 1.5}),
    "Rules.threat_cost": at("rules.threat_cost", 0.0, 1.0),
    "Rules.threat_relief": at("rules.threat_relief", 0.0, 1.0),
    "Rules.conciliation": at("rules.conciliation", False, True),
    "Rules.concession": at("rules.concession", -0.2, 0.5, **CONCILIATORY),
    "Rules.amends": at("rules.amends", 0.0, 1.0, **CONCILIATORY),
    "Rules.peace": at("rules.peace", 0.0, 1.0, **CONCILIATORY),
    "Rules.exploited": at("rules.exploited", 0.0, 5.0, **CONCILIATORY),
    "Rules.conciliation_strength": at("rules.conciliation_strength", 1.0, 50.0, **CONCILIATORY),
    "Rules.settle_days": at("rules.settle_days", 5.0, 20.0),
    "Rules.act_window": at("rules.act_window", 2.0, 40.0),
    # ------------------------------------------------------------------------------------------------ actors
    "Actor.capability": at("actors.a.capability", 0.3, 3.0),
    "Actor.resolve": at("actors.a.resolve", 0.1, 0.9),
    "Actor.precision": at("actors.a.precision", 1.0, 10.0),
    "Actor.audience_cost": at("actors.b.audience_cost", 0.0, 3.0),
    "Actor.belligerence_cost": at("actors.a.belligerence_cost", 0.0, 1.0),
    "Actor.domestic_pressure": at(PRESSURE, 0.0, 0.9),
    "Actor.honesty": at("actors.c.honesty", 0.0, 1.0),
    "Actor.response_delay": at("actors.a.response_delay", 2.0, 20.0),
    "Actor.response_spread": at("actors.a.response_spread", 0.3, 3.0),
    "Actor.tempo": at("actors.a.tempo", 5.0, 60.0),
    "Actor.principal": at("actors.d.principal", ABSENT, "a", actors__d__control=0.0),
    "Actor.control": at("actors.d.control", 0.0, 1.0),
    "ByType.resolute": at("actors.a.war_cost", by_type(0.1, 1.2), by_type(1.1, 1.2)),
    "ByType.irresolute": at("actors.a.honour", by_type(1.2, 0.1), by_type(1.2, 1.1)),
    # ------------------------------------------------------------------------------------------------ fronts
    "Front.stake": at(STAKE, 0.5, 2.0),
    "Front.revisionism": at("fronts.a-b.revisionism", 0.0, 1.0),
    "Front.first_strike_advantage": at("fronts.a-b.first_strike_advantage", 0.0, 1.0),
    "Front.spoiler": at("fronts.a-b.spoiler", 0.0, 0.5),
    "Front.baseline": at("fronts.a-b.baseline", "restraint", "display"),
    "Front.deniable": at("fronts.a-b.deniable", False, True, rules__covert_acts="declared"),
    "Front.struck_first": at("fronts.a-b.struck_first", False, True, **PLEDGED_ON_CONDITION),
    "Front.at_war": (
        {},
        {"fronts.d-b.at_war": True, "fronts.b-d.at_war": True},
    ),
    "Front.resolve": at("fronts.a-b.resolve", 0.05, 0.95),
    "Front.fear": at("fronts.a-b.fear", 0.0, 0.8),
    "Front.motive": at("fronts.a-b.motive", 0.0, 0.9),
    "IncidentProcess.rate": at("fronts.a-b.incidents.rate", 0.0, 0.3),
    "IncidentProcess.excitation": at("fronts.a-b.incidents.excitation", 0.0, 0.9),
    "IncidentProcess.decay": at("fronts.a-b.incidents.decay", 0.4, 5.0),
    "IncidentProcess.severity": at("fronts.a-b.incidents.severity", 0.2, 0.9),
    "IncidentProcess.blame": at("fronts.a-b.incidents.blame", 0.0, 1.0),
    # ------------------------------------------------------------------------------------------- commitments
    "Commitment.patron": at("commitments.pledge.patron", "c", "e", **UNWARNED),
    "Commitment.protege": (
        {"signals.warning": ABSENT},
        {"signals.warning": ABSENT, "commitments.pledge.protege": "a", "commitments.pledge.adversary": "b"},
    ),
    "Commitment.adversary": at("commitments.pledge.adversary", "a", "d", **UNWARNED),
    "Commitment.stake": at("commitments.pledge.stake", 0.1, 3.0),
    "Commitment.strength": at("commitments.pledge.strength", 0.0, 1.0),
    "Commitment.public": at("commitments.pledge.public", True, False, **UNWARNED),
    "Commitment.conditional": at("commitments.pledge.conditional", True, False),
    "Commitment.while_below": at("commitments.pledge.while_below", "threat", "war"),
    "Commitment.begins": at("commitments.pledge.begins", 0, 30, commitments__pledge__planned=True),
    "Commitment.lapses": at("commitments.pledge.lapses", 4, 40, commitments__pledge__planned=True),
    "Commitment.trigger": at("commitments.pledge.trigger", "display", "war"),
    "Credence.mean": at("commitments.pledge.credence", {"mean": 0.1}, {"mean": 0.9}),
    "Credence.weight": at("commitments.pledge.credence", {"weight": 0.5}, {"weight": 50.0}),
    # ----------------------------------------------------------------------------------------------- signals
    "Signal.kind": at("signals.calming.kind", "reassurance", "disclosure"),
    "Signal.date": at(f"{VOW}.date", 0, "2024-01-02"),
    "Signal.sender": at("signals.calming.sender", "c", "e", actors__e__honesty=0.0),
    "Signal.receivers": at("signals.calming.receivers", ["a"], ["d"]),
    "Signal.subject": at("signals.telling.subject", "b", "d", signals__telling__receivers=["a", "b"]),
    "Signal.channel": at(f"{VOW}.channel", "public", "private"),
    "Signal.rung": at(f"{VOW}.rung", "display", "war"),
    "Signal.trigger": at("signals.threat.trigger", "threat", "war"),
    "Signal.due": at(f"{VOW}.due", 3.0, 30.0),
    "Signal.or_else": at("signals.demand.or_else", None, 5.0, signals__demand__rung="limited-strike"),
    "Signal.share": at("signals.giving.share", 0.1, 1.0, signals__asking=ASKING, signals__giving=GIVING),
    "Signal.strength": at("signals.calming.strength", 1.0, 50.0),
    "Signal.occurred": at(f"{VOW}.occurred", 0.0, 1.0),
    "Signal.occasion": at(
        f"{VOW}.occasion", "one", "two",
        signals__vow__occurred=0.5, signals__calming__occurred=0.5, signals__calming__occasion="one",
    ),
    "Signal.credence": at("signals.calming.credence", 0.0, 1.0),
    "Signal.alignment": at("signals.calming.alignment", 0.0, 1.0),
    "Signal.leak": at(f"{VOW}.leak", 0.0, 1.0, **PRIVATE_VOW),
    "Signal.reported": at(f"{VOW}.reported", None, 1, **PRIVATE_VOW),
    "Signal.reliability": at(f"{VOW}.reliability", 0.1, 1.0),
    # ------------------------------------------------------------------------------------------------ events
    "Provocation.date": at("events.attack.date", 0, "2024-01-02", signals__denial=ABSENT),
    "Provocation.occurred": at("events.attack.occurred", 0.0, 1.0),
    "Provocation.reliability": at("events.attack.reliability", 0.1, 1.0),
    "Provocation.rung": at("events.attack.rung", None, "display", events__attack__suspects=[{"actors": ["a"]}]),
    "Provocation.publicity": at("events.attack.publicity", 0.0, 1.0),
    "Victim.actor": at("events.attack.victims.0.actor", "b", "d"),
    "Victim.severity": at("events.attack.victims.0.severity", 0.2, 0.9),
    "Suspect.actors": at("events.attack.suspects.0.actors", ["a"], ["e"]),
    "Suspect.prior": at("events.attack.suspects.0.prior", 0.1, 5.0),
    "Suspect.likelihood": at("events.attack.suspects.0.likelihood", 0.1, 5.0),
    "Other.prior": at("events.attack.other.prior", 0.0, 5.0),
    "Other.likelihood": at("events.attack.other.likelihood", 0.1, 5.0),
    "Accident.date": at("events.clash.date", 2, 20),
    "Accident.occurred": at("events.clash.occurred", 0.0, 1.0),
    "Accident.reliability": at("events.clash.reliability", 0.1, 1.0),
    "Accident.actor": at("events.clash.actor", "b", "e"),
    "Accident.publicity": at("events.clash.publicity", 0.0, 1.0),
    "Accident.blame": at("events.clash.blame", 0.0, 1.0),
    "InternalShock.date": at("events.purge.date", 0, 20, events__purge__planned=True),
    "InternalShock.occurred": at("events.purge.occurred", 0.0, 1.0),
    "InternalShock.reliability": at("events.purge.reliability", 0.1, 1.0),
    "InternalShock.actor": at("events.purge.actor", "a", "b"),
    "InternalShock.severity": at("events.purge.severity", 0.1, 0.9),
    "InternalShock.half_life": at("events.purge.half_life", 1.0, 300.0),
    "Mediation.date": at("events.talks.date", 1, 20, events__talks__planned=True),
    "Mediation.occurred": at("events.talks.occurred", 0.0, 1.0),
    "Mediation.reliability": at("events.talks.reliability", 0.1, 1.0),
    "Mediation.parties": at("events.talks.parties", ["a", "b"], ["d", "b"]),
    "Mediation.latest": at("events.talks.latest", None, 30, events__talks__planned=True),
    "Mediation.strength": at("events.talks.strength", 0.0, 1.5),
    "Mediation.span": at("events.talks.span", 2.0, 40.0),
    # ----------------------------------------------------------------------------------------- distributions
    "Normal.mean": at(PRESSURE, normal(mean=0.2), normal(mean=0.8)),
    "Normal.sd": at(PRESSURE, normal(sd=0.01), normal(sd=0.5)),
    "Normal.low": at(PRESSURE, normal(low=0.0), normal(low=0.7)),
    "Normal.high": at(PRESSURE, normal(high=0.3), normal(high=1.0)),
    "LogNormal.median": at(STAKE, lognormal(median=0.5), lognormal(median=2.0)),
    "LogNormal.sigma": at(STAKE, lognormal(sigma=0.1), lognormal(sigma=1.5)),
    "LogNormal.low": at(STAKE, lognormal(low=0.1), lognormal(low=1.5)),
    "LogNormal.high": at(STAKE, lognormal(high=0.7), lognormal(high=5.0)),
    "Beta.a": at(PRESSURE, beta(a=0.5), beta(a=9.0)),
    "Beta.b": at(PRESSURE, beta(b=0.5), beta(b=9.0)),
    "Beta.low": at(PRESSURE, beta(), beta(low=0.7)),
    "Beta.high": at(PRESSURE, beta(), beta(high=0.3)),
    "Uniform.low": at(PRESSURE, uniform(low=0.0), uniform(low=0.8)),
    "Uniform.high": at(PRESSURE, uniform(high=0.1), uniform(high=1.0)),
    "Triangular.low": at(PRESSURE, triangular(low=0.0), triangular(low=0.5)),
    "Triangular.mode": at(PRESSURE, triangular(mode=0.1), triangular(mode=0.9)),
    "Triangular.high": at(PRESSURE, triangular(high=0.5), triangular(high=1.0)),
    "Elicited.probabilities": at(PRESSURE, elicited(), elicited(probabilities=[0.25, 0.5, 0.75])),
    "Elicited.values": at(PRESSURE, elicited(), elicited(values=[0.1, 0.2, 0.3])),
    "Elicited.low": at(PRESSURE, elicited(values=[0.3, 0.5, 0.8]), elicited(values=[0.3, 0.5, 0.8], low=0.25)),
    "Elicited.high": at(PRESSURE, elicited(), elicited(high=0.85)),
}  # fmt: skip
"""Two sets of changes to the rich crisis, by the field that tells them apart."""

HOLDS: dict[str, tuple[str, ...]] = {
    "Scenario.ladder": ("Ladder",),
    "Scenario.rules": ("Rules",),
    "Scenario.actors": ("Actor",),
    "Scenario.fronts": ("Front",),
    "Scenario.commitments": ("Commitment",),
    "Scenario.signals": ("Signal",),
    "Scenario.events": ("Provocation", "Accident", "InternalShock", "Mediation"),
    "Ladder.rungs": ("Rung",),
    "Actor.war_cost": ("ByType",),
    "Actor.honour": ("ByType",),
    "Front.incidents": ("IncidentProcess",),
    "Commitment.credence": ("Credence",),
    "Provocation.victims": ("Victim",),
    "Provocation.suspects": ("Suspect",),
    "Provocation.other": ("Other",),
    "Accident.victims": ("Victim",),
}
"""Fields that hold parts, and so are live with the fields of these."""

_NAME = "it only names the row; its draws are keyed by it, so that another name is another draw of the same chance"
_TAG = "it says which kind of part this is; another value is another part, whose fields stand in their own right"
_TEXT = "it is there for the reader"
_SCORING = "what really happened is for scoring and never for running"
_CODE = "it links the rung to data on crises"
_LEAVE = "it allows a date after `as_of`; without it the scenario is refused"

DESCRIPTIVE: dict[str, str] = {
    **dict.fromkeys(("Actor.id", "Front.id", "Commitment.id", "Signal.id"), _NAME),
    **dict.fromkeys(("Provocation.id", "Accident.id", "InternalShock.id", "Mediation.id"), _NAME),
    "Rung.name": "it is what results call the rung",
    "Front.actor": "it follows from the id",
    "Front.target": "it follows from the id",
    **dict.fromkeys(("Provocation.kind", "Accident.kind", "InternalShock.kind", "Mediation.kind"), _TAG),
    **dict.fromkeys(("Normal.distribution", "LogNormal.distribution", "Beta.distribution"), _TAG),
    **dict.fromkeys(("Uniform.distribution", "Triangular.distribution", "Elicited.distribution"), _TAG),
    **dict.fromkeys(("Scenario.name", "Scenario.title", "Scenario.description", "Scenario.sources"), _TEXT),
    **dict.fromkeys(("Ladder.name", "Ladder.description", "Actor.name", "Actor.note", "Front.note"), _TEXT),
    **dict.fromkeys(("Commitment.title", "Signal.title", "Provocation.title", "Accident.title"), _TEXT),
    **dict.fromkeys(("InternalShock.title", "Mediation.title"), _TEXT),
    **dict.fromkeys(("Commitment.note", "Commitment.source", "Signal.note", "Signal.source"), _TEXT),
    **dict.fromkeys(("Provocation.note", "Provocation.source", "Accident.note", "Accident.source"), _TEXT),
    **dict.fromkeys(("InternalShock.note", "InternalShock.source", "Mediation.note", "Mediation.source"), _TEXT),
    "Actor.kind": "states and armed groups decide alike; what tells them apart is stated by their other fields",
    "Mediation.mediators": "mediation weighs by its strength, whoever mediates",
    **dict.fromkeys(("Signal.planned", "Provocation.planned", "Accident.planned"), _LEAVE),
    **dict.fromkeys(("InternalShock.planned", "Mediation.planned", "Commitment.planned"), _LEAVE),
    **dict.fromkeys(("Rung.mid", "Rung.cameo", "Rung.goldstein"), _CODE),
    "Scenario.observed": _SCORING,
    **dict.fromkeys(("Observed.date", "Observed.actor", "Observed.target", "Observed.rung"), _SCORING),
    **dict.fromkeys(("Observed.covert", "Observed.agreement", "Observed.concession"), _SCORING),
    **dict.fromkeys(("Observed.source", "Observed.note"), _SCORING),
}
"""Fields that change no outcome, and why."""
