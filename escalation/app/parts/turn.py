"""What a chair sees of its turn: the acts on offer, what was done to it, and what it knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

import solara
from solara.alias import rv

from escalation.app import as_of, figures, markup
from escalation.app.board import standings
from escalation.app.chronicle import Happening
from escalation.app.parts.figure import Figure
from escalation.app.parts.pieces import Card, Html
from escalation.app.pictures import Source
from escalation.engines.situation import Situation
from escalation.world.plain_words import actor_name
from escalation.world.scenario import Scenario

__all__ = ["Acts", "Board", "Known", "received"]


@solara.component
def Acts(situation: Situation, on_choice: Callable[[str], None], decision: str) -> None:
    """The acts on offer, none of them chosen beforehand, and a button that does one.

    What was picked counts for the decision that it was picked at, of which there is a name.
    """
    picked, set_picked = solara.use_state(("", ""))
    act = picked[1] if picked[0] == decision else ""
    advised, set_advised = solara.use_state(False)
    with rv.Html(tag="div"):
        Html("What you can do", tag="h3")
        with rv.RadioGroup(
            v_model=act,
            on_v_model=lambda name: set_picked((decision, str(name))),
            hide_details=True,
            dense=True,
            class_="esc-acts",
        ):
            # Of acts none of which is picked, browsers differ on the one that Tab comes to: here it is the first.
            stop = act if act in situation.acts else situation.acts[0]
            for k, name in enumerate(situation.acts):
                words = name + (_advice(situation, k) if advised else "")
                rv.Radio(value=name, label=words, attributes={"tabindex": "0" if name == stop else "-1"}).key(name)
        solara.Checkbox(label="Show what the model makes of each act", value=advised, on_value=set_advised)

        def do() -> None:
            if act in situation.acts:
                on_choice(act)

        with rv.Html(tag="div", class_="esc-controls"):
            solara.Button("Do it", color="primary", disabled=act not in situation.acts, on_click=do)


@solara.component
def Known(scenario: Scenario, known: tuple[Happening, ...], day: float, actor: str, source: Source) -> None:
    """What an actor knows of what has happened, and who stands where by that; where it is from, but for the day."""
    colours = figures.rung_colours(scenario)
    with Card("What you know"):
        listed = markup.happening_list(tuple(reversed(known)), colours, dated=True, none="Nothing yet.")
        Html(listed, classes="esc-scroll")
        Board(scenario, known, day, replace(source, known_to=actor_name(scenario, actor)))


@solara.component
def Board(scenario: Scenario, known: tuple[Happening, ...], day: float, source: Source) -> None:
    """Who stands where on a day, by what somebody knows of what has happened; where it is from, but for the day."""
    source, now = replace(source, day=day), standings(scenario, known, day=day)
    with rv.Html(tag="div"):
        Html(figures.standing_style(scenario, now, within="esc-known"), tag="style")
        Figure(
            figures.board(scenario), [scenario], source, classes="esc-known",
            amend=as_of.shaded(scenario, now, day),
        )  # fmt: skip
        Html(figures.legend(scenario, now))


def received(scenario: Scenario, situation: Situation) -> str:
    """The last that the target did to the actor, as HTML."""
    if situation.received is None:
        return ""
    target = escape(actor_name(scenario, situation.target))
    day = situation.received.day
    act = escape(situation.received.act)
    return f"<p>The last that {target} openly did to you: <strong>{act}</strong>, on day {day:g}.</p>"


def _advice(situation: Situation, k: int) -> str:
    mark = ", the model's choice in this run" if situation.acts[k] == situation.preferred else ""
    return f" (worth {situation.utilities[k]:+.2f} stakes, probability {situation.probabilities[k]:.2f}{mark})"
