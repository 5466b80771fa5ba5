"""Switches: every mechanism of the model, and how a scenario reads without it.

A mechanism is switched off by giving the scenario the values at which its equation says nothing, so that the same
periods are played with and without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from escalation.engines.lower import lower_once
from escalation.engines.medians import median
from escalation.errors import StudyError
from escalation.world.editing import dependants
from escalation.world.event import Provocation, Suspect
from escalation.world.front import actor_and_target
from escalation.world.near import near
from escalation.world.quantities import LARGEST
from escalation.world.scenario import Scenario

__all__ = ["MECHANISMS", "without_mechanism"]

Data = dict[str, Any]
Edit = Callable[[Data], None]


def _rule(*names: str, value: float | str | None = 0.0) -> Edit:
    def edit(data: Data) -> None:
        data.setdefault("rules", {}).update(dict.fromkeys(names, value))

    return edit


def _no_stakes(data: Data) -> None:
    """Let stakes weigh nothing, where any of them is not 1."""
    holders = [*data.get("fronts", {}).values(), *data.get("commitments", {}).values()]
    if any(holder.get("stake", 1.0) != 1.0 for holder in holders):
        _rule("injury_stakes", "brinkmanship_stakes")(data)


def _no_shared_reasons(data: Data) -> None:
    """Let all go by reasons of their own, where two actors face one target or may come to."""
    targets = [actor_and_target(front)[1] for front in lower_once(Scenario.from_dict(data)).front_ids]
    if len(set(targets)) < len(targets):
        _rule("shared_reasons")(data)


def _no_scheduled_answers(data: Data) -> None:
    """Let acts of the timeline settle nothing and call on nobody, where one may: by a rung, or by what came before."""
    scenario = Scenario.from_dict(data)
    items = (*scenario.events.values(), *scenario.signals.values())
    # Before the first item there is nothing to answer, unless somebody may have chosen to act by then.
    first = min([scenario.day(item.date) for item in items], default=0.0)
    if scenario.as_of is None or scenario.day(scenario.as_of) < first:
        first = 0.0
    fronts = lower_once(scenario).front_ids
    for event in scenario.events.values():
        if isinstance(event, Provocation) and scenario.day(event.date) > first:
            suspected = {actor for suspect in event.suspects for actor in suspect.actors}
            faced = {f"{actor}-{victim.actor}" for actor in suspected for victim in event.victims}
            if faced & set(fronts):
                _rule("scheduled_answers", value=False)(data)
        readies = scenario.rules.force_preparation != 1.0
        if isinstance(event, Provocation) and event.rung is not None and (scenario.commitments or readies):
            _rule("scheduled_answers", value=False)(data)


def _each(table: str, **values: Any) -> Edit:
    def edit(data: Data) -> None:
        for row in data.get(table, {}).values():
            row.update(values)

    return edit


def _no_events(kind: str) -> Edit:
    def edit(data: Data) -> None:
        gone = {name for name, event in data.get("events", {}).items() if event["kind"] == kind}
        _drop(data, "events", gone)

    return edit


def _no_signals(kind: str) -> Edit:
    def edit(data: Data) -> None:
        gone = {name for name, signal in data.get("signals", {}).items() if signal["kind"] == kind}
        _drop(data, "signals", gone)

    return edit


def _drop(data: Data, table: str, gone: set[str]) -> None:
    """Drop rows of a table; what is about them goes with them in the end, see `without_mechanism`."""
    data[table] = {name: row for name, row in data.get(table, {}).items() if name not in gone}


def _no_open_acts(data: Data) -> None:
    """State no rung of the timeline: its acts tell nothing of resolve, and pledges know nothing of them."""
    for event in data.get("events", {}).values():
        event.pop("rung", None)


def _no_commitments(data: Data) -> None:
    _drop(data, "commitments", set(data.get("commitments", {})))


def _certain_attribution(data: Data) -> None:
    """Let everybody know at once that it was the likeliest suspect."""
    for event in data.get("events", {}).values():
        if event["kind"] == "provocation":
            # Weights may be distributions, of which a median is taken; so they are read back first.
            suspects = [Suspect.model_validate(row) for row in event["suspects"]]
            likeliest = max(suspects, key=lambda row: median(row.prior) * median(row.likelihood))
            event["suspects"] = [{"actors": list(likeliest.actors), "prior": 1.0, "likelihood": 1.0}]
            event["other"] = {"prior": 0.0}
            _drop_denials_of(data)


def _drop_denials_of(data: Data) -> None:
    signals = data.get("signals", {})
    events = data.get("events", {})
    gone = {n for n, signal in signals.items() if signal["kind"] == "denial" and signal.get("subject") in events}
    _drop(data, "signals", gone)


def _no_leaks(data: Data) -> None:
    for signal in data.get("signals", {}).values():
        signal.pop("leak", None)
        signal.pop("reported", None)


def _reliable_sources(data: Data) -> None:
    """Let all that is reported have been said, and its carriers be trusted."""
    for signal in data.get("signals", {}).values():
        signal.update(occurred=1.0, credence=1.0)


def _can_be_covert(data: Data) -> bool:
    return any(rung["covert"] for rung in data["ladder"]["rungs"])


def _no_covert_acts(data: Data) -> None:
    """Let no front be deniable, where anything can be done covertly.

    The rungs stay as they are: without their covert variants all later acts would have other numbers, and so draw other
    private reasons.
    """
    if _can_be_covert(data):
        _each("fronts", deniable=False)(data)
        _rule("covert_acts", value="declared")(data)


def _covert_acts_everywhere(data: Data) -> None:
    if _can_be_covert(data):
        _rule("covert_acts", value="everywhere")(data)


def _no_proxies(data: Data) -> None:
    for actor in data["actors"].values():
        actor.pop("principal", None)
        actor.pop("control", None)


def _no_incidents(data: Data) -> None:
    for front in data["fronts"].values():
        front.pop("incidents", None)
    _no_events("accident")(data)


def _no_retaliation(data: Data) -> None:
    for actor in data["actors"].values():
        actor["honour"] = {"resolute": 0.0, "irresolute": 0.0}
    _rule("pressure_weight")(data)


def _no_pressure(data: Data) -> None:
    _each("actors", domestic_pressure=0.0)(data)
    _rule("pressure_gain")(data)


def _no_fear(data: Data) -> None:
    _each("fronts", fear=0.0)(data)
    # A likelihood ratio of 1 tells nothing; at 0 a display of force would speak against an attack.
    _rule("mobilisation_strength", value=1.0)(data)


def _free_threats(data: Data) -> None:
    _rule("threat_cost")(data)
    _rule("threat_relief", value=1.0)(data)


def _no_bait(data: Data) -> None:
    _rule("bait")(data)


_HALF_LIVES = ("injury_half_life", "vow_half_life", "pressure_half_life", "fear_half_life")

MECHANISMS: dict[str, tuple[str, Edit]] = {
    "provocation": ("events that injure", _no_events("provocation")),
    "open-acts": ("what acts of the timeline tell of resolve, and whom they call", _no_open_acts),
    "attribution": ("uncertainty about who did it", _certain_attribution),
    "covert-acts": ("acts by an undisclosed hand", _no_covert_acts),
    "partial-injury": ("acts that injure by less than their intensity", _rule("act_injury", value=1.0)),
    "scheduled-answers": ("what acts of the timeline settle, and whom they call", _no_scheduled_answers),
    "retaliation": ("cost of an injury left unanswered", _no_retaliation),
    "leak": ("private words that get out", _no_leaks),
    "source-reliability": ("doubt about what was said, and about who reported it", _reliable_sources),
    "warning": ("warnings about a commitment", _no_signals("warning")),
    "reassurance": ("assurances of peaceful intent", _no_signals("reassurance")),
    "denial": ("denials of complicity", _no_signals("denial")),
    "disclosure": ("disclosures of a motive", _no_signals("disclosure")),
    "vow": ("public vows", _no_signals("vow")),
    "threat": ("threats", _no_signals("threat")),
    "demand": ("demands", _no_signals("demand")),
    "appeal": ("appeals by third parties", _no_signals("appeal")),
    "refusal": ("refusals", _no_signals("refusal")),
    "withdrawal": ("words taken back", _no_signals("withdrawal")),
    "concession": ("demands conceded in words", _no_signals("concession")),
    "authorisation": ("leave to act given by a patron", _no_signals("authorisation")),
    "conciliation": ("amends, concessions and agreements", _rule("conciliation", value=False)),
    "amends-in-words": ("amends by a reassurance", _rule("amends_in_words")),
    "assurance": ("the assurance that a demand implies", _rule("assurance")),
    "threat-credibility": ("vows, threats and ultimatums that others expect to be kept", _rule("threat_credibility")),
    "threat-cost": ("what threats cost at home, and how little they answer", _free_threats),
    "word-classes": (
        "weights of public words, private words and acts",
        _rule("public_word", "private_word", "public_act", value=1.0),
    ),
    "declared-covert-acts": ("covert acts where declared alone", _covert_acts_everywhere),
    "same-day-decisions": ("decisions on the day of their prompt", _rule("least_delay", value=1.0)),
    "force-preparation": ("force that takes longer to prepare than other acts", _rule("force_preparation", value=1.0)),
    "limited-force": ("limited force cheaper at home", _rule("limited_force_discount")),
    "destruction": ("a price of its own for destruction short of war", _rule("destruction", value="as-war")),
    "joining-by-credence": ("patrons that join as often as they are expected to", _rule("joining", value="utility")),
    "belligerency": ("wars of allies that follow from an ally's war", _rule("belligerency", value=False)),
    "deliberation": ("one deliberation, whatever prompts follow", _rule("deliberations", value="every-prompt")),
    "fear": ("fear of attack, and alarm at mobilisation", _no_fear),
    "bait": ("refusing to do what an adversary wants", _no_bait),
    "spoiler": ("gains from violence as such", _each("fronts", spoiler=0.0)),
    "audience-cost": ("cost of falling short of a vow", _each("actors", audience_cost=0.0)),
    "belligerence": ("cost of belligerence at home", _each("actors", belligerence_cost=0.0)),
    "domestic-pressure": ("pressure at home to respond", _no_pressure),
    "internal-shock": ("shocks inside an actor", _no_events("internal-shock")),
    "mediation": ("mediation", _no_events("mediation")),
    "proxy": ("control of a principal, and joint answers", _no_proxies),
    "first-strike": ("advantage of going first", _each("fronts", first_strike_advantage=0.0)),
    "commitment": ("patrons and their pledges", _no_commitments),
    "patron-reply": ("expected reply of a target's patrons", _rule("patron_reply")),
    "leash": ("a patron's restraint on its protégé", _rule("leash")),
    "leash-on-condition": ("restraint only by pledges on condition", _rule("leash_holds", value="always")),
    "reputation": ("loss of reputation for breaking a pledge", _rule("reputation")),
    "honesty": ("loss of honesty for a vow broken or a bluff caught", _rule("honesty_loss")),
    "face": ("loss of face for yielding in public", _rule("face")),
    "brinkmanship": ("risk that force gets out of hand", _rule("brinkmanship_scale")),
    "stakes": ("stakes, in injuries and the risk of war", _no_stakes),
    "accident": ("war by accident on alert", _rule("accident_hazard")),
    "incidents": ("unintended incidents and accidents", _no_incidents),
    "persistence": ("private reasons that last", _rule("shock_persistence", value=1.0)),
    "shared-reasons": ("private reasons shared by who face one adversary", _no_shared_reasons),
    "gains": ("gains from changing the status quo", _each("fronts", revisionism=0.0)),
    "contest": ("capability, in the odds of a war", _rule("contest_exponent")),
    "replies": ("replies to be expected", _rule("depth", value=0)),
    "tied-hands": ("what a vow or threat tells of resolve", _rule("signal_precision")),
    "background-clock": ("decisions that nothing prompts", _each("actors", tempo=LARGEST)),
    "fading": ("injuries, vows, pressure and fear that fade", _rule(*_HALF_LIVES, value=LARGEST)),
}
"""Mechanisms by name: what each is, and how it is switched off."""


def without_mechanism(scenario: Scenario, name: str) -> Scenario:
    """Return the scenario with one mechanism switched off.

    Parameters
    ----------
    scenario
        A scenario.
    name
        One of `MECHANISMS`.

    Returns
    -------
    Scenario
        All else equal.

    Raises
    ------
    StudyError
        If there is no mechanism of that name.

    Examples
    --------
    >>> import escalation as esc
    >>> without_mechanism(esc.load("two-state-deterrence"), "leash").rules.leash
    0.0
    """
    if name not in MECHANISMS:
        raise StudyError(f"there is no mechanism {name!r}{near(name, MECHANISMS)}")
    # With all defaults written out, so that an edit finds every field; the hash of what reads alike stays the same.
    data = scenario.model_dump(mode="json", exclude_none=True)
    MECHANISMS[name][1](data)
    # What is about something that is gone goes too, and so does what needs a front that only a commitment opened.
    while gone := dependants(data):
        for table in ("signals", "events", "commitments"):
            data[table] = {key: row for key, row in data.get(table, {}).items() if key not in gone}
    return Scenario.from_dict(data)
