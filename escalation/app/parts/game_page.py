"""The page of a game for several: a door, and behind it a chair's place or the facilitator's."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlencode

import solara
from solara.alias import rv

from escalation.app import markup
from escalation.app.address import SIZES
from escalation.app.parts.changes import use_changes
from escalation.app.parts.days import Debriefed
from escalation.app.parts.facilitating import FacilitatorPlace
from escalation.app.parts.opening import GAMES, peer
from escalation.app.parts.pieces import Card, Html
from escalation.app.parts.shell import Shell
from escalation.app.parts.speaking import BriefingCard, SpeakCard
from escalation.app.parts.turn import Acts, Known, received
from escalation.app.pictures import Source
from escalation.app.shared import Chair, Facilitator, TakenError
from escalation.app.shared_views import ChairView
from escalation.app.wording import asked, belief_rows
from escalation.engines.situation import Situation
from escalation.errors import EscalationError, StudyError
from escalation.world.plain_words import actor_name
from escalation.world.scenario import Scenario

__all__ = ["GamePage", "game_key"]

_LONGEST_KEY = 64


def game_key(search: str) -> str | None:
    """Key of the game that an address names; None where it names none.

    Examples
    --------
    >>> game_key("game=0123abcd"), game_key("tab=chair")
    ('0123abcd', None)
    """
    named = parse_qs(search[:1000]).get("game")
    return named[0][:_LONGEST_KEY] if named else None


@solara.component
def GamePage(key: str, search: str) -> None:
    """A game for several, from the door on; the address also says whether it is drawn for a room."""
    router = solara.use_router()
    inside, set_inside = solara.use_state(None)
    try:
        scenario: Scenario | None = GAMES.find(key).scenario
        missing = ""
    except StudyError as error:
        scenario, missing = None, str(error)

    def project(on: bool) -> None:
        asked = {"game": key} | ({"size": SIZES[1]} if on else {})
        router.push(f"{router.path}?{urlencode(asked)}")

    projected = parse_qs(search[:1000]).get("size") == [SIZES[1]]
    with Shell("" if scenario is None else scenario.title or scenario.name, projected, project):
        if missing and inside is None:
            Html(escape(missing), classes="esc-refusal", attributes={"role": "alert"})
            Html("<p><a href='/'>To the page</a></p>")
        elif inside is None:
            _Door(key, set_inside)
        elif isinstance(inside, Chair):
            _ChairPlace(inside, lambda: set_inside(None), projected)
        elif isinstance(inside, Facilitator):
            FacilitatorPlace(inside, key, projected)


@solara.component
def _Door(key: str, set_inside: Callable[[Any], None]) -> None:
    code, set_code = solara.use_state("")
    refused, set_refused = solara.use_state("")
    taken, set_taken = solara.use_state(False)

    def enter(take_over: bool) -> None:
        if not code.strip():
            set_refused("Enter a code first.")
            return
        try:
            set_inside(GAMES.enter(key, code, address=peer(), take_over=take_over))
        except EscalationError as error:
            set_taken(isinstance(error, TakenError))
            set_refused(str(error))

    with Card("A game for several"):
        Html("<p>Enter the code of your chair, which the facilitator gives you; or the facilitator's own.</p>")
        rv.TextField(
            label="Code", v_model=code, on_v_model=lambda given: set_code(str(given)[:100]),
            dense=True, outlined=True, hide_details=True,
            class_="esc-choose", attributes={"maxlength": 20, "autocomplete": "off"},
        )  # fmt: skip
        with rv.Html(tag="div", class_="esc-controls"):
            solara.Button("Enter", color="primary", on_click=lambda: enter(False))
            if taken:
                solara.Button("Take it over", outlined=True, on_click=lambda: enter(True))
        if refused:
            Html(escape(refused), classes="esc-refusal", attributes={"role": "alert"})


@solara.component
def _ChairPlace(chair: Chair, to_door: Callable[[], None], projected: bool) -> None:
    use_changes(chair.wait)
    solara.use_effect(lambda: chair.leave, [])
    refused, set_refused = solara.use_state("")
    try:
        seen = chair.see()
    except StudyError as error:
        with Card("Your chair is not yours any more"):
            Html(escape(str(error)), classes="esc-refusal", attributes={"role": "alert"})
            solara.Button("Enter a code", on_click=to_door)
        return

    def choose(target: str, act: str) -> None:
        try:
            chair.choose(seen.day, target, act)
        except EscalationError as error:
            set_refused(str(error))
        else:
            set_refused("")

    with rv.Html(tag="div", class_="esc-columns"):
        with rv.Html(tag="div"):
            _Standing(chair.scenario, seen)
            if refused:
                Html(escape(refused), classes="esc-refusal", attributes={"role": "alert"})
            for situation in seen.situations if seen.phase == "day" else ():
                _Decision(chair.scenario, seen, situation, choose).key(situation.target)
            if seen.briefing is not None and seen.phase == "day":
                SpeakCard(seen.briefing, seen.heard, lambda said: chair.say(seen.day, said))
        with rv.Html(tag="div"):
            if seen.briefing is not None:
                BriefingCard(seen.briefing, folded=projected)
            # Whoever knew seed and run could play what is still to come: they stay with the facilitator.
            source = Source(chair.scenario, f"known-to-{seen.actor}", changes=("a game for several",))
            Known(chair.scenario, seen.known, seen.day, seen.actor, source)
    if seen.debriefing is not None:
        Debriefed(seen.debriefing)


@solara.component
def _Standing(scenario: Scenario, seen: ChairView) -> None:
    name = actor_name(scenario, seen.actor)
    waiting = ", ".join(actor_name(scenario, actor) for actor in seen.waiting_for if actor != seen.actor)
    if seen.phase == "gathering":
        words = "The game has not begun. The facilitator begins it."
    elif seen.phase == "over":
        words = "The crisis is over. The facilitator can show all of it to all teams."
    elif seen.phase == "closed":
        words = "The facilitator has closed the game."
        if seen.debriefing is not None:
            words += " All of it stands below."
        else:
            words += " You see what your actor knew."
    elif seen.actor in seen.waiting_for:
        words = "The day waits for your choice."
    elif waiting:
        words = f"Nothing is left for you to choose today. The day waits for {waiting}."
    else:
        words = "Nothing is left for you to choose today."
    if seen.held:
        words += " The day stays open until the facilitator closes it."
    with Card(f"The chair of {escape(name)}, day {seen.day:g}"):
        Html(escape(words), tag="p", attributes={"role": "status"})


@solara.component
def _Decision(scenario: Scenario, seen: ChairView, situation: Situation, on_choice: Callable[[str, str], None]) -> None:
    target = situation.target
    with Card(escape(asked(situation, scenario))):
        Html("What you believe and feel", tag="h3")
        Html(markup.meters(belief_rows(situation, scenario)))
        Html(received(scenario, situation))
        Acts(situation, lambda act: on_choice(target, act), f"{seen.day}")
        if target in seen.chosen:
            Html(
                f"<p>You have chosen <strong>{escape(seen.chosen[target])}</strong>. You can change it until the day "
                "is over.</p>"
            )
