"""What a chair says: a kind of signal, whom to, what about, what it may cost, and the button that says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any

import solara
from solara.alias import rv

from escalation.app.briefing import Briefing
from escalation.app.parts.pieces import Card, Choose, Html
from escalation.app.speaking import DAYS, KIND_WORDS, LEAKS, SHARES, Draft, Form, forms
from escalation.engines.situation import Statement
from escalation.errors import EscalationError

__all__ = ["BriefingCard", "SpeakCard"]

_NOTHING = "nothing"
_CHANNELS = (("public", "in public"), ("private", "in private"))
_DAYS = tuple((f"{days:g}", f"{days:g} days") for days in DAYS)
_OR_ELSE = (("0", "I am bound to nothing"), *((f"{days:g}", f"I act within {days:g} days more") for days in DAYS))
_SHARES = tuple((f"{share:g}", "all of it" if share == 1.0 else f"{share:.0%} of it") for share in SHARES)
_LEAKS = tuple((f"{leak:g}", f"it leaks with a hazard of {leak:g} a day" if leak else "never leaks") for leak in LEAKS)
_NUMBERS = {value for rows in (_DAYS, _OR_ELSE, _SHARES, _LEAKS) for value, _ in rows}


@solara.component
def BriefingCard(briefing: Briefing, folded: bool = False) -> None:
    """What an actor is told before it chooses; it can be folded, so that a room does not read it unasked."""
    parts = (
        ("What you want", briefing.wants, ""),
        ("What you fear, from 0 to 1", briefing.fears, "Nobody."),
        ("What you have promised", briefing.promised, "Nothing that binds you now."),
        ("What you have said", briefing.said, "Nothing yet."),
    )
    opened = "" if folded else " open"
    with Card("Your briefing"):
        for title, sentences, none in parts:
            rows = "".join(f"<li>{escape(words)}</li>" for words in sentences)
            body = f"<ul>{rows}</ul>" if rows else f"<p class='esc-quiet'>{none}</p>"
            Html(f"<details{opened}><summary>{title}</summary>{body}</details>", classes="esc-briefing")


@solara.component
def SpeakCard(briefing: Briefing, heard: tuple[str, ...], on_say: Callable[[Statement], None]) -> None:
    """A form to say something with."""
    draft, set_draft = solara.use_state(Draft())
    refused, set_refused = solara.use_state("")
    found = solara.use_memo(lambda: {form.kind: form for form in forms(briefing, heard)}, [id(briefing)])
    form = found.get(draft.kind)

    def choose_kind(kind: str) -> None:
        set_refused("")
        set_draft(Draft() if kind == _NOTHING else Draft(kind=kind))

    def say(statement: Statement) -> None:
        try:
            on_say(statement)
        except EscalationError as error:
            set_refused(str(error))
        else:
            set_refused("")
            set_draft(Draft())

    with Card("What you can say"):
        Html("<p class='esc-quiet'>It is heard tomorrow, before anybody chooses. You may say several things.</p>")
        kinds = [(_NOTHING, "nothing more"), *((kind, KIND_WORDS[kind]) for kind in found)]
        Choose("Say", kinds, draft.kind or _NOTHING, choose_kind)
        if form is not None and form.closed:
            Html(escape(form.closed), tag="p", classes="esc-quiet")
        elif form is not None:
            _Fields(form, draft.fitted(form), set_draft)
            statement = draft.statement(form, briefing.scenario)
            nobody = not statement.receivers
            if nobody:
                Html("Tick whom you say it to.", tag="p", classes="esc-quiet")
            else:
                _Cost(briefing.cost(statement))
            with rv.Html(tag="div", class_="esc-controls"):
                solara.Button("Say it", outlined=True, disabled=nobody, on_click=lambda: say(statement))
        if refused:
            Html(escape(refused), classes="esc-refusal", attributes={"role": "alert"})


@solara.component
def _Fields(form: Form, draft: Draft, set_draft: Callable[[Draft], None]) -> None:
    def put(field: str, number: bool = False) -> Callable[[str], None]:
        def set_field(value: Any) -> None:
            if number and str(value) not in _NUMBERS:  # what a browser sends may be anything
                return
            change: dict[str, Any] = {field: float(value) if number else str(value)}
            set_draft(replace(draft, **change))

        return set_field

    def tick(actor: str, ticked: bool) -> None:
        rest = tuple(name for name in draft.to if name != actor)
        set_draft(replace(draft, to=(*rest, actor) if ticked else rest))

    with rv.Html(tag="div", class_="esc-speaking"):
        if form.several:
            with rv.Html(tag="fieldset", class_="esc-receivers"):
                Html("To", tag="legend")
                for actor, name in form.to:
                    solara.Checkbox(
                        label=name, value=actor in draft.to, on_value=lambda on, actor=actor: tick(actor, bool(on))
                    ).key(actor)
        elif form.to:
            Choose("To", form.to, draft.to[0], lambda actor: set_draft(replace(draft, to=(str(actor),))))
        if form.about:
            Choose("About", form.about, draft.about, put("about"))
        Choose("How", _CHANNELS, draft.channel, put("channel"))
        if draft.channel == "private":
            Choose("Kept how", _LEAKS, f"{draft.leak:g}", put("leak", number=True))
        if form.rungs:
            label = "Up to the act" if form.kind == "authorisation" else "With the act"
            Choose(label, form.rungs, draft.rung, put("rung"))
        if form.triggers:
            Choose("If they do", form.triggers, draft.trigger, put("trigger"))
        if form.timed:
            Choose("For", _DAYS, f"{draft.due:g}", put("due", number=True))
        if form.kind == "demand" and draft.rung:
            Choose("Or else", _OR_ELSE, f"{draft.or_else:g}", put("or_else", number=True))
        if form.shared:
            Choose("How much", _SHARES, f"{draft.share:g}", put("share", number=True))


def _Cost(sentences: tuple[str, ...]) -> Any:
    rows = "".join(f"<li>{escape(words)}</li>" for words in sentences)
    return Html(f"<h3>What it may cost, and bring</h3><ul>{rows}</ul>", classes="esc-cost")
