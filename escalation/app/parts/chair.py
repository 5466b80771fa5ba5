"""An actor's chair: a person chooses its acts, and the model those of the others."""

from __future__ import annotations

from html import escape

import solara
from solara.alias import rv

from escalation.app import markup, saving
from escalation.app.chronicle import chronicle, known_to
from escalation.app.downloads import game_offer
from escalation.app.game import Game, Position, begin, chairs
from escalation.app.parts.days import Viewer
from escalation.app.parts.desk import Desk
from escalation.app.parts.opening import OpenGame
from escalation.app.parts.pieces import Card, Choose, Downloads, Html, Upload, WholeNumber, use_made
from escalation.app.parts.speaking import BriefingCard, SpeakCard
from escalation.app.parts.stopping import Stops
from escalation.app.parts.turn import Acts, Known, received
from escalation.app.pictures import Source
from escalation.app.uploads import faults_of, game_of
from escalation.app.viewing import Viewing
from escalation.app.wording import asked, belief_rows, date_words, outcome_words
from escalation.engines.simulate import simulate
from escalation.engines.situation import Situation
from escalation.errors import EscalationError
from escalation.world.plain_words import actor_name

__all__ = ["ChairPart"]


@solara.component
def ChairPart(desk: Desk) -> None:
    """The game, or how to begin one."""
    here: Position | None = desk.game.value
    if here is not None and here.game.scenario.hash != desk.session.value.scenario.hash:
        played = here.game.scenario
        Html(
            f"<p>This game is of <strong>{escape(played.title or played.name)}</strong>; the page has another scenario "
            "open. Leave the game to take a chair in that one.</p>",
            attributes={"role": "status"},
        )
    if here is None:
        _Begin(desk)
    elif here.over:
        _End(desk, here)
    else:
        _Turn(desk, here)


@solara.component
def _Begin(desk: Desk) -> None:
    session = desk.session.value
    seats = chairs(session.scenario)
    actor, set_actor = solara.use_state(seats[0])
    seed, set_seed = solara.use_state(session.seed)
    run, set_run = solara.use_state(session.run)
    seat = actor if actor in seats else seats[0]

    def take() -> None:
        desk.rewind()
        desk.play(begin(session.scenario, seat, seed=seed, run=run, stop=desk.stops.value))

    def open_saved(name: str, content: bytes) -> None:
        try:
            here = game_of(name, content)
        except EscalationError as error:
            desk.refuse_game(faults_of(name, error))
        else:
            desk.rewind()
            desk.play(here)

    with rv.Html(tag="div", class_="esc-columns"):
        with Card("Take an actor's chair"):
            Html(
                f"<p>You act and speak for one actor in <strong>{escape(session.scenario.title or session.origin)}"
                "</strong>. The model plays all the others, and chance is that of the seed and run: the same choices "
                "and words lead to the same end.</p>"
            )
            Choose("Whose chair", [(name, actor_name(session.scenario, name)) for name in seats], seat, set_actor)
            with rv.Html(tag="div", class_="esc-controls"):
                WholeNumber("Seed", seed, set_seed, 2**64 - 1)
                WholeNumber("Run", run, set_run, 2**40 - 1)
                solara.Button("Take the chair", color="primary", on_click=take)
            Stops(session.scenario, desk.stops.value, 0.0, desk.stops.set)
        with Card("Go on with a saved game"):
            Upload(
                "Upload a saved game (JSON, at most 2 MiB)", accept=".json", most=saving.MOST_BYTES, on_file=open_saved
            )
            Html("<p class='esc-quiet'>It is replayed exactly, to where it was saved.</p>")
            if desk.game_refusal.value is not None:
                Html(markup.refusal(desk.game_refusal.value), classes="esc-refusal", attributes={"role": "alert"})
        OpenGame(session.scenario, seed, run)


