"""The facilitator's place in a game for several: who sits where, what has happened, and when a day is over."""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape

import solara
from solara.alias import rv

from escalation.app import figures, markup, shared_saving
from escalation.app.chronicle import known_to_all
from escalation.app.downloads import Offer
from escalation.app.parts.changes import use_changes
from escalation.app.parts.days import Debriefed
from escalation.app.parts.pieces import Card, Downloads, Html
from escalation.app.parts.stopping import Stops
from escalation.app.parts.turn import Board
from escalation.app.pictures import Source
from escalation.app.shared import Facilitator
from escalation.app.shared_views import ChairState, FacilitatorView
from escalation.app.wording import outcome_words
from escalation.errors import EscalationError
from escalation.world.plain_words import actor_name
from escalation.world.scenario import Scenario

__all__ = ["FacilitatorPlace"]

_MOST_TOLD = 200


@solara.component
def FacilitatorPlace(host: Facilitator, key: str, projected: bool) -> None:
    """All that a facilitator sees and does; in a room, of what has happened in the game only what all teams know."""
    use_changes(host.wait)
    refused, set_refused = solara.use_state("")
    seen = host.see()

    def attempt(do: Callable[[], None]) -> None:
        try:
            do()
        except EscalationError as error:
            set_refused(str(error))
        else:
            set_refused("")

    with rv.Html(tag="div", class_="esc-columns"):
        with rv.Html(tag="div"):
            with Card(_title(seen)):
                what = "come back to what they knew" if seen.phase == "closed" else "come in"
                Html(
                    f"<p>Teams {what} by <a class='esc-link' href='?game={escape(key)}'>this link</a>, each with the "
                    "code of its chair. Give a team no code but its own.</p>"
                )
                with rv.Html(tag="div", class_="esc-controls"):
                    if seen.phase == "gathering":
                        solara.Button("Begin", color="primary", on_click=lambda: attempt(host.begin))
                    if seen.phase == "day":
                        solara.Button(
                            "Close the day", color="primary", on_click=lambda: attempt(lambda: host.close_day(seen.day))
                        )
                    Downloads([_offer(host)])
                    if seen.phase != "closed":
                        solara.Button("Close the game", text=True, on_click=lambda: attempt(host.end))
                    if seen.debriefing is not None and not seen.shown:
                        solara.Button("Show all of it to all teams", outlined=True, on_click=lambda: attempt(host.show))
                if seen.phase in ("gathering", "day"):
                    Stops(host.scenario, seen.stops, seen.day, lambda day: attempt(lambda: host.stop(day)), "somebody")
                if seen.stops < math.inf and seen.phase == "day":
                    Html("<p class='esc-quiet'>A day stays open until you close it.</p>")
                if seen.shown:
                    Html("All teams see all of the game now.", tag="p", attributes={"role": "status"})
                if refused:
                    Html(escape(refused), classes="esc-refusal", attributes={"role": "alert"})
            with Card("Chairs"):
                for chair in seen.chairs:
                    _ChairRow(
                        host.scenario, chair, lambda actor=chair.actor: attempt(lambda: host.free(actor)),
                        closed=seen.phase == "closed",
                    )  # fmt: skip
        with rv.Html(tag="div"):
            _Happened(host.scenario, seen, projected)
            if seen.debriefing is None:  # which has a board of its own
                with Card("Who stands where, as everybody knows"):
                    # A picture is for all teams: seed and run would tell them what is still to come.
                    source = Source(host.scenario, "known-to-all", changes=("a game for several",))
                    Board(host.scenario, known_to_all(seen.known), seen.day, source)
    if seen.debriefing is not None:
        Debriefed(seen.debriefing)


@solara.component
def _Happened(scenario: Scenario, seen: FacilitatorView, projected: bool) -> None:
    public = projected and seen.debriefing is None
    known = known_to_all(seen.known) if public else seen.known
    with Card("What everybody knows" if public else "What has happened"):
        if seen.debriefing is not None:
            Html(f"<p><strong>The end.</strong> {escape(outcome_words(seen.debriefing.trajectory))}</p>")
        colours = figures.rung_colours(scenario)
        Html(markup.happening_list(tuple(reversed(known)), colours, dated=True, none="Nothing yet.", most=_MOST_TOLD))


def _title(seen: FacilitatorView) -> str:
    return {
        "gathering": "The game has not begun",
        "day": f"Day {seen.day:g} is open",
        "over": "The crisis is over",
        "closed": "The game is closed",
    }[seen.phase]


def _offer(host: Facilitator) -> Offer:
    record = host.record()
    name = f"{record.scenario.name}-{record.seed}-{record.run}.shared-game.json"
    return Offer("Save game", name, "application/json", lambda: shared_saving.dumps(host.record()).encode())


@solara.component
def _ChairRow(scenario: Scenario, chair: ChairState, on_free: Callable[[], None], *, closed: bool) -> None:
    if not chair.taken:
        words = "the model plays it"
    elif not chair.present:
        words = "taken, and nobody is at it"
    elif chair.decides:
        words = "has chosen" if chair.done else "is choosing"
    else:
        words = "taken"
    name = escape(actor_name(scenario, chair.actor))
    with rv.Html(tag="div", class_="esc-change"):
        code = f"code <code class='esc-code' data-chair='{chair.actor}'>{chair.code}</code>, "
        Html(f"<strong>{name}</strong>: <span class='esc-coded'>{code}</span>{words}")
        if chair.taken and not closed:
            solara.Button("Free", text=True, small=True, on_click=on_free, attributes={"aria-label": f"Free {name}"})