@solara.component
def _Turn(desk: Desk, here: Position) -> None:
    scenario = here.game.scenario
    known = solara.use_memo(
        lambda: known_to(chronicle(here.trajectory, next_morning=True), here.game.actor, scenario), [here]
    )
    with rv.Html(tag="div", class_="esc-columns"):
        with rv.Html(tag="div"):
            if here.situation is not None:
                _Decision(desk, here, here.situation)
            else:
                _Quiet(desk, here)
            if here.briefing is not None:
                SpeakCard(here.briefing, here.heard, lambda said: desk.play(here.say(said)))
        with rv.Html(tag="div"):
            if here.briefing is not None:
                BriefingCard(here.briefing, folded=desk.projected.value)
            game = here.game
            person = (f"a person plays {actor_name(scenario, game.actor)}",)
            source = Source(scenario, f"known-to-{game.actor}", seed=game.seed, run=game.run, changes=person)
            Known(scenario, known, here.day, game.actor, source)


@solara.component
def _Decision(desk: Desk, here: Position, situation: Situation) -> None:
    scenario = here.game.scenario
    key = f"{situation.day}-{situation.target}-{len(here.game.choices)}"
    with Card(escape(asked(situation, scenario))):
        Html("What you believe and feel", tag="h3")
        Html(markup.meters(belief_rows(situation, scenario)))
        Html(received(scenario, situation))
        Acts(situation, lambda act: desk.play(here.choose(act, stop=desk.stops.value)), key)
        Stops(scenario, desk.stops.value, here.day, desk.stops.set)
        _Ways(desk, here)


@solara.component
def _Quiet(desk: Desk, here: Position) -> None:
    """A day on which no decision falls to the person, who can speak."""
    scenario = here.game.scenario
    with Card(f"{date_words(scenario.date(here.day))}, day {here.day:g}: you have nothing to choose"):
        Html("You can say something, or go on.", tag="p")
        with rv.Html(tag="div", class_="esc-controls"):
            solara.Button("Go on", color="primary", on_click=lambda: desk.play(here.go_on(stop=desk.stops.value)))
        Stops(scenario, desk.stops.value, here.day, desk.stops.set)
        _Ways(desk, here)


@solara.component
def _Ways(desk: Desk, here: Position) -> None:
    with rv.Html(tag="div", class_="esc-controls"):
        solara.Button(
            "Take back", icon_name="mdi-undo", text=True, on_click=lambda: desk.play(here.take_back()),
            disabled=not (here.game.choices or here.game.said),
        )  # fmt: skip
        Downloads([game_offer(here)])
        solara.Button("Leave the chair", icon_name="mdi-close", text=True, on_click=lambda: desk.play(None))


@solara.component
def _End(desk: Desk, here: Position) -> None:
    game = here.game
    made, error = use_made(lambda: (Viewing.of_game(here), _by_model(game)), [id(here)])
    name = escape(actor_name(game.scenario, game.actor))
    with rv.Html(tag="div"):
        with Card(f"The game is over: {name} was yours"):
            count = len(game.choices)
            words = f"You made {count} choice{'' if count == 1 else 's'}"
            if game.said:
                words += f" and said {len(game.said)} thing{'' if len(game.said) == 1 else 's'}"
            Html(f"<p>{words}. {escape(outcome_words(here.trajectory))}</p>")
            if made is not None:
                Html(
                    "<p>Had the model sat in your chair, with the same chance, this would have come of it. "
                    f"{escape(made[1])} One run says little: play many before you conclude anything.</p>"
                )
            with rv.Html(tag="div", class_="esc-controls"):
                _Ways(desk, here)
        if made is None:
            Html(escape(error) or "Looking through the game…", classes="esc-drawing", attributes={"role": "status"})
        else:
            Viewer(desk, made[0])


def _by_model(game: Game) -> str:
    """How the same run ends where the model plays everybody."""
    return outcome_words(simulate(game.scenario, seed=game.seed, run=game.run, engine="mesa"))
